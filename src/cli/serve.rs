//! `upnext serve`: runs a server in production. Any number of servers can share one database.

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use sqlx::postgres::PgConnectOptions;

use super::database::{self, Database};
use super::{preflight, serving};
use crate::api::server::Listening;
use crate::app::{self, App, Databases, Stores};
use crate::clock::Clock;
use crate::config::Config;
use crate::lifecycle::Lifecycle;
use crate::store;
use crate::store::database::distribution;

/// Serve on an existing database. Every setting can be given in a file or in the environment; see
/// docs/configuration.md.
#[derive(Debug, Args)]
pub struct Serve {
    /// Serve a page for browsers at `/` of the same port
    #[arg(long)]
    console: bool,
    #[command(flatten)]
    flags: Flags,
}

/// The settings that can be given as flags.
#[derive(Debug, Args, Serialize)]
struct Flags {
    #[command(flatten)]
    #[serde(flatten)]
    database: Database,
    /// The address to listen on [default: 127.0.0.1:50051] [env: UPNEXT_ADDRESS]
    #[arg(long, value_name = "HOST:PORT")]
    address: Option<String>,
    /// "text", "json" or "auto" [env: UPNEXT_LOG_FORMAT]
    #[arg(long, value_name = "FORMAT")]
    log_format: Option<String>,
    /// Levels like info or target=debug, separated by commas [env: UPNEXT_LOG_FILTER]
    #[arg(long, value_name = "FILTER")]
    log_filter: Option<String>,
}

impl Serve {
    /// Serves until a signal arrives.
    ///
    /// # Errors
    /// All problems of the configuration at once; the port is in use; the database can't be reached
    /// or isn't migrated.
    pub async fn run(self) -> anyhow::Result<()> {
        let config = Config::load(self.flags.database.config.as_deref(), &self.flags)?;
        let traces = serving::telemetry(&config);

        // The port is taken before the database is reached, so that a second server on the same
        // port fails at once.
        let listening = Listening { console: self.console, ..serving::listening(&config)? };
        let listener = serving::bind(config.address, "--address").await?;
        let measures = serving::measures(&config).await?;

        let pooled = database::reach(&config.database_url, "database_url").await?;
        let direct = match config.listen_url == config.database_url {
            true => pooled.clone(),
            false => database::reach(&config.listen_url, "listen_url").await?,
        };
        let distributed = distribution::of(&pooled).await?;
        let databases = Databases { pooled, direct, replica: replica(&config).await?, distributed };
        let stores = Stores::new(databases, &config);
        preflight::check(&config, &stores).await?;

        let page = measures.as_ref().and_then(serving::Measures::page);
        let shown = page.map(|page| format!("measures on {page}\n")).unwrap_or_default();
        let ready = format!("{shown}serving on {}", listener.local_addr()?);

        let app = App::new(stores, Clock::system(), app::Settings::of(&config));
        let ready = async |_: &Lifecycle| Ok(ready);
        let served =
            serving::serve_until_signalled(&app, listener, listening, &config, measures, ready).await;
        traces.end().await;
        served
    }
}

/// Reads how to reach the replica. A server also works without it, so it only warns if there is no
/// answer.
async fn replica(config: &Config) -> anyhow::Result<Option<PgConnectOptions>> {
    let Some(url) = &config.replica_url else { return Ok(None) };
    let options = store::connect_options(url.expose()).context("replica_url can't be read")?;
    if let Err(cause) = store::reach(&options).await {
        tracing::warn!(cause, "the replica doesn't answer, so the database serves its reads");
    }
    Ok(Some(options))
}
