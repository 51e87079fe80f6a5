//! A database per test, cloned from one that was migrated once.

use std::{
    collections::BTreeSet,
    env,
    path::{Path, PathBuf},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use indicatif::ProgressBar;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sqlx::{
    AssertSqlSafe, Connection, PgConnection, PgPool, postgres::PgConnectOptions, postgres::PgPoolOptions,
};
use tokio::{sync::oneshot, time::timeout};
use upnext::{
    private_postgres::{Binaries, Options, PrivatePostgres, Profile, Surroundings, locate},
    store::{MIGRATOR, PoolSettings},
};

use super::citus::{self, Citus};
use super::proxy::{Proxy, Trap};

/// The database that all others are cloned from; nobody stays connected to it.
pub(super) const TEMPLATE: &str = "template_upnext";

/// The one server of this test run.
///
/// A test's runtime ends with the test, so what all tests share lives on a thread of its own. The
/// process never waits for it: when it ends, in whatever way, the server's watcher stops the server
/// and removes its folder.
static CLUSTER: LazyLock<Cluster> = LazyLock::new(|| {
    let (reports, report) = mpsc::channel();
    let (requests, inbox) = tokio::sync::mpsc::unbounded_channel();
    thread::spawn(move || serve(&reports, inbox));
    let connect_options = report.recv().expect("the test run's Postgres starts");
    Cluster { connect_options, requests }
});

struct Cluster {
    connect_options: PgConnectOptions,
    requests: tokio::sync::mpsc::UnboundedSender<Request>,
}

enum Request {
    Create { database: String, done: oneshot::Sender<()> },
    Drop { database: String },
}

/// A migrated database without rows, for one test. It goes away with the test.
pub struct TestDatabase {
    name: String,
    pool: PgPool,
    recorder: Option<Proxy>,
}

impl TestDatabase {
    /// Clones the template; some 30 ms once the server runs.
    pub async fn new() -> Self {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", LAST.fetch_add(1, Ordering::Relaxed));
        let cluster =
            tokio::task::spawn_blocking(|| &*CLUSTER).await.expect("the test run's Postgres starts");
        let (done, created) = oneshot::channel();
        let request = Request::Create { database: name.clone(), done };
        cluster.requests.send(request).expect("the cluster's thread lives as long as the process");
        created.await.expect("the template can be cloned");
        let options = cluster.connect_options.clone().database(&name);
        let pool = PgPoolOptions::new().max_connections(5).connect_lazy_with(options);
        Self { name, pool, recorder: None }
    }

    /// Like [`Self::new`], and notes every statement of those who connect with its options.
    pub async fn recorded() -> Self {
        let mut database = Self::new().await;
        database.recorder = Some(Proxy::new(&database.connect_options()).await);
        database
    }

    /// The statements that were noted.
    pub fn statements(&self) -> BTreeSet<String> {
        self.recorder.as_ref().map(Proxy::recorded).unwrap_or_default()
    }

    /// Notes the statements of these connections in order from now on, on a recorded database.
    pub fn note(&self, application: &'static str) {
        let recorder = self.recorder.as_ref().expect("it is recorded");
        recorder.arm(Trap { application, from: None, passing: 0, point: usize::MAX, fault: None });
    }

    /// The statements that were noted since then.
    pub fn noted(&self) -> Vec<String> {
        self.recorder.as_ref().map(|recorder| recorder.disarm().0).unwrap_or_default()
    }

    /// A small pool of this test's own.
    pub fn pool(&self) -> PgPool {
        self.pool.clone()
    }

    /// Waits until this many sessions on this database wait for locks.
    pub async fn until_waiting(&self, sessions: i64) {
        let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let look = async {
            while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&self.pool).await.expect("counts")
                < sessions
            {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(30), look).await.expect("enough sessions wait in time");
    }

    /// How to make another pool for the same database.
    pub fn connect_options(&self) -> PgConnectOptions {
        let options = CLUSTER.connect_options.clone().database(&self.name);
        match &self.recorder {
            Some(recorder) => recorder.options(&options),
            None => options,
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // A clone is 8 MB of disk. Dropping one takes longer than making it, so nobody waits for
        // that.
        let _ = CLUSTER.requests.send(Request::Drop { database: self.name.clone() });
    }
}

/// The settings of a pool for the tests' databases.
pub fn pool_settings() -> PoolSettings {
    PoolSettings { distributed: citus::is_named(), ..PoolSettings::default() }
}

/// The programs that tests run a Postgres with.
pub async fn binaries() -> Binaries {
    let given = env::var_os("UPNEXT_PG_BIN").map(PathBuf::from);
    let cache = env::temp_dir().join("upnext-tests-cache");
    let surroundings = Surroundings::of_this_machine(cache);
    let found = locate(given.as_deref(), &surroundings, &env::temp_dir(), &ProgressBar::hidden()).await;
    found.unwrap_or_else(|error| panic!("the tests need a Postgres: {error}"))
}

/// A Postgres of one test, whose data survives its end.
pub async fn durable_postgres(folder: &Path) -> PrivatePostgres {
    let options =
        Options { data_dir: folder.join("data"), binaries: binaries().await, profile: Profile::Durable };
    PrivatePostgres::start(options, &ProgressBar::hidden()).await.expect("starts")
}

/// Stops such a Postgres as a power cut would, and starts it again.
pub async fn power_cut(server: PrivatePostgres, folder: &Path) -> PrivatePostgres {
    let [process, _] = server.process_ids();
    kill(Pid::from_raw(process.cast_signed()), Signal::SIGQUIT).expect("it runs");
    drop(server);
    durable_postgres(folder).await
}

/// Makes a database what upnext needs.
pub async fn migrate(options: &PgConnectOptions) {
    let mut connection = PgConnection::connect_with(options).await.expect("connects");
    MIGRATOR.run(&mut connection).await.expect("migrates");
}

#[tokio::main(flavor = "current_thread")]
async fn serve(
    reports: &mpsc::Sender<PgConnectOptions>,
    mut inbox: tokio::sync::mpsc::UnboundedReceiver<Request>,
) {
    if let Some(citus) = Citus::named().await {
        return serve_from(&citus, reports, inbox).await;
    }
    let folder =
        tempfile::Builder::new().prefix("upnext-tests-").tempdir().expect("the temp folder is writable");

    // The watcher removes it, also when this process is killed.
    let data_dir = folder.keep();
    let options = Options { data_dir, binaries: binaries().await, profile: Profile::Throwaway };
    let postgres = PrivatePostgres::start(options, &ProgressBar::hidden()).await;
    let postgres = postgres.unwrap_or_else(|error| panic!("the tests need a Postgres: {error}"));
    let mut connection =
        PgConnection::connect_with(&postgres.connect_options("postgres")).await.expect("the server is ready");
    make_template(&postgres, &mut connection).await;
    // Sessions report what they read seconds later. Tests that measure it count nobody else.
    let uncounted = postgres.connect_options("postgres").options([("track_counts", "off")]);
    reports.send(uncounted).expect("somebody waits for the cluster");

    while let Some(request) = inbox.recv().await {
        match request {
            Request::Create { database, done } => {
                let clone = format!("CREATE DATABASE {database} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY");
                execute(&mut connection, clone).await;
                // Whoever asked may have been cancelled by a deadline.
                let _ = done.send(());
            }
            Request::Drop { database } => {
                execute(&mut connection, format!("DROP DATABASE {database} WITH (FORCE)")).await;
            }
        }
    }
}

/// Like [`serve`], from a Citus instead of a server of this run's own.
async fn serve_from(
    citus: &Citus,
    reports: &mpsc::Sender<PgConnectOptions>,
    mut inbox: tokio::sync::mpsc::UnboundedReceiver<Request>,
) {
    citus.make_template().await;
    reports.send(citus.connect_options()).expect("somebody waits for the cluster");
    while let Some(request) = inbox.recv().await {
        match request {
            Request::Create { database, done } => {
                citus.create(&database).await;
                let _ = done.send(());
            }
            Request::Drop { database } => citus.drop(&database).await,
        }
    }
}

async fn make_template(postgres: &PrivatePostgres, connection: &mut PgConnection) {
    execute(connection, format!("CREATE DATABASE {TEMPLATE}")).await;
    let mut template =
        PgConnection::connect_with(&postgres.connect_options(TEMPLATE)).await.expect("the template is there");
    MIGRATOR.run(&mut template).await.expect("the migrations run on an empty database");
    // A database can be cloned only while nobody is connected to it.
    template.close().await.expect("the template can be left");
}

pub(super) async fn execute(connection: &mut PgConnection, statement: String) {
    sqlx::raw_sql(AssertSqlSafe(statement.clone()))
        .execute(connection)
        .await
        .unwrap_or_else(|error| panic!("{statement}: {error}"));
}
