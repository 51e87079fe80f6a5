//! Enrollments through the whole server.

use chrono::{SecondsFormat, TimeDelta};
use serde_json::{Value, json};
use tonic::Code;

use super::support::dynamic::call;
use super::support::refused::refused;
use super::support::stage::{Stage, each, event, list, text};

const ENROLL: &str = "EnrollmentService/EnrollRecord";
const BATCH_ENROLL: &str = "EnrollmentService/BatchEnrollRecords";
const EXIT: &str = "EnrollmentService/ExitEnrollment";
const SKIP_WAIT: &str = "EnrollmentService/SkipWait";
const GET: &str = "EnrollmentService/GetEnrollment";
const LIST: &str = "EnrollmentService/ListEnrollments";
const COMPLETE: &str = "WorkQueueService/CompleteActivity";
const REQUEST_ID: &str = "0190c0de-0000-7000-8000-000000000001";

fn lead(id: &str) -> String {
    format!("recordTypes/lead/records/{id}")
}

#[tokio::test]
async fn an_enrollment_shows_where_it_is() {
    let stage = Stage::new().await;
    let request = json!({"record": lead("l1"), "sequence": "sequences/short"});
    let mut possible = request.clone();
    possible["validate_only"] = json!(true);
    let possible = stage.done(ENROLL, possible).await["enrollment"].clone();
    assert_eq!((possible.get("name"), text(&possible, "/currentStepId")), (None, "hello"));
    assert_eq!(list(&stage.done(LIST, json!({})).await, "/enrollments"), [] as [Value; 0]);

    let made = stage.done(ENROLL, request).await["enrollment"].clone();
    let now = stage.app.now().to_rfc3339_opts(SecondsFormat::Secs, true);
    let expected = json!({
        "name": made["name"], "sequence": "sequences/short", "revision": 1, "record": lead("l1"), "passNumber": 1, "state": "ACTIVE",
        "origin": {"source": "MANUAL"}, "currentStepId": "hello", "currentStepDisplayName": "Say hello", "stepReachTime": now, "stepCount": 3,
        "openActivity": made["openActivity"], "etag": made["etag"], "createTime": now,
    });
    assert_eq!(made, expected);
    stage.done(COMPLETE, json!({"name": made["openActivity"]})).await;
    let waiting = stage.done(GET, json!({"name": made["name"]})).await["enrollment"].clone();
    assert_eq!((text(&waiting, "/currentStepId"), &waiting["doneStepCount"]), ("pause", &json!(1)));
    let until = stage.app.now() + TimeDelta::seconds(10);
    assert_eq!(waiting["waitingUntil"], until.to_rfc3339_opts(SecondsFormat::Secs, true));
    assert_eq!((waiting.get("openActivity"), waiting.get("timeline")), (None, None));
    assert_ne!(waiting["etag"], made["etag"]);
}

#[tokio::test]
async fn what_cant_be_enrolled_is_refused_with_its_reason() {
    let stage = Stage::new().await;
    let unknown = refused(stage.call(ENROLL, json!({"record": lead("x"), "sequence": "y"})).await);
    assert_eq!(unknown.fields(), [("record", "REFERENCE_NOT_FOUND"), ("sequence", "REFERENCE_NOT_FOUND")]);
    let malformed = refused(stage.call(ENROLL, json!({"record": "l1"})).await);
    assert_eq!(malformed.fields(), [("sequence", "FIELD_REQUIRED"), ("record", "RESOURCE_NAME_INVALID")]);
    let first = stage.enroll("l1", "short").await;
    let again = refused(stage.call(ENROLL, json!({"record": lead("l1"), "sequence": "short"})).await);
    assert_eq!((again.code, again.reason.as_str()), (Code::FailedPrecondition, "ALREADY_ENROLLED"));
    assert_eq!(again.metadata["enrollment"], text(&first, "/name"));
    let draft = json!({"display_name": "Draft", "steps": [{"step_id": "a", "task": {}}]});
    stage.done("SequenceService/CreateSequence", json!({"sequence_id": "draft", "sequence": draft})).await;
    let inactive = refused(stage.call(ENROLL, json!({"record": lead("l1"), "sequence": "draft"})).await);
    assert_eq!((inactive.reason.as_str(), &*inactive.metadata["state"]), ("SEQUENCE_NOT_ACTIVE", "DRAFT"));
}

