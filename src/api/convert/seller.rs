//! Sellers on the wire.

use super::calendar::{calendar_id, calendar_name};
use super::timestamp;
use crate::api::{etag, pb};
use crate::domain::attribute::AttributeType;
use crate::domain::condition::Subject;
use crate::domain::names;
use crate::domain::seller::{Profile, Seller};
use crate::domain::version::Version;
use crate::domain::violation::Violation;

/// Converts a seller who owns this many active records.
pub fn seller(seller: &Seller, owned: i64) -> pb::Seller {
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
        max_capacity,
        consumed_capacity: owned,
        available_capacity: max_capacity.map(|most| i64::from(most) - owned),
    }
}

/// Reads the fields of a seller that callers can set.
///
/// # Errors
/// The calendar has no name of a calendar.
pub fn profile(seller: pb::Seller) -> Result<Profile, Violation> {
    Ok(Profile {
        display_name: seller.display_name,
        email: seller.email,
        assign_records: seller.assign_records.unwrap_or(true),
        calendar: calendar_id("calendar", &seller.calendar)?,
        max_capacity: seller.max_capacity,
    })
}

/// The fields that list filters can use.
pub fn subject() -> Subject {
    let fields = [
        ("id", AttributeType::String),
        ("display_name", AttributeType::String),
        ("email", AttributeType::String),
        ("assign_records", AttributeType::Bool),
        ("calendar", AttributeType::String),
        ("max_capacity", AttributeType::Int),
        ("create_time", AttributeType::Timestamp),
        ("update_time", AttributeType::Timestamp),
    ];
    Subject::new("seller", fields)
}
