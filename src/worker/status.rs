//! The status of a loop, for health and metrics.

use chrono::{DateTime, TimeDelta, Utc};

/// The state of one loop, after its latest tick.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoopStatus {
    /// Which loop it is.
    pub name: &'static str,
    /// Ticks since the start, including failed ones.
    pub runs: u64,
    /// When the latest tick began.
    pub last_run: Option<DateTime<Utc>>,
    /// When the latest tick that succeeded began.
    pub last_success: Option<DateTime<Utc>>,
    /// Why the latest tick failed; `None` if it succeeded.
    pub last_error: Option<String>,
    /// When the first unsuccessful tick began: the running one, or the first of those that failed
    /// in a row.
    pub unfinished_since: Option<DateTime<Utc>>,
    /// The earliest due time among what the latest tick left behind.
    pub left_due: Option<DateTime<Utc>>,
    /// Failed ticks in a row.
    pub failures: u32,
    /// How long after its due time the latest awaited tick began; other ticks don't count.
    pub lateness: Option<TimeDelta>,
}

impl LoopStatus {
    pub(super) fn began(&mut self, now: DateTime<Utc>, due_at: Option<DateTime<Utc>>) {
        self.runs += 1;
        self.last_run = Some(now);
        // Keep the first of several failures: lag counts from there.
        self.unfinished_since = self.unfinished_since.or(Some(now));
        // A tick that waited for nothing says nothing about lateness.
        self.lateness = due_at.map(|due_at| now - due_at).or(self.lateness);
    }

    pub(super) fn succeeded(&mut self, left: Option<DateTime<Utc>>) {
        self.last_success = self.last_run;
        self.unfinished_since = None;
        self.left_due = left.filter(|left| self.last_run.is_some_and(|run| *left <= run));
        self.last_error = None;
        self.failures = 0;
    }

    pub(super) fn failed(&mut self, error: String) {
        self.last_error = Some(error);
        self.failures = self.failures.saturating_add(1);
    }
}

impl LoopStatus {
    /// How long something has been due that isn't done: left behind by the latest tick, or waiting
    /// for one that hangs or fails.
    pub fn lag(&self, now: DateTime<Utc>) -> TimeDelta {
        let since = self.left_due.into_iter().chain(self.unfinished_since).min();
        since.map_or(TimeDelta::zero(), |since| (now - since).max(TimeDelta::zero()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("in range")
    }

    #[test]
    fn a_loop_lags_while_it_leaves_something_due_or_its_tick_does_not_end_or_fails() {
        let mut status = LoopStatus::default();
        assert_eq!(status.lag(at(9)), TimeDelta::zero());
        status.began(at(10), None);
        assert_eq!(status.lag(at(13)), TimeDelta::seconds(3), "the tick doesn't end");
        status.failed("why".to_owned());
        status.began(at(14), None);
        assert_eq!(status.lag(at(15)), TimeDelta::seconds(5), "the one before failed");
        status.succeeded(Some(at(4)));
        assert_eq!(status.lag(at(15)), TimeDelta::seconds(11), "something is left that was due long ago");
        status.began(at(16), None);
        status.succeeded(Some(at(20)));
        assert_eq!(status.lag(at(17)), TimeDelta::zero(), "nothing is due yet");
    }
}
