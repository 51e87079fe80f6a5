//! Every loop of a server: its tick, and what wakes it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::lanes::{LaneSettings, Lanes};
use super::{Loop, Progress, TickError};
use crate::domain::id::OrganizationId;
use crate::engine::{Engine, Error, Fired, Ticked};
use crate::wake::Topic;

/// The name of the loop that health checks.
pub const TIMERS: &str = "timers";

/// How often tallies are merged. Until then, whoever reads them adds more rows.
const MERGE: Duration = Duration::from_secs(5);

/// How often the house is kept.
const KEEP_HOUSE: Duration = Duration::from_secs(600);

/// When to look again at problems that were due and still are.
const STILL_TRIED: TimeDelta = TimeDelta::milliseconds(500);

/// All loops, for a driver to start. Each serves up to `lanes` organizations at once; `tracker`
/// tracks what outlives its tick, and `stop` ends the loops.
pub fn loops(engine: &Engine, lanes: usize, tracker: &TaskTracker, stop: &CancellationToken) -> Vec<Loop> {
    let some_lanes = |name, topic, count| {
        Lanes::new(LaneSettings {
            name,
            topic,
            count,
            clock: engine.clock().clone(),
            wake: engine.wake().clone(),
            tracker: tracker.clone(),
            stop: stop.clone(),
        })
    };
    let lanes = |name, topic| some_lanes(name, topic, lanes);
    let (timers, routing, operations, problems, publishing) = (
        lanes(TIMERS, Topic::Timers),
        lanes("routing", Topic::RecordChanges),
        lanes("operations", Topic::Operations),
        lanes("problems", Topic::Problems),
        lanes("publishing", Topic::Unpublished),
    );
    // Nobody waits for merged tallies, so they leave the connections to others.
    let tallies = some_lanes("tallies", Topic::Tallies, 1);
    let [timer_engine, routing_engine, operation_engine, problem_engine, tally_engine, publisher, house] =
        [(); 7].map(|()| engine.clone());

    vec![
        Loop::new(TIMERS, move |now| fire_timers(timer_engine.clone(), timers.clone(), now))
            .woken_by(Topic::Timers),
        Loop::new("routing", move |now| route_changes(routing_engine.clone(), routing.clone(), now))
            .woken_by(Topic::RecordChanges),
        Loop::new("operations", move |now| run_operations(operation_engine.clone(), operations.clone(), now))
            .woken_by(Topic::Operations),
        Loop::new("problems", move |now| retry_problems(problem_engine.clone(), problems.clone(), now))
            .woken_by(Topic::Problems),
        Loop::new("tallies", move |now| merge_tallies(tally_engine.clone(), tallies.clone(), now))
            .woken_by(Topic::Tallies)
            .every(MERGE),
        Loop::new("publishing", move |now| publish_events(publisher.clone(), publishing.clone(), now))
            .woken_by(Topic::Unpublished),
        Loop::new("housekeeping", move |now| {
            let engine = house.clone();
            async move {
                let more = engine.while_answered(engine.keep_house(now)).await??;
                Ok(Progress { worked: more, full: more, ..Progress::default() })
            }
        })
        .every(KEEP_HOUSE),
    ]
}

async fn fire_timers(engine: Engine, lanes: Lanes, now: DateTime<Utc>) -> Result<Progress, TickError> {
    let heads = engine.while_answered(engine.timer_heads()).await??;
    let due: Vec<_> = heads.iter().filter(|(_, due_at)| *due_at <= now).map(|(of, _)| *of).collect();
    if due.is_empty() {
        return Ok(Progress { next: heads.first().map(|(_, due_at)| *due_at), ..Progress::default() });
    }

    let fired = serve(&engine, &lanes, due, now, |engine, organization| async move {
        engine.fire_timers_of(organization, now).await
    });
    let fired = fired.await;

    // Firing sets new timers, and other servers fire too: read the next due time again. A slow
    // organization wakes the loop when it is done.
    let heads = engine.while_answered(engine.timer_heads()).await??;
    let left = heads.first().map(|(_, due_at)| *due_at);
    let next = heads.iter().find(|(of, _)| !lanes.holds_back(*of)).map(|(_, due_at)| *due_at);
    Ok(fired.and(Progress { next, left, ..Progress::default() }))
}

