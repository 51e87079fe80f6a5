//! Natural group commit: calls of one kind that arrive while a transaction is under way form the
//! next one together.
//!
//! Nobody waits for company: a call that finds nothing under way begins at once. A batch skips rows
//! that other transactions hold; an item skipped once goes into a second lane, whose batches wait
//! for locks; so does one that names the same as an item there. A batch that fails is halved down
//! to the item, so that only that one fails. A caller that gives up doesn't undo its item, but one
//! that hasn't begun by then never does. Items that name the same thing never stand in one batch:
//! the second sees what the first left.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt;
use std::hash::Hash;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use futures::FutureExt;
use futures::future::join_all;
use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;
use tracing::{Instrument as _, Span};

use crate::engine::Error;
use crate::engine::frame::halves::{Halve, Halves};
use crate::measures;
use crate::store;
use crate::store::enrollments::Locking;

/// The most items of one transaction, unless it is configured.
pub(crate) const LIMIT: usize = 256;

/// How often a batch that lost a race is run before it is halved. One that waited for a lock has
/// waited long enough.
const ATTEMPTS: u32 = 3;

/// One kind of transaction over many items.
pub(crate) trait Work: Send + Sync + 'static {
    /// What a caller wants.
    type Item: Send + Sync + 'static;
    /// What it is told.
    type Answer: Send + 'static;
    /// Names what an item touches or is recognised by.
    type Key: Hash + Eq + Send;

    /// Two items that share a key are never in one batch.
    fn keys(&self, item: &Self::Item) -> Vec<Self::Key>;

    /// Runs one transaction; answers in the order of the items. An error means that nothing was
    /// written.
    fn run(
        &self,
        items: &[Self::Item],
        locking: Locking,
    ) -> impl Future<Output = Result<Vec<Outcome<Self::Answer>>, Error>> + Send;
}

/// What became of one item in its batch.
#[derive(Debug)]
pub(crate) enum Outcome<A> {
    /// It was decided.
    Done(Result<A, Error>),
    /// Another transaction holds what it needs: only with [`Locking::Skip`].
    Held,
}

/// Collects the items of one kind. Cheap to clone.
pub(crate) struct Batcher<W: Work> {
    shared: Arc<Shared<W>>,
}

struct Shared<W: Work> {
    verb: &'static str,
    work: W,
    limit: usize,
    lanes: Mutex<Lanes<W>>,
    tasks: TaskTracker,
}

struct Lanes<W: Work> {
    free: Lane<W>,
    held: Lane<W>,
    /// What the items of the held lane name, and how many of them, those under way included:
    /// whoever names it, too, follows them there.
    named: HashMap<W::Key, usize>,
}

struct Lane<W: Work> {
    waiting: VecDeque<Queued<W>>,
    running: bool,
}

struct Queued<W: Work> {
    item: W::Item,
    reply: Reply<W>,
}

/// Where an item's answer goes.
struct Reply<W: Work> {
    to: oneshot::Sender<Result<W::Answer, Error>>,
    /// The span of the call that waits for it.
    caller: Span,
}

impl<W: Work> Reply<W> {
    /// Nobody may listen any more: the item is done all the same.
    fn send(self, answer: Result<W::Answer, Error>) {
        _ = self.to.send(answer);
    }

    fn is_closed(&self) -> bool {
        self.to.is_closed()
    }
}

struct Batch<W: Work> {
    items: Vec<W::Item>,
    replies: Vec<Reply<W>>,
    attempts: u32,
}

impl<W: Work> Batcher<W> {
    /// A batcher whose transactions take at most `limit` items, measured under `verb`. `tasks`
    /// knows what is under way.
    pub fn new(verb: &'static str, work: W, limit: usize, tasks: TaskTracker) -> Self {
        let lane = || Lane { waiting: VecDeque::new(), running: false };
        let lanes = Mutex::new(Lanes { free: lane(), held: lane(), named: HashMap::new() });
        Self { shared: Arc::new(Shared { verb, work, limit: limit.max(1), lanes, tasks }) }
    }

