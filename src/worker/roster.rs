//! Every loop of a server: its tick, and what wakes it.

use std::time::Duration;

use super::{Loop, Progress};
use crate::engine::{Engine, Ticked};
use crate::wake::Topic;

/// The name of the loop that health checks.
pub const TIMERS: &str = "timers";

/// All loops, for a driver to start.
pub fn loops(engine: &Engine) -> Vec<Loop> {
    let (timers, routing, operations) = (engine.clone(), engine.clone(), engine.clone());
    let (problems, house) = (engine.clone(), engine.clone());
    vec![
        Loop::new(TIMERS, move |now| {
            let engine = timers.clone();
            async move {
                let fired = engine.while_answered(engine.fire_timers(now)).await??;
                Ok(Progress { worked: fired.timers > 0, full: fired.full, next: fired.next })
            }
        })
        .woken_by(Topic::Timers),
        Loop::new("routing", move |now| {
            let engine = routing.clone();
            async move { Ok(progress(engine.while_answered(engine.route_changes(now)).await??)) }
        })
        .woken_by(Topic::RecordChanges),
        Loop::new("operations", move |now| {
            let engine = operations.clone();
            async move { Ok(progress(engine.while_answered(engine.run_operations(now)).await??)) }
        })
        .woken_by(Topic::Operations),
        Loop::new("problems", move |now| {
            let engine = problems.clone();
            async move { Ok(progress(engine.while_answered(engine.retry_problems(now)).await??)) }
        })
        .woken_by(Topic::Problems),
        Loop::new("housekeeping", move |now| {
            let engine = house.clone();
            async move {
                let more = engine.while_answered(engine.keep_house(now)).await??;
                Ok(Progress { worked: more, full: more, next: None })
            }
        })
        .every(Duration::from_secs(600)),
    ]
}

/// After useful work, run again at once: a tick takes one batch of each organization.
fn progress(ticked: Ticked) -> Progress {
    Progress { worked: ticked.worked, full: ticked.worked, next: ticked.again_at }
}
