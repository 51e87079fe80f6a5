//! Nothing is due, and ten thousand sellers watch: what the server asks the database, and what it
//! costs.

use std::time::{Duration, Instant};

use crate::machine::processor_time;
use crate::report::{Goal, Line, Unit};
use crate::seed;
use crate::watchers::{Watchers, keys};
use crate::world::World;

/// After this, an idle session of Postgres has handed in what it counted: the opening of the
/// streams is not to be among what is asked later.
const HANDED_IN: Duration = Duration::from_secs(12);

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count = world.size.pick(2_000, 10_000);
    let time = Duration::from_secs(world.size.pick(20, 60));
    let sellers = seed::sellers(world, count).await?;
    let secrets = keys(world, sellers, count).await?;

    world.settle().await?;
    let _watchers = Watchers::open(world, world.server.address(), &secrets).await?;
    tokio::time::sleep(HANDED_IN).await;
    let (transactions, used) = (transactions(world).await?, processor_time(world.server.process_id()));
    let start = Instant::now();
    tokio::time::sleep(time).await;

    let seconds = start.elapsed().as_secs_f64();
    let used = (processor_time(world.server.process_id()) - used).as_secs_f64();
    let asked = self::transactions(world).await? - transactions;
    let line = |path: &str, product: f64, goal: f64| Line {
        path: format!("nothing due, {count} subscribers: {path}"),
        anchor: String::new(),
        anchors: Vec::new(),
        products: vec![product],
        unit: Unit::Plain,
        goal: Goal::Most(goal),
    };
    Ok(vec![
        line("queries per second", asked as f64 / seconds, 1.0),
        line("% of a core", used / seconds * 100.0, 2.0),
    ])
}

/// Transactions in this database so far, without those that ask for it. Each of a server's queries
/// is one when nothing is written.
async fn transactions(world: &World<'_>) -> anyhow::Result<i64> {
    // Sessions hand in their counts when they have been idle for a while, which those of an idle
    // server are.
    let count: i64 = sqlx::query_scalar(
        "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()",
    )
    .fetch_one(&world.pool)
    .await?;
    Ok(count)
}
