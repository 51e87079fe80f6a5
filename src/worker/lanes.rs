//! Serves organizations side by side, so that a slow one delays nobody.
//!
//! A tick gives each organization that waits at most one lane, and doesn't wait long for it. A slow
//! one goes on while later ticks serve the others; its end wakes the loop again. One that fails
//! rests for a while, and the others go on.

use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::FutureExt;
use tokio::sync::Notify;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::driver::back_off_after;
use super::{Progress, TickError};
use crate::clock::{Clock, jittered};
use crate::domain::id::OrganizationId;
use crate::measures;
use crate::wake::{Topic, Wake};

/// How long a tick waits for the next organization to be done.
const PATIENCE: Duration = Duration::from_millis(10);

/// The lanes of one loop. Cheap to clone.
#[derive(Clone)]
pub struct Lanes {
    inner: Arc<Inner>,
}

/// What lanes need.
pub struct LaneSettings {
    /// The loop's name, for the log and the metrics.
    pub name: &'static str,
    /// Wakes the loop when a slow organization is done.
    pub topic: Topic,
    /// How many organizations are served at once.
    pub count: usize,
    /// Puts an organization that failed to rest.
    pub clock: Clock,
    /// Wakes the loop.
    pub wake: Wake,
    /// Tracks what outlives its tick.
    pub tracker: TaskTracker,
    /// Ends the loop.
    pub stop: CancellationToken,
}

struct Inner {
    settings: LaneSettings,
    state: Mutex<State>,
    /// An organization was served while a tick waits.
    served: Notify,
}

#[derive(Default)]
struct State {
    busy: HashSet<OrganizationId>,
    resting: HashMap<OrganizationId, Rest>,
    /// The organization that got a lane last. The next one in turn comes after it.
    last: Option<OrganizationId>,
    /// What was done since a tick last asked.
    done: Progress,
    /// A tick waits for the next one to be done.
    ticking: bool,
}

/// The pause of an organization whose work failed.
struct Rest {
    failures: u32,
    until: DateTime<Utc>,
}

impl Lanes {
    /// Lanes that are all free.
    pub fn new(settings: LaneSettings) -> Self {
        Self { inner: Arc::new(Inner { settings, state: Mutex::default(), served: Notify::new() }) }
    }

    /// Serves organizations that wait, with `work` for each. Returns what was done until now, here
    /// and by slow organizations of earlier ticks.
    pub async fn serve<F>(
        &self,
        waiting: impl IntoIterator<Item = OrganizationId>,
        now: DateTime<Utc>,
        work: impl Fn(OrganizationId) -> F,
    ) -> Progress
    where
        F: Future<Output = Result<Progress, TickError>> + Send + 'static,
    {
        let mut turn = self.begin(waiting, now);

        loop {
            while let Some(organization) = self.enter(&mut turn) {
                self.inner.settings.tracker.spawn(self.clone().run(organization, work(organization)));
            }
            let all_done = self.state().busy.is_empty() && turn.is_empty();
            if all_done || timeout(PATIENCE, self.inner.served.notified()).await.is_err() {
                break;
            }
        }

        self.end(!turn.is_empty())
    }

    /// True if the organization is being served or rests, or no lane is free: the loop runs again
    /// when that ends.
    pub fn holds_back(&self, organization: OrganizationId) -> bool {
        let state = self.state();
        let all_busy = state.busy.len() >= self.inner.settings.count;
        all_busy || state.busy.contains(&organization) || state.resting.contains_key(&organization)
    }

    /// Returns those that may have a lane, the one in turn first.
    fn begin(
        &self,
        waiting: impl IntoIterator<Item = OrganizationId>,
        now: DateTime<Utc>,
    ) -> VecDeque<OrganizationId> {
        let mut state = self.state();
        state.ticking = true;

        let mut turn: Vec<OrganizationId> = waiting.into_iter().collect();
        // Another server has served one that has rested and waits no more. Forget its failures.
        state.resting.retain(|organization, rest| rest.until > now || turn.contains(organization));
        turn.retain(|organization| {
            let rests = state.resting.get(organization).is_some_and(|rest| rest.until > now);
            !(rests || state.busy.contains(organization))
        });

        // Those after the last one come first.
        turn.sort_by_key(|organization| {
            (state.last.is_some_and(|last| *organization <= last), *organization)
        });
        turn.into()
    }

    /// Gives the next one in turn a lane, if one is free.
    fn enter(&self, turn: &mut VecDeque<OrganizationId>) -> Option<OrganizationId> {
        let mut state = self.state();
        if state.busy.len() >= self.inner.settings.count {
            return None;
        }

        let organization = turn.pop_front()?;
        state.busy.insert(organization);
        state.last = Some(organization);
        Some(organization)
    }

    async fn run(
        self,
        organization: OrganizationId,
        work: impl Future<Output = Result<Progress, TickError>>,
    ) {
        // A panic is a failure: its organization must leave the lane, or it is never served again.
        let done = AssertUnwindSafe(work).catch_unwind().await;
        let done = done.unwrap_or_else(|_| Err("the work panicked".into()));

        let mut state = self.state();
        state.busy.remove(&organization);
        match done {
            Ok(progress) => self.succeeded(&mut state, organization, progress),
            Err(error) => self.failed(&mut state, organization, &*error),
        }

        match state.ticking {
            true => self.inner.served.notify_one(),
            // A loop that has ended leaves the rest to other servers.
            false if self.inner.settings.stop.is_cancelled() => {}
            false => self.inner.settings.wake.again(self.inner.settings.topic),
        }
    }

    fn succeeded(&self, state: &mut State, organization: OrganizationId, progress: Progress) {
        state.done = state.done.and(progress);
        if let Some(Rest { failures, .. }) = state.resting.remove(&organization) {
            let name = self.inner.settings.name;
            tracing::info!(loop.name = name, organization.id = %organization, failures, "loop recovered");
        }
    }

    /// Puts the organization to rest. Logs the first failure in a row.
    fn failed(
        &self,
        state: &mut State,
        organization: OrganizationId,
        error: &(dyn std::error::Error + Send + Sync + 'static),
    ) {
        let LaneSettings { name, clock, .. } = &self.inner.settings;
        let failures = state.resting.get(&organization).map_or(1, |rest| rest.failures.saturating_add(1));
        if failures == 1 {
            let error = error as &dyn std::error::Error;
            tracing::error!(loop.name = name, organization.id = %organization, error, "loop failed, retrying");
        }

        metrics::counter!(measures::LOOP_TICKS, "loop" => *name, "outcome" => "failed").increment(1);
        let until = clock.now() + jittered(back_off_after(failures));
        state.resting.insert(organization, Rest { failures, until });
    }

    /// Takes what was done. Those that rest have to be tried again after their pause.
    ///
    /// If some found no lane, and one has become free since, the loop runs again at once.
    fn end(&self, some_left: bool) -> Progress {
        let mut state = self.state();
        state.ticking = false;
        let full = some_left && state.busy.len() < self.inner.settings.count;
        let resting = state.resting.iter().filter(|(organization, _)| !state.busy.contains(organization));
        let again = resting.map(|(_, rest)| rest.until).min();
        std::mem::take(&mut state.done).and(Progress { full, next: again, ..Progress::default() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code that holds the lock can panic halfway.
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
