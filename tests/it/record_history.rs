//! The history of a record: every decision with its reason, in order, for whom it is.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::support::app::{Client, TestApp};
use super::support::refused::refused;
use super::support::stage::{Stage, each, event, list, text};

const L1: &str = "recordTypes/lead/records/l1";

async fn history(client: &Client, request: Value) -> Vec<Value> {
    let mut request = request;
    request["parent"] = json!(L1);
    list(&client.done("RecordService/ListRecordHistory", request).await, "/events")
}

/// What happened, oldest first.
async fn kinds(client: &Client) -> Vec<String> {
    let events = history(client, json!({"order_by": "event_time"})).await;
    events.iter().map(|one| event(one).0.to_owned()).collect()
}

#[tokio::test]
async fn every_decision_about_a_record_is_listed_with_its_reason() {
    let app = TestApp::new().await;
    let admin = &app.admin;
    admin.seller("ana").await;
    admin.declare(json!({"score": {"type": "INT"}})).await;
    admin
        .sequence("s", json!([{"step_id": "call", "phone_call": {}}, {"step_id": "only", "task": {}}]))
        .await;
    admin.sequence("off", json!([{"step_id": "only", "task": {}}])).await;
    for (id, condition) in [("high", "record.score > 5"), ("rest", "record.score > 0")] {
        admin.segment(id, condition).await;
        admin.activate_segment(id).await;
    }
    admin.connect("high", "s").await;
    admin.connect("rest", "off").await;
    admin.done("SequenceService/DeactivateSequence", json!({"name": "off"})).await;
    admin.rule("high", "turn", &["ana"]).await;

    for score in [9, 3, 0] {
        admin.leads(json!([{"id": "l1", "attributes": {"score": score}}])).await;
        app.run_until_idle().await;
    }
    let close = json!({"name": L1, "close_outcome": "WON"});
    admin.done("RecordService/CloseRecord", close).await;
    admin.done("RecordService/ReopenRecord", json!({"name": L1})).await;
    let again = admin.enroll("l1", "s").await;

    let events = history(admin, json!({"order_by": "event_time"})).await;
    let routed: Vec<&Value> =
        events.iter().map(event).filter(|(kind, _)| *kind == "recordRouted").map(|(_, told)| told).collect();
    let enrollments = list(&admin.done("EnrollmentService/ListEnrollments", json!({})).await, "/enrollments");
    let first = text(&enrollments[1], "/name");
    let expected = [
        json!({"record": L1, "segment": "segments/high", "segmentReason": "ENTERED", "assignmentRule": "segments/high/rules/turn",
            "owner": "sellers/ana", "ownerReason": "ROUND_ROBIN", "sequence": "sequences/s",
            "enrollment": first, "sequenceReason": "ENROLLED"}),
        json!({"record": L1, "segment": "segments/rest", "leftSegment": "segments/high", "segmentReason": "MOVED",
            "owner": "sellers/ana", "ownerReason": "NO_RULE", "sequence": "sequences/off",
            "sequenceReason": "SEQUENCE_INACTIVE"}),
        json!({"record": L1, "leftSegment": "segments/rest", "segmentReason": "LEFT", "owner": "sellers/ana",
            "ownerReason": "NOT_ASKED", "sequenceReason": "NO_SEGMENT"}),
    ];
    assert_eq!(routed, expected.iter().collect::<Vec<_>>());

    let kinds = kinds(admin).await;
    let of_enrollment = ["enrollmentStarted", "activityDue"];
    let expected = [
        &of_enrollment[..],
        &["recordRouted", "recordRouted", "recordRouted", "activityCanceled", "enrollmentExited"],
        &["recordClosed", "recordReopened"],
        &of_enrollment[..],
    ];
    assert_eq!(kinds, expected.concat());
    let closed = events.iter().map(event).find(|(kind, _)| *kind == "recordClosed").expect("is told");
    assert_eq!(closed.1, &json!({"record": L1, "closeOutcome": "WON"}));
    assert_eq!(event(events.last().expect("an event")).1["enrollment"], again["name"]);

    // What the names refer to may be gone.
    for id in ["high", "rest"] {
        admin.done("SegmentService/DeactivateSegment", json!({"name": id})).await;
        admin.done("SegmentService/DeleteSegment", json!({"name": id})).await;
    }
    let events = history(admin, json!({"order_by": "event_time"})).await;
    let (_, told) = events.iter().map(event).find(|(kind, _)| *kind == "recordRouted").expect("is told");
    assert_eq!((told.get("segment"), told.get("assignmentRule")), (None, None));
    assert_eq!(told["sequence"], "sequences/s");

    admin.done("RecordService/DeleteRecord", json!({"name": L1})).await;
    let gone = admin.call("RecordService/ListRecordHistory", json!({"parent": L1})).await;
    assert_eq!(refused(gone).reason, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn history_is_paged_in_either_order_without_gaps() {
    let stage = Stage::new().await;
    for sequence in ["short", "tasks"] {
        stage.enroll("l1", sequence).await;
    }
    stage.app.advance(TimeDelta::seconds(11)).await;
    stage.done("RecordService/CloseRecord", json!({"name": L1, "close_outcome": "OTHER"})).await;
    stage.enroll("l2", "tasks").await;

    let newest = history(&stage.admin, json!({})).await;
    let mut oldest = history(&stage.admin, json!({"order_by": "event_time"})).await;
    assert!(newest.len() > 7, "{newest:?}");
    oldest.reverse();
    assert_eq!(newest, oldest);
    assert_eq!(event(&newest[0]).0, "recordClosed");

    for order_by in ["", "event_time", "event_time desc"] {
        let (mut paged, mut token) = (Vec::new(), String::new());
        loop {
            let request = json!({"parent": L1, "page_size": 3, "order_by": order_by, "page_token": token});
            let page = stage.done("RecordService/ListRecordHistory", request).await;
            paged.extend(list(&page, "/events"));
            let Some(next) = page["nextPageToken"].as_str() else { break };
            token = next.to_owned();
        }
        if order_by == "event_time" {
            paged.reverse();
        }
        assert_eq!(paged, newest, "{order_by}");
        assert!(!token.is_empty(), "several pages");
        let other =
            json!({"parent": "recordTypes/lead/records/l2", "order_by": order_by, "page_token": token});
        let other = refused(stage.call("RecordService/ListRecordHistory", other).await);
        assert_eq!(other.reason, "PAGE_TOKEN_INVALID");
    }

    let wrong =
        stage.call("RecordService/ListRecordHistory", json!({"parent": "l1", "order_by": "name"})).await;
    let wrong = refused(wrong);
    let fields: Vec<&str> = wrong.violations.iter().map(|(field, ..)| field.as_str()).collect();
    assert_eq!(fields, ["parent", "order_by"]);
}

#[tokio::test]
async fn a_salesperson_reads_only_the_history_of_their_own_records() {
    let stage = Stage::new().await;
    stage.enroll("l1", "tasks").await;
    let (ana, ben) = (stage.salesperson("ana").await, stage.salesperson("ben").await);
    let own = history(&ana, json!({})).await;
    assert_eq!(each(&own, "name"), each(&history(&stage.admin, json!({})).await, "name"));
    let denied = ben.call("RecordService/ListRecordHistory", json!({"parent": L1})).await;
    assert_eq!(refused(denied).reason, "RESOURCE_NOT_FOUND");
}
