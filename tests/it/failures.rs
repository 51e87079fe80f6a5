//! Enrollments whose step can't be carried out: they fail, and go on once somebody retries them.

use serde_json::{Value, json};

use crate::support::invariants;
use crate::support::refused::refused;
use crate::support::stage::{Stage, each, event, list, text};

const RETRY: &str = "EnrollmentService/RetryEnrollment";

/// A stage with the sequence `onward`, which advances to `tasks`.
async fn stage() -> Stage {
    let stage = Stage::new().await;
    let on = json!({"step_id": "on", "advance_to_sequence": {"sequence": "tasks"}});
    stage.sequence("onward", json!([{"step_id": "first", "task": {}}, on])).await;
    stage
}

async fn get(stage: &Stage, name: &Value) -> Value {
    let request = json!({"name": name, "view": "FULL"});
    stage.done("EnrollmentService/GetEnrollment", request).await["enrollment"].clone()
}

/// Its state and reason.
async fn is(stage: &Stage, name: &Value) -> (String, String) {
    let got = get(stage, name).await;
    let word = |field: &str| got[field].as_str().unwrap_or_default().to_owned();
    (word("state"), word("reason"))
}

fn told(enrollment: &Value) -> Vec<String> {
    list(enrollment, "/timeline").iter().map(|one| event(one).0.to_owned()).collect()
}

/// An enrollment that failed, because `tasks` isn't active any more.
async fn failed(stage: &Stage, lead: &str) -> Value {
    stage.done("SequenceService/DeactivateSequence", json!({"name": "tasks"})).await;
    let enrolled = stage.enroll(lead, "onward").await;
    let complete = json!({"name": enrolled["openActivity"]});
    stage.done("WorkQueueService/CompleteActivity", complete).await;
    stage.app.run_until_idle().await;
    enrolled["name"].clone()
}

async fn activate(stage: &Stage) {
    stage.done("SequenceService/ActivateSequence", json!({"name": "tasks"})).await;
}

async fn retry(stage: &Stage, name: &Value) {
    stage.done(RETRY, json!({"name": name})).await;
    stage.app.run_until_idle().await;
}

