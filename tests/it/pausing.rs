//! Pausing and resuming enrollments by hand, and everything else that meets a paused one.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tonic::{Code, Status};

use crate::support::invariants;
use crate::support::refused::{Refused, refused};
use crate::support::stage::{Stage, each, event, list, text};

const PAUSE: &str = "EnrollmentService/PauseEnrollment";
const RESUME: &str = "EnrollmentService/ResumeEnrollment";
const COMPLETE: &str = "WorkQueueService/CompleteActivity";

/// A sales floor with an enrollment of the lead `l1`, which is ana's.
struct Floor {
    stage: Stage,
    name: String,
}

impl Floor {
    async fn new(sequence: &str) -> Self {
        let stage = Stage::new().await;
        let name = text(&stage.enroll("l1", sequence).await, "/name").to_owned();
        Self { stage, name }
    }

    async fn call(&self, method: &str) -> Result<Value, Status> {
        self.stage.call(method, json!({"name": self.name})).await
    }

    async fn done(&self, method: &str) -> Value {
        self.call(method).await.unwrap_or_else(|refused| panic!("{method}: {refused:?}"))["enrollment"]
            .clone()
    }

    async fn refused(&self, method: &str, request: Value) -> (String, String) {
        let refused = Refused::of(&self.stage.call(method, request).await.expect_err("is refused"));
        assert_eq!(refused.code, Code::FailedPrecondition, "{refused:?}");
        (refused.reason, refused.metadata.get("reason").cloned().unwrap_or_default())
    }

    async fn enrollment(&self) -> Value {
        let request = json!({"name": self.name, "view": "FULL"});
        self.stage.done("EnrollmentService/GetEnrollment", request).await["enrollment"].clone()
    }

    async fn activity(&self) -> Value {
        let name = self.enrollment().await["openActivity"].clone();
        self.stage.done("WorkQueueService/GetActivity", json!({"name": name})).await["activity"].clone()
    }

    /// The names of what ana's queue has, due or snoozed, and its counts.
    async fn queue(&self, queue: &str) -> (Vec<String>, i64, i64) {
        let request = json!({"queue": queue, "states": ["DUE", "SNOOZED"]});
        let listed = self.stage.done("WorkQueueService/ListActivities", request).await;
        let names =
            each(&list(&listed, "/activities"), "name").iter().map(|name| (*name).to_owned()).collect();
        let count = |which: &str| listed.pointer(which).and_then(Value::as_i64).unwrap_or_default();
        (names, count("/counts/due"), count("/counts/snoozed"))
    }

    async fn advance(&self, seconds: i64) {
        self.stage.app.advance(TimeDelta::seconds(seconds)).await;
        self.stage.app.run_until_idle().await;
    }

    async fn upsert(&self, record: Value) {
        let request = json!({"record_type": "lead", "record": record});
        self.stage.done("RecordService/UpsertRecord", request).await;
        self.stage.app.run_until_idle().await;
    }

    async fn hold(&self) {
        invariants::hold_in(self.stage.app.app.engine.store(), self.stage.app.now()).await;
    }

    /// The wait's end, in seconds from now.
    fn ends_in(&self, enrollment: &Value) -> i64 {
        let until: DateTime<Utc> = text(enrollment, "/waitingUntil").parse().expect("a time");
        (until - self.stage.app.now()).num_seconds()
    }
}

