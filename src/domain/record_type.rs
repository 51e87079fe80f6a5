//! Record types: the attributes that records of a type can have, and the ones that upnext itself
//! uses.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::attribute::{AttributeName, AttributeType, STATE_NAME};
use super::attribute_index::AttributeIndex;
use super::condition::{Formula, Subject};
use super::id::{ChosenId, OrganizationId, RecordTypeId};
use super::names;
use super::reason::Reason;
use super::refusal::Refusal;
use super::settings::Limits;
use super::violation::Violations;

mod changes;
mod indexing;

pub use changes::{Reader, RecordTypePatch, attribute_name};

/// The most attributes that a record type can declare.
pub const MOST_ATTRIBUTES: usize = 500;

/// The record type used where a request names none.
pub const DEFAULT: &str = "lead";

/// The record types that every organization has.
const BUILT_IN: [(&str, &str); 5] = [
    (DEFAULT, "Lead"),
    ("opportunity", "Opportunity"),
    ("account", "Account"),
    ("contact", "Contact"),
    ("insight", "Insight"),
];

/// A kind of CRM record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordType {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The key.
    pub id: RecordTypeId,
    /// The id that the caller chose, or the id of a built-in type.
    pub record_type_id: ChosenId,
    /// The name shown to people.
    pub display_name: String,
    /// True if every organization has this type.
    pub built_in: bool,
    /// The declared attributes.
    pub attributes: BTreeMap<AttributeName, AttributeType>,
    /// The record types to which its attributes refer, by their ids.
    pub related: BTreeMap<String, RelatedType>,
    /// True if attributes of any type refer to records of this one.
    pub referred: bool,
    /// What attributes mean, for people, by name. An attribute without a description has no entry.
    pub descriptions: BTreeMap<String, String>,
    /// The indexes of attributes, by name. An attribute without one has no entry.
    pub indexes: BTreeMap<String, AttributeIndex>,
    /// The attributes that upnext itself uses.
    pub roles: Roles,
    /// The formula for the priority of the activities of its records. Empty: they have those of
    /// their sequences.
    pub priority: String,
    /// Increases with every change.
    pub version: i64,
    /// When the type was created.
    pub create_time: DateTime<Utc>,
    /// When the type was last changed.
    pub update_time: DateTime<Utc>,
}

/// A record type to which attributes of another one refer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RelatedType {
    /// The key.
    pub id: RecordTypeId,
    /// The declared attributes.
    pub attributes: BTreeMap<AttributeName, AttributeType>,
}

/// The names of the attributes that upnext itself uses; empty where the type has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// The display name of a record.
    pub display_name: String,
    /// The email address.
    pub email: String,
    /// The phone numbers, the preferred one first.
    pub phones: Vec<String>,
    /// True if the person must not be emailed.
    pub do_not_email: String,
    /// True if the person must not be called.
    pub do_not_phone: String,
}

impl Roles {
    /// True if an attribute says that the person must not be contacted in some way.
    pub fn forbids(&self, attribute: &str) -> bool {
        !attribute.is_empty() && (attribute == self.do_not_email || attribute == self.do_not_phone)
    }
}

/// Attributes as a caller declares them, by name. Neither names nor types have been checked.
pub type Declared = BTreeMap<String, AttributeType>;

/// A record type as a caller describes it, before it is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordTypeDraft {
    /// The name shown to people.
    pub display_name: String,
    /// The attributes to declare.
    pub attributes: Declared,
    /// Descriptions of these attributes, by name.
    pub descriptions: BTreeMap<String, String>,
    /// Those of them to index.
    pub indexed: BTreeSet<String>,
    /// The attributes that upnext itself uses.
    pub roles: Roles,
    /// The formula for the priority of the activities of its records. Can be empty.
    pub priority: String,
}

impl RecordTypeDraft {
    /// Checks the attributes, the display name and the roles. Returns the checked attributes.
    ///
    /// # Errors
    /// Everything that is wrong. Paths are relative to the record type: `email_attribute`.
    pub fn check(&self, limits: &Limits) -> Result<BTreeMap<AttributeName, AttributeType>, Violations> {
        let mut found = self.check_profile(limits);
        // The default is never returned: if the names are wrong, the check fails.
        let attributes = found.keep("", names(&self.attributes)).unwrap_or_default();
        found.keep("", check_state(self.attributes.keys()));
        found.extend(check_descriptions(&self.descriptions, limits));
        let indexed = self.indexed.iter().map(String::as_str).collect();
        let declared = |name: &str| self.attributes.get(name);
        found.extend(indexing::check(&indexed, declared, |_| true, index_field));
        found.into_result(attributes)
    }

