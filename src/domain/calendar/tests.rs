use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use super::local::{day, instant, next_shown, zone};
use super::schedule::{Break, Holiday, Schedule, TimeOff, WorkingHours};
use super::working_time::WorkingTime;
use crate::domain::reason::Reason;
use crate::domain::settings::Limits;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|_| panic!("{text} is an instant"))
}

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").expect("a time of day")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

const WORKWEEK: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

fn hours(days: &[Weekday], start: &str, end: &str, breaks: &[(&str, &str)]) -> WorkingHours {
    let pause = |(start, end): &(&str, &str)| Break { start: time(start), end: time(end) };
    let breaks = breaks.iter().map(pause).collect();
    WorkingHours { days: days.to_vec(), start: time(start), end: time(end), breaks }
}

fn schedule(zone: Tz, working_hours: Vec<WorkingHours>) -> Schedule {
    Schedule { time_zone: zone, working_hours, ..Schedule::default() }
}

fn office(zone: Tz) -> Schedule {
    schedule(zone, vec![hours(&WORKWEEK, "09:00", "17:00", &[])])
}

fn days_off(start: &str, end: &str) -> TimeOff {
    TimeOff {
        start_date: date(start),
        start_time: NaiveTime::MIN,
        end_date: date(end),
        end_time: None,
        display_name: String::new(),
    }
}

#[test]
fn working_hours_are_counted_over_a_change_of_the_clocks() {
    let from = at("2026-03-27T14:30:00Z");
    let berlin = WorkingTime::of(&office(Tz::Europe__Berlin));
    assert_eq!(berlin.add(from, TimeDelta::hours(4)), at("2026-03-30T09:30:00Z"));

    let lunch = vec![hours(&WORKWEEK, "09:00", "17:00", &[("12:00", "13:00")])];
    let lunch = WorkingTime::of(&schedule(Tz::Europe__Berlin, lunch));
    assert_eq!(lunch.add(from, TimeDelta::hours(6)), at("2026-03-30T12:30:00Z"));

    // The night has nine hours.
    let night = vec![hours(&[Weekday::Sat], "22:00", "06:00", &[])];
    let night = WorkingTime::of(&schedule(Tz::Europe__Berlin, night));
    let from = at("2026-10-24T20:00:00Z");
    assert_eq!(night.add(from, TimeDelta::minutes(510)), at("2026-10-25T04:30:00Z"));
    assert_eq!(night.between(from, at("2026-10-25T12:00:00Z")), TimeDelta::hours(9));
}

#[test]
fn a_local_time_that_is_skipped_means_the_end_of_the_gap_and_a_doubled_one_its_first() {
    let cases = [
        (Tz::Europe__Berlin, "2026-03-29T02:30:00", "2026-03-29T01:00:00Z"),
        (Tz::America__New_York, "2026-03-08T02:30:00", "2026-03-08T07:00:00Z"),
        (Tz::Australia__Sydney, "2026-10-04T02:30:00", "2026-10-03T16:00:00Z"),
        (Tz::Africa__Cairo, "2026-04-24T00:00:00", "2026-04-23T22:00:00Z"),
        (Tz::Pacific__Apia, "2011-12-30T12:00:00", "2011-12-30T10:00:00Z"),
        (Tz::Europe__Berlin, "2026-10-25T02:30:00", "2026-10-25T00:30:00Z"),
        (Tz::America__New_York, "2026-11-01T01:30:00", "2026-11-01T05:30:00Z"),
        (Tz::America__New_York, "2026-03-08T13:00:00", "2026-03-08T17:00:00Z"),
        (Tz::Asia__Kathmandu, "2026-06-01T09:00:00", "2026-06-01T03:15:00Z"),
    ];

    for (zone, local, expected) in cases {
        let local: NaiveDateTime = local.parse().expect("a local time");
        assert_eq!(instant(zone, local), at(expected), "{zone} {local}");
    }
}

