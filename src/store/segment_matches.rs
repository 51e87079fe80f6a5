//! Which records match a condition: counted, named, and told one by one.

use std::collections::HashMap;

use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

use super::Error;
use super::condition_sql::{push_filter, push_scan};
use super::records::{CONDITION_TABLES, Fields};
use crate::domain::condition::Condition;
use crate::domain::id::RecordId;
use crate::domain::record_type::RecordType;

/// The length of the conditions, in bytes, that one statement evaluates: a parameter takes several,
/// and there can be 65,535.
const TEXT_PER_STATEMENT: usize = 60_000;

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

/// The chosen ids of the first active records of the type that match, in the order of their
/// creation.
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

/// For each of these records of the type that matches any: which of the conditions it matches, by
/// their places in all groups counted through. The first of a group decides whether its others are
/// asked. One scan, unless the conditions are long.
pub async fn evaluate(
    conn: &mut PgConnection,
    record_type: &RecordType,
    records: &[Uuid],
    groups: &[Vec<&Condition>],
) -> Result<HashMap<RecordId, Vec<usize>>, Error> {
    let source = Fields { record_type };
    let mut matches: HashMap<RecordId, Vec<usize>> = HashMap::new();
    let mut before = 0;
    for groups in statements(groups) {
        let mut query = QueryBuilder::new("");
        let scan = push_scan(&mut query, groups, &source, "record.id", |query| {
            query.push(" FROM ").push(CONDITION_TABLES).push(" WHERE record.organization_id = ");
            query.push_bind(record_type.organization.0).push(" AND record.id = ANY (");
            query.push_bind(records.to_vec()).push(")");
        });
        query.push(" ORDER BY subject.id");
        let rows: Vec<(Uuid, Vec<i64>)> = query.build_query_as().fetch_all(&mut *conn).await?;
        for (record, words) in rows {
            let matching = scan.matching(&words);
            if !matching.is_empty() {
                let found = matches.entry(RecordId(record)).or_default();
                found.extend(matching.into_iter().map(|place| before + place));
            }
        }
        before += groups.iter().map(Vec::len).sum::<usize>();
    }
    Ok(matches)
}

/// The groups of each statement: as many as it has parameters for.
fn statements<'a, 'b>(mut groups: &'a [Vec<&'b Condition>]) -> Vec<&'a [Vec<&'b Condition>]> {
    let mut statements = Vec::new();
    while !groups.is_empty() {
        let mut length = 0;
        let fits = |group: &&Vec<&Condition>| {
            length += group.iter().map(|condition| condition.text().len()).sum::<usize>();
            length <= TEXT_PER_STATEMENT
        };
        let (taken, rest) = groups.split_at(groups.iter().take_while(fits).count().max(1));
        statements.push(taken);
        groups = rest;
    }
    statements
}

fn push_matching(query: &mut QueryBuilder<Postgres>, record_type: &RecordType, condition: &Condition) {
    query.push(" FROM ").push(CONDITION_TABLES).push(" WHERE record.organization_id = ");
    query.push_bind(record_type.organization.0).push(" AND record.record_type_id = ");
    query.push_bind(record_type.id.0).push(" AND NOT record.closed AND ");
    push_filter(query, condition, &Fields { record_type });
}
