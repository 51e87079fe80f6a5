//! TeamService: sellers who work together.

use tonic::{Request, Response, Status};

use crate::api::call::{self, Call};
use crate::api::convert::team as convert;
use crate::api::pb::team_service_server::TeamService;
use crate::api::{Api, etag, pb, update_mask};
use crate::domain::id::TeamId;
use crate::domain::names;
use crate::domain::violation::Violations;
use crate::engine::{CreateTeam, DeleteTeam, Error, Kind, TeamPatch, UpdateTeam};
use crate::store::tenants;

/// The fields that an update can set.
const UPDATABLE: &[&str] = &["display_name", "members", "calendar"];

#[tonic::async_trait]
impl TeamService for Api {
    async fn create_team(
        &self,
        request: Request<pb::CreateTeamRequest>,
    ) -> Result<Response<pb::CreateTeamResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let team_id = found.keep_once(names::new_id("team_id", &message.team_id));
        let sent = convert::profile(message.team.unwrap_or_default());
        let profile = found.keep_once(sent.map_err(|wrong| wrong.under("team")));
        // Only for a request that is refused anyway, so that all violations come together. The
        // engine checks after it has looked for a repetition: limits may have been lowered since.
        if let Some(profile) = profile.as_ref().filter(|_| !found.is_empty()) {
            let limits = self.settings(call.organization()).await?.limits;
            found.extend_under("team", profile.check(&limits));
        }
        let (team_id, profile) = found.settle((team_id, profile))?;

        let command = CreateTeam { team_id, profile };
        let created = self.engine.create_team(&call.request(repetition), command).await;
        let id = created.map_err(|error| error.under("team"))?;
        Ok(Response::new(pb::CreateTeamResponse { team: Some(self.team(&call, id).await?) }))
    }

    async fn get_team(
        &self,
        request: Request<pb::GetTeamRequest>,
    ) -> Result<Response<pb::GetTeamResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let [id] = names::TEAM.parse("name", &message.name)?;
        let mut conn = self.read(call.organization()).await?;
        let found = tenants::teams::find(&mut conn, call.organization(), id).await?;
        let missing = || Error::Missing { kind: Kind::Team, name: names::TEAM.name([id]) };
        let team = Some(convert::team(&found.ok_or_else(missing)?));
        Ok(Response::new(pb::GetTeamResponse { team }))
    }

    async fn list_teams(
        &self,
        request: Request<pb::ListTeamsRequest>,
    ) -> Result<Response<pb::ListTeamsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = Violations::new();
        let parts = [("filter", message.filter.as_str())];
        let page = found.keep("", call.page::<String>(message.page_size, &message.page_token, &parts));
        let filter = found.keep("", call::filter(&message.filter, &convert::subject()));
        let (page, filter) = found.settle((page, filter))?;

        let (organization, last) = (call.organization(), page.after.as_deref());
        let mut conn = self.read(organization).await?;
        let rows = tenants::teams::page(&mut conn, organization, filter.as_ref(), last, page.limit()).await?;
        let (teams, next_page_token) = page.fill(&rows, convert::team, |last| last.team_id.to_string());
        Ok(Response::new(pb::ListTeamsResponse { teams, next_page_token }))
    }

    async fn update_team(
        &self,
        request: Request<pb::UpdateTeamRequest>,
    ) -> Result<Response<pb::UpdateTeamResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sent = message.team.unwrap_or_default();
        let fields = found.keep("", update_mask::fields(&sent, message.update_mask.as_ref(), UPDATABLE));
        let team_id = found.keep_once(names::TEAM.parse_id("team.name", &sent.name));
        let expected_version = etag::expected(&sent.etag);
        let profile = found.keep_once(convert::profile(sent).map_err(|wrong| wrong.under("team")));
        let (fields, team_id, profile) = found.settle((fields, team_id, profile))?;

        let patch = TeamPatch {
            display_name: fields.has("display_name").then_some(profile.display_name),
            members: fields.has("members").then_some(profile.members),
            calendar: fields.has("calendar").then_some(profile.calendar),
        };
        let command = UpdateTeam { team_id, expected_version, patch };
        let updated = self.engine.update_team(&call.request(repetition), command).await;
        let id = updated.map_err(|error| error.under("team"))?;
        Ok(Response::new(pb::UpdateTeamResponse { team: Some(self.team(&call, id).await?) }))
    }

    async fn delete_team(
        &self,
        request: Request<pb::DeleteTeamRequest>,
    ) -> Result<Response<pb::DeleteTeamResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let team_id = found.keep_once(names::TEAM.parse_id("name", &message.name));
        let team_id = found.settle(team_id)?;

        let command = DeleteTeam { team_id, expected_version: etag::expected(&message.etag) };
        self.engine.delete_team(&call.request(repetition), command).await?;
        Ok(Response::new(pb::DeleteTeamResponse {}))
    }
}

impl Api {
    /// Reads a team that was just written. If somebody deleted it in the meantime, it is missing.
    async fn team(&self, call: &Call, id: TeamId) -> Result<pb::Team, Status> {
        let mut conn = self.read(call.organization()).await?;
        let team = tenants::teams::get(&mut conn, call.organization(), id).await?;
        let missing = || Error::Missing { kind: Kind::Team, name: names::TEAM.uuid_name(id.0) };
        Ok(convert::team(&team.ok_or_else(missing)?))
    }
}
