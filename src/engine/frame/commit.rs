//! Commits a transaction and wakes whoever waits for its changes.
//!
//! On a task of its own: a caller who goes away meanwhile doesn't end what Postgres is about to
//! commit, and then everyone else has to hear of it.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

use crate::domain::changes::Changes;
use crate::domain::history::HistoryEvent;
use crate::domain::id::OrganizationId;
use crate::engine::frame::core::lock_timeout;
use crate::store::database::doorbell::QueueKey;
use crate::store::enrollments::Locking;
use crate::store::queues::states::QueueState;
use crate::store::witnesses::{self, WitnessKey};
use crate::store::{self, Part, Plans, Store, history};
use crate::wake::Wake;
use crate::wake::windows::Foresight;

/// How long to keep checking whether a COMMIT without an answer succeeded. The caller waits
/// meanwhile.
const WITNESS_TIMEOUT: Duration = Duration::from_secs(3);

/// The pause after the first check. It doubles with each further one.
const FIRST_PAUSE: Duration = Duration::from_millis(20);

/// Whom a commit wakes.
#[derive(Debug, Default)]
pub(in crate::engine) struct Wakes {
    /// Queues that changed, or whose next due time may have changed.
    pub queues: Vec<QueueKey>,
    /// The earliest timer that was set.
    pub timer: Option<DateTime<Utc>>,
    /// True if segments have to evaluate records.
    pub records: bool,
    /// True if operations were queued.
    pub operations: bool,
    /// What the transaction has read for subscribers.
    pub handed_over: HandedOver,
    /// The organizations whose events were written.
    pub told: BTreeSet<OrganizationId>,
    /// True if API keys were revoked or given another end.
    pub keys: bool,
    /// True if an item failed and was kept.
    pub problems: bool,
}

/// Windows, and the states that were read for them.
pub(in crate::engine) type HandedOver = (Foresight, HashMap<QueueKey, QueueState>);

impl Wakes {
    /// Adds everyone who waits for these changes.
    pub(super) fn and_of(mut self, decided: &Changes) -> Self {
        // A new wait changes its queue's next due time, but not the queue's revision, so the queue
        // isn't in `decided.queues`.
        let waits = decided.timers_set.iter().chain(&decided.timers_moved);
        let waits = waits.map(|(timer, queue)| (timer.organization, *queue));
        self.queues.extend(decided.queues.keys().copied().chain(waits));
        self.timer = self.timer.into_iter().chain(decided.earliest_timer()).min();
        self.told.extend(decided.history.iter().map(|event| event.organization));
        self
    }

    fn tell(self, wake: &Wake) {
        let (foresight, states) = self.handed_over;
        let handed_over = wake.windows().hand_over(foresight, states);
        wake.queues_changed(self.queues.into_iter().filter(|queue| !handed_over.contains(queue)));
        wake.queues_handed_over(handed_over.iter().copied());

        if let Some(due_at) = self.timer {
            wake.timer_set(due_at);
        }
        if self.records {
            wake.records_changed();
        }
        if self.operations {
            wake.operation_queued();
        }
        wake.events_written(self.told);
        if self.keys {
            wake.keys_changed();
        }
        if self.problems {
            wake.problem_due();
        }
    }
}

/// A transaction that is about to be committed.
pub(super) struct Commit {
    pub store: Store,
    pub wake: Wake,
    pub tx: Transaction<'static, Postgres>,
    pub witness: Witness,
    pub wakes: Wakes,
}

impl Commit {
    /// Commits, and wakes everyone.
    pub async fn run(self) -> Result<(), store::Error> {
        let Self { store, wake, tx, witness, wakes } = self;
        let committed = store.while_answered(Part::Commit, tx.commit()).await;
        if let Err(error) = committed.and_then(|committed| Ok(committed?)) {
            match error.unanswered() {
                // Postgres answered: it rolled back.
                Err(answered) => return Err(answered),
                // Boxed because it hardly ever runs: every commit would have room for it otherwise.
                Ok(lost) if !Box::pin(witness.confirms(&store)).await => return Err(lost),
                Ok(_) => {}
            }
        }

        wakes.tell(&wake);
        Ok(())
    }
}

/// Finds a transaction whose COMMIT got no answer.
pub(super) enum Witness {
    /// The first event that it wrote.
    Event(Box<HistoryEvent>),
    /// A row that it wrote only for this, because it writes no event.
    Row(WitnessKey, DateTime<Utc>),
    /// It wrote nothing.
    NothingWritten,
    /// None is needed: it is the transaction of a loop, which does it again.
    Nobody,
}

impl Witness {
    /// Finds the witness of a transaction that wrote these changes, or leaves one with this id.
    pub async fn of(
        conn: &mut PgConnection,
        decided: &Changes,
        (id, now): (Uuid, DateTime<Utc>),
    ) -> Result<Self, store::Error> {
        if let Some(event) = decided.history.first() {
            return Ok(Self::Event(Box::new(event.clone())));
        }
        if !witnesses::has_written(conn).await? {
            return Ok(Self::NothingWritten);
        }

        let Some(organization) = decided.call_of else { return Ok(Self::Nobody) };
        let key = WitnessKey { organization, id };
        witnesses::leave(conn, key, now).await?;
        Ok(Self::Row(key, now))
    }

    /// True if the transaction was committed. Keeps asking a database that is restarting. False if
    /// it wasn't committed, or if no answer came in time.
    async fn confirms(&self, store: &Store) -> bool {
        match self {
            Witness::NothingWritten => return true,
            Witness::Nobody => return false,
            Witness::Event(_) | Witness::Row(..) => {}
        }

        // Real time, not the clock's: a database restarts in real time, even in tests.
        let asking = async {
            let mut pause = FIRST_PAUSE;
            loop {
                if let Ok(Some(committed)) = self.ask(store).await {
                    return committed;
                }
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
        };

        tokio::time::timeout(WITNESS_TIMEOUT, asking).await.unwrap_or(false)
    }

    /// Asks the database. `None` while the transaction may still be committing.
    async fn ask(&self, store: &Store) -> Result<Option<bool>, store::Error> {
        let mut tx = store.begin_with_lock_timeout(lock_timeout(Locking::Wait), Plans::Fresh).await?;
        match self {
            // The lost transaction may still be committing. Whoever can write the same again, in a
            // transaction that is rolled back, has waited for its end and is the first one.
            Witness::Event(event) => Ok(Some(!history::append_once(&mut tx, event).await?)),
            Witness::Row(key, now) => Ok(Some(!witnesses::leave(&mut tx, *key, *now).await?)),
            Witness::NothingWritten => Ok(Some(true)),
            Witness::Nobody => Ok(Some(false)),
        }
    }
}
