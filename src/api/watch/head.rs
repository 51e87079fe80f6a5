//! WatchNextActivity: the head of a queue, and nothing else.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Told, View};
use crate::api::convert::activity::open;
use crate::api::convert::timestamp;
use crate::api::pb::WatchNextActivityResponse;
use crate::feed::{Event, Session};
use crate::store::queue_rows::QueueRow;

/// Remembers what it told last: a queue may change without its head.
#[derive(Default)]
pub(super) struct Head {
    told: Option<WatchNextActivityResponse>,
}

impl View for Head {
    type Message = WatchNextActivityResponse;

    const EXPLAINS_REMOVALS: bool = false;

    /// The head also when it didn't change: it is compared with what was told last.
    fn shown<'a>(&self, _: &'a Event, session: &'a Session) -> &'a [Arc<QueueRow>] {
        session.rows()
    }

    fn event(&mut self, told: Told<'_>) -> Option<WatchNextActivityResponse> {
        let head = told.session.rows().first();
        let next_due_time = told.state.next_due_time.filter(|_| head.is_none());
        let message = WatchNextActivityResponse {
            activity: head.map(|row| open(row, &told.texts.of(row))),
            next_due_time: next_due_time.map(timestamp),
            queue_revision: told.state.revision,
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

    /// What was told last, again: proxies cut streams that say nothing, and clients can't tell a
    /// quiet one from a dead one.
    fn heartbeat(&self, _: &Session, _: DateTime<Utc>) -> Option<WatchNextActivityResponse> {
        self.told.clone()
    }

    fn draining(&self, _: &Session) -> Option<WatchNextActivityResponse> {
        None
    }
}
