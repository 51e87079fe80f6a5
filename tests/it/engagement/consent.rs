//! A person's word about emails, and what is left of a record.

use chrono::TimeDelta;
use serde_json::json;

use super::{LEAD, at, of_lead, told};
use crate::support::invariants;
use crate::support::stage::{Stage, each, list, text};

#[tokio::test]
async fn the_latest_word_of_a_person_about_emails_counts_and_every_open_email_warns() {
    let stage = Stage::new().await;
    let keep = json!({"exit_criteria": {"unsubscribed": false}, "name": "short"});
    stage.done("SequenceService/UpdateSequence", json!({"sequence": keep})).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "short"})).await;
    let reachable = json!({"id": "l1", "attributes": {"email": "kim@example.com", "phone": "555-0100"}});
    stage.done("RecordService/UpsertRecord", json!({"record_type": "lead", "record": reachable})).await;
    let short = stage.enroll("l1", "short").await;
    let now = stage.app.now();

    told(&stage, json!([at(of_lead("u1", "unsubscribed"), now - TimeDelta::hours(2))])).await;
    let record =
        async || stage.done("RecordService/GetRecord", json!({"name": LEAD})).await["record"].clone();
    let unsubscribed = record().await;
    assert_eq!(
        text(&unsubscribed, "/unsubscribeTime"),
        (now - TimeDelta::hours(2)).format("%Y-%m-%dT%H:%M:%SZ").to_string()
    );
    let warnings = async || list(&stage.queue("sellers/ana").await[0], "/warnings");
    assert_eq!(warnings().await, [json!("UNSUBSCRIBED")]);

    // An older word changes nothing, a newer one does.
    told(&stage, json!([at(of_lead("r1", "resubscribed"), now - TimeDelta::hours(3))])).await;
    assert_eq!(record().await, unsubscribed);
    told(&stage, json!([at(of_lead("r2", "resubscribed"), now - TimeDelta::hours(1))])).await;
    assert_eq!((record().await.get("unsubscribeTime"), warnings().await.len()), (None, 0));
    assert_ne!(record().await["etag"], unsubscribed["etag"]);

    // An upsert leaves it alone. An organization that skips skips the email.
    told(&stage, json!([of_lead("u2", "unsubscribed")])).await;
    let change = json!({"id": "l1", "attributes": {"name": "Kim"}});
    stage.done("RecordService/UpsertRecord", json!({"record_type": "lead", "record": change})).await;
    assert_eq!(warnings().await, [json!("UNSUBSCRIBED")]);
    told(&stage, json!([of_lead("r3", "resubscribed")])).await;
    let organization = json!({"settings": {"consent_policy": "SKIP"}});
    stage.done("OrganizationService/UpdateOrganization", json!({"organization": organization})).await;
    stage.app.advance(TimeDelta::minutes(1)).await;
    told(&stage, json!([of_lead("u3", "unsubscribed")])).await;
    let skipped = stage.done("WorkQueueService/GetActivity", json!({"name": short["openActivity"]})).await;
    assert_eq!(text(&skipped, "/activity/skipReason"), "UNSUBSCRIBED");
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn the_events_of_a_deleted_record_are_erased_and_those_of_a_closed_one_cause_nothing() {
    let stage = Stage::new().await;
    stage.enroll("l1", "short").await;
    told(&stage, json!([of_lead("u", "unsubscribed"), of_lead("o", "out_of_office")])).await;
    let close = json!({"name": "recordTypes/lead/records/l2", "close_outcome": "WON"});
    stage.done("RecordService/CloseRecord", close).await;
    let closed = json!({"event_id": "closed", "record": "recordTypes/lead/records/l2", "replied": {}});
    assert_eq!(each(&told(&stage, json!([closed])).await, "effect"), ["RECORDED"]);

    stage.done("RecordService/DeleteRecord", json!({"name": LEAD})).await;
    let left = sqlx::query_scalar::<_, String>("SELECT event_id FROM engagement_event ORDER BY event_id");
    let left: Vec<String> = left.fetch_all(&stage.app.database.pool()).await.expect("is read");
    assert_eq!(left, ["closed"]);
    // The same id is a new record, with consent of its own.
    let again = json!({"record_type": "lead", "record": {"id": "l1"}});
    let again = stage.done("RecordService/UpsertRecord", again).await;
    assert_eq!(again["record"].get("unsubscribeTime"), None);
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}
