//! Whether the database has what this version needs.

use anyhow::{Context as _, bail};

use crate::store::{Store, schema};

/// Refuses a database that lacks a migration, naming the command that applies it.
///
/// # Errors
/// It lacks one, or can't be reached.
pub async fn refuse_an_old_one(store: &Store) -> anyhow::Result<()> {
    let mut connection = store.connection().await.context("can't connect to the database")?;
    let missing = schema::missing(&mut connection).await.context("can't read the schema's version")?;
    match missing.first() {
        None => Ok(()),
        Some(first) => bail!(
            "the database lacks {} of this version's migrations, from {} ({}) on: run `upnext migrate` first",
            missing.len(),
            first.version,
            first.description
        ),
    }
}
