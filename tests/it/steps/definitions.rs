//! What definitions may say: everything wrong is told at once, with the path of the field.

use serde_json::{Value, json};

use super::{declare, stage};
use crate::support::refused::refused;
use crate::support::stage::{Stage, list, text};

/// The fields and reasons of the violations of a call that is refused.
async fn violations(stage: &Stage, method: &str, request: Value) -> Vec<(String, String)> {
    let refused = refused(stage.call(method, request).await);
    refused.violations.into_iter().map(|(field, reason, _)| (field, reason)).collect()
}

fn expected(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(field, reason)| ((*field).to_owned(), (*reason).to_owned())).collect()
}

async fn create(stage: &Stage, id: &str, steps: Value) -> Vec<(String, String)> {
    let request = json!({"sequence_id": id, "sequence": {"display_name": "S", "steps": steps}});
    violations(stage, "SequenceService/CreateSequence", request).await
}

#[tokio::test]
async fn wrong_values_are_told_wherever_they_are_nested() {
    let stage = stage().await;
    let inner = json!({"branch": {"condition": {"record": {"condition": "record.nothing == 1"}},
        "no_steps": [{"update_attribute": {"attribute": "gone", "value": 1}}]}});
    let variant =
        |id: &str, weight: i32, steps: Value| json!({"variant_id": id, "weight": weight, "steps": steps});
    let split =
        json!({"split": {"variants": [variant("a", 50, json!([inner])), variant("a", 40, json!([]))]}});
    let update = json!({"update_attribute": {"attribute": "origin", "value": {"no": "text"}}});
    let found =
        create(&stage, "wrong", json!([split, update, {"assign_owner": {"attribute": "gone"}}])).await;
    let condition = "sequence.steps[0].split.variants[0].steps[0].branch.condition.record.condition";
    let attribute =
        "sequence.steps[0].split.variants[0].steps[0].branch.no_steps[0].update_attribute.attribute";
    let all = [
        ("sequence.steps[0].split.variants", "SPLIT_WEIGHTS_INVALID"),
        ("sequence.steps[0].split.variants[1].variant_id", "FIELD_INVALID"),
        (condition, "CONDITION_INVALID"),
        (attribute, "ATTRIBUTE_UNKNOWN"),
        ("sequence.steps[1].update_attribute.value", "ATTRIBUTE_VALUE_INVALID"),
        ("sequence.steps[2].assign_owner.attribute", "ATTRIBUTE_UNKNOWN"),
    ];
    assert_eq!(found, expected(&all));
}

#[tokio::test]
async fn paths_nest_at_most_16_deep() {
    let stage = stage().await;
    let nested = |depth: usize| {
        (0..depth).fold(json!([{"task": {}}]), |inside, _| {
            let condition = json!({"record": {"condition": "has(record.origin)"}});
            json!([{"branch": {"condition": condition, "yes_steps": inside}}, {"task": {}}])
        })
    };
    stage.sequence("deep", nested(16)).await;
    let found = create(&stage, "deeper", nested(17)).await;
    let [(field, reason)] = found.as_slice() else { panic!("one: {found:?}") };
    // A long path is cut.
    assert!(field.starts_with("sequence.steps[0].branch.yes_steps[0].branch.yes_steps[0]"), "{field}");
    assert_eq!(reason, "NESTING_TOO_DEEP");
}

#[tokio::test]
async fn wrong_structure_and_references_are_told_at_activation_all_at_once() {
    let stage = stage().await;
    let steps = json!([
        {"step_id": "w", "wait": {"delay": {"days": 1}}},
        {"automated_email": {}},
        {"branch": {"condition": {"call_outcome": {"step_id": "w", "outcomes": ["sung"]}}}},
        {"assign_owner": {"seller": "nobody"}},
        {"advance_to_sequence": {"sequence": "missing"}},
        {"wait": {"delay": {"days": 1}}}]);
    let request = json!({"sequence_id": "s", "sequence": {"display_name": "S", "steps": steps}});
    stage.done("SequenceService/CreateSequence", request).await;

    let validated = stage.done("SequenceService/ValidateSequence", json!({"name": "s"})).await;
    let problems = list(&validated, "/violations");
    let problems: Vec<_> = problems
        .iter()
        .map(|one| (text(one, "/field").to_owned(), text(one, "/reason").to_owned()))
        .collect();
    let all = [
        ("steps[2].branch.condition.call_outcome.step_id", "STEP_REFERENCE_INVALID"),
        ("steps[4]", "ADVANCE_MISPLACED"),
        ("steps[5]", "SEQUENCE_ENDS_WITH_WAIT"),
        ("steps[1].automated_email.template", "TEMPLATE_REQUIRED"),
        ("steps[2].branch.condition.call_outcome.outcomes[0]", "OUTCOME_UNKNOWN"),
        ("steps[3].assign_owner.seller", "REFERENCE_NOT_FOUND"),
        ("steps[4].advance_to_sequence.sequence", "ADVANCE_TARGET_INVALID"),
    ];
    assert_eq!(problems, expected(&all));
    let refused = violations(&stage, "SequenceService/ActivateSequence", json!({"name": "s"})).await;
    assert_eq!(refused.len(), all.len());
}

