//! In-process wake-ups: after a commit the engine tells what changed, and whoever waits for that reads it.
//!
//! A wake-up carries no data that matters: it may come twice, or for nothing, and every loop polls besides. What it must
//! not do is get lost, so a reader arms *before* it reads:
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

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use tokio::sync::Notify;

use crate::domain::id::{OperationId, OrganizationId, QueueId};
use crate::store::doorbell::{Heard, QueueKey, Ring};

pub use forward::{forward, hear};
pub use latest::Latest;
pub use queues::DirtyQueues;
pub use topics::Armed;

use queues::QueueSet;
use topics::Topics;

/// What a loop or a caller can wait for. (The queues have their own: [`Wake::take_dirty_queues`].)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// [`Wake::next_timer_due`] moved to an earlier instant.
    Timers,
    /// Records changed and await routing.
    RecordChanges,
    /// An operation was queued.
    Operations,
    /// This operation made progress or ended.
    Operation(OperationId),
}

/// The handle that is told of commits and that wakes those who wait. Cheap to clone; one per server.
#[derive(Clone, Default)]
pub struct Wake {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    topics: Topics,
    queues: QueueSet,
    timers: Mutex<Option<DateTime<Utc>>>,
    /// What other servers have yet to be told; `None` if they are not told.
    outgoing: Option<Outgoing>,
}

#[derive(Default)]
struct Outgoing {
    ring: Mutex<Ring>,
    pending: Notify,
}

impl Wake {
    /// Wakes within this server only; other servers find out by their polls.
    pub fn new() -> Self {
        Self::default()
    }

    /// Also collects what the other servers are to be told, for [`forward`].
    pub fn forwarding() -> Self {
        let inner = Inner { outgoing: Some(Outgoing::default()), ..Inner::default() };
        Self { inner: Arc::new(inner) }
    }

    // === told by the engine, after a commit ===

    /// A queue's revision went up.
    pub fn queue_changed(&self, organization: OrganizationId, queue: QueueId) {
        self.queues_changed([(organization, queue)]);
    }

    /// The revisions of these queues went up, each an organization and a queue of it.
    pub fn queues_changed(&self, queues: impl IntoIterator<Item = QueueKey>) {
        let queues: Vec<QueueKey> = queues.into_iter().collect();
        self.inner.queues.mark(queues.iter().copied());
        self.tell_others(|ring| ring.queues.extend(queues));
    }

    /// A timer was set. Of a batch the earliest is enough.
    pub fn timer_set(&self, due_at: DateTime<Utc>) {
        if self.note_timer(due_at) {
            self.tell_others(|ring| ring.timers_due = ring.timers_due.into_iter().chain([due_at]).min());
        }
    }

    /// Records changed and await routing.
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

