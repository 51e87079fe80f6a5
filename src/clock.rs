//! The only place that reads the time, and the source of every key.
//!
//! Everything else takes `now` as an argument or holds a [`Clock`]. A server's time is its
//! monotonic clock plus the measured offset to the database's clock, so that servers on one
//! database agree and a stepped wall clock has no effect. Tests hold a [`ManualClock`], whose time
//! only moves when told to.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Notify, watch};
use uuid::Uuid;

/// A handle to the time of this server, or of a test. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Clock {
    /// Time passes by itself.
    System(Arc<SystemClock>),
    /// A test moves the time.
    Manual(ManualClock),
}

impl Clock {
    /// The clock of a server. It starts at the machine's wall clock, with offset zero.
    pub fn system() -> Self {
        Self::System(Arc::new(SystemClock::new()))
    }

    /// The current instant, truncated to microseconds like in Postgres. On a system clock it never
    /// goes back after the first reading of the database's clock.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System(clock) => clock.now(),
            Self::Manual(clock) => clock.now(),
        }
    }

    /// Like [`Self::now`], but doesn't stand still when the database's clock turns out to be
    /// behind. Used to compare clocks.
    pub fn unheld_now(&self) -> DateTime<Utc> {
        match self {
            Self::System(clock) => clock.unheld_now(),
            Self::Manual(clock) => clock.now(),
        }
    }

    /// How long [`Self::now`] will still stand still, until the database's clock catches up.
    pub fn held(&self) -> TimeDelta {
        match self {
            Self::System(clock) => clock.held(),
            Self::Manual(_) => TimeDelta::zero(),
        }
    }

    /// A new key: a version 7 UUID of this instant. Keys sort in the order in which this process
    /// created them, even within one instant and after the clock was set back.
    pub fn new_id(&self) -> Uuid {
        let now = self.now();
        match self {
            Self::System(clock) => clock.ids.next(now),
            Self::Manual(clock) => clock.shared.ids.next(now),
        }
    }

    /// A new stamp: a random UUID that distinguishes two revisions with the same number (a restored
    /// backup counts again). It contains no time.
    pub fn new_stamp(&self) -> Uuid {
        uuid::Builder::from_random_bytes(rand::random()).into_uuid()
    }

    /// Waits until `instant`, to about two milliseconds, or seven while the database's clock drifts
    /// from the machine's. For heartbeats, polls and deadlines. Waiting costs nothing.
    pub async fn sleep_until(&self, instant: DateTime<Utc>) {
        match self {
            Self::System(clock) => clock.sleep_until(instant).await,
            Self::Manual(clock) => clock.sleep_until(instant).await,
        }
    }

    /// Waits until `instant`, to about a fifth of a millisecond. For the few loops that must be
    /// punctual: it blocks a thread for the last moment.
    pub async fn sleep_until_exactly(&self, instant: DateTime<Utc>) {
        match self {
            Self::System(clock) => clock.sleep_until_exactly(instant).await,
            Self::Manual(clock) => clock.sleep_until(instant).await,
        }
    }

    /// Takes a reading of the database's clock: `database` was read between `before` and `after` of
    /// this clock, unheld. If it lies between them, both clocks may be right, however long the
    /// reading took, and nothing changes. Otherwise this clock is set so that the reading lies in
    /// the middle. A manual clock ignores it.
    pub fn observe_database(&self, before: DateTime<Utc>, database: DateTime<Utc>, after: DateTime<Utc>) {
        if let Self::System(clock) = self {
            clock.observe_database(before, database, after);
        }
    }

    /// How far this clock and the database's have certainly drifted apart between the last two
    /// readings; zero before the second.
    pub fn drift(&self) -> TimeDelta {
        match self {
            Self::System(clock) => clock.drift(),
            Self::Manual(_) => TimeDelta::zero(),
        }
    }
}

impl From<ManualClock> for Clock {
    fn from(clock: ManualClock) -> Self {
        Self::Manual(clock)
    }
}

/// Between 0.9 and 1.1 times the interval, so that servers started together don't poll together.
pub fn jittered(interval: Duration) -> TimeDelta {
    TimeDelta::from_std(interval.mul_f64(rand::random_range(0.9..=1.1))).unwrap_or(TimeDelta::MAX)
}

