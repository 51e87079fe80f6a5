//! The binary: runs the command line and prints its error.

use std::process::ExitCode;

use clap::Parser as _;
use upnext::cli::{Cli, with_causes};

#[tokio::main]
async fn main() -> ExitCode {
    match Cli::parse().run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("upnext: {}", with_causes(&error));
            ExitCode::FAILURE
        }
    }
}
