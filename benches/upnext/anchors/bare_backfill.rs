//! What a backfill writes, by plain SQL from a table that has all values ready: the rows that the
//! product's would, in the same tables.

use std::time::Instant;

use sqlx::AssertSqlSafe;

use crate::columns::insert;
use crate::rows::backfill::First;
use crate::seed::Family;
use crate::world::World;

/// Records in one transaction: more make nothing faster.
const CHUNK: usize = 50_000;

/// Makes the values: one row for each lead.
pub async fn prepare(
    world: &World<'_>,
    leads: Family,
    sellers: Family,
    owners: usize,
    count: usize,
) -> anyhow::Result<()> {
    world
        .execute(
            "CREATE TABLE anchor.entrant (n bigint PRIMARY KEY, record_id uuid, enrollment_id uuid, activity_id uuid, queue_id uuid,
               routed_id uuid, started_id uuid, reached_id uuid, routed jsonb)",
        )
        .await?;

    let families: Vec<i64> = (0..5).map(|_| Family::new(world).number()).collect();
    sqlx::query(
        "INSERT INTO anchor.entrant SELECT n, bench.id($1, n), bench.id($3[1], n), bench.id($3[2], n), bench.id($2, n % $4),
           bench.id($3[3], n), bench.id($3[4], n), bench.id($3[5], n),
           jsonb_build_object('segment', bench.id($2, 0), 'seller', bench.id($2, n % $4), 'owner_reason', 'ALREADY_OWNED',
             'enrollment', bench.id($3[1], n), 'sequence_reason', 'ENROLLED')
         FROM generate_series(0, $5::bigint - 1) AS n ORDER BY n",
    )
    .bind(leads.number())
    .bind(sellers.number())
    .bind(families)
    .bind(i64::try_from(owners)?)
    .bind(i64::try_from(count)?)
    .execute(&world.pool)
    .await?;
    Ok(())
}

/// Records per second.
pub async fn rate(world: &World<'_>, first: First, count: usize) -> anyhow::Result<f64> {
    let statements = statements(first);
    let start = Instant::now();

    for from in (0..count).step_by(CHUNK) {
        let mut tx = world.pool.begin().await?;
        for statement in &statements {
            sqlx::query(AssertSqlSafe(statement.as_str()))
                .bind(world.organization)
                .bind(i64::try_from(from)?)
                .bind(i64::try_from(from + CHUNK)?)
                .bind(world.now())
                .execute(&mut *tx)
                .await?;
        }
        if first == First::Activity {
            let queues = sqlx::query(QUEUES).bind(world.organization);
            queues.bind(i64::try_from(from)?).bind(i64::try_from(from + CHUNK)?).execute(&mut *tx).await?;
        }
        tx.commit().await?;
    }
    Ok(count as f64 / start.elapsed().as_secs_f64())
}

/// The statements that write a chunk of entrants, but for their queues' counts.
fn statements(first: First) -> [String; 4] {
    let entrants = "FROM anchor.entrant WHERE n >= $2 AND n < $3 ORDER BY n";
    let organization = ("organization_id", "$1");
    let record = ("record_id", "record_id");
    let membership = [organization, record, ("segment_id", "$1"), ("join_time", "$4")];

    let [position, until] = match first {
        First::Activity => [("activity_id", "activity_id"), ("waiting_until", "NULL")],
        First::Wait => [("waiting_for", "1"), ("waiting_until", "$4")],
    };
    let enrollment = [
        organization,
        ("id", "enrollment_id"),
        ("sequence_id", "$1"),
        record,
        ("source", "2"),
        ("segment_id", "$1"),
        position,
        until,
        ("create_time", "$4"),
    ];
    let work = match first {
        First::Activity => {
            let activity = [
                organization,
                ("id", "activity_id"),
                ("enrollment_id", "enrollment_id"),
                record,
                ("sequence_id", "$1"),
                ("kind", "3"),
                ("queue_id", "queue_id"),
                ("create_time", "$4"),
            ];
            insert("activity", &activity, entrants)
        }
        First::Wait => {
            let timer = [
                organization,
                ("due_at", "$4 + interval '1 day'"),
                ("enrollment_id", "enrollment_id"),
                ("queue_id", "queue_id"),
            ];
            insert("timer", &timer, entrants)
        }
    };

    let event = [
        organization,
        ("subject_id", "event.subject_id"),
        ("id", "event.id"),
        ("at", "$4"),
        ("kind", "event.kind"),
        ("detail", "event.detail"),
    ];
    let enrollments = insert("enrollment", &enrollment, entrants);
    [insert("membership", &membership, entrants), enrollments, work, insert("history", &event, EVENTS)]
}

const EVENTS: &str = r#"FROM anchor.entrant, LATERAL (VALUES
  (enrollment_id, started_id, 1::smallint, '{}'::jsonb),
  (enrollment_id, reached_id, 5::smallint, '{"node": 0}'::jsonb),
  (record_id, routed_id, 101::smallint, routed)) AS event (subject_id, id, kind, detail)
WHERE n >= $2 AND n < $3 ORDER BY n"#;

const QUEUES: &str = "
UPDATE queue SET revision = queue.revision + 1, due_count = queue.due_count + added.count
FROM (SELECT queue_id, count(*) AS count FROM anchor.entrant WHERE n >= $2 AND n < $3 GROUP BY queue_id) AS added
WHERE queue.organization_id = $1 AND queue.id = added.queue_id";
