//! Items that are refused, each by itself.

use serde_json::{Value, json};

use super::{LEAD, about, of_lead, told};
use crate::support::dynamic::call;
use crate::support::invariants;
use crate::support::refused::refused;
use crate::support::stage::{Stage, list};

#[tokio::test]
async fn each_item_succeeds_or_fails_by_itself() {
    let stage = Stage::new().await;
    let other = stage.enroll("l2", "short").await;
    told(&stage, json!([of_lead("known", "replied")])).await;

    let events = json!([
        of_lead("known", "bounced"),
        {"event_id": "a", "record": "recordTypes/lead/records/nobody", "replied": {}},
        about(of_lead("b", "replied"), &other["openActivity"]),
        {"event_id": "has space", "record": LEAD, "replied": {}},
        {"event_id": "c", "record": LEAD},
        {"event_id": "d", "record": LEAD, "event_time": "2026-01-01T00:00:00Z", "replied": {}},
        {"event_id": "e", "record": "l1", "activity": "activities/x", "replied": {}},
        {"event_id": "f", "record": LEAD, "call_outcome": {}}]);
    let answer = stage.done("RecordService/IngestEngagementEvents", json!({"events": events})).await;
    let results = list(&answer, "/results");
    let reasons = [
        "EVENT_ID_REUSED",
        "REFERENCE_NOT_FOUND",
        "REFERENCE_NOT_FOUND",
        "FIELD_INVALID",
        "FIELD_REQUIRED",
        "RECORDED",
        "RESOURCE_NAME_INVALID",
        "FIELD_REQUIRED",
    ];
    for (index, (result, reason)) in results.iter().zip(reasons).enumerate() {
        let said = result.to_string();
        assert!(said.contains(reason), "events[{index}] {said}");
        let is_refused = result.get("error").is_some();
        assert!(!is_refused || said.contains(&format!("events[{index}]")), "{said}");
    }
    assert_eq!(results.len(), reasons.len());

    let none = refused(call(&stage.admin, "upnext.v1.RecordService/IngestEngagementEvents", json!({})).await);
    assert_eq!(none.fields(), [("events", "FIELD_REQUIRED")]);
    let many: Vec<Value> = (0..1_001).map(|index| of_lead(&index.to_string(), "replied")).collect();
    let many =
        call(&stage.admin, "upnext.v1.RecordService/IngestEngagementEvents", json!({"events": many})).await;
    assert_eq!(refused(many).fields(), [("events", "FIELD_TOO_LONG")]);
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn an_event_that_cannot_be_kept_fails_alone() {
    let stage = Stage::new().await;
    let poison = "ALTER TABLE engagement_event ADD CONSTRAINT poison CHECK (event_id <> 'c')";
    sqlx::query(poison).execute(&stage.app.app.engine.store().pool()).await.expect("can be added");
    let enrolled = stage.enroll("l1", "short").await;
    let events = json!(["a", "b", "c", "d", "e"].map(|id| of_lead(id, "email_opened")));
    let answer = stage.done("RecordService/IngestEngagementEvents", json!({"events": events})).await;
    let results = list(&answer, "/results");
    let kept: Vec<bool> = results.iter().map(|result| result.get("ingested").is_some()).collect();
    assert_eq!(kept, [true, true, false, true, true], "{answer}");
    assert!(results[2].to_string().contains("INTERNAL_FAULT"), "{}", results[2]);
    assert_eq!(super::timeline(&stage, &enrolled["name"]).await.len(), 4);
}
