//! How far an organization's history is forgotten.

use chrono::{DateTime, Days, NaiveTime, Utc};

/// The horizon of an organization: what ended before it is no longer kept. It moves by whole days,
/// so that the days of statistics are either counted from history or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// What ended before is gone, or about to go.
    pub at: DateTime<Utc>,
    /// What ended before is gone.
    pub done: DateTime<Utc>,
}

impl Horizon {
    /// Returns the horizon of an organization that was created at this time, and has forgotten
    /// nothing.
    pub fn begin(create_time: DateTime<Utc>) -> Self {
        let at = midnight(create_time);
        Self { at, done: at }
    }

    /// Returns up to where history is forgotten that is kept for so many days.
    pub fn target(days: i32, now: DateTime<Utc>) -> DateTime<Utc> {
        midnight(now - Days::new(u64::from(days.unsigned_abs())))
    }

    /// Returns the horizon for the next step: the day that isn't done yet, or the one after it.
    /// `None` if nothing is to do.
    pub fn step(self, target: DateTime<Utc>) -> Option<Self> {
        let next = self.at + Days::new(1);
        match (self.done < self.at, next <= target) {
            (true, _) => Some(self),
            (false, true) => Some(Self { at: next, ..self }),
            (false, false) => None,
        }
    }

    /// Returns the horizon once everything before it is gone.
    #[must_use]
    pub fn reached(self) -> Self {
        Self { done: self.at, ..self }
    }
}

fn midnight(time: DateTime<Utc>) -> DateTime<Utc> {
    time.date_naive().and_time(NaiveTime::MIN).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    #[test]
    fn a_horizon_moves_day_by_day_up_to_what_is_kept() {
        let target = Horizon::target(30, time("2026-03-04T12:00:00Z"));
        assert_eq!(target, time("2026-02-02T00:00:00Z"));
        let mut horizon = Horizon::begin(time("2026-01-31T18:00:00Z"));
        let mut days = Vec::new();
        while let Some(next) = horizon.step(target) {
            days.push(next.at.to_rfc3339());
            // A day that isn't done is done first.
            assert_eq!(next.step(target), Some(next));
            horizon = next.reached();
        }
        assert_eq!(days, ["2026-02-01T00:00:00+00:00", "2026-02-02T00:00:00+00:00"]);
    }

    #[test]
    fn a_horizon_never_goes_back() {
        let horizon = Horizon::begin(time("2026-02-02T00:00:00Z"));
        assert_eq!(horizon.step(time("2026-01-01T00:00:00Z")), None);
        assert_eq!(horizon.step(horizon.at), None);
    }
}
