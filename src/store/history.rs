//! History: what happened, in partitions by month. Rows are only appended, except that deleting a
//! record erases what sellers wrote about it.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, FromRow, PgConnection, Postgres, QueryBuilder};
use strum::VariantArray as _;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::caller::Actor;
use crate::domain::history::{HistoryDetail, HistoryEvent, HistoryKind};
use crate::domain::id::{ActivityId, EnrollmentId, KeyId, OrganizationId, RecordId, SellerId};
use crate::store::publication::{PUBLICATION, UNPUBLISHED};
use crate::store::statement::chain::{Chain, Values};
use crate::store::statement::columns::column;
use crate::store::statement::table::{Column, Role, Table, table};
use crate::store::{Error, Plans, Portion, Store, statement};

const HISTORY: Table<HistoryEvent> = table!("history", HistoryEvent {
    Key organization_id: uuid => |row| row.organization.0,
    Key subject_id: uuid => |row| row.subject,
    Key id: uuid => |row| row.id,
    Key at: timestamptz => |row| row.at,
    Fixed kind: smallint => |row| row.kind as i16,
    Fixed actor_seller_id: uuid => |row| row.actor.seller.map(|seller| seller.0),
    Fixed actor_key_id: uuid => |row| row.actor.key.map(|key| key.0),
    Fixed request_id: uuid => |row| row.actor.request_id,
    Fixed detail: jsonb => |row| Json(&row.detail),
});

/// Appends events.
pub async fn append(conn: &mut PgConnection, events: &[HistoryEvent]) -> Result<(), Error> {
    let mut chain = Chain::new();
    append_to(&mut chain, &events.iter().collect::<Vec<_>>());
    chain.run(conn).await
}

/// Adds the parts that append events, and leave those to publish whose organization wants that.
pub(super) fn append_to(chain: &mut Chain, events: &[&HistoryEvent]) {
    chain.insert_and_copy(&HISTORY, events, (&UNPUBLISHED, PUBLICATION));
}

/// The direction in which history is read, and where reading starts.
#[derive(Clone, Copy, Debug)]
pub enum Order {
    /// Forwards, from the first event or from the one after `after`.
    OldestFirst {
        /// The event's key.
        after: Option<Uuid>,
    },
    /// Backwards, from the last event or from the one before `before`.
    NewestFirst {
        /// The event's key.
        before: Option<Uuid>,
    },
}

/// Returns at most `limit` events of one subject. Keys are minted in the order of the events, so
/// ordering by key orders by time.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    subject: Uuid,
    order: Order,
    limit: i64,
) -> Result<Portion<HistoryEvent>, Error> {
    let mut query = QueryBuilder::new("");
    push_events(&mut query, organization);
    query.push_bind(subject);
    order.push(&mut query, limit);
    statement::reading::portion::<Row, _>(conn, query).await
}

/// Like [`page`], but returns the events of a record, of those that were merged into it, and of all
/// enrollments.
pub async fn page_of_record(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
    order: Order,
    limit: i64,
) -> Result<Portion<HistoryEvent>, Error> {
    let mut query = QueryBuilder::new("SELECT event.* FROM (SELECT ");
    query.push_bind(record.0).push(" AS id UNION ALL SELECT id FROM enrollment WHERE organization_id = ");
    query.push_bind(organization.0).push(" AND record_id = ").push_bind(record.0);
    query.push(" UNION ALL SELECT merged_key FROM tombstone WHERE organization_id = ");
    query.push_bind(organization.0).push(" AND survivor_id = ").push_bind(record.0);

    // The key of history has the subject before the id, so the first events of each subject are
    // found by it, and no more than those of one page are sorted for each.
    query.push(") AS subject CROSS JOIN LATERAL (");
    push_events(&mut query, organization);
    query.push("subject.id");
    order.push(&mut query, limit);
    let direction = order.bounds().2;
    query.push(") AS event").push(direction).push(" LIMIT ").push_bind(limit);
    statement::reading::portion::<Row, _>(conn, query).await
}

/// How many of the last events that move an enrollment tell how it came where it is: an exit or a
/// reopened activity is two behind its cause at most.
const LAST_MOVES: i64 = 4;

