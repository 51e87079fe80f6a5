//! The locks and reads of routing. Only one router works on an organization at a time, because it
//! holds the organization's routing row.

pub mod freed_places;
pub mod operation_totals;
pub mod operations;
pub mod runs;
pub mod set_aside;
pub mod waits;

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::case::Facts;
use crate::domain::id::{
    EnrollmentId, OrganizationId, RecordId, RecordTypeId, SegmentId, SellerId, SequenceId,
};
use crate::domain::operation::Operation;
use crate::domain::record_type::RecordType;
use crate::domain::reenrollment::Reenrollment;
use crate::domain::routing::ConnectedSequence;
use crate::domain::segment::OnLeave;
use crate::store::Error;
use crate::store::enrollments::facts::{FactsRow, with_facts};
use crate::store::enrollments::{Locking, places};
use crate::store::sequences::StateColumns;
use crate::store::statement;
use crate::store::statement::columns::column;

/// Locks an organization's routing row until the end of the transaction. Waits for its current
/// holder.
pub async fn lock(conn: &mut PgConnection, organization: OrganizationId) -> Result<(), Error> {
    sqlx::query("SELECT organization_id FROM routing WHERE organization_id = $1 FOR UPDATE")
        .bind(organization.0)
        .execute(conn)
        .instrument(statement::span::of("routing.lock"))
        .await?;

    Ok(())
}

/// Like [`lock`], but lets one transaction join that works for the same operation: see [`join`].
pub async fn lock_for_operation(conn: &mut PgConnection, organization: OrganizationId) -> Result<(), Error> {
    sqlx::query("SELECT organization_id FROM routing WHERE organization_id = $1 FOR NO KEY UPDATE")
        .bind(organization.0)
        .execute(conn)
        .instrument(statement::span::of("routing.lock_for_operation"))
        .await?;

    Ok(())
}

/// Locks an organization's routing row beside the transaction that holds it for an operation.
/// Returns false if it is held for anything else.
pub async fn join(conn: &mut PgConnection, organization: OrganizationId) -> Result<bool, Error> {
    let locked: Option<Uuid> = sqlx::query_scalar(
        "SELECT organization_id FROM routing WHERE organization_id = $1 FOR KEY SHARE SKIP LOCKED",
    )
    .bind(organization.0)
    .fetch_optional(conn)
    .instrument(statement::span::of("routing.join"))
    .await?;
    Ok(locked.is_some())
}

/// Locks the row of a running operation that is as far as this one. Returns false if it isn't, has
/// ended, or another transaction holds it.
pub async fn lock_as_it_is(conn: &mut PgConnection, operation: &Operation) -> Result<bool, Error> {
    let locked: Option<Uuid> = sqlx::query_scalar(
        "SELECT id FROM operation
         WHERE organization_id = $1 AND id = $2 AND cursor_record_id = $3 AND state = 'RUNNING'
         FOR UPDATE SKIP LOCKED",
    )
    .bind(operation.organization.0)
    .bind(operation.id.0)
    .bind(operation.cursor.map(|record| record.0))
    .fetch_optional(conn)
    .instrument(statement::span::of("routing.lock_as_it_is"))
    .await?;
    Ok(locked.is_some())
}

/// Locks an organization's routing row. Returns false if another transaction holds it.
pub async fn try_lock(conn: &mut PgConnection, organization: OrganizationId) -> Result<bool, Error> {
    let locked: Option<Uuid> = sqlx::query_scalar(
        "SELECT organization_id FROM routing WHERE organization_id = $1 FOR UPDATE SKIP LOCKED",
    )
    .bind(organization.0)
    .fetch_optional(conn)
    .instrument(statement::span::of("routing.try_lock"))
    .await?;
    Ok(locked.is_some())
}

/// Returns the epoch of an organization's definitions. Call this after locking the routing row:
/// transactions that delete segments or rules hold that row, too, so the epoch stays true.
pub async fn epoch(conn: &mut PgConnection, organization: OrganizationId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar("SELECT definition_epoch FROM organization WHERE organization_id = $1")
        .bind(organization.0)
        .fetch_one(conn)
        .instrument(statement::span::of("routing.epoch"))
        .await?)
}

