use super::*;
use crate::domain::calendar::{Schedule, WorkingHours, WorkingTime};
use crate::domain::settings::Limits;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|_| panic!("{text} is an instant"))
}

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").expect("a time of day")
}

/// Monday to Friday, from 09:00 to 17:00.
fn office(zone: Tz) -> Timing {
    let days = vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    let hours = WorkingHours { days, start: time("09:00"), end: time("17:00"), breaks: Vec::new() };
    let schedule = Schedule { time_zone: zone, working_hours: vec![hours], ..Schedule::default() };
    Timing { working: Some(WorkingTime::of(&schedule).into()), ..Timing::default() }
}

fn hours(hours: i32) -> Wait {
    Wait::BusinessHours(BusinessHours { hours, minutes: 0 })
}

fn days(days: i32) -> Wait {
    Wait::BusinessDays(BusinessDays { days })
}

fn reminder(offset: Offset) -> Wait {
    Wait::UntilAttribute(UntilAttribute { attribute: "renewal".to_owned(), offset })
}

fn a_day() -> Delay {
    Delay { days: 1, ..Delay::default() }
}

#[test]
fn a_delay_is_the_sum_of_its_fields_without_overflow() {
    let delay = Delay { days: 1, hours: 2, minutes: 3, seconds: 4 };
    assert_eq!(delay.total().num_seconds(), 86_400 + 7_200 + 180 + 4);
    assert_eq!(delay.to_string(), "1 d 2 h 3 min 4 s");
    let most = Delay { days: i32::MAX, hours: i32::MAX, minutes: i32::MAX, seconds: i32::MAX };
    assert!(most.total() > TimeDelta::days(i64::from(i32::MAX)));
}

#[test]
fn waits_in_working_time_follow_the_calendar_and_the_owner() {
    let since = at("2026-06-01T08:00:00Z");
    assert_eq!(hours(4).until(since, &office(Tz::Europe__Berlin)), Some(at("2026-06-01T12:00:00Z")));
    assert_eq!(hours(4).until(since, &office(Tz::America__New_York)), Some(at("2026-06-01T17:00:00Z")));
    assert_eq!(hours(4).until(since, &Timing::default()), Some(at("2026-06-01T12:00:00Z")));
    let thursday = at("2026-06-04T08:15:00Z");
    assert_eq!(days(3).until(thursday, &office(Tz::Europe__Berlin)), Some(at("2026-06-09T08:15:00Z")));
    assert_eq!(days(3).until(thursday, &Timing::default()), Some(at("2026-06-07T08:15:00Z")));
}

#[test]
fn a_wait_until_a_local_time_has_its_own_zone_or_the_calendars() {
    let until = |time_zone| UntilLocalTime { time: Some(time("09:00")), days: Vec::new(), time_zone };
    let since = at("2026-06-01T08:00:00Z");
    let of_calendar = Wait::UntilLocalTime(until(None));
    assert_eq!(of_calendar.until(since, &office(Tz::America__New_York)), Some(at("2026-06-01T13:00:00Z")));
    assert_eq!(of_calendar.until(since, &Timing::default()), Some(at("2026-06-01T09:00:00Z")));
    let own = Wait::UntilLocalTime(until(Some(Tz::Europe__Berlin)));
    assert_eq!(own.until(since, &office(Tz::America__New_York)), Some(at("2026-06-02T07:00:00Z")));
    assert!(of_calendar.follows_calendar() && !own.follows_calendar());
}

#[test]
fn a_wait_until_an_attribute_never_ends_before_it_begins() {
    let since = at("2026-06-01T08:00:00Z");
    let with = |value: &str| {
        let instants = [("renewal".to_owned(), at(value))].into();
        Timing { instants, ..Timing::default() }
    };
    let cases = [
        (Offset::default(), "2026-06-10T00:00:00Z", "2026-06-10T00:00:00Z"),
        (Offset::Before(a_day()), "2026-06-10T00:00:00Z", "2026-06-09T00:00:00Z"),
        (Offset::After(a_day()), "2026-06-10T00:00:00Z", "2026-06-11T00:00:00Z"),
        (Offset::Before(a_day()), "2026-06-02T07:59:59Z", "2026-06-01T08:00:00Z"),
        (Offset::After(a_day()), "1999-01-01T00:00:00Z", "2026-06-01T08:00:00Z"),
    ];

    for (offset, value, expected) in cases {
        assert_eq!(reminder(offset).until(since, &with(value)), Some(at(expected)), "{offset:?} {value}");
    }
    assert_eq!(reminder(Offset::default()).until(since, &Timing::default()), None);
}

#[test]
fn a_due_time_moves_into_working_hours_only_if_asked() {
    let saturday = at("2026-06-06T08:00:00Z");
    let timing = office(Tz::Europe__Berlin);
    assert_eq!(timing.moved(saturday), saturday);
    let asked = Timing { working_hours_only: true, ..timing };
    assert_eq!(asked.moved(saturday), at("2026-06-08T07:00:00Z"));
    assert_eq!(asked.moved(at("2026-06-08T07:00:00Z")), at("2026-06-08T07:00:00Z"));
}

