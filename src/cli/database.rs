//! The flags of all commands that connect to the database themselves.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use serde::Serialize;
use sqlx::postgres::PgConnectOptions;

use crate::config::{Config, Secret};
use crate::store;

/// The settings file and the database.
#[derive(Clone, Debug, Default, Args, Serialize)]
pub struct Database {
    /// A file of settings (TOML) [env: UPNEXT_CONFIG]
    #[arg(long, value_name = "FILE", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// The database, like postgres://upnext@localhost/upnext. Every user of a machine can see the
    /// flags of its processes, so set the variable if it has a password [env: UPNEXT_DATABASE_URL]
    #[arg(long, value_name = "URL", global = true)]
    database_url: Option<String>,
}

impl Database {
    /// Loads the settings, including these flags.
    ///
    /// # Errors
    /// All problems of the configuration at once.
    pub fn settings(&self) -> anyhow::Result<Config> {
        Ok(Config::load(self.config.as_deref(), self)?)
    }
}

/// Reads a URL and connects once, so that problems are reported in detail.
///
/// # Errors
/// The URL can't be read, or there is no answer: why, with host and port.
pub async fn reach(url: &Secret, setting: &str) -> anyhow::Result<PgConnectOptions> {
    let options = store::connect_options(url.expose()).with_context(|| format!("{setting} can't be read"))?;
    if let Err(cause) = store::reach(&options).await {
        let place = match options.get_socket() {
            Some(socket) => format!("{}, port {}", socket.display(), options.get_port()),
            None => format!("{}:{}", options.get_host(), options.get_port()),
        };
        bail!("can't connect to the database at {place}: {cause}");
    }
    Ok(options)
}
