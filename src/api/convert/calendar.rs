//! Calendars on the wire.

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::timestamp;
use crate::api::pb::calendar::DayOfWeek;
use crate::api::pb::import_calendar_events_response::SkippedEvent;
use crate::api::{etag, pb};
use crate::domain::attribute::AttributeType;
use crate::domain::calendar::{Break, Calendar, Holiday, TimeOff, WorkingHours, clock_time};
use crate::domain::condition::Subject;
use crate::domain::id::ChosenId;
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::version::Version;
use crate::domain::violation::{Violation, Violations};
use crate::engine::ImportedEvents;

/// Converts a calendar.
pub fn calendar(calendar: &Calendar) -> pb::Calendar {
    let schedule = &calendar.content.schedule;
    pb::Calendar {
        name: names::CALENDAR.name([&calendar.calendar_id]),
        display_name: calendar.content.display_name.clone(),
        time_zone: schedule.time_zone.name().to_owned(),
        working_hours: schedule.working_hours.iter().map(shown_hours).collect(),
        holidays: schedule.holidays.iter().map(shown_holiday).collect(),
        time_off: schedule.time_off.iter().map(shown_time_off).collect(),
        etag: etag::of(Version::of(calendar.id.0, calendar.version)),
        create_time: Some(timestamp(calendar.create_time)),
        update_time: Some(timestamp(calendar.update_time)),
    }
}

fn shown_hours(hours: &WorkingHours) -> pb::WorkingHours {
    let shown =
        |pause: &Break| pb::Break { start_time: shown_time(pause.start), end_time: shown_time(pause.end) };
    pb::WorkingHours {
        days: hours.days.iter().map(|one| day_of_week(*one).into()).collect(),
        start_time: shown_time(hours.start),
        end_time: shown_time(hours.end),
        breaks: hours.breaks.iter().map(shown).collect(),
    }
}

fn shown_holiday(holiday: &Holiday) -> pb::Holiday {
    pb::Holiday { date: holiday.date.to_string(), display_name: holiday.display_name.clone() }
}

fn shown_time_off(off: &TimeOff) -> pb::TimeOff {
    pb::TimeOff {
        start_date: off.start_date.to_string(),
        start_time: shown_time(off.start_time),
        end_date: off.end_date.to_string(),
        end_time: off.end_time.map(shown_time).unwrap_or_default(),
        display_name: off.display_name.clone(),
    }
}

/// Writes a time of day.
pub fn shown_time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// Reads the hours of a week. Paths begin at the calendar.
///
/// # Errors
/// Everything that can't be read.
pub fn working_hours(given: &[pb::WorkingHours]) -> Result<Vec<WorkingHours>, Violations> {
    let mut found = Violations::new();
    let mut read = Vec::with_capacity(given.len());
    for (index, hours) in given.iter().enumerate() {
        read.extend(found.keep(&format!("working_hours[{index}]"), some_hours(hours)));
    }
    found.into_result(read)
}

fn some_hours(given: &pb::WorkingHours) -> Result<WorkingHours, Violations> {
    let mut found = Violations::new();
    let start = found.keep("", clock_time("start_time", &given.start_time));
    let end = found.keep("", clock_time("end_time", &given.end_time));
    let mut breaks = Vec::with_capacity(given.breaks.len());
    for (index, pause) in given.breaks.iter().enumerate() {
        breaks.extend(found.keep(&format!("breaks[{index}]"), some_break(pause)));
    }
    let (start, end) = found.settle((start, end))?;
    // The options in the proto report days that don't exist.
    let days = given.days.iter().filter_map(|day| weekday(*day)).collect();
    Ok(WorkingHours { days, start, end, breaks })
}

fn some_break(given: &pb::Break) -> Result<Break, Violations> {
    let mut found = Violations::new();
    let start = found.keep("", clock_time("start_time", &given.start_time));
    let end = found.keep("", clock_time("end_time", &given.end_time));
    let (start, end) = found.settle((start, end))?;
    Ok(Break { start, end })
}

/// Reads holidays. Paths begin at the calendar.
///
/// # Errors
/// Everything that can't be read.
pub fn holidays(given: Vec<pb::Holiday>) -> Result<Vec<Holiday>, Violations> {
    let mut found = Violations::new();
    let mut read = Vec::with_capacity(given.len());
    for (index, holiday) in given.into_iter().enumerate() {
        let date = found.keep("", date(&format!("holidays[{index}].date"), &holiday.date));
        read.extend(date.map(|date| Holiday { date, display_name: holiday.display_name }));
    }
    found.into_result(read)
}

/// Reads times without work. Paths begin at the calendar.
///
/// # Errors
/// Everything that can't be read.
pub fn time_off(given: Vec<pb::TimeOff>) -> Result<Vec<TimeOff>, Violations> {
    let mut found = Violations::new();
    let mut read = Vec::with_capacity(given.len());
    for (index, off) in given.into_iter().enumerate() {
        read.extend(found.keep(&format!("time_off[{index}]"), some_time_off(off)));
    }
    found.into_result(read)
}

