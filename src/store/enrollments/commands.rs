//! Enrollments that stand at a command: what has to be locked before it is carried out.

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{ChosenId, EnrollmentId, OrganizationId, RecordId, RecordTypeId, SequenceId};
use crate::domain::program::NodeId;
use crate::domain::timer::Timer;
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// Where an enrollment stands, and its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The timer that carries out the command.
    pub timer: Timer,
    /// The sequence.
    pub sequence: SequenceId,
    /// The number of its revision.
    pub revision: i32,
    /// The node that the enrollment is at.
    pub node: NodeId,
    /// The record.
    pub record: RecordId,
    /// The chosen id of the record.
    pub record_id: ChosenId,
    /// The type of the record.
    pub record_type: RecordTypeId,
    /// The chosen id of that type.
    pub record_type_id: ChosenId,
}

/// The place of the timer, the sequence, the revision, the node, the record, its id, its type and
/// the type's id.
type Row = (i64, Uuid, i32, i32, Uuid, String, Uuid, String);

/// Returns where the enrollments of timers stand, in the order of the timers. Locks nothing.
/// Enrollments whose record is deleted are absent.
pub async fn standing(
    conn: &mut PgConnection,
    organization: OrganizationId,
    timers: &[Timer],
) -> Result<Vec<Standing>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT item.place, enrollment.sequence_id, enrollment.revision, enrollment.node, record.id,
           record.record_id, record.record_type_id, record_type.record_type_id
         FROM unnest(array_fill($1::uuid, ARRAY[cardinality($2::uuid[])]), $2::uuid[])
           WITH ORDINALITY AS item (organization_id, id, place)
         JOIN enrollment ON enrollment.organization_id = item.organization_id AND enrollment.id = item.id
         JOIN record ON record.organization_id = enrollment.organization_id
           AND record.id = enrollment.record_id
         JOIN record_type ON record_type.organization_id = record.organization_id
           AND record_type.id = record.record_type_id
         WHERE one_shard(item.organization_id, $1)
         ORDER BY item.place",
    )
    .bind(organization.0)
    .bind(column(timers, |timer: &Timer| EnrollmentId(timer.subject).0))
    .fetch_all(conn)
    .instrument(statement::span::of("commands.standing"))
    .await?;

    let standing = rows.into_iter().filter_map(|(place, sequence, revision, node, record, id, of, of_id)| {
        Some(Standing {
            timer: *timers.get(usize::try_from(place).ok()?.checked_sub(1)?)?,
            sequence: SequenceId(sequence),
            revision,
            node: NodeId(node),
            record: RecordId(record),
            record_id: ChosenId::known(id),
            record_type: RecordTypeId(of),
            record_type_id: ChosenId::known(of_id),
        })
    });
    Ok(standing.collect())
}
