//! Wait steps: upnext lets time pass between two steps.

use std::fmt;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Form;
use crate::domain::calendar::next_shown;
use crate::domain::reason::Reason;
use crate::domain::settings::Limits;
use crate::domain::timing::Timing;
use crate::domain::violation::Violations;

/// The length of a wait, or its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wait {
    /// It lasts an amount of elapsed time.
    Delay(Delay),
    /// It lasts an amount of working time.
    BusinessHours(BusinessHours),
    /// It lasts until the same local time on a later working day.
    BusinessDays(BusinessDays),
    /// It lasts until clocks show a time.
    UntilLocalTime(UntilLocalTime),
    /// It lasts until the instant that an attribute of the record holds, or near it.
    UntilAttribute(UntilAttribute),
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

/// An amount of working time: the sum of its fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BusinessHours {
    /// Hours, at least 0.
    pub hours: i32,
    /// Minutes, at least 0.
    pub minutes: i32,
}

/// A number of working days after the day on which the wait begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessDays {
    /// The number, at least 1.
    pub days: i32,
}

/// A time that clocks show. One of `time` and `days` must be given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UntilLocalTime {
    /// The time of day. `None`: any time of one of the days.
    pub time: Option<NaiveTime>,
    /// The days of the week. Empty: any day.
    pub days: Vec<Weekday>,
    /// The zone of the clocks. `None`: that of the owner's calendar.
    pub time_zone: Option<Tz>,
}

/// An instant before or after the one that an attribute of the record holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UntilAttribute {
    /// The attribute, which holds timestamps.
    pub attribute: String,
    /// How far from it.
    #[serde(default)]
    pub offset: Offset,
}

/// A distance from an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offset {
    /// Earlier.
    Before(Delay),
    /// Later.
    After(Delay),
}

impl Default for Wait {
    fn default() -> Self {
        Wait::Delay(Delay::default())
    }
}

impl Default for Offset {
    fn default() -> Self {
        Offset::After(Delay::default())
    }
}

impl<T> Form<T> for Wait {
    const NAME: &'static str = "Wait";

    type Referring<U> = Wait;

    fn refer<U>(self, _: &mut dyn FnMut(T) -> Option<U>) -> Wait {
        self
    }

    fn text_bytes(&self) -> usize {
        self.attribute().map_or(0, str::len)
    }

    fn check(&self, limits: &Limits) -> Violations {
        let found = match self {
            Wait::Delay(delay) => delay.check(limits),
            Wait::BusinessHours(hours) => check_amount(hours.total(), limits),
            Wait::BusinessDays(days) => check_amount(TimeDelta::days(i64::from(days.days)), limits),
            Wait::UntilLocalTime(until) => until.check(),
            Wait::UntilAttribute(until) => until.check(limits),
        };
        found.under(self.field())
    }
}

