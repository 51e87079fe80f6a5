//! The commands of the one binary: a file each.

mod check;
pub mod client;
mod database;
mod dev;
pub mod import;
mod keys;
mod migrate;
mod organizations;
mod preflight;
mod schema;
mod serve;
mod serving;
mod up_next;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tells every seller what to do next.
#[derive(Debug, Parser)]
#[command(name = "upnext", version, about, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run everything on this machine, with a database of its own: to try it and to develop
    /// against.
    Dev(dev::Dev),
    /// Run a server on an existing database.
    Serve(serve::Serve),
    /// Bring the database's schema up to this version.
    Migrate(migrate::Migrate),
    /// Read the whole database and report every broken invariant.
    Check(check::Check),
    /// Import records from a CSV file with a header line, through the server.
    ///
    /// Nothing is imported twice: records are known by their id, so the same command may be run
    /// again, also after it was stopped. An empty cell means that the attribute is missing; an
    /// empty owner leaves the owner as it is.
    Import(import::Import),
    /// Show a queue as it changes, sellers/… or teams/…
    Watch(watch::Watch),
    /// Show what a record is to go through, and what was done
    UpNext(up_next::UpNext),
    /// API keys of the organization whose administrator's key is in UPNEXT_KEY; after a lost key,
    /// straight in the database.
    Keys(keys::Keys),
    /// Organizations, straight in the database: how a new installation begins.
    Organizations(organizations::Organizations),
}

impl Cli {
    /// Does what was asked; says how the process is to end if nothing went wrong.
    ///
    /// # Errors
    /// What went wrong, as a person at a terminal should read it.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Check(check) => return Ok(check.run().await),
            Command::Dev(dev) => dev.run().await,
            Command::Serve(serve) => serve.run().await,
            Command::Migrate(migrate) => migrate.run().await,
            Command::Import(import) => import.run().await,
            Command::Watch(watch) => watch.run().await,
            Command::UpNext(up_next) => up_next.run().await,
            Command::Keys(keys) => keys.run().await,
            Command::Organizations(organizations) => organizations.run().await,
        }?;
        Ok(ExitCode::SUCCESS)
    }
}

/// An error with its causes, each said once: some say theirs themselves.
pub fn told(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |told, cause| {
        if told.is_empty() {
            cause
        } else if told.contains(&cause) {
            told
        } else {
            format!("{told}: {cause}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let error = anyhow::anyhow!("not found").context("cannot run sh: not found").context("no server");
        assert_eq!(told(&error), "no server: cannot run sh: not found");
    }
}
