//! What is refused, and with which words.

use serde_json::json;
use tonic::Code;

use super::super::support::app::TestApp;
use super::super::support::dynamic::call;
use super::{active, ask, create, created, done, no, steps, text};

#[tokio::test]
async fn a_last_wait_is_saved_but_not_activated_and_the_words_say_what_to_do() {
    let app = TestApp::new().await;
    let steps =
        json!([{"step_id": "mail", "email": {}}, {"step_id": "wait", "wait": {"delay": {"days": 30}}}]);
    done(&app.admin, "CreateSequence", create("s", steps)).await;

    let refused = no(&app.admin, "ActivateSequence", json!({"name": "s"})).await;
    assert_eq!((refused.code, refused.reason.as_str()), (Code::InvalidArgument, "SEQUENCE_ENDS_WITH_WAIT"));
    assert_eq!(refused.fields(), [("steps[1]", "SEQUENCE_ENDS_WITH_WAIT")]);

    let said = "the sequence can't end with a wait: delete steps[1], then save and activate";
    assert_eq!(refused.violations[0].2, said);
    let validated = ask(&app.admin, "ValidateSequence", json!({"name": "s"})).await.expect("answers");
    let problem = json!([{"field": "steps[1]", "reason": "SEQUENCE_ENDS_WITH_WAIT", "description": said}]);
    assert_eq!(validated["violations"], problem);

    let unchanged = done(&app.admin, "GetSequence", json!({"name": "s"})).await;
    assert_eq!(text(&unchanged, "state"), "DRAFT");
    done(&app.admin, "CreateSequence", create("empty", json!([]))).await;

    let empty = no(&app.admin, "ActivateSequence", json!({"name": "empty"})).await;
    assert_eq!(empty.fields(), [("steps", "SEQUENCE_HAS_NO_STEPS")]);
}

#[tokio::test]
async fn a_wait_over_30_days_is_refused_on_its_amount() {
    let app = TestApp::new().await;
    let wait =
        |hours| json!([{"email": {}}, {"wait": {"delay": {"days": 30, "hours": hours}}}, {"task": {}}]);
    let refused = no(&app.admin, "CreateSequence", create("s", wait(1))).await;
    assert_eq!((refused.code, refused.reason.as_str()), (Code::InvalidArgument, "WAIT_TOO_LONG"));
    assert_eq!(refused.fields(), [("sequence.steps[1].wait.delay", "WAIT_TOO_LONG")]);
    assert!(refused.message.contains("30 days"), "{}", refused.message);
    done(&app.admin, "CreateSequence", create("s", wait(0))).await;
}

#[tokio::test]
async fn all_problems_of_a_sequence_are_reported_at_once() {
    let app = TestApp::new().await;
    let two = json!({"sequence_id": "s", "sequence": {"steps": [{"email": {}}, {"wait": {"delay": {"days": 30, "hours": 1}}}]}});
    let refused = no(&app.admin, "CreateSequence", two).await;
    assert_eq!((refused.code, refused.reason.as_str()), (Code::InvalidArgument, "FIELDS_INVALID"));

    let expected =
        [("sequence.display_name", "FIELD_REQUIRED"), ("sequence.steps[1].wait.delay", "WAIT_TOO_LONG")];
    assert_eq!(refused.fields(), expected);

    let many = json!({"sequence_id": "no spaces", "sequence": {"record_type": "lead", "steps": [
        {"step_id": "a"}, {"step_id": "a", "wait": {"business_days": {"days": 31}}}, {"email": {"template": "templates/none"}},
        {"wait": {"delay": {"hours": -1}}}, {"wait": {"delay": {}}}, {"email": {"template": "sequences/x"}}]}});
    let refused = no(&app.admin, "CreateSequence", many).await;
    let mut fields = refused.fields();
    fields.sort_unstable();

    let expected = [
        ("sequence.display_name", "FIELD_REQUIRED"),
        ("sequence.steps[0].kind", "FIELD_REQUIRED"),
        ("sequence.steps[1].step_id", "STEP_ID_DUPLICATE"),
        ("sequence.steps[1].wait.business_days", "WAIT_TOO_LONG"),
        ("sequence.steps[2].email.template", "TEMPLATE_UNKNOWN"),
        ("sequence.steps[3].wait.delay.hours", "FIELD_INVALID"),
        ("sequence.steps[4].wait.delay", "WAIT_EMPTY"),
        ("sequence.steps[5].email.template", "RESOURCE_NAME_INVALID"),
        ("sequence_id", "FIELD_INVALID"),
    ];
    assert_eq!(fields, expected);

    created(&app.admin, "s").await;
    let update = json!({"sequence": {"name": "s", "record_type": "contact", "display_name": "x".repeat(161),
        "steps": [{"wait": {"delay": {"days": 31}}}]}});

    let refused = no(&app.admin, "UpdateSequence", update).await;
    let expected = [
        ("sequence.display_name", "FIELD_TOO_LONG"),
        ("sequence.steps[0].wait.delay", "WAIT_TOO_LONG"),
        ("sequence.record_type", "FIELD_IMMUTABLE"),
    ];
    assert_eq!(refused.fields(), expected);
}

