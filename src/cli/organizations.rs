//! `upnext organizations`: straight to the database, for a new installation's first organization and key.

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
    /// The database, say postgres://upnext@localhost/upnext
    #[arg(long, env = "UPNEXT_DATABASE_URL", hide_env_values = true)]
    database_url: String,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Make an organization and print the secret of its system administrator's key, this once
    Create {
        /// What people call the organization
        display_name: String,
    },
}

impl Organizations {
    /// Does what was asked.
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
                eprintln!(
                    "{}: its administrator's key is shown this once",
                    names::ORGANIZATION.uuid_name(created.organization.0)
                );
                println!("{}", created.secret.expose());
            }
        }
        Ok(())
    }
}
