//! Which records await routing: appended to by the transactions that change them.

use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;
use crate::domain::id::{OrganizationId, RecordId};

/// Notes changes, each a key of its own and the record that changed.
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
         SELECT $1, change.id, change.record_id FROM unnest($2::uuid[], $3::uuid[]) AS change (id, record_id)",
    )
    .bind(organization.0)
    .bind(ids)
    .bind(records)
    .execute(conn)
    .await?;
    Ok(())
}
