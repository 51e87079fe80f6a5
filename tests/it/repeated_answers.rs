//! The first answer to a call is made of what was decided, that to a repetition is read. They are
//! the same.

use serde_json::{Value, json};
use upnext::clock::Clock;

use super::support::app::Client;
use super::support::stage::{Stage, list, text};

const COMPLETE: &str = "WorkQueueService/CompleteActivity";
const SKIP: &str = "WorkQueueService/SkipActivity";

/// Sends a request twice, compares the answers, and returns the activity that is next.
async fn twice(client: &Client, method: &str, mut request: Value) -> String {
    request["request_id"] = json!(Clock::system().new_id().to_string());
    let first = client.done(method, request.clone()).await;
    let second = client.done(method, request).await;
    assert_eq!(first, second, "{method}");
    assert_ne!(first["activity"]["closeTime"], Value::Null);
    first.pointer("/nextActivity/name").and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_seller_who_goes_through_a_sequence() {
    let stage = Stage::new().await;
    let ana = stage.salesperson("ana").await;
    let steps = json!([
        {"step_id": "hello", "email": {}}, {"step_id": "call", "phone_call": {}},
        {"step_id": "look", "task": {}}, {"step_id": "pause", "wait": {"delay": {"days": 1}}},
        {"step_id": "end", "task": {}}, {"step_id": "last", "task": {}},
    ]);
    stage.sequence("long", steps).await;
    let enrolled = stage.enroll("l1", "long").await;
    let hello = text(&enrolled, "/openActivity").to_owned();

    // What only an open activity has isn't shown of a closed one.
    let marks = json!({"activity": {"name": hello, "read": true, "followed": true}});
    ana.done("WorkQueueService/UpdateActivity", marks).await;
    let call = twice(&ana, COMPLETE, json!({"name": hello, "note": "She likes it"})).await;
    let look = twice(&ana, COMPLETE, json!({"name": call, "outcome": "no_answer"})).await;
    assert_eq!(twice(&ana, SKIP, json!({"name": look, "reason": "no time"})).await, "", "it waits");

    let skip = json!({"name": enrolled["name"]});
    let skipped = stage.done("EnrollmentService/SkipWait", skip).await;
    let end = text(&skipped, "/nextActivity/name").to_owned();
    let last = twice(&stage.app.admin, COMPLETE, json!({"name": end})).await;
    assert_eq!(twice(&ana, COMPLETE, json!({"name": last})).await, "", "it has ended");
}

#[tokio::test]
async fn a_member_of_a_segment_in_the_queue_of_a_team() {
    let stage = Stage::new().await;
    stage.sequence("pooled", json!([{"step_id": "one", "task": {}}, {"step_id": "two", "task": {}}])).await;
    let segment =
        json!({"display_name": "Alone", "record_type": "lead", "condition": "record.id == \"alone\""});
    let segment = json!({"segment_id": "alone", "segment": segment});
    stage.done("SegmentService/CreateSegment", segment).await;
    let connect = json!({"name": "segments/alone", "sequence": "sequences/pooled"});
    stage.done("SegmentService/ConnectSequence", connect).await;
    stage.done("SegmentService/ActivateSegment", json!({"name": "segments/alone"})).await;
    stage.admin.leads(json!([{"id": "alone"}])).await;
    stage.app.run_until_idle().await;

    let queue = stage.queue("teams/unassigned").await;
    let [one] = &queue[..] else { panic!("one activity: {queue:?}") };
    let two = twice(&stage.app.admin, COMPLETE, json!({"name": one["name"]})).await;
    assert_eq!(twice(&stage.app.admin, COMPLETE, json!({"name": two})).await, "");
}

#[tokio::test]
async fn many_at_once() {
    let stage = Stage::new().await;
    let mut requests = Vec::new();
    for lead in ["l1", "l2", "l3"] {
        let enrolled = stage.enroll(lead, "tasks").await;
        let id = Clock::system().new_id().to_string();
        requests.push(json!({"name": enrolled["openActivity"], "request_id": id}));
    }
    let request = json!({"requests": requests});
    let batch = "WorkQueueService/BatchCompleteActivities";
    let first = stage.done(batch, request.clone()).await;
    assert_eq!(first, stage.done(batch, request).await);
    assert_eq!(list(&first, "/results").len(), 3);
}
