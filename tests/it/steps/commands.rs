//! Commands: steps that write the record or start another sequence.

use serde_json::{Value, json};

use super::{at, complete, declare, lead, sound, stage, told};
use crate::support::stage::{Stage, each, list, text};

async fn record(stage: &Stage, id: &str) -> Value {
    let got = stage
        .done("RecordService/GetRecord", json!({"name": format!("recordTypes/lead/records/{id}")}))
        .await;
    got["record"].clone()
}

async fn idle(stage: &Stage) {
    stage.app.run_until_idle().await;
}

#[tokio::test]
async fn an_attribute_is_set_before_the_next_condition_is_asked() {
    let stage = stage().await;
    let condition = json!({"record": {"condition": "record.origin == \"called\""}});
    let steps = json!([{"step_id": "first", "task": {}},
        {"step_id": "set", "update_attribute": {"attribute": "origin", "value": "called"}},
        {"step_id": "set-again", "update_attribute": {"attribute": "origin", "value": "called"}},
        super::fork(condition)]);
    stage.sequence("sets", steps).await;

    let name = stage.enroll("l1", "sets").await["name"].clone();
    complete(&stage, &name, "").await;
    idle(&stage).await;
    assert_eq!(at(&stage, &name).await, "yes");
    assert_eq!(record(&stage, "l1").await["attributes"]["origin"], "called");
    let updates = told(&stage, &name, "attributeUpdated").await;
    assert_eq!(each(&updates, "notChangedReason"), ["", "UNCHANGED"]);
    sound(&stage).await;
}

#[tokio::test]
async fn segments_see_what_a_step_sets() {
    let stage = stage().await;
    stage.sequence("sets", json!([{"update_attribute": {"attribute": "origin", "value": "hot"}}])).await;
    let segment = json!({"segment_id": "hot", "segment": {"display_name": "Hot", "condition": "record.origin == \"hot\""}});
    stage.done("SegmentService/CreateSegment", segment).await;
    stage.done("SegmentService/ConnectSequence", json!({"name": "hot", "sequence": "tasks"})).await;
    stage.done("SegmentService/ActivateSegment", json!({"name": "hot"})).await;

    stage.enroll("l1", "sets").await;
    idle(&stage).await;
    assert_eq!(each(&stage.queue("sellers/ana").await, "stepId"), ["first"]);
    sound(&stage).await;
}

#[tokio::test]
async fn a_new_owner_takes_the_records_other_activities_too() {
    let stage = stage().await;
    declare(&stage, "closer").await;

    let after = json!({"step_id": "after", "task": {}});
    stage.sequence("to-ben", json!([{"step_id": "give", "assign_owner": {"seller": "ben"}}, after])).await;
    stage.sequence("by", json!([{"step_id": "give", "assign_owner": {"attribute": "closer"}}, after])).await;

    stage.enroll("l1", "tasks").await;
    let name = stage.enroll("l1", "to-ben").await["name"].clone();
    idle(&stage).await;
    assert_eq!(record(&stage, "l1").await["owner"], "sellers/ben");
    assert_eq!(each(&stage.queue("sellers/ben").await, "stepId"), ["first", "after"]);
    assert!(stage.queue("sellers/ana").await.is_empty());
    assert_eq!(told(&stage, &name, "ownerAssigned").await[0]["seller"], "sellers/ben");

    let cases = [
        (json!("sellers/ben"), "sellers/ben", ""),
        (json!("ben"), "sellers/ben", ""),
        (json!("ana"), "sellers/ana", "UNCHANGED"),
        (json!("nobody"), "sellers/ana", "SELLER_UNKNOWN"),
        (json!(null), "sellers/ana", "ATTRIBUTE_MISSING"),
    ];
    for (number, (closer, owner, why)) in cases.into_iter().enumerate() {
        let id = format!("by{number}");
        lead(&stage, &id, json!({"closer": closer})).await;
        let name = stage.enroll(&id, "by").await["name"].clone();
        idle(&stage).await;
        assert_eq!(record(&stage, &id).await["owner"], owner, "{closer}");
        assert_eq!(each(&told(&stage, &name, "ownerAssigned").await, "notChangedReason"), [why]);
        assert_eq!(at(&stage, &name).await, "after");
    }
    sound(&stage).await;
}