#[tokio::test]
async fn a_pause_with_an_end_is_resumed_by_itself() {
    let floor = Floor::new("short").await;
    let stage = &floor.stage;
    let pause = async |seconds: i64| {
        let end = stage.app.now() + TimeDelta::seconds(seconds);
        let name = floor.enrollment().await["name"].clone();
        (end, stage.call(PAUSE, json!({"name": name, "resume_time": end.to_rfc3339()})).await)
    };
    for wrong in [0, -1, 366 * 86_400] {
        let refusal = refused(pause(wrong).await.1);
        assert_eq!(refusal.fields(), [("resume_time", "FIELD_INVALID")], "{wrong}");
    }

    let (end, paused) = pause(60).await;
    let paused = paused.expect("is paused")["enrollment"].clone();
    assert_eq!((text(&paused, "/state"), text(&paused, "/reason")), ("PAUSED", "MANUAL"));
    assert_eq!(text(&paused, "/resumeTime").parse::<DateTime<Utc>>().expect("a time"), end);
    floor.hold().await;
    floor.advance(59).await;
    assert_eq!(text(&floor.enrollment().await, "/state"), "PAUSED");
    floor.advance(1).await;
    let resumed = floor.enrollment().await;
    assert_eq!((text(&resumed, "/state"), resumed.get("resumeTime")), ("ACTIVE", None));
    floor.hold().await;

    // Many at once, too.
    let end = (stage.app.now() + TimeDelta::seconds(60)).to_rfc3339();
    let act = json!({"sequence": "short", "action": {"pause": {"resume_time": end}}});
    stage.done("EnrollmentService/ActOnEnrollments", act).await;
    floor.advance(1).await;
    assert_eq!(text(&floor.enrollment().await, "/state"), "PAUSED");
    floor.advance(60).await;
    assert_eq!(text(&floor.enrollment().await, "/state"), "ACTIVE");
    floor.hold().await;
}

fn paused(reason: &str) -> (String, String) {
    ("ENROLLMENT_PAUSED".to_owned(), reason.to_owned())
}

#[tokio::test]
async fn a_pause_keeps_the_unspent_part_of_a_wait() {
    let floor = Floor::new("short").await;
    let email = floor.enrollment().await["openActivity"].clone();
    floor.stage.done(COMPLETE, json!({"name": email})).await;
    floor.advance(4).await;

    let after = floor.done(PAUSE).await;
    assert_eq!((text(&after, "/state"), text(&after, "/reason")), ("PAUSED", "MANUAL"));
    assert_eq!((after.get("waitingUntil"), text(&after, "/currentStepId")), (None, "pause"));
    assert!(after.get("pauseTime").is_some());
    floor.hold().await;

    // The time of its wait passes, twice over.
    floor.advance(20).await;
    assert_eq!(text(&floor.enrollment().await, "/state"), "PAUSED");
    let up_next = json!({"record": "recordTypes/lead/records/l1"});
    let up_next = floor.stage.done("WorkQueueService/GetUpNext", up_next).await;
    assert_eq!(text(&up_next, "/current/0/wait/stepId"), "pause");
    assert_eq!(up_next.pointer("/current/0/wait/waitingUntil"), None);

    let after = floor.done(RESUME).await;
    assert_eq!((text(&after, "/state"), floor.ends_in(&after)), ("ACTIVE", 6));
    floor.hold().await;
    floor.advance(5).await;
    assert_eq!(text(&floor.enrollment().await, "/currentStepId"), "pause");
    floor.advance(1).await;
    assert_eq!(text(&floor.enrollment().await, "/currentStepId"), "call");

    let timeline = list(&floor.enrollment().await, "/timeline");
    let kinds: Vec<&str> = timeline.iter().map(|one| event(one).0).collect();
    assert_eq!(
        kinds[3..],
        ["waitStarted", "enrollmentPaused", "enrollmentResumed", "waitEnded", "activityDue"]
    );
    assert_eq!(text(event(&timeline[4]).1, "/reason"), "MANUAL");
    floor.hold().await;
}

#[tokio::test]
async fn a_paused_activity_leaves_the_queue_and_returns_to_its_place() {
    let floor = Floor::new("tasks").await;
    floor.advance(1).await;
    floor.stage.enroll("l2", "tasks").await;
    let (before, ..) = floor.queue("sellers/ana").await;
    let key = floor.activity().await["orderKey"].clone();
    assert_eq!(before.len(), 2);

    floor.done(PAUSE).await;
    assert_eq!(floor.queue("sellers/ana").await, (vec![before[1].clone()], 1, 0));
    assert_eq!(text(&floor.activity().await, "/state"), "PAUSED");
    floor.hold().await;

    floor.done(RESUME).await;
    assert_eq!(floor.queue("sellers/ana").await, (before, 2, 0));
    assert_eq!((text(&floor.activity().await, "/state"), &floor.activity().await["orderKey"]), ("DUE", &key));
    floor.hold().await;
}

