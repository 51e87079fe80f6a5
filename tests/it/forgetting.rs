//! History that an organization doesn't keep for ever: what is forgotten, what stays, and that all
//! that was counted and told stays true.

use chrono::TimeDelta;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use tonic::Code;
use upnext::api::pb;
use upnext::api::pb::event_service_client::EventServiceClient;

use super::events::{hold, publish};
use super::support::refused::{Refused, refused};
use super::support::stage::{Stage, each, list, text};
use super::support::ten_leads::ten_leads;

/// Events that a timeline, a routing run or a closing left, of an organization's own.
const FORGETTABLE: &str = "SELECT count(*) FROM history WHERE kind NOT IN (102, 104)";

/// Events of enrollments that have ended.
const OF_ENDED: &str = "SELECT count(*) FROM history JOIN enrollment ON enrollment.id = history.subject_id
    WHERE enrollment.end_time IS NOT NULL";

async fn keep(stage: &Stage, days: i32) -> Result<Value, tonic::Status> {
    let organization = json!({"settings": {"history_retention_days": days}});
    stage.call("OrganizationService/UpdateOrganization", json!({"organization": organization})).await
}

async fn count(stage: &Stage, query: &str) -> i64 {
    let query = sqlx::query_scalar(AssertSqlSafe(query.to_owned()));
    query.fetch_one(&stage.app.database.pool()).await.expect("counts")
}

async fn run(stage: &Stage, statement: &str) {
    let statement = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()));
    statement.execute(&stage.app.database.pool()).await.expect("runs");
}

/// What the statistics of two sequences say, and their pictures.
async fn told(stage: &Stage) -> Vec<Value> {
    let mut told = Vec::new();
    for name in ["short", "fork"] {
        let request = json!({"name": name, "window": "ONE_YEAR"});
        let mut stats = stage.done("SequenceService/GetSequenceStats", request).await;
        // Only the window moves.
        stats.as_object_mut().expect("an object").retain(|field, _| !field.ends_with("Time"));
        told.push(stats);
        let request = json!({"name": name, "with_counts": true});
        told.push(stage.done("SequenceService/RenderSequence", request).await);
    }
    told
}

/// Ten leads go through `short`, and the leads of the stage through a split.
async fn busy() -> Stage {
    let stage = Stage::new().await;
    let variant = |id: &str, weight: i32| json!({"variant_id": id, "weight": weight, "steps": [{"step_id": id, "task": {}}]});
    let split = json!({"variants": [variant("a", 50), variant("b", 50)]});
    stage
        .sequence("fork", json!([{"step_id": "ask", "task": {}}, {"step_id": "which", "split": split}]))
        .await;
    for lead in ["l1", "l2", "l3"] {
        let first = stage.enroll(lead, "fork").await["openActivity"].clone();
        stage.done("WorkQueueService/CompleteActivity", json!({"name": first})).await;
    }
    for next in stage.queue("sellers/ana").await {
        stage.done("WorkQueueService/CompleteActivity", json!({"name": next["name"]})).await;
    }
    ten_leads(&stage).await;
    stage
}

#[tokio::test]
async fn timelines_go_whole_once_they_ended_long_ago_and_what_was_counted_stays_true() {
    let stage = busy().await;
    let (before, events) = (told(&stage).await, count(&stage, FORGETTABLE).await);
    let open = "SELECT count(*) FROM history JOIN enrollment ON enrollment.id = history.subject_id WHERE end_time IS NULL";
    let of_open = count(&stage, open).await;
    keep(&stage, 30).await.expect("is set");
    stage.app.advance(TimeDelta::days(29)).await;
    assert_eq!(count(&stage, FORGETTABLE).await, events, "nothing is that old");

    stage.app.advance(TimeDelta::days(3)).await;
    assert_eq!(count(&stage, OF_ENDED).await, 0);
    assert_eq!(count(&stage, open).await, of_open, "what goes on keeps its timeline");
    assert_eq!(count(&stage, FORGETTABLE).await, of_open, "records have no events from then");
    assert_eq!(told(&stage).await, before);
    hold(&stage).await;

    // Counting anew leaves alone what only the tallies know.
    stage.app.app.engine.recount_tallies().await.expect("counts");
    assert_eq!(told(&stage).await, before);
    hold(&stage).await;
}

