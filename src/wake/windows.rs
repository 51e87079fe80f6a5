//! The windows of queues that this server's subscribers watch, and the latest state of each queue.
//!
//! The feed reads states after commits. A transaction that changes a watched queue saves it the
//! work: it holds the queue's row, so it reads the window as its last statement, and hands it over
//! once it is committed.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::store::database::doorbell::QueueKey;
use crate::store::queues::states::{Mark, QueueState};
use crate::wake::{DirtyQueues, Latest};

/// The most activities that a transaction reads for subscribers. It holds the rows of its queues
/// meanwhile, so what is more is left to the feed.
const MOST_HANDED_OVER: usize = 256;

/// A state and the number of the read that found it.
#[derive(Debug)]
pub struct Reading {
    /// The number of the read. A state that was handed over has the number of the last read of its
    /// queue.
    pub number: u64,
    /// None: the queue no longer exists, because an older backup was restored.
    pub state: Option<QueueState>,
}

impl Reading {
    fn revision(&self) -> Option<i64> {
        self.state.as_ref().map(|state| state.revision)
    }
}

/// A queue's slot: empty until the first read.
pub type Slot = Latest<Option<Arc<Reading>>>;

/// The queues that are watched on this server.
#[derive(Default)]
pub struct Windows {
    watched: Mutex<Watched>,
    requested: Notify,
}

#[derive(Default)]
struct Watched {
    queues: HashMap<QueueKey, Queue>,
    /// The queues that sessions have just started to watch.
    requested: HashSet<QueueKey>,
    /// The number of the next read.
    next_read: u64,
}

#[derive(Default)]
struct Queue {
    slot: Arc<Slot>,
    /// The window of each session. A read uses the largest.
    windows: Vec<usize>,
    /// The last read that began.
    begun: Option<u64>,
}

/// The queues that the feed reads.
pub struct Read {
    number: u64,
    /// Each queue and its largest window.
    pub watched: Vec<(QueueKey, usize)>,
}

/// The queues that a transaction reads before it is committed.
#[derive(Debug, Default)]
pub struct Foresight {
    /// Each queue and its largest window.
    pub watched: Vec<(QueueKey, usize)>,
    /// For each of them, the last read that had begun.
    begun: Vec<u64>,
}

/// A session's slot, and the first read that counts for it.
pub struct Entered {
    /// The slot of its queue.
    pub slot: Arc<Slot>,
    /// The first read that starts after the session did: it sees everything committed before, with
    /// this window.
    pub first_read: u64,
}

impl Windows {
    /// Adds a session, and asks the feed for its first state.
    pub fn enter(&self, key: QueueKey, window: usize) -> Entered {
        let mut watched = self.lock();
        // A read in progress may have missed what was committed since, so it does not count.
        let first_read = watched.next_read;
        watched.requested.insert(key);
        let queue = watched.queues.entry(key).or_default();
        // Most queues have a single watcher.
        queue.windows.reserve_exact(1);
        queue.windows.push(window);
        let slot = queue.slot.clone();

        // Wake the feed outside the lock that it takes first.
        drop(watched);
        self.requested.notify_one();
        Entered { slot, first_read }
    }

    /// Removes a session that [`Self::enter`] added.
    pub fn leave(&self, key: QueueKey, window: usize) {
        let mut watched = self.lock();
        let Some(queue) = watched.queues.get_mut(&key) else { return };
        if let Some(index) = queue.windows.iter().position(|other| *other == window) {
            queue.windows.swap_remove(index);
        }
        // A queue without sessions is no longer read.
        if queue.windows.is_empty() {
            watched.queues.remove(&key);
        }
    }

    /// Waits until sessions ask for a first state, and takes their queues.
    pub async fn take_requested(&self) -> HashSet<QueueKey> {
        loop {
            let requested = std::mem::take(&mut self.lock().requested);
            if !requested.is_empty() {
                return requested;
            }
            // The permit is kept if a session was added since the check above.
            self.requested.notified().await;
        }
    }

    /// Of queues that changed, those that are watched.
    pub fn watched_of(&self, dirty: DirtyQueues) -> HashSet<QueueKey> {
        let watched = self.lock();
        match dirty {
            DirtyQueues::Named(keys) => {
                keys.into_iter().filter(|key| watched.queues.contains_key(key)).collect()
            }
            DirtyQueues::Everything => watched.queues.keys().copied().collect(),
        }
    }

