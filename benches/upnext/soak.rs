//! An hour or so of mixed load, and what memory does meanwhile: not part of the table. The database
//! may go away for a while: calls are repeated, and nothing that was answered may be lost.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use futures::future::try_join_all;
use tonic::{Code, Response, Status};
use upnext::api::pb;
use upnext::api::pb::record_service_client::RecordServiceClient;
use uuid::Uuid;

use crate::machine::private_kib;
use crate::seed;
use crate::watchers::{Watchers, keys};
use crate::world::{World, task, wait};

const SELLERS: usize = 200;

/// Callers who work off queues of an organization.
const CALLERS: usize = 8;

/// How long a set of streams stays open.
const STREAMS_LIVE: Duration = Duration::from_secs(20);

/// The longest that a call is repeated.
const OUTAGE: Duration = Duration::from_secs(120);

/// The pause before a call is repeated.
const PAUSE: Duration = Duration::from_millis(100);

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

/// Runs the load of so many organizations for so long, prints memory each minute, and at the end
/// how fast it grew and what was done.
pub async fn run(world: &World<'_>, time: Duration, organizations: u16) -> anyhow::Result<()> {
    let (start, end) = (Instant::now(), Instant::now() + time);
    let mut others = Vec::new();
    for _ in 1..organizations {
        others.push(world.beside().await?);
    }

    let done = Done::default();
    let loads = try_join_all([world].into_iter().chain(&others).map(|world| load(world, &done, end)));
    let (_, samples) = tokio::try_join!(loads, watch_memory(world, &done, end))?;
    let server: Vec<(f64, f64)> = samples.iter().map(|sample| (sample.seconds, sample.server)).collect();
    let connections: Vec<(f64, f64)> =
        samples.iter().map(|sample| (sample.seconds, sample.connections)).collect();
    println!("server: {:+.0} KiB an hour", slope(&server));
    println!("its connections: {:+.0} KiB an hour", slope(&connections));
    println!("{} in {:.0} s", done.told(), start.elapsed().as_secs_f64());
    Ok(())
}

/// What was answered so far, in all organizations.
#[derive(Default)]
struct Done {
    completed: AtomicUsize,
    upserted: AtomicUsize,
    repeated: AtomicUsize,
}

impl Done {
    fn told(&self) -> String {
        let [completed, upserted, repeated] =
            [&self.completed, &self.upserted, &self.repeated].map(|count| count.load(Ordering::Relaxed));
        format!("{completed} activities completed, {upserted} records upserted, {repeated} calls repeated")
    }

    /// Makes a call until it is answered.
    async fn answered<T, F>(&self, mut call: impl FnMut() -> F) -> anyhow::Result<T>
    where
        F: Future<Output = Result<Response<T>, Status>>,
    {
        let since = Instant::now();

        loop {
            match call().await {
                Ok(answer) => return Ok(answer.into_inner()),
                Err(status) if passes(status.code()) && since.elapsed() < OUTAGE => {
                    self.repeated.fetch_add(1, Ordering::Relaxed);
                    tokio::time::sleep(PAUSE).await;
                }
                Err(status) => return Err(status.into()),
            }
        }
    }
}

/// True for what a client repeats.
fn passes(code: Code) -> bool {
    // Unknown: the connection broke.
    matches!(
        code,
        Code::Unavailable | Code::Unknown | Code::Aborted | Code::DeadlineExceeded | Code::ResourceExhausted
    )
}

/// The load of one organization. What was answered must be there at the end.
async fn load(world: &World<'_>, done: &Done, end: Instant) -> anyhow::Result<()> {
    world
        .sequence("visits", vec![task("first"), wait("pause", Duration::from_secs(5)), task("second")])
        .await?;
    let sellers = seed::sellers(world, SELLERS).await?;
    let secrets = keys(world, sellers, SELLERS).await?;
    world.segment("everyone", "record.score >= 0").await?;
    world.connect("everyone", "visits").await?;
    let request = pb::ActivateSegmentRequest { name: "segments/everyone".to_owned(), ..Default::default() };
    world.segments().activate_segment(request).await?;

    let callers = try_join_all((0..CALLERS).map(|caller| work_off(world, done, caller, end)));
    let ((), (), completed) =
        tokio::try_join!(upsert(world, done, end), stream(world, &secrets, end), callers)?;

    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM closed_activity WHERE organization_id = $1")
        .bind(world.organization)
        .fetch_one(&world.pool)
        .await?;
    let told: usize = completed.iter().sum();
    anyhow::ensure!(usize::try_from(kept)? == told, "{told} completions were answered, and {kept} are kept");
    Ok(())
}

