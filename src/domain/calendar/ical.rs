//! Reads iCalendar files: the times without work that they tell.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike as _, Utc};
use chrono_tz::Tz;
use icalendar::parser::{Component, Property, read_calendar, unfold};

use super::local::{instant, shown};
use super::{Holiday, MOST_DAYS_OFF, Schedule, TimeOff};

/// The deepest nesting of components. The parser calls itself for each level; files have three.
const DEEPEST: usize = 8;
/// The most holidays that one event becomes. A calendar takes fewer.
const LONGEST: usize = 1_000;
/// How many years ahead an event that repeats is entered.
const YEARS: i32 = 10;

/// The times that a file tells, as far as they haven't passed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The times.
    pub times: Vec<TimeOff>,
    /// The number of events that have passed.
    pub past: usize,
    /// The events that can't be entered.
    pub skipped: Vec<SkippedEvent>,
}

/// An event that can't be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedEvent {
    /// What the file calls it.
    pub summary: String,
    /// Why.
    pub reason: String,
}

/// What became of the times of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    /// How many were entered.
    pub added: usize,
    /// How many were there already.
    pub existing: usize,
}

/// Reads a file. Its times become those that clocks in `zone` show. Events that ended before `from`
/// are passed over.
///
/// # Errors
/// Why it is no iCalendar file.
pub fn read(text: &str, zone: Tz, from: NaiveDate) -> Result<Told, String> {
    if text.contains('\0') {
        return Err("must not contain the character U+0000".to_owned());
    }
    let text = unfold(text.trim_start_matches('\u{feff}').trim()) + "\n";
    if !text.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Err("must be an iCalendar file, which begins with BEGIN:VCALENDAR".to_owned());
    }
    if depth(&text) > DEEPEST {
        return Err(format!("must be nested at most {DEEPEST} levels deep"));
    }
    // The parser quotes the file, so its message is cut.
    let wrong = |error: String| format!("can't be read: {}", error.chars().take(200).collect::<String>());
    let calendar = read_calendar(&text).map_err(wrong)?;

    let mut told = Told::default();
    for event in calendar.components.iter().filter(|component| component.name == "VEVENT") {
        match times_of(event, zone, from) {
            Ok(times) if times.is_empty() => told.past += 1,
            Ok(times) => told.times.extend(times),
            Err(reason) => told.skipped.push(SkippedEvent { summary: summary(event), reason }),
        }
    }
    told.times.sort_by_key(|time| (time.start_date, time.start_time));
    Ok(told)
}

impl Schedule {
    /// Enters times as time off. Those that are there already stay as they are.
    pub fn add_time_off(&mut self, times: Vec<TimeOff>) -> Entered {
        let span = |time: &TimeOff| (time.start_date, time.start_time, time.end_date, time.end_time);
        let mut known: BTreeSet<_> = self.time_off.iter().map(span).collect();
        let mut entered = Entered::default();
        for time in times {
            if known.insert(span(&time)) {
                entered.added += 1;
                self.time_off.push(time);
            } else {
                entered.existing += 1;
            }
        }
        entered
    }

    /// Enters the days of times as holidays. Those that are there already stay as they are. Times
    /// that aren't whole days are returned.
    pub fn add_holidays(&mut self, times: Vec<TimeOff>) -> (Entered, Vec<SkippedEvent>) {
        let mut known: BTreeSet<NaiveDate> = self.holidays.iter().map(|holiday| holiday.date).collect();
        let (mut entered, mut skipped) = (Entered::default(), Vec::new());
        for time in times {
            if time.start_time != NaiveTime::MIN || time.end_time.is_some() {
                let reason = "isn't a whole day, as holidays are: import it as time off".to_owned();
                skipped.push(SkippedEvent { summary: time.display_name, reason });
                continue;
            }
            for date in time.start_date.iter_days().take_while(|date| *date <= time.end_date).take(LONGEST) {
                // The caller refuses more than that.
                if self.holidays.len() > MOST_DAYS_OFF {
                    return (entered, skipped);
                }
                if known.insert(date) {
                    entered.added += 1;
                    self.holidays.push(Holiday { date, display_name: time.display_name.clone() });
                } else {
                    entered.existing += 1;
                }
            }
        }

        (entered, skipped)
    }
}

/// How deep components are nested.
fn depth(text: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for line in text.lines() {
        let begins =
            |word: &str| line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if begins("BEGIN:") {
            open += 1;
            deepest = deepest.max(open);
        } else if begins("END:") {
            open = open.saturating_sub(1);
        }
    }
    deepest
}

fn value<'a>(event: &'a Component<'_>, name: &str) -> Option<&'a str> {
    event.find_prop(name).map(|property| property.val.as_str())
}

fn summary(event: &Component<'_>) -> String {
    value(event, "SUMMARY").unwrap_or_default().trim().to_owned()
}

