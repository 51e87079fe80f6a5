//! `upnext migrate`: brings the database's schema up to this version. Servers of the previous
//! version keep running.

use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Args;
use sqlx::PgConnection;
use sqlx::migrate::MigrateError;

use super::database::{self, Database};
use crate::store::database::schema::{self, Migration};
use crate::store::{PoolSettings, Store};
use crate::telemetry;

/// Bring the schema of the database up to this version. Does nothing if it already is.
#[derive(Debug, Args)]
pub struct Migrate {
    #[command(flatten)]
    database: Database,
}

impl Migrate {
    /// Applies the missing migrations and prints them.
    ///
    /// # Errors
    /// The database can't be reached, a statement failed, or an applied migration was changed
    /// later.
    pub async fn run(self) -> anyhow::Result<()> {
        let config = self.database.settings()?;
        telemetry::start(&config.log);

        // Connect directly. The lock that keeps two migrations apart belongs to the session, which
        // a pooler would share with other clients.
        let options = database::reach(&config.listen_url, "listen_url").await?;
        let store = Store::new(options, &unhurried());
        let mut connection = store.connection().await.context("can't connect to the database")?;

        let applied = apply(&mut connection).await?;
        for Migration { version, description } in &applied {
            println!("applied {version} {description}");
        }
        println!("the schema is up to date");
        Ok(())
    }
}

/// Applies the missing migrations and returns them.
///
/// # Errors
/// A statement failed, or an applied migration was changed later. Worded for a person at a
/// terminal.
pub async fn apply(connection: &mut PgConnection) -> anyhow::Result<Vec<Migration>> {
    match schema::migrate(connection).await {
        Ok(applied) => Ok(applied),
        Err(MigrateError::VersionMismatch(version)) => bail!(
            "migration {version} was applied with different content: \
             an unreleased version created this database"
        ),
        Err(error) => Err(error).context("the migration failed and was rolled back"),
    }
}

/// Pool settings for long work: one connection without statement timeouts.
pub fn unhurried() -> PoolSettings {
    PoolSettings {
        application_name: "upnext migrate".to_owned(),
        max_connections: 1,
        // Zero means no timeout.
        statement_timeout: Duration::ZERO,
        read_timeout: Duration::ZERO,
        idle_in_transaction_timeout: Duration::ZERO,
        ..PoolSettings::default()
    }
}
