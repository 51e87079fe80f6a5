//! The sequences that enrollments may advance to.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use sqlx::types::Json;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::definition::Definition;
use crate::domain::id::{OrganizationId, RecordTypeId};
use crate::domain::references::Target;
use crate::store::{Error, statement};

/// Returns all sequences that aren't deleted, by their chosen ids, with the sequences that their
/// newest revisions advance to. At most some hundreds are active, and only these are read whole.
pub async fn targets(
    conn: &mut PgConnection,
    organization: OrganizationId,
) -> Result<BTreeMap<String, Target>, Error> {
    let rows: Vec<(String, bool, Uuid, Option<Json<Definition>>)> = sqlx::query_as(
        "SELECT sequence.sequence_id, sequence.state = 'ACTIVE', sequence.record_type_id,
           CASE WHEN jsonb_path_exists(revision.definition, '$.**.advance_to_sequence')
             THEN revision.definition END
         FROM sequence
         LEFT JOIN sequence_revision AS revision ON revision.organization_id = sequence.organization_id
           AND revision.sequence_id = sequence.id AND revision.revision = sequence.revision
           AND sequence.state = 'ACTIVE'
         WHERE sequence.organization_id = $1 AND sequence.delete_time IS NULL
         ORDER BY sequence.sequence_id",
    )
    .bind(organization.0)
    .fetch_all(conn)
    .instrument(statement::span::of("advances.targets"))
    .await?;

    let targets = rows.into_iter().map(|(id, active, record_type, definition)| {
        let advances_to = definition.map(|definition| definition.0.advances_to()).unwrap_or_default();
        (id, Target { active, record_type: RecordTypeId(record_type), advances_to })
    });
    Ok(targets.collect())
}
