//! Items that couldn't be processed: why, how often they failed, and when they are tried again.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use strum::VariantArray as _;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{ChosenId, EnrollmentId, OperationId, OrganizationId, ProblemId, RecordId};
use crate::domain::problem::{Item, ItemKind, Problem};
use crate::domain::record::RecordName;
use crate::domain::timer::TimerKind;
use crate::store::Error;
use crate::store::statement;
use crate::store::statement::columns::column;

/// A problem as callers see it: with the names of what it is about.
#[derive(Clone, Debug)]
pub struct ProblemRow {
    /// The problem.
    pub problem: Problem,
    /// The record. `None` if it was deleted.
    pub record: Option<RecordName>,
    /// The enrollment that waits, or whose activity stays snoozed. `None` for other kinds.
    pub enrollment: Option<EnrollmentId>,
}

macro_rules! columns {
    () => {
        "set_aside.organization_id, set_aside.id, set_aside.kind, set_aside.subject_id, set_aside.reason, \
         set_aside.attempts, set_aside.retrying, set_aside.create_time, \
         coalesce(set_aside.retry_time, set_aside.create_time) AS retry_time, \
         set_aside.due_at, set_aside.timer_kind, set_aside.operation_id"
    };
}

/// Returns what is known of an item that failed before, and locks it.
pub async fn of_item(
    conn: &mut PgConnection,
    organization: OrganizationId,
    item: &Item,
) -> Result<Option<Problem>, Error> {
    let (_, _, operation) = key(item);
    let row: Option<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM set_aside
         WHERE organization_id = $1 AND kind = $2 AND subject_id = $3 AND operation_id IS NOT DISTINCT FROM $4
         ORDER BY id LIMIT 1 FOR UPDATE"
    ))
    .bind(organization.0)
    .bind(item.kind().as_str())
    .bind(item.subject())
    .bind(operation)
    .fetch_optional(conn)
    .instrument(statement::span::of("set_aside.of_item"))
    .await?;

    row.map(Problem::try_from).transpose()
}

/// Returns the oldest problem that keeps a record from being routed.
pub async fn of_record(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<Option<ProblemId>, Error> {
    let kinds = ItemKind::VARIANTS.iter().copied().filter(|kind| kind.is_record());
    oldest(conn, organization, &Vec::from_iter(kinds), record.0).await
}

/// Returns the oldest problem that keeps an enrollment from moving by itself.
pub async fn of_enrollment(
    conn: &mut PgConnection,
    organization: OrganizationId,
    enrollment: EnrollmentId,
) -> Result<Option<ProblemId>, Error> {
    // A snooze has the activity as its subject, and moves no enrollment.
    oldest(conn, organization, &[ItemKind::Timer], enrollment.0).await
}

async fn oldest(
    conn: &mut PgConnection,
    organization: OrganizationId,
    kinds: &[ItemKind],
    subject: Uuid,
) -> Result<Option<ProblemId>, Error> {
    let kinds: Vec<&str> = kinds.iter().copied().map(ItemKind::as_str).collect();
    let key: Option<Uuid> = sqlx::query_scalar(
        "SELECT id FROM set_aside
         WHERE organization_id = $1 AND kind = ANY ($2) AND subject_id = $3
         ORDER BY id LIMIT 1",
    )
    .bind(organization.0)
    .bind(kinds)
    .bind(subject)
    .fetch_optional(conn)
    .instrument(statement::span::of("set_aside.oldest"))
    .await?;
    Ok(key.map(ProblemId))
}

/// Returns the operation that a problem is about, without a lock.
pub async fn operation(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: ProblemId,
) -> Result<Option<OperationId>, Error> {
    let found =
        sqlx::query_scalar("SELECT operation_id FROM set_aside WHERE organization_id = $1 AND id = $2");
    let found: Option<Option<Uuid>> = found
        .bind(organization.0)
        .bind(id.0)
        .fetch_optional(conn)
        .instrument(statement::span::of("set_aside.operation"))
        .await?;
    Ok(found.flatten().map(OperationId))
}

/// Returns a problem and locks it.
pub async fn lock(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: ProblemId,
) -> Result<Option<Problem>, Error> {
    let row: Option<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM set_aside WHERE organization_id = $1 AND id = $2 FOR UPDATE"
    ))
    .bind(organization.0)
    .bind(id.0)
    .fetch_optional(conn)
    .instrument(statement::span::of("set_aside.lock"))
    .await?;

    row.map(Problem::try_from).transpose()
}

