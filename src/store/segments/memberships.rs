//! Memberships: the segment that each record is in.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{ChosenId, OrganizationId, RecordId, RecordTypeId, SegmentId};
use crate::store::{Error, statement};

/// A record that is in a segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its key. Lists of members are in the order of keys.
    pub record: RecordId,
    /// The chosen id of its record type.
    pub record_type_id: String,
    /// Its chosen id.
    pub record_id: String,
    /// When it joined the segment.
    pub join_time: DateTime<Utc>,
    /// Since when it hasn't matched. `None` while it matches.
    pub lapse_time: Option<DateTime<Utc>>,
}

/// Moves records into segments. Each record leaves its previous segment. The records must be
/// locked.
pub async fn join(
    conn: &mut PgConnection,
    organization: OrganizationId,
    joined: &[(RecordId, SegmentId)],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if joined.is_empty() {
        return Ok(());
    }

    let (records, segments): (Vec<Uuid>, Vec<Uuid>) =
        joined.iter().map(|(record, segment)| (record.0, segment.0)).unzip();
    sqlx::query(
        "INSERT INTO membership (organization_id, record_id, segment_id, join_time)
         SELECT $1, item.record_id, item.segment_id, $4
         FROM unnest($2::uuid[], $3::uuid[]) AS item (record_id, segment_id)
         ON CONFLICT (organization_id, record_id) DO UPDATE
           SET segment_id = excluded.segment_id, join_time = excluded.join_time, lapse_time = NULL",
    )
    .bind(organization.0)
    .bind(records)
    .bind(segments)
    .bind(now)
    .execute(conn)
    .instrument(statement::span::of("memberships.join"))
    .await?;
    Ok(())
}

/// Notes since when members haven't matched their segments. `None`: they match again.
pub async fn lapse(
    conn: &mut PgConnection,
    organization: OrganizationId,
    lapsed: &[(RecordId, Option<DateTime<Utc>>)],
) -> Result<(), Error> {
    if lapsed.is_empty() {
        return Ok(());
    }
    let (records, times): (Vec<Uuid>, Vec<Option<DateTime<Utc>>>) =
        lapsed.iter().map(|(record, since)| (record.0, *since)).unzip();
    sqlx::query(
        "UPDATE membership SET lapse_time = item.lapse_time
         FROM unnest($2::uuid[], $3::timestamptz[]) AS item (record_id, lapse_time)
         WHERE membership.organization_id = $1 AND membership.record_id = item.record_id",
    )
    .bind(organization.0)
    .bind(records)
    .bind(times)
    .execute(conn)
    .instrument(statement::span::of("memberships.lapse"))
    .await?;
    Ok(())
}

/// Removes records from their segments. The records must be locked.
pub async fn leave(
    conn: &mut PgConnection,
    organization: OrganizationId,
    left: &[Uuid],
) -> Result<(), Error> {
    if left.is_empty() {
        return Ok(());
    }
    sqlx::query("DELETE FROM membership WHERE organization_id = $1 AND record_id = ANY ($2)")
        .bind(organization.0)
        .bind(left)
        .execute(conn)
        .instrument(statement::span::of("memberships.leave"))
        .await?;
    Ok(())
}

/// A segment with members who have no owner.
#[derive(Clone, Debug, PartialEq)]
pub struct WithoutOwner {
    /// The segment.
    pub segment: SegmentId,
    /// Its chosen id.
    pub segment_id: ChosenId,
    /// The type of its records.
    pub record_type: RecordTypeId,
    /// The number of these members.
    pub count: i64,
}

