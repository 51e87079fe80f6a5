//! Everything that can go wrong before the database answers. Every message says what to do.

use std::{io, path::PathBuf, time::Duration};

use super::find::OLDEST_MAJOR;

/// A private Postgres could not be found, downloaded, started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder named by the user holds no usable Postgres.
    #[error(
        "{} does not hold PostgreSQL {OLDEST_MAJOR} or newer with initdb, pg_ctl and postgres: \
         {reason}; give the bin folder of an installation",
        folder.display()
    )]
    UnusableBinaries { folder: PathBuf, reason: String },
    /// Postgres is not installed and could not be downloaded.
    #[error(
        "PostgreSQL {OLDEST_MAJOR} or newer is not installed, and downloading it failed \
         ({reason}); install it with: {install}"
    )]
    NotFetched { reason: String, install: &'static str },
    /// The folder has content that upnext didn't write.
    #[error(
        "{} is not a data folder of upnext ({reason}); choose an empty folder, or remove this one",
        folder.display()
    )]
    NotOurs { folder: PathBuf, reason: &'static str },
    /// The cluster and the binaries are of different major versions.
    #[error(
        "{} was created by PostgreSQL {cluster}, but the binaries in {} are version {binaries}; \
         install PostgreSQL {cluster}, or remove the folder to start with empty data",
        folder.display(),
        bin.display()
    )]
    OtherMajor { folder: PathBuf, cluster: u32, bin: PathBuf, binaries: u32 },
    /// Another process runs a server on this folder.
    #[error(
        "{} is in use by another running upnext; stop it, or choose another data folder",
        folder.display()
    )]
    InUse { folder: PathBuf },
    /// The folder, or something in it, can't be created, written or given to the account.
    #[error(
        "cannot use {} as a data folder: {source}; choose a folder that this user can write to",
        folder.display()
    )]
    Folder { folder: PathBuf, source: io::Error },
    /// The account that Postgres runs as can't enter a folder that it needs.
    #[error(
        "PostgreSQL does not run as root, and its account {account} may not enter {}; \
         choose a data folder and binaries outside of it",
        folder.display()
    )]
    Unreachable { account: String, folder: PathBuf },
    /// Postgres does not run as root, and there is no other account to run it.
    #[error(
        "PostgreSQL does not run as root, and this system has neither an account postgres nor an \
         account nobody; run upnext as another user"
    )]
    NoAccount,
    /// A Postgres program could not be run at all.
    #[error("cannot run {}: {source}", program.display())]
    Program { program: PathBuf, source: io::Error },
    /// `initdb` failed.
    #[error("cannot create a cluster in {}: {output}", folder.display())]
    Create { folder: PathBuf, output: String },
    /// The server exited before it was ready.
    #[error("the PostgreSQL server of {} did not start: {log}", folder.display())]
    Start { folder: PathBuf, log: String },
    /// The server missed a deadline.
    #[error(
        "the PostgreSQL server of {} did not {verb} within {} seconds",
        folder.display(),
        limit.as_secs()
    )]
    Slow { folder: PathBuf, verb: &'static str, limit: Duration },
}
