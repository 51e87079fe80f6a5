//! What is as before after an undo, and what is taken back with it.

use chrono::{SecondsFormat, TimeDelta};
use futures::future::join_all;
use serde_json::{Value, json};

use upnext::api::pb;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;
use upnext::api::pb::{queue_update::removal, watch_work_queue_response::Event};

use super::{COMPLETE, Floor, LEAD, REOPEN, SKIP, SNOOZE};
use crate::support::app::within_deadline;
use crate::support::process::{run, upnext};
use crate::support::refused::refused;
use crate::support::stage::{each, event, text};

/// The kinds of the events of a timeline, from one kind on.
fn since<'a>(timeline: &'a [Value], first: &str) -> Vec<&'a str> {
    let kinds = timeline.iter().map(|told| event(told).0);
    kinds.skip_while(|kind| *kind != first).collect()
}

#[tokio::test]
async fn a_wrong_completion_is_taken_back_with_its_wait_and_only_the_timeline_knows() {
    let floor = Floor::new().await;
    let (enrollment, hello) = floor.enroll("short").await;
    let (before, at_step) = (floor.activity(&hello).await, floor.enrollment(&enrollment).await);
    floor.stage.app.advance(TimeDelta::seconds(7)).await;
    floor.complete(&hello).await;
    assert_eq!(floor.count("SELECT count(*) FROM timer").await, 1);

    let request = json!({"name": hello, "reason": "wrong click"});
    let answer = floor.stage.done(REOPEN, request).await;
    let after = &answer["activity"];
    assert_ne!(after["etag"], before["etag"], "clients that kept the old one notice");
    let as_before = |mut activity: Value| {
        activity["etag"] = Value::Null;
        activity
    };
    assert_eq!(as_before(after.clone()), as_before(before), "due time, place and all else");
    assert_eq!(answer["queueHead"], *after);
    let now = &answer["enrollment"];
    for field in ["state", "currentStepId", "stepReachTime", "doneStepCount", "openActivity"] {
        assert_eq!(now[field], at_step[field], "{field}");
    }
    assert_eq!(now.get("waitingUntil"), None);
    assert_eq!(floor.count("SELECT count(*) FROM timer").await, 0);
    assert_eq!(floor.counts("sellers/ana").await, json!({"due": 1}));

    let timeline = floor.timeline(&enrollment).await;
    let kinds = since(&timeline, "activityCompleted");
    assert_eq!(kinds, ["activityCompleted", "waitStarted", "activityReopened", "waitCanceled"]);
    let (_, reopened) = event(&timeline[timeline.len() - 2]);
    assert_eq!((text(reopened, "/reason"), text(reopened, "/note")), ("wrong click", "oops"));
    assert_eq!(text(reopened, "/activity"), hello);
    floor.check().await;

    // It goes on as if nothing had happened.
    floor.complete(&hello).await;
    floor.stage.app.advance(TimeDelta::seconds(10)).await;
    let queue = floor.stage.queue("sellers/ana").await;
    assert_eq!(each(&queue, "stepId"), ["call"]);
    floor.check().await;
}

#[tokio::test]
async fn the_next_activity_is_canceled_even_if_it_fell_due_in_between() {
    let floor = Floor::new().await;
    let (enrollment, hello) = floor.enroll("short").await;
    floor.complete(&hello).await;
    floor.stage.app.advance(TimeDelta::seconds(10)).await;
    let call = text(&floor.enrollment(&enrollment).await, "/openActivity").to_owned();
    floor.reopen(&hello).await;

    let canceled = floor.activity(&call).await;
    assert_eq!((text(&canceled, "/state"), text(&canceled, "/closedBy").is_empty()), ("CANCELED", false));
    assert_eq!(each(&floor.stage.queue("sellers/ana").await, "name"), [&hello]);
    let timeline = floor.timeline(&enrollment).await;
    assert_eq!(since(&timeline, "activityReopened"), ["activityReopened", "activityCanceled"]);
    let refusal = refused(floor.stage.call(COMPLETE, json!({"name": call, "outcome": "made"})).await);
    assert_eq!(
        (refusal.reason.as_str(), refusal.metadata["state"].as_str()),
        ("ACTIVITY_CLOSED", "CANCELED")
    );

    floor.complete(&hello).await;
    floor.stage.app.advance(TimeDelta::seconds(10)).await;
    let again = text(&floor.enrollment(&enrollment).await, "/openActivity").to_owned();
    assert_ne!(again, call, "the step is reached anew");
    floor.check().await;
}

