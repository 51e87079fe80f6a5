//! Calendars: when people work. A [`Schedule`] is what people enter, [`WorkingTime`] is what it is
//! compiled to. All arithmetic with working time is there, and nowhere else.

pub mod ical;
mod local;
mod schedule;
mod working_time;

#[cfg(test)]
mod naive;
#[cfg(test)]
mod proofs;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use super::id::{CalendarId, ChosenId, OrganizationId};
use super::settings::Limits;
use super::violation::Violations;

pub use local::{clock_time, day, instant, midnight, next_shown, shown, zone};
pub use schedule::{Break, Holiday, Schedule, TimeOff, WorkingHours};
pub use working_time::WorkingTime;

/// The most holidays, and the most periods of time off, that a calendar has.
pub const MOST_DAYS_OFF: usize = 500;

/// When the people who have it work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The key.
    pub id: CalendarId,
    /// The id that the caller chose.
    pub calendar_id: ChosenId,
    /// The part that callers can change.
    pub content: Content,
    /// Increases with every change.
    pub version: i64,
    /// When the calendar was created.
    pub create_time: DateTime<Utc>,
    /// When the calendar was last changed.
    pub update_time: DateTime<Utc>,
}

/// The part of a calendar that callers can change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// The name shown to people.
    pub display_name: String,
    /// The hours, holidays and time off.
    pub schedule: Schedule,
}

impl Content {
    /// Returns everything that is wrong. Paths are relative to the calendar: `working_hours[0]`.
    pub fn check(&self, limits: &Limits) -> Violations {
        let mut found = limits.check_display_name("display_name", &self.display_name);
        found.extend(self.schedule.check(limits));
        found
    }
}
