//! One driver for every loop: arm, tick, again while the batch was full, wait.
//!
//! A wait ends at the earliest of the next due instant, a wake-up and the poll. Due instants are met to about a fifth of a
//! millisecond ([`Clock::sleep_until_exactly`]: a tick begins 0.17 ms late at the median, 0.45 at p99). The runtime's own
//! timers count whole milliseconds and round up (1.1 and 2.0 ms), which each activity would take longer to its seller;
//! polls and back-off, where it doesn't matter, use them.

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

/// How long a due item that a tick left alone is let be.
const LEFT_PAUSE: TimeDelta = TimeDelta::milliseconds(10);

/// The due time that [`Wake`] gives when anything may be due: nothing is late by it.
const UNKNOWN: DateTime<Utc> = DateTime::<Utc>::MIN_UTC;

/// What a tick found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    /// The tick found something to do, and did it.
    pub worked: bool,
    /// The batch was full: there may be more, so run again at once.
    pub full: bool,
    /// When there will be something to do, as far as the database says now.
    pub next: Option<DateTime<Utc>>,
}

/// Why a tick failed. It is logged by the driver, nowhere else.
pub type TickError = Box<dyn std::error::Error + Send + Sync>;

type Tick = Box<dyn Fn(DateTime<Utc>) -> BoxFuture<'static, Result<Progress, TickError>> + Send + Sync>;

/// A loop: a name, what wakes it, and the idempotent `tick(now)` that it repeats.
pub struct Loop {
    name: &'static str,
    topic: Option<Topic>,
    poll: Option<Duration>,
    tick: Tick,
}

