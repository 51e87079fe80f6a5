//! Waits in working time that are paused, or that go on in another revision.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{offices, own, read, sound, then_call};
use crate::support::stage::text;

#[tokio::test]
async fn a_paused_wait_goes_on_with_what_is_unspent_of_its_working_time() {
    let stage = offices().await;
    stage.sequence("hours", then_call(json!({"business_hours": {"hours": 4}}))).await;
    stage.sequence("morning", then_call(json!({"until_local_time": {"time": "09:00"}}))).await;
    let [hours, morning] = [stage.enroll("l1", "hours").await, stage.enroll("l1", "morning").await];
    stage.app.advance(TimeDelta::hours(1)).await;
    let act = async |verb: &str, of: &Value| {
        let method = format!("EnrollmentService/{verb}Enrollment");
        stage.done(&method, json!({"name": of["name"]})).await["enrollment"].clone()
    };
    for enrolled in [&hours, &morning] {
        act("Pause", enrolled).await;
    }
    sound(&stage).await;

    // Wednesday at noon in Berlin: one of four hours is spent, and nine o'clock comes again.
    stage.app.advance(TimeDelta::hours(25)).await;
    assert_eq!(text(&act("Resume", &hours).await, "/waitingUntil"), "2026-09-23T13:00:00Z");
    assert_eq!(text(&act("Resume", &morning).await, "/waitingUntil"), "2026-09-24T07:00:00Z");
    sound(&stage).await;

    // In New York the day begins later. What was spent before the pause stays spent.
    own(&stage, "l1", "ben").await;
    stage.app.run_until_idle().await;
    assert_eq!(text(&read(&stage, &hours).await, "/waitingUntil"), "2026-09-23T16:00:00Z");
    sound(&stage).await;
}

#[tokio::test]
async fn a_wait_in_another_revision_is_planned_by_the_rules_of_that_revision() {
    let stage = offices().await;
    stage.sequence("s", then_call(json!({"delay": {"hours": 4}}))).await;
    let enrolled = stage.enroll("l1", "s").await;
    stage.app.advance(TimeDelta::hours(1)).await;
    let steps = then_call(json!({"business_hours": {"hours": 10}}));
    let update = json!({"sequence": {"name": "sequences/s", "steps": steps}, "update_mask": "steps"});
    stage.done("SequenceService/UpdateSequence", update).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "s"})).await;

    let migrate = json!({"name": enrolled["name"], "step_policy": "SAME_STEP"});
    let moved = stage.done("EnrollmentService/MigrateEnrollment", migrate).await["enrollment"].clone();
    // Seven hours on Tuesday, and three on Wednesday.
    assert_eq!(text(&moved, "/waitingUntil"), "2026-09-23T10:00:00Z");
    sound(&stage).await;
}

#[tokio::test]
async fn a_change_of_the_record_leaves_the_end_of_a_resumed_wait_as_it_is() {
    let stage = offices().await;
    stage.sequence("hours", then_call(json!({"business_hours": {"hours": 4}}))).await;
    stage.sequence("days", then_call(json!({"business_days": {"days": 3}}))).await;
    stage.sequence("morning", then_call(json!({"until_local_time": {"time": "09:00"}}))).await;
    let mut enrolled = Vec::new();
    for sequence in ["hours", "days", "morning"] {
        enrolled.push(stage.enroll("l1", sequence).await);
    }
    let all = async |verb: &str| {
        for one in &enrolled {
            let method = format!("EnrollmentService/{verb}Enrollment");
            stage.done(&method, json!({"name": one["name"]})).await;
        }
    };
    let ends = async || {
        let mut ends = Vec::new();
        for one in &enrolled {
            ends.push(text(&read(&stage, one).await, "/waitingUntil").to_owned());
        }
        ends
    };

    // Paused on Tuesday at noon in Berlin, and resumed on Thursday at half past nine.
    stage.app.advance(TimeDelta::hours(2)).await;
    all("Pause").await;
    stage.app.advance(TimeDelta::hours(45) + TimeDelta::minutes(30)).await;
    all("Resume").await;
    let planned = ends().await;
    assert_eq!(planned[0], "2026-09-24T09:30:00Z", "two of four hours are left");
    assert_eq!(planned[2], "2026-09-25T07:00:00Z");

    stage.admin.leads(json!([{"id": "l1", "owner": "ana", "attributes": {"name": "Renamed"}}])).await;
    stage.app.run_until_idle().await;
    assert_eq!(ends().await, planned);
    own(&stage, "l1", "ben").await;
    own(&stage, "l1", "ana").await;
    stage.app.run_until_idle().await;
    assert_eq!(ends().await, planned, "no drift");
    sound(&stage).await;
}