#[tokio::test]
async fn each_record_of_a_batch_is_enrolled_or_refused_separately() {
    let stage = Stage::new().await;
    let requests = json!([
        {"record": lead("l1"), "sequence": "tasks", "request_id": REQUEST_ID},
        {"record": lead("l1"), "sequence": "tasks", "request_id": REQUEST_ID},
        {"record": lead("l1"), "sequence": "tasks"},
        {"record": lead("nobody"), "sequence": "tasks"},
        {"record": "nonsense", "sequence": "tasks"},
        {"record": lead("l3"), "sequence": "tasks", "validate_only": true},
        {"record": lead("l3"), "sequence": "short"},
    ]);
    let results = list(&stage.done(BATCH_ENROLL, json!({"requests": requests})).await, "/results");
    let reason = |result: &Value| match result.get("error") {
        None => text(result, "/enrolled/enrollment/currentStepId").to_owned(),
        Some(error) => text(error, "/details/0/reason").to_owned(),
    };
    let reasons: Vec<_> = results.iter().map(reason).collect();
    let expected = [
        "first",
        "first",
        "ALREADY_ENROLLED",
        "REFERENCE_NOT_FOUND",
        "RESOURCE_NAME_INVALID",
        "FIELD_INVALID",
        "hello",
    ];
    assert_eq!(reasons, expected);
    assert_eq!(results[0], results[1]);
    assert_eq!(list(&stage.done(LIST, json!({})).await, "/enrollments").len(), 2);

    let requests =
        json!([{"record": lead("l2"), "sequence": "tasks"}, {"record": lead("l1"), "sequence": "tasks"}]);
    let only = json!({"requests": requests, "validate_only": true});
    let results = list(&stage.done(BATCH_ENROLL, only).await, "/results");
    assert_eq!(results.iter().map(reason).collect::<Vec<_>>(), ["first", "ALREADY_ENROLLED"]);
    assert_eq!(results[0]["enrolled"]["enrollment"].get("name"), None);
    assert_eq!(list(&stage.done(LIST, json!({})).await, "/enrollments").len(), 2, "nothing was changed");
}

#[tokio::test]
async fn enrollments_are_listed_newest_first_and_filtered_by_every_field() {
    let stage = Stage::new().await;
    let first = text(&stage.enroll("l1", "short").await, "/name").to_owned();
    let second = text(&stage.enroll("l3", "tasks").await, "/name").to_owned();
    let third = text(&stage.enroll("l2", "short").await, "/name").to_owned();
    stage.done(EXIT, json!({"name": third})).await;
    let page = stage.done(LIST, json!({"page_size": 2})).await;
    assert_eq!(each(&list(&page, "/enrollments"), "name"), [&third, &second]);

    let last = stage.done(LIST, json!({"page_size": 2, "page_token": page["nextPageToken"]})).await;
    assert_eq!(each(&list(&last, "/enrollments"), "name"), [&first]);
    let cases = [
        ("enrollment.sequence == \"short\"", vec![&third, &first]),
        ("enrollment.sequence == \"sequences/short\"", vec![&third, &first]),
        ("enrollment.record == \"l3\"", vec![&second]),
        ("enrollment.record in [\"recordTypes/lead/records/l3\"]", vec![&second]),
        ("enrollment.record_type == \"lead\" && enrollment.revision == 1", vec![&third, &second, &first]),
        ("enrollment.open && enrollment.pass_number == 1", vec![&second, &first]),
        ("!enrollment.open", vec![&third]),
        ("enrollment.state == \"EXITED\" && enrollment.reason == \"MANUAL\"", vec![&third]),
        ("enrollment.source == \"SEGMENT\"", vec![]),
        ("has(enrollment.end_time)", vec![&third]),
        ("enrollment.create_time > timestamp(\"2020-01-01T00:00:00Z\")", vec![&third, &second, &first]),
    ];
    for (filter, expected) in cases {
        let listed = stage.done(LIST, json!({"filter": filter})).await;
        assert_eq!(each(&list(&listed, "/enrollments"), "name"), expected, "{filter}");
    }
}

