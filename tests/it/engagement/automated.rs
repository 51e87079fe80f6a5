//! Automated steps never reach a person who doesn't want that.

use serde_json::{Value, json};

use super::exits::{state, upsert};
use super::{enrollment, of_lead, told};
use crate::support::invariants;
use crate::support::stage::{Stage, event, list, text};

/// An automated email and a task, with these exit criteria.
async fn sequence(stage: &Stage, id: &str, criteria: Value) {
    let steps = json!([{"step_id": "mail", "automated_email": {"template": "hello"}}, {"step_id": "then", "task": {}}]);
    stage.admin.draft(id, steps).await;
    let update = json!({"sequence": {"name": id, "exit_criteria": criteria}});
    stage.done("SequenceService/UpdateSequence", update).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": id})).await;
}

#[tokio::test]
async fn an_automated_step_that_must_not_reach_its_person_is_skipped_or_ends_the_enrollment() {
    let stage = Stage::new().await;
    let template =
        json!({"template_id": "hello", "template": {"display_name": "Hello", "email": {"subject": "Hello"}}});
    stage.done("TemplateService/CreateTemplate", template).await;
    let stays = json!({"unsubscribed": false});
    sequence(&stage, "skips", stays.clone()).await;
    let mut exits = stays;
    exits["no_consent"] = json!(true);
    sequence(&stage, "exits", exits).await;

    let quiet = json!({"do_not_email": true, "email": "kim@example.com"});
    upsert(&stage, "lead", json!({"id": "l1", "attributes": quiet})).await;
    let (skipped, ended) = (stage.enroll("l1", "skips").await, stage.enroll("l1", "exits").await);
    assert_eq!(text(&enrollment(&stage, &skipped["name"]).await, "/currentStepId"), "then");
    assert_eq!(state(&stage, &ended).await, "EXITED NO_CONSENT");
    let shown = enrollment(&stage, &skipped["name"]).await;
    let timeline = list(&shown, "/timeline");
    let reason = timeline.iter().map(event).find(|(kind, _)| *kind == "activitySkipped").expect("is told");
    assert_eq!(text(reason.1, "/skipReason"), "DO_NOT_EMAIL");

    // Consent that is withdrawn while the step waits for a worker.
    let reachable = json!({"email": "kim@example.com", "do_not_email": false});
    upsert(&stage, "lead", json!({"id": "l2", "attributes": reachable})).await;
    let (skipped, ended) = (stage.enroll("l2", "skips").await, stage.enroll("l2", "exits").await);
    assert_eq!(text(&enrollment(&stage, &ended["name"]).await, "/currentStepId"), "mail");
    let mut unsubscribed = of_lead("u", "unsubscribed");
    unsubscribed["record"] = json!("recordTypes/lead/records/l2");
    told(&stage, json!([unsubscribed])).await;
    assert_eq!(text(&enrollment(&stage, &skipped["name"]).await, "/currentStepId"), "then");
    assert_eq!(state(&stage, &ended).await, "EXITED NO_CONSENT");

    // An address that is only missing is a matter of the organization's policy.
    let third = stage.enroll("l3", "exits").await;
    assert_eq!(text(&enrollment(&stage, &third["name"]).await, "/currentStepId"), "mail");
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}
