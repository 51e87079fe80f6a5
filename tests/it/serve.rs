//! `upnext serve` and `upnext migrate`: what they refuse, what health reports, and how a server
//! stops.

use std::process::Command;

use nix::sys::signal::Signal;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, PgConnection};
use tonic::Streaming;
use tonic::transport::Endpoint;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse};

use crate::support::app::within_deadline;
use crate::support::database::TestDatabase;
use crate::support::process::{Process, run, upnext};

fn on(mut command: Command, options: &PgConnectOptions) -> Command {
    command.env("UPNEXT_DATABASE_URL", options.to_url_lossy().as_str());
    command
}

async fn execute(connection: &mut PgConnection, statement: String) {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await.expect("the statement runs");
}

/// The next thing that health has to say; `None` when the server has ended it.
async fn next(health: &mut Streaming<HealthCheckResponse>) -> Option<ServingStatus> {
    let message = within_deadline("health is told", health.message()).await.expect("the stream is whole");
    message.map(|message| message.status())
}

#[tokio::test]
async fn a_server_refuses_a_database_that_was_not_migrated_and_takes_it_afterwards() {
    let database = TestDatabase::new().await;
    let name = "not_migrated";
    let mut connection = database.pool().acquire().await.expect("connects");
    execute(&mut connection, format!("CREATE DATABASE {name}")).await;
    let options = database.connect_options().database(name);

    let serve = || on(upnext(&[&"serve", &"--address", &"127.0.0.1:0"]), &options);
    let output = run(&mut serve());
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && errors.contains("run `upnext migrate` first"), "{errors}");

    for (times, first_line) in [(1, "applied "), (2, "the schema is up to date")] {
        let output = run(&mut on(upnext(&[&"migrate"]), &options));
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.starts_with(first_line), "run {times}: {said}");
    }

    let mut process = Process::start(&mut serve());
    process.lines_until("serving on 127.0.0.1:");
    assert!(process.end_by(Signal::SIGTERM).success());
    execute(&mut connection, format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

#[tokio::test]
async fn health_follows_the_database_and_a_signal_ends_its_watchers() {
    let database = TestDatabase::new().await;
    let options = database.connect_options();
    let mut process = Process::start(&mut on(upnext(&[&"serve", &"--address", &"127.0.0.1:0"]), &options));
    let address = process.address();
    let channel = Endpoint::from_shared(format!("http://{address}")).expect("an address").connect_lazy();
    let service = "upnext.v1.WorkQueueService".to_owned();
    let asked = HealthClient::new(channel).watch(HealthCheckRequest { service }).await;
    let mut health = asked.expect("the service is known").into_inner();
    assert_eq!(next(&mut health).await, Some(ServingStatus::Serving));

    let mut connection = options.clone().database("postgres").connect().await.expect("connects");
    let name = options.get_database().expect("a test's own");
    execute(
        &mut connection,
        format!(
            "ALTER DATABASE {name} ALLOW_CONNECTIONS false;
             SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        ),
    )
    .await;
    loop {
        match next(&mut health).await {
            Some(ServingStatus::Serving) => {}
            other => break assert_eq!(other, Some(ServingStatus::NotServing)),
        }
    }

    execute(&mut connection, format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true")).await;
    while next(&mut health).await != Some(ServingStatus::Serving) {}

    let end = tokio::task::spawn_blocking(move || process.end_by(Signal::SIGTERM));
    let mut last = None;
    while let Some(status) = next(&mut health).await {
        last = Some(status);
    }
    assert_eq!(last, Some(ServingStatus::NotServing), "a draining server says so before it hangs up");
    assert!(end.await.expect("it ends").success());
}

#[tokio::test]
async fn all_problems_of_a_database_and_a_machine_are_reported_at_once() {
    let database = TestDatabase::new().await;
    let mut connection = database.pool().acquire().await.expect("connects");
    let unfit = "CREATE DATABASE unfit ENCODING 'SQL_ASCII' TEMPLATE template0";
    execute(&mut connection, unfit.to_owned()).await;
    let options = database.connect_options().database("unfit");

    // The limit is lowered for good, as only a hard one can't be raised by the server itself.
    let mut limited = Command::new("sh");
    limited.args([
        "-c",
        "ulimit -n 512 && exec \"$0\" serve --address 127.0.0.1:0",
        env!("CARGO_BIN_EXE_upnext"),
    ]);

    let mut command = on(limited, &options);
    command.env_remove("UPNEXT_ALLOW_UNSAFE_DATABASE").env("UPNEXT_API_CONNECTIONS", "900");
    let output = run(&mut command);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());

    for part in [
        "the database's encoding is SQL_ASCII",
        "fsync, full_page_writes, synchronous_commit is off in the database",
        "921 connections are configured",
        "run `upnext migrate` first",
        "512 files may be open at once, and 1921 are needed",
    ] {
        assert!(errors.contains(part), "no {part} in {errors}");
    }
    execute(&mut connection, "DROP DATABASE unfit WITH (FORCE)".to_owned()).await;
}

#[test]
fn all_problems_of_a_configuration_are_reported_at_once() {
    let mut command = upnext(&[&"serve", &"--address", &"0.0.0.0:50051"]);
    command.env("UPNEXT_NOPE", "1").env("UPNEXT_METRICS_ADDRESS", "0.0.0.0:9464");
    command.env("UPNEXT_TLS_KEY", "/nowhere/key.pem").env("UPNEXT_STATEMENT_TIMEOUT", "soon");
    let output = run(&mut command);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());

    for part in [
        "database_url: is required",
        "UPNEXT_TLS_KEY",
        "UPNEXT_STATEMENT_TIMEOUT",
        "--address",
        "upnext: warning: UPNEXT_NOPE: is not a setting",
        "allow_open_metrics",
    ] {
        assert!(errors.contains(part), "no {part} in {errors}");
    }
}
