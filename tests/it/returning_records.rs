//! Records that come back: reopened ones, and deleted ones that a late upsert would bring back.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::support::app::{TestApp, within_deadline};
use super::support::invariants;
use super::support::refused::refused;
use super::support::stage::text;

const L1: &str = "recordTypes/lead/records/l1";

async fn upsert(app: &TestApp, id: &str, source_version: i64) -> String {
    let record = json!({"id": id, "source_version": source_version, "attributes": {"name": "Kim"}});
    let answer =
        app.admin.done("RecordService/UpsertRecord", json!({"record_type": "lead", "record": record})).await;
    assert_eq!(
        answer.get("record").is_none(),
        answer["effect"] == "OUTDATED" && gone(app, id).await,
        "{answer}"
    );
    text(&answer, "/effect").to_owned()
}

async fn gone(app: &TestApp, id: &str) -> bool {
    let name = format!("recordTypes/lead/records/{id}");
    app.admin.call("RecordService/GetRecord", json!({"name": name})).await.is_err()
}

async fn delete(app: &TestApp, id: &str, source_version: i64) -> String {
    let name = format!("recordTypes/lead/records/{id}");
    let request = json!({"name": name, "source_version": source_version});
    text(&app.admin.done("RecordService/DeleteRecord", request).await, "/effect").to_owned()
}

#[tokio::test]
async fn a_reopened_record_is_segmented_again_and_resumes_nothing() {
    let app = TestApp::new().await;
    app.admin.sequence("tasks", json!([{"step_id": "only", "task": {}}])).await;
    app.admin.segment("all", "true").await;
    app.admin.connect("all", "tasks").await;
    app.admin.activate_segment("all").await;
    app.admin.leads(json!([{"id": "l1"}])).await;
    app.run_until_idle().await;
    let reopen = async || app.admin.call("RecordService/ReopenRecord", json!({"name": L1})).await;
    let active = refused(reopen().await);
    assert_eq!((active.code, active.reason.as_str()), (tonic::Code::FailedPrecondition, "RECORD_NOT_CLOSED"));

    app.admin.done("RecordService/CloseRecord", json!({"name": L1, "close_outcome": "LOST"})).await;
    let reopened = reopen().await.expect("is closed");
    let record = &reopened["record"];
    assert_eq!(
        (text(record, "/state"), record.get("closeOutcome"), record.get("closeTime")),
        ("ACTIVE", None, None)
    );
    app.run_until_idle().await;
    let record = app.admin.done("RecordService/GetRecord", json!({"name": L1})).await;
    assert_eq!(text(&record, "/record/segment"), "segments/all");
    let open = json!({"filter": "enrollment.open"});
    let open = app.admin.done("EnrollmentService/ListEnrollments", open).await;
    assert_eq!(open.get("enrollments"), None, "a segment enrolls a record only once");
    app.admin.enroll("l1", "tasks").await;
    invariants::hold_in(app.app.engine.store(), app.now()).await;
}

#[tokio::test]
async fn a_late_upsert_does_not_bring_a_deleted_record_back() {
    let app = TestApp::new().await;
    assert_eq!(upsert(&app, "l1", 5).await, "CREATED");
    assert_eq!(delete(&app, "l1", 4).await, "OUTDATED");
    assert!(!gone(&app, "l1").await, "the deletion came too late");
    assert_eq!(upsert(&app, "l1", 5).await, "UNCHANGED");
    assert_eq!(delete(&app, "l1", 7).await, "DELETED");
    assert_eq!(upsert(&app, "l1", 6).await, "OUTDATED");
    assert_eq!(upsert(&app, "l1", 7).await, "OUTDATED", "it is the deletion itself");
    let batch = json!([{"id": "l1", "source_version": 6}, {"id": "l2", "source_version": 1}]);
    let results = app.admin.leads(batch).await;
    let effects: Vec<&Value> = (0..2).map(|index| &results[index]["upserted"]["effect"]).collect();
    assert_eq!(effects, [&json!("OUTDATED"), &json!("CREATED")]);
    assert_eq!((text(&results, "/0/upserted/name"), results[0]["upserted"].get("etag")), (L1, None));
    assert_eq!(upsert(&app, "l1", 8).await, "CREATED");

    // Without a version of its own, a deletion has that of the record.
    assert_eq!(delete(&app, "l1", 0).await, "DELETED");
    assert_eq!(upsert(&app, "l1", 8).await, "OUTDATED");
    assert_eq!(upsert(&app, "l1", 0).await, "CREATED", "who sends no versions is never late");
    assert_eq!(delete(&app, "l1", 9).await, "DELETED");
    let kept: String = sqlx::query_scalar("SELECT string_agg(fingerprint::text, '') FROM tombstone")
        .fetch_one(&app.database.pool())
        .await
        .expect("is read");
    assert!(!kept.contains("l1") && kept.len() == 66, "one, which doesn't say the id: {kept}");
    invariants::hold_in(app.app.engine.store(), app.now()).await;

    app.clock.advance(TimeDelta::days(30) + TimeDelta::seconds(1));
    app.app.engine.keep_house(app.now()).await.expect("tidies");
    assert_eq!(upsert(&app, "l1", 3).await, "CREATED", "after thirty days it is forgotten");
}

