//! RecordService, a file for record types and records and one for upserts.

mod service;
mod upserts;
