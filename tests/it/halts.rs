//! Deactivating a sequence with PAUSE and EXIT, and continuing it.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tonic::Code;

use crate::support::app::TestApp;
use crate::support::dynamic;
use crate::support::invariants;
use crate::support::refused::Refused;
use crate::support::stage::{Stage, list, text};

const ACTIVATE: &str = "SequenceService/ActivateSequence";
const DEACTIVATE: &str = "SequenceService/DeactivateSequence";
const PAUSE: &str = "EnrollmentService/PauseEnrollment";
const RESUME: &str = "EnrollmentService/ResumeEnrollment";
const COMPLETE: &str = "WorkQueueService/CompleteActivity";
const SKIP_WAIT: &str = "EnrollmentService/SkipWait";

/// More enrollments than one transaction settles.
pub const MANY: usize = 1_100;

/// A sales floor whose sequences are halted.
pub struct Floor(pub Stage);

impl Floor {
    pub async fn new() -> Self {
        Self(Stage::new().await)
    }

    /// One on which `MANY` leads of ana's are enrolled in `long`: a wait of an hour, then a task.
    pub async fn crowded() -> Self {
        let floor = Self::new().await;
        let long =
            json!([{"step_id": "pause", "wait": {"delay": {"hours": 1}}}, {"step_id": "do", "task": {}}]);
        floor.0.sequence("long", long).await;

        let ids: Vec<String> = (0..MANY).map(|number| format!("m{number}")).collect();
        for ids in ids.chunks(550) {
            floor.0.admin.leads(ids.iter().map(|id| json!({"id": id, "owner": "ana"})).collect()).await;
            let enroll =
                |id: &String| json!({"record": format!("recordTypes/lead/records/{id}"), "sequence": "long"});
            let requests: Vec<Value> = ids.iter().map(enroll).collect();
            floor.0.done("EnrollmentService/BatchEnrollRecords", json!({"requests": requests})).await;
        }
        floor
    }

    pub fn app(&self) -> &TestApp {
        &self.0.app
    }

    pub async fn deactivate(&self, sequence: &str, mode: &str) -> Value {
        self.0.done(DEACTIVATE, json!({"name": sequence, "mode": mode})).await
    }

    pub async fn activate(&self, sequence: &str) -> Value {
        self.0.done(ACTIVATE, json!({"name": sequence})).await
    }

    pub async fn enroll(&self, lead: &str, sequence: &str) -> String {
        text(&self.0.enroll(lead, sequence).await, "/name").to_owned()
    }

    pub async fn get(&self, name: &str) -> Value {
        self.0.done("EnrollmentService/GetEnrollment", json!({"name": name})).await["enrollment"].clone()
    }

    /// The state and the reason of an enrollment.
    pub async fn state(&self, name: &str) -> (String, String) {
        let enrollment = self.get(name).await;
        let reason = enrollment.get("reason").and_then(Value::as_str).unwrap_or_default();
        (text(&enrollment, "/state").to_owned(), reason.to_owned())
    }

    /// Any enrollment of the crowd that this condition selects.
    pub async fn one(&self, filter: &str) -> String {
        let request = json!({"filter": filter, "page_size": 1});
        let listed = self.0.done("EnrollmentService/ListEnrollments", request).await;
        text(&listed, "/enrollments/0/name").to_owned()
    }

    pub async fn refused(&self, method: &str, request: Value) -> String {
        let refused = Refused::of(&self.0.call(method, request).await.expect_err("is refused"));
        assert_eq!(refused.code, Code::FailedPrecondition, "{refused:?}");
        refused.reason
    }

    pub async fn count(&self, query: &'static str) -> i64 {
        let pool = self.app().app.engine.store().pool();
        sqlx::query_scalar(query).fetch_one(&pool).await.expect("counts")
    }

    pub async fn due(&self) -> usize {
        self.0.queue("sellers/ana").await.len()
    }

