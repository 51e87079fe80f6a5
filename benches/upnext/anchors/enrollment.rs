//! A3: a million rows into one table with three indexes, by one `INSERT … SELECT`.

use std::time::Instant;

use crate::world::World;

const TABLES: &str = "
CREATE TABLE anchor.record (id bigint PRIMARY KEY, owner_id int NOT NULL) WITH (fillfactor = 90);
CREATE TABLE anchor.enrollment (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sequence_id int NOT NULL, record_id bigint NOT NULL,
  seller_id int NOT NULL, state smallint NOT NULL, step_no int NOT NULL, due_at timestamptz, created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL) WITH (fillfactor = 85);
CREATE UNIQUE INDEX enrollment_live ON anchor.enrollment (sequence_id, record_id) WHERE state IN (1, 2);
CREATE INDEX enrollment_due ON anchor.enrollment (due_at) WHERE state = 1";

/// Makes the tables.
pub async fn prepare(world: &World<'_>, count: usize) -> anyhow::Result<()> {
    world.execute(TABLES).await?;
    world
        .execute(format!(
            "INSERT INTO anchor.record SELECT n, n % 1000 FROM generate_series(1, {count}) AS n"
        ))
        .await
}

/// Rows per second.
pub async fn rate(world: &World<'_>, count: usize) -> anyhow::Result<f64> {
    world.execute("TRUNCATE anchor.enrollment").await?;
    let start = Instant::now();
    world
        .execute(
            "INSERT INTO anchor.enrollment (sequence_id, record_id, seller_id, state, step_no, due_at, created_at, updated_at)
             SELECT 1, id, owner_id, 1, 1, now(), now(), now() FROM anchor.record",
        )
        .await?;
    Ok(count as f64 / start.elapsed().as_secs_f64())
}
