//! The work queue: its service, the streams that follow it, and the reads and texts that both use.

mod answers;
pub mod kept_texts;
pub mod leases;
pub mod reads;
pub mod service;
pub mod watch;

pub(super) use answers::Moved;