/// The monotonic clock, anchored once at the wall clock, plus the offset to the database's clock.
#[derive(Debug)]
pub struct SystemClock {
    anchor: Instant,
    /// Microseconds since the epoch at `anchor`, by the wall clock of this machine.
    anchor_micros: i64,
    /// Microseconds to add, so that this clock agrees with the database's.
    offset_micros: AtomicI64,
    /// The correction by the last reading, in microseconds.
    drift_micros: AtomicI64,
    observed: AtomicBool,
    /// The offset that sleepers have seen, in microseconds, and how they learn of a new one.
    announced_micros: AtomicI64,
    jumped: Notify,
    /// The latest instant returned: after a correction backwards the clock waits instead of going
    /// back.
    latest_micros: AtomicI64,
    ids: IdSequence,
}

/// The runtime's timers count whole milliseconds and round up. The operating system sleeps the last
/// stretch before an exact instant; its timers are accurate to some 60 microseconds.
const COARSE_MARGIN: Duration = Duration::from_millis(2);

/// How often an exact sleep checks the clock again, because the offset may have changed.
const LONGEST_SLEEP: Duration = Duration::from_secs(1);

/// The other sleepers, possibly tens of thousands, are woken when the offset changes by more than
/// this.
const JUMP: TimeDelta = TimeDelta::milliseconds(5);

impl SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one reading of the wall clock: the anchor")]
    fn new() -> Self {
        Self {
            anchor: Instant::now(),
            anchor_micros: Utc::now().timestamp_micros(),
            offset_micros: AtomicI64::new(0),
            drift_micros: AtomicI64::new(0),
            observed: AtomicBool::new(false),
            announced_micros: AtomicI64::new(0),
            jumped: Notify::new(),
            latest_micros: AtomicI64::new(i64::MIN),
            ids: IdSequence::default(),
        }
    }

    /// The instant, in microseconds.
    pub fn now(&self) -> DateTime<Utc> {
        let micros = self.unheld_micros();
        let latest = self.latest_micros.fetch_max(micros, Ordering::Relaxed);
        instant(micros.max(latest))
    }

    /// Like [`Clock::unheld_now`].
    pub fn unheld_now(&self) -> DateTime<Utc> {
        instant(self.unheld_micros())
    }

    /// Like [`Clock::held`].
    pub fn held(&self) -> TimeDelta {
        let latest = self.latest_micros.load(Ordering::Relaxed);
        TimeDelta::microseconds(latest.saturating_sub(self.unheld_micros()).max(0))
    }

    fn unheld_micros(&self) -> i64 {
        let elapsed = i64::try_from(self.anchor.elapsed().as_micros()).unwrap_or(i64::MAX);
        let offset = self.offset_micros.load(Ordering::Relaxed);
        self.anchor_micros.saturating_add(elapsed).saturating_add(offset)
    }

    /// Sets the offset that is added to this machine's time to get the database's.
    pub fn set_database_offset(&self, offset: TimeDelta) {
        let micros = offset.num_microseconds().unwrap_or(0);
        self.offset_micros.store(micros, Ordering::Relaxed);
        let announced = self.announced_micros.load(Ordering::Relaxed);
        if TimeDelta::microseconds(micros.saturating_sub(announced)).abs() > JUMP {
            self.announced_micros.store(micros, Ordering::Relaxed);
            self.jumped.notify_waiters();
        }
    }

    /// The current offset to the database's clock.
    pub fn database_offset(&self) -> TimeDelta {
        TimeDelta::microseconds(self.offset_micros.load(Ordering::Relaxed))
    }

    /// Like [`Clock::drift`]: the correction by the last reading; zero after the first, which only
    /// aligns the clocks.
    pub fn drift(&self) -> TimeDelta {
        TimeDelta::microseconds(self.drift_micros.load(Ordering::Relaxed))
    }

    fn observe_database(&self, before: DateTime<Utc>, database: DateTime<Utc>, after: DateTime<Utc>) {
        // A reading within the round trip proves no difference, so the clock stays.
        let correction = match (before..=after).contains(&database) {
            true => TimeDelta::zero(),
            false => database - (before + (after - before) / 2),
        };
        self.set_database_offset(self.database_offset() + correction);

        match self.observed.swap(true, Ordering::Relaxed) {
            true => {
                let drift = correction.num_microseconds().unwrap_or(i64::MAX);
                self.drift_micros.store(drift, Ordering::Relaxed);
            }
            // Instants returned before the first reading came from the machine's own clock and
            // don't count.
            false => self.latest_micros.store(i64::MIN, Ordering::Relaxed),
        }
    }

    /// The time until `instant`; none once it has passed.
    fn remaining(&self, instant: DateTime<Utc>) -> Option<Duration> {
        (instant - self.now()).to_std().ok().filter(|left| !left.is_zero())
    }

    async fn sleep_until(&self, instant: DateTime<Utc>) {
        loop {
            // Arm before reading the clock, so that a jump in between isn't missed.
            let jumped = self.jumped.notified();
            let Some(left) = self.remaining(instant) else { return };
            tokio::select! {
                () = tokio::time::sleep(left) => {}
                () = jumped => {}
            }
        }
    }

    async fn sleep_until_exactly(&self, instant: DateTime<Utc>) {
        while let Some(left) = self.remaining(instant) {
            match left.checked_sub(COARSE_MARGIN) {
                Some(coarse) if !coarse.is_zero() => tokio::time::sleep(coarse.min(LONGEST_SLEEP)).await,
                // Spinning is as exact but costs a core; a thread of the blocking pool sleeps for
                // free. The join only fails when the runtime shuts down, and then the time no
                // longer matters.
                _ => {
                    if tokio::task::spawn_blocking(move || std::thread::sleep(left)).await.is_err() {
                        return;
                    }
                }
            }
        }
    }
}

