//! Activities that somebody makes, changes and cancels by hand.

use tonic::{Request, Response, Status};

use crate::api::convert::{instant, step};
use crate::api::pb::activity::{Content, View};
use crate::api::pb::step::Kind;
use crate::api::work_queue::service::activity_id;
use crate::api::{Api, etag, pb};
use crate::domain::id::ChosenId;
use crate::domain::manual_activity::ManualPatch;
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::step::StepKind;
use crate::domain::violation::{Violation, Violations};
use crate::engine::{CancelActivity, CreateActivity};

/// The contents that a manual activity can have.
pub(super) const CONTENTS: [&str; 5] = ["email", "phone_call", "task", "text_message", "appointment"];

impl Api {
    pub(super) async fn create(
        &self,
        request: Request<pb::CreateActivityRequest>,
    ) -> Result<Response<pb::CreateActivityResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sent = message.activity.unwrap_or_default();
        let record = found.keep_once(names::RECORD.parse("activity.record", &sent.record));
        let kind = found.keep("activity", content(sent.content));
        let due_time = sent.due_time.as_ref().map(|at| instant("due_time", at)).transpose();
        let due_time = found.keep("activity", due_time);
        let ([record_type, record], kind, due_time) = found.settle((record, kind, due_time))?;

        let content = ManualPatch {
            display_name: Some(sent.display_name),
            description: Some(sent.description),
            kind: Some(kind),
            due_time,
        };
        let command = CreateActivity { record: (record_type.to_owned(), record.to_owned()), content };
        let made = self.engine.create_activity(&call.request(repetition), command).await;
        let id = made.map_err(|error| error.under("activity"))?.activity;
        let activity = self.activities(&call, &[id], View::Basic).await?.remove(&id);
        Ok(Response::new(pb::CreateActivityResponse { activity }))
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