impl Loop {
    /// A loop that only polls. A tick does a limited batch and doesn't retry: the next tick does.
    pub fn new<F, T>(name: &'static str, tick: F) -> Self
    where
        F: Fn(DateTime<Utc>) -> T + Send + Sync + 'static,
        T: Future<Output = Result<Progress, TickError>> + Send + 'static,
    {
        Self { name, topic: None, poll: None, tick: Box::new(move |now| tick(now).boxed()) }
    }

    /// Also runs when this topic wakes. For [`Topic::Timers`] that is: when the earliest due time known has come.
    pub fn woken_by(mut self, topic: Topic) -> Self {
        self.topic = Some(topic);
        self
    }

    /// Runs the tick once, and says whether it found anything to do. Without a driver: a test's own pace.
    ///
    /// # Errors
    /// What the tick failed with.
    pub async fn run_once(&self, now: DateTime<Utc>) -> Result<Progress, TickError> {
        (self.tick)(now).await
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
    /// Tells the loops the time, and how long to sleep.
    pub clock: Clock,
    /// Wakes the loops.
    pub wake: Wake,
    /// How long a loop without its own interval waits at most.
    pub poll: Duration,
    /// Every loop's task belongs to it.
    pub tracker: TaskTracker,
    /// Stops the loops, each after the tick that it is in.
    pub stop: CancellationToken,
}

impl Driver {
    /// Starts a loop; the receiver shows how it does.
    pub fn spawn(&self, looped: Loop) -> watch::Receiver<LoopStatus> {
        let (status, shown) = watch::channel(LoopStatus { name: looped.name, ..LoopStatus::default() });
        let poll = looped.poll.unwrap_or(self.poll);
        self.tracker.spawn(Run { driver: self.clone(), looped, poll, status, due_at: None }.repeat());
        shown
    }
}

struct Run {
    driver: Driver,
    looped: Loop,
    poll: Duration,
    status: watch::Sender<LoopStatus>,
    /// The due instant for which the next tick was waited for, if it was one.
    due_at: Option<DateTime<Utc>>,
}

impl Run {
    async fn repeat(mut self) {
        while !self.driver.stop.is_cancelled() {
            // Armed before the tick reads: what is told in between ends the wait at once.
            let armed = self.arm();
            match self.tick().await {
                Some(Progress { full: true, .. }) => tokio::task::yield_now().await,
                Some(Progress { next, .. }) => self.wait(next, armed).await,
                None => self.back_off().await,
            }
        }
        if self.is_about_timers() {
            // Calls in flight go on setting timers: without a due time that is waited for here, other servers are told of them.
            self.driver.wake.begin_timer_read();
        }
    }

    fn arm(&self) -> Option<Armed> {
        self.looped.topic.map(|topic| self.driver.wake.arm(topic))
    }

    fn is_about_timers(&self) -> bool {
        self.looped.topic == Some(Topic::Timers)
    }

    /// Runs the tick once; `None` if it failed.
    async fn tick(&mut self) -> Option<Progress> {
        if self.is_about_timers() {
            self.driver.wake.begin_timer_read();
        }
        let now = self.driver.clock.now();
        let due_at = self.due_at.take();
        self.status.send_modify(|status| status.began(now, due_at));
        let began = Instant::now();
        // A panic is a failed tick: a loop that ended would be missed by nobody until its work is.
        let ticked = AssertUnwindSafe(async { (self.looped.tick)(now).await }).catch_unwind().await;
        metrics::histogram!(measures::LOOP_TICK_DURATION, "loop" => self.looped.name).record(began.elapsed());
        match ticked.unwrap_or_else(|_| Err("the tick panicked".into())) {
            Ok(progress) => Some(self.succeeded(now, progress)),
            Err(error) => {
                self.failed(&*error);
                None
            }
        }
    }

    fn succeeded(&self, now: DateTime<Utc>, mut progress: Progress) -> Progress {
        let (failures, left) = (self.status.borrow().failures, progress.next);
        progress.next = left.map(|next| after_a_pause(next, now));
        if self.is_about_timers() {
            self.driver.wake.end_timer_read(progress.next);
        }
        if failures > 0 {
            tracing::info!(loop.name = self.looped.name, failures, "the loop works again");
        }
        let outcome = if progress.worked { "worked" } else { "idle" };
        metrics::counter!(measures::LOOP_TICKS, "loop" => self.looped.name, "outcome" => outcome)
            .increment(1);
        self.status.send_modify(|status| status.succeeded(left));
        progress
    }

    /// Logs the first of several failures in a row; the others only add to the status.
    fn failed(&self, error: &(dyn std::error::Error + Send + Sync + 'static)) {
        if self.status.borrow().failures == 0 {
            let cause = error as &dyn std::error::Error;
            tracing::error!(loop.name = self.looped.name, error = cause, "the loop failed, it will be tried again");
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
        tokio::select! {
            () = stop.cancelled() => {}
            due_at = self.due(next) => self.due_at = Some(due_at).filter(|due_at| *due_at > UNKNOWN),
            () = armed, if !self.is_about_timers() => {}
            () = clock.sleep_until(poll_at) => {}
        }
    }

    /// Waits for the earliest due instant, also when it moves to an earlier one meanwhile.
    async fn due(&self, next: Option<DateTime<Utc>>) -> DateTime<Utc> {
        let Driver { clock, wake, .. } = &self.driver;
        if !self.is_about_timers() {
            return sleep_until_due(clock, next).await;
        }
        loop {
            // Armed before the due time is looked at, for the same reason as above. A timer that was set needs no tick
            // before it is due: that would be one tick for each completion.
            let moved = wake.arm(Topic::Timers);
            tokio::select! {
                due_at = sleep_until_due(clock, wake.next_timer_due()) => return due_at,
                () = moved => {}
            }
        }
    }

    async fn back_off(&self) {
        let until = self.driver.clock.now() + jittered(back_off_after(self.status.borrow().failures));
        self.driver.stop.run_until_cancelled(self.driver.clock.sleep_until(until)).await;
    }
}

async fn sleep_until_due(clock: &Clock, due_at: Option<DateTime<Utc>>) -> DateTime<Utc> {
    match due_at {
        Some(due_at) => {
            clock.sleep_until_exactly(due_at).await;
            due_at
        }
        None => std::future::pending().await,
    }
}

/// What a tick saw as due and left, another server holds: it is tried again after a pause, not in a tight loop.
fn after_a_pause(next: DateTime<Utc>, ticked_at: DateTime<Utc>) -> DateTime<Utc> {
    if next <= ticked_at { ticked_at + LEFT_PAUSE } else { next }
}

/// How long to wait after so many failures in a row: 100 ms, doubling, at most 5 s.
fn back_off_after(failures: u32) -> Duration {
    Duration::from_millis(100 << failures.saturating_sub(1).min(6)).min(Duration::from_secs(5))
}

#[cfg(test)]
mod tests;
