//! The connection pool: the settings of its connections, and the removal of those that died with a
//! restarted server.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
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
    /// A transaction that is idle for longer is ended, together with its connection. Default: 10 s.
    pub idle_in_transaction_timeout: Duration,
    /// When statements are planned. Default: [`Plans::Fresh`].
    pub plans: Plans,
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

impl Plans {
    /// Returns the value of `plan_cache_mode`.
    pub(in crate::store) fn mode(self) -> &'static str {
        match self {
            Plans::Fresh => "force_custom_plan",
            Plans::Kept => "force_generic_plan",
        }
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
            idle_in_transaction_timeout: Duration::from_secs(10),
            plans: Plans::Fresh,
        }
    }
}

/// A connection that was idle for longer is tested before a caller gets it.
const TEST_AFTER_IDLE: Duration = Duration::from_secs(30);
/// A connection that takes longer to answer a test counts as dead.
const TEST_LIMIT: Duration = Duration::from_secs(1);

/// How often Postgres checks during a statement if its client is still there.
const ABANDONED_CHECK: Duration = Duration::from_millis(500);

/// Returns a pool that connects when it is first used.
///
/// Testing a connection before each use would cost every transaction a round trip. Only those are
/// tested that were idle for long, or were made before the latest [`Suspicion`].
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
            let trusted = !after.falls_on(metadata.age);
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
            ("timezone", "UTC".to_owned()),
            ("plan_cache_mode", settings.plans.mode().to_owned()),
            // Disabled plan types get a huge cost. A plan that must read a whole table would exceed
            // the limit for JIT and be compiled each time.
            ("jit", "off".to_owned()),
        ])
        .options(KEYED.map(|(setting, keyed, _)| (setting, keyed)))
}

/// The latest moment at which a connection was found dead. Connections made earlier probably died
/// of the same cause.
#[derive(Clone, Debug)]
pub(in crate::store) struct Suspicion {
    start: Instant,
    /// Milliseconds after `start`, rounded up. Zero if no dead connection was found yet.
    latest: Arc<AtomicU64>,
}

impl Suspicion {
    /// Suspects no connection.
    pub(in crate::store) fn new() -> Self {
        Self { start: Instant::now(), latest: Arc::default() }
    }

    /// Suspects all connections made until now.
    pub(in crate::store) fn raise(&self) {
        self.latest.fetch_max(self.millis() + 1, Ordering::Relaxed);
    }

    /// True if a connection of this age was made before the latest dead one was found.
    fn falls_on(&self, age: Duration) -> bool {
        let made = self.millis().saturating_sub(u64::try_from(age.as_millis()).unwrap_or(u64::MAX));
        made < self.latest.load(Ordering::Relaxed)
    }

    fn millis(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
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
