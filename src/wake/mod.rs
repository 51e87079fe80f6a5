//! In-process wake-ups: after a commit the engine announces what changed, and waiters read it.
//!
//! A wake-up carries no data that matters: the windows that some commits hand over save the feed a
//! read, and are read if they don't come. A wake-up can come twice or for nothing, and every loop
//! also polls. But it must not get lost, so a reader arms *before* it reads:
//!
//! ```ignore
//! let armed = wake.arm(Topic::RecordChanges);
//! read_what_there_is().await;
//! armed.await; // returns at once if something changed since arming
//! ```

mod forward;
mod latest;
mod queues;
mod topics;
pub mod windows;

use std::collections::HashSet;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use tokio::sync::Notify;

use crate::domain::id::{OperationId, OrganizationId};
use crate::store::database::doorbell::{Heard, QueueKey, Ring};

pub use forward::{forward, hear};
pub use latest::Latest;
pub use queues::DirtyQueues;
pub use topics::Armed;

use queues::QueueSet;
use topics::Topics;
use windows::Windows;

/// What loops and callers can wait for. (Queues are separate: [`Wake::take_dirty_queues`].)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// [`Wake::next_timer_due`] moved to an earlier instant.
    Timers,
    /// Records changed and wait for routing.
    RecordChanges,
    /// An operation was queued.
    Operations,
    /// An item failed and is tried again soon.
    Problems,
    /// Tallies of a slow organization were merged.
    Tallies,
    /// Events were written that wait for their positions.
    Unpublished,
    /// Webhooks may have something to send.
    Webhooks,
    /// Events of this organization got their positions.
    Published(OrganizationId),
    /// This operation made progress or ended.
    Operation(OperationId),
}

/// Announces commits and wakes waiters. Cheap to clone; one per server.
#[derive(Clone, Default)]
pub struct Wake {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    topics: Topics,
    queues: QueueSet,
    windows: Windows,
    timers: Mutex<Option<DateTime<Utc>>>,
    /// The organizations that publish their events, as far as this server knows.
    publishers: Mutex<HashSet<OrganizationId>>,
    /// How often API keys have changed.
    keys: AtomicU64,
    /// What other servers still have to be told; `None` if they aren't.
    outgoing: Option<Outgoing>,
}

#[derive(Default)]
struct Outgoing {
    ring: Mutex<Ring>,
    pending: Notify,
}

impl Wake {
    /// Wakes only within this server; other servers rely on polling.
    pub fn new() -> Self {
        Self::default()
    }

    /// Also collects what to tell other servers, for [`forward`].
    pub fn forwarding() -> Self {
        let inner = Inner { outgoing: Some(Outgoing::default()), ..Inner::default() };
        Self { inner: Arc::new(inner) }
    }

    // === called by the engine after a commit ===

    /// The revisions of these queues went up.
    pub fn queues_changed(&self, queues: impl IntoIterator<Item = QueueKey>) {
        let queues: Vec<QueueKey> = queues.into_iter().collect();
        self.inner.queues.mark(queues.iter().copied());
        self.tell_others(|ring| ring.queues.extend(queues));
    }

    /// The revisions of these queues went up, and subscribers of this server have their states.
    pub fn queues_handed_over(&self, queues: impl IntoIterator<Item = QueueKey>) {
        self.tell_others(|ring| ring.queues.extend(queues));
    }

    /// A timer was set. For a batch, the earliest is enough.
    pub fn timer_set(&self, due_at: DateTime<Utc>) {
        // Other servers only need to know of a timer that is earlier than all known ones.
        if self.note_timer(due_at) {
            self.tell_others(|ring| ring.timers_due = ring.timers_due.into_iter().chain([due_at]).min());
        }
    }

    /// Records changed and wait for routing.
    pub fn records_changed(&self) {
        self.inner.topics.wake(Topic::RecordChanges);
        self.tell_others(|ring| ring.record_changes = true);
    }

    /// An operation was queued.
    pub fn operation_queued(&self) {
        self.inner.topics.wake(Topic::Operations);
        self.tell_others(|ring| ring.operations = true);
    }

    /// An operation made progress or ended.
    pub fn operation_changed(&self, id: OperationId) {
        self.inner.topics.wake(Topic::Operation(id));
        self.tell_others(|ring| ring.operations = true);
    }

    /// API keys were revoked or given another end.
    pub fn keys_changed(&self) {
        self.inner.keys.fetch_add(1, Ordering::Relaxed);
        self.tell_others(|ring| ring.keys = true);
    }

    /// An item is to be tried again. Other servers find it with their next poll.
    pub fn problem_due(&self) {
        self.inner.topics.wake(Topic::Problems);
    }

    /// Events of these organizations were written. Wakes the loop that publishes them if one of
    /// them is known to publish; its poll finds those that aren't known yet.
    pub fn events_written(&self, organizations: impl IntoIterator<Item = OrganizationId>) {
        let publishes = {
            // Nobody publishes on most servers, so this costs a lock that nobody else wants.
            let publishers = self.publishers();
            !publishers.is_empty() && organizations.into_iter().any(|one| publishers.contains(&one))
        };
        if publishes {
            self.inner.topics.wake(Topic::Unpublished);
        }
    }