/// Reads connected sequences, and prevents changes of their states until the end of the
/// transaction. They are current even if the statement had to wait for a lock.
pub async fn lock_sequences(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequences: &[Uuid],
) -> Result<HashMap<SequenceId, ConnectedSequence>, Error> {
    if sequences.is_empty() {
        return Ok(HashMap::new());
    }

    let rows: Vec<ConnectedRow> = sqlx::query_as(
        "SELECT id, state, revision, delete_time, reenrollment, throttle <> '{}' AS throttled FROM sequence
         WHERE organization_id = $1 AND id = ANY ($2) ORDER BY id FOR KEY SHARE",
    )
    .bind(organization.0)
    .bind(sequences)
    .fetch_all(&mut *conn)
    .instrument(statement::span::of("routing.lock_sequences"))
    .await?;
    let throttled = rows.iter().filter(|row| row.throttled).map(|row| (organization, SequenceId(row.id)));
    // Whoever takes places there does so alone.
    places::lock(conn, &Vec::from_iter(throttled), Locking::Wait).await?;

    rows.into_iter().map(ConnectedRow::read).collect()
}

/// Reads connected sequences, without a lock.
pub async fn connected_sequences(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequences: &[Uuid],
) -> Result<HashMap<SequenceId, ConnectedSequence>, Error> {
    let rows: Vec<ConnectedRow> = sqlx::query_as(
        "SELECT id, state, revision, delete_time, reenrollment, throttle <> '{}' AS throttled FROM sequence
         WHERE organization_id = $1 AND id = ANY ($2) ORDER BY id",
    )
    .bind(organization.0)
    .bind(sequences)
    .fetch_all(conn)
    .instrument(statement::span::of("routing.connected_sequences"))
    .await?;

    rows.into_iter().map(ConnectedRow::read).collect()
}

/// Returns the keys of the active records of a type, at most `limit`, after `after`.
pub async fn active_records(
    conn: &mut PgConnection,
    record_type: &RecordType,
    after: Uuid,
    limit: i64,
) -> Result<Vec<Uuid>, Error> {
    let keys = sqlx::query_scalar(
        "SELECT id FROM record
         WHERE organization_id = $1 AND record_type_id = $2 AND id > $3 AND NOT closed
         ORDER BY id LIMIT $4",
    );

    Ok(keys
        .bind(record_type.organization.0)
        .bind(record_type.id.0)
        .bind(after)
        .bind(limit)
        .fetch_all(conn)
        .instrument(statement::span::of("routing.active_records"))
        .await?)
}

/// Locks records in the order of their keys. Ignores those that don't exist.
pub async fn lock_records(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[RecordId],
) -> Result<(), Error> {
    sqlx::query(
        "SELECT id FROM record WHERE organization_id = $1 AND id = ANY ($2) ORDER BY id
         FOR NO KEY UPDATE",
    )
    .bind(organization.0)
    .bind(column(records, |record| record.0))
    .execute(conn)
    .instrument(statement::span::of("routing.lock_records"))
    .await?;

    Ok(())
}

/// The facts that routing needs about a record, apart from the conditions that it matches.
#[derive(Clone, Debug, PartialEq)]
pub struct RoutedRecord {
    /// The record.
    pub id: RecordId,
    /// Its type.
    pub record_type: RecordTypeId,
    /// Closed records are in no segment.
    pub closed: bool,
    /// The segment that it is in, or `None` if it is in none.
    pub segment: Option<SegmentId>,
    /// When it entered that segment.
    pub join_time: Option<DateTime<Utc>>,
    /// Since when it hasn't matched that segment.
    pub lapse_time: Option<DateTime<Utc>>,
    /// The fate of its enrollment when it leaves that segment. `Stay` without a segment.
    pub on_leave: OnLeave,
    /// What is known beside them; its program is that of the sequence that it is to start, if any.
    pub facts: Facts,
}

static LOAD: LazyLock<String> = LazyLock::new(|| with_facts(include_str!("../sql/routing_load.sql")));

