//! Conditions that compare a record with `now`: records enter and leave segments at the instant at
//! which the answer changes, although nothing in them does.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::support::app::{TestApp, within_deadline};
use super::support::dynamic;
use super::support::invariants;
use super::support::stage::{list, text};

/// A sequence for leads that nobody has contacted for a day. Its segment isn't active yet.
async fn neglected() -> TestApp {
    let app = TestApp::new().await;
    app.admin.seller("ana").await;
    app.admin.declare(json!({"contacted": {"type": "TIMESTAMP"}, "vip": {"type": "BOOL"}})).await;
    app.admin.sequence("revive", json!([{"step_id": "call", "phone_call": {}}])).await;
    app.admin.segment("neglected", "record.contacted < now - duration(\"1d\")").await;
    app.admin.connect("neglected", "revive").await;
    app
}

async fn lead(app: &TestApp, id: &str, contacted: DateTime<Utc>) {
    let attributes = json!({"contacted": contacted.to_rfc3339()});
    app.admin.leads(json!([{"id": id, "owner": "ana", "attributes": attributes}])).await;
    app.run_until_idle().await;
}

/// The leads with an open enrollment, in the order of their ids.
async fn enrolled(app: &TestApp) -> Vec<String> {
    app.run_until_idle().await;
    invariants::hold_in(app.app.engine.store(), app.now()).await;
    let open = json!({"filter": "enrollment.open"});
    let enrollments = app.admin.done("EnrollmentService/ListEnrollments", open).await;
    let record =
        |enrollment: &Value| text(enrollment, "/record")["recordTypes/lead/records/".len()..].to_owned();
    let mut records: Vec<String> = list(&enrollments, "/enrollments").iter().map(record).collect();
    records.sort();
    records
}

async fn planned(app: &TestApp) -> i64 {
    let count = "SELECT count(*) FROM record_flip";
    sqlx::query_scalar(count).fetch_one(&app.database.pool()).await.expect("counts")
}

#[tokio::test]
async fn a_record_enters_at_the_instant_at_which_it_matches_and_not_before() {
    let app = neglected().await;
    app.admin.activate_segment("neglected").await;
    lead(&app, "l1", app.now()).await;
    lead(&app, "l2", app.now() - TimeDelta::hours(1)).await;
    assert!(enrolled(&app).await.is_empty());

    app.advance(TimeDelta::hours(23)).await;
    assert!(enrolled(&app).await.is_empty(), "exactly a day is not more than a day");
    assert_eq!(
        app.app.worker.next_flip().await.expect("reads"),
        Some(app.now() + TimeDelta::microseconds(1))
    );
    app.advance(TimeDelta::microseconds(1)).await;
    assert_eq!(enrolled(&app).await, ["l2"]);

    // A contact meanwhile puts the instant off.
    lead(&app, "l1", app.now()).await;
    app.advance(TimeDelta::hours(2)).await;
    assert_eq!(enrolled(&app).await, ["l2"]);
    app.advance(TimeDelta::hours(23)).await;
    assert_eq!(enrolled(&app).await, ["l1", "l2"]);
    assert_eq!(planned(&app).await, 0, "nothing else will happen to them");
}

#[tokio::test]
async fn a_record_leaves_when_time_alone_says_so() {
    let app = neglected().await;
    app.admin.segment("fresh", "record.create_time > now - duration(\"7d\")").await;
    app.admin.sequence("welcome", json!([{"step_id": "call", "phone_call": {}}])).await;
    app.admin.connect("fresh", "welcome").await;
    let exits = json!({"segment": {"name": "segments/fresh", "on_leave": "EXIT_ENROLLMENT"}});
    app.admin.done("SegmentService/UpdateSegment", exits).await;
    app.admin.activate_segment("fresh").await;
    lead(&app, "l1", app.now()).await;
    assert_eq!(enrolled(&app).await, ["l1"]);

    app.advance(TimeDelta::days(7) - TimeDelta::microseconds(1)).await;
    assert_eq!(enrolled(&app).await, ["l1"]);
    app.advance(TimeDelta::microseconds(2)).await;
    assert!(enrolled(&app).await.is_empty());
}

#[tokio::test]
async fn records_that_were_there_before_enter_too_when_their_time_comes() {
    let app = neglected().await;
    lead(&app, "old", app.now() - TimeDelta::days(3)).await;
    lead(&app, "new", app.now()).await;
    assert_eq!(planned(&app).await, 0);

    // Activating acts on what changes from now on, and time is a change like any other.
    app.admin.activate_segment("neglected").await;
    assert!(enrolled(&app).await.is_empty());
    let kinds: Vec<String> = sqlx::query_scalar("SELECT kind FROM operation")
        .fetch_all(&app.database.pool())
        .await
        .expect("is read");
    assert_eq!(kinds, ["PLAN_FLIPS"]);
    app.advance(TimeDelta::days(1) + TimeDelta::seconds(1)).await;
    assert_eq!(enrolled(&app).await, ["new"]);

    // A longer time is planned anew, and a shorter one that is over is no change.
    lead(&app, "newer", app.now()).await;
    let longer = "record.contacted < now - duration(\"3d\")";
    let longer = json!({"segment": {"name": "segments/neglected", "condition": longer}});
    app.admin.done("SegmentService/UpdateSegment", longer).await;
    app.advance(TimeDelta::days(2)).await;
    assert_eq!(enrolled(&app).await, ["new"]);
    app.advance(TimeDelta::days(1) + TimeDelta::seconds(1)).await;
    assert_eq!(enrolled(&app).await, ["new", "newer"]);
}

