//! Long-running operations, which process records chunk by chunk.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, PgConnection, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::bulk::Bulk;
use crate::domain::condition::Condition;
use crate::domain::id::{OperationId, OrganizationId, RecordId, RecordTypeId, SegmentId, SequenceId};
use crate::domain::operation::{Operation, OperationKind, OperationState};
use crate::store::condition_sql::{FieldSource, Place};
use crate::store::routing::waits;
use crate::store::statement::reading::push_matching;
use crate::store::{Error, Portion, enrollments, statement};

macro_rules! select {
    () => {
        "SELECT organization_id, id, kind, target_id, target_name, record_type_id,
           bulk, cursor_record_id, upto_record_id, total, done, failed, enrolled, state, create_time,
           end_time, start_time
         FROM operation WHERE organization_id = "
    };
    ($rest:literal) => {
        concat!(select!(), "$1 ", $rest)
    };
}

/// Adds an operation.
pub async fn insert(conn: &mut PgConnection, operation: &Operation) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO operation (organization_id, id, kind, target_id, target_name, record_type_id,
           cursor_record_id, upto_record_id, total, done, failed, enrolled, state, error,
           create_time, end_time, bulk, start_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', $14, $15, $16, $17)",
    )
    .bind(operation.organization.0)
    .bind(operation.id.0)
    .bind(operation.kind.as_str())
    .bind(operation.target)
    .bind(&operation.target_name)
    .bind(operation.record_type.0)
    .bind(operation.cursor.map(|record| record.0))
    .bind(operation.upto.0)
    .bind(operation.total)
    .bind(operation.done)
    .bind(operation.failed)
    .bind(operation.enrolled)
    .bind(operation.state.as_str())
    .bind(operation.create_time)
    .bind(operation.end_time)
    .bind(operation.bulk.as_ref().map(Json))
    .bind(operation.start_time)
    .execute(conn)
    .instrument(statement::span::of("operations.insert"))
    .await?;

    Ok(())
}

/// Updates the progress of an operation. Its row must be locked.
pub async fn update(conn: &mut PgConnection, operation: &Operation) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE operation
         SET cursor_record_id = $3, done = $4, failed = $5, enrolled = $6, state = $7, end_time = $8
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(operation.organization.0)
    .bind(operation.id.0)
    .bind(operation.cursor.map(|record| record.0))
    .bind(operation.done)
    .bind(operation.failed)
    .bind(operation.enrolled)
    .bind(operation.state.as_str())
    .bind(operation.end_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("operations.update"))
    .await?;

    statement::reading::check_written(written, "operation", operation.id.0)
}

/// Reads an operation.
pub async fn get(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: OperationId,
) -> Result<Option<Operation>, Error> {
    let row: Option<Row> = sqlx::query_as(select!("AND id = $2"))
        .bind(organization.0)
        .bind(id.0)
        .fetch_optional(conn)
        .instrument(statement::span::of("operations.get"))
        .await?;
    row.map(Operation::try_from).transpose()
}

/// Reads an operation and locks it until the end of the transaction. Waits until its current chunk
/// is done.
pub async fn lock(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: OperationId,
) -> Result<Option<Operation>, Error> {
    let row: Option<Row> = sqlx::query_as(select!("AND id = $2 FOR UPDATE"))
        .bind(organization.0)
        .bind(id.0)
        .fetch_optional(conn)
        .instrument(statement::span::of("operations.lock"))
        .await?;
    row.map(Operation::try_from).transpose()
}

/// Reads and locks the oldest running operation of an organization that may begin and that no other
/// server works on. Returns `None` if there is none.
pub async fn claim(
    conn: &mut PgConnection,
    organization: OrganizationId,
    now: DateTime<Utc>,
) -> Result<Option<Operation>, Error> {
    let row: Option<Row> = sqlx::query_as(select!(
        "AND (start_time IS NULL OR start_time <= $2)
         AND state = 'RUNNING' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"
    ))
    .bind(organization.0)
    .bind(now)
    .fetch_optional(conn)
    .instrument(statement::span::of("operations.claim"))
    .await?;
    row.map(Operation::try_from).transpose()
}

/// Reads and locks the operations of an organization that have work left which a merge of records
/// can hide from them: on the records after their cursors, and on records that failed.
pub async fn lock_unfinished(
    conn: &mut PgConnection,
    organization: OrganizationId,
) -> Result<Vec<Operation>, Error> {
    let rows: Vec<Row> = sqlx::query_as(select!(
        "AND id IN (
           SELECT id FROM operation
           WHERE organization_id = $1 AND state = 'RUNNING'
             AND kind IN ('ACT_ON_ENROLLMENTS', 'REASSIGN_RECORDS')
           UNION ALL
           SELECT operation_id FROM set_aside WHERE organization_id = $1 AND kind = 'operation')
         ORDER BY id FOR UPDATE"
    ))
    .bind(organization.0)
    .fetch_all(conn)
    .instrument(statement::span::of("operations.lock_unfinished"))
    .await?;

    rows.into_iter().map(Operation::try_from).collect()
}

