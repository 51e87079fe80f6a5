//! EraseRecord: nothing of a person is left, and the record can't come back for a while.

use chrono::TimeDelta;
use futures::TryStreamExt as _;
use serde_json::{Value, json};
use tonic::Code;
use upnext::domain::id::OrganizationId;
use upnext::store::tenants::everything;
use uuid::Uuid;

use super::events::publish;
use super::support::app::within_deadline;
use super::support::invariants::hold_in;
use super::support::refused::refused;
use super::support::setup::organization_of;
use super::support::stage::{Stage, list, text};

/// In everything that is known of the person, and nowhere else.
const MARKER: &str = "Zebulon";

const PERSON: &str = "recordTypes/lead/records/Zebulon-1";

/// The tables that have the marker somewhere, with the rows.
async fn marked(stage: &Stage) -> Vec<String> {
    let name = organization_of(&stage.admin).await;
    let id: Uuid = name.trim_start_matches("organizations/").parse().expect("a UUID");
    let mut conn = stage.app.database.pool().acquire().await.expect("connects");
    let mut marked = Vec::new();
    for table in everything::tables(&mut conn).await.expect("are listed") {
        let rows: Vec<Value> =
            everything::rows(&mut conn, &table, OrganizationId(id)).try_collect().await.expect("are read");
        let rows = rows.iter().map(Value::to_string).filter(|row| row.contains(MARKER));
        marked.extend(rows.map(|row| format!("{}: {row}", table.name)));
    }
    marked
}

/// A person of whom every part of upnext knows something.
async fn known_everywhere() -> Stage {
    let stage = Stage::new().await;
    publish(&stage.admin).await;
    stage.admin.declare(json!({"email": {"type": "STRING"}, "phone": {"type": "STRING"}})).await;
    let roles = json!({"record_type": {"name": "recordTypes/lead", "email_attribute": "email"}});
    stage.done("RecordService/UpdateRecordType", roles).await;
    let lead = json!({"id": "Zebulon-1", "owner": "ana", "attributes":
        {"name": MARKER, "email": "Zebulon@example.com", "phone": "+1 Zebulon"}});
    stage.admin.leads(json!([lead, {"id": "other", "owner": "ana"}])).await;

    stage.sequence("steps", json!([{"phone_call": {}}, {"task": {}}, {"email": {}}, {"task": {}}])).await;
    let boss = json!({"boss": {"type": "REFERENCE", "reference_type": "lead"}});
    stage
        .done("RecordService/DeclareAttributes", json!({"record_type": "contact", "attributes": boss}))
        .await;
    stage.enroll("Zebulon-1", "steps").await;
    let first = async || text(&stage.queue("sellers/ana").await[0], "/name").to_owned();
    let done = json!({"name": first().await, "outcome": "made", "note": "Zebulon is nice",
        "request_id": Uuid::from_u128(1 << 64 | 7)});
    stage.done("WorkQueueService/CompleteActivity", done).await;
    let skip = json!({"name": first().await, "reason": "Zebulon said no"});
    stage.done("WorkQueueService/SkipActivity", skip).await;
    let manual = json!({"activity": {"record": PERSON, "display_name": "Lunch with Zebulon", "task": {}}});
    stage.done("WorkQueueService/CreateActivity", manual).await;
    let events = json!({"events": [
        {"event_id": "Zebulon-opened", "record": PERSON, "email_opened": {}},
        {"event_id": "Zebulon-left", "record": PERSON, "unsubscribed": {}}]});
    stage.done("RecordService/IngestEngagementEvents", events).await;
    stage.app.run_until_idle().await;
    stage
}

