//! WatchWorkQueue: follows the first activities of a queue.

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use prost_types::Duration;

use super::{EventContext, ShownTexts, View};
use crate::api::convert::activity::{counts, open};
use crate::api::convert::timestamp;
use crate::api::page;
use crate::api::pb::queue_update::{Removal, removal};
use crate::api::pb::watch_work_queue_response::Event as Sent;
use crate::api::pb::{
    QueueDraining, QueueHeartbeat, QueueSnapshot, QueueUpdate, WatchWorkQueueResponse, queue_snapshot,
};
use crate::domain::activity::ClosedState;
use crate::domain::id::ActivityId;
use crate::domain::names;
use crate::feed::diff::{Departure, Explained, SnapshotCause};
use crate::feed::{Event, Session};
use crate::store::queues::rows::QueueRow;
use crate::store::queues::states::QueueState;

/// The window that a client follows.
pub(super) struct Window {
    heartbeat_interval: Duration,
    rest: Option<Remainder>,
}

/// The part of a state that didn't fit into one message. Rows are converted only when their message
/// is requested, so that a slow client costs no more than the state itself.
struct Remainder {
    what: Unsent,
    rows: VecDeque<Arc<QueueRow>>,
    texts: ShownTexts,
}

enum Unsent {
    Snapshot(SnapshotCause),
    Update { removals: Vec<Removal> },
}

impl Window {
    pub(super) fn new(heartbeat_interval: std::time::Duration) -> Self {
        let heartbeat_interval = Duration::try_from(heartbeat_interval).unwrap_or_default();
        Self { heartbeat_interval, rest: None }
    }

    fn heartbeat_of(&self, state: &QueueState, now: DateTime<Utc>) -> QueueHeartbeat {
        QueueHeartbeat {
            server_time: Some(timestamp(now)),
            next_due_time: state.next_due_time.map(timestamp),
            counts: Some(counts(state.due, state.snoozed)),
            heartbeat_interval: Some(self.heartbeat_interval),
        }
    }
}

impl View for Window {
    type Message = WatchWorkQueueResponse;

    const EXPLAINS_REMOVALS: bool = true;

    fn shown<'a>(&self, event: &'a Event, session: &'a Session) -> &'a [Arc<QueueRow>] {
        match event {
            Event::Snapshot(_) => session.rows(),
            Event::Update { upserts, .. } => upserts,
            Event::Resumed | Event::NextDueTime | Event::Gone => &[],
        }
    }

    fn event(&mut self, context: EventContext<'_>) -> Option<WatchWorkQueueResponse> {
        let what = match context.event {
            Event::Gone => return None,
            Event::Resumed | Event::NextDueTime => {
                let heartbeat = self.heartbeat_of(context.state, context.now);
                return Some(response(context.session, Sent::Heartbeat(heartbeat)));
            }
            Event::Snapshot(cause) => Unsent::Snapshot(*cause),
            Event::Update { removals, .. } => {
                let removal = |id: &ActivityId| removal(*id, context.departures.get(id));
                Unsent::Update { removals: removals.iter().map(removal).collect() }
            }
        };

        let rows = self.shown(context.event, context.session).iter().cloned().collect();
        self.rest = Some(Remainder { what, rows, texts: context.texts });
        self.rest(context.session)
    }

    fn rest(&mut self, session: &Session) -> Option<WatchWorkQueueResponse> {
        let mut rest = self.rest.take()?;
        let state = session.state()?;
        let activities =
            page::within(page::ITEM_BYTES, rest.rows.iter().map(|row| open(row, &rest.texts.of(row))));
        // Sent rows are dropped at once: only what is still to come stays in memory.
        rest.rows.drain(..activities.len());

        let partial = !rest.rows.is_empty();
        let counts = Some(counts(state.due, state.snoozed));
        let next_due_time = state.next_due_time.map(timestamp);

        let sent = match &mut rest.what {
            Unsent::Snapshot(cause) => Sent::Snapshot(QueueSnapshot {
                activities,
                counts,
                next_due_time,
                cause: snapshot_cause(*cause).into(),
                partial,
                heartbeat_interval: Some(self.heartbeat_interval),
            }),
            Unsent::Update { removals } => {
                // All removals go into the first part.
                let (upserts, removals) = (activities, std::mem::take(removals));
                Sent::Update(QueueUpdate { upserts, removals, counts, next_due_time, partial })
            }
        };

        let mut response = response(session, sent);
        if partial {
            // The token would name a state that the client doesn't have completely yet.
            response.resume_token.clear();
            self.rest = Some(rest);
        }
        Some(response)
    }

    fn heartbeat(&self, session: &Session, now: DateTime<Utc>) -> Option<WatchWorkQueueResponse> {
        // Before the first state there is nothing to confirm, and a heartbeat would claim that the
        // client's token is still current.
        let heartbeat = self.heartbeat_of(session.state()?, now);
        Some(response(session, Sent::Heartbeat(heartbeat)))
    }

    fn draining(&self, session: &Session) -> Option<WatchWorkQueueResponse> {
        // A client that lacks the rest of the state must keep its earlier token.
        let mut response = response(session, Sent::Draining(QueueDraining {}));
        if self.rest.is_some() {
            response.resume_token.clear();
        }
        Some(response)
    }
}

fn response(session: &Session, sent: Sent) -> WatchWorkQueueResponse {
    WatchWorkQueueResponse {
        resume_token: session.resume_token(),
        queue_revision: session.revision(),
        event: Some(sent),
    }
}

fn snapshot_cause(cause: SnapshotCause) -> queue_snapshot::Cause {
    match cause {
        SnapshotCause::Started => queue_snapshot::Cause::Started,
        SnapshotCause::Changed => queue_snapshot::Cause::Changed,
        SnapshotCause::Restored => queue_snapshot::Cause::Restored,
        SnapshotCause::WindowChanged => queue_snapshot::Cause::WindowChanged,
        SnapshotCause::FilterChanged => queue_snapshot::Cause::FilterChanged,
    }
}

fn removal(id: ActivityId, explained: Option<&Explained>) -> Removal {
    let taken_out = explained.and_then(|explained| explained.taken_out.as_ref());
    let by = taken_out.map(|taken_out| taken_out.by.clone());
    let request_id = taken_out.and_then(|taken_out| taken_out.request_id);
    Removal {
        activity: names::ACTIVITY.uuid_name(id.0),
        cause: removal_cause(explained.map(|explained| explained.departure)).into(),
        caused_by: by.unwrap_or_default(),
        request_id: request_id.map(|id| id.to_string()).unwrap_or_default(),
    }
}

fn removal_cause(departure: Option<Departure>) -> removal::Cause {
    match departure {
        Some(Departure::Closed(ClosedState::Completed)) => removal::Cause::Completed,
        Some(Departure::Closed(ClosedState::Skipped)) => removal::Cause::Skipped,
        Some(Departure::Closed(ClosedState::Canceled)) => removal::Cause::Canceled,
        Some(Departure::Snoozed) => removal::Cause::Snoozed,
        Some(Departure::Paused) => removal::Cause::Paused,
        Some(Departure::Moved) => removal::Cause::Moved,
        Some(Departure::Displaced) => removal::Cause::Displaced,
        None => removal::Cause::Unspecified,
    }
}
