//! A4: due timers deleted and activities inserted, a thousand at a time, by one connection, in
//! narrow tables.

use std::time::Instant;

use crate::world::World;

const TABLES: &str = "
CREATE TABLE anchor.enr2 (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sequence_id int NOT NULL, record_id bigint NOT NULL,
  seller_id int NOT NULL, step_no int NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL) WITH (fillfactor = 85);
CREATE UNIQUE INDEX enr2_live ON anchor.enr2 (sequence_id, record_id);
CREATE TABLE anchor.timer (due_at timestamptz NOT NULL, enrollment_id bigint NOT NULL, PRIMARY KEY (due_at, enrollment_id));
CREATE TABLE anchor.wi_open (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, enrollment_id bigint NOT NULL, seller_id int NOT NULL,
  step_no int NOT NULL, due_at timestamptz NOT NULL);
CREATE INDEX wi_open_seller ON anchor.wi_open (seller_id, due_at)";

const SWEEP: &str = "
WITH due AS (
  DELETE FROM anchor.timer WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM anchor.timer WHERE due_at <= now() ORDER BY due_at, enrollment_id LIMIT 1000 FOR UPDATE SKIP LOCKED))
  RETURNING enrollment_id
), src AS (
  SELECT e.id, e.seller_id, e.step_no FROM due JOIN anchor.enr2 e ON e.id = due.enrollment_id
)
INSERT INTO anchor.wi_open (enrollment_id, seller_id, step_no, due_at) SELECT id, seller_id, step_no, now() FROM src";

/// Makes the tables, with the enrollments.
pub async fn prepare(world: &World<'_>, count: usize) -> anyhow::Result<()> {
    world.execute(TABLES).await?;
    world
        .execute(format!(
            "INSERT INTO anchor.enr2 (sequence_id, record_id, seller_id, step_no, created_at, updated_at)
             SELECT 1, n, n % 1000, 1, now(), now() FROM generate_series(1, {count}) AS n"
        ))
        .await
}

/// Timers per second.
pub async fn rate(world: &World<'_>, count: usize) -> anyhow::Result<f64> {
    world.execute("TRUNCATE anchor.timer, anchor.wi_open").await?;
    world.execute("INSERT INTO anchor.timer SELECT now() - interval '1 minute', id FROM anchor.enr2").await?;
    world.execute("VACUUM ANALYZE anchor.timer").await?;
    let mut connection = world.pool.acquire().await?;
    let start = Instant::now();
    while sqlx::query(SWEEP).execute(&mut *connection).await?.rows_affected() > 0 {}
    Ok(count as f64 / start.elapsed().as_secs_f64())
}
