//! SequenceService: drafts, their lifecycle and revisions. [`super::pictures`] draws
//! them, [`super::stats`] sums up what happened.

use std::collections::BTreeSet;

use tonic::{Request, Response, Status};

use crate::api::call::{self, Call};
use crate::api::convert::{operation as convert_operation, sequence as convert};
use crate::api::pb::deactivate_sequence_request::Mode;
use crate::api::pb::sequence::View;
use crate::api::pb::sequence_service_server::SequenceService;
use crate::api::sequences::patches::patch;
use crate::api::{Api, etag, pb, update_mask, validate};
use crate::domain::definition::Definition;
use crate::domain::draft::PlanPatch;
use crate::domain::filing::FilingPatch;
use crate::domain::id::{OrganizationId, SequenceId};
use crate::domain::names;
use crate::domain::priority::Priority;
use crate::domain::sequence::{DeactivateMode, Revision};
use crate::domain::sequence_template::{self, SequenceTemplate};
use crate::domain::violation::Violations;
use crate::engine::{
    ActivateSequence, CreateSequence, DeactivateSequence, DecideSplit, DeleteSequence, Error, Kind,
    ReassignSequences, UpdateSequence,
};
use crate::store::sequences::{Selection, SequenceRow};
use crate::store::{Portion, ReadConnection, sequences};

/// The fields that an update can set.
const UPDATABLE: &[&str] = &[
    "display_name",
    "description",
    "steps",
    "exit_criteria",
    "owner",
    "tags",
    "working_hours_only",
    "priority",
    "assign_to",
    "reenrollment",
    "throttle",
];
/// Fields that an update mask may name but must not change.
const FIXED: &[&str] = &["record_type"];

#[tonic::async_trait]
impl SequenceService for Api {
    async fn create_sequence(
        &self,
        request: Request<pb::CreateSequenceRequest>,
    ) -> Result<Response<pb::CreateSequenceResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sequence_id = found.keep_once(names::new_id("sequence_id", &message.sequence_id));
        // The rules in the proto report a missing sequence.
        let sent = message.sequence.unwrap_or_default();
        let record_type = found.keep("sequence", convert::record_type(&sent.record_type));
        let (draft, wrong) = convert::draft(sent.steps);
        found.extend_under("sequence", wrong);
        let owner = found.keep_once(convert::seller("sequence.owner", &sent.owner)).flatten();
        let filing = FilingPatch { owner: owner.map(Some), tags: Some(sent.tags) };
        let reenrollment = convert::reenrollment(&sent.reenrollment.unwrap_or_default());
        let reenrollment = found.keep("sequence.reenrollment", reenrollment).unwrap_or_default();
        let throttle = convert::throttle(sent.throttle);
        let plan = PlanPatch {
            display_name: Some(sent.display_name),
            description: Some(sent.description),
            draft: Some(draft),
            exit_criteria: sent.exit_criteria.map(convert::exit_criteria),
            working_hours_only: sent.working_hours_only,
            priority: sent.priority.map(Priority::of),
            assign_to: found.keep("sequence", convert::assign_to(sent.assign_to)).flatten(),
        };
        if !found.is_empty() {
            let record_type = record_type.as_deref().unwrap_or_default();
            let rest = self.engine.check_new_sequence(call.organization(), record_type, &plan).await?;
            found.extend_once(rest.under("sequence"));
        }
        let (sequence_id, record_type) = found.settle((sequence_id, record_type))?;

