//! A schedule compiled for arithmetic: when work goes on, and how much of it lies between instants.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::local::{instant, midnight, shown};
use super::schedule::{Schedule, Span, TimeOff};

/// How far arithmetic looks ahead, in days: ten years. Whatever lies behind counts as working time,
/// so that no wait is without an end.
const HORIZON: u16 = 3_653;

/// When work goes on. Work lasts from an instant until just before another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingTime {
    zone: Tz,
    /// The work of a week by the day on which it begins, Monday first, each day's in order.
    week: [Vec<Span>; 7],
    /// When nobody works, in order, without overlaps.
    off: Vec<Stretch>,
}

/// From an instant until just before another one.
type Stretch = (DateTime<Utc>, DateTime<Utc>);

impl WorkingTime {
    /// Returns the working time of those who have no calendar: all the time, in UTC.
    pub fn always() -> Self {
        let day = || vec![(0, 24 * 60)];
        Self { zone: Tz::UTC, week: std::array::from_fn(|_| day()), off: Vec::new() }
    }

    /// Compiles a schedule, which must be checked.
    pub fn of(schedule: &Schedule) -> Self {
        let zone = schedule.time_zone;
        let mut week: [Vec<Span>; 7] = Default::default();
        for hours in &schedule.working_hours {
            for day in &hours.days {
                week[day.num_days_from_monday() as usize].extend(hours.work());
            }
        }
        week.iter_mut().for_each(|day| day.sort_unstable());

        let holidays = schedule.holidays.iter().map(|holiday| (holiday.date, holiday.date, None, None));
        let off = schedule.time_off.iter().map(|off| {
            let TimeOff { start_date, start_time, end_date, end_time, .. } = *off;
            (start_date, end_date, Some(start_time), end_time)
        });
        let off = holidays.chain(off).filter_map(|(first, last, from, until)| {
            let start = first.and_time(from.unwrap_or(NaiveTime::MIN));
            let end = match until {
                Some(until) => last.and_time(until),
                None => midnight(last.and_time(NaiveTime::MIN), 1)?,
            };
            Some((instant(zone, start), instant(zone, end)))
        });
        Self { zone, week, off: merged(off.collect()) }
    }

    /// Returns the zone whose clocks it follows.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Returns the first working instant that isn't before `from`.
    pub fn next(&self, from: DateTime<Utc>) -> DateTime<Utc> {
        self.stretches(from).next().map_or_else(|| horizon(from), |(start, _)| start)
    }

    /// Returns when `amount` of working time will have passed since `from`.
    pub fn add(&self, from: DateTime<Utc>, amount: TimeDelta) -> DateTime<Utc> {
        let mut left = amount;
        for (start, end) in self.stretches(from) {
            if end - start >= left {
                return start + left;
            }
            left -= end - start;
        }
        horizon(from)
    }

    /// Returns how much working time lies between two instants.
    pub fn between(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> TimeDelta {
        let within = self.stretches(from).take_while(|(start, _)| *start < until);
        within.map(|(start, end)| end.min(until) - start).sum()
    }

    /// Returns the same local time on the n-th working day after the day of `from`. A working day
    /// is a date on which hours begin that aren't wholly off on that date.
    pub fn nth_day(&self, from: DateTime<Utc>, n: i32) -> DateTime<Utc> {
        let local = shown(self.zone, from);
        let later = local.date().iter_days().skip(1).take(usize::from(HORIZON));
        let mut working = later.filter(|date| self.is_working_day(*date));
        let nth = usize::try_from(n.saturating_sub(1)).unwrap_or(0);
        let day = working.nth(nth);
        day.map_or_else(|| horizon(from), |date| instant(self.zone, date.and_time(local.time())))
    }

    /// Returns on how many working days the local time of `until` is shown after `from`, up to
    /// `until` itself: the days that a wait in working days which ends then still has before it. If
    /// the clocks skip the time at which it would end, the time at which it does end counts.
    pub fn days_between(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> i32 {
        let (first, last) = (shown(self.zone, from), shown(self.zone, until));
        let days = first.date().iter_days().take_while(|date| *date <= last.date());
        let left = days.take(usize::from(HORIZON)).filter(|date| {
            self.is_working_day(*date) && from < instant(self.zone, date.and_time(last.time()))
        });
        i32::try_from(left.count()).unwrap_or(i32::MAX)
    }

    fn is_working_day(&self, date: NaiveDate) -> bool {
        let midnight = date.and_time(NaiveTime::MIN);
        let mut today = self.spans(date).iter().map(|(from, until)| (*from, *until.min(&(24 * 60))));
        today.any(|span| !self.without_off(self.stretch(midnight, span)).is_empty())
    }

    /// Returns the work from `from` on, in order.
    fn stretches(&self, from: DateTime<Utc>) -> impl Iterator<Item = Stretch> {
        // Work that began a day before can last until now.
        let today = shown(self.zone, from).date();
        let first = today.pred_opt().and_then(|date| date.pred_opt()).unwrap_or(today);
        let days = first.iter_days().take(usize::from(HORIZON));
        days.flat_map(|date| self.work_of(date)).filter_map(move |(start, end)| {
            let start = start.max(from);
            (start < end).then_some((start, end))
        })
    }

    /// Returns the work that begins on a date, in order.
    fn work_of(&self, date: NaiveDate) -> Vec<Stretch> {
        let midnight = date.and_time(NaiveTime::MIN);
        let spans = self.spans(date).iter();
        spans.flat_map(|span| self.without_off(self.stretch(midnight, *span))).collect()
    }

    fn spans(&self, date: NaiveDate) -> &[Span] {
        &self.week[date.weekday().num_days_from_monday() as usize]
    }

    fn stretch(&self, midnight: NaiveDateTime, (from, until): Span) -> Stretch {
        let at = |minutes: i32| instant(self.zone, midnight + TimeDelta::minutes(i64::from(minutes)));
        (at(from), at(until))
    }

    /// Returns what is left of a stretch without the time off.
    fn without_off(&self, (mut start, end): Stretch) -> Vec<Stretch> {
        let mut left = Vec::new();
        let first = self.off.partition_point(|(_, until)| *until <= start);

        for (from, until) in &self.off[first..] {
            if *from >= end {
                break;
            }
            if start < *from {
                left.push((start, *from));
            }
            start = *until;
        }

        if start < end {
            left.push((start, end));
        }
        left
    }
}

/// Returns the same time without overlaps, in order.
fn merged(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut merged: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for (start, end) in stretches {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}

fn horizon(from: DateTime<Utc>) -> DateTime<Utc> {
    from.checked_add_signed(TimeDelta::days(i64::from(HORIZON))).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
