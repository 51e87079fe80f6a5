//! Records go where segments and rules say, because they changed or for an operation.

pub(super) mod cancel_operation;
pub(super) mod route_batch;
pub(super) mod route_records;
pub(super) mod routing_plan;
pub(super) mod run_operations;