#[tokio::test]
async fn a_completed_enrollment_is_active_again_and_ends_once_more() {
    let floor = Floor::new().await;
    let (enrollment, first) = floor.enroll("tasks").await;
    let done = floor.complete(&first).await;
    let second = text(&done, "/nextActivity/name").to_owned();
    let ended = floor.stage.done(SKIP, json!({"name": second, "reason": "no time"})).await;
    assert_eq!(text(&ended, "/enrollment/state"), "COMPLETED");

    let answer = floor.reopen(&second).await;
    assert_eq!(text(&answer, "/enrollment/state"), "ACTIVE");
    assert_eq!((answer["enrollment"].get("endTime"), answer["activity"].get("skipReason")), (None, None));
    let timeline = floor.timeline(&enrollment).await;
    assert_eq!(since(&timeline, "activityReopened"), ["activityReopened", "enrollmentReopened"]);
    floor.check().await;

    // The last click first: then nothing later stands in the way of the one before.
    floor.reopen(&first).await;
    assert_eq!(each(&floor.stage.queue("sellers/ana").await, "name"), [&first]);
    let next = text(&floor.complete(&first).await, "/nextActivity/name").to_owned();
    let ended = floor.complete(&next).await;
    assert_eq!(text(&ended, "/enrollment/state"), "COMPLETED");
    floor.check().await;
}

#[tokio::test]
async fn a_snooze_that_still_lasts_goes_on_after_the_undo() {
    let floor = Floor::new().await;
    let (_, hello) = floor.enroll("short").await;
    let until = floor.stage.app.now() + TimeDelta::minutes(5);
    let (kept, until_text) = (until, until.to_rfc3339_opts(SecondsFormat::Secs, true));
    floor.stage.done(SNOOZE, json!({"name": hello, "until": kept.to_rfc3339()})).await;
    floor.complete(&hello).await;
    let snoozed = floor.reopen(&hello).await["activity"].clone();
    assert_eq!((text(&snoozed, "/state"), text(&snoozed, "/snoozeUntil")), ("SNOOZED", until_text.as_str()));
    assert_eq!(
        (&snoozed["snoozeCount"], floor.counts("sellers/ana").await),
        (&json!(1), json!({"snoozed": 1}))
    );
    floor.check().await;

    floor.stage.app.advance(TimeDelta::minutes(5)).await;
    assert_eq!(text(&floor.activity(&hello).await, "/state"), "DUE", "its timer is back, too");
    floor.complete(&hello).await;
    assert_eq!(text(&floor.reopen(&hello).await, "/activity/state"), "DUE", "that snooze is over");
    floor.check().await;
}

#[tokio::test]
async fn what_upnext_skipped_on_the_way_stays_skipped_and_comes_again_with_its_step() {
    let floor = Floor::new().await;
    floor.set(json!({"consent_policy": "SKIP"})).await;
    let steps = json!([{"step_id": "a", "task": {}}, {"step_id": "b", "phone_call": {}},
        {"step_id": "c", "wait": {"delay": {"seconds": 5}}}, {"step_id": "d", "email": {}},
        {"step_id": "e", "task": {}}]);
    floor.stage.sequence("mixed", steps).await;
    let (enrollment, first) = floor.enroll("mixed").await;
    floor.complete(&first).await;
    floor.stage.app.advance(TimeDelta::seconds(5)).await;
    assert_eq!(text(&floor.enrollment(&enrollment).await, "/currentStepId"), "e");

    floor.reopen(&first).await;
    floor.check().await;
    let skipped = "SELECT count(*) FROM closed_activity WHERE state = 4";
    assert_eq!(floor.count(skipped).await, 2);
    floor.complete(&first).await;
    floor.stage.app.advance(TimeDelta::seconds(5)).await;
    assert_eq!(text(&floor.enrollment(&enrollment).await, "/currentStepId"), "e");
    assert_eq!(floor.count(skipped).await, 4);
    floor.check().await;
}

