//! What every transaction shares: the database, the clock, whom to wake, and how it begins, decides
//! and commits.

use std::panic::resume_unwind;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, Transaction};
use tokio::time::timeout;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

use crate::clock::Clock;
use crate::domain::changes::Changes;
use crate::domain::flow::Flow;
use crate::engine::Error;
use crate::engine::frame::commit::{Commit, HandedOver, Wakes, Witness};
use crate::engine::frame::programs::Programs;
use crate::engine::problems::note_problem::Successes;
use crate::engine::routing::pace::Pace;
use crate::engine::routing::routing_plan::RoutingPlans;
use crate::store::enrollments::Locking;
use crate::store::{self, Plans, Store, changes, queues};
use crate::wake::Wake;

/// The lock timeout of a batch that waits for locked rows.
const LOCK_TIMEOUT: Duration = Duration::from_secs(2);

/// The longest statement of a batch that can be halved. Longer than any batch that goes well: its
/// size is chosen so that it takes about a second.
const BATCH_STATEMENT: Duration = Duration::from_secs(5);

/// The lock timeout of an administrative write. Longer, because a batch that is being routed may
/// hold the rows that it needs.
const WRITE_TIMEOUT: Duration = Duration::from_secs(5);

/// The lock timeout of a batch that skips locked rows. It still waits where nothing can be skipped:
/// for a queue that another transaction is bumping, or for the same request on another server.
const SKIP_TIMEOUT: Duration = Duration::from_millis(500);

/// The longest that a transaction which is ready waits for the instant of its commit. Others wait
/// for its locks meanwhile.
const LONGEST_HOLD: Duration = Duration::from_millis(4);

/// For batches up to this size planning takes a good part of the transaction, so cached generic
/// plans are used. The price: a plan made while Postgres believed a growing table, like records, to
/// be almost empty may scan all of it until the next statistics run. That can happen once in the
/// life of an installation, for about a minute.
const FEW: usize = 64;

/// What all transactions of one engine share.
#[derive(Debug)]
pub(in crate::engine) struct Core {
    pub store: Store,
    pub clock: Clock,
    pub wake: Wake,
    pub programs: Programs,
    pub routing_plans: RoutingPlans,
    /// Of changed records.
    pub routing_pace: Pace,
    /// Of the records of operations.
    pub operation_pace: Pace,
    pub successes: Successes,
    /// The running tasks. The server waits for them before it ends.
    pub tasks: TaskTracker,
}

