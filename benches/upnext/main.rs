//! `cargo bench`: the product and its anchors, interleaved, on a private Postgres; see
//! `benches/README.md`.
//!
//! One row of the table is one path of the product. Its anchor is the least that the machine can do
//! for the same effect, run in the same session before, between and after, so that the ratio says
//! something on any machine.

mod anchors;
mod bare;
mod client;
#[path = "../../tests/it/support/columns.rs"]
mod columns;
mod load;
mod machine;
mod measure;
mod options;
mod peers;
mod postgres;
mod report;
mod rows;
mod seed;
mod server;
mod soak;
mod watchers;
mod world;

use std::time::Duration;

use anyhow::Context as _;
use clap::Parser as _;

use options::{Options, Size};
use report::Report;

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let runtime = tokio::runtime::Runtime::new()?;
    if options.bare {
        return runtime.block_on(bare::serve());
    }
    if let Some(time) = options.soak {
        return runtime.block_on(soak_for(time, &options));
    }
    let report = runtime.block_on(run(&options))?;
    print!("{}", if options.json { report.json() } else { report.table() });
    Ok(())
}

/// Runs the mixed load on a world of its own, and checks what it leaves.
async fn soak_for(time: Duration, options: &Options) -> anyhow::Result<()> {
    let postgres = start(options).await?;
    let world = world::World::new(&postgres, Size::Full).await?;
    let done = soak::run(&world, time, options.organizations).await;
    let database = world.leave().await;
    let checked = server::check(&database);
    postgres.drop_database(&database).await?;
    postgres.stop().await?;
    done.and(checked)
}

async fn start(options: &Options) -> anyhow::Result<postgres::Postgres> {
    match &options.database {
        Some(url) => postgres::Postgres::given(url).await.context("the database can't be used"),
        None => postgres::Postgres::start().await.context("the private Postgres doesn't start"),
    }
}

/// Runs the chosen rows one after the other. A row that fails is reported, and the others run.
async fn run(options: &Options) -> anyhow::Result<Report> {
    let postgres = start(options).await?;
    let mut report = Report::default();
    let rows = if options.peers { rows::beside_peers() } else { rows::all() };
    for row in rows.into_iter().filter(|row| options.wants(row.name)) {
        eprintln!("{}: {}", row.name, row.about);
        let world = world::World::new(&postgres, options.size()).await?;
        let others = machine::Others::watch();
        match (row.run)(&world).await {
            Ok(lines) => report.add(row.name, lines, others.cores()),
            Err(error) => report.fail(row.name, &error),
        }
        world.end().await?;
    }

    postgres.stop().await?;
    Ok(report)
}
