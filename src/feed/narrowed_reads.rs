//! The reads of narrowed streams. Those of one queue that are narrowed alike share them, and read
//! each revision once.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use uuid::Uuid;

use super::Inner;
use super::narrowing::Narrowing;
use crate::domain::caller::Scope;
use crate::domain::id::OrganizationId;
use crate::store::activities::lists::Selection;
use crate::store::database::doorbell::QueueKey;
use crate::store::queues::states::QueueState;
use crate::store::together::{Source, Together};
use crate::store::{self, Part, queues};

/// A queue, and the fingerprint of what narrows it.
type Key = (QueueKey, u64);

/// The reads for the narrowed streams of this server.
#[derive(Debug, Default)]
pub(super) struct NarrowedReads {
    open: Mutex<HashMap<Key, Weak<SharedReads>>>,
}

/// The reads for all streams of a queue that are narrowed alike.
pub(super) struct SharedReads {
    inner: Arc<Inner>,
    key: Key,
    by: Arc<Narrowing>,
    reads: Together<NarrowedQueue>,
}

/// What is read, and what was found last.
struct NarrowedQueue {
    inner: Arc<Inner>,
    key: QueueKey,
    by: Arc<Narrowing>,
    last: Mutex<Option<(Wanted, QueueState)>>,
}

/// Which state a stream wants: this one or a newer one, with its first activities.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Wanted {
    organization: OrganizationId,
    revision: i64,
    stamp: Uuid,
    window: usize,
}

impl Inner {
    /// The reads for a stream of a queue that is narrowed in this way.
    pub(super) fn narrowed_reads(self: &Arc<Self>, queue: QueueKey, by: Narrowing) -> Arc<SharedReads> {
        let key = (queue, by.fingerprint());
        let mut open = self.narrowed.lock();
        let known = open.get(&key).and_then(Weak::upgrade);

        let shared = match &known {
            // Another narrowing may have the same fingerprint.
            Some(shared) if *shared.by == by => shared.clone(),
            _ => {
                let shared = Arc::new(SharedReads::new(self, key, by));
                open.insert(key, Arc::downgrade(&shared));
                shared
            }
        };
        // Unlock before `known` is dropped: the last drop takes the lock.
        drop(open);
        shared
    }
}

impl NarrowedReads {
    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Weak<SharedReads>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SharedReads {
    fn new(inner: &Arc<Inner>, key: Key, by: Narrowing) -> Self {
        let (inner, by) = (inner.clone(), Arc::new(by));
        let queue =
            NarrowedQueue { inner: inner.clone(), key: key.0, by: by.clone(), last: Mutex::default() };
        Self { inner, key, by, reads: Together::new(queue) }
    }

    /// A number that tells what narrows the streams from other narrowings.
    pub(super) fn fingerprint(&self) -> u64 {
        self.key.1
    }

    /// The queue as it was then, or a newer state, with the first activities that match. `None` if
    /// it is gone.
    pub(super) async fn state(
        &self,
        then: &QueueState,
        window: usize,
    ) -> Result<Option<QueueState>, store::Error> {
        let wanted = Wanted { window, ..Wanted::of(self.key.0.0, then) };
        let found = self.reads.get_one(wanted).await?;
        // The next due time changes without a revision, and was read earlier.
        let is_same = |found: &QueueState| (found.revision, found.stamp) == (then.revision, then.stamp);
        Ok(found.map(|found| match is_same(&found) {
            true => QueueState { rows: found.rows, ..then.clone() },
            false => found,
        }))
    }
}

impl Drop for SharedReads {
    fn drop(&mut self) {
        let mut open = self.inner.narrowed.lock();
        // A newer one may have come in its place.
        if open.get(&self.key).is_some_and(|shared| shared.strong_count() == 0) {
            open.remove(&self.key);
        }
    }
}

impl Source for NarrowedQueue {
    type Key = Wanted;
    type Found = QueueState;

    fn organization(wanted: &Wanted) -> OrganizationId {
        wanted.organization
    }

    async fn read(&self, wanted: &[Wanted]) -> Result<HashMap<Wanted, QueueState>, store::Error> {
        let found = match self.known(wanted) {
            Some(known) => Some(known),
            None => self.read_newest(wanted).await?,
        };
        let found = found.map(|found| wanted.iter().map(|one| (*one, found.clone())).collect());
        Ok(found.unwrap_or_default())
    }
}

impl NarrowedQueue {
    /// The last state, if it is all that is wanted: a queue's activities change with its revision.
    fn known(&self, wanted: &[Wanted]) -> Option<QueueState> {
        let last = self.last();
        let (known, state) = last.as_ref()?;
        let is_it =
            |one: &Wanted| *one == Wanted { window: one.window, ..*known } && one.window <= known.window;
        wanted.iter().all(is_it).then(|| state.clone())
    }

    async fn read_newest(&self, wanted: &[Wanted]) -> Result<Option<QueueState>, store::Error> {
        let window = wanted.iter().map(|one| one.window).max().unwrap_or_default();
        let selection = Selection {
            queue: Some(self.key.1),
            scope: Scope::All,
            record_type: self.by.record_type.as_deref(),
            filter: self.by.filter.as_ref(),
            now: self.inner.clock.now(),
            limit: i64::try_from(window).unwrap_or(i64::MAX),
        };
        let store = &self.inner.store;
        let read = queues::narrowed::read(store, self.key, &selection);
        let found = store.while_answered(Part::Transaction, read).await??;

        *self.last() =
            found.clone().map(|state| (Wanted { window, ..Wanted::of(self.key.0, &state) }, state));
        Ok(found)
    }

    fn last(&self) -> MutexGuard<'_, Option<(Wanted, QueueState)>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wanted {
    /// This state, without activities.
    fn of(organization: OrganizationId, state: &QueueState) -> Self {
        Self { organization, revision: state.revision, stamp: state.stamp, window: 0 }
    }
}

impl fmt::Debug for SharedReads {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SharedReads").field("key", &self.key).finish_non_exhaustive()
    }
}
