//! Every loop of a server: which tick, and what wakes it.

use super::Loop;
use crate::engine::Engine;

/// The loops, to be spawned by a driver.
pub fn loops(engine: &Engine) -> Vec<Loop> {
    let _ = engine;
    Vec::new()
}