#[tokio::test]
async fn a_record_type_must_exist_and_a_mask_name_what_can_be_set() {
    let app = TestApp::new().await;
    let mut unknown = create("s", steps());
    unknown["sequence"]["record_type"] = json!("boat");
    let refused = no(&app.admin, "CreateSequence", unknown).await;
    assert_eq!(refused.fields(), [("sequence.record_type", "REFERENCE_NOT_FOUND")]);
    created(&app.admin, "s").await;
    let masked = json!({"sequence": {"name": "s"}, "update_mask": "steps.displayName,state"});
    let refused = no(&app.admin, "UpdateSequence", masked).await;
    assert_eq!((refused.reason.as_str(), refused.violations.len()), ("UPDATE_MASK_INVALID", 2));
    let cleared = json!({"sequence": {"name": "s"}, "update_mask": "steps,description"});
    assert_eq!(done(&app.admin, "UpdateSequence", cleared).await["steps"].as_array().map_or(0, Vec::len), 0);
}

#[tokio::test]
async fn limits_are_taken_as_they_stand_at_the_activation() {
    let app = TestApp::new().await;
    let steps = json!([{"wait": {"delay": {"days": 8}}}, {"step_id": "task", "task": {}}]);
    done(&app.admin, "CreateSequence", create("s", steps)).await;
    let organization = call(&app.admin, "upnext.v1.OrganizationService/GetOrganization", json!({})).await;
    let mut limits = organization.expect("answers")["organization"]["settings"]["limits"].take();
    limits["longestWaitDays"] = json!(7);
    let update = json!({"organization": {"settings": {"limits": limits}}, "update_mask": "settings.limits"});
    call(&app.admin, "upnext.v1.OrganizationService/UpdateOrganization", update).await.expect("fits");
    let refused = no(&app.admin, "ActivateSequence", json!({"name": "s"})).await;
    assert_eq!(refused.fields(), [("steps[0].wait.delay", "WAIT_TOO_LONG")]);
    assert!(refused.message.contains("7 days"), "{}", refused.message);
    let rename = json!({"sequence": {"name": "s", "display_name": "Still editable"}});
    done(&app.admin, "UpdateSequence", rename).await;
}

