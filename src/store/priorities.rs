//! The priorities of records, by the formulas of their types.

use std::collections::HashMap;

use sqlx::{PgConnection, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::condition::Formula;
use crate::domain::id::RecordId;
use crate::domain::priority::Priority;
use crate::store::answers::push_records;
use crate::store::condition_sql::push_formula;
use crate::store::records::Fields;
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
    query.push(" AS value");
    push_records(&mut query, source, column(records, |record| record.0), None);
    // OFFSET 0 keeps the planner from computing the value twice.
    query.push(" OFFSET 0) AS told WHERE told.value IS NOT NULL");

    let rows: Vec<(Uuid, i32)> = query
        .build_query_as()
        .fetch_all(conn)
        .instrument(statement::span::of("priorities.of_records"))
        .await?;
    Ok(rows.into_iter().map(|(record, points)| (RecordId(record), Priority::of(points))).collect())
}
