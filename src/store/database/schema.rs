//! Checks that the database has the schema that this program needs, and creates it.

use sqlx::migrate::MigrateError;
use sqlx::{AssertSqlSafe, PgConnection};

use crate::store::{Error, MIGRATOR};

/// One step in the history of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// Its number: the time at which it was written, like 20261122160000.
    pub version: i64,
    /// Its subject, from the file name.
    pub description: String,
}

/// Returns the migrations that the database lacks, oldest first.
///
/// A database with migrations that this program doesn't know was migrated by a newer program. These
/// migrations are compatible with older programs.
pub async fn missing(conn: &mut PgConnection) -> Result<Vec<Migration>, Error> {
    let applied = applied(conn).await?;
    let known = MIGRATOR.iter().filter(|known| known.migration_type.is_up_migration());
    let missing = known.filter(|known| !applied.contains(&known.version));
    Ok(missing
        .map(|missing| Migration { version: missing.version, description: missing.description.to_string() })
        .collect())
}

/// Applies the missing migrations, each in its own transaction, and returns them. Other processes
/// that migrate wait.
///
/// The connection must not go through a connection pooler, because the lock belongs to the session.
///
/// # Errors
/// A statement failed, or an applied migration differs from this program's version of it.
pub async fn migrate(conn: &mut PgConnection) -> Result<Vec<Migration>, MigrateError> {
    let missing = missing(conn).await.map_err(|error| MigrateError::Source(Box::new(error)))?;
    match MIGRATOR.run(conn).await {
        // A newer program migrated this database, and nothing that this program needs is missing.
        Err(MigrateError::VersionMissing(_)) if missing.is_empty() => Ok(missing),
        outcome => outcome.map(|()| missing),
    }
}

async fn applied(conn: &mut PgConnection) -> Result<Vec<i64>, Error> {
    // sqlx creates this table with the first migration. A new database doesn't have it yet.
    let kept: bool = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
        .fetch_one(&mut *conn)
        .await?;
    if !kept {
        return Ok(Vec::new());
    }
    Ok(sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success ORDER BY version")
        .fetch_all(conn)
        .await?)
}

/// Drops a database with everything in it, if it exists. Nobody may be connected to it.
pub async fn drop_database(conn: &mut PgConnection, name: &str) -> Result<(), Error> {
    let statement = format!("DROP DATABASE IF EXISTS {}", quoted(name));
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(conn).await?;
    Ok(())
}

/// Creates a database in the cluster that `conn` is connected to, unless it exists.
pub async fn create_database(conn: &mut PgConnection, name: &str) -> Result<(), Error> {
    let there: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(name)
        .fetch_one(&mut *conn)
        .await?;
    if !there {
        let statement = format!("CREATE DATABASE {}", quoted(name));
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(conn).await?;
    }
    Ok(())
}

/// A name can't be a parameter. Quoted, whatever is in it is only a name.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