#[tokio::test]
async fn sequences_that_advance_can_form_no_circle() {
    let stage = stage().await;
    let on = |to: &str| json!([{"task": {}}, {"advance_to_sequence": {"sequence": to}}]);
    stage.sequence("first", json!([{"task": {}}])).await;
    stage.sequence("second", on("first")).await;
    let update = json!({"sequence": {"name": "sequences/first", "steps": on("second")}});
    stage.done("SequenceService/UpdateSequence", update).await;
    let refused = violations(&stage, "SequenceService/ActivateSequence", json!({"name": "first"})).await;
    assert_eq!(refused, expected(&[("steps[1].advance_to_sequence.sequence", "ADVANCE_TARGET_INVALID")]));
}

#[tokio::test]
async fn an_attribute_that_a_step_uses_is_not_deleted() {
    let stage = stage().await;
    for name in ["asked", "set", "owner_id"] {
        declare(&stage, name).await;
    }
    let branch = json!({"branch": {"condition": {"record": {"condition": "record.asked == \"x\""}}, "yes_steps": [{"task": {}}]}});
    let steps = json!([branch, {"update_attribute": {"attribute": "set", "value": null}}, {"assign_owner": {"attribute": "owner_id"}}]);
    stage.sequence("uses", steps).await;

    for name in ["asked", "set", "owner_id"] {
        let delete = json!({"record_type": "lead", "attribute": name});
        let refused = refused(stage.call("RecordService/DeleteAttribute", delete.clone()).await);
        assert_eq!(refused.reason, "ATTRIBUTE_IN_USE");
        assert!(refused.message.contains("sequences/uses"), "{}", refused.message);
    }
    // Neither the draft nor the newest revision uses it any more, and nobody is on an older one.
    let update = json!({"sequence": {"name": "sequences/uses", "steps": [{"task": {}}]}});
    stage.done("SequenceService/UpdateSequence", update).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "uses"})).await;
    stage.done("RecordService/DeleteAttribute", json!({"record_type": "lead", "attribute": "asked"})).await;
}

#[tokio::test]
async fn a_definition_comes_back_as_it_was_sent() {
    let stage = stage().await;
    let sent = json!([
        {"stepId": "call", "phoneCall": {"script": "Hi", "retry": {"maxCalls": 3, "delay": {"hours": 1}, "reachedOutcomes": ["made"]}}},
        {"stepId": "b", "branch": {
            "condition": {"callOutcome": {"stepId": "call", "outcomes": ["made"]}},
            "yesSteps": [{"stepId": "li", "linkedIn": {"action": "SEND_IN_MAIL"}}],
            "noSteps": [{"stepId": "s", "split": {
                "variants": [
                    {"variantId": "x", "weight": 10, "steps": [{"stepId": "t", "textMessage": {}}]},
                    {"variantId": "y", "weight": 90}],
                "endTime": "2027-01-01T00:00:00Z", "defaultVariant": "y"}}]}},
        {"stepId": "u", "updateAttribute": {"attribute": "origin", "value": null}},
        {"stepId": "o", "assignOwner": {"seller": "sellers/ana"}},
        {"stepId": "e", "emitEvent": {"eventName": "x.y", "attributes": {"a": 1.0, "b": ["c"]}}},
        {"stepId": "a", "advanceToSequence": {"sequence": "sequences/tasks"}}]);

    stage.sequence("same", sent.clone()).await;
    let got = stage.done("SequenceService/GetSequence", json!({"name": "same"})).await;
    assert_eq!(got["sequence"]["steps"], sent);
    let revision = json!({"name": "sequences/same/revisions/1"});
    let got = stage.done("SequenceService/GetSequenceRevision", revision).await;
    assert_eq!(got["sequenceRevision"]["steps"], sent);
}
