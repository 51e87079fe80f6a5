//! A Postgres of our own, for `upnext dev`, the bench and the tests: found or fetched, started and stopped.
//!
//! It has its own data folder and listens on a unix socket only, so it never meets the machine's own clusters nor
//! another of its kind. It doesn't outlive the process that started it, however that process ends.

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

/// How often it is looked whether a server still runs.
const LOOK_FOR_END: Duration = Duration::from_millis(100);

/// What the data is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Data outlives the process and a loss of power: what `upnext dev` runs on.
    Durable,
    /// Nothing is flushed to disk, and the data folder is removed when the server stops: for tests.
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

    /// The signal that stops a server as far as its data deserve: with a last checkpoint, or at once.
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
    /// What the data is worth.
    pub profile: Profile,
}

/// A running Postgres that only this process uses.
///
/// Dropping it stops it too, without waiting for the end.
#[derive(Debug)]
pub struct PrivatePostgres {
    server: Server,
    folder: Folder,
}

/// Finds the programs to run for a data folder: those given by hand, else installed ones, else downloaded ones.
///
/// An installation of the same major version as the folder's cluster comes first.
///
/// # Errors
/// [`Error::UnusableBinaries`] for a folder given by hand, [`Error::NotFetched`] if nothing is there to be found.
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
    /// Creates the cluster if there is none, starts its server and waits until it takes connections.
    ///
    /// A server that an earlier, killed process left behind is stopped first.
    ///
    /// # Errors
    /// Says which folder can't be used and why, or passes on what Postgres said.
    pub async fn start(options: Options, progress: &ProgressBar) -> Result<Self, Error> {
        let progress = progress.clone();
        blocking(move || Self::start_blocking(&options, &progress)).await
    }

    /// Like [`PrivatePostgres::start`], for a thread without a runtime.
    ///
    /// # Errors
    /// As [`PrivatePostgres::start`].
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

    /// How to connect to one of its databases; `postgres` is always there.
    pub fn connect_options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(self.folder.sockets())
            .port(PORT)
            .ssl_mode(PgSslMode::Disable)
            .username("postgres")
            .database(database)
    }

    /// The process ids of the server and of the watcher that stops it when this process dies.
    pub fn process_ids(&self) -> [u32; 2] {
        self.server.process_ids()
    }

    /// Waits until the server has ended by itself, or was killed; gives the end of its log.
    pub async fn ended(&mut self) -> String {
        // A child tells of its end only who waits for it on a thread of its own.
        while !self.server.has_ended() {
            tokio::time::sleep(LOOK_FOR_END).await;
        }
        self.server.last_words()
    }

    /// Stops the server and waits for its end; sessions are cut off.
    ///
    /// # Errors
    /// [`Error::Slow`] if it doesn't end.
    pub async fn stop(self) -> Result<(), Error> {
        blocking(move || self.stop_blocking()).await
    }

    /// Like [`PrivatePostgres::stop`], for a thread without a runtime.
    ///
    /// # Errors
    /// As [`PrivatePostgres::stop`].
    pub fn stop_blocking(self) -> Result<(), Error> {
        self.server.stop()
        // The folder, and with it the lock, is let go after that.
    }
}

/// Runs waiting of the kind that has no place on a runtime's thread.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("starting and stopping a server doesn't panic")
}
