//! Sellers on the wire.

use std::collections::BTreeMap;

use prost_types::Struct;
use serde_json::Value;

use super::calendar::{calendar_id, calendar_name};
use super::record_type::{attribute, attribute_type};
use super::{json, timestamp};
use crate::api::{etag, pb};
use crate::domain::attribute::AttributeType;
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::record::Attributes;
use crate::domain::record_type::Declared;
use crate::domain::seller::{AfterCompletion, Profile, Seller};
use crate::domain::seller_attributes::SellerAttributes;
use crate::domain::version::Version;
use crate::domain::violation::Violations;

/// Converts a seller who owns this many active records. `declared` are the attributes of sellers.
pub fn seller(seller: &Seller, owned: i64, declared: &SellerAttributes) -> pb::Seller {
    let max_capacity = seller.profile.max_capacity;

    pb::Seller {
        name: names::SELLER.name([&seller.seller_id]),
        display_name: seller.profile.display_name.clone(),
        email: seller.profile.email.clone(),
        assign_records: Some(seller.profile.assign_records),
        etag: etag::of(Version::of(seller.id.0, seller.version)),
        create_time: Some(timestamp(seller.create_time)),
        update_time: Some(timestamp(seller.update_time)),
        calendar: calendar_name(seller.profile.calendar.as_ref()),
        attributes: Some(attributes(&seller.profile.attributes, declared)),
        max_capacity,
        consumed_capacity: owned,
        available_capacity: max_capacity.map(|most| i64::from(most) - owned),
        after_completion: seller.profile.after_completion as i32,
    }
}

/// Converts a seller's values.
fn attributes(values: &Attributes, declared: &SellerAttributes) -> Struct {
    let shown = |(name, value): (&String, &Value)| match declared.0.get(name.as_str()) {
        Some(AttributeType::Double) => (name.clone(), json::double(value)),
        _ => (name.clone(), json::value(value)),
    };
    Struct { fields: values.iter().map(shown).collect() }
}

/// Reads the fields of a seller that callers can set. The attributes are as given.
///
/// # Errors
/// The calendar has no name of a calendar, or an attribute has a number that JSON can't represent.
pub fn profile(seller: pb::Seller) -> Result<Profile, Violations> {
    let mut found = Violations::new();
    let calendar = found.keep_once(calendar_id("calendar", &seller.calendar));
    let attributes = found.keep("attributes", json::object(seller.attributes.unwrap_or_default()));
    let (display_name, email, max_capacity) = (seller.display_name, seller.email, seller.max_capacity);
    let assign_records = seller.assign_records.unwrap_or(true);
    let after_completion = i16::try_from(seller.after_completion).ok();
    found.into_result(Profile {
        display_name,
        email,
        assign_records,
        calendar: calendar.flatten(),
        max_capacity,
        attributes: attributes.unwrap_or_default(),
        // Other numbers are refused by the options in the proto.
        after_completion: after_completion.and_then(AfterCompletion::from_repr).unwrap_or_default(),
    })
}

/// Reads attributes by name.
///
/// # Errors
/// An unknown type, with a path like `attributes["country"].type`.
pub fn declared(attributes: BTreeMap<String, pb::SellerAttribute>) -> Result<Declared, Violations> {
    let (mut found, mut declared) = (Violations::new(), Declared::new());
    for (name, sent) in attributes {
        let kind = sent.r#type();
        let attribute = pb::Attribute { r#type: kind.into(), ..Default::default() };
        // The type of a reference needs a record type, which sellers' attributes can't have.
        let read = match kind {
            pb::attribute::Type::Reference => Ok(AttributeType::Reference { record_type: String::new() }),
            _ => attribute_type(&attribute)
                .map_err(|_| "must be one of STRING, INT, DOUBLE, BOOL, TIMESTAMP, DATE, STRING_LIST"),
        };
        match read {
            Ok(kind) => _ = declared.insert(name, kind),
            Err(rule) => found.push(format!("attributes[{name:?}].type"), Reason::FieldInvalid, rule),
        }
    }

    found.into_result(declared)
}

/// Converts the attributes of sellers.
pub fn declared_attributes(declared: &SellerAttributes) -> BTreeMap<String, pb::SellerAttribute> {
    let shown = |kind| pb::SellerAttribute { r#type: attribute(kind).r#type };
    declared.0.iter().map(|(name, kind)| (name.to_string(), shown(kind))).collect()
}
