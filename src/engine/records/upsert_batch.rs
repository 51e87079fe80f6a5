//! Upserts records of one organization: locks and loads them, decides item by item, saves.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::caller::Actor;
use crate::domain::id::{ChosenId, OrganizationId, RecordId, RecordTypeId, SellerId};
use crate::domain::names;
use crate::domain::record::{Attributes, Effect, HINTS, Merge, Merged, Record, RecordType, Upsert};
use crate::domain::refusal::Refusal;
use crate::domain::related::{Reference, RelatedChange, different};
use crate::engine::frame::batch::Outcome;
use crate::engine::{Error, Kind};
use crate::store::enrollments::Locking;
use crate::store::records::references::Referring;
use crate::store::records::tombstones::{Fingerprint, Tombstone, fingerprint};
use crate::store::records::values::Indexed;
use crate::store::{self, records, tenants};

/// One record of a batch.
#[derive(Clone, Debug)]
pub struct UpsertItem {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The record's type.
    pub record_type: RecordTypeId,
    /// The chosen id of that type.
    pub record_type_id: ChosenId,
    /// The new values.
    pub upsert: Upsert,
    /// True if segments ignore this change.
    pub suppress_segmentation: bool,
    /// The caller.
    pub by: Actor,
}

/// The result of one item of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Upserted {
    /// The chosen id of the record.
    pub record_id: ChosenId,
    /// The record after its item. `None` if it was deleted, and the item is older than that.
    pub record: Option<Record>,
    /// What the item did to it.
    pub effect: Effect,
    /// True if the item's owner isn't a seller.
    pub owner_unknown: bool,
}

impl Upserted {
    /// Returns true if the item changes something.
    pub fn writes(&self) -> bool {
        matches!(self.effect, Effect::Created | Effect::Updated)
    }
}

/// Identifies a record within its organization.
pub(in crate::engine) type RecordName = (RecordTypeId, ChosenId);

/// What the items are decided by, and the results so far.
pub(in crate::engine) struct UpsertBatch {
    types: HashMap<RecordTypeId, RecordType>,
    sellers: HashMap<String, SellerId>,
    /// Records that other transactions hold.
    held: BTreeSet<RecordName>,
    /// What deleted records left.
    deleted: HashMap<Fingerprint, Tombstone>,
    /// In order of name, so that all batches write in the same order and can't deadlock.
    entries: BTreeMap<RecordName, RecordEntry>,
    /// How many more unknown names get a suggestion, over all items.
    hints: usize,
}

/// One record: its current state, and what the batch did to it.
#[derive(Default)]
struct RecordEntry {
    /// `None` until it is created.
    record: Option<Record>,
    /// True if its row existed before the batch.
    existed: bool,
    changed: bool,
    /// True if segments have to evaluate it.
    routed: bool,
    /// Who changed its owner, display name or reach, if anybody did: its open activities follow.
    followed: Option<Actor>,
    /// Who changed its content, if anybody did: it may have reached a goal.
    changed_by: Option<Actor>,
    /// The seller who owned it before the batch, if the owner changed.
    left: Option<SellerId>,
    /// What it referred to before the batch. `None` unless it changed and its type has references.
    referred: Option<BTreeMap<String, Reference>>,
    /// The keys by which indexes found it before the batch. `None` unless it changed and its type
    /// has indexes.
    found_by: Option<BTreeMap<String, String>>,
    /// What others who refer to it have to be told: the attributes that changed.
    told: BTreeSet<String>,
}

/// What is kept beside records by attribute: what is new, and the attributes that have nothing any
/// more.
type Beside<'a, T> = (Vec<(&'a Record, String, T)>, Vec<(RecordId, String)>);