impl Wait {
    /// Returns the field of its kind in stored definitions and in the API.
    pub const fn field(&self) -> &'static str {
        match self {
            Wait::Delay(_) => "delay",
            Wait::BusinessHours(_) => "business_hours",
            Wait::BusinessDays(_) => "business_days",
            Wait::UntilLocalTime(_) => "until_local_time",
            Wait::UntilAttribute(_) => "until_attribute",
        }
    }

    /// Returns the attribute that it needs. `None` if it needs none.
    pub fn attribute(&self) -> Option<&str> {
        match self {
            Wait::UntilAttribute(until) => Some(&until.attribute),
            Wait::Delay(_) | Wait::BusinessHours(_) | Wait::BusinessDays(_) | Wait::UntilLocalTime(_) => None,
        }
    }

    /// True if its end depends on the owner's calendar.
    pub const fn follows_calendar(&self) -> bool {
        match self {
            Wait::BusinessHours(_) | Wait::BusinessDays(_) => true,
            Wait::UntilLocalTime(until) => until.time_zone.is_none(),
            Wait::Delay(_) | Wait::UntilAttribute(_) => false,
        }
    }

    /// Returns the end of a wait that begins at `since`, never before that. `None` if the record
    /// doesn't have the attribute.
    pub fn until(&self, since: DateTime<Utc>, timing: &Timing) -> Option<DateTime<Utc>> {
        let working = timing.working();
        let until = match self {
            Wait::Delay(delay) => delay.after(since),
            Wait::BusinessHours(hours) => working.add(since, hours.total()),
            Wait::BusinessDays(days) => working.nth_day(since, days.days),
            Wait::UntilLocalTime(until) => {
                let zone = until.time_zone.unwrap_or_else(|| working.zone());
                next_shown(zone, since, until.time, &until.days)
            }
            Wait::UntilAttribute(until) => until.offset.from(timing.instant(&until.attribute)?),
        };
        Some(until.max(since))
    }

    /// Returns what is unspent at `now` of a wait that is planned to end at `until`, in the wait's
    /// own unit.
    pub fn unspent(&self, now: DateTime<Utc>, until: DateTime<Utc>, timing: &Timing) -> Remaining {
        let working = timing.working();
        match self {
            Wait::Delay(_) => Remaining::Elapsed((until - now).max(TimeDelta::zero())),
            Wait::BusinessHours(_) => Remaining::Working(working.between(now, until)),
            Wait::BusinessDays(_) => Remaining::Days(working.days_between(now, until)),
            Wait::UntilLocalTime(_) | Wait::UntilAttribute(_) => Remaining::Anew,
        }
    }

    /// Returns the end of a wait that was paused and goes on at `now`. `None` if the record doesn't
    /// have the attribute.
    pub fn resume(&self, left: Remaining, now: DateTime<Utc>, timing: &Timing) -> Option<DateTime<Utc>> {
        match left {
            Remaining::Elapsed(left) => {
                Some(now.checked_add_signed(left).unwrap_or(DateTime::<Utc>::MAX_UTC))
            }
            // What is over ends now, even outside the hours.
            Remaining::Working(left) if left.is_zero() => Some(now),
            Remaining::Working(left) => Some(timing.working().add(now, left)),
            Remaining::Days(0) => Some(now),
            Remaining::Days(left) => Some(timing.working().nth_day(now, left)),
            Remaining::Anew => self.until(now, timing),
        }
    }
}

/// What is left of a wait that was paused, in the unit of the wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remaining {
    /// Elapsed time.
    Elapsed(TimeDelta),
    /// Working time.
    Working(TimeDelta),
    /// Working days.
    Days(i32),
    /// It is not of a certain length, so its end is computed anew.
    Anew,
}

impl Delay {
    /// Returns the sum. It never overflows: four 32-bit amounts are less than six million years.
    pub fn total(&self) -> TimeDelta {
        TimeDelta::days(i64::from(self.days))
            + TimeDelta::hours(i64::from(self.hours))
            + TimeDelta::minutes(i64::from(self.minutes))
            + TimeDelta::seconds(i64::from(self.seconds))
    }
}

