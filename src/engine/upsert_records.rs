//! What a CRM says of its records, for a batch: a unary call is a batch of one, and an import is many.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Engine, Error};
use crate::domain::caller::Actor;
use crate::domain::id::{ChosenId, OrganizationId, RecordId, RecordTypeId, SellerId};
use crate::domain::record::{Effect, Merge, Merged, OwnerChange, Record, RecordType, Upsert};
use crate::store::{self, record_changes, record_types, records, sellers};

/// One record of a batch.
#[derive(Clone, Debug)]
pub struct UpsertItem {
    /// The record's type.
    pub record_type: RecordTypeId,
    /// What is said of it.
    pub upsert: Upsert,
    /// Whether segments leave this change alone.
    pub suppress_segmentation: bool,
    /// Who says it.
    pub by: Actor,
}

/// What became of one record of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Upserted {
    /// The record as it stood after its item.
    pub record: Record,
    /// What the item did.
    pub effect: Effect,
}

/// Names a record within its organization.
type Name = (RecordTypeId, ChosenId);

/// What is known of one record of the batch, and what the batch made of it.
#[derive(Default)]
struct Entry {
    record: Option<Record>,
    /// Whether its row was there before.
    existed: bool,
    changed: bool,
    /// Whether segments look at it.
    routed: bool,
    /// Whether its activities follow it, and in whose name.
    followed: Option<Actor>,
}

impl Engine {
    /// Creates records, or changes what is said of them: each item by itself, an id that comes twice in order.
    ///
    /// # Errors
    /// An item's own: Invalid with paths that begin at the upsert. The batch's: Store.
    pub async fn upsert_records(
        &self,
        organization: OrganizationId,
        items: &[UpsertItem],
        now: DateTime<Utc>,
    ) -> Result<Vec<Result<Upserted, Error>>, Error> {
        loop {
            // Each further round means that somebody else committed a record of ours first: now it is there, and gets locked.
            if let Some(results) = self.try_upsert(organization, items, now).await? {
                return Ok(results);
            }
        }
    }

    /// One round; none, and nothing written, if another transaction was faster with a new record.
    async fn try_upsert(
        &self,
        organization: OrganizationId,
        items: &[UpsertItem],
        now: DateTime<Utc>,
    ) -> Result<Option<Vec<Result<Upserted, Error>>>, Error> {
        let mut tx = self.store().begin().await?;
        let mut batch = Batch::load(&mut tx, organization, items).await?;
        let mut mint = || self.clock().new_id();
        let results = items.iter().map(|item| batch.apply(item, now, &mut mint)).collect();
        if !batch.save(&mut tx, organization).await? {
            return Ok(None);
        }
        let changes: Vec<(Uuid, RecordId)> = batch.routed().map(|record| (mint(), record)).collect();
        record_changes::append(&mut tx, organization, &changes).await?;
        let followed = self.retarget_enrollments(&mut tx, organization, &batch.followed(), now).await?;
        self.bump_queues(&mut tx, &followed).await?;
        tx.commit().await.map_err(store::Error::from)?;
        if !changes.is_empty() {
            self.wake().records_changed();
        }
        self.wake_queues(&followed);
        Ok(Some(results))
    }
}

/// All that a batch is decided by.
struct Batch {
    types: HashMap<RecordTypeId, RecordType>,
    sellers: HashMap<String, SellerId>,
    /// Ordered, so that every batch writes in one order.
    entries: BTreeMap<Name, Entry>,
}

impl Batch {
    /// Locks the records that there are, and loads them with their types and the sellers that are named.
    async fn load(
        conn: &mut PgConnection,
        organization: OrganizationId,
        items: &[UpsertItem],
    ) -> Result<Self, store::Error> {
        let mut entries: BTreeMap<Name, Entry> =
            items.iter().map(|item| (item.name(), Entry::default())).collect();
        let names: Vec<(RecordTypeId, &str)> = entries.keys().map(|(of, id)| (*of, id.as_str())).collect();
        let locked = records::lock(conn, organization, &names).await?;
        for record in locked {
            let name = (record.record_type, record.record_id.clone());
            entries.insert(name, Entry { record: Some(record), existed: true, ..Entry::default() });
        }
        let types: BTreeSet<Uuid> = items.iter().map(|item| item.record_type.0).collect();
        let types: Vec<Uuid> = types.into_iter().collect();
        let types = record_types::by_keys(conn, organization, &types).await?;
        let owners: BTreeSet<&String> = items.iter().filter_map(UpsertItem::new_owner).collect();
        let owners: Vec<String> = owners.into_iter().cloned().collect();
        let sellers = match owners.is_empty() {
            true => HashMap::new(),
            false => sellers::keys(conn, organization, &owners).await?,
        };
        Ok(Self { types: types.into_iter().map(|one| (one.id, one)).collect(), sellers, entries })
    }

    /// Decides one item, seeing what the ones before it did.
    fn apply(
        &mut self,
        item: &UpsertItem,
        now: DateTime<Utc>,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> Result<Upserted, Error> {
        let record_type = self.types.get(&item.record_type).ok_or(store::Error::Inconsistent {
            table: "record",
            column: "record_type_id",
            id: item.record_type.0,
        })?;
        let merge = Merge { record_type, sellers: &self.sellers, now };
        let entry = self.entries.entry(item.name()).or_default();
        let merged = merge.apply(entry.record.as_ref(), &item.upsert, mint)?;
        entry.note(item, &merged);
        Ok(Upserted { record: merged.record, effect: merged.effect })
    }

    /// Writes what changed; false if another transaction was faster with a new record.
    async fn save(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
    ) -> Result<bool, store::Error> {
        let changed = |existed| -> Vec<&Record> {
            let entries = self.entries.values().filter(|entry| entry.changed && entry.existed == existed);
            entries.filter_map(|entry| entry.record.as_ref()).collect()
        };
        let new = changed(false);
        let inserted = records::insert(conn, organization, &new).await?;
        records::update(conn, organization, &changed(true)).await?;
        Ok(inserted == new.len())
    }

    /// The records whose activities follow them, each with who changed it. A new one has none.
    fn followed(&self) -> HashMap<RecordId, Actor> {
        let entries = self.entries.values().filter(|entry| entry.existed);
        let followed = entries.filter_map(|entry| Some((entry.record.as_ref()?.id, entry.followed?)));
        followed.collect()
    }

    /// The records that segments look at.
    fn routed(&self) -> impl Iterator<Item = RecordId> {
        let routed = self.entries.values().filter(|entry| entry.routed);
        routed.filter_map(|entry| entry.record.as_ref()).map(|record| record.id)
    }
}

impl Entry {
    fn note(&mut self, item: &UpsertItem, merged: &Merged) {
        if !merged.writes() {
            return;
        }
        self.changed = true;
        self.routed |= merged.content_changed && merged.record.is_active() && !item.suppress_segmentation;
        if merged.owner_changed || merged.display_name_changed {
            self.followed = Some(item.by);
        }
        self.record = Some(merged.record.clone());
    }
}

impl UpsertItem {
    fn name(&self) -> Name {
        (self.record_type, self.upsert.record_id.clone())
    }

    fn new_owner(&self) -> Option<&String> {
        match &self.upsert.owner {
            OwnerChange::Set(chosen) => Some(chosen),
            OwnerChange::Keep | OwnerChange::Clear => None,
        }
    }
}
