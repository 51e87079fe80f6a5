//! Reads activities for lists and gets: open ones in the same form as for streams, closed ones with
//! how they ended.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::activity::ClosedState;
use crate::domain::id::{ChosenId, KeyId, OrganizationId, QueueId, RecordId, SellerId};
use crate::domain::names;
use crate::store::activities::ActivityKey;
use crate::store::activities::table::{closed_columns, open_columns};
use crate::store::queues::rows::{COLUMNS, JOINS, QueueRow, Row};
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// The columns of an open activity, with empty values for those that only a closed one has.
pub(super) static OPEN: LazyLock<String> = LazyLock::new(|| {
    open_columns()
        + ", NULL::smallint AS closed_state, '' AS outcome, '' AS note, NULL::uuid AS closed_by_seller_id, \
             NULL::uuid AS closed_by_key_id, NULL::timestamptz AS close_time"
});

/// The same columns of a closed activity.
pub(super) static CLOSED: LazyLock<String> = LazyLock::new(|| {
    closed_columns()
        + ", activity.state AS closed_state, activity.outcome, activity.note, \
             activity.closed_by_seller_id, activity.closed_by_key_id, activity.close_time"
});

/// The joins to put after `FROM closed_activity AS activity` for [`CLOSED`].
const CLOSED_JOINS: &str = " LEFT JOIN record ON record.organization_id = activity.organization_id AND record.id = activity.record_id \
    LEFT JOIN record_type ON record_type.organization_id = record.organization_id \
      AND record_type.id = record.record_type_id";

/// The columns of [`FullRow`] beyond [`COLUMNS`]. They need [`CLOSER`].
pub(super) const ENDING: &str = ", activity.closed_state, activity.outcome, activity.note, activity.closed_by_key_id, \
    activity.close_time, closer.seller_id AS closed_by, closer_principal.subject AS closed_by_subject, record.owner_id";

/// The joins that find the seller and the principal who closed the activity.
pub(super) const CLOSER: &str = "LEFT JOIN seller AS closer ON closer.organization_id = activity.organization_id \
    AND closer.id = activity.closed_by_seller_id \
    LEFT JOIN principal AS closer_principal ON closer_principal.organization_id = activity.organization_id \
    AND closer_principal.id = activity.closed_by_key_id ";

/// An activity, open or closed, with the names that its row shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRow {
    /// Its current state, or its last state before it was closed.
    pub shown: QueueRow,
    /// The record's owner, or `None` if the record has no owner or is deleted.
    pub owner: Option<SellerId>,
    /// How it was closed, or `None` while it is open.
    pub ending: Option<Ending>,
}

/// How an activity was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The state in which it was closed.
    pub state: ClosedState,
    /// The outcome if it was completed. The reason if it was skipped or canceled.
    pub outcome: String,
    /// The seller's note.
    pub note: String,
    /// Who closed it: `sellers/{seller}`, `apiKeys/{uuid}` or `principals/{subject}`. Empty if
    /// upnext did.
    pub by: String,
    /// The time when it was closed.
    pub at: DateTime<Utc>,
}

/// The numbers of activities in a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The number of due activities.
    pub due: i64,
    /// The number of snoozed activities.
    pub snoozed: i64,
}

/// Returns activities by key, open or closed, in the order of their keys. Unknown keys are absent.
pub async fn get(conn: &mut PgConnection, keys: &[ActivityKey]) -> Result<Vec<ActivityRow>, Error> {
    let keys: Vec<_> = keys.iter().map(|(organization, id)| (organization.0, id.0)).collect();
    let mut query = select_full();
    query.push("(SELECT ").push(OPEN.as_str()).push(" FROM ");
    push_keyed(&mut query, "activity", &keys);
    query.push(" AS activity UNION ALL SELECT ").push(CLOSED.as_str()).push(" FROM ");
    push_keyed(&mut query, "closed_activity", &keys);
    query.push(" AS activity").push(CLOSED_JOINS);
    query.push(" WHERE one_shard(activity.organization_id, $1[1])) AS activity").push(JOINS).push(CLOSER);
    query.push("WHERE one_shard(activity.organization_id, $1[1])");
    query.push(" ORDER BY activity.organization_id, activity.id");
    statement::reading::all::<FullRow, _>(conn, query).await
}

fn select_full() -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS.as_str()).push(ENDING).push(" FROM ");
    query
}

/// Appends the rows of a table that have one of these keys, with all columns.
///
/// LATERAL with LIMIT 1 forces a lookup by key, whatever size the table had when the statement was
/// planned.
fn push_keyed(query: &mut QueryBuilder<Postgres>, table: &'static str, keys: &[(Uuid, Uuid)]) {
    query.push("(SELECT found.* FROM unnest(").push_bind(column(keys, |key| key.0));
    query.push("::uuid[], ").push_bind(column(keys, |key| key.1));
    query.push("::uuid[]) AS item (organization_id, id) CROSS JOIN LATERAL (SELECT * FROM ").push(table);
    query.push(
        " AS keyed WHERE keyed.organization_id = item.organization_id AND keyed.id = item.id \
        AND one_shard(keyed.organization_id, $1[1]) LIMIT 1) AS found)",
    );
}

