//! The same work done by the product and by others, in turn.

use std::cell::Cell;
use std::future::ready;
use std::time::Duration;

use crate::report::{Line, Unit};
use crate::rows::backfill;
use crate::rows::completion::Shapes;
use crate::rows::due::Place;
use crate::rows::in_turn::{Figure, measure};
use crate::rows::streams::Crowd;
use crate::world::World;

/// Scheduled instants, 10 ms apart.
pub async fn due(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count = world.size.pick(200, 1_000);
    let place = Place::prepare(world).await?;
    world.settle().await?;
    place.warm_up().await?;

    let figure = |key| Figure {
        key,
        path: format!("{count} due instants → started or received, {key}"),
        unit: Unit::Milliseconds,
    };
    measure(world, "scheduled", count, &[figure("p50"), figure("p99")], async || {
        let latencies = place.measure(count, ready(Ok(()))).await?;
        Ok(vec![latencies.percentile(0.5), latencies.percentile(0.99)])
    })
    .await
}

/// As many as can be, due at one instant.
pub async fn burst(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count = world.size.pick(2_000, 10_000);
    let crowd = Crowd::prepare(world, count).await?;
    let path = format!("{count} due at one instant → last started or received");
    let figure = Figure { key: "last", path, unit: Unit::Milliseconds };
    measure(world, "burst", count, &[figure], async || Ok(vec![crowd.burst().await?])).await
}

/// Work that is done as fast as can be: a job that does nothing, an activity that is completed.
pub async fn complete(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let seconds = world.size.pick(2, 5);
    let shapes = Shapes::prepare(world, seconds).await?;
    let count = world.size.pick(5_000, 20_000);
    let path = "complete, over 1,000 queues".to_owned();
    let figure = Figure { key: "rate", path, unit: Unit::PerSecond };
    measure(world, "complete", count, &[figure], async || {
        Ok(vec![shapes.complete(world, 0, Duration::from_secs(seconds)).await?])
    })
    .await
}

/// Many at once: jobs by batches of 5,000, enrollments by a segment's backfill.
pub async fn insert(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count = world.size.pick(20_000, 200_000);
    backfill::prepare(world, count).await?;
    world.settle().await?;
    let segments = Cell::new(0);
    let path = format!("{count} inserted or enrolled");
    let figure = Figure { key: "rate", path, unit: Unit::PerSecond };
    measure(world, "insert", count, &[figure], async || {
        backfill::empty(world).await?;
        let segment = format!("everyone-{}", segments.replace(segments.get() + 1));
        Ok(vec![backfill::backfill(world, &segment, "wait", count).await?])
    })
    .await
}