#[tokio::test]
async fn an_enrollment_advances_in_one_transaction() {
    let stage = stage().await;
    let steps = json!([{"step_id": "first", "task": {}}, {"step_id": "on", "advance_to_sequence": {"sequence": "tasks"}}]);
    stage.sequence("leads-on", steps).await;

    let before = stage.enroll("l1", "leads-on").await["name"].clone();
    complete(&stage, &before, "").await;
    idle(&stage).await;
    let old = stage.done("EnrollmentService/GetEnrollment", json!({"name": before})).await;
    assert_eq!((text(&old, "/enrollment/state"), text(&old, "/enrollment/reason")), ("EXITED", "ADVANCED"));
    let exited = told(&stage, &before, "enrollmentExited").await;
    let next = exited[0]["nextEnrollment"].clone();
    let new = stage.done("EnrollmentService/GetEnrollment", json!({"name": next})).await;
    assert_eq!(text(&new, "/enrollment/currentStepId"), "first");
    let origin = json!({"source": "ADVANCE", "enrollment": before});
    assert_eq!(new["enrollment"]["origin"], origin);

    // A second one of the same record comes to a sequence that it is already in.
    let again = stage.enroll("l1", "leads-on").await["name"].clone();
    complete(&stage, &again, "").await;
    idle(&stage).await;
    let exited = told(&stage, &again, "enrollmentExited").await;
    assert_eq!(exited[0]["notStartedReason"], "ALREADY_ENROLLED");

    let waits = stage.enroll("l2", "leads-on").await["name"].clone();
    stage.done("SequenceService/DeactivateSequence", json!({"name": "tasks"})).await;
    complete(&stage, &waits, "").await;
    idle(&stage).await;
    let failed = told(&stage, &waits, "enrollmentFailed").await;
    assert_eq!(failed[0]["refusedReason"], "SEQUENCE_NOT_ACTIVE");
    sound(&stage).await;
}

#[tokio::test]
async fn an_event_for_the_outside_is_told_and_the_enrollment_goes_on() {
    let stage = stage().await;
    let emit = json!({"event_name": "trial.ended", "attributes": {"plan": "pro", "days": 14}});
    stage
        .sequence("tells", json!([{"step_id": "tell", "emit_event": emit}, {"step_id": "after", "task": {}}]))
        .await;
    let name = stage.enroll("l1", "tells").await["name"].clone();
    assert_eq!(at(&stage, &name).await, "after");
    assert_eq!(each(&told(&stage, &name, "eventEmitted").await, "eventName"), ["trial.ended"]);
}

#[tokio::test]
async fn many_records_pass_through_commands_at_once() {
    let stage = stage().await;
    let steps = json!([{"update_attribute": {"attribute": "origin", "value": "x"}},
        {"assign_owner": {"seller": "ben"}}, {"advance_to_sequence": {"sequence": "tasks"}}]);
    stage.sequence("all", steps).await;
    let leads: Vec<Value> = (0..300).map(|n| json!({"id": format!("m{n}"), "owner": "ana"})).collect();
    stage.admin.leads(json!(leads)).await;
    let requests: Vec<Value> = (0..300)
        .map(|n| json!({"record": format!("recordTypes/lead/records/m{n}"), "sequence": "all"}))
        .collect();
    stage.done("EnrollmentService/BatchEnrollRecords", json!({"requests": requests})).await;

    idle(&stage).await;
    let counts = stage
        .done("WorkQueueService/ListActivities", json!({"queue": "sellers/ben", "page_size": 1000}))
        .await;
    assert_eq!(list(&counts, "/activities").len(), 300);
    sound(&stage).await;
}