    /// Time passes, and timers fire, but no operation runs.
    pub async fn only_timers(&self, seconds: i64) {
        self.app().clock.advance(TimeDelta::seconds(seconds));
        while self.app().app.engine.fire_timers(self.app().now()).await.expect("fires").full {}
    }

    pub async fn advance(&self, seconds: i64) {
        self.app().advance(TimeDelta::seconds(seconds)).await;
        self.app().run_until_idle().await;
    }

    pub async fn hold(&self) {
        invariants::hold_in(self.app().app.engine.store(), self.app().now()).await;
    }
}

fn paused() -> (String, String) {
    ("PAUSED".to_owned(), "SEQUENCE_PAUSED".to_owned())
}

#[tokio::test]
async fn a_paused_sequence_goes_on_where_it_was_when_it_is_activated() {
    let floor = Floor::new().await;
    let (waits, acts, held) = (
        floor.enroll("l1", "short").await,
        floor.enroll("l2", "short").await,
        floor.enroll("l3", "short").await,
    );
    let email = json!({"name": floor.get(&waits).await["openActivity"]});
    floor.0.done(COMPLETE, email.clone()).await;
    floor.0.done(PAUSE, json!({"name": held})).await;
    floor.advance(4).await;

    let done = floor.deactivate("short", "PAUSE").await;
    assert_eq!((text(&done, "/sequence/state"), done.get("settleOperation")), ("INACTIVE", None));
    assert!(done.pointer("/sequence/pauseTime").is_some());
    assert_eq!(floor.deactivate("short", "PAUSE").await["sequence"], done["sequence"]);
    assert_eq!((floor.state(&waits).await, floor.state(&acts).await), (paused(), paused()));
    assert_eq!(floor.state(&held).await.1, "MANUAL");
    assert_eq!(floor.due().await, 0);
    floor.hold().await;

    let open = json!({"name": floor.get(&acts).await["openActivity"]});
    assert_eq!(floor.refused(COMPLETE, open).await, "ENROLLMENT_PAUSED");
    assert_eq!(floor.refused(SKIP_WAIT, json!({"name": waits})).await, "ENROLLMENT_PAUSED");
    assert_eq!(floor.refused(RESUME, json!({"name": acts})).await, "SEQUENCE_PAUSED");
    assert_eq!(floor.refused("WorkQueueService/ReopenActivity", email).await, "ENROLLMENT_PAUSED");
    let enroll = json!({"record": "recordTypes/lead/records/l4", "sequence": "short"});
    assert_eq!(floor.refused("EnrollmentService/EnrollRecord", enroll).await, "SEQUENCE_NOT_ACTIVE");
    floor.advance(3600).await;
    assert_eq!(floor.state(&waits).await, paused());

    let active = floor.activate("short").await;
    assert_eq!((active.get("resumeOperation"), active.pointer("/sequence/pauseTime")), (None, None));
    assert_eq!(floor.state(&acts).await.0, "ACTIVE");
    assert_eq!(floor.state(&held).await.1, "MANUAL", "whoever paused it resumes it");
    assert_eq!(floor.due().await, 1);
    floor.hold().await;
    floor.advance(5).await;
    assert_eq!(floor.due().await, 1, "six seconds of ten were unspent");
    floor.advance(1).await;
    assert_eq!(floor.due().await, 2);
    floor.0.done(RESUME, json!({"name": held})).await;
    floor.enroll("l4", "short").await;
    floor.hold().await;
}

