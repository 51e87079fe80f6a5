//! A private Postgres for `upnext dev`, the benchmark and the tests: finds or downloads it, starts
//! it and stops it.
//!
//! It has its own data folder and listens only on a unix socket, so it never conflicts with other
//! clusters on the machine. It stops when the process that started it ends, even if that process is
//! killed.

mod account;
mod cluster;
mod error;
mod fetch;
mod find;
mod folder;
mod server;

use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::ProgressBar;
use nix::sys::signal::Signal;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

pub use error::Error;
pub use fetch::fetch;
pub use find::{Binaries, OLDEST_MAJOR, Surroundings, find};
pub use folder::cluster_major;

use account::Account;
use folder::{Folder, PORT};
use server::Server;

/// How often to check that a server still runs.
const LOOK_FOR_END: Duration = Duration::from_millis(100);

/// How safe the data must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Data survives the end of the process and a power failure. For `upnext dev`.
    Durable,
    /// Nothing is flushed to disk, and the data folder is removed when the server stops. For tests.
    Throwaway,
}

impl Profile {
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Durable => &["max_connections=100"],
            Self::Throwaway => {
                &["max_connections=300", "fsync=off", "synchronous_commit=off", "full_page_writes=off"]
            }
        }
    }

    /// Returns the signal that stops a server: with a last checkpoint for durable data, immediately
    /// for the other.
    fn signal(self) -> Signal {
        match self {
            Self::Durable => Signal::SIGINT,
            Self::Throwaway => Signal::SIGQUIT,
        }
    }
}

/// What to run, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// A folder for this server alone: absent, empty, or left by an earlier run.
    pub data_dir: PathBuf,
    /// The programs to run, from [`locate`].
    pub binaries: Binaries,
    /// How safe the data must be.
    pub profile: Profile,
}

/// A running Postgres that only this process uses.
///
/// Dropping it stops the server without waiting for its end.
#[derive(Debug)]
pub struct PrivatePostgres {
    server: Server,
    folder: Folder,
}

/// Finds the programs to run for a data folder: in the folder `given` by the user, or else an
/// installation, or else a download.
///
/// Prefers an installation of the same major version as the folder's cluster.
///
/// # Errors
/// [`Error::UnusableBinaries`] for the `given` folder; [`Error::NotFetched`] if nothing is
/// installed and the download failed.
pub async fn locate(
    given: Option<&Path>,
    surroundings: &Surroundings,
    data_dir: &Path,
    progress: &ProgressBar,
) -> Result<Binaries, Error> {
    if let Some(dir) = given {
        return Binaries::in_dir(dir);
    }
    match find(surroundings, cluster_major(data_dir)) {
        Some(found) => Ok(found),
        None => fetch(&surroundings.cache, progress).await,
    }
}

impl PrivatePostgres {
    /// Creates the cluster if there is none, starts its server and waits until it accepts
    /// connections.
    ///
    /// First stops a server that a killed process left behind.
    ///
    /// # Errors
    /// The folder that can't be used, with the reason; or the messages of Postgres.
    pub async fn start(options: Options, progress: &ProgressBar) -> Result<Self, Error> {
        let progress = progress.clone();
        blocking(move || Self::start_blocking(&options, &progress)).await
    }

    /// Like [`PrivatePostgres::start`], but for a thread without a runtime.
    ///
    /// # Errors
    /// Like [`PrivatePostgres::start`].
    pub fn start_blocking(options: &Options, progress: &ProgressBar) -> Result<Self, Error> {
        let Options { data_dir, binaries, profile } = options;
        let account = Account::for_this_process()?;
        account.may_enter(&binaries.dir)?;

        let folder = Folder::hold(data_dir, &account)?;
        if !folder.has_cluster(binaries)? {
            progress.set_message(format!("creating a database cluster in {}", data_dir.display()));
            cluster::create(&folder, binaries, &account, *profile)?;
        }

        progress.set_message(format!("starting PostgreSQL {}", binaries.major));
        let server = Server::start(&folder, binaries, &account, *profile)?;
        Ok(Self { server, folder })
    }

    /// Returns how to connect to one of its databases. `postgres` always exists.
    pub fn connect_options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(self.folder.sockets())
            .port(PORT)
            .ssl_mode(PgSslMode::Disable)
            .username("postgres")
            .database(database)
    }

    /// Returns the process ids of the server, and of the watcher that stops it when this process
    /// dies.
    pub fn process_ids(&self) -> [u32; 2] {
        self.server.process_ids()
    }

    /// Waits until the server exits or is killed, and returns the end of its log.
    pub async fn ended(&mut self) -> String {
        // Polled, because waiting for a child blocks a thread.
        while !self.server.has_ended() {
            tokio::time::sleep(LOOK_FOR_END).await;
        }
        self.server.last_words()
    }

    /// Stops the server and waits for its end. Open connections are closed.
    ///
    /// # Errors
    /// [`Error::Slow`] if the server doesn't end in time.
    pub async fn stop(self) -> Result<(), Error> {
        blocking(move || self.stop_blocking()).await
    }

    /// Like [`PrivatePostgres::stop`], but for a thread without a runtime.
    ///
    /// # Errors
    /// Like [`PrivatePostgres::stop`].
    pub fn stop_blocking(self) -> Result<(), Error> {
        self.server.stop()
        // Dropping `self.folder` releases the lock after that.
    }
}

/// Runs work that blocks on a thread where it may.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("starting and stopping a server doesn't panic")
}
