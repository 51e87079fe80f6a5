//! Queues as their subscribers see them: revision, counts and the first due activities, of many
//! queues in one statement and so of one instant.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::postgres::PgRow;
use sqlx::{FromRow, PgConnection, QueryBuilder, Row as _};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{OrganizationId, QueueId};
use crate::store::Error;
use crate::store::activities::table::open_columns;
use crate::store::database::doorbell::QueueKey;
use crate::store::queues;
use crate::store::queues::rows::QueueRow;
use crate::store::statement;
use crate::store::statement::columns::column;

/// A queue at one revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueState {
    /// Goes up with each change.
    pub revision: i64,
    /// Tells revisions of the same number apart, that a restored backup and its successors count
    /// twice.
    pub stamp: Uuid,
    /// Activities that are due.
    pub due: i64,
    /// Activities that are put off.
    pub snoozed: i64,
    /// The earliest timer that shows here, if any. It moves without a new revision: a wait begins
    /// or ends without an activity.
    pub next_due_time: Option<DateTime<Utc>>,
    /// The first due activities in queue order, as many as were asked for.
    pub rows: Vec<Arc<QueueRow>>,
}

/// Reads queues, of each the first `window` due activities; those that don't exist are left out.
pub async fn read(
    conn: &mut PgConnection,
    watched: &[(QueueKey, usize)],
) -> Result<HashMap<QueueKey, QueueState>, Error> {
    let mut query = QueryBuilder::new(
        "SELECT queue.organization_id AS watched_organization_id, queue.id AS watched_queue_id, \
           queue.revision AS queue_revision, queue.stamp, queue.due_count, queue.snoozed_count, \
           (SELECT timer.due_at FROM timer WHERE timer.organization_id = queue.organization_id \
            AND timer.queue_id = queue.id ORDER BY timer.due_at LIMIT 1) AS next_due_time, shown.* \
         FROM unnest(",
    );

    query.push_bind(column(watched, |(key, _)| key.0.0)).push("::uuid[], ");
    query.push_bind(column(watched, |(key, _)| key.1.0)).push("::uuid[], ");
    query.push_bind(column(watched, |(_, window)| i64::try_from(*window).unwrap_or(i64::MAX)));
    query.push(
        "::bigint[]) AS watched (organization_id, queue_id, window_size) \
         JOIN queue ON queue.organization_id = watched.organization_id AND queue.id = watched.queue_id \
         LEFT JOIN LATERAL (SELECT ",
    );

    query.push(queues::rows::COLUMNS.as_str()).push(" FROM (SELECT ").push(open_columns());
    query.push(
        " FROM activity WHERE activity.organization_id = queue.organization_id \
               AND activity.queue_id = queue.id AND activity.state = 1 \
               ORDER BY activity.rank, activity.id LIMIT watched.window_size) AS activity",
    );
    query.push(queues::rows::JOINS);
    query.push(") AS shown ON true ORDER BY queue.organization_id, queue.id, shown.\"activity.rank\", shown.\"activity.id\"");

    let rows: Vec<Line> =
        query.build_query_as().fetch_all(conn).instrument(statement::span::of("queue_states.read")).await?;
    collect(rows)
}

fn collect(lines: Vec<Line>) -> Result<HashMap<QueueKey, QueueState>, Error> {
    let mut states = HashMap::new();
    for Line { key, state, row } in lines {
        let state = states.entry(key).or_insert(state);
        if let Some(row) = row {
            state.rows.push(Arc::new(QueueRow::try_from(row)?));
        }
    }
    Ok(states)
}

/// One row of a queue, or the queue alone if nothing is due there.
struct Line {
    key: QueueKey,
    /// Without rows.
    state: QueueState,
    row: Option<queues::rows::Row>,
}

impl<'r> FromRow<'r, PgRow> for Line {
    fn from_row(row: &'r PgRow) -> Result<Self, sqlx::Error> {
        let state = QueueState {
            revision: row.try_get("queue_revision")?,
            stamp: row.try_get("stamp")?,
            due: row.try_get("due_count")?,
            snoozed: row.try_get("snoozed_count")?,
            next_due_time: row.try_get("next_due_time")?,
            rows: Vec::new(),
        };

        let (organization, queue) =
            (row.try_get("watched_organization_id")?, row.try_get("watched_queue_id")?);
        let found: Option<Uuid> = row.try_get("activity.id")?;
        Ok(Self {
            key: (OrganizationId(organization), QueueId(queue)),
            state,
            row: found.map(|_| queues::rows::Row::from_row(row)).transpose()?,
        })
    }
}

/// What tells a queue's state from its others, without what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Goes up with each change.
    pub revision: i64,
    /// Tells revisions of the same number apart.
    pub stamp: Uuid,
    /// Moves without a new revision.
    pub next_due_time: Option<DateTime<Utc>>,
}

impl QueueState {
    /// What tells it from the queue's other states.
    pub fn mark(&self) -> Mark {
        let Self { revision, stamp, next_due_time, .. } = *self;
        Mark { revision, stamp, next_due_time }
    }
}

/// Of queues with what is known of each: those that are in another state now.
pub async fn changed(conn: &mut PgConnection, known: &[(QueueKey, Mark)]) -> Result<Vec<QueueKey>, Error> {
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT queue.organization_id, queue.id
         FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::uuid[], $5::timestamptz[])
           AS known (organization_id, queue_id, revision, stamp, next_due_time)
         JOIN queue ON queue.organization_id = known.organization_id AND queue.id = known.queue_id
         WHERE queue.revision <> known.revision OR queue.stamp <> known.stamp OR known.next_due_time IS DISTINCT FROM (
             SELECT timer.due_at FROM timer WHERE timer.organization_id = queue.organization_id AND timer.queue_id = queue.id
             ORDER BY timer.due_at LIMIT 1)
         ORDER BY queue.organization_id, queue.id",
    )
    .bind(column(known, |(key, _)| key.0.0))
    .bind(column(known, |(key, _)| key.1.0))
    .bind(column(known, |(_, mark)| mark.revision))
    .bind(column(known, |(_, mark)| mark.stamp))
    .bind(column(known, |(_, mark)| mark.next_due_time))
    .fetch_all(conn)
    .instrument(statement::span::of("queue_states.changed"))
    .await?;
    Ok(rows.into_iter().map(|(organization, queue)| (OrganizationId(organization), QueueId(queue))).collect())
}
