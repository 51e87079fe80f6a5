//! SegmentService: segments, their connections and their members. [`super::rules`] handles their
//! assignment rules, [`super::preview`] previews.

use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::api::call::{self, Call};
use crate::api::convert::{explanation, segment as convert};
use crate::api::pb::segment_service_server::SegmentService;
use crate::api::{Api, etag, pb, update_mask};
use crate::domain::id::SegmentId;
use crate::domain::names;
use crate::domain::segment::Profile;
use crate::domain::violation::Violations;
use crate::engine::{
    ActivateSegment, CloneSegment, ConnectSequence, CreateSegment, Error, Kind, SegmentPatch, SegmentTarget,
    UpdateSegment, unknown_record_type,
};
use crate::store::segments::{SegmentRow, SortKey};
use crate::store::{records, segments};

/// The fields that an update can set.
const UPDATABLE: &[&str] = &[
    "display_name",
    "description",
    "condition",
    "on_leave",
    "leave_grace",
    "allow_resegmentation",
    "reassign_on_resegmentation",
];
/// Fields that an update mask may name but must not change.
const FIXED: &[&str] = &["record_type", "priority"];

#[tonic::async_trait]
impl SegmentService for Api {
    async fn create_segment(
        &self,
        request: Request<pb::CreateSegmentRequest>,
    ) -> Result<Response<pb::CreateSegmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let segment_id = found.keep_once(names::new_id("segment_id", &message.segment_id));
        // The rules in the proto report a missing segment.
        let segment = message.segment.unwrap_or_default();
        let record_type = found.keep("segment", convert::record_type(&segment.record_type));
        let priority = Some(segment.priority).filter(|priority| *priority > 0);
        let profile = convert::profile(segment);
        if !found.is_empty() {
            let rest = self.segment_problems(&call, record_type.as_deref(), &profile).await?;
            found.extend_under("segment", rest);
        }
        let (segment_id, record_type) = found.settle((segment_id, record_type))?;

