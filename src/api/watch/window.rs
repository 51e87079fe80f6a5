//! WatchWorkQueue: the first activities of a queue, kept in step.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Told, View};
use crate::api::convert::activity::open;
use crate::api::convert::timestamp;
use crate::api::names;
use crate::api::pb::queue_update::{Removal, removal};
use crate::api::pb::watch_work_queue_response::Event as Sent;
use crate::api::pb::{
    QueueCounts, QueueDraining, QueueHeartbeat, QueueSnapshot, QueueUpdate, WatchWorkQueueResponse,
    queue_snapshot,
};
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
        let sent = match told.event {
            Event::Gone => return None,
            Event::Resumed | Event::NextDueTime => Sent::Heartbeat(heartbeat(state, told.now)),
            Event::Snapshot(cause) => Sent::Snapshot(QueueSnapshot {
                activities: told.session.rows().iter().map(|row| open(row, &told.texts.of(row))).collect(),
                counts,
                next_due_time,
                cause: snapshot_cause(*cause).into(),
            }),
            Event::Update { upserts, removals } => Sent::Update(QueueUpdate {
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
        Some(response(told.session, sent))
    }

    fn heartbeat(&self, session: &Session, now: DateTime<Utc>) -> Option<WatchWorkQueueResponse> {
        // Before the first state there is nothing to confirm: it would say of the client's token that it still fits.
        Some(response(session, Sent::Heartbeat(heartbeat(session.state()?, now))))
    }

    fn draining(&self, session: &Session) -> Option<WatchWorkQueueResponse> {
        Some(response(session, Sent::Draining(QueueDraining {})))
    }
}

fn response(session: &Session, sent: Sent) -> WatchWorkQueueResponse {
    WatchWorkQueueResponse {
        resume_token: session.resume_token(),
        queue_revision: session.revision(),
        event: Some(sent),
    }
}

fn heartbeat(state: &QueueState, now: DateTime<Utc>) -> QueueHeartbeat {
    QueueHeartbeat {
        server_time: Some(timestamp(now)),
        next_due_time: state.next_due_time.map(timestamp),
        counts: Some(counts(state)),
    }
}

fn counts(state: &QueueState) -> QueueCounts {
    QueueCounts { due: state.due, snoozed: state.snoozed }
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
