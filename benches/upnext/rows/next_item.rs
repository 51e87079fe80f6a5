//! From completing an activity to its successor on the seller's own stream.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use upnext::api::pb;

use crate::anchors::notify;
use crate::measure::{Latencies, Turn, interleave};
use crate::report::{Goal, Line, Unit};
use crate::seed;
use crate::world::{World, task, wait};

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count = world.size.pick(200, 1_000);
    world
        .sequence("visits", vec![task("first"), wait("pause", Duration::from_secs(86_400)), task("second")])
        .await?;

    let sellers = seed::sellers(world, 1).await?;
    seed::open_activities(world, "visits", (count + 1) * world.size.rounds() + 50, sellers, 0, 1).await?;
    world.settle().await?;
    complete(world, 20).await?;
    let set = interleave(world.size.rounds(), 1, 1, async |turn| {
        let latencies = match turn {
            Turn::Anchor(_) => notify::latencies(world, count).await?,
            Turn::Product(_) => complete(world, count).await?,
        };
        eprintln!(
            "  {turn:?}: p50 {:.2}, p99 {:.2} ms",
            latencies.percentile(0.5),
            latencies.percentile(0.99)
        );
        Ok(latencies.percentile(0.5))
    })
    .await?;
    Ok(vec![Line {
        path: "complete → next item received, p50".to_owned(),
        anchor: "A5: durable commit with NOTIFY → heard, p50".to_owned(),
        anchors: set.anchors[0].clone(),
        products: set.products[0].clone(),
        unit: Unit::Milliseconds,
        goal: Goal::Times(5.0),
    }])
}

/// Completes the head of the queue again and again.
async fn complete(world: &World<'_>, count: usize) -> anyhow::Result<Latencies> {
    let mut watcher = world.client.work_queue(0);
    let request = pb::WatchNextActivityRequest { queue: "sellers/s0".to_owned() };
    let mut stream = watcher.watch_next_activity(request).await?.into_inner();
    let mut caller = world.client.work_queue(1);
    let mut head = next(&mut stream).await?;
    let mut latencies = Latencies::default();

    for _ in 0..count {
        let request = pb::CompleteActivityRequest { name: head.clone(), ..Default::default() };
        let start = Instant::now();
        let completed = async { anyhow::Ok(caller.complete_activity(request).await?) };
        let received = async {
            let received = next(&mut stream).await?;
            anyhow::Ok((received, start.elapsed()))
        };
        let (_, (received, took)) = tokio::try_join!(completed, received)?;
        latencies.add(took);
        head = received;
    }
    Ok(latencies)
}

/// The name of the next head.
async fn next(stream: &mut tonic::Streaming<pb::WatchNextActivityResponse>) -> anyhow::Result<String> {
    loop {
        let message = stream.message().await?.context("the stream goes on")?;
        if let Some(activity) = message.activity {
            return Ok(activity.name);
        }
    }
}
