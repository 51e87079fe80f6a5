//! A list of events that a server gives page by page.

use std::io::Write;

use clap::Args;

use crate::api::convert::json;
use crate::api::pb;

/// How many events a command shows, and how.
#[derive(Debug, Args)]
pub struct Listing {
    /// The number of events to show
    #[arg(long, value_name = "COUNT", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    /// Print each event as a line of JSON
    #[arg(long)]
    json: bool,
}

/// Events, and the token of the page after them.
pub type Page = (Vec<pb::Event>, String);

impl Listing {
    /// Shows each event of the pages, which are asked for by their sizes and tokens.
    pub async fn show(
        &self,
        line: fn(&pb::Event) -> String,
        mut page: impl AsyncFnMut(i32, String) -> anyhow::Result<Page>,
    ) -> anyhow::Result<()> {
        let (mut left, mut page_token) = (self.limit, String::new());
        let mut out = std::io::stdout().lock();
        loop {
            let (events, next) = page(i32::try_from(left).unwrap_or(i32::MAX), page_token).await?;
            for event in &events {
                let told = if self.json { json::line(event) } else { line(event) };
                writeln!(out, "{told}")?;
            }

            left -= u32::try_from(events.len()).unwrap_or(u32::MAX).min(left);
            // A page can be shorter than asked for, because the server cuts by bytes.
            if left == 0 || next.is_empty() {
                return Ok(());
            }
            page_token = next;
        }
    }
}
