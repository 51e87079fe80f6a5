//! From the instant at which a wait ends to the seller's stream, one by one: on an idle machine,
//! among callers, and during a backfill.

use std::cell::Cell;
use std::future::ready;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::task::JoinSet;
use upnext::api::pb;

use crate::anchors::notify;
use crate::load;
use crate::measure::Latencies;
use crate::options::Size;
use crate::report::{Goal, Line, Unit};
use crate::rows::backfill::{activate, until_done};
use crate::seed::{self, Family, Waiting, Work};
use crate::watchers::{Watchers, keys};
use crate::world::{World, task, wait};

const CALLERS: usize = 64;

/// Sellers who watch.
const WATCHERS: usize = 100;

/// How far apart the due instants are.
const APART: TimeDelta = TimeDelta::milliseconds(10);

/// Activities before those that are measured: a server's connections, anchor's and product's, have
/// to plan everything once.
const WARM_UP: usize = 100;

/// What else goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meanwhile {
    Nothing,
    Callers,
    Backfill,
}

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count = world.size.pick(100, 1_000);
    let place = Place::prepare(world).await?;
    let others = Others::prepare(&place, count).await?;
    place.warm_up().await?;
    let mut lines = Vec::new();

    for meanwhile in [Meanwhile::Nothing, Meanwhile::Callers, Meanwhile::Backfill] {
        let before = notify::latencies(world, count / 2).await?.percentile(0.5);
        let latencies = match meanwhile {
            Meanwhile::Nothing => place.measure(count, ready(Ok(()))).await?,
            Meanwhile::Callers => place.measure(count, others.complete(time(count)?)).await?,
            Meanwhile::Backfill => place.measure(count, others.backfill()).await?,
        };
        let after = notify::latencies(world, count / 2).await?.percentile(0.5);
        let (text, goals) = match meanwhile {
            Meanwhile::Nothing => ("idle".to_owned(), [(0.5, Some(1.5)), (0.99, Some(4.0))]),
            Meanwhile::Callers => {
                (format!("while {CALLERS} callers complete"), [(0.5, None), (0.99, Some(20.0))])
            }
            Meanwhile::Backfill => ("during a backfill".to_owned(), [(0.5, None), (0.99, Some(20.0))]),
        };
        for (share, goal) in goals {
            let percentile = latencies.percentile(share);
            let Some(goal) = goal else {
                eprintln!("  {text}: p50 {percentile:.2} ms");
                continue;
            };
            lines.push(Line {
                path: format!("due instant → received, {count}, {text}, p{:.0}", share * 100.0),
                anchor: "A5: durable commit with NOTIFY → heard, p50".to_owned(),
                anchors: vec![before, after],
                products: vec![percentile],
                unit: Unit::Milliseconds,
                goal: Goal::Most(goal),
            });
        }
    }
    Ok(lines)
}

/// How long so many activities fall due, and a second more.
fn time(count: usize) -> anyhow::Result<Duration> {
    Ok(Duration::from_millis(u64::try_from(APART.num_milliseconds())? * u64::try_from(count)? + 1_000))
}

/// Sellers who watch.
pub struct Place<'a> {
    world: &'a World<'a>,
    sellers: Family,
    secrets: Vec<String>,
}

impl<'a> Place<'a> {
    /// Gives the sellers keys, and others that don't watch.
    pub async fn prepare(world: &'a World<'a>) -> anyhow::Result<Self> {
        let day = Duration::from_secs(86_400);
        world.sequence("calls", vec![wait("pause", day), task("call")]).await?;
        let sellers = seed::sellers(world, 1_000 + WATCHERS).await?;
        let secrets = keys(world, sellers, WATCHERS).await?;
        Ok(Self { world, sellers, secrets })
    }

    /// Some that count for nothing.
    pub async fn warm_up(&self) -> anyhow::Result<()> {
        self.measure(WARM_UP, ready(Ok(()))).await?;
        Ok(())
    }