impl UpsertBatch {
    /// Locks the records that exist, and loads them, their types and the sellers that the items
    /// name as owners.
    pub async fn load(
        conn: &mut PgConnection,
        organization: OrganizationId,
        items: &[UpsertItem],
        locking: Locking,
    ) -> Result<Self, store::Error> {
        let mut entries: BTreeMap<RecordName, RecordEntry> =
            items.iter().map(|item| (item.name(), RecordEntry::default())).collect();
        let names: Vec<RecordName> = entries.keys().cloned().collect();
        for record in records::lock(conn, organization, &names, locking).await? {
            let name = (record.record_type, record.record_id.clone());
            entries.insert(name, RecordEntry::of(record));
        }

        // A record that exists but wasn't locked is held by another transaction.
        let held = match locking {
            Locking::Wait => BTreeSet::new(),
            Locking::Skip => {
                let exists = records::existing(conn, organization, &names).await?.into_iter();
                exists.filter(|name| !entries.get(name).is_some_and(|entry| entry.existed)).collect()
            }
        };

        // After the locks: whoever deleted a record that was waited for has committed.
        let absent = |item: &&UpsertItem| !entries.get(&item.name()).is_some_and(|entry| entry.existed);
        let absent: BTreeSet<Fingerprint> =
            items.iter().filter(absent).map(|item| fingerprint(&item.name())).collect();
        let deleted = records::tombstones::find(conn, organization, &Vec::from_iter(absent)).await?;

        let types: BTreeSet<Uuid> = items.iter().map(|item| item.record_type.0).collect();
        let types = records::types::by_keys(conn, organization, &Vec::from_iter(types)).await?;
        let types = types.into_iter().map(|one| (one.id, one)).collect();

        let owners = items.iter().filter_map(|item| item.upsert.owner.named());
        let owners: BTreeSet<String> = owners.cloned().collect();
        let sellers = match owners.is_empty() {
            true => HashMap::new(),
            false => tenants::sellers::hold(conn, organization, &Vec::from_iter(owners)).await?,
        };
        Ok(Self { types, sellers, held, deleted, entries, hints: HINTS })
    }

    /// Returns a record as it is now. `None` if it doesn't exist.
    pub fn record(&self, name: &RecordName) -> Option<&Record> {
        self.entries.get(name)?.record.as_ref()
    }

    /// Returns the records that were merged into others, each with the id of the one that survived.
    pub fn survivors(&self) -> HashMap<RecordName, ChosenId> {
        // Hardly any batch brings a deleted record.
        let none = self.deleted.is_empty();
        let absent = self.entries.iter().filter(|(_, entry)| !none && !entry.existed);
        let survivor = |name| self.deleted.get(&fingerprint(name))?.survivor.clone();
        absent.filter_map(|(name, _)| Some((name.clone(), survivor(name)?))).collect()
    }

    /// Returns the seller with this chosen id, if items name one.
    pub fn seller(&self, chosen: &str) -> Option<SellerId> {
        self.sellers.get(chosen).copied()
    }

    /// Loads more sellers that items name as owners.
    pub async fn load_sellers(
        &mut self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        named: &BTreeSet<String>,
    ) -> Result<(), store::Error> {
        if !named.is_empty() {
            let named = Vec::from_iter(named.iter().cloned());
            self.sellers.extend(tenants::sellers::hold(conn, organization, &named).await?);
        }
        Ok(())
    }

    /// Decides one item, which sees the results of the items before it.
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
        name: RecordName,
        now: DateTime<Utc>,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> Result<Upserted, Error> {
        let record_type = self.types.get(&item.record_type).ok_or_else(|| Error::Missing {
            // It was deleted since the call began.
            kind: Kind::RecordType,
            name: names::RECORD_TYPE.name([&item.record_type_id]),
        })?;

        let hints = Cell::new(self.hints);
        let merge = Merge { record_type, sellers: &self.sellers, now, hints };
        let tombstone = self.tombstone(item, &name);
        let entry = self.entries.entry(name).or_default();
        let is_erased = tombstone.as_ref().is_some_and(|left| left.erased);
        if is_erased && entry.record.is_none() {
            let ids = [item.record_type_id.as_str(), item.upsert.record_id.as_str()];
            return Err(Refusal::RecordErased { record: names::RECORD.name(ids) }.into());
        }
        if entry.record.is_none() && tombstone.is_some() {
            let record_id = item.upsert.record_id.clone();
            let effect = Effect::Outdated;
            return Ok(Upserted { record_id, record: None, effect, owner_unknown: false });
        }

        let merged = merge.apply(entry.record.as_ref(), &item.upsert, mint);
        self.hints = merge.hints.get();
        let merged = merged?;

        // Only after the merge: a refused item leaves the entry as it was.
        entry.note(item, record_type, &merged);
        let record_id = item.upsert.record_id.clone();
        let Merged { record, effect, owner_unknown, .. } = merged;
        Ok(Upserted { record_id, record: Some(record), effect, owner_unknown })
    }

