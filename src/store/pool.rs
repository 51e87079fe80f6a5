//! The settings of every connection, in one function.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgPool};

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
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self {
            application_name: "upnext".to_owned(),
            max_connections: 16,
            acquire_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(30),
            idle_in_transaction_timeout: Duration::from_secs(10),
        }
    }
}

/// A connection idle for longer is tested before a caller gets it; a busy one never is.
const TEST_AFTER_IDLE: Duration = Duration::from_secs(1);

/// A pool that connects when it is first used.
pub fn pool(options: PgConnectOptions, settings: &PoolSettings) -> PgPool {
    PgPoolOptions::new()
        .max_connections(settings.max_connections)
        .acquire_timeout(settings.acquire_timeout)
        .test_before_acquire(false)
        .before_acquire(|connection, metadata| {
            Box::pin(async move {
                // `false` closes the connection and takes the next.
                Ok(metadata.idle_for < TEST_AFTER_IDLE || connection.ping().await.is_ok())
            })
        })
        .connect_lazy_with(session(options, settings))
}

/// Session settings go into the start-up packet: a `SET` would be lost, or leak, behind a pooler that shares connections.
fn session(options: PgConnectOptions, settings: &PoolSettings) -> PgConnectOptions {
    options.application_name(&settings.application_name).options([
        ("statement_timeout", settings.statement_timeout.as_millis().to_string()),
        ("idle_in_transaction_session_timeout", settings.idle_in_transaction_timeout.as_millis().to_string()),
        ("timezone", "UTC".to_owned()),
    ])
}
