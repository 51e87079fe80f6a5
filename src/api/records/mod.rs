//! RecordService: one file for record types and records, one for upserts,
//! one for engagement events.

mod events;
mod service;
mod upserts;
