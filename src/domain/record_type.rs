//! Record types: which attributes the records of a type may have, and which of those mean something
//! to upnext.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::attribute::{AttributeName, AttributeType, STATE_NAME};
use super::condition::Subject;
use super::id::{ChosenId, OrganizationId, RecordTypeId};
use super::refusal::{Reason, Refusal};
use super::settings::Limits;
use super::violation::Violations;

mod changes;

pub use changes::{Reader, RecordTypePatch, attribute_name};

/// Attributes that a record type may declare at most.
pub const MAX_ATTRIBUTES: usize = 500;

/// The record type that is meant where none is named.
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
    /// The tenant.
    pub organization: OrganizationId,
    /// The key.
    pub id: RecordTypeId,
    /// The id that the caller chose, or that it is built in with.
    pub record_type_id: ChosenId,
    /// What people call it.
    pub display_name: String,
    /// Whether every organization has it.
    pub built_in: bool,
    /// The declared attributes.
    pub attributes: BTreeMap<AttributeName, AttributeType>,
    /// Which attributes mean something to upnext.
    pub roles: Roles,
    /// Goes up with every change.
    pub version: i64,
    /// When it was made.
    pub create_time: DateTime<Utc>,
    /// When it was last changed.
    pub update_time: DateTime<Utc>,
}

/// The attributes that mean something to upnext, by name; empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Names a record to people.
    pub display_name: String,
    /// The email address.
    pub email: String,
    /// Phone numbers, the preferred one first.
    pub phones: Vec<String>,
    /// Says that the person may not be emailed.
    pub do_not_email: String,
    /// Says that the person may not be called.
    pub do_not_phone: String,
}

/// Attributes as a caller declares them: by name, neither of which has been checked.
pub type Declared = BTreeMap<String, AttributeType>;

/// A record type as a caller describes it, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What people call it.
    pub display_name: String,
    /// Its attributes.
    pub attributes: Declared,
    /// Which of them mean something to upnext.
    pub roles: Roles,
}

impl Draft {
    /// Takes the attributes, if all is well with them, the name and the roles.
    ///
    /// # Errors
    /// Everything wrong. Paths begin at the record type: `email_attribute`.
    pub fn check(&self, limits: &Limits) -> Result<BTreeMap<AttributeName, AttributeType>, Violations> {
        let mut found = self.check_profile(limits);
        let attributes = found.keep("", names(&self.attributes)).unwrap_or_default();
        found.keep("", check_state(self.attributes.keys()));
        found.into_result(attributes)
    }

    /// Finds what is wrong with the name and the roles. Paths begin at the record type.
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
        found
    }

    fn check_role(&self, field: &str, attribute: &str, wanted: &AttributeType, found: &mut Violations) {
        match self.attributes.get(attribute) {
            _ if attribute.is_empty() => {}
            Some(declared) if declared == wanted => {}
            Some(declared) => {
                let description = format!("must name a {wanted} attribute, {attribute} is {declared}");
                found.push(field, Reason::FieldInvalid, description);
            }
            None => {
                let description = format!("must name a declared attribute, {attribute:?} is none");
                found.push(field, Reason::AttributeUnknown, description);
            }
        }
    }
}

/// Why attributes can't be declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Declined {
    /// Fields are wrong; paths begin at the request.
    Invalid(Violations),
    /// The state of things refuses it.
    Refused(Refusal),
}

