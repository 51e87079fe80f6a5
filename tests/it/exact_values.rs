//! Values at the edges of their types: stored exactly, or refused with the field's name.

use serde_json::json;
use upnext::api::pb;

use super::support::app::TestApp;
use super::support::refused::refused;

const UPSERT: &str = "RecordService/UpsertRecord";
const PREVIEW: &str = "SegmentService/PreviewSegment";

#[tokio::test]
async fn a_double_is_kept_to_its_last_bit_and_equal_content_stays_equal() {
    let app = TestApp::new().await;
    app.admin.declare(json!({"f": {"type": "DOUBLE"}, "b": {"type": "BOOL"}})).await;
    let edges = [f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, 982_421.108_825_925_3, 0.1 + 0.2, 1e22, -0.5];
    for (index, value) in edges.into_iter().enumerate() {
        let record = json!({"id": format!("l{index}"), "attributes": {"f": value}});
        app.admin.done(UPSERT, json!({"record_type": "lead", "record": record})).await;
        let again = app.admin.done(UPSERT, json!({"record_type": "lead", "record": record})).await;
        assert_eq!(again["effect"], pb::upsert_record_response::Effect::Unchanged.as_str_name(), "{value:e}");
        let other = json!({"id": format!("l{index}"), "attributes": {"b": true}});
        let merged = app.admin.done(UPSERT, json!({"record_type": "lead", "record": other})).await;
        assert_eq!(merged["record"]["attributes"]["f"].as_f64(), Some(value), "{value:e}");
    }
}

#[tokio::test]
async fn a_condition_takes_an_owner_by_bare_id_and_by_name() {
    let app = TestApp::new().await;
    app.admin.seller("ann").await;
    for (id, owner) in [("l1", "ann"), ("l2", "")] {
        let record = json!({"record_type": "lead", "record": {"id": id, "owner": owner}});
        app.admin.done(UPSERT, record).await;
    }

    let conditions = [
        ("record.owner == \"ann\"", "l1"),
        ("record.owner == \"sellers/ann\"", "l1"),
        ("record.owner in [\"sellers/ann\"]", "l1"),
        ("record.owner != \"sellers/ann\"", "l2"),
    ];
    for (condition, expected) in conditions {
        let found = app.admin.done(PREVIEW, json!({"condition": condition})).await;
        assert_eq!(found["sample"], json!([format!("recordTypes/lead/records/{expected}")]), "{condition}");
    }
}

#[tokio::test]
async fn a_text_that_the_database_cannot_hold_is_refused_with_its_field() {
    let app = TestApp::new().await;
    app.admin.leads(json!([{"id": "l1"}])).await;
    app.admin.sequence("s", json!([{"task": {}}])).await;
    let enrolled = app.admin.enroll("l1", "s").await;
    let activity = &enrolled["openActivity"];

    let skip = json!({"name": activity, "reason": "a\u{0}b"});
    let wrong = refused(app.admin.call("WorkQueueService/SkipActivity", skip).await);
    assert_eq!(wrong.fields(), [("reason", "FIELD_INVALID")]);
    let complete = json!({"name": activity, "outcome": "a\u{0}b"});
    let wrong = refused(app.admin.call("WorkQueueService/CompleteActivity", complete).await);
    assert_eq!(wrong.fields(), [("outcome", "FIELD_INVALID")]);
}
