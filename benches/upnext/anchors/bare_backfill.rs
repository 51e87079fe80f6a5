//! What a backfill writes, by plain SQL from a table that has all values ready: the rows that the product's would, in the same tables.

use std::time::Instant;

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
    let start = Instant::now();
    let rows = match first {
        First::Activity => [ENROLLMENT_ACTING, ACTIVITY],
        First::Wait => [ENROLLMENT_WAITING, TIMER],
    };
    for from in (0..count).step_by(CHUNK) {
        let mut tx = world.pool.begin().await?;
        for statement in [MEMBERSHIP, rows[0], rows[1], HISTORY] {
            sqlx::query(statement)
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

const MEMBERSHIP: &str = "
INSERT INTO membership (organization_id, record_id, segment_id, join_time)
SELECT $1, record_id, $1, $4 FROM anchor.entrant WHERE n >= $2 AND n < $3 ORDER BY n";

const ENROLLMENT_ACTING: &str = "
INSERT INTO enrollment (organization_id, id, sequence_id, revision, record_id, pass_number, state, reason, source, segment_id, node,
  step_reach_time, waiting_until, activity_id, version, create_time, end_time)
SELECT $1, enrollment_id, $1, 1, record_id, 1, 2, 0, 2, $1, 0, $4, NULL, activity_id, 1, $4, NULL
FROM anchor.entrant WHERE n >= $2 AND n < $3 ORDER BY n";

const ENROLLMENT_WAITING: &str = "
INSERT INTO enrollment (organization_id, id, sequence_id, revision, record_id, pass_number, state, reason, source, segment_id, node,
  step_reach_time, waiting_until, waiting_for, activity_id, version, create_time, end_time)
SELECT $1, enrollment_id, $1, 1, record_id, 1, 2, 0, 2, $1, 0, $4, $4, 1, NULL, 1, $4, NULL
FROM anchor.entrant WHERE n >= $2 AND n < $3 ORDER BY n";

const ACTIVITY: &str = "
INSERT INTO activity (organization_id, id, enrollment_id, record_id, sequence_id, revision, node, kind, queue_id, record_display_name,
  due_time, rank, state, snooze_until, snooze_count, version, create_time)
SELECT $1, activity_id, enrollment_id, record_id, $1, 1, 0, 3, queue_id, 'A lead', $4, $4, 1, NULL, 0, 1, $4
FROM anchor.entrant WHERE n >= $2 AND n < $3 ORDER BY n";

const TIMER: &str = "
INSERT INTO timer (organization_id, due_at, kind, subject_id, enrollment_id, queue_id)
SELECT $1, $4 + interval '1 day', 1, enrollment_id, enrollment_id, queue_id FROM anchor.entrant WHERE n >= $2 AND n < $3 ORDER BY n";

const HISTORY: &str = r#"
INSERT INTO history (organization_id, subject_id, id, at, kind, actor_seller_id, actor_key_id, detail)
SELECT $1, event.subject_id, event.id, $4, event.kind, NULL, NULL, event.detail
FROM anchor.entrant, LATERAL (VALUES
  (enrollment_id, started_id, 1::smallint, '{}'::jsonb),
  (enrollment_id, reached_id, 5::smallint, '{"node": 0}'::jsonb),
  (record_id, routed_id, 101::smallint, routed)) AS event (subject_id, id, kind, detail)
WHERE n >= $2 AND n < $3 ORDER BY n"#;

const QUEUES: &str = "
UPDATE queue SET revision = queue.revision + 1, due_count = queue.due_count + added.count
FROM (SELECT queue_id, count(*) AS count FROM anchor.entrant WHERE n >= $2 AND n < $3 GROUP BY queue_id) AS added
WHERE queue.organization_id = $1 AND queue.id = added.queue_id";
