//! The list of what routing decided, through the whole server.

use serde_json::{Value, json};

use super::support::app::TestApp;
use super::support::refused::refused;
use super::support::stage::{list, text};

/// The segment `web` of leads from the web, whose rule gives them to ana.
async fn floor() -> TestApp {
    let app = TestApp::new().await;
    app.admin.seller("ana").await;
    app.admin.declare(json!({"origin": {"type": "STRING"}})).await;
    app.admin.segment("web", "record.origin == \"web\"").await;
    let rule = json!({"display_name": "Ana", "listed": {"sellers": ["ana"]}});
    let request = json!({"parent": "segments/web", "assignment_rule_id": "ana", "assignment_rule": rule});
    app.admin.done("SegmentService/CreateAssignmentRule", request).await;
    app.admin.activate_segment("web").await;
    app
}

async fn routed(app: &TestApp, lead: &str, origin: &str) {
    app.admin.leads(json!([{"id": lead, "attributes": {"origin": origin}}])).await;
    app.run_until_idle().await;
}

async fn runs(app: &TestApp, filter: &str) -> Vec<Value> {
    let listed = app.admin.done("SegmentService/ListRoutingRuns", json!({"filter": filter})).await;
    list(&listed, "/routingRuns").iter().map(|event| event["recordRouted"].clone()).collect()
}

/// A decision's record and three reasons.
fn told(run: &Value) -> [String; 4] {
    let record = text(run, "/record").rsplit('/').next().unwrap_or_default().to_owned();
    let word = |field: &str| run[field].as_str().unwrap_or_default().to_owned();
    [record, word("segmentReason"), word("ownerReason"), word("sequenceReason")]
}

/// l1 enters and leaves, l2 enters while nobody takes records, l3 is in no segment.
async fn decided() -> TestApp {
    let app = floor().await;
    routed(&app, "l1", "web").await;
    routed(&app, "l1", "fair").await;
    let off = json!({"seller": {"name": "sellers/ana", "assign_records": false}});
    app.admin.done("SellerService/UpdateSeller", off).await;
    routed(&app, "l2", "web").await;
    routed(&app, "l3", "fair").await;
    app
}

#[tokio::test]
async fn every_decision_is_listed_with_its_three_reasons_the_newest_first() {
    let app = decided().await;
    let told: Vec<_> = runs(&app, "").await.iter().map(told).collect();
    let expected = [
        ["l2", "ENTERED", "NO_CANDIDATE", "NOT_CONNECTED"],
        ["l1", "LEFT", "NOT_ASKED", "NO_SEGMENT"],
        ["l1", "ENTERED", "ROUND_ROBIN", "NOT_CONNECTED"],
    ];
    assert_eq!(told, expected);

    // Pages follow each other, also when something is decided meanwhile.
    let page = async |token: &str| {
        let request = json!({"page_size": 2, "page_token": token});
        app.admin.done("SegmentService/ListRoutingRuns", request).await
    };
    let first = page("").await;
    assert_eq!(list(&first, "/routingRuns").len(), 2);
    routed(&app, "l4", "web").await;
    let second = page(text(&first, "/nextPageToken")).await;
    let last = list(&second, "/routingRuns");
    assert_eq!((last.len(), second.get("nextPageToken")), (1, None));
    assert_eq!(last[0]["recordRouted"]["ownerReason"], "ROUND_ROBIN");
}

#[tokio::test]
async fn decisions_are_filtered_by_what_they_are_about_and_why() {
    let app = decided().await;
    let found = async |filter: &str| {
        runs(&app, filter).await.iter().map(|run| told(run)[..2].join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(found("run.record == \"l1\"").await, ["l1 LEFT", "l1 ENTERED"]);
    assert_eq!(found("run.record == \"recordTypes/lead/records/l1\"").await.len(), 2);
    assert_eq!(found("run.record_type == \"recordTypes/lead\"").await.len(), 3);
    assert_eq!(found("run.assignment_rule == \"segments/web/rules/ana\"").await.len(), 2);
    assert_eq!(found("run.segment == \"web\"").await, ["l2 ENTERED", "l1 ENTERED"]);
    assert_eq!(found("run.left_segment == \"segments/web\"").await, ["l1 LEFT"]);
    assert_eq!(found("run.owner == \"sellers/ana\" && has(run.segment)").await, ["l1 ENTERED"]);
    assert_eq!(found("run.owner_reason == \"NOT_ASKED\"").await, ["l1 LEFT"]);
    assert_eq!(found("run.no_candidate_reason == \"NOBODY_TAKES_RECORDS\"").await, ["l2 ENTERED"]);
    assert_eq!(found("run.sequence_reason == \"NO_SEGMENT\"").await, ["l1 LEFT"]);
    assert_eq!(found("run.assignment_rule == \"ana\" && run.record_type == \"lead\"").await.len(), 2);

    app.admin.sequence("calls", json!([{"step_id": "call", "phone_call": {}}])).await;
    app.admin.done("SegmentService/ConnectSequence", json!({"name": "web", "sequence": "calls"})).await;
    routed(&app, "l5", "web").await;
    for name in ["calls", "sequences/calls"] {
        let enrolled = found(&format!("run.sequence == \"{name}\" && run.record == \"l5\"")).await;
        assert_eq!(enrolled, ["l5 ENTERED"], "{name}");
    }

    for wrong in ["run.owner_reason == \"LUCK\"", "record.origin == \"web\"", "run.reason == 1"] {
        let refused =
            refused(app.admin.call("SegmentService/ListRoutingRuns", json!({"filter": wrong})).await);
        assert_eq!(refused.fields(), [("filter", "CONDITION_INVALID")], "{wrong}");
    }
}

#[tokio::test]
async fn what_was_deleted_since_is_left_out() {
    let app = decided().await;
    app.admin.done("RecordService/DeleteRecord", json!({"name": "recordTypes/lead/records/l1"})).await;
    assert_eq!(runs(&app, "").await.iter().map(|run| told(run)[0].clone()).collect::<Vec<_>>(), ["l2"]);
    app.admin.done("SegmentService/DeactivateSegment", json!({"name": "web"})).await;
    app.admin.done("SegmentService/DeleteSegment", json!({"name": "web"})).await;
    let left = runs(&app, "!has(run.segment)").await;
    assert_eq!((left.len(), left[0].get("segment")), (1, None));
}
