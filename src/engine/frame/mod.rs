//! What every kind of transaction stands in: how it begins, is batched, repeated, decided and
//! committed.

pub(super) mod batch;
pub(super) mod core;
pub(super) mod error;
pub(super) mod halves;
pub(super) mod programs;
pub(super) mod recent;
pub(super) mod repetitions;
pub(super) mod request;
pub(super) mod verb;
pub(super) mod write;
