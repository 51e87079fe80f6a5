//! The connection pool: the settings of its connections, and the removal of those that died with a
//! restarted server.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use metrics::{Gauge, Histogram};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgConnection, PgPool};
use tokio::time::timeout;

use crate::measures;

/// The settings in which pools differ.
#[derive(Clone, Debug)]
pub struct PoolSettings {
    /// The name in `pg_stat_activity`.
    pub application_name: String,
    /// The most connections. Default: 16.
    pub max_connections: u32,
    /// How long a caller waits for a connection before the database counts as unavailable. Default:
    /// 5 s.
    pub acquire_timeout: Duration,
    /// A statement of a transaction that takes longer is cancelled and fails with
    /// [`crate::store::Error::Timeout`]. Default: 30 s.
    pub statement_timeout: Duration,
    /// The same for statements outside transactions. Default: 30 s.
    pub read_timeout: Duration,
    /// A transaction that is idle for longer is ended, together with its connection. Default: 5 s.
    pub idle_in_transaction_timeout: Duration,
    /// When statements are planned. Default: [`Plans::Fresh`].
    pub plans: Plans,
    /// True if a Citus distributes the tables. It finds the shard of a statement by its parameters,
    /// so it can keep no plan. Default: false.
    pub distributed: bool,
}

/// When statements are planned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Plans {
    /// Each time they run, for their parameters and the current sizes of the tables.
    #[default]
    Fresh,
    /// Once on each connection, and again when statistics change. For short reads, where planning
    /// would take most of the time. They must be written so that every plan reads only the rows
    /// that they ask for, even a plan that was made while a table was empty.
    Kept,
}

/// Leaves the choice to the database.
pub(in crate::store) const ANY_PLANS: &str = "auto";

impl Plans {
    /// Returns the value of `plan_cache_mode`, in a database that is distributed or not.
    pub(in crate::store) fn mode(self, distributed: bool) -> &'static str {
        match self {
            _ if distributed => ANY_PLANS,
            Plans::Fresh => "force_custom_plan",
            Plans::Kept => "force_generic_plan",
        }
    }
}

impl PoolSettings {
    /// Returns how many surveys run at once: one for each four connections, so that the processors
    /// of a database with a usual number of connections have time for everything else.
    pub(in crate::store) fn surveys(&self) -> usize {
        (self.max_connections as usize / 4).max(2)
    }
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self {
            application_name: "upnext".to_owned(),
            max_connections: 16,
            acquire_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(30),
            read_timeout: Duration::from_secs(30),
            idle_in_transaction_timeout: Duration::from_secs(5),
            plans: Plans::Fresh,
            distributed: false,
        }
    }
}

/// A connection that was idle for longer is tested before a caller gets it.
const TEST_AFTER_IDLE: Duration = Duration::from_secs(30);
/// A connection that takes longer to answer a test counts as dead.
const TEST_LIMIT: Duration = Duration::from_secs(1);

/// How often Postgres checks during a statement if its client is still there.
const ABANDONED_CHECK: Duration = Duration::from_millis(500);

/// A pool that can be replaced by an empty one.
///
/// sqlx tests every connection that comes back, without a time limit. A connection that died
/// silently would keep its place in the pool forever, so the pool goes with it.
#[derive(Debug)]
pub(in crate::store) struct Pools {
    options: PgConnectOptions,
    settings: PoolSettings,
    suspicion: Suspicion,
    current: RwLock<PgPool>,
}

/// How long what runs on the connections of a replaced pool may take before the idle ones are
/// dropped instead of closed.
const CLOSING: Duration = Duration::from_secs(10);

impl Pools {
    /// Returns the first pool. It connects when it is first used.
    pub(in crate::store) fn new(
        options: PgConnectOptions,
        settings: &PoolSettings,
        suspicion: &Suspicion,
    ) -> Self {
        let current = RwLock::new(pool(options.clone(), settings, suspicion));
        Self { options, settings: settings.clone(), suspicion: suspicion.clone(), current }
    }

