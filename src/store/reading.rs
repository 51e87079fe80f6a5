//! Runs statements that were put together, and reads their rows: one, all, one by key or by the id
//! that a caller chose, a page.

use sqlx::postgres::PgRow;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use super::Error;
use super::condition_sql::{FieldSource, push_condition};
use super::span;
use crate::domain::condition::Condition;

/// What a row is read as, before it is read as a type of the domain.
pub(super) trait Readable: for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<R: for<'r> FromRow<'r, PgRow> + Send + Unpin> Readable for R {}

/// Checks that a write found the row `id` of `table`, which was locked for it.
pub(super) fn check_written(found: Option<Uuid>, table: &'static str, id: Uuid) -> Result<(), Error> {
    found.map(drop).ok_or(Error::Inconsistent { table, column: "id", id })
}

/// The row that a statement finds.
pub(super) async fn one<R, T>(
    conn: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
) -> Result<Option<T>, Error>
where
    R: Readable,
    T: TryFrom<R>,
    Error: From<T::Error>,
{
    let row: Option<R> =
        query.build_query_as().fetch_optional(conn).instrument(span::of(std::any::type_name::<T>())).await?;
    Ok(row.map(T::try_from).transpose()?)
}

/// The rows that a statement finds, in its order.
pub(super) async fn all<R, T>(
    conn: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
) -> Result<Vec<T>, Error>
where
    R: Readable,
    T: TryFrom<R>,
    Error: From<T::Error>,
{
    let rows: Vec<R> =
        query.build_query_as().fetch_all(conn).instrument(span::of(std::any::type_name::<T>())).await?;
    Ok(rows.into_iter().map(T::try_from).collect::<Result<_, _>>()?)
}

/// Of the rows of `query`, which ends in its conditions: the one with this key.
pub(super) async fn get<R, T>(
    conn: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
    column: &'static str,
    key: Uuid,
) -> Result<Option<T>, Error>
where
    R: Readable,
    T: TryFrom<R>,
    Error: From<T::Error>,
{
    query.push(" AND ").push(column).push(" = ").push_bind(key);
    one(conn, query).await
}

/// As [`get`], by the id that the caller chose.
pub(super) async fn find<R, T>(
    conn: &mut PgConnection,
    query: QueryBuilder<Postgres>,
    column: &'static str,
    id: &str,
) -> Result<Option<T>, Error>
where
    R: Readable,
    T: TryFrom<R>,
    Error: From<T::Error>,
{
    lock(conn, query, column, id, "").await
}

/// As [`find`], locked as `strength` says until the end of the transaction.
pub(super) async fn lock<R, T>(
    conn: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
    column: &'static str,
    id: &str,
    strength: &'static str,
) -> Result<Option<T>, Error>
where
    R: Readable,
    T: TryFrom<R>,
    Error: From<T::Error>,
{
    query.push(" AND ").push(column).push(" = ").push_bind(id.to_owned()).push(" ").push(strength);
    one(conn, query).await
}

/// Of the rows of `query`: at most `limit` in the order of the ids that callers chose, after
/// `after`.
pub(super) async fn page<R, T>(
    conn: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
    column: &'static str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<T>, Error>
where
    R: Readable,
    T: TryFrom<R>,
    Error: From<T::Error>,
{
    if let Some(after) = after {
        query.push(" AND ").push(column).push(" > ").push_bind(after.to_owned());
    }
    query.push(" ORDER BY ").push(column).push(" LIMIT ").push_bind(limit);
    all(conn, query).await
}

/// Appends a list's filter, if it has one.
pub(super) fn push_matching(
    query: &mut QueryBuilder<Postgres>,
    filter: Option<&Condition>,
    source: &dyn FieldSource,
) {
    if let Some(filter) = filter {
        query.push(" AND ");
        push_condition(query, filter, source);
    }
}
