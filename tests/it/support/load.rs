//! Load: a CRM, sellers and managers at work, who repeat a request until it is answered and
//! remember the answer, and watchers.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tonic::{Code, Status};
use upnext::clock::Clock;
use uuid::Uuid;

use super::dynamic::call;
use super::fleet::Servers;
use super::refused::Refused;
use super::stage::list;
use super::told::{Told, lost};
use super::watcher::{Watched, watch};

/// How long a caller repeats a request.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long one answer is waited for.
const ANSWER: Duration = Duration::from_secs(10);
/// The pause before a caller repeats a request.
const PAUSE: Duration = Duration::from_millis(20);

/// A caller.
struct Caller {
    number: u64,
    servers: Servers,
    secret: String,
    rng: StdRng,
    told: Told,
    leads: u64,
}

/// Callers and watchers at work.
pub struct Load {
    servers: Servers,
    secret: String,
    stop: CancellationToken,
    callers: JoinSet<Told>,
    /// How often a caller has done something.
    done: watch::Sender<u64>,
    watched: Vec<(&'static str, Arc<Mutex<Watched>>)>,
}

const QUEUES: [&str; 3] = ["sellers/ana", "sellers/ben", "teams/unassigned"];

/// Gives an organization sellers, sequences and a live segment.
pub async fn furnish(servers: &Servers, secret: &str) {
    let mut caller = Caller::new(0, servers, secret, 0);
    let steps = json!([{"step_id": "hello", "email": {}}, {"step_id": "pause", "wait": {"delay": {"seconds": 1}}}, {"step_id": "call", "phone_call": {}}]);
    let tasks = json!([{"step_id": "pause", "wait": {"delay": {"seconds": 1}}}, {"step_id": "one", "task": {}}, {"step_id": "two", "task": {}}]);
    let rule = json!({"display_name": "In turn", "listed": {"sellers": ["ana", "ben"]}, "distribution": "ROUND_ROBIN"});

    for (method, request) in [
        ("SellerService/CreateSeller", json!({"seller_id": "ana", "seller": {"display_name": "Ana"}})),
        ("SellerService/CreateSeller", json!({"seller_id": "ben", "seller": {"display_name": "Ben"}})),
        (
            "RecordService/DeclareAttributes",
            json!({"record_type": "lead", "attributes": {"origin": {"type": "STRING"}}}),
        ),
        (
            "SequenceService/CreateSequence",
            json!({"sequence_id": "short", "sequence": {"display_name": "Short", "steps": steps}}),
        ),
        ("SequenceService/ActivateSequence", json!({"name": "short"})),
        (
            "SequenceService/CreateSequence",
            json!({"sequence_id": "tasks", "sequence": {"display_name": "Tasks", "steps": tasks}}),
        ),
        ("SequenceService/ActivateSequence", json!({"name": "tasks"})),
        (
            "SegmentService/CreateSegment",
            json!({"segment_id": "live", "segment": {"display_name": "Live", "condition": "record.origin == \"live\"", "on_leave": "EXIT_ENROLLMENT"}}),
        ),
        (
            "SegmentService/CreateAssignmentRule",
            json!({"parent": "segments/live", "assignment_rule_id": "in-turn", "assignment_rule": rule}),
        ),
        ("SegmentService/ConnectSequence", json!({"name": "segments/live", "sequence": "short"})),
        ("SegmentService/ActivateSegment", json!({"name": "segments/live"})),
    ] {
        caller.ask(method, request).await.unwrap_or_else(|status| panic!("{method}: {status:?}"));
    }
}

impl Load {
    /// Starts this many callers, and a watcher for each queue.
    pub fn start(servers: &Servers, secret: &str, callers: u64, seed: u64) -> Self {
        let stop = CancellationToken::new();
        let mut load = Self {
            servers: servers.clone(),
            secret: secret.to_owned(),
            stop: stop.clone(),
            callers: JoinSet::new(),
            done: watch::Sender::default(),
            watched: Vec::new(),
        };

        for number in 1..=callers {
            let mut caller = Caller::new(number, servers, secret, seed);
            let (stop, done) = (stop.clone(), load.done.clone());
            load.callers.spawn(async move {
                while !stop.is_cancelled() {
                    caller.act().await;
                    done.send_modify(|done| *done += 1);
                }
                caller.told
            });
        }

        for queue in QUEUES {
            let watched = watch(servers.clone(), secret.to_owned(), queue, seed);
            load.watched.push((queue, watched));
        }
        load
    }

