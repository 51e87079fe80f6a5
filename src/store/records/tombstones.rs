//! What is left of deleted records: a fingerprint of their name and the last version that the CRM
//! gave them, so that an upsert which arrives late doesn't bring them back.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tracing::Instrument as _;

use crate::domain::id::OrganizationId;
use crate::store::{Error, statement};

/// A fingerprint of a record's type and id. The id itself may say who the person is.
pub type Fingerprint = Vec<u8>;

/// What keeps a record from coming back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// The last version that the CRM gave it; older upserts are ignored.
    pub source_version: i64,
    /// True if it was erased: every upsert is refused.
    pub erased: bool,
}

impl Tombstone {
    /// True if it keeps an upsert with this version from making the record again.
    pub fn stops(self, source_version: i64) -> bool {
        self.erased || source_version != 0 && source_version <= self.source_version
    }
}

/// Keeps what a deleted record leaves. An older one of the same name is replaced.
pub async fn insert(
    conn: &mut PgConnection,
    organization: OrganizationId,
    fingerprint: &Fingerprint,
    tombstone: Tombstone,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO tombstone (organization_id, fingerprint, source_version, erased, create_time)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (organization_id, fingerprint) DO UPDATE
           SET source_version = greatest(tombstone.source_version, excluded.source_version),
             erased = tombstone.erased OR excluded.erased, create_time = excluded.create_time",
    )
    .bind(organization.0)
    .bind(fingerprint)
    .bind(tombstone.source_version)
    .bind(tombstone.erased)
    .bind(now)
    .execute(conn)
    .instrument(statement::span::of("tombstones.insert"))
    .await?;

    Ok(())
}

/// Returns what those of these records left that were deleted.
pub async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    fingerprints: &[Fingerprint],
) -> Result<HashMap<Fingerprint, Tombstone>, Error> {
    if fingerprints.is_empty() {
        return Ok(HashMap::new());
    }

    let rows: Vec<(Fingerprint, i64, bool)> = sqlx::query_as(
        "SELECT fingerprint, source_version, erased FROM tombstone
         WHERE organization_id = $1 AND fingerprint = ANY ($2) ORDER BY fingerprint",
    )
    .bind(organization.0)
    .bind(fingerprints)
    .fetch_all(conn)
    .instrument(statement::span::of("tombstones.find"))
    .await?;

    let left = |(name, source_version, erased)| (name, Tombstone { source_version, erased });
    Ok(rows.into_iter().map(left).collect())
}

/// Forgets records of all organizations that were deleted before a time. Returns how many.
pub async fn purge(conn: &mut PgConnection, before: DateTime<Utc>) -> Result<u64, Error> {
    let purged = sqlx::query("DELETE FROM tombstone WHERE create_time < $1")
        .bind(before)
        .execute(conn)
        .instrument(statement::span::of("tombstones.purge"))
        .await?;
    Ok(purged.rows_affected())
}
