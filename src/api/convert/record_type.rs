//! Record types on the wire.

use std::collections::BTreeMap;

use super::{operation, timestamp};
use crate::api::update_mask::Fields;
use crate::api::{etag, pb};
use crate::domain::attribute::AttributeType;
use crate::domain::attribute_index::AttributeIndex;
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::record_type::{Declared, RecordType, RecordTypeDraft, RecordTypePatch, Roles};
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use pb::attribute::{IndexState, Type};

/// Converts a record type.
pub fn record_type(record_type: &RecordType) -> pb::RecordType {
    let attributes = record_type.attributes.iter();
    let described = |name: &str, declared| {
        let description = record_type.descriptions.get(name).cloned().unwrap_or_default();
        let index = record_type.indexes.get(name);
        let index_state = index.map_or(IndexState::Unspecified, index_state);
        let building = index.filter(|index| !index.ready);
        pb::Attribute {
            description,
            indexed: index.is_some(),
            index_state: index_state.into(),
            index_operation: operation::name(building.map(|index| index.operation)),
            ..attribute(declared)
        }
    };
    pb::RecordType {
        name: names::RECORD_TYPE.name([&record_type.record_type_id]),
        display_name: record_type.display_name.clone(),
        attributes: attributes
            .map(|(name, declared)| (name.to_string(), described(name.as_str(), declared)))
            .collect(),
        display_name_attribute: record_type.roles.display_name.clone(),
        email_attribute: record_type.roles.email.clone(),
        phone_attributes: record_type.roles.phones.clone(),
        do_not_email_attribute: record_type.roles.do_not_email.clone(),
        do_not_phone_attribute: record_type.roles.do_not_phone.clone(),
        priority_expression: record_type.priority.clone(),
        built_in: record_type.built_in,
        etag: etag::of(Version::of(record_type.id.0, record_type.version)),
        create_time: Some(timestamp(record_type.create_time)),
        update_time: Some(timestamp(record_type.update_time)),
    }
}

/// Converts an attribute, without its description and its index.
pub fn attribute(declared: &AttributeType) -> pb::Attribute {
    let (kind, reference_type) = match declared {
        AttributeType::String => (Type::String, ""),
        AttributeType::Int => (Type::Int, ""),
        AttributeType::Double => (Type::Double, ""),
        AttributeType::Bool => (Type::Bool, ""),
        AttributeType::Timestamp => (Type::Timestamp, ""),
        AttributeType::Date => (Type::Date, ""),
        AttributeType::StringList => (Type::StringList, ""),
        AttributeType::Reference { record_type } => (Type::Reference, record_type.as_str()),
    };
    pb::Attribute { r#type: kind.into(), reference_type: reference_type.to_owned(), ..Default::default() }
}

fn index_state(index: &AttributeIndex) -> IndexState {
    if index.ready { IndexState::Ready } else { IndexState::Building }
}

/// Reads the fields of a new record type.
///
/// # Errors
/// Those of [`declared`]; paths start at the record type.
pub fn draft(record_type: pb::RecordType) -> Result<RecordTypeDraft, Violations> {
    let descriptions = descriptions(&record_type.attributes);
    let indexed = indexed(&record_type.attributes).map(str::to_owned).collect();
    let attributes = declared(record_type.attributes)?;
    let roles = Roles {
        display_name: record_type.display_name_attribute,
        email: record_type.email_attribute,
        phones: record_type.phone_attributes,
        do_not_email: record_type.do_not_email_attribute,
        do_not_phone: record_type.do_not_phone_attribute,
    };

    Ok(RecordTypeDraft {
        display_name: record_type.display_name,
        attributes,
        descriptions,
        indexed,
        roles,
        priority: record_type.priority_expression,
    })
}

/// What is to change.
pub fn patch(record_type: pb::RecordType, fields: &Fields) -> RecordTypePatch {
    let given = |field, value: String| fields.has(field).then_some(value);
    RecordTypePatch {
        display_name: given("display_name", record_type.display_name),
        display_name_attribute: given("display_name_attribute", record_type.display_name_attribute),
        email_attribute: given("email_attribute", record_type.email_attribute),
        phone_attributes: fields.has("phone_attributes").then_some(record_type.phone_attributes),
        do_not_email_attribute: given("do_not_email_attribute", record_type.do_not_email_attribute),
        do_not_phone_attribute: given("do_not_phone_attribute", record_type.do_not_phone_attribute),
        priority: given("priority_expression", record_type.priority_expression),
    }
}

/// Reads attributes by name.
///
/// # Errors
/// A reference without a reference type, or a reference type on something else. Paths look like
/// `attributes["account"].reference_type`.
pub fn declared(attributes: BTreeMap<String, pb::Attribute>) -> Result<Declared, Violations> {
    let mut found = Violations::new();
    let mut declared = Declared::new();
    for (name, attribute) in attributes {
        let parent = format!("attributes[{name:?}]");
        if let Some(kind) = found.keep(&parent, attribute_type(&attribute)) {
            declared.insert(name, kind);
        }
    }
    found.into_result(declared)
}

/// Reads the descriptions that attributes have, by name.
pub fn descriptions(attributes: &BTreeMap<String, pb::Attribute>) -> BTreeMap<String, String> {
    let described = attributes.iter().filter(|(_, attribute)| !attribute.description.is_empty());
    described.map(|(name, attribute)| (name.clone(), attribute.description.clone())).collect()
}

/// Returns the names of the attributes to index.
pub fn indexed(attributes: &BTreeMap<String, pb::Attribute>) -> impl Iterator<Item = &str> {
    attributes.iter().filter(|(_, attribute)| attribute.indexed).map(|(name, _)| name.as_str())
}

/// Reads the type of an attribute.
///
/// # Errors
/// See [`declared`]; paths start at the attribute.
pub(super) fn attribute_type(attribute: &pb::Attribute) -> Result<AttributeType, Violations> {
    let kind = match attribute.r#type() {
        Type::Reference => {
            let read = names::RECORD_TYPE.parse("reference_type", &attribute.reference_type);
            let [record_type] = read?;
            return Ok(AttributeType::Reference { record_type: record_type.to_owned() });
        }
        Type::String => AttributeType::String,
        Type::Int => AttributeType::Int,
        Type::Double => AttributeType::Double,
        Type::Bool => AttributeType::Bool,
        Type::Timestamp => AttributeType::Timestamp,
        Type::Date => AttributeType::Date,
        Type::StringList => AttributeType::StringList,
        Type::Unspecified => {
            return Err(Violations::one(
                "type",
                Reason::FieldInvalid,
                "must be one of STRING, INT, DOUBLE, BOOL, TIMESTAMP, DATE, STRING_LIST, REFERENCE",
            ));
        }
    };

    if attribute.reference_type.is_empty() {
        return Ok(kind);
    }
    let description = format!("must be empty for type {kind}: only REFERENCE takes it");
    Err(Violations::one("reference_type", Reason::FieldInvalid, description))
}