#[tokio::test]
async fn an_exit_ends_everything_at_once_and_leaves_the_sequence_usable() {
    let floor = Floor::new().await;
    let (waits, acts) = (floor.enroll("l1", "short").await, floor.enroll("l2", "short").await);
    floor.0.done(COMPLETE, json!({"name": floor.get(&waits).await["openActivity"]})).await;
    let other = floor.enroll("l1", "tasks").await;
    floor.0.done(PAUSE, json!({"name": acts})).await;

    floor.deactivate("short", "EXIT").await;
    let ended = ("EXITED".to_owned(), "SEQUENCE_DEACTIVATED".to_owned());
    assert_eq!((floor.state(&waits).await, floor.state(&acts).await), (ended.clone(), ended));
    assert_eq!((floor.state(&other).await.0.as_str(), floor.due().await), ("ACTIVE", 1));
    floor.hold().await;

    floor.activate("short").await;
    let again = floor.enroll("l1", "short").await;
    floor.advance(1).await;
    assert_eq!(floor.state(&again).await.0, "ACTIVE");
    floor.hold().await;
}

#[tokio::test]
async fn draining_a_paused_sequence_lets_its_enrollments_go_on_but_takes_nobody() {
    let floor = Floor::new().await;
    let acts = floor.enroll("l1", "tasks").await;
    floor.deactivate("tasks", "PAUSE").await;
    floor.deactivate("tasks", "DRAIN").await;
    assert_eq!((floor.state(&acts).await.0.as_str(), floor.due().await), ("ACTIVE", 1));
    let enroll = json!({"record": "recordTypes/lead/records/l2", "sequence": "tasks"});
    assert_eq!(floor.refused("EnrollmentService/EnrollRecord", enroll).await, "SEQUENCE_NOT_ACTIVE");
    floor.hold().await;

    floor.deactivate("tasks", "EXIT").await;
    assert_eq!(floor.state(&acts).await.1, "SEQUENCE_DEACTIVATED");
    floor.hold().await;
}

#[tokio::test]
async fn what_completed_is_not_reopened_into_a_halted_sequence() {
    for (mode, expected) in
        [("DRAIN", None), ("PAUSE", Some("SEQUENCE_HALTED")), ("EXIT", Some("SEQUENCE_HALTED"))]
    {
        let floor = Floor::new().await;
        floor.0.sequence("one", json!([{"task": {}}])).await;
        let done = floor.enroll("l1", "one").await;
        let only = json!({"name": floor.get(&done).await["openActivity"]});
        floor.0.done(COMPLETE, only.clone()).await;
        floor.deactivate("one", mode).await;

        let reopened = floor.0.call("WorkQueueService/ReopenActivity", only.clone()).await;
        let obstacle = reopened.err().map(|refused| Refused::of(&refused).metadata["obstacle"].clone());
        assert_eq!(obstacle.as_deref(), expected);
        if mode == "PAUSE" {
            floor.activate("one").await;
            floor.0.done("WorkQueueService/ReopenActivity", only).await;
            floor.advance(1).await;
            assert_eq!(floor.state(&done).await.0, "ACTIVE", "the pause was before it went on");
        }
        floor.hold().await;
    }
}

