//! Enrollments that begin later, or at another step than the first one.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::support::invariants;
use super::support::refused::Refused;
use super::support::stage::{Stage, event, list, text};

const ENROLL: &str = "EnrollmentService/EnrollRecord";

/// An email, a wait of five seconds, a call.
struct Floor(Stage);

impl Floor {
    async fn new() -> Self {
        let floor = Self(Stage::new().await);
        let wait = json!({"step_id": "wait", "wait": {"delay": {"seconds": 5}}});
        let steps = json!([{"step_id": "hello", "email": {}}, wait, {"step_id": "call", "phone_call": {}}]);
        floor.0.sequence("s", steps).await;
        floor
    }

    async fn enroll(&self, lead: &str, with: Value) -> Value {
        let mut request = json!({"record": format!("recordTypes/lead/records/{lead}"), "sequence": "s"});
        with.as_object().expect("fields").iter().for_each(|(field, value)| request[field] = value.clone());
        self.0.done(ENROLL, request).await["enrollment"].clone()
    }

    async fn get(&self, of: &Value) -> Value {
        let request = json!({"name": of["name"], "view": "FULL"});
        self.0.done("EnrollmentService/GetEnrollment", request).await["enrollment"].clone()
    }

    async fn act(&self, verb: &str, of: &Value) -> Value {
        let method = format!("EnrollmentService/{verb}");
        self.0.done(&method, json!({"name": of["name"]})).await["enrollment"].clone()
    }

    async fn advance(&self, time: TimeDelta) {
        self.0.app.advance(time).await;
        self.0.app.run_until_idle().await;
    }

    async fn hold(&self) {
        invariants::hold_in(self.0.app.app.engine.store(), self.0.app.now()).await;
    }
}

