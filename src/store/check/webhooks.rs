//! Rules for webhooks, and the events that they gave up.

use super::{Rule, rule};

pub(super) const RULES: &[Rule] = &[
    rule!(
        "webhook_position",
        "a webhook has passed no event that isn't published yet",
        "SELECT webhook.organization_id, jsonb_build_object('webhook', webhook.webhook_id) AS ids,
           format('the webhook has passed position %s, and the head is %s', webhook.position, coalesce(publication.head, 0)) AS sentence
         FROM webhook
         LEFT JOIN publication ON publication.organization_id = webhook.organization_id
         WHERE webhook.position > coalesce(publication.head, 0)"
    ),
    // A receiver that wants nothing more disables its webhook, which keeps the failures.
    rule!(
        "webhook_next_attempt",
        "a webhook knows when it tries again if, and only if, attempts have failed, unless it is disabled",
        "SELECT webhook.organization_id, jsonb_build_object('webhook', webhook.webhook_id) AS ids,
           format('%s attempts have failed, and the next one is at %s', webhook.attempts, webhook.next_attempt_time) AS sentence
         FROM webhook
         WHERE (webhook.attempts > 0) <> (webhook.next_attempt_time IS NOT NULL) AND NOT webhook.disabled"
    ),
    rule!(
        "webhook_delivery_of_webhook",
        "the webhook of every event that was given up exists",
        "SELECT webhook_delivery.organization_id, jsonb_build_object('webhook_delivery', webhook_delivery.id) AS ids,
           'an event was given up by a webhook that does not exist' AS sentence
         FROM webhook_delivery
         LEFT JOIN webhook ON webhook.organization_id = webhook_delivery.organization_id AND webhook.id = webhook_delivery.webhook_id
         WHERE webhook.id IS NULL"
    ),
    // The inner join leaves out deliveries without a webhook, which break another rule.
    rule!(
        "webhook_delivery_passed",
        "a webhook has passed each event that it gave up",
        "SELECT webhook_delivery.organization_id, jsonb_build_object('webhook_delivery', webhook_delivery.id) AS ids,
           format('position %s was given up, and the webhook is at %s', webhook_delivery.position, webhook.position) AS sentence
         FROM webhook_delivery
         JOIN webhook ON webhook.organization_id = webhook_delivery.organization_id AND webhook.id = webhook_delivery.webhook_id
         WHERE webhook_delivery.position > webhook.position"
    ),
    rule!(
        "webhook_delivery_once",
        "a webhook gave up an event at most once",
        "SELECT webhook_delivery.organization_id, jsonb_build_object('webhook', webhook_delivery.webhook_id, 'position', webhook_delivery.position) AS ids,
           format('the event was given up %s times', count(*)) AS sentence
         FROM webhook_delivery
         GROUP BY webhook_delivery.organization_id, webhook_delivery.webhook_id, webhook_delivery.position
         HAVING count(*) > 1"
    ),
];