impl RecordType {
    /// Adds attributes; those that are declared alike stay. Nothing to add leaves it as it is, its
    /// version too.
    ///
    /// # Errors
    /// What is wrong with the names, with paths like `attributes["first name"]`; an attribute
    /// declared with another type.
    pub fn declare(&self, declared: &Declared, now: DateTime<Utc>) -> Result<Self, Declined> {
        let kept = |name: &String| self.attributes.contains_key(name.as_str());
        let named = names(declared).map_err(Declined::Invalid)?;
        let new = declared.keys().filter(|name| !kept(name));
        check_state(new).map_err(Declined::Invalid)?;
        let mut attributes = self.attributes.clone();
        for (name, given) in named {
            match attributes.get(&name) {
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
        if attributes == self.attributes {
            return Ok(self.clone());
        }
        check_count(attributes.len()).map_err(Declined::Invalid)?;
        Ok(Self { attributes, version: self.version + 1, update_time: now, ..self.clone() })
    }

    /// The declared type of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&AttributeType> {
        self.attributes.get(name)
    }

    /// What conditions over records of this type may look at.
    pub fn subject(&self) -> Subject {
        let built_in = [
            ("id", AttributeType::String),
            ("owner", AttributeType::String),
            ("create_time", AttributeType::Timestamp),
            ("update_time", AttributeType::Timestamp),
        ];
        let declared = self.attributes.iter().map(|(name, declared)| (name.to_string(), declared.clone()));
        let built_in = built_in.into_iter().map(|(name, declared)| (name.to_owned(), declared));
        let fields = declared.chain(built_in).collect();
        Subject { variable: "record".to_owned(), fields, texts: BTreeMap::new() }.not_empty("owner")
    }

    /// What list filters may look at: as conditions, and at the record's own state, unless an
    /// attribute that was declared before the name was reserved has it.
    pub fn list_subject(&self) -> Subject {
        let mut subject = self.subject();
        if subject.fields.contains_key(STATE_NAME) {
            return subject;
        }
        subject.fields.insert(STATE_NAME.to_owned(), AttributeType::String);
        subject.one_of(STATE_NAME, ["ACTIVE", "CLOSED"])
    }

    /// `recordTypes/{record_type}`.
    pub fn name(&self) -> String {
        format!("recordTypes/{}", self.record_type_id)
    }
}

/// Checks the names and the number of attributes. Paths begin at what holds them:
/// `attributes["first name"]`.
pub fn names(declared: &Declared) -> Result<BTreeMap<AttributeName, AttributeType>, Violations> {
    let mut found = Violations::new();
    let mut named = BTreeMap::new();
    for (name, given) in declared {
        match AttributeName::new(name.as_str()) {
            Ok(name) => _ = named.insert(name, given.clone()),
            Err(rule) => found.push(format!("attributes[{name:?}]"), Reason::FieldInvalid, rule),
        }
    }
    if let Err(too_many) = check_count(declared.len()) {
        found.extend(too_many);
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

fn check_count(count: usize) -> Result<(), Violations> {
    if count <= MAX_ATTRIBUTES {
        return Ok(());
    }
    let description = format!("a record type has at most {MAX_ATTRIBUTES} attributes, this would be {count}");
    Err(Violations::one("attributes", Reason::FieldInvalid, description))
}

/// The type's word, and for a reference what it refers to.
fn described(attribute_type: &AttributeType) -> String {
    match attribute_type {
        AttributeType::Reference { record_type } => format!("REFERENCE to {record_type}"),
        other => other.to_string(),
    }
}

/// The record types that an organization is made with.
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
    let types = BUILT_IN.iter().map(|(id, display_name)| RecordType {
        organization,
        id: RecordTypeId(mint()),
        record_type_id: ChosenId::known(*id),
        display_name: (*display_name).to_owned(),
        built_in: true,
        attributes: attributes.iter().cloned().collect(),
        roles: roles.clone(),
        version: 1,
        create_time: now,
        update_time: now,
    });
    types.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn lead() -> RecordType {
        built_in_types(OrganizationId(Uuid::nil()), DateTime::UNIX_EPOCH, &mut || Uuid::nil()).remove(0)
    }

    fn draft(record_type: &RecordType) -> Draft {
        let attributes = record_type.attributes.iter();
        Draft {
            display_name: record_type.display_name.clone(),
            attributes: attributes.map(|(name, declared)| (name.to_string(), declared.clone())).collect(),
            roles: record_type.roles.clone(),
        }
    }

    fn declared(attributes: &[(&str, AttributeType)]) -> Declared {
        attributes.iter().map(|(name, declared)| ((*name).to_owned(), declared.clone())).collect()
    }

    #[test]
    fn built_in_types_are_fine_by_their_own_rules() {
        let mut minted = 0;
        let types = built_in_types(OrganizationId(Uuid::nil()), DateTime::UNIX_EPOCH, &mut || {
            minted += 1;
            Uuid::from_u128(minted)
        });
        let ids: Vec<&str> = types.iter().map(|one| one.record_type_id.as_str()).collect();
        assert_eq!(ids, ["lead", "opportunity", "account", "contact", "insight"]);
        assert!(types.iter().all(|one| draft(one).check(&Limits::default()).is_ok() && one.built_in));
        assert_eq!(minted, 5);
    }

    #[test]
    fn declaring_the_same_again_changes_nothing_and_something_new_is_added() {
        let origin = declared(&[("origin", AttributeType::String), ("email", AttributeType::String)]);
        let first = lead().declare(&origin, DateTime::UNIX_EPOCH).expect("fine");
        assert_eq!((first.version, first.attributes.len()), (2, 6));
        assert_eq!(first.declare(&origin, DateTime::UNIX_EPOCH), Ok(first.clone()));
    }

    #[test]
    fn a_declared_type_never_changes() {
        let conflict = lead().declare(&declared(&[("email", AttributeType::Int)]), DateTime::UNIX_EPOCH);
        let expected = Refusal::AttributeTypeConflict {
            attribute: "email".into(),
            declared: "STRING".into(),
            given: "INT".into(),
        };
        assert_eq!(conflict, Err(Declined::Refused(expected)));
    }

    #[test]
    fn every_bad_name_is_reported_at_its_key() {
        let bad = declared(&[("first name", AttributeType::String), ("owner", AttributeType::String)]);
        let Err(Declined::Invalid(found)) = lead().declare(&bad, DateTime::UNIX_EPOCH) else {
            panic!("refused")
        };
        let fields: Vec<&str> = found.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["attributes[\"first name\"]", "attributes[\"owner\"]"]);
    }

    #[test]
    fn a_record_type_has_at_most_500_attributes() {
        let many = |range: std::ops::Range<i32>| -> Declared {
            range.map(|index| (format!("a{index}"), AttributeType::Int)).collect()
        };
        let full = lead().declare(&many(0..495), DateTime::UNIX_EPOCH).expect("500 in all");
        assert!(full.declare(&many(494..496), DateTime::UNIX_EPOCH).is_err());
    }

    #[test]
    fn roles_name_declared_attributes_of_their_type() {
        let roles = Roles {
            email: "mail".into(),
            phones: vec!["do_not_phone".into()],
            do_not_email: "email".into(),
            ..Roles::default()
        };
        let found = Draft { roles, ..draft(&lead()) }.check(&Limits::default()).expect_err("refused");
        let reasons: Vec<_> =
            found.iter().map(|violation| (violation.field.as_str(), violation.reason)).collect();
        let expected = [
            ("email_attribute", Reason::AttributeUnknown),
            ("phone_attributes[0]", Reason::FieldInvalid),
            ("do_not_email_attribute", Reason::FieldInvalid),
        ];
        assert_eq!(reasons, expected);
    }

    #[test]
    fn no_attribute_takes_the_records_own_state_away_but_one_from_before_stays() {
        let subject = lead().list_subject();
        assert_eq!(subject.fields["state"], AttributeType::String);
        assert!(!lead().subject().fields.contains_key("state"));
        let state = declared(&[("state", AttributeType::Int), ("state_", AttributeType::String)]);
        let Err(Declined::Invalid(found)) = lead().declare(&state, DateTime::UNIX_EPOCH) else {
            panic!("refused")
        };
        let fields: Vec<&str> = found.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["attributes[\"state\"]"]);
        let mut older = lead();
        older.attributes.insert(AttributeName::new("state").expect("a name"), AttributeType::Int);
        assert!(older.declare(&state, DateTime::UNIX_EPOCH).is_ok());
        assert_eq!(older.list_subject().fields["state"], AttributeType::Int);
    }

    #[test]
    fn a_stage_is_an_attribute_like_others() {
        let stage = declared(&[("stage", AttributeType::String)]);
        let with = lead().declare(&stage, DateTime::UNIX_EPOCH).expect("fine");
        assert_eq!(with.subject().fields["stage"], AttributeType::String);
    }
}
