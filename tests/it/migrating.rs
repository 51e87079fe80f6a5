//! Moving enrollments to another revision, one by one.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tonic::Code;

use crate::support::invariants;
use crate::support::refused::Refused;
use crate::support::stage::{Stage, event, list, text};

const MIGRATE: &str = "EnrollmentService/MigrateEnrollment";
const COMPLETE: &str = "WorkQueueService/CompleteActivity";

/// A sales floor with the sequence `m`: hello (email), pause (ten seconds), call.
struct Floor(Stage);

impl Floor {
    async fn new() -> Self {
        let floor = Self(Stage::new().await);
        let pause = json!({"step_id": "pause", "wait": {"delay": {"seconds": 10}}});
        let steps = json!([{"step_id": "hello", "email": {}}, pause, {"step_id": "call", "phone_call": {}}]);
        floor.0.sequence("m", steps).await;
        floor
    }

    /// Activates another revision: an intro before all, a longer pause, and a task for the call.
    async fn revise(&self, hello: bool) {
        let mut steps = vec![json!({"step_id": "intro", "task": {}})];
        if hello {
            steps.push(json!({"step_id": "hello", "email": {}}));
        }
        steps.push(json!({"step_id": "pause", "wait": {"delay": {"seconds": 25}}}));
        steps.push(json!({"step_id": "call", "task": {}}));
        let update = json!({"sequence": {"name": "sequences/m", "steps": steps}, "update_mask": "steps"});
        self.0.done("SequenceService/UpdateSequence", update).await;
        self.0.done("SequenceService/ActivateSequence", json!({"name": "m"})).await;
    }

    async fn enroll(&self, lead: &str) -> String {
        text(&self.0.enroll(lead, "m").await, "/name").to_owned()
    }

    async fn get(&self, name: &str) -> Value {
        let request = json!({"name": name, "view": "FULL"});
        self.0.done("EnrollmentService/GetEnrollment", request).await["enrollment"].clone()
    }

    async fn activity(&self, name: &str) -> Value {
        let name = self.get(name).await["openActivity"].clone();
        self.0.done("WorkQueueService/GetActivity", json!({"name": name})).await["activity"].clone()
    }

    async fn complete(&self, name: &str, outcome: &str) {
        let activity = self.get(name).await["openActivity"].clone();
        self.0.done(COMPLETE, json!({"name": activity, "outcome": outcome})).await;
    }

    async fn migrate(&self, name: &str, policy: &str) -> Value {
        self.0.done(MIGRATE, json!({"name": name, "step_policy": policy})).await["enrollment"].clone()
    }

    async fn refused(&self, method: &str, request: Value) -> Refused {
        Refused::of(&self.0.call(method, request).await.expect_err("is refused"))
    }

    async fn advance(&self, seconds: i64) {
        self.0.app.advance(TimeDelta::seconds(seconds)).await;
        self.0.app.run_until_idle().await;
    }

    fn ends_in(&self, enrollment: &Value) -> i64 {
        let until: DateTime<Utc> = text(enrollment, "/waitingUntil").parse().expect("a time");
        (until - self.0.app.now()).num_seconds()
    }

    async fn hold(&self) {
        invariants::hold_in(self.0.app.app.engine.store(), self.0.app.now()).await;
    }
}

#[tokio::test]
async fn an_activity_stays_open_in_its_place_and_a_wait_began_when_it_began() {
    let floor = Floor::new().await;
    let (acts, waits) = (floor.enroll("l1").await, floor.enroll("l2").await);
    floor.complete(&waits, "").await;
    floor.advance(4).await;
    floor.revise(true).await;
    let before = floor.activity(&acts).await;

    let after = floor.migrate(&acts, "SAME_STEP").await;
    assert_eq!((after["revision"].as_i64(), text(&after, "/currentStepId")), (Some(2), "hello"));
    let activity = floor.activity(&acts).await;
    assert_eq!((&activity["name"], &activity["orderKey"]), (&before["name"], &before["orderKey"]));
    floor.hold().await;

    let after = floor.migrate(&waits, "SAME_STEP").await;
    assert_eq!((text(&after, "/currentStepId"), floor.ends_in(&after)), ("pause", 21));
    assert_eq!(floor.migrate(&waits, "RESTART").await["etag"], after["etag"], "it is there");
    floor.hold().await;
    floor.advance(21).await;
    assert_eq!(text(&floor.activity(&waits).await, "/kind"), "TASK");
    floor.complete(&acts, "").await;
    floor.hold().await;

    let timeline = list(&floor.get(&waits).await, "/timeline");
    let told: Vec<(&str, &str)> = timeline
        .iter()
        .map(|one| (event(one).0, event(one).1["stepId"].as_str().unwrap_or_default()))
        .collect();
    let expected = [
        ("enrollmentStarted", ""),
        ("activityDue", "hello"),
        ("activityCompleted", "hello"),
        ("waitStarted", "pause"),
        ("enrollmentMigrated", "pause"),
        ("waitEnded", "pause"),
        ("activityDue", "call"),
    ];
    assert_eq!(told, expected);
    assert_eq!(event(&timeline[4]).1["fromRevision"], 1);
}

