//! What is left of deleted records: a fingerprint of their name and the last version that the CRM
//! gave them, so that an upsert which arrives late doesn't bring them back. A merged record leaves
//! the record that survived, too.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{ChosenId, OrganizationId, RecordId, RecordTypeId};
use crate::store::enrollments::entrants::RecordName;
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// A fingerprint of a record's type and id. The id itself may say who the person is.
pub type Fingerprint = Vec<u8>;

/// Returns the fingerprint under which a deleted record is remembered.
pub fn fingerprint((record_type, record_id): &(RecordTypeId, ChosenId)) -> Fingerprint {
    Sha256::new().chain_update(record_type.0).chain_update(record_id.as_str()).finalize().to_vec()
}

/// The same in SQL, of the columns `record_type.id` and `item.record_id`.
const FINGERPRINT: &str = "sha256(uuid_send(record_type.id) || convert_to(item.record_id, 'UTF8'))";

/// What keeps a record from coming back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// The last version that the CRM gave it; older upserts are ignored.
    pub source_version: i64,
    /// True if it was erased: every upsert is refused.
    pub erased: bool,
    /// The chosen id of the record into which it was merged. `None` if it was deleted.
    pub survivor: Option<ChosenId>,
}

impl Tombstone {
    /// True if it keeps an upsert with this version from making the record again.
    pub fn stops(&self, source_version: i64) -> bool {
        let outdated = source_version != 0 && source_version <= self.source_version;
        self.erased || self.survivor.is_some() || outdated
    }
}

/// Keeps what a deleted record leaves. An older one of the same name is replaced.
pub async fn insert(
    conn: &mut PgConnection,
    organization: OrganizationId,
    fingerprint: &Fingerprint,
    (source_version, erased): (i64, bool),
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
    .bind(source_version)
    .bind(erased)
    .bind(now)
    .execute(conn)
    .instrument(statement::span::of("tombstones.insert"))
    .await?;

    Ok(())
}

/// A record that is merged into another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedRecord {
    /// Its key.
    pub id: RecordId,
    /// Its type and its chosen id.
    pub name: (RecordTypeId, ChosenId),
    /// The last version that the CRM gave it.
    pub source_version: i64,
}

/// Lets the names of merged records lead to the record that survives, and those of what was merged
/// into them before. All of them must be locked.
pub async fn redirect(
    conn: &mut PgConnection,
    organization: OrganizationId,
    merged: &[MergedRecord],
    survivor: RecordId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE tombstone SET survivor_id = $3 WHERE organization_id = $1 AND survivor_id = ANY ($2)",
    )
    .bind(organization.0)
    .bind(column(merged, |record| record.id.0))
    .bind(survivor.0)
    .execute(&mut *conn)
    .instrument(statement::span::of("tombstones.redirect"))
    .await?;

    sqlx::query(
        "INSERT INTO tombstone (organization_id, fingerprint, source_version, erased, create_time,
           merged_key, merged_id, survivor_id)
         SELECT $1, item.fingerprint, item.source_version, false, $7, item.merged_key, item.merged_id, $6
         FROM unnest($2::bytea[], $3::bigint[], $4::uuid[], $5::text[])
           AS item (fingerprint, source_version, merged_key, merged_id)
         ON CONFLICT (organization_id, fingerprint) DO UPDATE
           SET source_version = excluded.source_version, erased = false,
             create_time = excluded.create_time, merged_key = excluded.merged_key,
             merged_id = excluded.merged_id, survivor_id = excluded.survivor_id",
    )
    .bind(organization.0)
    .bind(column(merged, |record| fingerprint(&record.name)))
    .bind(column(merged, |record| record.source_version))
    .bind(column(merged, |record| record.id.0))
    .bind(column(merged, |record| record.name.1.as_str()))
    .bind(survivor.0)
    .bind(now)
    .execute(conn)
    .instrument(statement::span::of("tombstones.redirect"))
    .await?;

    Ok(())
}

/// Forgets that records were merged into one that is deleted: only their fingerprints are left, for
/// as long as that of the deleted one. If it is erased, so are they.
pub async fn bury_merged(
    conn: &mut PgConnection,
    organization: OrganizationId,
    survivor: RecordId,
    erased: bool,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE tombstone
         SET merged_key = NULL, merged_id = NULL, survivor_id = NULL, erased = $3, create_time = $4
         WHERE organization_id = $1 AND survivor_id = $2",
    )
    .bind(organization.0)
    .bind(survivor.0)
    .bind(erased)
    .bind(now)
    .execute(conn)
    .instrument(statement::span::of("tombstones.bury_merged"))
    .await?;

    Ok(())
}

