//! Records and their types.

pub(super) mod close_record;
pub(super) mod create_record_type;
pub(super) mod declare_attributes;
pub(super) mod delete_attribute;
pub(super) mod delete_record;
pub(super) mod delete_record_type;
pub(super) mod erase_record;
pub(super) mod hand_back_records;
pub(super) mod index_attributes;
pub(super) mod ingest_events;
pub(super) mod known_events;
pub(super) mod merge_records;
pub(super) mod reassign_chunk;
pub(super) mod reassign_records;
pub(super) mod reopen_record;
mod unsubscribe;
pub(super) mod update_attribute;
pub(super) mod update_record_type;
pub(super) mod upsert_batch;
pub(super) mod upsert_records;
