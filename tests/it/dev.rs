//! `upnext dev` as a newcomer meets it: the real binary, a data folder of its own, real calls.
//!
//! The tests wait for processes on their own thread, so the connections live on another.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sqlx::PgPool;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Streaming};
use upnext::api::pb::seller_service_client::SellerServiceClient;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;
use upnext::api::pb::{ListSellersRequest, WatchNextActivityRequest, WatchNextActivityResponse};

use crate::support::app::{Client, within_deadline};
use crate::support::process::{Process, folder, processes_with, run, until_no_process_has, upnext};

/// What a start said.
struct Started {
    process: Process,
    channel: Channel,
    /// The key of the empty organization, then the demo's.
    keys: Vec<String>,
    /// The database's URL.
    database: String,
}

fn start(data: &Path) -> Started {
    start_with(data, &[])
}

fn start_with(data: &Path, flags: &[&str]) -> Started {
    let mut command = upnext(&[&"dev", &"--address", &"127.0.0.1:0", &"--data-dir", &data]);
    let mut process = Process::start(command.args(flags));
    let said = process.lines_until("CompleteActivity").join("\n");
    let (_, after) = said.split_once("ready on ").expect("says where it listens");
    let address = after.split(';').next().expect("before the data folder").to_owned();
    let url = said.lines().find_map(|line| line.trim().strip_prefix("database  ")).expect("says where");
    let database = url.to_owned();
    let keys = said.split("export UPNEXT_KEY=").skip(1);
    let keys = keys.map(|rest| rest.split_whitespace().next().unwrap_or_default().to_owned()).collect();
    let endpoint = Endpoint::from_shared(format!("http://{address}")).expect("an address");
    Started { process, channel: endpoint.connect_lazy(), keys, database }
}

async fn sellers(started: &Started, key: &str) -> Result<usize, Code> {
    let client = Client::new(started.channel.clone(), key);
    let answer = SellerServiceClient::new(client.calls()).list_sellers(ListSellersRequest::default()).await;
    answer.map(|answer| answer.into_inner().sellers.len()).map_err(|status| status.code())
}

/// The first activity of one of the demo's sellers, whenever it changes.
async fn heads_in_the_demo(started: &Started) -> Streaming<WatchNextActivityResponse> {
    let client = Client::new(started.channel.clone(), &started.keys[1]);
    let request = WatchNextActivityRequest { queue: "sellers/ben".to_owned() };
    let answer = WorkQueueServiceClient::new(client.calls()).watch_next_activity(request).await;
    answer.expect("ben is there").into_inner()
}

async fn next_head(heads: &mut Streaming<WatchNextActivityResponse>) -> WatchNextActivityResponse {
    heads.message().await.expect("it runs").expect("the stream stays open")
}

