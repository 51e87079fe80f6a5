//! Acting on many enrollments: in batches, and on all that match a condition.

use serde_json::{Value, json};
use tonic::Code;

use crate::halts::{Floor, MANY};
use crate::support::refused::Refused;
use crate::support::stage::{list, text};

const ACT: &str = "EnrollmentService/ActOnEnrollments";
const BATCH: &str = "EnrollmentService/BatchActOnEnrollments";

fn all() -> i64 {
    i64::try_from(MANY).expect("is small")
}

/// The counts of an answer: changed, restarted, unchanged and refused.
fn counts(answer: &Value) -> [i64; 4] {
    ["changedCount", "restartedCount", "unchangedCount", "refusedCount"]
        .map(|field| answer[field].as_str().map_or(0, |count| count.parse().expect("a number")))
}

impl Floor {
    async fn act(&self, condition: &str, action: Value, validate_only: bool) -> Value {
        let request = json!({"sequence": "long", "condition": condition, "action": action,
            "validate_only": validate_only});
        self.0.done(ACT, request).await
    }

    /// Runs chunks in turn on two servers until nothing is left; returns how many ran.
    pub async fn run_in_turn(&self) -> usize {
        let other = self.app().another_server();
        let engines = [&self.app().app.engine, &other.engine];
        let mut chunks = 0;
        while engines[chunks % 2].run_operations(self.app().now()).await.expect("runs").worked {
            chunks += 1;
        }
        chunks
    }

    /// The numbers of the last operation: total, done and failed.
    pub async fn last(&self) -> (i64, i64, i64) {
        let pool = self.app().app.engine.store().pool();
        let query =
            "SELECT total, done, failed FROM operation WHERE state = 'SUCCEEDED' ORDER BY id DESC LIMIT 1";
        sqlx::query_as(query).fetch_one(&pool).await.expect("one ran")
    }
}

#[tokio::test]
async fn all_that_match_are_paused_resumed_migrated_and_ended_in_chunks_with_the_counts_told_before() {
    let floor = Floor::crowded().await;
    let paused = "SELECT count(*) FROM enrollment WHERE state = 3";
    let pause = json!({"pause": {}});
    let told = floor.act("", pause.clone(), true).await;
    assert_eq!((counts(&told), told.get("operation")), ([all(), 0, 0, 0], None));
    assert_eq!(floor.count(paused).await, 0);

    let one = floor.one("enrollment.sequence == \"long\"").await;
    floor.0.done("EnrollmentService/PauseEnrollment", json!({"name": one})).await;
    let done = floor.act("enrollment.revision == 1", pause, false).await;
    assert_eq!(counts(&done), [all() - 1, 0, 1, 0]);
    assert!(text(&done, "/operation").starts_with("operations/"));
    assert!(floor.run_in_turn().await > 1, "it takes several chunks");
    assert_eq!((floor.count(paused).await, floor.last().await), (all(), (all(), all(), 0)));
    floor.hold().await;

    let resumed = floor.act("enrollment.state == \"PAUSED\"", json!({"resume": {}}), false).await;
    assert_eq!(counts(&resumed), [all(), 0, 0, 0]);
    floor.run_in_turn().await;
    assert_eq!(floor.count(paused).await, 0);
    floor.hold().await;

    let steps = json!([{"step_id": "first", "task": {}}, {"step_id": "pause", "wait": {"delay": {"hours": 2}}},
        {"step_id": "do", "task": {}}]);
    let update = json!({"sequence": {"name": "sequences/long", "steps": steps}, "update_mask": "steps"});
    floor.0.done("SequenceService/UpdateSequence", update).await;
    floor.0.done("SequenceService/ActivateSequence", json!({"name": "long"})).await;
    let restart = floor.act("", json!({"migrate": {"step_policy": "RESTART"}}), true).await;
    assert_eq!(counts(&restart), [all(), all(), 0, 0]);
    let moved = floor.act("", json!({"migrate": {}}), false).await;
    assert_eq!(counts(&moved), [all(), 0, 0, 0]);
    floor.run_in_turn().await;
    let there = "SELECT count(*) FROM enrollment JOIN timer ON timer.subject_id = enrollment.id
      WHERE revision = 2 AND node = 1 AND waiting_until = enrollment.create_time + interval '2 hours'";
    assert_eq!((floor.count(there).await, floor.last().await), (all(), (all(), all(), 0)));
    floor.hold().await;

    let ended = floor.act("enrollment.revision == 2", json!({"exit": {}}), false).await;
    assert_eq!(counts(&ended), [all(), 0, 0, 0]);
    floor.run_in_turn().await;
    assert_eq!(floor.count("SELECT count(*) FROM enrollment WHERE end_time IS NULL").await, 0);
    assert_eq!(counts(&floor.act("", json!({"exit": {}}), false).await), [0; 4]);
    floor.hold().await;
}

