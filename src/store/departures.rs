//! What became of activities that left the head of a queue.

use std::collections::HashMap;

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use super::Error;
use super::activities::ActivityKey;
use super::columns::column;
use super::span;
use crate::domain::activity::ClosedState;
use crate::domain::id::{ActivityId, OrganizationId, QueueId};

/// What became of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departure {
    /// It was closed.
    Closed(ClosedState),
    /// It was put off.
    Snoozed,
    /// It is in another queue.
    Moved,
    /// It is where it was, behind others.
    Displaced,
}

/// Where an activity is by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// In a queue, put off or due.
    Open {
        /// That queue.
        queue: QueueId,
        /// Whether it is put off.
        snoozed: bool,
    },
    /// It was closed.
    Closed(ClosedState),
}

impl Whereabouts {
    /// What became of it for those who watch `queue`.
    pub fn departure_from(self, queue: QueueId) -> Departure {
        match self {
            Self::Closed(state) => Departure::Closed(state),
            Self::Open { queue: now_in, .. } if now_in != queue => Departure::Moved,
            Self::Open { snoozed: true, .. } => Departure::Snoozed,
            Self::Open { snoozed: false, .. } => Departure::Displaced,
        }
    }
}

/// Looks for these; those that nothing is known of are left out.
pub async fn whereabouts(
    conn: &mut PgConnection,
    keys: &[ActivityKey],
) -> Result<HashMap<ActivityKey, Whereabouts>, Error> {
    let rows: Vec<Row> = sqlx::query_as(include_str!("sql/activities_departed.sql"))
        .bind(column(keys, |(organization, _)| organization.0))
        .bind(column(keys, |(_, activity)| activity.0))
        .fetch_all(conn)
        .instrument(span::of("departures.whereabouts"))
        .await?;
    rows.into_iter().map(found).collect()
}

/// The organization, the activity; its queue and whether it is put off, if it is open; its state,
/// if it is closed.
type Row = (Uuid, Uuid, Option<Uuid>, Option<bool>, Option<i16>);

fn found((organization, id, queue, snoozed, closed): Row) -> Result<(ActivityKey, Whereabouts), Error> {
    let inconsistent = Error::Inconsistent { table: "closed_activity", column: "state", id };
    let whereabouts = match (queue, closed) {
        (Some(queue), None) => Whereabouts::Open { queue: QueueId(queue), snoozed: snoozed == Some(true) },
        (_, closed) => {
            let state = ClosedState::ALL.into_iter().find(|state| Some(*state as i16) == closed);
            Whereabouts::Closed(state.ok_or(inconsistent)?)
        }
    };
    Ok(((OrganizationId(organization), ActivityId(id)), whereabouts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_departure_depends_on_the_queue_that_it_is_seen_from() {
        let [here, there] = [QueueId(Uuid::from_u128(1)), QueueId(Uuid::from_u128(2))];
        let open = |snoozed| Whereabouts::Open { queue: here, snoozed };
        assert_eq!(open(false).departure_from(here), Departure::Displaced);
        assert_eq!(open(true).departure_from(here), Departure::Snoozed);
        assert_eq!(open(true).departure_from(there), Departure::Moved);
        let closed = Whereabouts::Closed(ClosedState::Skipped);
        assert_eq!(closed.departure_from(there), Departure::Closed(ClosedState::Skipped));
    }
}