#[tokio::test]
async fn an_ended_enrollment_is_still_there_without_its_timeline() {
    let stage = busy().await;
    let ended = json!({"filter": "enrollment.state == \"COMPLETED\"", "page_size": 1});
    let ended = stage.done("EnrollmentService/ListEnrollments", ended).await;
    let name = text(&ended, "/enrollments/0/name").to_owned();
    let get = json!({"name": name, "view": "FULL"});
    assert!(
        !list(&stage.done("EnrollmentService/GetEnrollment", get.clone()).await, "/enrollment/timeline")
            .is_empty()
    );

    keep(&stage, 30).await.expect("is set");
    stage.app.advance(TimeDelta::days(32)).await;
    let after = stage.done("EnrollmentService/GetEnrollment", get).await;
    assert_eq!(text(&after, "/enrollment/state"), "COMPLETED");
    assert_eq!(list(&after, "/enrollment/timeline"), Vec::<Value>::new());
    let explained = stage.done("EnrollmentService/ExplainEnrollment", json!({"name": name})).await;
    assert_eq!(text(&explained, "/enrollment/state"), "COMPLETED");
    // It can be judged, and that is kept for its own time.
    let judged = json!({"enrollment": {"name": name, "disposition": "connected"}});
    stage.done("EnrollmentService/UpdateEnrollment", judged).await;
    assert_eq!(count(&stage, OF_ENDED).await, 1);
    hold(&stage).await;
    stage.app.advance(TimeDelta::days(32)).await;
    assert_eq!(count(&stage, OF_ENDED).await, 0);
    hold(&stage).await;
}

#[tokio::test]
async fn the_words_about_a_deleted_record_leave_the_stats_after_its_timeline_is_forgotten() {
    let stage = Stage::new().await;
    stage.enroll("l1", "tasks").await;
    for reason in ["Kim is ill", "Kim is still ill"] {
        let due = stage.queue("sellers/ana").await[0]["name"].clone();
        stage.done("WorkQueueService/SkipActivity", json!({"name": due, "reason": reason})).await;
    }
    let stats = json!({"name": "tasks", "window": "ONE_YEAR"});
    keep(&stage, 30).await.expect("is set");
    stage.app.advance(TimeDelta::days(32)).await;
    assert_eq!(count(&stage, OF_ENDED).await, 0);
    let kept = stage.done("SequenceService/GetSequenceStats", stats.clone()).await;
    assert!(kept.to_string().contains("Kim is ill"), "{kept}");

    stage.done("RecordService/EraseRecord", json!({"name": "recordTypes/lead/records/l1"})).await;
    let left = stage.done("SequenceService/GetSequenceStats", stats).await;
    assert!(!left.to_string().contains("Kim"), "{left}");
    let skipped =
        list(&left, "/steps").iter().map(|step| step["totals"]["skippedCount"].clone()).collect::<Vec<_>>();
    assert_eq!(skipped, ["1", "1"]);
    hold(&stage).await;
}

#[tokio::test]
async fn whoever_resumes_after_forgotten_events_is_told_and_begins_with_what_is_kept() {
    let stage = Stage::new().await;
    publish(&stage.admin).await;
    stage.app.run_until_idle().await;
    let first = stage.done("EventService/ListEvents", json!({"page_size": 1})).await;
    let (token, page) = (text(&first, "/resumeToken").to_owned(), json!({"page_size": 1}));
    stage.enroll("l1", "tasks").await;
    keep(&stage, 30).await.expect("is set");
    stage.app.advance(TimeDelta::days(20)).await;
    stage.enroll("l2", "tasks").await;
    stage.app.advance(TimeDelta::days(12)).await;

    let resumed = json!({"resume_token": token});
    let status = stage.call("EventService/ListEvents", resumed).await.expect_err("too old");
    let old = Refused::of(&status);
    assert_eq!((old.code, old.reason.as_str()), (Code::FailedPrecondition, "EVENTS_FORGOTTEN"));
    let request = pb::WatchEventsRequest { resume_token: token, ..Default::default() };
    let mut stream =
        EventServiceClient::new(stage.admin.calls()).watch_events(request).await.expect("opens").into_inner();
    let end = stream.message().await.expect_err("it ends at once");
    assert_eq!(Refused::of(&end).reason, "EVENTS_FORGOTTEN");

    // What is kept begins with the younger enrollment, in pages and as a whole.
    let kept = list(&stage.done("EventService/ListEvents", json!({})).await, "/events");
    assert_eq!(each(&kept, "record"), ["recordTypes/lead/records/l2"; 2]);
    let paged = stage.done("EventService/ListEvents", page).await;
    assert_eq!(paged["events"][0], kept[0]);
    let fresh = json!({"resume_token": paged["resumeToken"]});
    assert_eq!(list(&stage.done("EventService/ListEvents", fresh).await, "/events"), kept[1..]);
    hold(&stage).await;
}

#[tokio::test]
async fn whoever_reads_while_events_are_forgotten_is_told_too() {
    let stage = Stage::new().await;
    publish(&stage.admin).await;
    stage.app.run_until_idle().await;
    let first = stage.done("EventService/ListEvents", json!({"page_size": 1})).await;
    let token = text(&first, "/resumeToken").to_owned();
    for lead in ["l1", "l2"] {
        stage.enroll(lead, "tasks").await;
    }
    stage.app.run_until_idle().await;

    // The reader has seen that nothing is forgotten, and waits for the events.
    let mut forgets = stage.app.database.pool().begin().await.expect("begins");
    sqlx::query("LOCK TABLE published_event").execute(&mut *forgets).await.expect("is held");
    let reading = stage.call("EventService/ListEvents", json!({"resume_token": token}));
    let forgetting = async {
        stage.app.database.until_waiting(1).await;
        let forget = "UPDATE publication SET forgotten = head - 1; DELETE FROM published_event USING publication WHERE position <= forgotten";
        sqlx::raw_sql(forget).execute(&mut *forgets).await.expect("are forgotten");
        forgets.commit().await.expect("is committed");
    };
    let (read, ()) = tokio::join!(reading, forgetting);
    assert_eq!(Refused::of(&read.expect_err("some are missing")).reason, "EVENTS_FORGOTTEN");
}