    /// Returns the pool of now.
    pub(in crate::store) fn current(&self) -> PgPool {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces the pool. What runs on its connections goes on.
    pub(in crate::store) fn replace(&self) {
        let fresh = pool(self.options.clone(), &self.settings, &self.suspicion);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let old = std::mem::replace(&mut *current, fresh);
        drop(current);
        tokio::spawn(async move {
            // If it takes longer, connections are closed when they come back, or are dropped.
            let _ = timeout(CLOSING, old.close()).await;
        });
    }
}

/// Returns a pool that connects when it is first used.
///
/// Testing a connection before each use would cost every transaction a round trip. Only those are
/// tested that were idle for long, or were made before the latest [`Suspicion`]. A connection that
/// comes back in the middle of a statement is tested too: the pool would wait for its answer
/// forever.
pub(in crate::store) fn pool(
    options: PgConnectOptions,
    settings: &PoolSettings,
    suspicion: &Suspicion,
) -> PgPool {
    let (before, after) = (suspicion.clone(), suspicion.clone());

    PgPoolOptions::new()
        .max_connections(settings.max_connections)
        .acquire_timeout(settings.acquire_timeout)
        .test_before_acquire(false)
        .before_acquire(move |connection, metadata| {
            let trusted = metadata.idle_for < TEST_AFTER_IDLE && !before.falls_on(metadata.age);
            // `false` closes the connection and tries the next one.
            Box::pin(async move { Ok(trusted || lives(connection).await) })
        })
        .after_release(move |connection, metadata| {
            let trusted = !after.falls_on(metadata.age) && !after.was_one_abandoned();
            Box::pin(async move {
                match trusted || lives(connection).await {
                    true => Ok(true),
                    // `false` would close it politely and wait for a server that doesn't answer. An
                    // error drops it at once.
                    false => Err(sqlx::Error::WorkerCrashed),
                }
            })
        })
        .connect_lazy_with(session(options, settings))
}

/// True if a suspect connection still answers. The time limit is needed because the network takes a
/// quarter of an hour to notice that a server vanished silently.
async fn lives(connection: &mut PgConnection) -> bool {
    timeout(TEST_LIMIT, connection.ping()).await.is_ok_and(|answer| answer.is_ok())
}

/// Settings for statements that find a few rows by index: each with the value that makes Postgres
/// join tables in the order of the statement, keys first, and the value that leaves it free.
///
/// With few plans to choose from, planning is cheap.
pub(in crate::store) const KEYED: [(&str, &str, &str); 5] = [
    ("join_collapse_limit", "1", "8"),
    ("enable_hashjoin", "off", "on"),
    ("enable_material", "off", "on"),
    ("enable_mergejoin", "off", "on"),
    ("enable_seqscan", "off", "on"),
];

/// Puts session settings into the start-up packet. Behind a pooler that shares connections, a `SET`
/// would be lost, or would leak to other sessions.
fn session(options: PgConnectOptions, settings: &PoolSettings) -> PgConnectOptions {
    options
        .application_name(&settings.application_name)
        .options([
            // Transactions set their own.
            ("statement_timeout", settings.read_timeout.as_millis().to_string()),
            // Ends the statements of clients that closed their connection.
            ("client_connection_check_interval", ABANDONED_CHECK.as_millis().to_string()),
            (
                "idle_in_transaction_session_timeout",
                settings.idle_in_transaction_timeout.as_millis().to_string(),
            ),
            // Postgres finds a server that vanished, and frees its locks. These settings have no
            // effect on Unix sockets.
            ("tcp_keepalives_idle", "5".to_owned()),
            ("tcp_keepalives_interval", "2".to_owned()),
            ("tcp_keepalives_count", "3".to_owned()),
            ("tcp_user_timeout", "10000".to_owned()),
            ("timezone", "UTC".to_owned()),
            ("plan_cache_mode", settings.plans.mode(settings.distributed).to_owned()),
            // Disabled plan types get a huge cost. A plan that must read a whole table would exceed
            // the limit for JIT and be compiled each time.
            ("jit", "off".to_owned()),
        ])
        .options(KEYED.map(|(setting, keyed, _)| (setting, keyed)))
}

/// How long after work was abandoned all connections that come back are tested.
const ABANDONED: Duration = Duration::from_secs(1);

/// The latest moment at which a connection was found dead. Connections made earlier probably died
/// of the same cause.
#[derive(Clone, Debug)]
pub(in crate::store) struct Suspicion {
    start: Instant,
    marks: Arc<Marks>,
}

/// Milliseconds after the start, rounded up. Zero if it didn't happen yet.
#[derive(Debug, Default)]
struct Marks {
    suspected: AtomicU64,
    abandoned: AtomicU64,
}

impl Suspicion {
    /// Suspects no connection.
    pub(in crate::store) fn new() -> Self {
        Self { start: Instant::now(), marks: Arc::default() }
    }

