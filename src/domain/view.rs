//! Saved views: what to list of the activities, kept under a name.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::caller::Scope;
use super::id::{ChosenId, OrganizationId, SellerId, ViewId};
use super::refusal::Refusal;
use super::settings::{Limits, check_length};
use super::violation::Violations;

/// The most views of one seller, and of the organization beside those of its sellers.
pub const MOST: i64 = 100;

/// The longest filter, order and grouping, in characters.
const LONGEST_TEXT: i32 = 4_096;

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The key.
    pub id: ViewId,
    /// The id that the caller chose.
    pub view_id: ChosenId,
    /// The seller whose view it is. `None`: everybody's. Never changes.
    pub owner: Option<SellerId>,
    /// The part that callers can change.
    pub content: Content,
    /// Increases with every change.
    pub version: i64,
    /// When the view was created.
    pub create_time: DateTime<Utc>,
    /// When the view was last changed.
    pub update_time: DateTime<Utc>,
}

/// The part of a view that callers can change. Its texts and numbers are those of the request that
/// lists activities.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// The name shown to people.
    pub display_name: String,
    /// The type of the records. Empty: any.
    pub record_type: String,
    /// A condition over activities and, with a type, their records. Empty: all.
    pub filter: String,
    /// The states. Empty: those that a list has by default.
    pub states: Vec<i32>,
    /// When the activities can be done. 0: whenever.
    pub due: i32,
    /// The order. Empty: that of the queue.
    pub order_by: String,
    /// The field to group by. Empty: none.
    pub group_by: String,
    /// The size of a page. 0: the default.
    pub window_size: i32,
}

impl Content {
    /// Returns everything that is wrong, except in what only the lists know. Paths are relative to
    /// the view.
    pub fn check(&self, limits: &Limits) -> Violations {
        let mut found = limits.check_display_name("display_name", &self.display_name);
        let texts = [("filter", &self.filter), ("order_by", &self.order_by), ("group_by", &self.group_by)];
        for (field, text) in texts {
            found.extend(check_length(field, text, LONGEST_TEXT));
        }
        found
    }
}

impl View {
    /// True if a caller may use it: it is everybody's, or the caller's own.
    pub fn is_visible(&self, scope: Scope) -> bool {
        self.owner.is_none() || scope.has_owner(self.owner)
    }

    /// Checks that a caller may change it, or make it.
    ///
    /// # Errors
    /// A refusal if it is everybody's, and the caller only sees the own work.
    pub fn check_keeper(owner: Option<SellerId>, scope: Scope) -> Result<(), Refusal> {
        match owner {
            None if scope != Scope::All => Err(Refusal::ViewShared),
            _ => Ok(()),
        }
    }
}
