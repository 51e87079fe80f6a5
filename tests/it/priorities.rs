//! Priorities: a hot lead comes first, old work rises by itself, and a new formula ranks all anew.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::dynamic::call;
use crate::support::invariants;
use crate::support::refused::refused;
use crate::support::stage::{Stage, each, list, text};

const UPDATE: &str = "RecordService/UpdateRecordType";

/// A floor whose leads have the priority that a formula says.
async fn ranked(formula: &str) -> Stage {
    let stage = Stage::new().await;
    stage.admin.declare(json!({"score": {"type": "INT"}, "revenue": {"type": "DOUBLE"}})).await;
    stage.done(UPDATE, by(formula)).await;
    stage.app.run_until_idle().await;
    stage
}

fn by(formula: &str) -> Value {
    json!({"record_type": {"name": "lead", "priority_expression": formula}})
}

async fn lead(stage: &Stage, id: &str, attributes: Value) {
    stage.admin.leads(json!([{"id": id, "owner": "ana", "attributes": attributes}])).await;
}

async fn begin(stage: &Stage, id: &str, attributes: Value) {
    lead(stage, id, attributes).await;
    stage.enroll(id, "tasks").await;
}

/// The records and priorities of ana's queue, in its order.
async fn order(stage: &Stage) -> Vec<(String, i64)> {
    let queue = stage.queue("sellers/ana").await;
    let shown = |one: &Value| {
        let record = text(one, "/record").rsplit('/').next().expect("a last part").to_owned();
        (record, one["priority"].as_i64().unwrap_or_default())
    };
    assert!(each(&queue, "orderKey").is_sorted_by(|one, other| one.as_bytes() < other.as_bytes()));
    queue.iter().map(shown).collect()
}

fn places<const N: usize>(expected: [(&str, i64); N]) -> Vec<(String, i64)> {
    expected.map(|(record, points)| (record.to_owned(), points)).to_vec()
}

#[tokio::test]
async fn a_hot_lead_comes_first_and_old_work_rises_by_itself() {
    let stage = ranked("record.score").await;
    begin(&stage, "cold", json!({"score": 10})).await;
    stage.app.advance(TimeDelta::hours(79)).await;
    begin(&stage, "hot", json!({"score": 90})).await;
    assert_eq!(order(&stage).await, places([("hot", 90), ("cold", 10)]));

    // Its points are worth 80 hours more than those of the one that waits.
    stage.app.advance(TimeDelta::hours(2)).await;
    begin(&stage, "hotter", json!({"score": 90})).await;
    assert_eq!(order(&stage).await, places([("hot", 90), ("cold", 10), ("hotter", 90)]));

    // Places stay when records change: whoever watches sees no row jump.
    lead(&stage, "cold", json!({"score": 1000, "name": "Warm"})).await;
    stage.app.run_until_idle().await;
    assert_eq!(order(&stage).await, places([("hot", 90), ("cold", 10), ("hotter", 90)]));
    let request = json!({"queue": "sellers/ana", "filter": "activity.priority < 50", "order_by": "priority"});
    let listed = stage.done("WorkQueueService/ListActivities", request).await;
    assert_eq!(each(&list(&listed, "/activities"), "recordDisplayName"), ["Warm"]);
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn without_a_number_the_priority_of_the_sequence_counts() {
    let stage = ranked("record.revenue / record.score").await;
    let update = json!({"sequence": {"name": "sequences/tasks", "priority": 30}});
    let updated = stage.done("SequenceService/UpdateSequence", update).await;
    assert_eq!(
        (&updated["sequence"]["priority"], &updated["sequence"]["draftChanged"]),
        (&json!(30), &json!(true))
    );

    begin(&stage, "before", json!({})).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "sequences/tasks"})).await;
    for (id, attributes) in [
        ("empty", json!({})),
        ("zero", json!({"revenue": 5.0, "score": 0})),
        ("below", json!({"revenue": -1e300, "score": 1})),
        ("above", json!({"revenue": 1e300, "score": 1})),
        ("odd", json!({"revenue": 7.0, "score": 2})),
    ] {
        begin(&stage, id, attributes).await;
        stage.app.advance(TimeDelta::seconds(1)).await;
    }

    let expected = [("above", 1000), ("empty", 30), ("zero", 30), ("odd", 4), ("before", 0), ("below", 0)];
    assert_eq!(order(&stage).await, places(expected));
    let revision = json!({"name": "sequences/tasks/revisions/2"});
    let revision = stage.done("SequenceService/GetSequenceRevision", revision).await;
    assert_eq!(revision["sequenceRevision"]["priority"], 30);
}