#[tokio::test]
async fn the_timeline_tells_what_happened_and_who_did_it() {
    let stage = Stage::new().await;
    let enrolled = stage.enroll("l1", "short").await;
    let name = enrolled["name"].clone();
    let ana = stage.salesperson("ana").await;
    let method = format!("upnext.v1.{COMPLETE}");
    let complete = json!({"name": enrolled["openActivity"], "request_id": REQUEST_ID});
    call(&ana, &method, complete).await.expect("completes");

    let skipped = stage.done(SKIP_WAIT, json!({"name": name})).await;
    assert_eq!(text(&skipped, "/nextActivity/stepId"), "call");
    assert_eq!(skipped["enrollment"]["openActivity"], skipped["nextActivity"]["name"]);

    let call_name = skipped["nextActivity"]["name"].clone();
    call(&ana, &method, json!({"name": call_name, "outcome": "made"})).await.expect("completes");
    let done = stage.done(GET, json!({"name": name, "view": "FULL"})).await["enrollment"].clone();
    assert_eq!((text(&done, "/state"), &done["doneStepCount"]), ("COMPLETED", &json!(3)));
    assert_eq!(done.get("currentStepId"), None);

    let timeline = list(&done, "/timeline");
    let kinds = [
        "enrollmentStarted",
        "activityDue",
        "activityCompleted",
        "waitStarted",
        "waitSkipped",
        "activityDue",
        "activityCompleted",
        "enrollmentCompleted",
    ];
    assert_eq!(timeline.iter().map(|one| event(one).0).collect::<Vec<_>>(), kinds);

    let said = |index: usize| event(&timeline[index]).1;
    let steps: Vec<_> = (0..8).map(|index| said(index)["stepId"].as_str().unwrap_or_default()).collect();
    assert_eq!(steps, ["", "hello", "hello", "pause", "pause", "call", "call", ""]);
    assert_eq!(timeline[2]["actor"], "sellers/ana");
    assert_eq!(said(2)["activity"], enrolled["openActivity"]);
    assert_eq!((&timeline[2]["requestId"], timeline[3].get("requestId")), (&json!(REQUEST_ID), None));
    assert!(text(&timeline[4], "/actor").starts_with("apiKeys/"));

    let until = stage.app.now() + TimeDelta::seconds(10);
    assert_eq!(said(3)["plannedEndTime"], until.to_rfc3339_opts(SecondsFormat::Secs, true));
    assert_eq!((text(said(6), "/outcome"), text(said(6), "/stepDisplayName")), ("made", "Phone call"));
}

