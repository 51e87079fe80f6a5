//! Seeds, and how long random tests run, from the environment.

use std::env;

/// Whether `UPNEXT_LONG_TESTS` asks for long tests.
pub fn is_long() -> bool {
    env::var_os("UPNEXT_LONG_TESTS").is_some()
}

/// A number from the environment.
pub fn number(name: &str) -> Option<u64> {
    env::var(name).ok().and_then(|number| number.parse().ok())
}

/// The seed of a run: another one each time, or the one in `UPNEXT_SEED`, to run it again.
pub fn seed() -> u64 {
    number("UPNEXT_SEED").unwrap_or_else(rand::random)
}
