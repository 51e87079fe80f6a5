//! Ten thousand sellers who watch: the memory that each costs, and one activity for each at one
//! instant.

use std::time::Duration;

use chrono::TimeDelta;

use crate::anchors::watch::Slots;
use crate::machine::resident_kib;
use crate::measure::{Turn, interleave};
use crate::report::{Goal, Line, Unit};
use crate::rows::timers;
use crate::seed::{self, Family};
use crate::server::ServerProcess;
use crate::watchers::{Watchers, keys};
use crate::world::{World, task, wait};

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count = world.size.pick(2_000, 10_000);
    let crowd = Crowd::prepare(world, count).await?;
    let (leads, sellers) = (crowd.leads, crowd.sellers);

    let memory = interleave(world.size.rounds(), 1, 1, async |turn| match turn {
        Turn::Anchor(_) => Ok(Slots::open(count).await?.kib_per_stream),
        Turn::Product(_) => crowd.kib_per_stream().await,
    })
    .await?;
    let burst = interleave(world.size.rounds(), 1, 1, async |turn| match turn {
        Turn::Anchor(_) => {
            let sweep = count as f64 / timers::bare(world, leads, sellers, count, count).await? * 1_000.0;
            let burst = Slots::open(count).await?.burst().await?;
            eprintln!("  bare sweep {sweep:.0} ms, bare burst {burst:.0} ms");
            Ok(sweep + burst)
        }
        Turn::Product(_) => crowd.burst().await,
    })
    .await?;
    Ok(vec![
        Line {
            path: format!("{count} idle streams, memory of each"),
            anchor: "A8: bare tonic, a latest-value slot each".to_owned(),
            anchors: memory.anchors[0].clone(),
            products: memory.products[0].clone(),
            unit: Unit::Kibibytes,
            goal: Goal::Times(1.5),
        },
        Line {
            path: format!("{count} due at one instant, one a stream, all received"),
            anchor: "bare sweep + bare tonic's burst".to_owned(),
            anchors: burst.anchors[0].clone(),
            products: burst.products[0].clone(),
            unit: Unit::Milliseconds,
            goal: Goal::Times(2.0),
        },
    ])
}

/// Sellers with a key and a lead each.
pub struct Crowd<'a> {
    world: &'a World<'a>,
    count: usize,
    sellers: Family,
    leads: Family,
    secrets: Vec<String>,
}

impl<'a> Crowd<'a> {
    /// Makes so many.
    pub async fn prepare(world: &'a World<'a>, count: usize) -> anyhow::Result<Self> {
        world.sequence("calls", vec![wait("pause", Duration::from_secs(86_400)), task("call")]).await?;
        let sellers = seed::sellers(world, count).await?;
        let leads = seed::leads(world, count, sellers, 0, count).await?;
        let secrets = keys(world, sellers, count).await?;
        world.settle().await?;
        Ok(Self { world, count, sellers, leads, secrets })
    }

    /// How much a new server grows by, for each stream.
    async fn kib_per_stream(&self) -> anyhow::Result<f64> {
        let server = ServerProcess::upnext(&self.world.options)?;
        // What the first streams and statements cost isn't what one more costs.
        drop(Watchers::open(self.world, server.address(), &self.secrets[..100]).await?);
        let before = resident_kib(server.process_id());
        let watchers = Watchers::open(self.world, server.address(), &self.secrets).await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let grown = resident_kib(server.process_id()) - before;
        drop(watchers);
        Ok(grown as f64 / self.count as f64)
    }

    /// Milliseconds from the due instant to the last stream's activity.
    pub async fn burst(&self) -> anyhow::Result<f64> {
        let mut watchers = Watchers::open(self.world, self.world.server.address(), &self.secrets).await?;
        let due_at = self.world.now() + TimeDelta::milliseconds(3_000);
        timers::seed(self.world, self.leads, self.sellers, self.count, self.count, due_at).await?;
        let mut last = due_at;
        let mut received = 0;
        while received < self.count {
            for shown in watchers.take(1).await?.into_iter().filter(|shown| shown.activity.is_some()) {
                last = shown.at;
                received += 1;
            }
        }
        Ok((last - due_at).as_seconds_f64() * 1_000.0)
    }
}
