//! A seller: who does the work.

use chrono::{DateTime, Utc};

use super::id::{ChosenId, OrganizationId, SellerId};
use super::settings::{Limits, check_length};
use super::violation::Violations;

/// Characters of an email address at most (RFC 5321: 64 before the @, 255 behind it).
const LONGEST_EMAIL: i32 = 320;

/// Somebody who does the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seller {
    /// The tenant.
    pub organization: OrganizationId,
    /// The key, which is also that of the seller's queue.
    pub id: SellerId,
    /// The id that the caller chose.
    pub seller_id: ChosenId,
    /// What people say and set.
    pub profile: Profile,
    /// Goes up with every change.
    pub version: i64,
    /// When it was made.
    pub create_time: DateTime<Utc>,
    /// When it was last changed.
    pub update_time: DateTime<Utc>,
}

/// What can be changed of a seller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What people call the seller.
    pub display_name: String,
    /// The seller's email address; empty when not known.
    pub email: String,
    /// Whether assignment rules may give records to this seller.
    pub assign_records: bool,
}

impl Profile {
    /// Finds what is wrong with it. Paths begin at the seller: `display_name`.
    pub fn check(&self, limits: &Limits) -> Violations {
        let mut found = limits.check_display_name("display_name", &self.display_name);
        found.extend(check_length("email", &self.email, LONGEST_EMAIL));
        found
    }
}
