//! Removals from tables with a row for each record and attribute, beside the records.

use sqlx::PgConnection;
use tracing::{Instrument as _, Span};

use crate::domain::id::{OrganizationId, RecordId};
use crate::store::Error;
use crate::store::statement::columns::column;

/// The statement that removes rows of such a table, for [`remove`].
macro_rules! removal {
    ($table:literal) => {
        concat!(
            "DELETE FROM ",
            $table,
            " AS kept
             -- Each item has the organization: sql/record_update.sql says why.
             USING unnest(array_fill($1::uuid, ARRAY[cardinality($2::uuid[])]), $2::uuid[], $3::text[])
               AS item (organization_id, record_id, attribute)
             WHERE kept.organization_id = item.organization_id
               AND kept.record_id = item.record_id
               AND kept.attribute = item.attribute AND one_shard(item.organization_id, $1)"
        )
    };
}
pub(in crate::store) use removal;

/// Removes what such a table has of these attributes of records, by its [`removal`].
pub(in crate::store) async fn remove(
    conn: &mut PgConnection,
    removal: &'static str,
    span: Span,
    organization: OrganizationId,
    cleared: &[(RecordId, String)],
) -> Result<(), Error> {
    if cleared.is_empty() {
        return Ok(());
    }

    sqlx::query(removal)
        .bind(organization.0)
        .bind(column(cleared, |(record, _)| record.0))
        .bind(column(cleared, |(_, attribute)| attribute.as_str()))
        .execute(conn)
        .instrument(span)
        .await?;
    Ok(())
}
