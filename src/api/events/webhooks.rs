//! The part of EventService about webhooks.

use chrono::TimeDelta;
use tonic::Status;
use uuid::Uuid;

use super::reading;
use crate::api::call::Call;
use crate::api::convert::{length_within, webhook as convert};
use crate::api::{Api, etag, pb, update_mask};
use crate::domain::event_filter::EventFilter;
use crate::domain::id::WebhookDeliveryId;
use crate::domain::names;
use crate::domain::violation::Violations;
use crate::domain::webhook::{Delivery, Target, Webhook};
use crate::engine::{CreateWebhook, Error, Kind, WebhookPatch, WebhookTarget};
use crate::store::{publication, webhook_deliveries, webhooks};

/// The fields that an update can set.
const UPDATABLE: &[&str] = &["url", "kinds", "disabled"];

/// How long the secret before signs, too, unless given.
const OVERLAP: TimeDelta = TimeDelta::days(1);

/// The longest time for which the secret before signs.
const LONGEST_OVERLAP: TimeDelta = TimeDelta::days(7);

impl Api {
    pub(super) async fn make_webhook(
        &self,
        call: &Call,
        mut message: pb::CreateWebhookRequest,
    ) -> Result<pb::CreateWebhookResponse, Status> {
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let webhook_id = found.keep_once(names::new_id("webhook_id", &message.webhook_id));
        let sent = message.webhook.unwrap_or_default();
        let url = found.keep_once(self.webhooks.reach().check("webhook.url", &sent.url));
        let filter = found.keep("", EventFilter::read("webhook.kinds", &sent.kinds));
        let (webhook_id, url, filter) = found.settle((webhook_id, url, filter))?;

        let name = webhook_id.to_string();
        let target = Target { url, filter, disabled: sent.disabled.unwrap_or_default() };
        let command = CreateWebhook { webhook_id, target };
        let secret = self.engine.create_webhook(&call.request(repetition), command).await?;
        let secret = secret.map(|secret| secret.expose().to_owned()).unwrap_or_default();
        let webhook = Some(self.webhook(call, &name).await?);
        Ok(pb::CreateWebhookResponse { webhook, secret })
    }

    pub(super) async fn webhooks_page(
        &self,
        call: &Call,
        message: pb::ListWebhooksRequest,
    ) -> Result<pb::ListWebhooksResponse, Status> {
        let page = call.page::<String>(message.page_size, &message.page_token, &[])?;
        let (organization, last) = (call.organization(), page.after.as_deref());
        let mut conn = self.read(organization).await?;
        let head = publication::head(&mut conn, organization).await?.unwrap_or_default();
        let rows = webhooks::page(&mut conn, organization, last, page.limit()).await?;
        let show = |row: &Webhook| convert::webhook(row, head);
        let (webhooks, next_page_token) = page.fill(&rows, show, |last| last.webhook_id.to_string());
        Ok(pb::ListWebhooksResponse { webhooks, next_page_token })
    }

    pub(super) async fn change_webhook(
        &self,
        call: &Call,
        mut message: pb::UpdateWebhookRequest,
    ) -> Result<pb::UpdateWebhookResponse, Status> {
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sent = message.webhook.unwrap_or_default();
        let fields = found.keep("", update_mask::fields(&sent, message.update_mask.as_ref(), UPDATABLE));
        let webhook_id = found.keep_once(names::WEBHOOK.parse_id("webhook.name", &sent.name));
        let (fields, webhook_id) = found.settle((fields, webhook_id))?;

        // Fields that aren't named may have anything.
        let mut found = Violations::new();
        let url = fields.has("url").then(|| self.webhooks.reach().check("webhook.url", &sent.url));
        let url = found.keep_once(url.transpose());
        let filter = fields.has("kinds").then(|| EventFilter::read("webhook.kinds", &sent.kinds));
        let filter = found.keep("", filter.transpose());
        let (url, filter) = found.settle((url, filter))?;

        let disabled = fields.has("disabled").then(|| sent.disabled.unwrap_or_default());
        let target = WebhookTarget { webhook_id, expected_version: etag::expected(&sent.etag) };
        let patch = WebhookPatch { url, filter, disabled };
        let id = target.webhook_id.clone();
        self.engine.update_webhook(&call.request(repetition), target, patch).await?;
        Ok(pb::UpdateWebhookResponse { webhook: Some(self.webhook(call, &id).await?) })
    }

