//! Segments and their rules through the whole server.

use serde_json::{Value, json};
use tonic::{Code, Status};

use super::support::app::{Client, TestApp};
use super::support::crm;
use super::support::dynamic;
use super::support::invariants;
use super::support::refused::{Refused, refused};
use super::support::stage::{each, list};

async fn u(client: &Client, name: &str, request: Value) -> Result<Value, Status> {
    dynamic::call(client, &format!("upnext.v1.{name}"), request).await
}

async fn no(client: &Client, name: &str, request: Value) -> Refused {
    refused(u(client, name, request).await)
}

/// An organization with lead attributes, two sellers and an active sequence `paid-search`.
async fn app() -> TestApp {
    let app = TestApp::new().await;
    crm::declare_lead_attributes(&mut crm::records(&app.admin)).await;
    for id in ["ana", "ben"] {
        crm::seller(&app.admin, id).await;
    }
    sequence(&app.admin, "paid-search", "lead").await;
    app.admin.done("SequenceService/ActivateSequence", json!({"name": "sequences/paid-search"})).await;
    app
}

async fn sequence(client: &Client, id: &str, record_type: &str) {
    let steps = json!([{"step_id": "hello", "email": {}}]);
    let sequence = json!({"display_name": id, "record_type": record_type, "steps": steps});
    client.done("SequenceService/CreateSequence", json!({"sequence_id": id, "sequence": sequence})).await;
}

async fn segment(client: &Client, id: &str) -> Value {
    let segment = json!({"display_name": id, "condition": "record.origin == \"paid search\""});
    let request = json!({"segment_id": id, "segment": segment});
    client.done("SegmentService/CreateSegment", request).await["segment"].take()
}

#[tokio::test]
async fn a_segment_is_created_updated_and_deleted_as_documented() {
    let app = app().await;
    let made = segment(&app.admin, "paid").await;
    assert_eq!(
        (&made["recordType"], &made["state"], &made["priority"]),
        (&json!("lead"), &json!("DRAFT"), &json!(1))
    );
    assert_eq!((&made["onLeave"], &made["connectedSequence"]), (&json!("STAY"), &Value::Null));

    let again = no(
        &app.admin,
        "SegmentService/CreateSegment",
        json!({"segment_id": "paid", "segment": {"display_name": "x", "condition": "true"}}),
    )
    .await;
    assert_eq!((again.code, again.reason.as_str()), (Code::AlreadyExists, "RESOURCE_EXISTS"));

    let update = json!({"segment": {"name": "segments/paid", "display_name": "Paid", "on_leave": "EXIT_ENROLLMENT", "etag": made["etag"]}});
    let changed = app.admin.done("SegmentService/UpdateSegment", update.clone()).await;
    assert_eq!(changed["segment"]["onLeave"], json!("EXIT_ENROLLMENT"));
    assert_eq!(no(&app.admin, "SegmentService/UpdateSegment", update).await.reason, "ETAG_MISMATCH");

    let fixed = json!({"segment": {"name": "segments/paid", "record_type": "account", "priority": 3}});
    let fixed = no(&app.admin, "SegmentService/UpdateSegment", fixed).await;
    assert_eq!(
        fixed.fields(),
        [("segment.record_type", "FIELD_IMMUTABLE"), ("segment.priority", "FIELD_IMMUTABLE")]
    );

    app.admin.done("SegmentService/ActivateSegment", json!({"name": "paid"})).await;
    let active = no(&app.admin, "SegmentService/DeleteSegment", json!({"name": "paid"})).await;
    assert_eq!((active.code, active.reason.as_str()), (Code::FailedPrecondition, "SEGMENT_ACTIVE"));

    app.admin.done("SegmentService/DeactivateSegment", json!({"name": "paid"})).await;
    app.admin.done("SegmentService/DeleteSegment", json!({"name": "paid"})).await;
    assert_eq!(
        no(&app.admin, "SegmentService/GetSegment", json!({"name": "paid"})).await.code,
        Code::NotFound
    );
}