    /// Returns what is wrong with the name and the roles. Paths are relative to the record type.
    pub fn check_profile(&self, limits: &Limits) -> Violations {
        let mut found = limits.check_display_name("display_name", &self.display_name);

        let Roles { display_name, email, phones, do_not_email, do_not_phone } = &self.roles;
        self.check_role("display_name_attribute", display_name, &AttributeType::String, &mut found);
        self.check_role("email_attribute", email, &AttributeType::String, &mut found);

        for (index, phone) in phones.iter().enumerate() {
            let field = format!("phone_attributes[{index}]");
            if phone.is_empty() {
                found.push(field, Reason::FieldRequired, "must not be empty");
            } else {
                self.check_role(&field, phone, &AttributeType::String, &mut found);
            }
        }

        self.check_role("do_not_email_attribute", do_not_email, &AttributeType::Bool, &mut found);
        self.check_role("do_not_phone_attribute", do_not_phone, &AttributeType::Bool, &mut found);

        if !self.priority.is_empty() {
            let declared = self.attributes.iter().map(|(name, declared)| (name.clone(), declared.clone()));
            found.keep("", Formula::check("priority_expression", &self.priority, &subject(declared)));
        }
        found
    }

    fn check_role(&self, field: &str, attribute: &str, wanted: &AttributeType, found: &mut Violations) {
        match self.attributes.get(attribute) {
            // The type doesn't use this role.
            _ if attribute.is_empty() => {}
            Some(declared) if declared == wanted => {}
            Some(declared) => {
                let description = format!("must name a {wanted} attribute, but {attribute} is {declared}");
                found.push(field, Reason::FieldInvalid, description);
            }
            None => {
                let description = format!("must name a declared attribute, but {attribute:?} isn't declared");
                found.push(field, Reason::AttributeUnknown, description);
            }
        }
    }
}

/// The reason why attributes can't be declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Declined {
    /// Fields are wrong. Paths are relative to the request.
    Invalid(Violations),
    /// The request is well formed, but conflicts with the current state.
    Refused(Refusal),
}

impl RecordType {
    /// Declares attributes. Declaring one again with the same type changes nothing; if there is
    /// nothing to add, even the version stays the same.
    ///
    /// # Errors
    /// Everything wrong with the names, with paths like `attributes["first name"]`, or the first
    /// attribute that is already declared with another type.
    pub fn declare(&self, declared: &Declared, now: DateTime<Utc>) -> Result<Self, Declined> {
        let kept = |name: &String| self.attributes.contains_key(name.as_str());
        let named = names(declared).map_err(Declined::Invalid)?;
        let new = declared.keys().filter(|name| !kept(name));
        check_state(new).map_err(Declined::Invalid)?;
        let mut attributes = self.attributes.clone();

        for (name, given) in named {
            match attributes.get(&name) {
                // A type never changes: values that are already stored might not fit the new one.
                Some(kept) if *kept != given => {
                    return Err(Declined::Refused(Refusal::AttributeTypeConflict {
                        attribute: name.to_string(),
                        declared: described(kept),
                        given: described(&given),
                    }));
                }
                _ => _ = attributes.insert(name, given),
            }
        }

        // Counted only if something is added, so that declaring the same again succeeds.
        if attributes == self.attributes {
            return Ok(self.clone());
        }
        check_count(attributes.len()).map_err(Declined::Invalid)?;
        Ok(Self { attributes, version: self.version + 1, update_time: now, ..self.clone() })
    }

    /// Sets descriptions of declared attributes. An empty one is removed. If nothing changes, even
    /// the version stays the same.
    #[must_use]
    pub fn describe<'a>(
        &self,
        given: impl IntoIterator<Item = (&'a str, &'a str)>,
        now: DateTime<Utc>,
    ) -> Self {
        let mut descriptions = self.descriptions.clone();
        for (attribute, description) in given {
            match description {
                "" => _ = descriptions.remove(attribute),
                text => _ = descriptions.insert(attribute.to_owned(), text.to_owned()),
            }
        }
        if descriptions == self.descriptions {
            return self.clone();
        }

        Self { descriptions, version: self.version + 1, update_time: now, ..self.clone() }
    }

    /// The type of a declared attribute, or `None` if it isn't declared.
    pub fn attribute(&self, name: &str) -> Option<&AttributeType> {
        self.attributes.get(name)
    }

    /// The subject of conditions over records of this type.
    pub fn subject(&self) -> Subject {
        let declared = self.attributes.iter().map(|(name, declared)| (name.to_string(), declared.clone()));
        let related = self.related.iter().map(|(id, related)| (id.clone(), related.attributes.clone()));
        Subject { related: related.collect(), ..subject(declared) }
    }

    /// Returns the record type to which an attribute refers. `None` if it isn't a reference.
    pub fn related_by(&self, attribute: &str) -> Option<&RelatedType> {
        match self.attribute(attribute)? {
            AttributeType::Reference { record_type } => self.related.get(record_type),
            _ => None,
        }
    }

    /// Returns the attributes that refer to records, each with the type of those.
    pub fn references(&self) -> impl Iterator<Item = (&str, &RelatedType)> {
        let names = self.attributes.keys().map(AttributeName::as_str);
        names.filter_map(|name| Some((name, self.related_by(name)?)))
    }

    /// Returns the formula for the priority of its records. `None`: the priorities of sequences
    /// count.
    pub fn priority_formula(&self) -> Option<Formula> {
        let given = Some(self.priority.as_str()).filter(|text| !text.is_empty())?;
        // It was checked when it was saved. What can't be read counts as missing.
        Formula::parse(given, &self.subject().without_related().as_saved()).ok()
    }

    /// The subject of list filters: like [`RecordType::subject`], but with `state`, unless an
    /// attribute that was declared before the name was reserved has it.
    pub fn list_subject(&self) -> Subject {
        let mut subject = self.subject();
        if subject.fields.contains_key(STATE_NAME) {
            return subject;
        }
        subject.fields.insert(STATE_NAME.to_owned(), AttributeType::String);
        subject.one_of(STATE_NAME, ["ACTIVE", "CLOSED"])
    }

    /// The resource name: `recordTypes/{record_type}`.
    pub fn name(&self) -> String {
        names::RECORD_TYPE.name([&self.record_type_id])
    }
}

