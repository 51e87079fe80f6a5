//! Says whether conditions are true, false or unknown for records, for explanations and branches.
//! Routing asks [`crate::store::answers`], which evaluates the same predicates, but only says which
//! match.

use std::collections::HashMap;

use sqlx::types::Json;
use sqlx::{PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::id::RecordId;
use crate::domain::record::Record;
use crate::store::answers::{TEXT_PER_STATEMENT, push_records};
use crate::store::condition_sql::push_filter;
use crate::store::records::{CONDITION_JOINS, Fields};
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// Returns for each condition whether it is true for a record of this type. `None` is unknown, and
/// so is everything about a record that doesn't exist. Takes one statement, unless the conditions
/// are long.
pub async fn of(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    record: RecordId,
    conditions: &[&Condition],
) -> Result<Vec<Option<bool>>, Error> {
    let mut told = of_records(conn, source, &[record], conditions).await?;
    Ok(told.remove(&record).unwrap_or_else(|| vec![None; conditions.len()]))
}

/// Like [`of`], but for a record that needn't be saved.
pub async fn of_unsaved(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    record: &Record,
    conditions: &[&Condition],
) -> Result<Vec<Option<bool>>, Error> {
    let mut truths = Vec::with_capacity(conditions.len());
    let mut rest = conditions;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(fitting(rest));
        truths.extend(ask_of_unsaved(conn, source, record, now).await?);
        rest = later;
    }
    Ok(truths)
}

async fn ask_of_unsaved(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    record: &Record,
    conditions: &[&Condition],
) -> Result<Vec<Option<bool>>, Error> {
    let mut query = QueryBuilder::new("SELECT ");
    push_all(&mut query, source, conditions);
    // In place of the table of the same name: all that conditions read of it.
    query.push(" FROM (SELECT ").push_bind(record.organization.0).push("::uuid AS organization_id, ");
    query.push_bind(record.id.0).push("::uuid AS id, ");
    query.push_bind(record.record_id.as_str().to_owned()).push("::text AS record_id, ");
    query.push_bind(Json(record.attributes.clone())).push("::jsonb AS attributes, ");
    query.push_bind(record.owner.map(|owner| owner.0)).push("::uuid AS owner_id, ");
    query.push_bind(!record.is_active()).push("::boolean AS closed, ");
    query.push_bind(record.create_time).push("::timestamptz AS create_time, ");
    query.push_bind(record.update_time).push("::timestamptz AS update_time) AS record");
    query.push(CONDITION_JOINS);

    let (truths,): (Vec<Option<bool>>,) =
        query.build_query_as().fetch_one(conn).instrument(statement::span::of("truths.of_unsaved")).await?;
    Ok(truths)
}

/// Like [`of`], but for many records. Records that don't exist are absent.
pub async fn of_records(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    records: &[RecordId],
    conditions: &[&Condition],
) -> Result<HashMap<RecordId, Vec<Option<bool>>>, Error> {
    let mut truths: HashMap<RecordId, Vec<Option<bool>>> = HashMap::new();
    let mut rest = conditions;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(fitting(rest));
        for (record, told) in ask_of_records(conn, source, records, now).await? {
            truths.entry(record).or_default().extend(told);
        }
        rest = later;
    }

    Ok(truths)
}

async fn ask_of_records(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    records: &[RecordId],
    conditions: &[&Condition],
) -> Result<Vec<(RecordId, Vec<Option<bool>>)>, Error> {
    let mut query = QueryBuilder::new("SELECT record.id, ");
    push_all(&mut query, source, conditions);
    push_records(&mut query, source, column(records, |record| record.0), None);

    let rows: Vec<(Uuid, Vec<Option<bool>>)> =
        query.build_query_as().fetch_all(conn).instrument(statement::span::of("truths.of_records")).await?;
    Ok(rows.into_iter().map(|(record, truths)| (RecordId(record), truths)).collect())
}

/// Appends an array of what the conditions say.
fn push_all(query: &mut QueryBuilder<Postgres>, source: &Fields<'_>, conditions: &[&Condition]) {
    query.push("ARRAY[");
    for (place, condition) in conditions.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " });
        push_filter(query, condition, source);
    }
    query.push("]::boolean[]");
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