/// Saves a problem.
pub async fn save(conn: &mut PgConnection, problem: &Problem) -> Result<(), Error> {
    let (due_at, timer_kind, operation) = key(&problem.item);
    sqlx::query(
        "INSERT INTO set_aside (organization_id, id, kind, subject_id, reason, create_time, attempts,
           retry_time, retrying, due_at, timer_kind, operation_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (organization_id, id) DO UPDATE
         SET reason = excluded.reason, attempts = excluded.attempts, retry_time = excluded.retry_time,
           retrying = excluded.retrying, due_at = excluded.due_at, timer_kind = excluded.timer_kind",
    )
    .bind(problem.organization.0)
    .bind(problem.id.0)
    .bind(problem.item.kind().as_str())
    .bind(problem.item.subject())
    .bind(&problem.reason)
    .bind(problem.create_time)
    .bind(problem.attempts)
    .bind(problem.retry_time)
    .bind(problem.retrying)
    .bind(due_at)
    .bind(timer_kind)
    .bind(operation)
    .execute(conn)
    .instrument(statement::span::of("set_aside.save"))
    .await?;

    Ok(())
}

/// Returns the problems of operations with these records, and locks them.
pub async fn of_operations(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[RecordId],
) -> Result<Vec<Problem>, Error> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM set_aside
         WHERE organization_id = $1 AND kind = 'operation' AND subject_id = ANY ($2)
         ORDER BY id FOR UPDATE"
    ))
    .bind(organization.0)
    .bind(column(records, |record| record.0))
    .fetch_all(conn)
    .instrument(statement::span::of("set_aside.of_operations"))
    .await?;

    rows.into_iter().map(Problem::try_from).collect()
}

/// Makes problems those of another record.
pub async fn give(
    conn: &mut PgConnection,
    organization: OrganizationId,
    problems: &[ProblemId],
    record: RecordId,
) -> Result<(), Error> {
    sqlx::query("UPDATE set_aside SET subject_id = $3 WHERE organization_id = $1 AND id = ANY ($2)")
        .bind(organization.0)
        .bind(column(problems, |problem| problem.0))
        .bind(record.0)
        .execute(conn)
        .instrument(statement::span::of("set_aside.give"))
        .await?;

    Ok(())
}

/// Deletes problems that others are about, too.
pub async fn drop_doubled(
    conn: &mut PgConnection,
    organization: OrganizationId,
    problems: &[ProblemId],
) -> Result<(), Error> {
    sqlx::query("DELETE FROM set_aside WHERE organization_id = $1 AND id = ANY ($2)")
        .bind(organization.0)
        .bind(column(problems, |problem| problem.0))
        .execute(conn)
        .instrument(statement::span::of("set_aside.drop_doubled"))
        .await?;

    Ok(())
}

/// Deletes a problem that is solved.
pub async fn delete(conn: &mut PgConnection, problem: &Problem) -> Result<(), Error> {
    sqlx::query("DELETE FROM set_aside WHERE organization_id = $1 AND id = $2")
        .bind(problem.organization.0)
        .bind(problem.id.0)
        .execute(conn)
        .instrument(statement::span::of("set_aside.delete"))
        .await?;

    Ok(())
}

/// Returns the problems that are to be tried again by `now`, at most `limit` of each organization.
pub async fn due(
    conn: &mut PgConnection,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<(OrganizationId, ProblemId)>, Error> {
    let keys: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT organization.organization_id, head.id
         FROM organization
         CROSS JOIN LATERAL (
           SELECT set_aside.id FROM set_aside
           WHERE set_aside.organization_id = organization.organization_id
             AND coalesce(set_aside.retry_time, set_aside.create_time) <= $1
           ORDER BY coalesce(set_aside.retry_time, set_aside.create_time), set_aside.id
           LIMIT $2
         ) AS head
         WHERE organization.suspend_time IS NULL",
    )
    .bind(now)
    .bind(limit)
    .fetch_all(conn)
    .instrument(statement::span::of("set_aside.due"))
    .await?;

    Ok(keys.into_iter().map(|(organization, id)| (OrganizationId(organization), ProblemId(id))).collect())
}

/// Returns when the first problem of all organizations is to be tried again.
pub async fn next_due(conn: &mut PgConnection) -> Result<Option<DateTime<Utc>>, Error> {
    let next = sqlx::query_scalar(
        "SELECT min(head.retry_time)
         FROM organization
         CROSS JOIN LATERAL (
           SELECT coalesce(set_aside.retry_time, set_aside.create_time) AS retry_time FROM set_aside
           WHERE set_aside.organization_id = organization.organization_id
           ORDER BY coalesce(set_aside.retry_time, set_aside.create_time)
           LIMIT 1
         ) AS head
         WHERE organization.suspend_time IS NULL",
    );
    Ok(next.fetch_one(conn).instrument(statement::span::of("set_aside.next_due")).await?)
}

