//! The calls of EventService.

use tonic::{Request, Response, Status};

use super::reading;
use super::wanted::Wanted;
use crate::api::pb::event_service_server::EventService;
use crate::api::work_queue::watch::Messages;
use crate::api::{Api, pb, validate};
use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::engine::Error;

#[tonic::async_trait]
impl EventService for Api {
    type WatchEventsStream = Messages<pb::WatchEventsResponse>;

    async fn list_events(
        &self,
        request: Request<pb::ListEventsRequest>,
    ) -> Result<Response<pb::ListEventsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = validate::violations(&message);
        let wanted = Wanted::from(&message);
        let checked = found.keep("", wanted.check(&call));
        let log = wanted.log(&call, checked.as_ref());
        let resumed = found.keep_once(log.read(&message.resume_token));
        let kinds = message.kinds.join(" ");
        let [record, sequence, actor] = wanted.parts();
        let parts =
            [("kinds", kinds.as_str()), record, sequence, actor, ("resume_token", &message.resume_token)];
        let page = found.keep_once(call.page::<i64>(message.page_size, &message.page_token, &parts));
        let (checked, resumed, page) = found.settle((checked, resumed, page))?;
        let filter = Box::pin(self.find_wanted(&call, checked)).await?;

        // A page token goes on within what the resume token began.
        let after = page.after.or(resumed);
        let first = after.unwrap_or_default();
        let read = reading::after(&self.engine, call.organization(), &filter, first, page.size());
        let slice = Box::pin(read).await?;
        let slice = slice.ok_or_else(not_published)?;
        log.check(resumed, slice.head)?;
        slice.check_follows(after).map_err(Error::from)?;

        let next_page_token = if slice.is_followed() { page.token_after(&slice.upto) } else { String::new() };
        let resume_token = log.token(call.now, slice.upto);
        let events = slice.events.into_iter().map(|(_, event)| event).collect();
        Ok(Response::new(pb::ListEventsResponse { events, next_page_token, resume_token }))
    }

    async fn watch_events(
        &self,
        request: Request<pb::WatchEventsRequest>,
    ) -> Result<Response<Self::WatchEventsStream>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = validate::violations(&message);
        let wanted = Wanted::from(&message);
        let checked = found.keep("", wanted.check(&call));
        let log = wanted.log(&call, checked.as_ref());
        let resumed = found.keep_once(log.read(&message.resume_token));
        let (checked, resumed) = found.settle((checked, resumed))?;
        let filter = Box::pin(self.find_wanted(&call, checked)).await?;

        let head = self.head(&call).await?;
        log.check(resumed, head)?;
        // Without a token, only what comes.
        let position = resumed.unwrap_or(head);
        Ok(Response::new(self.follow(&call, filter, log, position)))
    }

    async fn list_audit_events(
        &self,
        request: Request<pb::ListAuditEventsRequest>,
    ) -> Result<Response<pb::ListAuditEventsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.audit(&call, message).await?))
    }

    async fn create_webhook(
        &self,
        request: Request<pb::CreateWebhookRequest>,
    ) -> Result<Response<pb::CreateWebhookResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.make_webhook(&call, message).await?))
    }

    async fn get_webhook(
        &self,
        request: Request<pb::GetWebhookRequest>,
    ) -> Result<Response<pb::GetWebhookResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let [id] = names::WEBHOOK.parse("name", &message.name)?;
        let webhook = Some(self.webhook(&call, id).await?);
        Ok(Response::new(pb::GetWebhookResponse { webhook }))
    }

    async fn list_webhooks(
        &self,
        request: Request<pb::ListWebhooksRequest>,
    ) -> Result<Response<pb::ListWebhooksResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.webhooks_page(&call, message).await?))
    }

    async fn update_webhook(
        &self,
        request: Request<pb::UpdateWebhookRequest>,
    ) -> Result<Response<pb::UpdateWebhookResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.change_webhook(&call, message).await?))
    }

    async fn delete_webhook(
        &self,
        request: Request<pb::DeleteWebhookRequest>,
    ) -> Result<Response<pb::DeleteWebhookResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.remove_webhook(&call, message).await?))
    }

    async fn rotate_webhook_secret(
        &self,
        request: Request<pb::RotateWebhookSecretRequest>,
    ) -> Result<Response<pb::RotateWebhookSecretResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.rotate_secret(&call, message).await?))
    }

    async fn list_webhook_deliveries(
        &self,
        request: Request<pb::ListWebhookDeliveriesRequest>,
    ) -> Result<Response<pb::ListWebhookDeliveriesResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.deliveries(&call, message).await?))
    }

    async fn retry_webhook_delivery(
        &self,
        request: Request<pb::RetryWebhookDeliveryRequest>,
    ) -> Result<Response<pb::RetryWebhookDeliveryResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.send_again(&call, message).await?))
    }

    async fn test_webhook(
        &self,
        request: Request<pb::TestWebhookRequest>,
    ) -> Result<Response<pb::TestWebhookResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(Box::pin(self.send_test(&call, message)).await?))
    }
}

/// The refusal of an organization that doesn't publish its events.
pub(super) fn not_published() -> Status {
    Error::from(Refusal::EventsNotPublished).into()
}