/// New leads, twenty at a time, ten times a second; every other one is an old one with another
/// score.
async fn upsert(world: &World<'_>, done: &Done, end: Instant) -> anyhow::Result<()> {
    let client = RecordServiceClient::new(world.client.calls(0));
    let mut number = 0_usize;

    while Instant::now() < end {
        let records: Vec<_> =
            (number..number + 20).map(|n| lead(if n % 2 == 0 { n } else { n / 2 }, n)).collect();
        let request =
            pb::BatchUpsertRecordsRequest { record_type: "lead".to_owned(), records, ..Default::default() };

        done.answered(|| {
            let (mut client, request) = (client.clone(), request.clone());
            async move { all_upserted(client.batch_upsert_records(request).await?) }
        })
        .await?;
        done.upserted.fetch_add(20, Ordering::Relaxed);
        number += 20;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

/// Returns the error of the first record that has one.
fn all_upserted(
    answer: Response<pb::BatchUpsertRecordsResponse>,
) -> Result<Response<pb::BatchUpsertRecordsResponse>, Status> {
    use pb::batch_upsert_records_response::result::Result::Error;
    let failed = answer.get_ref().results.iter().find_map(|item| match &item.result {
        Some(Error(error)) => Some(Status::new(Code::from(error.code), error.message.clone())),
        _ => None,
    });
    failed.map_or(Ok(answer), Err)
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

/// Completes what is in the queues, one seller's after the other's. Returns how many were answered.
async fn work_off(world: &World<'_>, done: &Done, caller: usize, end: Instant) -> anyhow::Result<usize> {
    let (client, mut completed) = (world.client.work_queue(caller), 0);
    for turn in 0.. {
        if Instant::now() >= end {
            break;
        }
        let queue = format!("sellers/s{}", (turn * CALLERS + caller) % SELLERS);
        let request = pb::ListActivitiesRequest { queue, ..Default::default() };
        let list = || {
            let (mut client, request) = (client.clone(), request.clone());
            async move { client.list_activities(request).await }
        };
        let listed = done.answered(list).await?;
        if listed.activities.is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        for activity in listed.activities {
            let request_id = Uuid::from_u128(rand::random()).to_string();
            let request =
                pb::CompleteActivityRequest { name: activity.name, request_id, ..Default::default() };
            let complete = || {
                let (mut client, request) = (client.clone(), request.clone());
                async move { client.complete_activity(request).await }
            };
            done.answered(complete).await.context("completing what was listed")?;
            done.completed.fetch_add(1, Ordering::Relaxed);
            completed += 1;
        }
    }

    Ok(completed)
}

/// Streams that come and go, every seller's.
async fn stream(world: &World<'_>, secrets: &[String], end: Instant) -> anyhow::Result<()> {
    while Instant::now() < end {
        match Watchers::open(world, world.server.address(), secrets).await {
            Ok(_watchers) => {
                tokio::time::sleep(STREAMS_LIVE.min(end.saturating_duration_since(Instant::now()))).await;
            }
            // The database may be away.
            Err(error) => {
                eprintln!("  streams: {error:#}");
                tokio::time::sleep(PAUSE).await;
            }
        }
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

/// Memory once a minute. That of connections is known on a private Postgres only.
async fn watch_memory(world: &World<'_>, done: &Done, end: Instant) -> anyhow::Result<Vec<Sample>> {
    let (start, mut samples) = (Instant::now(), Vec::new());
    while Instant::now() < end {
        let pause = Duration::from_secs(60).min(end.saturating_duration_since(Instant::now()));
        tokio::time::sleep(pause).await;
        let pids = match world.postgres.is_private() {
            true => connections(world).await?,
            false => Vec::new(),
        };
        let server = private_kib(world.server.process_id());
        let connections: u64 = pids.iter().map(|pid| private_kib(pid.unsigned_abs())).sum();
        let minutes = start.elapsed().as_secs_f64() / 60.0;
        let (count, done) = (pids.len(), done.told());
        println!("{minutes:5.1} min: server {server} KiB, its {count} connections {connections} KiB; {done}");
        let seconds = start.elapsed().as_secs_f64();
        samples.push(Sample { seconds, server: server as f64, connections: connections as f64 });
    }

    // The first minutes fill pools and caches.
    Ok(samples.split_off(samples.len() / 4))
}

/// The processes of the server's connections.
async fn connections(world: &World<'_>) -> anyhow::Result<Vec<i32>> {
    let pids = sqlx::query_scalar(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'upnext%'",
    );
    Ok(pids.fetch_all(&world.pool).await?)
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