/// Leads that want a demo, in a segment with a grace of an hour that ends the enrollments of those
/// who leave it.
async fn graced() -> TestApp {
    let app = neglected().await;
    app.admin.declare(json!({"wants_demo": {"type": "BOOL"}})).await;
    let demo = json!({"segment_id": "demo", "segment": {
        "display_name": "Demo", "condition": "record.wants_demo", "on_leave": "EXIT_ENROLLMENT",
        "leave_grace": {"hours": 1}}});
    app.admin.done("SegmentService/CreateSegment", demo).await;
    app.admin.connect("demo", "revive").await;
    app.admin.activate_segment("demo").await;
    wants_demo(&app, true).await;
    assert_eq!(enrolled(&app).await, ["l1"]);
    app
}

async fn wants_demo(app: &TestApp, wants: bool) {
    let attributes = json!({"wants_demo": wants});
    app.admin.leads(json!([{"id": "l1", "owner": "ana", "attributes": attributes}])).await;
    app.run_until_idle().await;
}

async fn members(app: &TestApp) -> Vec<Value> {
    let members =
        app.admin.done("SegmentService/ListSegmentMembers", json!({"parent": "segments/demo"})).await;
    members["segmentMembers"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_member_that_matches_again_within_the_grace_has_never_left() {
    let app = graced().await;
    let joined = members(&app).await[0]["joinTime"].clone();
    app.advance(TimeDelta::minutes(1)).await;
    wants_demo(&app, false).await;
    assert_eq!(enrolled(&app).await, ["l1"]);
    let lapsed = members(&app).await;
    assert_eq!(text(&lapsed[0], "/lapseTime"), app.now().format("%FT%TZ").to_string());

    // Further changes don't put it off.
    app.advance(TimeDelta::minutes(59)).await;
    app.admin.leads(json!([{"id": "l1", "attributes": {"vip": true}}])).await;
    app.run_until_idle().await;
    assert_eq!(members(&app).await, lapsed);
    wants_demo(&app, true).await;
    let again = members(&app).await;
    assert_eq!((&again[0]["joinTime"], again[0].get("lapseTime")), (&joined, None));
    assert_eq!(planned(&app).await, 0);
    app.advance(TimeDelta::hours(2)).await;
    assert_eq!(enrolled(&app).await, ["l1"]);
}

#[tokio::test]
async fn a_member_that_stays_away_leaves_at_the_end_of_the_grace() {
    let app = graced().await;
    wants_demo(&app, false).await;
    app.advance(TimeDelta::hours(1) - TimeDelta::microseconds(1)).await;
    assert_eq!(enrolled(&app).await, ["l1"]);
    app.advance(TimeDelta::microseconds(1)).await;
    assert!(enrolled(&app).await.is_empty() && members(&app).await.is_empty());

    // An operation that plans flips knows nothing of graces, and leaves them as they are.
    wants_demo(&app, true).await;
    wants_demo(&app, false).await;
    app.admin.activate_segment("neglected").await;
    app.run_until_idle().await;
    assert_eq!((planned(&app).await, members(&app).await.len()), (1, 1));
    app.advance(TimeDelta::hours(1)).await;
    assert!(members(&app).await.is_empty());
}

#[tokio::test]
async fn a_closed_or_deleted_record_has_no_further_time() {
    let app = neglected().await;
    app.admin.activate_segment("neglected").await;
    for id in ["l1", "l2", "l3"] {
        lead(&app, id, app.now()).await;
    }
    assert_eq!(planned(&app).await, 3);
    let name = |id: &str| json!({"name": format!("recordTypes/lead/records/{id}")});
    app.admin.done("RecordService/DeleteRecord", name("l1")).await;
    assert_eq!(planned(&app).await, 2);
    let mut won = name("l2");
    won["close_outcome"] = json!("WON");
    app.admin.done("RecordService/CloseRecord", won).await;
    assert_eq!(planned(&app).await, 1);
    app.advance(TimeDelta::days(2)).await;
    assert_eq!(enrolled(&app).await, ["l3"]);
}

#[tokio::test]
async fn closing_and_deleting_do_not_wait_for_the_routing_of_the_same_record() {
    let app = neglected().await;
    app.admin.activate_segment("neglected").await;
    for id in ["l1", "l2"] {
        lead(&app, id, app.now()).await;
    }

    // Like routing, which claims what is due before it locks the records.
    let mut claiming = app.database.pool().begin().await.expect("begins");
    sqlx::query("DELETE FROM record_flip").execute(&mut *claiming).await.expect("is held");
    let name = |id: &str| json!({"name": format!("recordTypes/lead/records/{id}"), "close_outcome": "LOST"});
    let closing = app.admin.done("RecordService/CloseRecord", name("l1"));
    within_deadline("the record is closed", closing).await;
    let deleting = json!({"name": "recordTypes/lead/records/l2"});
    let deleting = app.admin.done("RecordService/DeleteRecord", deleting);
    within_deadline("the record is deleted", deleting).await;

    // Even if routing fails, what is left does no harm.
    claiming.rollback().await.expect("rolls back");
    assert!(enrolled(&app).await.is_empty());
    app.advance(TimeDelta::days(2)).await;
    assert!(enrolled(&app).await.is_empty());
    assert_eq!(planned(&app).await, 0);
}

#[tokio::test]
async fn a_backfill_that_is_canceled_leaves_the_plan_for_later() {
    let app = neglected().await;
    lead(&app, "new", app.now()).await;
    let activate = json!({"name": "segments/neglected", "backfill": true});
    let activated = app.admin.done("SegmentService/ActivateSegment", activate).await;
    let backfill = json!({"name": activated["backfillOperation"]});
    let cancel = "google.longrunning.Operations/CancelOperation";
    dynamic::call(&app.admin, cancel, backfill).await.expect("is canceled");
    app.advance(TimeDelta::days(1) + TimeDelta::seconds(1)).await;
    assert_eq!(enrolled(&app).await, ["new"]);
}

#[tokio::test]
async fn a_branch_asks_with_the_time_at_which_a_record_comes_to_it() {
    let app = neglected().await;
    let call = |id: &str| json!({"step_id": id, "phone_call": {}});
    let branch = json!({
        "condition": {"record": {"condition": "record.contacted < now - duration(\"1d\")"}},
        "yes_steps": [call("late")], "no_steps": [call("early")],
    });
    let wait = json!({"step_id": "wait", "wait": {"delay": {"hours": 25}}});
    app.admin.sequence("ask", json!([wait, {"step_id": "branch", "branch": branch.clone()}])).await;
    app.admin.sequence("ask-now", json!([{"step_id": "branch", "branch": branch}])).await;
    lead(&app, "l1", app.now()).await;
    app.admin.enroll("l1", "ask").await;
    app.admin.enroll("l1", "ask-now").await;
    app.advance(TimeDelta::hours(25)).await;
    app.run_until_idle().await;
    let due = app.admin.done("WorkQueueService/ListActivities", json!({"queue": "sellers/ana"})).await;
    let due = list(&due, "/activities");
    let mut steps: Vec<&str> = due.iter().map(|one| text(one, "/stepId")).collect();
    steps.sort_unstable();
    assert_eq!(steps, ["early", "late"]);
}

#[tokio::test]
async fn lists_and_previews_know_now_and_goals_do_not() {
    let app = neglected().await;
    lead(&app, "old", app.now() - TimeDelta::days(3)).await;
    lead(&app, "new", app.now()).await;
    let filter = "record.contacted < now - duration(\"1d\")";
    let listed = json!({"record_type": "lead", "filter": filter});
    let listed = app.admin.done("RecordService/ListRecords", listed).await;
    assert_eq!(list(&listed, "/records").len(), 1);
    assert_eq!(text(&listed, "/records/0/name"), "recordTypes/lead/records/old");
    let preview = app.admin.done("SegmentService/PreviewSegment", json!({"condition": filter})).await;
    assert_eq!(list(&preview, "/sample").len(), 1);

    app.admin.enroll("old", "revive").await;
    for (filter, found) in
        [("activity.due_time <= now && record.contacted < now", 1), ("record.contacted > now", 0)]
    {
        let listed = json!({"queue": "sellers/ana", "record_type": "recordTypes/lead", "filter": filter});
        let listed = app.admin.call("WorkQueueService/ListActivities", listed).await;
        match listed {
            Ok(listed) => assert_eq!(
                listed.pointer("/activities").map_or(0, |all| all.as_array().map_or(0, Vec::len)),
                found,
                "{filter}"
            ),
            Err(status) => panic!("{filter}: {status:?}"),
        }
    }

    let goal = json!({"sequence": {"name": "sequences/revive", "exit_criteria": {"goal_condition": "record.contacted > now"}}});
    let refused = app.admin.call("SequenceService/UpdateSequence", goal).await.expect_err("is refused");
    assert!(format!("{refused:?}").contains("now can't be used here"), "{refused:?}");
}