/// Returns what those of these records left that were deleted or merged.
pub async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    fingerprints: &[Fingerprint],
) -> Result<HashMap<Fingerprint, Tombstone>, Error> {
    if fingerprints.is_empty() {
        return Ok(HashMap::new());
    }

    let rows: Vec<Row> = sqlx::query_as(
        "SELECT tombstone.fingerprint, tombstone.source_version, tombstone.erased,
           survivor.record_id AS survivor
         FROM tombstone
         LEFT JOIN record AS survivor ON survivor.organization_id = tombstone.organization_id
           AND survivor.id = tombstone.survivor_id
         WHERE tombstone.organization_id = $1 AND tombstone.fingerprint = ANY ($2)
         ORDER BY tombstone.fingerprint",
    )
    .bind(organization.0)
    .bind(fingerprints)
    .fetch_all(conn)
    .instrument(statement::span::of("tombstones.find"))
    .await?;

    let left = |row: Row| {
        let survivor = row.survivor.map(ChosenId::known);
        (row.fingerprint, Tombstone { source_version: row.source_version, erased: row.erased, survivor })
    };
    Ok(rows.into_iter().map(left).collect())
}

/// Returns the records into which those of these records were merged that are gone for that reason.
pub async fn survivors(
    conn: &mut PgConnection,
    organization: OrganizationId,
    names: &[RecordName],
) -> Result<HashMap<RecordName, RecordId>, Error> {
    if names.is_empty() {
        return Ok(HashMap::new());
    }

    let statement = format!(
        "SELECT item.record_type_id, item.record_id, tombstone.survivor_id
         FROM unnest($2::text[], $3::text[]) AS item (record_type_id, record_id)
         JOIN record_type ON record_type.record_type_id = item.record_type_id
         JOIN tombstone ON tombstone.organization_id = record_type.organization_id
           AND tombstone.fingerprint = {FINGERPRINT}
         WHERE record_type.organization_id = $1 AND tombstone.organization_id = $1
           AND tombstone.survivor_id IS NOT NULL
         ORDER BY tombstone.fingerprint"
    );
    // The text contains only constants.
    let rows: Vec<(String, String, Uuid)> = sqlx::query_as(sqlx::AssertSqlSafe(statement))
        .bind(organization.0)
        .bind(column(names, |name| name.0.clone()))
        .bind(column(names, |name| name.1.clone()))
        .fetch_all(conn)
        .instrument(statement::span::of("tombstones.survivors"))
        .await?;

    Ok(rows.into_iter().map(|(of, id, survivor)| ((of, id), RecordId(survivor))).collect())
}

/// Appends a query for the keys of a record and of all that were merged into it. If it was merged
/// itself, for those of its survivor.
pub(in crate::store) fn push_united(
    query: &mut QueryBuilder<Postgres>,
    organization: OrganizationId,
    record: RecordId,
) {
    query.push(
        "WITH survivor AS (SELECT coalesce((SELECT survivor_id FROM tombstone WHERE organization_id = ",
    );
    query.push_bind(organization.0).push(" AND merged_key = ").push_bind(record.0).push("), ");
    query
        .push_bind(record.0)
        .push(") AS id) SELECT id FROM survivor UNION ALL SELECT merged_key FROM tombstone ");
    query.push("JOIN survivor ON survivor.id = tombstone.survivor_id WHERE organization_id = ");
    query.push_bind(organization.0);
}

/// Forgets records of all organizations that were deleted before a time: some `limit` of them, the
/// oldest first. Returns how many. Merged ones are remembered as long as the record that survived.
pub async fn purge(conn: &mut PgConnection, before: DateTime<Utc>, limit: i64) -> Result<u64, Error> {
    // See sql/request_purge.sql.
    let purged = sqlx::query(
        "DELETE FROM tombstone WHERE create_time < $1 AND survivor_id IS NULL AND create_time <= (
           SELECT max(old.create_time) FROM (
             SELECT create_time FROM tombstone
             WHERE create_time < $1 AND survivor_id IS NULL
             ORDER BY create_time LIMIT $2) AS old)",
    )
    .bind(before)
    .bind(limit)
    .execute(conn)
    .instrument(statement::span::of("tombstones.purge"))
    .await?;

    Ok(purged.rows_affected())
}

#[derive(FromRow)]
struct Row {
    fingerprint: Fingerprint,
    source_version: i64,
    erased: bool,
    survivor: Option<String>,
}
