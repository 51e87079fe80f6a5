//! The items that wait for their batches, and those that must not overtake others.

use std::collections::{HashMap, HashSet, VecDeque};

use super::{Batch, BatchWork, Reply};
use crate::store::enrollments::Locking;

/// The items of both lanes.
pub(super) struct Lanes<W: BatchWork> {
    pub free: Lane<W>,
    pub held: Lane<W>,
    /// For each key, how many items of the held lane have it, including the running ones. A new
    /// item with one of these keys goes to the held lane, behind them.
    pub named: HashMap<W::Key, usize>,
}

/// The items of one lane.
pub(super) struct Lane<W: BatchWork> {
    pub waiting: VecDeque<Queued<W>>,
    /// True if a task runs the batches.
    pub running: bool,
}

/// An item that waits for its batch.
pub(super) struct Queued<W: BatchWork> {
    pub item: W::Item,
    pub reply: Reply<W>,
}

impl<W: BatchWork> Lanes<W> {
    pub fn new() -> Self {
        Self { free: Lane::new(), held: Lane::new(), named: HashMap::new() }
    }

    /// Returns a lane.
    pub fn of(&mut self, locking: Locking) -> &mut Lane<W> {
        match locking {
            Locking::Skip => &mut self.free,
            Locking::Wait => &mut self.held,
        }
    }

    /// Removes from the free lane the items that share a key with an item of the held lane.
    pub fn following(&mut self, keys: impl Fn(&W::Item) -> Vec<W::Key>) -> Vec<Queued<W>> {
        if self.named.is_empty() {
            return Vec::new();
        }
        let follows = |queued: &Queued<W>| keys(&queued.item).iter().any(|key| self.named.contains_key(key));
        let (following, free): (VecDeque<_>, _) = self.free.waiting.drain(..).partition(follows);
        self.free.waiting = free;
        following.into()
    }

    /// Removes the keys of held items that have their answers, or whose callers have gone.
    pub fn forget(&mut self, keys: &[W::Key]) {
        for key in keys {
            if let Some(count) = self.named.get_mut(key) {
                *count -= 1;
                if *count == 0 {
                    self.named.remove(key);
                }
            }
        }
    }
}

impl<W: BatchWork> Lane<W> {
    pub fn new() -> Self {
        Self { waiting: VecDeque::new(), running: false }
    }

    /// Takes the next batch: the first items that share no key with an earlier one. Items whose
    /// callers have gone are dropped, and their keys added to `abandoned`.
    pub fn take(
        &mut self,
        limit: usize,
        keys: impl Fn(&W::Item) -> Vec<W::Key> + Copy,
        abandoned: &mut Vec<W::Key>,
    ) -> Option<Batch<W>> {
        let mut named = HashSet::new();
        let mut batch = Batch { items: Vec::new(), replies: Vec::new(), attempts: 0 };
        let mut later = VecDeque::new();

        while let Some(queued) = self.waiting.pop_front() {
            if queued.reply.is_closed() {
                abandoned.extend(keys(&queued.item));
                continue;
            }
            if batch.items.len() == limit {
                later.push_back(queued);
                break;
            }

            let mut fresh = true;
            for key in keys(&queued.item) {
                // Insert every key, even of an item that has to wait: items behind it with the
                // same key must not overtake it.
                fresh &= named.insert(key);
            }
            if fresh {
                batch.items.push(queued.item);
                batch.replies.push(queued.reply);
            } else {
                later.push_back(queued);
            }
        }

        later.append(&mut self.waiting);
        self.waiting = later;
        (!batch.items.is_empty()).then_some(batch)
    }
}