    /// Queues items, and waits until each is decided. What has begun is done even if the caller
    /// goes away.
    pub async fn submit_all(&self, items: Vec<W::Item>) -> Vec<Result<W::Answer, Error>> {
        let mut answers = Vec::with_capacity(items.len());
        let queued = items.into_iter().map(|item| {
            let (to, answer) = oneshot::channel();
            answers.push(answer);
            Queued { item, reply: Reply { to, caller: Span::current() } }
        });
        self.shared.enqueue(Locking::Skip, queued.collect());
        let answers = join_all(answers).await.into_iter();
        answers.map(|answer| answer.unwrap_or(Err(Error::Fault("the batch was dropped")))).collect()
    }

    /// As [`Self::submit_all`], for one item.
    pub async fn submit(&self, item: W::Item) -> Result<W::Answer, Error> {
        self.submit_all(vec![item]).await.pop().unwrap_or(Err(Error::Fault("the batch was dropped")))
    }
}

impl<W: Work> Shared<W> {
    fn enqueue(self: &Arc<Self>, locking: Locking, items: Vec<Queued<W>>) {
        if items.is_empty() {
            return;
        }
        let starts = {
            let mut lanes = self.lanes();
            if locking == Locking::Wait {
                let keys = items.iter().flat_map(|queued| self.work.keys(&queued.item));
                keys.for_each(|key| *lanes.named.entry(key).or_default() += 1);
            }
            let lane = lanes.of(locking);
            lane.waiting.extend(items);
            !std::mem::replace(&mut lane.running, true)
        };
        if starts {
            self.tasks.spawn(self.clone().drain(locking));
        }
    }

    /// Runs a lane's batches one after the other until nothing waits.
    async fn drain(self: Arc<Self>, locking: Locking) {
        while let Some(batch) = self.next_batch(locking) {
            let keys: Vec<W::Key> = match locking {
                Locking::Skip => Vec::new(),
                Locking::Wait => batch.items.iter().flat_map(|item| self.work.keys(item)).collect(),
            };
            self.settle(batch, locking).await;
            self.lanes().forget(&keys);
        }
    }

    fn next_batch(self: &Arc<Self>, locking: Locking) -> Option<Batch<W>> {
        let keys = |item: &W::Item| self.work.keys(item);
        let (batch, following) = {
            let mut lanes = self.lanes();
            let following = match locking {
                Locking::Skip => lanes.following(keys),
                Locking::Wait => Vec::new(),
            };
            let lane = lanes.of(locking);
            let mut abandoned = Vec::new();
            let batch = lane.take(self.limit, keys, &mut abandoned);
            lane.running = batch.is_some();
            if locking == Locking::Wait {
                lanes.forget(&abandoned);
            }
            (batch, following)
        };
        self.enqueue(Locking::Wait, following);
        batch
    }

    /// Runs a batch, and its halves if it fails, until every item has its answer or waits in the
    /// other lane.
    async fn settle(self: &Arc<Self>, batch: Batch<W>, locking: Locking) {
        let mut rest = Halves::of(batch);
        while let Some(mut batch) = rest.next() {
            let (verb, began) = (self.verb, Instant::now());
            let run = self.work.run(&batch.items, locking).instrument(batch.span(verb));
            let ran = AssertUnwindSafe(run).catch_unwind().await;
            let failure = match ran.unwrap_or(Err(Error::Fault("a batch panicked"))) {
                Ok(outcomes) => {
                    metrics::histogram!(measures::BATCH_DURATION, "verb" => verb).record(began.elapsed());
                    metrics::histogram!(measures::BATCH_ITEMS, "verb" => verb).record(outcomes.len() as f64);
                    self.deliver(batch, outcomes, locking);
                    continue;
                }
                Err(failure) => failure,
            };
            batch.attempts += 1;
            let free = locking == Locking::Skip;
            let in_vain = waited_in_vain(&failure);
            if free && !in_vain && lost_a_race(&failure) && batch.attempts < ATTEMPTS {
                metrics::counter!(measures::BATCH_RETRIES, "verb" => verb).increment(1);
                rest.again(batch);
            } else if free && in_vain && batch.items.len() == 1 {
                self.enqueue(Locking::Wait, batch.into_queued());
            } else if batch.items.len() == 1 || is_unavailable(&failure) {
                batch.fail(failure);
            } else {
                metrics::counter!(measures::BATCH_HALVINGS, "verb" => verb).increment(1);
                rest.failed(batch);
            }
        }
    }

