//! A batcher for each organization. Its calls share transactions, and nobody else waits for them.
//!
//! A distributed database keeps each organization on one node, so a transaction of one
//! organization stays on one node, too.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tokio_util::task::TaskTracker;

use crate::domain::id::OrganizationId;
use crate::engine::Error;
use crate::engine::frame::batch::{BatchWork, Batcher};
use crate::engine::frame::verb::{Frame, Item, Verb};

/// Batchers of one kind of call, made when an organization needs one.
pub(crate) struct Batchers<W: BatchWork + Clone> {
    verb: &'static str,
    work: W,
    limit: usize,
    tasks: TaskTracker,
    busy: Mutex<HashMap<OrganizationId, Batcher<W>>>,
}

impl<W: BatchWork + Clone> Batchers<W> {
    /// Their transactions take at most `limit` items: see [`Batcher::new`].
    pub fn new(verb: &'static str, work: W, limit: usize, tasks: TaskTracker) -> Self {
        Self { verb, work, limit, tasks, busy: Mutex::default() }
    }

    /// Returns the batcher of an organization.
    pub fn of(&self, organization: OrganizationId) -> Batcher<W> {
        // No code that holds the lock can panic halfway.
        let mut busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = busy.get(&organization) {
            return known.clone();
        }

        // One without callers, and without items that wait or run, is as good as a new one.
        busy.retain(|_, batcher| Arc::strong_count(&batcher.shared) > 1);
        let fresh = Batcher::new(self.verb, self.work.clone(), self.limit, self.tasks.clone());
        busy.insert(organization, fresh.clone());
        fresh
    }
}

impl<V: Verb> Batchers<Frame<V>> {
    /// Like [`Batcher::submit`], among the calls of the item's organization.
    pub async fn submit(&self, item: Item<V>) -> Result<V::Answer, Error> {
        self.of(item.organization()).submit(item).await
    }

    /// Like [`Batcher::submit_all`], for items of one organization.
    pub async fn submit_all(&self, items: Vec<Item<V>>) -> Vec<Result<V::Answer, Error>> {
        let Some(organization) = items.first().map(Item::organization) else { return Vec::new() };
        debug_assert!(items.iter().all(|item| item.organization() == organization), "one caller's");
        self.of(organization).submit_all(items).await
    }
}

impl<W: BatchWork + Clone> fmt::Debug for Batchers<W> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Batchers").field("verb", &self.verb).finish_non_exhaustive()
    }
}
