//! Whether the database has what this version needs.

use anyhow::{Context as _, bail};

use crate::store::{Connection, Store, schema};

/// Refuses a database that lacks a migration, naming the command that applies it.
///
/// # Errors
/// It lacks one, or can't be reached.
pub async fn refuse_an_old_one(store: &Store) -> anyhow::Result<()> {
    let mut connection = store.connection().await.context("can't connect to the database")?;
    match lack(&mut connection).await? {
        None => Ok(()),
        Some(lack) => bail!(lack),
    }
}

/// What the database lacks, and the command that helps; none: nothing.
///
/// # Errors
/// It can't be reached.
pub async fn lack(connection: &mut Connection) -> anyhow::Result<Option<String>> {
    let missing = schema::missing(connection).await.context("can't read the schema's version")?;
    Ok(missing.first().map(|first| {
        format!(
            "the database lacks {} of this version's migrations, from {} ({}) on: run `upnext migrate` first",
            missing.len(),
            first.version,
            first.description
        )
    }))
}
