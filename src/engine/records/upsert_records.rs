//! Creates or changes records, many in one transaction: those of one batch call, or single calls
//! that arrive together.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::changes::Changes;
use crate::domain::id::{ChosenId, OrganizationId, QueueId, RecordId};
use crate::engine::frame::batch::{BatchWork, Outcome, STILL_HELD};
use crate::engine::frame::commit::Wakes;
use crate::engine::frame::core::{Core, transaction};
use crate::engine::records::upsert_batch::{RecordName, UpsertBatch, UpsertItem, Upserted};
use crate::engine::{Engine, Error};
use crate::store::enrollments::Locking;
use crate::store::records::related_changes;
use crate::store::routing::freed_places;
use crate::store::{self, Part, records};

impl Engine {
    /// Creates or changes one record. Calls of one organization that arrive together share a
    /// transaction.
    ///
    /// # Errors
    /// Invalid, with paths relative to the upsert; Store.
    pub async fn upsert_record(&self, item: UpsertItem) -> Result<Upserted, Error> {
        self.batches().upsert.of(item.organization).submit(item).await
    }

    /// Like [`Self::upsert_record`], but writes all items, of one organization, in one transaction.
    /// Each item succeeds or fails by itself. Items with the same record id are applied in order.
    ///
    /// # Errors
    /// Of an item: Invalid, with paths relative to the upsert. Of the batch: Store.
    pub async fn upsert_records(
        &self,
        items: &[UpsertItem],
        now: DateTime<Utc>,
    ) -> Result<Vec<Result<Upserted, Error>>, Error> {
        let Some(organization) = organization_of(items) else { return Ok(Vec::new()) };
        let _share = self.store().share(organization).await?;
        let outcomes = self.core().upsert(organization, items, Locking::Wait, now).await?;
        Ok(outcomes.into_iter().map(done).collect())
    }

    /// Returns what [`Self::upsert_records`] would do now. Nothing is written.
    ///
    /// # Errors
    /// Like [`Self::upsert_records`].
    pub async fn preview_upserts(
        &self,
        items: &[UpsertItem],
        now: DateTime<Utc>,
    ) -> Result<Vec<Result<Upserted, Error>>, Error> {
        let Some(organization) = organization_of(items) else { return Ok(Vec::new()) };
        let _share = self.store().share(organization).await?;
        let mut items = Cow::Borrowed(items);
        loop {
            let attempt = self.try_preview(organization, &items, now).await?;
            match attempt {
                Attempt::Done(results) => return Ok(results),
                Attempt::Again(survivors) => lead_to(&survivors, &mut items),
            }
        }
    }

    /// Makes one attempt.
    async fn try_preview(
        &self,
        organization: OrganizationId,
        items: &[UpsertItem],
        now: DateTime<Utc>,
    ) -> Result<Attempt<Vec<Result<Upserted, Error>>>, Error> {
        let mut tx = self.core().begin(Locking::Wait).await?;
        let mut batch = UpsertBatch::load(&mut tx, organization, items, Locking::Wait).await?;
        tx.rollback().await.map_err(store::Error::from)?;

        let survivors = batch.survivors();
        if !survivors.is_empty() {
            return Ok(Attempt::Again(survivors));
        }

        let mut mint = || self.clock().new_id();
        let results = items.iter().map(|item| done(batch.apply(item, now, &mut mint)));
        Ok(Attempt::Done(results.collect()))
    }
}

/// Returns the organization of all items. `None` if there are none.
fn organization_of(items: &[UpsertItem]) -> Option<OrganizationId> {
    let organization = items.first()?.organization;
    debug_assert!(items.iter().all(|item| item.organization == organization), "one caller's");
    Some(organization)
}

/// The result of an item whose lock was waited for.
fn done(outcome: Outcome<Upserted>) -> Result<Upserted, Error> {
    match outcome {
        Outcome::Done(result) => result,
        Outcome::Held => Err(STILL_HELD),
    }
}

/// Runs the transactions of single upserts.
#[derive(Clone)]
pub(in crate::engine) struct Upserting {
    pub core: Arc<Core>,
}

impl BatchWork for Upserting {
    type Item = UpsertItem;
    type Answer = Upserted;
    type Key = RecordName;

    fn keys(&self, item: &UpsertItem) -> Vec<RecordName> {
        vec![item.name()]
    }

    async fn run(&self, items: &[UpsertItem], locking: Locking) -> Result<Vec<Outcome<Upserted>>, Error> {
        let Some(organization) = organization_of(items) else { return Ok(Vec::new()) };
        let upsert = async {
            let _share = self.core.store.share(organization).await?;
            self.core.upsert(organization, items, locking, self.core.clock.now()).await
        };
        // The lane goes on with another connection if this one is dead.
        self.core.store.while_answered(Part::Transaction, upsert).await?
    }
}

/// The end of one attempt.
enum Attempt<T> {
    Done(T),
    /// Nothing was written: another transaction created one of the new records first, or changed
    /// the type of one, or items name merged records, whose survivors are known by now.
    Again(Survivors),
}

/// The ids of records into which others were merged, by the names of these others.
type Survivors = HashMap<RecordName, ChosenId>;

/// The outcomes of items, what was written, and whom the commit wakes besides.
type Saved = (Vec<Outcome<Upserted>>, Changes, Wakes);

