//! What firing due waits writes, by plain SQL: the same rows in the same tables, a thousand at a
//! time, by one connection.

use std::time::Instant;

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::columns::insert;
use crate::seed::Family;
use crate::world::World;

/// Makes the keys of what will be written: one row for each enrollment.
pub async fn prepare(world: &World<'_>, enrollments: Family, count: usize) -> anyhow::Result<()> {
    world
        .execute(
            "CREATE TABLE IF NOT EXISTS anchor.fire (enrollment_id uuid PRIMARY KEY, activity_id uuid, ended_id uuid, due_id uuid);
             TRUNCATE anchor.fire",
        )
        .await?;

    let families: Vec<i64> = (0..3).map(|_| Family::new(world).number()).collect();
    sqlx::query(
        "INSERT INTO anchor.fire SELECT bench.id($1, n), bench.id($2[1], n), bench.id($2[2], n), bench.id($2[3], n)
         FROM generate_series(0, $3::bigint - 1) AS n ORDER BY n",
    )
    .bind(enrollments.number())
    .bind(families)
    .bind(i64::try_from(count)?)
    .execute(&world.pool)
    .await?;
    world.execute("VACUUM ANALYZE anchor.fire").await
}

/// Timers per second.
pub async fn rate(world: &World<'_>, count: usize, due_at: DateTime<Utc>) -> anyhow::Result<f64> {
    let mut connection = world.pool.acquire().await?;
    let sweep = sweep();
    let start = Instant::now();
    loop {
        let statement = sqlx::query(AssertSqlSafe(sweep.as_str())).bind(world.organization).bind(due_at);
        if statement.execute(&mut *connection).await?.rows_affected() == 0 {
            return Ok(count as f64 / start.elapsed().as_secs_f64());
        }
    }
}

/// A thousand timers that are due, in one statement.
fn sweep() -> String {
    let activity = [
        ("organization_id", "$1"),
        ("id", "activity_id"),
        ("enrollment_id", "id"),
        ("record_id", "record_id"),
        ("sequence_id", "sequence_id"),
        ("node", "node"),
        ("kind", "3"),
        ("queue_id", "queue_id"),
        ("create_time", "due_at"),
    ];
    let event = [
        ("organization_id", "$1"),
        ("subject_id", "moved.id"),
        ("id", "event.id"),
        ("at", "moved.due_at"),
        ("kind", "event.kind"),
        ("detail", "event.detail"),
    ];
    let events = r#"FROM moved, LATERAL (VALUES
      (ended_id, 3::smallint, '{"node": 0}'::jsonb),
      (due_id, 5::smallint, '{"node": 1}'::jsonb)) AS event (id, kind, detail)"#;

    format!(
        "{MOVED}, opened AS ({}), told AS ({}) {COUNTED}",
        insert("activity", &activity, "FROM moved"),
        insert("history", &event, events),
    )
}

const MOVED: &str = "
WITH due AS (
  DELETE FROM timer WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM timer WHERE organization_id = $1 AND due_at <= $2
    ORDER BY due_at, kind, subject_id LIMIT 1000 FOR UPDATE SKIP LOCKED))
  RETURNING due_at, subject_id, queue_id
), moved AS (
  UPDATE enrollment SET node = node + 1, step_reach_time = due.due_at, waiting_until = NULL,
    waiting_for = NULL, activity_id = fire.activity_id, version = enrollment.version + 1
  FROM due JOIN anchor.fire ON fire.enrollment_id = due.subject_id
  WHERE enrollment.organization_id = $1 AND enrollment.id = due.subject_id
  RETURNING enrollment.id, enrollment.record_id, enrollment.sequence_id, enrollment.node, due.due_at,
    due.queue_id, fire.activity_id, fire.ended_id, fire.due_id
)";

const COUNTED: &str = "
UPDATE queue SET revision = queue.revision + 1, due_count = queue.due_count + added.count
FROM (SELECT queue_id, count(*) AS count FROM moved GROUP BY queue_id) AS added
WHERE queue.organization_id = $1 AND queue.id = added.queue_id";
