//! Records: one row of the CRM each, how an upsert changes one, and how one is closed.

use std::cell::Cell;
use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::attribute::AttributeType;
use super::condition::suggest;
use super::id::{ChosenId, OrganizationId, RecordId, RecordTypeId, SellerId};
use super::refusal::{Reason, Refusal};
use super::violation::Violations;

pub use super::record_type::{
    DEFAULT, Declared, Declined, MAX_ATTRIBUTES, RecordType, Roles, built_in_types,
};

/// Characters that a text may have at most.
pub const LONGEST_TEXT: usize = 32_768;
/// Bytes that the attributes of one upsert may have at most, as JSON.
pub const LARGEST_ATTRIBUTES: usize = 256 * 1024;
/// Bytes of all names and values of a record at most: a client reads a record in one message.
pub const LARGEST_RECORD: usize = 1 << 20;

/// Declared attributes in their stored form, by name; what is missing isn't in it.
pub type Attributes = Map<String, Value>;

/// One row of the CRM.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The tenant.
    pub organization: OrganizationId,
    /// The key. Keys are minted in the order in which records are created.
    pub id: RecordId,
    /// The record type.
    pub record_type: RecordTypeId,
    /// The id that the caller chose.
    pub record_id: ChosenId,
    /// What the CRM says of it.
    pub attributes: Attributes,
    /// The seller who owns it.
    pub owner: Option<SellerId>,
    /// Whether work goes on.
    pub state: RecordState,
    /// The CRM's own version, as last given; 0 if never.
    pub source_version: i64,
    /// Goes up with every change.
    pub version: i64,
    /// When it was made.
    pub create_time: DateTime<Utc>,
    /// When it was last changed.
    pub update_time: DateTime<Utc>,
}

/// Whether work goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordState {
    /// Can be segmented and enrolled.
    Active,
    /// In no segment and no sequence.
    Closed {
        /// How it ended.
        outcome: CloseOutcome,
        /// When.
        at: DateTime<Utc>,
    },
}

/// How a record ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseOutcome {
    /// A lead that became more.
    Qualified,
    /// A lead that won't.
    Disqualified,
    /// A deal made.
    Won,
    /// A deal not made.
    Lost,
    /// Something else.
    Other,
}

impl CloseOutcome {
    /// Every outcome.
    pub const ALL: [CloseOutcome; 5] = [
        CloseOutcome::Qualified,
        CloseOutcome::Disqualified,
        CloseOutcome::Won,
        CloseOutcome::Lost,
        CloseOutcome::Other,
    ];

    /// The word on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            CloseOutcome::Qualified => "QUALIFIED",
            CloseOutcome::Disqualified => "DISQUALIFIED",
            CloseOutcome::Won => "WON",
            CloseOutcome::Lost => "LOST",
            CloseOutcome::Other => "OTHER",
        }
    }
}

impl Record {
    /// Whether it can be segmented and enrolled.
    pub fn is_active(&self) -> bool {
        self.state == RecordState::Active
    }

    /// What people call it: the attribute that its type says, else its id.
    pub fn display_name<'a>(&'a self, record_type: &RecordType) -> &'a str {
        match self.attributes.get(&record_type.roles.display_name) {
            Some(Value::String(name)) if !name.is_empty() => name,
            _ => self.record_id.as_str(),
        }
    }

    /// `recordTypes/{record_type}/records/{record}`.
    pub fn name(&self, record_type: &RecordType) -> String {
        format!("{}/records/{}", record_type.name(), self.record_id)
    }

    /// Closes it.
    ///
    /// # Errors
    /// It is closed.
    pub fn close(
        self,
        outcome: CloseOutcome,
        record_type: &RecordType,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        if !self.is_active() {
            return Err(Refusal::RecordClosed { record: self.name(record_type) });
        }
        let state = RecordState::Closed { outcome, at: now };
        Ok(Self { state, version: self.version + 1, update_time: now, ..self })
    }
}

/// What a caller says of one record. What is omitted stays as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Upsert {
    /// The caller's own id.
    pub record_id: ChosenId,
    /// What becomes of the owner.
    pub owner: OwnerChange,
    /// Attributes to set; null or an empty text clears one.
    pub attributes: Map<String, Value>,
    /// The CRM's version of the row; 0 if it has none.
    pub source_version: i64,
}