#[tokio::test]
async fn texts_are_kept_and_compared_in_their_composed_form() {
    let app = TestApp::new().await;
    app.admin.declare(json!({"tags": {"type": "STRING_LIST"}})).await;
    let decomposed = "Orle\u{301}ans";
    let lead = json!([{"id": "l1", "attributes": {"name": decomposed, "tags": [decomposed]}}]);
    app.admin.leads(lead).await;
    let record = app.admin.done("RecordService/GetRecord", json!({"name": L1})).await;
    assert_eq!(record["record"]["attributes"], json!({"name": "Orléans", "tags": ["Orléans"]}));
    for text in [decomposed, "Orléans"] {
        let condition = format!("record.name == \"{text}\" && \"{text}\" in record.tags");
        let preview = app.admin.done("SegmentService/PreviewSegment", json!({"condition": condition})).await;
        assert_eq!(preview["count"], "1", "{text}");
    }
    let again = app.admin.leads(json!([{"id": "l1", "attributes": {"name": decomposed}}])).await;
    assert_eq!(again[0]["upserted"]["effect"], "UNCHANGED");
}

#[tokio::test]
async fn an_attribute_is_described_and_nothing_else_of_it_changes() {
    let app = TestApp::new().await;
    let described = |answer: &Value| answer["recordType"]["attributes"]["tier"].clone();
    let tier = json!({"tier": {"type": "INT", "description": "1 is best"}});
    let declare = json!({"record_type": "lead", "attributes": tier});
    let declared = app.admin.done("RecordService/DeclareAttributes", declare).await;
    assert_eq!(described(&declared), json!({"type": "INT", "description": "1 is best"}));
    let describe = |text: &str, etag: &Value| json!({"record_type": "lead", "attribute": "tier", "description": text, "etag": etag});
    let etag = &declared["recordType"]["etag"];
    let updated = app.admin.done("RecordService/UpdateAttribute", describe("3 is best", etag)).await;
    assert_eq!(described(&updated)["description"], "3 is best");
    let stale = app.admin.call("RecordService/UpdateAttribute", describe("x", etag)).await;
    assert_eq!(refused(stale).reason, "ETAG_MISMATCH");
    let long =
        app.admin.call("RecordService/UpdateAttribute", describe(&"x".repeat(2_001), &json!(""))).await;
    assert_eq!(refused(long).fields(), [("description", "FIELD_TOO_LONG")]);
    let unknown = json!({"record_type": "lead", "attribute": "nothing"});
    let unknown = app.admin.call("RecordService/UpdateAttribute", unknown).await;
    assert_eq!(refused(unknown).reason, "RESOURCE_NOT_FOUND");
    let cleared = app.admin.done("RecordService/UpdateAttribute", describe("", &json!(""))).await;
    assert_eq!(described(&cleared), json!({"type": "INT"}));
}

#[tokio::test]
async fn a_late_upsert_that_waits_while_its_record_comes_and_goes_does_not_bring_it_back() {
    let app = TestApp::new().await;
    assert_eq!(upsert(&app, "seed", 1).await, "CREATED");
    let pool = app.database.pool();
    let mut other = pool.begin().await.expect("begins");
    let same_record =
        "INSERT INTO record (organization_id, id, record_type_id, record_id, attributes, closed,
            source_version, version, create_time, update_time)
         SELECT organization_id, gen_random_uuid(), record_type_id, 'a1', attributes, closed,
            source_version, version, create_time, update_time
         FROM record WHERE record_id = 'seed'";
    sqlx::query(same_record).execute(&mut *other).await.expect("is inserted");

    let records = json!([{"id": "a1", "source_version": 5}, {"id": "b1", "source_version": 5}]);
    let admin = app.admin.clone();
    let late = tokio::spawn(async move { admin.leads(records).await });
    app.database.until_waiting(1).await;
    assert_eq!(upsert(&app, "b1", 7).await, "CREATED");
    assert_eq!(delete(&app, "b1", 8).await, "DELETED");
    other.rollback().await.expect("lets it go on");

    let results = within_deadline("it ends", late).await.expect("no panic");
    let effects = [text(&results, "/0/upserted/effect"), text(&results, "/1/upserted/effect")];
    assert_eq!(effects, ["CREATED", "OUTDATED"]);
    assert!(gone(&app, "b1").await);
}
