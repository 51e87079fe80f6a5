//! Changes a webhook, gives it another secret, deletes it, or sends again what it gave up.

use chrono::TimeDelta;

use crate::domain::event_filter::EventFilter;
use crate::domain::id::WebhookDeliveryId;
use crate::domain::names;
use crate::domain::version::Version;
use crate::domain::webhook::{Target, Webhook};
use crate::engine::webhooks::signing_secret::SigningSecret;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::{webhook_deliveries, webhooks};
use crate::wake::Topic;

/// The webhook to change or delete.
#[derive(Clone, Debug)]
pub struct WebhookTarget {
    /// Its id.
    pub webhook_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
}

/// What changes. `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct WebhookPatch {
    /// Where events are sent.
    pub url: Option<String>,
    /// Which events are sent.
    pub filter: Option<EventFilter>,
    /// Whether nothing is sent.
    pub disabled: Option<bool>,
}

impl Engine {
    /// Changes a webhook. Its failures are forgotten: the next event is sent at once.
    ///
    /// # Errors
    /// Missing; Stale.
    pub async fn update_webhook(
        &self,
        request: &Request,
        target: WebhookTarget,
        patch: WebhookPatch,
    ) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(()) => return Ok(()),
            Opened::Fresh(write) => write,
        };

        let before = write.lock_webhook(&target).await?;
        let Target { url, filter, disabled } = before.target.clone();
        let changed = Target {
            url: patch.url.unwrap_or(url),
            filter: patch.filter.unwrap_or(filter),
            disabled: patch.disabled.unwrap_or(disabled),
        };
        if changed == before.target {
            return write.commit_unnoted(&()).await;
        }

        // Whoever is sending to the old URL loses the lease, and saves nothing more.
        let version = before.version + 1;
        let after = Webhook { target: changed, version, update_time: request.now, ..before };
        webhooks::update(write.conn(), &after).await?;
        write.commit(after.id.0, &()).await?;
        self.wake().again(Topic::Webhooks);
        Ok(())
    }

    /// Gives a webhook another secret. The one before signs, too, for `overlap`. A repeated request
    /// gets no secret.
    ///
    /// # Errors
    /// Missing; Stale.
    pub async fn rotate_webhook_secret(
        &self,
        request: &Request,
        target: WebhookTarget,
        overlap: TimeDelta,
    ) -> Result<Option<SigningSecret>, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(()) => return Ok(None),
            Opened::Fresh(write) => write,
        };

        let before = write.lock_webhook(&target).await?;
        let secret = SigningSecret::mint();
        let after = Webhook { version: before.version + 1, update_time: request.now, ..before };
        webhooks::rotate_secret(write.conn(), &after, secret.expose(), request.now + overlap).await?;
        write.commit(after.id.0, &()).await?;
        self.wake().again(Topic::Webhooks);
        Ok(Some(secret))
    }

    /// Deletes a webhook, with what it gave up.
    ///
    /// # Errors
    /// Missing; Stale.
    pub async fn delete_webhook(&self, request: &Request, target: WebhookTarget) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(()) => return Ok(()),
            Opened::Fresh(write) => write,
        };

        let webhook = write.lock_webhook(&target).await?;
        webhooks::delete(write.conn(), (webhook.organization, webhook.id)).await?;
        write.commit(webhook.id.0, &()).await
    }

    /// Lets an event that a webhook gave up be sent once more.
    ///
    /// # Errors
    /// Missing, including one that has arrived meanwhile.
    pub async fn retry_webhook_delivery(
        &self,
        request: &Request,
        webhook_id: String,
        id: WebhookDeliveryId,
    ) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(()) => return Ok(()),
            Opened::Fresh(write) => write,
        };

        let name = names::DELIVERY.name([webhook_id.clone(), id.to_string()]);
        let target = WebhookTarget { webhook_id, expected_version: None };
        let webhook = write.lock_webhook(&target).await?;
        let key = (webhook.organization, webhook.id);
        if !webhook_deliveries::retry(write.conn(), key, id, request.now).await? {
            return Err(Error::Missing { kind: Kind::WebhookDelivery, name });
        }
        write.commit(webhook.id.0, &()).await?;
        // Other servers find it with their next poll.
        self.wake().again(Topic::Webhooks);
        Ok(())
    }
}

impl Write {
    /// Locks a webhook that must be the one that the caller saw.
    async fn lock_webhook(&mut self, target: &WebhookTarget) -> Result<Webhook, Error> {
        let organization = self.organization();
        let name = || names::WEBHOOK.name([&target.webhook_id]);
        let found = webhooks::lock(self.conn(), organization, &target.webhook_id).await?;
        let webhook = found.ok_or_else(|| Error::Missing { kind: Kind::Webhook, name: name() })?;
        let current = Version::of(webhook.id.0, webhook.version);
        Error::if_stale(target.expected_version, current, name)?;
        self.sees(webhook.id.0).await?;
        Ok(webhook)
    }
}
