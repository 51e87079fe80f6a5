//! Whose sequences are, and under which tags they are found.

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

/// The ids of the sequences that a filter finds.
async fn found(stage: &Stage, filter: &str) -> Vec<String> {
    let listed = stage.done("SequenceService/ListSequences", json!({"filter": filter})).await;
    each(&list(&listed, "/sequences"), "name").iter().map(|name| name.replace("sequences/", "")).collect()
}

#[tokio::test]
async fn sequences_are_found_by_owner_and_by_tags_of_any_level() {
    let stage = Stage::new().await;
    let own =
        update(&stage, "short", json!({"owner": "ana", "tags": ["EMEA/Outbound/New", "Q3"]}), "owner,tags")
            .await;
    assert_eq!((text(&own, "/owner"), &own["tags"]), ("sellers/ana", &json!(["EMEA/Outbound/New", "Q3"])));
    assert_eq!((&own["revision"], own.get("draftChanged")), (&json!(1), None), "no new revision");
    update(&stage, "tasks", json!({"tags": ["EMEA/Inbound"]}), "tags").await;

    for (filter, expected) in [
        ("sequence.owner == \"ana\"", vec!["short"]),
        ("sequence.owner == \"sellers/ana\"", vec!["short"]),
        ("sequence.owner == \"ben\"", vec![]),
        ("\"EMEA\" in sequence.tags", vec!["short", "tasks"]),
        ("\"EMEA/Outbound\" in sequence.tags", vec!["short"]),
        ("\"EMEA/Outbound/New\" in sequence.tags && \"Q3\" in sequence.tags", vec!["short"]),
        ("\"Outbound\" in sequence.tags", vec![]),
        ("!(\"Q3\" in sequence.tags)", vec!["tasks"]),
    ] {
        assert_eq!(found(&stage, filter).await, expected, "{filter}");
    }

    let cleared = update(&stage, "short", json!({}), "owner,tags").await;
    assert_eq!((cleared.get("owner"), cleared.get("tags")), (None, None));
    let wrong = json!({"sequence": {"name": "short", "owner": "nobody", "tags": ["a//b", "1/2/3/4/5"]}});
    let wrong = refused(stage.call("SequenceService/UpdateSequence", wrong).await);
    let told: Vec<(&str, &str)> =
        wrong.violations.iter().map(|(field, reason, _)| (field.as_str(), reason.as_str())).collect();
    let expected = [
        ("sequence.owner", "REFERENCE_NOT_FOUND"),
        ("sequence.tags[0]", "FIELD_INVALID"),
        ("sequence.tags[1]", "FIELD_INVALID"),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn sequences_are_reassigned_together_or_not_at_all() {
    let stage = Stage::new().await;
    for id in ["a", "b", "c"] {
        stage.sequence(id, json!([{"step_id": "only", "task": {}}])).await;
    }
    let reassign = async |request: Value| stage.call("SequenceService/ReassignSequences", request).await;
    let count = |answer: &Value| answer["reassignedCount"].as_i64().unwrap_or_default();
    let done = reassign(json!({"sequences": ["a", "sequences/b", "c"], "new_owner": "ana"})).await;
    assert_eq!(count(&done.expect("fine")), 3);
    assert_eq!(found(&stage, "sequence.owner == \"ana\"").await, ["a", "b", "c"]);
    let etag = get(&stage, "a").await["etag"].clone();
    let again = reassign(json!({"sequences": ["a"], "new_owner": "ana"})).await.expect("fine");
    assert_eq!((count(&again), &get(&stage, "a").await["etag"]), (0, &etag));

    stage.done("SequenceService/DeleteSequence", json!({"name": "c"})).await;
    let done = reassign(json!({"current_owner": "sellers/ana", "new_owner": "ben"})).await;
    assert_eq!(count(&done.expect("fine")), 2);
    assert_ne!(get(&stage, "a").await["etag"], etag);
    assert_eq!(found(&stage, "sequence.owner == \"ben\"").await, ["a", "b"]);

    let unknown = json!({"sequences": ["a", "none"], "new_owner": "nobody"});
    let refusal = refused(reassign(unknown).await);
    let fields: Vec<&str> = refusal.violations.iter().map(|(field, ..)| field.as_str()).collect();
    assert_eq!((refusal.reason.as_str(), fields), ("REFERENCE_NOT_FOUND", vec!["new_owner", "sequences[1]"]));
    let deleted = reassign(json!({"sequences": ["a", "c"], "new_owner": "ana"})).await;
    assert_eq!(refused(deleted).reason, "RESOURCE_DELETED");
    for neither in [json!({"new_owner": "ana"}), json!({"sequences": ["a"], "current_owner": "ben"})] {
        assert_eq!(refused(reassign(neither).await).violations[0].0, "sequences");
    }
    assert_eq!(found(&stage, "sequence.owner == \"ben\"").await, ["a", "b"], "nothing is half done");
    let done = reassign(json!({"current_owner": "ben"})).await.expect("fine");
    assert_eq!((count(&done), get(&stage, "b").await.get("owner")), (2, None));
}
