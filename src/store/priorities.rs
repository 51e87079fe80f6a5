//! The priorities of records, by the formulas of their types.

use std::collections::HashMap;

use sqlx::{PgConnection, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::condition::Formula;
use crate::domain::id::RecordId;
use crate::domain::priority::Priority;
use crate::store::condition_sql::push_formula;
use crate::store::records::{CONDITION_TABLES, Fields};
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// Returns the priorities of records of this type: the values of the formula as whole points.
/// Records for which it is missing are absent, like those that don't exist.
pub async fn of_records(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    formula: &Formula,
    records: &[RecordId],
) -> Result<HashMap<RecordId, Priority>, Error> {
    // Bounds come before the cast: any number must become points without an error.
    let mut query = QueryBuilder::new("SELECT told.id, round(least(greatest(told.value, 0), ");
    query.push(Priority::HIGHEST).push("))::integer FROM (SELECT record.id, ");
    push_formula(&mut query, formula, source);

    // Each item has the organization: sql/record_update.sql says why.
    query.push(" AS value FROM unnest(").push_bind(vec![source.record_type.organization.0; records.len()]);
    query.push("::uuid[], ").push_bind(column(records, |record| record.0));
    query.push("::uuid[]) AS item (organization_id, id) JOIN (").push(CONDITION_TABLES);
    query.push(") ON record.organization_id = item.organization_id AND record.id = item.id");
    query
        .push(" AND one_shard(item.organization_id, ")
        .push_bind(source.record_type.organization.0)
        .push(")");
    // OFFSET 0 keeps the planner from computing the value twice.
    query.push(" OFFSET 0) AS told WHERE told.value IS NOT NULL");

    let rows: Vec<(Uuid, i32)> = query
        .build_query_as()
        .fetch_all(conn)
        .instrument(statement::span::of("priorities.of_records"))
        .await?;
    Ok(rows.into_iter().map(|(record, points)| (RecordId(record), Priority::of(points))).collect())
}
