//! The driver of every loop: arm, tick, tick again while batches are full, wait.
//!
//! A wait ends at the earliest of the next due time, a wake-up and the poll. Due times are met to
//! about a fifth of a millisecond ([`Clock::sleep_until_exactly`]: a tick begins 0.17 ms late at
//! the median, 0.45 at p99). The runtime's own timers count whole milliseconds and round up (1.1
//! and 2.0 ms), which would delay every activity; polls and back-off, where it doesn't matter, use
//! them.
//!
//! The tick of the timers begins a little before the next due time, with `now` at that time. What
//! it does takes some milliseconds, and its commit waits for the instant. If something is due
//! already, `now` is the present, and nothing waits.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::LoopStatus;
use crate::clock::{Clock, jittered};
use crate::measures;
use crate::wake::{Armed, Topic, Wake};

/// How long to wait before retrying a due item that another server holds.
const LEFT_PAUSE: TimeDelta = TimeDelta::milliseconds(10);

/// How long before its instant the tick of the timers begins. It holds locks meanwhile, so not
/// longer than it mostly takes.
const EARLY: TimeDelta = TimeDelta::milliseconds(4);

/// The due time that [`Wake`] reports when anything may be due. It never counts as late.
const UNKNOWN: DateTime<Utc> = DateTime::<Utc>::MIN_UTC;

/// The result of a tick.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    /// The tick did something.
    pub worked: bool,
    /// The batch was full, so there may be more: run again at once.
    pub full: bool,
    /// When there will be something to do, according to the database.
    pub next: Option<DateTime<Utc>>,
    /// When the earliest was due of what the tick left behind.
    pub left: Option<DateTime<Utc>>,
}

impl Progress {
    /// What two did together.
    pub fn and(self, other: Self) -> Self {
        let earlier = |one: Option<_>, other: Option<_>| one.into_iter().chain(other).min();
        Self {
            worked: self.worked || other.worked,
            full: self.full || other.full,
            next: earlier(self.next, other.next),
            left: earlier(self.left, other.left),
        }
    }
}

/// Why a tick failed. Only the driver logs it.
pub type TickError = Box<dyn std::error::Error + Send + Sync>;

type Tick = Box<dyn Fn(DateTime<Utc>) -> BoxFuture<'static, Result<Progress, TickError>> + Send + Sync>;

/// A loop: a name, a topic that wakes it, and the idempotent `tick(now)` that it repeats.
pub struct Loop {
    name: &'static str,
    topic: Option<Topic>,
    poll: Option<Duration>,
    tick: Tick,
}

impl Loop {
    /// A loop that only polls. A tick handles a limited batch and doesn't retry; the next tick
    /// does.
    pub fn new<F, T>(name: &'static str, tick: F) -> Self
    where
        F: Fn(DateTime<Utc>) -> T + Send + Sync + 'static,
        T: Future<Output = Result<Progress, TickError>> + Send + 'static,
    {
        Self { name, topic: None, poll: None, tick: Box::new(move |now| tick(now).boxed()) }
    }

    /// Also runs when this topic wakes it. For [`Topic::Timers`], that is when the earliest known
    /// due time has come.
    pub fn woken_by(mut self, topic: Topic) -> Self {
        self.topic = Some(topic);
        self
    }

    /// Polls at this interval instead of the driver's.
    pub fn every(mut self, poll: Duration) -> Self {
        self.poll = Some(poll);
        self
    }
}

/// Starts loops and stops them.
#[derive(Clone, Debug)]
pub struct Driver {
    /// Gives loops the time, and puts them to sleep.
    pub clock: Clock,
    /// Wakes the loops.
    pub wake: Wake,
    /// The longest wait of a loop without its own interval.
    pub poll: Duration,
    /// Tracks every loop's task.
    pub tracker: TaskTracker,
    /// Stops the loops, each after its current tick.
    pub stop: CancellationToken,
}

impl Driver {
    /// Starts a loop. The receiver reports its status.
    pub fn spawn(&self, looped: Loop) -> watch::Receiver<LoopStatus> {
        let (status, shown) = watch::channel(LoopStatus { name: looped.name, ..LoopStatus::default() });
        let poll = looped.poll.unwrap_or(self.poll);
        self.tracker
            .spawn(Run { driver: self.clone(), looped, poll, status, due_at: None, punctual: None }.repeat());
        shown
    }
}

struct Run {
    driver: Driver,
    looped: Loop,
    poll: Duration,
    status: watch::Sender<LoopStatus>,
    /// The due time that the next tick was waited for, if any.
    due_at: Option<DateTime<Utc>>,
    /// A due time for which no tick begins early: one has, or it is the end of a pause.
    punctual: Option<DateTime<Utc>>,
}

impl Run {
    async fn repeat(mut self) {
        while !self.driver.stop.is_cancelled() {
            // Arm before the tick reads, so that a change in between ends the wait at once.
            let armed = self.arm();
            match self.tick().await {
                // Let other tasks run between full batches.
                Some(Progress { full: true, .. }) => tokio::task::yield_now().await,
                Some(Progress { next, .. }) => self.wait(next, armed).await,
                None => self.back_off().await,
            }
        }

        if self.is_about_timers() {
            // Calls in progress still set timers. Without a due time here, other servers are told
            // of them.
            self.driver.wake.begin_timer_read();
        }
    }