/// Returns the first due activity of each queue, in the order of the queues' keys. Queues without
/// due activities are left out.
pub async fn heads(
    conn: &mut PgConnection,
    queues: &[(OrganizationId, QueueId)],
) -> Result<Vec<QueueRow>, Error> {
    let keys: Vec<_> = queues.iter().map(|(organization, queue)| (organization.0, queue.0)).collect();
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS.as_str()).push(" FROM ");
    push_keyed(&mut query, "queue", &keys);

    query.push(" AS queue CROSS JOIN LATERAL (SELECT ").push(OPEN.as_str());
    query.push(
        " FROM activity WHERE activity.organization_id = queue.organization_id AND activity.queue_id = queue.id \
          AND one_shard(activity.organization_id, $1[1]) AND activity.state = 1 ORDER BY activity.rank, activity.id LIMIT 1) AS activity",
    );
    query.push(JOINS).push("WHERE one_shard(activity.organization_id, $1[1])");
    query.push(" ORDER BY queue.organization_id, queue.id");
    statement::reading::all::<Row, _>(conn, query).await
}

/// Returns the open activities of a record, in the order in which they were created.
pub async fn open_of_record(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<Vec<QueueRow>, Error> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS.as_str()).push(" FROM activity").push(JOINS);
    query.push(" WHERE activity.organization_id = ").push_bind(organization.0);
    query.push(" AND activity.record_id = ").push_bind(record.0).push(" ORDER BY activity.id");
    statement::reading::all::<Row, _>(conn, query).await
}

/// Returns the closed activities of a record, last closed first, at most `limit`.
pub async fn closed_of_record(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
    limit: i64,
) -> Result<Vec<ActivityRow>, Error> {
    let mut query = select_full();
    // The inner LIMIT keeps the outer joins from looking up names of activities that are left out.
    query.push("(SELECT ").push(CLOSED.as_str()).push(" FROM closed_activity AS activity").push(CLOSED_JOINS);
    query.push(" WHERE activity.organization_id = ").push_bind(organization.0);
    query.push(" AND activity.record_id = ").push_bind(record.0);
    query.push(" ORDER BY activity.close_time DESC, activity.id DESC LIMIT ").push_bind(limit);
    query.push(") AS activity").push(JOINS).push(CLOSER);
    query.push("WHERE one_shard(activity.organization_id, $1)");
    query.push(" ORDER BY activity.close_time DESC, activity.id DESC");
    statement::reading::all::<FullRow, _>(conn, query).await
}

/// Returns the numbers of activities in a queue, or `None` if the queue does not exist.
pub async fn counts(
    conn: &mut PgConnection,
    organization: OrganizationId,
    queue: QueueId,
) -> Result<Option<Counts>, Error> {
    let counts: Option<(i64, i64)> =
        sqlx::query_as("SELECT due_count, snoozed_count FROM queue WHERE organization_id = $1 AND id = $2")
            .bind(organization.0)
            .bind(queue.0)
            .fetch_optional(conn)
            .instrument(statement::span::of("activities.counts"))
            .await?;
    Ok(counts.map(|(due, snoozed)| Counts { due, snoozed }))
}

/// A row with [`COLUMNS`] and [`ENDING`].
#[derive(FromRow)]
pub(super) struct FullRow {
    #[sqlx(flatten)]
    shown: Row,
    closed_state: Option<i16>,
    outcome: String,
    note: String,
    closed_by_key_id: Option<Uuid>,
    close_time: Option<DateTime<Utc>>,
    closed_by: Option<String>,
    closed_by_subject: Option<String>,
    owner_id: Option<Uuid>,
}

impl TryFrom<FullRow> for ActivityRow {
    type Error = Error;

    fn try_from(row: FullRow) -> Result<Self, Error> {
        let shown = QueueRow::try_from(row.shown)?;
        let id = shown.activity.id.0;

        // An open activity has neither a closed state nor a close time.
        let ending = match row.closed_state.zip(row.close_time) {
            None => None,
            Some((number, at)) => {
                let state = ClosedState::from_repr(number);
                let inconsistent = Error::Inconsistent { table: "closed_activity", column: "state", id };
                Some(Ending {
                    state: state.ok_or(inconsistent)?,
                    outcome: row.outcome,
                    note: row.note,
                    by: names::actor(
                        row.closed_by.map(ChosenId::known).as_ref(),
                        row.closed_by_key_id.map(KeyId),
                        row.closed_by_subject.as_deref(),
                    ),
                    at,
                })
            }
        };

        Ok(Self { shown, owner: row.owner_id.map(SellerId), ending })
    }
}
