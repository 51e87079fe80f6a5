//! Leases: one caller has an activity alone for a while; whoever crashes or hangs loses it, and is
//! told so.

mod crowd;

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tokio::time::timeout;
use tonic::Code;

use crate::support::app::{Client, within_deadline};
use crate::support::invariants;
use crate::support::refused::{Refused, refused};
use crate::support::stage::{Stage, each, event, list, text};

const ACQUIRE: &str = "WorkQueueService/AcquireActivities";
const EXTEND: &str = "WorkQueueService/ExtendLease";
const RELEASE: &str = "WorkQueueService/ReleaseActivity";
const COMPLETE: &str = "WorkQueueService/CompleteActivity";
const SKIP: &str = "WorkQueueService/SkipActivity";
const SNOOZE: &str = "WorkQueueService/SnoozeActivity";
const POOL: &str = "teams/unassigned";

/// A sales floor with work in the pool, and two workers.
struct Pool {
    stage: Stage,
    workers: [Client; 2],
}

/// What a worker has.
#[derive(Clone, Debug, PartialEq)]
struct Held {
    activity: String,
    lease: String,
}

impl Pool {
    /// With so many activities in the pool, each due a second after the one before.
    async fn of(number: usize) -> Self {
        let stage = Stage::new().await;
        for index in 0..number {
            stage.admin.leads(json!([{"id": format!("p{index}")}])).await;
            stage.enroll(&format!("p{index}"), "tasks").await;
            stage.app.advance(TimeDelta::seconds(1)).await;
        }
        let workers = [worker(&stage).await, worker(&stage).await];
        Self { stage, workers }
    }

    async fn acquire(&self, worker: usize, number: i32) -> Vec<Held> {
        let request = json!({"queue": POOL, "max_activities": number, "lease_duration": "60s"});
        held(&self.workers[worker].done(ACQUIRE, request).await)
    }

    async fn call(&self, worker: usize, method: &str, held: &Held) -> Result<Value, tonic::Status> {
        let request = json!({"name": held.activity, "lease_id": held.lease});
        self.workers[worker].call(method, request).await
    }

    async fn listed(&self) -> Vec<String> {
        let listed = self.stage.queue(POOL).await;
        each(&listed, "name").into_iter().map(str::to_owned).collect()
    }

    async fn check(&self) {
        invariants::hold_in(self.stage.app.app.engine.store(), self.stage.app.now()).await;
    }
}

async fn worker(stage: &Stage) -> Client {
    let key = json!({"api_key": {"display_name": "Worker", "roles": ["WORKER"]}});
    let created = stage.done("ApiKeyService/CreateApiKey", key).await;
    stage.app.client(text(&created, "/secret"))
}

fn held(acquired: &Value) -> Vec<Held> {
    let held = |one: &Value| Held {
        activity: text(one, "/activity/name").to_owned(),
        lease: text(one, "/lease/leaseId").to_owned(),
    };
    list(acquired, "/activities").iter().map(held).collect()
}

fn names(held: &[Held]) -> Vec<String> {
    held.iter().map(|held| held.activity.clone()).collect()
}

#[tokio::test]
async fn of_two_workers_that_want_one_activity_one_gets_it() {
    let pool = Pool::of(1).await;
    let (one, other) = tokio::join!(pool.acquire(0, 5), pool.acquire(1, 5));
    assert_eq!(one.len() + other.len(), 1, "{one:?} {other:?}");
    let again = pool.acquire(0, 5).await;
    assert!(again.is_empty(), "{again:?}");

    let (worker, held) = if one.is_empty() { (1, &other[0]) } else { (0, &one[0]) };
    let shown = pool.stage.queue(POOL).await;
    assert_eq!(shown[0]["lease"]["holder"].as_str().map(|name| name.starts_with("apiKeys/")), Some(true));
    assert_eq!(shown[0]["lease"]["leaseId"], Value::Null, "nobody else is told the key of a lease");
    let done = pool.call(worker, COMPLETE, held).await.expect("the holder completes");
    assert_eq!(text(&done, "/activity/state"), "COMPLETED");
    pool.check().await;
}

#[tokio::test]
async fn what_is_offered_is_the_head_of_the_queue_at_that_instant() {
    let pool = Pool::of(6).await;
    let order = pool.listed().await;
    assert_eq!(names(&pool.acquire(0, 2).await), order[..2]);
    assert_eq!(names(&pool.acquire(1, 1).await), order[2..3]);
    // What falls due now comes last, whoever waits for work.
    pool.stage.enroll("l4", "tasks").await;
    assert_eq!(names(&pool.acquire(1, 2).await), order[3..5]);
    assert_eq!(names(&pool.acquire(0, 50).await)[0], order[5]);
    // A lease moves nothing.
    assert_eq!(pool.listed().await[..6], order);
    pool.check().await;
}

