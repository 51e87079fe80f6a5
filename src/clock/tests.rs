use super::*;

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp_nanos(1_800_000_000_123_456_789)
}

#[test]
fn a_manual_clock_stands_still_on_a_microsecond_until_it_is_moved() {
    let manual = ManualClock::new(noon());
    let clock = manual.clock();
    assert_eq!(clock.now().timestamp_subsec_nanos(), 123_456_000);
    let before = clock.now();
    assert_eq!(clock.now(), before);
    manual.advance(TimeDelta::seconds(90));
    assert_eq!(clock.now(), before + TimeDelta::seconds(90));
    manual.set(before);
    assert_eq!(clock.now(), before);
}

#[test]
fn ids_sort_in_the_order_of_their_making_at_one_instant_and_when_the_clock_is_set_back() {
    let manual = ManualClock::new(noon());
    let clock = manual.clock();
    let mut ids: Vec<Uuid> = (0..10_000).map(|_| clock.new_id()).collect();
    manual.advance(TimeDelta::milliseconds(1));
    ids.push(clock.new_id());
    manual.set(noon() - TimeDelta::days(1));
    ids.push(Clock::from(manual).new_id());
    assert!(ids.is_sorted_by(|earlier, later| earlier < later));
    assert!(ids.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122));
}

#[test]
fn an_id_carries_the_millisecond_of_its_instant() {
    let clock = ManualClock::new(noon()).clock();
    let (seconds, nanos) = clock.new_id().get_timestamp().expect("version 7 has a timestamp").to_unix();
    assert_eq!((seconds, nanos / 1_000_000), (1_800_000_000, 123));
}

#[test]
fn a_counter_that_runs_out_borrows_the_next_millisecond() {
    let last = LastId { millis: 5, counter: (1 << COUNTER_BITS) - 1 };
    let next = last.after(5, u64::MAX);
    assert_eq!(next.millis, 6);
    assert!(last.uuid(u32::MAX) < next.uuid(0));
    assert!(next.counter < 1 << (COUNTER_BITS - 1));
}

#[test]
fn stamps_differ_at_one_instant() {
    let clock = ManualClock::new(noon()).clock();
    assert_ne!(clock.new_stamp(), clock.new_stamp());
}

#[tokio::test]
async fn a_sleeper_on_a_manual_clock_wakes_when_its_instant_has_come() {
    let manual = ManualClock::new(noon());
    let clock = manual.clock();
    let due = clock.now() + TimeDelta::seconds(10);
    let sleeper = tokio::spawn(async move {
        clock.sleep_until(due).await;
        clock.now()
    });
    tokio::task::yield_now().await;
    manual.advance(TimeDelta::seconds(9));
    tokio::task::yield_now().await;
    assert!(!sleeper.is_finished());
    manual.advance(TimeDelta::seconds(1));
    assert_eq!(sleeper.await.expect("the sleeper ends"), due);
}

#[test]
fn a_system_clock_follows_the_database_and_never_goes_back() {
    let clock = SystemClock::new();
    let start = clock.now();
    clock.observe_database(start, start + TimeDelta::hours(1), start);
    assert_eq!(clock.drift(), TimeDelta::zero());
    let ahead = clock.now();
    assert!(ahead >= start + TimeDelta::hours(1));
    clock.observe_database(ahead, ahead - TimeDelta::milliseconds(80), ahead);
    assert_eq!(clock.drift(), TimeDelta::milliseconds(-80));
    assert!(clock.now() >= ahead);
    assert!(clock.held() > TimeDelta::zero() && clock.unheld_now() < ahead);
}

#[test]
fn a_reading_that_allows_for_this_clock_moves_nothing_and_another_sets_it_by_its_middle() {
    let clock = SystemClock::new();
    let before = clock.now();
    let (after, second) = (before + TimeDelta::seconds(2), TimeDelta::seconds(1));
    clock.observe_database(before, before, after);
    clock.observe_database(before, after, after);
    assert_eq!((clock.database_offset(), clock.drift()), (TimeDelta::zero(), TimeDelta::zero()));
    clock.observe_database(before, after + second, after);
    assert_eq!((clock.database_offset(), clock.drift()), (second * 2, second * 2));
}

#[test]
fn a_database_that_is_behind_is_waited_for_once_however_often_it_is_read() {
    let clock = SystemClock::new();
    let now = clock.unheld_now();
    clock.observe_database(now, now, now);
    let start = clock.now();
    let behind = TimeDelta::seconds(20);
    for _ in 0..5 {
        let now = clock.unheld_now();
        let database = now - clock.database_offset() - behind;
        clock.observe_database(now, database, now);
    }
    assert_eq!(clock.database_offset(), -behind);
    assert_eq!(clock.drift(), TimeDelta::zero());
    assert!(clock.now() >= start && clock.held() > behind - TimeDelta::seconds(1));
}

#[tokio::test]
async fn a_long_sleep_ends_when_the_database_shows_that_its_instant_has_come() {
    let system = Arc::new(SystemClock::new());
    let clock = Clock::System(system.clone());
    let due = clock.now() + TimeDelta::hours(1);
    let sleeper = tokio::spawn(async move { clock.sleep_until(due).await });
    tokio::task::yield_now().await;
    let now = system.now();
    system.observe_database(now, now + TimeDelta::milliseconds(1), now);
    tokio::task::yield_now().await;
    assert!(!sleeper.is_finished());
    system.observe_database(now, due, now);
    tokio::time::timeout(Duration::from_secs(20), sleeper).await.expect("it wakes").expect("it ends");
}

#[tokio::test]
async fn an_exact_sleep_ends_no_earlier_than_its_instant() {
    let clock = Clock::system();
    let due = clock.now() + TimeDelta::microseconds(3_300);
    clock.sleep_until_exactly(due).await;
    assert!(clock.now() >= due);
    clock.sleep_until_exactly(due).await;
}

#[test]
fn the_jitter_stays_within_a_tenth() {
    let mut strayed = (0..1_000).map(|_| jittered(Duration::from_secs(1)) - TimeDelta::seconds(1));
    assert!(strayed.all(|by| by.abs() <= TimeDelta::milliseconds(100)));
}
