//! EnrollmentService: records going through sequences.

use std::collections::HashMap;
use std::mem::take;

use chrono::{DateTime, Utc};

use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::api::actors::Actors;
use crate::api::batch::{self, BatchItems};
use crate::api::call::{self, Call};
use crate::api::convert::{
    action as convert_action, enrollment as convert, enrollment_explanation as convert_explanation,
    event as convert_event, instant, wait::delay_of,
};
use crate::api::enrollments::timelines::Timelines;
use crate::api::pb::batch_enroll_records_response::Result as ItemResult;
use crate::api::pb::batch_enroll_records_response::result::Result as ItemAnswer;
use crate::api::pb::enroll_record_request::Start;
use crate::api::pb::enrollment::View;
use crate::api::pb::enrollment_service_server::EnrollmentService;
use crate::api::revision_texts::Texts;
use crate::api::work_queue::Moved;
use crate::api::{Api, etag, pb, validate};
use crate::domain::action::Action;
use crate::domain::enrollment::Enrollment;
use crate::domain::flow::Beginning;
use crate::domain::history::HistoryEvent;
use crate::domain::id::{ChosenId, EnrollmentId};
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::record::RecordName;
use crate::domain::violation::{Violation, Violations};
use crate::engine::{self, EnrollRecord, Enrolled, Error, Kind, SkipWait};
use crate::store::ReadConnection;
use crate::store::enrollments;
use crate::store::enrollments::rows::{EnrollmentRow, Listed};
use crate::store::history::{self, Order};

/// How many of its newest events are in an enrollment's timeline.
const TIMELINE: i64 = 100;