#[tokio::test]
async fn nothing_of_an_erased_person_is_left_in_any_table() {
    let stage = known_everywhere().await;
    assert!(marked(&stage).await.len() > 5, "the test plants nothing");
    let erase = json!({"name": PERSON, "request_id": Uuid::from_u128(1 << 64 | 8)});
    stage.done("RecordService/EraseRecord", erase.clone()).await;
    stage.done("RecordService/EraseRecord", erase).await;
    stage.app.run_until_idle().await;

    let left = marked(&stage).await;
    assert!(left.is_empty(), "{}", left.join("\n"));
    let gone = refused(stage.call("RecordService/GetRecord", json!({"name": PERSON})).await);
    assert_eq!(gone.reason, "RESOURCE_NOT_FOUND");
    // The facts are still there, and so is who erased.
    let events = stage.done("EventService/ListEvents", json!({"page_size": 1_000})).await;
    assert!(!events.to_string().contains(MARKER));
    let kinds = json!({"kinds": ["activity_completed", "record_deleted"]});
    let kept = list(&stage.done("EventService/ListEvents", kinds).await, "/events");
    assert_eq!(kept.len(), 2, "{kept:?}");
    let told = json!({"resource": "recordTypes/lead", "page_size": 1});
    let told = stage.done("EventService/ListAuditEvents", told).await;
    let method = text(&told, "/events/0/administrativeWrite/method");
    assert_eq!(method, "upnext.v1.RecordService/EraseRecord");
    hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn an_erased_record_is_refused_for_thirty_days_and_new_after_that() {
    let stage = Stage::new().await;
    let lead = json!({"id": "l1", "attributes": {"name": "A"}, "source_version": 9});
    stage.admin.leads(json!([lead])).await;
    let name = json!({"name": "recordTypes/lead/records/l1"});
    stage.done("RecordService/DeleteRecord", name.clone()).await;
    stage.done("RecordService/EraseRecord", name.clone()).await;
    // One that was never there, too.
    stage.done("RecordService/EraseRecord", json!({"name": "recordTypes/lead/records/l2"})).await;

    let back = json!([{"id": "l1"}, {"id": "l2", "source_version": 99}, {"id": "l3"}]);
    let results = stage.admin.leads(back).await;
    let reason = |index: usize| results[index]["error"]["details"][0]["reason"].clone();
    assert_eq!([reason(0), reason(1)], ["RECORD_ERASED", "RECORD_ERASED"], "{results}");
    assert_eq!(results[2].get("error"), None);
    let one = json!({"record_type": "lead", "record": {"id": "l1"}});
    let one = refused(stage.call("RecordService/UpsertRecord", one).await);
    assert_eq!((one.code, one.reason.as_str()), (Code::FailedPrecondition, "RECORD_ERASED"));

    stage.app.clock.advance(TimeDelta::days(31));
    stage.app.run_until_idle().await;
    let results = stage.admin.leads(json!([{"id": "l1"}])).await;
    assert_eq!(results[0].get("error"), None, "{results}");
    let unknown = json!({"name": "recordTypes/nothing/records/l1"});
    let unknown = refused(stage.call("RecordService/EraseRecord", unknown).await);
    assert_eq!(unknown.reason, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn a_person_to_whom_nobody_refers_leaves_routing_nothing_to_tell() {
    let stage = known_everywhere().await;
    stage
        .admin
        .leads(json!([{"id": "Zebulon-2"}, {"id": "Zebulon-3", "attributes": {"name": MARKER}}]))
        .await;
    let merged = json!({"name": PERSON, "merged_records": [
        "recordTypes/lead/records/Zebulon-2", "recordTypes/lead/records/Zebulon-3"]});
    stage.done("RecordService/MergeRecords", merged).await;
    stage
        .admin
        .leads(json!([{"id": "Zebulon-4", "attributes": {"name": MARKER}}, {"id": "other",
        "attributes": {"name": "Else"}}]))
        .await;
    stage.done("RecordService/DeleteRecord", json!({"name": "recordTypes/lead/records/Zebulon-4"})).await;
    let waiting = async || {
        let mut waiting = marked(&stage).await;
        waiting.retain(|row| row.starts_with("related_change"));
        waiting
    };
    assert!(waiting().await.len() > 2, "the test plants nothing");

    for id in ["Zebulon-1", "Zebulon-4"] {
        let name = json!({"name": format!("recordTypes/lead/records/{id}")});
        stage.done("RecordService/EraseRecord", name).await;
    }
    assert_eq!(waiting().await, Vec::<String>::new());
    let others = "SELECT count(*) FROM related_change WHERE record_id = 'other'";
    let others: i64 = sqlx::query_scalar(others).fetch_one(&stage.app.database.pool()).await.expect("reads");
    assert_eq!(others, 1, "those of other records stay");
    stage.app.run_until_idle().await;
    hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn an_erasure_waits_until_routing_evaluates_nobody() {
    let stage = Stage::new().await;
    let mut routing = stage.app.database.pool().begin().await.expect("begins");
    sqlx::query("SELECT FROM routing FOR UPDATE").execute(&mut *routing).await.expect("is locked");
    let client = stage.admin.clone();
    let erase = json!({"name": "recordTypes/lead/records/l1"});
    let erasing = tokio::spawn(async move { client.done("RecordService/EraseRecord", erase).await });
    stage.app.database.until_waiting(1).await;
    // A reference that is committed only now is seen, and told.
    routing.rollback().await.expect("lets it go on");
    within_deadline("the erasure", erasing).await.expect("no panic");
}
