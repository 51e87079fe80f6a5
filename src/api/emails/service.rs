//! EmailService: what activities would say, and how workers send what is automated.

use tonic::{Request, Response, Status};

use crate::api::call::Call;
use crate::api::pb::activity::View;
use crate::api::pb::begin_sending_response::Decision;
use crate::api::pb::email_service_server::EmailService;
use crate::api::pb::render_activity_response::Result as Rendering;
use crate::api::work_queue::leases;
use crate::api::work_queue::service::activity_id;
use crate::api::{Api, pb, validate};
use crate::domain::id::ActivityId;
use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::domain::rendering::Person;
use crate::domain::sending::SendingResult;
use crate::domain::step::ActivityKind;
use crate::engine::{BeginSending, Begun, Error, FinishSending, Kind};
use crate::store::activities::rows::ActivityRow;

#[tonic::async_trait]
impl EmailService for Api {
    async fn render_activity(
        &self,
        request: Request<pb::RenderActivityRequest>,
    ) -> Result<Response<pb::RenderActivityResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = validate::violations(&message);
        let activity = found.keep_once(activity_id(&message.name));
        let activity = found.settle(activity)?;

        let row = self.email(&call, activity).await?;
        let made = self.make_email(&call, &row, message.sender.map(person)).await?;
        let result = match made {
            Ok(email) => Rendering::Email(email),
            Err(why) => {
                Rendering::Problem(pb::RenderProblem { reason: why.reason as i32, detail: why.detail })
            }
        };
        Ok(Response::new(pb::RenderActivityResponse { result: Some(result) }))
    }

    async fn begin_sending(
        &self,
        request: Request<pb::BeginSendingRequest>,
    ) -> Result<Response<pb::BeginSendingResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let activity = found.keep_once(activity_id(&message.name));
        let lease = found.keep_once(leases::required(&message.lease_id));
        let (activity, lease) = found.settle((activity, lease))?;

        // Made before anything is locked; what is decided depends on the record as it is then.
        let row = self.email(&call, activity).await?;
        let made = self.make_email(&call, &row, message.sender.map(person)).await?;
        let command = BeginSending { activity, lease, made: made.as_ref().map(|_| ()).map_err(Clone::clone) };
        let begun = self.engine.begin_sending(&call.request(repetition), command).await?;

        let decision = match begun {
            Begun::Send => Decision::Send,
            Begun::Skipped => Decision::Skipped,
            Begun::Manual => Decision::HandedOver,
            Begun::Later => Decision::Later,
            Begun::SentBefore => Decision::SentBefore,
        };
        Ok(Response::new(pb::BeginSendingResponse {
            decision: decision.into(),
            // A repetition whose text can't be made any more has none; the worker then says that
            // it didn't send it.
            email: made.ok().filter(|_| begun == Begun::Send),
            activity: self.activities(&call, &[activity], View::Basic).await?.remove(&activity),
        }))
    }

    async fn finish_sending(
        &self,
        request: Request<pb::FinishSendingRequest>,
    ) -> Result<Response<pb::FinishSendingResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let activity = found.keep_once(activity_id(&message.name));
        let lease = found.keep_once(leases::required(&message.lease_id));
        // The rules in the proto report an unknown one.
        let result = SendingResult::from_repr(message.result).unwrap_or(SendingResult::Unknown);
        let (activity, lease) = found.settle((activity, lease))?;

        let command = FinishSending { activity, lease, result, reply: message.reply };
        let id = self.engine.finish_sending(&call.request(repetition), command).await?;
        let activity = self.activities(&call, &[id], View::Basic).await?.remove(&id);
        Ok(Response::new(pb::FinishSendingResponse { activity }))
    }
}

impl Api {
    /// Reads an activity that is an email and that the caller may see.
    async fn email(&self, call: &Call, activity: ActivityId) -> Result<ActivityRow, Status> {
        let missing = || Error::Missing { kind: Kind::Activity, name: names::ACTIVITY.uuid_name(activity.0) };
        let row = self.visible_activity(call, activity).await?.ok_or_else(missing)?;
        match row.shown.activity.kind {
            ActivityKind::Email | ActivityKind::AutomatedEmail => Ok(row),
            other => {
                let refusal = Refusal::ActivityNotEmail { activity, kind: other.as_str() };
                Err(Error::Refused(refusal).into())
            }
        }
    }
}

fn person(sender: pb::EmailSender) -> Person {
    Person { name: sender.display_name, email: sender.email }
}
