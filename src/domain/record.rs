//! Records, the rows of the CRM: how an upsert changes a record, and how a record is closed.

use std::cell::Cell;
use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::attribute::AttributeType;
use super::attribute_values::Declarations;
use super::consent::Reach;
use super::id::{ChosenId, OrganizationId, RecordId, RecordTypeId, SellerId};
use super::names;
use super::reason::Reason;
use super::violation::Violations;

pub use super::record_size::{LARGEST_ATTRIBUTES, LARGEST_RECORD, LONGEST_TEXT, check_text};
pub use super::record_state::{CloseOutcome, RecordState};
pub use super::record_type::{
    DEFAULT, Declared, Declined, MOST_ATTRIBUTES, RecordType, Roles, built_in_types,
};

/// Attribute values in their stored form, by name. A missing value has no entry.
pub type Attributes = Map<String, Value>;

/// The ids that callers chose for a record and for its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordName {
    /// The chosen id of its type.
    pub record_type: ChosenId,
    /// Its own chosen id.
    pub id: ChosenId,
}

/// One row of the CRM.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The key. Keys are minted in creation order.
    pub id: RecordId,
    /// The record type.
    pub record_type: RecordTypeId,
    /// The id that the caller chose.
    pub record_id: ChosenId,
    /// The attribute values that the CRM sent.
    pub attributes: Attributes,
    /// The seller who owns it, or `None`.
    pub owner: Option<SellerId>,
    /// Active or closed.
    pub state: RecordState,
    /// The CRM's own version, as last sent; 0 if it never sent one.
    pub source_version: i64,
    /// When the person unsubscribed from emails, or `None`. Engagement events change it.
    pub unsubscribe_time: Option<DateTime<Utc>>,
    /// Increases with every change.
    pub version: i64,
    /// When the record was created.
    pub create_time: DateTime<Utc>,
    /// When the record was last changed.
    pub update_time: DateTime<Utc>,
}

impl Record {
    /// True if the record can enter segments and sequences.
    pub fn is_active(&self) -> bool {
        self.state == RecordState::Active
    }

    /// True if a change with this version of the CRM's comes too late. One without a version (0)
    /// never does.
    pub fn outdates(&self, source_version: i64) -> bool {
        source_version != 0 && source_version < self.source_version
    }

    /// Returns the value of the attribute that the record type uses as display name, or the
    /// record's id if that attribute is missing or empty.
    pub fn display_name<'a>(&'a self, record_type: &RecordType) -> &'a str {
        match self.attributes.get(&record_type.roles.display_name) {
            // People need something to read, so an empty name counts as missing.
            Some(Value::String(name)) if !name.is_empty() => name,
            _ => self.record_id.as_str(),
        }
    }

    /// Returns what the record says about reaching its person, by the attributes that its type uses
    /// for that.
    pub fn reach(&self, record_type: &RecordType) -> Reach {
        let roles = &record_type.roles;
        let is_true = |name: &str| self.attributes.get(name) == Some(&Value::Bool(true));
        let is_there =
            |name: &str| matches!(self.attributes.get(name), Some(Value::String(text)) if !text.is_empty());
        Reach {
            do_not_email: is_true(&roles.do_not_email),
            email: is_there(&roles.email),
            unsubscribed: self.unsubscribe_time.is_some(),
            do_not_phone: is_true(&roles.do_not_phone),
            phone: roles.phones.iter().any(|phone| is_there(phone)),
        }
    }

    /// The resource name: `recordTypes/{record_type}/records/{record}`.
    pub fn name(&self, record_type: &RecordType) -> String {
        names::RECORD.name([&record_type.record_type_id, &self.record_id])
    }
}

/// A caller's changes to one record. Omitted attributes keep their values.
#[derive(Clone, Debug, PartialEq)]
pub struct Upsert {
    /// The id that the caller chose.
    pub record_id: ChosenId,
    /// The change of owner, if any.
    pub owner: OwnerChange,
    /// The attributes to set. Null or an empty text clears an attribute.
    pub attributes: Map<String, Value>,
    /// The CRM's version of the record; 0 if the CRM has no versions.
    pub source_version: i64,
}