/// The state and the step of an enrollment.
fn place(of: &Value) -> (&str, &str) {
    (text(of, "/state"), of["currentStepId"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn an_enrollment_is_pending_until_its_start_and_then_begins() {
    let floor = Floor::new().await;
    let at = (floor.0.app.now() + TimeDelta::hours(2)).to_rfc3339();
    let pending = floor.enroll("l1", json!({"start_time": at})).await;
    let delayed = floor.enroll("l2", json!({"start_delay": {"hours": 3}})).await;
    assert_eq!(place(&pending), ("PENDING", "hello"));
    let until: DateTime<Utc> = text(&pending, "/waitingUntil").parse().expect("a time");
    assert_eq!(until - floor.0.app.now(), TimeDelta::hours(2));
    assert!(floor.0.queue("sellers/ana").await.is_empty());
    floor.hold().await;

    let explain = json!({"name": pending["name"]});
    let explained = floor.0.done("EnrollmentService/ExplainEnrollment", explain).await;
    let sentences = list(&explained, "/sentences");
    assert!(sentences[0].as_str().unwrap_or_default().starts_with("It hasn't begun yet."), "{sentences:?}");
    assert!(
        sentences[1].as_str().unwrap_or_default().starts_with("It begins step hello (Email) at"),
        "{sentences:?}"
    );

    floor.advance(TimeDelta::hours(2)).await;
    assert_eq!(place(&floor.get(&pending).await), ("ACTIVE", "hello"));
    assert_eq!(place(&floor.get(&delayed).await), ("PENDING", "hello"));
    floor.hold().await;
    let begun = floor.act("SkipWait", &delayed).await;
    assert_eq!(place(&begun), ("ACTIVE", "hello"), "it is begun now");
    floor.hold().await;

    let timeline = list(&floor.get(&pending).await, "/timeline");
    let told: Vec<_> =
        timeline.iter().map(event).map(|(kind, told)| (kind, told["stepId"].as_str())).collect();
    let expected = [
        ("enrollmentStarted", None),
        ("waitStarted", None),
        ("waitEnded", None),
        ("activityDue", Some("hello")),
    ];
    assert_eq!(told, expected);
    let stats = floor.0.done("SequenceService/GetSequenceStats", json!({"name": "s"})).await;
    assert_eq!(text(&list(&stats, "/steps")[0], "/totals/enteredCount"), "2", "the wait before isn't a step");
    floor.0.app.app.engine.recount_tallies().await.expect("counts");
    assert_eq!(floor.0.done("SequenceService/GetSequenceStats", json!({"name": "s"})).await, stats);
}

#[tokio::test]
async fn an_enrollment_can_begin_at_another_step() {
    let floor = Floor::new().await;
    let enrolled = floor.enroll("l1", json!({"start_step_id": "wait"})).await;
    assert_eq!(place(&enrolled), ("ACTIVE", "wait"));
    floor.advance(TimeDelta::seconds(5)).await;
    assert_eq!(place(&floor.get(&enrolled).await), ("ACTIVE", "call"));
    floor.hold().await;

    let both = json!({"start_step_id": "call", "start_delay": {"seconds": 1}});
    let later = floor.enroll("l2", both).await;
    assert_eq!(place(&later), ("PENDING", "call"));
    floor.advance(TimeDelta::seconds(1)).await;
    assert_eq!(place(&floor.get(&later).await), ("ACTIVE", "call"));
    floor.hold().await;
}

#[tokio::test]
async fn a_time_that_has_passed_means_now_and_one_too_far_ahead_is_refused() {
    let floor = Floor::new().await;
    let past = (floor.0.app.now() - TimeDelta::days(1)).to_rfc3339();
    assert_eq!(place(&floor.enroll("l1", json!({"start_time": past})).await), ("ACTIVE", "hello"));

    let far = json!({"record": "recordTypes/lead/records/l2", "sequence": "s", "start_delay": {"days": 366}});
    let refused = Refused::of(&floor.0.call(ENROLL, far).await.expect_err("is refused"));
    assert_eq!(refused.fields(), [("start_delay", "FIELD_INVALID")], "{refused:?}");
    let gone = json!({"record": "recordTypes/lead/records/l2", "sequence": "s", "start_step_id": "gone"});
    let refused = Refused::of(&floor.0.call(ENROLL, gone).await.expect_err("is refused"));
    assert_eq!(refused.fields(), [("start_step_id", "REFERENCE_NOT_FOUND")], "{refused:?}");
}

#[tokio::test]
async fn a_pending_enrollment_can_be_paused_moved_and_ended() {
    let floor = Floor::new().await;
    let delay = || json!({"start_delay": {"hours": 1}});
    let [paused, moved, ended] = [
        floor.enroll("l1", delay()).await,
        floor.enroll("l2", delay()).await,
        floor.enroll("l3", delay()).await,
    ];
    assert_eq!(text(&floor.act("PauseEnrollment", &paused).await, "/state"), "PAUSED");
    floor.act("ExitEnrollment", &ended).await;
    floor.hold().await;

    let steps = json!([{"step_id": "intro", "task": {}}, {"step_id": "hello", "email": {}}]);
    let update = json!({"sequence": {"name": "sequences/s", "steps": steps}, "update_mask": "steps"});
    floor.0.done("SequenceService/UpdateSequence", update).await;
    floor.0.done("SequenceService/ActivateSequence", json!({"name": "s"})).await;
    let migrate = json!({"name": moved["name"], "step_policy": "RESTART"});
    let after = floor.0.done("EnrollmentService/MigrateEnrollment", migrate).await["enrollment"].clone();
    assert_eq!((place(&after), &after["revision"]), (("PENDING", "intro"), &json!(2)));
    floor.hold().await;

    floor.advance(TimeDelta::hours(2)).await;
    assert_eq!(place(&floor.get(&moved).await), ("ACTIVE", "intro"));
    assert_eq!(place(&floor.get(&paused).await), ("PAUSED", "hello"));
    // Its time has come meanwhile.
    floor.act("ResumeEnrollment", &paused).await;
    floor.advance(TimeDelta::zero()).await;
    assert_eq!(place(&floor.get(&paused).await), ("ACTIVE", "hello"));
    floor.hold().await;
}
