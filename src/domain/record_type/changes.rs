//! Changes of a record type: other roles, and the deletion of an attribute or of the type.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{RecordType, RecordTypeDraft, Roles};
use crate::domain::condition::Condition;
use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::domain::seller_attributes::SellerAttributes;
use crate::domain::settings::Limits;
use crate::domain::violation::Violations;

/// The new value of each field that changes.
#[derive(Clone, Debug, Default)]
pub struct RecordTypePatch {
    /// The name shown to people.
    pub display_name: Option<String>,
    /// The attribute with the display name of a record.
    pub display_name_attribute: Option<String>,
    /// The attribute with the email address.
    pub email_attribute: Option<String>,
    /// The attributes with phone numbers.
    pub phone_attributes: Option<Vec<String>>,
    /// The attribute that is true if the person must not be emailed.
    pub do_not_email_attribute: Option<String>,
    /// The attribute that is true if the person must not be called.
    pub do_not_phone_attribute: Option<String>,
    /// The formula for the priority of the activities of its records.
    pub priority: Option<String>,
}

/// A condition over records, and the resource that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Of a segment, an assignment rule, a sequence, a revision or an operation.
    pub name: String,
    /// The condition's text; empty if there is none.
    pub condition: String,
    /// True if it is a condition over sellers, which has the record beside it.
    pub over_sellers: bool,
}

impl RecordType {
    /// Sets new values. If nothing changes, even the version stays the same.
    ///
    /// # Errors
    /// Everything that is wrong. Paths are relative to the record type.
    pub fn update(
        &self,
        patch: RecordTypePatch,
        limits: &Limits,
        now: DateTime<Utc>,
    ) -> Result<Self, Violations> {
        let before = self.roles.clone();
        let roles = Roles {
            display_name: patch.display_name_attribute.unwrap_or(before.display_name),
            email: patch.email_attribute.unwrap_or(before.email),
            phones: patch.phone_attributes.unwrap_or(before.phones),
            do_not_email: patch.do_not_email_attribute.unwrap_or(before.do_not_email),
            do_not_phone: patch.do_not_phone_attribute.unwrap_or(before.do_not_phone),
        };
        let attributes = self.attributes.iter().map(|(name, kind)| (name.to_string(), kind.clone()));
        let display_name = patch.display_name.unwrap_or_else(|| self.display_name.clone());
        let (descriptions, indexed) = (BTreeMap::new(), BTreeSet::new());
        let priority = patch.priority.unwrap_or_else(|| self.priority.clone());
        let draft = RecordTypeDraft {
            display_name,
            attributes: attributes.collect(),
            descriptions,
            indexed,
            roles,
            priority,
        };
        draft.check_profile(limits).into_result(())?;

        let RecordTypeDraft { display_name, roles, priority, .. } = draft;
        let after = Self { display_name, roles, priority, ..self.clone() };
        if after == *self {
            return Ok(after);
        }
        Ok(Self { version: self.version + 1, update_time: now, ..after })
    }

    /// Deletes an attribute that nothing uses. `readers` are the conditions over records of this
    /// type, and of each type that refers to it.
    ///
    /// # Errors
    /// Everything that uses it.
    pub fn delete_attribute(
        &self,
        attribute: &str,
        (readers, referring): (&[Reader], &[(RecordType, Vec<Reader>)]),
        sellers: &SellerAttributes,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        let mut users = self.roles_of(attribute);
        users.extend(self.reading(&[attribute.to_owned()], readers, sellers));
        for (other, readers) in referring {
            let to_this = other.references().filter(|(_, related)| related.id == self.id);
            let fields: Vec<String> = to_this.map(|(name, _)| format!("{name}.{attribute}")).collect();
            users.extend(other.reading(&fields, readers, sellers));
        }

        // A sequence reads it once in its draft, and once in each revision.
        users.dedup();
        if !users.is_empty() {
            return Err(Refusal::AttributeInUse { attribute: attribute.to_owned(), users });
        }
        let mut attributes = self.attributes.clone();
        attributes.remove(attribute);
        let mut descriptions = self.descriptions.clone();
        descriptions.remove(attribute);
        let mut indexes = self.indexes.clone();
        indexes.remove(attribute);
        Ok(Self {
            attributes,
            descriptions,
            indexes,
            version: self.version + 1,
            update_time: now,
            ..self.clone()
        })
    }

    /// Returns what the type itself uses an attribute for.
    fn roles_of(&self, attribute: &str) -> Vec<String> {
        let Roles { display_name, email, phones, do_not_email, do_not_phone } = &self.roles;
        let roles = [
            ("display_name_attribute", display_name == attribute),
            ("email_attribute", email == attribute),
            ("phone_attributes", phones.iter().any(|phone| phone == attribute)),
            ("do_not_email_attribute", do_not_email == attribute),
            ("do_not_phone_attribute", do_not_phone == attribute),
            (
                "priority_expression",
                self.priority_formula().is_some_and(|formula| formula.fields_used().contains(attribute)),
            ),
        ];
        let roles = roles.into_iter().filter(|(_, uses)| *uses);
        roles.map(|(role, _)| format!("{role} of {}", self.name())).collect()
    }

