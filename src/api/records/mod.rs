//! RecordService: one file for record types and records, one for their history, one for upserts,
//! one for engagement events.

mod events;
pub(in crate::api) mod history;
mod merges;
mod service;
mod upserts;