    pub(super) async fn remove_webhook(
        &self,
        call: &Call,
        mut message: pb::DeleteWebhookRequest,
    ) -> Result<pb::DeleteWebhookResponse, Status> {
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let webhook_id = found.keep_once(names::WEBHOOK.parse_id("name", &message.name));
        let webhook_id = found.settle(webhook_id)?;

        let target = WebhookTarget { webhook_id, expected_version: etag::expected(&message.etag) };
        self.engine.delete_webhook(&call.request(repetition), target).await?;
        Ok(pb::DeleteWebhookResponse {})
    }

    pub(super) async fn rotate_secret(
        &self,
        call: &Call,
        mut message: pb::RotateWebhookSecretRequest,
    ) -> Result<pb::RotateWebhookSecretResponse, Status> {
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let webhook_id = found.keep_once(names::WEBHOOK.parse_id("name", &message.name));
        let overlap = length_within("overlap", message.overlap.as_ref(), OVERLAP, LONGEST_OVERLAP);
        let overlap = found.keep("", overlap);
        let (webhook_id, overlap) = found.settle((webhook_id, overlap))?;

        let target = WebhookTarget { webhook_id, expected_version: etag::expected(&message.etag) };
        let id = target.webhook_id.clone();
        let rotated = self.engine.rotate_webhook_secret(&call.request(repetition), target, overlap).await?;
        let secret = rotated.map(|secret| secret.expose().to_owned()).unwrap_or_default();
        let webhook = Some(self.webhook(call, &id).await?);
        Ok(pb::RotateWebhookSecretResponse { webhook, secret })
    }

    pub(super) async fn deliveries(
        &self,
        call: &Call,
        message: pb::ListWebhookDeliveriesRequest,
    ) -> Result<pb::ListWebhookDeliveriesResponse, Status> {
        let mut found = Violations::new();
        let id = found.keep_once(names::WEBHOOK.parse_id("parent", &message.parent));
        let parts = [("parent", message.parent.as_str())];
        let page = found.keep_once(call.page::<Uuid>(message.page_size, &message.page_token, &parts));
        let (id, page) = found.settle((id, page))?;

        let (organization, mut conn) = (call.organization(), self.read(call.organization()).await?);
        let webhook = webhooks::find(&mut conn, organization, &id).await?.ok_or_else(|| missing(&id))?;
        let key = (organization, webhook.id);
        let rows = webhook_deliveries::page(&mut conn, key, page.after, page.limit()).await?;
        // One statement for the events of all of them.
        let positions: Vec<i64> = rows.iter().map(|row| row.position).collect();
        let events = Box::pin(reading::at(&self.engine, organization, &mut conn, &positions)).await?;
        let show = |row: &Delivery| convert::delivery(&webhook, row, events.get(&row.position).cloned());
        let (webhook_deliveries, next_page_token) = page.fill(&rows.into(), show, |last| last.id.0);
        Ok(pb::ListWebhookDeliveriesResponse { webhook_deliveries, next_page_token })
    }

    pub(super) async fn send_again(
        &self,
        call: &Call,
        mut message: pb::RetryWebhookDeliveryRequest,
    ) -> Result<pb::RetryWebhookDeliveryResponse, Status> {
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let ids = found.keep_once(names::DELIVERY.parse("name", &message.name));
        let [webhook_id, id] = found.settle(ids)?;
        let missing = || Error::Missing { kind: Kind::WebhookDelivery, name: message.name.clone() };
        let id = Uuid::try_parse(id).map_err(|_| missing())?;

        let (webhook_id, id) = (webhook_id.to_owned(), WebhookDeliveryId(id));
        self.engine.retry_webhook_delivery(&call.request(repetition), webhook_id, id).await?;
        Ok(pb::RetryWebhookDeliveryResponse {})
    }

    /// Reads a webhook.
    pub(super) async fn webhook(&self, call: &Call, id: &str) -> Result<pb::Webhook, Status> {
        let organization = call.organization();
        let mut conn = self.read(organization).await?;
        let head = publication::head(&mut conn, organization).await?.unwrap_or_default();
        let found = webhooks::find(&mut conn, organization, id).await?;
        Ok(convert::webhook(&found.ok_or_else(|| missing(id))?, head))
    }
}

pub(super) fn missing(id: &str) -> Error {
    Error::Missing { kind: Kind::Webhook, name: names::WEBHOOK.name([id]) }
}
