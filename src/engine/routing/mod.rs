//! Routes records to segments and owners: after they change, or for an operation.

pub(super) mod assign_members;
pub(super) mod cancel_operation;
mod choose_owners;
mod chunk_ahead;
pub(super) mod decide_records;
mod evaluate;
pub(super) mod explain_record;
mod explain_related;
pub(super) mod forecast;
mod matching_sellers;
pub(super) mod pace;
mod plan_flips;
pub(super) mod route_batch;
pub(super) mod route_records;
pub(super) mod routing_plan;
pub(super) mod run_assignment;
pub(super) mod run_operations;
mod spread_changes;
mod staff;
