//! Everything of one organization, whatever the table. The tables come from the catalog, so that a
//! new one can't be forgotten.

use futures::{Stream, TryStreamExt as _};
use serde_json::Value;
use sqlx::{AssertSqlSafe, FromRow, PgConnection};
use tracing::Instrument as _;

use crate::domain::id::OrganizationId;
use crate::store::{Error, statement};

/// Columns with secrets, which leave the database in no export.
pub const SECRET: [&str; 4] = ["secret_hash", "key", "secret", "old_secret"];

/// A table with rows of organizations.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct OwnedTable {
    /// Its name.
    pub name: String,
    /// The columns of its primary key, in their order.
    key: Vec<String>,
}

/// Returns all tables with rows of organizations, in an order in which they can be emptied.
pub async fn tables(conn: &mut PgConnection) -> Result<Vec<OwnedTable>, Error> {
    // Partitions go with their table.
    let owned = sqlx::query_as(
        "SELECT owned.relname::text AS name,
           array_agg(part.attname::text ORDER BY array_position(pk.indkey::smallint[], part.attnum)) AS key
         FROM pg_class AS owned
         JOIN pg_attribute AS owner ON owner.attrelid = owned.oid AND owner.attname = 'organization_id'
         JOIN pg_index AS pk ON pk.indrelid = owned.oid AND pk.indisprimary
         JOIN pg_attribute AS part ON part.attrelid = owned.oid AND part.attnum = ANY (pk.indkey::smallint[])
         WHERE owned.relnamespace = current_schema()::regnamespace AND owned.relkind IN ('r', 'p')
           AND NOT owned.relispartition
         GROUP BY owned.oid, owned.relname
         -- What refers to another table goes before it, the organization's own row last.
         ORDER BY owned.relname = 'organization',
           NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = owned.oid AND contype = 'f'),
           owned.relname",
    )
    .fetch_all(conn)
    .instrument(statement::span::of("everything.tables"));

    Ok(owned.await?)
}

/// Returns the rows of an organization in a table, one by one, as JSON without secrets.
pub fn rows<'a>(
    conn: &'a mut PgConnection,
    table: &OwnedTable,
    organization: OrganizationId,
) -> impl Stream<Item = Result<Value, Error>> + 'a {
    let secrets = SECRET.map(|column| format!("'{column}'")).join(", ");
    let (name, key) = (quoted(&table.name), table.quoted_key());
    let statement = format!(
        "SELECT to_jsonb(owned) - ARRAY[{secrets}] FROM {name} AS owned
         WHERE owned.organization_id = $1 ORDER BY {key}"
    );
    sqlx::query_scalar(AssertSqlSafe(statement)).bind(organization.0).fetch(conn).map_err(Error::from)
}

/// Deletes at most `limit` rows of an organization from a table. Returns how many.
pub async fn delete_some(
    conn: &mut PgConnection,
    table: &OwnedTable,
    organization: OrganizationId,
    limit: i64,
) -> Result<u64, Error> {
    let (name, key) = (quoted(&table.name), table.quoted_key());
    // By key: a place in the table means nothing once it is spread over machines.
    let statement = format!(
        "DELETE FROM {name} WHERE organization_id = $1
           AND ({key}) IN (SELECT {key} FROM {name} WHERE organization_id = $1 ORDER BY {key} LIMIT $2)"
    );

    let done = sqlx::query(AssertSqlSafe(statement))
        .bind(organization.0)
        .bind(limit)
        .execute(conn)
        .instrument(statement::span::of("everything.delete_some"))
        .await?;
    Ok(done.rows_affected())
}

/// True if a table has a row of an organization.
pub async fn has_rows(
    conn: &mut PgConnection,
    table: &OwnedTable,
    organization: OrganizationId,
) -> Result<bool, Error> {
    let name = quoted(&table.name);
    let statement = format!("SELECT EXISTS (SELECT FROM {name} WHERE organization_id = $1)");
    Ok(sqlx::query_scalar(AssertSqlSafe(statement))
        .bind(organization.0)
        .fetch_one(conn)
        .instrument(statement::span::of("everything.has_rows"))
        .await?)
}

impl OwnedTable {
    fn quoted_key(&self) -> String {
        self.key.iter().map(|column| quoted(column)).collect::<Vec<_>>().join(", ")
    }
}

/// A name from the catalog, as statements spell it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
