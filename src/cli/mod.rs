//! The command line: one file per command.

mod audit;
mod calendars;
mod check;
pub mod client;
mod database;
mod dev;
mod events;
mod explain;
mod history;
pub mod import;
mod keys;
mod listing;
mod migrate;
mod named;
mod organizations;
mod preflight;
mod reopen;
mod schema;
mod sequences;
mod serve;
mod serving;
mod time;
mod up_next;
mod watch;
mod worker;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tells every seller what to do next.
#[derive(Debug, Parser)]
#[command(name = "upnext", version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run everything on this machine, including a database, to try upnext or develop against it.
    Dev(dev::Dev),
    /// Run a server on an existing database.
    Serve(serve::Serve),
    /// Bring the database's schema up to this version.
    Migrate(migrate::Migrate),
    /// Read the whole database and report every broken invariant.
    Check(check::Check),
    /// Import records from a CSV file with a header line, through the server.
    ///
    /// Records are identified by their id, so nothing is imported twice: you can run the same
    /// command again, even after it was stopped. An empty cell means that the attribute is missing;
    /// an empty owner leaves the owner unchanged.
    Import(import::Import),
    /// Enter holidays and time off from iCalendar files
    Calendars(calendars::Calendars),
    /// Show a queue as it changes, sellers/… or teams/…
    Watch(watch::Watch),
    /// Show what is planned for a record, and what was done
    UpNext(up_next::UpNext),
    /// Reopen an activity that was completed or skipped by mistake
    Reopen(reopen::Reopen),
    /// Explain why a record is enrolled, or isn't: its segments, rules and sequence, part by part.
    /// Of an enrollment: why it is where it is, and what would move it
    Explain(explain::Explain),
    /// Show what was decided about a record, by whom and why, and what happened in its sequences
    History(history::History),
    /// Print what happens in the organization as lines of JSON, for other programs
    Events(events::Events),
    /// Show who wrote which definition, setting, seller or key, when and from where
    Audit(audit::Audit),
    /// Do what sequences automate, like sending emails
    Worker(worker::Worker),
    /// Look at sequences
    Sequences(sequences::Sequences),
    /// Manage the API keys of an organization; UPNEXT_KEY is the key of its administrator. Can
    /// replace a lost key directly in the database.
    Keys(keys::Keys),
    /// Create, list, suspend, resume, export or delete organizations, directly in the database
    Organizations(organizations::Organizations),
}

/// Runs the command line of this process, and prints its error.
// Here because what starts the runtime compiles all the futures that it drives, and the library
// has compiled them already. It took the binary a minute.
#[tokio::main]
pub async fn main() -> ExitCode {
    Cli::parse().run().await.unwrap_or_else(|error| {
        eprintln!("upnext: {}", with_causes(&error));
        ExitCode::FAILURE
    })
}

impl Cli {
    /// Runs the command. Returns the exit code of the process.
    ///
    /// # Errors
    /// The failure, worded for a person at a terminal.
    async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Check(check) => return Ok(check.run().await),
            Command::Dev(dev) => dev.run().await,
            Command::Serve(serve) => serve.run().await,
            Command::Migrate(migrate) => migrate.run().await,
            Command::Import(import) => import.run().await,
            Command::Calendars(calendars) => calendars.run().await,
            Command::Watch(watch) => watch.run().await,
            Command::UpNext(up_next) => up_next.run().await,
            Command::Reopen(reopen) => reopen.run().await,
            Command::Explain(explain) => explain.run().await,
            Command::History(history) => history.run().await,
            Command::Events(events) => events.run().await,
            Command::Audit(audit) => audit.run().await,
            Command::Worker(worker) => worker.run().await,
            Command::Sequences(sequences) => sequences.run().await,
            Command::Keys(keys) => keys.run().await,
            Command::Organizations(organizations) => organizations.run().await,
        }?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Formats an error with its causes. Skips a cause that an outer message already contains.
fn with_causes(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |text, cause| {
        if text.is_empty() {
            cause
        } else if text.contains(&cause) {
            text
        } else {
            format!("{text}: {cause}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_cause_is_shown_once() {
        let error = anyhow::anyhow!("not found").context("cannot run sh: not found").context("no server");
        assert_eq!(with_causes(&error), "no server: cannot run sh: not found");
    }
}