    /// How late so many activities come, one by one.
    pub async fn measure(
        &self,
        count: usize,
        meanwhile: impl Future<Output = anyhow::Result<()>>,
    ) -> anyhow::Result<Latencies> {
        let mut watchers = Watchers::open(self.world, self.world.server.address(), &self.secrets).await?;
        let leads = seed::leads(self.world, count, self.sellers, 0, WATCHERS).await?;
        let first = self.world.now() + TimeDelta::milliseconds(1_500);
        let waiting = Waiting {
            sequence: "calls",
            leads,
            count,
            sellers: self.sellers,
            owners: WATCHERS,
            due_at: first,
            apart_micros: APART.num_microseconds().unwrap_or_default(),
        };
        seed::timers(self.world, &waiting).await?;

        let (latencies, ()) = tokio::try_join!(self.receive(&mut watchers, count, first), meanwhile)?;
        Ok(latencies)
    }

    /// Each activity becomes its queue's head only if nothing is before it, so each is completed as
    /// soon as it was seen, whatever becomes of the others: one after the other they would take
    /// longer among callers than the next ones wait.
    async fn receive(
        &self,
        watchers: &mut Watchers,
        count: usize,
        first: chrono::DateTime<chrono::Utc>,
    ) -> anyhow::Result<Latencies> {
        let mut latencies = Latencies::default();
        let client = self.world.client.work_queue(0);
        let mut completed: JoinSet<anyhow::Result<()>> = JoinSet::new();

        while latencies.count() < count {
            for shown in watchers.take(1).await? {
                let Some(activity) = shown.activity else { continue };
                let due = activity.due_time.as_ref().map(instant).unwrap_or_default();
                if due >= first {
                    latencies.add_millis((shown.at - due).as_seconds_f64() * 1_000.0);
                }
                let request = pb::CompleteActivityRequest { name: activity.name, ..Default::default() };
                let mut client = client.clone();
                completed.spawn(async move {
                    client.complete_activity(request).await?;
                    Ok(())
                });
            }
        }

        while let Some(completion) = completed.join_next().await {
            completion??;
        }
        Ok(latencies)
    }
}

/// What callers and a backfill do at other sellers' queues.
struct Others<'a> {
    world: &'a World<'a>,
    work: Work,
    done: Cell<usize>,
}

impl<'a> Others<'a> {
    async fn prepare(place: &Place<'a>, count: usize) -> anyhow::Result<Self> {
        let (world, sellers) = (place.world, place.sellers);
        let day = Duration::from_secs(86_400);
        world.sequence("visits", vec![task("first"), wait("pause", day), task("second")]).await?;
        world.sequence("welcome", vec![task("first"), wait("pause", day), task("second")]).await?;
        let seconds = count / 100 + 2;
        let work = seed::open_activities(world, "visits", seconds * 20_000, sellers, WATCHERS, 1_000).await?;
        world.segment("everyone", "record.score >= 0").await?;
        world.connect("everyone", "welcome").await?;

        let others = world.size.pick(20_000, 300_000);
        seed::leads(world, others, sellers, WATCHERS, 1_000).await?;
        world.settle().await?;
        Ok(Self { world, work, done: Cell::new(0) })
    }

    async fn complete(&self, time: Duration) -> anyhow::Result<()> {
        let first = self.done.get();
        let rate = load::rate(CALLERS, time, self.work.count - first, |caller| {
            let (client, activities) = (self.world.client.work_queue(caller), self.work.activities);
            move |number| {
                let mut client = client.clone();
                let name = format!("activities/{}", activities.id(first + number));
                async move {
                    client
                        .complete_activity(pb::CompleteActivityRequest { name, ..Default::default() })
                        .await?;
                    Ok(())
                }
            }
        })
        .await?;
        eprintln!("  meanwhile {rate:.0} completions a second");

        Ok(())
    }

    async fn backfill(&self) -> anyhow::Result<()> {
        // A little later, so that the first are due when it is well under way.
        tokio::time::sleep(Duration::from_millis(1_000)).await;
        let operation = activate(self.world, "everyone").await?;
        if self.world.size == Size::Short {
            return until_done(self.world, &operation).await;
        }
        Ok(())
    }
}

fn instant(timestamp: &prost_types::Timestamp) -> chrono::DateTime<chrono::Utc> {
    let nanos = u32::try_from(timestamp.nanos).unwrap_or_default();
    chrono::DateTime::from_timestamp(timestamp.seconds, nanos).unwrap_or_default()
}
