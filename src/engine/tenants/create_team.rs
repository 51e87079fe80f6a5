//! Creates a team with an empty queue.

use crate::domain::id::{ChosenId, TeamId};
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::team::{Profile, Team};
use crate::domain::violation::Violations;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::{self, queues, tenants};

/// The team to create.
#[derive(Clone, Debug)]
pub struct CreateTeam {
    /// The id, chosen by the caller.
    pub team_id: ChosenId,
    /// The fields that can be updated.
    pub profile: Profile,
}

impl Engine {
    /// Creates a team and its empty queue. A deleted team's queue goes on with a new team of its
    /// id.
    ///
    /// # Errors
    /// Invalid, with paths relative to the team; Exists.
    pub async fn create_team(&self, request: &Request, command: CreateTeam) -> Result<TeamId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let limits = write.lock_organization().await?.settings.limits;
        let mut found = command.profile.check(&limits);
        found.extend(write.check_members(&command.profile.members).await?);
        found.extend(write.hold_calendar("calendar", command.profile.calendar.as_ref()).await?);
        found.into_result(())?;

        let team = Team {
            organization: write.organization(),
            id: TeamId(self.clock().new_id()),
            team_id: command.team_id,
            profile: command.profile,
            version: 1,
            create_time: request.now,
            update_time: request.now,
        };
        let name = names::TEAM.name([&team.team_id]);
        let (id, is_new) = match tenants::teams::insert(write.conn(), &team).await? {
            None => return Err(Error::Exists { kind: Kind::Team, name }),
            Some(inserted) => inserted,
        };
        let stamp = self.clock().new_stamp();
        if is_new {
            queues::insert(write.conn(), team.organization, id.into(), stamp).await?;
        } else {
            queues::reopen(write.conn(), team.organization, id.into(), stamp).await?;
        }

        write.definitions_changed().await?;
        if team.profile.calendar.is_some() && !team.profile.members.is_empty() {
            write.queue_wait_refresh((id.0, name)).await?;
        }
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}

impl Write {
    /// Returns a violation for each member of a team who doesn't exist or comes twice, with a path
    /// like `members[1]`.
    pub(in crate::engine) async fn check_members(
        &mut self,
        members: &[ChosenId],
    ) -> Result<Violations, store::Error> {
        let ids: Vec<String> = members.iter().map(ChosenId::to_string).collect();
        let organization = self.organization();
        let known = tenants::sellers::keys(self.conn(), organization, &ids).await?;

        let mut found = Violations::new();
        for (index, id) in ids.iter().enumerate() {
            let (field, name) = (format!("members[{index}]"), names::SELLER.name([id]));
            if !known.contains_key(id) {
                let description = format!("must be an existing seller: {name} doesn't exist");
                found.push(field, Reason::ReferenceNotFound, description);
            } else if ids[..index].contains(id) {
                found.push(field, Reason::FieldInvalid, format!("duplicate {name}: a member is listed once"));
            }
        }
        Ok(found)
    }
}