/// Returns when an event takes place, without what ended before `from`.
///
/// # Errors
/// Why it can't be entered.
fn times_of(event: &Component<'_>, zone: Tz, from: NaiveDate) -> Result<Vec<TimeOff>, String> {
    if value(event, "STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
        return Err("is canceled".to_owned());
    }
    let start = event.find_prop("DTSTART").ok_or("has no DTSTART")?;
    let (start, whole_days) = moment(start, zone)?;
    let end = match event.find_prop("DTEND") {
        Some(end) => moment(end, zone)?.0,
        None if value(event, "DURATION").is_some() => return Err("has a DURATION, not a DTEND".to_owned()),
        // By the standard, such a day lasts until the next one.
        None if whole_days => start + TimeDelta::days(1),
        None => return Err("has no DTEND".to_owned()),
    };
    if end <= start {
        return Err("ends before it starts".to_owned());
    }

    let length = end - start;
    if length > TimeDelta::days(LONGEST as i64) {
        return Err(format!("lasts longer than {LONGEST} days"));
    }

    let starts = match value(event, "RRULE") {
        None => vec![start],
        Some(rule) => yearly(rule, start, from)?,
    };
    let times = starts.into_iter().map(|start| time_off(summary(event), start, start + length));
    Ok(times.filter(|time| time.end_date >= from).collect())
}

fn time_off(display_name: String, start: NaiveDateTime, end: NaiveDateTime) -> TimeOff {
    // Until midnight is until the end of the day before.
    let midnight = end.time() == NaiveTime::MIN;
    let end_date = if midnight { end.date() - Days::new(1) } else { end.date() };
    TimeOff {
        start_date: start.date(),
        start_time: start.time(),
        end_date,
        end_time: (!midnight).then_some(end.time()),
        display_name,
    }
}

/// Returns what clocks in the zone show, to the minute, and whether the file names only a day.
fn moment(property: &Property<'_>, zone: Tz) -> Result<(NaiveDateTime, bool), String> {
    let text = property.val.as_str().trim();
    let unread = || format!("has the date {text:?}, which can't be read");
    // Years with a sign or more digits can be parsed, but no calendar can show them.
    if !text.get(..8).is_some_and(|day| day.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(unread());
    }
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y%m%d") {
        return Ok((date.and_time(NaiveTime::MIN), true));
    }

    let named = property.params.iter().find(|parameter| parameter.key == "TZID");
    let named = named.and_then(|parameter| parameter.val.as_ref()).map(|zone| zone.as_str());
    let local = NaiveDateTime::parse_from_str(text.trim_end_matches('Z'), "%Y%m%dT%H%M%S");
    let local = local.map_err(|_| unread())?;
    let local = match (text.ends_with('Z'), named) {
        (true, _) => shown(zone, local.and_utc()),
        // Without a zone, it is the same time of day everywhere.
        (false, None) => local,
        (false, Some(named)) => {
            let other: Tz = named.parse().map_err(|_| format!("is in the unknown time zone {named:?}"))?;
            shown(zone, instant(other, local))
        }
    };
    Ok((local.with_second(0).ok_or_else(unread)?, false))
}

/// Returns the starts of an event that comes every year, from the year of `from`.
///
/// # Errors
/// It repeats in another way.
fn yearly(rule: &str, start: NaiveDateTime, from: NaiveDate) -> Result<Vec<NaiveDateTime>, String> {
    let other = || format!("repeats by {rule}: only events that come every year on one day are read");
    let (mut count, mut until, mut is_yearly) = (None, None, false);
    for part in rule.split(';').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').ok_or_else(other)?;
        let same = |own: u32| value.parse::<u32>() == Ok(own);
        match name.to_ascii_uppercase().as_str() {
            "FREQ" if value.eq_ignore_ascii_case("YEARLY") => is_yearly = true,
            "INTERVAL" if same(1) => {}
            "BYMONTH" if same(start.month()) => {}
            "BYMONTHDAY" if same(start.day()) => {}
            "WKST" => {}
            "COUNT" => count = Some(value.parse::<i32>().map_err(|_| other())?),
            "UNTIL" => {
                let day = value.get(..8).and_then(|day| NaiveDate::parse_from_str(day, "%Y%m%d").ok());
                until = Some(day.ok_or_else(other)?);
            }
            _ => return Err(other()),
        }
    }
    if !is_yearly {
        return Err(other());
    }

    let last = count.map_or(i32::MAX, |count| start.year().saturating_add(count.saturating_sub(1)));
    // The year before, for what lasts over the end of the year.
    let first = (from.year() - 1).max(start.year());
    let years = first..=(from.year() + YEARS).min(last);
    // The 29th of February is there in some years only.
    let starts = years.filter_map(|year| start.with_year(year));
    Ok(starts.filter(|start| until.is_none_or(|until| start.date() <= until)).collect())
}