fn some_time_off(given: pb::TimeOff) -> Result<TimeOff, Violations> {
    let mut found = Violations::new();
    let start_date = found.keep("", date("start_date", &given.start_date));
    let end_date = match given.end_date.as_str() {
        "" => start_date,
        text => found.keep("", date("end_date", text)),
    };
    let start_time = match given.start_time.as_str() {
        "" => Some(NaiveTime::MIN),
        text => found.keep("", clock_time("start_time", text)),
    };
    let end_time = match given.end_time.as_str() {
        "" => Some(None),
        text => found.keep("", clock_time("end_time", text)).map(Some),
    };

    let ((start_date, end_date), (start_time, end_time)) =
        found.settle((start_date.zip(end_date), start_time.zip(end_time)))?;
    Ok(TimeOff { start_date, start_time, end_date, end_time, display_name: given.display_name })
}

fn date(field: &str, text: &str) -> Result<NaiveDate, Violation> {
    let form = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    // The year 0 isn't one of ours, and its first midnight may lie before all that can be stored.
    let read = form.then(|| text.parse().ok()).flatten().filter(|_| !text.starts_with("0000"));
    read.ok_or_else(|| {
        let reason = if text.is_empty() { Reason::FieldRequired } else { Reason::FieldInvalid };
        Violation::new(field, reason, "must be a date of the years 0001 to 9999, like 2026-12-24")
    })
}

/// Reads a day of the week. `None` if there is no such day.
pub fn weekday(number: i32) -> Option<Weekday> {
    // Monday is 1 there and 0 here.
    Weekday::try_from(u8::try_from(number.checked_sub(1)?).ok()?).ok()
}

/// Writes a day of the week.
pub fn day_of_week(day: Weekday) -> DayOfWeek {
    match day {
        Weekday::Mon => DayOfWeek::Monday,
        Weekday::Tue => DayOfWeek::Tuesday,
        Weekday::Wed => DayOfWeek::Wednesday,
        Weekday::Thu => DayOfWeek::Thursday,
        Weekday::Fri => DayOfWeek::Friday,
        Weekday::Sat => DayOfWeek::Saturday,
        Weekday::Sun => DayOfWeek::Sunday,
    }
}

/// Reads the name of a calendar. `None` if it is empty.
pub fn calendar_id(field: &str, name: &str) -> Result<Option<ChosenId>, Violation> {
    match name {
        "" => Ok(None),
        name => names::CALENDAR.parse(field, name).map(|[id]| Some(ChosenId::known(id))),
    }
}

/// Writes the name of a calendar; empty without one.
pub fn calendar_name(id: Option<&ChosenId>) -> String {
    id.map(|id| names::CALENDAR.name([id])).unwrap_or_default()
}

/// Converts what became of the events of a file.
pub fn imported(imported: ImportedEvents, calendar: pb::Calendar) -> pb::ImportCalendarEventsResponse {
    let count = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    let skipped = |(display_name, reason)| SkippedEvent { display_name, reason };
    pb::ImportCalendarEventsResponse {
        calendar: Some(calendar),
        added_count: count(imported.added),
        existing_count: count(imported.existing),
        past_count: count(imported.past),
        skipped_count: count(imported.skipped),
        skipped_events: imported.told.into_iter().map(skipped).collect(),
    }
}

/// The fields that list filters can use.
pub fn subject() -> Subject {
    let fields = [
        ("id", AttributeType::String),
        ("display_name", AttributeType::String),
        ("time_zone", AttributeType::String),
        ("create_time", AttributeType::Timestamp),
        ("update_time", AttributeType::Timestamp),
    ];
    Subject::new("calendar", fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_the_same_names_in_both_worlds() {
        for number in 1..=7 {
            let day = weekday(number).expect("a day");
            assert_eq!(i32::from(day_of_week(day)), number);
        }
        assert_eq!([0, 8, -1, i32::MIN].map(weekday), [None; 4]);
    }

    #[test]
    fn everything_that_cannot_be_read_is_found_with_its_path() {
        let hours = |start: &str, end: &str| pb::WorkingHours {
            days: vec![1],
            start_time: start.to_owned(),
            end_time: end.to_owned(),
            breaks: vec![pb::Break { start_time: "12".to_owned(), end_time: "13:00".to_owned() }],
        };
        let wrong = working_hours(&[hours("9:00", "24:00"), hours("", "17:00")]).expect_err("wrong times");
        let fields: Vec<&str> = wrong.iter().map(|one| one.field.as_str()).collect();
        let expected = [
            "working_hours[0].start_time",
            "working_hours[0].end_time",
            "working_hours[0].breaks[0].start_time",
            "working_hours[1].start_time",
            "working_hours[1].breaks[0].start_time",
        ];
        assert_eq!(fields, expected);

        let holiday = |date: &str| pb::Holiday { date: date.to_owned(), ..Default::default() };
        let wrong = holidays(vec![holiday("2026-02-29"), holiday("2028-02-29"), holiday("1.1.2026")]);
        let wrong = wrong.expect_err("wrong dates");
        let fields: Vec<&str> = wrong.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["holidays[0].date", "holidays[2].date"]);
    }
}
