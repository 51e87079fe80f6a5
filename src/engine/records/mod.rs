//! Records and their types.

pub(super) mod close_record;
pub(super) mod create_record_type;
pub(super) mod declare_attributes;
pub(super) mod delete_record;
pub(super) mod upsert_batch;
pub(super) mod upsert_records;