/// A change of a record's owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnerChange {
    /// The owner stays.
    Keep,
    /// The record has no owner afterwards.
    Clear,
    /// The seller with this chosen id becomes the owner.
    Set(String),
    /// The seller with this chosen id becomes the owner. If there is none, or the given name can't
    /// be a seller's (`None`), the owner stays.
    SetIfKnown(Option<String>),
}

impl OwnerChange {
    /// The chosen id of the seller who is to become the owner.
    pub fn named(&self) -> Option<&String> {
        match self {
            OwnerChange::Keep | OwnerChange::Clear => None,
            OwnerChange::Set(chosen) => Some(chosen),
            OwnerChange::SetIfKnown(chosen) => chosen.as_ref(),
        }
    }
}

/// The effect of an upsert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The record was created.
    Created,
    /// The record changed.
    Updated,
    /// The record already had all these values.
    Unchanged,
    /// The upsert was ignored: its version is older than the last accepted one.
    Outdated,
}

/// The result of an upsert.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The record after the upsert.
    pub record: Record,
    /// The effect of the upsert.
    pub effect: Effect,
    /// True if the result of a condition may have changed. A new source version alone doesn't
    /// count.
    pub content_changed: bool,
    /// True if an existing record has a different owner now.
    pub owner_changed: bool,
    /// True if an existing record has a different display name now.
    pub display_name_changed: bool,
    /// True if an existing record says something else now about reaching its person.
    pub reach_changed: bool,
    /// True if the given owner isn't a seller.
    pub owner_unknown: bool,
}

/// Everything needed to apply upserts of one record type.
pub struct Merge<'a> {
    /// The record type.
    pub record_type: &'a RecordType,
    /// The existing sellers that the upserts name, by chosen id.
    pub sellers: &'a HashMap<String, SellerId>,
    /// The time of the batch.
    pub now: DateTime<Utc>,
    /// How many more unknown names get a suggestion. Starts at [`HINTS`].
    pub hints: Cell<usize>,
}

/// How many unknown names of a batch get a suggestion of the nearest known name.
pub const HINTS: usize = 8;

