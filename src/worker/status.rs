//! What a loop last did, for health and metrics.

use chrono::{DateTime, TimeDelta, Utc};

/// The state of one loop, after its latest tick.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoopStatus {
    /// Ticks since the start, failed ones included.
    pub runs: u64,
    /// When the latest tick began.
    pub last_run: Option<DateTime<Utc>>,
    /// When the latest tick that succeeded began.
    pub last_success: Option<DateTime<Utc>>,
    /// What the latest tick failed of; `None` if it succeeded.
    pub last_error: Option<String>,
    /// Failed ticks in a row.
    pub failures: u32,
    /// How long after its due instant the latest tick began that was waited for; other ticks don't count.
    pub lateness: Option<TimeDelta>,
}

impl LoopStatus {
    pub(super) fn began(&mut self, now: DateTime<Utc>, due_at: Option<DateTime<Utc>>) {
        self.runs += 1;
        self.last_run = Some(now);
        if let Some(due_at) = due_at {
            self.lateness = Some(now - due_at);
        }
    }

    pub(super) fn succeeded(&mut self) {
        self.last_success = self.last_run;
        self.last_error = None;
        self.failures = 0;
    }

    pub(super) fn failed(&mut self, error: String) {
        self.last_error = Some(error);
        self.failures = self.failures.saturating_add(1);
    }
}