#[tokio::test]
async fn a_repeated_undo_gets_the_first_answer_even_when_the_activity_is_closed_again() {
    let floor = Floor::new().await;
    let (_, first) = floor.enroll("tasks").await;
    floor.complete(&first).await;
    let request = json!({"name": first, "request_id": "0190c0de-0000-7000-8000-000000000001"});
    floor.stage.done(REOPEN, request.clone()).await;
    floor.complete(&first).await;
    let again = floor.stage.done(REOPEN, request).await;
    assert_eq!(text(&again, "/activity/state"), "COMPLETED", "as it now stands");
    assert_eq!(floor.count("SELECT count(*) FROM history WHERE kind = 14").await, 1);
    floor.check().await;
}

#[tokio::test]
async fn the_undo_follows_the_record_to_its_new_owner_name_and_warnings() {
    let floor = Floor::new().await;
    let (_, hello) = floor.enroll("short").await;
    let (ana, ben) = (floor.stage.salesperson("ana").await, floor.stage.salesperson("ben").await);
    ana.done(COMPLETE, json!({"name": hello})).await;
    let refusal = refused(ben.call(REOPEN, json!({"name": hello})).await);
    assert_eq!(refusal.reason, "RESOURCE_NOT_FOUND", "only whoever may complete it");

    let record =
        json!({"id": "l1", "owner": "ben", "attributes": {"name": "Kim", "email": "kim@example.com"}});
    floor.stage.done("RecordService/UpsertRecord", json!({"record_type": "lead", "record": record})).await;
    let refusal = refused(ana.call(REOPEN, json!({"name": hello})).await);
    assert_eq!(refusal.reason, "RESOURCE_NOT_FOUND", "it is no longer hers to complete");
    let reopened = ben.done(REOPEN, json!({"name": hello})).await["activity"].clone();
    assert_eq!((text(&reopened, "/queue"), text(&reopened, "/recordDisplayName")), ("sellers/ben", "Kim"));
    assert_eq!(reopened.get("warnings"), None, "there is an address now");
    floor.check().await;
}

#[tokio::test]
async fn deleting_a_record_erases_the_words_of_what_was_undone() {
    let floor = Floor::new().await;
    let (_, first) = floor.enroll("tasks").await;
    floor.stage.done(SKIP, json!({"name": first, "reason": "Kim is ill", "note": "Kim coughs"})).await;
    floor.stage.done(REOPEN, json!({"name": first, "reason": "Kim is well"})).await;
    let words = "SELECT count(*) FROM history WHERE detail::text LIKE '%Kim%'";
    assert_eq!(floor.count(words).await, 2);
    floor.stage.done("RecordService/DeleteRecord", json!({"name": LEAD})).await;
    assert_eq!(floor.count(words).await, 0);
    floor.check().await;
}

#[tokio::test]
async fn of_many_undos_and_completions_at_once_each_wins_in_turn() {
    let floor = Floor::new().await;
    for round in 0..8 {
        let lead = format!("r{round}");
        floor.stage.admin.leads(json!([{"id": lead, "owner": "ana"}])).await;
        let enrollment = floor.stage.enroll(&lead, "tasks").await;
        let first = text(&enrollment, "/openActivity");
        let second = text(&floor.complete(first).await, "/nextActivity/name").to_owned();
        let calls = (0..6).map(|call| {
            let (method, name) = if call < 4 { (REOPEN, first) } else { (COMPLETE, second.as_str()) };
            floor.stage.call(method, json!({"name": name}))
        });
        let answers = join_all(calls).await;
        let won = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(won, 1, "either the undo or the next completion: {answers:?}");
    }
    floor.check().await;
}

