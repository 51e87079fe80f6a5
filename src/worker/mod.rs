//! When to run, never what to do: each loop calls one `tick` of the engine repeatedly.

mod driver;
mod lanes;
pub mod roster;
mod status;

pub use driver::{Driver, Loop, Progress, TickError};
pub use status::LoopStatus;
