//! Activities that somebody makes, changes and cancels by hand.

use std::collections::HashMap;
use std::mem::take;

use tonic::{Request, Response, Status};

use crate::api::batch::{self, BatchItems};
use crate::api::call::Call;
use crate::api::convert::{instant, step};
use crate::api::pb::activity::{Content, View};
use crate::api::pb::batch_create_activities_response as created;
use crate::api::pb::step::Kind;
use crate::api::work_queue::moves::check_queue;
use crate::api::work_queue::service::activity_id;
use crate::api::{Api, etag, pb, validate};
use crate::domain::id::{ActivityId, ChosenId, QueueId};
use crate::domain::manual_activity::ManualPatch;
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::step::StepKind;
use crate::domain::violation::{Violation, Violations};
use crate::engine::{self, ActivityCreated, CancelActivity, CreateActivity};
use crate::store::enrollments::entrants::RecordName;

/// The contents that a manual activity can have.
pub(super) const CONTENTS: [&str; 5] = ["email", "phone_call", "task", "text_message", "appointment"];

impl Api {
    pub(super) async fn create(
        &self,
        request: Request<pb::CreateActivityRequest>,
    ) -> Result<Response<pb::CreateActivityResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let wrong = validate::violations(&message);
        let wanted = wanted(&call, message, wrong)?;
        let queues = self.queues(&call, wanted.queue.clone().into_iter().collect()).await?;
        let (request, command) = wanted.to(&queues)?;

        let id = self.engine.create_activity(request, command).await?.activity;
        let activity = self.activities(&call, &[id], View::Basic).await?.remove(&id);
        Ok(Response::new(pb::CreateActivityResponse { activity }))
    }

    pub(super) async fn create_all(
        &self,
        request: Request<pb::BatchCreateActivitiesRequest>,
    ) -> Result<Response<pb::BatchCreateActivitiesResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let wrong = validate::check_batch(&message, "requests")?;
        let items = batch::checked(message.requests, wrong);
        let items: Vec<Result<Wanted, Violations>> =
            items.map(|(item, wrong)| wanted(&call, item, wrong)).collect();
        // All queues are found by one read, whatever the items name.
        let named = items.iter().flatten().filter_map(|item| item.queue.clone()).collect();
        let queues = self.queues(&call, named).await?;

        let commands = items.into_iter().map(|item| item?.to(&queues));
        let (places, commands) = BatchItems::split(commands);
        let results = places.join(self.engine.create_activities(commands).await);

        let ids: Vec<ActivityId> = results.iter().flatten().map(|one| one.activity).collect();
        let shown = self.activities(&call, &ids, View::Basic).await?;
        let told = |one: ActivityCreated| {
            let pb::Activity { etag, queue, .. } = shown.get(&one.activity).cloned().unwrap_or_default();
            let name = names::ACTIVITY.uuid_name(one.activity.0);
            created::result::Result::Created(created::Created { name, etag, queue })
        };
        let failed = created::result::Result::Error;
        let results = batch::results(results, told, failed, |result| created::Result { result });
        Ok(Response::new(pb::BatchCreateActivitiesResponse { results }))
    }

    pub(super) async fn cancel(
        &self,
        request: Request<pb::CancelActivityRequest>,
    ) -> Result<Response<pb::CancelActivityResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let activity = found.keep_once(activity_id(&message.name));
        let activity = found.settle(activity)?;

        let expected_version = etag::expected(&message.etag);
        let command = CancelActivity { activity, expected_version, reason: message.reason };
        let decided = self.engine.cancel_activity(call.request(repetition), command).await?;
        let (activity, queue_head) = self.activity_and_head(&call, decided.activity, decided.queue).await?;
        Ok(Response::new(pb::CancelActivityResponse { activity, queue_head }))
    }
}

/// A manual activity to make, whose queue is still to be found.
struct Wanted {
    request: engine::Request,
    record: RecordName,
    queue: Option<String>,
    content: ManualPatch,
    note: String,
}

impl Wanted {
    /// The command, by the queues that were found.
    fn to(self, queues: &HashMap<String, QueueId>) -> Result<(engine::Request, CreateActivity), Violations> {
        let Self { request, record, queue, content, note } = self;
        let unknown =
            || Violations::one("activity.queue", Reason::ReferenceNotFound, "there is no such queue");
        let found = queue.map(|queue| queues.get(&queue).copied().ok_or_else(unknown));
        Ok((request, CreateActivity { record, queue: found.transpose()?, content, note }))
    }
}

/// Reads one activity to make; `found` holds what was wrong with the message so far.
fn wanted(
    call: &Call,
    mut message: pb::CreateActivityRequest,
    mut found: Violations,
) -> Result<Wanted, Violations> {
    // The fingerprint must cover everything but the id itself.
    let request_id = take(&mut message.request_id);
    let repetition = call.repetition(&request_id, &message);
    let sent = message.activity.unwrap_or_default();
    let record = found.keep_once(names::RECORD.parse("activity.record", &sent.record));
    let kind = found.keep("activity", content(sent.content));
    let due_time = sent.due_time.as_ref().map(|at| instant("due_time", at)).transpose();
    let due_time = found.keep("activity", due_time);
    let queue = Some(sent.queue).filter(|queue| !queue.is_empty());
    if let Some(queue) = &queue {
        check_queue("activity.queue", queue, &mut found);
    }
    let ([record_type, record], kind, due_time) = found.settle((record, kind, due_time))?;

    let content = ManualPatch {
        display_name: Some(sent.display_name),
        description: Some(sent.description),
        kind: Some(kind),
        due_time,
    };
    let record = (record_type.to_owned(), record.to_owned());
    Ok(Wanted { request: call.request(repetition), record, queue, content, note: sent.note })
}

/// Reads the content of a manual activity, if an update sets it. Paths begin at the activity.
pub(super) fn content_if(set: bool, sent: Option<Content>) -> Result<Option<StepKind<ChosenId>>, Violations> {
    if set { content(sent).map(Some) } else { Ok(None) }
}

/// Reads the content of a manual activity. Paths begin at the activity.
fn content(sent: Option<Content>) -> Result<StepKind<ChosenId>, Violations> {
    let kind = sent.and_then(as_step).ok_or_else(missing)?;
    step::read(kind)?.ok_or_else(|| missing().into())
}

/// The step that asks for the same. `None` if a manual activity can't have this content.
fn as_step(content: Content) -> Option<Kind> {
    Some(match content {
        Content::Email(email) => Kind::Email(pb::EmailStep { template: email.template }),
        Content::PhoneCall(call) => Kind::PhoneCall(pb::PhoneCallStep { script: call.script, retry: None }),
        Content::Task(_) => Kind::Task(pb::TaskStep {}),
        Content::TextMessage(text) => Kind::TextMessage(pb::TextMessageStep { template: text.template }),
        Content::Appointment(pb::AppointmentContent { duration, location }) => {
            Kind::Appointment(pb::AppointmentStep { duration, location })
        }
        Content::AutomatedEmail(_) | Content::AutomatedTextMessage(_) | Content::LinkedIn(_) => return None,
    })
}

fn missing() -> Violation {
    let rule = format!("must be one of {}", CONTENTS.join(", "));
    Violation::new("content", Reason::FieldRequired, rule)
}
