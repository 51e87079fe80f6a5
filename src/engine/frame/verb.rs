//! The transaction of a batch of calls: repeated requests, load, decide, save, commit. A verb says
//! what a call acts on, what has to be loaded, and how it is decided.

use std::hash::Hash;
use std::marker::PhantomData;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::changes::Changes;
use crate::domain::flow::Flow;
use crate::domain::id::OrganizationId;
use crate::engine::frame::batch::{BatchWork, Outcome};
use crate::engine::frame::core::{Core, transaction};
use crate::engine::frame::repetitions::Repetitions;
use crate::engine::{Error, Request};
use crate::store::enrollments::Locking;
use crate::store::{Part, changes, requests};

/// One kind of call. The type that implements it is the command.
pub(in crate::engine) trait Verb: Sized + Send + Sync + 'static {
    /// Identifies what the call acts on. Two items with the same subject are never in one batch.
    type Subject: Eq + Hash + Send;
    /// What was loaded for the decisions of a batch.
    type Facts: Send + Sync;
    /// The answer to the caller.
    type Answer: Send + Sync + 'static;
    /// The part of the answer that is kept for repetitions.
    type Kept: Serialize + DeserializeOwned + Send + Sync;

    /// True if all rows are found by key. Then generic plans are safe.
    const KEYED: bool;

    /// Returns what the call acts on.
    fn subject(&self) -> Self::Subject;

    /// Locks rows, then loads them with a second statement: a statement that waits for a lock sees
    /// the rows as they were before the wait.
    fn load(
        core: &Core,
        conn: &mut PgConnection,
        items: &[&Item<Self>],
        at: (Locking, DateTime<Utc>),
    ) -> impl Future<Output = Result<Self::Facts, Error>> + Send;

    /// Decides one item. Makes all checks before the first change: a refusal leaves `flow` as it
    /// was. May run again for the same item, when its batch runs again.
    fn decide(item: &Item<Self>, facts: &Self::Facts, flow: &mut Flow<'_>) -> Outcome<Self::Answer>;

    /// Returns the part of an answer to keep. `None` if nothing was written.
    fn kept(answer: &Self::Answer) -> Option<&Self::Kept>;

    /// Builds the answer to a repetition.
    fn repeated(kept: Self::Kept) -> Self::Answer;
}

/// A command with its request.
pub(in crate::engine) struct Item<V> {
    /// The `request_id`, or an id of its own. An item that runs again recognizes by it what its
    /// first run wrote.
    pub id: Uuid,
    pub request: Request,
    pub command: V,
}

impl<V> Item<V> {
    /// Creates an item. Without a `request_id` it gets an id of its own.
    pub fn new(core: &Core, request: Request, command: V) -> Self {
        let id = match request.repetition {
            Some(repetition) => repetition.request_id,
            None => core.clock.new_id(),
        };
        Self { id, request, command }
    }

    /// Returns the caller's organization.
    pub fn organization(&self) -> OrganizationId {
        self.request.caller.organization
    }
}

/// What two items of one batch must not share.
#[derive(PartialEq, Eq, Hash)]
pub(in crate::engine) enum ItemKey<S> {
    Subject(S),
    Request(requests::RequestKey),
}

/// Runs the transactions of one verb.
pub(in crate::engine) struct Frame<V> {
    core: Arc<Core>,
    verb: PhantomData<fn(V)>,
}

impl<V> Clone for Frame<V> {
    fn clone(&self) -> Self {
        Self { core: self.core.clone(), verb: PhantomData }
    }
}

impl<V: Verb> Frame<V> {
    pub fn new(core: Arc<Core>) -> Self {
        Self { core, verb: PhantomData }
    }

    async fn save(
        &self,
        conn: &mut PgConnection,
        items: &[Item<V>],
        locking: Locking,
    ) -> Result<(Changes, Vec<Outcome<V::Answer>>), Error> {
        // One instant for the whole batch, read after its transaction began.
        let now = self.core.clock.now();
        let requests: Vec<&Request> = items.iter().map(|item| &item.request).collect();
        let (repetitions, before) = Repetitions::begin::<V::Kept>(conn, &requests, now).await?;

        // A repeated request needs no lock: its answer is kept.
        let fresh = items.iter().zip(&before).filter(|(_, before)| before.is_none());
        let fresh: Vec<&Item<V>> = fresh.map(|(item, _)| item).collect();
        let facts = V::load(&self.core, conn, &fresh, (locking, now)).await?;

        let (mut decided, outcomes) = self.core.decide(now, |flow| {
            let decide = |(item, before): (&Item<V>, Option<Result<V::Kept, Error>>)| match before {
                Some(before) => Outcome::Done(before.map(V::repeated)),
                None => V::decide(item, &facts, flow),
            };
            items.iter().zip(before).map(decide).collect::<Vec<_>>()
        });

        let kept: Vec<Option<&V::Kept>> = outcomes.iter().map(kept::<V>).collect();
        // A batch of refusals leaves no trace.
        let writes = !decided.is_empty() || kept.iter().any(Option::is_some);
        decided.call_of = items.first().filter(|_| writes).map(Item::organization);

        changes::save_rows(conn, &decided).await?;
        repetitions.finish(conn, &kept).await?;
        Ok((decided, outcomes))
    }
}

fn kept<V: Verb>(outcome: &Outcome<V::Answer>) -> Option<&V::Kept> {
    match outcome {
        Outcome::Done(Ok(answer)) => V::kept(answer),
        Outcome::Done(Err(_)) | Outcome::Held => None,
    }
}

impl<V: Verb> BatchWork for Frame<V> {
    type Item = Item<V>;
    type Answer = V::Answer;
    type Key = ItemKey<V::Subject>;

    fn keys(&self, item: &Item<V>) -> Vec<Self::Key> {
        let subject = ItemKey::Subject(item.command.subject());
        let request = item.request.key().map(ItemKey::Request);
        [Some(subject), request].into_iter().flatten().collect()
    }

    async fn run(&self, items: &[Item<V>], locking: Locking) -> Result<Vec<Outcome<V::Answer>>, Error> {
        let Some(organization) = items.first().map(Item::organization) else { return Ok(Vec::new()) };
        let run = async {
            let _share = self.core.store.share(organization).await?;
            let mut tx = match V::KEYED {
                true => self.core.begin_keyed(locking, items.len()).await?,
                false => self.core.begin(locking).await?,
            };
            let saved = self.save(&mut tx, items, locking).await;
            self.core.finish(tx, saved).await
        };
        let run = run.instrument(transaction("verb"));
        // The lane goes on with another connection if this one is dead.
        self.core.store.while_answered(Part::Transaction, run).await?
    }
}
