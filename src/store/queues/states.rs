//! Queues as their subscribers see them: revision, counts and the first due activities. One
//! statement reads many queues, so all of them are from the same instant.

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
    /// Increases with each change.
    pub revision: i64,
    /// A different one for each revision. After a restored backup, revision numbers are used again,
    /// and the stamp tells them apart.
    pub stamp: Uuid,
    /// The number of due activities.
    pub due: i64,
    /// The number of snoozed activities.
    pub snoozed: i64,
    /// The due time of the earliest timer in this queue that isn't held, or `None` without timers.
    /// It can change without a new revision, because a wait can begin or end without an activity.
    pub next_due_time: Option<DateTime<Utc>>,
    /// The first due activities in queue order, up to the requested number.
    pub rows: Vec<Arc<QueueRow>>,
}

/// Reads queues of one organization, each with its first due activities up to the given number.
/// Queues that don't exist or are closed are left out.
pub async fn read(
    conn: &mut PgConnection,
    watched: &[(QueueKey, usize)],
) -> Result<HashMap<QueueKey, QueueState>, Error> {
    // A queue without due activities still gives one row, because of the LEFT JOIN.
    let mut query = QueryBuilder::new(
        "SELECT queue.organization_id AS watched_organization_id, queue.id AS watched_queue_id, \
           queue.revision AS queue_revision, queue.stamp, queue.due_count, queue.snoozed_count, \
           (SELECT timer.due_at FROM timer WHERE timer.organization_id = queue.organization_id \
            AND one_shard(timer.organization_id, $1[1]) AND timer.queue_id = queue.id AND NOT timer.held ORDER BY timer.due_at LIMIT 1) AS next_due_time, shown.* \
         FROM unnest(",
    );

    query.push_bind(column(watched, |(key, _)| key.0.0)).push("::uuid[], ");
    query.push_bind(column(watched, |(key, _)| key.1.0)).push("::uuid[], ");
    query.push_bind(column(watched, |(_, window)| i64::try_from(*window).unwrap_or(i64::MAX)));
    query.push(
        "::bigint[]) AS watched (organization_id, queue_id, window_size) \
         JOIN queue ON queue.organization_id = watched.organization_id AND queue.id = watched.queue_id \
           AND one_shard(queue.organization_id, $1[1]) AND NOT queue.closed \
         LEFT JOIN LATERAL (SELECT ",
    );

    // The inner LIMIT stops at the window before the joins look up any name.
    query.push(queues::rows::COLUMNS.as_str()).push(" FROM (SELECT ").push(open_columns());
    query.push(
        " FROM activity WHERE activity.organization_id = queue.organization_id \
               AND one_shard(activity.organization_id, $1[1]) \
               AND activity.queue_id = queue.id AND activity.state = 1 \
               ORDER BY activity.rank, activity.id LIMIT watched.window_size) AS activity",
    );
    query.push(queues::rows::JOINS).push("WHERE one_shard(activity.organization_id, $1[1])");
    query.push(") AS shown ON true ORDER BY queue.organization_id, queue.id, shown.\"activity.rank\", shown.\"activity.id\"");

    let rows: Vec<Line> =
        query.build_query_as().fetch_all(conn).instrument(statement::span::of("queue_states.read")).await?;
    collect(rows)
}

fn collect(lines: Vec<Line>) -> Result<HashMap<QueueKey, QueueState>, Error> {
    let mut states = HashMap::new();
    for Line { key, state, row } in lines {
        // Every line of a queue repeats its state: keep the first.
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
    /// The queue, still without its rows.
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

/// Tells a queue's state from its other states, without the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Increases with each change.
    pub revision: i64,
    /// Tells revisions with the same number apart.
    pub stamp: Uuid,
    /// Can change without a new revision.
    pub next_due_time: Option<DateTime<Utc>>,
}

impl QueueState {
    /// Returns the mark that tells it from the queue's other states.
    pub fn mark(&self) -> Mark {
        let Self { revision, stamp, next_due_time, .. } = *self;
        Mark { revision, stamp, next_due_time }
    }
}

/// Returns the queues whose state differs from the given mark. Queues that don't exist are left
/// out.
pub async fn changed(conn: &mut PgConnection, known: &[(QueueKey, Mark)]) -> Result<Vec<QueueKey>, Error> {
    // IS DISTINCT FROM, because a queue without timers has no next due time.
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT queue.organization_id, queue.id
         FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::uuid[], $5::timestamptz[])
           AS known (organization_id, queue_id, revision, stamp, next_due_time)
         JOIN queue ON queue.organization_id = known.organization_id AND queue.id = known.queue_id
         WHERE queue.revision <> known.revision OR queue.stamp <> known.stamp OR known.next_due_time IS DISTINCT FROM (
             SELECT timer.due_at FROM timer WHERE timer.organization_id = queue.organization_id AND timer.queue_id = queue.id
               AND NOT timer.held
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
