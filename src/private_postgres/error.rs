//! What can go wrong before a database answers; every message says what to do about it.

use std::{io, path::PathBuf, time::Duration};

use super::find::OLDEST_MAJOR;

/// A private Postgres that could not be found, fetched, started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder given by hand holds no usable Postgres.
    #[error(
        "{} does not hold PostgreSQL {OLDEST_MAJOR} or newer with initdb, pg_ctl and postgres: {reason}; \
         give the bin folder of an installation",
        folder.display()
    )]
    UnusableBinaries { folder: PathBuf, reason: String },
    /// Nothing is installed and nothing could be downloaded.
    #[error(
        "no PostgreSQL {OLDEST_MAJOR} or newer is installed, and downloading one failed ({reason}); \
         install it with: {install}"
    )]
    NotFetched { reason: String, install: &'static str },
    /// The folder holds something that isn't ours.
    #[error(
        "{} is not a data folder of upnext ({reason}); choose an empty folder, or remove this one",
        folder.display()
    )]
    NotOurs { folder: PathBuf, reason: &'static str },
    /// The cluster and the binaries are of different major versions.
    #[error(
        "{} was made by PostgreSQL {cluster}, but the binaries in {} are PostgreSQL {binaries}; \
         install PostgreSQL {cluster}, or remove the folder to start with empty data",
        folder.display(),
        bin.display()
    )]
    OtherMajor { folder: PathBuf, cluster: u32, bin: PathBuf, binaries: u32 },
    /// Another process runs a server on this folder.
    #[error("{} is in use by another running upnext; stop it, or choose another data folder", folder.display())]
    InUse { folder: PathBuf },
    /// The folder, or something in it, can't be made, written or given away.
    #[error("cannot use {} as a data folder: {source}; choose a folder this user may write", folder.display())]
    Folder { folder: PathBuf, source: io::Error },
    /// The account that Postgres runs as can't reach a folder it needs.
    #[error(
        "PostgreSQL does not run as root and its account {account} may not enter {}; \
         choose a data folder and binaries outside of it",
        folder.display()
    )]
    Unreachable { account: String, folder: PathBuf },
    /// Postgres does not run as root, and there is nobody else to run it.
    #[error("PostgreSQL does not run as root, and this system has neither an account postgres nor nobody")]
    NoAccount,
    /// One of Postgres' programs could not be run at all.
    #[error("cannot run {}: {source}", program.display())]
    Program { program: PathBuf, source: io::Error },
    /// `initdb` failed.
    #[error("cannot create a cluster in {}: {output}", folder.display())]
    Create { folder: PathBuf, output: String },
    /// The server ended before it was ready.
    #[error("the PostgreSQL server of {} did not start: {log}", folder.display())]
    Start { folder: PathBuf, log: String },
    /// The server missed a deadline.
    #[error("the PostgreSQL server of {} did not {verb} within {} seconds", folder.display(), limit.as_secs())]
    Slow { folder: PathBuf, verb: &'static str, limit: Duration },
}