#[tokio::test]
async fn a_snooze_ends_when_the_seller_wanted_whether_paused_or_not() {
    for (pause, state, counts) in [(30, "SNOOZED", (0, 1)), (120, "DUE", (1, 0))] {
        let floor = Floor::new("tasks").await;
        let until = floor.stage.app.now() + TimeDelta::seconds(60);
        let name = floor.activity().await["name"].clone();
        floor.stage.done("WorkQueueService/SnoozeActivity", json!({"name": name, "until": until})).await;
        floor.done(PAUSE).await;
        floor.hold().await;
        floor.advance(pause).await;
        assert_eq!(floor.queue("sellers/ana").await, (vec![], 0, 0));

        floor.done(RESUME).await;
        assert_eq!(text(&floor.activity().await, "/state"), state);
        let (_, due, snoozed) = floor.queue("sellers/ana").await;
        assert_eq!((due, snoozed), counts);
        floor.hold().await;
        floor.advance(60).await;
        assert_eq!(text(&floor.activity().await, "/state"), "DUE");
        floor.hold().await;
    }
}

#[tokio::test]
async fn nobody_can_act_on_a_paused_enrollment() {
    let floor = Floor::new("short").await;
    let hello = json!({"name": floor.activity().await["name"]});
    let until = floor.stage.app.now() + TimeDelta::seconds(60);
    let snooze = json!({"name": hello["name"], "until": until});
    floor.done(PAUSE).await;
    assert_eq!(floor.refused(COMPLETE, hello.clone()).await, paused("MANUAL"));
    assert_eq!(floor.refused("WorkQueueService/SkipActivity", hello.clone()).await, paused("MANUAL"));
    assert_eq!(floor.refused("WorkQueueService/SnoozeActivity", snooze).await, paused("MANUAL"));
    assert_eq!(floor.refused(PAUSE, json!({"name": floor.name})).await, paused("MANUAL"));

    floor.done(RESUME).await;
    let (reason, _) = floor.refused(RESUME, json!({"name": floor.name})).await;
    assert_eq!(reason, "ENROLLMENT_NOT_PAUSED");
    floor.stage.done(COMPLETE, hello.clone()).await;
    floor.done(PAUSE).await;
    assert_eq!(
        floor.refused("EnrollmentService/SkipWait", json!({"name": floor.name})).await,
        paused("MANUAL")
    );
    assert_eq!(floor.refused("WorkQueueService/ReopenActivity", hello).await, paused("MANUAL"));
    floor.hold().await;

    floor.done("EnrollmentService/ExitEnrollment").await;
    for method in [PAUSE, RESUME] {
        let (reason, _) = floor.refused(method, json!({"name": floor.name})).await;
        assert_eq!(reason, "ENROLLMENT_ENDED");
    }
    floor.hold().await;
}

#[tokio::test]
async fn a_paused_enrollment_follows_its_record_and_ends_with_it() {
    for sequence in ["tasks", "wait"] {
        let stage = Stage::new().await;
        stage.sequence("wait", json!([{"wait": {"delay": {"days": 1}}}, {"task": {}}])).await;
        let name = text(&stage.enroll("l1", sequence).await, "/name").to_owned();
        let floor = Floor { stage, name };
        floor.done(PAUSE).await;

        floor.upsert(json!({"id": "l1", "owner": "ben", "attributes": {}})).await;
        floor.hold().await;
        assert_eq!(floor.queue("sellers/ben").await, (vec![], 0, 0));
        floor.done(RESUME).await;
        let expected = if sequence == "tasks" { 1 } else { 0 };
        assert_eq!(floor.queue("sellers/ben").await.1, expected);
        floor.done(PAUSE).await;

        let close = json!({"name": "recordTypes/lead/records/l1", "close_outcome": "LOST"});
        floor.stage.done("RecordService/CloseRecord", close).await;
        let after = floor.enrollment().await;
        assert_eq!((text(&after, "/state"), text(&after, "/reason")), ("EXITED", "RECORD_CLOSED"));
        assert_eq!(floor.queue("sellers/ben").await, (vec![], 0, 0));
        floor.hold().await;
    }
}