    /// Suspects all connections made until now: they are tested before their next use.
    pub(in crate::store) fn raise(&self) {
        self.marks.suspected.fetch_max(self.millis() + 1, Ordering::Relaxed);
    }

    /// Notes that work was given up, perhaps in the middle of a statement.
    pub(in crate::store) fn note_abandoned(&self) {
        self.marks.abandoned.fetch_max(self.millis() + 1, Ordering::Relaxed);
    }

    /// True if a connection of this age was made before the latest dead one was found.
    fn falls_on(&self, age: Duration) -> bool {
        let made = self.millis().saturating_sub(to_millis(age));
        made < self.marks.suspected.load(Ordering::Relaxed)
    }

    fn was_one_abandoned(&self) -> bool {
        let abandoned = self.marks.abandoned.load(Ordering::Relaxed);
        abandoned > 0 && self.millis() < abandoned + to_millis(ABANDONED)
    }

    fn millis(&self) -> u64 {
        to_millis(self.start.elapsed())
    }
}

fn to_millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Measures how long callers wait for connections.
#[derive(Clone)]
pub(in crate::store) struct Meter {
    name: Arc<str>,
    waiting: Gauge,
    waited: Histogram,
}

impl Meter {
    /// Returns the meter of the pool with this name.
    pub(in crate::store) fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            waiting: metrics::gauge!(measures::POOL_WAITING, "pool" => name.to_owned()),
            waited: metrics::histogram!(measures::POOL_ACQUIRE, "pool" => name.to_owned()),
        }
    }

    pub(in crate::store) fn name(&self) -> &str {
        &self.name
    }

    /// Waits for a connection, and counts the caller as waiting until then or until it gives up.
    pub(in crate::store) async fn wait<T>(&self, connection: impl Future<Output = T>) -> T {
        // Decrements even if the future is dropped.
        struct Waiting<'a>(&'a Gauge);
        impl Drop for Waiting<'_> {
            fn drop(&mut self) {
                self.0.decrement(1);
            }
        }
        self.waiting.increment(1);
        let (since, _waiting) = (Instant::now(), Waiting(&self.waiting));
        let got = connection.await;
        self.waited.record(since.elapsed());
        got
    }
}

impl fmt::Debug for Meter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Meter").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_connections_made_before_the_suspicion_are_suspect() {
        let suspicion = Suspicion::new();
        let age = Duration::from_secs(5);
        assert!(!suspicion.falls_on(age));
        suspicion.raise();
        assert!(suspicion.falls_on(age));
        let later = Suspicion { start: suspicion.start - Duration::from_secs(60), ..suspicion };
        assert!(!later.falls_on(age));
        assert!(later.falls_on(Duration::from_secs(70)));
    }
}
