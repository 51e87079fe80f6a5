//! WatchWorkQueue: the first activities of a queue, kept in step.

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use prost_types::Duration;

use super::{ShownTexts, Told, View};
use crate::api::convert::activity::{counts, open};
use crate::api::convert::timestamp;
use crate::api::pb::queue_update::{Removal, removal};
use crate::api::pb::watch_work_queue_response::Event as Sent;
use crate::api::pb::{
    QueueDraining, QueueHeartbeat, QueueSnapshot, QueueUpdate, WatchWorkQueueResponse, queue_snapshot,
};
use crate::api::{names, page};
use crate::domain::activity::ClosedState;
use crate::domain::id::ActivityId;
use crate::feed::diff::{Cause, Departure};
use crate::feed::{Event, Session};
use crate::store::queue_rows::QueueRow;
use crate::store::queue_states::QueueState;

/// What a client keeps in step.
pub(super) struct Window {
    heartbeat_interval: Duration,
    rest: Option<Rest>,
}

/// What is still to be told of a state that doesn't fit one message. Rows are shown when their
/// message is asked for, so that a slow client costs no more than the state itself.
struct Rest {
    what: What,
    rows: VecDeque<Arc<QueueRow>>,
    texts: ShownTexts,
}

enum What {
    Snapshot(Cause),
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

    fn event(&mut self, told: Told<'_>) -> Option<WatchWorkQueueResponse> {
        let what = match told.event {
            Event::Gone => return None,
            Event::Resumed | Event::NextDueTime => {
                let heartbeat = self.heartbeat_of(told.state, told.now);
                return Some(response(told.session, Sent::Heartbeat(heartbeat)));
            }
            Event::Snapshot(cause) => What::Snapshot(*cause),
            Event::Update { removals, .. } => {
                let removal = |id: &ActivityId| Removal {
                    activity: names::ACTIVITY.uuid_name(id.0),
                    cause: removal_cause(told.departures.get(id)).into(),
                };
                What::Update { removals: removals.iter().map(removal).collect() }
            }
        };
        let rows = self.shown(told.event, told.session).iter().cloned().collect();
        self.rest = Some(Rest { what, rows, texts: told.texts });
        self.rest(told.session)
    }

    fn rest(&mut self, session: &Session) -> Option<WatchWorkQueueResponse> {
        let mut rest = self.rest.take()?;
        let state = session.state()?;
        let activities =
            page::within(page::ITEM_BYTES, rest.rows.iter().map(|row| open(row, &rest.texts.of(row))));
        rest.rows.drain(..activities.len());
        let partial = !rest.rows.is_empty();
        let counts = Some(counts(state.due, state.snoozed));
        let next_due_time = state.next_due_time.map(timestamp);
        let sent = match &mut rest.what {
            What::Snapshot(cause) => Sent::Snapshot(QueueSnapshot {
                activities,
                counts,
                next_due_time,
                cause: snapshot_cause(*cause).into(),
                partial,
                heartbeat_interval: Some(self.heartbeat_interval),
            }),
            What::Update { removals } => {
                let (upserts, removals) = (activities, std::mem::take(removals));
                Sent::Update(QueueUpdate { upserts, removals, counts, next_due_time, partial })
            }
        };
        let mut response = response(session, sent);
        if partial {
            // The token would name a state that the client doesn't have yet.
            response.resume_token.clear();
            self.rest = Some(rest);
        }
        Some(response)
    }

    fn heartbeat(&self, session: &Session, now: DateTime<Utc>) -> Option<WatchWorkQueueResponse> {
        // Before the first state there is nothing to confirm: it would say of the client's token that it still fits.
        let heartbeat = self.heartbeat_of(session.state()?, now);
        Some(response(session, Sent::Heartbeat(heartbeat)))
    }

    fn draining(&self, session: &Session) -> Option<WatchWorkQueueResponse> {
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

fn snapshot_cause(cause: Cause) -> queue_snapshot::Cause {
    match cause {
        Cause::Started => queue_snapshot::Cause::Started,
        Cause::Changed => queue_snapshot::Cause::Changed,
        Cause::Restored => queue_snapshot::Cause::Restored,
        Cause::WindowChanged => queue_snapshot::Cause::WindowChanged,
    }
}

fn removal_cause(departure: Option<&Departure>) -> removal::Cause {
    match departure {
        Some(Departure::Closed(ClosedState::Completed)) => removal::Cause::Completed,
        Some(Departure::Closed(ClosedState::Skipped)) => removal::Cause::Skipped,
        Some(Departure::Closed(ClosedState::Canceled)) => removal::Cause::Canceled,
        Some(Departure::Snoozed) => removal::Cause::Snoozed,
        Some(Departure::Moved) => removal::Cause::Moved,
        Some(Departure::Displaced) => removal::Cause::Displaced,
        None => removal::Cause::Unspecified,
    }
}
