//! `upnext organizations`: creates the first organization of a new installation, and its key,
//! directly in the database; lists, suspends, exports and deletes organizations.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use futures::TryStreamExt as _;
use uuid::Uuid;

use super::database::{self, Database};
use super::schema;
use crate::clock::Clock;
use crate::domain::id::OrganizationId;
use crate::domain::names;
use crate::engine::Engine;
use crate::store::tenants::everything;
use crate::store::{PoolSettings, Store, tenants};
use crate::wake::Wake;

/// How long a statement may take: an export reads whole tables.
const LONGEST: Duration = Duration::from_secs(3_600);

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
    /// Refuse an organization's calls and leave its work alone, until it is resumed
    Suspend {
        /// organizations/UUID
        #[arg(value_parser = named)]
        organization: Uuid,
    },
    /// End a suspension; what fell due meanwhile is due now
    Resume {
        /// organizations/UUID
        #[arg(value_parser = named)]
        organization: Uuid,
    },
    /// Write everything that an organization has into a folder, a file of JSON lines for each
    /// table, from one snapshot and without secrets
    Export {
        /// organizations/UUID
        #[arg(value_parser = named)]
        organization: Uuid,
        /// A folder that is made, or empty
        folder: PathBuf,
    },
    /// Delete an organization with everything that it has. There is no way back
    Delete {
        /// organizations/UUID
        #[arg(value_parser = named)]
        organization: Uuid,
        /// Its display name, so that no other one is deleted by mistake
        #[arg(long, value_name = "DISPLAY NAME")]
        confirm: String,
    },
}

/// Reads an organization's name as `organizations list` prints it, or its bare id.
pub fn named(text: &str) -> Result<Uuid, String> {
    let id = text.strip_prefix("organizations/").unwrap_or(text);
    Uuid::try_parse(id).map_err(|_| "must be like `upnext organizations list` prints it".to_owned())
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
                    let state = if organization.suspend_time.is_some() { "  suspended" } else { "" };
                    writeln!(out, "{name}  {made}  {}{state}", organization.display_name)?;
                }
            }
            Verb::Suspend { organization } => {
                engine.suspend_organization(OrganizationId(organization), engine.clock().now()).await?;
            }
            Verb::Resume { organization } => {
                engine.resume_organization(OrganizationId(organization), engine.clock().now()).await?;
            }
            Verb::Export { organization, folder } => {
                export(&engine, OrganizationId(organization), &folder).await?;
            }
            Verb::Delete { organization, confirm } => {
                delete(&engine, OrganizationId(organization), &confirm).await?;
            }
        }
        Ok(())
    }
}

/// Writes a file for each table that has rows of the organization.
async fn export(engine: &Engine, organization: OrganizationId, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("can't make {}", folder.display()))?;
    let is_empty = fs::read_dir(folder)?.next().is_none();
    anyhow::ensure!(is_empty, "{} isn't empty", folder.display());

    let mut snapshot = engine.store().begin_survey().await?;
    let mut exported = 0_u64;
    for table in everything::tables(&mut snapshot).await? {
        // A table without rows makes no file.
        if !everything::has_rows(&mut snapshot, &table, organization).await? {
            continue;
        }
        let path = folder.join(format!("{}.jsonl", table.name));
        let mut file = BufWriter::new(File::create_new(&path)?);
        let rows = everything::rows(&mut snapshot, &table, organization);
        let mut rows = pin!(rows);
        while let Some(row) = rows.try_next().await? {
            writeln!(file, "{row}")?;
            exported += 1;
        }
        file.flush()?;
    }
    anyhow::ensure!(exported > 0, "there is no such organization: see `upnext organizations list`");
    eprintln!("{exported} rows are in {}", folder.display());
    Ok(())
}

async fn delete(engine: &Engine, organization: OrganizationId, confirm: &str) -> anyhow::Result<()> {
    let found = tenants::organizations::get(&mut *engine.store().connection().await?, organization).await?;
    let found = found.context("there is no such organization: see `upnext organizations list`")?;
    let name = &found.display_name;
    anyhow::ensure!(name == confirm, "its display name is {name:?}, so say --confirm {name:?} to delete it");

    let deleted = engine.delete_organization(organization, engine.clock().now()).await?;
    eprintln!("{deleted} rows are deleted, and none is left");
    Ok(())
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
    let (engine, one) = chosen(database, organization).await?;
    let (key, secret) = engine.create_administrator_key(one.id, display_name, engine.clock().now()).await?;

    let name = names::API_KEY.uuid_name(key.0);
    eprintln!("{name} of {}: its secret is shown only once", one.display_name);
    println!("{}", secret.expose());
    Ok(())
}

/// The engine of a database, and its organization of this id, or its only one.
///
/// # Errors
/// Like [`Organizations::run`], or there are several organizations and none was chosen.
pub async fn chosen(
    database: &Database,
    organization: Option<Uuid>,
) -> anyhow::Result<(Engine, tenants::organizations::Organization)> {
    let engine = engine(database).await?;
    let all = tenants::organizations::all(&mut *engine.store().connection().await?).await?;
    let wanted = organization.map(OrganizationId);
    let mut fitting = all.iter().filter(|one| wanted.is_none_or(|wanted| one.id == wanted));
    let (Some(one), None) = (fitting.next(), fitting.next()) else {
        let names: Vec<String> =
            all.iter().map(|one| format!("\n  {}  {}", one.id, one.display_name)).collect();
        anyhow::bail!("say for which organization, with --organization and one of:{}", names.concat());
    };
    Ok((engine, one.clone()))
}

async fn engine(database: &Database) -> anyhow::Result<Engine> {
    let config = database.settings()?;
    let options = database::reach(&config.listen_url, "listen_url").await?;
    let limits = PoolSettings { max_connections: 1, statement_timeout: LONGEST, ..PoolSettings::default() };
    let store = Store::new(options, &limits);
    schema::refuse_an_old_one(&store).await?;
    Ok(Engine::new(store, Clock::system(), Wake::new()))
}
