//! The private Postgres: it starts, keeps its data, recovers, refuses clearly, and leaves nothing
//! behind.

use std::{
    env,
    fs::{self, Permissions},
    io::Write,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use indicatif::ProgressBar;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;
use upnext::private_postgres::{Error, Options, PrivatePostgres, Profile, Surroundings, find, locate};

use crate::support::database::{TestDatabase, binaries};

/// Tells the test binary, run again as a process to be killed, where to keep its data.
const VICTIM_FOLDER: &str = "UPNEXT_TEST_VICTIM_FOLDER";

async fn start(folder: &Path, profile: Profile) -> Result<PrivatePostgres, Error> {
    let options = Options { data_dir: folder.to_owned(), binaries: binaries().await, profile };
    PrivatePostgres::start(options, &ProgressBar::hidden()).await
}

async fn connect(postgres: &PrivatePostgres) -> PgConnection {
    PgConnection::connect_with(&postgres.connect_options("postgres")).await.unwrap()
}

async fn write(postgres: &PrivatePostgres) {
    let mut connection = connect(postgres).await;
    sqlx::raw_sql("CREATE TABLE kept AS SELECT 42 AS answer").execute(&mut connection).await.unwrap();
}

async fn read(postgres: &PrivatePostgres) -> i32 {
    sqlx::query_scalar("SELECT answer FROM kept").fetch_one(&mut connect(postgres).await).await.unwrap()
}

/// A folder that even the account which stands in for root can reach, whatever the umask.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    folder
}

fn runs(pid: u32) -> bool {
    // A killed child that nobody waited for still has a number, but no command line any more.
    fs::read(format!("/proc/{pid}/cmdline")).map_or_else(
        |_| !Path::new("/proc/self").exists() && kill(Pid::from_raw(pid.cast_signed()), None).is_ok(),
        |arguments| !arguments.is_empty(),
    )
}

async fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let since = Instant::now();
    while !is_so() {
        assert!(since.elapsed() < Duration::from_secs(20), "timed out waiting until {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_second_start_finds_the_data_of_the_first_and_leaves_no_process() {
    let folder = folder();
    let data = folder.path().join("data");
    let postgres = start(&data, Profile::Durable).await.unwrap();
    write(&postgres).await;
    let [server, watcher] = postgres.process_ids();
    postgres.stop().await.unwrap();
    assert!(!runs(server) && !runs(watcher));

    let postgres = start(&data, Profile::Durable).await.unwrap();
    assert_eq!(read(&postgres).await, 42);
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_dropped_server_stops_too() {
    let folder = folder();
    let postgres = start(&folder.path().join("data"), Profile::Durable).await.unwrap();
    let processes = postgres.process_ids();
    drop(postgres);
    eventually("server and watcher have ended", || !processes.into_iter().any(runs)).await;
}

#[tokio::test]
async fn a_throwaway_folder_is_gone_after_the_stop() {
    let folder = folder();
    let data = folder.path().join("data");
    start(&data, Profile::Throwaway).await.unwrap().stop().await.unwrap();
    assert!(!data.exists());
}

#[tokio::test]
async fn a_start_recovers_when_server_and_watcher_were_killed() {
    let folder = folder();
    let data = folder.path().join("data");
    let postgres = start(&data, Profile::Durable).await.unwrap();
    write(&postgres).await;
    for process in postgres.process_ids() {
        kill(Pid::from_raw(process.cast_signed()), Signal::SIGKILL).unwrap();
    }
    drop(postgres);

    let postgres = start(&data, Profile::Durable).await.unwrap();
    assert_eq!(read(&postgres).await, 42);
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_start_stops_the_server_that_a_killed_watcher_left_running() {
    let folder = folder();
    let data = folder.path().join("data");
    let postgres = start(&data, Profile::Durable).await.unwrap();
    write(&postgres).await;
    let [leftover, watcher] = postgres.process_ids();
    kill(Pid::from_raw(watcher.cast_signed()), Signal::SIGKILL).unwrap();
    eventually("the watcher is dead", || !runs(watcher)).await;
    drop(postgres);
    assert!(runs(leftover));

    let postgres = start(&data, Profile::Durable).await.unwrap();
    assert!(!runs(leftover));
    assert_eq!(read(&postgres).await, 42);
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_pid_file_with_the_number_of_another_program_is_no_obstacle() {
    let folder = folder();
    let data = folder.path().join("data");
    start(&data, Profile::Durable).await.unwrap().stop().await.unwrap();
    let mut stranger = Command::new("sleep").arg("60").spawn().unwrap();
    fs::write(data.join("cluster/postmaster.pid"), format!("{}\n", stranger.id())).unwrap();

    start(&data, Profile::Durable).await.unwrap().stop().await.unwrap();
    assert!(runs(stranger.id()), "the stranger was left alone");
    stranger.kill().unwrap();
    stranger.wait().unwrap();
}

#[tokio::test]
async fn a_killed_parent_leaves_no_server_behind() {
    let folder = folder();
    let data = folder.path().join("data");
    let mut victim = Command::new(env::current_exe().unwrap())
        .args(["--exact", "private_postgres::victim", "--ignored", "--nocapture"])
        .env(VICTIM_FOLDER, &data)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();

    let pid_file = data.join("cluster/postmaster.pid");
    let ready = || fs::read_to_string(&pid_file).is_ok_and(|text| text.contains("ready"));
    eventually("the victim's server is ready", ready).await;
    let server = fs::read_to_string(&pid_file).unwrap().lines().next().unwrap().parse().unwrap();
    victim.kill().unwrap();
    victim.wait().unwrap();
    eventually("its server has ended", || !runs(server)).await;
    eventually("its throwaway folder is gone", || !data.exists()).await;
}

#[tokio::test]
#[ignore = "is run, and killed, by another test"]
async fn victim() {
    let Some(data) = env::var_os(VICTIM_FOLDER) else { return };
    let _postgres = start(Path::new(&data), Profile::Throwaway).await.unwrap();
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn a_folder_in_use_is_refused_by_its_name() {
    let folder = folder();
    let data = folder.path().join("data");
    let postgres = start(&data, Profile::Durable).await.unwrap();
    let refused = start(&data, Profile::Durable).await.unwrap_err();
    assert!(matches!(refused, Error::InUse { .. }), "{refused}");
    assert!(refused.to_string().contains(data.to_str().unwrap()), "{refused}");
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_broken_folder_is_refused_by_its_name_and_left_as_it_is() {
    let folder = folder();
    let somebody_elses = folder.path().join("photos");
    fs::create_dir(&somebody_elses).unwrap();
    fs::write(somebody_elses.join("cat.jpg"), "").unwrap();

    let a_file = folder.path().join("file");
    fs::write(&a_file, "").unwrap();
    let no_cluster = folder.path().join("no-cluster");
    fs::create_dir_all(no_cluster.join("cluster")).unwrap();
    fs::write(no_cluster.join("lock"), "").unwrap();
    for broken in [&somebody_elses, &a_file, &no_cluster] {
        let refused = start(broken, Profile::Throwaway).await.unwrap_err();
        assert!(matches!(refused, Error::NotOurs { .. }), "{refused}");
        assert!(refused.to_string().contains(broken.to_str().unwrap()), "{refused}");
        assert!(broken.exists());
    }
    assert!(somebody_elses.join("cat.jpg").exists());
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_refused_by_its_name() {
    // Not even root may make one there.
    let refused = start(Path::new("/proc/upnext/data"), Profile::Durable).await.unwrap_err();
    assert!(matches!(refused, Error::Folder { .. }), "{refused}");
    assert!(refused.to_string().contains("/proc/upnext/data"), "{refused}");
}

#[tokio::test]
async fn a_cluster_of_another_major_version_is_refused_with_both_versions() {
    let folder = folder();
    let data = folder.path().join("data");
    fs::create_dir_all(data.join("cluster")).unwrap();
    fs::write(data.join("lock"), "").unwrap();
    fs::write(data.join("cluster/PG_VERSION"), "12\n").unwrap();
    let refused = start(&data, Profile::Durable).await.unwrap_err().to_string();
    assert!(refused.contains("PostgreSQL 12") && refused.contains(data.to_str().unwrap()), "{refused}");
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_still_works() {
    let folder = folder();
    let data = folder.path().join("a".repeat(120));
    let postgres = start(&data, Profile::Throwaway).await.unwrap();
    write(&postgres).await;
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_folder_that_the_account_cannot_reach_is_refused_by_its_name() {
    if !nix::unistd::geteuid().is_root() {
        eprintln!("SKIPPED: only root hands Postgres to another account");
        return;
    }
    let closed = TempDir::new().unwrap();
    fs::set_permissions(closed.path(), Permissions::from_mode(0o700)).unwrap();
    let refused = start(&closed.path().join("data"), Profile::Durable).await.unwrap_err();
    assert!(matches!(refused, Error::Unreachable { .. }), "{refused}");
    assert!(refused.to_string().contains(closed.path().to_str().unwrap()), "{refused}");
}

/// A machine on which nothing is installed.
fn bare(folder: &TempDir) -> Surroundings {
    let root = folder.path().join("root");
    Surroundings { pg_config: None, path: Vec::new(), root, cache: folder.path().join("cache") }
}

#[tokio::test]
async fn a_machine_without_postgres_fetches_one_that_runs_and_keeps_it() {
    let folder = folder();
    let (machine, data) = (bare(&folder), folder.path().join("data"));
    let fetched = match locate(None, &machine, &data, &ProgressBar::hidden()).await {
        Ok(fetched) => fetched,
        Err(error @ Error::NotFetched { .. }) => {
            // Not `eprintln!`, which the test harness would swallow.
            writeln!(std::io::stderr(), "\n*** SKIPPED: the fetched Postgres is untested: {error}\n")
                .unwrap();
            return;
        }
        Err(error) => panic!("{error}"),
    };
    assert!(fetched.dir.starts_with(&machine.cache));

    let options = Options { data_dir: data.clone(), binaries: fetched.clone(), profile: Profile::Throwaway };
    let postgres = PrivatePostgres::start(options, &ProgressBar::hidden()).await.unwrap();
    write(&postgres).await;
    postgres.stop().await.unwrap();
    assert_eq!(find(&machine, None), Some(fetched));
}

#[test]
fn without_postgres_and_network_the_error_names_the_command_that_installs_it() {
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", "private_postgres::fetch_without_network", "--ignored", "--nocapture"])
        // Nothing listens there, and the download goes through it.
        .envs([
            ("HTTPS_PROXY", "http://127.0.0.1:1"),
            ("https_proxy", "http://127.0.0.1:1"),
            ("NO_PROXY", ""),
        ])
        .output()
        .unwrap();
    let answer = String::from_utf8_lossy(&output.stdout);
    let command = if cfg!(target_os = "macos") { "brew install" } else { "apt-get install postgresql" };
    assert!(answer.contains("install it with: ") && answer.contains(command), "{answer}");
}

#[tokio::test]
#[ignore = "is run by another test, behind a proxy that isn't there"]
async fn fetch_without_network() {
    let folder = folder();
    match locate(None, &bare(&folder), folder.path(), &ProgressBar::hidden()).await {
        Ok(_) => println!("fetched"),
        Err(error) => println!("{error}"),
    }
}

#[tokio::test]
async fn test_databases_are_migrated_and_do_not_see_each_other() {
    let (one, other) = tokio::join!(TestDatabase::new(), TestDatabase::new());
    sqlx::raw_sql("CREATE TABLE only_here (id int)").execute(&one.pool()).await.unwrap();
    let tables = "SELECT count(*) FROM pg_tables WHERE tablename = $1";
    let count = async |database: &TestDatabase, table: &str| -> i64 {
        sqlx::query_scalar(tables).bind(table.to_owned()).fetch_one(&database.pool()).await.unwrap()
    };
    assert_eq!(count(&one, "only_here").await, 1);
    assert_eq!(count(&other, "only_here").await, 0);
    assert_eq!(count(&other, "_sqlx_migrations").await, 1);
    PgConnection::connect_with(&other.connect_options()).await.unwrap().close().await.unwrap();
}
