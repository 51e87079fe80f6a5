//! Concurrent calls on several servers: each thing happens once.

use std::time::Duration;

use futures::future::join_all;
use tokio::time::timeout;
use upnext::domain::refusal::Refusal;
use upnext::engine::{CloseActivity, Error};

use crate::flow::{complete, exit};
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
async fn a_concurrent_completion_and_exit_leave_one_end() {
    let world = World::new().await;
    let sequence = world.sequence("paid", vec![email(), wait(10), email()]).await;
    let other = world.server();
    let mut calls = Vec::new();

    for number in 0..40 {
        let record = world.record(&format!("l{number}"), None).await;
        let started = world.start(sequence, record).await;
        let activity = started.opened.expect("due").id;
        let exit = exit(started.enrollment.id);
        let (first, second, request) = (world.engine.clone(), other.clone(), world.request());
        calls.push(tokio::spawn(async move {
            let closing = first.close_activity(request.clone(), complete(activity));
            let (closed, exited) = tokio::join!(closing, second.act_on_enrollment(request, exit));
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

/// Postgres ends sessions that are idle in a transaction, and a commit may take long.
#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_waits_long_for_the_commit_before_lets_its_transaction_go() {
    let world = World::new().await;
    let sequence = world.sequence("paid", vec![email()]).await;
    let mut due = Vec::new();
    for lead in ["slow", "quick"] {
        let record = world.record(lead, None).await;
        due.push(world.start(sequence, record).await.opened.expect("due").id);
    }

    // A commit waits for a lock, which is held, and doesn't give up before the batch behind it.
    for statement in [
        "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
           'BEGIN
             SET LOCAL lock_timeout = 0;
             PERFORM pg_advisory_xact_lock(7);
             RETURN NULL;
           END'",
        "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON closed_activity DEFERRABLE INITIALLY DEFERRED
           FOR EACH ROW WHEN (NEW.note = 'slow') EXECUTE FUNCTION slow()",
    ] {
        world.run(statement).await;
    }
    let pool = world.store.pool();
    let mut holder = pool.begin().await.expect("begins");
    sqlx::query("SELECT pg_advisory_xact_lock(7)").execute(&mut *holder).await.expect("is free");

    let close = |activity, note: &str| {
        let (engine, request) = (world.engine.clone(), world.request());
        let command = CloseActivity { note: note.to_owned(), ..complete(activity) };
        tokio::spawn(async move { engine.close_activity(request, command).await })
    };
    let slow = close(due[0], "slow");
    world.database.until_waiting(1).await;
    let quick = close(due[1], "");
    // It has been idle for some time, which none is between two statements. The holder is, too.
    let idle = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
        AND state = 'idle in transaction' AND clock_timestamp() - state_change > interval '1 second'
        AND query NOT LIKE 'SELECT pg_advisory%'";
    for sessions in [1, 0] {
        let seen = async { while world.count(idle).await != sessions {} };
        in_time(seen).await;
    }
    assert!(!quick.is_finished(), "it commits after the other one");

    holder.rollback().await.expect("releases the lock");
    for call in [slow, quick] {
        in_time(call).await.expect("no panic").expect("is done");
    }
    invariants::hold(&world).await;
}