    fn deliver(self: &Arc<Self>, batch: Batch<W>, outcomes: Vec<Outcome<W::Answer>>, locking: Locking) {
        debug_assert_eq!(batch.items.len(), outcomes.len(), "one outcome per item");
        let mut held = Vec::new();
        for ((item, reply), outcome) in batch.items.into_iter().zip(batch.replies).zip(outcomes) {
            match outcome {
                Outcome::Held if locking == Locking::Skip => held.push(Queued { item, reply }),
                Outcome::Held => {
                    reply.send(Err(Error::Fault("an item is held after its locks were waited for")))
                }
                Outcome::Done(answer) => reply.send(answer),
            }
        }
        if !held.is_empty() {
            metrics::counter!(measures::BATCH_HELD, "verb" => self.verb).increment(held.len() as u64);
        }
        self.enqueue(Locking::Wait, held);
    }

    fn lanes(&self) -> MutexGuard<'_, Lanes<W>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W: Work> Lanes<W> {
    fn of(&mut self, locking: Locking) -> &mut Lane<W> {
        match locking {
            Locking::Skip => &mut self.free,
            Locking::Wait => &mut self.held,
        }
    }

    /// Takes the items out of the free lane that name what others wait for in the held one.
    fn following(&mut self, keys: impl Fn(&W::Item) -> Vec<W::Key>) -> Vec<Queued<W>> {
        if self.named.is_empty() {
            return Vec::new();
        }
        let follows = |queued: &Queued<W>| keys(&queued.item).iter().any(|key| self.named.contains_key(key));
        let (following, free): (VecDeque<_>, _) = self.free.waiting.drain(..).partition(follows);
        self.free.waiting = free;
        following.into()
    }

    /// Forgets what items of the held lane named that have their answers.
    fn forget(&mut self, keys: &[W::Key]) {
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

impl<W: Work> Lane<W> {
    /// Takes the first items that share no key with one before them. Those whose callers have gone
    /// are left out for good; what they named is added to `abandoned`.
    fn take(
        &mut self,
        limit: usize,
        keys: impl Fn(&W::Item) -> Vec<W::Key>,
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
                // All are noted, also of an item that has to wait: what comes after it must not
                // overtake it.
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

impl<W: Work> Batch<W> {
    /// The span of one run: a part of the first caller's call, and linked to those of the others.
    fn span(&self, verb: &'static str) -> Span {
        let (first, others) = self.replies.split_first().expect("a batch has items");
        let span = tracing::debug_span!(parent: first.caller.id(), "batch", verb, items = self.items.len());
        for reply in others {
            span.follows_from(&reply.caller);
        }
        span
    }

    fn into_queued(self) -> Vec<Queued<W>> {
        self.items.into_iter().zip(self.replies).map(|(item, reply)| Queued { item, reply }).collect()
    }

    fn fail(self, failure: Error) {
        let mut replies = self.replies.into_iter();
        let first = replies.next();
        for reply in replies {
            reply.send(Err(Error::Store(store::Error::unavailable())));
        }
        if let Some(first) = first {
            first.send(Err(failure));
        }
    }
}

impl<W: Work> Halve for Batch<W> {
    fn halve(self) -> Result<[Self; 2], Self> {
        let part = |items, replies| Self { items, replies, attempts: 0 };
        match (self.items.halve(), self.replies.halve()) {
            (Ok([first, second]), Ok([ours, theirs])) => Ok([part(first, ours), part(second, theirs)]),
            (Err(items), Err(replies)) => Err(part(items, replies)),
            _ => unreachable!("each item has its reply"),
        }
    }
}

impl<W: Work> Clone for Batcher<W> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone() }
    }
}

impl<W: Work> fmt::Debug for Batcher<W> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Batcher").field("limit", &self.shared.limit).finish_non_exhaustive()
    }
}

/// Whether the same batch may succeed if it is run again from its beginning.
fn lost_a_race(failure: &Error) -> bool {
    matches!(failure, Error::Store(store::Error::Conflict(_) | store::Error::Duplicate { .. }))
}

/// Whether the batch met a lock that it could not skip, and waited for it long enough: running it
/// again would wait again.
fn waited_in_vain(failure: &Error) -> bool {
    matches!(failure, Error::Store(error) if error.waited_in_vain())
}

/// Whether no item of the batch can do better than the batch.
fn is_unavailable(failure: &Error) -> bool {
    matches!(failure, Error::Store(store::Error::Unavailable(_)))
}

#[cfg(test)]
mod tests;