/// Returns the organizations that have running operations which may begin.
pub async fn organizations_at_work(
    conn: &mut PgConnection,
    now: DateTime<Utc>,
) -> Result<Vec<OrganizationId>, Error> {
    let keys: Vec<Uuid> = sqlx::query_scalar(
        "SELECT organization.organization_id FROM organization
         WHERE organization.suspend_time IS NULL AND EXISTS (
           SELECT FROM operation
           WHERE operation.organization_id = organization.organization_id
             AND operation.state = 'RUNNING'
             AND (operation.start_time IS NULL OR operation.start_time <= $1))
         ORDER BY organization.organization_id",
    )
    .bind(now)
    .fetch_all(conn)
    .instrument(statement::span::of("operations.organizations_at_work"))
    .await?;
    Ok(keys.into_iter().map(OrganizationId).collect())
}

/// Returns when the next operation may begin, of all organizations. `None` if none waits.
pub async fn next_start(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Error> {
    Ok(sqlx::query_scalar(
        "SELECT min(start_time) FROM operation WHERE state = 'RUNNING' AND start_time > $1",
    )
    .bind(now)
    .fetch_one(conn)
    .instrument(statement::span::of("operations.next_start"))
    .await?)
}

/// A running operation that serves the members of a segment who have no owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assigning {
    /// The segment.
    pub segment: SegmentId,
    /// The operation.
    pub operation: OperationId,
    /// When it may begin. `None`: at once.
    pub start_time: Option<DateTime<Utc>>,
    /// True if it has looked at no member yet.
    pub untouched: bool,
}