        let command = CreateSegment { segment_id, record_type, profile, priority };
        let created = self.engine.create_segment(&call.request(repetition), command).await;
        let id = created.map_err(|error| error.under("segment"))?;
        Ok(Response::new(pb::CreateSegmentResponse { segment: Some(self.segment(&call, id).await?) }))
    }

    async fn clone_segment(
        &self,
        request: Request<pb::CloneSegmentRequest>,
    ) -> Result<Response<pb::CloneSegmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let original = found.keep_once(names::SEGMENT.parse_id("name", &message.name));
        let segment_id = found.keep_once(names::new_id("segment_id", &message.segment_id));
        let (original, segment_id) = found.settle((original, segment_id))?;

        let display_name = Some(message.display_name).filter(|name| !name.is_empty());
        let command = CloneSegment { original, segment_id, display_name };
        let id = self.engine.clone_segment(&call.request(repetition), command).await?;
        Ok(Response::new(pb::CloneSegmentResponse { segment: Some(self.segment(&call, id).await?) }))
    }

    async fn get_segment(
        &self,
        request: Request<pb::GetSegmentRequest>,
    ) -> Result<Response<pb::GetSegmentResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let segment = Some(convert::segment(&self.find_segment(&call, "name", &message.name).await?));
        Ok(Response::new(pb::GetSegmentResponse { segment }))
    }

    async fn list_segments(
        &self,
        request: Request<pb::ListSegmentsRequest>,
    ) -> Result<Response<pb::ListSegmentsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = Violations::new();
        let parts = [("filter", message.filter.as_str())];
        let page = found.keep("", call.page::<SortKey>(message.page_size, &message.page_token, &parts));
        let filter = found.keep("", call::filter(&message.filter, &convert::subject()));
        let (page, filter) = found.settle((page, filter))?;

        let (organization, last) = (call.organization(), page.after.as_ref());
        let mut conn = self.read(call.organization()).await?;
        let rows = segments::page(&mut conn, organization, filter.as_ref(), last, page.limit()).await?;
        let (segments, next_page_token) = page.fill(&rows, convert::segment, SegmentRow::sort_key);
        Ok(Response::new(pb::ListSegmentsResponse { segments, next_page_token }))
    }

    async fn update_segment(
        &self,
        request: Request<pb::UpdateSegmentRequest>,
    ) -> Result<Response<pb::UpdateSegmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let segment = message.segment.unwrap_or_default();
        let mask = message.update_mask.as_ref();
        let fields = found.keep("", update_mask::fields_or_fixed(&segment, mask, UPDATABLE, FIXED));
        let segment_id = found.keep_once(names::SEGMENT.parse_id("segment.name", &segment.name));
        // An empty record type means unchanged here, although it means the default on creation.
        let record_type = Some(segment.record_type.clone()).filter(|given| !given.is_empty());
        let record_type = record_type.and_then(|given| found.keep("segment", convert::record_type(&given)));
        let expected_version = etag::expected(&segment.etag);
        let sets = |field: &str| fields.as_ref().is_some_and(|fields| fields.has(field));
        let priority = Some(segment.priority).filter(|given| *given > 0 && sets("priority"));
        let record_type = record_type.filter(|_| sets("record_type"));
        let patch = patch(sets, convert::profile(segment));
        if !found.is_empty() {
            let rest = self.segment_change_problems(&call, segment_id.as_deref(), &patch).await?;
            found.extend_once(rest.under("segment"));
        }
        let segment_id = found.settle(segment_id)?;

        let target = SegmentTarget { segment_id, expected_version };
        let command = UpdateSegment { target, patch, record_type, priority };
        let updated = self.engine.update_segment(&call.request(repetition), command).await;
        let id = updated.map_err(|error| error.under("segment"))?;
        Ok(Response::new(pb::UpdateSegmentResponse { segment: Some(self.segment(&call, id).await?) }))
    }

    async fn delete_segment(
        &self,
        request: Request<pb::DeleteSegmentRequest>,
    ) -> Result<Response<pb::DeleteSegmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, found) = call.check(&mut message, |message| &mut message.request_id);
        let target = target(found, &message.name, &message.etag)?;
        self.engine.delete_segment(&call.request(repetition), target).await?;
        Ok(Response::new(pb::DeleteSegmentResponse {}))
    }

    async fn activate_segment(
        &self,
        request: Request<pb::ActivateSegmentRequest>,
    ) -> Result<Response<pb::ActivateSegmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, found) = call.check(&mut message, |message| &mut message.request_id);
        let target = target(found, &message.name, &message.etag)?;

        let pb::ActivateSegmentRequest { backfill, validate_only, .. } = message;
        let command = ActivateSegment { target, backfill, validate_only };
        let started = self.engine.activate_segment(&call.request(repetition), command).await?;

        let mut segment = self.segment(&call, started.segment).await?;
        // A dry run writes nothing, so the state is set here for display.
        if validate_only {
            segment.state = pb::segment::State::Active.into();
        }
        let backfill = started.backfill.map(|id| names::OPERATION.uuid_name(id.0));

        Ok(Response::new(pb::ActivateSegmentResponse {
            segment: Some(segment),
            existing_matches: started.existing_matches,
            matches_partial: started.matches_partial,
            backfill_operation: backfill.unwrap_or_default(),
            forecast: started.forecast.as_ref().map(convert::forecast),
        }))
    }

    async fn deactivate_segment(
        &self,
        request: Request<pb::DeactivateSegmentRequest>,
    ) -> Result<Response<pb::DeactivateSegmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, found) = call.check(&mut message, |message| &mut message.request_id);
        let target = target(found, &message.name, &message.etag)?;
        let id = self.engine.deactivate_segment(&call.request(repetition), target).await?;
        Ok(Response::new(pb::DeactivateSegmentResponse { segment: Some(self.segment(&call, id).await?) }))
    }

    async fn move_segment(
        &self,
        request: Request<pb::MoveSegmentRequest>,
    ) -> Result<Response<pb::MoveSegmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let segment_id = found.keep_once(names::SEGMENT.parse_id("name", &message.name));
        let segment_id = found.settle(segment_id)?;

        let target = SegmentTarget { segment_id, expected_version: etag::expected(&message.etag) };
        let id = self.engine.move_segment(&call.request(repetition), target, message.priority).await?;
        Ok(Response::new(pb::MoveSegmentResponse { segment: Some(self.segment(&call, id).await?) }))
    }

    async fn run_assignment(
        &self,
        request: Request<pb::RunAssignmentRequest>,
    ) -> Result<Response<pb::RunAssignmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let segment_id = found.keep_once(names::SEGMENT.parse_id("name", &message.name));
        let segment_id = found.settle(segment_id)?;

        let target = SegmentTarget { segment_id, expected_version: etag::expected(&message.etag) };
        if message.validate_only {
            let preview = self.engine.preview_assignment(call.organization(), &target, call.now).await?;
            return Ok(Response::new(convert::assignment_preview(&preview)));
        }
        let run = self.engine.run_assignment(&call.request(repetition), target).await?;
        Ok(Response::new(convert::assignment_run(run)))
    }

    async fn connect_sequence(
        &self,
        request: Request<pb::ConnectSequenceRequest>,
    ) -> Result<Response<pb::ConnectSequenceResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sequence_id = found.keep_once(names::SEQUENCE.parse_id("sequence", &message.sequence));
        let segment_id = found.keep_once(names::SEGMENT.parse_id("name", &message.name));
        let (segment_id, sequence_id) = found.settle((segment_id, sequence_id))?;

        let target = SegmentTarget { segment_id, expected_version: etag::expected(&message.etag) };
        let pb::ConnectSequenceRequest { replace, backfill, validate_only, .. } = message;
        let command =
            ConnectSequence { target, sequence_id: sequence_id.clone(), replace, backfill, validate_only };
        let started = self.engine.connect_sequence(&call.request(repetition), command).await?;
        let mut segment = self.segment(&call, started.segment).await?;
        if validate_only {
            segment.connected_sequence = names::SEQUENCE.name([&sequence_id]);
        }
        let backfill = started.backfill.map(|id| names::OPERATION.uuid_name(id.0));
        Ok(Response::new(pb::ConnectSequenceResponse {
            segment: Some(segment),
            existing_matches: started.existing_matches,
            matches_partial: started.matches_partial,
            backfill_operation: backfill.unwrap_or_default(),
            forecast: started.forecast.as_ref().map(convert::forecast),
        }))
    }

    async fn disconnect_sequence(
        &self,
        request: Request<pb::DisconnectSequenceRequest>,
    ) -> Result<Response<pb::DisconnectSequenceResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, found) = call.check(&mut message, |message| &mut message.request_id);
        let target = target(found, &message.name, &message.etag)?;
        let id = self.engine.disconnect_sequence(&call.request(repetition), target).await?;
        Ok(Response::new(pb::DisconnectSequenceResponse { segment: Some(self.segment(&call, id).await?) }))
    }

    async fn preview_segment(
        &self,
        request: Request<pb::PreviewSegmentRequest>,
    ) -> Result<Response<pb::PreviewSegmentResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.preview(&call, message).await?))
    }

    async fn explain_record(
        &self,
        request: Request<pb::ExplainRecordRequest>,
    ) -> Result<Response<pb::ExplainRecordResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let [record_type, record] = names::RECORD.parse("name", &message.name)?;
        let (organization, scope) = (call.organization(), call.caller.scope());
        let explained =
            self.engine.explain_record(organization, (record_type, record), scope, call.now).await?;
        Ok(Response::new(explanation::explanation(&explained)))
    }

    async fn list_routing_runs(
        &self,
        request: Request<pb::ListRoutingRunsRequest>,
    ) -> Result<Response<pb::ListRoutingRunsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.list_runs(&call, message).await?))
    }

    async fn list_segment_members(
        &self,
        request: Request<pb::ListSegmentMembersRequest>,
    ) -> Result<Response<pb::ListSegmentMembersResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = Violations::new();
        let segment_id = found.keep_once(names::SEGMENT.parse_id("parent", &message.parent));
        let parts = [("parent", segment_id.as_deref().unwrap_or_default())];
        let page = found.keep("", call.page::<Uuid>(message.page_size, &message.page_token, &parts));
        let (page, _) = found.settle((page, segment_id.as_deref()))?;

        // A missing segment is NOT_FOUND rather than an empty list.
        let segment = self.find_segment(&call, "parent", &message.parent).await?.segment.id;
        let (organization, last) = (call.organization(), page.after);
        let mut conn = self.read(call.organization()).await?;
        let rows = segments::memberships::page(&mut conn, organization, segment, last, page.limit()).await?;
        let (segment_members, next_page_token) =
            page.fill(&rows.into(), convert::member, |last| last.record.0);
        Ok(Response::new(pb::ListSegmentMembersResponse { segment_members, next_page_token }))
    }

    async fn create_assignment_rule(
        &self,
        request: Request<pb::CreateAssignmentRuleRequest>,
    ) -> Result<Response<pb::CreateAssignmentRuleResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let assignment_rule = Some(self.make_rule(&call, message).await?);
        Ok(Response::new(pb::CreateAssignmentRuleResponse { assignment_rule }))
    }

    async fn get_assignment_rule(
        &self,
        request: Request<pb::GetAssignmentRuleRequest>,
    ) -> Result<Response<pb::GetAssignmentRuleResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let assignment_rule = Some(self.read_rule(&call, &message.name).await?);
        Ok(Response::new(pb::GetAssignmentRuleResponse { assignment_rule }))
    }

    async fn list_assignment_rules(
        &self,
        request: Request<pb::ListAssignmentRulesRequest>,
    ) -> Result<Response<pb::ListAssignmentRulesResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.list_rules(&call, message).await?))
    }

    async fn update_assignment_rule(
        &self,
        request: Request<pb::UpdateAssignmentRuleRequest>,
    ) -> Result<Response<pb::UpdateAssignmentRuleResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let assignment_rule = Some(self.change_rule(&call, message).await?);
        Ok(Response::new(pb::UpdateAssignmentRuleResponse { assignment_rule }))
    }

    async fn move_assignment_rule(
        &self,
        request: Request<pb::MoveAssignmentRuleRequest>,
    ) -> Result<Response<pb::MoveAssignmentRuleResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let assignment_rule = Some(self.move_rule(&call, message).await?);
        Ok(Response::new(pb::MoveAssignmentRuleResponse { assignment_rule }))
    }

    async fn delete_assignment_rule(
        &self,
        request: Request<pb::DeleteAssignmentRuleRequest>,
    ) -> Result<Response<pb::DeleteAssignmentRuleResponse>, Status> {
        let (call, message) = self.enter(request)?;
        self.remove_rule(&call, message).await?;
        Ok(Response::new(pb::DeleteAssignmentRuleResponse {}))
    }
}

