//! Ten thousand records change while 250 segments are active, and while ten times as many are.

use std::time::{Duration, Instant};

use sqlx::AssertSqlSafe;
use upnext::api::pb;
use upnext::api::pb::record_service_client::RecordServiceClient;
use uuid::Uuid;

use crate::anchors::records;
use crate::columns::insert;
use crate::measure::{Set, Turn, interleave};
use crate::report::{Goal, Line, Unit};
use crate::seed::{self, Family};
use crate::world::{World, task};

/// As many as may be active.
const SEGMENTS: usize = 250;
/// More than that, to see what each further one costs.
const MANY: usize = 10 * SEGMENTS;

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count = world.size.pick(5_000, 10_000);
    world.sequence("calls", vec![task("call")]).await?;
    // First: as long as there are no records, nothing has to be counted.
    make_segments(world).await?;
    let sellers = seed::sellers(world, 100).await?;
    let leads = seed::leads(world, count, sellers, 0, 100).await?;
    seed::leads(world, world.size.pick(50_000, 1_000_000), sellers, 0, 100).await?;
    world.settle().await?;

    let ids: Vec<Uuid> = (0..count).map(|n| leads.id(n)).collect();
    let few = measure(world, leads, &ids).await?;
    activate_all(world).await?;
    let many = measure(world, leads, &ids).await?;
    Ok(vec![
        Line {
            path: format!("{count} changed records × {SEGMENTS} segments"),
            anchor: "A9: the same records fetched once".to_owned(),
            anchors: few.anchors[0].clone(),
            products: few.products[0].clone(),
            unit: Unit::Milliseconds,
            goal: Goal::Times(3.0),
        },
        Line {
            path: format!("{count} changed records × {MANY} segments"),
            anchor: format!("× {SEGMENTS} segments"),
            anchors: few.products[0].clone(),
            products: many.products[0].clone(),
            unit: Unit::Milliseconds,
            goal: Goal::Times(2.0),
        },
    ])
}

/// The changes against the segments that are active, and the records fetched.
async fn measure(world: &World<'_>, leads: Family, ids: &[Uuid]) -> anyhow::Result<Set> {
    evaluate(world, leads, ids.len()).await?;
    interleave(world.size.rounds() + 1, 1, 1, async |turn| match turn {
        Turn::Anchor(_) => records::fetch(world, ids).await,
        Turn::Product(_) => evaluate(world, leads, ids.len()).await,
    })
    .await
}

/// None matches what is seeded: that is a segment's usual record.
async fn make_segments(world: &World<'_>) -> anyhow::Result<()> {
    for number in 0..MANY {
        let id = format!("segment-{number}");
        let condition = format!("record.origin == \"campaign {number}\" && record.score > {}", number % 90);
        world.segment(&id, &condition).await?;
        world.connect(&id, "calls").await?;
        if number < SEGMENTS {
            let request = pb::ActivateSegmentRequest { name: format!("segments/{id}"), ..Default::default() };
            world.segments().activate_segment(request).await?;
        }
    }
    Ok(())
}

/// Activates the rest, past the limit.
async fn activate_all(world: &World<'_>) -> anyhow::Result<()> {
    world
        .execute(
            "UPDATE segment SET state = 'ACTIVE' WHERE state = 'DRAFT';
             UPDATE organization SET definition_epoch = definition_epoch + 1",
        )
        .await
}

/// Milliseconds from the changes' commit until none waits any more.
async fn evaluate(world: &World<'_>, leads: Family, count: usize) -> anyhow::Result<f64> {
    let mut tx = world.pool.begin().await?;
    let change = [("organization_id", "$1"), ("id", "bench.id($2, n)"), ("record_id", "bench.id($3, n)")];
    let changes = insert("record_change", &change, "FROM generate_series(0, $4 - 1) AS n");
    sqlx::query(AssertSqlSafe(changes))
        .bind(world.organization)
        .bind(Family::new(world).number())
        .bind(leads.number())
        .bind(i64::try_from(count)?)
        .execute(&mut *tx)
        .await?;
    let start = Instant::now();
    tx.commit().await?;

    // Written past the server: a change through it wakes its loop, which else would look within a
    // second.
    let mut client = RecordServiceClient::new(world.client.calls(0));
    let record = pb::RecordUpsert { id: format!("bell-{}", world.clock.new_id()), ..Default::default() };
    let request = pb::UpsertRecordRequest {
        record_type: "lead".to_owned(),
        record: Some(record),
        ..Default::default()
    };
    client.upsert_record(request).await?;

    until_routed(world, start).await?;
    Ok(start.elapsed().as_secs_f64() * 1_000.0)
}

/// Waits until no change waits any more.
pub async fn until_routed(world: &World<'_>, start: Instant) -> anyhow::Result<()> {
    loop {
        let left: Option<Uuid> = sqlx::query_scalar(
            "SELECT id FROM record_change WHERE organization_id = $1 ORDER BY id DESC LIMIT 1",
        )
        .bind(world.organization)
        .fetch_optional(&world.pool)
        .await?;
        if left.is_none() {
            return Ok(());
        }
        anyhow::ensure!(start.elapsed() < Duration::from_secs(900), "changes stay unrouted");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