#[test]
fn working_days_end_at_the_same_local_time() {
    let berlin = |change: fn(&mut Schedule)| {
        let mut schedule = office(Tz::Europe__Berlin);
        change(&mut schedule);
        WorkingTime::of(&schedule)
    };
    let from = at("2026-07-01T08:15:00Z");
    assert_eq!(berlin(|_| ()).nth_day(from, 3), at("2026-07-06T08:15:00Z"));
    let holiday = berlin(|schedule| {
        schedule.holidays.push(Holiday { date: date("2026-07-06"), display_name: String::new() });
    });
    assert_eq!(holiday.nth_day(from, 3), at("2026-07-07T08:15:00Z"));

    let early = berlin(|_| ()).nth_day(at("2026-03-28T01:30:00Z"), 1);
    assert_eq!(early, at("2026-03-30T00:30:00Z"));
    assert_eq!(berlin(|_| ()).next(early), at("2026-03-30T07:00:00Z"));

    let away = berlin(|schedule| schedule.time_off.push(days_off("2026-06-03", "2026-06-05")));
    assert_eq!(away.nth_day(at("2026-06-02T12:00:00Z"), 2), at("2026-06-09T12:00:00Z"));
}

#[test]
fn the_days_that_a_wait_in_working_days_has_before_it_are_counted() {
    let berlin = WorkingTime::of(&office(Tz::Europe__Berlin));
    // From Wednesday to Monday, 10:15.
    let until = at("2026-07-06T08:15:00Z");
    let cases = [
        ("2026-07-01T08:15:00Z", 3),
        ("2026-07-01T20:00:00Z", 3),
        ("2026-07-02T08:14:59Z", 3),
        ("2026-07-02T08:15:00Z", 2),
        ("2026-07-05T12:00:00Z", 1),
        ("2026-07-06T08:15:00Z", 0),
        ("2026-07-07T08:15:00Z", 0),
    ];

    for (now, left) in cases {
        assert_eq!(berlin.days_between(at(now), until), left, "{now}");
    }
}

#[test]
fn a_night_belongs_to_the_day_on_which_it_begins() {
    let nights =
        WorkingTime::of(&schedule(Tz::UTC, vec![hours(&WORKWEEK, "22:00", "06:00", &[("02:00", "03:00")])]));
    // From Friday evening, the next working day is Monday, although work lasts until Saturday.
    assert_eq!(nights.nth_day(at("2026-07-03T23:00:00Z"), 1), at("2026-07-06T23:00:00Z"));
    assert_eq!(nights.next(at("2026-07-04T02:30:00Z")), at("2026-07-04T03:00:00Z"));
    assert_eq!(nights.next(at("2026-07-04T06:00:00Z")), at("2026-07-06T22:00:00Z"));
}

#[test]
fn without_a_calendar_all_time_is_working_time() {
    let (always, from) = (WorkingTime::always(), at("2026-07-04T12:34:56.789Z"));
    assert_eq!(always.next(from), from);
    assert_eq!(always.add(from, TimeDelta::hours(30)), from + TimeDelta::hours(30));
    assert_eq!(always.nth_day(from, 2), from + TimeDelta::days(2));
    assert_eq!(always.between(from, from + TimeDelta::days(9)), TimeDelta::days(9));
}

#[test]
fn working_time_beyond_ten_years_is_not_looked_for() {
    let mut schedule = office(Tz::UTC);
    schedule.time_off.push(days_off("2000-01-01", "9999-12-31"));
    let (never, from) = (WorkingTime::of(&schedule), at("2026-07-04T12:00:00Z"));
    for found in [never.next(from), never.add(from, TimeDelta::hours(1)), never.nth_day(from, 1)] {
        assert_eq!(found, from + TimeDelta::days(3_653));
    }
    assert_eq!(never.between(from, from + TimeDelta::days(9)), TimeDelta::zero());
}

