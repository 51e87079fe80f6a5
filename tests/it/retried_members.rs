//! Members of a segment without an owner: the rules are run for them again as soon as they may find
//! somebody, oldest first.

use serde_json::{Value, json};

use super::support::app::TestApp;
use super::support::invariants;
use super::support::stage::{list, text};

async fn available(app: &TestApp, seller: &str, assign_records: bool) {
    let seller = json!({"name": format!("sellers/{seller}"), "assign_records": assign_records});
    app.admin.done("SellerService/UpdateSeller", json!({"seller": seller})).await;
}

/// Leads that enter the segment `all`, connected to a sequence, while neither ana nor ben takes
/// records.
async fn waiting(leads: std::ops::Range<i32>, rule: bool) -> TestApp {
    let app = TestApp::new().await;
    for seller in ["ana", "ben"] {
        app.admin.seller(seller).await;
        available(&app, seller, false).await;
    }
    app.admin.declare(json!({"seen": {"type": "BOOL"}})).await;
    app.admin.sequence("tasks", json!([{"step_id": "only", "task": {}}])).await;
    app.admin.segment("all", "true").await;
    if rule {
        app.admin.rule("all", "in-turn", &["ana", "ben"]).await;
    }
    app.admin.connect("all", "tasks").await;
    app.admin.activate_segment("all").await;
    enter(&app, leads).await;
    app
}

async fn enter(app: &TestApp, leads: std::ops::Range<i32>) {
    app.admin.leads(leads.map(|number| json!({"id": format!("l{number}")})).collect()).await;
    app.run_until_idle().await;
}

/// The owners of all leads, in the order of their creation; `-` without one.
async fn owners(app: &TestApp) -> Vec<String> {
    app.run_until_idle().await;
    invariants::hold_in(app.app.engine.store(), app.now()).await;
    let records = app.admin.done("RecordService/ListRecords", json!({"record_type": "lead"})).await;
    let owner =
        |record: &Value| record["owner"].as_str().map_or("-", |name| &name["sellers/".len()..]).to_owned();
    list(&records, "/records").iter().map(owner).collect()
}

#[tokio::test]
async fn members_get_owners_when_a_seller_takes_records_again_oldest_first() {
    let app = waiting(0..4, true).await;
    assert_eq!(owners(&app).await, ["-"; 4]);
    let unassigned =
        app.admin.done("WorkQueueService/ListActivities", json!({"queue": "teams/unassigned"})).await;
    assert_eq!(list(&unassigned, "/activities").len(), 4);

    available(&app, "ana", true).await;
    available(&app, "ben", true).await;
    // One that comes meanwhile doesn't get ahead of the older ones.
    enter(&app, 4..5).await;
    let mut served = owners(&app).await;
    assert!(served.iter().all(|owner| owner != "-"), "{served:?}");
    served.sort();
    assert_eq!(served, ["ana", "ana", "ana", "ben", "ben"]);
    let unassigned =
        app.admin.done("WorkQueueService/ListActivities", json!({"queue": "teams/unassigned"})).await;
    assert_eq!(unassigned.get("activities"), None, "their activities moved along");

    let told: Vec<String> = sqlx::query_scalar(
        "SELECT detail ->> 'owner_reason' FROM history JOIN record ON record.id = history.subject_id
         WHERE kind = 101 AND record.record_id = 'l0' ORDER BY history.id",
    )
    .fetch_all(&app.database.pool())
    .await
    .expect("is read");
    assert_eq!(told, ["NO_CANDIDATE", "ROUND_ROBIN"]);
}

#[tokio::test]
async fn a_rule_that_is_made_enabled_corrected_or_deleted_serves_the_members_without_an_owner() {
    let app = waiting(0..2, false).await;
    available(&app, "ana", true).await;
    assert_eq!(owners(&app).await, ["-"; 2], "there is no rule");
    app.admin.rule("all", "first", &["ben"]).await;
    assert_eq!(owners(&app).await, ["-"; 2], "ben takes none");

    let listed =
        json!({"assignment_rule": {"name": "segments/all/rules/first", "listed": {"sellers": ["ana"]}}});
    app.admin.done("SegmentService/UpdateAssignmentRule", listed).await;
    assert_eq!(owners(&app).await, ["ana", "ana"]);
    let disable = |disabled| json!({"assignment_rule": {"name": "segments/all/rules/first", "disabled": disabled}, "update_mask": "disabled"});
    app.admin.done("SegmentService/UpdateAssignmentRule", disable(true)).await;
    enter(&app, 2..3).await;
    assert_eq!(owners(&app).await, ["ana", "ana", "-"]);
    app.admin.done("SegmentService/UpdateAssignmentRule", disable(false)).await;
    assert_eq!(owners(&app).await, ["ana"; 3]);

    // The first rule that matches decides, even if it finds nobody.
    let listed =
        json!({"assignment_rule": {"name": "segments/all/rules/first", "listed": {"sellers": ["ben"]}}});
    app.admin.done("SegmentService/UpdateAssignmentRule", listed).await;
    app.admin.rule("all", "second", &["ana"]).await;
    enter(&app, 3..4).await;
    assert_eq!(owners(&app).await, ["ana", "ana", "ana", "-"]);
    app.admin.done("SegmentService/DeleteAssignmentRule", json!({"name": "segments/all/rules/first"})).await;
    assert_eq!(owners(&app).await, ["ana"; 4]);
}

#[tokio::test]
async fn a_change_of_a_member_and_a_backfill_run_the_rules_again() {
    let app = waiting(0..3, true).await;
    // Not by a call, which would serve them at once.
    let quietly = "UPDATE seller SET assign_records = true WHERE seller_id = 'ben'";
    sqlx::query(quietly).execute(&app.database.pool()).await.expect("is written");
    app.admin.leads(json!([{"id": "l1", "attributes": {"seen": true}}])).await;
    assert_eq!(owners(&app).await, ["-", "ben", "-"]);
    let backfill = json!({"name": "segments/all", "backfill": true});
    let started = app.admin.done("SegmentService/ActivateSegment", backfill).await;
    assert!(text(&started, "/backfillOperation").starts_with("operations/"));
    assert_eq!(owners(&app).await, ["ben"; 3]);
}
