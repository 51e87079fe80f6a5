//! Goals, and how criteria are saved, frozen and shown.

use serde_json::{Value, json};

use super::enrollment;
use super::exits::{sequence, state, upsert};
use crate::support::dynamic::call;
use crate::support::invariants;
use crate::support::refused::refused;
use crate::support::stage::{Stage, list, text};

#[tokio::test]
async fn a_goal_ends_enrollments_with_the_change_that_reaches_it() {
    let stage = Stage::new().await;
    stage.admin.declare(json!({"score": {"type": "INT"}})).await;
    sequence(&stage, "goal", json!({"goal_condition": "record.score > 10 || record.owner == \"ben\""})).await;
    let (first, second) = (stage.enroll("l1", "goal").await, stage.enroll("l2", "goal").await);
    upsert(&stage, "lead", json!({"id": "l1", "attributes": {"score": 10}})).await;
    assert_eq!(state(&stage, &first).await, "ACTIVE ");
    upsert(&stage, "lead", json!({"id": "l1", "owner": "ana", "attributes": {"score": 11}})).await;
    assert_eq!(state(&stage, &first).await, "EXITED GOAL_MET");
    let ended = enrollment(&stage, &first["name"]).await;
    let last = list(&ended, "/timeline").pop().expect("an event");
    assert!(text(&last, "/actor").starts_with("apiKeys/"), "who changed the record: {last}");

    // The new owner's queue never shows what ends with the change.
    upsert(&stage, "lead", json!({"id": "l2", "owner": "ben"})).await;
    assert_eq!(state(&stage, &second).await, "EXITED GOAL_MET");
    assert!(stage.queue("sellers/ben").await.is_empty());

    // A goal that is reached already ends the enrollment with the record's next change.
    let third = stage.enroll("l3", "goal").await;
    assert_eq!(state(&stage, &third).await, "ACTIVE ");
    upsert(&stage, "lead", json!({"id": "l3", "attributes": {"score": 1}})).await;
    assert_eq!(state(&stage, &third).await, "EXITED GOAL_MET");
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn an_owner_by_a_rule_can_reach_a_goal_too() {
    let stage = Stage::new().await;
    stage.admin.declare(json!({"origin": {"type": "STRING"}})).await;
    sequence(&stage, "goal", json!({"goal_condition": "record.owner == \"ana\""})).await;
    let enrolled = stage.enroll("l4", "goal").await;
    stage.admin.segment("paid", "record.origin == \"paid\"").await;
    stage.admin.rule("paid", "one", &["ana"]).await;
    stage.admin.activate_segment("paid").await;
    upsert(&stage, "lead", json!({"id": "l4", "attributes": {"origin": "paid"}})).await;
    assert_eq!(state(&stage, &enrolled).await, "ACTIVE ");
    stage.app.run_until_idle().await;
    assert_eq!(state(&stage, &enrolled).await, "EXITED GOAL_MET");
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn criteria_are_checked_frozen_and_shown_with_every_switch() {
    let stage = Stage::new().await;
    stage.admin.draft("s", json!([{"step_id": "only", "task": {}}])).await;
    let update = |criteria: Value| json!({"sequence": {"name": "s", "exit_criteria": criteria}});
    let wrong = call(
        &stage.admin,
        "upnext.v1.SequenceService/UpdateSequence",
        update(json!({"goal_condition": "record.scor > 1"})),
    )
    .await;
    assert_eq!(refused(wrong).fields(), [("sequence.exit_criteria.goal_condition", "CONDITION_INVALID")]);

    let shown = |sequence: &Value| sequence["exitCriteria"].clone();
    let plain = json!({"replied": true, "bounced": true, "unsubscribed": true, "accountReplied": false, "meetingBooked": false, "noConsent": false,
        "outOfOfficeHold": true});
    let first =
        stage.done("SequenceService/ActivateSequence", json!({"name": "s"})).await["sequence"].clone();
    assert_eq!((shown(&first), first.get("draftChanged")), (plain.clone(), None));
    let goal = json!({"goal_condition": "record.name == \"x\"", "replied": false});
    let changed = stage.done("SequenceService/UpdateSequence", update(goal)).await["sequence"].clone();
    assert_eq!(
        (changed["draftChanged"].as_bool(), shown(&changed)["replied"].as_bool()),
        (Some(true), Some(false))
    );
    let second =
        stage.done("SequenceService/ActivateSequence", json!({"name": "s"})).await["sequence"].clone();
    assert_eq!(second["revision"], 2);
    for (revision, expected) in [(1, &plain), (2, &shown(&second))] {
        let name = json!({"name": format!("sequences/s/revisions/{revision}")});
        let frozen = stage.done("SequenceService/GetSequenceRevision", name).await;
        assert_eq!(&frozen["sequenceRevision"]["exitCriteria"], expected);
    }

    // Not given means the default, and back to it is no change.
    let back = stage.done("SequenceService/UpdateSequence", update(json!({}))).await["sequence"].clone();
    assert_eq!(shown(&back), plain);
    let used = json!({"record_type": "lead", "attribute": "name"});
    let used = refused(call(&stage.admin, "upnext.v1.RecordService/DeleteAttribute", used).await);
    assert_eq!(used.metadata["users"], "display_name_attribute of recordTypes/lead, sequences/s/revisions/2");
}
