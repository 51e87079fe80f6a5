//! Validations of definitions, saved or not: problems and warnings.

use serde_json::{Value, json};

use super::support::refused::refused;
use super::support::stage::{Stage, list, text};

/// The fields and reasons of problems or warnings.
fn found(answer: &Value, what: &str) -> Vec<(String, String)> {
    let all = list(answer, what);
    all.iter().map(|one| (text(one, "/field").to_owned(), text(one, "/reason").to_owned())).collect()
}

fn pair(field: &str, reason: &str) -> (String, String) {
    (field.to_owned(), reason.to_owned())
}

async fn validate(stage: &Stage, request: Value) -> Value {
    stage.done("SequenceService/ValidateSequence", request).await
}

#[tokio::test]
async fn a_definition_that_is_not_saved_is_validated_as_a_new_sequence() {
    let stage = Stage::new().await;
    let wait = json!({"step_id": "w", "wait": {"delay": {"days": 31}}});
    let steps = json!([{"step_id": "mail", "automated_email": {"template": "none"}}, {"step_id": "w"}, wait]);
    let answer = validate(&stage, json!({"sequence": {"steps": steps}})).await;
    let problems = found(&answer, "/violations");
    for expected in [
        pair("steps[0].automated_email.template", "TEMPLATE_UNKNOWN"),
        pair("steps[1].kind", "FIELD_REQUIRED"),
        pair("steps[2].wait.delay", "WAIT_TOO_LONG"),
        pair("steps[2].step_id", "STEP_ID_DUPLICATE"),
        pair("steps[2]", "SEQUENCE_ENDS_WITH_WAIT"),
    ] {
        assert!(problems.contains(&expected), "{expected:?} is missing: {problems:?}");
    }

    let fine = validate(&stage, json!({"sequence": {"steps": [{"task": {}}]}})).await;
    assert_eq!((found(&fine, "/violations"), found(&fine, "/warnings")), (vec![], vec![]));
    let nothing = validate(&stage, json!({"sequence": {}})).await;
    assert_eq!(found(&nothing, "/violations"), [pair("steps", "SEQUENCE_HAS_NO_STEPS")]);
    let unknown = json!({"sequence": {"record_type": "none", "steps": [{"task": {}}]}});
    assert_eq!(
        found(&validate(&stage, unknown).await, "/violations"),
        [pair("record_type", "REFERENCE_NOT_FOUND")]
    );
}

#[tokio::test]
async fn a_definition_is_validated_in_place_of_a_saved_draft() {
    let stage = Stage::new().await;
    assert_eq!(found(&validate(&stage, json!({"name": "short"})).await, "/violations"), []);
    let steps = json!([{"step_id": "a", "task": {}}, {"step_id": "b", "wait": {"delay": {"days": 1}}}]);
    let request = json!({"name": "short", "sequence": {"steps": steps}});
    assert_eq!(
        found(&validate(&stage, request).await, "/violations"),
        [pair("steps[1]", "SEQUENCE_ENDS_WITH_WAIT")]
    );
    let other = json!({"name": "short", "sequence": {"record_type": "contact"}});
    assert_eq!(
        found(&validate(&stage, other).await, "/violations"),
        [pair("record_type", "FIELD_IMMUTABLE")]
    );
    // Nothing was saved.
    assert_eq!(found(&validate(&stage, json!({"name": "short"})).await, "/violations"), []);

    let refused =
        async |request: Value| refused(stage.call("SequenceService/ValidateSequence", request).await);
    assert_eq!(refused(json!({})).await.reason, "FIELD_REQUIRED");
    assert_eq!(refused(json!({"name": "none", "sequence": {}})).await.reason, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn what_an_author_probably_does_not_want_is_a_warning_and_prevents_nothing() {
    let stage = Stage::new().await;
    let replied = json!({"engagement": {"step_id": "mail", "actions": ["REPLIED"], "limit": {"days": 1}}});
    let day = |id: &str| json!({"step_id": id, "wait": {"delay": {"days": 1}}});
    let steps = json!([{"step_id": "mail", "email": {}}, {"step_id": "fork", "branch": {"condition": replied,
        "yes_steps": [{"step_id": "call", "phone_call": {}}]}}, day("one"), day("two"), {"step_id": "do", "task": {}}]);
    let request = json!({"sequence_id": "odd", "sequence": {"display_name": "Odd", "steps": steps}});
    stage.done("SequenceService/CreateSequence", request).await;

    let answer = validate(&stage, json!({"name": "odd"})).await;
    assert_eq!(found(&answer, "/violations"), []);
    let exit = pair("steps[1].branch.condition.engagement.actions[0]", "EXIT_COMES_FIRST");
    assert_eq!(found(&answer, "/warnings"), [exit.clone(), pair("steps[3]", "WAIT_AFTER_WAIT")]);
    let off = json!({"name": "odd", "sequence": {"exit_criteria": {"replied": false}}});
    assert!(!found(&validate(&stage, off).await, "/warnings").contains(&exit));
    stage.done("SequenceService/ActivateSequence", json!({"name": "odd"})).await;
}