#[tokio::test]
async fn a_step_of_another_kind_begins_anew_and_one_that_is_gone_needs_another_policy() {
    let floor = Floor::new().await;
    let (calls, hello, paused) =
        (floor.enroll("l1").await, floor.enroll("l2").await, floor.enroll("l3").await);
    floor.complete(&calls, "").await;
    floor.advance(10).await;
    floor.revise(false).await;
    let call = floor.activity(&calls).await;

    let after = floor.migrate(&calls, "STEP_POLICY_UNSPECIFIED").await;
    assert_eq!(text(&after, "/currentStepId"), "call");
    assert_eq!(text(&floor.activity(&calls).await, "/kind"), "TASK");
    let canceled = floor.0.done("WorkQueueService/GetActivity", json!({"name": call["name"]})).await;
    assert_eq!(text(&canceled, "/activity/state"), "CANCELED");
    floor.hold().await;

    let gone = floor.refused(MIGRATE, json!({"name": hello})).await;
    assert_eq!((gone.code, gone.reason.as_str()), (Code::FailedPrecondition, "STEP_GONE"));
    assert_eq!((&*gone.metadata["step_id"], &*gone.metadata["revision"]), ("hello", "2"));
    assert_eq!(text(&floor.migrate(&hello, "SAME_STEP_OR_RESTART").await, "/currentStepId"), "intro");
    floor.hold().await;

    floor.0.done("EnrollmentService/PauseEnrollment", json!({"name": paused})).await;
    let after = floor.migrate(&paused, "RESTART").await;
    assert_eq!((text(&after, "/state"), text(&after, "/currentStepId")), ("PAUSED", "intro"));
    floor.hold().await;
    floor.0.done("EnrollmentService/ResumeEnrollment", json!({"name": paused})).await;
    assert_eq!(text(&floor.activity(&paused).await, "/state"), "DUE");
    floor.hold().await;
}

#[tokio::test]
async fn a_migration_is_refused_for_what_ended_and_unknown_revisions_and_bars_reopening() {
    let floor = Floor::new().await;
    let (waits, ended) = (floor.enroll("l1").await, floor.enroll("l2").await);
    let email = floor.get(&waits).await["openActivity"].clone();
    floor.complete(&waits, "").await;
    floor.0.done("EnrollmentService/ExitEnrollment", json!({"name": ended})).await;
    floor.revise(true).await;

    let refused = floor.refused(MIGRATE, json!({"name": ended})).await;
    assert_eq!(refused.reason, "ENROLLMENT_ENDED");
    let unknown = floor.refused(MIGRATE, json!({"name": waits, "revision": 9})).await;
    assert_eq!((unknown.code, unknown.reason.as_str()), (Code::InvalidArgument, "REFERENCE_NOT_FOUND"));

    floor.0.done("EnrollmentService/PauseEnrollment", json!({"name": waits})).await;
    let after = floor.migrate(&waits, "SAME_STEP").await;
    assert_eq!(text(&after, "/state"), "PAUSED");
    let after = floor.0.done("EnrollmentService/ResumeEnrollment", json!({"name": waits})).await;
    assert_eq!(floor.ends_in(&after["enrollment"]), 25);
    let back = floor.0.done(MIGRATE, json!({"name": waits, "revision": 1})).await;
    assert_eq!(floor.ends_in(&back["enrollment"]), 10);
    floor.migrate(&waits, "SAME_STEP").await;
    let barred = floor.refused("WorkQueueService/ReopenActivity", json!({"name": email})).await;
    assert_eq!(barred.metadata["obstacle"], "MIGRATED");
    floor.hold().await;
}

#[tokio::test]
async fn an_enrollment_moves_to_a_step_further_on_or_back() {
    let floor = Floor::new().await;
    let enrolled = floor.enroll("l1").await;
    let to = async |step: &str| {
        let request = json!({"name": enrolled, "revision": 1, "step_id": step});
        floor.0.done(MIGRATE, request).await["enrollment"].clone()
    };
    let hello = floor.get(&enrolled).await["openActivity"].clone();
    assert_eq!(text(&to("call").await, "/currentStepId"), "call");
    let canceled = floor.0.done("WorkQueueService/GetActivity", json!({"name": hello})).await;
    assert_eq!(text(&canceled, "/activity/state"), "CANCELED");
    floor.hold().await;

    assert_eq!(text(&to("hello").await, "/currentStepId"), "hello");
    floor.hold().await;
    let email = floor.get(&enrolled).await["openActivity"].clone();
    floor.complete(&enrolled, "").await;
    assert_eq!(text(&to("pause").await, "/currentStepId"), "pause");
    let reopened = floor.refused("WorkQueueService/ReopenActivity", json!({"name": email})).await;
    assert_eq!(&*reopened.metadata["obstacle"], "MIGRATED");
    floor.hold().await;

    // What is done after the move can be reopened, although a later step was done before it.
    let call = to("call").await["openActivity"].clone();
    let made = json!({"name": call, "outcome": "made"});
    floor.0.done("WorkQueueService/CompleteActivity", made).await;
    floor.hold().await;
    let other = floor.enroll("l2").await;
    let gone = floor.refused(MIGRATE, json!({"name": other, "step_id": "nowhere"})).await;
    assert_eq!((gone.reason.as_str(), &*gone.metadata["step_id"]), ("STEP_GONE", "nowhere"));
    let both = json!({"name": other, "step_id": "call", "step_policy": "RESTART"});
    assert_eq!(floor.refused(MIGRATE, both).await.fields(), [("step_id", "FIELD_INVALID")]);

    let all = json!({"sequence": "m", "action": {"migrate": {"revision": 1, "step_id": "call"}}});
    let counted = floor.0.done("EnrollmentService/ActOnEnrollments", all).await;
    assert_eq!((&counted["changedCount"], &counted["restartedCount"]), (&json!("1"), &json!("1")));
    floor.advance(1).await;
    assert_eq!(text(&floor.get(&other).await, "/currentStepId"), "call");
    floor.hold().await;
}
