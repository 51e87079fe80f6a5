//! The set of queues that changed since they were last read.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

use crate::store::database::doorbell::QueueKey;

/// Beyond this size the set means "everything", so that it doesn't grow on a server where nobody
/// reads.
const NAMED_LIMIT: usize = 100_000;

/// The queues to read again.
#[derive(Clone, Debug, PartialEq)]
pub enum DirtyQueues {
    /// These queues; never empty.
    Named(HashSet<QueueKey>),
    /// All watched queues.
    Everything,
}

#[derive(Default)]
pub(super) struct QueueSet {
    dirty: Mutex<Option<DirtyQueues>>,
    changed: Notify,
}

impl QueueSet {
    pub(super) fn mark(&self, queues: impl IntoIterator<Item = QueueKey>) {
        let mut queues = queues.into_iter().peekable();
        // An empty change must not wake the reader.
        if queues.peek().is_some() {
            self.update(|dirty| {
                if let DirtyQueues::Named(named) = dirty {
                    named.extend(queues);
                    if named.len() > NAMED_LIMIT {
                        *dirty = DirtyQueues::Everything;
                    }
                }
            });
        }
    }

    pub(super) fn mark_everything(&self) {
        self.update(|dirty| *dirty = DirtyQueues::Everything);
    }

    pub(super) async fn take(&self) -> DirtyQueues {
        loop {
            let taken = self.dirty.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(dirty) = taken {
                return dirty;
            }
            // The permit is kept if a queue changed since the check above.
            self.changed.notified().await;
        }
    }

    fn update(&self, change: impl FnOnce(&mut DirtyQueues)) {
        let mut dirty = self.dirty.lock().unwrap_or_else(PoisonError::into_inner);
        change(dirty.get_or_insert_with(|| DirtyQueues::Named(HashSet::new())));
        // Release the lock before waking the reader, which takes it.
        drop(dirty);
        self.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use uuid::Uuid;

    use super::*;
    use crate::domain::id::{OrganizationId, QueueId};

    fn key(queue: usize) -> QueueKey {
        (OrganizationId(Uuid::from_u128(7)), QueueId(Uuid::from_u128(queue as u128)))
    }

    #[test]
    fn the_reader_takes_all_changed_queues_at_once_and_each_once() {
        let queues = QueueSet::default();
        queues.mark([key(1), key(2)]);
        queues.mark([key(1)]);
        queues.mark([]);
        assert_eq!(queues.take().now_or_never(), Some(DirtyQueues::Named([key(1), key(2)].into())));
        assert_eq!(queues.take().now_or_never(), None);
    }

    #[tokio::test]
    async fn a_waiting_reader_hears_of_the_next_change() {
        let queues = QueueSet::default();
        let (taken, ()) = tokio::join!(queues.take(), async { queues.mark([key(3)]) });
        assert_eq!(taken, DirtyQueues::Named([key(3)].into()));
    }

    #[test]
    fn a_set_that_nobody_reads_becomes_everything() {
        let queues = QueueSet::default();
        queues.mark((0..=NAMED_LIMIT).map(key));
        queues.mark([key(1)]);
        assert_eq!(queues.take().now_or_never(), Some(DirtyQueues::Everything));
    }
}
