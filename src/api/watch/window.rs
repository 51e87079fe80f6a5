//! WatchWorkQueue: the first activities of a queue, kept in step.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Told, View};
use crate::api::convert::activity::open;
use crate::api::convert::timestamp;
use crate::api::names;
use crate::api::pb::watch_work_queue_response::{
    Draining, Heartbeat, Message, Removal, Snapshot, Update, removal, snapshot,
};
use crate::api::pb::{QueueCounts, WatchWorkQueueResponse};
use crate::domain::activity::ClosedState;
use crate::feed::diff::Cause;
use crate::feed::{Event, Session};
use crate::store::departures::Departure;
use crate::store::queue_rows::QueueRow;
use crate::store::queue_states::QueueState;

/// What a client keeps in step.
pub(super) struct Window;

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

    fn event(&mut self, told: &Told<'_>) -> Option<WatchWorkQueueResponse> {
        let state = told.state;
        let counts = Some(counts(state));
        let next_due_time = state.next_due_time.map(timestamp);
        let message = match told.event {
            Event::Gone => return None,
            Event::Resumed | Event::NextDueTime => Message::Heartbeat(heartbeat(state, told.now)),
            Event::Snapshot(cause) => Message::Snapshot(Snapshot {
                activities: told.session.rows().iter().map(|row| open(row, &told.texts.of(row))).collect(),
                counts,
                next_due_time,
                cause: snapshot_cause(*cause).into(),
            }),
            Event::Update { upserts, removals } => Message::Update(Update {
                upserts: upserts.iter().map(|row| open(row, &told.texts.of(row))).collect(),
                removals: removals
                    .iter()
                    .map(|id| Removal {
                        activity: names::ACTIVITY.uuid_name(id.0),
                        cause: removal_cause(told.departures.get(id)).into(),
                    })
                    .collect(),
                counts,
                next_due_time,
            }),
        };
        Some(response(told.session, message))
    }

    fn heartbeat(&self, session: &Session, now: DateTime<Utc>) -> Option<WatchWorkQueueResponse> {
        // Before the first state there is nothing to confirm: it would say of the client's token that it still fits.
        Some(response(session, Message::Heartbeat(heartbeat(session.state()?, now))))
    }

    fn draining(&self, session: &Session) -> Option<WatchWorkQueueResponse> {
        Some(response(session, Message::Draining(Draining {})))
    }
}

fn response(session: &Session, message: Message) -> WatchWorkQueueResponse {
    WatchWorkQueueResponse {
        resume_token: session.resume_token(),
        revision: session.revision(),
        message: Some(message),
    }
}

fn heartbeat(state: &QueueState, now: DateTime<Utc>) -> Heartbeat {
    Heartbeat {
        server_time: Some(timestamp(now)),
        next_due_time: state.next_due_time.map(timestamp),
        counts: Some(counts(state)),
    }
}

fn counts(state: &QueueState) -> QueueCounts {
    QueueCounts { due: state.due, snoozed: state.snoozed }
}

fn snapshot_cause(cause: Cause) -> snapshot::Cause {
    match cause {
        Cause::Started => snapshot::Cause::Started,
        Cause::Changed => snapshot::Cause::Changed,
        Cause::Restored => snapshot::Cause::Restored,
        Cause::WindowChanged => snapshot::Cause::WindowChanged,
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