#[tokio::test]
async fn an_undo_that_meets_a_new_enrollment_a_closed_record_or_a_deletion_leaves_all_rules_intact() {
    let floor = Floor::new().await;
    for round in 0..12 {
        let (lead, sequence) = (format!("r{round}"), format!("once{round}"));
        let record = format!("recordTypes/lead/records/{lead}");
        floor.stage.sequence(&sequence, json!([{"step_id": "only", "task": {}}])).await;
        floor.stage.admin.leads(json!([{"id": lead, "owner": "ana"}])).await;
        let only = text(&floor.stage.enroll(&lead, &sequence).await, "/openActivity").to_owned();
        floor.complete(&only).await;
        let rival = match round % 3 {
            0 => ("EnrollmentService/EnrollRecord", json!({"record": record, "sequence": sequence})),
            1 => ("RecordService/CloseRecord", json!({"name": record, "close_outcome": "WON"})),
            _ => ("SequenceService/DeleteSequence", json!({"name": sequence, "force": true})),
        };
        let (undone, other) = tokio::join!(floor.try_reopen(&only), floor.stage.call(rival.0, rival.1));
        assert!(undone.is_ok() || other.is_ok(), "{undone:?} {other:?}");
        // Closing and deleting end what was reopened; a second enrollment is refused beside it.
        assert!(round % 3 != 0 || undone.is_ok() != other.is_ok(), "{undone:?} {other:?}");
    }
    floor.check().await;
}

#[tokio::test]
async fn a_streams_client_sees_the_next_activity_canceled_and_the_first_one_back() {
    let floor = Floor::new().await;
    let (_, first) = floor.enroll("tasks").await;
    let second = text(&floor.complete(&first).await, "/nextActivity/name").to_owned();
    let request = pb::WatchWorkQueueRequest { queue: "sellers/ana".to_owned(), ..Default::default() };
    let mut service = WorkQueueServiceClient::new(floor.stage.admin.calls());
    let mut stream = service.watch_work_queue(request).await.expect("opens").into_inner();
    let mut reopened = false;

    let update = loop {
        let next = within_deadline("a message", stream.message()).await.expect("the stream continues");
        match next.expect("the stream continues").event {
            Some(Event::Update(update)) => break update,
            _ if !reopened => {
                floor.reopen(&first).await;
                reopened = true;
            }
            _ => {}
        }
    };
    let upserts: Vec<_> = update.upserts.iter().map(|activity| activity.name.as_str()).collect();
    assert_eq!(upserts, [first.as_str()]);
    let removals: Vec<_> = update.removals.iter().map(|one| (one.activity.as_str(), one.cause())).collect();
    assert_eq!(removals, [(second.as_str(), removal::Cause::Canceled)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_reopens_an_activity_or_says_why_not() {
    let floor = Floor::new().await;
    let (_, first) = floor.enroll("tasks").await;
    floor.complete(&first).await;
    let id = first.trim_start_matches("activities/").to_owned();
    let (address, key) = (floor.stage.app.address.to_string(), floor.stage.admin.secret.clone());
    let reopen = async || {
        let mut command = upnext(&[&"reopen", &id, &"--reason", &"wrong click"]);
        command.env("UPNEXT_ADDRESS", &address).env("UPNEXT_KEY", &key);
        tokio::task::spawn_blocking(move || run(&mut command)).await.expect("runs")
    };

    let output = reopen().await;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!((output.status.code(), said), (Some(0), format!("{first} is DUE in sellers/ana again\n")));
    let output = reopen().await;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("the activity is already open: DUE"), "{said}");
}
