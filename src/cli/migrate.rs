//! `upnext migrate`: brings the database's schema up to this version. Servers of the previous
//! version keep running.

use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Args;
use sqlx::PgConnection;
use sqlx::migrate::MigrateError;

use super::database::{self, Database};
use crate::clock::Clock;
use crate::engine::Engine;
use crate::store::database::distribution;
use crate::store::database::schema::{self, Migration};
use crate::store::{PoolSettings, Store};
use crate::telemetry;
use crate::wake::Wake;

/// The migrations that create the tallies of sequences, and the entries of splits.
const COUNTED: [i64; 2] = [20_261_129_140_000, 20_261_204_110_000];

/// Bring the schema of the database up to this version. Does nothing if it already is.
#[derive(Debug, Args)]
pub struct Migrate {
    #[command(flatten)]
    database: Database,
    /// Count all history anew for the statistics of sequences: when `upnext check` says that a
    /// tally is wrong
    #[arg(long)]
    recount: bool,
    /// Distribute the tables by organization over the nodes of a Citus cluster, with their rows, as
    /// docs/citus.md describes. Run it again after every upgrade: it distributes the new tables
    #[arg(long)]
    distribute: bool,
}

impl Migrate {
    /// Applies the missing migrations and prints them.
    ///
    /// # Errors
    /// The database can't be reached, a statement failed, or an applied migration was changed
    /// later.
    pub async fn run(self) -> anyhow::Result<()> {
        let config = self.database.settings()?;
        telemetry::start(&config.log, None);

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
        if self.distribute {
            distribute(&mut connection).await?;
        }

        // A new table is empty, while history may be long.
        let is_new = applied.iter().any(|migration| COUNTED.contains(&migration.version));
        if self.recount || is_new {
            drop(connection);
            let engine = Engine::new(store, Clock::system(), Wake::new());
            let organizations = engine.recount_tallies().await?;
            println!("counted the history of {organizations} organizations");
        }
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

/// Distributes the tables that aren't distributed yet, and prints them.
async fn distribute(connection: &mut PgConnection) -> anyhow::Result<()> {
    if !distribution::is_possible(connection).await? {
        bail!(
            "this database can't distribute tables: install Citus on all its nodes, \
             and run CREATE EXTENSION citus in the database of each node"
        );
    }
    let distributed = distribution::distribute(connection).await.context("can't distribute the tables")?;
    for table in &distributed {
        println!("distributed {table}");
    }
    println!("all tables are distributed by organization");
    Ok(())
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