/// The subject of conditions over records with these attributes.
fn subject(declared: impl Iterator<Item = (String, AttributeType)>) -> Subject {
    let built_in = [
        ("id", AttributeType::String),
        ("owner", AttributeType::String),
        ("create_time", AttributeType::Timestamp),
        ("update_time", AttributeType::Timestamp),
    ];
    let built_in = built_in.into_iter().map(|(name, declared)| (name.to_owned(), declared));

    let fields = declared.chain(built_in).collect();
    Subject { fields, knows_now: true, ..Subject::new("record", []) }.not_empty("owner")
}

/// Checks the names and the number of attributes. Paths of violations begin with `attributes`:
/// `attributes["first name"]`.
pub fn names(declared: &Declared) -> Result<BTreeMap<AttributeName, AttributeType>, Violations> {
    // Too many are refused before any is looked at.
    check_count(declared.len())?;
    let mut found = Violations::new();
    let mut named = BTreeMap::new();

    for (name, given) in declared {
        match AttributeName::new(name.as_str()) {
            Ok(name) => _ = named.insert(name, given.clone()),
            Err(rule) => found.push(format!("attributes[{name:?}]"), Reason::FieldInvalid, rule),
        }
    }

    found.into_result(named)
}

/// Checks that no new attribute takes the name of the record's own state away from list filters.
fn check_state<'a>(mut new: impl Iterator<Item = &'a String>) -> Result<(), Violations> {
    if new.all(|name| name != STATE_NAME) {
        return Ok(());
    }
    let rule = "must not be \"state\", which is the record's own, ACTIVE or CLOSED, in list filters: take \"state_\"";
    Err(Violations::one(format!("attributes[{STATE_NAME:?}]"), Reason::FieldInvalid, rule))
}

/// Returns what is wrong with descriptions of attributes.
pub fn check_descriptions(descriptions: &BTreeMap<String, String>, limits: &Limits) -> Violations {
    let mut found = Violations::new();
    for (name, description) in descriptions {
        let field = format!("attributes[{name:?}].description");
        found.extend(limits.check_description(&field, description));
    }
    found
}

/// The path of an attribute's mark: `attributes["origin"].indexed`.
pub fn index_field(attribute: &str) -> String {
    format!("attributes[{attribute:?}].indexed")
}

fn check_count(count: usize) -> Result<(), Violations> {
    if count <= MOST_ATTRIBUTES {
        return Ok(());
    }
    let description =
        format!("a record type has at most {MOST_ATTRIBUTES} attributes, this one would have {count}");
    Err(Violations::one("attributes", Reason::FieldInvalid, description))
}

/// The name of the type; for a reference, with the record type that it refers to.
fn described(attribute_type: &AttributeType) -> String {
    match attribute_type {
        AttributeType::Reference { record_type } => format!("REFERENCE to {record_type}"),
        other => other.to_string(),
    }
}

/// Returns the record types that a new organization has.
pub fn built_in_types(
    organization: OrganizationId,
    now: DateTime<Utc>,
    mint: &mut dyn FnMut() -> Uuid,
) -> Vec<RecordType> {
    let attributes = [
        ("name", AttributeType::String),
        ("email", AttributeType::String),
        ("phone", AttributeType::String),
        ("do_not_email", AttributeType::Bool),
        ("do_not_phone", AttributeType::Bool),
    ];
    let attributes = attributes.map(|(name, declared)| {
        (AttributeName::new(name).expect("built-in names are identifiers"), declared)
    });

    let roles = Roles {
        display_name: "name".to_owned(),
        email: "email".to_owned(),
        phones: vec!["phone".to_owned()],
        do_not_email: "do_not_email".to_owned(),
        do_not_phone: "do_not_phone".to_owned(),
    };

    // All built-in types begin with the same attributes.
    let types = BUILT_IN.iter().map(|(id, display_name)| RecordType {
        organization,
        id: RecordTypeId(mint()),
        record_type_id: ChosenId::known(*id),
        display_name: (*display_name).to_owned(),
        built_in: true,
        attributes: attributes.iter().cloned().collect(),
        related: BTreeMap::new(),
        referred: false,
        descriptions: BTreeMap::new(),
        indexes: BTreeMap::new(),
        roles: roles.clone(),
        priority: String::new(),
        version: 1,
        create_time: now,
        update_time: now,
    });

    types.collect()
}

#[cfg(test)]
mod tests;
