//! Whether the database has the schema that this program was written for, and how it gets it.

use sqlx::migrate::MigrateError;
use sqlx::{AssertSqlSafe, PgConnection};

use super::{Error, MIGRATOR};

/// A step of the schema's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// When it was written, which is its number.
    pub version: i64,
    /// What it is about.
    pub description: String,
}

/// The migrations that the database lacks, oldest first. One that has more than this program knows
/// lacks none: a newer program was here, and its migrations suit older programs too.
pub async fn missing(conn: &mut PgConnection) -> Result<Vec<Migration>, Error> {
    let applied = applied(conn).await?;
    let known = MIGRATOR.iter().filter(|known| known.migration_type.is_up_migration());
    let missing = known.filter(|known| !applied.contains(&known.version));
    Ok(missing
        .map(|missing| Migration { version: missing.version, description: missing.description.to_string() })
        .collect())
}

/// Applies what is missing, each migration in its own transaction, one process at a time; says what
/// was missing.
///
/// Takes a connection without a pooler in between: the lock belongs to the session.
///
/// # Errors
/// A statement failed, or a migration that was applied has another content than the one known here.
pub async fn migrate(conn: &mut PgConnection) -> Result<Vec<Migration>, MigrateError> {
    let missing = missing(conn).await.map_err(|error| MigrateError::Source(Box::new(error)))?;
    match MIGRATOR.run(conn).await {
        // A newer program was here: nothing that this one needs is missing.
        Err(MigrateError::VersionMissing(_)) if missing.is_empty() => Ok(missing),
        outcome => outcome.map(|()| missing),
    }
}

async fn applied(conn: &mut PgConnection) -> Result<Vec<i64>, Error> {
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

/// Removes a database of this name with all that is in it, if it is there; nobody may be connected
/// to it.
pub async fn drop_database(conn: &mut PgConnection, name: &str) -> Result<(), Error> {
    let statement = format!("DROP DATABASE IF EXISTS {}", quoted(name));
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(conn).await?;
    Ok(())
}

/// Makes a database of this name in the cluster that `conn` is connected to, unless it is there.
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
