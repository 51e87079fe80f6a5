//! The rows of the table, a file each.

mod arrival;
pub mod backfill;
mod beside;
mod bulk;
mod change;
mod completion;
mod due;
mod idle;
mod in_turn;
mod neighbours;
mod next_item;
mod preview;
mod reading;
mod segments;
mod stats;
mod streams;
mod timers;

use futures::future::LocalBoxFuture;

use crate::report::Line;
use crate::world::World;

/// One path of the product.
pub struct Row {
    /// What `--only` takes.
    pub name: &'static str,
    /// What is measured.
    pub about: &'static str,
    /// Measures it.
    pub run: for<'w> fn(&'w World<'w>) -> LocalBoxFuture<'w, anyhow::Result<Vec<Line>>>,
}

macro_rules! row {
    ($module:ident::$run:ident, $name:literal, $about:literal) => {
        Row { name: $name, about: $about, run: |world| Box::pin($module::$run(world)) }
    };
    ($module:ident, $name:literal, $about:literal) => {
        row!($module::run, $name, $about)
    };
}

/// What other job queues do, too.
pub fn beside_peers() -> Vec<Row> {
    vec![
        row!(beside::due, "due", "from the instant at which work is due to its start"),
        row!(beside::complete, "complete", "work done as fast as can be"),
        row!(beside::insert, "insert", "work made by the thousand"),
        row!(beside::burst, "burst", "work due at one instant"),
    ]
}

/// Every row, in the order of the table.
pub fn all() -> Vec<Row> {
    vec![
        row!(
            backfill,
            "backfill",
            "records enrolled through a segment's backfill, from the call to the last commit"
        ),
        row!(bulk, "bulk", "enrollments paused, resumed, moved or ended by one call, to the last commit"),
        row!(timers, "timers", "waits that end at one instant, from that instant to the last commit"),
        row!(completion, "complete", "CompleteActivity by 64 callers, durable"),
        row!(due, "due", "from the instant at which a wait ends to the seller's stream"),
        row!(next_item, "next", "complete → the next item on the seller's stream"),
        row!(reading, "get", "Get by name, 50 in flight"),
        row!(streams, "streams", "10,000 sellers who watch: memory, and a burst to all"),
        row!(segments, "segments", "10,000 changed records × 250 segments, and × 2,500"),
        row!(change, "change", "records whose change 5 of 250 segments read, to the last one routed"),
        row!(preview, "preview", "PreviewSegment by an index"),
        row!(arrival, "arrival", "record changed → enrolled → on the seller's stream"),
        row!(stats, "stats", "the statistics of a sequence that a million enrollments went through"),
        row!(idle, "idle", "nothing due, 10,000 subscribers"),
        row!(neighbours, "neighbours", "an organization's calls while another one does its worst"),
    ]
}
