//! `upnext keys`: manages API keys, by calling the server, or directly in the database if no key is
//! left.

use anyhow::{Context as _, anyhow};
use chrono::{DateTime, SecondsFormat, Utc};
use clap::{Args, Subcommand};
use uuid::Uuid;

use super::client::{Server, readable};
use super::database::Database;
use super::organizations::{self, create_administrator_key};
use super::time::instant;
use crate::api::convert::{api_key as convert, timestamp};
use crate::api::pb;
use crate::api::pb::api_key_service_client::ApiKeyServiceClient;
use crate::domain::caller::Role;
use crate::domain::id::KeyId;
use crate::domain::names;
use crate::store::tenants;

/// API keys.
#[derive(Debug, Args)]
pub struct Keys {
    #[command(flatten)]
    server: Server,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Create a key and print its secret; it is shown only once
    Create {
        /// The purpose of the key
        display_name: String,
        /// A role of the key; can be repeated: system_administrator, sequence_manager,
        /// sales_manager, salesperson, integration, worker
        #[arg(long = "role", required_unless_present = "administrator")]
        roles: Vec<Role>,
        /// Create an administrator's key directly in the database, without any key, if it was lost
        #[arg(long, conflicts_with_all = ["roles", "seller", "expire_time"])]
        administrator: bool,
        /// With --administrator: the organization of the key, if there are several
        #[arg(long, value_name = "organizations/UUID", value_parser = organizations::named, requires = "administrator")]
        organization: Option<Uuid>,
        #[command(flatten)]
        database: Database,
        /// The seller who uses the key; required with salesperson
        #[arg(long)]
        seller: Option<String>,
        /// When the key expires, like 2027-01-31T00:00:00Z [default: never]
        #[arg(long)]
        expire_time: Option<DateTime<Utc>>,
    },
    /// List keys, the newest first, with their last use
    List {
        #[command(flatten)]
        direct: Direct,
    },
    /// Replace a key, apiKeys/…, and print the new one's secret; both work for a while
    Rotate {
        /// The key's name as `list` shows it
        name: String,
        /// How many hours the old key still works, at most 168
        #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(i64).range(0..=168))]
        overlap_hours: i64,
        /// When the new key expires [default: after as long as the old one was to last]
        #[arg(long)]
        expire_time: Option<DateTime<Utc>>,
    },
    /// Revoke a key, apiKeys/…
    Revoke {
        /// The key's name as `list` shows it
        name: String,
        #[command(flatten)]
        direct: Direct,
    },
}

/// How a command does without a key.
#[derive(Debug, Args)]
pub struct Direct {
    /// Do it directly in the database, without any key, if all are lost or in wrong hands. Servers
    /// notice it within a second
    #[arg(long)]
    direct: bool,
    /// With --direct: the organization, if there are several
    #[arg(long, value_name = "organizations/UUID", value_parser = organizations::named, requires = "direct")]
    organization: Option<Uuid>,
    #[command(flatten)]
    database: Database,
}

