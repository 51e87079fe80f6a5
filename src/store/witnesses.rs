//! Rows that prove that their transactions were committed.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::OrganizationId;
use crate::store::{Error, statement};

/// Where a transaction leaves its witness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WitnessKey {
    /// The organization that it writes.
    pub organization: OrganizationId,
    /// Unique.
    pub id: Uuid,
}

/// True if a transaction may have written something.
///
/// On a Citus cluster, the coordinator has written nothing even when a worker has, so it is always
/// true there.
pub async fn has_written(conn: &mut PgConnection) -> Result<bool, Error> {
    let statement = "
        SELECT pg_current_xact_id_if_assigned() IS NOT NULL OR to_regclass('pg_dist_partition') IS NOT NULL";
    Ok(sqlx::query_scalar(statement)
        .fetch_one(conn)
        .instrument(statement::span::of("witnesses.has_written"))
        .await?)
}

/// Leaves a witness. Returns false if it is there already. Waits while another transaction that has
/// left it may still be committed.
pub async fn leave(conn: &mut PgConnection, key: WitnessKey, now: DateTime<Utc>) -> Result<bool, Error> {
    let left = sqlx::query(
        "INSERT INTO witness (organization_id, id, create_time) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(key.organization.0)
    .bind(key.id)
    .bind(now)
    .execute(conn)
    .instrument(statement::span::of("witnesses.leave"))
    .await?;
    Ok(left.rows_affected() > 0)
}

/// Forgets the witnesses from before a time: some `limit` of them, the oldest first. Returns how
/// many. Nobody looks for one longer than some seconds.
pub async fn purge(conn: &mut PgConnection, before: DateTime<Utc>, limit: i64) -> Result<u64, Error> {
    // See sql/request_purge.sql.
    let purged = sqlx::query(
        "DELETE FROM witness WHERE create_time < $1 AND create_time <= (
           SELECT max(old.create_time) FROM (
             SELECT create_time FROM witness WHERE create_time < $1
             ORDER BY create_time LIMIT $2) AS old)",
    )
    .bind(before)
    .bind(limit)
    .execute(conn)
    .instrument(statement::span::of("witnesses.purge"))
    .await?;

    Ok(purged.rows_affected())
}
