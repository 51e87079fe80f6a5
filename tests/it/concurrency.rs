//! Concurrent calls on several servers: each thing happens once.

use std::time::Duration;

use futures::future::join_all;
use tokio::time::timeout;
use upnext::domain::refusal::Refusal;
use upnext::engine::Error;

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