/// A clock that stands still until moved. Clones share their time and the order of their keys.
#[derive(Clone)]
pub struct ManualClock {
    shared: Arc<ManualShared>,
}

struct ManualShared {
    now: watch::Sender<DateTime<Utc>>,
    ids: IdSequence,
}

impl ManualClock {
    /// A clock that stands at `now`, truncated to microseconds.
    pub fn new(now: DateTime<Utc>) -> Self {
        let shared = ManualShared { now: watch::Sender::new(truncated(now)), ids: IdSequence::default() };
        Self { shared: Arc::new(shared) }
    }

    /// The handle for the code under test.
    pub fn clock(&self) -> Clock {
        Clock::Manual(self.clone())
    }

    /// The current instant.
    pub fn now(&self) -> DateTime<Utc> {
        *self.shared.now.borrow()
    }

    /// Moves the clock forward and wakes the sleepers whose instant has come.
    pub fn advance(&self, duration: TimeDelta) {
        self.shared.now.send_modify(|now| *now = truncated(*now + duration));
    }

    /// Sets the clock, even back, and wakes the sleepers whose instant has come.
    pub fn set(&self, now: DateTime<Utc>) {
        self.shared.now.send_modify(|current| *current = truncated(now));
    }

    async fn sleep_until(&self, instant: DateTime<Utc>) {
        let mut now = self.shared.now.subscribe();
        // We hold the sender, so the channel can't close while we wait.
        let _ = now.wait_for(|now| *now >= instant).await;
    }
}

impl fmt::Debug for ManualClock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("ManualClock").field(&self.now()).finish()
    }
}

/// Truncates to microseconds like Postgres, so that an instant is the same after a round trip.
fn truncated(instant_of_any_precision: DateTime<Utc>) -> DateTime<Utc> {
    instant(instant_of_any_precision.timestamp_micros())
}

fn instant(micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Creates version 7 UUIDs that sort in the order of their creation: 48 bits of milliseconds, a
/// counter of 42 bits that starts anywhere in its lower half at each new millisecond, and 32 random
/// bits.
#[derive(Debug, Default)]
struct IdSequence {
    last: Mutex<LastId>,
}

#[derive(Clone, Copy, Debug, Default)]
struct LastId {
    millis: u64,
    counter: u64,
}

const COUNTER_BITS: u32 = 42;
const COUNTER_LOW_BITS: u32 = 30;

impl IdSequence {
    fn next(&self, now: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        let random: u128 = rand::random();
        let id = {
            let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            *last = last.after(millis, (random >> 64) as u64);
            *last
        };
        id.uuid(random as u32)
    }
}

impl LastId {
    /// The next id's time and counter. If the instant isn't later than the last one's (the same
    /// millisecond, or a clock set back), the counter continues in the last millisecond.
    fn after(self, millis: u64, random: u64) -> Self {
        let seed = random >> (u64::BITS - COUNTER_BITS + 1);
        if millis > self.millis {
            Self { millis, counter: seed }
        } else if self.counter + 1 < 1 << COUNTER_BITS {
            Self { millis: self.millis, counter: self.counter + 1 }
        } else {
            Self { millis: self.millis + 1, counter: seed }
        }
    }

    fn uuid(self, random: u32) -> Uuid {
        let high = (self.counter >> COUNTER_LOW_BITS) as u16;
        let low = (self.counter & ((1 << COUNTER_LOW_BITS) - 1)) as u32;
        let mut bytes = [0; 10];
        bytes[..2].copy_from_slice(&high.to_be_bytes());
        bytes[2..6].copy_from_slice(&low.to_be_bytes());
        bytes[6..].copy_from_slice(&random.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(self.millis, &bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests;