#[tokio::test]
async fn a_stale_etag_aborts_every_verb_that_takes_one() {
    let app = TestApp::new().await;
    let etag = active(&app.admin, "s").await["etag"].take();
    let rename = json!({"sequence": {"name": "s", "etag": etag, "display_name": "Renamed"}});
    done(&app.admin, "UpdateSequence", rename.clone()).await;
    let stale = no(&app.admin, "UpdateSequence", rename).await;
    assert_eq!((stale.code, stale.reason.as_str()), (Code::Aborted, "ETAG_MISMATCH"));
    for verb in ["ActivateSequence", "DeactivateSequence", "DeleteSequence"] {
        let stale = no(&app.admin, verb, json!({"name": "s", "etag": etag})).await;
        assert_eq!((stale.code, stale.reason.as_str()), (Code::Aborted, "ETAG_MISMATCH"), "{verb}");
    }
}

#[tokio::test]
async fn another_organizations_sequence_does_not_exist() {
    let app = TestApp::new().await;
    active(&app.admin, "s").await;
    let other = app.other_organization().await;
    let verbs = [
        "GetSequence",
        "DeleteSequence",
        "UndeleteSequence",
        "ValidateSequence",
        "ActivateSequence",
        "DeactivateSequence",
    ];

    let requests = verbs.map(|verb| (verb, json!({"name": "sequences/s"})));
    let list = ("ListSequenceRevisions", json!({"parent": "sequences/s"}));
    for (verb, request) in requests.into_iter().chain([list]) {
        let refused = no(&other, verb, request).await;
        assert_eq!((refused.code, refused.reason.as_str()), (Code::NotFound, "RESOURCE_NOT_FOUND"), "{verb}");
    }

    let update = json!({"sequence": {"name": "s", "display_name": "Mine"}});
    assert_eq!(no(&other, "UpdateSequence", update).await.code, Code::NotFound);
    let listed = ask(&other, "ListSequences", json!({"show_deleted": true})).await.expect("lists");
    assert_eq!(listed["sequences"].as_array().map_or(0, Vec::len), 0);
}

#[tokio::test]
async fn a_salesperson_activates_nothing_unless_sellers_may_author() {
    let app = TestApp::new().await;
    created(&app.admin, "s").await;
    let seller = json!({"seller_id": "ana", "seller": {"display_name": "Ana"}});
    call(&app.admin, "upnext.v1.SellerService/CreateSeller", seller).await.expect("can be created");
    let key = json!({"api_key": {"display_name": "Ana", "roles": ["SALESPERSON"], "seller": "ana"}});
    let key = call(&app.admin, "upnext.v1.ApiKeyService/CreateApiKey", key).await.expect("can be created");
    let ana = app.client(text(&key, "secret"));
    let refused = no(&ana, "ActivateSequence", json!({"name": "s"})).await;
    assert_eq!((refused.code, refused.reason.as_str()), (Code::PermissionDenied, "ROLE_REQUIRED"));
}

#[tokio::test]
async fn a_draft_cannot_be_deactivated() {
    let app = TestApp::new().await;
    created(&app.admin, "s").await;
    for mode in ["MODE_UNSPECIFIED", "DRAIN", "PAUSE", "EXIT"] {
        let refused = no(&app.admin, "DeactivateSequence", json!({"name": "s", "mode": mode})).await;
        assert_eq!(
            (refused.code, refused.reason.as_str()),
            (Code::FailedPrecondition, "SEQUENCE_NOT_ACTIVE")
        );
        assert_eq!(refused.metadata["state"], "DRAFT");
    }
}

#[tokio::test]
async fn validating_an_activation_changes_nothing() {
    let app = TestApp::new().await;
    let draft = created(&app.admin, "s").await;
    let only = json!({"name": "s", "validate_only": true, "request_id": super::REQUEST_ID});
    assert_eq!(done(&app.admin, "ActivateSequence", only).await, draft);
    let now = json!({"name": "s", "request_id": super::REQUEST_ID});
    assert_eq!(text(&done(&app.admin, "ActivateSequence", now).await, "state"), "ACTIVE");
    let long = json!({"name": "s", "revision_description": "x".repeat(2_001)});
    let refused = no(&app.admin, "ActivateSequence", long).await;
    assert_eq!(refused.fields(), [("revision_description", "FIELD_TOO_LONG")]);
}
