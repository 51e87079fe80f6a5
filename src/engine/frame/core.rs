//! What every kind of transaction stands on: the database, the time, who is told, and the last
//! steps of each.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, Transaction};

use crate::clock::Clock;
use crate::domain::changes::Changes;
use crate::domain::flow::Flow;
use crate::domain::history::HistoryEvent;
use crate::engine::frame::programs::Programs;
use crate::engine::routing::routing_plan::RoutingPlans;
use crate::store::enrollments::{self, EnrollmentKey, Locking};
use crate::store::transactions::{self, TransactionId};
use crate::store::{self, Plans, Store, changes, history};
use crate::wake::Wake;

/// How long a transaction that waits for locks does so.
const LOCK_TIMEOUT: Duration = Duration::from_secs(2);

/// How long an administrative write does so: the rows that it needs may be those of a batch that is
/// being routed.
const WRITE_TIMEOUT: Duration = Duration::from_secs(5);

/// How long one that skips what others hold waits where nothing can be skipped: for a queue that is
/// being bumped, or for a request's twin on another server.
const SKIP_TIMEOUT: Duration = Duration::from_millis(500);

/// Of so many items planning is a good part of a transaction: the plans are kept. One that was made
/// when Postgres had found a table that never empties, such as records, to have hardly a row may
/// read all of it until Postgres looks again: a minute in an installation's life.
const FEW: usize = 64;

/// How long it is asked whether a transaction was committed. Its caller waits as long.
const QUESTIONS: Duration = Duration::from_secs(3);

/// The pause after the first question; it doubles.
const FIRST_PAUSE: Duration = Duration::from_millis(20);

/// Shared by all transactions of one engine.
#[derive(Debug)]
pub(in crate::engine) struct Core {
    pub store: Store,
    pub clock: Clock,
    pub wake: Wake,
    pub programs: Programs,
    pub routing_plans: RoutingPlans,
}

impl Core {
    /// Begins a transaction, which waits for no lock for ever.
    pub async fn begin(&self, locking: Locking) -> Result<Transaction<'static, Postgres>, store::Error> {
        self.store.begin_with_lock_timeout(patience(locking), Plans::Fresh).await
    }

    /// As [`Self::begin`], for a transaction that finds the rows of so many items by their keys.
    pub async fn begin_keyed(
        &self,
        locking: Locking,
        items: usize,
    ) -> Result<Transaction<'static, Postgres>, store::Error> {
        self.store.begin_with_lock_timeout(patience(locking), plans_for(items)).await
    }

    /// Begins the transaction of an administrative write.
    pub async fn begin_write(&self) -> Result<Transaction<'static, Postgres>, store::Error> {
        self.store.begin_with_lock_timeout(WRITE_TIMEOUT, Plans::Fresh).await
    }

    /// Decides in one flow, apart from anything asynchronous: later items see what earlier ones
    /// decided.
    pub fn decide<T>(&self, now: DateTime<Utc>, decision: impl FnOnce(&mut Flow<'_>) -> T) -> (Changes, T) {
        let mut decided = Changes::new();
        let mut mint = || self.clock.new_id();
        let answer = decision(&mut Flow { now, mint: &mut mint, changes: &mut decided });
        (decided, answer)
    }

    /// Commits what was saved, or undoes what failed: the end of a transaction.
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

    /// Bumps the touched queues, and commits as [`Self::commit_bumped`].
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

    /// Commits, and tells who waits for the changes. An error means that nothing was written;
    /// `Unavailable`, that this can't be known: whoever asks again with the same request's id is
    /// told.
    pub async fn commit_bumped(
        &self,
        mut tx: Transaction<'static, Postgres>,
        decided: &Changes,
    ) -> Result<(), store::Error> {
        let witness = match Witness::of(&mut tx, decided).await {
            Ok(witness) => witness,
            Err(failure) => return Err(self.roll_back(tx, failure).await),
        };

        if let Err(error) = tx.commit().await.map_err(store::Error::from) {
            match error.unanswered() {
                Err(answered) => return Err(answered),
                Ok(lost) if !self.was_committed(&witness).await => return Err(lost),
                Ok(_) => {}
            }
        }
        self.tell(decided);
        Ok(())
    }

    /// Undoes a transaction before its failure is dealt with.
    pub async fn roll_back<E>(&self, tx: Transaction<'static, Postgres>, failure: E) -> E {
        undo(tx).await;
        failure
    }

    /// Tells who waits for what was committed.
    fn tell(&self, decided: &Changes) {
        // A wait that begins moves its queue's next due time, though not its revision.
        let waits = decided.timers_set.iter().chain(&decided.timers_moved);
        let waits = waits.map(|(timer, queue)| (timer.organization, *queue));
        self.wake.queues_changed(decided.queues.keys().copied().chain(waits));
        if let Some(due_at) = decided.earliest_timer() {
            self.wake.timer_set(due_at);
        }
    }

    /// Whether a transaction whose COMMIT got no answer is known to be committed all the same. A
    /// database that is just starting again is asked until it answers.
    async fn was_committed(&self, witness: &Witness<'_>) -> bool {
        if let Witness::NothingWritten = witness {
            return true;
        }
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
        tokio::time::timeout(QUESTIONS, asking).await.unwrap_or(false)
    }

    /// Asks a witness; none while the transaction may still be at it.
    async fn ask(&self, witness: &Witness<'_>) -> Result<Option<bool>, store::Error> {
        let mut tx = self.begin(Locking::Wait).await?;
        match witness {
            Witness::Event(event, moved) => {
                enrollments::lock(&mut tx, moved, Locking::Wait).await?;
                Ok(Some(history::exists(&mut tx, event).await?))
            }
            Witness::Transaction(id) => transactions::was_committed(&mut tx, id).await,
            Witness::NothingWritten => Ok(Some(true)),
        }
    }
}

/// By what a transaction whose COMMIT got no answer is found.
enum Witness<'a> {
    /// The first event that it wrote, and the enrollments that it holds until its end.
    Event(&'a HistoryEvent, Vec<EnrollmentKey>),
    /// Its number, which takes a statement to learn: for those that write no event.
    Transaction(TransactionId),
    /// It has nothing to lose.
    NothingWritten,
}

impl<'a> Witness<'a> {
    async fn of(conn: &mut PgConnection, decided: &'a Changes) -> Result<Self, store::Error> {
        if let Some(event) = decided.history.first() {
            let moved = decided.moved.values().map(|one| (one.organization, one.id)).collect();
            return Ok(Self::Event(event, moved));
        }
        let id = transactions::id(conn).await?;
        Ok(id.map_or(Self::NothingWritten, Self::Transaction))
    }
}

/// How a transaction that finds the rows of so many items by their keys is planned.
pub(in crate::engine) fn plans_for(items: usize) -> Plans {
    match items {
        0..=FEW => Plans::Kept,
        _ => Plans::Fresh,
    }
}

fn patience(locking: Locking) -> Duration {
    match locking {
        Locking::Skip => SKIP_TIMEOUT,
        Locking::Wait => LOCK_TIMEOUT,
    }
}

/// Undoes a transaction now: one that is only dropped gives its locks back some time later, and
/// what runs next would find them held.
pub(in crate::engine) async fn undo(tx: Transaction<'static, Postgres>) {
    // If the connection is gone, so are the locks.
    if let Err(error) = tx.rollback().await {
        let error = &error as &dyn std::error::Error;
        tracing::debug!(error, "a transaction ended with its connection");
    }
}