impl Core {
    async fn upsert(
        &self,
        organization: OrganizationId,
        items: &[UpsertItem],
        locking: Locking,
        now: DateTime<Utc>,
    ) -> Result<Vec<Outcome<Upserted>>, Error> {
        let mut items = Cow::Borrowed(items);
        loop {
            // Each further attempt means that another transaction created or merged one of these
            // records or changed a type first. Now it can be locked or read, so the attempts come
            // to an end.
            let attempt = self.try_upsert(organization, &items, locking, now);
            let attempt = attempt.instrument(transaction("upsert")).await?;
            match attempt {
                Attempt::Done(outcomes) => return Ok(outcomes),
                Attempt::Again(survivors) => lead_to(&survivors, &mut items),
            }
        }
    }

    /// Makes one attempt.
    async fn try_upsert(
        &self,
        organization: OrganizationId,
        items: &[UpsertItem],
        locking: Locking,
        now: DateTime<Utc>,
    ) -> Result<Attempt<Vec<Outcome<Upserted>>>, Error> {
        let mut tx = self.begin(locking).await?;
        let saved = self.save_upserts(&mut tx, organization, items, locking, now).await;
        let (outcomes, changes, wakes) = match saved {
            Ok(Attempt::Done(saved)) => saved,
            Ok(Attempt::Again(survivors)) => {
                // Roll back now. A dropped transaction ends later, and the next attempt would wait
                // for its locks.
                tx.rollback().await.map_err(store::Error::from)?;
                return Ok(Attempt::Again(survivors));
            }
            Err(failure) => return Err(self.roll_back(tx, failure).await),
        };

        self.commit_and_wake(tx, &changes, wakes).await?;
        Ok(Attempt::Done(outcomes))
    }

    async fn save_upserts(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        items: &[UpsertItem],
        locking: Locking,
        now: DateTime<Utc>,
    ) -> Result<Attempt<Saved>, Error> {
        let mut batch = UpsertBatch::load(conn, organization, items, locking).await?;
        let survivors = batch.survivors();
        if !survivors.is_empty() {
            return Ok(Attempt::Again(survivors));
        }

        let mut mint = || self.clock.new_id();
        let outcomes: Vec<_> = items.iter().map(|item| batch.apply(item, now, &mut mint)).collect();
        Ok(match self.save_batch(conn, organization, &batch, now).await? {
            Some((changes, wakes)) => {
                let call_of = outcomes.iter().any(writes).then_some(organization);
                Attempt::Done((outcomes, Changes { call_of, ..changes }, wakes))
            }
            None => Attempt::Again(Survivors::new()),
        })
    }

    /// Saves what was decided about records. Everything follows them. Returns the changes, and whom
    /// the commit wakes besides those who wait for them. `None` if another transaction created one
    /// of the new records first, or changed the type of one.
    async fn save_batch(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        batch: &UpsertBatch,
        now: DateTime<Utc>,
    ) -> Result<Option<(Changes, Wakes)>, store::Error> {
        if !batch.save(conn, organization).await? {
            return Ok(None);
        }
        let records = self.note_changes(conn, organization, batch).await?;

        let (followed, changed) = (batch.followed(), batch.changed());
        let saved = self.follow_records(conn, organization, &followed, &changed, now).await?;
        // The next due time of sellers who lost a record may have changed. The revision of their
        // queues doesn't cover it and stays, but their watchers are woken.
        let queues = batch.left().map(|seller| (organization, QueueId(seller.0))).collect();
        Ok(Some((saved, Wakes { queues, records, ..Wakes::default() })))
    }

    /// Like [`Self::save_batch`], about records that exist and are locked.
    pub(in crate::engine) async fn save_known(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        batch: &UpsertBatch,
        now: DateTime<Utc>,
    ) -> Result<(Changes, Wakes), store::Error> {
        // Only a new record can meet one that another transaction created.
        let saved = self.save_batch(conn, organization, batch, now).await?;
        saved.ok_or(store::Error::Inconsistent { table: "record", column: "id", id: organization.0 })
    }

    /// Queues the records that segments have to evaluate, what others who refer to them have to be
    /// told, and the places of sellers who lost records. Returns true if there are any.
    pub(in crate::engine) async fn note_changes(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        batch: &UpsertBatch,
    ) -> Result<bool, store::Error> {
        // Sellers take turns in the order in which records were created, even if a batch of routing
        // takes only some of these changes.
        let mut routed: Vec<RecordId> = batch.routed().collect();
        routed.sort_unstable();
        let changes: Vec<(Uuid, RecordId)> =
            routed.into_iter().map(|record| (self.clock.new_id(), record)).collect();
        records::changes::append(conn, organization, &changes).await?;
        let freed: Vec<_> = batch.left().map(|seller| (self.clock.new_id(), seller)).collect();
        let places = freed_places::append(conn, organization, &freed).await?;
        let told: Vec<_> = batch.related().map(|change| (self.clock.new_id(), change)).collect();
        let told = related_changes::append(conn, organization, &told).await?;
        Ok(places || told || !changes.is_empty())
    }
}

/// True if an item changes something.
fn writes(outcome: &Outcome<Upserted>) -> bool {
    matches!(outcome, Outcome::Done(Ok(upserted)) if upserted.writes())
}

/// Lets items that name merged records name those that survived, which are locked in their own
/// order.
fn lead_to(survivors: &Survivors, items: &mut Cow<'_, [UpsertItem]>) {
    if survivors.is_empty() {
        return;
    }
    for item in items.to_mut() {
        if let Some(survivor) = survivors.get(&item.name()) {
            item.upsert.record_id = survivor.clone();
        }
    }
}
