//! The attributes that an organization declares for its sellers, and the conditions that ask for
//! them.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::attribute::{AttributeName, AttributeType};
use super::attribute_values::Declarations;
use super::condition::{Condition, Subject};
use super::reason::Reason;
use super::record::Attributes;
use super::record_type::{Declared, Declined, Reader, RecordType};
use super::refusal::Refusal;
use super::violation::Violations;

/// The most attributes of sellers that an organization can declare.
pub const MOST: usize = 100;
/// The most bytes in all attribute names and values of a seller.
const LARGEST: usize = 64 * 1024;

/// The fields of sellers that list filters know without a declaration.
const FIELDS: [(&str, AttributeType); 8] = [
    ("id", AttributeType::String),
    ("display_name", AttributeType::String),
    ("email", AttributeType::String),
    ("assign_records", AttributeType::Bool),
    ("calendar", AttributeType::String),
    ("max_capacity", AttributeType::Int),
    ("create_time", AttributeType::Timestamp),
    ("update_time", AttributeType::Timestamp),
];
/// Of these, how many rules know. The others are what rules look at anyway, or change by
/// themselves.
const KNOWN_TO_RULES: usize = 3;

/// The declared attributes of an organization's sellers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SellerAttributes(pub BTreeMap<AttributeName, AttributeType>);

impl SellerAttributes {
    /// Declares attributes. Declaring one again with the same type changes nothing.
    ///
    /// # Errors
    /// Everything wrong with the names and types, with paths like `attributes["first name"]`, or
    /// the first attribute that is declared with another type.
    pub fn declare(&self, declared: &Declared) -> Result<Self, Declined> {
        let (mut found, mut attributes) = (Violations::new(), self.0.clone());
        for (name, given) in declared {
            let field = format!("attributes[{name:?}]");
            match name_of(name, given) {
                Err(rule) => found.push(field, Reason::FieldInvalid, rule),
                Ok(name) => _ = attributes.entry(name).or_insert_with(|| given.clone()),
            }
        }

        if attributes.len() > MOST {
            let rule = format!("sellers have at most {MOST} attributes, would be {}", attributes.len());
            found.push("attributes", Reason::FieldInvalid, rule);
        }
        found.into_result(()).map_err(Declined::Invalid)?;

        // A type never changes: values that are already stored might not fit the new one.
        let other = declared.iter().find_map(|(name, given)| {
            let kept = attributes.get(name.as_str()).filter(|kept| *kept != given)?;
            let (declared, given) = (kept.to_string(), given.to_string());
            Some(Refusal::AttributeTypeConflict { attribute: name.clone(), declared, given })
        });
        other.map_or(Ok(Self(attributes)), |refusal| Err(Declined::Refused(refusal)))
    }

    /// Deletes an attribute. `readers` are the conditions over sellers, each with the type of the
    /// records that it may refer to.
    ///
    /// # Errors
    /// Everything that uses it.
    pub fn delete(&self, attribute: &str, readers: &[(Reader, RecordType)]) -> Result<Self, Refusal> {
        let reads = |(reader, of): &&(Reader, RecordType)| {
            // A condition that can't be parsed may read any attribute.
            let condition = Condition::parse(&reader.condition, &self.subject_beside(of).as_saved());
            condition.map_or(true, |condition| condition.fields_used().contains(attribute))
        };
        let users: Vec<String> =
            readers.iter().filter(reads).map(|(reader, _)| reader.name.clone()).collect();
        if !users.is_empty() {
            return Err(Refusal::AttributeInUse { attribute: attribute.to_owned(), users });
        }
        let mut attributes = self.0.clone();
        attributes.remove(attribute);
        Ok(Self(attributes))
    }

