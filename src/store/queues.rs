//! Queues: each has its seller's or team's key, a revision and counts.

use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;
use crate::domain::id::{OrganizationId, QueueId};

/// Adds an empty queue.
pub async fn insert(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: QueueId,
    stamp: Uuid,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO queue (organization_id, id, revision, stamp, due_count, snoozed_count) VALUES ($1, $2, 0, $3, 0, 0)",
    )
    .bind(organization.0)
    .bind(id.0)
    .bind(stamp)
    .execute(conn)
    .await?;
    Ok(())
}