/// Returns the last events that moved an enrollment, the newest first.
pub async fn last_moves(
    conn: &mut PgConnection,
    organization: OrganizationId,
    enrollment: EnrollmentId,
) -> Result<Vec<HistoryEvent>, Error> {
    let kinds = HistoryKind::VARIANTS.iter().filter(|kind| kind.moves());
    let kinds: Vec<i16> = kinds.map(|kind| *kind as i16).collect();
    let mut query = QueryBuilder::new("");
    push_events(&mut query, organization);
    query.push_bind(enrollment.0).push(" AND kind = ANY (").push_bind(kinds).push(")");
    Order::NewestFirst { before: None }.push(&mut query, LAST_MOVES);
    statement::reading::all::<Row, _>(conn, query).await
}

/// The columns of an event.
const COLUMNS: &str =
    "organization_id, subject_id, id, at, kind, actor_seller_id, actor_key_id, request_id, detail";

/// Appends a query for the events of one subject, which must follow.
fn push_events(query: &mut QueryBuilder<Postgres>, organization: OrganizationId) {
    query.push("SELECT ").push(COLUMNS).push(" FROM history WHERE organization_id = ");
    query.push_bind(organization.0).push(" AND subject_id = ");
}

impl Order {
    /// Returns the key to read from, and how statements compare with it and sort.
    fn bounds(self) -> (Option<Uuid>, &'static str, &'static str) {
        match self {
            Order::OldestFirst { after } => (after, " AND id > ", " ORDER BY id"),
            Order::NewestFirst { before } => (before, " AND id < ", " ORDER BY id DESC"),
        }
    }

    /// Appends the bound, the order and the limit to a statement.
    fn push(self, query: &mut QueryBuilder<Postgres>, limit: i64) {
        let (bound, comparison, direction) = self.bounds();
        if let Some(bound) = bound {
            query.push(comparison).push_bind(bound);
        }
        query.push(direction).push(" LIMIT ").push_bind(limit);
    }
}

/// Returns the activities of a record that were reopened, each with its enrollment. Their history
/// has words of sellers that the activities no longer have.
pub async fn reopened_of_record(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<Vec<(EnrollmentId, ActivityId)>, Error> {
    let reopened: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT DISTINCT history.subject_id, (history.detail ->> 'activity')::uuid
         FROM enrollment
         JOIN history ON history.organization_id = enrollment.organization_id AND history.subject_id = enrollment.id
         WHERE enrollment.organization_id = $1 AND enrollment.record_id = $2 AND history.kind = $3",
    )
    .bind(organization.0)
    .bind(record.0)
    .bind(HistoryKind::ActivityReopened as i16)
    .fetch_all(conn)
    .instrument(statement::span::of("history.reopened_of_record"))
    .await?;
    Ok(reopened.into_iter().map(|(enrollment, id)| (EnrollmentId(enrollment), ActivityId(id))).collect())
}

/// Returns the revisions that enrollments left by migrations, each with the event, in the order of
/// events. Enrollments that never moved are absent.
pub async fn left_revisions(
    conn: &mut PgConnection,
    organization: OrganizationId,
    enrollments: &[EnrollmentId],
) -> Result<HashMap<EnrollmentId, Vec<(Uuid, i32)>>, Error> {
    let rows: Vec<(Uuid, Uuid, i32)> = sqlx::query_as(
        "SELECT subject_id, id, (detail ->> 'revision')::integer
         FROM history
         WHERE organization_id = $1 AND subject_id = ANY ($2) AND kind = $3
         ORDER BY id",
    )
    .bind(organization.0)
    .bind(column(enrollments, |id| id.0))
    .bind(HistoryKind::EnrollmentMigrated as i16)
    .fetch_all(conn)
    .instrument(statement::span::of("history.left_revisions"))
    .await?;

    let mut left: HashMap<EnrollmentId, Vec<(Uuid, i32)>> = HashMap::new();
    for (enrollment, event, revision) in rows {
        left.entry(EnrollmentId(enrollment)).or_default().push((event, revision));
    }
    Ok(left)
}

