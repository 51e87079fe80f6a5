//! Items that broke their batch, each by itself with its reason.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;
use crate::domain::id::OrganizationId;
use crate::measures;

/// An item to be set aside.
#[derive(Clone, Debug)]
pub struct SetAside {
    /// The tenant.
    pub organization: OrganizationId,
    /// Its key.
    pub id: Uuid,
    /// What it was, say `record_change`.
    pub kind: &'static str,
    /// The record, timer's subject or the like.
    pub subject: Uuid,
    /// Why it can't be done.
    pub reason: String,
}

/// Sets an item aside.
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
