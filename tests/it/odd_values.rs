//! Values at the edges: kept exactly, or refused by name.

use serde_json::{Value, json};
use upnext::api::pb;

use super::support::app::{Client, TestApp};
use super::support::dynamic::call;
use super::support::refused::refused;

const UPSERT: &str = "upnext.v1.RecordService/UpsertRecord";
const PREVIEW: &str = "upnext.v1.SegmentService/PreviewSegment";

async fn must(client: &Client, method: &str, request: Value) -> Value {
    call(client, method, request.clone())
        .await
        .unwrap_or_else(|status| panic!("{method} {request}: {status:?}"))
}

#[tokio::test]
async fn a_double_is_kept_to_its_last_bit_and_equal_content_stays_equal() {
    let app = TestApp::new().await;
    let declare =
        json!({"record_type": "lead", "attributes": {"f": {"type": "DOUBLE"}, "b": {"type": "BOOL"}}});
    must(&app.admin, "upnext.v1.RecordService/DeclareAttributes", declare).await;
    let edges = [f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, 982_421.108_825_925_3, 0.1 + 0.2, 1e22, -0.5];
    for (index, value) in edges.into_iter().enumerate() {
        let record = json!({"id": format!("l{index}"), "attributes": {"f": value}});
        must(&app.admin, UPSERT, json!({"record_type": "lead", "record": record})).await;
        let again = must(&app.admin, UPSERT, json!({"record_type": "lead", "record": record})).await;
        assert_eq!(again["effect"], pb::upsert_record_response::Effect::Unchanged.as_str_name(), "{value:e}");
        let other = json!({"id": format!("l{index}"), "attributes": {"b": true}});
        let merged = must(&app.admin, UPSERT, json!({"record_type": "lead", "record": other})).await;
        assert_eq!(merged["record"]["attributes"]["f"].as_f64(), Some(value), "{value:e}");
    }
}

#[tokio::test]
async fn a_condition_takes_an_owner_by_bare_id_and_by_name() {
    let app = TestApp::new().await;
    let seller = json!({"seller_id": "ann", "seller": {"display_name": "Ann"}});
    must(&app.admin, "upnext.v1.SellerService/CreateSeller", seller).await;
    for (id, owner) in [("l1", "ann"), ("l2", "")] {
        let record = json!({"record_type": "lead", "record": {"id": id, "owner": owner}});
        must(&app.admin, UPSERT, record).await;
    }
    let conditions = [
        ("record.owner == \"ann\"", "l1"),
        ("record.owner == \"sellers/ann\"", "l1"),
        ("record.owner in [\"sellers/ann\"]", "l1"),
        ("record.owner != \"sellers/ann\"", "l2"),
    ];
    for (condition, expected) in conditions {
        let found = must(&app.admin, PREVIEW, json!({"condition": condition})).await;
        assert_eq!(found["sample"], json!([format!("recordTypes/lead/records/{expected}")]), "{condition}");
    }
}

#[tokio::test]
async fn a_text_that_the_database_cannot_hold_is_refused_by_name() {
    let app = TestApp::new().await;
    let v1 = |method: &str| format!("upnext.v1.{method}");
    must(&app.admin, UPSERT, json!({"record_type": "lead", "record": {"id": "l1"}})).await;
    let sequence = json!({"sequence_id": "s", "sequence": {"display_name": "S", "steps": [{"task": {}}]}});
    must(&app.admin, &v1("SequenceService/CreateSequence"), sequence).await;
    must(&app.admin, &v1("SequenceService/ActivateSequence"), json!({"name": "s"})).await;
    let enroll = json!({"record": "recordTypes/lead/records/l1", "sequence": "s"});
    let enrolled = must(&app.admin, &v1("EnrollmentService/EnrollRecord"), enroll).await;
    let activity = &enrolled["enrollment"]["openActivity"];
    let skip = json!({"name": activity, "reason": "a\u{0}b"});
    let wrong = refused(call(&app.admin, &v1("WorkQueueService/SkipActivity"), skip).await);
    assert_eq!(wrong.fields(), [("reason", "FIELD_INVALID")]);
    let complete = json!({"name": activity, "outcome": "a\u{0}b"});
    let wrong = refused(call(&app.admin, &v1("WorkQueueService/CompleteActivity"), complete).await);
    assert_eq!(wrong.fields(), [("outcome", "FIELD_INVALID")]);
}
