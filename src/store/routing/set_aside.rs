//! Items that made their batch fail, each with its reason.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::id::OrganizationId;
use crate::measures;
use crate::store::Error;

/// An item to set aside.
#[derive(Clone, Debug)]
pub struct SetAside {
    /// The tenant.
    pub organization: OrganizationId,
    /// Its key.
    pub id: Uuid,
    /// The kind of item, like `record_change`.
    pub kind: &'static str,
    /// The subject of the item, like a record or the subject of a timer.
    pub subject: Uuid,
    /// Why it can't be processed.
    pub reason: String,
}

/// Sets an item aside, and counts it in the metrics.
pub async fn insert(conn: &mut PgConnection, item: &SetAside, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO set_aside (organization_id, id, kind, subject_id, reason, create_time)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(item.organization.0)
    .bind(item.id)
    .bind(item.kind)
    .bind(item.subject)
    .bind(&item.reason)
    .bind(now)
    .execute(conn)
    .await?;

    metrics::counter!(measures::SET_ASIDE, "kind" => item.kind).increment(1);
    Ok(())
}
