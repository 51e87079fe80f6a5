//! The binary: one command line for the server and everything around it.

use std::process::ExitCode;

use clap::Parser as _;
use upnext::cli::Cli;

#[tokio::main]
async fn main() -> ExitCode {
    match Cli::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("upnext: {error:#}");
            ExitCode::FAILURE
        }
    }
}