#[tonic::async_trait]
impl EnrollmentService for Api {
    async fn enroll_record(
        &self,
        request: Request<pb::EnrollRecordRequest>,
    ) -> Result<Response<pb::EnrollRecordResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let wrong = validate::violations(&message);
        let (request, command) = enrolling(&call, message, wrong)?;
        let enrolled = self.engine.enroll_record(request, command.clone()).await?;
        let enrollment = self.enrolled(&call, &[(command, enrolled)]).await?.pop().flatten();
        Ok(Response::new(pb::EnrollRecordResponse { enrollment }))
    }

    async fn batch_enroll_records(
        &self,
        request: Request<pb::BatchEnrollRecordsRequest>,
    ) -> Result<Response<pb::BatchEnrollRecordsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let wrong = validate::check_batch(&message, "requests")?;
        let items = batch::checked(message.requests, wrong).map(|(mut item, mut wrong)| {
            if item.validate_only && !message.validate_only {
                let description = "must be unset: the batch's own validate_only applies to all items";
                wrong.push("validate_only", Reason::FieldInvalid, description);
            }
            item.validate_only = message.validate_only;
            let (request, command) = enrolling(&call, item, wrong)?;
            Ok((command.clone(), (request, command)))
        });

        let (places, items) = BatchItems::split(items);
        let (commands, items): (Vec<_>, Vec<_>) = items.into_iter().unzip();
        // Keep each command next to its answer: a dry run is shown with the names in it.
        let answers = self.engine.enroll_records(items).await.into_iter().zip(commands);
        let answers = answers.map(|(enrolled, command)| Ok((command, enrolled?))).collect();
        let decided = places.join(answers);

        // Read all enrollments at once, and hand them out in the order of the items.
        let enrolled: Vec<_> = decided.iter().flatten().cloned().collect();
        let mut shown = self.enrolled(&call, &enrolled).await?.into_iter();

        let done = |_| {
            let enrollment = shown.next().flatten();
            ItemAnswer::Enrolled(pb::EnrollRecordResponse { enrollment })
        };
        let results = batch::results(decided, done, ItemAnswer::Error, |result| ItemResult { result });
        Ok(Response::new(pb::BatchEnrollRecordsResponse { results }))
    }

    async fn exit_enrollment(
        &self,
        request: Request<pb::ExitEnrollmentRequest>,
    ) -> Result<Response<pb::ExitEnrollmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, found) = call.check(&mut message, |message| &mut message.request_id);
        let asked = (Action::Exit, call.request(repetition), found);
        let enrollment = self.act(&call, &message.name, &message.etag, asked).await?;
        Ok(Response::new(pb::ExitEnrollmentResponse { enrollment }))
    }

    async fn update_enrollment(
        &self,
        request: Request<pb::UpdateEnrollmentRequest>,
    ) -> Result<Response<pb::UpdateEnrollmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, found) = call.check(&mut message, |message| &mut message.request_id);
        let enrollment = self.updated(&call, message, (call.request(repetition), found)).await?;
        Ok(Response::new(pb::UpdateEnrollmentResponse { enrollment }))
    }

    async fn pause_enrollment(
        &self,
        request: Request<pb::PauseEnrollmentRequest>,
    ) -> Result<Response<pb::PauseEnrollmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let action = convert_action::pause(message.resume_time.as_ref());
        // What is wrong keeps it from being used.
        let action = found.keep_once(action).unwrap_or(Action::Pause);
        let asked = (action, call.request(repetition), found);
        let enrollment = self.act(&call, &message.name, &message.etag, asked).await?;
        Ok(Response::new(pb::PauseEnrollmentResponse { enrollment }))
    }

    async fn resume_enrollment(
        &self,
        request: Request<pb::ResumeEnrollmentRequest>,
    ) -> Result<Response<pb::ResumeEnrollmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, found) = call.check(&mut message, |message| &mut message.request_id);
        let asked = (Action::Resume, call.request(repetition), found);
        let enrollment = self.act(&call, &message.name, &message.etag, asked).await?;
        Ok(Response::new(pb::ResumeEnrollmentResponse { enrollment }))
    }

    async fn retry_enrollment(
        &self,
        request: Request<pb::RetryEnrollmentRequest>,
    ) -> Result<Response<pb::RetryEnrollmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, found) = call.check(&mut message, |message| &mut message.request_id);
        let asked = (Action::Retry, call.request(repetition), found);
        let enrollment = self.act(&call, &message.name, &message.etag, asked).await?;
        Ok(Response::new(pb::RetryEnrollmentResponse { enrollment }))
    }

    async fn migrate_enrollment(
        &self,
        request: Request<pb::MigrateEnrollmentRequest>,
    ) -> Result<Response<pb::MigrateEnrollmentResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let action = convert_action::migration(message.revision, message.step_policy(), &message.step_id);
        // What is wrong keeps it from being used.
        let action = found.keep_once(action).unwrap_or(Action::Pause);
        let asked = (action, call.request(repetition), found);
        let enrollment = self.act(&call, &message.name, &message.etag, asked).await?;
        Ok(Response::new(pb::MigrateEnrollmentResponse { enrollment }))
    }

    async fn batch_act_on_enrollments(
        &self,
        request: Request<pb::BatchActOnEnrollmentsRequest>,
    ) -> Result<Response<pb::BatchActOnEnrollmentsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.act_in_batch(&call, message).await?))
    }

    async fn act_on_enrollments(
        &self,
        request: Request<pb::ActOnEnrollmentsRequest>,
    ) -> Result<Response<pb::ActOnEnrollmentsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.act_in_bulk(&call, message).await?))
    }

    async fn skip_wait(
        &self,
        request: Request<pb::SkipWaitRequest>,
    ) -> Result<Response<pb::SkipWaitResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let enrollment = found.keep_once(enrollment_id("name", &message.name));
        let enrollment = found.settle(enrollment)?;

        let expected_version = etag::expected(&message.etag);
        let command = SkipWait { enrollment, expected_version };
        let skipped = self.engine.skip_wait(call.request(repetition), command).await?;
        let answer = self.progress(&call, [Moved::from(&skipped)]).await?.pop().unwrap_or_default();
        Ok(Response::new(answer.into()))
    }

    async fn get_enrollment(
        &self,
        request: Request<pb::GetEnrollmentRequest>,
    ) -> Result<Response<pb::GetEnrollmentResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = validate::violations(&message);
        let id = found.keep_once(enrollment_id("name", &message.name));
        let id = found.settle(id)?;

        let mut conn = self.read(call.organization()).await?;
        let row = find(&call, &mut conn, id, &message.name).await?;
        let timelines = self.timelines(&call, &mut conn, std::slice::from_ref(&row)).await?;
        let mut enrollment = convert::enrollment(&row, &timelines.texts);
        if message.view() == View::Full {
            let subject = row.enrollment.id.0;
            let newest = Order::NewestFirst { before: None };
            let mut events =
                history::page(&mut conn, call.organization(), subject, newest, TIMELINE).await?.rows;
            // The newest events were read, and the timeline shows them oldest first.
            events.reverse();
            let actors = Actors::of(call.organization(), &mut conn, &events).await?;
            let show = |event| convert_event::event(&row.enrollment, event, &timelines, &actors);
            enrollment.timeline = events.iter().map(show).collect();
        }
        Ok(Response::new(pb::GetEnrollmentResponse { enrollment: Some(enrollment) }))
    }

    async fn explain_enrollment(
        &self,
        request: Request<pb::ExplainEnrollmentRequest>,
    ) -> Result<Response<pb::ExplainEnrollmentResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = validate::violations(&message);
        let id = found.keep_once(enrollment_id("name", &message.name));
        let id = found.settle(id)?;

        let (organization, scope) = (call.organization(), call.caller.scope());
        let explained = self.engine.explain_enrollment(organization, id, scope, call.now).await?;
        let mut conn = self.read(organization).await?;
        let timelines = self.timelines(&call, &mut conn, std::slice::from_ref(&explained.row)).await?;
        let actors = Actors::of(call.organization(), &mut conn, explained.cause.as_slice()).await?;
        Ok(Response::new(convert_explanation::explanation(&explained, &timelines, &actors)))
    }

    async fn list_enrollment_events(
        &self,
        request: Request<pb::ListEnrollmentEventsRequest>,
    ) -> Result<Response<pb::ListEnrollmentEventsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = Violations::new();
        let id = found.keep_once(enrollment_id("parent", &message.parent));
        let newest_first = found.keep_once(newest_first(&message.order_by, false));
        // A page token is bound to the parent and the order.
        let parent = id.map(|id| id.to_string()).unwrap_or_default();
        let newest = (newest_first == Some(true)).to_string();
        let parts = [("parent", parent.as_str()), ("newest_first", &newest)];
        let page = found.keep("", call.page::<Uuid>(message.page_size, &message.page_token, &parts));
        let (id, newest_first, page) = found.settle((id, newest_first, page))?;

        let order = match newest_first {
            true => Order::NewestFirst { before: page.after },
            false => Order::OldestFirst { after: page.after },
        };
        let mut conn = self.read(call.organization()).await?;
        let row = find(&call, &mut conn, id, &message.parent).await?;
        let rows = history::page(&mut conn, call.organization(), id.0, order, page.limit()).await?;
        let actors = Actors::of(call.organization(), &mut conn, rows.iter()).await?;
        let timelines = self.timelines(&call, &mut conn, std::slice::from_ref(&row)).await?;
        let show = |event: &HistoryEvent| convert_event::event(&row.enrollment, event, &timelines, &actors);
        let (events, next_page_token) = page.fill(&rows, show, |last| last.id);
        Ok(Response::new(pb::ListEnrollmentEventsResponse { events, next_page_token }))
    }

    async fn list_enrollments(
        &self,
        request: Request<pb::ListEnrollmentsRequest>,
    ) -> Result<Response<pb::ListEnrollmentsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = Violations::new();
        let parts = [("filter", message.filter.as_str())];
        let page = found.keep("", call.page::<Uuid>(message.page_size, &message.page_token, &parts));
        let filter = found.keep("", call::filter(&message.filter, &convert::subject()));
        let (page, filter) = found.settle((page, filter))?;

        let listed = Listed {
            scope: call.caller.scope(),
            filter: filter.as_ref(),
            after: page.after.map(EnrollmentId),
            limit: page.limit(),
        };
        let mut conn = self.read(call.organization()).await?;
        let rows = enrollments::rows::page(&mut conn, call.organization(), &listed).await?;
        let texts = self.texts_of(&call, &mut conn, &rows).await?;
        let show = |row: &EnrollmentRow| convert::enrollment(row, &texts);
        let (enrollments, next_page_token) = page.fill(&rows, show, |last| last.enrollment.id.0);
        Ok(Response::new(pb::ListEnrollmentsResponse { enrollments, next_page_token }))
    }
}

