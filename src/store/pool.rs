//! The pool: the settings of every connection, and what becomes of connections that died with a
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

/// What differs between one pool and another.
#[derive(Clone, Debug)]
pub struct PoolSettings {
    /// Shown in `pg_stat_activity`.
    pub application_name: String,
    /// The most connections.
    pub max_connections: u32,
    /// How long a caller waits for a connection before the database counts as unavailable.
    pub acquire_timeout: Duration,
    /// After this a statement is cancelled, and answered as [`super::Error::Timeout`].
    pub statement_timeout: Duration,
    /// After this a transaction that does nothing is ended, with its connection.
    pub idle_in_transaction_timeout: Duration,
    /// When its statements are planned.
    pub plans: Plans,
}

/// When statements are planned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Plans {
    /// Each time, for the rows that they name and for tables as large as they are by then.
    #[default]
    Fresh,
    /// Once on each connection, and again when statistics change. For short reads, in which
    /// planning would take most of the time. They have to be written so that no plan reads more
    /// than the rows that they name, also one that was made while a table was empty.
    Kept,
}

impl Plans {
    /// As Postgres calls it.
    pub(super) fn mode(self) -> &'static str {
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
            idle_in_transaction_timeout: Duration::from_secs(10),
            plans: Plans::Fresh,
        }
    }
}

/// A connection idle for longer is tested before a caller gets it.
const TEST_AFTER_IDLE: Duration = Duration::from_secs(30);
/// A connection that takes longer to answer a test counts as dead.
const TEST_LIMIT: Duration = Duration::from_secs(1);

/// A pool that connects when it is first used.
///
/// Connections are not tested before each use, as that costs every transaction a round trip; only
/// those that were idle for long, and those made before the latest [`Suspicion`].
pub(super) fn pool(options: PgConnectOptions, settings: &PoolSettings, suspicion: &Suspicion) -> PgPool {
    let (before, after) = (suspicion.clone(), suspicion.clone());
    PgPoolOptions::new()
        .max_connections(settings.max_connections)
        .acquire_timeout(settings.acquire_timeout)
        .test_before_acquire(false)
        .before_acquire(move |connection, metadata| {
            let trusted = metadata.idle_for < TEST_AFTER_IDLE && !before.falls_on(metadata.age);
            // `false` closes the connection and takes the next.
            Box::pin(async move { Ok(trusted || lives(connection).await) })
        })
        .after_release(move |connection, metadata| {
            let trusted = !after.falls_on(metadata.age);
            Box::pin(async move {
                match trusted || lives(connection).await {
                    true => Ok(true),
                    // An error closes it without taking leave of a server that doesn't answer.
                    false => Err(sqlx::Error::WorkerCrashed),
                }
            })
        })
        .connect_lazy_with(session(options, settings))
}

/// Whether a suspect connection still answers. One whose server vanished without a word would be
/// waited for until the network gives up, a quarter of an hour.
async fn lives(connection: &mut PgConnection) -> bool {
    timeout(TEST_LIMIT, connection.ping()).await.is_ok_and(|answer| answer.is_ok())
}

/// What has statements find a few rows of large tables, each by an index, in the order in which
/// they name the tables, keys first: where there is little to choose, planning costs little. And
/// what leaves it to Postgres.
pub(super) const KEYED: [(&str, &str, &str); 5] = [
    ("join_collapse_limit", "1", "8"),
    ("enable_hashjoin", "off", "on"),
    ("enable_material", "off", "on"),
    ("enable_mergejoin", "off", "on"),
    ("enable_seqscan", "off", "on"),
];

/// Session settings go into the start-up packet: a `SET` would be lost, or leak, behind a pooler
/// that shares connections.
fn session(options: PgConnectOptions, settings: &PoolSettings) -> PgConnectOptions {
    options
        .application_name(&settings.application_name)
        .options([
            ("statement_timeout", settings.statement_timeout.as_millis().to_string()),
            (
                "idle_in_transaction_session_timeout",
                settings.idle_in_transaction_timeout.as_millis().to_string(),
            ),
            ("timezone", "UTC".to_owned()),
            ("plan_cache_mode", settings.plans.mode().to_owned()),
            // A plan that has to read a whole table counts as so dear with these settings that it
            // would be compiled each time.
            ("jit", "off".to_owned()),
        ])
        .options(KEYED.map(|(setting, keyed, _)| (setting, keyed)))
}

/// The latest moment at which a connection turned out to be dead. The ones made before it probably
/// died of the same cause.
#[derive(Clone, Debug)]
pub(super) struct Suspicion {
    start: Instant,
    /// Milliseconds after `start`, rounded up; zero while nothing was seen.
    latest: Arc<AtomicU64>,
}

impl Suspicion {
    /// No suspicion yet.
    pub(super) fn new() -> Self {
        Self { start: Instant::now(), latest: Arc::default() }
    }

    /// A connection turned out to be dead just now.
    pub(super) fn raise(&self) {
        self.latest.fetch_max(self.millis() + 1, Ordering::Relaxed);
    }

    /// Whether a connection of this age was made before the latest dead one was seen.
    fn falls_on(&self, age: Duration) -> bool {
        let made = self.millis().saturating_sub(u64::try_from(age.as_millis()).unwrap_or(u64::MAX));
        made < self.latest.load(Ordering::Relaxed)
    }

    fn millis(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Measures how long connections are waited for.
#[derive(Clone)]
pub(super) struct Meter {
    name: Arc<str>,
    waiting: Gauge,
    waited: Histogram,
}

impl Meter {
    /// Of the pool of this name.
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            waiting: metrics::gauge!(measures::POOL_WAITING, "pool" => name.to_owned()),
            waited: metrics::histogram!(measures::POOL_ACQUIRE, "pool" => name.to_owned()),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Waits for a connection; who gives up waits no longer.
    pub(super) async fn wait<T>(&self, connection: impl Future<Output = T>) -> T {
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
