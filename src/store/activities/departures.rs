//! Where activities are that left the head of a queue.

use std::collections::HashMap;

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::activity::{ActivityState, ClosedState};
use crate::domain::id::{ActivityId, OrganizationId, QueueId};
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

/// Looks up where activities are. Unknown keys are absent from the result.
pub async fn whereabouts(
    conn: &mut PgConnection,
    keys: &[ActivityKey],
) -> Result<HashMap<ActivityKey, Whereabouts>, Error> {
    let rows: Vec<Row> = sqlx::query_as(include_str!("../sql/activities_departed.sql"))
        .bind(column(keys, |(organization, _)| organization.0))
        .bind(column(keys, |(_, activity)| activity.0))
        .fetch_all(conn)
        .instrument(statement::span::of("departures.whereabouts"))
        .await?;
    rows.into_iter().map(found).collect()
}

/// The organization and the activity; if it is open, its queue and its state; if it is closed, its
/// state.
type Row = (Uuid, Uuid, Option<Uuid>, Option<i16>, Option<i16>);

fn found((organization, id, queue, open, closed): Row) -> Result<(ActivityKey, Whereabouts), Error> {
    let inconsistent = Error::Inconsistent { table: "closed_activity", column: "state", id };
    let whereabouts = match (queue, closed) {
        (Some(queue), None) => {
            let state = match open {
                Some(ActivityState::SNOOZED) => OpenState::Snoozed,
                Some(ActivityState::PAUSED) => OpenState::Paused,
                _ => OpenState::Due,
            };
            Whereabouts::Open { queue: QueueId(queue), state }
        }
        (_, closed) => {
            let state = closed.and_then(ClosedState::from_repr);
            Whereabouts::Closed(state.ok_or(inconsistent)?)
        }
    };
    Ok(((OrganizationId(organization), ActivityId(id)), whereabouts))
}
