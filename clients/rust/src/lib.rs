//! The client of upnext: calls, typed errors, and each seller's live queue.

/// The README's program compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod calls;
mod client;
mod connect;
mod error;
pub mod pages;
mod queue;
mod request_id;
mod state;

pub use calls::Channel;
pub use client::Client;
pub use connect::{ConnectError, Key, Options};
pub use error::{Error, Violation};
pub use queue::{Queue, QueueError};
pub use state::Change;

/// Every message and every service's client.
#[allow(clippy::all, missing_docs, rustdoc::all)]
pub mod v1 {
    include!("gen/upnext.v1.rs");
}

/// Long-running operations.
pub mod google {
    /// Long-running operations.
    #[allow(clippy::all, missing_docs, rustdoc::all)]
    pub mod longrunning {
        include!("gen/google.longrunning.rs");
    }
}

#[path = "gen/calls.rs"]
#[rustfmt::skip]
#[allow(clippy::all)]
mod generated;

/// A record's attributes: `attributes([("origin", "paid search".into()), ("revenue",
/// 12_000.0.into())])`.
pub fn attributes<K: Into<String>>(
    values: impl IntoIterator<Item = (K, prost_types::Value)>,
) -> prost_types::Struct {
    prost_types::Struct { fields: values.into_iter().map(|(name, value)| (name.into(), value)).collect() }
}