#[tokio::test]
async fn a_lease_holds_to_its_last_microsecond_and_is_lost_at_its_end_even_if_nobody_took_it() {
    let pool = Pool::of(2).await;
    let held = pool.acquire(0, 2).await;
    let micro = TimeDelta::microseconds(1);
    pool.stage.app.clock.advance(TimeDelta::seconds(60) - micro);
    let extended = pool.call(0, EXTEND, &held[0]).await.expect("it still holds");
    let ends = pool.stage.app.now() + TimeDelta::minutes(5);
    assert_eq!(text(&extended, "/lease/expireTime").parse(), Ok(ends));

    // No timer has fired yet: the time alone decides.
    pool.stage.app.clock.advance(micro);
    for method in [COMPLETE, SKIP, EXTEND, RELEASE] {
        let lost = refused(pool.call(0, method, &held[1]).await);
        assert_eq!((lost.code, lost.reason.as_str()), (Code::FailedPrecondition, "LEASE_LOST"), "{method}");
        assert_eq!(lost.metadata["state"], "DUE");
    }
    pool.call(0, COMPLETE, &held[0]).await.expect("the other one was extended");

    pool.stage.app.run_until_idle().await;
    assert_eq!(pool.acquire(1, 1).await[0].activity, held[1].activity);
    pool.check().await;
}

#[tokio::test]
async fn a_worker_that_hung_is_told_so_and_the_work_is_done_once() {
    let pool = Pool::of(1).await;
    let slow = pool.acquire(0, 1).await.remove(0);
    pool.stage.app.advance(TimeDelta::seconds(60)).await;
    let quick = pool.acquire(1, 1).await.remove(0);
    assert_eq!(quick.activity, slow.activity);
    assert_ne!(quick.lease, slow.lease);
    // Fenced: another worker has it.
    assert_eq!(refused(pool.call(0, COMPLETE, &slow).await).reason, "LEASE_LOST");

    pool.call(1, COMPLETE, &quick).await.expect("it has the lease");
    let late = refused(pool.call(0, COMPLETE, &slow).await);
    assert_eq!((late.reason.as_str(), late.metadata["state"].as_str()), ("LEASE_LOST", "COMPLETED"));
    let again = refused(pool.call(1, COMPLETE, &quick).await);
    assert_eq!(again.reason, "LEASE_LOST", "the lease ended with its activity");

    let closed = pool.stage.done("WorkQueueService/GetActivity", json!({"name": slow.activity})).await;
    let enrollment = json!({"name": text(&closed, "/activity/enrollment"), "view": "FULL"});
    let enrollment = pool.stage.done("EnrollmentService/GetEnrollment", enrollment).await;
    let timeline = list(&enrollment, "/enrollment/timeline");
    let kinds: Vec<&str> = timeline.iter().map(|one| event(one).0).collect();
    assert_eq!(
        kinds,
        ["enrollmentStarted", "activityDue", "leaseExpired", "activityCompleted", "activityDue"]
    );
    pool.check().await;
}

#[tokio::test]
async fn the_work_of_a_crashed_worker_returns_to_its_own_place() {
    let pool = Pool::of(3).await;
    let order = pool.listed().await;
    let lost = pool.acquire(0, 2).await;
    let given_back = pool.call(0, RELEASE, &lost[1]).await.expect("it has the lease");
    assert_eq!(given_back["activity"]["lease"], Value::Null);
    assert_eq!(names(&pool.acquire(1, 1).await), order[1..2], "what is given back is the head of the rest");

    pool.stage.app.advance(TimeDelta::seconds(60)).await;
    assert_eq!(names(&pool.acquire(1, 3).await), order);
    pool.check().await;
}