#[test]
fn a_pause_keeps_what_is_unspent_in_the_waits_own_unit() {
    let (since, berlin) = (at("2026-06-01T08:00:00Z"), office(Tz::Europe__Berlin));
    let paused = |wait: &Wait, paused: &str, resumed: &str| {
        let until = wait.until(since, &berlin).expect("needs no attribute");
        let left = wait.unspent(at(paused), until, &berlin);
        (left, wait.resume(left, at(resumed), &berlin).expect("needs no attribute"))
    };
    let three_days = Wait::Delay(Delay { days: 3, ..Delay::default() });
    let resumed = paused(&three_days, "2026-06-02T08:00:00Z", "2026-06-12T08:00:00Z");
    assert_eq!(resumed, (Remaining::Elapsed(TimeDelta::days(2)), at("2026-06-14T08:00:00Z")));

    // From Monday 10:00, one of three working days is spent on Tuesday 10:00. From Friday, the
    // second working day is Tuesday.
    let resumed = paused(&days(3), "2026-06-02T09:00:00Z", "2026-06-12T08:00:00Z");
    assert_eq!(resumed, (Remaining::Days(2), at("2026-06-16T08:00:00Z")));
    // Monday 10:00 to 17:00 are seven of ten hours. On Friday there is one more hour.
    let resumed = paused(&hours(10), "2026-06-01T22:00:00Z", "2026-06-12T14:00:00Z");
    assert_eq!(resumed, (Remaining::Working(TimeDelta::hours(3)), at("2026-06-15T09:00:00Z")));
    let morning = UntilLocalTime { time: Some(time("09:00")), ..UntilLocalTime::default() };
    let resumed = paused(&Wait::UntilLocalTime(morning), "2026-06-01T22:00:00Z", "2026-06-12T14:00:00Z");
    assert_eq!(resumed, (Remaining::Anew, at("2026-06-13T07:00:00Z")));
}

#[test]
fn nothing_is_left_of_a_wait_that_should_have_ended() {
    let (since, late, berlin) =
        (at("2026-06-01T08:00:00Z"), at("2026-07-01T20:00:00Z"), office(Tz::Europe__Berlin));
    for wait in [Wait::Delay(a_day()), hours(4), days(2)] {
        let until = wait.until(since, &berlin).expect("needs no attribute");
        let left = wait.unspent(late, until, &berlin);
        assert_eq!(wait.resume(left, late, &berlin), Some(late), "{wait}");
    }
}

#[test]
fn a_pause_and_its_end_at_the_same_instant_change_nothing() {
    let since = at("2026-03-26T08:00:00Z");
    for timing in [office(Tz::Europe__Berlin), office(Tz::America__New_York), Timing::default()] {
        for wait in [Wait::Delay(a_day()), hours(20)] {
            let planned = wait.until(since, &timing).expect("needs no attribute");
            let instants = (0..20_000).step_by(37).map(|minutes| since + TimeDelta::minutes(minutes));

            for now in instants.take_while(|now| *now < planned) {
                let left = wait.unspent(now, planned, &timing);
                assert_eq!(wait.resume(left, now, &timing), Some(planned), "{wait} at {now}");
            }
        }
    }
}

#[test]
fn every_amount_has_the_limit_of_30_days() {
    let limits = Limits::default();
    let reason = |wait: &Wait| {
        let found = Form::<()>::check(wait, &limits);
        found.iter().next().map(|one| (one.field.clone(), one.reason))
    };
    let most = |days, minutes| Delay { days, minutes, ..Delay::default() };
    let minutes = |minutes| Wait::BusinessHours(BusinessHours { hours: 720, minutes });
    for fine in [minutes(0), days(30), reminder(Offset::Before(most(30, 0))), reminder(Offset::default())] {
        assert_eq!(reason(&fine), None, "{fine}");
    }

    let long = |field: &str| Some((field.to_owned(), Reason::WaitTooLong));
    assert_eq!(reason(&minutes(1)), long("business_hours"));
    assert_eq!(reason(&days(31)), long("business_days"));
    assert_eq!(reason(&reminder(Offset::Before(most(30, 1)))), long("until_attribute.before"));
    assert_eq!(reason(&reminder(Offset::After(most(30, 1)))), long("until_attribute.after"));
    let empty = |field: &str| Some((field.to_owned(), Reason::WaitEmpty));
    assert_eq!(reason(&hours(0)), empty("business_hours"));
    assert_eq!(reason(&Wait::UntilLocalTime(UntilLocalTime::default())), empty("until_local_time"));
    let nameless = Wait::UntilAttribute(UntilAttribute::default());
    assert_eq!(reason(&nameless), Some(("until_attribute.attribute".to_owned(), Reason::FieldRequired)));
}

#[test]
fn each_wait_has_a_caption() {
    let local = |days: &[Weekday], time_zone| {
        Wait::UntilLocalTime(UntilLocalTime { time: Some(time("09:00")), days: days.to_vec(), time_zone })
    };
    let cases = [
        (Wait::BusinessHours(BusinessHours { hours: 4, minutes: 30 }), "4 h 30 min of working time"),
        (days(1), "1 working day"),
        (days(3), "3 working days"),
        (local(&[], None), "until 09:00"),
        (
            local(&[Weekday::Tue, Weekday::Thu], Some(Tz::Europe__Berlin)),
            "until 09:00 Tue, Thu in Europe/Berlin",
        ),
        (reminder(Offset::default()), "until renewal"),
        (reminder(Offset::Before(a_day())), "until 1 d before renewal"),
        (reminder(Offset::After(a_day())), "until 1 d after renewal"),
    ];

    for (wait, caption) in cases {
        assert_eq!(wait.to_string(), caption);
    }
}
