//! Group commit: calls of one kind that arrive while a transaction is running are written together
//! in the next transaction.
//!
//! - A call never waits for a batch to fill. If no batch is running, it starts one immediately.
//! - There are two lanes. Batches of the free lane skip rows that other transactions hold. An item
//!   that was skipped moves to the held lane, whose batches wait for locks. Later items with the
//!   same key follow it there.
//! - A failed batch is split in half, again and again, until only the failing item fails.
//! - When a caller gives up, its item is dropped if it hasn't started, and finished if it has.
//! - Two items with the same key are never in one batch, so the second sees the first one's result.

mod lanes;

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
use lanes::{Lanes, Queued};

/// The default maximum number of items in one transaction.
pub(crate) const LIMIT: usize = 256;

/// How many times a batch that lost a race or was interrupted runs before it is halved. One that
/// timed out on a lock is not run again: it has waited long enough.
const ATTEMPTS: u32 = 3;

/// One kind of transaction over many items.
pub(crate) trait BatchWork: Send + Sync + 'static {
    /// One call.
    type Item: Send + Sync + 'static;
    /// The answer to one call.
    type Answer: Send + 'static;
    /// Identifies something that an item changes, or the request that sent it.
    type Key: Hash + Eq + Send;

    /// The keys of an item. Two items that share a key are never in one batch.
    fn keys(&self, item: &Self::Item) -> Vec<Self::Key>;

    /// Runs one transaction and returns one outcome per item, in the same order. After an error
    /// nothing was written.
    fn run(
        &self,
        items: &[Self::Item],
        locking: Locking,
    ) -> impl Future<Output = Result<Vec<Outcome<Self::Answer>>, Error>> + Send;
}

/// The result of one item in its batch.
#[derive(Debug)]
pub(crate) enum Outcome<A> {
    /// The item was decided.
    Done(Result<A, Error>),
    /// Another transaction holds a row that the item needs. Only with [`Locking::Skip`].
    Held,
}

/// Collects calls of one kind into batches. Cheap to clone.
pub(crate) struct Batcher<W: BatchWork> {
    pub(super) shared: Arc<Shared<W>>,
}

pub(super) struct Shared<W: BatchWork> {
    verb: &'static str,
    work: W,
    limit: usize,
    lanes: Mutex<Lanes<W>>,
    tasks: TaskTracker,
}

/// Where an item's answer goes.
struct Reply<W: BatchWork> {
    to: oneshot::Sender<Result<W::Answer, Error>>,
    /// The span of the call that waits for it.
    caller: Span,
}

impl<W: BatchWork> Reply<W> {
    /// Nobody may listen any more: the item is done all the same.
    fn send(self, answer: Result<W::Answer, Error>) {
        _ = self.to.send(answer);
    }

    fn is_closed(&self) -> bool {
        self.to.is_closed()
    }
}

struct Batch<W: BatchWork> {
    items: Vec<W::Item>,
    replies: Vec<Reply<W>>,
    attempts: u32,
}

impl<W: BatchWork> Batcher<W> {
    /// Creates a batcher whose transactions take at most `limit` items. Its metrics have the label
    /// `verb`, and its running batches are tracked in `tasks`.
    pub fn new(verb: &'static str, work: W, limit: usize, tasks: TaskTracker) -> Self {
        let lanes = Mutex::new(Lanes::new());
        // A limit of 0 would never take an item.
        Self { shared: Arc::new(Shared { verb, work, limit: limit.max(1), lanes, tasks }) }
    }

    /// Queues items and waits until each is decided. An item whose batch has started is finished
    /// even if the caller goes away.
    pub async fn submit_all(&self, items: Vec<W::Item>) -> Vec<Result<W::Answer, Error>> {
        let mut answers = Vec::with_capacity(items.len());
        let queued = items.into_iter().map(|item| {
            let (to, answer) = oneshot::channel();
            answers.push(answer);
            Queued { item, reply: Reply { to, caller: Span::current() } }
        });
        self.shared.enqueue(Locking::Skip, queued.collect());

        let answers = join_all(answers).await.into_iter();
        answers.map(|answer| answer.unwrap_or(Err(DROPPED))).collect()
    }

    /// Like [`Self::submit_all`], but for one item.
    pub async fn submit(&self, item: W::Item) -> Result<W::Answer, Error> {
        self.submit_all(vec![item]).await.pop().unwrap_or(Err(DROPPED))
    }
}

/// A batch ended without an answer for one of its items.
const DROPPED: Error = Error::Fault("the batch was dropped");

/// A row counts as held although the transaction waited for its lock.
pub(in crate::engine) const STILL_HELD: Error =
    Error::Fault("a row is still held after waiting for its lock");

impl<W: BatchWork> Shared<W> {
    fn enqueue(self: &Arc<Self>, locking: Locking, items: Vec<Queued<W>>) {
        if items.is_empty() {
            return;
        }

        let starts = {
            let mut lanes = self.lanes();
            // Counted, because several items may have the same key.
            if locking == Locking::Wait {
                let keys = items.iter().flat_map(|queued| self.work.keys(&queued.item));
                keys.for_each(|key| *lanes.named.entry(key).or_default() += 1);
            }
            let lane = lanes.of(locking);
            lane.waiting.extend(items);
            // Under the same lock as the check in `next_batch`: a lane never has two drains, and
            // an item never waits in a lane without one.
            !std::mem::replace(&mut lane.running, true)
        };

        if starts {
            self.tasks.spawn(self.clone().drain(locking));
        }
    }

