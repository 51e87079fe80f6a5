//! Records that have been through a sequence and begin it again, or may not.

use chrono::{DateTime, TimeDelta};
use serde_json::{Value, json};

use super::support::refused::refused;
use super::support::stage::{Stage, list, text};

/// Sets when a record may begin the sequence `tasks` again.
async fn set(stage: &Stage, reenrollment: Value) -> Value {
    let sequence = json!({"name": "sequences/tasks", "reenrollment": reenrollment});
    let request = json!({"sequence": sequence, "update_mask": "reenrollment"});
    stage.done("SequenceService/UpdateSequence", request).await["sequence"].clone()
}

/// Enrolls a lead in `tasks`, and ends that enrollment.
async fn pass(stage: &Stage, lead: &str) -> Value {
    let enrolled = stage.enroll(lead, "tasks").await;
    let request = json!({"name": text(&enrolled, "/name")});
    stage.done("EnrollmentService/ExitEnrollment", request).await["enrollment"].clone()
}

fn request(lead: &str) -> Value {
    json!({"record": format!("recordTypes/lead/records/{lead}"), "sequence": "tasks"})
}

#[tokio::test]
async fn by_hand_a_record_begins_again_never_after_a_gap_or_at_once() {
    let stage = Stage::new().await;
    let ended = pass(&stage, "l1").await;
    let shown = set(&stage, json!({"by_hand": "NEVER"})).await;
    assert_eq!(shown["reenrollment"], json!({"bySegment": "NEVER", "byHand": "NEVER"}));
    assert_eq!(shown.get("draftChanged"), None, "it is no part of the draft");

    let never = refused(stage.call("EnrollmentService/EnrollRecord", request("l1")).await);
    assert_eq!((never.reason.as_str(), never.metadata.get("begin_time")), ("ENROLLED_BEFORE", None));
    assert_eq!(never.metadata["sequence"], "sequences/tasks");
    stage.enroll("l2", "tasks").await;

    set(&stage, json!({"by_hand": "AFTER_GAP", "gap": {"hours": 1}})).await;
    let ended = DateTime::parse_from_rfc3339(text(&ended, "/endTime")).expect("a time");
    let early = refused(stage.call("EnrollmentService/EnrollRecord", request("l1")).await);
    let begins = DateTime::parse_from_rfc3339(&early.metadata["begin_time"]).expect("a time");
    assert_eq!((early.reason.as_str(), begins), ("ENROLLED_BEFORE", ended + TimeDelta::hours(1)));

    stage.app.advance(TimeDelta::hours(1)).await;
    let again = stage.enroll("l1", "tasks").await;
    assert_eq!(again["passNumber"], json!(2));
}

#[tokio::test]
async fn all_that_match_are_counted_and_enrolled_as_one_would_be() {
    let stage = Stage::new().await;
    pass(&stage, "l1").await;
    set(&stage, json!({"by_hand": "AFTER_GAP", "gap": {"hours": 1}})).await;
    stage.app.advance(TimeDelta::minutes(59)).await;
    pass(&stage, "l2").await;
    stage.app.advance(TimeDelta::minutes(1)).await;
    stage.enroll("l3", "tasks").await;

    // l1 may begin again, l4 begins for the first time; l2 ended too late, and l3 is open.
    let act = json!({"sequence": "tasks", "enroll": {}});
    let mut asked = act.clone();
    asked["validate_only"] = json!(true);
    let counted = stage.done("EnrollmentService/ActOnEnrollments", asked).await;
    assert_eq!((&counted["changedCount"], &counted["unchangedCount"]), (&json!("2"), &json!("2")));

    stage.done("EnrollmentService/ActOnEnrollments", act).await;
    stage.app.run_until_idle().await;
    let filter = json!({"filter": "enrollment.sequence == \"tasks\" && enrollment.state == \"ACTIVE\""});
    let open = list(&stage.done("EnrollmentService/ListEnrollments", filter).await, "/enrollments");
    let mut open: Vec<&str> = open.iter().map(|one| text(one, "/record")).collect();
    open.sort_unstable();
    let lead = |id: &str| format!("recordTypes/lead/records/{id}");
    assert_eq!(open, [lead("l1"), lead("l3"), lead("l4")]);
}

#[tokio::test]
async fn a_step_that_advances_passes_over_a_record_that_may_not_begin_again() {
    let stage = Stage::new().await;
    pass(&stage, "l1").await;
    set(&stage, json!({"by_hand": "NEVER"})).await;
    let steps = json!([
        {"step_id": "one", "task": {}},
        {"step_id": "on", "advance_to_sequence": {"sequence": "tasks"}}]);
    stage.sequence("before", steps).await;
    let enrolled = stage.enroll("l1", "before").await;
    let done = json!({"name": text(&enrolled, "/openActivity")});
    stage.done("WorkQueueService/CompleteActivity", done).await;
    stage.app.run_until_idle().await;

    let named = json!({"name": text(&enrolled, "/name"), "view": "FULL"});
    let shown = stage.done("EnrollmentService/GetEnrollment", named).await["enrollment"].clone();
    assert_eq!(text(&shown, "/state"), "EXITED");
    let told = shown["timeline"].to_string();
    assert!(told.contains("ENROLLED_BEFORE"), "{told}");
}

#[tokio::test]
async fn a_wrong_policy_is_refused_with_all_that_is_wrong() {
    let stage = Stage::new().await;
    for (wrong, reason) in [
        (json!({"by_segment": "AFTER_GAP"}), "FIELD_REQUIRED"),
        (json!({"by_segment": "AFTER_GAP", "gap": {"seconds": 59}}), "FIELD_INVALID"),
        (json!({"by_hand": "AFTER_GAP", "gap": {"days": 3650, "seconds": 1}}), "FIELD_INVALID"),
        (json!({"by_hand": "ALWAYS", "gap": {"minutes": 1}}), "FIELD_INVALID"),
    ] {
        let sequence = json!({"name": "sequences/tasks", "reenrollment": wrong, "display_name": ""});
        let request = json!({"sequence": sequence, "update_mask": "reenrollment,displayName"});
        let found = refused(stage.call("SequenceService/UpdateSequence", request).await);
        let expected = [("sequence.display_name", "FIELD_REQUIRED"), ("sequence.reenrollment.gap", reason)];
        let mut fields = found.fields();
        fields.sort_unstable();
        assert_eq!(fields, expected, "{wrong}");
    }
}