    /// Returns what keeps the item from making the record again: it was erased, or deleted at this
    /// version of the CRM's or a newer one.
    fn tombstone(&self, item: &UpsertItem, name: &RecordName) -> Option<Tombstone> {
        // Hardly any batch brings a deleted record.
        if self.deleted.is_empty() {
            return None;
        }
        let left = self.deleted.get(&fingerprint(name)).cloned();
        left.filter(|left| left.stops(item.upsert.source_version))
    }

    /// Writes the changes. Returns false if another transaction created one of the new records
    /// first, or even deleted it again, or changed the type of one.
    pub async fn save(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
    ) -> Result<bool, store::Error> {
        let changed = |existed| -> Vec<&Record> {
            let entries = self.entries.values();
            let changed = entries.filter(|entry| entry.changed && entry.existed == existed);
            changed.filter_map(|entry| entry.record.as_ref()).collect()
        };
        let version = |record: &Record| Some(self.types.get(&record.record_type)?.version);
        let new = changed(false).into_iter();
        let new: Vec<_> = new.filter_map(|record| Some((record, version(record)?))).collect();
        let inserted = records::insert(conn, organization, &new).await?;
        records::update(conn, organization, &changed(true)).await?;
        self.save_beside(conn, organization).await?;
        Ok(inserted == new.len() && !deleted_meanwhile(conn, organization, &new).await?)
    }

    /// Writes what is kept beside the records: what they refer to, and by what indexes find them.
    async fn save_beside(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
    ) -> Result<(), store::Error> {
        let (referring, cleared) = self.kept_beside(|entry| entry.referred.as_ref(), Record::references);
        let referring = referring.into_iter().map(|(of, _, one)| (of.id, of.record_type, one));
        let referring: Vec<Referring> = referring.collect();
        records::references::remove(conn, organization, &cleared).await?;
        records::references::save(conn, organization, &referring).await?;

        let (indexed, left) = self.kept_beside(|entry| entry.found_by.as_ref(), Record::index_keys);
        let indexed = indexed.into_iter().map(|(of, attribute, key)| {
            let (record, record_type) = (of.id, of.record_type);
            Indexed { record, record_type, attribute, key }
        });
        let indexed: Vec<Indexed> = indexed.collect();
        records::values::remove(conn, organization, &left).await?;
        records::values::save(conn, organization, &indexed).await
    }

    /// Returns the records whose open activities have to follow them, and who changed each one.
    pub fn followed(&self) -> HashMap<RecordId, Actor> {
        // A new record has no activities yet.
        let entries = self.entries.values().filter(|entry| entry.existed);
        entries.filter_map(|entry| Some((entry.record.as_ref()?.id, entry.followed?))).collect()
    }

    /// Returns the records that may have reached a goal, and who changed each one.
    pub fn changed(&self) -> HashMap<RecordId, Actor> {
        // A new record has no enrollments yet.
        let entries = self.entries.values().filter(|entry| entry.existed);
        entries.filter_map(|entry| Some((entry.record.as_ref()?.id, entry.changed_by?))).collect()
    }

