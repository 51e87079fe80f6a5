//! Seeds, and how long tests that draw by them run: told by the environment.

use std::env;

/// Whether long tests are asked for, by `UPNEXT_LONG_TESTS`.
pub fn is_long() -> bool {
    env::var_os("UPNEXT_LONG_TESTS").is_some()
}

/// A number that is given by the environment.
pub fn number(name: &str) -> Option<u64> {
    env::var(name).ok().and_then(|number| number.parse().ok())
}

/// The seed of a run: another one each time, or the one in `UPNEXT_SEED`, to run it again.
pub fn seed() -> u64 {
    number("UPNEXT_SEED").unwrap_or_else(rand::random)
}