#[tokio::test]
async fn a_new_formula_ranks_all_open_activities_anew() {
    let stage = ranked("record.score").await;
    begin(&stage, "a", json!({"score": 9, "revenue": 1000.0})).await;
    begin(&stage, "b", json!({"score": 8, "revenue": 70000.0})).await;
    begin(&stage, "c", json!({"score": 7})).await;
    assert_eq!(order(&stage).await, places([("a", 9), ("b", 8), ("c", 7)]));
    let last = stage.queue("sellers/ana").await[2].clone();
    let until = stage.app.now() + TimeDelta::hours(1);
    let snooze = json!({"name": last["name"], "until": until});
    stage.done("WorkQueueService/SnoozeActivity", snooze).await;

    stage.done(UPDATE, by("record.revenue / 1000")).await;
    let running = call(&stage.admin, "google.longrunning.Operations/ListOperations", json!({})).await;
    let running = running.expect("lists");
    assert_eq!(text(&running, "/operations/0/metadata/kind"), "RANK_ACTIVITIES");
    let cancel = json!({"name": running["operations"][0]["name"]});
    let cancel = call(&stage.admin, "google.longrunning.Operations/CancelOperation", cancel).await;
    assert_eq!(refused(cancel).reason, "OPERATION_NOT_CANCELABLE");

    stage.app.run_until_idle().await;
    assert_eq!(order(&stage).await, places([("b", 70), ("a", 1)]));
    stage.app.advance(TimeDelta::hours(1)).await;
    assert_eq!(order(&stage).await, places([("b", 70), ("a", 1), ("c", 0)]));

    // The same formula again, or none of its fields: nothing to rank.
    stage.done(UPDATE, by("record.revenue / 1000")).await;
    stage.done(UPDATE, json!({"record_type": {"name": "lead", "display_name": "Person"}})).await;
    let after = call(&stage.admin, "google.longrunning.Operations/ListOperations", json!({})).await;
    assert_eq!(list(&after.expect("lists"), "/operations").len(), list(&running, "/operations").len());
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn a_formula_is_checked_when_it_is_saved_and_keeps_its_attributes() {
    let stage = ranked("record.score * 2").await;
    let wrong = refused(stage.call(UPDATE, by("record.scor + record.name")).await);
    let field = "record_type.priority_expression";
    assert_eq!(wrong.fields(), [(field, "CONDITION_INVALID")]);
    assert!(wrong.message.contains("line 1, column 8: unknown attribute scor"), "{}", wrong.message);
    let wrong = refused(stage.call(UPDATE, by("record.score > 5")).await);
    assert_eq!(wrong.fields(), [(field, "CONDITION_INVALID")]);
    assert!(wrong.message.contains("expected a number, found BOOL"), "{}", wrong.message);

    let delete = json!({"record_type": "lead", "attribute": "score"});
    let used = refused(stage.call("RecordService/DeleteAttribute", delete.clone()).await);
    assert_eq!(used.reason, "ATTRIBUTE_IN_USE");
    assert!(used.message.contains("priority_expression of recordTypes/lead"), "{}", used.message);
    let none = json!({"record_type": {"name": "lead"}, "update_mask": "priorityExpression"});
    stage.done(UPDATE, none).await;
    stage.app.run_until_idle().await;
    stage.done("RecordService/DeleteAttribute", delete).await;
}
