//! A streaming replica serves what may look through much, and nobody reads anything older than what
//! was answered before.

use std::fs;
use std::path::Path;
use std::process::Command;

use indicatif::ProgressBar;
use serde_json::{Value, json};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};
use tempfile::TempDir;
use upnext::private_postgres::{Options, PrivatePostgres, Profile};

use super::support::app::{Client, organization, within_deadline};
use super::support::database::{binaries, durable_postgres, migrate};
use super::support::page;
use super::support::process::{Process, folder, upnext};
use super::support::stage::list;

const DATABASE: &str = "upnext";

/// A database with a replica, and a server that knows both.
struct Pair {
    primary: PrivatePostgres,
    standby: PrivatePostgres,
    server: Process,
    client: Client,
    page: String,
    _folders: [TempDir; 2],
}

async fn execute(options: &PgConnectOptions, statement: &str) {
    let mut connection = PgConnection::connect_with(options).await.expect("connects");
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await.expect("runs");
}

/// Copies a running Postgres, and starts the copy as its standby.
async fn standby(primary: &PrivatePostgres, folder: &Path) -> PrivatePostgres {
    let (options, binaries) = (primary.connect_options("postgres"), binaries().await);
    let socket = options.get_socket().expect("it listens on a socket").display().to_string();
    let cluster = folder.join("cluster");
    // What is marked so belongs to upnext.
    fs::write(folder.join("lock"), "").expect("the folder is ours");

    let mut copy = Command::new(binaries.dir.join("pg_basebackup"));
    copy.args(["--host", &socket, "--port", &options.get_port().to_string(), "--username", "postgres"]);
    copy.args(["--write-recovery-conf", "--checkpoint=fast", "--pgdata"]).arg(&cluster);
    let output = copy.output().expect("Postgres has the tool");
    assert!(output.status.success(), "{output:?}");
    // Made by whoever runs the tests; the server runs as another account if that is root.
    let owned = Command::new("chown").args(["-R", "--reference", &socket]).arg(folder).status();
    assert!(owned.expect("is there").success());

    let options = Options { data_dir: folder.to_owned(), binaries, profile: Profile::Durable };
    PrivatePostgres::start(options, &ProgressBar::hidden()).await.expect("the standby starts")
}

impl Pair {
    async fn new() -> Self {
        let folders = [folder(), folder()];
        let primary = durable_postgres(folders[0].path()).await;
        execute(&primary.connect_options("postgres"), &format!("CREATE DATABASE {DATABASE}")).await;
        let database = primary.connect_options(DATABASE);
        migrate(&database).await;
        let standby = Box::pin(standby(&primary, folders[1].path())).await;

        let store = upnext::store::Store::new(database.clone(), &upnext::store::PoolSettings::default());
        let secret = organization(&store).await;
        let (server, address, page) = serve(&database, &standby.connect_options(DATABASE)).await;
        let channel =
            tonic::transport::Endpoint::from_shared(format!("http://{address}")).expect("an address");
        let client = Client::new(channel.connect_lazy(), &secret);
        Self { primary, standby, server, client, page, _folders: folders }
    }

    /// Previews a condition: the number of records that match.
    async fn count(&self, condition: &str) -> Value {
        let request = json!({"record_type": "lead", "condition": condition});
        let preview = self.client.done("SegmentService/PreviewSegment", request);
        within_deadline("a preview", preview).await["count"].clone()
    }

    /// How many surveys ended so.
    fn surveys(&self, outcome: &str) -> u64 {
        let page = page::read(&self.page);
        let line = format!("upnext_replica_reads_total{{outcome=\"{outcome}\"}} ");
        let found = page.lines().find_map(|found| found.strip_prefix(&line));
        found.map_or(0, |count| count.trim().parse().expect("a number"))
    }
}

async fn serve(database: &PgConnectOptions, replica: &PgConnectOptions) -> (Process, String, String) {
    let (database, replica) = (database.to_url_lossy().to_string(), replica.to_url_lossy().to_string());
    let start = move || {
        let mut command = upnext(&[&"serve", &"--address", &"127.0.0.1:0"]);
        command.env("UPNEXT_DATABASE_URL", database).env("UPNEXT_REPLICA_URL", replica);
        let mut server = Process::start(command.env("UPNEXT_METRICS_ADDRESS", "127.0.0.1:0"));
        let lines = server.lines_until("serving on ");
        let after =
            |text: &str| lines.iter().find_map(|line| line.strip_prefix(text)).expect("is told").to_owned();
        (server, after("serving on "), after("measures on "))
    };
    tokio::task::spawn_blocking(start).await.expect("it starts")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_serves_previews_and_filtered_lists_and_shows_every_write_before_them() {
    let pair = Box::pin(Pair::new()).await;
    pair.client.declare(json!({"origin": {"type": "STRING"}})).await;

    for round in 1..=20 {
        let lead = json!([{"id": format!("l{round}"), "attributes": {"origin": "web"}}]);
        pair.client.leads(lead).await;
        assert_eq!(pair.count("record.origin == \"web\"").await, json!(round.to_string()));
    }
    let filtered = json!({"record_type": "lead", "filter": "record.origin == \"web\"", "page_size": 50});
    let listed = pair.client.done("RecordService/ListRecords", filtered).await;
    assert_eq!(list(&listed, "/records").len(), 20);
    // A busy machine may let the replica fall behind now and then; then the database answers.
    assert!(
        pair.surveys("served") >= 15,
        "{} behind, {} failed",
        pair.surveys("behind"),
        pair.surveys("failed")
    );
    assert_eq!(pair.surveys("failed"), 0);

    // One that stands still is behind after the next write.
    execute(&pair.standby.connect_options("postgres"), "SELECT pg_wal_replay_pause()").await;
    pair.client.leads(json!([{"id": "late", "attributes": {"origin": "web"}}])).await;
    let behind = pair.surveys("behind");
    assert_eq!(pair.count("record.origin == \"web\"").await, "21");
    assert!(pair.surveys("behind") > behind);

    // One that is a database of its own, as after a failover, has nothing that counts.
    execute(&pair.standby.connect_options("postgres"), "SELECT pg_wal_replay_resume()").await;
    execute(&pair.standby.connect_options("postgres"), "SELECT pg_promote()").await;
    let served = pair.surveys("served");
    assert_eq!(pair.count("record.origin == \"web\"").await, "21");
    assert_eq!(pair.surveys("served"), served);

    // One that is gone costs nothing but its attempt.
    let Pair { primary, standby, server, client, page, _folders } = pair;
    standby.stop().await.expect("stops");
    let preview = json!({"record_type": "lead", "condition": "record.origin == \"web\""});
    for _ in 0..3 {
        let preview = client.done("SegmentService/PreviewSegment", preview.clone());
        assert_eq!(within_deadline("a preview", preview).await["count"], "21");
    }
    let told = page::read(&page);
    assert!(told.contains("upnext_replica_reads_total{outcome=\"failed\"}"), "it was tried: {told}");
    drop((primary, server));
}
