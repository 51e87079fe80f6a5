//! Which records match a condition: counted, named, and told one by one.

use std::collections::HashMap;

use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

use super::Error;
use super::condition_sql::{push_condition, push_filter};
use super::records::{CONDITION_TABLES, Fields};
use crate::domain::condition::Condition;
use crate::domain::id::RecordId;
use crate::domain::record_type::RecordType;

/// Conditions that one statement evaluates: its text stays small enough to be planned once and kept.
const CONDITIONS_PER_STATEMENT: usize = 50;

/// How many active records of the type match.
pub async fn count(
    conn: &mut PgConnection,
    record_type: &RecordType,
    condition: &Condition,
) -> Result<i64, Error> {
    let mut query = QueryBuilder::new("SELECT count(*)");
    push_matching(&mut query, record_type, condition);
    Ok(query.build_query_scalar().fetch_one(conn).await?)
}

/// The chosen ids of the first active records of the type that match, in the order of their creation.
pub async fn sample(
    conn: &mut PgConnection,
    record_type: &RecordType,
    condition: &Condition,
    limit: i64,
) -> Result<Vec<String>, Error> {
    let mut query = QueryBuilder::new("SELECT record.record_id");
    push_matching(&mut query, record_type, condition);
    query.push(" ORDER BY record.id LIMIT ").push_bind(limit);
    Ok(query.build_query_scalar().fetch_all(conn).await?)
}

/// For each of these records of the type that exist: which of the conditions it matches, in their order. One scan for some fifty
/// conditions, so that their number hardly counts.
pub async fn evaluate(
    conn: &mut PgConnection,
    record_type: &RecordType,
    records: &[Uuid],
    conditions: &[&Condition],
) -> Result<HashMap<RecordId, Vec<bool>>, Error> {
    let mut matches: HashMap<RecordId, Vec<bool>> = HashMap::with_capacity(records.len());
    for group in conditions.chunks(CONDITIONS_PER_STATEMENT) {
        let mut query = QueryBuilder::new("SELECT record.id, ARRAY[");
        for (index, condition) in group.iter().enumerate() {
            query.push(if index == 0 { "" } else { ", " });
            push_condition(&mut query, condition, &Fields { record_type });
        }
        query.push("] FROM ").push(CONDITION_TABLES).push(" WHERE record.organization_id = ");
        query.push_bind(record_type.organization.0).push(" AND record.id = ANY (");
        query.push_bind(records.to_vec()).push(") ORDER BY record.id");
        let rows: Vec<(Uuid, Vec<bool>)> = query.build_query_as().fetch_all(&mut *conn).await?;
        for (record, more) in rows {
            matches.entry(RecordId(record)).or_default().extend(more);
        }
    }
    Ok(matches)
}

fn push_matching(query: &mut QueryBuilder<Postgres>, record_type: &RecordType, condition: &Condition) {
    query.push(" FROM ").push(CONDITION_TABLES).push(" WHERE record.organization_id = ");
    query.push_bind(record_type.organization.0).push(" AND record.record_type_id = ");
    query.push_bind(record_type.id.0).push(" AND NOT record.closed AND ");
    push_filter(query, condition, &Fields { record_type });
}