#[tokio::test]
async fn what_got_warnings_while_it_was_paused_is_skipped_when_it_is_resumed() {
    let floor = Floor::new("tasks").await;
    let attributes = json!({"phone": {"type": "STRING"}});
    floor
        .stage
        .done("RecordService/DeclareAttributes", json!({"record_type": "lead", "attributes": attributes}))
        .await;
    let roles = json!({"name": "recordTypes/lead", "phone_attributes": ["phone"]});
    floor.stage.done("RecordService/UpdateRecordType", json!({"record_type": roles})).await;
    floor.upsert(json!({"id": "l2", "attributes": {"phone": "555-0100"}})).await;
    floor.stage.sequence("calls", json!([{"phone_call": {}}, {"task": {}}])).await;
    let floor = Floor { name: text(&floor.stage.enroll("l2", "calls").await, "/name").to_owned(), ..floor };
    let skip = json!({"organization": {"settings": {"consent_policy": "SKIP"}}});
    floor.stage.done("OrganizationService/UpdateOrganization", skip).await;

    floor.done(PAUSE).await;
    floor.upsert(json!({"id": "l2", "attributes": {"phone": ""}})).await;
    assert_eq!(text(&floor.enrollment().await, "/state"), "PAUSED");
    assert_eq!(text(&floor.activity().await, "/kind"), "PHONE_CALL");
    floor.hold().await;
    floor.done(RESUME).await;
    assert_eq!(text(&floor.activity().await, "/kind"), "TASK");
    floor.hold().await;
}

#[tokio::test]
async fn etags_requests_and_owners_count_as_for_every_verb() {
    let floor = Floor::new("tasks").await;
    let etag = floor.enrollment().await["etag"].clone();
    let request_id = "00000000-0000-4000-8000-000000000001";
    let pause = json!({"name": floor.name, "etag": etag, "request_id": request_id});
    let first = floor.stage.done(PAUSE, pause.clone()).await;
    assert_eq!(floor.stage.done(PAUSE, pause).await, first);

    let stale = floor.stage.call(RESUME, json!({"name": floor.name, "etag": etag})).await.expect_err("stale");
    assert_eq!((stale.code(), Refused::of(&stale).reason.as_str()), (Code::Aborted, "ETAG_MISMATCH"));
    let ben = floor.stage.salesperson("ben").await;
    let missing = ben.call(RESUME, json!({"name": floor.name})).await.expect_err("is ana's");
    assert_eq!(missing.code(), Code::NotFound);
    let ana = floor.stage.salesperson("ana").await;
    ana.done(RESUME, json!({"name": floor.name})).await;

    floor.done(PAUSE).await;
    let listed = |filter: &str| {
        let request = json!({"filter": filter});
        async {
            list(&floor.stage.done("EnrollmentService/ListEnrollments", request).await, "/enrollments").len()
        }
    };
    assert_eq!(listed("enrollment.state == \"PAUSED\" && enrollment.reason == \"MANUAL\"").await, 1);
    assert_eq!(listed("enrollment.open && enrollment.state == \"ACTIVE\"").await, 0);
    let again = json!({"record": "recordTypes/lead/records/l1", "sequence": "tasks"});
    let (reason, _) = floor.refused("EnrollmentService/EnrollRecord", again).await;
    assert_eq!(reason, "ALREADY_ENROLLED", "a paused one is open");
}
