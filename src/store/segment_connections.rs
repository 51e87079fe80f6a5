//! The sequences that segments are, or are to be, connected to.

use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use super::Error;
use crate::domain::id::{OrganizationId, RecordTypeId, SequenceId};

/// What connecting has to know of a sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectableSequence {
    /// Its key.
    pub id: SequenceId,
    /// `sequences/{sequence}`.
    pub name: String,
    /// DRAFT, ACTIVE or INACTIVE.
    pub state: &'static str,
    /// The type of its records.
    pub record_type: RecordTypeId,
    /// That type's id.
    pub record_type_id: String,
}

/// Reads a sequence by the id that the caller chose, and keeps it in its state until the end of the transaction.
pub async fn lock_sequence(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<ConnectableSequence>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT sequence.id, sequence.sequence_id, sequence.state, sequence.record_type_id, record_type.record_type_id AS chosen_record_type_id
         FROM sequence
         JOIN record_type ON record_type.organization_id = sequence.organization_id AND record_type.id = sequence.record_type_id
         WHERE sequence.organization_id = $1 AND sequence.sequence_id = $2
         FOR KEY SHARE OF sequence",
    )
    .bind(organization.0)
    .bind(id)
    .fetch_optional(conn)
    .await?;
    row.map(ConnectableSequence::try_from).transpose()
}

/// The name of a sequence, also of a deleted one.
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
            .await?;
    Ok(id.map(|id| format!("sequences/{id}")))
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    sequence_id: String,
    state: String,
    record_type_id: Uuid,
    chosen_record_type_id: String,
}

impl TryFrom<Row> for ConnectableSequence {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let known = ["DRAFT", "ACTIVE", "INACTIVE"].into_iter().find(|state| *state == row.state);
        let inconsistent = || Error::Inconsistent { table: "sequence", column: "state", id: row.id };
        Ok(Self {
            id: SequenceId(row.id),
            name: format!("sequences/{}", row.sequence_id),
            state: known.ok_or_else(inconsistent)?,
            record_type: RecordTypeId(row.record_type_id),
            record_type_id: row.chosen_record_type_id,
        })
    }
}
