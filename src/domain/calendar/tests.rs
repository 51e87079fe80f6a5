use chrono::{
    DateTime, Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike as _, Utc, Weekday,
};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::local::{instant, next_shown, zone};
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

/// A naive evaluator, which walks from minute to minute and only asks what the clocks show. When
/// the clocks are set back, what they have shown before counts: nobody goes home twice.
struct Walk<'a> {
    schedule: &'a Schedule,
    now: DateTime<Utc>,
    latest: NaiveDateTime,
}

impl<'a> Walk<'a> {
    fn from(schedule: &'a Schedule, from: DateTime<Utc>) -> Self {
        // A day before, so that it sees clocks that were set back.
        let before = from - TimeDelta::days(1);
        let latest = before.with_timezone(&schedule.time_zone).naive_local();
        let mut walk = Self { schedule, now: before, latest };
        while walk.now < from {
            walk.step();
        }
        walk
    }

    fn step(&mut self) {
        self.now += TimeDelta::minutes(1);
        self.latest = self.latest.max(self.now.with_timezone(&self.schedule.time_zone).naive_local());
    }

    fn is_working(&self) -> bool {
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
fn is_working_day(schedule: &Schedule, day: NaiveDate) -> bool {
    (0..24 * 60).any(|minute| {
        let local = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute);
        // A minute that the clocks skip is no time to work.
        let is_shown =
            instant(schedule.time_zone, local).with_timezone(&schedule.time_zone).naive_local() == local;
        is_shown && began(schedule, local) == Some(day) && !is_off(schedule, local)
    })
}

/// Zones of both hemispheres, with changes of half an hour, at midnight, and none at all.
const ZONES: [Tz; 12] = [
    Tz::Europe__Berlin,
    Tz::Europe__Dublin,
    Tz::America__New_York,
    Tz::America__Asuncion,
    Tz::America__Havana,
    Tz::Australia__Lord_Howe,
    Tz::Australia__Sydney,
    Tz::Africa__Cairo,
    Tz::Africa__Casablanca,
    Tz::Asia__Kathmandu,
    Tz::Asia__Beirut,
    Tz::Atlantic__Azores,
];

fn minute_of_day() -> impl Strategy<Value = NaiveTime> {
    (0_u32..24, prop::sample::select(vec![0_u32, 15, 30, 59]))
        .prop_map(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of day"))
}

fn some_hours() -> impl Strategy<Value = WorkingHours> {
    let days = prop::sample::subsequence([&WORKWEEK[..], &[Weekday::Sat, Weekday::Sun]].concat(), 1..=7);
    (days, minute_of_day(), minute_of_day(), prop::option::of((minute_of_day(), 1_i64..120))).prop_map(
        |(days, start, end, pause)| {
            let pause =
                pause.map(|(start, minutes)| Break { start, end: start + TimeDelta::minutes(minutes) });
            WorkingHours { days, start, end, breaks: pause.into_iter().collect() }
        },
    )
}

fn some_schedule() -> impl Strategy<Value = (Schedule, DateTime<Utc>)> {
    let hours = prop::collection::vec(some_hours(), 1..3);
    let off = prop::collection::vec(
        (-3_i64..12, 0_i64..4, minute_of_day(), prop::option::of(minute_of_day())),
        0..3,
    );
    let holidays = prop::collection::vec(0_i64..12, 0..3);

    (prop::sample::select(ZONES.to_vec()), some_instant(), hours, off, holidays)
        .prop_map(|(zone, (change, before), working_hours, off, holidays)| {
            // Near one of the zone's changes of the clocks.
            let from = near_change(zone, change) - TimeDelta::minutes(before);
            let day = |days: i64| from.date_naive() + TimeDelta::days(days);
            let off = off.into_iter().map(|(first, days, start_time, end_time)| TimeOff {
                start_date: day(first),
                start_time,
                end_date: day(first + days),
                end_time,
                display_name: String::new(),
            });
            let holiday = |days| Holiday { date: day(days), display_name: String::new() };
            let holidays = holidays.into_iter().map(holiday).collect();
            (Schedule { time_zone: zone, working_hours, holidays, time_off: off.collect() }, from)
        })
        .prop_filter("a schedule that is accepted", |(schedule, _)| {
            schedule.check(&Limits::default()).is_empty()
        })
}

fn some_instant() -> impl Strategy<Value = (i64, i64)> {
    // A day of 2020 to 2040, and minutes before the change that follows it.
    (0_i64..7_670, 0_i64..3_000)
}

/// Returns the first change of the clocks after a day, or the day itself in a zone without any.
fn near_change(zone: Tz, day: i64) -> DateTime<Utc> {
    let start = at("2020-01-01T00:00:00Z") + TimeDelta::days(day);
    let offset = |instant: DateTime<Utc>| {
        let local = instant.with_timezone(&zone).naive_local();
        local - instant.naive_utc()
    };
    let hours = (0..24 * 250).map(|hour| start + TimeDelta::hours(hour));
    let change = hours.clone().zip(hours.skip(1)).find(|(one, next)| offset(*one) != offset(*next));
    change.map_or(start, |(one, _)| one)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn arithmetic_agrees_with_a_walk_from_minute_to_minute(
        (schedule, from) in some_schedule(),
        amount in 1_i64..1_500,
    ) {
        let working = WorkingTime::of(&schedule);
        let mut walk = Walk::from(&schedule, from);
        let (mut first, mut counted) = (None, 0);
        // Two weeks, after which almost every schedule has worked long enough.
        while counted < amount && walk.now < from + TimeDelta::days(14) {
            if walk.is_working() {
                first.get_or_insert(walk.now);
                counted += 1;
            }
            walk.step();
        }

        if let Some(first) = first {
            prop_assert_eq!(working.next(from), first);
        }
        if counted == amount {
            prop_assert_eq!(working.add(from, TimeDelta::minutes(amount)), walk.now);
        }
        prop_assert_eq!(working.between(from, walk.now), TimeDelta::minutes(counted));
    }

    #[test]
    fn working_days_agree_with_a_walk_from_day_to_day((schedule, from) in some_schedule(), n in 1_i32..6) {
        let zone = schedule.time_zone;
        let local = from.with_timezone(&zone).naive_local();
        let mut left = n;
        let mut day = local.date();
        for _ in 0..60 {
            day += TimeDelta::days(1);
            left -= i32::from(is_working_day(&schedule, day));
            if left == 0 {
                break;
            }
        }
        prop_assume!(left == 0);

        let working = WorkingTime::of(&schedule);
        let found = working.nth_day(from, n);
        prop_assert_eq!(found, instant(zone, day.and_time(local.time())));
        prop_assert_eq!(working.days_between(from, found), n);
        let shown = found.with_timezone(&zone).naive_local();
        // Later only if the clocks skip that time on that day.
        prop_assert!(shown.hour() * 60 + shown.minute() >= local.hour() * 60 + local.minute() || shown.date() > day);
    }
}
