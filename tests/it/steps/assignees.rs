//! Who does activities: the record's owner, the seller whom an attribute names, a team, or whoever
//! enrolled the record.

use serde_json::{Value, json};

use super::{at, complete, declare, lead, sound, stage, told};
use crate::support::refused::refused;
use crate::support::stage::{Stage, each, text};

/// A stage with a team, whose leads name their closer.
async fn with_team() -> Stage {
    let stage = stage().await;
    declare(&stage, "closer").await;
    let team = json!({"display_name": "Closers", "members": ["ana", "ben"]});
    stage.done("TeamService/CreateTeam", json!({"team_id": "closers", "team": team})).await;
    stage
}

/// Creates and activates a sequence whose default is `assign_to`.
async fn assigned(stage: &Stage, id: &str, assign_to: Value, steps: Value) {
    let sequence = json!({"display_name": id, "assign_to": assign_to, "steps": steps});
    let create = json!({"sequence_id": id, "sequence": sequence});
    stage.done("SequenceService/CreateSequence", create).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": id})).await;
}

/// The queue of an enrollment's open activity.
async fn queue(stage: &Stage, name: &Value) -> String {
    let explained = explained(stage, name).await;
    text(&explained, "/activity/queue").to_owned()
}

async fn explained(stage: &Stage, name: &Value) -> Value {
    stage.done("EnrollmentService/ExplainEnrollment", json!({"name": name})).await
}

#[tokio::test]
async fn the_attribute_names_who_does_it_and_a_step_overrides_the_sequence() {
    let stage = with_team().await;
    let steps = json!([{"step_id": "close", "task": {}},
        {"step_id": "sign", "assign_to": {"team": "closers"}, "task": {}},
        {"step_id": "thank", "assign_to": {"record_owner": {}}, "task": {}}]);
    assigned(&stage, "closing", json!({"attribute": "closer"}), steps).await;

    let cases = [
        (json!("ben"), "sellers/ben", ""),
        (json!("sellers/ben"), "sellers/ben", ""),
        (json!("nobody"), "sellers/ana", "SELLER_UNKNOWN"),
        (json!(null), "sellers/ana", "ATTRIBUTE_MISSING"),
    ];
    let drawn = stage.done("SequenceService/RenderSequence", json!({"name": "closing"})).await;
    let steps = drawn["steps"].as_array().expect("steps");
    assert_eq!(each(steps, "caption"), ["Task", "Task, by closers", "Task, by the owner"]);
    for (number, (closer, queue, why)) in cases.into_iter().enumerate() {
        let id = format!("c{number}");
        lead(&stage, &id, json!({"closer": closer})).await;
        let name = stage.enroll(&id, "closing").await["name"].clone();
        let explained = explained(&stage, &name).await;
        assert_eq!(text(&explained, "/activity/queue"), queue, "{closer}");
        assert_eq!(explained["assignment"]["assignTo"], json!({"attribute": "closer"}));
        assert_eq!(each(&told(&stage, &name, "activityDue").await, "notAssignedReason"), [why]);
        let because = "It is for the record's owner, because the record's closer names no seller.";
        let said = explained["sentences"].as_array().expect("a list").contains(&json!(because));
        assert_eq!(said, !why.is_empty());

        complete(&stage, &name, "").await;
        assert_eq!(self::queue(&stage, &name).await, "teams/closers");
        complete(&stage, &name, "").await;
        assert_eq!(self::queue(&stage, &name).await, "sellers/ana");
    }
    sound(&stage).await;
}

