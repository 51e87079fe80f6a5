//! Servers behind a PgBouncer in transaction mode, which gives each transaction another connection:
//! set up as `docs/operations.md` says.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};
use tempfile::TempDir;
use tonic::transport::Endpoint;
use upnext::clock::Clock;
use upnext::store::{PoolSettings, Store};

use crate::support::app::organization;
use crate::support::chance::seed;
use crate::support::database::TestDatabase;
use crate::support::fleet::Servers;
use crate::support::invariants;
use crate::support::load::{Load, furnish};
use crate::support::process::{Process, folder, upnext};

/// Older ones keep no prepared statements.
const OLDEST: [u32; 2] = [1, 21];
/// Connections to Postgres: fewer than two servers have to the pooler.
const CONNECTIONS: usize = 12;
const CALLERS: u64 = 8;
/// What callers do before and after the pooler is started anew.
const DEEDS: u64 = 150;

/// The program that `UPNEXT_TEST_PGBOUNCER` names, or else the one on the path, unless it is too
/// old.
fn program() -> Result<PathBuf, String> {
    let named = std::env::var_os("UPNEXT_TEST_PGBOUNCER").map(PathBuf::from);
    let program = named.unwrap_or_else(|| "pgbouncer".into());
    let told = Command::new(&program).arg("--version").output();
    let told = told.map_err(|error| format!("{} isn't found: {error}", program.display()))?;
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let version = told.lines().next().and_then(|line| line.strip_prefix("PgBouncer ")).unwrap_or_default();
    let parts: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).take(2).collect();
    match parts.as_slice() >= OLDEST.as_slice() {
        true => Ok(program),
        false => Err(format!("{told:?} isn't PgBouncer 1.21 or newer")),
    }
}

/// A pooler in front of a database.
struct Pooler {
    program: PathBuf,
    folder: TempDir,
    process: Process,
    url: String,
}

impl Pooler {
    async fn start(program: PathBuf, database: &PgConnectOptions) -> Self {
        let role = role(database).await;
        let folder = folder();
        let socket = database.get_socket().expect("Postgres listens on a socket");
        write_settings(folder.path(), database, socket, &role);

        let process = run(&program, folder.path());
        let pooled = database.clone().socket(folder.path()).port(6432);
        let url = pooled.username(&role).to_url_lossy().to_string();
        Self { program, folder, process, url }
    }

    /// Breaks every connection, in the middle of whatever it does.
    fn start_anew(&mut self) {
        self.process.end_by(nix::sys::signal::Signal::SIGKILL);
        // What the killed one left.
        let _ = fs::remove_file(self.folder.path().join("pid"));
        self.process = run(&self.program, self.folder.path());
    }
}

/// A role with the settings that the pooler doesn't pass on.
async fn role(database: &PgConnectOptions) -> String {
    let role = format!("pooled_{}", database.get_database().expect("it has a name"));
    let mut connection = PgConnection::connect_with(database).await.expect("connects");
    let mut run = format!("CREATE ROLE {role} LOGIN SUPERUSER;");
    for setting in [
        "statement_timeout = '30s'",
        "client_connection_check_interval = '500ms'",
        "idle_in_transaction_session_timeout = '10s'",
        "timezone = 'UTC'",
        "plan_cache_mode = force_custom_plan",
        "join_collapse_limit = 1",
        "enable_seqscan = off",
        "enable_hashjoin = off",
        "enable_mergejoin = off",
        "enable_material = off",
        "jit = off",
    ] {
        run += &format!("ALTER ROLE {role} SET {setting};");
    }
    sqlx::raw_sql(AssertSqlSafe(run)).execute(&mut connection).await.expect("runs");
    role
}

/// Writes the settings, into a folder of the account that runs Postgres: as root, it doesn't run.
fn write_settings(folder: &Path, database: &PgConnectOptions, socket: &Path, role: &str) {
    let owner = fs::metadata(socket).expect("Postgres made it");
    let (name, port) = (database.get_database().expect("it has a name"), database.get_port());
    let settings = format!(
        "[databases]\n{name} = host={} port={port}\n[pgbouncer]\n\
         listen_port = 6432\nunix_socket_dir = {folder}\npidfile = {folder}/pid\n\
         auth_type = trust\nauth_file = {folder}/users\npool_mode = transaction\n\
         default_pool_size = {CONNECTIONS}\nmax_client_conn = 200\nmax_prepared_statements = 500\n\
         ignore_startup_parameters = extra_float_digits, options\n",
        socket.display(),
        folder = folder.display(),
    );
    let files = [("settings", settings), ("users", format!("\"{role}\" \"\"\n"))];

    for (file, text) in files {
        fs::write(folder.join(file), text).expect("the folder is ours");
        chown(folder.join(file), Some(owner.uid()), Some(owner.gid())).expect("it is ours to give");
    }
    chown(folder, Some(owner.uid()), Some(owner.gid())).expect("it is ours to give");
}

/// Starts the pooler as the account that the folder belongs to; it is there on return.
fn run(program: &Path, folder: &Path) -> Process {
    use std::os::unix::process::CommandExt as _;
    let owner = fs::metadata(folder).expect("it is there");
    let mut command = Command::new("sh");
    command.args(["-c", "exec \"$0\" \"$1\" 2>&1"]).arg(program).arg(folder.join("settings"));
    command.uid(owner.uid()).gid(owner.gid()).stdin(Stdio::null());
    let mut process = Process::start(&mut command);
    process.lines_until("process up");
    process
}

/// A server that works through the pooler, and listens without it.
async fn serve(pooled: &str, direct: &PgConnectOptions) -> (Process, String) {
    let (pooled, direct) = (pooled.to_owned(), direct.to_url_lossy().to_string());
    let start = move || {
        let mut command = upnext(&[&"serve", &"--address", &"127.0.0.1:0", &"--log-filter", &"error"]);
        command.env("UPNEXT_DATABASE_URL", pooled).env("UPNEXT_LISTEN_URL", direct);
        let mut process = Process::start(&mut command);
        let address = process.address();
        (process, address)
    };
    tokio::task::spawn_blocking(start).await.expect("it starts")
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_behind_a_pgbouncer_that_is_killed_lose_and_double_nothing() {
    let program = match program() {
        Ok(program) => program,
        Err(reason) => {
            eprintln!("SKIPPED servers behind a PgBouncer: {reason}; name one in UPNEXT_TEST_PGBOUNCER");
            return;
        }
    };
    let seed = seed();
    println!("UPNEXT_SEED={seed}");
    let database = TestDatabase::new().await;
    let direct = database.connect_options();
    let mut pooler = Pooler::start(program, &direct).await;
    let settings = PoolSettings { max_connections: 2, ..PoolSettings::default() };
    let store = Store::new(direct.clone(), &settings);
    let secret = organization(&store).await;

    let (servers, mut processes) = (Servers::default(), Vec::new());
    for index in 0..2 {
        let (process, address) = serve(&pooler.url, &direct).await;
        let endpoint = Endpoint::from_shared(format!("http://{address}")).expect("an address");
        servers.set(index, endpoint.connect_lazy());
        processes.push(process);
    }
    furnish(&servers, &secret).await;
    let load = Load::start(&servers, &secret, CALLERS, seed);

    load.go_on(DEEDS).await;
    pooler.start_anew();
    load.go_on(DEEDS).await;
    let (answers, wrong) = load.end(&database.pool()).await;
    assert!(wrong.is_empty(), "UPNEXT_SEED={seed}\n{}", wrong.join("\n"));
    assert!(answers > DEEDS);
    invariants::hold_in(&store, Clock::system().now()).await;
}