/// Erases the outcomes and notes of activities, given as (enrollment, activity), because they
/// contain a seller's own words.
pub async fn erase_words(
    conn: &mut PgConnection,
    organization: OrganizationId,
    closed: &[(EnrollmentId, ActivityId)],
) -> Result<(), Error> {
    if closed.is_empty() {
        return Ok(());
    }

    let (subjects, activities): (Vec<Uuid>, Vec<String>) =
        closed.iter().map(|(enrollment, activity)| (enrollment.0, activity.to_string())).unzip();
    sqlx::query(
        "UPDATE history SET detail = detail - 'outcome' - 'note'
         WHERE organization_id = $1 AND subject_id = ANY ($2) AND detail ->> 'activity' = ANY ($3)",
    )
    .bind(organization.0)
    .bind(subjects)
    .bind(activities)
    .execute(conn)
    .instrument(statement::span::of("history.erase_words"))
    .await?;

    Ok(())
}

/// Erases what the events of a deleted record's enrollments say besides what happened, like when
/// the person returns, or why an email became manual: a mail server may repeat the address.
pub async fn erase_details(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<(), Error> {
    let told = [
        (HistoryKind::EngagementRecorded, &["planned", "outcome"][..]),
        (HistoryKind::EmailHandedOver, &["why"]),
    ];
    for (kind, fields) in told {
        sqlx::query(
            "UPDATE history SET detail = detail - $4::text[]
             WHERE organization_id = $1 AND kind = $3 AND subject_id IN (
               SELECT enrollment.id FROM enrollment
               WHERE enrollment.organization_id = $1 AND enrollment.record_id = $2)",
        )
        .bind(organization.0)
        .bind(record.0)
        .bind(kind as i16)
        .bind(fields.iter().map(|field| (*field).to_owned()).collect::<Vec<_>>())
        .execute(&mut *conn)
        .instrument(statement::span::of("history.erase_details"))
        .await?;
    }
    Ok(())
}

/// Appends an event. Returns false if it is there already. Waits while another transaction that has
/// appended it may still be committed.
pub async fn append_once(conn: &mut PgConnection, event: &HistoryEvent) -> Result<bool, Error> {
    let appended = sqlx::query(
        "INSERT INTO history (organization_id, subject_id, id, at, kind, detail)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
    )
    .bind(event.organization.0)
    .bind(event.subject)
    .bind(event.id)
    .bind(event.at)
    .bind(event.kind as i16)
    .bind(Json(&event.detail))
    .execute(conn)
    .instrument(statement::span::of("history.append_once"))
    .await?;

    Ok(appended.rows_affected() > 0)
}

/// How long the creation of a partition may wait for readers of history. All writers of history
/// wait behind it.
const PARTITION_PATIENCE: Duration = Duration::from_millis(100);

/// Creates the partitions of this month and the next, if they are missing. A month that already has
/// events in the default partition gets no partition of its own.
///
/// # Errors
/// [`Error::Conflict`] if a long read of history was in the way. Try again later.
pub async fn make_partitions(store: &Store, now: DateTime<Utc>) -> Result<(), Error> {
    let this = NaiveDate::from_ymd_opt(now.year(), now.month(), 1).expect("every month has a first day");
    for month in [this, this + Months::new(1)] {
        let next = month + Months::new(1);

        let mut tx = store.begin_with_lock_timeout(PARTITION_PATIENCE, Plans::Fresh).await?;
        let used: bool = sqlx::query_scalar(
            "SELECT to_regclass($1) IS NOT NULL
               OR EXISTS (SELECT 1 FROM history_default WHERE at >= $2 AND at < $3)",
        )
        .bind(format!("history_{}", month.format("%Y_%m")))
        .bind(month.and_hms_opt(0, 0, 0).expect("midnight").and_utc())
        .bind(next.and_hms_opt(0, 0, 0).expect("midnight").and_utc())
        .fetch_one(&mut *tx)
        .instrument(statement::span::of("history.make_partitions"))
        .await?;

        if !used {
            // The bounds of a partition can't be parameters. The text contains only our own dates.
            let statement = format!(
                "CREATE TABLE IF NOT EXISTS history_{} PARTITION OF history
                 FOR VALUES FROM ('{month} 00:00:00+00') TO ('{next} 00:00:00+00')",
                month.format("%Y_%m")
            );
            let made = sqlx::query(AssertSqlSafe(statement))
                .execute(&mut *tx)
                .instrument(statement::span::of("history.make_partitions"))
                .await;
            match made {
                Ok(_) => tx.commit().await?,
                Err(error) if is_there(&error) => tx.rollback().await?,
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(())
}

/// The most rows that move when a partition is dropped. Writers wait for them.
const MOVED_AT_MOST: i64 = 10_000;

/// Drops the partitions of months that ended before `earliest`: nobody keeps history from then.
/// What outlives it, like the timelines of enrollments that are still open, moves to the default
/// partition; where that is much, the partition stays.
///
/// # Errors
/// [`Error::Conflict`] if a long read of history was in the way. Try again later.
pub async fn drop_partitions(store: &Store, earliest: DateTime<Utc>) -> Result<(), Error> {
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT relation.relname::text FROM pg_inherits
         JOIN pg_class AS relation ON relation.oid = inhrelid
         WHERE inhparent = 'history'::regclass ORDER BY relation.relname",
    )
    .fetch_all(&mut *store.connection().await?)
    .instrument(statement::span::of("history.drop_partitions"))
    .await?;

    for name in names {
        let month = NaiveDate::parse_from_str(&format!("{name}_01"), "history_%Y_%m_%d");
        // The default one has no month.
        let Ok(month) = month else { continue };
        if (month + Months::new(1)).and_hms_opt(0, 0, 0).expect("midnight").and_utc() <= earliest {
            drop_partition(store, &name).await?;
        }
    }
    Ok(())
}

/// Drops one partition, unless it still has many rows. Its name has nothing but a month.
async fn drop_partition(store: &Store, name: &str) -> Result<(), Error> {
    let mut tx = store.begin_with_lock_timeout(PARTITION_PATIENCE, Plans::Fresh).await?;
    let left = format!("SELECT count(*) FROM (SELECT FROM {name} LIMIT $1) AS left_over");
    let left = sqlx::query_scalar(AssertSqlSafe(left))
        .bind(MOVED_AT_MOST + 1)
        .fetch_one(&mut *tx)
        .instrument(statement::span::of("history.drop_partition"))
        .await;
    match left {
        Ok(left) if MOVED_AT_MOST < left => return Ok(()),
        Err(error) if is_gone(&error) => return Ok(()),
        left => left.map(|_: i64| ())?,
    }

    for statement in [
        format!("ALTER TABLE history DETACH PARTITION {name}"),
        format!("INSERT INTO history ({COLUMNS}) SELECT {COLUMNS} FROM {name}"),
        format!("DROP TABLE {name}"),
    ] {
        let done = sqlx::query(AssertSqlSafe(statement))
            .execute(&mut *tx)
            .instrument(statement::span::of("history.drop_partition"))
            .await;
        match done {
            Err(error) if is_gone(&error) => return Ok(()),
            done => done.map(|_| ())?,
        }
    }
    Ok(tx.commit().await?)
}

/// True if a table isn't there: another server was faster.
fn is_gone(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| matches!(code.as_ref(), "42P01"))
}

/// True if a table couldn't be created because another server created it at the same moment, which
/// IF NOT EXISTS doesn't notice: the table's name or its months are taken.
fn is_there(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| matches!(code.as_ref(), "42P07" | "42710" | "23505" | "42P17"))
}

/// The columns of an event.
#[derive(FromRow)]
pub(in crate::store) struct Row {
    organization_id: Uuid,
    subject_id: Uuid,
    id: Uuid,
    at: DateTime<Utc>,
    kind: i16,
    actor_seller_id: Option<Uuid>,
    actor_key_id: Option<Uuid>,
    request_id: Option<Uuid>,
    detail: Value,
}

impl TryFrom<Row> for HistoryEvent {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let inconsistent = |column| Error::Inconsistent { table: "history", column, id: row.id };
        let detail: HistoryDetail = serde_json::from_value(row.detail).map_err(|_| inconsistent("detail"))?;

        Ok(Self {
            organization: OrganizationId(row.organization_id),
            subject: row.subject_id,
            id: row.id,
            at: row.at,
            kind: HistoryKind::from_repr(row.kind).ok_or_else(|| inconsistent("kind"))?,
            actor: Actor {
                seller: row.actor_seller_id.map(SellerId),
                key: row.actor_key_id.map(KeyId),
                request_id: row.request_id,
            },
            detail,
        })
    }
}