#[tokio::test]
async fn all_problems_of_a_segment_are_reported_at_once() {
    let app = app().await;
    let segment = json!({"condition": "record.orign == 3", "priority": -1});
    let wrong =
        no(&app.admin, "SegmentService/CreateSegment", json!({"segment_id": "a b", "segment": segment}))
            .await;
    let mut fields = wrong.fields();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            ("segment.condition", "CONDITION_INVALID"),
            ("segment.display_name", "FIELD_REQUIRED"),
            ("segment.priority", "FIELD_INVALID"),
            ("segment_id", "FIELD_INVALID"),
        ]
    );

    let segment = json!({"display_name": "x", "condition": "record.orign == 3"});
    let wrong =
        no(&app.admin, "SegmentService/CreateSegment", json!({"segment_id": "a", "segment": segment})).await;
    assert_eq!(wrong.reason, "CONDITION_INVALID");
    assert!(wrong.message.contains("line 1") && wrong.message.contains("origin"), "{}", wrong.message);

    let segment = json!({"display_name": "x", "condition": "true", "record_type": "nothing"});
    let wrong =
        no(&app.admin, "SegmentService/CreateSegment", json!({"segment_id": "a", "segment": segment})).await;
    assert_eq!(wrong.fields(), [("segment.record_type", "REFERENCE_NOT_FOUND")]);
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer_and_other_content_is_refused_at_request_id() {
    let app = app().await;
    let create = |display_name: &str| {
        let segment = json!({"display_name": display_name, "condition": "true"});
        json!({"segment_id": "a", "segment": segment, "request_id": "0190c0de-0000-7000-8000-000000000001"})
    };
    let first = app.admin.done("SegmentService/CreateSegment", create("A")).await;
    assert_eq!(app.admin.done("SegmentService/CreateSegment", create("A")).await, first);
    let reused = no(&app.admin, "SegmentService/CreateSegment", create("B")).await;
    assert_eq!(reused.fields(), [("request_id", "REQUEST_ID_REUSED")]);
}