/// What becomes of a record's owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnerChange {
    /// Stays.
    Keep,
    /// Nobody owns it.
    Clear,
    /// The seller with this chosen id owns it.
    Set(String),
}

/// What an upsert did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The record is new.
    Created,
    /// Something of it changed.
    Updated,
    /// It said all that already.
    Unchanged,
    /// The upsert's version was older than the last accepted.
    Outdated,
}

/// What an upsert comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The record as it now stands.
    pub record: Record,
    /// What was done.
    pub effect: Effect,
    /// Whether conditions may see it with other eyes: more changed than the CRM's version.
    pub content_changed: bool,
    /// Whether it has another owner than before.
    pub owner_changed: bool,
    /// Whether people call it something else than before.
    pub display_name_changed: bool,
}

/// What upserts of one record type are judged by.
pub struct Merge<'a> {
    /// The record type.
    pub record_type: &'a RecordType,
    /// The sellers that upserts may name, by chosen id.
    pub sellers: &'a HashMap<String, SellerId>,
    /// The instant of the batch.
    pub now: DateTime<Utc>,
    /// For how many more unknown names the nearest known one is looked for; [`HINTS`] at first.
    pub hints: Cell<usize>,
}

/// For how many unknown names of a batch the nearest known one is told.
pub const HINTS: usize = 8;

impl Merge<'_> {
    /// Brings an upsert into the record as it stands; a new one is keyed by `mint`.
    ///
    /// # Errors
    /// Everything wrong with it. Paths begin at the upsert: `owner`, `attributes.origin`.
    pub fn apply(
        &self,
        current: Option<&Record>,
        upsert: &Upsert,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> Result<Merged, Violations> {
        let accepted = current.map_or(0, |record| record.source_version);
        if let Some(current) = current
            && upsert.source_version != 0
            && upsert.source_version < accepted
        {
            return Ok(Merged::nothing(current.clone(), Effect::Outdated));
        }
        let mut found = Violations::new();
        let owner = found.keep("owner", self.owner(&upsert.owner, current.and_then(|record| record.owner)));
        let before = current.map(|record| &record.attributes);
        let attributes = found.keep("attributes", self.attributes(before, &upsert.attributes));
        let (Some(owner), Some(attributes)) = (owner, attributes) else { return Err(found) };
        let source_version = accepted.max(upsert.source_version);
        Ok(match current {
            None => self.created(upsert, owner, attributes, mint),
            Some(current) => self.updated(current, owner, attributes, source_version),
        })
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
        Merged { record, effect: Effect::Updated, content_changed, owner_changed, display_name_changed }
    }

    fn owner(&self, change: &OwnerChange, current: Option<SellerId>) -> Result<Option<SellerId>, Violations> {
        match change {
            OwnerChange::Keep => Ok(current),
            OwnerChange::Clear => Ok(None),
            OwnerChange::Set(chosen) => self.sellers.get(chosen).copied().map(Some).ok_or_else(|| {
                let description = format!("must name a seller, sellers/{chosen} doesn't exist");
                Violations::one("", Reason::ReferenceNotFound, description)
            }),
        }
    }

    /// The attributes after the upsert. Paths begin at them.
    fn attributes(
        &self,
        current: Option<&Attributes>,
        given: &Map<String, Value>,
    ) -> Result<Attributes, Violations> {
        // What is far too much is refused before its parts are looked at.
        check_size(given)?;

        let mut found = Violations::new();
        let mut attributes = current.cloned().unwrap_or_default();
        // What is left of a deleted attribute goes with the first upsert, or with its operation.
        attributes.retain(|name, _| self.record_type.attribute(name).is_some());
        for (name, value) in given {
            match self.stored(name, value) {
                Ok(Some(stored)) => _ = attributes.insert(name.clone(), stored),
                Ok(None) => _ = attributes.remove(name),
                Err(violations) => found.extend_under(&path(name), violations),
            }
        }

        let bytes = bytes(&attributes);
        if bytes > LARGEST_RECORD && bytes > current.map_or(0, self::bytes) {
            let rule = format!(
                "must be at most {LARGEST_RECORD} bytes with those that the record has, would be {bytes}"
            );
            found.push("", Reason::FieldTooLong, rule);
        }
        found.into_result(attributes)
    }

    /// The stored form of a value; none if it clears the attribute.
    fn stored(&self, name: &str, value: &Value) -> Result<Option<Value>, Violations> {
        let Some(declared) = self.record_type.attribute(name) else {
            let hint = match self.nearest(name) {
                Some(near) => format!(", did you mean {near}?"),
                None => "; declare it first".to_owned(),
            };
            let record_type = &self.record_type.record_type_id;
            let description = format!("isn't a declared attribute of {record_type}{hint}");
            return Err(Violations::one("", Reason::AttributeUnknown, description));
        };
        // Systems that send everything as text send a missing value as an empty one.
        if value.is_null() || value.as_str().is_some_and(str::is_empty) {
            return Ok(None);
        }
        let invalid = |rule: String| Violations::one("", Reason::AttributeValueInvalid, rule);
        let stored = declared.coerce(value).map_err(invalid)?;
        check_text(&stored).map_err(invalid)?;
        Ok(Some(stored))
    }

    /// The declared name that an unknown one was probably meant to be. Looking for it takes as long
    /// as many records, so it is done for a few names of a batch only.
    fn nearest(&self, name: &str) -> Option<&str> {
        let hints = self.hints.get().checked_sub(1)?;
        self.hints.set(hints);
        suggest::nearest(name, self.record_type.attributes.keys().map(|name| name.as_str()))
    }

    /// Whether both say the same. The database gives numbers back in its own words (`1e16` as
    /// digits), so numbers compare as what they are.
    fn same(&self, one: &Attributes, other: &Attributes) -> bool {
        one.len() == other.len()
            && one.iter().zip(other).all(|((name, value), (other_name, other_value))| {
                let is_double = || matches!(self.record_type.attribute(name), Some(AttributeType::Double));
                name == other_name
                    && (value == other_value || (is_double() && value.as_f64() == other_value.as_f64()))
            })
    }
}

