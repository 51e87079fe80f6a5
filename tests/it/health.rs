//! Health is honest within a second, whatever happens to the database, and callers learn why they
//! get no answer.
//!
//! Each test has a Postgres of its own, to stop, start and freeze. A second is measured from the
//! moment at which the database was surely gone, or surely back; of several rounds the quickest
//! counts, as the machine may be busy with other tests.

use std::fs;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Streaming};
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse};
use tonic_types::StatusExt as _;
use upnext::api::pb;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;
use upnext::app::App;
use upnext::clock::Clock;
use upnext::lifecycle::Lifecycle;
use upnext::private_postgres::{Options, PrivatePostgres, Profile};
use upnext::store::{MIGRATOR, PoolSettings};

use super::support::app::{Client, listening, settings, stores_by, within_deadline};
use super::support::database::{TestDatabase, binaries};
use super::support::dynamic::call;
use super::support::process::folder;
use super::support::refused::Refused;

const WORK_QUEUE: &str = "upnext.v1.WorkQueueService";
const A_SECOND: Duration = Duration::from_secs(1);
/// How often each round is played.
const ROUNDS: usize = 3;
/// How long a caller waits for the database.
const PATIENCE: Duration = Duration::from_secs(2);

/// A Postgres of this test's own that keeps its data.
struct Database {
    folder: TempDir,
    postgres: Option<PrivatePostgres>,
}

impl Database {
    async fn new() -> Self {
        let mut database = Self { folder: folder(), postgres: None };
        database.start().await;
        let mut connection = database.options().connect().await.expect("connects");
        MIGRATOR.run(&mut connection).await.expect("the migrations run");
        connection.close().await.expect("ends with a notice");
        database
    }

    async fn start(&mut self) {
        let data_dir = self.folder.path().join("data");
        let options = Options { data_dir, binaries: binaries().await, profile: Profile::Durable };
        let started = PrivatePostgres::start(options, &ProgressBar::hidden()).await;
        self.postgres = Some(started.expect("the Postgres starts"));
    }

    async fn stop(&mut self) {
        self.postgres.take().expect("it runs").stop().await.expect("it stops");
    }

    fn running(&self) -> &PrivatePostgres {
        self.postgres.as_ref().expect("it runs")
    }

    fn options(&self) -> PgConnectOptions {
        self.running().connect_options("postgres")
    }

    /// Sends a signal to the server and all its sessions.
    fn signal(&self, signal: Signal) {
        let [postmaster, _] = self.running().process_ids();
        let children = fs::read_to_string(format!("/proc/{postmaster}/task/{postmaster}/children"));
        let children = children.unwrap_or_default();
        let children = children.split_whitespace().map(|pid| pid.parse().expect("a process id"));
        for pid in children.chain([postmaster]) {
            // A session may have ended meanwhile.
            let _ = kill(Pid::from_raw(i32::try_from(pid).expect("a process id")), signal);
        }
    }
}

/// A whole server with its loops, on the real clock.
struct Server {
    channel: Channel,
    client: Client,
    lifecycle: Lifecycle,
}

impl Server {
    async fn on(options: PgConnectOptions) -> Self {
        let patient = PoolSettings { acquire_timeout: PATIENCE, ..PoolSettings::default() };
        let stores = stores_by(&options, &patient, true);
        let clock = Clock::system();
        let now = clock.now();
        let app = App::new(stores, clock, settings());
        let created = app.engine.create_organization("Test", now).await.expect("is created");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let lifecycle = Lifecycle::new();
        let own = lifecycle.clone();
        let listening = listening();
        lifecycle.spawn(async move { app.run(listener, listening, &own).await.expect("it runs") });

        let channel = Endpoint::from_shared(format!("http://{address}")).expect("an address").connect_lazy();
        let client = Client::new(channel.clone(), created.secret.expose());
        Self { channel, client, lifecycle }
    }