#[tokio::test]
async fn only_what_follows_the_owner_moves_with_the_owner() {
    let stage = with_team().await;
    assigned(&stage, "owned", json!({"record_owner": {}}), json!([{"task": {}}])).await;
    assigned(&stage, "named", json!({"attribute": "closer"}), json!([{"task": {}}])).await;
    assigned(&stage, "pooled", json!({"team": "teams/closers"}), json!([{"task": {}}])).await;
    lead(&stage, "l1", json!({"closer": "ana"})).await;
    let mut names = Vec::new();
    for sequence in ["owned", "named", "pooled"] {
        names.push(stage.enroll("l1", sequence).await["name"].clone());
    }

    let record = |owner: &str, closer: Value| json!({"record_type": "lead", "record": {"id": "l1", "owner": owner, "attributes": {"closer": closer}}});
    let queues = async || {
        let mut queues = Vec::new();
        for name in &names {
            queues.push(queue(&stage, name).await);
        }
        queues
    };
    stage.done("RecordService/UpsertRecord", record("ben", json!("ana"))).await;
    assert_eq!(queues().await, ["sellers/ben", "sellers/ana", "teams/closers"]);
    sound(&stage).await;

    // The attribute moves what it assigns, without a new owner.
    stage.done("RecordService/UpsertRecord", record("ben", json!("ben"))).await;
    assert_eq!(queues().await, ["sellers/ben", "sellers/ben", "teams/closers"]);
    stage.done("RecordService/UpsertRecord", record("ana", json!(null))).await;
    assert_eq!(queues().await, ["sellers/ana", "sellers/ana", "teams/closers"]);
    let moved = told(&stage, &names[1], "activityMoved").await;
    assert_eq!(each(&moved, "notAssignedReason"), ["", "ATTRIBUTE_MISSING"]);
    sound(&stage).await;
}

#[tokio::test]
async fn what_somebody_reassigned_stays_until_it_belongs_to_another() {
    let stage = with_team().await;
    assigned(&stage, "pooled", json!({"team": "closers"}), json!([{"task": {}}])).await;
    let name = stage.enroll("l1", "pooled").await["name"].clone();
    let activity = text(&explained(&stage, &name).await, "/activity/name").to_owned();
    let reassign = json!({"name": activity, "queue": "sellers/ben"});
    stage.done("WorkQueueService/ReassignActivity", reassign).await;

    let owned = json!({"record_type": "lead", "record": {"id": "l1", "owner": "ben"}});
    stage.done("RecordService/UpsertRecord", owned).await;
    assert_eq!(queue(&stage, &name).await, "sellers/ben");
    let back = json!({"record_type": "lead", "record": {"id": "l1", "owner": "ana"}});
    stage.done("RecordService/UpsertRecord", back).await;
    // It was the team's, not ben's.
    assert_eq!(queue(&stage, &name).await, "sellers/ben");
    sound(&stage).await;
}

#[tokio::test]
async fn the_seller_who_enrolls_does_it_even_after_an_advance() {
    let stage = with_team().await;
    let advance = json!([{"step_id": "first", "task": {}}, {"advance_to_sequence": {"sequence": "mine"}}]);
    assigned(&stage, "mine", json!({"enroller": {}}), json!([{"step_id": "own", "task": {}}])).await;
    stage.sequence("leads-on", advance).await;

    let ben = stage.salesperson("ben").await;
    let request = json!({"record": "recordTypes/lead/records/l3", "sequence": "leads-on"});
    let name = ben.done("EnrollmentService/EnrollRecord", request).await["enrollment"]["name"].clone();
    let to_ana = json!({"record_type": "lead", "record": {"id": "l3", "owner": "ana"}});
    stage.done("RecordService/UpsertRecord", to_ana).await;
    assert_eq!(queue(&stage, &name).await, "sellers/ana");
    complete(&stage, &name, "").await;
    stage.app.run_until_idle().await;
    let queue_of_ben = stage.queue("sellers/ben").await;
    assert_eq!(each(&queue_of_ben, "stepId"), ["own"]);
    // The record is ana's, and the work his.
    let own = json!({"name": queue_of_ben[0]["name"]});
    ben.done("WorkQueueService/CompleteActivity", own).await;

    // An administrator's key is no seller.
    let by_key = stage.enroll("l1", "mine").await["name"].clone();
    assert_eq!(queue(&stage, &by_key).await, "sellers/ana");
    let due = told(&stage, &by_key, "activityDue").await;
    assert_eq!(each(&due, "notAssignedReason"), ["NO_ENROLLER"]);
    sound(&stage).await;
}

