//! How many records an operation has to process. Counted when it is created.

use sqlx::PgConnection;
use tracing::Instrument as _;

use crate::domain::id::{OrganizationId, RecordId, RecordTypeId};
use crate::domain::operation::Operation;
use crate::store::{Error, statement};

/// Counts the active records of a type with keys up to `upto`.
pub async fn count_records(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record_type: RecordTypeId,
    upto: RecordId,
) -> Result<i64, Error> {
    Ok(sqlx::query_scalar(
        "SELECT count(*) FROM record
         WHERE organization_id = $1 AND record_type_id = $2 AND id <= $3 AND NOT closed",
    )
    .bind(organization.0)
    .bind(record_type.0)
    .bind(upto.0)
    .fetch_one(conn)
    .instrument(statement::span::of("operation_totals.count_records"))
    .await?)
}

/// Counts the records of an operation over all records of a type, including closed ones.
pub async fn count_all_records(conn: &mut PgConnection, operation: &Operation) -> Result<i64, Error> {
    let count = sqlx::query_scalar(
        "SELECT count(*) FROM record WHERE organization_id = $1 AND record_type_id = $2 AND id <= $3",
    );
    let Operation { organization, record_type, upto, .. } = operation;
    Ok(count
        .bind(organization.0)
        .bind(record_type.0)
        .bind(upto.0)
        .fetch_one(conn)
        .instrument(statement::span::of("operation_totals.count_all_records"))
        .await?)
}