#[tokio::test]
async fn what_is_refused_counts_as_failed_and_is_told_before() {
    let floor = Floor::new().await;
    let steps = |ids: &[&str]| ids.iter().map(|id| json!({"step_id": id, "task": {}})).collect::<Vec<_>>();
    floor.0.sequence("long", json!(steps(&["one", "two"]))).await;
    for lead in ["l1", "l2", "l3"] {
        floor.enroll(lead, "long").await;
    }
    let second = floor.one("enrollment.record == \"l3\"").await;
    let open = floor.get(&second).await["openActivity"].clone();
    floor.0.done("WorkQueueService/CompleteActivity", json!({"name": open})).await;
    let update = json!({"sequence": {"name": "sequences/long", "steps": steps(&["two", "three"])}, "update_mask": "steps"});
    floor.0.done("SequenceService/UpdateSequence", update).await;
    floor.0.done("SequenceService/ActivateSequence", json!({"name": "long"})).await;

    let moved = floor.act("", json!({"migrate": {"step_policy": "SAME_STEP"}}), false).await;
    assert_eq!(counts(&moved), [1, 0, 0, 2]);
    floor.run_in_turn().await;
    assert_eq!(floor.last().await, (3, 3, 2));
    let again = floor.act("", json!({"migrate": {"step_policy": "SAME_STEP_OR_RESTART"}}), false).await;
    assert_eq!(counts(&again), [2, 2, 1, 0]);
    floor.run_in_turn().await;
    assert_eq!(floor.count("SELECT count(*) FROM enrollment WHERE revision = 2").await, 3);
    floor.hold().await;
}

#[tokio::test]
async fn all_records_that_match_are_enrolled_once() {
    let floor = Floor::crowded().await;
    floor.0.sequence("second", json!([{"task": {}}])).await;
    let enroll = |condition: &str, validate_only: bool| {
        let request = json!({"sequence": "second", "condition": condition, "enroll": {}, "validate_only": validate_only});
        floor.0.done(ACT, request)
    };
    floor.enroll("m7", "second").await;
    let matching = "record.id.startsWith(\"m\")";
    assert_eq!(counts(&enroll(matching, true).await), [all() - 1, 0, 1, 0]);
    let done = enroll(matching, false).await;
    assert!(floor.run_in_turn().await > 1);
    assert_eq!(floor.last().await, (all(), all(), 0));
    let enrolled = "SELECT count(*) FROM enrollment JOIN sequence ON sequence.id = enrollment.sequence_id WHERE sequence.sequence_id = 'second'";
    assert_eq!(floor.count(enrolled).await, all());
    assert_eq!(counts(&done), [all() - 1, 0, 1, 0]);
    floor.hold().await;

    floor.deactivate("second", "DRAIN").await;
    let request = json!({"sequence": "second", "enroll": {}});
    assert_eq!(floor.refused(ACT, request).await, "SEQUENCE_NOT_ACTIVE");
}

#[tokio::test]
async fn a_batch_answers_each_item_by_itself_and_wrong_conditions_are_refused() {
    let floor = Floor::new().await;
    let (one, other) = (floor.enroll("l1", "tasks").await, floor.enroll("l2", "tasks").await);
    let exit = json!({"name": other});
    floor.0.done("EnrollmentService/ExitEnrollment", exit).await;
    let request_id = "00000000-0000-4000-8000-000000000002";
    let unknown = "enrollments/00000000-0000-4000-8000-000000000001";
    let requests = json!([{"name": one, "request_id": request_id}, {"name": other}, {"name": unknown}, {"name": "nonsense"}]);
    let batch = json!({"action": {"pause": {}}, "requests": requests});
    let first = list(&floor.0.done(BATCH, batch.clone()).await, "/results");
    assert_eq!(text(&first[0], "/enrollment/state"), "PAUSED");
    let codes: Vec<i64> = first[1..]
        .iter()
        .map(|result| result.pointer("/error/code").and_then(Value::as_i64).unwrap_or(0))
        .collect();
    assert_eq!(codes, [9, 5, 3]);
    let again = list(&floor.0.done(BATCH, batch).await, "/results");
    assert_eq!(again[0], first[0]);
    floor.hold().await;

    for condition in ["record.id == \"l1\"", "enrollment.nothing == 1", "enrollment.state == \"ASLEEP\""] {
        let request = json!({"sequence": "tasks", "condition": condition, "action": {"pause": {}}});
        let refused = Refused::of(&floor.0.call(ACT, request).await.expect_err("is refused"));
        assert_eq!((refused.code, refused.reason.as_str()), (Code::InvalidArgument, "CONDITION_INVALID"));
    }
}
