//! When records have to be routed again because a condition compares one of their timestamps with
//! `now`. Only the holder of the routing row writes them, but for deletions with their records.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::attribute::AttributeType;
use crate::domain::condition::Field;
use crate::domain::id::{OrganizationId, RecordId};
use crate::store::condition_sql::push_sort_value;
use crate::store::records::{CONDITION_TABLES, Fields};
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// Returns these timestamps of the active ones of these records, in microseconds since 1970.
pub async fn timestamps(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    records: &[RecordId],
    names: &[&str],
) -> Result<Vec<(RecordId, Vec<Option<i64>>)>, Error> {
    let mut query = QueryBuilder::new("SELECT record.id, ARRAY[");
    for (place, name) in names.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " });
        let field = Field { name: (*name).to_owned(), attribute_type: AttributeType::Timestamp };
        push_sort_value(&mut query, &field, source);
    }
    query.push("]::bigint[] FROM ").push(CONDITION_TABLES).push(" WHERE record.organization_id = ");
    query.push_bind(source.record_type.organization.0).push(" AND record.id = ANY (");
    query.push_bind(column(records, |record| record.0)).push(") AND NOT record.closed");

    let span = statement::span::of("record_flips.timestamps");
    let rows: Vec<(Uuid, Vec<Option<i64>>)> = query.build_query_as().fetch_all(conn).instrument(span).await?;
    Ok(rows.into_iter().map(|(record, values)| (RecordId(record), values)).collect())
}

/// Saves the next flip of each of these records, and removes the flips of those that have none.
pub async fn save(
    conn: &mut PgConnection,
    organization: OrganizationId,
    flips: &[(RecordId, DateTime<Utc>)],
    without: &[RecordId],
) -> Result<(), Error> {
    remove(conn, organization, without).await?;
    insert(conn, organization, flips, true).await
}

/// Saves the next flip of each of these records, unless an earlier one is known.
pub async fn bring_forward(
    conn: &mut PgConnection,
    organization: OrganizationId,
    flips: &[(RecordId, DateTime<Utc>)],
) -> Result<(), Error> {
    insert(conn, organization, flips, false).await
}

async fn insert(
    conn: &mut PgConnection,
    organization: OrganizationId,
    flips: &[(RecordId, DateTime<Utc>)],
    later: bool,
) -> Result<(), Error> {
    if flips.is_empty() {
        return Ok(());
    }
    let (records, instants): (Vec<Uuid>, Vec<DateTime<Utc>>) =
        flips.iter().map(|(record, due_at)| (record.0, *due_at)).unzip();
    sqlx::query(
        "INSERT INTO record_flip (organization_id, record_id, due_at)
         SELECT organization.organization_id, flip.record_id, flip.due_at
         FROM organization CROSS JOIN unnest($2::uuid[], $3::timestamptz[]) AS flip (record_id, due_at)
         WHERE organization.organization_id = $1
         ON CONFLICT (organization_id, record_id) DO UPDATE SET due_at = EXCLUDED.due_at
           WHERE record_flip.due_at > EXCLUDED.due_at OR $4 AND record_flip.due_at < EXCLUDED.due_at",
    )
    .bind(organization.0)
    .bind(records)
    .bind(instants)
    .bind(later)
    .execute(conn)
    .instrument(statement::span::of("record_flips.save"))
    .await?;
    Ok(())
}

/// Removes the flips of records, which must be locked. One that another transaction holds is being
/// claimed by routing, which waits for the record and removes the flip itself.
pub async fn remove(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[RecordId],
) -> Result<(), Error> {
    if records.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "DELETE FROM record_flip WHERE organization_id = $1 AND record_id IN (
           SELECT held.record_id FROM record_flip AS held
           WHERE held.organization_id = $1 AND held.record_id = ANY ($2)
           FOR UPDATE SKIP LOCKED)",
    )
    .bind(organization.0)
    .bind(column(records, |record| record.0))
    .execute(conn)
    .instrument(statement::span::of("record_flips.remove"))
    .await?;
    Ok(())
}

/// Removes the flips that are due by `now`, the earliest first and at most `limit`, and returns
/// their records. The routing row must be locked.
pub async fn claim(
    conn: &mut PgConnection,
    organization: OrganizationId,
    limit: i64,
    now: DateTime<Utc>,
) -> Result<Vec<RecordId>, Error> {
    // The place of the last one is found once: see `changes::claim`.
    let keys: Vec<Uuid> = sqlx::query_scalar(
        "DELETE FROM record_flip
         WHERE organization_id = $1 AND due_at <= $3 AND (due_at, record_id) <= (
           SELECT taken.due_at, taken.record_id FROM (
             SELECT first.due_at, first.record_id FROM record_flip AS first
             WHERE first.organization_id = $1 AND first.due_at <= $3
             ORDER BY first.due_at, first.record_id LIMIT $2) AS taken
           ORDER BY taken.due_at DESC, taken.record_id DESC LIMIT 1)
         RETURNING record_id",
    )
    .bind(organization.0)
    .bind(limit)
    .bind(now)
    .fetch_all(conn)
    .instrument(statement::span::of("record_flips.claim"))
    .await?;
    Ok(keys.into_iter().map(RecordId).collect())
}

/// Returns when the first flip of all organizations is due.
pub async fn next_due(conn: &mut PgConnection) -> Result<Option<DateTime<Utc>>, Error> {
    Ok(sqlx::query_scalar(
        "SELECT min(first.due_at) FROM organization
         CROSS JOIN LATERAL (
           SELECT record_flip.due_at FROM record_flip
           WHERE record_flip.organization_id = organization.organization_id
           ORDER BY record_flip.due_at LIMIT 1) AS first
         WHERE organization.suspend_time IS NULL",
    )
    .fetch_one(conn)
    .instrument(statement::span::of("record_flips.next_due"))
    .await?)
}
