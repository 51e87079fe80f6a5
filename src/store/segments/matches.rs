//! Finds and counts the records that match a condition.

use sqlx::{PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::store::condition_sql::push_filter;
use crate::store::records::{CONDITION_TABLES, Fields, Shortlist};
use crate::store::{Error, statement};

/// Returns the number of active records of the type that match.
pub async fn count(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    condition: &Condition,
) -> Result<i64, Error> {
    let mut shortlist = Shortlist::of(source, Some(condition));
    loop {
        let mut query = QueryBuilder::new("SELECT count(*)");
        push_matching(&mut query, source, condition, &shortlist);
        let count = query
            .build_query_scalar()
            .fetch_one(&mut *conn)
            .instrument(statement::span::of("matches.count"))
            .await?;
        if shortlist.was_complete(conn, source).await? {
            return Ok(count);
        }
    }
}

/// Returns the chosen ids of the first active records of the type that match, in the order of their
/// creation. At most `limit`.
pub async fn sample(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    condition: &Condition,
    limit: i64,
) -> Result<Vec<String>, Error> {
    let mut shortlist = Shortlist::of(source, Some(condition));
    loop {
        let mut query = QueryBuilder::new("SELECT record.record_id");
        push_matching(&mut query, source, condition, &shortlist);
        // Keys are minted in the order of creation.
        query.push(" ORDER BY ").push(shortlist.key()).push(" LIMIT ").push_bind(limit);

        let found = query
            .build_query_scalar()
            .fetch_all(&mut *conn)
            .instrument(statement::span::of("matches.sample"))
            .await?;
        if shortlist.was_complete(conn, source).await? {
            return Ok(found);
        }
    }
}

/// Returns the keys of active records of the type that match, at most `limit`, after `after`.
pub async fn keys(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    condition: &Condition,
    after: Uuid,
    limit: i64,
) -> Result<Vec<Uuid>, Error> {
    let mut shortlist = Shortlist::in_order(source, Some(condition));
    loop {
        let mut query = QueryBuilder::new("SELECT record.id");
        push_matching(&mut query, source, condition, &shortlist);
        let key = shortlist.key();
        query.push(" AND ").push(key).push(" > ").push_bind(after);
        query.push(" ORDER BY ").push(key).push(" LIMIT ").push_bind(limit);

        let found = query
            .build_query_scalar()
            .fetch_all(&mut *conn)
            .instrument(statement::span::of("matches.keys"))
            .await?;
        if shortlist.was_complete(conn, source).await? {
            return Ok(found);
        }
    }
}

fn push_matching(
    query: &mut QueryBuilder<Postgres>,
    source: &Fields<'_>,
    condition: &Condition,
    shortlist: &Shortlist<'_>,
) {
    query.push(" FROM ").push(CONDITION_TABLES);
    shortlist.push_join(query, source);
    query.push(" WHERE record.organization_id = ");
    query.push_bind(source.record_type.organization.0).push(" AND record.record_type_id = ");
    // Closed records are never in a segment, whatever its condition says.
    query.push_bind(source.record_type.id.0).push(" AND NOT record.closed AND ");
    push_filter(query, condition, source);
}