async fn route_changes(engine: Engine, lanes: Lanes, now: DateTime<Utc>) -> Result<Progress, TickError> {
    let waiting = engine.while_answered(engine.organizations_to_route(now)).await??;
    let routed = serve(&engine, &lanes, waiting, now, |engine, organization| async move {
        engine.route_changes_of(organization, now).await
    });
    let routed = routed.await;
    // The next tick comes at once, whatever is due by then.
    if routed.full {
        return Ok(routed);
    }

    // What is due now is being routed, or rests.
    let next = engine.while_answered(engine.next_flip()).await??.filter(|next| *next > now);
    Ok(routed.and(Progress { next, ..Progress::default() }))
}

async fn run_operations(engine: Engine, lanes: Lanes, now: DateTime<Utc>) -> Result<Progress, TickError> {
    let at_work = engine.while_answered(engine.organizations_at_work(now)).await??;
    let run = serve(&engine, &lanes, at_work, now, |engine, organization| async move {
        engine.run_operations_of(organization, now).await
    });
    let run = run.await;
    // Some operations begin when a seller comes to work.
    let next = engine.while_answered(engine.next_operation(now)).await??;
    Ok(run.and(Progress { next, ..Progress::default() }))
}

async fn retry_problems(engine: Engine, lanes: Lanes, now: DateTime<Utc>) -> Result<Progress, TickError> {
    let due = engine.while_answered(engine.due_problems(now)).await??;
    let organizations: Vec<_> = due.keys().copied().collect();
    let retried = serve(&engine, &lanes, organizations, now, |engine, organization| {
        let problems = due[&organization].clone();
        async move { engine.retry_problems_of(organization, &problems).await }
    });
    let retried = retried.await;

    // What is due now is being tried, or rests.
    let next = engine.while_answered(engine.next_problem()).await??;
    let next = next.map(|next| if next <= now { now + STILL_TRIED } else { next });
    Ok(Progress { next: None, ..retried }.and(Progress { next, ..Progress::default() }))
}

async fn merge_tallies(engine: Engine, lanes: Lanes, now: DateTime<Utc>) -> Result<Progress, TickError> {
    let waiting = engine.while_answered(engine.organizations_with_tallies()).await??;
    let merged = serve(&engine, &lanes, waiting, now, |engine, organization| async move {
        engine.merge_tallies_of(organization).await
    });
    Ok(merged.await)
}

async fn publish_events(engine: Engine, lanes: Lanes, now: DateTime<Utc>) -> Result<Progress, TickError> {
    let waiting = engine.while_answered(engine.organizations_to_publish()).await??;
    let published = serve(&engine, &lanes, waiting, now, |engine, organization| async move {
        engine.publish_events_of(organization, now).await
    });
    Ok(published.await)
}

/// Serves organizations in lanes: `tick` does the work of one. It is given up when the database
/// stops answering.
async fn serve<T, F>(
    engine: &Engine,
    lanes: &Lanes,
    waiting: impl IntoIterator<Item = OrganizationId>,
    now: DateTime<Utc>,
    tick: impl Fn(Engine, OrganizationId) -> F,
) -> Progress
where
    T: Into<Progress> + Send + 'static,
    F: Future<Output = Result<T, Error>> + Send + 'static,
{
    let served = lanes.serve(waiting, now, |organization| {
        let (engine, ticked) = (engine.clone(), tick(engine.clone(), organization));
        async move {
            let done: T = engine.while_answered(ticked).await??;
            Ok(done.into())
        }
    });
    served.await
}

impl From<Ticked> for Progress {
    /// After useful work, run again at once: a tick takes one batch of each organization.
    fn from(ticked: Ticked) -> Self {
        Self { worked: ticked.worked, full: ticked.worked, next: ticked.again_at, left: None }
    }
}

impl From<Fired> for Progress {
    fn from(fired: Fired) -> Self {
        Self { worked: fired.timers > 0, full: fired.full, ..Self::default() }
    }
}