    /// Events of this organization got their positions.
    pub fn events_published(&self, organization: OrganizationId) {
        self.inner.topics.wake(Topic::Published(organization));
        self.inner.topics.wake(Topic::Webhooks);
        self.tell_others(|ring| _ = ring.published.insert(organization));
    }

    /// Notes which organizations publish their events, as they were just read.
    pub fn note_publishers(&self, publishers: HashSet<OrganizationId>) {
        *self.publishers() = publishers;
    }

    fn publishers(&self) -> MutexGuard<'_, HashSet<OrganizationId>> {
        self.inner.publishers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    // === called by a loop ===

    /// Lets the loop of this topic run again, on this server only.
    pub fn again(&self, topic: Topic) {
        match topic {
            // A timer may already be due.
            Topic::Timers => _ = self.note_timer(DateTime::<Utc>::MIN_UTC),
            topic => self.inner.topics.wake(topic),
        }
    }

    // === received from another server ===

    /// Another server rang, or rings may have been missed.
    pub fn heard(&self, heard: Heard) {
        match heard {
            Heard::Ring(ring) => self.heard_ring(ring),
            Heard::Everything => self.everything_changed(),
        }
    }

    fn heard_ring(&self, ring: Ring) {
        self.inner.queues.mark(ring.queues);
        if let Some(due_at) = ring.timers_due {
            self.note_timer(due_at);
        }
        if ring.record_changes {
            self.inner.topics.wake(Topic::RecordChanges);
        }
        if ring.operations {
            self.inner.topics.wake(Topic::Operations);
            self.inner.topics.wake_every_operation();
        }

        for organization in ring.published {
            self.inner.topics.wake(Topic::Published(organization));
            // It began to publish: the loop learns of it before its next poll.
            if !self.publishers().contains(&organization) {
                self.inner.topics.wake(Topic::Unpublished);
            }
        }
        if ring.keys {
            self.inner.keys.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Wakes everyone on this server, for example after reconnecting.
    pub fn everything_changed(&self) {
        self.inner.queues.mark_everything();
        // A timer may already be due, so let the loop check.
        self.note_timer(DateTime::<Utc>::MIN_UTC);
        self.inner.keys.fetch_add(1, Ordering::Relaxed);
        self.inner.topics.wake(Topic::RecordChanges);
        self.inner.topics.wake(Topic::Operations);
        self.inner.topics.wake(Topic::Problems);
        self.inner.topics.wake(Topic::Tallies);
        self.inner.topics.wake(Topic::Unpublished);
        self.inner.topics.wake(Topic::Webhooks);
        self.inner.topics.wake_every_publication();
        self.inner.topics.wake_every_operation();
    }

    // === for waiters ===

    /// Starts to listen for a topic. The returned future completes at the first change after this
    /// call, even one before it is awaited.
    pub fn arm(&self, topic: Topic) -> Armed {
        self.inner.topics.arm(topic)
    }

    /// How often API keys have changed, as far as this server has heard. What was read of keys
    /// before a change counts no more.
    pub fn keys_epoch(&self) -> u64 {
        self.inner.keys.load(Ordering::Relaxed)
    }

    /// Waits until queues changed, and takes them all. For the one reader of this server.
    pub async fn take_dirty_queues(&self) -> DirtyQueues {
        self.inner.queues.take().await
    }

    /// What is watched on this server.
    pub fn windows(&self) -> &Windows {
        &self.inner.windows
    }

    /// The earliest known due time of a timer.
    pub fn next_timer_due(&self) -> Option<DateTime<Utc>> {
        *self.timers()
    }

    /// Forgets the known due time, because the caller is about to read it from the database, where
    /// everything announced before is committed.
    pub fn begin_timer_read(&self) {
        *self.timers() = None;
    }

    /// Notes the earliest due time that the caller read. An earlier one announced meanwhile stays.
    pub fn end_timer_read(&self, next: Option<DateTime<Utc>>) {
        let mut known = self.timers();
        *known = known.into_iter().chain(next).min();
    }

    /// Keeps the earlier of two due times; true if it is this one.
    fn note_timer(&self, due_at: DateTime<Utc>) -> bool {
        // Release the lock before waking, because the woken loop takes it.
        let earlier = {
            let mut known = self.timers();
            let earlier = known.is_none_or(|known| due_at < known);
            if earlier {
                *known = Some(due_at);
            }
            earlier
        };
        if earlier {
            self.inner.topics.wake(Topic::Timers);
        }
        earlier
    }

    fn timers(&self) -> MutexGuard<'_, Option<DateTime<Utc>>> {
        self.inner.timers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell_others(&self, add: impl FnOnce(&mut Ring)) {
        if let Some(outgoing) = &self.inner.outgoing {
            add(&mut outgoing.ring.lock().unwrap_or_else(PoisonError::into_inner));
            outgoing.pending.notify_one();
        }
    }

    /// Waits until there is something to tell other servers, and takes it. Never completes if they
    /// aren't told.
    async fn take_outgoing(&self) -> Ring {
        let Some(outgoing) = &self.inner.outgoing else { return std::future::pending().await };
        loop {
            let ring = std::mem::take(&mut *outgoing.ring.lock().unwrap_or_else(PoisonError::into_inner));
            if !ring.is_empty() {
                return ring;
            }
            // The permit is kept if something was added since the check above.
            outgoing.pending.notified().await;
        }
    }
}

impl fmt::Debug for Wake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Wake").field("next_timer_due", &self.next_timer_due()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
