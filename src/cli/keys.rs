//! `upnext keys`: manages API keys, by calling the server.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use uuid::Uuid;

use super::client::{Server, readable};
use super::database::Database;
use super::organizations::create_administrator_key;
use crate::api::convert::timestamp;
use crate::api::pb;
use crate::api::pb::api_key_service_client::ApiKeyServiceClient;
use crate::domain::caller::Role;

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
        #[arg(long, value_name = "UUID", requires = "administrator")]
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
    /// List keys, the newest first
    List,
    /// Revoke a key, apiKeys/…
    Revoke {
        /// The key's name as `list` shows it
        name: String,
    },
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

            Verb::List => {
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

            Verb::Revoke { name } => {
                let request = pb::RevokeApiKeyRequest { name, ..Default::default() };
                let revoked = client.revoke_api_key(request).await.map_err(readable)?.into_inner();
                println!("{}", line(&revoked.api_key.context("the server's answer has no key")?));
            }
        }
        Ok(())
    }
}

fn line(key: &pb::ApiKey) -> String {
    let roles: Vec<_> = key.roles().map(|role| role.as_str_name().to_lowercase()).collect();
    let seller = if key.seller.is_empty() { String::new() } else { format!("  {}", key.seller) };
    let state = if key.revoke_time.is_some() { "  revoked" } else { "" };
    format!("{}  {}  {}{seller}{state}", key.name, roles.join(","), key.display_name)
}

fn wire_role(role: Role) -> i32 {
    // 0 is the unspecified role, which the server refuses.
    pb::Role::from_str_name(&role.as_str().to_uppercase()).map_or(0, |role| role as i32)
}
