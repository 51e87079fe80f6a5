//! The frame of every transaction: how it begins, is batched, recognizes a repeated request,
//! decides and commits.

pub(super) mod audit;
pub(super) mod batch;
pub(super) mod batchers;
pub(super) mod commit;
pub(super) mod core;
pub(super) mod error;
pub(super) mod halves;
pub(super) mod one_by_one;
pub(super) mod programs;
pub(super) mod recent;
pub(super) mod repetitions;
pub(super) mod request;
pub(super) mod verb;
pub(super) mod write;