#[tokio::test]
async fn history_is_kept_for_ever_unless_the_organization_says_otherwise() {
    let stage = Stage::new().await;
    stage.enroll("l1", "tasks").await;
    stage
        .done(
            "RecordService/CloseRecord",
            json!({"name": "recordTypes/lead/records/l1", "close_outcome": "WON"}),
        )
        .await;
    let events = count(&stage, FORGETTABLE).await;
    stage.app.advance(TimeDelta::days(60)).await;
    assert_eq!(count(&stage, FORGETTABLE).await, events);
    for wrong in [29, 1, -1, 3_651] {
        let refused = refused(keep(&stage, wrong).await);
        assert_eq!(refused.reason, "FIELD_INVALID", "{wrong}");
        assert_eq!(refused.violations[0].0, "organization.settings.history_retention_days");
    }
    let settings = stage.done("OrganizationService/GetOrganization", json!({})).await;
    assert_eq!(settings["organization"]["settings"]["historyRetentionDays"], 0);

    // Nothing is done for a suspended one.
    keep(&stage, 30).await.expect("is set");
    run(&stage, "UPDATE organization SET suspend_time = create_time").await;
    stage.app.advance(TimeDelta::days(32)).await;
    assert_eq!(count(&stage, FORGETTABLE).await, events);
    run(&stage, "UPDATE organization SET suspend_time = NULL").await;
    stage.app.run_until_idle().await;
    assert_eq!(count(&stage, FORGETTABLE).await, 0);
    hold(&stage).await;
}

#[tokio::test]
async fn a_month_that_nobody_needs_is_dropped_and_what_outlives_it_moves() {
    let stage = Stage::new().await;
    stage.app.advance(TimeDelta::days(40)).await;
    let month = format!("history_{}", stage.app.now().format("%Y_%m"));
    let rows = format!("SELECT count(*) FROM {month}");
    stage.enroll("l1", "tasks").await;
    let ended = stage.enroll("l2", "tasks").await;
    stage.done("EnrollmentService/ExitEnrollment", json!({"name": ended["name"]})).await;
    assert!(count(&stage, &rows).await > 4, "the month has a partition of its own");

    // Who keeps everything keeps the partition.
    let is_there = format!("SELECT count(*) FROM pg_class WHERE relname = '{month}'");
    stage.app.advance(TimeDelta::days(100)).await;
    assert_eq!(count(&stage, &is_there).await, 1);
    keep(&stage, 30).await.expect("is set");
    let outlives =
        "SELECT count(*) FROM history JOIN enrollment ON enrollment.id = subject_id WHERE end_time IS NULL";
    let outlive = count(&stage, outlives).await;
    stage.app.run_until_idle().await;
    stage.app.run_until_idle().await;
    assert_eq!(count(&stage, &is_there).await, 0);
    assert_eq!((count(&stage, outlives).await, outlive), (2, 2));
    assert_eq!(count(&stage, OF_ENDED).await, 0);
    hold(&stage).await;
}

#[tokio::test]
async fn deliveries_and_counts_of_emails_do_not_stay_for_ever() {
    let stage = Stage::new().await;
    let given_up = "SELECT count(*) FROM webhook_delivery";
    for (position, retry) in [(1, "NULL"), (2, "create_time")] {
        run(&stage, &format!(
            "INSERT INTO webhook_delivery (organization_id, id, webhook_id, position, attempts, last_error, create_time, retry_time)
             SELECT organization_id, gen_random_uuid(), gen_random_uuid(), {position}, 16, 'answered 500', '{}', {retry} FROM organization",
            stage.app.now().to_rfc3339())).await;
    }
    run(
        &stage,
        &format!(
            "INSERT INTO email_count (organization_id, day, counted_for, emails)
         SELECT organization_id, '{}'::date, gen_random_uuid(), 3 FROM organization",
            stage.app.now().date_naive()
        ),
    )
    .await;
    stage.app.advance(TimeDelta::days(7)).await;
    assert_eq!(count(&stage, "SELECT count(*) FROM email_count").await, 1);
    stage.app.advance(TimeDelta::days(1)).await;
    assert_eq!(count(&stage, "SELECT count(*) FROM email_count").await, 0);
    assert_eq!(count(&stage, given_up).await, 2);

    stage.app.advance(TimeDelta::days(23)).await;
    let waits = "SELECT count(*) FROM webhook_delivery WHERE retry_time IS NOT NULL";
    assert_eq!((count(&stage, given_up).await, count(&stage, waits).await), (1, 1));
}
