//! How a server shuts down while it is in use: the real binary, real signals, real streams.

use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};
use tonic::Code;
use tonic::transport::{Channel, Endpoint};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use upnext::api::pb;
use upnext::api::pb::watch_work_queue_response::Event;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;

use super::support::app::{Client, within_deadline};
use super::support::database::TestDatabase;
use super::support::dynamic::call;
use super::support::process::{Process, run, upnext};
use super::support::refused::Refused;

/// A database with an organization and the seller ana.
struct Floor {
    database: TestDatabase,
    key: String,
}

struct Server {
    process: Process,
    channel: Channel,
    client: Client,
}

impl Floor {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let mut command = upnext(&[&"organizations", &"create", &"Test"]);
        command.env("UPNEXT_DATABASE_URL", database.connect_options().to_url_lossy().as_str());
        let key = String::from_utf8(run(&mut command).stdout).expect("text").trim().to_owned();
        Self { database, key }
    }

    fn serve(&self, drain: &str) -> Server {
        let mut command = upnext(&[&"serve", &"--address", &"127.0.0.1:0"]);
        command.env("UPNEXT_DATABASE_URL", self.database.connect_options().to_url_lossy().as_str());
        command.env("UPNEXT_DRAIN_TIMEOUT", drain).env("UPNEXT_ACQUIRE_TIMEOUT", "1s");
        let mut process = Process::start(&mut command);
        let address = process.address();
        let channel = Endpoint::from_shared(format!("http://{address}")).expect("an address").connect_lazy();
        let client = Client::new(channel.clone(), &self.key);
        Server { process, channel, client }
    }
}

fn ana() -> Value {
    json!({"seller_id": "ana", "seller": {"display_name": "Ana"}})
}

/// Begins a call that can't end before the table is let go; it is under way when this returns.
async fn held_call(
    floor: &Floor,
    server: &Server,
) -> (sqlx::PgConnection, tokio::task::JoinHandle<Result<Value, tonic::Status>>) {
    let mut holder = floor.database.connect_options().connect().await.expect("connects");
    execute(&mut holder, "BEGIN; LOCK TABLE seller IN ACCESS EXCLUSIVE MODE").await;
    let client = server.client.clone();
    let calling =
        tokio::spawn(async move { call(&client, "upnext.v1.SellerService/CreateSeller", ana()).await });
    let waits = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'upnext api'
                 AND wait_event_type = 'Lock')";

    // On another connection: a transaction sees the sessions as they were when it first looked.
    let watching = floor.database.pool();
    let waiting = async {
        while !sqlx::query_scalar::<_, bool>(waits).fetch_one(&watching).await.expect("can be asked") {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    within_deadline("the call waits", waiting).await;
    (holder, calling)
}

async fn execute(connection: &mut sqlx::PgConnection, statement: &str) {
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(connection).await.expect("the statement runs");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_lets_calls_finish_and_sends_streams_elsewhere_with_their_token() {
    let floor = Floor::new().await;
    let (mut first, second) = (floor.serve("60s"), floor.serve("60s"));
    call(
        &first.client,
        "upnext.v1.SellerService/CreateSeller",
        json!({"seller_id": "ben", "seller": {"display_name": "Ben"}}),
    )
    .await
    .expect("is created");
    let request = pb::WatchWorkQueueRequest { queue: "sellers/ben".to_owned(), ..Default::default() };
    let stream = WorkQueueServiceClient::new(first.client.calls()).watch_work_queue(request.clone()).await;
    let mut stream = stream.expect("opens").into_inner();
    let opening =
        within_deadline("a snapshot", stream.message()).await.expect("continues").expect("continues");
    let watching = HealthClient::new(first.channel.clone()).watch(HealthCheckRequest::default()).await;
    let mut health = watching.expect("is known").into_inner();
    let (mut holder, calling) = held_call(&floor, &first).await;

    first.process.signal(Signal::SIGTERM);
    let mut statuses = Vec::new();
    while let Some(status) = within_deadline("health ends", health.message()).await.expect("is whole") {
        statuses.push(status.status());
    }
    assert_eq!(statuses, [ServingStatus::Serving, ServingStatus::NotServing]);
    let last = within_deadline("a last word", stream.message()).await.expect("continues").expect("continues");
    assert!(matches!(last.event, Some(Event::Draining(_))), "{last:?}");
    assert_eq!(last.resume_token, opening.resume_token);
    let status = within_deadline("the end", stream.message()).await.expect_err("ends");
    assert_eq!((status.code(), Refused::of(&status).reason.as_str()), (Code::Unavailable, "STREAM_DRAINED"));

    execute(&mut holder, "ROLLBACK").await;
    within_deadline("the call ends", calling).await.expect("runs").expect("what had begun is finished");
    let (ended, log) = first.process.end();
    assert!(ended.success() && log.contains("Drained"), "{log}");

    let resumed = pb::WatchWorkQueueRequest { resume_token: last.resume_token, ..request };
    let stream = WorkQueueServiceClient::new(second.client.calls()).watch_work_queue(resumed).await;
    let mut stream = stream.expect("opens").into_inner();
    let next =
        within_deadline("a first word", stream.message()).await.expect("continues").expect("continues");
    assert!(matches!(next.event, Some(Event::Heartbeat(_))), "it has missed nothing: {next:?}");
    call(&second.client, "upnext.v1.SellerService/GetSeller", json!({"name": "sellers/ana"}))
        .await
        .expect("was created");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_ends_a_server_at_once_and_undoes_what_was_under_way() {
    let floor = Floor::new().await;
    let mut server = floor.serve("60s");
    let (holder, calling) = held_call(&floor, &server).await;
    server.process.signal(Signal::SIGTERM);
    let since = Instant::now();

    let (ended, log) = tokio::task::spawn_blocking(move || {
        // The first is heard before the second is sent: both at once would be one.
        while since.elapsed() < Duration::from_millis(300) {
            std::thread::sleep(Duration::from_millis(10));
        }
        server.process.signal(Signal::SIGTERM);
        server.process.end()
    })
    .await
    .expect("it ends");
    assert!(ended.success() && log.contains("Forced"), "{log}");
    assert!(since.elapsed() < Duration::from_secs(20), "not by the drain timeout");

    calling.await.expect("runs").expect_err("it was cut off");
    holder.close().await.expect("releases its locks");
    let server = floor.serve("60s");

    let answer =
        call(&server.client, "upnext.v1.SellerService/GetSeller", json!({"name": "sellers/ana"})).await;
    assert_eq!(answer.expect_err("nothing is half done").code(), Code::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_cannot_drain_stops_at_the_drain_timeout() {
    let floor = Floor::new().await;
    let mut server = floor.serve("2s");
    let (_holder, calling) = held_call(&floor, &server).await;
    let since = Instant::now();

    let (ended, log) = tokio::task::spawn_blocking(move || {
        server.process.signal(Signal::SIGTERM);
        server.process.end()
    })
    .await
    .expect("it ends");
    assert!(ended.success() && log.contains("TimedOut"), "{log}");
    assert!(
        (Duration::from_secs(2)..Duration::from_secs(20)).contains(&since.elapsed()),
        "{:?}",
        since.elapsed()
    );
    calling.await.expect("runs").expect_err("it was cut off");
}
