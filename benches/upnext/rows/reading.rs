//! Get by name: 50 in flight.

use std::time::Duration;

use upnext::api::pb;

use crate::anchors::hello::Hello;
use crate::anchors::select;
use crate::load;
use crate::measure::{Turn, interleave};
use crate::report::{Goal, Line, Unit};
use crate::seed::{self, Work};
use crate::world::{World, task};

const CALLERS: usize = 50;

/// As many as the callers of the product have.
const CONNECTIONS: usize = 4;

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let time = Duration::from_secs(world.size.pick(1, 5));
    world.sequence("calls", vec![task("call")]).await?;
    let sellers = seed::sellers(world, 1_000).await?;
    let work =
        seed::open_activities(world, "calls", world.size.pick(20_000, 200_000), sellers, 0, 1_000).await?;
    world.settle().await?;

    let (hello, pool) = (Hello::start(CONNECTIONS).await?, select::pool(world));
    get(world, &work, time / 5).await?;
    let set = interleave(world.size.rounds(), 1, 1, async |turn| match turn {
        Turn::Anchor(_) => {
            let hello = hello.rate(CALLERS, time).await?;
            let select = select::rate(world, &pool, &work, CALLERS, time).await?;
            eprintln!("  A6 {hello:.0}/s, A7 {select:.0}/s");
            Ok(1.0 / (1.0 / hello + 1.0 / select))
        }
        Turn::Product(_) => get(world, &work, time).await,
    })
    .await?;
    Ok(vec![Line {
        path: format!("GetActivity, {CALLERS} in flight"),
        anchor: "1 / (1 / A6: bare hello + 1 / A7: driver's read)".to_owned(),
        anchors: set.anchors[0].clone(),
        products: set.products[0].clone(),
        unit: Unit::PerSecond,
        goal: Goal::Rate(0.70),
    }])
}

async fn get(world: &World<'_>, work: &Work, time: Duration) -> anyhow::Result<f64> {
    load::rate(CALLERS, time, usize::MAX, |caller| {
        let (client, activities, count) = (world.client.work_queue(caller), work.activities, work.count);
        move |number| {
            let mut client = client.clone();
            let name = format!("activities/{}", activities.id(number % count));
            async move {
                client.get_activity(pb::GetActivityRequest { name, ..Default::default() }).await?;
                Ok(())
            }
        }
    })
    .await
}
