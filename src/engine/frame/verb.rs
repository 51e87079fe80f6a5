//! The frame of every verb over many items: repetitions, load, decide, save, commit. A verb says
//! what it names, what it needs and how it decides.

use std::hash::Hash;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::changes::Changes;
use crate::domain::flow::Flow;
use crate::domain::id::OrganizationId;
use crate::engine::frame::batch::{Outcome, Work};
use crate::engine::frame::core::{Core, transaction};
use crate::engine::frame::repetitions::Repetitions;
use crate::engine::{Error, Request};
use crate::store::enrollments::Locking;
use crate::store::{changes, requests};

/// One kind of call.
pub(in crate::engine) trait Verb: Sized + Send + Sync + 'static {
    /// Names what it acts on: two items of one organization that name the same are never in one
    /// batch.
    type Subject: Eq + Hash + Send;
    /// What the items of a batch are decided by.
    type Facts: Send + Sync;
    /// What the caller is told.
    type Answer: Send + Sync + 'static;
    /// What is kept of an answer for a repetition.
    type Kept: Serialize + DeserializeOwned + Send + Sync;

    /// Whether all rows are found by their keys, for which kept plans are safe.
    const KEYED: bool;

    /// What it acts on.
    fn subject(&self) -> Self::Subject;

    /// Locks, and then loads: what was locked after a wait is only seen by a later statement.
    fn load(
        core: &Core,
        conn: &mut PgConnection,
        items: &[&Item<Self>],
        locking: Locking,
    ) -> impl Future<Output = Result<Self::Facts, Error>> + Send;

    /// Checks first, and decides then: a refusal leaves `flow` as it was. May be called again for a
    /// batch that runs again.
    fn decide(item: &Item<Self>, facts: &Self::Facts, flow: &mut Flow<'_>) -> Outcome<Self::Answer>;

    /// What is kept of an answer; none if nothing was written.
    fn kept(answer: &Self::Answer) -> Option<&Self::Kept>;

    /// The answer to a repetition.
    fn repeated(kept: Self::Kept) -> Self::Answer;
}

/// A call and who makes it.
pub(in crate::engine) struct Item<V> {
    /// By it, an item that runs again knows its own.
    pub id: Uuid,
    pub request: Request,
    pub command: V,
}

impl<V> Item<V> {
    /// An item; without a request id it is known by one of its own.
    pub fn new(core: &Core, request: Request, command: V) -> Self {
        let id = request.repetition.map_or_else(|| core.clock.new_id(), |repetition| repetition.request_id);
        Self { id, request, command }
    }

    /// The caller's organization.
    pub fn organization(&self) -> OrganizationId {
        self.request.caller.organization
    }
}

/// Names what two items of one batch must not share.
#[derive(PartialEq, Eq, Hash)]
pub(in crate::engine) enum Key<S> {
    Subject(OrganizationId, S),
    Request(requests::Key),
}

/// The transactions of one verb.
pub(in crate::engine) struct Frame<V> {
    core: Arc<Core>,
    verb: PhantomData<fn(V)>,
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
        let now = self.core.clock.now();
        let requests: Vec<&Request> = items.iter().map(|item| &item.request).collect();
        let (repetitions, before) = Repetitions::begin::<V::Kept>(conn, &requests, now).await?;

        let fresh = items.iter().zip(&before).filter(|(_, before)| before.is_none());
        let fresh: Vec<&Item<V>> = fresh.map(|(item, _)| item).collect();
        let facts = V::load(&self.core, conn, &fresh, locking).await?;

        let (decided, outcomes) = self.core.decide(now, |flow| {
            let decide = |(item, before): (&Item<V>, Option<Result<V::Kept, Error>>)| match before {
                Some(before) => Outcome::Done(before.map(V::repeated)),
                None => V::decide(item, &facts, flow),
            };
            items.iter().zip(before).map(decide).collect::<Vec<_>>()
        });

        changes::save_rows(conn, &decided).await?;
        let kept: Vec<Option<&V::Kept>> = outcomes.iter().map(kept::<V>).collect();
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

impl<V: Verb> Work for Frame<V> {
    type Item = Item<V>;
    type Answer = V::Answer;
    type Key = Key<V::Subject>;

    fn keys(&self, item: &Item<V>) -> Vec<Self::Key> {
        let subject = Key::Subject(item.organization(), item.command.subject());
        [Some(subject), item.request.key().map(Key::Request)].into_iter().flatten().collect()
    }

    async fn run(&self, items: &[Item<V>], locking: Locking) -> Result<Vec<Outcome<V::Answer>>, Error> {
        let run = async {
            let mut tx = match V::KEYED {
                true => self.core.begin_keyed(locking, items.len()).await?,
                false => self.core.begin(locking).await?,
            };
            let saved = self.save(&mut tx, items, locking).await;
            self.core.finish(tx, saved).await
        };
        run.instrument(transaction("verb")).await
    }
}
