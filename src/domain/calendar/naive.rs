//! The slow and obvious way to count working time, which the fast one is compared to.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::local::instant;
use super::schedule::Schedule;

/// A naive evaluator, which walks from minute to minute and only asks what the clocks show. When
/// the clocks are set back, what they have shown before counts: nobody goes home twice.
pub struct Walk<'a> {
    schedule: &'a Schedule,
    /// Where it is.
    pub now: DateTime<Utc>,
    latest: NaiveDateTime,
}

impl<'a> Walk<'a> {
    /// Begins to walk.
    pub fn from(schedule: &'a Schedule, from: DateTime<Utc>) -> Self {
        // A day before, so that it sees clocks that were set back.
        let before = from - TimeDelta::days(1);
        let latest = before.with_timezone(&schedule.time_zone).naive_local();
        let mut walk = Self { schedule, now: before, latest };
        while walk.now < from {
            walk.step();
        }
        walk
    }

    /// Goes on to the next minute.
    pub fn step(&mut self) {
        self.now += TimeDelta::minutes(1);
        self.latest = self.latest.max(self.now.with_timezone(&self.schedule.time_zone).naive_local());
    }

    /// True if people work in this minute.
    pub fn is_working(&self) -> bool {
        !is_off(self.schedule, self.latest) && began(self.schedule, self.latest).is_some()
    }
}

fn is_off(schedule: &Schedule, local: NaiveDateTime) -> bool {
    let holiday = schedule.holidays.iter().any(|holiday| holiday.date == local.date());
    let off = schedule.time_off.iter().any(|off| {
        let start = off.start_date.and_time(off.start_time);
        let is_before_end = match off.end_time {
            Some(end) => local < off.end_date.and_time(end),
            None => local.date() <= off.end_date,
        };
        start <= local && is_before_end
    });
    holiday || off
}

/// Returns the date on which the working hours began that contain a local time.
fn began(schedule: &Schedule, local: NaiveDateTime) -> Option<NaiveDate> {
    let within = |day: NaiveDate, start: NaiveTime, end: NaiveTime, since: NaiveTime| {
        let mut from = day.and_time(start);
        if start < since {
            from += TimeDelta::days(1);
        }
        let mut until = from.date().and_time(end);
        if end <= start {
            until += TimeDelta::days(1);
        }
        from <= local && local < until
    };

    [local.date(), local.date() - TimeDelta::days(1)].into_iter().find(|day| {
        schedule.working_hours.iter().any(|hours| {
            let begins = hours.days.contains(&day.weekday());
            let paused = hours.breaks.iter().any(|pause| within(*day, pause.start, pause.end, hours.start));
            begins && within(*day, hours.start, hours.end, hours.start) && !paused
        })
    })
}

/// True if hours begin on the date and leave some minute of it for work.
pub fn is_working_day(schedule: &Schedule, day: NaiveDate) -> bool {
    (0..24 * 60).any(|minute| {
        let local = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
        // A minute that the clocks skip is no time to work.
        let is_shown =
            instant(schedule.time_zone, local).with_timezone(&schedule.time_zone).naive_local() == local;
        is_shown && began(schedule, local) == Some(day) && !is_off(schedule, local)
    })
}
