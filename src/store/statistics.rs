//! What Postgres believes of its tables.

use sqlx::PgConnection;

use super::Error;

/// Has Postgres count again what enrolling in bulk fills and is then read by plans that depend on
/// it. Whoever doesn't own the tables changes nothing by it; one that is being looked at is left
/// out.
pub async fn gather(conn: &mut PgConnection) -> Result<(), Error> {
    sqlx::query("ANALYZE (SKIP_LOCKED) enrollment, activity, timer, membership").execute(conn).await?;
    Ok(())
}
