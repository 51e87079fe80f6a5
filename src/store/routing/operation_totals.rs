//! How many records an operation has to process. Counted when it is created.

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{OrganizationId, RecordId};
use crate::domain::operation::Operation;
use crate::store::{Error, statement};

/// Counts the records of an operation over those of a type.
pub async fn count_records(conn: &mut PgConnection, operation: &Operation) -> Result<i64, Error> {
    let statement = match operation.kind.includes_closed() {
        true => "SELECT count(*) FROM record WHERE organization_id = $1 AND record_type_id = $2 AND id <= $3",
        false => {
            "SELECT count(*) FROM record
             WHERE organization_id = $1 AND record_type_id = $2 AND id <= $3 AND NOT closed"
        }
    };

    Ok(sqlx::query_scalar(statement)
        .bind(operation.organization.0)
        .bind(operation.record_type.0)
        .bind(operation.upto.0)
        .fetch_one(conn)
        .instrument(statement::span::of("operation_totals.count_records"))
        .await?)
}

/// Counts the records with keys up to `upto` that are in active segments connected to a sequence.
pub async fn count_members(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequence: Uuid,
    upto: RecordId,
) -> Result<i64, Error> {
    let members = sqlx::query_scalar(
        "SELECT count(*) FROM membership
         JOIN segment ON segment.organization_id = membership.organization_id
           AND segment.id = membership.segment_id
         WHERE membership.organization_id = $1 AND segment.connected_sequence_id = $2
           AND segment.state = 'ACTIVE'
           AND membership.record_id <= $3",
    );

    Ok(members
        .bind(organization.0)
        .bind(sequence)
        .bind(upto.0)
        .fetch_one(conn)
        .instrument(statement::span::of("operation_totals.count_members"))
        .await?)
}