#[tokio::test]
async fn a_pause_of_thousands_is_in_effect_at_once_and_resumed_exactly_by_any_server() {
    let floor = Floor::crowded().await;
    floor.only_timers(1_200).await;
    let done = floor.deactivate("long", "PAUSE").await;
    let operation = text(&done, "/settleOperation").to_owned();

    // Nothing is written yet, and everything counts.
    let any = floor.one("enrollment.sequence == \"long\"").await;
    assert_eq!(floor.state(&any).await, paused());
    assert_eq!(floor.refused(SKIP_WAIT, json!({"name": any})).await, "ENROLLMENT_PAUSED");
    floor.only_timers(3_600).await;
    assert_eq!(floor.due().await, 0, "no wait ends, though none has been stopped");
    let cancel = "google.longrunning.Operations/CancelOperation";
    let canceled = dynamic::call(&floor.0.admin, cancel, json!({"name": operation})).await;
    assert_eq!(canceled.expect_err("can't be canceled").code(), Code::FailedPrecondition);

    // One chunk is written, then it is activated: the rest was paused all the same.
    let other = floor.app().another_server();
    assert!(other.engine.run_operations(floor.app().now()).await.expect("runs").worked);
    let active = floor.activate("long").await;
    assert!(!text(&active, "/resumeOperation").is_empty());
    let pause = json!({"name": "long", "mode": "PAUSE"});
    assert_eq!(floor.refused(DEACTIVATE, pause.clone()).await, "SEQUENCE_SETTLING");
    let until = floor.app().now() + TimeDelta::seconds(2_400);
    floor.only_timers(60).await;

    for engine in [&floor.app().app.engine, &other.engine].into_iter().cycle() {
        if !engine.run_operations(floor.app().now()).await.expect("runs").worked {
            break;
        }
    }
    let ends: Vec<DateTime<Utc>> =
        sqlx::query_scalar("SELECT DISTINCT waiting_until FROM enrollment WHERE end_time IS NULL")
            .fetch_all(&floor.app().app.engine.store().pool())
            .await
            .expect("is read");
    assert_eq!(ends, [until]);
    let progress = "SELECT count(*) FROM operation WHERE kind = 'SETTLE_ENROLLMENTS' AND state = 'SUCCEEDED' AND done = total AND failed = 0";
    assert_eq!(floor.count(progress).await, 2);
    floor.hold().await;

    floor.only_timers(2_339).await;
    assert_eq!(floor.count("SELECT count(*) FROM activity").await, 0);
    floor.only_timers(1).await;
    assert_eq!(floor.count("SELECT count(*) FROM activity").await, i64::try_from(MANY).expect("is small"));
    floor.0.done(DEACTIVATE, pause).await;
    floor.app().run_until_idle().await;
    assert_eq!(floor.count("SELECT sum(due_count)::bigint FROM queue").await, 0);
    floor.hold().await;
}

#[tokio::test]
async fn an_exit_of_thousands_is_in_effect_at_once_for_owners_closings_and_timers() {
    let floor = Floor::crowded().await;
    floor.deactivate("long", "EXIT").await;
    let any = floor.one("enrollment.sequence == \"long\"").await;
    let ended = ("EXITED".to_owned(), "SEQUENCE_DEACTIVATED".to_owned());
    assert_eq!(floor.state(&any).await, ended);
    for method in [SKIP_WAIT, "EnrollmentService/ExitEnrollment"] {
        assert_eq!(floor.refused(method, json!({"name": any})).await, "ENROLLMENT_ENDED");
    }

    let record = |id: &str, owner: &str| json!({"record_type": "lead", "record": {"id": id, "owner": owner}});
    floor.0.done("RecordService/UpsertRecord", record("m1000", "ben")).await;
    let close = json!({"name": "recordTypes/lead/records/m1001", "close_outcome": "LOST"});
    floor.0.done("RecordService/CloseRecord", close).await;
    let reason = "SELECT count(*) FROM enrollment JOIN record ON record.id = enrollment.record_id
      WHERE record.record_id IN ('m1000', 'm1001') AND enrollment.reason = 7 AND enrollment.end_time IS NOT NULL";
    assert_eq!(floor.count(reason).await, 2);

    // Otherwise somebody who isn't written as ended yet couldn't be enrolled again.
    let early = floor.refused("SequenceService/ActivateSequence", json!({"name": "long"})).await;
    assert_eq!(early, "SEQUENCE_SETTLING");
    floor.only_timers(3_600).await;
    assert_eq!(floor.count("SELECT count(*) FROM activity").await, 0, "all have ended");
    floor.app().run_until_idle().await;
    floor.activate("long").await;
    let again = floor.enroll("m1000", "long").await;
    assert_eq!(floor.state(&again).await.0, "ACTIVE");
    assert_eq!(floor.count("SELECT count(*) FROM enrollment WHERE end_time IS NULL").await, 1);
    assert_eq!(list(&floor.get(&again).await, "/timeline").len(), 0);
    floor.hold().await;
}
