//! OrganizationService: settings, limits and problems of the caller's organization.

use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::convert::calendar::calendar_id;
use crate::api::convert::wait::delay_of;
use crate::api::convert::{organization as convert, problem as shown};
use crate::api::pb::organization_service_server::OrganizationService;
use crate::api::{Api, etag, pb, update_mask};
use crate::domain::id::ProblemId;
use crate::domain::names;
use crate::domain::settings::SettingsPatch;
use crate::engine::{Error, Kind, UpdateOrganization};
use crate::store::routing::set_aside;
use crate::store::tenants;
use crate::store::tenants::organizations::Organization;

#[tonic::async_trait]
impl OrganizationService for Api {
    async fn get_organization(
        &self,
        request: Request<pb::GetOrganizationRequest>,
    ) -> Result<Response<pb::GetOrganizationResponse>, Status> {
        let (call, _) = self.enter(request)?;
        let organization = Some(self.organization(&call).await?);
        Ok(Response::new(pb::GetOrganizationResponse { organization }))
    }

    async fn update_organization(
        &self,
        request: Request<pb::UpdateOrganizationRequest>,
    ) -> Result<Response<pb::UpdateOrganizationResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let wanted = message.organization.unwrap_or_default();
        let mask = message.update_mask.as_ref();
        let fields = found.keep("", update_mask::fields(&wanted, mask, convert::UPDATABLE));
        let mut settings = wanted.settings.unwrap_or_default();
        let grace = found.keep_once(convert::reopen_grace_seconds(settings.reopen_grace_period.as_ref()));
        let calendar = found.keep_once(calendar_id("organization.settings.calendar", &settings.calendar));
        let emails =
            found.keep_once(calendar_id("organization.settings.email_calendar", &settings.email_calendar));
        let (fields, reopen_grace_seconds, calendar, email_calendar) =
            found.settle((fields, grace, calendar, emails))?;

        // Limits that the mask names but that have no value return to their defaults.
        let limits = settings.limits.take().unwrap_or_default();
        let consent_policy = convert::consent_policy(settings.consent_policy());
        let settings = SettingsPatch {
            phone_outcomes: fields
                .has("settings.phone_outcomes")
                .then(|| convert::phone_outcomes(settings.phone_outcomes)),
            dispositions: fields
                .has("settings.dispositions")
                .then(|| convert::dispositions(settings.dispositions)),
            consent_policy: fields.has("settings.consent_policy").then_some(consent_policy),
            reopen_grace_seconds: fields.has("settings.reopen_grace_period").then_some(reopen_grace_seconds),
            seller_authoring: fields
                .has("settings.seller_authoring")
                .then(|| settings.seller_authoring.unwrap_or_default()),
            calendar: fields.has("settings.calendar").then_some(calendar),
            email_calendar: fields.has("settings.email_calendar").then_some(email_calendar),
            round_robin_across_rules: fields
                .has("settings.round_robin_across_rules")
                .then(|| settings.round_robin_across_rules.unwrap_or_default()),
            auto_skip_after: fields
                .has("settings.auto_skip_after")
                .then(|| settings.auto_skip_after.and_then(delay_of)),
            publish_events: fields
                .has("settings.publish_events")
                .then(|| settings.publish_events.unwrap_or_default()),
            history_retention_days: fields
                .has("settings.history_retention_days")
                .then(|| settings.history_retention_days.unwrap_or_default()),
            limits: convert::limits(&limits, &fields),
        };
        let command = UpdateOrganization {
            expected_version: etag::expected(&wanted.etag),
            display_name: fields.has("display_name").then_some(wanted.display_name),
            settings,
        };
        let updated = self.engine.update_organization(&call.request(repetition), command).await;
        updated.map_err(|error| error.under("organization"))?;
        let organization = Some(self.organization(&call).await?);
        Ok(Response::new(pb::UpdateOrganizationResponse { organization }))
    }

    async fn list_problems(
        &self,
        request: Request<pb::ListProblemsRequest>,
    ) -> Result<Response<pb::ListProblemsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let page = call.page::<Uuid>(message.page_size, &message.page_token, &[])?;

        let mut conn = self.read(call.organization()).await?;
        let rows = set_aside::page(&mut conn, call.organization(), page.after, page.limit()).await?;
        let rows = rows.into();
        let (problems, next_page_token) = page.fill(&rows, shown::problem, |last| last.problem.id.0);
        Ok(Response::new(pb::ListProblemsResponse { problems, next_page_token }))
    }

    async fn retry_problem(
        &self,
        request: Request<pb::RetryProblemRequest>,
    ) -> Result<Response<pb::RetryProblemResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let id = found.keep_once(names::PROBLEM.parse_uuid("name", &message.name));
        let id = ProblemId(found.settle(id)?);
        self.engine.retry_problem(&call.request(repetition), id).await?;
        Ok(Response::new(pb::RetryProblemResponse {}))
    }
}

impl Api {
    async fn organization(&self, call: &Call) -> Result<pb::Organization, Status> {
        Ok(convert::organization(&self.own_organization(call).await?))
    }

    /// Reads the caller's organization.
    pub(super) async fn own_organization(&self, call: &Call) -> Result<Organization, Status> {
        let mut conn = self.read(call.organization()).await?;
        let found = tenants::organizations::get(&mut conn, call.organization()).await?;
        let name = || names::ORGANIZATION.uuid_name(call.organization().0);
        let missing = || Error::Missing { kind: Kind::Organization, name: name() };
        Ok(found.ok_or_else(missing)?)
    }
}
