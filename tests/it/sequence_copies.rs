//! Copies of sequences, and what differs between drafts and revisions.

use serde_json::{Value, json};

use super::support::refused::refused;
use super::support::stage::{Stage, each, list, text};

async fn get(stage: &Stage, id: &str) -> Value {
    stage.done("SequenceService/GetSequence", json!({"name": id})).await["sequence"].clone()
}

async fn update(stage: &Stage, id: &str, fields: Value, mask: &str) -> Value {
    let mut sequence = fields;
    sequence["name"] = json!(format!("sequences/{id}"));
    let request = json!({"sequence": sequence, "update_mask": mask});
    stage.done("SequenceService/UpdateSequence", request).await["sequence"].clone()
}

#[tokio::test]
async fn a_copy_has_the_steps_of_the_draft_or_of_a_revision_and_a_life_of_its_own() {
    let stage = Stage::new().await;
    update(
        &stage,
        "short",
        json!({"tags": ["EMEA"], "owner": "ana", "description": "Why"}),
        "tags,owner,description",
    )
    .await;
    update(&stage, "short", json!({"steps": [{"step_id": "new", "task": {}}]}), "steps").await;
    let clone = async |request: Value| stage.call("SequenceService/CloneSequence", request).await;

    let copy =
        clone(json!({"name": "short", "sequence_id": "copy"})).await.expect("fine")["sequence"].clone();
    assert_eq!((text(&copy, "/displayName"), text(&copy, "/description")), ("Copy of short", "Why"));
    assert_eq!((text(&copy, "/state"), &copy["tags"], copy.get("owner")), ("DRAFT", &json!(["EMEA"]), None));
    assert_eq!(each(&list(&copy, "/steps"), "stepId"), ["new"]);
    let request = json!({"name": "sequences/short/revisions/1", "sequence_id": "old", "display_name": "Old"});
    let old = clone(request).await.expect("fine")["sequence"].clone();
    assert_eq!(
        (text(&old, "/displayName"), each(&list(&old, "/steps"), "stepId")),
        ("Old", vec!["hello", "pause", "call"])
    );

    stage.done("SequenceService/ActivateSequence", json!({"name": "old"})).await;
    update(&stage, "short", json!({"display_name": "Else"}), "displayName").await;
    assert_eq!(text(&get(&stage, "copy").await, "/displayName"), "Copy of short");
    for (request, reason) in [
        (json!({"name": "none", "sequence_id": "x"}), "RESOURCE_NOT_FOUND"),
        (json!({"name": "sequences/short/revisions/9", "sequence_id": "x"}), "RESOURCE_NOT_FOUND"),
        (json!({"name": "short", "sequence_id": "tasks"}), "RESOURCE_EXISTS"),
        (json!({"name": "short", "sequence_id": "x", "display_name": "x".repeat(161)}), "FIELD_TOO_LONG"),
    ] {
        assert_eq!(refused(clone(request.clone()).await).reason, reason, "{request}");
    }
}

#[tokio::test]
async fn the_steps_that_differ_are_told_between_drafts_and_revisions() {
    let stage = Stage::new().await;
    let diff = async |name: &str, base: &str| {
        stage.call("SequenceService/DiffSequence", json!({"name": name, "base_name": base})).await
    };
    let signs = |answer: &Value| -> Vec<(String, String)> {
        let steps = list(answer, "/steps");
        steps.iter().map(|one| (text(one, "/kind").to_owned(), text(one, "/stepId").to_owned())).collect()
    };
    let first = diff("sequences/short/revisions/1", "").await.expect("fine");
    assert_eq!((first.get("baseName"), list(&first, "/steps").len()), (None, 3), "all are new");
    assert_eq!(signs(&diff("short", "").await.expect("fine")), []);

    let steps = json!([{"step_id": "call", "phone_call": {"script": "Hello"}}, {"step_id": "more", "task": {}},
        {"step_id": "pause", "wait": {"delay": {"seconds": 20}}}]);
    update(&stage, "short", json!({"display_name": "Shorter", "steps": steps}), "displayName,steps").await;
    let draft = diff("short", "").await.expect("fine");
    assert_eq!(text(&draft, "/baseName"), "sequences/short/revisions/1");
    assert_eq!(draft["fields"], json!([{"field": "display_name", "before": "short", "after": "Shorter"}]));
    let told = signs(&draft);
    let told: Vec<(&str, &str)> = told.iter().map(|(kind, id)| (kind.as_str(), id.as_str())).collect();
    assert!(told.contains(&("REMOVED", "hello")) && told.contains(&("ADDED", "more")), "{told:?}");
    let steps = list(&draft, "/steps");
    let of =
        |id: &str| steps.iter().find(|one| one["stepId"] == id).unwrap_or_else(|| panic!("no {id}: {draft}"));
    assert_eq!(of("pause")["changedFields"], json!(["wait.delay"]));
    assert_eq!(of("call")["changedFields"], json!(["description", "phone_call.script"]));
    let kinds = [text(of("pause"), "/kind"), text(of("call"), "/kind")];
    assert!(kinds.contains(&"MOVED") && kinds.contains(&"CHANGED"), "{kinds:?}");

    let other = diff("tasks", "short").await.expect("fine");
    assert_eq!(list(&other, "/steps").len(), 5);
    for (name, base) in
        [("none", ""), ("short", "sequences/short/revisions/7"), ("sequences/short/revisions/2", "")]
    {
        assert_eq!(refused(diff(name, base).await).reason, "RESOURCE_NOT_FOUND", "{name} {base}");
    }
    assert_eq!(refused(diff("short", "no/such/name").await).violations[0].0, "base_name");
}
