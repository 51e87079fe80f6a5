//! The commands of the one binary: a file each.

pub mod client;
mod keys;
mod organizations;

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
    /// API keys of the organization whose administrator's key is in UPNEXT_KEY.
    Keys(keys::Keys),
    /// Organizations, straight in the database: how a new installation begins.
    Organizations(organizations::Organizations),
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    /// What went wrong, as a person at a terminal should read it.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Keys(keys) => keys.run().await,
            Command::Organizations(organizations) => organizations.run().await,
        }
    }
}
