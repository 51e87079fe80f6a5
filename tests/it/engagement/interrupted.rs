//! What persons do counts for enrollments that are paused, or that moved to another revision.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{complete, enrollment, of_lead, told};
use crate::support::invariants;
use crate::support::stage::{Stage, event, list, text};

/// A branch on what the person did with the email `hello`, within this many hours.
fn opened(hours: i32) -> Value {
    let condition =
        json!({"engagement": {"step_id": "hello", "actions": ["OPENED"], "limit": {"hours": hours}}});
    json!({"step_id": "opened", "branch": {"condition": condition,
        "yes_steps": [{"step_id": "call", "phone_call": {}}], "no_steps": [{"step_id": "reminder", "email": {}}]}})
}

/// The enrollment of the lead `l1`, whose email was completed, so that it waits at the branch.
async fn arrived(stage: &Stage) -> Value {
    stage.sequence("adaptive", json!([{"step_id": "hello", "email": {}}, opened(24)])).await;
    let enrolled = stage.enroll("l1", "adaptive").await;
    complete(stage, &enrolled["openActivity"]).await;
    enrollment(stage, &enrolled["name"]).await
}

async fn revise(stage: &Stage, steps: Value) {
    let update = json!({"sequence": {"name": "sequences/adaptive", "steps": steps}, "update_mask": "steps"});
    stage.done("SequenceService/UpdateSequence", update).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "adaptive"})).await;
}

async fn act(stage: &Stage, verb: &str, of: &Value) -> Value {
    let method = format!("EnrollmentService/{verb}Enrollment");
    let mut request = json!({"name": of["name"]});
    if verb == "Migrate" {
        request["step_policy"] = json!("SAME_STEP");
    }
    stage.done(&method, request).await["enrollment"].clone()
}

async fn step(stage: &Stage, of: &Value) -> String {
    enrollment(stage, &of["name"]).await["currentStepId"].as_str().unwrap_or_default().to_owned()
}

