//! Webhooks: what callers change about them, and how far the sending went.

pub(super) mod change_webhook;
pub(super) mod create_webhook;
pub(super) mod send_events;
pub(super) mod signing_secret;
