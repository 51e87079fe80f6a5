//! A5: a row updated and NOTIFY in one durable transaction; from its COMMIT to the other
//! connection's hearing of it.

use std::time::Instant;

use sqlx::postgres::PgListener;

use crate::measure::Latencies;
use crate::world::World;

/// How long each of `count` took, one after the other.
pub async fn latencies(world: &World<'_>, count: usize) -> anyhow::Result<Latencies> {
    world
        .execute(
            "CREATE TABLE IF NOT EXISTS anchor.bell (id int PRIMARY KEY, v int);
             INSERT INTO anchor.bell VALUES (1, 0) ON CONFLICT DO NOTHING",
        )
        .await?;
    let mut listener = PgListener::connect_with(&world.pool).await?;
    listener.listen("bench_bell").await?;
    let mut latencies = Latencies::default();

    for number in 0..count {
        let mut tx = world.pool.begin().await?;
        sqlx::query("UPDATE anchor.bell SET v = v + 1 WHERE id = 1").execute(&mut *tx).await?;
        sqlx::query("SELECT pg_notify('bench_bell', $1)").bind(number.to_string()).execute(&mut *tx).await?;
        let start = Instant::now();
        let (committed, heard) = tokio::join!(tx.commit(), listener.recv());
        committed?;
        heard?;
        latencies.add(start.elapsed());
    }
    Ok(latencies)
}
