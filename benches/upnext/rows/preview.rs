//! PreviewSegment of one indexed attribute, which one of a hundred records matches.

use std::time::Instant;

use anyhow::Context as _;
use upnext::api::pb;
use upnext::api::pb::record_service_client::RecordServiceClient;

use super::backfill::until_done;
use crate::measure::Latencies;
use crate::report::{Goal, Line, Unit};
use crate::seed;
use crate::world::World;

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count = world.size.pick(20_000, 1_000_000);
    let sellers = seed::sellers(world, 100).await?;
    seed::leads(world, count, sellers, 0, 100).await?;
    index(world).await?;
    world.settle().await?;

    preview(world, count).await?;
    let mut latencies = Latencies::default();
    for _ in 0..world.size.pick(3, 20) {
        let start = Instant::now();
        preview(world, count).await?;
        latencies.add(start.elapsed());
    }
    Ok(vec![Line {
        path: format!("PreviewSegment by an index over {count} records, median"),
        anchor: String::new(),
        anchors: Vec::new(),
        products: vec![latencies.percentile(0.5)],
        unit: Unit::Milliseconds,
        goal: Goal::Most(1_000.0),
    }])
}

/// Indexes the score, and waits until that is done.
async fn index(world: &World<'_>) -> anyhow::Result<()> {
    let request = pb::UpdateAttributeRequest {
        record_type: "lead".to_owned(),
        attribute: "score".to_owned(),
        indexed: Some(true),
        ..Default::default()
    };
    let updated = RecordServiceClient::new(world.client.calls(0)).update_attribute(request).await?;
    let lead = updated.into_inner().record_type.context("it was updated")?;
    let score = lead.attributes.get("score").context("it is declared")?;
    until_done(world, &score.index_operation).await
}

async fn preview(world: &World<'_>, count: usize) -> anyhow::Result<()> {
    let request = pb::PreviewSegmentRequest {
        record_type: "lead".to_owned(),
        condition: "record.score == 7".to_owned(),
        ..Default::default()
    };
    let found = world.segments().preview_segment(request).await?.into_inner().count;
    anyhow::ensure!(found == i64::try_from(count / 100)?, "{found} of {count} records match");
    Ok(())
}