#[tokio::test]
async fn a_call_without_work_waits_and_answers_when_something_falls_due() {
    let pool = Pool::of(0).await;
    pool.stage.admin.leads(json!([{"id": "later"}])).await;
    let steps = json!([{"wait": {"delay": {"seconds": 10}}}, {"task": {}}]);
    pool.stage.sequence("later", steps).await;
    pool.stage.enroll("later", "later").await;

    let request = json!({"queue": POOL, "wait_duration": "30s"});
    let mut waiting = Box::pin(pool.workers[0].done(ACQUIRE, request.clone()));
    assert!(timeout(Duration::from_millis(50), &mut waiting).await.is_err(), "it waits");
    pool.stage.app.advance(TimeDelta::seconds(10)).await;
    let acquired = within_deadline("the call answers", waiting).await;
    let first = held(&acquired).remove(0);

    // What a crashed worker had wakes those who wait, too.
    let mut waiting = Box::pin(pool.workers[1].done(ACQUIRE, request.clone()));
    assert!(timeout(Duration::from_millis(50), &mut waiting).await.is_err(), "it waits");
    pool.call(0, RELEASE, &first).await.expect("it has the lease");
    assert_eq!(held(&within_deadline("the call answers", waiting).await)[0].activity, first.activity);

    // Without any it answers after its time.
    let mut waiting = Box::pin(pool.workers[0].done(ACQUIRE, request));
    assert!(timeout(Duration::from_millis(50), &mut waiting).await.is_err(), "it waits");
    pool.stage.app.clock.advance(TimeDelta::seconds(30));
    assert_eq!(within_deadline("the call answers", waiting).await, json!({}));
}

#[tokio::test]
async fn what_somebody_else_has_leased_is_refused_with_the_holder() {
    let pool = Pool::of(1).await;
    let held = pool.acquire(0, 1).await.remove(0);
    let until = pool.stage.app.now() + TimeDelta::hours(1);
    for (method, more) in [(COMPLETE, json!({})), (SKIP, json!({})), (SNOOZE, json!({"until": until}))] {
        let mut request = json!({"name": held.activity});
        request.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let leased = refused(pool.stage.call(method, request.clone()).await);
        assert_eq!((leased.code, leased.reason.as_str()), (Code::FailedPrecondition, "ACTIVITY_LEASED"));
        assert!(
            leased.metadata["holder"].starts_with("apiKeys/") && leased.metadata.contains_key("expire_time")
        );

        // A worker needs a lease, even for what nobody has.
        let without = refused(pool.workers[1].call(method, request).await);
        assert_eq!(without.fields(), [("lease_id", "FIELD_REQUIRED")], "{method}");
    }

    // Whoever has the lease, with whichever key.
    let request = json!({"name": held.activity, "lease_id": held.lease, "until": until});
    let snoozed = pool.stage.done(SNOOZE, request.clone()).await;
    assert_eq!(snoozed["activity"]["lease"], Value::Null);
    assert_eq!(refused(pool.stage.call(SNOOZE, request).await).reason, "LEASE_LOST");
    pool.stage.done(COMPLETE, json!({"name": held.activity})).await;
    pool.check().await;
}

#[tokio::test]
async fn a_worker_sees_the_queues_of_teams_only() {
    let pool = Pool::of(1).await;
    let own = pool.stage.enroll("l1", "tasks").await;
    let worker = &pool.workers[0];
    for queue in ["sellers/ana", "sellers/me", "teams/none"] {
        let missing = refused(worker.call(ACQUIRE, json!({"queue": queue})).await);
        assert_eq!(missing.reason, "RESOURCE_NOT_FOUND", "{queue}");
    }
    let request = json!({"name": own["openActivity"], "lease_id": uuid::Uuid::from_u128(1).to_string()});
    for method in [COMPLETE, EXTEND, RELEASE] {
        assert_eq!(refused(worker.call(method, request.clone()).await).reason, "RESOURCE_NOT_FOUND");
    }
    let missing = worker.call("WorkQueueService/GetActivity", json!({"name": own["openActivity"]})).await;
    assert_eq!(refused(missing).reason, "RESOURCE_NOT_FOUND");

    let held = pool.acquire(0, 1).await.remove(0);
    let shown =
        worker.done("WorkQueueService/GetActivity", json!({"name": held.activity, "view": "FULL"})).await;
    assert_eq!(text(&shown, "/activity/queue"), POOL);

    // A seller has own work alone, say on one of two devices.
    let ana = pool.stage.salesperson("ana").await;
    assert_eq!(refused(ana.call(ACQUIRE, json!({"queue": POOL})).await).reason, "RESOURCE_NOT_FOUND");
    let mine = self::held(&ana.done(ACQUIRE, json!({"queue": "sellers/me"})).await);
    assert_eq!(own["openActivity"], mine[0].activity);
    ana.done(COMPLETE, json!({"name": mine[0].activity})).await;
}

