//! What an action on many waiting enrollments writes, by plain SQL: the same rows in the same
//! tables, ten thousand at a time, by one connection.

use std::time::Instant;

use sqlx::AssertSqlSafe;

use crate::columns::insert;
use crate::seed::Family;
use crate::world::World;

/// What is done with the enrollments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// They are paused.
    Pause,
    /// They are resumed.
    Resume,
    /// They move to another revision.
    Migrate,
    /// They end.
    Exit,
}

/// Enrollments in one transaction: more make nothing faster.
const CHUNK: usize = 10_000;

/// Enrollments per second.
pub async fn rate(world: &World<'_>, enrollments: Family, deed: Deed, count: usize) -> anyhow::Result<f64> {
    let events = Family::new(world);
    let statement = statement(deed);
    let start = Instant::now();

    for from in (0..count).step_by(CHUNK) {
        sqlx::query(AssertSqlSafe(statement.as_str()))
            .bind(world.organization)
            .bind(enrollments.number())
            .bind(events.number())
            .bind(i64::try_from(from)?)
            .bind(i64::try_from((from + CHUNK).min(count) - 1)?)
            .bind(world.now())
            .execute(&world.pool)
            .await?;
    }
    Ok(count as f64 / start.elapsed().as_secs_f64())
}

/// A chunk in one statement: its enrollments, their timers, an event for each, and the counts of
/// the queues.
fn statement(deed: Deed) -> String {
    let (set, kind) = match deed {
        Deed::Pause => ("state = 3, reason = 1, pause_time = $6", 30),
        Deed::Resume => ("state = 2, reason = 0, pause_time = NULL", 31),
        Deed::Migrate => ("revision = 2, waiting_until = waiting_until + interval '1 day'", 32),
        Deed::Exit => ("state = 5, reason = 1, waiting_until = NULL, waiting_for = NULL, end_time = $6", 13),
    };
    let event = [
        ("organization_id", "$1".to_owned()),
        ("subject_id", "id".to_owned()),
        ("id", "event_id".to_owned()),
        ("at", "$6".to_owned()),
        ("kind", kind.to_string()),
        ("detail", r#"'{"node": 0}'::jsonb"#.to_owned()),
    ];
    let event: Vec<(&str, &str)> = event.iter().map(|(column, value)| (*column, value.as_str())).collect();
    let timer = [
        ("organization_id", "$1"),
        ("due_at", "coalesce(waiting_until, $6)"),
        ("subject_id", "id"),
        ("enrollment_id", "id"),
        ("queue_id", "queue_id"),
    ];

    let mut parts = vec![format!("told AS ({})", insert("history", &event, "FROM moved"))];
    if deed != Deed::Resume {
        parts.push(
            "cleared AS (DELETE FROM timer USING item WHERE timer.organization_id = $1 AND timer.subject_id = item.id)"
                .to_owned(),
        );
    }
    if matches!(deed, Deed::Resume | Deed::Migrate) {
        parts.push(format!("set AS ({})", insert("timer", &timer, "FROM moved")));
    }
    format!(
        "WITH item AS (
           SELECT bench.id($2, n) AS id, bench.id($3, n) AS event_id FROM generate_series($4::bigint, $5::bigint) AS n
         ), moved AS (
           UPDATE enrollment SET {set}, version = enrollment.version + 1
           FROM item JOIN record ON true
           WHERE enrollment.organization_id = $1 AND enrollment.id = item.id
             AND record.organization_id = $1 AND record.id = enrollment.record_id
           RETURNING enrollment.id, item.event_id, enrollment.waiting_until, record.owner_id AS queue_id
         ), {} {COUNTED}",
        parts.join(", ")
    )
}

const COUNTED: &str = "
UPDATE queue SET revision = queue.revision + 1
FROM (SELECT DISTINCT queue_id FROM moved) AS touched
WHERE queue.organization_id = $1 AND queue.id = touched.queue_id";