impl Delay {
    /// Returns the instant that it reaches from `since`.
    pub fn after(&self, since: DateTime<Utc>) -> DateTime<Utc> {
        // Out of range only if the limit allows hundreds of thousands of years.
        since.checked_add_signed(self.total()).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Returns the end of a wait this long if it had been chosen instead of `before`, which was
    /// planned to end at `until`.
    pub fn instead_of(&self, before: Delay, until: DateTime<Utc>) -> DateTime<Utc> {
        self.after(until.checked_sub_signed(before.total()).unwrap_or(until))
    }

    pub(in crate::domain) fn check(&self, limits: &Limits) -> Violations {
        check_amount(self.total(), limits)
    }
}

impl BusinessHours {
    /// Returns the sum.
    pub fn total(&self) -> TimeDelta {
        TimeDelta::hours(i64::from(self.hours)) + TimeDelta::minutes(i64::from(self.minutes))
    }
}

impl UntilLocalTime {
    fn check(&self) -> Violations {
        if self.time.is_none() && self.days.is_empty() {
            return Violations::one("", Reason::WaitEmpty, "must have a time, days or both");
        }
        Violations::new()
    }
}

impl UntilAttribute {
    fn check(&self, limits: &Limits) -> Violations {
        let mut found = Violations::new();
        if self.attribute.is_empty() {
            found.push("attribute", Reason::FieldRequired, "must be given: an attribute of type TIMESTAMP");
        }
        let (field, delay) = match &self.offset {
            Offset::Before(delay) => ("before", delay),
            Offset::After(delay) => ("after", delay),
        };
        found.extend_under(field, check_most(delay.total(), limits));
        found
    }
}

impl Offset {
    /// Returns the instant at this distance from `instant`.
    fn from(self, instant: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Offset::Before(delay) => {
                instant.checked_sub_signed(delay.total()).unwrap_or(DateTime::<Utc>::MIN_UTC)
            }
            Offset::After(delay) => {
                instant.checked_add_signed(delay.total()).unwrap_or(DateTime::<Utc>::MAX_UTC)
            }
        }
    }
}

/// Checks the amount of a wait. Only the sum has limits: each of its parts can be 0.
fn check_amount(total: TimeDelta, limits: &Limits) -> Violations {
    if total <= TimeDelta::zero() {
        return Violations::one("", Reason::WaitEmpty, "must be greater than zero");
    }
    check_most(total, limits)
}

fn check_most(total: TimeDelta, limits: &Limits) -> Violations {
    if total > limits.wait() {
        let description = format!("must be at most {} days", limits.longest_wait_days);
        return Violations::one("", Reason::WaitTooLong, description);
    }
    Violations::new()
}

/// Like `1 d 12 h`.
impl fmt::Display for Delay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        amounts(out, &[(self.days, "d"), (self.hours, "h"), (self.minutes, "min"), (self.seconds, "s")])
    }
}

/// Like `1 d 12 h`, `4 h of working time`, `3 working days`, `until 09:00 Tue, Thu` or
/// `until 2 d before renewal`.
impl fmt::Display for Wait {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wait::Delay(delay) => delay.fmt(out),
            Wait::BusinessHours(BusinessHours { hours, minutes }) => {
                amounts(out, &[(*hours, "h"), (*minutes, "min")])?;
                out.write_str(" of working time")
            }
            Wait::BusinessDays(BusinessDays { days: 1 }) => out.write_str("1 working day"),
            Wait::BusinessDays(BusinessDays { days }) => write!(out, "{days} working days"),
            Wait::UntilLocalTime(until) => until.fmt(out),
            Wait::UntilAttribute(UntilAttribute { attribute, offset }) => match offset {
                Offset::Before(delay) | Offset::After(delay) if delay.total().is_zero() => {
                    write!(out, "until {attribute}")
                }
                Offset::Before(delay) => write!(out, "until {delay} before {attribute}"),
                Offset::After(delay) => write!(out, "until {delay} after {attribute}"),
            },
        }
    }
}

/// Like `until 09:00 Tue, Thu in Europe/Berlin`.
impl fmt::Display for UntilLocalTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("until")?;
        if let Some(time) = self.time {
            write!(out, " {}", time.format("%H:%M"))?;
        }
        if !self.days.is_empty() {
            let days: Vec<String> = self.days.iter().map(Weekday::to_string).collect();
            write!(out, " {}", days.join(", "))?;
        }
        match self.time_zone {
            Some(zone) => write!(out, " in {zone}"),
            None => Ok(()),
        }
    }
}

/// Writes the amounts that aren't 0, with their units.
fn amounts(out: &mut fmt::Formatter<'_>, parts: &[(i32, &str)]) -> fmt::Result {
    let parts = parts.iter().filter(|(amount, _)| *amount != 0);
    let parts: Vec<String> = parts.map(|(amount, unit)| format!("{amount} {unit}")).collect();
    out.write_str(&parts.join(" "))
}

#[cfg(test)]
#[path = "wait_tests.rs"]
mod tests;
