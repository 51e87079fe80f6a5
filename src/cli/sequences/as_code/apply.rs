//! `upnext sequences apply`: makes an organization like a file.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::calls::Caller;
use super::file;
use super::plan::plan;
use crate::cli::client::Calls;

#[derive(Debug, Args)]
pub(in crate::cli::sequences) struct Apply {
    /// The file, in YAML or JSON; - reads it from standard input
    #[arg(short, long, value_name = "FILE")]
    file: PathBuf,
    /// Only show what would be done
    #[arg(long)]
    dry_run: bool,
}

impl Apply {
    pub(in crate::cli::sequences) async fn run(self, calls: Calls) -> anyhow::Result<()> {
        if self.dry_run {
            return show_plan(calls, &self.file).await;
        }

        let caller = Caller(calls);
        let actions = plan(&caller, &file::read(&self.file)?).await?;
        for action in &actions {
            // What was done before stays, and the next run goes on from there.
            caller.call(&action.method, action.request.clone()).await.context(action.told.clone())?;
            writeln!(std::io::stdout(), "{}", action.told)?;
        }
        if actions.is_empty() {
            writeln!(std::io::stdout(), "nothing to do")?;
        }
        Ok(())
    }
}

/// Shows what applying a file would do.
///
/// # Errors
/// The file is wrong, or the server refuses a read.
pub(in crate::cli::sequences) async fn show_plan(calls: Calls, path: &Path) -> anyhow::Result<()> {
    let actions = plan(&Caller(calls), &file::read(path)?).await?;
    let mut out = std::io::stdout().lock();
    for action in &actions {
        writeln!(out, "would {}", action.told)?;
    }
    if actions.is_empty() {
        writeln!(out, "nothing to do")?;
    }
    Ok(())
}
