//! Where activities are that left the head of a queue, and who took them out of it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::activity::{ActivityState, ClosedState};
use crate::domain::history::HistoryKind;
use crate::domain::id::{ActivityId, ChosenId, KeyId, OrganizationId, QueueId};
use crate::domain::names;
use crate::store::Error;
use crate::store::activities::ActivityKey;
use crate::store::statement;
use crate::store::statement::columns::column;

/// Where an activity is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// Open.
    Open {
        /// The queue that shows it, or showed it before it was paused.
        queue: QueueId,
        /// Its state there.
        state: OpenState,
    },
    /// It was closed.
    Closed(ClosedState),
}

/// The state of an open activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenState {
    /// Due.
    Due,
    /// Snoozed.
    Snoozed,
    /// Paused.
    Paused,
}

/// Where an activity is that left the head of a queue, and what took it out of a queue last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departed {
    /// Where it is.
    pub whereabouts: Whereabouts,
    /// The last event that took it out of a queue. `None` if there was none lately.
    pub last: Option<TakenOut>,
}

/// What took an activity out of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenOut {
    /// The kind of the event.
    pub kind: HistoryKind,
    /// Who did it: `sellers/{seller}`, `apiKeys/{uuid}` or `principals/{subject}`. Empty if upnext
    /// did.
    pub by: String,
    /// The `request_id` of the call, if it had one.
    pub request_id: Option<Uuid>,
}

/// The events that take activities out of queues.
const TAKES_OUT: [HistoryKind; 6] = [
    HistoryKind::ActivityCompleted,
    HistoryKind::ActivitySkipped,
    HistoryKind::ActivityCanceled,
    HistoryKind::ActivitySnoozed,
    HistoryKind::ActivityMoved,
    HistoryKind::EnrollmentPaused,
];

/// Looks up where activities are, and what took them out of a queue since a time. Unknown keys are
/// absent from the result.
pub async fn find(
    conn: &mut PgConnection,
    keys: &[ActivityKey],
    since: DateTime<Utc>,
) -> Result<HashMap<ActivityKey, Departed>, Error> {
    let rows: Vec<Row> = sqlx::query_as(include_str!("../sql/activities_departed.sql"))
        .bind(column(keys, |(organization, _)| organization.0))
        .bind(column(keys, |(_, activity)| activity.0))
        .bind(since)
        .bind(TAKES_OUT.map(|kind| kind as i16).to_vec())
        .bind(HistoryKind::EnrollmentPaused as i16)
        .fetch_all(conn)
        .instrument(statement::span::of("departures.find"))
        .await?;

    let key = |row: &Row| (OrganizationId(row.organization_id), ActivityId(row.id));
    rows.into_iter().map(|row| Ok((key(&row), row.departed()?))).collect()
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    /// If it is open: its queue and its state.
    queue_id: Option<Uuid>,
    open_state: Option<i16>,
    /// If it is closed.
    closed_state: Option<i16>,
    /// If something took it out of a queue.
    kind: Option<i16>,
    seller_id: Option<String>,
    actor_key_id: Option<Uuid>,
    /// Of a caller with a token.
    subject: Option<String>,
    request_id: Option<Uuid>,
}

impl Row {
    fn departed(self) -> Result<Departed, Error> {
        let whereabouts = self.whereabouts()?;
        // A kind that a newer release wrote tells nothing here.
        let last = self.kind.and_then(HistoryKind::from_repr).map(|kind| TakenOut {
            kind,
            by: names::actor(
                self.seller_id.map(ChosenId::known).as_ref(),
                self.actor_key_id.map(KeyId),
                self.subject.as_deref(),
            ),
            request_id: self.request_id,
        });
        Ok(Departed { whereabouts, last })
    }

    fn whereabouts(&self) -> Result<Whereabouts, Error> {
        let inconsistent = Error::Inconsistent { table: "closed_activity", column: "state", id: self.id };
        if let (Some(queue), None) = (self.queue_id, self.closed_state) {
            let state = match self.open_state {
                Some(ActivityState::SNOOZED) => OpenState::Snoozed,
                Some(ActivityState::PAUSED) => OpenState::Paused,
                _ => OpenState::Due,
            };
            return Ok(Whereabouts::Open { queue: QueueId(queue), state });
        }
        let state = self.closed_state.and_then(ClosedState::from_repr);
        Ok(Whereabouts::Closed(state.ok_or(inconsistent)?))
    }
}