#[tokio::test]
async fn another_revision_can_give_a_step_to_somebody_else() {
    let stage = with_team().await;
    assigned(&stage, "kept", json!({"record_owner": {}}), json!([{"step_id": "only", "task": {}}])).await;
    let name = stage.enroll("l1", "kept").await["name"].clone();

    let update = json!({"sequence": {"name": "kept", "assign_to": {"team": "closers"}}});
    let changed = stage.done("SequenceService/UpdateSequence", update).await;
    assert_eq!(changed["sequence"]["draftChanged"], true);
    stage.done("SequenceService/ActivateSequence", json!({"name": "kept"})).await;
    let revision = json!({"name": "sequences/kept/revisions/2"});
    let revision = stage.done("SequenceService/GetSequenceRevision", revision).await;
    assert_eq!(revision["sequenceRevision"]["assignTo"], json!({"team": "teams/closers"}));
    let drawn = stage.done("SequenceService/RenderSequence", json!({"name": "kept"})).await;
    assert_eq!(text(&drawn, "/steps/0/caption"), "Task");
    // It runs on its own revision until it is moved.
    assert_eq!(queue(&stage, &name).await, "sellers/ana");
    stage.done("EnrollmentService/MigrateEnrollment", json!({"name": name})).await;
    assert_eq!(
        (at(&stage, &name).await.as_str(), queue(&stage, &name).await.as_str()),
        ("only", "teams/closers")
    );
    sound(&stage).await;

    let refusal = refused(stage.call("TeamService/DeleteTeam", json!({"name": "closers"})).await);
    assert_eq!(refusal.reason, "TEAM_IN_USE");
    assert!(refusal.message.contains("sequences/kept"), "{refusal:?}");
}

#[tokio::test]
async fn wrong_assignees_are_refused() {
    let stage = with_team().await;
    let wait = json!({"step_id": "w", "assign_to": {"enroller": {}}, "wait": {"delay": {"days": 1}}});
    let task = |id: &str, assign_to: Value| json!({"step_id": id, "assign_to": assign_to, "task": {}});
    let steps = json!([wait, task("a", json!({"attribute": "gone"})), task("b", json!({"team": "x/y"}))]);
    let sequence = json!({"display_name": "x", "assign_to": {"attribute": "gone"}, "steps": steps});
    let create = json!({"sequence_id": "x", "sequence": sequence});
    let refusal = refused(stage.call("SequenceService/CreateSequence", create).await);
    let found = refusal.fields();
    for expected in [
        ("sequence.steps[0].assign_to", "FIELD_INVALID"),
        ("sequence.steps[1].assign_to.attribute", "ATTRIBUTE_UNKNOWN"),
        ("sequence.steps[2].assign_to.team", "RESOURCE_NAME_INVALID"),
        ("sequence.assign_to.attribute", "ATTRIBUTE_UNKNOWN"),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }

    let steps = json!([task("a", json!({"team": "none"}))]);
    let sequence = json!({"display_name": "x", "assign_to": {"team": "gone"}, "steps": steps});
    let found = stage.done("SequenceService/ValidateSequence", json!({"sequence": sequence})).await;
    let problems = found["violations"].as_array().expect("violations").clone();
    assert_eq!(each(&problems, "field"), ["steps[0].assign_to.team", "assign_to.team"]);
    assert_eq!(each(&problems, "reason"), ["REFERENCE_NOT_FOUND"; 2]);

    let sequence = json!({"assign_to": {"attribute": "closer"}, "steps": [{"step_id": "a", "task": {}}]});
    let simulated = stage.done("SequenceService/SimulateSequence", json!({"sequence": sequence})).await;
    assert!(simulated.to_string().contains("ATTRIBUTE_MISSING"), "{simulated}");
}

#[tokio::test]
async fn an_attribute_that_names_an_assignee_is_kept_while_a_revision_needs_it() {
    let stage = with_team().await;
    assigned(&stage, "named", json!({"attribute": "closer"}), json!([{"task": {}}])).await;
    lead(&stage, "l1", json!({"closer": "ben"})).await;
    let enrolled = stage.enroll("l1", "named").await["name"].clone();
    let owned = json!({"name": "sequences/named", "assign_to": {"record_owner": {}}});
    stage.done("SequenceService/UpdateSequence", json!({"sequence": owned})).await;
    let delete = || json!({"record_type": "lead", "attribute": "closer"});
    for activated in [false, true] {
        if activated {
            stage.done("SequenceService/ActivateSequence", json!({"name": "named"})).await;
        }
        let kept = refused(stage.call("RecordService/DeleteAttribute", delete()).await);
        assert_eq!(kept.metadata["users"], "sequences/named/revisions/1");
    }

    complete(&stage, &enrolled, "").await;
    stage.done("RecordService/DeleteAttribute", delete()).await;
    sound(&stage).await;
}
