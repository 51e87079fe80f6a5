//! Creates or changes records, many in one transaction: those of one batch call, or single calls
//! that arrive together.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
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
use crate::store::database::doorbell::QueueKey;
use crate::store::enrollments::Locking;
use crate::store::records::related_changes;
use crate::store::routing::freed_places;
use crate::store::{self, Part, Share, records};

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
        let _share = self.share(items).await?;
        Ok(self.core().upsert(items, Locking::Wait, now).await?.into_iter().map(done).collect())
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
        let _share = self.share(items).await?;
        let mut items = Cow::Borrowed(items);
        loop {
            let mut survivors = Survivors::new();
            if let Some(results) = self.try_preview(&items, &mut survivors, now).await? {
                return Ok(results);
            }
            lead_to(&survivors, &mut items);
        }
    }

    /// Makes one attempt. Returns `None` if items name merged records, with those that survived.
    async fn try_preview(
        &self,
        items: &[UpsertItem],
        survivors: &mut Survivors,
        now: DateTime<Utc>,
    ) -> Result<Option<Vec<Result<Upserted, Error>>>, Error> {
        let mut tx = self.core().begin(Locking::Wait).await?;
        let mut results: Vec<Option<Result<Upserted, Error>>> = items.iter().map(|_| None).collect();

        for (organization, places) in by_organization(items) {
            let own: Vec<&UpsertItem> = places.iter().map(|place| &items[*place]).collect();
            let mut batch = UpsertBatch::load(&mut tx, organization, &own, Locking::Wait).await?;
            survivors.extend(survivors_of(organization, &batch));
            for (place, item) in places.into_iter().zip(own) {
                let outcome = batch.apply(item, now, &mut || self.clock().new_id());
                results[place] = Some(done(outcome));
            }
        }

        tx.rollback().await.map_err(store::Error::from)?;
        Ok(survivors.is_empty().then(|| results.into_iter().flatten().collect()))
    }

    /// Waits for a share of the connections, unless there is nothing to do.
    async fn share(&self, items: &[UpsertItem]) -> Result<Option<Share>, Error> {
        match items.first() {
            Some(first) => Ok(Some(self.store().share(first.organization).await?)),
            None => Ok(None),
        }
    }
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
    type Key = (OrganizationId, RecordName);

    fn keys(&self, item: &UpsertItem) -> Vec<Self::Key> {
        vec![(item.organization, item.name())]
    }

    async fn run(&self, items: &[UpsertItem], locking: Locking) -> Result<Vec<Outcome<Upserted>>, Error> {
        let upsert = self.core.upsert(items, locking, self.core.clock.now());
        // The lane goes on with another connection if this one is dead.
        self.core.store.while_answered(Part::Transaction, upsert).await?
    }
}

/// What one attempt wrote.
struct Saved {
    outcomes: Vec<Outcome<Upserted>>,
    touched: Changes,
    /// The queues of sellers who lost a record. Their next due time may have changed, so their
    /// watchers are woken; their revision doesn't cover the next due time and stays.
    left: Vec<QueueKey>,
    /// True if segments have to evaluate a record.
    routed: bool,
}

impl Core {
    async fn upsert(
        &self,
        items: &[UpsertItem],
        locking: Locking,
        now: DateTime<Utc>,
    ) -> Result<Vec<Outcome<Upserted>>, Error> {
        let mut items = Cow::Borrowed(items);
        loop {
            // Each further attempt means that another transaction created or merged one of these
            // records or changed a type first. Now it can be locked or read, so the attempts come
            // to an end.
            let mut survivors = Survivors::new();
            let attempt = self.try_upsert((&items, &mut survivors), locking, now);
            if let Some(outcomes) = attempt.instrument(transaction("upsert")).await? {
                return Ok(outcomes);
            }
            lead_to(&survivors, &mut items);
        }
    }

