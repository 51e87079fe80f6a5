//! `upnext organizations`: creates the first organization of a new installation, and its key,
//! directly in the database, and lists the organizations.

use std::io::Write as _;

use clap::{Args, Subcommand};
use uuid::Uuid;

use super::database::{self, Database};
use super::schema;
use crate::clock::Clock;
use crate::domain::id::OrganizationId;
use crate::domain::names;
use crate::engine::Engine;
use crate::store::{PoolSettings, Store, tenants};
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
    /// Create an organization and print the secret of its administrator's key; it is shown only
    /// once
    Create {
        /// The name shown to people
        display_name: String,
    },
    /// List all organizations, the oldest first
    List,
}

impl Organizations {
    /// Runs the command.
    ///
    /// # Errors
    /// The database can't be reached or lacks a migration, or the name is refused.
    pub async fn run(self) -> anyhow::Result<()> {
        let engine = engine(&self.database).await?;
        match self.verb {
            Verb::Create { display_name } => {
                let created = engine.create_organization(&display_name, engine.clock().now()).await?;

                // The secret alone goes to stdout, so that a script can capture it.
                eprintln!(
                    "{}: its administrator's key is shown only once",
                    names::ORGANIZATION.uuid_name(created.organization.0)
                );
                println!("{}", created.secret.expose());
            }
            Verb::List => {
                let mut connection = engine.store().connection().await?;
                let mut out = std::io::stdout().lock();
                for organization in tenants::organizations::all(&mut connection).await? {
                    let made = organization.create_time.format("%Y-%m-%d");
                    let name = names::ORGANIZATION.uuid_name(organization.id.0);
                    writeln!(out, "{name}  {made}  {}", organization.display_name)?;
                }
            }
        }
        Ok(())
    }
}

/// Creates another administrator's key directly in the database, and prints its secret once.
///
/// # Errors
/// Like [`Organizations::run`], or there are several organizations and none was chosen.
pub async fn create_administrator_key(
    database: &Database,
    organization: Option<Uuid>,
    display_name: &str,
) -> anyhow::Result<()> {
    let engine = engine(database).await?;
    let all = tenants::organizations::all(&mut *engine.store().connection().await?).await?;
    let wanted = organization.map(OrganizationId);
    let mut fitting = all.iter().filter(|one| wanted.is_none_or(|wanted| one.id == wanted));
    let (Some(one), None) = (fitting.next(), fitting.next()) else {
        let names: Vec<String> =
            all.iter().map(|one| format!("\n  {}  {}", one.id, one.display_name)).collect();
        anyhow::bail!("say for which organization, with --organization and one of:{}", names.concat());
    };
    let (key, secret) = engine.create_administrator_key(one.id, display_name, engine.clock().now()).await?;

    let name = names::API_KEY.uuid_name(key.0);
    eprintln!("{name} of {}: its secret is shown only once", one.display_name);
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
