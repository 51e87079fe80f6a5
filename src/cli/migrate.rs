//! `upnext migrate`: brings the database's schema up to this version. Servers of the version before
//! go on meanwhile.

use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Args;
use sqlx::PgConnection;
use sqlx::migrate::MigrateError;

use super::database::{self, Database};
use crate::store::schema::{self, Migration};
use crate::store::{PoolSettings, Store};
use crate::telemetry;

/// Bring the schema of the database up to this version; nothing happens if it is.
#[derive(Debug, Args)]
pub struct Migrate {
    #[command(flatten)]
    database: Database,
}

impl Migrate {
    /// Applies what is missing and says what that was.
    ///
    /// # Errors
    /// A database that isn't there, a statement that failed, or a schema that somebody changed.
    pub async fn run(self) -> anyhow::Result<()> {
        let config = self.database.settings()?;
        telemetry::start(&config.log);
        // Directly: a pooler would hand the lock that keeps two migrations apart to somebody else.
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

/// Applies what is missing.
///
/// # Errors
/// As [`Migrate::run`], in words for whoever typed the command.
pub async fn apply(connection: &mut PgConnection) -> anyhow::Result<Vec<Migration>> {
    match schema::migrate(connection).await {
        Ok(applied) => Ok(applied),
        Err(MigrateError::VersionMismatch(version)) => bail!(
            "migration {version} was applied with another content: this database was made by an unreleased version"
        ),
        Err(error) => Err(error).context("the migration failed, and left nothing of itself behind"),
    }
}

/// A migration takes the time that it takes.
pub fn unhurried() -> PoolSettings {
    PoolSettings {
        application_name: "upnext migrate".to_owned(),
        max_connections: 1,
        statement_timeout: Duration::ZERO,
        idle_in_transaction_timeout: Duration::ZERO,
        ..PoolSettings::default()
    }
}
