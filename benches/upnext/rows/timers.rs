//! Waits that end at one instant: from that instant to the last commit.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::anchors::{bare_sweep, sweep};
use crate::measure::{Turn, interleave};
use crate::report::{Goal, Line, Unit};
use crate::seed::{self, Family};
use crate::world::{World, task, wait};

/// Sellers that own the records.
const OWNERS: usize = 1_000;

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count = world.size.pick(10_000, 100_000);
    world.sequence("calls", vec![wait("pause", Duration::from_secs(86_400)), task("call")]).await?;
    let sellers = seed::sellers(world, OWNERS).await?;
    let leads = seed::leads(world, count, sellers, 0, OWNERS).await?;
    sweep::prepare(world, count).await?;
    world.settle().await?;

    let set = interleave(world.size.rounds(), 2, 1, async |turn| match turn {
        Turn::Anchor(0) => bare(world, leads, sellers, OWNERS, count).await,
        Turn::Anchor(_) => sweep::rate(world, count).await,
        Turn::Product(_) => {
            let due_at = world.now() + lead_time(count);
            seed(world, leads, sellers, OWNERS, count, due_at).await?;
            Ok(count as f64 / until_fired(world, due_at).await?)
        }
    })
    .await?;
    let line = |anchor: usize, text: &str, goal| Line {
        path: format!("{count} timers due at once"),
        anchor: text.to_owned(),
        anchors: set.anchors[anchor].clone(),
        products: set.products[0].clone(),
        unit: Unit::PerSecond,
        goal: Goal::Rate(goal),
    };
    Ok(vec![line(0, "bare: the same rows by plain SQL", 0.80), line(1, "A4: sweep of narrow tables", 0.20)])
}

/// Long enough to write so many timers before they are due.
fn lead_time(count: usize) -> TimeDelta {
    TimeDelta::milliseconds(2_000 + i64::try_from(count / 20).unwrap_or(i64::MAX))
}

/// Makes enrollments whose timers are all due at one instant, instead of those of the last
/// measurement.
pub async fn seed(
    world: &World<'_>,
    leads: Family,
    sellers: Family,
    owners: usize,
    count: usize,
    due_at: DateTime<Utc>,
) -> anyhow::Result<Family> {
    world.execute("TRUNCATE enrollment, activity, timer, history; UPDATE queue SET due_count = 0").await?;
    let waiting = seed::Waiting { sequence: "calls", leads, count, sellers, owners, due_at, apart_micros: 0 };
    let enrollments = seed::timers(world, &waiting).await?;
    world.execute("VACUUM ANALYZE enrollment, activity, timer, queue").await?;
    anyhow::ensure!(world.now() < due_at, "the timers were due before all were written");
    Ok(enrollments)
}

/// Timers per second of the bare sweep.
pub async fn bare(
    world: &World<'_>,
    leads: Family,
    sellers: Family,
    owners: usize,
    count: usize,
) -> anyhow::Result<f64> {
    // Not due for the server, which must leave them alone.
    let due_at = world.now() + TimeDelta::days(1);
    let enrollments = seed(world, leads, sellers, owners, count, due_at).await?;
    bare_sweep::prepare(world, enrollments, count).await?;
    bare_sweep::rate(world, count, due_at).await
}

/// The seconds from the due instant until no timer is left.
async fn until_fired(world: &World<'_>, due_at: DateTime<Utc>) -> anyhow::Result<f64> {
    world.clock.sleep_until(due_at).await;

    loop {
        // From the far end, where the last ones are: those that were fired aren't walked over.
        let left: Option<DateTime<Utc>> = sqlx::query_scalar(
            "SELECT due_at FROM timer WHERE organization_id = $1 ORDER BY due_at DESC, kind DESC, subject_id DESC LIMIT 1",
        )
        .bind(world.organization)
        .fetch_optional(&world.pool)
        .await?;
        let since = world.now() - due_at;
        if left.is_none() {
            return Ok(since.as_seconds_f64());
        }
        anyhow::ensure!(since < TimeDelta::minutes(5), "timers stay unfired");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
