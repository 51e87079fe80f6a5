//! The schedule of a calendar, as people enter it.

use chrono::{NaiveDate, NaiveTime, Timelike as _, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::domain::reason::Reason;
use crate::domain::settings::Limits;
use crate::domain::violation::{Violation, Violations};

/// Minutes of a day and of a week, by the clocks on a wall.
const DAY: i32 = 24 * 60;
const WEEK: i32 = 7 * DAY;

/// Weekly hours, less holidays and time off. All times are those that clocks in its zone show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The zone.
    pub time_zone: Tz,
    /// The hours of a week. At least one.
    pub working_hours: Vec<WorkingHours>,
    /// Days without work.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
    /// Times without work.
    #[serde(default)]
    pub time_off: Vec<TimeOff>,
}

/// Hours on some days of each week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingHours {
    /// The days on which they begin.
    pub days: Vec<Weekday>,
    /// When they begin.
    pub start: NaiveTime,
    /// When they end. Not after `start`: on the next day.
    pub end: NaiveTime,
    /// The pauses between.
    #[serde(default)]
    pub breaks: Vec<Break>,
}

/// A pause within working hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Break {
    /// When it begins.
    pub start: NaiveTime,
    /// When work goes on.
    pub end: NaiveTime,
}

/// A day without work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// The day, from midnight to midnight.
    pub date: NaiveDate,
    /// Its name for people. Can be empty.
    #[serde(default)]
    pub display_name: String,
}

/// A time without work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeOff {
    /// The first day.
    pub start_date: NaiveDate,
    /// When it begins on the first day.
    pub start_time: NaiveTime,
    /// The last day.
    pub end_date: NaiveDate,
    /// When work goes on on the last day. `None`: it lasts until midnight.
    pub end_time: Option<NaiveTime>,
    /// What it is, for people. Can be empty.
    #[serde(default)]
    pub display_name: String,
}

/// From and until when, in minutes from the midnight at which a day or week begins.
pub(super) type Span = (i32, i32);

impl Schedule {
    /// Returns everything that is wrong. Paths are relative to the calendar: `working_hours[0]`.
    pub fn check(&self, limits: &Limits) -> Violations {
        let mut found = Violations::new();
        if self.working_hours.is_empty() {
            let description = "must have at least one: a wait in working time would never end";
            found.push("working_hours", Reason::FieldRequired, description);
        }
        for (index, hours) in self.working_hours.iter().enumerate() {
            found.extend_under(&format!("working_hours[{index}]"), hours.check());
        }
        found.extend(self.check_overlaps());

        for (index, holiday) in self.holidays.iter().enumerate() {
            let field = format!("holidays[{index}].display_name");
            found.extend(limits.check_optional_display_name(&field, &holiday.display_name));
        }
        for (index, off) in self.time_off.iter().enumerate() {
            found.extend_under(&format!("time_off[{index}]"), off.check(limits));
        }
        found
    }

    /// Finds hours that overlap others, over the end of the week, too.
    fn check_overlaps(&self) -> Violations {
        let mut week: Vec<(Span, usize)> = Vec::new();
        for (index, hours) in self.working_hours.iter().enumerate() {
            let (start, end) = hours.span();
            let monday = |day: &Weekday| DAY * i32::try_from(day.num_days_from_monday()).unwrap_or(0);
            week.extend(hours.days.iter().map(|day| ((monday(day) + start, monday(day) + end), index)));
        }
        week.sort_unstable();

        let mut found = Violations::new();
        // The first hours of the next week follow the last ones of this week.
        let next_week = week.first().map(|((start, end), index)| ((start + WEEK, end + WEEK), *index));
        let following = week.iter().copied().skip(1).chain(next_week);
        for ((one, index), (other, with)) in week.iter().copied().zip(following) {
            // Hours alone in the week last a day at most, so they never reach themselves.
            if other.0 < one.1 && week.len() > 1 {
                let field = format!("working_hours[{}]", index.max(with));
                let description = format!("must not overlap working_hours[{}]", index.min(with));
                found.push_once(Violation::new(field, Reason::FieldInvalid, description));
            }
        }
        found
    }
}

impl WorkingHours {
    /// Returns from and until when they last, breaks included.
    pub(super) fn span(&self) -> Span {
        let (start, end) = (minute(self.start), minute(self.end));
        (start, if end > start { end } else { end + DAY })
    }

    /// Returns the work between the breaks, in order. The breaks must be checked.
    pub(super) fn work(&self) -> Vec<Span> {
        let (mut from, end) = self.span();
        let mut breaks = self.break_spans();
        breaks.sort_unstable();

        let mut work = Vec::with_capacity(breaks.len() + 1);
        for pause in breaks {
            work.push((from, pause.0));
            from = pause.1;
        }
        work.push((from, end));
        work.retain(|(from, until)| from < until);
        work
    }

    /// Returns the breaks, in minutes from the midnight before the hours begin.
    fn break_spans(&self) -> Vec<Span> {
        let begin = minute(self.start);
        // Of hours that last over midnight, a break can be on the next day.
        let after = |from: i32, time: NaiveTime| {
            let minute = minute(time);
            if minute < from { minute + DAY } else { minute }
        };
        let span = |pause: &Break| {
            let start = after(begin, pause.start);
            (start, after(start, pause.end))
        };
        self.breaks.iter().map(span).collect()
    }

    fn check(&self) -> Violations {
        let mut found = Violations::new();
        if self.days.is_empty() {
            found.push("days", Reason::FieldRequired, "must have at least one day");
        }

        let (start, end) = self.span();
        let breaks = self.break_spans();
        for (index, (from, until)) in breaks.iter().enumerate() {
            let field = format!("breaks[{index}]");
            let overlaps = |other: &Span| other.0 < *until && *from < other.1;
            if from >= until {
                found.push(field, Reason::FieldInvalid, "must end after it starts");
            } else if *from < start || *until > end {
                found.push(field, Reason::FieldInvalid, "must be within the working hours");
            } else if let Some(other) = breaks[..index].iter().position(overlaps) {
                let description = format!("must not overlap breaks[{other}]");
                found.push(field, Reason::FieldInvalid, description);
            }
        }

        if found.is_empty() && self.work().is_empty() {
            found.push("breaks", Reason::FieldInvalid, "must leave some working time");
        }
        found
    }
}

impl TimeOff {
    fn check(&self, limits: &Limits) -> Violations {
        let mut found = limits.check_optional_display_name("display_name", &self.display_name);
        if self.end_date < self.start_date {
            found.push("end_date", Reason::FieldInvalid, "must not be before start_date");
        } else if self.end_date == self.start_date && self.end_time.is_some_and(|end| end <= self.start_time)
        {
            let description = "must be after start_time, because it ends on the day on which it starts";
            found.push("end_time", Reason::FieldInvalid, description);
        }
        found
    }
}

/// Returns the minutes since midnight.
fn minute(time: NaiveTime) -> i32 {
    i32::try_from(time.num_seconds_from_midnight() / 60).unwrap_or(0)
}
