//! A warning in the log that isn't repeated for each of a thousand clients.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long the same warning is left out after it was given.
const INTERVAL: Duration = Duration::from_secs(60);

/// When a warning was last given.
#[derive(Debug, Default)]
pub(in crate::api) struct Warning(Mutex<Option<Instant>>);

impl Warning {
    /// Whether to warn now. Then it isn't due again for a minute.
    pub(in crate::api) fn is_due(&self) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = last.is_none_or(|last| last.elapsed() >= INTERVAL);
        if due {
            *last = Some(Instant::now());
        }
        due
    }
}
