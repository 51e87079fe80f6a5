//! Revisions of sequences: immutable definitions.

use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::Error;
use super::changes::column;
use crate::domain::definition::Definition;
use crate::domain::id::{OrganizationId, SequenceId};

/// Names a revision.
pub type RevisionKey = (OrganizationId, SequenceId, i32);

/// The definitions of revisions; those that don't exist are left out.
pub async fn definitions(
    conn: &mut PgConnection,
    keys: &[RevisionKey],
) -> Result<Vec<(RevisionKey, Definition)>, Error> {
    let rows: Vec<(Uuid, Uuid, i32, Json<Definition>)> = sqlx::query_as(
        "SELECT revision.organization_id, revision.sequence_id, revision.revision, revision.definition
         FROM unnest($1::uuid[], $2::uuid[], $3::integer[]) AS item (organization_id, sequence_id, revision)
         JOIN sequence_revision AS revision ON revision.organization_id = item.organization_id
           AND revision.sequence_id = item.sequence_id AND revision.revision = item.revision
         WHERE revision.organization_id = ANY ($1)
         ORDER BY revision.organization_id, revision.sequence_id, revision.revision",
    )
    .bind(column(keys, |key| key.0.0))
    .bind(column(keys, |key| key.1.0))
    .bind(column(keys, |key| key.2))
    .fetch_all(conn)
    .await?;
    let key =
        |organization, sequence, revision| (OrganizationId(organization), SequenceId(sequence), revision);
    Ok(rows.into_iter().map(|(o, s, r, definition)| (key(o, s, r), definition.0)).collect())
}
