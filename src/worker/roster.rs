//! Every loop of a server: which tick, and what wakes it.

use super::{Loop, Progress};
use crate::engine::{Engine, Ticked};
use crate::wake::Topic;

/// The loops, to be spawned by a driver.
pub fn loops(engine: &Engine) -> Vec<Loop> {
    let (routing, operations) = (engine.clone(), engine.clone());
    vec![
        Loop::new("routing", move |now| {
            let engine = routing.clone();
            async move { Ok(progress(engine.route_changes(now).await?)) }
        })
        .woken_by(Topic::RecordChanges),
        Loop::new("operations", move |now| {
            let engine = operations.clone();
            async move { Ok(progress(engine.run_operations(now).await?)) }
        })
        .woken_by(Topic::Operations),
    ]
}

/// What was worked at may go on at once: a tick takes one batch of each organization.
fn progress(ticked: Ticked) -> Progress {
    Progress { worked: ticked.worked, full: ticked.worked, next: ticked.again_at }
}
