//! Many at once, on several servers: each thing happens once.

use std::time::Duration;

use futures::future::join_all;
use tokio::time::timeout;
use upnext::domain::refusal::Refusal;
use upnext::engine::{Error, ExitEnrollment, SkipWait, SnoozeActivity};

use crate::flow::complete;
use crate::support::invariants;
use crate::support::world::{World, email, wait};

async fn in_time<T>(future: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(60), future).await.expect("in time")
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_completions_of_one_activity_on_two_servers_exactly_one_wins() {
    let world = World::new().await;
    let record = world.record("l1", None).await;
    let sequence = world.sequence("paid", vec![email(), wait(10), email()]).await;
    let activity = world.start(sequence, record).await.opened.expect("due").id;
    let servers = [world.engine.clone(), world.server()];
    let completions = (0..64).map(|caller| {
        let (engine, request) = (servers[caller % 2].clone(), world.request());
        tokio::spawn(async move { engine.close_activity(request, complete(activity)).await })
    });
    let answers = in_time(join_all(completions)).await;
    let (mut won, mut closed) = (0, 0);
    for answer in answers {
        match answer.expect("no panic") {
            Ok(_) => won += 1,
            Err(Error::Refused(Refusal::ActivityClosed { .. })) => closed += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!((won, closed), (1, 63));
    invariants::hold(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_completion_and_an_exit_at_once_leave_one_end() {
    let world = World::new().await;
    let sequence = world.sequence("paid", vec![email(), wait(10), email()]).await;
    let other = world.server();
    let mut calls = Vec::new();
    for number in 0..40 {
        let record = world.record(&format!("l{number}"), None).await;
        let started = world.start(sequence, record).await;
        let activity = started.opened.expect("due").id;
        let exit = ExitEnrollment { enrollment: started.enrollment.id, expected_version: None };
        let (first, second, request) = (world.engine.clone(), other.clone(), world.request());
        calls.push(tokio::spawn(async move {
            let closing = first.close_activity(request.clone(), complete(activity));
            let (closed, exited) = tokio::join!(closing, second.exit_enrollment(request, exit));
            exited.expect("an open enrollment can be ended, whatever else happens");
            match closed {
                Ok(_) => {}
                Err(Error::Refused(Refusal::ActivityClosed { state, .. })) => assert_eq!(state, "CANCELED"),
                Err(other) => panic!("{other}"),
            }
        }));
    }
    for call in in_time(join_all(calls)).await {
        call.expect("no panic");
    }
    assert_eq!(world.count("SELECT count(*) FROM enrollment WHERE state = 5").await, 40);
    invariants::hold(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_whatever_several_servers_did_at_once_the_tables_agree() {
    let world = World::new().await;
    let sellers = [Some(world.seller("ana").await), Some(world.seller("ben").await), None];
    let sequence = world.sequence("paid", vec![email(), wait(5), email(), email()]).await;
    let mut enrollments = Vec::new();
    for number in 0..30 {
        let record = world.record(&format!("l{number}"), sellers[number % 3]).await;
        enrollments.push(world.start(sequence, record).await.enrollment.id);
    }
    let servers = [world.engine.clone(), world.server()];
    for round in 0..6 {
        let mut calls = Vec::new();
        for (number, enrollment) in enrollments.iter().copied().enumerate() {
            let open = world.standing(enrollment).await.open.map(|open| open.id);
            for (server, engine) in servers.iter().enumerate() {
                let (engine, request) = (engine.clone(), world.request());
                let choice = rand::random_range(0..if number % 10 == round { 5 } else { 4 });
                let until = world.now() + chrono::TimeDelta::seconds(rand::random_range(1..20));
                calls.push(tokio::spawn(async move {
                    // Whether each is refused is the others' doing: what counts is what the tables say afterwards.
                    match (choice, open) {
                        (0 | 1, Some(activity)) => {
                            drop(engine.close_activity(request, complete(activity)).await);
                        }
                        (2, Some(activity)) => {
                            let snooze = SnoozeActivity { activity, expected_version: None, until };
                            drop(engine.snooze_activity(request, snooze).await);
                        }
                        (3, _) => {
                            let skip = SkipWait { enrollment, expected_version: None };
                            drop(engine.skip_wait(request, skip).await);
                        }
                        (4, _) => {
                            let exit = ExitEnrollment { enrollment, expected_version: None };
                            drop(engine.exit_enrollment(request, exit).await);
                        }
                        _ if server == 0 => drop(engine.fire_timers(until).await),
                        _ => {}
                    }
                }));
            }
        }
        for call in in_time(join_all(calls)).await {
            call.expect("no panic");
        }
        invariants::hold(&world).await;
        world.advance(4);
    }
    assert_eq!(world.count("SELECT count(*) FROM set_aside").await, 0);
}

#[tokio::test]
async fn one_batch_of_many_raises_a_queue_once_and_moves_enrollments_in_place() {
    let world = World::new().await;
    let sequence = world.sequence("paid", vec![email(), wait(10), email()]).await;
    let mut commands = Vec::new();
    for number in 0..50 {
        let record = world.record(&format!("l{number}"), None).await;
        let activity = world.start(sequence, record).await.opened.expect("due").id;
        commands.push((world.request(), complete(activity)));
    }
    let before = world.count("SELECT revision FROM queue").await;
    let answers = in_time(world.engine.close_activities(commands)).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(world.count("SELECT revision FROM queue").await, before + 1);
    invariants::hold(&world).await;
    // A backend reports its statistics at most once a second unless it is told to.
    let flush = sqlx::query("SELECT pg_stat_force_next_flush()");
    let mut connection = world.store.connection().await.expect("connects");
    flush.execute(&mut *connection).await.expect("flushes");
    drop(connection);
    world.store.pool().close().await;
    let pool = sqlx::PgPool::connect_lazy_with(world.connect_options());
    let hot: i64 =
        sqlx::query_scalar("SELECT n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'enrollment'")
            .fetch_one(&pool)
            .await
            .expect("reads");
    assert!(hot > 0, "step moves stay on their page, without new index entries");
}
