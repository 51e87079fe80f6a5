//! Transactions by number. Numbers outlive connections, so Postgres can still say whether a
//! transaction was committed whose COMMIT got no answer.

use sqlx::PgConnection;

use crate::store::Error;

/// A transaction that has written something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionId(String);

/// Returns the transaction of this connection, or `None` if it has written nothing.
///
/// On a Citus, the coordinator has written nothing even when a worker has. So this
/// assigns a transaction id on the coordinator, which commits after the worker.
pub async fn id(conn: &mut PgConnection) -> Result<Option<TransactionId>, Error> {
    let statement = "
        SELECT CASE WHEN to_regclass('pg_dist_partition') IS NULL
          THEN pg_current_xact_id_if_assigned() ELSE pg_current_xact_id() END::text";
    let id: Option<String> = sqlx::query_scalar(statement).fetch_one(conn).await?;
    Ok(id.map(TransactionId))
}

/// True if a transaction was committed. `None` while it is still running.
pub async fn was_committed(conn: &mut PgConnection, id: &TransactionId) -> Result<Option<bool>, Error> {
    let status: Option<String> =
        sqlx::query_scalar("SELECT pg_xact_status($1::text::xid8)").bind(&id.0).fetch_one(conn).await?;
    Ok(match status.as_deref() {
        Some("in progress") => None,
        // NULL, for a transaction too old to be known, counts as not committed.
        status => Some(status == Some("committed")),
    })
}