/// Returns at most `limit` problems, oldest first, after `after`. A timer that is gone, because its
/// enrollment has moved on, is no problem any more.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<ProblemRow>, Error> {
    let rows: Vec<ShownRow> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        ", record_type.record_type_id, record.record_id, about.enrollment_id
         FROM set_aside
         LEFT JOIN LATERAL (
           SELECT enrollment.record_id, enrollment.id AS enrollment_id FROM enrollment
           WHERE set_aside.kind = 'timer' AND enrollment.organization_id = $1
             AND enrollment.id = set_aside.subject_id
           UNION ALL
           SELECT activity.record_id, activity.enrollment_id FROM activity
           WHERE set_aside.kind = 'timer' AND activity.organization_id = $1
             AND activity.id = set_aside.subject_id
           UNION ALL
           -- The timer of a line has a key of its own.
           SELECT enrollment.record_id, enrollment.id FROM timer
           JOIN enrollment ON enrollment.organization_id = timer.organization_id
             AND enrollment.id = timer.enrollment_id
           WHERE set_aside.kind = 'timer' AND timer.organization_id = $1
             AND timer.subject_id = set_aside.subject_id AND timer.kind = $4
           UNION ALL
           SELECT set_aside.subject_id, NULL WHERE set_aside.kind <> 'timer'
         ) AS about ON true
         LEFT JOIN record ON record.organization_id = set_aside.organization_id AND record.id = about.record_id
         LEFT JOIN record_type ON record_type.organization_id = record.organization_id
           AND record_type.id = record.record_type_id
         WHERE set_aside.organization_id = $1 AND ($2::uuid IS NULL OR set_aside.id > $2)
           AND (set_aside.kind <> 'timer' OR EXISTS (
             SELECT FROM timer WHERE timer.organization_id = $1
               AND timer.subject_id = set_aside.subject_id AND timer.held))
         ORDER BY set_aside.id
         LIMIT $3"
    ))
    .bind(organization.0)
    .bind(after)
    .bind(limit)
    .bind(TimerKind::Line as i16)
    .fetch_all(conn)
    .instrument(statement::span::of("set_aside.page"))
    .await?;
    rows.into_iter().map(ProblemRow::try_from).collect()
}

type Key = (Option<DateTime<Utc>>, Option<i16>, Option<Uuid>);

/// Returns the columns that complete the key of an item.
fn key(item: &Item) -> Key {
    match item {
        Item::Timer { key, .. } => (key.map(|(due_at, _)| due_at), key.map(|(_, kind)| kind as i16), None),
        Item::RecordChange { .. } => (None, None, None),
        Item::OfOperation { operation, .. } => (None, None, operation.map(|operation| operation.0)),
    }
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    kind: String,
    subject_id: Uuid,
    reason: String,
    attempts: i32,
    retrying: bool,
    create_time: DateTime<Utc>,
    retry_time: DateTime<Utc>,
    due_at: Option<DateTime<Utc>>,
    timer_kind: Option<i16>,
    operation_id: Option<Uuid>,
}

#[derive(FromRow)]
struct ShownRow {
    #[sqlx(flatten)]
    row: Row,
    record_type_id: Option<String>,
    record_id: Option<String>,
    enrollment_id: Option<Uuid>,
}

impl TryFrom<Row> for Problem {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let kind = ItemKind::VARIANTS.iter().find(|kind| kind.as_str() == row.kind);
        let inconsistent = || Error::Inconsistent { table: "set_aside", column: "kind", id: row.id };

        let item = match kind.ok_or_else(inconsistent)? {
            ItemKind::Timer => {
                let kind = row.timer_kind.and_then(TimerKind::from_repr);
                Item::Timer { subject: row.subject_id, key: row.due_at.zip(kind) }
            }
            ItemKind::RecordChange => Item::RecordChange { record: RecordId(row.subject_id) },
            ItemKind::Operation => Item::OfOperation {
                record: RecordId(row.subject_id),
                operation: row.operation_id.map(OperationId),
            },
        };

        Ok(Self {
            organization: OrganizationId(row.organization_id),
            id: ProblemId(row.id),
            item,
            reason: row.reason,
            attempts: row.attempts,
            retrying: row.retrying,
            create_time: row.create_time,
            retry_time: row.retry_time,
        })
    }
}

impl TryFrom<ShownRow> for ProblemRow {
    type Error = Error;

    fn try_from(row: ShownRow) -> Result<Self, Error> {
        let record = row.record_type_id.zip(row.record_id).map(|(record_type, id)| RecordName {
            record_type: ChosenId::known(record_type),
            id: ChosenId::known(id),
        });
        let enrollment = row.enrollment_id.map(EnrollmentId);
        Ok(Self { problem: row.row.try_into()?, record, enrollment })
    }
}
