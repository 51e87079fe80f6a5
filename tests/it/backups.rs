//! A backup by Postgres' own tools, restored into an empty database: what was committed by then is
//! there, and nothing that clients remember of later is taken for true.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use upnext::api::pb;
use upnext::api::pb::queue_snapshot::Cause;
use upnext::api::pb::watch_work_queue_response::Event;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;
use upnext::clock::Clock;
use uuid::Uuid;

use super::support::app::{Client, organization, store, within_deadline};
use super::support::database::{TestDatabase, binaries};
use super::support::invariants;
use super::support::process::folder;
use super::support::stage::list;
use super::support::victim::Victim;

const COMPLETE: &str = "WorkQueueService/CompleteActivity";

/// Runs a tool of Postgres on a database.
async fn tool(name: &str, arguments: &[&str], database: &TestDatabase, file: &Path) {
    let options = database.connect_options();
    let socket = options.get_socket().expect("it listens on a socket");
    let mut command = Command::new(binaries().await.dir.join(name));
    command.args(arguments).arg("--host").arg(socket).args(["--username", options.get_username()]);
    command.args(["--port", &options.get_port().to_string()]);
    command.arg(format!("--dbname={}", options.get_database().expect("a test's own")));
    match name {
        "pg_dump" => command.arg(format!("--file={}", file.display())),
        _ => command.arg(file),
    };
    let output = command.output().unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(output.status.success(), "{name}: {output:?}");
}

/// A database without anything.
async fn empty() -> TestDatabase {
    let database = TestDatabase::new().await;
    for statement in ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"] {
        sqlx::query(statement).execute(&database.pool()).await.expect("runs");
    }
    database
}

/// What a stream says first.
struct First {
    token: String,
    revision: i64,
    event: Event,
}

impl First {
    /// Opens a stream of ana's queue with what a client remembers.
    async fn of(client: &Client, resume_token: &str) -> Self {
        let resume_token = resume_token.to_owned();
        let request = pb::WatchWorkQueueRequest {
            queue: "sellers/ana".to_owned(),
            window_size: 50,
            resume_token,
            ..Default::default()
        };
        let mut service = WorkQueueServiceClient::new(client.calls());
        let opened = within_deadline("the stream opens", service.watch_work_queue(request)).await;
        let mut stream = opened.expect("opens").into_inner();
        let message = within_deadline("it says something", stream.message()).await;
        let first = message.expect("it continues").expect("it continues");
        let event = first.event.expect("every message says something");
        Self { token: first.resume_token, revision: first.queue_revision, event }
    }

    /// The whole list, and why it was sent.
    fn list(&self) -> (Cause, Vec<String>) {
        match &self.event {
            Event::Snapshot(snapshot) => {
                let names = snapshot.activities.iter().map(|activity| activity.name.clone());
                (snapshot.cause(), names.collect())
            }
            other => panic!("a snapshot was expected, not {other:?}"),
        }
    }
}

/// The open activities of ana.
async fn open(client: &Client) -> Vec<String> {
    let listed = client.done("WorkQueueService/ListActivities", json!({"queue": "sellers/ana"})).await;
    let names = list(&listed, "/activities").into_iter().map(|activity| activity["name"].clone());
    names.map(|name| name.as_str().expect("a name").to_owned()).collect()
}

async fn furnish(client: &Client) {
    client.seller("ana").await;
    client.sequence("tasks", json!([{"task": {}}, {"task": {}}, {"task": {}}])).await;
    for lead in ["l1", "l2", "l3"] {
        client.leads(json!([{"id": lead, "owner": "ana"}])).await;
        client.enroll(lead, "tasks").await;
    }
}

/// Completes an activity under the id of a request.
async fn complete(client: &Client, activity: &str, request: Uuid) -> Value {
    client.done(COMPLETE, json!({"name": activity, "request_id": request})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_backup_holds_and_streams_take_nothing_of_later_for_true() {
    let (folder, source, restored) = (folder(), TestDatabase::new().await, empty().await);
    let file = folder.path().join("upnext.dump");
    let secret = organization(&store(&source)).await;
    let server = Victim::start(&source).await;
    let client = server.client(&secret);
    furnish(&client).await;
    let (before, after) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let first = open(&client).await[0].clone();
    complete(&client, &first, before).await;

    let kept = open(&client).await;
    tool("pg_dump", &["--format=custom"], &source, &file).await;
    let late = kept[1].clone();
    complete(&client, &late, after).await;
    complete(&client, &open(&client).await[0], Uuid::from_u128(3)).await;
    let lost = First::of(&client, "").await;
    server.end();

    tool("pg_restore", &["--exit-on-error"], &restored, &file).await;
    let server = Victim::start(&restored).await;
    let client = server.client(&secret);
    assert_eq!(open(&client).await, kept);
    // What was answered before the backup is known, what came later isn't.
    let again = complete(&client, &first, before).await;
    assert_eq!(again["activity"]["name"], first.as_str());
    assert_eq!(open(&client).await, kept);

    // The restored queue counts again, from where it was.
    let anew = First::of(&client, &lost.token).await;
    assert_eq!(anew.list(), (Cause::Restored, kept.clone()));
    assert!(anew.revision < lost.revision, "{} and {}", anew.revision, lost.revision);
    while First::of(&client, "").await.revision < lost.revision {
        complete(&client, &open(&client).await[0], Uuid::from_u128(rand::random())).await;
    }
    let same = First::of(&client, &lost.token).await;
    assert_eq!(same.revision, lost.revision, "the same number, of another history");
    assert_eq!(same.list(), (Cause::Restored, open(&client).await));

    server.end();
    invariants::hold_in(&store(&restored), Clock::system().now()).await;
}