/// Returns the day that it is in a zone.
pub fn today(zone: Tz, now: chrono::DateTime<Utc>) -> NaiveDate {
    shown(zone, now).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_no_calendar_can_show_are_skipped() {
        for event in [
            "DTSTART;VALUE=DATE:+262142 12 31",
            "DTSTART;VALUE=DATE:20990101\r\nDTEND;VALUE=DATE:+200000 01 01",
            "DTSTART;VALUE=DATE:20990101\r\nDTEND;VALUE=DATE:99991231",
            "DTSTART;VALUE=DATE:2099 1 1",
        ] {
            let told = read(&file(&[event]), Tz::UTC, NaiveDate::MIN).expect("is a file");
            assert_eq!((told.times.len(), told.skipped.len()), (0, 1), "{event}");
        }
        let often = file(&["DTSTART;VALUE=DATE:20990101\r\nRRULE:FREQ=YEARLY;COUNT=-2147483648"]);
        let from = NaiveDate::from_ymd_opt(2099, 1, 1).expect("a date");
        assert!(read(&often, Tz::UTC, from).expect("is a file").times.is_empty());
    }

    fn file(events: &[&str]) -> String {
        let events = events.iter().map(|event| format!("BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n"));
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", events.collect::<String>())
    }

    fn told(events: &[&str]) -> Told {
        let from = NaiveDate::from_ymd_opt(2026, 11, 29).expect("a day");
        read(&file(events), Tz::Europe__Berlin, from).expect("a file")
    }

    fn spans(told: &Told) -> Vec<String> {
        let span = |time: &TimeOff| {
            let end = time.end_time.map(|end| end.format(" %H:%M").to_string()).unwrap_or_default();
            format!("{} {}..{}{end}", time.start_date, time.start_time.format("%H:%M"), time.end_date)
        };
        told.times.iter().map(span).collect()
    }

    #[test]
    fn days_and_times_become_local_and_long_lines_are_joined() {
        let found = told(&[
            "SUMMARY:Christmas\\, both\r\n  days\r\nDTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227",
            "SUMMARY:Doctor\r\nDTSTART:20270104T080000Z\r\nDTEND:20270104T093000Z",
            "SUMMARY:Call\r\nDTSTART;TZID=America/New_York:20270105T090000\r\nDTEND;TZID=America/New_York:20270105T180000",
            "SUMMARY:Day\r\nDTSTART;VALUE=DATE:20270106",
        ]);
        let expected = [
            "2026-12-25 00:00..2026-12-26",
            "2027-01-04 09:00..2027-01-04 10:30",
            "2027-01-05 15:00..2027-01-05",
            "2027-01-06 00:00..2027-01-06",
        ];
        assert_eq!(spans(&found), expected);
        assert_eq!(found.times[0].display_name, "Christmas, both days");
        assert_eq!((found.past, found.skipped.len()), (0, 0));
    }

    #[test]
    fn what_comes_every_year_is_entered_ten_years_ahead() {
        let found = told(&["SUMMARY:New Year\r\nDTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY;BYMONTH=1"]);
        assert_eq!(spans(&found).len(), 10);
        assert_eq!(spans(&found)[0], "2027-01-01 00:00..2027-01-01");
        let twice = told(&["DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;COUNT=3"]);
        assert_eq!(spans(&twice), ["2027-01-01 00:00..2027-01-01", "2028-01-01 00:00..2028-01-01"]);
        let until = told(&["DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;UNTIL=20271231T000000Z"]);
        assert_eq!(spans(&until), ["2027-01-01 00:00..2027-01-01"]);
    }

    #[test]
    fn what_cannot_be_entered_is_told_and_what_has_passed_is_counted() {
        let found = told(&[
            "SUMMARY:Weekly\r\nDTSTART;VALUE=DATE:20270101\r\nRRULE:FREQ=WEEKLY",
            "SUMMARY:Off\r\nDTSTART;VALUE=DATE:20270101\r\nSTATUS:CANCELLED",
            "SUMMARY:Nowhere\r\nDTSTART;TZID=Middle/Earth:20270101T080000\r\nDTEND:20270101T090000Z",
            "SUMMARY:Never",
            "SUMMARY:Old\r\nDTSTART;VALUE=DATE:20260101",
        ]);
        let skipped: Vec<&str> = found.skipped.iter().map(|one| one.summary.as_str()).collect();
        assert_eq!(skipped, ["Weekly", "Off", "Nowhere", "Never"]);
        assert_eq!((found.times.len(), found.past), (0, 1));
    }

    #[test]
    fn other_files_and_deep_nesting_are_refused() {
        let from = NaiveDate::MIN;
        for text in ["", "name,date\n", "BEGIN:VCALENDAR\n", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR"] {
            assert!(read(text, Tz::UTC, from).is_err(), "{text}");
        }
        let deep = format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\n".repeat(100_000));
        assert!(read(&deep, Tz::UTC, from).expect_err("too deep").contains("levels"));
    }

    #[test]
    fn what_is_there_already_stays_and_is_counted() {
        let mut schedule = Schedule::default();
        let times = || told(&["SUMMARY:A\r\nDTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20270103"]).times;
        let entered = schedule.add_holidays(times()).0;
        assert_eq!((entered, schedule.holidays.len()), (Entered { added: 2, existing: 0 }, 2));
        assert_eq!(schedule.add_holidays(times()).0, Entered { added: 0, existing: 2 });
        assert_eq!(schedule.add_time_off(times()), Entered { added: 1, existing: 0 });
        assert_eq!(schedule.add_time_off(times()), Entered { added: 0, existing: 1 });
    }
}