    /// Makes one attempt. Returns `None`, with nothing written, if another transaction created one
    /// of the new records first, or changed the type of one, or if items name merged records: then
    /// those that survived are added.
    async fn try_upsert(
        &self,
        (items, survivors): (&[UpsertItem], &mut Survivors),
        locking: Locking,
        now: DateTime<Utc>,
    ) -> Result<Option<Vec<Outcome<Upserted>>>, Error> {
        let mut tx = self.begin(locking).await?;
        let saved = match self.save_upserts(&mut tx, (items, survivors), locking, now).await {
            Ok(Some(saved)) => saved,
            Ok(None) => {
                // Roll back now. A dropped transaction ends later, and the next attempt would wait
                // for its locks.
                tx.rollback().await.map_err(store::Error::from)?;
                return Ok(None);
            }
            Err(failure) => return Err(self.roll_back(tx, failure).await),
        };

        let wakes = Wakes { queues: saved.left, records: saved.routed, ..Wakes::default() };
        self.commit_and_wake(tx, &saved.touched, wakes).await?;
        Ok(Some(saved.outcomes))
    }

    async fn save_upserts(
        &self,
        conn: &mut PgConnection,
        (items, survivors): (&[UpsertItem], &mut Survivors),
        locking: Locking,
        now: DateTime<Utc>,
    ) -> Result<Option<Saved>, Error> {
        let mut outcomes: Vec<Option<Outcome<Upserted>>> = items.iter().map(|_| None).collect();
        let (mut touched, mut left, mut routed) = (Changes::new(), Vec::new(), false);

        for (organization, indexes) in by_organization(items) {
            let own: Vec<&UpsertItem> = indexes.iter().map(|index| &items[*index]).collect();
            let mut batch = UpsertBatch::load(conn, organization, &own, locking).await?;
            survivors.extend(survivors_of(organization, &batch));
            if !survivors.is_empty() {
                return Ok(None);
            }

            let mut mint = || self.clock.new_id();
            for (index, item) in indexes.into_iter().zip(own) {
                outcomes[index] = Some(batch.apply(item, now, &mut mint));
            }

            if !batch.save(conn, organization).await? {
                return Ok(None);
            }
            routed |= self.note_changes(conn, organization, &batch).await?;

            // The rows of these changes are saved; what the commit still needs is collected.
            let (followed, changed) = (batch.followed(), batch.changed());
            let followed = self.follow_records(conn, organization, &followed, &changed, now).await?;
            touched.add_saved(followed);
            left.extend(batch.left().map(|seller| (organization, QueueId(seller.0))));
        }

        let outcomes = outcomes.into_iter().flatten().collect();
        Ok(Some(Saved { outcomes, touched, left, routed }))
    }

    /// Saves what was decided about records that exist and are locked. Everything follows them.
    /// Returns the changes, and whom the commit wakes besides those who wait for them.
    pub(in crate::engine) async fn save_known(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        batch: &UpsertBatch,
        now: DateTime<Utc>,
    ) -> Result<(Changes, Wakes), store::Error> {
        // Only a new record can meet one that another transaction created.
        if !batch.save(conn, organization).await? {
            return Err(store::Error::Inconsistent { table: "record", column: "id", id: organization.0 });
        }
        let records = self.note_changes(conn, organization, batch).await?;

        let (followed, changed) = (batch.followed(), batch.changed());
        let saved = self.follow_records(conn, organization, &followed, &changed, now).await?;
        let queues = batch.left().map(|seller| (organization, QueueId(seller.0))).collect();
        Ok((saved, Wakes { queues, records, ..Wakes::default() }))
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

/// The ids of records into which others were merged, by these others.
type Survivors = HashMap<(OrganizationId, RecordName), ChosenId>;

fn survivors_of(
    organization: OrganizationId,
    batch: &UpsertBatch,
) -> impl Iterator<Item = ((OrganizationId, RecordName), ChosenId)> {
    batch.survivors().into_iter().map(move |(name, survivor)| ((organization, name), survivor))
}

/// Lets items that name merged records name those that survived, which are locked in their own
/// order.
fn lead_to(survivors: &Survivors, items: &mut Cow<'_, [UpsertItem]>) {
    if survivors.is_empty() {
        return;
    }
    for item in items.to_mut() {
        if let Some(survivor) = survivors.get(&(item.organization, item.name())) {
            item.upsert.record_id = survivor.clone();
        }
    }
}

/// Returns the indexes of each organization's items, in order.
fn by_organization(items: &[UpsertItem]) -> BTreeMap<OrganizationId, Vec<usize>> {
    let mut indexes: BTreeMap<OrganizationId, Vec<usize>> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        indexes.entry(item.organization).or_default().push(index);
    }
    indexes
}