    /// How often a caller has done something.
    pub fn done(&self) -> u64 {
        *self.done.borrow()
    }

    /// Waits until callers have done so much more.
    pub async fn go_on(&self, deeds: u64) {
        self.goes_on(deeds).await.unwrap_or_else(|stalled| panic!("{stalled}"));
    }

    /// Waits until callers have done so much more. Otherwise says how much they have done.
    pub async fn goes_on(&self, deeds: u64) -> Result<(), String> {
        let (mut done, before) = (self.done.subscribe(), self.done());
        let enough = timeout(PATIENCE, done.wait_for(|done| *done >= before + deeds)).await.is_ok();
        let stalled = || format!("callers did {} of {deeds} within {PATIENCE:?}", self.done() - before);
        enough.then_some(()).ok_or_else(stalled)
    }

    /// Ends the calls, waits until the loops rest, and checks that every answer was true and that
    /// watchers see what is listed. Returns what is wrong.
    pub async fn end(mut self, pool: &PgPool) -> (u64, Vec<String>) {
        self.stop.cancel();
        let mut told = Vec::new();
        while let Some(one) = self.callers.join_next().await {
            told.push(one.expect("no caller panics"));
        }
        rest(pool).await;
        let mut wrong = Vec::new();

        for one in &told {
            wrong.extend(one.wrong.iter().cloned());
            wrong.extend(lost(pool, one).await);
        }

        for (queue, watched) in &self.watched {
            wrong.extend(self.unlike(queue, watched).await);
        }
        (told.iter().map(|one| one.answers).sum(), wrong)
    }

