//! Runs queries that were built from parts, and reads their rows: one, all, one by key or chosen
//! id, or a page.

use std::ops::Deref;

use futures::{Stream, TryStreamExt as _};
use sqlx::postgres::PgRow;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder, Row as _};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::store::Error;
use crate::store::condition_sql::{FieldSource, push_condition};
use crate::store::statement;

/// The most bytes of rows that are read for one page. A page shows fewer, so reading more would
/// only take memory.
const PAGE_BYTES: usize = 4 << 20;

/// The first rows of a list.
#[derive(Clone, Debug)]
pub struct Portion<T> {
    /// The rows, in order.
    pub rows: Vec<T>,
    /// True if further rows were left out because of their bytes.
    pub is_cut: bool,
}

impl<T> From<Vec<T>> for Portion<T> {
    fn from(rows: Vec<T>) -> Self {
        Self { rows, is_cut: false }
    }
}

impl<T> Deref for Portion<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.rows
    }
}

/// A row that can be read as a `T` of the domain.
pub(in crate::store) trait Readable<T>: for<'r> FromRow<'r, PgRow> + Send + Unpin {
    fn read(self) -> Result<T, Error>;
}

impl<R, T> Readable<T> for R
where
    R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    T: TryFrom<R>,
    Error: From<T::Error>,
{
    fn read(self) -> Result<T, Error> {
        Ok(self.try_into()?)
    }
}

/// Returns an error if a write didn't find its row, `id` of `table`. The caller has locked the row,
/// so it must exist.
pub(in crate::store) fn check_written(
    found: Option<Uuid>,
    table: &'static str,
    id: Uuid,
) -> Result<(), Error> {
    found.map(drop).ok_or(Error::Inconsistent { table, column: "id", id })
}

/// Returns the row that a query finds.
pub(in crate::store) async fn one<R: Readable<T>, T>(
    conn: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
) -> Result<Option<T>, Error> {
    let row: Option<R> = query
        .build_query_as()
        .fetch_optional(conn)
        .instrument(statement::span::of(std::any::type_name::<T>()))
        .await?;
    row.map(R::read).transpose()
}

/// Returns the rows that a query finds, in its order.
pub(in crate::store) async fn all<R: Readable<T>, T>(
    conn: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
) -> Result<Vec<T>, Error> {
    let rows: Vec<R> = query
        .build_query_as()
        .fetch_all(conn)
        .instrument(statement::span::of(std::any::type_name::<T>()))
        .await?;
    rows.into_iter().map(R::read).collect()
}

/// Returns the first rows that a query finds, in its order, of at most 4 MiB, but at least one. Not
/// all rows are in memory before the first is left out.
pub(in crate::store) async fn portion<R: Readable<T>, T>(
    conn: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
) -> Result<Portion<T>, Error> {
    let rows = query.build().fetch(conn);
    cut::<R, T>(rows).instrument(statement::span::of(std::any::type_name::<T>())).await
}

/// Like [`portion`], of rows that arrive one by one.
pub(in crate::store) async fn cut<R: Readable<T>, T>(
    mut arriving: impl Stream<Item = sqlx::Result<PgRow>> + Unpin,
) -> Result<Portion<T>, Error> {
    let (mut rows, mut room) = (Vec::new(), PAGE_BYTES);
    while let Some(row) = arriving.try_next().await? {
        let size = bytes(&row);
        if size > room && !rows.is_empty() {
            return Ok(Portion { rows, is_cut: true });
        }
        room = room.saturating_sub(size);
        rows.push(R::from_row(&row)?.read()?);
    }
    Ok(rows.into())
}

/// The bytes of a row as the database sent it.
fn bytes(row: &PgRow) -> usize {
    let column = |index| row.try_get_raw(index).ok()?.as_bytes().ok().map(<[u8]>::len);
    (0..row.len()).filter_map(column).sum()
}

/// Returns the row with this key. `query` must end in its conditions.
pub(in crate::store) async fn get<R: Readable<T>, T>(
    conn: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
    column: &'static str,
    key: Uuid,
) -> Result<Option<T>, Error> {
    query.push(" AND ").push(column).push(" = ").push_bind(key);
    one::<R, T>(conn, query).await
}

/// Like [`get`], but by the id that the caller chose.
pub(in crate::store) async fn find<R: Readable<T>, T>(
    conn: &mut PgConnection,
    query: QueryBuilder<Postgres>,
    column: &'static str,
    id: &str,
) -> Result<Option<T>, Error> {
    lock::<R, T>(conn, query, column, id, "").await
}

/// Like [`find`], but locks the row until the end of the transaction. `strength` is a locking
/// clause like `FOR UPDATE`.
pub(in crate::store) async fn lock<R: Readable<T>, T>(
    conn: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
    column: &'static str,
    id: &str,
    strength: &'static str,
) -> Result<Option<T>, Error> {
    query.push(" AND ").push(column).push(" = ").push_bind(id.to_owned()).push(" ").push(strength);
    one::<R, T>(conn, query).await
}

/// Returns at most `limit` rows of `query` with ids after `after`, in the order of the ids that
/// callers chose.
pub(in crate::store) async fn page<R: Readable<T>, T>(
    conn: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
    column: &'static str,
    after: Option<&str>,
    limit: i64,
) -> Result<Portion<T>, Error> {
    if let Some(after) = after {
        query.push(" AND ").push(column).push(" > ").push_bind(after.to_owned());
    }
    query.push(" ORDER BY ").push(column).push(" LIMIT ").push_bind(limit);
    portion::<R, T>(conn, query).await
}

/// Appends the filter of a list, if it has one.
pub(in crate::store) fn push_matching(
    query: &mut QueryBuilder<Postgres>,
    filter: Option<&Condition>,
    source: &dyn FieldSource,
) {
    if let Some(filter) = filter {
        query.push(" AND ");
        push_condition(query, filter, source);
    }
}
