//! An hour or so of mixed load, and what memory does meanwhile: not part of the table.

use std::time::{Duration, Instant};

use futures::future::try_join_all;
use upnext::api::pb;
use upnext::api::pb::record_service_client::RecordServiceClient;

use crate::machine::private_kib;
use crate::seed;
use crate::watchers::{Watchers, keys};
use crate::world::{World, task, wait};

const SELLERS: usize = 200;

/// Callers who work off queues.
const CALLERS: usize = 8;

/// How long a set of streams stays open.
const STREAMS_LIVE: Duration = Duration::from_secs(20);

/// Reads `90s`, `10m` or `1h`.
pub fn duration(text: &str) -> Result<Duration, String> {
    let (number, seconds) = match text.split_at_checked(text.len().saturating_sub(1)) {
        Some((number, "s")) => (number, 1),
        Some((number, "m")) => (number, 60),
        Some((number, "h")) => (number, 3_600),
        _ => return Err("must be like 90s, 10m or 1h".to_owned()),
    };
    let number: u64 = number.parse().map_err(|_| "must be like 90s, 10m or 1h".to_owned())?;
    Ok(Duration::from_secs(number * seconds))
}

/// Runs the load for so long, prints memory each minute, and at the end how fast it grew.
pub async fn run(world: &World<'_>, time: Duration) -> anyhow::Result<()> {
    let end = Instant::now() + time;
    world
        .sequence("visits", vec![task("first"), wait("pause", Duration::from_secs(5)), task("second")])
        .await?;

    let sellers = seed::sellers(world, SELLERS).await?;
    let secrets = keys(world, sellers, SELLERS).await?;
    world.segment("everyone", "record.score >= 0").await?;
    world.connect("everyone", "visits").await?;
    let request = pb::ActivateSegmentRequest { name: "segments/everyone".to_owned(), ..Default::default() };
    world.segments().activate_segment(request).await?;

    let callers = try_join_all((0..CALLERS).map(|caller| work_off(world, caller, end)));
    let ((), (), _, samples) = tokio::try_join!(
        upsert(world, end),
        stream(world, &secrets, end),
        callers,
        watch_memory(world, end)
    )?;
    let server: Vec<(f64, f64)> = samples.iter().map(|sample| (sample.seconds, sample.server)).collect();
    let connections: Vec<(f64, f64)> =
        samples.iter().map(|sample| (sample.seconds, sample.connections)).collect();
    println!("server: {:+.0} KiB an hour", slope(&server));
    println!("its connections: {:+.0} KiB an hour", slope(&connections));
    Ok(())
}

/// New leads, twenty at a time, ten times a second; every other one is an old one with another
/// score.
async fn upsert(world: &World<'_>, end: Instant) -> anyhow::Result<()> {
    let mut client = RecordServiceClient::new(world.client.calls(0));
    let mut number = 0_usize;
    while Instant::now() < end {
        let records = (number..number + 20).map(|n| lead(if n % 2 == 0 { n } else { n / 2 }, n)).collect();
        let request =
            pb::BatchUpsertRecordsRequest { record_type: "lead".to_owned(), records, ..Default::default() };
        client.batch_upsert_records(request).await?;
        number += 20;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

fn lead(id: usize, score: usize) -> pb::RecordUpsert {
    let score =
        prost_types::Value { kind: Some(prost_types::value::Kind::NumberValue((score % 100) as f64)) };
    let fields = [("score".to_owned(), score)].into();
    pb::RecordUpsert {
        id: format!("lead-{id}"),
        owner: Some(format!("s{}", id % SELLERS)),
        attributes: Some(prost_types::Struct { fields }),
        ..Default::default()
    }
}

/// Completes what is in the queues, one seller's after the other's.
async fn work_off(world: &World<'_>, caller: usize, end: Instant) -> anyhow::Result<()> {
    let mut client = world.client.work_queue(caller);
    for turn in 0.. {
        if Instant::now() >= end {
            break;
        }
        let queue = format!("sellers/s{}", (turn * CALLERS + caller) % SELLERS);
        let request = pb::ListActivitiesRequest { queue, ..Default::default() };
        let listed = client.list_activities(request).await?.into_inner();
        if listed.activities.is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        for activity in listed.activities {
            let request = pb::CompleteActivityRequest { name: activity.name, ..Default::default() };
            client.complete_activity(request).await?;
        }
    }

    Ok(())
}

/// Streams that come and go, every seller's.
async fn stream(world: &World<'_>, secrets: &[String], end: Instant) -> anyhow::Result<()> {
    while Instant::now() < end {
        let watchers = Watchers::open(world, world.server.address(), secrets).await?;
        tokio::time::sleep(STREAMS_LIVE.min(end.saturating_duration_since(Instant::now()))).await;
        drop(watchers);
    }
    Ok(())
}

/// Memory at one moment, in kibibytes.
struct Sample {
    seconds: f64,
    server: f64,
    /// Of all the server's database connections.
    connections: f64,
}

/// Memory once a minute.
async fn watch_memory(world: &World<'_>, end: Instant) -> anyhow::Result<Vec<Sample>> {
    let (start, mut samples) = (Instant::now(), Vec::new());
    while Instant::now() < end {
        let pause = Duration::from_secs(60).min(end.saturating_duration_since(Instant::now()));
        tokio::time::sleep(pause).await;
        let pids: Vec<i32> = sqlx::query_scalar(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'upnext%'",
        )
        .fetch_all(&world.pool)
        .await?;
        let server = private_kib(world.server.process_id());
        let connections: u64 = pids.iter().map(|pid| private_kib(pid.unsigned_abs())).sum();
        let minutes = start.elapsed().as_secs_f64() / 60.0;
        println!("{minutes:5.1} min: server {server} KiB, its {} connections {connections} KiB", pids.len());
        let seconds = start.elapsed().as_secs_f64();
        samples.push(Sample { seconds, server: server as f64, connections: connections as f64 });
    }

    // The first minutes fill pools and caches.
    Ok(samples.split_off(samples.len() / 4))
}

/// The slope of the line through these points that fits best, per hour.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let mean = |value: fn(&(f64, f64)) -> f64| points.iter().map(value).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let over: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let under: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    over / under * 3_600.0
}