#[tokio::test]
async fn priorities_have_no_gaps_and_order_the_lists() {
    let app = app().await;
    for id in ["a", "b", "c"] {
        segment(&app.admin, id).await;
    }
    let first =
        json!({"segment_id": "first", "segment": {"display_name": "x", "condition": "true", "priority": 1}});
    app.admin.done("SegmentService/CreateSegment", first).await;
    app.admin.done("SegmentService/DeleteSegment", json!({"name": "b"})).await;

    let page = app.admin.done("SegmentService/ListSegments", json!({"page_size": 2})).await;
    let token = page["nextPageToken"].clone();
    let rest =
        app.admin.done("SegmentService/ListSegments", json!({"page_size": 2, "page_token": token})).await;

    let all = page["segments"].as_array().into_iter().chain(rest["segments"].as_array()).flatten();
    let all: Vec<_> =
        all.map(|one| (one["name"].as_str().unwrap_or_default(), one["priority"].as_i64())).collect();
    assert_eq!(all, [("segments/first", Some(1)), ("segments/a", Some(2)), ("segments/c", Some(3))]);

    let first = || json!({"name": "segments/first"});
    let before = app.admin.done("SegmentService/GetSegment", first()).await["segment"]["etag"].clone();
    let moved = json!({"name": "segments/first", "priority": 99, "etag": before});
    let moved = app.admin.done("SegmentService/MoveSegment", moved).await["segment"].clone();
    assert_eq!(moved["priority"], 3, "a number beyond the end means last");
    invariants::hold_in(app.app.engine.store(), app.now()).await;
    let stale = json!({"name": "segments/first", "priority": 1, "etag": before});
    assert_eq!(no(&app.admin, "SegmentService/MoveSegment", stale).await.reason, "ETAG_MISMATCH");
    let zero = no(&app.admin, "SegmentService/MoveSegment", json!({"name": "first"})).await;
    assert_eq!(zero.fields(), [("priority", "FIELD_INVALID")]);
    for priority in [2, 1, 1] {
        let moved = json!({"name": "segments/first", "priority": priority});
        let moved = app.admin.done("SegmentService/MoveSegment", moved).await;
        assert_eq!(moved["segment"]["priority"], priority);
        invariants::hold_in(app.app.engine.store(), app.now()).await;
    }
    let filter = json!({"filter": "segment.priority > 1 && !has(segment.connected_sequence)"});
    let filtered = app.admin.done("SegmentService/ListSegments", filter).await;
    assert_eq!(filtered["segments"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_segment_is_connected_to_one_active_sequence_of_its_type_at_a_time() {
    let app = app().await;
    segment(&app.admin, "paid").await;
    sequence(&app.admin, "draft", "lead").await;
    sequence(&app.admin, "accounts", "account").await;
    sequence(&app.admin, "other", "lead").await;

    for id in ["accounts", "other"] {
        app.admin.done("SequenceService/ActivateSequence", json!({"name": id})).await;
    }
    let connect = |sequence: &str| json!({"name": "segments/paid", "sequence": sequence});
    let unknown = no(&app.admin, "SegmentService/ConnectSequence", connect("nothing")).await;
    assert_eq!(unknown.fields(), [("sequence", "REFERENCE_NOT_FOUND")]);

    let draft = no(&app.admin, "SegmentService/ConnectSequence", connect("draft")).await;
    assert_eq!((draft.reason.as_str(), draft.metadata["state"].as_str()), ("SEQUENCE_NOT_ACTIVE", "DRAFT"));
    let other_type = no(&app.admin, "SegmentService/ConnectSequence", connect("accounts")).await;
    assert_eq!(other_type.reason, "RECORD_TYPE_MISMATCH");

    let none = no(&app.admin, "SegmentService/DisconnectSequence", json!({"name": "paid"})).await;
    assert_eq!(none.reason, "SEGMENT_NOT_CONNECTED");
    let would = json!({"name": "paid", "sequence": "paid-search", "validate_only": true});
    let would = app.admin.done("SegmentService/ConnectSequence", would).await;
    assert_eq!(would["segment"]["connectedSequence"], json!("sequences/paid-search"));

    let read = app.admin.done("SegmentService/GetSegment", json!({"name": "paid"})).await;
    assert_eq!(read["segment"]["connectedSequence"], Value::Null, "nothing was changed");
    for _ in 0..2 {
        let connected = app.admin.done("SegmentService/ConnectSequence", connect("paid-search")).await;
        assert_eq!(connected["segment"]["connectedSequence"], json!("sequences/paid-search"));
    }

    let second = no(&app.admin, "SegmentService/ConnectSequence", connect("other")).await;
    assert_eq!(second.reason, "SEGMENT_ALREADY_CONNECTED");
    assert_eq!(second.metadata["connected_sequence"], "sequences/paid-search");

    let replace = json!({"name": "paid", "sequence": "other", "replace": true});
    app.admin.done("SegmentService/ConnectSequence", replace).await;
    let free = app.admin.done("SegmentService/DisconnectSequence", json!({"name": "paid"})).await;
    assert_eq!(free["segment"]["connectedSequence"], Value::Null);
}

#[tokio::test]
async fn rules_name_sellers_and_have_a_limit() {
    let app = app().await;
    segment(&app.admin, "paid").await;
    let rule = |id: &str, rule: Value| json!({"parent": "segments/paid", "assignment_rule_id": id, "assignment_rule": rule});
    let tour = json!({"display_name": "In turn", "listed": {"sellers": ["ana", "sellers/ben"]}, "distribution": "ROUND_ROBIN"});

    let made = app.admin.done("SegmentService/CreateAssignmentRule", rule("in-turn", tour)).await;
    assert_eq!(made["assignmentRule"]["name"], json!("segments/paid/rules/in-turn"));
    assert_eq!(made["assignmentRule"]["listed"]["sellers"], json!(["sellers/ana", "sellers/ben"]));

    let wrong = json!({"listed": {"sellers": ["ana", "nobody"]}, "condition": "record.x", "distribution": "LOAD_BALANCING"});
    let wrong = no(&app.admin, "SegmentService/CreateAssignmentRule", rule("wrong", wrong)).await;
    let mut fields = wrong.fields();
    fields.sort_unstable();

    let expected = [
        ("assignment_rule.condition", "CONDITION_INVALID"),
        ("assignment_rule.display_name", "FIELD_REQUIRED"),
        ("assignment_rule.listed.sellers[1]", "REFERENCE_NOT_FOUND"),
    ];
    assert_eq!(fields, expected);

    let unknown = json!({"display_name": "x", "listed": {"sellers": ["ana", "nobody"]}});
    let unknown = no(&app.admin, "SegmentService/CreateAssignmentRule", rule("unknown", unknown)).await;
    assert_eq!(unknown.fields(), [("assignment_rule.listed.sellers[1]", "REFERENCE_NOT_FOUND")]);

    let one = json!({"display_name": "x", "listed": {"sellers": ["ana"]}});
    for n in 2..=10 {
        app.admin.done("SegmentService/CreateAssignmentRule", rule(&format!("r{n}"), one.clone())).await;
    }

    let many = no(&app.admin, "SegmentService/CreateAssignmentRule", rule("r11", one.clone())).await;
    assert_eq!(
        (many.code, many.metadata["limit"].as_str()),
        (Code::ResourceExhausted, "active_rules_per_segment")
    );

    let update = json!({"assignment_rule": {"name": "segments/paid/rules/in-turn", "disabled": true}});
    let off = app.admin.done("SegmentService/UpdateAssignmentRule", update).await;
    assert_eq!(off["assignmentRule"]["disabled"], json!(true));

    app.admin.done("SegmentService/CreateAssignmentRule", rule("r11", one)).await;
    app.admin.done("SegmentService/DeleteAssignmentRule", json!({"name": "segments/paid/rules/r2"})).await;
    let rules = app.admin.done("SegmentService/ListAssignmentRules", json!({"parent": "paid"})).await;
    let rules: Vec<_> = rules["assignmentRules"].as_array().into_iter().flatten().collect();

    let priorities: Vec<_> = rules.iter().map(|rule| rule["priority"].as_i64()).collect();
    assert_eq!(priorities, (1..=10).map(Some).collect::<Vec<_>>());
    assert_eq!(rules[1]["name"], json!("segments/paid/rules/r3"));

    let ids = async || {
        let rules = app.admin.done("SegmentService/ListAssignmentRules", json!({"parent": "paid"})).await;
        let ids = each(&list(&rules, "/assignmentRules"), "name").join(" ");
        ids.replace("segments/paid/rules/", "")
    };
    let r3 = "segments/paid/rules/r3";
    let moved = json!({"name": r3, "priority": 99, "etag": rules[1]["etag"]});
    let moved = app.admin.done("SegmentService/MoveAssignmentRule", moved).await["assignmentRule"].clone();
    assert_eq!(moved["priority"], 10, "a number beyond the end means last");
    assert_eq!(ids().await, "in-turn r4 r5 r6 r7 r8 r9 r10 r11 r3");
    let stale = json!({"name": r3, "priority": 1, "etag": rules[1]["etag"]});
    assert_eq!(no(&app.admin, "SegmentService/MoveAssignmentRule", stale).await.reason, "ETAG_MISMATCH");
    for (priority, expected) in [(2, "in-turn r3 r4"), (1, "r3 in-turn r4"), (1, "r3 in-turn r4")] {
        let moved = json!({"name": r3, "priority": priority});
        let moved = app.admin.done("SegmentService/MoveAssignmentRule", moved).await;
        assert_eq!(moved["assignmentRule"]["priority"], priority);
        assert!(ids().await.starts_with(expected), "{priority}");
        invariants::hold_in(app.app.engine.store(), app.now()).await;
    }
}

#[tokio::test]
async fn a_preview_counts_and_names_what_matches_in_the_order_of_creation() {
    let app = app().await;
    let mut records = crm::records(&app.admin);
    for (id, origin) in [("l2", "paid search"), ("l1", "paid search"), ("l3", "organic search")] {
        crm::send(&mut records, crm::upsert(id, &json!({"origin": origin}))).await;
    }
    let request = json!({"record_type": "lead", "condition": "record.origin == \"paid search\""});
    let preview = app.admin.done("SegmentService/PreviewSegment", request).await;
    let sample = json!(["recordTypes/lead/records/l2", "recordTypes/lead/records/l1"]);
    assert_eq!((&preview["count"], &preview["sample"]), (&json!("2"), &sample));
}

#[tokio::test]
async fn of_many_concurrent_activations_exactly_as_many_succeed_as_the_limit_allows() {
    let app = app().await;
    let update = json!({"organization": {"settings": {"limits": {"active_segments": 3}}}, "update_mask": "settings.limits.activeSegments"});
    app.admin.done("OrganizationService/UpdateOrganization", update).await;
    for n in 0..6 {
        segment(&app.admin, &format!("s{n}")).await;
    }
    let activate = |n: i32| {
        let client = app.admin.clone();
        async move { u(&client, "SegmentService/ActivateSegment", json!({"name": format!("s{n}")})).await }
    };

    let answers = futures::future::join_all((0..6).map(activate)).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 3);
    for answer in answers.into_iter().filter(Result::is_err) {
        assert_eq!(refused(answer).metadata["value"], "3");
    }
}