#[tokio::test]
async fn events_are_paged_in_either_order_and_an_enrollment_carries_the_newest_hundred() {
    let stage = Stage::new().await;
    let enrolled = stage.enroll("l1", "tasks").await;
    let activity = enrolled["openActivity"].clone();
    for minutes in 1..=120 {
        let until = stage.app.now() + TimeDelta::minutes(minutes);
        let snooze = json!({"name": activity, "until": until.to_rfc3339()});
        stage.done("WorkQueueService/SnoozeActivity", snooze).await;
    }
    let full = json!({"name": enrolled["name"], "view": "FULL"});
    let timeline = list(&stage.done(GET, full).await, "/enrollment/timeline");
    assert_eq!(timeline.len(), 100);

    let read = async |order: &str| {
        let mut events: Vec<Value> = Vec::new();
        let mut request = json!({"parent": enrolled["name"], "page_size": 50, "order_by": order});
        loop {
            let page = stage.done("EnrollmentService/ListEnrollmentEvents", request.clone()).await;
            events.extend(list(&page, "/events"));
            match page["nextPageToken"].as_str() {
                Some(token) => request["page_token"] = json!(token),
                None => return events,
            }
        }
    };
    let oldest_first = read("event_time").await;
    assert_eq!((oldest_first.len(), event(&oldest_first[0]).0), (122, "enrollmentStarted"));
    assert_eq!(timeline, oldest_first[22..]);
    let mut newest_first = read("event_time desc").await;
    newest_first.reverse();
    assert_eq!(newest_first, oldest_first);
    assert_eq!(read("").await, oldest_first);

    let wrong = json!({"parent": enrolled["name"], "order_by": "actor"});
    let wrong = refused(stage.call("EnrollmentService/ListEnrollmentEvents", wrong).await);
    assert_eq!(wrong.fields(), [("order_by", "FIELD_INVALID")]);
}

#[tokio::test]
async fn an_ended_enrollment_cannot_be_ended_or_moved() {
    let stage = Stage::new().await;
    let enrolled = stage.enroll("l1", "short").await;
    let name = enrolled["name"].clone();

    let acting = refused(stage.call(SKIP_WAIT, json!({"name": name})).await);
    assert_eq!(acting.reason, "ENROLLMENT_NOT_WAITING");
    assert_eq!(acting.metadata["activity"], text(&enrolled, "/openActivity"));

    let stale = refused(stage.call(EXIT, json!({"name": name, "etag": "stale"})).await);
    assert_eq!(stale.reason, "ETAG_MISMATCH");
    let request = json!({"name": name, "etag": enrolled["etag"], "request_id": REQUEST_ID});

    let exited = stage.done(EXIT, request.clone()).await;
    assert_eq!(
        (text(&exited, "/enrollment/state"), text(&exited, "/enrollment/reason")),
        ("EXITED", "MANUAL")
    );
    assert_eq!(stage.done(EXIT, request).await, exited);
    for method in [EXIT, SKIP_WAIT] {
        let ended = refused(stage.call(method, json!({"name": name})).await);
        assert_eq!((ended.reason.as_str(), &*ended.metadata["reason"]), ("ENROLLMENT_ENDED", "MANUAL"));
    }

    let canceled =
        stage.done("WorkQueueService/GetActivity", json!({"name": enrolled["openActivity"]})).await;
    assert_eq!((text(&canceled, "/activity/state"), canceled["activity"].get("outcome")), ("CANCELED", None));

    let again = stage.enroll("l1", "short").await;
    assert_eq!(again["passNumber"], 2);
}

#[tokio::test]
async fn a_salesperson_sees_and_enrolls_only_their_own_records() {
    let stage = Stage::new().await;
    let own = stage.enroll("l1", "short").await;
    let bens = stage.enroll("l3", "short").await;
    let ana = stage.salesperson("ana").await;
    let method = |name: &str| format!("upnext.v1.{name}");

    let listed = call(&ana, &method(LIST), json!({})).await.expect("lists");
    assert_eq!(list(&listed, "/enrollments"), [own]);
    for verb in [GET, EXIT, SKIP_WAIT] {
        let hidden = refused(call(&ana, &method(verb), json!({"name": bens["name"]})).await);
        assert_eq!((hidden.code, hidden.reason.as_str()), (Code::NotFound, "RESOURCE_NOT_FOUND"), "{verb}");
    }

    let theirs = json!({"record": lead("l3"), "sequence": "tasks"});
    assert_eq!(
        refused(call(&ana, &method(ENROLL), theirs).await).fields(),
        [("record", "REFERENCE_NOT_FOUND")]
    );

    let mine = json!({"record": lead("l2"), "sequence": "tasks"});
    call(&ana, &method(ENROLL), mine).await.expect("own records may be enrolled");
}
