//! `upnext serve`: one server in production; any number may run on one database.

use clap::Args;
use serde::Serialize;

use super::database::{self, Database};
use super::{preflight, serving};
use crate::app::{self, App, Stores};
use crate::clock::Clock;
use crate::config::Config;
use crate::telemetry;

/// Serve on an existing database. Every setting can stand in a file or the environment; see
/// docs/configuration.md.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    settings: Settings,
}

/// The settings that are also flags.
#[derive(Debug, Args, Serialize)]
struct Settings {
    #[command(flatten)]
    #[serde(flatten)]
    database: Database,
    /// Where to listen [default: 127.0.0.1:50051] [env: UPNEXT_ADDRESS]
    #[arg(long, value_name = "HOST:PORT")]
    address: Option<String>,
    /// "text", "json" or "auto" [env: UPNEXT_LOG_FORMAT]
    #[arg(long, value_name = "FORMAT")]
    log_format: Option<String>,
    /// A level, or target=level, with commas between [env: UPNEXT_LOG_FILTER]
    #[arg(long, value_name = "FILTER")]
    log_filter: Option<String>,
}

impl Serve {
    /// Serves until it is signalled.
    ///
    /// # Errors All problems of the configuration at once; a port in use; a database that isn't
    /// there or isn't migrated.
    pub async fn run(self) -> anyhow::Result<()> {
        let config = Config::load(self.settings.database.config.as_deref(), &self.settings)?;
        telemetry::start(&config.log);
        let listening = serving::listening(&config)?;
        let listener = serving::bind(config.address, "--address").await?;
        let measures = serving::measures(&config).await?;
        let pooled = database::reach(&config.database_url, "database_url").await?;
        let direct = match config.listen_url == config.database_url {
            true => pooled.clone(),
            false => database::reach(&config.listen_url, "listen_url").await?,
        };
        let stores = Stores::new(pooled, direct, &config);
        preflight::check(&config, &stores).await?;
        let shown = measures
            .as_ref()
            .map(|measures| format!("measures on {}\n", measures.page()))
            .unwrap_or_default();
        let ready = format!("{shown}serving on {}", listener.local_addr()?);
        let app = App::new(stores, Clock::system(), app::Settings::of(&config));
        serving::serve_until_signalled(&app, listener, listening, &config, measures, async |_| Ok(ready))
            .await
    }
}