async fn hold(stage: &Stage) {
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn what_happened_during_a_pause_decides_the_branch_when_it_is_resumed() {
    let stage = Stage::new().await;
    let waits = arrived(&stage).await;
    act(&stage, "Pause", &waits).await;
    stage.app.advance(TimeDelta::hours(30)).await;
    assert_eq!(step(&stage, &waits).await, "opened", "its limit doesn't come while it is paused");
    told(&stage, json!([of_lead("o", "email_opened")])).await;
    let paused = enrollment(&stage, &waits["name"]).await;
    assert_eq!((text(&paused, "/state"), text(&paused, "/currentStepId")), ("PAUSED", "opened"));
    hold(&stage).await;

    let resumed = act(&stage, "Resume", &waits).await;
    assert_eq!((text(&resumed, "/state"), text(&resumed, "/currentStepId")), ("ACTIVE", "call"));
    hold(&stage).await;
}

#[tokio::test]
async fn a_reply_ends_a_paused_enrollment_and_an_email_sent_leaves_it_paused() {
    let stage = Stage::new().await;
    stage.sequence("adaptive", json!([{"step_id": "hello", "email": {}}])).await;
    let enrolled = stage.enroll("l1", "adaptive").await;
    act(&stage, "Pause", &enrolled).await;
    told(&stage, json!([of_lead("s", "email_sent")])).await;
    assert_eq!(text(&enrollment(&stage, &enrolled["name"]).await, "/state"), "PAUSED");
    hold(&stage).await;

    stage.app.advance(TimeDelta::seconds(1)).await;
    told(&stage, json!([of_lead("r", "replied")])).await;
    let ended = enrollment(&stage, &enrolled["name"]).await;
    assert_eq!((text(&ended, "/state"), text(&ended, "/reason")), ("EXITED", "REPLIED"));
    hold(&stage).await;
}

#[tokio::test]
async fn events_find_enrollments_as_a_pause_of_their_sequence_left_them() {
    let stage = Stage::new().await;
    let waits = arrived(&stage).await;
    let pause = json!({"name": "adaptive", "mode": "PAUSE"});
    stage.done("SequenceService/DeactivateSequence", pause).await;
    told(&stage, json!([of_lead("o", "email_opened")])).await;
    assert_eq!(text(&enrollment(&stage, &waits["name"]).await, "/state"), "PAUSED");
    hold(&stage).await;

    stage.done("SequenceService/ActivateSequence", json!({"name": "adaptive"})).await;
    stage.app.run_until_idle().await;
    assert_eq!(step(&stage, &waits).await, "call");
    hold(&stage).await;
}

#[tokio::test]
async fn a_branch_goes_on_waiting_in_another_revision_for_the_same_email() {
    let stage = Stage::new().await;
    let waits = arrived(&stage).await;
    let arrival = stage.app.now();
    stage.app.advance(TimeDelta::hours(3)).await;
    let intro = json!({"step_id": "intro", "task": {}});
    revise(&stage, json!([intro, {"step_id": "hello", "email": {}}, opened(5)])).await;

    let moved = act(&stage, "Migrate", &waits).await;
    let limit = (arrival + TimeDelta::hours(5)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    assert_eq!((text(&moved, "/currentStepId"), text(&moved, "/waitingUntil")), ("opened", limit.as_str()));
    hold(&stage).await;
    told(&stage, json!([of_lead("o", "email_opened")])).await;
    let shown = enrollment(&stage, &waits["name"]).await;
    assert_eq!(text(&shown, "/currentStepId"), "call");
    let engaged = list(&shown, "/timeline");
    let engaged = engaged.iter().map(event).find(|(kind, _)| *kind == "engagementRecorded");
    assert_eq!(engaged.map(|(_, told)| text(told, "/stepId").to_owned()), Some("hello".to_owned()));
    hold(&stage).await;
}

#[tokio::test]
async fn a_branch_that_was_met_before_the_move_is_decided_by_it() {
    let stage = Stage::new().await;
    let mut patient = opened(24);
    patient["branch"]["condition"]["engagement"]["wait_for_limit"] = json!(true);
    stage.sequence("adaptive", json!([{"step_id": "hello", "email": {}}, patient])).await;
    let enrolled = stage.enroll("l1", "adaptive").await;
    complete(&stage, &enrolled["openActivity"]).await;
    told(&stage, json!([of_lead("o", "email_opened")])).await;
    assert_eq!(step(&stage, &enrolled).await, "opened");

    revise(&stage, json!([{"step_id": "hello", "email": {}}, opened(24)])).await;
    assert_eq!(text(&act(&stage, "Migrate", &enrolled).await, "/currentStepId"), "call");
    hold(&stage).await;
}

#[tokio::test]
async fn conditions_of_another_revision_see_what_was_done_before_the_move() {
    let stage = Stage::new().await;
    let stays = json!([{"step_id": "hello", "email": {}}, {"step_id": "think", "task": {}}]);
    stage.sequence("adaptive", stays).await;
    let enrolled = stage.enroll("l1", "adaptive").await;
    complete(&stage, &enrolled["openActivity"]).await;
    assert_eq!(step(&stage, &enrolled).await, "think");

    let done = json!({"step": {"step_id": "hello", "ending": "COMPLETED"}});
    let asks = json!({"step_id": "asks", "branch": {"condition": done,
        "yes_steps": [{"step_id": "call", "phone_call": {}}], "no_steps": [{"step_id": "reminder", "email": {}}]}});
    let intro = json!({"step_id": "intro", "task": {}});
    let hello = json!({"step_id": "hello", "email": {}});
    revise(&stage, json!([intro, hello, {"step_id": "think", "task": {}}, asks])).await;
    let moved = act(&stage, "Migrate", &enrolled).await;
    complete(&stage, &moved["openActivity"]).await;
    assert_eq!(step(&stage, &enrolled).await, "call");
    hold(&stage).await;

    // The same numbers are counted anew from history, even if revisions were left.
    let stats = || stage.done("SequenceService/GetSequenceStats", json!({"name": "adaptive"}));
    let counted = stats().await;
    assert_eq!(list(&counted, "/revisions").len(), 2, "{counted}");
    stage.app.app.engine.recount_tallies().await.expect("counts");
    assert_eq!(stats().await, counted);
    hold(&stage).await;
}

#[tokio::test]
async fn while_the_person_is_away_the_enrollment_is_held_and_its_wait_keeps_what_is_unspent() {
    let stage = Stage::new().await;
    let waits = arrived(&stage).await;
    stage.app.advance(TimeDelta::hours(4)).await;
    let away = |event_id: &str, hours: i64| {
        let back = (stage.app.now() + TimeDelta::hours(hours)).to_rfc3339();
        json!({"event_id": event_id, "record": super::LEAD, "out_of_office": {"return_time": back}})
    };
    told(&stage, json!([away("a", 48)])).await;
    let held = enrollment(&stage, &waits["name"]).await;
    assert_eq!((text(&held, "/state"), text(&held, "/reason")), ("PAUSED", "OUT_OF_OFFICE"));
    hold(&stage).await;

    // A longer absence makes the hold longer, and a shorter one changes nothing.
    told(&stage, json!([away("b", 72), away("c", 1)])).await;
    let back = (stage.app.now() + TimeDelta::hours(72)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    assert_eq!(text(&enrollment(&stage, &waits["name"]).await, "/resumeTime"), back);
    hold(&stage).await;

    stage.app.advance(TimeDelta::hours(72)).await;
    stage.app.run_until_idle().await;
    let resumed = enrollment(&stage, &waits["name"]).await;
    let limit = (stage.app.now() + TimeDelta::hours(20)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    assert_eq!((text(&resumed, "/state"), text(&resumed, "/waitingUntil")), ("ACTIVE", limit.as_str()));
    hold(&stage).await;
}

#[tokio::test]
async fn an_activity_is_held_too_unless_the_sequence_does_not_want_it() {
    let stage = Stage::new().await;
    stage.sequence("held", json!([{"step_id": "hello", "email": {}}])).await;
    let create = json!({"sequence_id": "plain", "sequence": {"display_name": "Plain", "steps":
        [{"step_id": "hello", "email": {}}], "exit_criteria": {"out_of_office_hold": false}}});
    stage.done("SequenceService/CreateSequence", create).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "plain"})).await;
    let (held, plain) = (stage.enroll("l1", "held").await, stage.enroll("l1", "plain").await);

    let back = (stage.app.now() + TimeDelta::hours(2)).to_rfc3339();
    let away = json!({"event_id": "a", "record": super::LEAD, "out_of_office": {"return_time": back}});
    told(&stage, json!([away, of_lead("unknown", "out_of_office")])).await;
    assert_eq!(text(&enrollment(&stage, &held["name"]).await, "/state"), "PAUSED");
    assert_eq!(text(&enrollment(&stage, &plain["name"]).await, "/state"), "ACTIVE");
    assert_eq!(stage.queue("sellers/ana").await.len(), 1);
    hold(&stage).await;

    // A sequence that is paused meanwhile keeps it.
    stage.done("SequenceService/DeactivateSequence", json!({"name": "held", "mode": "PAUSE"})).await;
    stage.app.advance(TimeDelta::hours(2)).await;
    stage.app.run_until_idle().await;
    let paused = enrollment(&stage, &held["name"]).await;
    assert_eq!((text(&paused, "/state"), text(&paused, "/reason")), ("PAUSED", "SEQUENCE_PAUSED"));
    hold(&stage).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "held"})).await;
    stage.app.run_until_idle().await;
    assert_eq!(stage.queue("sellers/ana").await.len(), 2);
    hold(&stage).await;
}

