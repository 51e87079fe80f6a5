//! A7: the driver's own read of one row by its key, at the product's concurrency and with as many
//! connections.

use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use uuid::Uuid;

use crate::load;
use crate::seed::Work;
use crate::world::World;

/// As many as a server has for calls, unless it is configured.
const CONNECTIONS: u32 = 16;

/// Connections that aren't tested before each use.
pub fn pool(world: &World<'_>) -> PgPool {
    let options = PgPoolOptions::new().max_connections(CONNECTIONS).test_before_acquire(false);
    options.connect_lazy_with(world.options.clone())
}

/// Reads per second.
pub async fn rate(
    world: &World<'_>,
    pool: &PgPool,
    work: &Work,
    callers: usize,
    time: Duration,
) -> anyhow::Result<f64> {
    let (organization, activities, count) = (world.organization, work.activities, work.count);
    load::rate(callers, time, usize::MAX, |_| {
        let pool = pool.clone();
        move |number| {
            let pool = pool.clone();
            async move {
                let _: Uuid = sqlx::query_scalar(
                    "SELECT record_id FROM activity WHERE organization_id = $1 AND id = $2",
                )
                .bind(organization)
                .bind(activities.id(number % count))
                .fetch_one(&pool)
                .await?;
                Ok(())
            }
        }
    })
    .await
}
