//! RecordService: one file for record types and records, one for upserts.

mod service;
mod upserts;