/// Reads records in the order of their creation. Those that are to be routed must be locked.
pub async fn load_records(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[RecordId],
) -> Result<Vec<RoutedRecord>, Error> {
    let rows: Vec<Row> = sqlx::query_as(LOAD.as_str())
        .bind(organization.0)
        .bind(column(records, |record| record.0))
        .fetch_all(conn)
        .instrument(statement::span::of("routing.load_records"))
        .await?;
    Ok(rows.into_iter().map(RoutedRecord::from).collect())
}

/// The latest pass of a record through a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LatestPass {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// Its number, counting from 1.
    pub pass_number: i32,
    /// When it ended. `None` while it is open.
    pub end_time: Option<DateTime<Utc>>,
}

/// The sequence, the record, the pass, when it ended, and the enrollment.
type PassRow = (Uuid, Uuid, i32, Option<DateTime<Utc>>, Uuid);

/// Returns the latest passes of records through sequences. Pairs without any pass are absent.
pub async fn latest_passes(
    conn: &mut PgConnection,
    organization: OrganizationId,
    asked: &[(SequenceId, RecordId)],
) -> Result<HashMap<(SequenceId, RecordId), LatestPass>, Error> {
    if asked.is_empty() {
        return Ok(HashMap::new());
    }

    let (sequences, records): (Vec<Uuid>, Vec<Uuid>) =
        asked.iter().map(|(sequence, record)| (sequence.0, record.0)).unzip();
    let rows: Vec<PassRow> = sqlx::query_as(include_str!("../sql/routing_passes.sql"))
        .bind(organization.0)
        .bind(sequences)
        .bind(records)
        .fetch_all(conn)
        .instrument(statement::span::of("routing.latest_passes"))
        .await?;
    let read = |(sequence, record, pass_number, end_time, enrollment)| {
        let pass = LatestPass { enrollment: EnrollmentId(enrollment), pass_number, end_time };
        ((SequenceId(sequence), RecordId(record)), pass)
    };

    Ok(rows.into_iter().map(read).collect())
}

/// Gives records new owners. The records must be locked.
pub async fn save_owners(
    conn: &mut PgConnection,
    organization: OrganizationId,
    owners: &[(RecordId, SellerId)],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if owners.is_empty() {
        return Ok(());
    }

    let (records, sellers): (Vec<Uuid>, Vec<Uuid>) =
        owners.iter().map(|(record, seller)| (record.0, seller.0)).unzip();
    sqlx::query(
        "UPDATE record SET owner_id = item.owner_id, version = record.version + 1, update_time = $4
         FROM unnest(array_fill($1::uuid, ARRAY[cardinality($2::uuid[])]), $2::uuid[], $3::uuid[])
           AS item (organization_id, id, owner_id)
         WHERE record.organization_id = item.organization_id AND record.id = item.id
           AND one_shard(item.organization_id, $1)",
    )
    .bind(organization.0)
    .bind(records)
    .bind(sellers)
    .bind(now)
    .execute(conn)
    .instrument(statement::span::of("routing.save_owners"))
    .await?;

    Ok(())
}

#[derive(FromRow)]
struct ConnectedRow {
    id: Uuid,
    #[sqlx(flatten)]
    state: StateColumns,
    reenrollment: Json<Reenrollment>,
    throttled: bool,
}

impl ConnectedRow {
    fn read(self) -> Result<(SequenceId, ConnectedSequence), Error> {
        let state = self.state.read(self.id)?;
        Ok((SequenceId(self.id), ConnectedSequence { state, reenrollment: self.reenrollment.0 }))
    }
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    record_type_id: Uuid,
    closed: bool,
    segment_id: Option<Uuid>,
    join_time: Option<DateTime<Utc>>,
    lapse_time: Option<DateTime<Utc>>,
    exits_on_leave: bool,
    #[sqlx(flatten)]
    facts: FactsRow,
}

impl From<Row> for RoutedRecord {
    fn from(row: Row) -> Self {
        Self {
            id: RecordId(row.id),
            record_type: RecordTypeId(row.record_type_id),
            closed: row.closed,
            segment: row.segment_id.map(SegmentId),
            join_time: row.join_time,
            lapse_time: row.lapse_time,
            on_leave: if row.exits_on_leave { OnLeave::ExitEnrollment } else { OnLeave::Stay },
            facts: row.facts.into(),
        }
    }
}