/// Returns the running operations that serve members without an owner, oldest first.
pub async fn assigning(
    conn: &mut PgConnection,
    organization: OrganizationId,
) -> Result<Vec<Assigning>, Error> {
    let rows: Vec<(Uuid, Uuid, Option<DateTime<Utc>>, bool)> = sqlx::query_as(
        "SELECT target_id, id, start_time, cursor_record_id IS NULL FROM operation
         WHERE organization_id = $1 AND state = 'RUNNING' AND kind = 'ASSIGN_MEMBERS'
         ORDER BY id",
    )
    .bind(organization.0)
    .fetch_all(conn)
    .instrument(statement::span::of("operations.assigning"))
    .await?;
    let read = |(segment, operation, start_time, untouched)| Assigning {
        segment: SegmentId(segment),
        operation: OperationId(operation),
        start_time,
        untouched,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Returns at most `limit` operations that match, newest first, before `before`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    filter: Option<&Condition>,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Portion<Operation>, Error> {
    let mut query = QueryBuilder::new(select!());
    query.push_bind(organization.0);
    if let Some(before) = before {
        query.push(" AND id < ").push_bind(before);
    }
    push_matching(&mut query, filter, &Fields);
    query.push(" ORDER BY id DESC LIMIT ").push_bind(limit);
    statement::reading::portion::<Row, _>(conn, query).await
}

/// Maps the fields of a filter to columns.
struct Fields;

impl FieldSource for Fields {
    fn place(&self, name: &str) -> Place {
        match name {
            "kind" => Place::Column("operation.kind"),
            "target" => Place::Column("operation.target_name"),
            "done" => Place::Column("(operation.end_time IS NOT NULL)"),
            "create_time" => Place::Column("operation.create_time"),
            "end_time" => Place::Column("operation.end_time"),
            _ => Place::Nowhere,
        }
    }
}

/// Returns an operation that still writes the last halt of a sequence to its enrollments. It runs,
/// or it has ended and some of its records are tried again.
pub async fn settling(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequence: SequenceId,
) -> Result<Option<OperationId>, Error> {
    let found: Option<Uuid> = sqlx::query_scalar(
        "SELECT id FROM operation
         WHERE organization_id = $1 AND target_id = $2 AND kind = 'SETTLE_ENROLLMENTS'
           AND (state = 'RUNNING' OR EXISTS (
             SELECT FROM set_aside
             WHERE set_aside.organization_id = $1
               AND set_aside.operation_id = operation.id))
         ORDER BY id LIMIT 1",
    )
    .bind(organization.0)
    .bind(sequence.0)
    .fetch_optional(conn)
    .instrument(statement::span::of("operations.settling"))
    .await?;
    Ok(found.map(OperationId))
}

/// Returns an operation that still erases the values of one of these attributes, given by their
/// full names, with the attribute's full name. It runs, or it has ended and some of its records are
/// tried again.
pub async fn erasing(
    conn: &mut PgConnection,
    organization: OrganizationId,
    names: &[String],
) -> Result<Option<(OperationId, String)>, Error> {
    let found: Option<(Uuid, String)> = sqlx::query_as(
        "SELECT id, target_name FROM operation
         WHERE organization_id = $1 AND kind = 'ERASE_ATTRIBUTE' AND target_name = ANY ($2)
           AND (state = 'RUNNING' OR EXISTS (
             SELECT FROM set_aside
             WHERE set_aside.organization_id = $1
               AND set_aside.operation_id = operation.id))
         ORDER BY id LIMIT 1",
    )
    .bind(organization.0)
    .bind(names)
    .fetch_optional(conn)
    .instrument(statement::span::of("operations.erasing"))
    .await?;
    Ok(found.map(|(id, name)| (OperationId(id), name)))
}

/// Returns the next records that an operation must process, at most `limit`.
pub async fn next_records(
    conn: &mut PgConnection,
    operation: &Operation,
    limit: i64,
    now: DateTime<Utc>,
) -> Result<Vec<RecordId>, Error> {
    let (statement, about) = match operation.kind {
        OperationKind::ActOnEnrollments | OperationKind::EnrollRecords | OperationKind::ReassignRecords => {
            return enrollments::bulk::next(conn, operation, limit, now).await;
        }
        OperationKind::RefreshWaits => return waits::next(conn, operation, limit).await,
        OperationKind::BackfillSegment
        | OperationKind::RefreshActivities
        | OperationKind::RankActivities
        | OperationKind::PlanFlips => (
            "SELECT id FROM record
             WHERE organization_id = $1 AND record_type_id = $2 AND id > $3 AND id <= $4
               AND NOT closed
             ORDER BY id LIMIT $5",
            operation.record_type.0,
        ),
        OperationKind::FeedSequence => (
            "SELECT membership.record_id FROM membership
             JOIN segment ON segment.organization_id = membership.organization_id
               AND segment.id = membership.segment_id
             WHERE membership.organization_id = $1 AND segment.connected_sequence_id = $2
               AND segment.state = 'ACTIVE'
               AND membership.record_id > $3 AND membership.record_id <= $4
             ORDER BY membership.record_id LIMIT $5",
            operation.target,
        ),
        OperationKind::AssignMembers => (
            "SELECT membership.record_id FROM membership
             JOIN record ON record.organization_id = membership.organization_id
               AND record.id = membership.record_id
             WHERE membership.organization_id = $1 AND membership.segment_id = $2
               AND membership.record_id > $3 AND membership.record_id <= $4
               AND record.owner_id IS NULL
             ORDER BY membership.record_id LIMIT $5",
            operation.target,
        ),
        OperationKind::EraseAttribute | OperationKind::IndexReferences | OperationKind::IndexAttributes => (
            "SELECT id FROM record
             WHERE organization_id = $1 AND record_type_id = $2 AND id > $3 AND id <= $4
             ORDER BY id LIMIT $5",
            operation.record_type.0,
        ),
        // All of them: those that began later have nothing to write.
        OperationKind::SettleEnrollments => (
            "SELECT record_id FROM enrollment
             WHERE organization_id = $1 AND sequence_id = $2 AND end_time IS NULL AND record_id > $3
               AND $4::uuid IS NOT NULL
             ORDER BY record_id LIMIT $5",
            operation.target,
        ),
        // `upto` limits enrollments here: later ones began after the operation was queued.
        OperationKind::ExitEnrollments => (
            "SELECT record_id FROM enrollment
             WHERE organization_id = $1 AND sequence_id = $2 AND end_time IS NULL AND record_id > $3
               AND id <= $4
             ORDER BY record_id LIMIT $5",
            operation.target,
        ),
    };

    let keys: Vec<Uuid> = sqlx::query_scalar(statement)
        .bind(operation.organization.0)
        .bind(about)
        .bind(operation.cursor.map_or(Uuid::nil(), |record| record.0))
        .bind(operation.upto.0)
        .bind(limit)
        .fetch_all(conn)
        .instrument(statement::span::of("operations.next_records"))
        .await?;
    Ok(keys.into_iter().map(RecordId).collect())
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    kind: String,
    target_id: Uuid,
    target_name: String,
    record_type_id: Uuid,
    bulk: Option<Json<Bulk>>,
    cursor_record_id: Option<Uuid>,
    upto_record_id: Uuid,
    total: i64,
    done: i64,
    failed: i64,
    enrolled: i64,
    state: String,
    create_time: DateTime<Utc>,
    end_time: Option<DateTime<Utc>>,
    start_time: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Operation {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let inconsistent = |column| Error::Inconsistent { table: "operation", column, id: row.id };
        let kind = OperationKind::ALL.into_iter().find(|kind| kind.as_str() == row.kind);
        let state = OperationState::ALL.into_iter().find(|state| state.as_str() == row.state);

        Ok(Self {
            organization: OrganizationId(row.organization_id),
            id: OperationId(row.id),
            kind: kind.ok_or_else(|| inconsistent("kind"))?,
            target: row.target_id,
            target_name: row.target_name,
            record_type: RecordTypeId(row.record_type_id),
            bulk: row.bulk.map(|Json(bulk)| bulk),
            cursor: row.cursor_record_id.map(RecordId),
            upto: RecordId(row.upto_record_id),
            total: row.total,
            done: row.done,
            failed: row.failed,
            enrolled: row.enrolled,
            state: state.ok_or_else(|| inconsistent("state"))?,
            create_time: row.create_time,
            end_time: row.end_time,
            start_time: row.start_time,
        })
    }
}
