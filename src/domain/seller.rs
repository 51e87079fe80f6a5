//! Sellers: the people who do the work.

use chrono::{DateTime, Utc};
use strum::{FromRepr, VariantArray};

use super::id::{ChosenId, OrganizationId, SellerId};
use super::record::Attributes;
use super::settings::{Limits, check_length};
use super::violation::Violations;

/// The longest email address, in characters (RFC 5321: 64 before the @, 255 after it).
const LONGEST_EMAIL: i32 = 320;

/// A person who does the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seller {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The key, which is also the key of the seller's queue.
    pub id: SellerId,
    /// The id that the caller chose.
    pub seller_id: ChosenId,
    /// The part that callers can change.
    pub profile: Profile,
    /// Increases with every change.
    pub version: i64,
    /// When the seller was created.
    pub create_time: DateTime<Utc>,
    /// When the seller was last changed.
    pub update_time: DateTime<Utc>,
}

/// The part of a seller that callers can change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The name shown to people.
    pub display_name: String,
    /// The email address; empty if unknown.
    pub email: String,
    /// True if assignment rules can give records to this seller.
    pub assign_records: bool,
    /// The calendar that says when the seller works. `None`: the organization's.
    pub calendar: Option<ChosenId>,
    /// The most active records that rules which respect capacity let the seller own. `None`: no
    /// maximum.
    pub max_capacity: Option<i32>,
    /// The values of declared attributes.
    pub attributes: Attributes,
    /// Where the seller's client goes after an activity is done.
    pub after_completion: AfterCompletion,
}

/// Where a client goes after an activity is completed or skipped. The numbers are stored, and they
/// are the same in the proto. Never change them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRepr, VariantArray)]
#[repr(i16)]
pub enum AfterCompletion {
    /// It asks each time.
    Ask = 1,
    /// To the next activity of the queue.
    #[default]
    Next = 2,
    /// It stays with the record.
    Stay = 3,
}

impl Profile {
    /// Returns everything that is wrong. Paths are relative to the seller: `display_name`.
    pub fn check(&self, limits: &Limits) -> Violations {
        let mut found = limits.check_display_name("display_name", &self.display_name);
        found.extend(check_length("email", &self.email, LONGEST_EMAIL));
        found
    }
}