/// Waits until a seller of the demo has something to do: its leads are routed by the server's own
/// loops.
async fn something_to_do_in_the_demo(started: &Started) {
    let until = async {
        let mut heads = heads_in_the_demo(started).await;
        while next_head(&mut heads).await.activity.is_none() {}
    };
    within_deadline("a head comes", until).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_start_prints_the_same_keys_and_a_signal_leaves_no_process() {
    let folder = folder();
    let data = folder.path().join("data");
    let mut first = start(&data);
    assert_eq!(first.keys.len(), 2);
    assert_eq!(sellers(&first, &first.keys[0]).await, Ok(0), "the first key is the empty organization's");
    assert_eq!(sellers(&first, &first.keys[1]).await, Ok(4), "the second is the demo's");
    something_to_do_in_the_demo(&first).await;
    assert_eq!(sellers(&first, "upnext_guessed").await, Err(Code::Unauthenticated));
    let kept = fs::metadata(data.join("keys")).expect("keys are kept").permissions().mode();
    assert_eq!(kept & 0o777, 0o600, "nobody else may read them");

    for signal in [Signal::SIGTERM, Signal::SIGINT] {
        assert!(first.process.end_by(signal).success());
        assert_eq!(processes_with(&data), Vec::<String>::new());
        let again = start(&data);
        assert_eq!(again.keys, first.keys);
        assert_eq!(sellers(&again, &again.keys[0]).await, Ok(0));
        first = again;
    }
}

/// Waits until somebody in the demo has completed an activity.
async fn something_done_in_the_demo(started: &Started) {
    let pool = PgPool::connect(&started.database).await.expect("the URL leads to the database");
    let done = async || {
        let done = sqlx::query_scalar("SELECT EXISTS (SELECT FROM closed_activity)");
        done.fetch_one(&pool).await.expect("can be read")
    };
    let until = async {
        let mut heads = heads_in_the_demo(started).await;
        while !done().await {
            next_head(&mut heads).await;
        }
    };
    within_deadline("a seller works", until).await;
    pool.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_works_its_database_can_be_checked_and_a_reset_begins_anew() {
    let folder = folder();
    let data = folder.path().join("data");
    let mut first = start(&data);
    something_done_in_the_demo(&first).await;
    let mut check = upnext(&[&"check", &"--database-url", &first.database]);
    let output = tokio::task::spawn_blocking(move || run(&mut check)).await.expect("no panic");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(first.process.end_by(Signal::SIGTERM).success());

    let again = start_with(&data, &["--reset"]);
    assert!(again.keys.iter().all(|key| !first.keys.contains(key)));
    assert_eq!(sellers(&again, &first.keys[0]).await, Err(Code::Unauthenticated));
    assert_eq!(sellers(&again, &again.keys[0]).await, Ok(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_leaves_no_process_and_the_next_start_recovers() {
    let folder = folder();
    let data = folder.path().join("data");
    let mut first = start(&data);
    assert!(!first.process.end_by(Signal::SIGKILL).success());
    until_no_process_has(&data).await;

    let again = start(&data);
    assert_eq!(again.keys, first.keys);
    assert_eq!(sellers(&again, &again.keys[0]).await, Ok(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_right_after_a_kill_recovers_too() {
    let folder = folder();
    let data = folder.path().join("data");
    let mut first = start(&data);
    assert!(!first.process.end_by(Signal::SIGKILL).success());
    let again = start(&data);
    assert_eq!(sellers(&again, &first.keys[0]).await, Ok(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_postgres_is_killed_says_so_and_exits() {
    let folder = folder();
    let data = folder.path().join("data");
    let mut first = start(&data);
    let pid_file = data.join("postgres/cluster/postmaster.pid");
    let pid =
        fs::read_to_string(pid_file).expect("it runs").lines().next().and_then(|line| line.parse().ok());
    kill(Pid::from_raw(pid.expect("a process id")), Signal::SIGKILL).expect("it runs");
    let (status, errors) = first.process.end();
    assert!(!status.success() && errors.contains("PostgreSQL has ended"), "{errors}");
    until_no_process_has(&data).await;
    assert_eq!(start(&data).keys, first.keys, "what was committed is kept");
}

#[test]
fn a_port_in_use_is_named_before_anything_is_created() {
    let folder = folder();
    let data = folder.path().join("data");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = taken.local_addr().expect("it is bound").to_string();
    let output = run(&mut upnext(&[&"dev", &"--address", &address, &"--data-dir", &data]));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && !data.exists());
    assert!(errors.contains(&format!("{address} is in use")) && errors.contains("--address"), "{errors}");
}

#[test]
fn a_folder_with_other_content_is_named_and_left_alone() {
    let folder = folder();
    let data = folder.path().join("thesis");
    fs::create_dir(&data).expect("is created");
    fs::write(data.join("chapter.tex"), "").expect("can be written");
    let output = run(&mut upnext(&[&"dev", &"--address", &"127.0.0.1:0", &"--data-dir", &data]));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(errors.contains(&*data.to_string_lossy()) && errors.contains("--data-dir"), "{errors}");
    assert_eq!(fs::read_dir(&data).expect("still there").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_on_the_same_folder_is_told_about_the_first() {
    let folder = folder();
    let data = folder.path().join("data");
    let _first = start(&data);
    let output = run(&mut upnext(&[&"dev", &"--address", &"127.0.0.1:0", &"--data-dir", &data]));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("in use by another running upnext"), "{errors}");
}
