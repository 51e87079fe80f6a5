//! What every transaction shares: the database, the clock, whom to wake, and how it begins, decides
//! and commits.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, Transaction};

use crate::clock::Clock;
use crate::domain::changes::Changes;
use crate::domain::flow::Flow;
use crate::domain::history::HistoryEvent;
use crate::engine::frame::programs::Programs;
use crate::engine::problems::note_problem::Successes;
use crate::engine::routing::pace::Pace;
use crate::engine::routing::routing_plan::RoutingPlans;
use crate::store::database;
use crate::store::database::transactions::TransactionId;
use crate::store::enrollments::{self, EnrollmentKey, Locking};
use crate::store::{self, Part, Plans, Store, changes, history};
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

/// For batches up to this size planning takes a good part of the transaction, so cached generic
/// plans are used. The price: a plan made while Postgres believed a growing table, like records, to
/// be almost empty may scan all of it until the next statistics run. That can happen once in the
/// life of an installation, for about a minute.
const FEW: usize = 64;

/// How long to keep checking whether a COMMIT without an answer succeeded. The caller waits
/// meanwhile.
const WITNESS_TIMEOUT: Duration = Duration::from_secs(3);

/// The pause after the first check. It doubles with each further one.
const FIRST_PAUSE: Duration = Duration::from_millis(20);

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

    /// Begins the transaction of a batch that can be halved: it gives up soon on a statement.
    pub async fn begin_batch(&self) -> Result<Transaction<'static, Postgres>, store::Error> {
        self.store.begin_limited(WRITE_TIMEOUT, BATCH_STATEMENT, Plans::Fresh).await
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
        mut tx: Transaction<'static, Postgres>,
        decided: &Changes,
    ) -> Result<(), store::Error> {
        if let Err(failure) = changes::bump(&mut tx, decided, || self.clock.new_stamp()).await {
            return Err(self.roll_back(tx, failure).await);
        }
        self.commit_bumped(tx, decided).await
    }

    /// Commits and wakes everyone who waits for the changes.
    ///
    /// # Errors
    /// Nothing was written. The exception is `Unavailable`: nobody knows whether the transaction
    /// was committed, and a caller finds out by repeating the request with the same `request_id`.
    pub async fn commit_bumped(
        &self,
        mut tx: Transaction<'static, Postgres>,
        decided: &Changes,
    ) -> Result<(), store::Error> {
        let witness = match Witness::of(&mut tx, decided).await {
            Ok(witness) => witness,
            Err(failure) => return Err(self.roll_back(tx, failure).await),
        };

        let committed = self.store.while_answered(Part::Commit, tx.commit()).await;
        if let Err(error) = committed.and_then(|committed| Ok(committed?)) {
            match error.unanswered() {
                // Postgres answered: it rolled back.
                Err(answered) => return Err(answered),
                Ok(lost) if !self.was_committed(&witness).await => return Err(lost),
                Ok(_) => {}
            }
        }

        self.tell(decided);
        Ok(())
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

    /// Wakes everyone who waits for these changes.
    fn tell(&self, decided: &Changes) {
        // A new wait changes its queue's next due time, but not the queue's revision, so the queue
        // isn't in `decided.queues`.
        let waits = decided.timers_set.iter().chain(&decided.timers_moved);
        let waits = waits.map(|(timer, queue)| (timer.organization, *queue));
        self.wake.queues_changed(decided.queues.keys().copied().chain(waits));
        if let Some(due_at) = decided.earliest_timer() {
            self.wake.timer_set(due_at);
        }
    }

    /// True if a transaction whose COMMIT got no answer was committed. Keeps asking a database that
    /// is restarting. False if it wasn't committed, or if no answer came in time.
    async fn was_committed(&self, witness: &Witness<'_>) -> bool {
        if let Witness::NothingWritten = witness {
            return true;
        }

        // Real time, not the clock's: a database restarts in real time, even in tests.
        let asking = async {
            let mut pause = FIRST_PAUSE;
            loop {
                if let Ok(Some(committed)) = self.ask(witness).await {
                    return committed;
                }
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
        };

        tokio::time::timeout(WITNESS_TIMEOUT, asking).await.unwrap_or(false)
    }

    /// Asks a witness. `None` while the transaction may still be committing.
    async fn ask(&self, witness: &Witness<'_>) -> Result<Option<bool>, store::Error> {
        let mut tx = self.begin(Locking::Wait).await?;
        match witness {
            Witness::Event(event, moved) => {
                // The lost transaction may still be committing. Waiting for its locks waits for its
                // end.
                enrollments::lock(&mut tx, moved, Locking::Wait).await?;
                Ok(Some(history::exists(&mut tx, event).await?))
            }
            Witness::Transaction(id) => database::transactions::was_committed(&mut tx, id).await,
            Witness::NothingWritten => Ok(Some(true)),
        }
    }
}

/// Finds a transaction whose COMMIT got no answer.
enum Witness<'a> {
    /// The first event that it wrote, and the enrollments that it has locked.
    Event(&'a HistoryEvent, Vec<EnrollmentKey>),
    /// Its number, for a transaction that writes no event. Reading it takes a statement.
    Transaction(TransactionId),
    /// It wrote nothing.
    NothingWritten,
}

impl<'a> Witness<'a> {
    async fn of(conn: &mut PgConnection, decided: &'a Changes) -> Result<Self, store::Error> {
        if let Some(event) = decided.history.first() {
            let moved = decided.moved.values().map(|one| (one.organization, one.id)).collect();
            return Ok(Self::Event(event, moved));
        }
        let id = database::transactions::id(conn).await?;
        Ok(id.map_or(Self::NothingWritten, Self::Transaction))
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

fn lock_timeout(locking: Locking) -> Duration {
    match locking {
        Locking::Skip => SKIP_TIMEOUT,
        Locking::Wait => LOCK_TIMEOUT,
    }
}
