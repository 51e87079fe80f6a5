//! A9: ten thousand rows fetched to the client by their keys.

use std::time::Instant;

use sqlx::Row as _;
use uuid::Uuid;

use crate::world::World;

/// Milliseconds for all of them.
pub async fn fetch(world: &World<'_>, ids: &[Uuid]) -> anyhow::Result<f64> {
    let start = Instant::now();
    let rows = sqlx::query(
        "SELECT id, record_type_id, owner_id, closed, attributes FROM record WHERE organization_id = $1 AND id = ANY ($2)",
    )
    .bind(world.organization)
    .bind(ids)
    .fetch_all(&world.pool)
    .await?;

    let took = start.elapsed().as_secs_f64() * 1000.0;
    anyhow::ensure!(
        rows.len() == ids.len() && rows.iter().all(|row| row.len() == 5),
        "every record is there"
    );
    Ok(took)
}