    /// Compares what is kept beside the records with what it was before the batch.
    fn kept_beside<T: PartialEq>(
        &self,
        before: impl Fn(&RecordEntry) -> Option<&BTreeMap<String, T>>,
        after: impl Fn(&Record, &RecordType) -> BTreeMap<String, T>,
    ) -> Beside<'_, T> {
        let (mut new, mut gone) = (Vec::new(), Vec::new());
        for entry in self.entries.values() {
            let (Some(record), Some(before)) = (&entry.record, before(entry)) else { continue };
            let Some(record_type) = self.types.get(&record.record_type) else { continue };

            let after = after(record, record_type);
            let cleared = before.keys().filter(|attribute| !after.contains_key(*attribute));
            gone.extend(cleared.map(|attribute| (record.id, attribute.clone())));
            let changed = after.into_iter().filter(|(attribute, one)| before.get(attribute) != Some(one));
            new.extend(changed.map(|(attribute, one)| (record, attribute, one)));
        }
        (new, gone)
    }

    /// Returns the changes that matter to records which refer to the changed ones.
    pub fn related(&self) -> impl Iterator<Item = RelatedChange> {
        let told = self.entries.values().filter(|entry| !entry.told.is_empty());
        told.filter_map(|entry| {
            let record = entry.record.as_ref()?;
            let (record_type, record_id) = (record.record_type, record.record_id.to_string());
            Some(RelatedChange { record_type, record_id, attributes: entry.told.clone() })
        })
    }

    /// Returns the sellers who lost a record.
    pub fn left(&self) -> impl Iterator<Item = SellerId> {
        self.entries.values().filter_map(|entry| entry.left)
    }

    /// Returns the records that segments have to evaluate.
    pub fn routed(&self) -> impl Iterator<Item = RecordId> {
        let routed = self.entries.values().filter(|entry| entry.routed);
        routed.filter_map(|entry| entry.record.as_ref()).map(|record| record.id)
    }
}

/// True if one of these new records was erased by others since the batch looked, or created and
/// deleted in a version that is at least as new.
async fn deleted_meanwhile(
    conn: &mut PgConnection,
    organization: OrganizationId,
    new: &[(&Record, i64)],
) -> Result<bool, store::Error> {
    let named = new.iter().map(|(record, _)| {
        (fingerprint(&(record.record_type, record.record_id.clone())), record.source_version)
    });
    let named: BTreeMap<Fingerprint, i64> = named.collect();

    let names: Vec<Fingerprint> = named.keys().cloned().collect();
    let deleted = records::tombstones::find(conn, organization, &names).await?;
    Ok(deleted.iter().any(|(name, left)| named.get(name).is_some_and(|version| left.stops(*version))))
}

impl RecordEntry {
    fn of(record: Record) -> Self {
        Self { record: Some(record), existed: true, ..Self::default() }
    }

    fn note(&mut self, item: &UpsertItem, record_type: &RecordType, merged: &Merged) {
        if !merged.writes() {
            return;
        }

        // The first change counts, like below: only what was there before the batch is compared.
        let before = self.record.as_ref();
        if !record_type.related.is_empty() {
            let references = || before.map(|record| record.references(record_type)).unwrap_or_default();
            self.referred.get_or_insert_with(references);
        }
        if !record_type.indexes.is_empty() {
            let keys = || before.map(|record| record.index_keys(record_type)).unwrap_or_default();
            self.found_by.get_or_insert_with(keys);
        }

        // Even of a closed record.
        if record_type.referred && merged.content_changed && !item.suppress_segmentation {
            let before = before.map(|record| &record.attributes);
            self.told.extend(different(before.unwrap_or(&Attributes::new()), &merged.record.attributes));
        }

        self.changed = true;
        let evaluates = merged.content_changed && merged.record.is_active();
        self.routed |= evaluates && !item.suppress_segmentation;
        if evaluates {
            self.changed_by = Some(item.by);
        }
        if merged.owner_changed || merged.display_name_changed || merged.reach_changed {
            self.followed = Some(item.by);
        }
        if merged.owner_changed {
            // The first owner counts: only that one's queue showed the record before the batch.
            let owner = before.and_then(|record| record.owner);
            self.left = self.left.or(owner);
        }
        self.record = Some(merged.record.clone());
    }
}

impl UpsertItem {
    pub(in crate::engine) fn name(&self) -> RecordName {
        (self.record_type, self.upsert.record_id.clone())
    }
}
