//! Record changes that await routing. The transaction that changes a record appends the change.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{OrganizationId, RecordId};
use crate::store::Error;
use crate::store::statement;

/// Appends changes, given as the key of the change and the record that changed.
pub async fn append(
    conn: &mut PgConnection,
    organization: OrganizationId,
    changes: &[(Uuid, RecordId)],
) -> Result<(), Error> {
    if changes.is_empty() {
        return Ok(());
    }

    let (ids, records): (Vec<Uuid>, Vec<Uuid>) = changes.iter().map(|(id, record)| (*id, record.0)).unzip();
    sqlx::query(
        "INSERT INTO record_change (organization_id, id, record_id)
         SELECT $1, change.id, change.record_id
         FROM unnest($2::uuid[], $3::uuid[]) AS change (id, record_id)",
    )
    .bind(organization.0)
    .bind(ids)
    .bind(records)
    .execute(conn)
    .instrument(statement::span::of("record_changes.append"))
    .await?;

    Ok(())
}

/// Returns the organizations that have changes, even of related records, places that were freed, or
/// records that are due by `now` to be routed again.
pub async fn organizations_waiting(
    conn: &mut PgConnection,
    now: DateTime<Utc>,
) -> Result<Vec<OrganizationId>, Error> {
    let keys: Vec<Uuid> = sqlx::query_scalar(
        "SELECT organization.organization_id FROM organization
         WHERE organization.suspend_time IS NULL AND (
           EXISTS (
             SELECT FROM record_change
             WHERE record_change.organization_id = organization.organization_id)
           OR EXISTS (
             SELECT FROM related_change
             WHERE related_change.organization_id = organization.organization_id)
           OR EXISTS (
             SELECT FROM freed_place
             WHERE freed_place.organization_id = organization.organization_id)
           OR EXISTS (
             SELECT FROM record_flip
             WHERE record_flip.organization_id = organization.organization_id
               AND record_flip.due_at <= $1))
         ORDER BY organization.organization_id",
    )
    .bind(now)
    .fetch_all(conn)
    .instrument(statement::span::of("record_changes.organizations_waiting"))
    .await?;

    Ok(keys.into_iter().map(OrganizationId).collect())
}

/// True if a change of this record awaits routing, or of one to which it refers.
pub async fn awaits(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM record_change WHERE organization_id = $1 AND record_id = $2)
           OR EXISTS (
             SELECT FROM record_reference AS reference
             JOIN related_change ON related_change.organization_id = reference.organization_id
               AND related_change.record_type_id = reference.target_type_id
               AND related_change.record_id = reference.target_id
             WHERE reference.organization_id = $1 AND reference.record_id = $2)",
    )
    .bind(organization.0)
    .bind(record.0)
    .fetch_one(conn)
    .instrument(statement::span::of("record_changes.awaits"))
    .await?)
}

/// Removes the oldest changes, at most `limit`, and returns the changed record of each. A record
/// with several changes is returned several times. The routing row must be locked.
///
/// The key of the last one is found once, and changes up to it are removed. An IN would be a join,
/// and where Postgres expects hardly any rows, it runs the inner side of a join again for each row
/// of the outer one.
pub async fn claim(
    conn: &mut PgConnection,
    organization: OrganizationId,
    limit: i64,
) -> Result<Vec<RecordId>, Error> {
    let keys: Vec<Uuid> = sqlx::query_scalar(
        "DELETE FROM record_change WHERE organization_id = $1 AND id <= (
           SELECT taken.id FROM (
             SELECT oldest.id FROM record_change AS oldest
             WHERE oldest.organization_id = $1 ORDER BY oldest.id LIMIT $2) AS taken
           ORDER BY taken.id DESC LIMIT 1)
         RETURNING record_id",
    )
    .bind(organization.0)
    .bind(limit)
    .fetch_all(conn)
    .instrument(statement::span::of("record_changes.claim"))
    .await?;

    Ok(keys.into_iter().map(RecordId).collect())
}
