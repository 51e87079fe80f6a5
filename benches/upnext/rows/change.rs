//! An attribute that 5 of 250 active segments read changes in all records: from the first upsert
//! until the last change is routed.

use std::time::Instant;

use anyhow::Context as _;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use upnext::api::pb;
use upnext::api::pb::record_service_client::RecordServiceClient;

use super::segments::until_routed;
use crate::measure::{Turn, interleave};
use crate::report::{Goal, Line, Unit};
use crate::seed::{self, Family};
use crate::world::World;

/// Segments, and how many of them read the attribute.
const SEGMENTS: usize = 250;
const READERS: usize = 5;
/// Records in a call, and in a statement of the anchor.
const BATCH: usize = 1_000;
/// Calls in flight.
const CALLERS: usize = 4;

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count = world.size.pick(5_000, 1_000_000);
    activate_segments(world).await?;
    let sellers = seed::sellers(world, 100).await?;
    let leads = seed::leads(world, count, sellers, 0, 100).await?;
    world.settle().await?;

    // Each round sets a value that no record has.
    let mut score = 100;
    let set = interleave(world.size.rounds(), 1, 1, async |turn| {
        score += 1;
        match turn {
            Turn::Anchor(_) => update(world, leads, score, count).await,
            Turn::Product(_) => upsert(world, leads, score, count).await,
        }
    })
    .await?;
    Ok(vec![Line {
        path: format!("{count} records whose change {READERS} of {SEGMENTS} segments read"),
        anchor: "bare: the same rows by plain UPDATE".to_owned(),
        anchors: set.anchors[0].clone(),
        products: set.products[0].clone(),
        unit: Unit::PerSecond,
        goal: Goal::Rate(0.50),
    }])
}

/// None matches what is seeded.
async fn activate_segments(world: &World<'_>) -> anyhow::Result<()> {
    for number in 0..SEGMENTS {
        let id = format!("segment-{number}");
        let condition = match number < READERS {
            true => format!("record.score == {}", 1_000_000 + number),
            false => format!("record.origin == \"campaign {number}\""),
        };
        world.segment(&id, &condition).await?;
        let request = pb::ActivateSegmentRequest { name: format!("segments/{id}"), ..Default::default() };
        world.segments().activate_segment(request).await?;
    }
    Ok(())
}

/// Records per second, by plain SQL.
async fn update(world: &World<'_>, leads: Family, score: i32, count: usize) -> anyhow::Result<f64> {
    let start = Instant::now();
    for from in (0..count).step_by(BATCH) {
        sqlx::query(
            "UPDATE record SET attributes = attributes || jsonb_build_object('score', $3::integer),
               version = version + 1, update_time = $6
             FROM generate_series($4::bigint, $5::bigint) AS n
             WHERE organization_id = $1 AND id = bench.id($2, n)",
        )
        .bind(world.organization)
        .bind(leads.number())
        .bind(score)
        .bind(i64::try_from(from)?)
        .bind(i64::try_from((from + BATCH).min(count) - 1)?)
        .bind(world.now())
        .execute(&world.pool)
        .await?;
    }
    Ok(count as f64 / start.elapsed().as_secs_f64())
}

/// Records per second, by the product.
async fn upsert(world: &World<'_>, leads: Family, score: i32, count: usize) -> anyhow::Result<f64> {
    let start = Instant::now();
    let calls = (0..count).step_by(BATCH).map(|from| async move {
        let records = (from..(from + BATCH).min(count)).map(|n| record(leads, n, score)).collect();
        let request =
            pb::BatchUpsertRecordsRequest { record_type: "lead".to_owned(), records, ..Default::default() };
        let mut client = RecordServiceClient::new(world.client.calls(from / BATCH));
        let answer = client.batch_upsert_records(request).await?.into_inner();
        let refused = answer.results.into_iter().find_map(|result| match result.result? {
            pb::batch_upsert_records_response::result::Result::Error(status) => Some(status.message),
            pb::batch_upsert_records_response::result::Result::Upserted(_) => None,
        });
        refused.map_or(Ok(()), |message| Err(anyhow::anyhow!(message))).context("a record was refused")
    });

    stream::iter(calls).buffer_unordered(CALLERS).try_collect::<Vec<()>>().await?;
    until_routed(world, start).await?;
    Ok(count as f64 / start.elapsed().as_secs_f64())
}

fn record(leads: Family, n: usize, score: i32) -> pb::RecordUpsert {
    let score = prost_types::Value { kind: Some(prost_types::value::Kind::NumberValue(f64::from(score))) };
    let attributes = prost_types::Struct { fields: [("score".to_owned(), score)].into() };
    pb::RecordUpsert {
        id: format!("r{}-{n}", leads.number()),
        attributes: Some(attributes),
        ..Default::default()
    }
}