/// The fields that an update sets.
fn patch(sets: impl Fn(&str) -> bool, profile: Profile) -> SegmentPatch {
    SegmentPatch {
        display_name: sets("display_name").then_some(profile.display_name),
        description: sets("description").then_some(profile.description),
        condition: sets("condition").then_some(profile.condition),
        on_leave: sets("on_leave").then_some(profile.on_leave),
        leave_grace: sets("leave_grace").then_some(profile.leave_grace),
        allow_resegmentation: sets("allow_resegmentation").then_some(profile.allow_resegmentation),
        reassign_on_resegmentation: sets("reassign_on_resegmentation")
            .then_some(profile.reassign_on_resegmentation),
    }
}

/// The segment that a verb acts on, if the request is fine so far.
fn target(mut found: Violations, name: &str, etag: &str) -> Result<SegmentTarget, Violations> {
    let segment_id = found.keep_once(names::SEGMENT.parse_id("name", name));
    let segment_id = found.settle(segment_id)?;
    Ok(SegmentTarget { segment_id, expected_version: etag::expected(etag) })
}

impl Api {
    /// Further violations in a change of a segment, for a request that is refused anyway.
    async fn segment_change_problems(
        &self,
        call: &Call,
        segment_id: Option<&str>,
        patch: &SegmentPatch,
    ) -> Result<Violations, Status> {
        let organization = call.organization();
        let limits = self.settings(organization).await?.limits;
        let mut conn = self.read(call.organization()).await?;
        let found = match segment_id {
            Some(id) => segments::find_shown(&mut conn, organization, id).await?,
            None => None,
        };

        // Without the segment there is no profile to check.
        let Some(before) = found else { return Ok(Violations::new()) };
        let record_type = records::types::find(&mut conn, organization, &before.record_type_id).await?;
        let subject = record_type.map(|record_type| record_type.subject());
        Ok(patch.clone().apply(before.segment.profile).check(&limits, subject.as_ref()))
    }

