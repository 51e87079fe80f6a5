//! `upnext dev`: a server with a Postgres of its own, ready to be called; the data stay for the
//! next start.

mod demo;
mod folder;
mod greeting;
mod keys;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use clap::Args;
use indicatif::ProgressBar;
use serde::Serialize;
use sqlx::postgres::PgConnectOptions;

use self::demo::Demo;
use self::folder::StateFolder;
use self::greeting::Greeting;
use self::keys::Keys;
use super::{migrate, serving};
use crate::api::server::Listening;
use crate::app::{self, App, Databases, Stores};
use crate::clock::Clock;
use crate::config::Config;
use crate::lifecycle::Lifecycle;
use crate::private_postgres::{Options, PrivatePostgres, Profile, Surroundings, locate};
use crate::store::{Store, database};

/// The name of our database in the private cluster.
const DATABASE: &str = "upnext";

/// Run everything on this machine: finds or fetches a Postgres, migrates, makes two organizations,
/// prints their keys.
#[derive(Debug, Args)]
pub struct Dev {
    /// Where to listen [default: 127.0.0.1:50051] [env: UPNEXT_ADDRESS]
    #[arg(long, value_name = "HOST:PORT")]
    address: Option<String>,
    /// Where the data are kept [default: upnext in the user's state folder]
    #[arg(long, env = "UPNEXT_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The bin folder of the PostgreSQL to run, 15 or newer [default: the one that is found, else
    /// fetched]
    #[arg(long, env = "UPNEXT_PG_BIN", value_name = "DIR")]
    pg_bin: Option<PathBuf>,
    /// Delete everything that is kept, and begin anew, with new keys
    #[arg(long)]
    reset: bool,
}

/// What this command sets; everything else can be set as for a server.
#[derive(Serialize)]
struct Settings {
    address: Option<String>,
    /// Replaced by the private Postgres, whatever the environment says.
    database_url: &'static str,
    listen_url: &'static str,
    /// Whoever tries upnext has a receiver on the same machine.
    webhook_private_addresses: bool,
}

impl Dev {
    /// Runs until it is signalled, and leaves no process behind.
    ///
    /// # Errors
    /// What can be seen from outside is seen first: a port in use, a data folder of somebody else.
    pub async fn run(self) -> anyhow::Result<()> {
        let private = "postgres://localhost/private";
        let settings = Settings {
            address: self.address.clone(),
            database_url: private,
            listen_url: private,
            webhook_private_addresses: true,
        };
        let mut config = Config::load(None, &settings)?;
        config.metrics_address = config.metrics_address.or(Some(SocketAddr::from(([127, 0, 0, 1], 0))));
        let traces = serving::telemetry(&config);
        let listening = Listening { console: true, ..serving::listening(&config)? };
        let listener = serving::bind(config.address, "--address").await?;
        let measures = serving::measures(&config).await?;
        let folder = StateFolder::open(self.data_dir.clone())?;

        let progress = ProgressBar::new_spinner();
        progress.enable_steady_tick(Duration::from_millis(100));
        let mut postgres = self.start_postgres(&folder, &progress).await?;
        progress.set_message("preparing the database");
        let app = prepare(&postgres, &config, self.reset).await?;
        let keys = Keys::of(&app.engine, &folder).await?;

        let address = listener.local_addr()?;
        let encrypted = listening.tls.is_some();
        let database = url(&postgres.connect_options(DATABASE));
        let page = measures.as_ref().and_then(serving::Measures::page).unwrap_or_default();
        let ready = async |lifecycle: &Lifecycle| {
            progress.set_message("making the demo");
            let demo = if encrypted {
                Err(anyhow!("it needs calls without TLS"))
            } else {
                demo(address, &keys).await
            };
            progress.finish_and_clear();
            match demo {
                Ok(demo) => go_on(demo, lifecycle),
                // Not a reason to serve nothing.
                Err(error) => eprintln!("upnext: the demo couldn't be made: {error:#}"),
            }
            let greeting = Greeting {
                address,
                measures: &page,
                database: &database,
                folder: folder.path(),
                keys: &keys,
                encrypted,
            };
            Ok(greeting.text())
        };
        let serving = serving::serve_until_signalled(&app, listener, listening, &config, measures, ready);
        let served = tokio::select! {
            served = serving => served,
            log = postgres.ended() => bail!(
                "PostgreSQL has ended, and with it this server; what was committed is kept, start it again. Its log ends with:\n{log}"
            ),
        };
        traces.end().await;
        postgres.stop().await?;
        served
    }

    async fn start_postgres(
        &self,
        folder: &StateFolder,
        progress: &ProgressBar,
    ) -> anyhow::Result<PrivatePostgres> {
        let data_dir = folder.postgres();
        let surroundings = Surroundings::of_this_machine(folder::cache(folder));
        let binaries = locate(self.pg_bin.as_deref(), &surroundings, &data_dir, progress).await?;
        let options = Options { data_dir, binaries, profile: Profile::Durable };
        Ok(PrivatePostgres::start(options, progress).await?)
    }
}

/// How other programs on this machine reach the database.
fn url(options: &PgConnectOptions) -> String {
    let (user, port) = (options.get_username(), options.get_port());
    let folder = options.get_socket().map(|folder| folder.display().to_string()).unwrap_or_default();
    format!("postgres://{user}@localhost:{port}/{DATABASE}?host={folder}")
}

/// The demo organization, made as far as it wasn't yet.
async fn demo(address: SocketAddr, keys: &Keys) -> anyhow::Result<Demo> {
    let demo = Demo::connect(address, &keys.demo).await?;
    demo.fill().await?;
    Ok(demo)
}

/// Lets leads come until the server stops.
fn go_on(demo: Demo, lifecycle: &Lifecycle) {
    let stop = lifecycle.soft();
    lifecycle.spawn(async move { stop.run_until_cancelled(demo.go_on()).await });
}

/// Makes and migrates the database, and the parts of a server on it.
async fn prepare(postgres: &PrivatePostgres, config: &Config, reset: bool) -> anyhow::Result<App> {
    let one = |options: PgConnectOptions| Store::new(options, &migrate::unhurried());
    let mut cluster = one(postgres.connect_options("postgres")).connection().await?;
    if reset {
        database::schema::drop_database(&mut cluster, DATABASE).await?;
    }
    database::schema::create_database(&mut cluster, DATABASE).await?;
    let options = postgres.connect_options(DATABASE);
    let mut database = one(options.clone()).connection().await?;
    migrate::apply(&mut database)
        .await
        .context("the data can't be used by this version; --reset begins anew")?;
    let databases = Databases { pooled: options.clone(), direct: options, replica: None, distributed: false };
    let stores = Stores::new(databases, config);
    Ok(App::new(stores, Clock::system(), app::Settings::of(config)))
}
