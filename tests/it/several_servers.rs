//! Several servers on one database: their clocks disagree, or they collide where they rarely do.

use chrono::{DateTime, Months, TimeDelta, Utc};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use upnext::clock::ManualClock;
use upnext::domain::enrollment::Position;
use upnext::engine::{Engine, Enrolled, ReopenActivity, SkipWait, SnoozeActivity};
use upnext::store::{self, PoolSettings, Store, history};
use upnext::wake::Wake;

use crate::enroll::enroll;
use crate::flow::{complete, exit};
use crate::support::app;
use crate::support::chance::{number, seed};
use crate::support::database::TestDatabase;
use crate::support::invariants;
use crate::support::world::{World, email, phone_call, wait};

/// A server with a time of its own.
struct Server {
    engine: Engine,
    clock: ManualClock,
}

fn server(world: &World, ahead: TimeDelta) -> Server {
    let clock = ManualClock::new(world.now() + ahead);
    let store =
        Store::new(world.connect_options(), &PoolSettings { max_connections: 4, ..PoolSettings::default() });
    Server { engine: Engine::new(store, clock.clock(), Wake::new()), clock }
}

#[tokio::test]
async fn servers_whose_clocks_are_a_second_and_an_hour_apart_lose_and_double_nothing() {
    let seed = seed();
    println!("UPNEXT_SEED={seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let world = World::new().await;
    let owners = [Some(world.seller("ana").await), Some(world.seller("ben").await), None];
    world.sequence("short", vec![email(), wait(30), phone_call(), wait(2000), email()]).await;
    let ahead = [TimeDelta::zero(), TimeDelta::seconds(1), TimeDelta::hours(1)];
    let servers = ahead.map(|ahead| server(&world, ahead));
    let (mut enrollments, mut closed, mut undone) = (Vec::new(), Vec::new(), 0);

    for round in 0..number("UPNEXT_ROUNDS").unwrap_or(400) {
        let Server { engine, clock } = &servers[rng.random_range(0..3)];
        let request = upnext::engine::Request { now: clock.now(), ..world.request() };
        let known = enrollments.get(rng.random_range(0..enrollments.len().max(1))).copied();
        match (rng.random_range(0..10), known) {
            (0..=3, _) | (_, None) => {
                let record = format!("l{round}");
                world.record(&record, owners[rng.random_range(0..3)]).await;
                let Ok(Enrolled::Made(id)) = engine.enroll_record(request, enroll(&record, "short")).await
                else {
                    panic!("an active record can be enrolled")
                };
                enrollments.push(id);
            }
            (4..=8, Some(enrollment)) => {
                // What is refused, because it ended or waits, is refused on every server alike.
                match world.standing(enrollment).await.enrollment.position {
                    Position::Acting { activity } if rng.random_bool(0.3) => {
                        let until = clock.now() + TimeDelta::seconds(rng.random_range(1..100));
                        let snooze = SnoozeActivity { activity, expected_version: None, until, lease: None };
                        engine.snooze_activity(request, snooze).await.expect("an open one can be snoozed");
                    }
                    Position::Acting { activity } => {
                        let done = engine.close_activity(request, complete(activity)).await;
                        closed.extend(done.ok().map(|done| done.activity));
                    }
                    Position::Waiting { .. } if rng.random_bool(0.2) => {
                        let skip = SkipWait { enrollment, expected_version: None };
                        engine.skip_wait(request, skip).await.expect("a running wait can be skipped");
                    }
                    Position::Waiting { .. } if rng.random_bool(0.1) => {
                        let exited = engine.act_on_enrollment(request, exit(enrollment)).await;
                        exited.expect("an open one can be ended");
                    }
                    _ => {}
                }
            }
            // A server that is an hour behind or ahead may find that it is too late.
            (9, _) if rng.random_bool(0.5) && !closed.is_empty() => {
                let activity = closed[closed.len() - 1];
                let reopen = ReopenActivity { activity, expected_version: None, reason: String::new() };
                undone += usize::from(engine.reopen_activity(&request, reopen).await.is_ok());
            }
            _ => _ = engine.fire_timers(clock.now()).await.expect("fires"),
        }
        servers
            .iter()
            .for_each(|server| server.clock.advance(TimeDelta::milliseconds(rng.random_range(0..3000))));
    }

    let late =
        servers.iter().map(|server| server.clock.now()).max().expect("there are three") + TimeDelta::hours(2);
    // No commit comes before its instant.
    servers[0].clock.set(late);
    while servers[0].engine.fire_timers(late).await.expect("fires").timers > 0 {}
    assert_eq!(world.count("SELECT count(*) FROM timer").await, 0);

    let made = world.count("SELECT count(*) FROM enrollment").await;
    assert_eq!(usize::try_from(made), Ok(enrollments.len()));
    assert_eq!(world.count("SELECT count(*) FROM enrollment WHERE waiting_until IS NOT NULL").await, 0);
    assert!(undone > 0, "some clicks were taken back");
    invariants::hold_in(&world.store, late).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_create_the_same_months_of_history_concurrently_both_continue() {
    let database = TestDatabase::new().await;
    let begin: DateTime<Utc> = "2030-01-15T00:00:00Z".parse().expect("an instant");
    for months in (0..60).step_by(2) {
        let now = begin + Months::new(months);
        let made = (0..4).map(|_| {
            let store = app::store(&database);
            tokio::spawn(async move {
                loop {
                    // On a slow machine one may wait longer for the other than it has patience for,
                    // and comes back.
                    match history::make_partitions(&store, now).await {
                        Err(store::Error::Conflict(_)) => {}
                        made => return made,
                    }
                }
            })
        });
        for made in futures::future::join_all(made).await {
            made.expect("no panic").expect("the slower one finds them there");
        }
    }

    let partitions = sqlx::query_scalar::<_, i64>(
        "SELECT count(*) FROM pg_inherits WHERE inhparent = 'history'::regclass",
    );
    assert_eq!(partitions.fetch_one(&database.pool()).await.expect("counts"), 61);
}

#[tokio::test]
async fn a_new_month_of_history_does_not_make_writes_wait_for_readers() {
    let world = World::new().await;
    let mut report = world.store.begin().await.expect("begins");
    sqlx::query("SELECT FROM history").execute(&mut *report).await.expect("reads");
    let made = history::make_partitions(&world.store, world.now()).await;
    assert!(matches!(made, Err(store::Error::Conflict(_))), "{made:?}");
    // Housekeeping goes on with the rest, and comes back for it.
    world.engine.keep_house(world.now()).await.expect("continues");
    report.rollback().await.expect("ends");
    history::make_partitions(&world.store, world.now()).await.expect("creates them");
}
