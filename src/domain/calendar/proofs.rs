//! Arithmetic with working time is compared to the naive evaluator: with random calendars, near
//! random changes of the clocks, and at every change of twenty years.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveTime, TimeDelta, Timelike as _, Utc, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::local::{instant, shown};
use super::naive::{Walk, is_working_day};
use super::schedule::{Break, Holiday, Schedule, TimeOff, WorkingHours};
use super::working_time::WorkingTime;
use crate::domain::settings::Limits;

const EACH_DAY: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

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
    let days = prop::sample::subsequence(EACH_DAY.to_vec(), 1..=7);
    (days, minute_of_day(), minute_of_day(), prop::option::of((minute_of_day(), 1_i64..120))).prop_map(
        |(days, start, end, pause)| {
            let pause =
                pause.map(|(start, minutes)| Break { start, end: start + TimeDelta::minutes(minutes) });
            WorkingHours { days, start, end, breaks: pause.into_iter().collect() }
        },
    )
}

/// A schedule that is accepted, with holidays and time off around an instant.
fn schedule_near(zone: Tz, from: DateTime<Utc>) -> impl Strategy<Value = Schedule> {
    let hours = prop::collection::vec(some_hours(), 1..3);
    let off = prop::collection::vec(
        (-3_i64..12, 0_i64..4, minute_of_day(), prop::option::of(minute_of_day())),
        0..3,
    );
    let holidays = prop::collection::vec(0_i64..12, 0..3);

    (hours, off, holidays)
        .prop_map(move |(working_hours, off, holidays)| {
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
            Schedule { time_zone: zone, working_hours, holidays, time_off: off.collect() }
        })
        .prop_filter("a schedule that is accepted", |schedule| schedule.check(&Limits::default()).is_empty())
}

/// Some schedule, and an instant up to two days before a change of its zone's clocks.
fn some_schedule() -> impl Strategy<Value = (Schedule, DateTime<Utc>)> {
    (prop::sample::select(ZONES.to_vec()), any::<prop::sample::Index>(), 0_i64..3_000).prop_flat_map(
        |(zone, change, before)| {
            let changes = &CHANGES[&zone];
            let change = if changes.is_empty() { first_day() } else { *change.get(changes) };
            let from = change - TimeDelta::minutes(before);
            schedule_near(zone, from).prop_map(move |schedule| (schedule, from))
        },
    )
}

fn first_day() -> DateTime<Utc> {
    DateTime::from_timestamp(1_577_836_800, 0).expect("2020 began")
}

/// Every change of the clocks of each zone, found once for all tests.
static CHANGES: LazyLock<HashMap<Tz, Vec<DateTime<Utc>>>> =
    LazyLock::new(|| ZONES.into_iter().map(|zone| (zone, changes(zone))).collect());

/// Returns every change of the clocks of a zone from 2020 to 2040, to the minute.
fn changes(zone: Tz) -> Vec<DateTime<Utc>> {
    let offset = |at: DateTime<Utc>| shown(zone, at) - at.naive_utc();
    let days = (0..21 * 366).map(|day| first_day() + TimeDelta::days(day));
    let changed = days.filter(|day| offset(*day) != offset(*day + TimeDelta::days(1)));

    let exact = changed.map(|day| {
        let (mut before, mut after) = (0, 24 * 60);
        while after - before > 1 {
            let middle = i64::midpoint(before, after);
            let same = offset(day + TimeDelta::minutes(middle)) == offset(day);
            if same { before = middle } else { after = middle }
        }
        day + TimeDelta::minutes(after)
    });
    exact.collect()
}

#[test]
fn arithmetic_agrees_with_a_walk_at_every_change_of_the_clocks_of_twenty_years() {
    let (mut random, mut seen) = (TestRunner::deterministic(), 0);
    for zone in ZONES {
        for (place, change) in (0_i64..).zip(&CHANGES[&zone]) {
            // From some hours before until a day after it.
            let from = *change - TimeDelta::minutes(60 + place * 37 % 900);
            let tree = schedule_near(zone, from).new_tree(&mut random).expect("some schedule is accepted");
            agrees(&tree.current(), from, *change + TimeDelta::days(1));
            seen += 1;
        }
    }
    assert!(seen > 350, "only {seen} changes");
}

/// Compares the results for every amount of working time between two instants.
fn agrees(schedule: &Schedule, from: DateTime<Utc>, until: DateTime<Utc>) {
    let (working, mut walk) = (WorkingTime::of(schedule), Walk::from(schedule, from));
    let mut worked = Vec::new();
    while walk.now < until {
        if walk.is_working() {
            worked.push(walk.now);
        }
        walk.step();
    }

    let minutes = |number: usize| TimeDelta::minutes(i64::try_from(number).expect("few"));
    assert_eq!(working.between(from, until), minutes(worked.len()), "{schedule:?} from {from}");
    if let Some(first) = worked.first() {
        assert_eq!(working.next(from), *first, "{schedule:?} from {from}");
    }
    for (place, minute) in worked.iter().enumerate().step_by(97) {
        let done = *minute + TimeDelta::minutes(1);
        assert_eq!(working.add(from, minutes(place + 1)), done, "{schedule:?} from {from}: {place}");
    }
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
        let shown = found.with_timezone(&zone).naive_local();
        // If the clocks skip that time on that day, another time of day counts.
        if shown == day.and_time(local.time()) {
            prop_assert_eq!(working.days_between(from, found), n);
        }
        // Later only if the clocks skip that time on that day.
        prop_assert!(shown.hour() * 60 + shown.minute() >= local.hour() * 60 + local.minute() || shown.date() > day);
    }
}