#[tokio::test]
async fn an_exit_a_pause_or_another_owner_ends_a_lease() {
    let pool = Pool::of(3).await;
    let held = pool.acquire(0, 3).await;
    let third = pool.stage.done("WorkQueueService/GetActivity", json!({"name": held[2].activity})).await;
    let third = json!({"name": third["activity"]["enrollment"]});
    pool.stage.done("EnrollmentService/PauseEnrollment", third.clone()).await;
    let lost = refused(pool.call(0, EXTEND, &held[2]).await);
    assert_eq!((lost.reason.as_str(), lost.metadata["state"].as_str()), ("LEASE_LOST", "PAUSED"));
    assert!(pool.acquire(1, 1).await.is_empty());
    pool.stage.done("EnrollmentService/ResumeEnrollment", third).await;
    assert_eq!(names(&pool.acquire(1, 1).await), names(&held[2..]));
    pool.check().await;

    let first = pool.stage.done("WorkQueueService/GetActivity", json!({"name": held[0].activity})).await;
    pool.stage
        .done("EnrollmentService/ExitEnrollment", json!({"name": first["activity"]["enrollment"]}))
        .await;
    let lost = refused(pool.call(0, COMPLETE, &held[0]).await);
    assert_eq!((lost.reason.as_str(), lost.metadata["state"].as_str()), ("LEASE_LOST", "CANCELED"));

    pool.stage.admin.leads(json!([{"id": "p1", "owner": "ana"}])).await;
    pool.stage.app.run_until_idle().await;
    let moved = pool.stage.queue("sellers/ana").await;
    assert_eq!((text(&moved[0], "/name"), &moved[0]["lease"]), (held[1].activity.as_str(), &Value::Null));
    // It is no longer the worker's to see.
    assert_eq!(refused(pool.call(0, COMPLETE, &held[1]).await).reason, "RESOURCE_NOT_FOUND");
    pool.check().await;
}

#[tokio::test]
async fn a_repeated_request_gets_the_same_leases_and_an_empty_answer_is_not_kept() {
    let pool = Pool::of(1).await;
    let request = |id: u128| json!({"queue": POOL, "max_activities": 5, "request_id": uuid::Uuid::from_u128(id).to_string()});
    let worker = &pool.workers[0];
    let first = worker.done(ACQUIRE, request(7)).await;
    assert_eq!(worker.done(ACQUIRE, request(7)).await, first);
    assert_eq!(worker.done(ACQUIRE, request(8)).await, json!({}));
    pool.stage.enroll("l4", "tasks").await;
    assert_eq!(held(&worker.done(ACQUIRE, request(8)).await).len(), 1);

    let held = held(&first).remove(0);
    let mut release = json!({"name": held.activity, "lease_id": held.lease});
    release["request_id"] = json!(uuid::Uuid::from_u128(9).to_string());
    worker.done(RELEASE, release.clone()).await;
    worker.done(RELEASE, release).await;
    pool.check().await;
}

#[tokio::test]
async fn lengths_of_leases_and_waits_have_limits() {
    let pool = Pool::of(0).await;
    let wrong =
        json!({"queue": POOL, "lease_duration": "9.999999s", "wait_duration": "31s", "max_activities": 51});
    let wrong: Refused = refused(pool.workers[0].call(ACQUIRE, wrong).await);
    let mut fields = wrong.fields();
    fields.sort_unstable();
    let expected =
        ["lease_duration", "max_activities", "wait_duration"].map(|field| (field, "FIELD_INVALID"));
    assert_eq!(fields, expected, "{wrong:?}");
}

#[tokio::test]
async fn the_work_of_a_sequence_that_is_being_paused_keeps_no_other_work_from_a_pool() {
    let stage = Stage::new().await;
    let ids: Vec<String> = (0..1_050).map(|number| format!("m{number}")).collect();
    for ids in ids.chunks(525) {
        stage.admin.leads(ids.iter().map(|id| json!({"id": id})).collect()).await;
        let enroll =
            |id: &String| json!({"record": format!("recordTypes/lead/records/{id}"), "sequence": "tasks"});
        let requests: Vec<Value> = ids.iter().map(enroll).collect();
        stage.done("EnrollmentService/BatchEnrollRecords", json!({"requests": requests})).await;
    }
    stage.app.advance(TimeDelta::seconds(1)).await;
    let behind = stage.enroll("l4", "short").await;
    stage.done("SequenceService/DeactivateSequence", json!({"name": "tasks", "mode": "PAUSE"})).await;

    // No loop runs, so nobody else writes the pause.
    let ben = worker(&stage).await;
    let wait = json!({"queue": POOL, "max_activities": 50, "wait_duration": "30s"});
    let found = within_deadline("the work behind", ben.done(ACQUIRE, wait)).await;
    let found: Vec<String> = held(&found).into_iter().map(|one| one.activity).collect();
    assert_eq!(found, [text(&behind, "/openActivity")]);
    stage.app.run_until_idle().await;
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}
