//! The sequences that segments are, or will be, connected to.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{OrganizationId, RecordTypeId, SequenceId};
use crate::domain::names;
use crate::domain::segment::Connectable;
use crate::store::sequences::StateColumns;
use crate::store::{Error, statement};

/// Reads a sequence by the id that the caller chose, and prevents changes of its state until the
/// end of the transaction.
pub async fn lock_sequence(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<Connectable>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT sequence.id, sequence.sequence_id, sequence.state, sequence.revision,
           sequence.delete_time, sequence.record_type_id,
           record_type.record_type_id AS chosen_record_type_id
         FROM sequence
         JOIN record_type
           ON record_type.organization_id = sequence.organization_id
           AND record_type.id = sequence.record_type_id
         WHERE sequence.organization_id = $1 AND sequence.sequence_id = $2
         FOR KEY SHARE OF sequence",
    )
    .bind(organization.0)
    .bind(id)
    .fetch_optional(conn)
    .instrument(statement::span::of("connections.lock_sequence"))
    .await?;

    row.map(Connectable::try_from).transpose()
}

/// Returns the name of a sequence, even of a deleted one.
pub async fn sequence_name(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequence: SequenceId,
) -> Result<Option<String>, Error> {
    let id: Option<String> =
        sqlx::query_scalar("SELECT sequence_id FROM sequence WHERE organization_id = $1 AND id = $2")
            .bind(organization.0)
            .bind(sequence.0)
            .fetch_optional(conn)
            .instrument(statement::span::of("connections.sequence_name"))
            .await?;
    Ok(id.map(|id| names::SEQUENCE.name([id])))
}

/// Disconnects the segments that feed a sequence.
pub async fn disconnect(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequence: SequenceId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    // Locked in the order of keys first, because an UPDATE alone could lock in any order and
    // deadlock.
    let locked: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM segment WHERE organization_id = $1 AND connected_sequence_id = $2
         ORDER BY id FOR NO KEY UPDATE",
    )
    .bind(organization.0)
    .bind(sequence.0)
    .fetch_all(&mut *conn)
    .instrument(statement::span::of("connections.disconnect"))
    .await?;

    sqlx::query(
        "UPDATE segment SET connected_sequence_id = NULL, version = version + 1, update_time = $3
         WHERE organization_id = $1 AND id = ANY ($2)",
    )
    .bind(organization.0)
    .bind(locked)
    .bind(now)
    .execute(conn)
    .instrument(statement::span::of("connections.disconnect"))
    .await?;

    Ok(())
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    sequence_id: String,
    #[sqlx(flatten)]
    state: StateColumns,
    record_type_id: Uuid,
    chosen_record_type_id: String,
}

impl TryFrom<Row> for Connectable {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Self {
            sequence: SequenceId(row.id),
            name: names::SEQUENCE.name([row.sequence_id]),
            state: row.state.read(row.id)?,
            record_type: RecordTypeId(row.record_type_id),
            record_type_name: row.chosen_record_type_id,
        })
    }
}