impl Api {
    /// Reads an enrollment as it is now.
    pub(super) async fn enrollment(
        &self,
        call: &Call,
        id: EnrollmentId,
    ) -> Result<Option<pb::Enrollment>, Status> {
        let mut conn = self.read(call.organization()).await?;
        let mut rows = enrollments::rows::get(&mut conn, call.organization(), &[id]).await?;
        rows.retain(|row| call.caller.scope().has_owner(row.owner));
        let texts = self.texts_of(call, &mut conn, &rows).await?;
        Ok(rows.first().map(|row| convert::enrollment(row, &texts)))
    }

    /// The enrollments that were created, as they are now, and those that would be created, in the
    /// given order.
    async fn enrolled(
        &self,
        call: &Call,
        enrolled: &[(EnrollRecord, Enrolled)],
    ) -> Result<Vec<Option<pb::Enrollment>>, Status> {
        let made = enrolled.iter().filter_map(|(_, enrolled)| match enrolled {
            Enrolled::Made(id) => Some(*id),
            Enrolled::Possible(_) => None,
        });

        let mut conn = self.read(call.organization()).await?;
        let mut rows =
            enrollments::rows::get(&mut conn, call.organization(), &made.collect::<Vec<_>>()).await?;
        // The record may have moved to another seller since.
        rows.retain(|row| call.caller.scope().has_owner(row.owner));
        rows.extend(enrolled.iter().filter_map(|(command, enrolled)| match enrolled {
            Enrolled::Made(_) => None,
            Enrolled::Possible(enrollment) => Some(possible(command, enrollment)),
        }));

        let texts = self.texts_of(call, &mut conn, &rows).await?;
        let shown = rows.iter().map(|row| (row.enrollment.id, convert::enrollment(row, &texts)));
        let mut shown: HashMap<EnrollmentId, pb::Enrollment> = shown.collect();

        let show = |(_, enrolled): &(EnrollRecord, Enrolled)| match enrolled {
            Enrolled::Made(id) => shown.get(id).cloned(),
            Enrolled::Possible(enrollment) => shown.remove(&enrollment.id).map(convert::unnamed),
        };
        Ok(enrolled.iter().map(show).collect())
    }

