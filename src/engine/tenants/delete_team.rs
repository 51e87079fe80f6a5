//! Deletes a team that nobody uses.

use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Opened, Request};
use crate::store::{queues, tenants};

/// The team to delete.
#[derive(Clone, Debug)]
pub struct DeleteTeam {
    /// Its id.
    pub team_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
}

impl Engine {
    /// Deletes a team. Its closed activities still name its queue.
    ///
    /// # Errors
    /// Missing; Stale; Refused (ResourceBuiltIn, TeamInUse).
    pub async fn delete_team(&self, request: &Request, command: DeleteTeam) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // Whoever lets a rule name a team holds the organization's row.
        let organization = write.lock_organization().await?.id;
        let team = write.lock_team(&command.team_id, command.expected_version).await?;
        let name = names::TEAM.name([&team.team_id]);
        if team.is_built_in() {
            return Err(Refusal::ResourceBuiltIn { resource: name }.into());
        }

        // Who has put work into the queue has committed once it is closed, and nobody can any more.
        // Who follows it is told that it is gone.
        let stamp = self.clock().new_stamp();
        queues::close(write.conn(), organization, team.id.into(), stamp).await?;
        write.changes_queue(team.id.into());
        let users = tenants::teams::users(write.conn(), &team).await?;
        if !users.is_empty() {
            return Err(Refusal::TeamInUse { team: name, users }.into());
        }

        tenants::teams::delete(write.conn(), organization, team.id, request.now).await?;
        write.definitions_changed().await?;
        if team.profile.calendar.is_some() && !team.profile.members.is_empty() {
            write.queue_wait_refresh((team.id.0, name)).await?;
        }
        write.commit(team.id.0, &()).await
    }
}
