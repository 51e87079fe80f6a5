//! Changes of records to which others may refer. Routing tells those others, a chunk at a time.

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{ChosenId, OrganizationId, RecordId, RecordTypeId};
use crate::domain::related::RelatedChange;
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// A change that awaits routing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its key.
    pub id: Uuid,
    /// The change.
    pub change: RelatedChange,
    /// The last record that was told. `None` before the first chunk.
    pub cursor: Option<RecordId>,
}

/// Appends changes, each with its key. Returns true if there are any.
pub async fn append(
    conn: &mut PgConnection,
    organization: OrganizationId,
    changes: &[(Uuid, RelatedChange)],
) -> Result<bool, Error> {
    if changes.is_empty() {
        return Ok(false);
    }

    // Arrays of arrays don't unnest. Names of attributes hold no space.
    let joined = |(_, change): &(Uuid, RelatedChange)| {
        change.attributes.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
    };
    sqlx::query(
        "INSERT INTO related_change (organization_id, id, record_type_id, record_id, attributes)
         SELECT $1, change.id, change.record_type_id, change.record_id,
           string_to_array(change.attributes, ' ')
         FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[])
           AS change (id, record_type_id, record_id, attributes)",
    )
    .bind(organization.0)
    .bind(column(changes, |(id, _)| *id))
    .bind(column(changes, |(_, change)| change.record_type.0))
    .bind(column(changes, |(_, change)| change.record_id.as_str()))
    .bind(column(changes, joined))
    .execute(conn)
    .instrument(statement::span::of("related_changes.append"))
    .await?;
    Ok(true)
}

/// Returns the oldest changes, at most `limit`. The routing row must be locked.
pub async fn oldest(
    conn: &mut PgConnection,
    organization: OrganizationId,
    limit: i64,
) -> Result<Vec<Waiting>, Error> {
    type Row = (Uuid, Uuid, String, Vec<String>, Option<Uuid>);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, record_type_id, record_id, attributes, cursor_record_id FROM related_change
         WHERE organization_id = $1 ORDER BY id LIMIT $2",
    )
    .bind(organization.0)
    .bind(limit)
    .fetch_all(conn)
    .instrument(statement::span::of("related_changes.oldest"))
    .await?;

    let waiting = |(id, record_type, record_id, attributes, cursor): (_, _, _, Vec<String>, Option<Uuid>)| {
        let attributes = attributes.into_iter().collect();
        let change = RelatedChange { record_type: RecordTypeId(record_type), record_id, attributes };
        Waiting { id, change, cursor: cursor.map(RecordId) }
    };
    Ok(rows.into_iter().map(waiting).collect())
}

/// Removes changes of which everybody was told.
pub async fn remove(
    conn: &mut PgConnection,
    organization: OrganizationId,
    told: &[Waiting],
) -> Result<(), Error> {
    if told.is_empty() {
        return Ok(());
    }

    sqlx::query("DELETE FROM related_change WHERE organization_id = $1 AND id = ANY ($2)")
        .bind(organization.0)
        .bind(column(told, |waiting| waiting.id))
        .execute(conn)
        .instrument(statement::span::of("related_changes.remove"))
        .await?;
    Ok(())
}

/// Removes the changes of an erased record, and of those that were merged into it. A change stays
/// if some record refers to it: that record keeps the id anyway. Routing must be stopped, so that
/// it evaluates a reference that is being committed only after the erasure.
pub async fn erase(
    conn: &mut PgConnection,
    organization: OrganizationId,
    (record_type, record_id): &(RecordTypeId, ChosenId),
    record: Option<RecordId>,
) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM related_change
         WHERE organization_id = $1 AND record_type_id = $2
           AND (record_id = $3 OR record_id IN (
             SELECT merged_id FROM tombstone
             WHERE tombstone.organization_id = $1 AND tombstone.survivor_id = $4))
           AND NOT EXISTS (
             SELECT FROM record_reference AS reference
             WHERE reference.organization_id = $1
               AND reference.target_type_id = related_change.record_type_id
               AND reference.target_id = related_change.record_id)",
    )
    .bind(organization.0)
    .bind(record_type.0)
    .bind(record_id.as_str())
    .bind(record.map(|record| record.0))
    .execute(conn)
    .instrument(statement::span::of("related_changes.erase"))
    .await?;

    Ok(())
}

/// Notes the last record that was told of a change.
pub async fn go_on(
    conn: &mut PgConnection,
    organization: OrganizationId,
    change: Uuid,
    last: RecordId,
) -> Result<(), Error> {
    sqlx::query("UPDATE related_change SET cursor_record_id = $3 WHERE organization_id = $1 AND id = $2")
        .bind(organization.0)
        .bind(change)
        .bind(last.0)
        .execute(conn)
        .instrument(statement::span::of("related_changes.go_on"))
        .await?;
    Ok(())
}
