//! Completing activities: 64 callers, over a thousand queues, over three, and into one.

use std::cell::RefCell;
use std::time::Duration;

use upnext::api::pb;

use crate::anchors::update;
use crate::load;
use crate::measure::{Turn, interleave};
use crate::report::{Goal, Line, Unit};
use crate::seed::{self, Work};
use crate::world::{World, task, wait};

const CALLERS: usize = 64;

/// How the activities lie: over so many queues.
const QUEUES: [usize; 3] = [1_000, 3, 1];

/// The most that the fastest machine completes in a second: so much is seeded.
const SEEDED_PER_SECOND: usize = 20_000;

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let seconds = world.size.pick(2, 5);
    update::prepare(world).await?;
    let shapes = Shapes::prepare(world, seconds).await?;

    let time = Duration::from_secs(seconds);
    let set = interleave(world.size.rounds(), 1, QUEUES.len(), async |turn| match turn {
        Turn::Anchor(_) => update::rate(world, seconds).await,
        Turn::Product(shape) => shapes.complete(world, shape, time).await,
    })
    .await?;
    let lines = QUEUES.iter().zip(set.products).map(|(queues, products)| Line {
        path: format!("complete, {CALLERS} callers, {queues} queues"),
        anchor: "A1: update of one row, 32 clients".to_owned(),
        anchors: set.anchors[0].clone(),
        products,
        unit: Unit::PerSecond,
        goal: Goal::Rate(0.40),
    });
    Ok(lines.collect())
}

/// The activities of each shape, and how many of them are completed.
pub struct Shapes(Vec<(Work, RefCell<usize>)>);

impl Shapes {
    /// Makes activities for so many seconds of each round, and completes the first of them.
    pub async fn prepare(world: &World<'_>, seconds: u64) -> anyhow::Result<Self> {
        let day = Duration::from_secs(86_400);
        world.sequence("visits", vec![task("first"), wait("pause", day), task("second")]).await?;
        let shapes = Self::seed(world, seconds).await?;
        world.settle().await?;
        for shape in 0..QUEUES.len() {
            shapes.complete(world, shape, Duration::from_millis(300)).await?;
        }

        // The first closed activities, too, are there to stay: within a minute they would have
        // their statistics.
        world.settle().await?;
        Ok(shapes)
    }

    async fn seed(world: &World<'_>, seconds: u64) -> anyhow::Result<Self> {
        let count = SEEDED_PER_SECOND * usize::try_from(seconds)? * world.size.rounds() + SEEDED_PER_SECOND;
        let sellers = seed::sellers(world, QUEUES.iter().sum()).await?;
        let (mut shapes, mut first) = (Vec::new(), 0);
        for queues in QUEUES {
            let work = seed::open_activities(world, "visits", count, sellers, first, queues).await?;
            shapes.push((work, RefCell::new(0)));
            first += queues;
        }
        Ok(Self(shapes))
    }

    /// Completes the next activities of a shape for so long; says how many a second.
    pub async fn complete(&self, world: &World<'_>, shape: usize, time: Duration) -> anyhow::Result<f64> {
        let (work, done) = &self.0[shape];
        let first = *done.borrow();
        let started = std::time::Instant::now();
        let rate = load::rate(CALLERS, time, work.count - first, |caller| {
            let (client, activities) = (world.client.work_queue(caller), work.activities);
            move |number| {
                let mut client = client.clone();
                let name = format!("activities/{}", activities.id(first + number));
                async move {
                    let request = pb::CompleteActivityRequest { name, ..Default::default() };
                    client.complete_activity(request).await?;
                    Ok(())
                }
            }
        })
        .await?;

        // Numbers may have been drawn and not used at the end: none is used twice.
        *done.borrow_mut() =
            (first + (rate * started.elapsed().as_secs_f64()) as usize + CALLERS).min(work.count);
        Ok(rate)
    }
}
