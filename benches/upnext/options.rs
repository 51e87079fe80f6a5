//! What is asked on the command line, after `cargo bench --`.

use std::time::Duration;

use clap::Parser;

use crate::soak;

/// Measures the product against its anchors and prints the table.
#[derive(Debug, Parser)]
#[command(name = "cargo bench --")]
pub struct Options {
    /// Smaller and fewer: about a minute for the whole table
    #[arg(long)]
    short: bool,
    /// The table for machines
    #[arg(long)]
    pub json: bool,
    /// Only these rows
    #[arg(long, value_name = "ROW", num_args = 1..)]
    only: Vec<String>,
    /// Instead of the table: the product beside other job queues, as far as Go and Node are here to
    /// build them
    #[arg(long)]
    pub peers: bool,
    /// Instead of the table: so long a mixed load, as in 90s, 10m or 1h, and what memory does
    /// meanwhile
    #[arg(long, value_name = "DURATION", value_parser = soak::duration)]
    pub soak: Option<Duration>,
    /// How many organizations that load has
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub organizations: u16,
    /// Instead of a private Postgres: this database, which `upnext migrate` has made ready. It must
    /// be there for the benchmark only: rows like `backfill` empty tables
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// Be the bare server that some anchors call (the bench starts it itself)
    #[arg(long, hide = true)]
    pub bare: bool,
    /// Cargo says so to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// For a quick look.
    Short,
    /// As the goals are defined.
    Full,
}

impl Size {
    /// One value for the short form, another for the full one.
    pub fn pick<T>(self, short: T, full: T) -> T {
        match self {
            Size::Short => short,
            Size::Full => full,
        }
    }

    /// How often the product is measured; its anchor once more.
    pub fn rounds(self) -> usize {
        self.pick(1, 2)
    }
}

impl Options {
    /// How much is measured.
    pub fn size(&self) -> Size {
        if self.short { Size::Short } else { Size::Full }
    }

    /// Whether a row is to be run.
    pub fn wants(&self, row: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|wanted| wanted == row)
    }
}
