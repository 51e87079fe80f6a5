//! Teams: sellers who work together, with a queue as a pool.

use chrono::{DateTime, Utc};

use super::id::{ChosenId, OrganizationId, TeamId};
use super::settings::Limits;
use super::violation::Violations;

/// The chosen id of the team whose queue has the activities of records without an owner.
pub const UNASSIGNED: &str = "unassigned";

/// The chosen id of the team whose queue has the activities that workers carry out.
pub const AUTOMATION: &str = "automation";

/// Sellers who work together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The key, which is also the key of the team's queue.
    pub id: TeamId,
    /// The id that the caller chose.
    pub team_id: ChosenId,
    /// The part that callers can change.
    pub profile: Profile,
    /// Increases with every change.
    pub version: i64,
    /// When the team was created.
    pub create_time: DateTime<Utc>,
    /// When the team was last changed.
    pub update_time: DateTime<Utc>,
}

/// The part of a team that callers can change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The name shown to people.
    pub display_name: String,
    /// The chosen ids of the sellers, each once, in the order of their first turns.
    pub members: Vec<ChosenId>,
    /// When members without a calendar of their own work. `None`: the organization's calendar.
    pub calendar: Option<ChosenId>,
}

impl Team {
    /// True for the teams that every organization has, and that can't be deleted.
    pub fn is_built_in(&self) -> bool {
        [UNASSIGNED, AUTOMATION].contains(&self.team_id.as_str())
    }
}

impl Profile {
    /// True if sellers may work at other times once the team is as `after` says.
    pub fn retimes(&self, after: &Self) -> bool {
        let timed = self.calendar.is_some() || after.calendar.is_some();
        timed && (self.calendar != after.calendar || self.members != after.members)
    }

    /// Returns everything that is wrong, apart from members and calendars that don't exist. Paths
    /// are relative to the team: `display_name`.
    pub fn check(&self, limits: &Limits) -> Violations {
        limits.check_display_name("display_name", &self.display_name)
    }
}
