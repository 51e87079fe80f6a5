//! The database as a whole: its settings, its statistics, and how much work all organizations have.

pub(in crate::store) mod availability;
pub mod distribution;
pub mod doorbell;
pub(in crate::store) mod error;
pub(in crate::store) mod pool;
pub(in crate::store) mod probe;
pub(in crate::store) mod read_connection;
pub(in crate::store) mod replica;
pub mod schema;
pub(in crate::store) mod shares;

use sqlx::PgConnection;
use uuid::Uuid;

use crate::store::Error;

/// The settings of a database that decide if a server may run on it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Fitness {
    /// Postgres' version as a number, like 150018 for 15.18.
    pub version: i32,
    /// How the database keeps texts, like UTF8.
    pub encoding: String,
    /// Those of `fsync`, `full_page_writes` and `synchronous_commit` that are off, separated by
    /// commas. Empty if committed transactions survive a crash.
    pub unsafe_settings: String,
    /// How many connections all users except superusers may have together.
    pub connections: i32,
}

/// Reads the settings.
pub async fn fitness(conn: &mut PgConnection) -> Result<Fitness, Error> {
    // Postgres 16 introduced reserved_connections. Older versions return null for it here.
    let statement = "
        SELECT
          current_setting('server_version_num')::int AS version,
          current_setting('server_encoding') AS encoding,
          concat_ws(', ',
            CASE WHEN current_setting('fsync') = 'off' THEN 'fsync' END,
            CASE WHEN current_setting('full_page_writes') = 'off' THEN 'full_page_writes' END,
            CASE WHEN current_setting('synchronous_commit') = 'off' THEN 'synchronous_commit' END
          ) AS unsafe_settings,
          current_setting('max_connections')::int
            - current_setting('superuser_reserved_connections')::int
            - coalesce(nullif(current_setting('reserved_connections', true), '')::int, 0)
            AS connections";
    Ok(sqlx::query_as(statement).fetch_one(conn).await?)
}

/// Refreshes Postgres' statistics of the tables that bulk enrollment fills, because plans made
/// afterwards depend on them.
///
/// A table that another session is analyzing is skipped. A role that doesn't own the tables only
/// gets warnings from Postgres, and nothing changes.
pub async fn analyze(conn: &mut PgConnection) -> Result<(), Error> {
    let statement = "ANALYZE (SKIP_LOCKED) enrollment, activity, timer, membership, record_value";
    sqlx::query(statement).execute(conn).await?;
    Ok(())
}

/// How much work there is in all organizations.
#[derive(Clone, Copy, Debug, Default, PartialEq, sqlx::FromRow)]
pub struct Sample {
    /// Due activities. Exact: the sum of the queues' counts.
    pub due: i64,
    /// Snoozed activities. Exact, like `due`.
    pub snoozed: i64,
    /// Timers, estimated by Postgres' statistics, which lag by some moments.
    pub timers: i64,
    /// Record changes that await routing, estimated in the same way.
    pub record_changes: i64,
    /// The key of the oldest of these changes. The key contains its time.
    pub oldest_change: Option<Uuid>,
    /// Running operations.
    pub operations: i64,
}

/// Counts the work in one statement. Its cost depends on the number of queues and organizations,
/// never on the number of activities and timers.
pub async fn sample(conn: &mut PgConnection) -> Result<Sample, Error> {
    Ok(sqlx::query_as(include_str!("../sql/samples_take.sql")).fetch_one(conn).await?)
}
