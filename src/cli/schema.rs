//! Checks that the database has the schema of this version.

use anyhow::{Context as _, bail};

use crate::store::{Connection, Store, database};

/// Refuses a database that lacks a migration. The error names the command that applies it.
///
/// # Errors
/// The database lacks a migration, or can't be reached.
pub async fn refuse_an_old_one(store: &Store) -> anyhow::Result<()> {
    let mut connection = store.connection().await.context("can't connect to the database")?;
    match missing_migrations(&mut connection).await? {
        None => Ok(()),
        Some(problem) => bail!(problem),
    }
}

/// Describes the missing migrations and names the command that applies them. Returns `None` if the
/// database lacks no migration.
///
/// # Errors
/// The database can't be reached.
pub async fn missing_migrations(connection: &mut Connection) -> anyhow::Result<Option<String>> {
    let missing = database::schema::missing(connection).await.context("can't read the schema's version")?;
    Ok(missing.first().map(|first| {
        format!(
            "the database lacks {} migrations of this version, starting with {} ({}): \
             run `upnext migrate` first",
            missing.len(),
            first.version,
            first.description
        )
    }))
}