    async fn segment(&self, call: &Call, id: SegmentId) -> Result<pb::Segment, Status> {
        let shown =
            segments::get_shown(&mut *self.read(call.organization()).await?, call.organization(), id).await?;
        let missing = || Error::Missing { kind: Kind::Segment, name: id.to_string() };
        Ok(convert::segment(&shown.ok_or_else(missing)?))
    }

    /// A segment that a request names.
    pub(super) async fn find_segment(
        &self,
        call: &Call,
        field: &str,
        name: &str,
    ) -> Result<SegmentRow, Status> {
        let [id] = names::SEGMENT.parse(field, name)?;
        let shown =
            segments::find_shown(&mut *self.read(call.organization()).await?, call.organization(), id)
                .await?;
        let missing = || Error::Missing { kind: Kind::Segment, name: names::SEGMENT.name([id]) };
        Ok(shown.ok_or_else(missing)?)
    }

    /// Further violations in a new segment, for a request that is refused anyway.
    async fn segment_problems(
        &self,
        call: &Call,
        record_type: Option<&str>,
        profile: &Profile,
    ) -> Result<Violations, Status> {
        let limits = self.settings(call.organization()).await?.limits;
        let Some(record_type) = record_type else { return Ok(profile.check(&limits, None)) };

        let known = records::types::find(
            &mut *self.read(call.organization()).await?,
            call.organization(),
            record_type,
        )
        .await?;
        let subject = known.map(|known| known.subject());
        let mut found = profile.check(&limits, subject.as_ref());
        if subject.is_none() {
            found.extend(unknown_record_type(record_type));
        }
        Ok(found)
    }
}
