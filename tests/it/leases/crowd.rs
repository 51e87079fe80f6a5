//! Many workers on several servers take everything from a pool; some crash or hang in the middle.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};
use tokio::time::timeout;
use tonic::{Code, Status};

use super::{ACQUIRE, COMPLETE, Held, POOL, held};
use crate::support::app::{Client, organization, store, within_deadline};
use crate::support::chance::{is_long, seed};
use crate::support::database::TestDatabase;
use crate::support::fleet::{Fleet, Servers};
use crate::support::invariants;
use crate::support::refused::Refused;
use crate::support::stage::{list, text};

const WORKERS: u64 = 8;

/// What all workers know together.
#[derive(Default)]
struct Known {
    /// The activities that a worker was told it has completed.
    told: BTreeSet<String>,
    /// How many are done, whether anybody was told or not.
    done: i64,
    /// What hung workers still believe to have.
    hung: Vec<Held>,
}

/// One worker. It crashes now and then, and another one takes its place.
struct Worker {
    servers: Servers,
    secret: String,
    dice: StdRng,
    known: Arc<Mutex<Known>>,
}

impl Worker {
    fn client(&mut self) -> Client {
        self.servers.any(&self.secret, &mut self.dice)
    }

    /// Works until everything is done.
    async fn work(mut self, all: i64) {
        while self.known.lock().expect("no panics").done < all {
            let request = json!({"queue": POOL, "max_activities": self.dice.random_range(1..20),
                "lease_duration": "10s", "wait_duration": "0.5s"});
            let answer = self.client().call(ACQUIRE, request).await.expect("a queue that exists");

            for one in held(&answer) {
                match self.dice.random_range(0..100) {
                    // Crashes: whatever it still has is lost.
                    0 => break,
                    // Hangs, and comes back when all is done.
                    1 => self.known.lock().expect("no panics").hung.push(one),
                    // Crashes while it waits for the answer: nobody knows whether it is done.
                    2 => {
                        let moment = Duration::from_micros(self.dice.random_range(0..3000));
                        _ = timeout(moment, self.complete(&one)).await;
                    }
                    _ => _ = self.complete(&one).await,
                }
            }
        }
    }

    /// Completes what it has; it may have lost it meanwhile. Tells the others.
    async fn complete(&mut self, one: &Held) -> Result<Value, Status> {
        let request = json!({"name": one.activity, "lease_id": one.lease});
        let answer = self.client().call(COMPLETE, request).await;
        match &answer {
            Ok(_) => {
                let first = self.known.lock().expect("no panics").told.insert(one.activity.clone());
                assert!(first, "{} was done twice", one.activity);
            }
            Err(status) => assert_eq!(Refused::of(status).reason, "LEASE_LOST", "{status:?}"),
        }
        answer
    }
}

/// So many leads of nobody, each with a task in the pool.
async fn fill(admin: &Client, number: usize) {
    admin.sequence("task", json!([{"step_id": "do", "task": {}}])).await;
    for from in (0..number).step_by(500) {
        let ids = || (from..number.min(from + 500)).map(|index| format!("p{index}"));
        admin.leads(ids().map(|id| json!({"id": id})).collect()).await;
        let enroll =
            |id: String| json!({"record": format!("recordTypes/lead/records/{id}"), "sequence": "task"});
        let requests: Vec<Value> = ids().map(enroll).collect();
        let answer = admin.done("EnrollmentService/BatchEnrollRecords", json!({"requests": requests})).await;
        assert!(!answer.to_string().contains("error"), "{answer}");
    }
}

/// Counts what is done: what crashed in the middle of a completion may be done without anybody
/// knowing.
async fn settle(database: &TestDatabase, known: &Mutex<Known>) -> i64 {
    let done = sqlx::query_scalar("SELECT count(*) FROM closed_activity");
    let done: i64 = done.fetch_one(&database.pool()).await.expect("counts");
    known.lock().expect("no panics").done = done;
    done
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_workers_on_two_servers_that_crash_and_hang_do_each_activity_once_and_lose_none() {
    let (seed, number) = (seed(), if is_long() { 20_000 } else { 600 });
    let all = i64::try_from(number).expect("small");
    println!("UPNEXT_SEED={seed}");
    let database = TestDatabase::new().await;
    let store = store(&database);
    let secret = organization(&store).await;
    let fleet = Fleet::start(2, &database.connect_options()).await;
    let mut dice = StdRng::seed_from_u64(seed);
    let admin = fleet.servers.any(&secret, &mut dice);
    fill(&admin, number).await;
    let key = json!({"api_key": {"display_name": "Worker", "roles": ["WORKER"]}});
    let key = admin.done("ApiKeyService/CreateApiKey", key).await;

    let known = Arc::new(Mutex::new(Known::default()));
    let workers = (0..WORKERS).map(|index| Worker {
        servers: fleet.servers.clone(),
        secret: text(&key, "/secret").to_owned(),
        dice: StdRng::seed_from_u64(seed ^ index),
        known: known.clone(),
    });
    let working: Vec<_> = workers.map(|worker| tokio::spawn(worker.work(all))).collect();
    let watch = async {
        let mut pause = tokio::time::interval(Duration::from_millis(500));
        while settle(&database, &known).await < all {
            pause.tick().await;
        }
    };
    let deadline = Duration::from_secs(if is_long() { 1_200 } else { 120 });
    timeout(deadline, watch).await.expect("everything is done in time");
    for worker in working {
        within_deadline("the workers rest", worker).await.expect("no worker fails");
    }

    // Whoever hung comes back, and is told.
    let hung = std::mem::take(&mut known.lock().expect("no panics").hung);
    assert!(!hung.is_empty());
    let late = fleet.servers.any(text(&key, "/secret"), &mut dice);
    for one in &hung {
        let request = json!({"name": one.activity, "lease_id": one.lease});
        let status = late.call(COMPLETE, request).await.expect_err("it has lost the lease");
        assert_eq!(
            (status.code(), Refused::of(&status).reason.as_str()),
            (Code::FailedPrecondition, "LEASE_LOST")
        );
    }

    let completed = "SELECT count(*), count(DISTINCT subject_id) FROM history WHERE kind = 6";
    let counts: (i64, i64) = sqlx::query_as(completed).fetch_one(&database.pool()).await.expect("counts");
    assert_eq!(counts, (all, all), "each is done once, and none is lost");
    let left = admin.done("WorkQueueService/ListActivities", json!({"queue": POOL})).await;
    assert_eq!(list(&left, "/activities"), Vec::<Value>::new());
    invariants::hold_in(&store, fleet.clocks[0].now()).await;
}
