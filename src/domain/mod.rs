//! Decisions: pure, without I/O, clock or randomness.

pub mod refusal;
pub mod violation;
