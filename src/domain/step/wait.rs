//! Wait steps: upnext lets time pass between two steps.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Form;
use crate::domain::reason::Reason;
use crate::domain::settings::Limits;
use crate::domain::violation::Violations;

/// The length of a wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wait {
    /// It lasts an amount of elapsed time.
    Delay(Delay),
}

/// An amount of elapsed time: the sum of its fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delay {
    /// Days of 24 hours, at least 0.
    pub days: i32,
    /// Hours, at least 0.
    pub hours: i32,
    /// Minutes, at least 0.
    pub minutes: i32,
    /// Seconds, at least 0.
    pub seconds: i32,
}

impl Default for Wait {
    fn default() -> Self {
        Wait::Delay(Delay::default())
    }
}

impl<T> Form<T> for Wait {
    const NAME: &'static str = "Wait";

    type Referring<U> = Wait;

    fn refer<U>(self, _: &mut dyn FnMut(T) -> Option<U>) -> Wait {
        self
    }

    fn check(&self, limits: &Limits) -> Violations {
        match self {
            Wait::Delay(delay) => delay.check(limits).under("delay"),
        }
    }
}

impl Wait {
    /// Returns the end of a wait that begins at `since`.
    pub fn until(&self, since: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            // Out of range only if the limit allows hundreds of thousands of years.
            Wait::Delay(delay) => since.checked_add_signed(delay.total()).unwrap_or(DateTime::<Utc>::MAX_UTC),
        }
    }

    /// Returns the end of this wait if it had been chosen instead of `before`, which was planned to
    /// end at `until`.
    pub fn instead_of(&self, before: &Wait, until: DateTime<Utc>) -> DateTime<Utc> {
        match (self, before) {
            (Wait::Delay(_), Wait::Delay(before)) => {
                self.until(until.checked_sub_signed(before.total()).unwrap_or(until))
            }
        }
    }

    /// Returns the end of a wait that was planned to end at `until`, was paused at `paused_at` and
    /// goes on at `now`: what was unspent remains, in the wait's own unit.
    pub fn resumed(
        &self,
        until: DateTime<Utc>,
        paused_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> DateTime<Utc> {
        match self {
            // A wait that was already over, because its timer was late, ends now.
            Wait::Delay(_) => {
                let unspent = (until - paused_at).max(TimeDelta::zero());
                now.checked_add_signed(unspent).unwrap_or(DateTime::<Utc>::MAX_UTC)
            }
        }
    }
}

impl Delay {
    /// Returns the sum. It never overflows: four 32-bit amounts are less than six million years.
    pub fn total(&self) -> TimeDelta {
        TimeDelta::days(i64::from(self.days))
            + TimeDelta::hours(i64::from(self.hours))
            + TimeDelta::minutes(i64::from(self.minutes))
            + TimeDelta::seconds(i64::from(self.seconds))
    }

    pub(super) fn check(&self, limits: &Limits) -> Violations {
        // Only the sum has limits: each of its parts can be 0.
        let total = self.total();
        if total <= TimeDelta::zero() {
            return Violations::one("", Reason::WaitEmpty, "must be greater than zero");
        }
        if total > limits.wait() {
            let description = format!("must be at most {} days", limits.longest_wait_days);
            return Violations::one("", Reason::WaitTooLong, description);
        }
        Violations::new()
    }
}

/// Like `1 d 12 h`.
impl fmt::Display for Delay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [(self.days, "d"), (self.hours, "h"), (self.minutes, "min"), (self.seconds, "s")];
        let parts = parts.into_iter().filter(|(amount, _)| *amount != 0);
        let parts: Vec<String> = parts.map(|(amount, unit)| format!("{amount} {unit}")).collect();
        out.write_str(&parts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_is_the_sum_of_its_fields_without_overflow() {
        let delay = Delay { days: 1, hours: 2, minutes: 3, seconds: 4 };
        assert_eq!(delay.total().num_seconds(), 86_400 + 7_200 + 180 + 4);
        assert_eq!(delay.to_string(), "1 d 2 h 3 min 4 s");
        let most = Delay { days: i32::MAX, hours: i32::MAX, minutes: i32::MAX, seconds: i32::MAX };
        assert!(most.total() > TimeDelta::days(i64::from(i32::MAX)));
    }
}