    // === heard from another server ===

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
    }

    /// Wakes everyone on this server, as after a restored connection.
    pub fn everything_changed(&self) {
        self.inner.queues.mark_everything();
        // A timer may be due already: let the loop look.
        self.note_timer(DateTime::<Utc>::MIN_UTC);
        self.inner.topics.wake(Topic::RecordChanges);
        self.inner.topics.wake(Topic::Operations);
        self.inner.topics.wake_every_operation();
    }

    // === those who wait ===

    /// Starts to listen for a topic: the returned future ends at the first change after this call, also one that comes
    /// before it is awaited.
    pub fn arm(&self, topic: Topic) -> Armed {
        self.inner.topics.arm(topic)
    }

    /// Waits until queues changed, and takes them all. For the one reader of this server that reads for all its sessions.
    pub async fn take_dirty_queues(&self) -> DirtyQueues {
        self.inner.queues.take().await
    }

    /// The earliest instant at which a timer is known to be due.
    pub fn next_timer_due(&self) -> Option<DateTime<Utc>> {
        *self.timers()
    }

    /// Forgets the known due time, because the caller is about to read it from the database: what was told before this
    /// is committed and will be seen.
    pub fn begin_timer_read(&self) {
        *self.timers() = None;
    }

    /// The earliest due time that the caller read. An earlier one told meanwhile stays.
    pub fn end_timer_read(&self, next: Option<DateTime<Utc>>) {
        let mut known = self.timers();
        *known = known.into_iter().chain(next).min();
    }

    /// Keeps the earlier of two due times; true if this one is it.
    fn note_timer(&self, due_at: DateTime<Utc>) -> bool {
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

    /// Waits until there is something to tell the other servers, and takes it. Never ends if they are not told.
    async fn take_outgoing(&self) -> Ring {
        let Some(outgoing) = &self.inner.outgoing else { return std::future::pending().await };
        loop {
            let ring = std::mem::take(&mut *outgoing.ring.lock().unwrap_or_else(PoisonError::into_inner));
            if !ring.is_empty() {
                return ring;
            }
            // A permit is kept if something was told since the look above.
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
mod tests {
    use futures::FutureExt;
    use uuid::Uuid;

    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).expect("a valid instant")
    }

    #[test]
    fn a_change_between_arming_and_waiting_is_not_lost() {
        let wake = Wake::new();
        wake.records_changed();
        let armed = wake.arm(Topic::RecordChanges);
        let other = wake.arm(Topic::Operations);
        wake.records_changed();
        assert!(armed.now_or_never().is_some());
        assert!(other.now_or_never().is_none());
        assert!(wake.arm(Topic::RecordChanges).now_or_never().is_none());
    }

    #[test]
    fn only_the_waiter_of_that_operation_wakes() {
        let wake = Wake::new();
        let (one, two) = (OperationId(Uuid::from_u128(1)), OperationId(Uuid::from_u128(2)));
        let (first, again) = (wake.arm(Topic::Operation(one)), wake.arm(Topic::Operation(one)));
        let second = wake.arm(Topic::Operation(two));
        wake.operation_changed(one);
        assert!(first.now_or_never().is_some());
        assert!(again.now_or_never().is_some());
        assert!(second.now_or_never().is_none());
    }

    #[test]
    fn the_timers_wake_only_for_an_earlier_due_time() {
        let wake = Wake::new();
        wake.timer_set(at(100));
        let later = wake.arm(Topic::Timers);
        wake.timer_set(at(200));
        assert!(later.now_or_never().is_none());
        let earlier = wake.arm(Topic::Timers);
        wake.timer_set(at(50));
        assert!(earlier.now_or_never().is_some());
        assert_eq!(wake.next_timer_due(), Some(at(50)));
    }

    #[test]
    fn a_timer_set_while_the_due_time_is_read_is_kept() {
        let wake = Wake::new();
        wake.timer_set(at(10));
        wake.begin_timer_read();
        wake.timer_set(at(30));
        wake.end_timer_read(Some(at(40)));
        assert_eq!(wake.next_timer_due(), Some(at(30)));
        wake.begin_timer_read();
        wake.end_timer_read(None);
        assert_eq!(wake.next_timer_due(), None);
    }

    #[tokio::test]
    async fn the_others_are_told_once_what_was_committed_here_and_not_what_was_heard() {
        let wake = Wake::forwarding();
        let (organization, queue) = (OrganizationId(Uuid::from_u128(1)), QueueId(Uuid::from_u128(2)));
        wake.queue_changed(organization, queue);
        wake.queue_changed(organization, queue);
        wake.timer_set(at(20));
        wake.timer_set(at(30));
        wake.operation_changed(OperationId(queue.0));
        wake.heard(Heard::Ring(Ring { record_changes: true, ..Ring::default() }));
        let expected = Ring {
            queues: [(organization, queue)].into(),
            timers_due: Some(at(20)),
            record_changes: false,
            operations: true,
        };
        assert_eq!(wake.take_outgoing().await, expected);
        assert!(wake.take_outgoing().now_or_never().is_none());
        assert!(Wake::new().take_outgoing().now_or_never().is_none());
    }

    #[tokio::test]
    async fn everything_wakes_everyone() {
        let wake = Wake::new();
        let topics = [
            Topic::Timers,
            Topic::RecordChanges,
            Topic::Operations,
            Topic::Operation(OperationId(Uuid::from_u128(1))),
        ];
        let armed: Vec<Armed> = topics.into_iter().map(|topic| wake.arm(topic)).collect();
        wake.heard(Heard::Everything);
        for armed in armed {
            assert!(armed.now_or_never().is_some());
        }
        assert_eq!(wake.take_dirty_queues().await, DirtyQueues::Everything);
    }
}