impl Merge<'_> {
    /// Applies an upsert to the current record, or creates a record with a key from `mint`.
    ///
    /// # Errors
    /// Everything that is wrong with the upsert. Paths are relative to it: `owner`,
    /// `attributes.origin`.
    pub fn apply(
        &self,
        current: Option<&Record>,
        upsert: &Upsert,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> Result<Merged, Violations> {
        // An outdated upsert is ignored without a check: its content no longer matters.
        let accepted = current.map_or(0, |record| record.source_version);
        if let Some(current) = current.filter(|current| current.outdates(upsert.source_version)) {
            return Ok(Merged::nothing(current.clone(), Effect::Outdated));
        }

        let mut found = Violations::new();
        let owned_by = current.and_then(|record| record.owner);
        let owner = found.keep("owner", self.owner(&upsert.owner, owned_by));
        // Both parts are checked before either is refused, so that all problems are reported at
        // once.
        let before = current.map(|record| &record.attributes);
        let attributes = found.keep("attributes", self.attributes(before, &upsert.attributes));
        let (Some(owner), Some(attributes)) = (owner, attributes) else { return Err(found) };

        // An upsert without a version (0) keeps the accepted one.
        let source_version = accepted.max(upsert.source_version);
        let merged = match current {
            None => self.created(upsert, owner, attributes, mint),
            Some(current) => self.updated(current, owner, attributes, source_version),
        };
        let owner_unknown = self.is_unknown(&upsert.owner);
        Ok(Merged { owner_unknown, ..merged })
    }

    fn created(
        &self,
        upsert: &Upsert,
        owner: Option<SellerId>,
        attributes: Attributes,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> Merged {
        let record = Record {
            organization: self.record_type.organization,
            id: RecordId(mint()),
            record_type: self.record_type.id,
            record_id: upsert.record_id.clone(),
            attributes,
            owner,
            state: RecordState::Active,
            source_version: upsert.source_version,
            unsubscribe_time: None,
            version: 1,
            create_time: self.now,
            update_time: self.now,
        };

        Merged { content_changed: true, ..Merged::nothing(record, Effect::Created) }
    }

    fn updated(
        &self,
        current: &Record,
        owner: Option<SellerId>,
        attributes: Attributes,
        source_version: i64,
    ) -> Merged {
        let owner_changed = owner != current.owner;
        let content_changed = owner_changed || !self.same(&attributes, &current.attributes);

        // A newer version is stored even without new content, so that an upsert with a version
        // between the two is ignored.
        if !content_changed && source_version == current.source_version {
            return Merged::nothing(current.clone(), Effect::Unchanged);
        }

        let record = Record {
            owner,
            attributes,
            source_version,
            version: current.version + 1,
            update_time: self.now,
            ..current.clone()
        };

        let display_name_changed =
            record.display_name(self.record_type) != current.display_name(self.record_type);
        let reach_changed = record.reach(self.record_type) != current.reach(self.record_type);
        Merged {
            content_changed,
            owner_changed,
            display_name_changed,
            reach_changed,
            ..Merged::nothing(record, Effect::Updated)
        }
    }

    fn owner(&self, change: &OwnerChange, current: Option<SellerId>) -> Result<Option<SellerId>, Violations> {
        match change {
            OwnerChange::Keep => Ok(current),
            OwnerChange::Clear => Ok(None),
            OwnerChange::SetIfKnown(chosen) => {
                Ok(chosen.as_ref().and_then(|chosen| self.sellers.get(chosen)).copied().or(current))
            }
            OwnerChange::Set(chosen) => self.sellers.get(chosen).copied().map(Some).ok_or_else(|| {
                let description =
                    format!("must name an existing seller, {} doesn't exist", names::SELLER.name([chosen]));
                Violations::one("", Reason::ReferenceNotFound, description)
            }),
        }
    }

    fn is_unknown(&self, change: &OwnerChange) -> bool {
        match change {
            OwnerChange::SetIfKnown(chosen) => {
                !chosen.as_ref().is_some_and(|chosen| self.sellers.contains_key(chosen))
            }
            OwnerChange::Keep | OwnerChange::Clear | OwnerChange::Set(_) => false,
        }
    }

    /// Returns the attributes after the upsert. Paths of violations are relative to the attributes.
    fn attributes(
        &self,
        current: Option<&Attributes>,
        given: &Map<String, Value>,
    ) -> Result<Attributes, Violations> {
        let RecordType { attributes: types, record_type_id, .. } = self.record_type;
        let of = record_type_id.as_str();
        Declarations { types, of, largest: LARGEST_RECORD, hints: &self.hints }.merge(current, given)
    }

    /// True if both have the same values. Doubles are compared as numbers, because the database
    /// returns them in a different notation (`1e16` comes back as digits).
    fn same(&self, one: &Attributes, other: &Attributes) -> bool {
        // Maps iterate in name order, so equal maps pair up.
        one.len() == other.len()
            && one.iter().zip(other).all(|((name, value), (other_name, other_value))| {
                let declared = || self.record_type.attribute(name);
                let is_double = || matches!(declared(), Some(AttributeType::Double));
                let same_number = || is_double() && value.as_f64() == other_value.as_f64();
                name == other_name && (value == other_value || same_number())
            })
    }
}

impl Merged {
    fn nothing(record: Record, effect: Effect) -> Self {
        Self {
            record,
            effect,
            content_changed: false,
            owner_changed: false,
            display_name_changed: false,
            reach_changed: false,
            owner_unknown: false,
        }
    }

    /// True if the record must be written.
    pub fn writes(&self) -> bool {
        matches!(self.effect, Effect::Created | Effect::Updated)
    }
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