impl Merged {
    fn nothing(record: Record, effect: Effect) -> Self {
        Self { record, effect, content_changed: false, owner_changed: false, display_name_changed: false }
    }

    /// Whether there is something to write.
    pub fn writes(&self) -> bool {
        matches!(self.effect, Effect::Created | Effect::Updated)
    }
}

/// An attribute's place below the attributes.
fn path(name: &str) -> String {
    let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let short: String = name.chars().take(LONGEST_NAME_SHOWN).collect();
    if plain { short } else { format!("[{short:?}]") }
}

/// Characters of an unknown attribute's name that a violation repeats.
const LONGEST_NAME_SHOWN: usize = 64;

/// Bytes of all names and values of a record.
fn bytes(attributes: &Attributes) -> usize {
    attributes.iter().map(|(name, value)| name.len() + value_bytes(value)).sum()
}

/// Bytes of a stored value: of its texts, or about as many as the others are written with.
fn value_bytes(value: &Value) -> usize {
    const OTHERS: usize = 8;
    match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(|item| value_bytes(item) + OTHERS).sum(),
        _ => OTHERS,
    }
}

fn check_size(given: &Map<String, Value>) -> Result<(), Violations> {
    if given.len() > MAX_ATTRIBUTES {
        let description = format!("must be at most {MAX_ATTRIBUTES} attributes, are {}", given.len());
        return Err(Violations::one("", Reason::FieldTooLong, description));
    }
    let size = serde_json::to_string(given).map_or(0, |text| text.len());
    if size > LARGEST_ATTRIBUTES {
        let description = format!("must be at most {LARGEST_ATTRIBUTES} bytes as JSON, is {size}");
        return Err(Violations::one("", Reason::FieldTooLong, description));
    }
    Ok(())
}

/// Checks that no text of a value is longer than [`LONGEST_TEXT`].
///
/// # Errors
/// The rule, and how long the text is.
pub fn check_text(stored: &Value) -> Result<(), String> {
    let texts = match stored {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let longest = texts.iter().filter_map(Value::as_str).map(|text| text.chars().count()).max().unwrap_or(0);
    if longest <= LONGEST_TEXT {
        return Ok(());
    }
    Err(format!("must be at most {LONGEST_TEXT} characters, has {longest}"))
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
