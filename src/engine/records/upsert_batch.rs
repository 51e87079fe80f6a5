//! The steps of an upsert for the records of one organization: lock and load, decide item by item,
//! save.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::caller::Actor;
use crate::domain::id::{ChosenId, OrganizationId, RecordId, RecordTypeId, SellerId};
use crate::domain::record::{Effect, HINTS, Merge, Merged, OwnerChange, Record, RecordType, Upsert};
use crate::engine::frame::batch::Outcome;
use crate::engine::{Error, Kind};
use crate::store::enrollments::Locking;
use crate::store::{self, record_types, records, sellers};

/// One record of a batch.
#[derive(Clone, Debug)]
pub struct UpsertItem {
    /// The tenant.
    pub organization: OrganizationId,
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

impl Upserted {
    /// Whether the item changes something.
    pub fn writes(&self) -> bool {
        matches!(self.effect, Effect::Created | Effect::Updated)
    }
}

/// Names a record within its organization.
pub(in crate::engine) type Name = (RecordTypeId, ChosenId);

/// All that the items are decided by.
pub(in crate::engine) struct Batch {
    types: HashMap<RecordTypeId, RecordType>,
    sellers: HashMap<String, SellerId>,
    /// Records that other transactions hold.
    held: BTreeSet<Name>,
    /// Ordered, so that every batch writes in one order.
    entries: BTreeMap<Name, Entry>,
}

/// What is known of one record, and what the batch made of it.
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
    /// The seller who owned it before the batch, if somebody else does now.
    left: Option<SellerId>,
}

impl Batch {
    /// Locks the records that there are, and loads them with their types and the sellers that are
    /// named.
    pub async fn load(
        conn: &mut PgConnection,
        organization: OrganizationId,
        items: &[&UpsertItem],
        locking: Locking,
    ) -> Result<Self, store::Error> {
        let mut entries: BTreeMap<Name, Entry> =
            items.iter().map(|item| (item.name(), Entry::default())).collect();
        let names: Vec<Name> = entries.keys().cloned().collect();
        for record in records::lock(conn, organization, &names, locking).await? {
            let name = (record.record_type, record.record_id.clone());
            entries.insert(name, Entry { record: Some(record), existed: true, ..Entry::default() });
        }
        let held = match locking {
            Locking::Wait => BTreeSet::new(),
            Locking::Skip => {
                let there = records::existing(conn, organization, &names).await?;
                there
                    .into_iter()
                    .filter(|name| !entries.get(name).is_some_and(|entry| entry.existed))
                    .collect()
            }
        };
        let types: BTreeSet<Uuid> = items.iter().map(|item| item.record_type.0).collect();
        let types = record_types::by_keys(conn, organization, &Vec::from_iter(types)).await?;
        let types = types.into_iter().map(|one| (one.id, one)).collect();
        let owners: BTreeSet<String> = items.iter().filter_map(|item| item.new_owner()).cloned().collect();
        let sellers = match owners.is_empty() {
            true => HashMap::new(),
            false => sellers::keys(conn, organization, &Vec::from_iter(owners)).await?,
        };
        Ok(Self { types, sellers, held, entries })
    }

    /// Decides one item, seeing what the ones before it did.
    pub fn apply(
        &mut self,
        item: &UpsertItem,
        now: DateTime<Utc>,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> Outcome<Upserted> {
        let name = item.name();
        if self.held.contains(&name) {
            return Outcome::Held;
        }
        Outcome::Done(self.decide(item, name, now, mint))
    }

    fn decide(
        &mut self,
        item: &UpsertItem,
        name: Name,
        now: DateTime<Utc>,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> Result<Upserted, Error> {
        let record_type = self.types.get(&item.record_type).ok_or_else(|| Error::Missing {
            // It was deleted since the call began.
            kind: Kind::RecordType,
            name: format!("recordTypes/{}", item.record_type),
        })?;
        let hints = Cell::new(HINTS);
        let merge = Merge { record_type, sellers: &self.sellers, now, hints };
        let entry = self.entries.entry(name).or_default();
        let merged = merge.apply(entry.record.as_ref(), &item.upsert, mint)?;
        entry.note(item, &merged);
        Ok(Upserted { record: merged.record, effect: merged.effect })
    }

    /// Writes what changed; false if another transaction was faster with a new record.
    pub async fn save(
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
    pub fn followed(&self) -> HashMap<RecordId, Actor> {
        let entries = self.entries.values().filter(|entry| entry.existed);
        let followed = entries.filter_map(|entry| Some((entry.record.as_ref()?.id, entry.followed?)));
        followed.collect()
    }

    /// Sellers who lost a record to others.
    pub fn left(&self) -> impl Iterator<Item = SellerId> {
        self.entries.values().filter_map(|entry| entry.left)
    }

    /// The records that segments look at.
    pub fn routed(&self) -> impl Iterator<Item = RecordId> {
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
        if merged.owner_changed {
            let owner = self.record.as_ref().and_then(|record| record.owner);
            self.left = self.left.or(owner);
        }
        self.record = Some(merged.record.clone());
    }
}

impl UpsertItem {
    pub(in crate::engine) fn name(&self) -> Name {
        (self.record_type, self.upsert.record_id.clone())
    }

    fn new_owner(&self) -> Option<&String> {
        match &self.upsert.owner {
            OwnerChange::Set(chosen) => Some(chosen),
            OwnerChange::Keep | OwnerChange::Clear => None,
        }
    }
}