async fn sound(stage: &Stage) {
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

fn unavailable() -> (String, String) {
    ("FAILED".to_owned(), "SEQUENCE_UNAVAILABLE".to_owned())
}

#[tokio::test]
async fn one_that_cannot_advance_fails_and_goes_on_with_a_retry_once_it_can() {
    let stage = stage().await;
    let name = failed(&stage, "l1").await;
    assert_eq!(is(&stage, &name).await, unavailable());
    let shown = get(&stage, &name).await;
    assert_eq!((text(&shown, "/currentStepId"), text(&shown, "/failTime").is_empty()), ("on", false));
    assert_eq!(shown.get("endTime"), None, "it counts as open");
    assert!(stage.queue("sellers/ana").await.is_empty());
    sound(&stage).await;

    // Nothing changes until the cause is gone.
    retry(&stage, &name).await;
    assert_eq!(is(&stage, &name).await, unavailable());
    sound(&stage).await;
    activate(&stage).await;
    stage.app.run_until_idle().await;
    assert_eq!(is(&stage, &name).await, unavailable(), "nobody has retried it");

    retry(&stage, &name).await;
    assert_eq!(is(&stage, &name).await, ("EXITED".to_owned(), "ADVANCED".to_owned()));
    assert_eq!(each(&stage.queue("sellers/ana").await, "sequence"), ["sequences/tasks"]);
    let timeline = told(&get(&stage, &name).await);
    let expected = [
        "enrollmentStarted",
        "activityDue",
        "activityCompleted",
        "enrollmentFailed",
        "enrollmentRetried",
        "enrollmentFailed",
        "enrollmentRetried",
        "enrollmentExited",
    ];
    assert_eq!(timeline, expected);
    sound(&stage).await;
}

#[tokio::test]
async fn a_record_that_cannot_have_the_attribute_fails_the_step_that_sets_it() {
    let stage = Stage::new().await;
    let texts = (0..8).map(|number| (format!("text{number}"), json!({"type": "STRING"})));
    let attributes: serde_json::Map<String, Value> =
        texts.chain([("note".to_owned(), json!({"type": "STRING"}))]).collect();
    stage
        .done("RecordService/DeclareAttributes", json!({"record_type": "lead", "attributes": attributes}))
        .await;
    let set =
        json!({"step_id": "set", "update_attribute": {"attribute": "note", "value": "n".repeat(1_000)}});
    stage.sequence("sets", json!([set, {"step_id": "after", "task": {}}])).await;

    // As large as a record can be, nearly.
    for number in 0..8 {
        let attributes = json!({format!("text{number}"): "🦀".repeat(32_740)});
        stage.admin.leads(json!([{"id": "l1", "owner": "ana", "attributes": attributes}])).await;
    }
    let name = stage.enroll("l1", "sets").await["name"].clone();
    stage.app.run_until_idle().await;
    assert_eq!(is(&stage, &name).await, ("FAILED".to_owned(), "ATTRIBUTE_REFUSED".to_owned()));
    let shown = get(&stage, &name).await;
    let timeline = list(&shown, "/timeline");
    let (kind, said) = event(timeline.last().expect("it failed"));
    assert_eq!(
        (kind, said["refusedReason"].as_str().is_some_and(|why| !why.is_empty())),
        ("enrollmentFailed", true)
    );
    sound(&stage).await;

    stage.admin.leads(json!([{"id": "l1", "attributes": {"text0": null}}])).await;
    retry(&stage, &name).await;
    assert_eq!(text(&get(&stage, &name).await, "/currentStepId"), "after");
    sound(&stage).await;
}

#[tokio::test]
async fn what_failed_is_neither_paused_nor_resumed_nor_skipped_but_ends_like_every_other() {
    let stage = stage().await;
    let name = failed(&stage, "l1").await;
    for method in ["PauseEnrollment", "ResumeEnrollment", "SkipWait"] {
        let refused =
            refused(stage.call(&format!("EnrollmentService/{method}"), json!({"name": name})).await);
        assert_eq!(refused.reason, "ENROLLMENT_FAILED", "{method}");
    }
    let running = stage.enroll("l2", "short").await;
    let not_failed = refused(stage.call(RETRY, json!({"name": running["name"]})).await);
    assert_eq!(not_failed.reason, "ENROLLMENT_NOT_FAILED");
    let other = stage.salesperson("ben").await;
    assert_eq!(refused(other.call(RETRY, json!({"name": name})).await).reason, "RESOURCE_NOT_FOUND");

    stage.done("EnrollmentService/ExitEnrollment", json!({"name": name})).await;
    assert_eq!(is(&stage, &name).await, ("EXITED".to_owned(), "MANUAL".to_owned()));
    assert_eq!(refused(stage.call(RETRY, json!({"name": name})).await).reason, "ENROLLMENT_ENDED");
    sound(&stage).await;
}

#[tokio::test]
async fn a_failed_one_is_found_explained_and_retried_with_all_others() {
    let stage = stage().await;
    let name = failed(&stage, "l1").await;
    let filter = json!({"filter": "enrollment.state == \"FAILED\" && enrollment.open"});
    let listed = stage.done("EnrollmentService/ListEnrollments", filter).await;
    assert_eq!(each(&list(&listed, "/enrollments"), "name"), [name.as_str().expect("a name")]);

    let explained = stage.done("EnrollmentService/ExplainEnrollment", json!({"name": name})).await;
    let sentences = explained["sentences"].to_string();
    assert!(sentences.contains("It failed at") && sentences.contains("SEQUENCE_NOT_ACTIVE"), "{sentences}");
    assert!(sentences.contains("RetryEnrollment"), "{sentences}");
    let changes = list(&explained, "/changes");
    assert!(each(&changes, "kind").contains(&"RETRY_ENROLLMENT"), "{changes:?}");

    activate(&stage).await;
    let all = json!({"sequence": "onward", "action": {"retry": {}}, "validate_only": true});
    let counted = stage.done("EnrollmentService/ActOnEnrollments", all.clone()).await;
    assert_eq!((&counted["changedCount"], counted.get("refusedCount")), (&json!("1"), None));
    let all = json!({"sequence": "onward", "action": {"retry": {}}});
    stage.done("EnrollmentService/ActOnEnrollments", all).await;
    stage.app.run_until_idle().await;
    assert_eq!(is(&stage, &name).await.0, "EXITED");
    sound(&stage).await;
}

#[tokio::test]
async fn a_failed_one_goes_on_at_another_step_or_tries_its_own_in_another_revision() {
    let stage = stage().await;
    let (name, other) = (failed(&stage, "l1").await, failed(&stage, "l2").await);
    let steps = json!([{"step_id": "first", "task": {}}, {"step_id": "extra", "task": {}},
        {"step_id": "on", "advance_to_sequence": {"sequence": "tasks"}}]);
    activate(&stage).await;
    stage
        .done(
            "SequenceService/UpdateSequence",
            json!({"sequence": {"name": "sequences/onward", "steps": steps}}),
        )
        .await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "onward"})).await;

    let migrate = "EnrollmentService/MigrateEnrollment";
    stage.done(migrate, json!({"name": other, "step_id": "extra"})).await;
    assert_eq!((is(&stage, &other).await.0.as_str(), stage.queue("sellers/ana").await.len()), ("ACTIVE", 1));
    sound(&stage).await;
    stage.done(migrate, json!({"name": name})).await;
    stage.app.run_until_idle().await;
    assert_eq!(is(&stage, &name).await, ("EXITED".to_owned(), "ADVANCED".to_owned()));
    sound(&stage).await;
}

