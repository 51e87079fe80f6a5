//! Says whether conditions are true, false or unknown for records, for explanations and branches.
//! Routing asks [`crate::store::answers`], which evaluates the same predicates, but only says which
//! match.

use std::collections::HashMap;

use sqlx::{PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::id::RecordId;
use crate::domain::record_type::RecordType;
use crate::store::answers::TEXT_PER_STATEMENT;
use crate::store::condition_sql::push_filter;
use crate::store::records::{CONDITION_TABLES, Fields};
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// Returns for each condition whether it is true for a record of this type. `None` is unknown, and
/// so is everything about a record that doesn't exist. Takes one statement, unless the conditions
/// are long.
pub async fn of(
    conn: &mut PgConnection,
    record_type: &RecordType,
    record: RecordId,
    conditions: &[&Condition],
) -> Result<Vec<Option<bool>>, Error> {
    let mut truths = Vec::with_capacity(conditions.len());
    let mut rest = conditions;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(fitting(rest));
        truths.extend(ask(conn, record_type, record, now).await?);
        rest = later;
    }
    Ok(truths)
}

async fn ask(
    conn: &mut PgConnection,
    record_type: &RecordType,
    record: RecordId,
    conditions: &[&Condition],
) -> Result<Vec<Option<bool>>, Error> {
    let mut query = QueryBuilder::new("SELECT ARRAY[");
    push_all(&mut query, record_type, conditions);
    query.push("]::boolean[] FROM ").push(CONDITION_TABLES).push(" WHERE record.organization_id = ");
    query.push_bind(record_type.organization.0).push(" AND record.id = ").push_bind(record.0);

    let row: Option<Vec<Option<bool>>> =
        query.build_query_scalar().fetch_optional(conn).instrument(statement::span::of("truths.of")).await?;
    Ok(row.unwrap_or_else(|| vec![None; conditions.len()]))
}

/// Like [`of`], but for many records. Records that don't exist are absent.
pub async fn of_records(
    conn: &mut PgConnection,
    record_type: &RecordType,
    records: &[RecordId],
    conditions: &[&Condition],
) -> Result<HashMap<RecordId, Vec<Option<bool>>>, Error> {
    let mut truths: HashMap<RecordId, Vec<Option<bool>>> = HashMap::new();
    let mut rest = conditions;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(fitting(rest));
        for (record, told) in ask_of_records(conn, record_type, records, now).await? {
            truths.entry(record).or_default().extend(told);
        }
        rest = later;
    }
    Ok(truths)
}

async fn ask_of_records(
    conn: &mut PgConnection,
    record_type: &RecordType,
    records: &[RecordId],
    conditions: &[&Condition],
) -> Result<Vec<(RecordId, Vec<Option<bool>>)>, Error> {
    let mut query = QueryBuilder::new("SELECT record.id, ARRAY[");
    push_all(&mut query, record_type, conditions);
    // Each item has the organization: sql/record_update.sql says why.
    query.push("]::boolean[] FROM unnest(").push_bind(vec![record_type.organization.0; records.len()]);
    query.push("::uuid[], ").push_bind(column(records, |record| record.0));
    query.push("::uuid[]) AS item (organization_id, id) JOIN (").push(CONDITION_TABLES);
    query.push(") ON record.organization_id = item.organization_id AND record.id = item.id");

    let rows: Vec<(Uuid, Vec<Option<bool>>)> =
        query.build_query_as().fetch_all(conn).instrument(statement::span::of("truths.of_records")).await?;
    Ok(rows.into_iter().map(|(record, truths)| (RecordId(record), truths)).collect())
}

fn push_all(query: &mut QueryBuilder<Postgres>, record_type: &RecordType, conditions: &[&Condition]) {
    for (place, condition) in conditions.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " });
        push_filter(query, condition, &Fields { record_type });
    }
}

/// Returns the number of conditions, from the first, that one statement evaluates: at least one.
fn fitting(conditions: &[&Condition]) -> usize {
    let mut length = 0;
    let fits = |condition: &&&Condition| {
        length += condition.text().len();
        length <= TEXT_PER_STATEMENT
    };
    conditions.iter().take_while(fits).count().max(1)
}
