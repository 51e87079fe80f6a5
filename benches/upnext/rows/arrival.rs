//! From a record's change to the seller's stream: routed, enrolled, its first activity shown.

use std::time::Duration;

use upnext::api::pb;
use upnext::api::pb::record_service_client::RecordServiceClient;

use crate::measure::Latencies;
use crate::report::{Goal, Line, Unit};
use crate::seed;
use crate::watchers::{Watchers, keys};
use crate::world::{World, task};

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count = world.size.pick(100, 1_000);
    world.sequence("calls", vec![task("call")]).await?;
    let sellers = seed::sellers(world, 1).await?;
    world.segment("everyone", "true || record.id == \"\"").await?;
    world.connect("everyone", "calls").await?;

    let request = pb::ActivateSegmentRequest { name: "segments/everyone".to_owned(), ..Default::default() };
    world.segments().activate_segment(request).await?;
    world.settle().await?;
    let secrets = keys(world, sellers, 1).await?;
    let mut watchers = Watchers::open(world, world.server.address(), &secrets).await?;
    let mut records = RecordServiceClient::new(world.client.calls(0));
    let mut queue = world.client.work_queue(0);
    let mut latencies = Latencies::default();

    for number in 0..count + 10 {
        let record = pb::RecordUpsert {
            id: format!("new-{number}"),
            owner: Some("s0".to_owned()),
            ..Default::default()
        };
        let request = pb::UpsertRecordRequest {
            record_type: "lead".to_owned(),
            record: Some(record),
            ..Default::default()
        };
        let start = world.now();
        records.upsert_record(request).await?;
        let shown = watchers.take(1).await?.remove(0);
        if number >= 10 {
            latencies.add_millis((shown.at - start).as_seconds_f64() * 1_000.0);
        }
        let name = shown.activity.map(|activity| activity.name).unwrap_or_default();
        queue.complete_activity(pb::CompleteActivityRequest { name, ..Default::default() }).await?;
        // The queue is empty again.
        watchers.take(1).await?;
        tokio::time::sleep(Duration::from_millis(2)).await;
    }

    eprintln!("  p50 {:.2} ms", latencies.percentile(0.5));
    Ok(vec![Line {
        path: "record changed → enrolled → on the stream, idle, p99".to_owned(),
        anchor: String::new(),
        anchors: Vec::new(),
        products: vec![latencies.percentile(0.99)],
        unit: Unit::Milliseconds,
        goal: Goal::Most(100.0),
    }])
}