    async fn call(&self, method: &str, request: Value) -> Value {
        let answer = call(&self.client, &format!("upnext.v1.{method}"), request).await;
        answer.unwrap_or_else(|status| panic!("{method}: {status:?}"))
    }

    async fn watch(&self, service: &str) -> Health {
        let service = service.to_owned();
        let asked = HealthClient::new(self.channel.clone()).watch(HealthCheckRequest { service }).await;
        let mut health = Health { stream: asked.expect("the service is known").into_inner() };
        assert_eq!(health.next().await, ServingStatus::Serving);
        health
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.lifecycle.begin_to_drain();
        self.lifecycle.hard().cancel();
    }
}

/// What health pushes of one service.
struct Health {
    stream: Streaming<HealthCheckResponse>,
}

impl Health {
    async fn next(&mut self) -> ServingStatus {
        let message = within_deadline("health is told", self.stream.message()).await;
        message.expect("the stream continues").expect("the stream continues").status()
    }

    /// Waits for the next word, which must be this; says how long that took.
    async fn until(&mut self, expected: ServingStatus) -> Duration {
        let since = Instant::now();
        assert_eq!(self.next().await, expected, "only changes are pushed");
        since.elapsed()
    }
}

fn quickest(what: &str, rounds: &[Duration]) {
    let quickest = rounds.iter().min().expect("some rounds");
    assert!(*quickest <= A_SECOND, "{what} took {rounds:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn health_is_honest_within_a_second_when_the_database_stops_and_starts() {
    let mut database = Database::new().await;
    let server = Server::on(database.options()).await;
    let (mut all, mut queues) = (server.watch("").await, server.watch(WORK_QUEUE).await);
    let (mut gone, mut back) = (Vec::new(), Vec::new());

    for _ in 0..ROUNDS {
        database.stop().await;
        gone.push(all.until(ServingStatus::NotServing).await);
        queues.until(ServingStatus::NotServing).await;
        let status =
            call(&server.client, "upnext.v1.SellerService/ListSellers", json!({})).await.unwrap_err();
        unavailable(&status);
        database.start().await;
        back.push(all.until(ServingStatus::Serving).await);
        queues.until(ServingStatus::Serving).await;
    }

    quickest("the end", &gone);
    quickest("the return", &back);
    call(&server.client, "upnext.v1.SellerService/ListSellers", json!({})).await.expect("all is well again");
}

#[tokio::test(flavor = "multi_thread")]
async fn health_is_honest_within_a_second_when_the_database_hangs_and_no_call_waits_forever() {
    let database = Database::new().await;
    let server = Server::on(database.options()).await;
    let mut health = server.watch("").await;
    let (mut gone, mut back) = (Vec::new(), Vec::new());

    for _ in 0..ROUNDS {
        database.signal(Signal::SIGSTOP);
        gone.push(health.until(ServingStatus::NotServing).await);
        database.signal(Signal::SIGCONT);
        back.push(health.until(ServingStatus::Serving).await);
    }

    database.signal(Signal::SIGSTOP);
    let asked = call(&server.client, "upnext.v1.SellerService/ListSellers", json!({}));
    let status = within_deadline("an answer without a database", asked).await.unwrap_err();
    database.signal(Signal::SIGCONT);
    unavailable(&status);
    quickest("the end", &gone);
    quickest("the return", &back);
}

/// The database is away: what to do is said in the status.
fn unavailable(status: &tonic::Status) {
    assert_eq!(status.code(), Code::Unavailable, "{status:?}");
    assert_eq!(Refused::of(status).reason, "SERVICE_UNAVAILABLE");
    let retry = status.get_details_retry_info().expect("says when to retry");
    assert!(retry.retry_delay.is_some_and(|delay| delay > Duration::ZERO));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_survives_a_database_restart_and_shows_later_changes() {
    let mut database = Database::new().await;
    let server = Server::on(database.options()).await;
    server.client.seller("ana").await;
    server.client.sequence("calls", json!([{"step_id": "call", "phone_call": {}}])).await;
    let request = pb::WatchNextActivityRequest { queue: "sellers/ana".to_owned() };
    let stream = WorkQueueServiceClient::new(server.client.calls()).watch_next_activity(request).await;
    let mut stream = stream.expect("opens").into_inner();
    let first = within_deadline("the head", stream.message()).await.expect("continues").expect("continues");
    assert_eq!(first.activity, None);

    let mut health = server.watch("").await;
    database.stop().await;
    health.until(ServingStatus::NotServing).await;
    database.start().await;
    health.until(ServingStatus::Serving).await;

    let record = json!({"id": "l1", "owner": "ana"});
    server.client.leads(json!([record])).await;
    let enroll = json!({"record": "recordTypes/lead/records/l1", "sequence": "calls"});
    server.client.done("EnrollmentService/EnrollRecord", enroll).await;
    loop {
        let next = within_deadline("the next head", stream.message()).await;
        if next.expect("the stream continues").expect("the stream continues").activity.is_some() {
            break;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn late_timers_make_only_the_work_queue_unhealthy() {
    let database = TestDatabase::new().await;
    let server = Server::on(database.connect_options()).await;
    let (mut all, mut queues) = (server.watch("").await, server.watch(WORK_QUEUE).await);
    let mut holder = database.connect_options().connect().await.expect("connects");
    let mut held = holder.begin().await.expect("begins");
    sqlx::raw_sql("LOCK TABLE timer IN ACCESS EXCLUSIVE MODE").execute(&mut *held).await.expect("is free");
    queues.until(ServingStatus::NotServing).await;
    held.rollback().await.expect("releases its locks");
    queues.until(ServingStatus::Serving).await;
    drop(database);
    assert_eq!(
        all.next().await,
        ServingStatus::NotServing,
        "it reported nothing before the database stopped"
    );
}

/// A clock that shadows Postgres' own, an hour behind.
const BEHIND: [&str; 2] = [
    "CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
       AS $$ SELECT pg_catalog.clock_timestamp() - interval '1 hour' $$",
    "ALTER ROLE CURRENT_USER SET search_path = public, pg_catalog",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_clock_is_an_hour_ahead_starts_nothing_early() {
    let database = Database::new().await;
    let mut connection = database.options().connect().await.expect("connects");
    for statement in BEHIND {
        sqlx::query(statement).execute(&mut connection).await.expect("runs");
    }
    let first = Server::on(database.options()).await;
    first.watch(WORK_QUEUE).await;
    let steps = json!([{"step_id": "pause", "wait": {"delay": {"seconds": 1800}}}, {"step_id": "call", "phone_call": {}}]);
    let sequence = json!({"sequence_id": "calls", "sequence": {"display_name": "Calls", "steps": steps}});
    first.call("SequenceService/CreateSequence", sequence).await;
    first.call("SequenceService/ActivateSequence", json!({"name": "sequences/calls"})).await;
    let lead = json!({"record_type": "lead", "record": {"id": "l1"}});
    first.call("RecordService/UpsertRecord", lead).await;
    let enroll = json!({"record": "recordTypes/lead/records/l1", "sequence": "sequences/calls"});
    let enrolled = first.call("EnrollmentService/EnrollRecord", enroll).await;
    let secret = first.client.secret.clone();
    drop(first);

    let mut second = Server::on(database.options()).await;
    second.client = Client::new(second.channel.clone(), &secret);
    second.watch(WORK_QUEUE).await;
    let request = json!({"name": enrolled["enrollment"]["name"]});
    let enrollment = second.call("EnrollmentService/GetEnrollment", request).await;
    assert_eq!(enrollment["enrollment"]["state"], "ACTIVE", "{enrollment}");
    assert!(enrollment["enrollment"]["waitingUntil"].is_string(), "it is still waiting: {enrollment}");
}