    /// Returns a seller's values after the given ones are set. Null clears a value. Paths of
    /// violations are relative to the attributes.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn merge(&self, current: &Attributes, given: &Attributes) -> Result<Attributes, Violations> {
        let hints = Cell::new(super::record::HINTS);
        let declared = Declarations { types: &self.0, of: "sellers", largest: LARGEST, hints: &hints };
        declared.merge(Some(current), given)
    }

    /// The subject of list filters.
    pub fn list_subject(&self) -> Subject {
        self.subject(&FIELDS)
    }

    /// The subject of the conditions of rules: a seller, and a record of this type beside it.
    pub fn subject_beside(&self, record_type: &RecordType) -> Subject {
        self.subject(&FIELDS[..KNOWN_TO_RULES]).not_empty("email").beside(record_type.subject())
    }

    fn subject(&self, fields: &[(&str, AttributeType)]) -> Subject {
        let declared = self.0.iter().map(|(name, kind)| (name.to_string(), kind.clone()));
        let built_in = fields.iter().map(|(name, kind)| ((*name).to_owned(), kind.clone()));
        let fields = declared.chain(built_in).collect();
        Subject { fields, ..Subject::new("seller", []) }
    }
}

/// Checks the condition of a rule over sellers. Time alone lets it be asked again for a record, but
/// not for a seller.
///
/// # Errors
/// Everything that is wrong, as violations of `seller_condition`.
pub fn check_condition(text: &str, subject: &Subject) -> Result<Condition, Violations> {
    let checked = Condition::check("seller_condition", text, subject)?;
    let of_record = checked.flips().iter().all(|flip| flip.field.starts_with("record."));
    let rule = "now can only be compared with a timestamp of the record here";
    let found = || Violations::one("seller_condition", Reason::ConditionInvalid, rule);
    Some(checked).filter(|_| of_record).ok_or_else(found)
}

/// Checks the name and the type of a new attribute.
fn name_of(name: &str, given: &AttributeType) -> Result<AttributeName, String> {
    if FIELDS.iter().any(|(field, _)| *field == name) {
        return Err(format!("must not be {name:?}, which every seller already has"));
    }
    if let AttributeType::Reference { .. } = given {
        return Err("must not be REFERENCE: an attribute of a seller refers to no record".to_owned());
    }
    AttributeName::new(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(attributes: &[(&str, AttributeType)]) -> Declared {
        attributes.iter().map(|(name, kind)| ((*name).to_owned(), kind.clone())).collect()
    }

    fn sellers() -> SellerAttributes {
        let two = [("country", AttributeType::String), ("languages", AttributeType::StringList)];
        SellerAttributes::default().declare(&declared(&two)).expect("fine")
    }

    #[test]
    fn a_declared_type_stays_and_names_of_fields_are_taken() {
        let again = sellers().declare(&declared(&[("country", AttributeType::String)]));
        assert_eq!(again, Ok(sellers()));
        let other = sellers().declare(&declared(&[("country", AttributeType::Int)]));
        assert!(matches!(other, Err(Declined::Refused(Refusal::AttributeTypeConflict { .. }))));

        let reference = AttributeType::Reference { record_type: "account".to_owned() };
        let wrong = [("email", AttributeType::String), ("a b", AttributeType::Int), ("account", reference)];
        let Err(Declined::Invalid(found)) = sellers().declare(&declared(&wrong)) else {
            panic!("names of fields are taken")
        };
        let fields: Vec<String> = found.into_iter().map(|wrong| wrong.field).collect();
        assert_eq!(fields, ["a b", "account", "email"].map(|name| format!("attributes[{name:?}]")));
    }

    #[test]
    fn at_most_so_many_are_declared() {
        let many: Declared = (0..MOST).map(|n| (format!("a{n}"), AttributeType::Int)).collect();
        assert!(SellerAttributes::default().declare(&many).is_ok());
        assert!(matches!(sellers().declare(&many), Err(Declined::Invalid(_))));
    }

    #[test]
    fn given_values_are_merged_and_null_clears_one() {
        let object = |value: serde_json::Value| value.as_object().cloned().expect("an object");
        let before = object(serde_json::json!({"country": "FR", "languages": ["fr"]}));
        let given = object(serde_json::json!({"country": null, "languages": ["fr", "de"]}));
        let after = object(serde_json::json!({"languages": ["fr", "de"]}));
        assert_eq!(sellers().merge(&before, &given), Ok(after));
        assert!(sellers().merge(&before, &object(serde_json::json!({"size": 1}))).is_err());
    }
}