        let command = CreateSequence { sequence_id, record_type, plan, filing, reenrollment, throttle };
        let created = self.engine.create_sequence(&call.request(repetition), command).await;
        let id = created.map_err(|error| error.under("sequence"))?;
        Ok(Response::new(pb::CreateSequenceResponse { sequence: Some(self.sequence(&call, id).await?) }))
    }

    async fn get_sequence(
        &self,
        request: Request<pb::GetSequenceRequest>,
    ) -> Result<Response<pb::GetSequenceResponse>, Status> {
        let (call, message) = self.enter(request)?;
        validate::check(&message)?;
        let shown = self.find_sequence(&call, "name", &message.name).await?;
        let sequence = match message.view() {
            View::Basic => convert::basic(&shown),
            View::Unspecified | View::Full => self.full(&call, &shown).await?,
        };
        Ok(Response::new(pb::GetSequenceResponse { sequence: Some(sequence) }))
    }

    async fn list_sequences(
        &self,
        request: Request<pb::ListSequencesRequest>,
    ) -> Result<Response<pb::ListSequencesResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = Violations::new();
        let organization = call.organization();
        let show_deleted = message.show_deleted.to_string();
        let parts = [("filter", message.filter.as_str()), ("show_deleted", &show_deleted)];
        let page = found.keep("", call.page::<String>(message.page_size, &message.page_token, &parts));
        let filter = found.keep("", call::filter(&message.filter, &convert::subject()));
        let (page, filter) = found.settle((page, filter))?;

        let selection = Selection {
            filter: filter.as_ref(),
            show_deleted: message.show_deleted,
            after: page.after.as_deref(),
        };
        let mut conn = self.read(call.organization()).await?;
        let rows = sequences::page(&mut conn, organization, selection, page.limit()).await?;
        let (sequences, next_page_token) =
            page.fill(&rows, convert::basic, |last| last.sequence.sequence_id.to_string());
        Ok(Response::new(pb::ListSequencesResponse { sequences, next_page_token }))
    }

    async fn update_sequence(
        &self,
        request: Request<pb::UpdateSequenceRequest>,
    ) -> Result<Response<pb::UpdateSequenceResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sent = message.sequence.unwrap_or_default();
        let fields = found
            .keep("", update_mask::fields_or_fixed(&sent, message.update_mask.as_ref(), UPDATABLE, FIXED));
        let sequence_id = found.keep_once(names::SEQUENCE.parse_id("sequence.name", &sent.name));
        let expected_version = etag::expected(&sent.etag);
        let has_reenrollment = fields.as_ref().is_some_and(|fields| fields.has("reenrollment"));
        let reenrollment = convert::reenrollment(&sent.reenrollment.unwrap_or_default());
        let reenrollment =
            has_reenrollment.then(|| found.keep("sequence.reenrollment", reenrollment)).flatten();
        let throttle = fields.as_ref().filter(|fields| fields.has("throttle"));
        let throttle = throttle.map(|_| convert::throttle(sent.throttle));
        let (record_type, plan, filing) = patch(fields.as_ref(), sent, &mut found);
        if !found.is_empty() {
            let sequence_id = sequence_id.as_deref().unwrap_or_default();
            let rest = self.engine.check_sequence_change(call.organization(), sequence_id, &plan).await?;
            found.extend_once(rest.under("sequence"));
        }
        let sequence_id = found.settle(sequence_id)?;

        let command = UpdateSequence {
            sequence_id,
            expected_version,
            record_type,
            plan,
            filing,
            reenrollment,
            throttle,
        };
        let updated = self.engine.update_sequence(&call.request(repetition), command).await;
        let id = updated.map_err(|error| error.under("sequence"))?;
        Ok(Response::new(pb::UpdateSequenceResponse { sequence: Some(self.sequence(&call, id).await?) }))
    }

    async fn delete_sequence(
        &self,
        request: Request<pb::DeleteSequenceRequest>,
    ) -> Result<Response<pb::DeleteSequenceResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sequence_id = found.keep_once(names::SEQUENCE.parse_id("name", &message.name));
        let sequence_id = found.settle(sequence_id)?;

        let command = DeleteSequence {
            sequence_id,
            expected_version: etag::expected(&message.etag),
            force: message.force,
        };
        let done = self.engine.delete_sequence(&call.request(repetition), command).await?;
        Ok(Response::new(pb::DeleteSequenceResponse {
            sequence: Some(self.sequence(&call, done.sequence).await?),
            exit_operation: convert_operation::name(done.exit_operation),
        }))
    }

    async fn undelete_sequence(
        &self,
        request: Request<pb::UndeleteSequenceRequest>,
    ) -> Result<Response<pb::UndeleteSequenceResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sequence_id = found.keep_once(names::SEQUENCE.parse_id("name", &message.name));
        let sequence_id = found.settle(sequence_id)?;

        let id = self.engine.undelete_sequence(&call.request(repetition), &sequence_id).await?;
        Ok(Response::new(pb::UndeleteSequenceResponse { sequence: Some(self.sequence(&call, id).await?) }))
    }

    async fn validate_sequence(
        &self,
        request: Request<pb::ValidateSequenceRequest>,
    ) -> Result<Response<pb::ValidateSequenceResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.validated(&call, message).await?))
    }

    async fn simulate_sequence(
        &self,
        request: Request<pb::SimulateSequenceRequest>,
    ) -> Result<Response<pb::SimulateSequenceResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.simulated(&call, message).await?))
    }

    async fn list_sequence_templates(
        &self,
        request: Request<pb::ListSequenceTemplatesRequest>,
    ) -> Result<Response<pb::ListSequenceTemplatesResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let page = call.page::<String>(message.page_size, &message.page_token, &[])?;

        let follows = |id: &str| page.after.as_deref().is_none_or(|last| id > last);
        let templates = sequence_template::all().iter();
        let rows: Vec<_> = templates.filter(|one| follows(one.sequence_template_id)).collect();
        let key = |last: &&SequenceTemplate| last.sequence_template_id.to_owned();
        let (sequence_templates, next_page_token) =
            page.fill(&Portion::from(rows), |one| convert::sequence_template(one), key);
        Ok(Response::new(pb::ListSequenceTemplatesResponse { sequence_templates, next_page_token }))
    }

    async fn clone_sequence(
        &self,
        request: Request<pb::CloneSequenceRequest>,
    ) -> Result<Response<pb::CloneSequenceResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.copied(&call, message).await?))
    }

    async fn diff_sequence(
        &self,
        request: Request<pb::DiffSequenceRequest>,
    ) -> Result<Response<pb::DiffSequenceResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.differences(&call, &message).await?))
    }

    async fn reassign_sequences(
        &self,
        request: Request<pb::ReassignSequencesRequest>,
    ) -> Result<Response<pb::ReassignSequencesResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let owner = found.keep_once(convert::seller("new_owner", &message.new_owner));
        let which = found.keep("", convert::whose(&message));
        let (owner, which) = found.settle((owner, which))?;

        let command = ReassignSequences { which, owner };
        let reassigned = self.engine.reassign_sequences(&call.request(repetition), command).await?;
        let reassigned_count = i32::try_from(reassigned).unwrap_or(i32::MAX);
        Ok(Response::new(pb::ReassignSequencesResponse { reassigned_count }))
    }

    async fn get_sequence_stats(
        &self,
        request: Request<pb::GetSequenceStatsRequest>,
    ) -> Result<Response<pb::GetSequenceStatsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.stats(&call, &message).await?))
    }

    async fn render_sequence(
        &self,
        request: Request<pb::RenderSequenceRequest>,
    ) -> Result<Response<pb::RenderSequenceResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.render(&call, &message).await?))
    }

    async fn activate_sequence(
        &self,
        request: Request<pb::ActivateSequenceRequest>,
    ) -> Result<Response<pb::ActivateSequenceResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sequence_id = found.keep_once(names::SEQUENCE.parse_id("name", &message.name));
        let sequence_id = found.settle(sequence_id)?;

        let command = ActivateSequence {
            sequence_id,
            revision_description: message.revision_description,
            expected_version: etag::expected(&message.etag),
            validate_only: message.validate_only,
        };
        let done = self.engine.activate_sequence(&call.request(repetition), command).await?;
        let sequence = Some(self.sequence(&call, done.sequence).await?);
        let feed_operation = convert_operation::name(done.feed_operation);
        let resume_operation = convert_operation::name(done.resume_operation);
        Ok(Response::new(pb::ActivateSequenceResponse { sequence, feed_operation, resume_operation }))
    }

    async fn deactivate_sequence(
        &self,
        request: Request<pb::DeactivateSequenceRequest>,
    ) -> Result<Response<pb::DeactivateSequenceResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sequence_id = found.keep_once(names::SEQUENCE.parse_id("name", &message.name));
        let sequence_id = found.settle(sequence_id)?;

        let mode = match message.mode() {
            Mode::Unspecified | Mode::Drain => DeactivateMode::Drain,
            Mode::Pause => DeactivateMode::Pause,
            Mode::Exit => DeactivateMode::Exit,
        };
        let expected_version = etag::expected(&message.etag);
        let command = DeactivateSequence { sequence_id, mode, expected_version };
        let done = self.engine.deactivate_sequence(&call.request(repetition), command).await?;
        let sequence = Some(self.sequence(&call, done.sequence).await?);
        let settle_operation = convert_operation::name(done.settle_operation);
        Ok(Response::new(pb::DeactivateSequenceResponse { sequence, settle_operation }))
    }

    async fn decide_split(
        &self,
        request: Request<pb::DecideSplitRequest>,
    ) -> Result<Response<pb::DecideSplitResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sequence_id = found.keep_once(names::SEQUENCE.parse_id("name", &message.name));
        let sequence_id = found.settle(sequence_id)?;

        let command = DecideSplit {
            sequence_id,
            expected_version: etag::expected(&message.etag),
            step_id: message.step_id,
            variant_id: message.variant_id,
        };
        let id = self.engine.decide_split(&call.request(repetition), command).await?;
        Ok(Response::new(pb::DecideSplitResponse { sequence: Some(self.sequence(&call, id).await?) }))
    }

    async fn get_sequence_revision(
        &self,
        request: Request<pb::GetSequenceRevisionRequest>,
    ) -> Result<Response<pb::GetSequenceRevisionResponse>, Status> {
        let (call, message) = self.enter(request)?;
        validate::check(&message)?;
        let [sequence_id, number] = names::REVISION.parse("name", &message.name)?;
        let missing = || Error::Missing { kind: Kind::SequenceRevision, name: message.name.clone() };
        let number = revision_number(number).ok_or_else(missing)?;

        let (organization, mut conn) = (call.organization(), self.read(call.organization()).await?);
        let of = sequences::find(&mut conn, organization, sequence_id).await?.ok_or_else(missing)?;
        let found = sequences::revisions::get(&mut conn, organization, of.sequence.id, number).await?;
        let revision = found.ok_or_else(missing)?;
        let basic = convert::basic_revision(&revision, sequence_id, of.record_type.as_str());
        let steps = match message.view() {
            View::Basic => Vec::new(),
            View::Unspecified | View::Full => {
                steps(&mut conn, organization, &revision.plan.definition).await?
            }
        };
        let sequence_revision = Some(pb::SequenceRevision { steps, ..basic });
        Ok(Response::new(pb::GetSequenceRevisionResponse { sequence_revision }))
    }

    async fn list_sequence_revisions(
        &self,
        request: Request<pb::ListSequenceRevisionsRequest>,
    ) -> Result<Response<pb::ListSequenceRevisionsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = Violations::new();
        let organization = call.organization();
        let sequence_id = found.keep_once(names::SEQUENCE.parse_id("parent", &message.parent));
        let parts = [("parent", sequence_id.as_deref().unwrap_or_default())];
        let page = found.keep("", call.page::<i32>(message.page_size, &message.page_token, &parts));
        let (page, sequence_id) = found.settle((page, sequence_id))?;

        // A missing sequence is NOT_FOUND rather than an empty list.
        let of = self.find_sequence(&call, "parent", &message.parent).await?;
        let (before, limit) = (page.after, page.limit());
        let mut conn = self.read(call.organization()).await?;
        let rows = sequences::revisions::page(&mut conn, organization, of.sequence.id, before, limit).await?;
        let show = |row: &Revision| convert::basic_revision(row, &sequence_id, of.record_type.as_str());
        let (sequence_revisions, next_page_token) = page.fill(&rows, show, |last| last.number);
        Ok(Response::new(pb::ListSequenceRevisionsResponse { sequence_revisions, next_page_token }))
    }
}

