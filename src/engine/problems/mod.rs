//! Items that couldn't be processed.

pub(super) mod note_problem;
mod retry_problem;
mod retry_problems;
