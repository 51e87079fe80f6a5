//! Which queues are watched and by whom, and the latest state of each.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::Subscriber;
use super::places::{Place, Places};
use crate::measures;
use crate::store::database::doorbell::QueueKey;
use crate::store::queues::states::{Mark, QueueState};
use crate::wake::{DirtyQueues, Latest};

/// A state and the number of the read that found it.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) number: u64,
    /// None: the queue no longer exists, because an older backup was restored.
    pub(super) state: Option<QueueState>,
}

/// A queue's slot: empty until the first read.
pub(super) type Slot = Latest<Option<Arc<Reading>>>;

/// The queues that are watched on this server.
#[derive(Default)]
pub(super) struct Hub {
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
    places: Places,
}

#[derive(Default)]
struct Queue {
    slot: Arc<Slot>,
    /// The window of each session. A read uses the largest.
    windows: Vec<usize>,
}

/// The queues to read.
pub(super) struct Read {
    pub(super) number: u64,
    pub(super) watched: Vec<(QueueKey, usize)>,
}

/// A session's slot and place, and the first read that counts for it.
pub(super) struct Entered {
    pub(super) slot: Arc<Slot>,
    pub(super) place: Place,
    /// The first read that starts after the session did: it sees everything committed before, with
    /// this window.
    pub(super) first_read: u64,
}

impl Hub {
    /// Adds a session of `client`, and asks the reader for its first state. If the subscriber has
    /// `most` already, an earlier one loses its place.
    pub(super) fn enter(
        &self,
        key: QueueKey,
        window: usize,
        subscriber: Subscriber,
        client: u64,
        most: usize,
    ) -> Entered {
        let mut watched = self.lock();
        let place = watched.places.take(subscriber, client, most);
        metrics::gauge!(measures::STREAMS).increment(1);

        // A read in progress may have missed what was committed since, so it does not count.
        let first_read = watched.next_read;
        watched.requested.insert(key);
        let queue = watched.queues.entry(key).or_default();
        // Most queues have a single watcher.
        queue.windows.reserve_exact(1);
        queue.windows.push(window);
        let slot = queue.slot.clone();

        // Wake the reader outside the lock that it takes first.
        drop(watched);
        self.requested.notify_one();
        Entered { slot, place, first_read }
    }

    /// Takes a place for a stream that follows no queue.
    pub(super) fn take_place(&self, subscriber: Subscriber, client: u64, most: usize) -> Place {
        metrics::gauge!(measures::STREAMS).increment(1);
        self.lock().places.take(subscriber, client, most)
    }

    /// Gives back a place that [`Hub::take_place`] gave.
    pub(super) fn give_place_back(&self, subscriber: Subscriber, place: &Place) {
        metrics::gauge!(measures::STREAMS).decrement(1);
        self.lock().places.give_back(subscriber, place);
    }

    /// Removes a session that [`Hub::enter`] added.
    pub(super) fn leave(&self, key: QueueKey, window: usize, subscriber: Subscriber, place: &Place) {
        let mut watched = self.lock();
        metrics::gauge!(measures::STREAMS).decrement(1);
        watched.places.give_back(subscriber, place);
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
    pub(super) async fn take_requested(&self) -> HashSet<QueueKey> {
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
    pub(super) fn watched_of(&self, dirty: DirtyQueues) -> HashSet<QueueKey> {
        let watched = self.lock();
        match dirty {
            DirtyQueues::Named(keys) => {
                keys.into_iter().filter(|key| watched.queues.contains_key(key)).collect()
            }
            DirtyQueues::Everything => watched.queues.keys().copied().collect(),
        }
    }

    /// Every watched queue whose state is known.
    pub(super) fn known(&self) -> Vec<(QueueKey, Mark)> {
        let watched = self.lock();
        let known = |(key, queue): (&QueueKey, &Queue)| {
            let (_, reading) = queue.slot.get();
            // A queue that is gone has no revision to compare.
            reading.and_then(|reading| Some((*key, reading.state.as_ref()?.mark())))
        };
        watched.queues.iter().filter_map(known).collect()
    }

    /// Starts a read of those `keys` that are still watched, each with its largest window.
    pub(super) fn begin_read(&self, keys: &[QueueKey]) -> Read {
        let mut watched = self.lock();
        let number = watched.next_read;
        // The number tells sessions whether a read began after they did.
        watched.next_read += 1;
        let window = |key: &QueueKey| {
            let largest = watched.queues.get(key)?.windows.iter().max()?;
            Some((*key, *largest))
        };
        Read { number, watched: keys.iter().filter_map(window).collect() }
    }

    /// Publishes the results of a read. Reads run one after the other, so a later one never finds
    /// an earlier state.
    pub(super) fn publish(&self, read: &Read, mut states: HashMap<QueueKey, QueueState>) {
        let (number, watched) = (read.number, self.lock());

        for (key, _) in &read.watched {
            // A queue that the read did not find is gone.
            let state = states.remove(key);
            if let Some(queue) = watched.queues.get(key) {
                queue.slot.change(|slot| {
                    let newer = slot.as_ref().is_none_or(|reading| reading.number < number);
                    if newer {
                        *slot = Some(Arc::new(Reading { number, state }));
                    }
                    newer
                });
            }
        }
    }

    /// Every queue that is watched.
    pub(super) fn watched(&self) -> HashSet<QueueKey> {
        self.watched_of(DirtyQueues::Everything)
    }

    fn lock(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Hub").field("queues", &self.lock().queues.len()).finish_non_exhaustive()
    }
}
