//! Measures sqlxmq, at the settings at which it is fastest, on the Postgres that PGHOST and its
//! siblings name. Prints one JSON object.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::Context as _;
use serde_json::{Value, json};
use sqlx::PgPool;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlxmq::{CurrentJob, JobRunnerOptions};
use tokio::sync::mpsc;

/// As many as are inserted at once.
const BATCH: i64 = 5_000;

/// Jobs whose `due_at` and `delay` follow from one first instant, so that none is early or late
/// because of the time that inserting takes.
const INSERT: &str = "
    SELECT mq_insert(array_agg((
        gen_random_uuid(), job.due_at - now(), 4, interval '1 second', '', '', NULL, false, 'peer',
        to_json(extract(epoch FROM job.due_at))::text, NULL
    )::mq_new_t))
    FROM (
        SELECT to_timestamp($1) + n * interval '1 microsecond' * $2 AS due_at
        FROM generate_series($3::bigint, $4 - 1) AS n
    ) AS job";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().context("a command is needed")?;
    let pool = PgPoolOptions::new().max_connections(26).connect_with(PgConnectOptions::new()).await?;
    let count: i64 = arguments.next().map_or(Ok(0), |count| count.parse())?;
    let told = match command.as_str() {
        "prepare" => prepare(&pool).await?,
        "scheduled" => scheduled(&pool, count).await?,
        "burst" => burst(&pool, count).await?,
        "insert" => inserted(&pool, count).await?,
        "complete" => completed(&pool, count).await?,
        other => anyhow::bail!("unknown command {other}"),
    };
    println!("{told}");
    Ok(())
}

async fn prepare(pool: &PgPool) -> anyhow::Result<Value> {
    let mut migrator = Migrator::new(Path::new(env!("SQLXMQ_MIGRATIONS"))).await?;
    // The product's stand in the same table.
    migrator.set_ignore_missing(true).run(pool).await?;
    Ok(json!({}))
}

async fn scheduled(pool: &PgPool, count: i64) -> anyhow::Result<Value> {
    let worker = Worker::start(pool).await?;
    insert(pool, count, now() + 2.0, 10_000.0).await?;
    let late = worker.finish(count).await?;
    Ok(json!({ "p50": late[late.len() / 2], "p99": late[late.len() * 99 / 100] }))
}

async fn burst(pool: &PgPool, count: i64) -> anyhow::Result<Value> {
    let worker = Worker::start(pool).await?;
    insert(pool, count, now() + 8.0, 0.0).await?;
    let late = worker.finish(count).await?;
    Ok(json!({ "last": late.last() }))
}

async fn inserted(pool: &PgPool, count: i64) -> anyhow::Result<Value> {
    let began = Instant::now();
    insert(pool, count, now(), 0.0).await?;
    Ok(json!({ "rate": count as f64 / began.elapsed().as_secs_f64() }))
}

async fn completed(pool: &PgPool, count: i64) -> anyhow::Result<Value> {
    insert(pool, count, now(), 0.0).await?;
    let began = Instant::now();
    Worker::start(pool).await?.finish(count).await?;
    Ok(json!({ "rate": count as f64 / began.elapsed().as_secs_f64() }))
}

async fn insert(pool: &PgPool, count: i64, first: f64, apart_micros: f64) -> anyhow::Result<()> {
    for from in (0..count).step_by(BATCH as usize) {
        sqlx::query(INSERT)
            .bind(first)
            .bind(apart_micros)
            .bind(from)
            .bind(count.min(from + BATCH))
            .execute(pool)
            .await?;
    }
    Ok(())
}

/// Seconds since 1970.
fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("it is later than 1970").as_secs_f64()
}

/// Runs jobs, and notes how late each started.
struct Worker {
    done: mpsc::UnboundedReceiver<f64>,
    _running: sqlxmq::JobRunnerHandle,
}

impl Worker {
    async fn start(pool: &PgPool) -> anyhow::Result<Self> {
        let (note, done) = mpsc::unbounded_channel();
        let run = move |mut job: CurrentJob| {
            let started = now();
            let note = note.clone();
            tokio::spawn(async move {
                let due: f64 = job.json().expect("is a number").expect("has a payload");
                job.complete().await.expect("completes");
                // Whoever waits may be gone.
                let _ = note.send((started - due) * 1_000.0);
            });
        };
        let mut options = JobRunnerOptions::new(pool, run);
        Ok(Self { _running: options.set_keep_alive(false).run().await?, done })
    }

    /// Waits until so many jobs are complete. Answers how late each started, in milliseconds, in
    /// ascending order.
    async fn finish(mut self, count: i64) -> anyhow::Result<Vec<f64>> {
        let mut late = Vec::new();
        while (late.len() as i64) < count {
            let next = tokio::time::timeout(Duration::from_secs(60), self.done.recv()).await?;
            late.push(next.context("the worker ended")?);
        }
        late.sort_by(f64::total_cmp);
        Ok(late)
    }
}
