//! What a CRM says of its records, for a batch: an import is many of them, and unary calls that
//! come together form one.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::changes::Changes;
use crate::domain::id::{OrganizationId, QueueId, RecordId};
use crate::engine::frame::batch::{Outcome, Work};
use crate::engine::frame::core::Core;
use crate::engine::records::upsert_batch::{Batch, Name, UpsertItem, Upserted};
use crate::engine::{Engine, Error};
use crate::store::doorbell::QueueKey;
use crate::store::enrollments::Locking;
use crate::store::{self, record_changes};

impl Engine {
    /// Creates a record, or changes what is said of it, together with whatever other single ones
    /// come at the same time.
    ///
    /// # Errors
    /// Invalid with paths that begin at the upsert; Store.
    pub async fn upsert_record(&self, item: UpsertItem) -> Result<Upserted, Error> {
        self.batches().upsert.submit(item).await
    }

    /// As [`Self::upsert_record`], in one transaction: each item by itself, an id that comes twice
    /// in order.
    ///
    /// # Errors
    /// An item's own: Invalid with paths that begin at the upsert. The batch's: Store.
    pub async fn upsert_records(
        &self,
        items: &[UpsertItem],
        now: DateTime<Utc>,
    ) -> Result<Vec<Result<Upserted, Error>>, Error> {
        let outcomes = self.core().upsert(items, Locking::Wait, now).await?;
        Ok(outcomes.into_iter().map(done).collect())
    }

    /// What [`Self::upsert_records`] would do now. Nothing is written.
    ///
    /// # Errors
    /// As [`Self::upsert_records`].
    pub async fn preview_upserts(
        &self,
        items: &[UpsertItem],
        now: DateTime<Utc>,
    ) -> Result<Vec<Result<Upserted, Error>>, Error> {
        let mut tx = self.core().begin(Locking::Wait).await?;
        let mut results: Vec<Option<Result<Upserted, Error>>> = items.iter().map(|_| None).collect();
        for (organization, places) in by_organization(items) {
            let own: Vec<&UpsertItem> = places.iter().map(|place| &items[*place]).collect();
            let mut batch = Batch::load(&mut tx, organization, &own, Locking::Wait).await?;
            for (place, item) in places.into_iter().zip(own) {
                let outcome = batch.apply(item, now, &mut || self.clock().new_id());
                results[place] = Some(done(outcome));
            }
        }

        tx.rollback().await.map_err(store::Error::from)?;
        Ok(results.into_iter().flatten().collect())
    }
}

/// What came of an item whose lock was waited for.
fn done(outcome: Outcome<Upserted>) -> Result<Upserted, Error> {
    match outcome {
        Outcome::Done(result) => result,
        Outcome::Held => Err(Error::Fault("a record is held after its lock was waited for")),
    }
}

/// The transaction of single upserts that came together.
pub(in crate::engine) struct Upserting {
    pub core: Arc<Core>,
}

impl Work for Upserting {
    type Item = UpsertItem;
    type Answer = Upserted;
    type Key = (OrganizationId, Name);

    fn keys(&self, item: &UpsertItem) -> Vec<Self::Key> {
        vec![(item.organization, item.name())]
    }

    async fn run(&self, items: &[UpsertItem], locking: Locking) -> Result<Vec<Outcome<Upserted>>, Error> {
        self.core.upsert(items, locking, self.core.clock.now()).await
    }
}

/// What one round wrote.
struct Saved {
    outcomes: Vec<Outcome<Upserted>>,
    touched: Changes,
    /// The queues where waits may have shown that show elsewhere now: their revisions stay, as what
    /// falls due next is no part of them.
    left: Vec<QueueKey>,
    /// Whether there is something for segments to look at.
    routed: bool,
}

impl Core {
    async fn upsert(
        &self,
        items: &[UpsertItem],
        locking: Locking,
        now: DateTime<Utc>,
    ) -> Result<Vec<Outcome<Upserted>>, Error> {
        loop {
            // Each further round means that somebody else committed a record of ours first: now it
            // is there, and gets locked.
            if let Some(outcomes) = self.try_upsert(items, locking, now).await? {
                return Ok(outcomes);
            }
        }
    }

    /// One round; none, and nothing written, if another transaction was faster with a new record.
    async fn try_upsert(
        &self,
        items: &[UpsertItem],
        locking: Locking,
        now: DateTime<Utc>,
    ) -> Result<Option<Vec<Outcome<Upserted>>>, Error> {
        let mut tx = self.begin(locking).await?;
        let saved = match self.save_upserts(&mut tx, items, locking, now).await {
            Ok(Some(saved)) => saved,
            Ok(None) => {
                // Now, and not some time after it is dropped: the next round would wait for what
                // this one wrote.
                tx.rollback().await.map_err(store::Error::from)?;
                return Ok(None);
            }
            Err(failure) => return Err(self.roll_back(tx, failure).await),
        };
        self.commit(tx, &saved.touched).await?;
        self.wake.queues_changed(saved.left);
        if saved.routed {
            self.wake.records_changed();
        }
        Ok(Some(saved.outcomes))
    }

    async fn save_upserts(
        &self,
        conn: &mut PgConnection,
        items: &[UpsertItem],
        locking: Locking,
        now: DateTime<Utc>,
    ) -> Result<Option<Saved>, Error> {
        let mut outcomes: Vec<Option<Outcome<Upserted>>> = items.iter().map(|_| None).collect();
        let (mut touched, mut left, mut routed) = (Changes::new(), Vec::new(), false);
        for (organization, places) in by_organization(items) {
            let own: Vec<&UpsertItem> = places.iter().map(|place| &items[*place]).collect();
            let mut batch = Batch::load(conn, organization, &own, locking).await?;
            let mut mint = || self.clock.new_id();
            for (place, item) in places.into_iter().zip(own) {
                outcomes[place] = Some(batch.apply(item, now, &mut mint));
            }
            if !batch.save(conn, organization).await? {
                return Ok(None);
            }
            routed |= self.note_changes(conn, organization, &batch).await?;
            let followed = self.retarget_enrollments(conn, organization, &batch.followed(), now).await?;
            touched.queues.extend(followed.queues);
            touched.history.extend(followed.history);
            touched.timers_moved.extend(followed.timers_moved);
            left.extend(batch.left().map(|seller| (organization, QueueId(seller.0))));
        }
        Ok(Some(Saved { outcomes: outcomes.into_iter().flatten().collect(), touched, left, routed }))
    }

    /// Notes what segments are to look at; says whether there is any.
    async fn note_changes(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        batch: &Batch,
    ) -> Result<bool, Error> {
        let changes: Vec<(Uuid, RecordId)> =
            batch.routed().map(|record| (self.clock.new_id(), record)).collect();
        record_changes::append(conn, organization, &changes).await?;
        Ok(!changes.is_empty())
    }
}

/// The places of each organization's items, in their order.
fn by_organization(items: &[UpsertItem]) -> BTreeMap<OrganizationId, Vec<usize>> {
    let mut places: BTreeMap<OrganizationId, Vec<usize>> = BTreeMap::new();
    for (place, item) in items.iter().enumerate() {
        places.entry(item.organization).or_default().push(place);
    }
    places
}