    /// Runs the batches of one lane, one after the other, until nothing waits.
    async fn drain(self: Arc<Self>, locking: Locking) {
        while let Some(batch) = self.next_batch(locking) {
            // Only the keys of the held lane are counted.
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
            // First, so that no item of the batch overtakes a held item with the same key.
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

        // Takes the lanes' mutex itself, so it comes after the block that holds it.
        self.enqueue(Locking::Wait, following);
        batch
    }

    /// Runs a batch, and its halves if it fails, until each item has an answer or waits in the held
    /// lane.
    async fn settle(self: &Arc<Self>, batch: Batch<W>, locking: Locking) {
        let mut rest = Halves::of(batch);
        while let Some(batch) = rest.next() {
            let began = Instant::now();
            // A panic is treated like any failure: halving finds the item that causes it.
            let run = self.work.run(&batch.items, locking).instrument(batch.span(self.verb));
            let ran = AssertUnwindSafe(run).catch_unwind().await;

            match ran.unwrap_or(Err(Error::Fault("a batch panicked"))) {
                Ok(outcomes) => {
                    let (verb, items) = (self.verb, outcomes.len() as f64);
                    metrics::histogram!(measures::BATCH_DURATION, "verb" => verb).record(began.elapsed());
                    metrics::histogram!(measures::BATCH_ITEMS, "verb" => verb).record(items);
                    self.deliver(batch, outcomes, locking);
                }
                Err(failure) => self.recover(batch, failure, locking, &mut rest),
            }
        }
    }

    /// Decides what happens to a batch that failed: run it again, wait for its lock, give up, or
    /// try its halves.
    fn recover(
        self: &Arc<Self>,
        mut batch: Batch<W>,
        failure: Error,
        locking: Locking,
        rest: &mut Halves<Batch<W>>,
    ) {
        batch.attempts += 1;
        let free = locking == Locking::Skip;
        let timed_out = lock_timed_out(&failure);

        let again = free && !timed_out && lost_a_race(&failure) || was_interrupted(&failure);
        if again && batch.attempts < ATTEMPTS {
            metrics::counter!(measures::BATCH_RETRIES, "verb" => self.verb).increment(1);
            rest.again(batch);
        } else if free && timed_out && batch.items.len() == 1 {
            // This item needs a lock that can't be skipped. It must not delay the free lane.
            self.enqueue(Locking::Wait, batch.into_queued());
        } else if batch.items.len() == 1 || fails_all(&failure) {
            // There is nothing to split, or splitting doesn't help.
            batch.fail(failure);
        } else {
            metrics::counter!(measures::BATCH_HALVINGS, "verb" => self.verb).increment(1);
            rest.failed(batch);
        }
    }

    /// Sends the answers. Held items go to the held lane.
    fn deliver(self: &Arc<Self>, batch: Batch<W>, outcomes: Vec<Outcome<W::Answer>>, locking: Locking) {
        debug_assert_eq!(batch.items.len(), outcomes.len(), "one outcome per item");

        let mut held = Vec::new();
        for ((item, reply), outcome) in batch.items.into_iter().zip(batch.replies).zip(outcomes) {
            match outcome {
                Outcome::Held if locking == Locking::Skip => held.push(Queued { item, reply }),
                Outcome::Held => reply.send(Err(STILL_HELD)),
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

impl<W: BatchWork> Batch<W> {
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
        let items = self.items.into_iter().zip(self.replies);
        items.map(|(item, reply)| Queued { item, reply }).collect()
    }

    fn fail(self, failure: Error) {
        let mut replies = self.replies.into_iter();
        let first = replies.next();
        // Errors can't be cloned. Only two kinds fail several items at once, so the others get an
        // equal one.
        let crowded = matches!(failure, Error::Store(store::Error::Crowded));
        for reply in replies {
            let equal = if crowded { store::Error::Crowded } else { store::Error::unavailable() };
            reply.send(Err(Error::Store(equal)));
        }
        if let Some(first) = first {
            first.send(Err(failure));
        }
    }
}

impl<W: BatchWork> Halve for Batch<W> {
    fn halve(self) -> Result<[Self; 2], Self> {
        let part = |items, replies| Self { items, replies, attempts: 0 };
        match (self.items.halve(), self.replies.halve()) {
            (Ok([first, second]), Ok([its_replies, others])) => {
                Ok([part(first, its_replies), part(second, others)])
            }
            (Err(items), Err(replies)) => Err(part(items, replies)),
            _ => unreachable!("each item has its reply"),
        }
    }
}

impl<W: BatchWork> Clone for Batcher<W> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone() }
    }
}

impl<W: BatchWork> fmt::Debug for Batcher<W> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Batcher").field("limit", &self.shared.limit).finish_non_exhaustive()
    }
}

/// True if the same batch may succeed when it runs again.
fn lost_a_race(failure: &Error) -> bool {
    matches!(failure, Error::Store(store::Error::Conflict(_) | store::Error::Duplicate { .. }))
}

fn was_interrupted(failure: &Error) -> bool {
    matches!(failure, Error::Store(store::Error::Interrupted(_)))
}

/// True if the batch timed out on a lock that can't be skipped. Running it again would only wait
/// again.
fn lock_timed_out(failure: &Error) -> bool {
    matches!(failure, Error::Store(error) if error.waited_in_vain())
}

/// True if the database itself failed, or the organization has no connection left: each item alone
/// would fail like the batch.
fn fails_all(failure: &Error) -> bool {
    match failure {
        Error::Store(store::Error::Crowded) => true,
        Error::Store(error) => error.is_of_the_database(),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
