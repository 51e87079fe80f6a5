//! Local time: what clocks on a wall show, and the instants that it means.

use chrono::{
    DateTime, Datelike as _, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta,
    TimeZone as _, Utc, Weekday,
};
use chrono_tz::Tz;

use crate::domain::condition::suggest::nearest;
use crate::domain::reason::Reason;
use crate::domain::violation::Violation;

/// Returns the instant that a local time means. A local time that the clocks skip means the first
/// instant after the gap, one that they show twice means the first of the two.
pub fn instant(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(instant) | MappedLocalTime::Ambiguous(instant, _) => instant.to_utc(),
        MappedLocalTime::None => after_gap(zone, local),
    }
}

/// Returns the first instant after the gap that contains this local time.
fn after_gap(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    // A gap lasts a day at most, and clocks change at whole seconds: count seconds from `local`.
    let shown = |seconds: i64| local + TimeDelta::seconds(seconds);
    let is_skipped = |seconds| matches!(zone.from_local_datetime(&shown(seconds)), MappedLocalTime::None);
    let (mut inside, mut after) = (0, TimeDelta::hours(26).num_seconds());

    while after - inside > 1 {
        let middle = inside + (after - inside) / 2;
        if is_skipped(middle) { inside = middle } else { after = middle }
    }
    match zone.from_local_datetime(&shown(after)) {
        MappedLocalTime::Single(instant) | MappedLocalTime::Ambiguous(instant, _) => instant.to_utc(),
        // No zone skips more than a day.
        MappedLocalTime::None => local.and_utc(),
    }
}

/// Returns what the clocks of a zone show.
pub fn shown(zone: Tz, instant: DateTime<Utc>) -> NaiveDateTime {
    instant.with_timezone(&zone).naive_local()
}

/// Returns when the day that clocks in a zone show at `now` begins, and when the next one does.
pub fn day(zone: Tz, now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let begins = |days| midnight(shown(zone, now), days).map_or(now, |local| instant(zone, local));
    (begins(0), begins(1))
}

/// Returns the local midnight at which a date begins, `days` after that of `local`.
pub fn midnight(local: NaiveDateTime, days: u64) -> Option<NaiveDateTime> {
    Some(local.date().checked_add_days(Days::new(days))?.and_time(NaiveTime::MIN))
}

/// Reads an IANA time zone, like `Europe/Berlin`.
///
/// # Errors
/// There is no such zone. The violation suggests the nearest one.
pub fn zone(field: &str, text: &str) -> Result<Tz, Violation> {
    if text.is_empty() {
        let description = "must be given: an IANA time zone like Europe/Berlin";
        return Err(Violation::new(field, Reason::FieldRequired, description));
    }
    text.parse().map_err(|_| {
        let near = nearest(text, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
        let hint = near.map(|name| format!("; did you mean {name}?")).unwrap_or_default();
        // Cut, because the caller may have sent a whole text.
        let text: String = text.chars().take(64).collect();
        let description = format!("must be an IANA time zone like Europe/Berlin, is {text:?}{hint}");
        Violation::new(field, Reason::FieldInvalid, description)
    })
}

/// Reads a time of day, `HH:MM`.
///
/// # Errors
/// It has another form, or no clock shows it.
pub fn clock_time(field: &str, text: &str) -> Result<NaiveTime, Violation> {
    let form = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let read = form.then(|| NaiveTime::parse_from_str(text, "%H:%M").ok()).flatten();
    read.ok_or_else(|| {
        let reason = if text.is_empty() { Reason::FieldRequired } else { Reason::FieldInvalid };
        Violation::new(field, reason, "must be a time of day from 00:00 to 23:59, like 09:00")
    })
}

/// Returns the first instant, not before `since`, at which clocks in a zone show this time of day,
/// on one of these days of the week (none: on any). Without a time, any time of such a day will do.
pub fn next_shown(
    zone: Tz,
    since: DateTime<Utc>,
    time: Option<NaiveTime>,
    days: &[Weekday],
) -> DateTime<Utc> {
    let today = shown(zone, since).date();
    let wanted = |date: &NaiveDate| days.is_empty() || days.contains(&date.weekday());

    // A time that is skipped today may be shown only tomorrow, and one that was today comes again
    // in a week.
    for date in today.iter_days().take(9).filter(wanted) {
        let candidate = match time {
            Some(time) => instant(zone, date.and_time(time)),
            None => instant(zone, date.and_time(NaiveTime::MIN)).max(since),
        };
        if candidate >= since {
            return candidate;
        }
    }
    since
}