    /// Waits until a watcher sees what is listed; what is wrong if it never does.
    async fn unlike(&self, queue: &str, watched: &Mutex<Watched>) -> Option<String> {
        let mut caller = Caller::new(0, &self.servers, &self.secret, 0);
        let since = Instant::now();

        loop {
            let request = json!({"queue": queue, "page_size": 500});
            let answer = caller.ask("WorkQueueService/ListActivities", request).await;
            let answer = answer.unwrap_or_else(|status| panic!("{queue}: {status:?}"));
            let listed: Vec<String> = list(&answer, "/activities").iter().map(name).collect();
            let (shown, revisions) = {
                let watched = watched.lock().expect("no lock holder panics");
                (watched.names(), watched.went_back)
            };
            if revisions {
                return Some(format!("the revisions of {queue} went back"));
            }
            if listed == shown {
                return None;
            }
            if since.elapsed() > PATIENCE {
                return Some(format!(
                    "{queue}: listed are {} activities, a watcher sees {}",
                    listed.len(),
                    shown.len()
                ));
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

fn name(activity: &Value) -> String {
    activity["name"].as_str().unwrap_or_default().to_owned()
}

/// What is left to do: changes, operations and timers that are due within seconds; and the progress
/// of operations.
type Left = (i64, i64, i64, i64, i64);

/// Waits until no loop has anything left to do, for as long as it becomes less.
pub async fn rest(pool: &PgPool) {
    let (mut since, mut least) = (Instant::now(), None);

    loop {
        let left: Option<Left> = sqlx::query_as(
            "SELECT (SELECT count(*) FROM record_change) + (SELECT count(*) FROM related_change), (SELECT count(*) FROM operation WHERE state = 'RUNNING'),
               count(*), count(*) FILTER (WHERE due_at < clock_timestamp()),
               (SELECT -coalesce(sum(done), 0)::bigint FROM operation)
             FROM timer WHERE due_at < clock_timestamp() + interval '10 seconds'",
        )
        .fetch_one(pool)
        .await
        .ok();
        if matches!(left, Some((0, 0, 0, 0, _))) {
            return;
        }
        if least.is_none_or(|least| left.is_some_and(|left: Left| left < least)) {
            (since, least) = (Instant::now(), left);
        }
        assert!(since.elapsed() < PATIENCE, "the loops don't come to rest; left are {left:?} of {least:?}");
        tokio::time::sleep(PAUSE).await;
    }
}

/// Whether it is worth asking again: the server or its database went away, or others were in the
/// way.
pub fn passes(status: &Status) -> bool {
    match status.code() {
        Code::Unavailable | Code::DeadlineExceeded | Code::Aborted => true,
        // Calls whose key is remembered wait for connections that don't answer.
        Code::ResourceExhausted => Refused::of(status).reason == "TOO_MANY_CALLS",
        // Without details it isn't the server that speaks: the connection broke.
        Code::Unknown | Code::Internal | Code::Cancelled => status.details().is_empty(),
        _ => false,
    }
}

impl Caller {
    fn new(number: u64, servers: &Servers, secret: &str, seed: u64) -> Self {
        Self {
            number,
            servers: servers.clone(),
            secret: secret.to_owned(),
            rng: StdRng::seed_from_u64(seed ^ (number << 32)),
            told: Told::default(),
            leads: 0,
        }
    }

    /// Repeats a request, each time to any server, until there is an answer.
    async fn ask(&mut self, method: &str, request: Value) -> Result<Value, Status> {
        let since = Instant::now();

        loop {
            let client = self.servers.any(&self.secret, &mut self.rng);
            let name = format!("upnext.v1.{method}");
            let asked = timeout(ANSWER, call(&client, &name, request.clone()));
            match asked.await.unwrap_or_else(|_| Err(Status::unavailable("no answer"))) {
                Err(status) if passes(&status) && since.elapsed() < PATIENCE => {
                    tokio::time::sleep(PAUSE).await
                }
                answer => {
                    self.told.answers += 1;
                    if let Err(status) = &answer
                        && matches!(
                            status.code(),
                            Code::Internal | Code::Unknown | Code::Unavailable | Code::InvalidArgument
                        )
                    {
                        self.told.wrong.push(format!("{method} {request} is answered with {status:?}"));
                    }
                    return answer;
                }
            }
        }
    }

    fn request_id(&mut self) -> Uuid {
        Uuid::from_u128(self.rng.random())
    }

    async fn act(&mut self) {
        match self.rng.random_range(0..100) {
            0..30 => self.upsert().await,
            30..40 => self.upsert_several().await,
            40..75 => self.close().await,
            75..82 => self.snooze().await,
            82..90 => self.enroll().await,
            90..94 => self.exit().await,
            94..97 => self.end_lead().await,
            _ => self.administer().await,
        }
    }

    fn new_lead(&mut self) -> String {
        self.leads += 1;
        format!("w{}-{}", self.number, self.leads)
    }

    /// A new lead, or one of its own that gets another owner or origin.
    fn lead(&mut self) -> (String, Value) {
        let known = self.told.leads.choose(&mut self.rng).cloned();

        match known {
            Some(known) if self.rng.random_bool(0.3) => {
                let change = match self.rng.random_range(0..3) {
                    0 => json!({"id": known, "owner": "ana"}),
                    1 => json!({"id": known, "owner": "ben", "attributes": {"origin": "live"}}),
                    _ => json!({"id": known, "attributes": {"origin": "else"}}),
                };
                (known, change)
            }
            _ => {
                let id = self.new_lead();
                (id.clone(), json!({"id": id, "attributes": {"origin": "live"}}))
            }
        }
    }

    fn took(&mut self, id: String) {
        if !self.told.leads.contains(&id) {
            self.told.leads.push(id);
        }
    }

    async fn upsert(&mut self) {
        let (id, lead) = self.lead();
        if self
            .ask("RecordService/UpsertRecord", json!({"record_type": "lead", "record": lead}))
            .await
            .is_ok()
        {
            self.took(id);
        }
    }

    async fn upsert_several(&mut self) {
        let leads: Vec<(String, Value)> = (0..5).map(|_| self.lead()).collect();
        let records: Vec<&Value> = leads.iter().map(|(_, lead)| lead).collect();
        let request = json!({"record_type": "lead", "records": records});
        if let Ok(answer) = self.ask("RecordService/BatchUpsertRecords", request).await {
            for ((id, _), result) in leads.into_iter().zip(list(&answer, "/results")) {
                match result.get("upserted") {
                    Some(_) => self.took(id),
                    None => self.told.wrong.push(format!("a lead isn't taken: {result}")),
                }
            }
        }
    }

    /// Any open activity.
    async fn activity(&mut self) -> Option<String> {
        let queue = QUEUES[self.rng.random_range(0..3)];
        let answer = self
            .ask("WorkQueueService/ListActivities", json!({"queue": queue, "page_size": 20}))
            .await
            .ok()?;
        list(&answer, "/activities").choose(&mut self.rng).map(name)
    }

    async fn close(&mut self) {
        let Some(activity) = self.activity().await else { return };
        let (item, skips) = (self.request_id(), self.rng.random_bool(0.2));
        let (method, state, said) =
            if skips { ("SkipActivity", 4, "reason") } else { ("CompleteActivity", 3, "outcome") };
        let request = json!({"name": activity, said: "made", "request_id": item});
        if self.ask(&format!("WorkQueueService/{method}"), request).await.is_ok() {
            self.told.closed.push((id_of(&activity), state, item));
        }
    }

    async fn snooze(&mut self) {
        let Some(activity) = self.activity().await else { return };
        // Until soon, or until long after the test.
        let far = if self.rng.random_bool(0.5) { TimeDelta::hours(1) } else { TimeDelta::seconds(2) };
        let until = Clock::system().now() + far;
        // What passes while it is asked for again and again can't be put off until then.
        let _ = call(
            &self.servers.any(&self.secret, &mut self.rng),
            "upnext.v1.WorkQueueService/SnoozeActivity",
            json!({"name": activity, "until": until, "request_id": self.request_id()}),
        )
        .await;
    }

    async fn enroll(&mut self) {
        let Some(lead) = self.told.leads.choose(&mut self.rng).cloned() else { return };
        let record = format!("recordTypes/lead/records/{lead}");
        let request = json!({"record": record, "sequence": "tasks", "request_id": self.request_id()});
        if let Ok(answer) = self.ask("EnrollmentService/EnrollRecord", request).await {
            self.told.enrolled.push(id_of(&name(&answer["enrollment"])));
        }
    }

    async fn exit(&mut self) {
        let Some(enrollment) = self.told.enrolled.choose(&mut self.rng).copied() else { return };
        let method = if self.rng.random_bool(0.5) { "ExitEnrollment" } else { "SkipWait" };
        let request = json!({"name": format!("enrollments/{enrollment}"), "request_id": self.request_id()});
        let _ = self.ask(&format!("EnrollmentService/{method}"), request).await;
    }

    async fn end_lead(&mut self) {
        if self.told.leads.is_empty() {
            return;
        }
        let index = self.rng.random_range(0..self.told.leads.len());
        let record = format!("recordTypes/lead/records/{}", self.told.leads[index]);
        if self.rng.random_bool(0.5) {
            self.told.leads.swap_remove(index);
            let request = json!({"name": record, "request_id": self.request_id()});
            let _ = self.ask("RecordService/DeleteRecord", request).await;
        } else {
            let request = json!({"name": record, "close_outcome": "WON", "request_id": self.request_id()});
            let _ = self.ask("RecordService/CloseRecord", request).await;
        }
    }

    async fn administer(&mut self) {
        let request_id = self.request_id();
        let takes = self.rng.random_bool(0.8);
        let (method, request) = match self.rng.random_range(0..3) {
            0 => (
                "SegmentService/ActivateSegment",
                json!({"name": "segments/live", "backfill": true, "request_id": request_id}),
            ),
            1 => (
                "SegmentService/UpdateSegment",
                json!({"segment": {"name": "segments/live", "display_name": format!("Live {}", request_id)}, "request_id": request_id}),
            ),
            _ => (
                "SellerService/UpdateSeller",
                json!({"seller": {"name": "sellers/ben", "assign_records": takes}, "update_mask": "assignRecords", "request_id": request_id}),
            ),
        };
        let _ = self.ask(method, request).await;
    }
}

fn id_of(name: &str) -> Uuid {
    name.rsplit('/').next().and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("no id in {name:?}"))
}