impl Keys {
    /// Runs the command.
    ///
    /// # Errors
    /// The server can't be reached, or refuses.
    pub async fn run(self) -> anyhow::Result<()> {
        if let Verb::Create { display_name, administrator: true, organization, database, .. } = &self.verb {
            return create_administrator_key(database, *organization, display_name).await;
        }
        match &self.verb {
            Verb::List { direct } if direct.direct => return list_directly(direct).await,
            Verb::Revoke { name, direct } if direct.direct => return revoke_directly(direct, name).await,
            _ => {}
        }
        let mut client = ApiKeyServiceClient::new(self.server.connect().await?);
        match self.verb {
            Verb::Create { display_name, roles, seller, expire_time, .. } => {
                let api_key = pb::ApiKey {
                    display_name,
                    roles: roles.into_iter().map(wire_role).collect(),
                    seller: seller.unwrap_or_default(),
                    expire_time: expire_time.map(timestamp),
                    ..Default::default()
                };
                let request = pb::CreateApiKeyRequest { api_key: Some(api_key), ..Default::default() };
                let created = client.create_api_key(request).await.map_err(readable)?.into_inner();

                // The secret alone goes to stdout, so that a script can capture it.
                eprintln!("{}: its secret is shown only once", created.api_key.unwrap_or_default().name);
                println!("{}", created.secret);
            }

            Verb::List { .. } => {
                let mut page_token = String::new();
                loop {
                    let request = pb::ListApiKeysRequest { page_token, ..Default::default() };
                    let page = client.list_api_keys(request).await.map_err(readable)?.into_inner();
                    page.api_keys.iter().for_each(|key| println!("{}", line(key)));

                    page_token = page.next_page_token;
                    if page_token.is_empty() {
                        break;
                    }
                }
            }

            Verb::Rotate { name, overlap_hours, expire_time } => {
                let overlap = prost_types::Duration { seconds: overlap_hours * 3_600, nanos: 0 };
                let expire_time = expire_time.map(timestamp);
                let request = pb::RotateApiKeyRequest {
                    name,
                    overlap: Some(overlap),
                    expire_time,
                    ..Default::default()
                };
                let rotated = client.rotate_api_key(request).await.map_err(readable)?.into_inner();

                let (new, old) = (rotated.api_key.unwrap_or_default(), rotated.previous_api_key);
                let end = old.and_then(|old| old.expire_time).map(shown).unwrap_or_default();
                eprintln!("{}: its secret is shown only once; the old key works until {end}", new.name);
                println!("{}", rotated.secret);
            }

            Verb::Revoke { name, .. } => {
                let request = pb::RevokeApiKeyRequest { name, ..Default::default() };
                let revoked = client.revoke_api_key(request).await.map_err(readable)?.into_inner();
                println!("{}", line(&revoked.api_key.context("the server's answer has no key")?));
            }
        }
        Ok(())
    }
}

async fn list_directly(direct: &Direct) -> anyhow::Result<()> {
    let (engine, organization) = organizations::chosen(&direct.database, direct.organization).await?;
    let mut connection = engine.store().connection().await?;
    let (mut after, page) = (None, 1_000);
    loop {
        let keys = tenants::api_keys::page(&mut connection, organization.id, after, page).await?;
        // Sellers go by names that another table has; whoever needs this wants the keys.
        keys.iter().for_each(|key| println!("{}", line(&convert::api_key(key, None))));
        match keys.last() {
            Some(last) => after = Some(last.id),
            None => return Ok(()),
        }
    }
}

async fn revoke_directly(direct: &Direct, name: &str) -> anyhow::Result<()> {
    let (engine, organization) = organizations::chosen(&direct.database, direct.organization).await?;
    let id = names::API_KEY.parse_uuid("name", name).map_err(|wrong| anyhow!(wrong.description))?;
    engine.revoke_any_api_key(organization.id, KeyId(id), engine.clock().now()).await?;
    eprintln!("{} of {} is revoked", names::API_KEY.uuid_name(id), organization.display_name);
    Ok(())
}

fn line(key: &pb::ApiKey) -> String {
    let roles: Vec<_> = key.roles().map(|role| role.as_str_name().to_lowercase()).collect();
    let seller = if key.seller.is_empty() { String::new() } else { format!("  {}", key.seller) };
    let used = key.last_use_time.map(|at| format!("  used {}", shown(at))).unwrap_or_default();
    let state = match (key.revoke_time, key.expire_time) {
        (Some(_), _) => "  revoked".to_owned(),
        (None, Some(end)) => format!("  until {}", shown(end)),
        (None, None) => String::new(),
    };
    format!("{}  {}  {}{seller}{used}{state}", key.name, roles.join(","), key.display_name)
}

/// An instant, to the second.
fn shown(at: prost_types::Timestamp) -> String {
    instant(&at).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn wire_role(role: Role) -> i32 {
    // 0 is the unspecified role, which the server refuses.
    pb::Role::from_str_name(&role.as_str().to_uppercase()).map_or(0, |role| role as i32)
}