    /// Returns the names of those whose conditions over records of this type read one of these
    /// fields, or an attribute of the records to which one of them refers.
    fn reading<'a>(
        &self,
        fields: &[String],
        readers: &'a [Reader],
        sellers: &SellerAttributes,
    ) -> impl Iterator<Item = String> + use<'a> {
        let alone = (self.subject().as_saved(), fields.to_vec());
        let named = fields.iter().map(|field| format!("record.{field}"));
        let beside = (sellers.subject_beside(self).as_saved(), named.collect::<Vec<_>>());
        let reads = move |reader: &&Reader| {
            let (subject, fields) = if reader.over_sellers { &beside } else { &alone };
            // A condition that can't be parsed may read any attribute.
            let condition = Condition::parse(&reader.condition, subject);
            let uses = condition.map_or(true, |condition| {
                condition.fields_used().iter().any(|used| fields.iter().any(|field| is_of(used, field)))
            });
            !reader.condition.is_empty() && uses
        };
        readers.iter().filter(reads).map(|reader| reader.name.clone())
    }

    /// Checks that the type can be deleted, given what else is of this type or refers to it.
    ///
    /// # Errors
    /// The type is built in or in use.
    pub fn check_deletable(&self, users: Vec<String>) -> Result<(), Refusal> {
        if self.built_in {
            return Err(Refusal::ResourceBuiltIn { resource: self.name() });
        }
        if users.is_empty() {
            return Ok(());
        }
        Err(Refusal::RecordTypeInUse { record_type: self.name(), users })
    }
}

/// True if a field is this one, or one of the record to which this one refers.
fn is_of(used: &str, field: &str) -> bool {
    used.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The name of an attribute: `recordTypes/{record_type}/attributes/{attribute}`.
pub fn attribute_name(record_type: &RecordType, attribute: &str) -> String {
    names::ATTRIBUTE.name([record_type.record_type_id.as_str(), attribute])
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::RelatedType;
    use super::super::tests::lead;
    use super::*;
    use crate::domain::attribute::{AttributeName, AttributeType};
    use crate::domain::id::{ChosenId, RecordTypeId};

    fn readers() -> Vec<Reader> {
        let reader = |name: &str, condition: &str| {
            let over_sellers = condition.starts_with("seller");
            Reader { name: name.into(), condition: condition.into(), over_sellers }
        };
        vec![
            reader("segments/reads", "has(record.email)"),
            reader("segments/g/rules/near", "seller.email == record.email"),
            reader("segments/g/rules/far", "seller.email == record.name"),
            reader("segments/other", "record.name == \"email\""),
            reader("segments/g/rules/all", ""),
            reader("segments/odd", "record.gone == 1"),
        ]
    }

    #[test]
    fn an_attribute_in_use_stays_and_all_who_use_it_are_named() {
        let none = SellerAttributes::default();
        let refused = lead().delete_attribute("email", (&readers(), &[]), &none, DateTime::UNIX_EPOCH);
        let users = [
            "email_attribute of recordTypes/lead",
            "segments/reads",
            "segments/g/rules/near",
            "segments/odd",
        ];
        let users = users.map(str::to_owned).to_vec();
        assert_eq!(refused, Err(Refusal::AttributeInUse { attribute: "email".into(), users }));
    }

    #[test]
    fn an_attribute_read_through_a_reference_stays_and_so_does_the_reference() {
        let mut account = RecordType { id: RecordTypeId(Uuid::from_u128(7)), ..lead() };
        account.record_type_id = ChosenId::known("account");
        let name = |name: &str| AttributeName::new(name).expect("a name");
        account.attributes.insert(name("industry"), AttributeType::String);
        let mut contact = lead();
        let reference = AttributeType::Reference { record_type: "account".into() };
        contact.attributes.insert(name("employer"), reference);
        let related = RelatedType { id: account.id, attributes: account.attributes.clone() };
        contact.related.insert("account".into(), related);

        let reader = |name: &str, condition: &str| {
            let over_sellers = condition.starts_with("seller");
            Reader { name: name.into(), condition: condition.into(), over_sellers }
        };
        let readers = vec![
            reader("segments/banks", "record.employer.industry == \"banking\""),
            reader("segments/other", "record.employer == \"industry\""),
            reader("segments/g/rules/same", "seller.email == record.employer.industry"),
        ];
        let (now, sellers) = (DateTime::UNIX_EPOCH, SellerAttributes::default());
        let users = |refused: Result<RecordType, Refusal>| match refused {
            Err(Refusal::AttributeInUse { users, .. }) => users,
            other => panic!("{other:?}"),
        };

        let referring = [(contact.clone(), readers.clone())];
        let refused = account.delete_attribute("industry", (&[], &referring), &sellers, now);
        assert_eq!(users(refused), ["segments/banks", "segments/g/rules/same"]);
        let refused = contact.delete_attribute("employer", (&readers, &[]), &sellers, now);
        assert_eq!(users(refused).len(), 3);
    }

    #[test]
    fn a_role_points_elsewhere_and_frees_its_attribute() {
        let now = DateTime::UNIX_EPOCH;
        let none = RecordTypePatch { email_attribute: Some(String::new()), ..Default::default() };
        let updated = lead().update(none, &Limits::default(), now).expect("fine");
        assert_eq!((updated.roles.email.as_str(), updated.version), ("", 2));
        assert!(updated.delete_attribute("email", (&[], &[]), &SellerAttributes::default(), now).is_ok());
        assert_eq!(lead().update(RecordTypePatch::default(), &Limits::default(), now), Ok(lead()));
        let wrong = RecordTypePatch { phone_attributes: Some(vec!["x".into()]), ..Default::default() };
        assert!(lead().update(wrong, &Limits::default(), now).is_err());
    }

    #[test]
    fn a_built_in_type_and_one_in_use_stay() {
        assert!(lead().check_deletable(Vec::new()).is_err());
        let own = RecordType { built_in: false, ..lead() };
        assert!(own.check_deletable(Vec::new()).is_ok());
        assert!(own.check_deletable(vec!["segments/g".into()]).is_err());
    }
}
