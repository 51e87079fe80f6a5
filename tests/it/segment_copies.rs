//! Copies of segments through the whole server.

use serde_json::{Value, json};

use super::support::app::TestApp;
use super::support::invariants;
use super::support::refused::refused;
use super::support::stage::list;

async fn rules(app: &TestApp, segment: &str) -> Vec<Value> {
    let request = json!({"parent": format!("segments/{segment}")});
    let listed = app.admin.done("SegmentService/ListAssignmentRules", request).await;
    let mut rules = list(&listed, "/assignmentRules");
    for rule in &mut rules {
        // What a copy has of its own.
        for field in ["name", "etag", "createTime", "updateTime"] {
            rule.as_object_mut().expect("a rule").remove(field).expect("every rule has it");
        }
    }
    rules
}

/// An active segment `all` with a rule of each kind and an owner in turn.
async fn original() -> TestApp {
    let app = TestApp::new().await;
    for seller in ["ana", "ben"] {
        app.admin.seller(seller).await;
    }
    let team = json!({"team_id": "emea", "team": {"display_name": "EMEA", "members": ["ben"]}});
    app.admin.done("TeamService/CreateTeam", team).await;
    app.admin.segment("first", "record.id == \"first\"").await;
    app.admin.segment("all", "true").await;
    for (id, rule) in [
        ("listed", json!({"listed": {"sellers": ["ben", "ana"]}, "condition": "record.id != \"l9\""})),
        ("team", json!({"team": "emea", "disabled": true, "respect_capacity": true})),
        ("any", json!({"any_seller": {}, "distribution": "LOAD_BALANCING", "available_within_hours": 4})),
        ("matching", json!({"seller_condition": "seller.id == record.owner"})),
    ] {
        let mut rule = rule;
        rule["display_name"] = json!(id);
        let request = json!({"parent": "segments/all", "assignment_rule_id": id, "assignment_rule": rule});
        app.admin.done("SegmentService/CreateAssignmentRule", request).await;
    }
    app.admin.activate_segment("all").await;
    app.admin.leads(json!([{"id": "l1"}])).await;
    app.run_until_idle().await;
    app
}

#[tokio::test]
async fn a_copy_has_the_rules_and_none_of_the_members() {
    let app = original().await;
    let clone = json!({"name": "all", "segment_id": "copy"});
    let copy = app.admin.done("SegmentService/CloneSegment", clone).await["segment"].clone();
    assert_eq!(
        (&copy["displayName"], &copy["state"], &copy["priority"], &copy["condition"]),
        (&json!("Copy of all"), &json!("DRAFT"), &json!(3), &json!("true"))
    );
    assert_eq!((copy.get("memberCount"), copy.get("connectedSequence")), (None, None));
    assert_eq!(rules(&app, "copy").await.len(), 4);
    assert_eq!(rules(&app, "copy").await, rules(&app, "all").await);

    // It stands on its own: its rules begin with their first turns.
    let gone = json!({"name": "segments/all/rules/listed"});
    app.admin.done("SegmentService/DeleteAssignmentRule", gone).await;
    app.admin.done("SegmentService/DeactivateSegment", json!({"name": "all"})).await;
    app.admin.done("SegmentService/DeleteSegment", json!({"name": "all"})).await;
    app.admin.activate_segment("copy").await;
    app.admin.leads(json!([{"id": "l2"}])).await;
    app.run_until_idle().await;
    let lead =
        app.admin.done("RecordService/GetRecord", json!({"name": "recordTypes/lead/records/l2"})).await;
    assert_eq!(lead["record"]["owner"], "sellers/ben");
    invariants::hold_in(app.app.engine.store(), app.now()).await;
}

#[tokio::test]
async fn a_copy_needs_an_id_of_its_own_and_room_for_its_rules() {
    let app = original().await;
    let clone = async |request: Value| refused(app.admin.call("SegmentService/CloneSegment", request).await);
    assert_eq!(clone(json!({"name": "all", "segment_id": "first"})).await.reason, "RESOURCE_EXISTS");
    assert_eq!(clone(json!({"name": "none", "segment_id": "x"})).await.reason, "RESOURCE_NOT_FOUND");
    let long = json!({"name": "all", "segment_id": "x", "display_name": "x".repeat(161)});
    assert_eq!(clone(long).await.fields(), [("display_name", "FIELD_TOO_LONG")]);

    let fewer = json!({"organization": {"settings": {"limits": {"active_rules_per_segment": 2}}}});
    app.admin.done("OrganizationService/UpdateOrganization", fewer).await;
    assert_eq!(clone(json!({"name": "all", "segment_id": "x"})).await.reason, "LIMIT_EXCEEDED");
    let missing = app.admin.call("SegmentService/GetSegment", json!({"name": "x"})).await;
    assert_eq!(refused(missing).reason, "RESOURCE_NOT_FOUND");
}