/// Returns those of these segments that are active and have members without an owner.
pub async fn without_owner(
    conn: &mut PgConnection,
    organization: OrganizationId,
    segments: &[Uuid],
) -> Result<Vec<WithoutOwner>, Error> {
    if segments.is_empty() {
        return Ok(Vec::new());
    }

    let rows: Vec<(Uuid, String, Uuid, i64)> = sqlx::query_as(
        "SELECT segment.id, segment.segment_id, segment.record_type_id, count(*)
         FROM segment
         JOIN record ON record.organization_id = segment.organization_id
           AND record.record_type_id = segment.record_type_id
           AND record.owner_id IS NULL AND NOT record.closed
         JOIN membership ON membership.organization_id = record.organization_id
           AND membership.record_id = record.id AND membership.segment_id = segment.id
         WHERE segment.organization_id = $1 AND segment.id = ANY ($2) AND segment.state = 'ACTIVE'
         GROUP BY segment.id, segment.segment_id, segment.record_type_id
         ORDER BY segment.id",
    )
    .bind(organization.0)
    .bind(segments)
    .fetch_all(conn)
    .instrument(statement::span::of("memberships.without_owner"))
    .await?;

    let read = |(segment, segment_id, record_type, count)| WithoutOwner {
        segment: SegmentId(segment),
        segment_id: ChosenId::known(segment_id),
        record_type: RecordTypeId(record_type),
        count,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Returns at most `limit` active members of a segment who have no owner, oldest first.
pub async fn oldest_without_owner(
    conn: &mut PgConnection,
    organization: OrganizationId,
    segment: SegmentId,
    limit: i64,
) -> Result<Vec<RecordId>, Error> {
    let keys: Vec<Uuid> = sqlx::query_scalar(
        "SELECT membership.record_id FROM membership
         JOIN record ON record.organization_id = membership.organization_id
           AND record.id = membership.record_id
         JOIN segment ON segment.organization_id = membership.organization_id
           AND segment.id = membership.segment_id
         WHERE membership.organization_id = $1 AND membership.segment_id = $2
           AND segment.state = 'ACTIVE' AND record.owner_id IS NULL
         ORDER BY membership.record_id LIMIT $3",
    )
    .bind(organization.0)
    .bind(segment.0)
    .bind(limit)
    .fetch_all(conn)
    .instrument(statement::span::of("memberships.oldest_without_owner"))
    .await?;
    Ok(keys.into_iter().map(RecordId).collect())
}

/// Returns the keys of at most `limit` members of a segment, in their order, after `after`.
pub async fn keys(
    conn: &mut PgConnection,
    organization: OrganizationId,
    segment: SegmentId,
    after: Uuid,
    limit: i64,
) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar(
        "SELECT record_id FROM membership
         WHERE organization_id = $1 AND segment_id = $2 AND record_id > $3
         ORDER BY record_id LIMIT $4",
    )
    .bind(organization.0)
    .bind(segment.0)
    .bind(after)
    .bind(limit)
    .fetch_all(conn)
    .instrument(statement::span::of("memberships.keys"))
    .await?)
}

/// Returns at most `limit` members of a segment in the order in which the records were created,
/// after `after`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    segment: SegmentId,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Member>, Error> {
    type Row = (Uuid, String, String, DateTime<Utc>, Option<DateTime<Utc>>);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT membership.record_id, record_type.record_type_id, record.record_id,
           membership.join_time, membership.lapse_time
         FROM membership
         JOIN record ON record.organization_id = membership.organization_id
           AND record.id = membership.record_id
         JOIN record_type
           ON record_type.organization_id = record.organization_id
           AND record_type.id = record.record_type_id
         WHERE membership.organization_id = $1 AND membership.segment_id = $2
           AND membership.record_id > $3
         ORDER BY membership.record_id LIMIT $4",
    )
    .bind(organization.0)
    .bind(segment.0)
    .bind(after.unwrap_or(Uuid::nil()))
    .bind(limit)
    .fetch_all(conn)
    .instrument(statement::span::of("memberships.page"))
    .await?;

    let read = |(record, record_type_id, record_id, join_time, lapse_time)| Member {
        record: RecordId(record),
        record_type_id,
        record_id,
        join_time,
        lapse_time,
    };

    Ok(rows.into_iter().map(read).collect())
}
