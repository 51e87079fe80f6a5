//! What there is to do in queues, and what was done today, counted by kind.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::activity::{ActivityState, ClosedState};
use crate::domain::id::{OrganizationId, QueueId, SellerId};
use crate::domain::step::ActivityKind;
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// A seller, and when the seller's day began.
pub type Today = (SellerId, DateTime<Utc>);

/// The work of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// How many activities are due.
    pub due: i64,
    /// How many of these were due before today.
    pub overdue: i64,
    /// How many are snoozed.
    pub snoozed: i64,
    /// Since when the oldest of those that are due is due.
    pub oldest: Option<DateTime<Utc>>,
    /// How many the seller completed today.
    pub completed: i64,
    /// How many the seller skipped today.
    pub skipped: i64,
}

/// The work of one kind in the queue of a seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The seller's queue.
    pub queue: QueueId,
    /// The kind.
    pub kind: ActivityKind,
    /// The work.
    pub work: Work,
}

/// Counts the work of sellers. What there is none of is absent.
pub async fn count(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sellers: &[Today],
) -> Result<Vec<Counted>, Error> {
    let earliest = sellers.iter().map(|(_, today)| *today).min();
    let rows: Vec<Row> = sqlx::query_as(include_str!("../sql/queues_summarize.sql"))
        .bind(organization.0)
        .bind(column(sellers, |(seller, _)| seller.0))
        .bind(column(sellers, |(_, today)| *today))
        .bind(earliest)
        .bind(ActivityState::DUE)
        .bind(ActivityState::SNOOZED)
        .bind(ClosedState::Completed as i16)
        .bind(ClosedState::Skipped as i16)
        .fetch_all(conn)
        .instrument(statement::span::of("summaries.count"))
        .await?;

    rows.into_iter().map(Counted::try_from).collect()
}

#[derive(FromRow)]
struct Row {
    queue_id: Uuid,
    kind: i16,
    due: i64,
    overdue: i64,
    snoozed: i64,
    oldest: Option<DateTime<Utc>>,
    completed: i64,
    skipped: i64,
}

impl TryFrom<Row> for Counted {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let inconsistent = Error::Inconsistent { table: "activity", column: "kind", id: row.queue_id };
        let Row { due, overdue, snoozed, oldest, completed, skipped, .. } = row;
        Ok(Self {
            queue: QueueId(row.queue_id),
            kind: ActivityKind::from_repr(row.kind).ok_or(inconsistent)?,
            work: Work { due, overdue, snoozed, oldest, completed, skipped },
        })
    }
}