    /// Every queue that is watched.
    pub fn watched(&self) -> HashSet<QueueKey> {
        self.watched_of(DirtyQueues::Everything)
    }

    /// Every watched queue whose state is known.
    pub fn known(&self) -> Vec<(QueueKey, Mark)> {
        let watched = self.lock();
        let known = |(key, queue): (&QueueKey, &Queue)| {
            let (_, reading) = queue.slot.get();
            // A queue that is gone has no revision to compare.
            reading.and_then(|reading| Some((*key, reading.state.as_ref()?.mark())))
        };
        watched.queues.iter().filter_map(known).collect()
    }

    /// Starts a read of those `keys` that are still watched, each with its largest window.
    pub fn begin_read(&self, keys: &[QueueKey]) -> Read {
        let mut watched = self.lock();
        let number = watched.next_read;
        // The number tells sessions whether a read began after they did.
        watched.next_read += 1;
        let window = |key: &QueueKey| {
            let queue = watched.queues.get_mut(key)?;
            queue.begun = Some(number);
            Some((*key, queue.largest()?))
        };
        Read { number, watched: keys.iter().filter_map(window).collect() }
    }

    /// Publishes the results of a read. Those of an organization run one after the other, so a
    /// later one never finds an earlier state.
    pub fn publish(&self, read: &Read, mut states: HashMap<QueueKey, QueueState>) {
        let (number, watched) = (read.number, self.lock());

        for (key, _) in &read.watched {
            // A queue that the read did not find is gone.
            let found = Reading { number, state: states.remove(key) };
            let Some(queue) = watched.queues.get(key) else { continue };
            queue.put(found, |known, found| {
                // With the same number it was handed over during the read, and may be newer.
                known.number < number || known.number == number && known.revision() < found.revision()
            });
        }
    }

    /// Says what a transaction reads for subscribers of the queues that it changes, once it holds
    /// their rows. Empty if it would be too much.
    pub fn foresee<'a>(&self, changed: impl Iterator<Item = &'a QueueKey>) -> Foresight {
        let watched = self.lock();
        let mut foresight = Foresight::default();
        let mut rows = 0;

        // A queue that was never read has its first read still before it.
        let known = changed.filter_map(|key| {
            let queue = watched.queues.get(key)?;
            Some((*key, queue.largest()?, queue.begun?))
        });
        for (key, window, begun) in known {
            rows += window;
            if rows > MOST_HANDED_OVER {
                return Foresight::default();
            }
            foresight.watched.push((key, window));
            foresight.begun.push(begun);
        }
        foresight
    }

    /// Publishes what a transaction has read, after its commit. Returns the queues whose
    /// subscribers have their states now: the others still have to be read.
    pub fn hand_over(
        &self,
        foresight: Foresight,
        mut states: HashMap<QueueKey, QueueState>,
    ) -> HashSet<QueueKey> {
        let watched = self.lock();
        let mut handed_over = HashSet::new();

        for ((key, _), number) in foresight.watched.into_iter().zip(foresight.begun) {
            let Some((queue, state)) = watched.queues.get(&key).zip(states.remove(&key)) else { continue };
            // A read that began meanwhile may be for a session with a larger window, or know of a
            // timer that was set since.
            let newest = queue.begun == Some(number);
            let found = Reading { number, state: Some(state) };
            // Two transactions may come here in another order than they were committed in.
            if newest && queue.put(found, |known, found| known.revision() < found.revision()) {
                handed_over.insert(key);
            }
        }
        handed_over
    }

    fn lock(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn largest(&self) -> Option<usize> {
        self.windows.iter().max().copied()
    }

    /// Puts a reading in the slot if there is none yet, or if it is newer. True if it did.
    fn put(&self, found: Reading, newer: impl FnOnce(&Reading, &Reading) -> bool) -> bool {
        let mut put = false;
        self.slot.change(|slot| {
            put = slot.as_ref().is_none_or(|known| newer(known, &found));
            if put {
                *slot = Some(Arc::new(found));
            }
            put
        });
        put
    }
}

impl fmt::Debug for Windows {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Windows").field("queues", &self.lock().queues.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