impl Api {
    pub(super) async fn sequence(&self, call: &Call, id: SequenceId) -> Result<pb::Sequence, Status> {
        let shown =
            sequences::get(&mut *self.read(call.organization()).await?, call.organization(), id).await?;
        let missing = || Error::Missing { kind: Kind::Sequence, name: id.to_string() };
        self.full(call, &shown.ok_or_else(missing)?).await
    }

    async fn find_sequence(&self, call: &Call, field: &str, name: &str) -> Result<SequenceRow, Status> {
        let [id] = names::SEQUENCE.parse(field, name)?;
        let shown =
            sequences::find(&mut *self.read(call.organization()).await?, call.organization(), id).await?;
        let missing = || Error::Missing { kind: Kind::Sequence, name: names::SEQUENCE.name([id]) };
        Ok(shown.ok_or_else(missing)?)
    }

    /// A sequence with its steps and the names of their templates.
    async fn full(&self, call: &Call, shown: &SequenceRow) -> Result<pb::Sequence, Status> {
        let definition = &shown.sequence.plan.definition;
        let steps =
            steps(&mut self.read(call.organization()).await?, call.organization(), definition).await?;
        Ok(pb::Sequence { steps, ..convert::basic(shown) })
    }
}

/// Reads the number of a revision. A revision has only one name, so `01` isn't accepted for `1`.
pub(super) fn revision_number(text: &str) -> Option<i32> {
    text.parse().ok().filter(|read: &i32| read.to_string() == text)
}

/// The steps of a definition with the names of their templates.
pub(super) async fn steps(
    conn: &mut ReadConnection,
    organization: OrganizationId,
    definition: &Definition,
) -> Result<Vec<pb::Step>, Status> {
    let named: BTreeSet<_> = definition.templates().into_iter().map(|key| (organization, key)).collect();
    // Definitions without emails need no query.
    let templates = match named.is_empty() {
        true => Default::default(),
        false => sequences::templates::chosen_ids(conn, &named).await?,
    };
    Ok(convert::steps(definition, &templates))
}
