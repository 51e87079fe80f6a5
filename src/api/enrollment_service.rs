//! EnrollmentService: records going through sequences.

use std::mem::take;

use tonic::{Request, Response, Status};
use uuid::Uuid;

use super::call::{self, Api, Call};
use super::convert::enrollment as convert;
use super::pb::enrollment_service_server::EnrollmentService;
use super::pb::get_enrollment_request::View;
use super::texts::Texts;
use super::{etag, names, page_token, pb, validate};
use crate::domain::id::{EnrollmentId, SellerId};
use crate::domain::violation::Violations;
use crate::engine::{Error, ExitEnrollment, Kind, SkipWait};
use crate::store::enrollment_rows::{self, EnrollmentRow, Listed};
use crate::store::{Connection, history, sellers};

/// Events of one timeline at most: more than the longest sequence makes, with room for snoozes and moves.
const EVENTS: i64 = 10_000;

#[tonic::async_trait]
impl EnrollmentService for Api {
    async fn enroll_record(
        &self,
        _: Request<pb::EnrollRecordRequest>,
    ) -> Result<Response<pb::EnrollRecordResponse>, Status> {
        Err(Status::unimplemented("enrolling by hand isn't served yet"))
    }

    async fn batch_enroll_records(
        &self,
        _: Request<pb::BatchEnrollRecordsRequest>,
    ) -> Result<Response<pb::BatchEnrollRecordsResponse>, Status> {
        Err(Status::unimplemented("enrolling by hand isn't served yet"))
    }

    async fn exit_enrollment(
        &self,
        request: Request<pb::ExitEnrollmentRequest>,
    ) -> Result<Response<pb::ExitEnrollmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let mut found = Violations::new();
        found.keep("", validate::check(&message));
        let request_id = take(&mut message.request_id);
        let repetition = found.keep("", call.repetition(&request_id, &message)).flatten();
        let enrollment = enrollment_id(&message.name, &mut found);
        found.into_result(())?;
        let expected_version = etag::expected(&message.etag);
        let command = ExitEnrollment { enrollment, expected_version };
        let exited = self.engine.exit_enrollment(call.request(repetition), command).await?;
        let enrollment = self.enrollments(&call, &[exited.enrollment]).await?.pop();
        Ok(Response::new(pb::ExitEnrollmentResponse { enrollment }))
    }

    async fn skip_wait(
        &self,
        request: Request<pb::SkipWaitRequest>,
    ) -> Result<Response<pb::SkipWaitResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let mut found = Violations::new();
        found.keep("", validate::check(&message));
        let request_id = take(&mut message.request_id);
        let repetition = found.keep("", call.repetition(&request_id, &message)).flatten();
        let enrollment = enrollment_id(&message.name, &mut found);
        found.into_result(())?;
        let expected_version = etag::expected(&message.etag);
        let command = SkipWait { enrollment, expected_version };
        let skipped = self.engine.skip_wait(call.request(repetition), command).await?;
        let enrollment = self.enrollments(&call, &[skipped.enrollment]).await?.pop();
        let activity = match skipped.activity {
            None => None,
            Some(activity) => self.activities(&call, &[activity]).await?.remove(&activity),
        };
        Ok(Response::new(pb::SkipWaitResponse { enrollment, activity }))
    }

    async fn get_enrollment(
        &self,
        request: Request<pb::GetEnrollmentRequest>,
    ) -> Result<Response<pb::GetEnrollmentResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = Violations::new();
        found.keep("", validate::check(&message));
        let id = enrollment_id(&message.name, &mut found);
        found.into_result(())?;
        let mut conn = self.read().await?;
        let rows = enrollment_rows::get(&mut conn, call.organization(), &[id]).await?;
        let row = rows.into_iter().find(|row| call.caller.scope().has_owner(row.owner));
        let row = row.ok_or_else(|| Error::Missing { kind: Kind::Enrollment, name: message.name.clone() })?;
        let texts = self.texts_of(&call, &mut conn, std::slice::from_ref(&row)).await?;
        let mut enrollment = convert::enrollment(&row, &texts);
        if message.view() == View::Full {
            enrollment.timeline = self.timeline(&call, &mut conn, &row, &texts).await?;
        }
        Ok(Response::new(pb::GetEnrollmentResponse { enrollment: Some(enrollment) }))
    }

    async fn list_enrollments(
        &self,
        request: Request<pb::ListEnrollmentsRequest>,
    ) -> Result<Response<pb::ListEnrollmentsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let organization = call.organization();
        let query = page_token::Query::new(call.method.0, organization.0, &[("filter", &message.filter)]);
        let mut found = Violations::new();
        let size = found.keep("", page_token::page_size(message.page_size).map_err(Violations::from));
        let after = found.keep("", query.position::<Uuid>(&message.page_token).map_err(Violations::from));
        let filter = found.keep("", call::filter(&message.filter, &convert::subject())).flatten();
        found.into_result(())?;
        let (size, after) = (size.unwrap_or_default(), after.flatten());
        let now = after.as_ref().map_or(call.now, |position| position.now);
        let listed = Listed {
            scope: call.caller.scope(),
            filter: filter.as_ref(),
            after: after.map(|position| EnrollmentId(position.last)),
            limit: i64::try_from(size + 1).unwrap_or(i64::MAX),
        };
        let mut conn = self.read().await?;
        let mut page = enrollment_rows::page(&mut conn, organization, &listed).await?;
        let next_page_token =
            page_token::cut(&mut page, size, |last| query.token(now, &last.enrollment.id.0));
        let texts = self.texts_of(&call, &mut conn, &page).await?;
        let enrollments = page.iter().map(|row| convert::enrollment(row, &texts)).collect();
        Ok(Response::new(pb::ListEnrollmentsResponse { enrollments, next_page_token }))
    }
}

impl Api {
    /// Enrollments as they now stand, in the order of their keys.
    async fn enrollments(&self, call: &Call, ids: &[EnrollmentId]) -> Result<Vec<pb::Enrollment>, Status> {
        let mut conn = self.read().await?;
        let rows = enrollment_rows::get(&mut conn, call.organization(), ids).await?;
        let texts = self.texts_of(call, &mut conn, &rows).await?;
        Ok(rows.iter().map(|row| convert::enrollment(row, &texts)).collect())
    }

    async fn texts_of(
        &self,
        call: &Call,
        conn: &mut Connection,
        rows: &[EnrollmentRow],
    ) -> Result<Texts, Status> {
        let revisions = rows.iter().map(|row| (row.enrollment.sequence, row.enrollment.revision)).collect();
        Ok(Texts::load(&self.engine, conn, call.organization(), revisions).await?)
    }

    async fn timeline(
        &self,
        call: &Call,
        conn: &mut Connection,
        row: &EnrollmentRow,
        texts: &Texts,
    ) -> Result<Vec<pb::TimelineEvent>, Status> {
        let organization = call.organization();
        let events = history::of_subject(conn, organization, row.enrollment.id.0, EVENTS).await?;
        let actors = events.iter().filter_map(|event| event.actor.seller.map(|SellerId(key)| key));
        let sellers = sellers::chosen_ids(conn, organization, &actors.collect::<Vec<_>>()).await?;
        Ok(convert::timeline(&row.enrollment, &events, texts, &sellers))
    }
}

/// Reads an enrollment's name. A missing one was found by the rules in the proto.
fn enrollment_id(name: &str, found: &mut Violations) -> EnrollmentId {
    let id = names::ENROLLMENT.parse_uuid("name", name);
    EnrollmentId(found.keep_once(id).unwrap_or_default())
}
