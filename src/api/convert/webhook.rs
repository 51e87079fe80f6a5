//! Webhooks on the wire.

use super::timestamp;
use crate::api::pb::webhook as wire;
use crate::api::{etag, pb};
use crate::domain::names;
use crate::domain::version::Version;
use crate::domain::webhook::{Delivery, Webhook};

/// Converts a webhook; `head` is the last position of its organization.
pub fn webhook(webhook: &Webhook, head: i64) -> pb::Webhook {
    let progress = &webhook.progress;
    let progress = wire::Progress {
        waiting_event_count: (head - progress.position).max(0),
        attempt_count: progress.attempts,
        last_error: progress.last_error.clone(),
        next_attempt_time: progress.next_attempt.map(timestamp),
    };

    pb::Webhook {
        name: names::WEBHOOK.name([&webhook.webhook_id]),
        url: webhook.target.url.clone(),
        kinds: webhook.target.filter.words(),
        disabled: Some(webhook.target.disabled),
        etag: etag::of(Version::of(webhook.id.0, webhook.version)),
        create_time: Some(timestamp(webhook.create_time)),
        update_time: Some(timestamp(webhook.update_time)),
        progress: Some(progress),
    }
}

/// Converts an event that a webhook gave up.
pub fn delivery(webhook: &Webhook, delivery: &Delivery, event: Option<pb::Event>) -> pb::WebhookDelivery {
    let id = delivery.id.to_string();
    pb::WebhookDelivery {
        name: names::DELIVERY.name([webhook.webhook_id.as_str(), &id]),
        event,
        attempt_count: delivery.attempts,
        last_error: delivery.last_error.clone(),
        create_time: Some(timestamp(delivery.create_time)),
        retry_time: delivery.retry_time.map(timestamp),
    }
}