    /// Reads what the timelines of these enrollments need.
    pub(super) async fn timelines(
        &self,
        call: &Call,
        conn: &mut ReadConnection,
        rows: &[EnrollmentRow],
    ) -> Result<Timelines, Status> {
        let enrollments = rows.iter().map(|row| &row.enrollment);
        Ok(Timelines::load(&self.engine, conn, call.organization(), enrollments).await?)
    }

    /// Reads the texts of the revisions on which these enrollments run.
    pub(super) async fn texts_of(
        &self,
        call: &Call,
        conn: &mut ReadConnection,
        rows: &[EnrollmentRow],
    ) -> Result<Texts, Status> {
        let revisions = rows.iter().map(|row| (row.enrollment.sequence, row.enrollment.revision)).collect();
        Ok(Texts::load(&self.engine, conn, call.organization(), revisions).await?)
    }
}

/// Finds an enrollment, if the caller may see it.
async fn find(
    call: &Call,
    conn: &mut ReadConnection,
    id: EnrollmentId,
    name: &str,
) -> Result<EnrollmentRow, Error> {
    let rows = enrollments::rows::get(conn, call.organization(), &[id]).await?;
    let row = rows.into_iter().find(|row| call.caller.scope().has_owner(row.owner));
    row.ok_or_else(|| Error::Missing { kind: Kind::Enrollment, name: name.to_owned() })
}

/// Reads the order of events. True if the newest come first; `default` if nothing is given.
pub(in crate::api) fn newest_first(order_by: &str, default: bool) -> Result<bool, Violation> {
    match order_by {
        "" => Ok(default),
        "event_time" => Ok(false),
        "event_time desc" => Ok(true),
        _ => {
            let description = "must be event_time or event_time desc";
            Err(Violation::new("order_by", Reason::FieldInvalid, description))
        }
    }
}

/// Reads an enrollment's name.
pub(super) fn enrollment_id(field: &str, name: &str) -> Result<EnrollmentId, Violation> {
    names::ENROLLMENT.parse_uuid(field, name).map(EnrollmentId)
}

/// Reads one enrollment request; `found` holds what was wrong with the message so far.
fn enrolling(
    call: &Call,
    mut message: pb::EnrollRecordRequest,
    mut found: Violations,
) -> Result<(engine::Request, EnrollRecord), Violations> {
    // The fingerprint must cover everything but the id itself.
    let request_id = take(&mut message.request_id);
    let repetition = call.repetition(&request_id, &message);
    let record = found.keep_once(names::RECORD.parse("record", &message.record));
    let sequence = found.keep_once(names::SEQUENCE.parse_id("sequence", &message.sequence));
    let start_time = message.start.as_ref().and_then(|start| found.keep_once(start_time(start, call.now)));
    let start_step_id = Some(message.start_step_id.clone()).filter(|step_id| !step_id.is_empty());
    let ([record_type, record], sequence) = found.settle((record, sequence))?;

    let record = (record_type.to_owned(), record.to_owned());
    let validate_only = message.validate_only;
    let command = EnrollRecord { record, sequence, start_time, start_step_id, validate_only };
    Ok((call.request(repetition), command))
}

/// Reads when an enrollment begins.
fn start_time(start: &Start, now: DateTime<Utc>) -> Result<DateTime<Utc>, Violations> {
    let (field, at) = match start {
        Start::StartTime(at) => ("start_time", instant("start_time", at)?),
        Start::StartDelay(delay) => {
            // The options in the proto report negative parts.
            let delay = delay_of(*delay).unwrap_or_default();
            let at = now.checked_add_signed(delay.total()).unwrap_or(DateTime::<Utc>::MAX_UTC);
            ("start_delay", at)
        }
    };
    Beginning::check(at, now, field).into_result(at)
}

/// An enrollment that would be created, with the names that the caller used.
fn possible(command: &EnrollRecord, enrollment: &Enrollment) -> EnrollmentRow {
    let (record_type, record) = &command.record;
    let record = RecordName { record_type: ChosenId::known(record_type), id: ChosenId::known(record) };
    EnrollmentRow {
        enrollment: enrollment.clone(),
        sequence: ChosenId::known(&command.sequence),
        record: Some(record),
        owner: None,
        segment: None,
    }
}
