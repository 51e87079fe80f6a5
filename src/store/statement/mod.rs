//! How statements are made and run: tables described once, many rows in one statement, reads,
//! spans.

pub(in crate::store) mod chain;
pub(in crate::store) mod columns;
pub(in crate::store) mod reading;
pub(in crate::store) mod removal;
pub(in crate::store) mod span;
pub(in crate::store) mod table;
pub(in crate::store) mod words;
