//! WatchNextActivity: only the head of a queue.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use prost_types::Duration;

use super::{EventContext, View};
use crate::api::convert::activity::open;
use crate::api::convert::timestamp;
use crate::api::pb::WatchNextActivityResponse;
use crate::feed::{Event, Session};
use crate::store::queues::rows::QueueRow;

/// Remembers the last message, because a queue can change while its head stays.
pub(super) struct Head {
    heartbeat_interval: Duration,
    told: Option<WatchNextActivityResponse>,
}

impl Head {
    pub(super) fn new(heartbeat_interval: std::time::Duration) -> Self {
        let heartbeat_interval = Duration::try_from(heartbeat_interval).unwrap_or_default();
        Self { heartbeat_interval, told: None }
    }
}

impl View for Head {
    type Message = WatchNextActivityResponse;

    const EXPLAINS_REMOVALS: bool = false;

    /// The head even if it didn't change: it is compared with the last message.
    fn shown<'a>(&self, _: &'a Event, session: &'a Session) -> &'a [Arc<QueueRow>] {
        session.rows()
    }

    fn event(&mut self, context: EventContext<'_>) -> Option<WatchNextActivityResponse> {
        let head = context.session.rows().first();
        let next_due_time = context.state.next_due_time.filter(|_| head.is_none());
        let message = WatchNextActivityResponse {
            activity: head.map(|row| open(row, &context.texts.of(row))),
            next_due_time: next_due_time.map(timestamp),
            queue_revision: context.state.revision,
            heartbeat_interval: Some(self.heartbeat_interval),
        };

        let same = self.told.as_ref().is_some_and(|told| {
            told.activity == message.activity && told.next_due_time == message.next_due_time
        });
        if same {
            return None;
        }

        self.told = Some(message.clone());
        Some(message)
    }

    /// Repeats the last message: proxies cut silent streams, and a client can't tell a silent
    /// stream from a dead one.
    fn heartbeat(&self, _: &Session, _: DateTime<Utc>) -> Option<WatchNextActivityResponse> {
        self.told.clone()
    }

    fn draining(&self, _: &Session) -> Option<WatchNextActivityResponse> {
        None
    }
}
