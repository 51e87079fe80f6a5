//! `upnext organizations`: creates the first organization of a new installation, and its key,
//! directly in the database.

use anyhow::Context as _;
use clap::{Args, Subcommand};
use sqlx::postgres::PgConnectOptions;

use super::schema;
use crate::clock::Clock;
use crate::domain::names;
use crate::engine::Engine;
use crate::store::{PoolSettings, Store};
use crate::wake::Wake;

/// Organizations.
#[derive(Debug, Args)]
pub struct Organizations {
    /// The database, like postgres://upnext@localhost/upnext
    #[arg(long, env = "UPNEXT_DATABASE_URL", hide_env_values = true)]
    database_url: String,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Create an organization and print the secret of its administrator's key; it is shown only
    /// once
    Create {
        /// The name shown to people
        display_name: String,
    },
}

impl Organizations {
    /// Runs the command.
    ///
    /// # Errors
    /// The database can't be reached or lacks a migration, or the name is refused.
    pub async fn run(self) -> anyhow::Result<()> {
        let options: PgConnectOptions =
            self.database_url.parse().context("the database URL can't be read")?;

        let store = Store::new(options, &PoolSettings { max_connections: 1, ..PoolSettings::default() });
        let clock = Clock::system();
        schema::refuse_an_old_one(&store).await?;

        let engine = Engine::new(store, clock.clone(), Wake::new());
        match self.verb {
            Verb::Create { display_name } => {
                let created = engine.create_organization(&display_name, clock.now()).await?;

                // The secret alone goes to stdout, so that a script can capture it.
                eprintln!(
                    "{}: its administrator's key is shown only once",
                    names::ORGANIZATION.uuid_name(created.organization.0)
                );
                println!("{}", created.secret.expose());
            }
        }
        Ok(())
    }
}
