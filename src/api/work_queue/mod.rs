//! The work queue: its service, the streams that follow it, and the reads and texts that both use.

mod answers;
mod batches;
mod decided;
mod kept_names;
pub mod kept_texts;
pub mod leases;
mod lists;
mod manual;
mod moves;
pub mod reads;
pub mod service;
mod summaries;
mod views;
pub mod watch;

pub(super) use answers::Moved;
