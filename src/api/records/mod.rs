//! RecordService: one file for record types and records, one for their history, one for upserts.

mod history;
mod service;
mod upserts;
