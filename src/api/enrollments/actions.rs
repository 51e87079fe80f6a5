//! Acting on enrollments: on one, on a batch, and on all that match a condition.

use std::collections::HashMap;
use std::mem::take;

use tonic::Status;

use crate::api::batch::{self, BatchItems};
use crate::api::call::Call;
use crate::api::convert::{action as convert_action, enrollment as convert};
use crate::api::enrollments::service::enrollment_id;
use crate::api::pb::batch_act_on_enrollments_response::Result as ActedOnResult;
use crate::api::pb::batch_act_on_enrollments_response::result::Result as ActedOn;
use crate::api::{Api, etag, pb, update_mask, validate};
use crate::domain::action::Action;
use crate::domain::bulk::BulkWork;
use crate::domain::condition::Condition;
use crate::domain::id::EnrollmentId;
use crate::domain::names;
use crate::domain::violation::Violations;
use crate::engine::{self, ActOnEnrollment, ActOnEnrollments, UpdateEnrollment};
use crate::store::enrollments;
use crate::store::enrollments::rows::EnrollmentRow;

/// The fields that an update can set.
const UPDATABLE: &[&str] = &["disposition"];

impl Api {
    /// Acts on an enrollment, and reads it as it is then. `found` holds what was wrong with the
    /// message so far.
    pub(super) async fn act(
        &self,
        call: &Call,
        name: &str,
        etag: &str,
        (action, request, mut found): (Action, engine::Request, Violations),
    ) -> Result<Option<pb::Enrollment>, Status> {
        let enrollment = found.keep_once(enrollment_id("name", name));
        let enrollment = found.settle(enrollment)?;
        let command = ActOnEnrollment { enrollment, expected_version: etag::expected(etag), action };
        let done = self.engine.act_on_enrollment(request, command).await?;
        self.enrollment(call, done.enrollment).await
    }

    /// Changes what people say about an enrollment, and reads it as it is then. `found` holds what
    /// was wrong with the message so far.
    pub(super) async fn updated(
        &self,
        call: &Call,
        message: pb::UpdateEnrollmentRequest,
        (request, mut found): (engine::Request, Violations),
    ) -> Result<Option<pb::Enrollment>, Status> {
        let sent = message.enrollment.unwrap_or_default();
        let fields = found.keep("", update_mask::fields(&sent, message.update_mask.as_ref(), UPDATABLE));
        let enrollment = found.keep_once(enrollment_id("enrollment.name", &sent.name));
        let (fields, enrollment) = found.settle((fields, enrollment))?;

        let expected_version = etag::expected(&sent.etag);
        let disposition = fields.has("disposition").then_some(sent.disposition);
        let command = UpdateEnrollment { enrollment, expected_version, disposition };
        let updated = self.engine.update_enrollment(request, command).await;
        let updated = updated.map_err(|error| error.under("enrollment"))?;
        self.enrollment(call, updated.enrollment).await
    }

    /// Acts on up to 1,000 enrollments, each by itself.
    pub(super) async fn act_in_batch(
        &self,
        call: &Call,
        message: pb::BatchActOnEnrollmentsRequest,
    ) -> Result<pb::BatchActOnEnrollmentsResponse, Status> {
        let wrong = validate::check_batch(&message, "requests")?;
        let action = convert_action::action(message.action.as_ref())?;
        let items = batch::checked(message.requests, wrong);
        let sent = message.action.as_ref();
        let items = items.map(|(item, wrong)| acting(call, (sent, action.clone()), item, wrong));

        let (places, items) = BatchItems::split(items);
        let answers = self.engine.act_on_enrollments(items).await;
        let decided = places.join(answers);

        // Read all enrollments at once, and hand them out in the order of the items.
        let done: Vec<EnrollmentId> = decided.iter().flatten().map(|done| done.enrollment).collect();
        let shown = self.enrollments_now(call, &done).await?;
        let show = |done: engine::EnrollmentChanged| {
            ActedOn::Enrollment(shown.get(&done.enrollment).cloned().unwrap_or_default())
        };
        let results = batch::results(decided, show, ActedOn::Error, |result| ActedOnResult { result });
        Ok(pb::BatchActOnEnrollmentsResponse { results })
    }

    /// Acts on all enrollments that match, or enrolls all records that do.
    pub(super) async fn act_in_bulk(
        &self,
        call: &Call,
        mut message: pb::ActOnEnrollmentsRequest,
    ) -> Result<pb::ActOnEnrollmentsResponse, Status> {
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sequence_id = found.keep_once(names::SEQUENCE.parse_id("sequence", &message.sequence));
        let work = found.keep("", convert_action::work(message.work.as_ref()));
        if let Some(BulkWork::Act(_)) = work {
            let condition = &message.condition;
            let checked = match condition.as_str() {
                "" => Ok(()),
                text => Condition::check("condition", text, &convert::subject()).map(|_| ()),
            };
            found.keep("", checked);
        }
        let (sequence_id, work) = found.settle((sequence_id, work))?;

        let (condition, validate_only) = (message.condition, message.validate_only);
        let command = ActOnEnrollments { sequence_id, condition, work, validate_only };
        let request = call.request(repetition.filter(|_| !validate_only));
        let done = self.engine.act_on_enrollments_matching(&request, command).await?;
        Ok(convert_action::answer(&done))
    }

    /// Reads enrollments as they are now.
    async fn enrollments_now(
        &self,
        call: &Call,
        ids: &[EnrollmentId],
    ) -> Result<HashMap<EnrollmentId, pb::Enrollment>, Status> {
        let mut conn = self.read(call.organization()).await?;
        let rows = enrollments::rows::get(&mut conn, call.organization(), ids).await?;
        let texts = self.texts_of(call, &mut conn, &rows).await?;
        let show = |row: &EnrollmentRow| (row.enrollment.id, convert::enrollment(row, &texts));
        Ok(rows.iter().map(show).collect())
    }
}

/// Reads one item of a batch of actions; `found` holds what was wrong with it so far.
fn acting(
    call: &Call,
    (shown, action): (Option<&pb::EnrollmentAction>, Action),
    mut item: pb::batch_act_on_enrollments_request::Item,
    mut found: Violations,
) -> Result<(engine::Request, ActOnEnrollment), Violations> {
    let request_id = take(&mut item.request_id);
    // The fingerprint must cover what is done, which all items share.
    let whole = pb::BatchActOnEnrollmentsRequest { action: shown.cloned(), requests: vec![item.clone()] };
    let repetition = call.repetition(&request_id, &whole);
    let enrollment = found.keep_once(enrollment_id("name", &item.name));
    let enrollment = found.settle(enrollment)?;
    let command = ActOnEnrollment { enrollment, expected_version: etag::expected(&item.etag), action };
    Ok((call.request(repetition), command))
}
