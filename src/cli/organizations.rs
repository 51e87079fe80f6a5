//! `upnext organizations`: straight in the database, for a new installation's first organization
//! and key.

use std::io::Write as _;

use clap::{Args, Subcommand};
use uuid::Uuid;

use super::database::{self, Database};
use super::schema;
use crate::clock::Clock;
use crate::domain::id::OrganizationId;
use crate::engine::Engine;
use crate::store::{PoolSettings, Store, organizations};
use crate::wake::Wake;

/// Organizations.
#[derive(Debug, Args)]
pub struct Organizations {
    #[command(flatten)]
    database: Database,
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
    /// List all organizations, the oldest first
    List,
}

impl Organizations {
    /// Does what was asked.
    ///
    /// # Errors
    /// The database can't be reached or lacks a migration; the name is refused.
    pub async fn run(self) -> anyhow::Result<()> {
        let engine = engine(&self.database).await?;
        match self.verb {
            Verb::Create { display_name } => {
                let created = engine.create_organization(&display_name, engine.clock().now()).await?;
                eprintln!(
                    "organizations/{}: its administrator's key is shown this once",
                    created.organization
                );
                println!("{}", created.secret.expose());
            }
            Verb::List => {
                let mut connection = engine.store().connection().await?;
                let mut out = std::io::stdout().lock();
                for organization in organizations::all(&mut connection).await? {
                    let made = organization.create_time.format("%Y-%m-%d");
                    writeln!(
                        out,
                        "organizations/{}  {made}  {}",
                        organization.id, organization.display_name
                    )?;
                }
            }
        }
        Ok(())
    }
}

/// Makes another administrator's key in the database itself, and prints its secret, this once.
///
/// # Errors
/// As [`Organizations::run`]; which organization is meant isn't clear.
pub async fn create_administrator_key(
    database: &Database,
    organization: Option<Uuid>,
    display_name: &str,
) -> anyhow::Result<()> {
    let engine = engine(database).await?;
    let all = organizations::all(&mut *engine.store().connection().await?).await?;
    let wanted = organization.map(OrganizationId);
    let mut fitting = all.iter().filter(|one| wanted.is_none_or(|wanted| one.id == wanted));
    let (Some(one), None) = (fitting.next(), fitting.next()) else {
        let names: Vec<String> =
            all.iter().map(|one| format!("\n  {}  {}", one.id, one.display_name)).collect();
        anyhow::bail!("say for which organization, with --organization and one of:{}", names.concat());
    };
    let (key, secret) = engine.create_administrator_key(one.id, display_name, engine.clock().now()).await?;
    eprintln!("apiKeys/{key} of {}: its secret is shown this once", one.display_name);
    println!("{}", secret.expose());
    Ok(())
}

async fn engine(database: &Database) -> anyhow::Result<Engine> {
    let config = database.settings()?;
    let options = database::reach(&config.listen_url, "listen_url").await?;
    let store = Store::new(options, &PoolSettings { max_connections: 1, ..PoolSettings::default() });
    schema::refuse_an_old_one(&store).await?;
    Ok(Engine::new(store, Clock::system(), Wake::new()))
}
