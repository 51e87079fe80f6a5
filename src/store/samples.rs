//! How much there is to do in all organizations, at a cost that doesn't grow with it.

use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, sqlx::FromRow)]
pub struct Sample {
    /// Due activities, exactly: the sum of the queues' counts.
    pub due: i64,
    /// Snoozed activities, exactly.
    pub snoozed: i64,
    /// Timers, as Postgres' statistics have it: about right, some moments late.
    pub timers: i64,
    /// Record changes that await routing, by the same statistics.
    pub record_changes: i64,
    /// The key of the oldest of them, which holds its time.
    pub oldest_change: Option<Uuid>,
    /// Operations that run.
    pub operations: i64,
}

/// Counts, in one statement: as long as there are queues and organizations, however many activities
/// and timers they have.
pub async fn take(conn: &mut PgConnection) -> Result<Sample, Error> {
    Ok(sqlx::query_as(include_str!("sql/samples_take.sql")).fetch_one(conn).await?)
}