    fn arm(&self) -> Option<Armed> {
        self.looped.topic.map(|topic| self.driver.wake.arm(topic))
    }

    fn is_about_timers(&self) -> bool {
        self.looped.topic == Some(Topic::Timers)
    }

    /// Runs one tick; `None` if it failed.
    async fn tick(&mut self) -> Option<Progress> {
        if self.is_about_timers() {
            self.driver.wake.begin_timer_read();
        }

        let present = self.driver.clock.now();
        // Only a tick that waited for a due time can be late.
        let due_at = self.due_at.take();
        // What a tick that begins early leaves is tried again when its time has come.
        self.punctual = due_at.filter(|due_at| *due_at > present);
        let now = self.punctual.unwrap_or(present);
        self.status.send_modify(|status| status.began(now, due_at));

        let began = Instant::now();
        // A panic is a failed tick: a loop that died would go unnoticed until its work piled up.
        let ticked = AssertUnwindSafe(async { (self.looped.tick)(now).await }).catch_unwind().await;
        metrics::histogram!(measures::LOOP_TICK_DURATION, "loop" => self.looped.name).record(began.elapsed());

        match ticked.unwrap_or_else(|_| Err("the tick panicked".into())) {
            Ok(progress) => Some(self.succeeded(present, progress)),
            Err(error) => {
                self.failed(&*error);
                None
            }
        }
    }

    fn succeeded(&mut self, now: DateTime<Utc>, mut progress: Progress) -> Progress {
        let failures = self.status.borrow().failures;
        if progress.next.is_some_and(|next| next <= now) {
            // Another server holds what the tick left behind, so don't retry in a tight loop.
            progress.next = Some(now + LEFT_PAUSE);
            self.punctual = progress.next;
        }
        if self.is_about_timers() {
            self.driver.wake.end_timer_read(progress.next);
        }
        if failures > 0 {
            tracing::info!(loop.name = self.looped.name, failures, "loop recovered");
        }
        let outcome = if progress.worked { "worked" } else { "idle" };
        metrics::counter!(measures::LOOP_TICKS, "loop" => self.looped.name, "outcome" => outcome)
            .increment(1);
        self.status.send_modify(|status| status.succeeded(progress.left));
        progress
    }

    /// Logs the first failure in a row; further ones only change the status.
    fn failed(&self, error: &(dyn std::error::Error + Send + Sync + 'static)) {
        if self.status.borrow().failures == 0 {
            let cause = error as &dyn std::error::Error;
            tracing::error!(loop.name = self.looped.name, error = cause, "loop failed, retrying");
        }
        metrics::counter!(measures::LOOP_TICKS, "loop" => self.looped.name, "outcome" => "failed")
            .increment(1);
        self.status.send_modify(|status| status.failed(error.to_string()));
    }

    async fn wait(&mut self, next: Option<DateTime<Utc>>, armed: Option<Armed>) {
        let stop = self.driver.stop.clone();
        let clock = self.driver.clock.clone();
        let poll_at = clock.now() + jittered(self.poll);

        let armed = async {
            match armed {
                Some(armed) => armed.await,
                None => std::future::pending().await,
            }
        };

        // The timers loop ignores the plain wake-up: `due` already watches for earlier due times.
        tokio::select! {
            () = stop.cancelled() => {}
            // An unknown due time says nothing about lateness.
            due_at = self.due(next) => self.due_at = Some(due_at).filter(|due_at| *due_at > UNKNOWN),
            () = armed, if !self.is_about_timers() => {}
            () = clock.sleep_until(poll_at) => {}
        }
    }

    /// Waits for the earliest due time, even when it becomes earlier in the meantime.
    async fn due(&self, next: Option<DateTime<Utc>>) -> DateTime<Utc> {
        let Driver { clock, wake, .. } = &self.driver;
        if !self.is_about_timers() {
            return sleep_until_due(clock, next).await;
        }
        loop {
            // Arm before reading the due time, as above. A newly set timer needs no tick before it
            // is due; otherwise every completion would cause one.
            let moved = wake.arm(Topic::Timers);
            tokio::select! {
                due_at = self.sleep_until_almost_due(wake.next_timer_due()) => return due_at,
                () = moved => {}
            }
        }
    }

    async fn sleep_until_almost_due(&self, due_at: Option<DateTime<Utc>>) -> DateTime<Utc> {
        let Some(due_at) = due_at else { return std::future::pending().await };
        let early = if self.punctual == Some(due_at) { TimeDelta::zero() } else { EARLY };
        let begins_at = due_at.checked_sub_signed(early).unwrap_or(due_at);
        self.driver.clock.sleep_until_exactly(begins_at).await;
        due_at
    }

    async fn back_off(&self) {
        let until = self.driver.clock.now() + jittered(back_off_after(self.status.borrow().failures));
        self.driver.stop.run_until_cancelled(self.driver.clock.sleep_until(until)).await;
    }
}

async fn sleep_until_due(clock: &Clock, due_at: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let Some(due_at) = due_at else { return std::future::pending().await };
    clock.sleep_until_exactly(due_at).await;
    due_at
}

/// How long to wait after this many failures in a row: 100 ms, doubling, at most 5 s.
pub(super) fn back_off_after(failures: u32) -> Duration {
    Duration::from_millis(100 << failures.saturating_sub(1).min(6)).min(Duration::from_secs(5))
}

#[cfg(test)]
mod tests;