#[tokio::test]
async fn members_of_a_team_get_records_in_turn() {
    let stage = stage().await;
    stage
        .done("SellerService/CreateSeller", json!({"seller_id": "cem", "seller": {"display_name": "Cem"}}))
        .await;
    let team = json!({"display_name": "Closers", "members": ["cem", "ben", "ana"]});
    stage.done("TeamService/CreateTeam", json!({"team_id": "closers", "team": team})).await;
    let steps =
        json!([{"step_id": "give", "assign_owner": {"team": "closers"}}, {"step_id": "after", "task": {}}]);
    stage.sequence("turns", steps.clone()).await;
    stage.sequence("turns-too", steps).await;

    // Ana owns all of them. The turns are the team's, whatever sequence it is.
    let mut owners = Vec::new();
    let mut why = Vec::new();
    for (number, sequence) in ["turns", "turns-too", "turns", "turns"].into_iter().enumerate() {
        let id = format!("t{number}");
        lead(&stage, &id, json!({})).await;
        let name = stage.enroll(&id, sequence).await["name"].clone();
        idle(&stage).await;
        owners.push(text(&record(&stage, &id).await, "/owner").to_owned());
        why.extend(told(&stage, &name, "ownerAssigned").await);
    }
    assert_eq!(owners, ["sellers/cem", "sellers/ben", "sellers/ana", "sellers/cem"]);
    assert_eq!(each(&why, "notChangedReason"), ["", "", "UNCHANGED", ""]);

    let away = json!({"seller": {"name": "ben", "assign_records": false}, "update_mask": "assignRecords"});
    stage.done("SellerService/UpdateSeller", away).await;
    lead(&stage, "t9", json!({})).await;
    let simulate = json!({"name": "sequences/turns", "record": "recordTypes/lead/records/t9"});
    let simulated = stage.done("SequenceService/SimulateSequence", simulate).await;
    assert!(simulated.to_string().contains("UNCHANGED"), "it is ana's turn: {simulated}");
    let in_use = stage.call("TeamService/DeleteTeam", json!({"name": "closers"})).await;
    let in_use = crate::support::refused::refused(in_use);
    assert!(in_use.message.contains("sequences/turns-too"), "{in_use:?}");

    let nobody = json!({"team": {"name": "closers", "members": []}, "update_mask": "members"});
    stage.done("TeamService/UpdateTeam", nobody).await;
    let name = stage.enroll("t9", "turns").await["name"].clone();
    idle(&stage).await;
    let assigned = told(&stage, &name, "ownerAssigned").await;
    assert_eq!(each(&assigned, "notChangedReason"), ["NOBODY_LISTED"]);
    sound(&stage).await;
}

#[tokio::test]
async fn turns_are_even_however_many_records_come_at_once() {
    let stage = stage().await;
    let team = json!({"display_name": "Both", "members": ["ana", "ben"]});
    stage.done("TeamService/CreateTeam", json!({"team_id": "both", "team": team})).await;
    stage
        .sequence("turns", json!([{"assign_owner": {"team": "both"}}, {"step_id": "after", "task": {}}]))
        .await;

    let records: Vec<Value> = (0..40).map(|number| json!({"id": format!("many{number}")})).collect();
    stage.admin.leads(json!(records)).await;
    let requests: Vec<Value> = (0..40)
        .map(
            |number| json!({"record": format!("recordTypes/lead/records/many{number}"), "sequence": "turns"}),
        )
        .collect();
    stage.done("EnrollmentService/BatchEnrollRecords", json!({"requests": requests})).await;
    idle(&stage).await;
    for seller in ["sellers/ana", "sellers/ben"] {
        let filter = format!("record.owner == \"{seller}\" && record.id.startsWith(\"many\")");
        let request = json!({"record_type": "lead", "filter": filter, "page_size": 100});
        let listed = stage.done("RecordService/ListRecords", request).await;
        assert_eq!(list(&listed, "/records").len(), 20);
    }
    sound(&stage).await;
}
