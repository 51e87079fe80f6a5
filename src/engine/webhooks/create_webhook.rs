//! Creates a webhook. Its secret is shown once.

use crate::domain::id::{ChosenId, WebhookId};
use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::domain::webhook::{Progress, Target, Webhook};
use crate::engine::webhooks::signing_secret::SigningSecret;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::{publication, webhooks};

/// The webhook to create.
#[derive(Clone, Debug)]
pub struct CreateWebhook {
    /// Its id, chosen by the caller.
    pub webhook_id: ChosenId,
    /// Where events are sent, and which.
    pub target: Target,
}

/// The most webhooks of an organization.
const MOST_WEBHOOKS: i64 = 20;

impl Engine {
    /// Creates a webhook for what is published from now on. A repeated request gets the same
    /// webhook without the secret, because answers with secrets are not kept.
    ///
    /// # Errors
    /// Exists; refused if the organization doesn't publish its events, or has too many webhooks.
    pub async fn create_webhook(
        &self,
        request: &Request,
        command: CreateWebhook,
    ) -> Result<Option<SigningSecret>, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(()) => return Ok(None),
            Opened::Fresh(write) => write,
        };

        // Locked, so that two callers can't both make the last one.
        let organization = write.lock_organization().await?.id;
        let head = publication::head(write.conn(), organization).await?;
        let head = head.ok_or(Refusal::EventsNotPublished)?;
        if webhooks::count(write.conn(), organization).await? >= MOST_WEBHOOKS {
            return Err(Refusal::LimitExceeded { limit: "webhooks", value: MOST_WEBHOOKS }.into());
        }

        let webhook = Webhook {
            organization,
            id: WebhookId(self.clock().new_id()),
            webhook_id: command.webhook_id,
            target: command.target,
            progress: Progress::at(head),
            version: 1,
            create_time: request.now,
            update_time: request.now,
        };
        // It must be kept as it is, because it signs.
        let secret = SigningSecret::mint();
        if !webhooks::insert(write.conn(), &webhook, secret.expose()).await? {
            let name = names::WEBHOOK.name([&webhook.webhook_id]);
            return Err(Error::Exists { kind: Kind::Webhook, name });
        }
        write.commit(webhook.id.0, &()).await?;
        Ok(Some(secret))
    }
}
