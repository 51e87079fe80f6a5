//! Finds and counts the records that match a condition.

use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::record_type::RecordType;
use crate::store::Error;
use crate::store::condition_sql::push_filter;
use crate::store::records::{CONDITION_TABLES, Fields};

/// Returns the number of active records of the type that match.
pub async fn count(
    conn: &mut PgConnection,
    record_type: &RecordType,
    condition: &Condition,
) -> Result<i64, Error> {
    let mut query = QueryBuilder::new("SELECT count(*)");
    push_matching(&mut query, record_type, condition);
    Ok(query.build_query_scalar().fetch_one(conn).await?)
}

/// Returns the chosen ids of the first active records of the type that match, in the order of their
/// creation. At most `limit`.
pub async fn sample(
    conn: &mut PgConnection,
    record_type: &RecordType,
    condition: &Condition,
    limit: i64,
) -> Result<Vec<String>, Error> {
    let mut query = QueryBuilder::new("SELECT record.record_id");
    push_matching(&mut query, record_type, condition);
    // Keys are minted in the order of creation.
    query.push(" ORDER BY record.id LIMIT ").push_bind(limit);
    Ok(query.build_query_scalar().fetch_all(conn).await?)
}

/// Returns the keys of active records of the type that match, at most `limit`, after `after`.
pub async fn keys(
    conn: &mut PgConnection,
    record_type: &RecordType,
    condition: &Condition,
    after: Uuid,
    limit: i64,
) -> Result<Vec<Uuid>, Error> {
    let mut query = QueryBuilder::new("SELECT record.id");
    push_matching(&mut query, record_type, condition);
    query.push(" AND record.id > ").push_bind(after);
    query.push(" ORDER BY record.id LIMIT ").push_bind(limit);
    Ok(query.build_query_scalar().fetch_all(conn).await?)
}

fn push_matching(query: &mut QueryBuilder<Postgres>, record_type: &RecordType, condition: &Condition) {
    query.push(" FROM ").push(CONDITION_TABLES).push(" WHERE record.organization_id = ");
    query.push_bind(record_type.organization.0).push(" AND record.record_type_id = ");
    // Closed records are never in a segment, whatever its condition says.
    query.push_bind(record_type.id.0).push(" AND NOT record.closed AND ");
    push_filter(query, condition, &Fields { record_type });
}
