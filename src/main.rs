//! The binary: one command line for the server and everything around it.

use std::process::ExitCode;

use clap::Parser as _;
use upnext::cli::{Cli, told};

#[tokio::main]
async fn main() -> ExitCode {
    match Cli::parse().run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("upnext: {}", told(&error));
            ExitCode::FAILURE
        }
    }
}
