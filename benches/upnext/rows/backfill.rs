//! A million records enrolled through a segment's backfill: from the call to the last commit.

use std::cell::Cell;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use upnext::api::pb;
use upnext::api::pb::longrunning::WaitOperationRequest;
use upnext::api::pb::longrunning::operations_client::OperationsClient;

use crate::anchors::{bare_backfill, enrollment};
use crate::measure::{Turn, interleave};
use crate::report::{Goal, Line, Unit};
use crate::seed::{self, Family};
use crate::world::{World, task, wait};

/// Sellers that own the records.
const OWNERS: usize = 1_000;

/// What the sequence begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// An activity, which is in its owner's queue at once.
    Activity,
    /// A wait, which is a timer.
    Wait,
}

const SHAPES: [(First, &str); 2] = [(First::Wait, "wait"), (First::Activity, "activity")];

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count = world.size.pick(50_000, 1_000_000);
    let (sellers, leads) = prepare(world, count).await?;
    enrollment::prepare(world, count).await?;
    bare_backfill::prepare(world, leads, sellers, OWNERS, count).await?;
    world.settle().await?;

    let segments = Cell::new(0);
    let set = interleave(world.size.rounds(), 3, 2, async |turn| match turn {
        Turn::Anchor(2) => enrollment::rate(world, count).await,
        Turn::Anchor(shape) => {
            empty(world).await?;
            bare_backfill::rate(world, SHAPES[shape].0, count).await
        }
        Turn::Product(shape) => {
            empty(world).await?;
            let segment = format!("everyone-{}", segments.replace(segments.get() + 1));
            backfill(world, &segment, SHAPES[shape].1, count).await
        }
    })
    .await?;
    let mut lines = Vec::new();

    for (shape, (_, name)) in SHAPES.iter().enumerate() {
        let path = format!("backfill of {count} records, first step: {name}");
        let against = [
            (shape, "bare: the same rows by plain SQL", 0.65),
            (2, "A3: one table, one INSERT … SELECT", 0.15),
        ];
        for (anchor, text, goal) in against {
            lines.push(Line {
                path: path.clone(),
                anchor: text.to_owned(),
                anchors: set.anchors[anchor].clone(),
                products: set.products[shape].clone(),
                unit: Unit::PerSecond,
                goal: Goal::Rate(goal),
            });
        }
    }
    Ok(lines)
}

/// Makes both sequences, and records of sellers.
pub async fn prepare(world: &World<'_>, count: usize) -> anyhow::Result<(Family, Family)> {
    let day = Duration::from_secs(86_400);
    world.sequence("wait", vec![wait("pause", day), task("call")]).await?;
    world.sequence("activity", vec![task("call"), wait("pause", day), task("again")]).await?;
    let sellers = seed::sellers(world, OWNERS).await?;
    Ok((sellers, seed::leads(world, count, sellers, 0, OWNERS).await?))
}

/// Takes away what the last measurement wrote.
pub async fn empty(world: &World<'_>) -> anyhow::Result<()> {
    world.execute("TRUNCATE membership, enrollment, activity, timer, history").await?;
    world.execute("UPDATE queue SET due_count = 0").await?;
    world.execute("VACUUM ANALYZE queue, membership, enrollment, activity, timer").await
}

/// Records per second.
pub async fn backfill(world: &World<'_>, segment: &str, sequence: &str, count: usize) -> anyhow::Result<f64> {
    world.segment(segment, "record.score >= 0").await?;
    world.connect(segment, sequence).await?;
    let start = Instant::now();
    let operation = activate(world, segment).await?;
    until_done(world, &operation).await?;
    let took = start.elapsed().as_secs_f64();
    let request = pb::DeactivateSegmentRequest { name: format!("segments/{segment}"), ..Default::default() };
    world.segments().deactivate_segment(request).await?;
    let enrolled: i64 = sqlx::query_scalar("SELECT count(*) FROM enrollment").fetch_one(&world.pool).await?;
    anyhow::ensure!(enrolled == i64::try_from(count)?, "{enrolled} of {count} records were enrolled");
    Ok(count as f64 / took)
}

/// Activates a segment with a backfill; answers the operation's name.
pub async fn activate(world: &World<'_>, segment: &str) -> anyhow::Result<String> {
    let name = format!("segments/{segment}");
    let request = pb::ActivateSegmentRequest { name, backfill: true, ..Default::default() };
    Ok(world.segments().activate_segment(request).await?.into_inner().backfill_operation)
}

/// Waits for the end of an operation, which must succeed.
pub async fn until_done(world: &World<'_>, operation: &str) -> anyhow::Result<()> {
    let mut operations = OperationsClient::new(world.client.calls(1));
    loop {
        let request = WaitOperationRequest { name: operation.to_owned(), ..Default::default() };
        let found = operations.wait_operation(request).await?.into_inner();
        if found.done {
            return found.result.map(|_| ()).context("an operation ends with a result");
        }
    }
}