#[tokio::test]
async fn an_enrollment_that_is_held_can_be_resumed_by_hand_or_ended() {
    let stage = Stage::new().await;
    let waits = arrived(&stage).await;
    let back = (stage.app.now() + TimeDelta::hours(2)).to_rfc3339();
    let away = json!({"event_id": "a", "record": super::LEAD, "out_of_office": {"return_time": back}});
    told(&stage, json!([away])).await;
    assert_eq!(text(&act(&stage, "Resume", &waits).await, "/state"), "ACTIVE");
    hold(&stage).await;

    let back = (stage.app.now() + TimeDelta::hours(3)).to_rfc3339();
    let away = json!({"event_id": "b", "record": super::LEAD, "out_of_office": {"return_time": back}});
    told(&stage, json!([away])).await;
    act(&stage, "Exit", &waits).await;
    hold(&stage).await;
}

#[tokio::test]
async fn a_held_enrollment_can_begin_again_in_another_revision() {
    let stage = Stage::new().await;
    stage.sequence("adaptive", json!([{"step_id": "hello", "email": {}}])).await;
    let enrolled = stage.enroll("l1", "adaptive").await;
    let back = (stage.app.now() + TimeDelta::days(2)).to_rfc3339();
    let away = json!({"event_id": "a", "record": super::LEAD, "out_of_office": {"return_time": back}});
    told(&stage, json!([away])).await;
    revise(&stage, json!([{"step_id": "intro", "task": {}}, {"step_id": "hello", "email": {}}])).await;

    let request = json!({"name": enrolled["name"], "step_policy": "RESTART"});
    let moved = stage.done("EnrollmentService/MigrateEnrollment", request).await["enrollment"].clone();
    assert_eq!((text(&moved, "/state"), text(&moved, "/currentStepId")), ("PAUSED", "intro"));
    hold(&stage).await;
    stage.app.advance(TimeDelta::days(2)).await;
    stage.app.run_until_idle().await;
    assert_eq!(text(&enrollment(&stage, &enrolled["name"]).await, "/state"), "ACTIVE");
    hold(&stage).await;
}
