//! The least that the machine can do for the same effect. Tables of their own are in the schema
//! `anchor`.

pub mod bare_backfill;
pub mod bare_bulk;
pub mod bare_sweep;
pub mod enrollment;
pub mod hello;
pub mod notify;
pub mod records;
pub mod select;
pub mod sweep;
pub mod update;
pub mod watch;