#[test]
fn the_next_time_of_day_or_day_of_the_week_is_found() {
    let berlin = |since: &str, time_of_day: Option<&str>, days: &[Weekday]| {
        next_shown(Tz::Europe__Berlin, at(since), time_of_day.map(time), days)
    };
    assert_eq!(berlin("2026-07-01T07:00:00Z", Some("09:00"), &[]), at("2026-07-01T07:00:00Z"));
    assert_eq!(berlin("2026-07-01T07:00:00.000001Z", Some("09:00"), &[]), at("2026-07-02T07:00:00Z"));

    let tuesday = [Weekday::Tue];
    assert_eq!(berlin("2026-07-01T07:00:00Z", Some("09:00"), &tuesday), at("2026-07-07T07:00:00Z"));
    assert_eq!(berlin("2026-07-07T07:00:01Z", Some("09:00"), &tuesday), at("2026-07-14T07:00:00Z"));
    assert_eq!(berlin("2026-07-01T07:00:00Z", None, &tuesday), at("2026-07-06T22:00:00Z"));
    assert_eq!(berlin("2026-07-07T07:00:01Z", None, &tuesday), at("2026-07-07T07:00:01Z"));

    // Skipped on the 29th: the first instant after the gap.
    assert_eq!(berlin("2026-03-28T12:00:00Z", Some("02:30"), &[]), at("2026-03-29T01:00:00Z"));
    // Shown twice on the 25th: the first of the two, and after it only the next day's.
    assert_eq!(berlin("2026-10-25T00:45:00Z", Some("02:30"), &[]), at("2026-10-26T01:30:00Z"));
}

#[test]
fn everything_wrong_with_a_schedule_is_found_at_once() {
    let wrong = Schedule {
        time_zone: Tz::UTC,
        working_hours: vec![
            hours(&[Weekday::Sun], "22:00", "06:00", &[]),
            hours(&[Weekday::Mon], "05:00", "09:00", &[("04:00", "04:30"), ("06:00", "06:00")]),
            hours(&[], "09:00", "17:00", &[("12:00", "13:00"), ("12:30", "14:00")]),
            hours(&[Weekday::Tue], "09:00", "10:00", &[("09:00", "10:00")]),
        ],
        holidays: vec![Holiday { date: date("2026-01-01"), display_name: "x".repeat(161) }],
        time_off: vec![days_off("2026-02-02", "2026-02-01")],
    };

    let found = wrong.check(&Limits::default());
    let fields: Vec<&str> = found.iter().map(|one| one.field.as_str()).collect();
    let expected = [
        "working_hours[1].breaks[0]",
        "working_hours[1].breaks[1]",
        "working_hours[2].days",
        "working_hours[2].breaks[1]",
        "working_hours[3].breaks",
        "working_hours[1]",
        "holidays[0].display_name",
        "time_off[0].end_date",
    ];
    assert_eq!(fields, expected);
    assert_eq!(Schedule::default().check(&Limits::default()).shared_reason(), Some(Reason::FieldRequired));
    assert!(office(Tz::UTC).check(&Limits::default()).is_empty());
    // A whole week without a pause.
    let each = [&WORKWEEK[..], &[Weekday::Sat, Weekday::Sun]].concat();
    assert!(
        schedule(Tz::UTC, vec![hours(&each, "00:00", "00:00", &[])]).check(&Limits::default()).is_empty()
    );
}

#[test]
fn a_mistyped_zone_gets_a_suggestion() {
    assert_eq!(zone("time_zone", "Europe/Berlin"), Ok(Tz::Europe__Berlin));
    let wrong = zone("time_zone", "Europe/Berln").expect_err("no zone");
    assert_eq!(wrong.field, "time_zone");
    assert!(wrong.description.ends_with("did you mean Europe/Berlin?"), "{}", wrong.description);
}

#[test]
fn a_day_has_the_hours_that_clocks_show() {
    let berlin = chrono_tz::Europe::Berlin;
    for (now, begins, ends) in [
        ("2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
        ("2026-03-29T22:00:00Z", "2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z"),
    ] {
        assert_eq!(day(berlin, at(now)), (at(begins), at(ends)), "{now}");
    }
}
