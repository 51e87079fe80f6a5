//! Changes a team.

use crate::domain::id::{ChosenId, TeamId};
use crate::domain::names;
use crate::domain::team::{Profile, Team};
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::tenants;

/// The change to make.
#[derive(Clone, Debug)]
pub struct UpdateTeam {
    /// Its id.
    pub team_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
    /// The new value of each field that changes.
    pub patch: TeamPatch,
}

/// The fields that change.
#[derive(Clone, Debug, Default)]
pub struct TeamPatch {
    /// The team's display name.
    pub display_name: Option<String>,
    /// The chosen ids of its members, all of them.
    pub members: Option<Vec<ChosenId>>,
    /// Its calendar. `Some(None)`: none.
    pub calendar: Option<Option<ChosenId>>,
}

impl Engine {
    /// Changes a team. Operations compute the running waits anew whose calendar changes with it.
    ///
    /// # Errors
    /// Missing; Stale; Invalid, with paths relative to the team.
    pub async fn update_team(&self, request: &Request, command: UpdateTeam) -> Result<TeamId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // `definitions_changed` writes the organization's row, which is first in the lock order.
        let limits = write.lock_organization().await?.settings.limits;
        // A record that is refused meanwhile would miss the new members.
        write.stop_routing().await?;
        let before = write.lock_team(&command.team_id, command.expected_version).await?;
        let id = before.id;

        let profile = command.patch.apply(before.profile.clone());
        let mut found = profile.check(&limits);
        found.extend(write.check_members(&profile.members).await?);
        found.extend(write.hold_calendar("calendar", profile.calendar.as_ref()).await?);
        found.into_result(())?;
        if profile == before.profile {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }

        let after = Team { profile, version: before.version + 1, update_time: request.now, ..before.clone() };
        tenants::teams::update(write.conn(), &after).await?;
        write.definitions_changed().await?;
        write.queue_timed_assignments(Some(id)).await?;
        if before.profile.retimes(&after.profile) {
            write.queue_wait_refresh((id.0, names::TEAM.name([&after.team_id]))).await?;
        }
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}

impl Write {
    /// Locks a team.
    ///
    /// # Errors
    /// Missing; Stale.
    pub(in crate::engine) async fn lock_team(
        &mut self,
        team_id: &str,
        seen: Option<Version>,
    ) -> Result<Team, Error> {
        let name = || names::TEAM.name([team_id]);
        let organization = self.organization();
        let team = tenants::teams::lock(self.conn(), organization, team_id).await?;
        let team = team.ok_or_else(|| Error::Missing { kind: Kind::Team, name: name() })?;
        Error::if_stale(seen, Version::of(team.id.0, team.version), name)?;
        self.sees(team.id.0).await?;
        Ok(team)
    }
}

impl TeamPatch {
    fn apply(self, before: Profile) -> Profile {
        Profile {
            display_name: self.display_name.unwrap_or(before.display_name),
            members: self.members.unwrap_or(before.members),
            calendar: self.calendar.unwrap_or(before.calendar),
        }
    }
}