impl Core {
    /// Begins a transaction with a lock timeout.
    pub async fn begin(&self, locking: Locking) -> Result<Transaction<'static, Postgres>, store::Error> {
        self.store.begin_with_lock_timeout(lock_timeout(locking), Plans::Fresh).await
    }

    /// Like [`Self::begin`], but for a transaction that finds all rows of `items` items by key.
    pub async fn begin_keyed(
        &self,
        locking: Locking,
        items: usize,
    ) -> Result<Transaction<'static, Postgres>, store::Error> {
        self.store.begin_with_lock_timeout(lock_timeout(locking), plans_for(items)).await
    }

    /// Begins the transaction of an administrative write.
    pub async fn begin_write(&self) -> Result<Transaction<'static, Postgres>, store::Error> {
        self.store.begin_with_lock_timeout(WRITE_TIMEOUT, Plans::Fresh).await
    }

    /// Begins the transaction of a batch that can be halved: it gives up soon on a statement, and
    /// even sooner on a lock, so that the two can be told apart.
    pub async fn begin_batch(&self) -> Result<Transaction<'static, Postgres>, store::Error> {
        self.store.begin_limited(LOCK_TIMEOUT, BATCH_STATEMENT, Plans::Fresh).await
    }

    /// Runs decisions in one flow, so that later items see the results of earlier ones. Not async:
    /// decisions are pure. Returns what is to be written, and the decisions' own result.
    pub fn decide<T>(&self, now: DateTime<Utc>, decision: impl FnOnce(&mut Flow<'_>) -> T) -> (Changes, T) {
        let mut decided = Changes::new();
        let mut mint = || self.clock.new_id();
        let answer = decision(&mut Flow { now, mint: &mut mint, changes: &mut decided });
        (decided, answer)
    }

    /// Ends a transaction: commits it if everything was saved, or rolls it back.
    pub async fn finish<T, E: From<store::Error>>(
        &self,
        tx: Transaction<'static, Postgres>,
        saved: Result<(Changes, T), E>,
    ) -> Result<T, E> {
        match saved {
            Ok((decided, answer)) => {
                self.commit(tx, &decided).await?;
                Ok(answer)
            }
            Err(failure) => Err(self.roll_back(tx, failure).await),
        }
    }

    /// Bumps the touched queues, then commits like [`Self::commit_bumped`].
    pub async fn commit(
        &self,
        tx: Transaction<'static, Postgres>,
        decided: &Changes,
    ) -> Result<(), store::Error> {
        self.commit_and_wake(tx, decided, Wakes::default()).await
    }

    /// Like [`Self::commit`], but wakes more than its changes tell of.
    pub async fn commit_and_wake(
        &self,
        mut tx: Transaction<'static, Postgres>,
        decided: &Changes,
        wakes: Wakes,
    ) -> Result<(), store::Error> {
        match self.bump(&mut tx, decided).await {
            Ok(handed_over) => self.commit_bumped(tx, decided, Wakes { handed_over, ..wakes }).await,
            Err(failure) => Err(self.roll_back(tx, failure).await),
        }
    }

    /// Like [`Self::finish`], but commits no earlier than `at`. Rolls back and returns `None` if
    /// that is too far ahead: the clock was set back, or stands still.
    pub async fn finish_at<T>(
        &self,
        mut tx: Transaction<'static, Postgres>,
        at: DateTime<Utc>,
        saved: Result<(Changes, T), Error>,
    ) -> Result<Option<T>, Error> {
        let (decided, answer) = match saved {
            Ok(saved) => saved,
            Err(failure) => return Err(self.roll_back(tx, failure).await),
        };
        let handed_over = match self.bump(&mut tx, &decided).await {
            Ok(handed_over) => handed_over,
            Err(failure) => return Err(self.roll_back(tx, failure.into()).await),
        };

        // Real time: a clock that a test holds must not hold the locks as well.
        if timeout(LONGEST_HOLD, self.clock.sleep_until_exactly(at)).await.is_err() {
            self.undo(tx).await;
            return Ok(None);
        }
        self.commit_bumped(tx, &decided, Wakes { handed_over, ..Wakes::default() }).await?;
        Ok(Some(answer))
    }

    /// Bumps the touched queues, and reads the windows of them that subscribers of this server
    /// watch: nobody else changes them before the commit.
    async fn bump(&self, conn: &mut PgConnection, decided: &Changes) -> Result<HandedOver, store::Error> {
        changes::bump(conn, decided, || self.clock.new_stamp()).await?;
        let foresight = self.wake.windows().foresee(decided.queues.keys());
        if foresight.watched.is_empty() {
            return Ok(HandedOver::default());
        }

        match queues::states::read(conn, &foresight.watched).await {
            Ok(states) => Ok((foresight, states)),
            // A newer release may have written what this one can't read. That is no reason to fail:
            // the feed reads the queues itself, and says so.
            Err(store::Error::Inconsistent { .. }) => Ok(HandedOver::default()),
            Err(failure) => Err(failure),
        }
    }

    /// Commits and wakes everyone who waits for the changes, and whom `wakes` names, even if the
    /// caller goes away.
    ///
    /// # Errors
    /// Nothing was written. The exception is `Unavailable`: nobody knows whether the transaction
    /// was committed, and a caller finds out by repeating the request with the same `request_id`.
    pub async fn commit_bumped(
        &self,
        mut tx: Transaction<'static, Postgres>,
        decided: &Changes,
        wakes: Wakes,
    ) -> Result<(), store::Error> {
        let fresh = (self.clock.new_id(), self.clock.now());
        let witness = match Witness::of(&mut tx, decided, fresh).await {
            Ok(witness) => witness,
            Err(failure) => return Err(self.roll_back(tx, failure).await),
        };

        let wakes = wakes.and_of(decided);
        let commit = Commit { store: self.store.clone(), wake: self.wake.clone(), tx, witness, wakes };
        match self.tasks.spawn(commit.run().in_current_span()).await {
            Ok(committed) => committed,
            Err(stopped) => match stopped.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                // The runtime ends.
                Err(_) => Err(store::Error::unavailable()),
            },
        }
    }

    /// Rolls back a transaction and returns the failure that caused it.
    pub async fn roll_back<E>(&self, tx: Transaction<'static, Postgres>, failure: E) -> E {
        self.undo(tx).await;
        failure
    }

    /// Rolls back a transaction now.
    pub async fn undo(&self, tx: Transaction<'static, Postgres>) {
        self.store.roll_back(tx).await;
    }
}

/// The span of one transaction, whose statements are its children.
pub(in crate::engine) fn transaction(work: &'static str) -> tracing::Span {
    tracing::debug_span!("transaction", work)
}

/// Says how to plan a transaction that finds all rows of `items` items by key.
pub(in crate::engine) fn plans_for(items: usize) -> Plans {
    match items {
        0..=FEW => Plans::Kept,
        _ => Plans::Fresh,
    }
}

pub(super) fn lock_timeout(locking: Locking) -> Duration {
    match locking {
        Locking::Skip => SKIP_TIMEOUT,
        Locking::Wait => LOCK_TIMEOUT,
    }
}