#[tokio::test]
async fn one_that_failed_in_a_paused_sequence_is_retried_after_that_is_activated() {
    let stage = stage().await;
    let name = failed(&stage, "l1").await;
    let pause = json!({"name": "onward", "mode": "PAUSE"});
    stage.done("SequenceService/DeactivateSequence", pause).await;
    stage.app.run_until_idle().await;
    assert_eq!(is(&stage, &name).await, unavailable(), "it stays so");
    assert_eq!(refused(stage.call(RETRY, json!({"name": name})).await).reason, "SEQUENCE_PAUSED");
    activate(&stage).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "onward"})).await;
    stage.app.run_until_idle().await;
    retry(&stage, &name).await;
    assert_eq!(is(&stage, &name).await.0, "EXITED");
    sound(&stage).await;
}

#[tokio::test]
async fn one_that_failed_goes_to_another_step_of_a_paused_sequence_only_to_wait_there() {
    let stage = stage().await;
    let name = failed(&stage, "l1").await;
    let pause = json!({"name": "onward", "mode": "PAUSE"});
    stage.done("SequenceService/DeactivateSequence", pause).await;
    stage.app.run_until_idle().await;

    let migrate = json!({"name": name, "step_id": "first"});
    stage.done("EnrollmentService/MigrateEnrollment", migrate).await;
    stage.app.run_until_idle().await;
    assert_eq!(is(&stage, &name).await, ("PAUSED".to_owned(), "SEQUENCE_PAUSED".to_owned()));
    assert!(stage.queue("sellers/ana").await.is_empty(), "nobody works in a paused sequence");
    sound(&stage).await;

    activate(&stage).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "onward"})).await;
    stage.app.run_until_idle().await;
    assert_eq!((is(&stage, &name).await.0.as_str(), stage.queue("sellers/ana").await.len()), ("ACTIVE", 1));
    sound(&stage).await;
}
