//! What routing locks and reads of an organization, under one row that only one router holds.

use std::collections::HashMap;

use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use super::Error;
use super::sequences::StateColumns;
use super::span;
use crate::domain::id::{OrganizationId, RecordId, RecordTypeId, SegmentId, SellerId, SequenceId};
use crate::domain::segment::OnLeave;
use crate::domain::sequence::State;

/// Waits for an organization's routing row and locks it until the end of the transaction.
pub async fn lock(conn: &mut PgConnection, organization: OrganizationId) -> Result<(), Error> {
    sqlx::query("SELECT organization_id FROM routing WHERE organization_id = $1 FOR UPDATE")
        .bind(organization.0)
        .execute(conn)
        .instrument(span::of("routing.lock"))
        .await?;
    Ok(())
}

/// Locks an organization's routing row, unless somebody routes there: then says false.
pub async fn try_lock(conn: &mut PgConnection, organization: OrganizationId) -> Result<bool, Error> {
    let locked: Option<Uuid> = sqlx::query_scalar(
        "SELECT organization_id FROM routing WHERE organization_id = $1 FOR UPDATE SKIP LOCKED",
    )
    .bind(organization.0)
    .fetch_optional(conn)
    .instrument(span::of("routing.try_lock"))
    .await?;
    Ok(locked.is_some())
}

/// The epoch of an organization's definitions. In a statement of its own, after the routing row is
/// locked: who deletes what records are routed to holds that row, too.
pub async fn epoch(conn: &mut PgConnection, organization: OrganizationId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar("SELECT definition_epoch FROM organization WHERE organization_id = $1")
        .bind(organization.0)
        .fetch_one(conn)
        .instrument(span::of("routing.epoch"))
        .await?)
}

/// Keeps sequences in their state until the end of the transaction, and reads it. The rows are read
/// as locked, also after a wait.
pub async fn lock_sequences(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequences: &[Uuid],
) -> Result<HashMap<SequenceId, State>, Error> {
    if sequences.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<SequenceRow> = sqlx::query_as(
        "SELECT id, state, revision, delete_time FROM sequence WHERE organization_id = $1 AND id = ANY ($2) ORDER BY id FOR KEY SHARE",
    )
    .bind(organization.0)
    .bind(sequences)
    .fetch_all(conn)
    .instrument(span::of("routing.lock_sequences"))
    .await?;
    rows.into_iter().map(|row| Ok((SequenceId(row.id), row.state.read(row.id)?))).collect()
}

/// Locks those of these records that exist, by key.
pub async fn lock_records(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[Uuid],
) -> Result<(), Error> {
    sqlx::query(
        "SELECT id FROM record WHERE organization_id = $1 AND id = ANY ($2) ORDER BY id FOR NO KEY UPDATE",
    )
    .bind(organization.0)
    .bind(records)
    .execute(conn)
    .instrument(span::of("routing.lock_records"))
    .await?;
    Ok(())
}

/// A record as routing sees it, beside which conditions it matches.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordFacts {
    /// The record.
    pub id: RecordId,
    /// Its type.
    pub record_type: RecordTypeId,
    /// Its owner.
    pub owner: Option<SellerId>,
    /// Closed records are in no segment.
    pub closed: bool,
    /// The segment that it is in.
    pub segment: Option<SegmentId>,
    /// What that segment says of enrollments of records that leave it.
    pub on_leave: OnLeave,
    /// What people call it.
    pub display_name: String,
}

/// Reads records that are locked, in the order of their creation.
pub async fn load_records(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[Uuid],
) -> Result<Vec<RecordFacts>, Error> {
    let rows: Vec<Row> = sqlx::query_as(include_str!("sql/routing_load.sql"))
        .bind(organization.0)
        .bind(records)
        .fetch_all(conn)
        .instrument(span::of("routing.load_records"))
        .await?;
    Ok(rows.into_iter().map(RecordFacts::from).collect())
}

/// How a record stands to a sequence: its latest pass, and whether that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LatestPass {
    /// 1 for the first.
    pub pass_number: i32,
    /// Whether it has not ended.
    pub open: bool,
}

/// The latest passes of records through sequences, where there are any.
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
    let rows: Vec<(Uuid, Uuid, i32, bool)> = sqlx::query_as(include_str!("sql/routing_passes.sql"))
        .bind(organization.0)
        .bind(sequences)
        .bind(records)
        .fetch_all(conn)
        .instrument(span::of("routing.latest_passes"))
        .await?;
    let read = |(sequence, record, pass_number, open)| {
        ((SequenceId(sequence), RecordId(record)), LatestPass { pass_number, open })
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Gives records, which must be locked, new owners.
pub async fn save_owners(
    conn: &mut PgConnection,
    organization: OrganizationId,
    owners: &[(RecordId, SellerId)],
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), Error> {
    if owners.is_empty() {
        return Ok(());
    }
    let (records, sellers): (Vec<Uuid>, Vec<Uuid>) =
        owners.iter().map(|(record, seller)| (record.0, seller.0)).unzip();
    sqlx::query(
        "UPDATE record SET owner_id = item.owner_id, version = record.version + 1, update_time = $4
         FROM unnest($2::uuid[], $3::uuid[]) AS item (id, owner_id)
         WHERE record.organization_id = $1 AND record.id = item.id",
    )
    .bind(organization.0)
    .bind(records)
    .bind(sellers)
    .bind(now)
    .execute(conn)
    .instrument(span::of("routing.save_owners"))
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct SequenceRow {
    id: Uuid,
    #[sqlx(flatten)]
    state: StateColumns,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    record_type_id: Uuid,
    owner_id: Option<Uuid>,
    closed: bool,
    segment_id: Option<Uuid>,
    exits_on_leave: bool,
    display_name: String,
}

impl From<Row> for RecordFacts {
    fn from(row: Row) -> Self {
        Self {
            id: RecordId(row.id),
            record_type: RecordTypeId(row.record_type_id),
            owner: row.owner_id.map(SellerId),
            closed: row.closed,
            segment: row.segment_id.map(SegmentId),
            on_leave: if row.exits_on_leave { OnLeave::ExitEnrollment } else { OnLeave::Stay },
            display_name: row.display_name,
        }
    }
}
