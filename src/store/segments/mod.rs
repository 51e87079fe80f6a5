//! Segments, with their priorities.

pub mod connections;
pub mod matches;
pub mod memberships;
pub mod rule_copies;
pub mod rule_priorities;
pub mod rules;

use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::id::{ChosenId, OrganizationId, RecordTypeId, SegmentId, SequenceId};
use crate::domain::segment::{OnLeave, Profile, Segment, SegmentState};
use crate::domain::step::Delay;
use crate::store::condition_sql::{FieldSource, Place};
use crate::store::statement::reading::push_matching;
use crate::store::{Error, Portion, statement};

const COLUMNS: &str = "\
    segment.organization_id, segment.id, segment.segment_id, segment.display_name, \
    segment.description, segment.record_type_id, segment.condition, segment.priority, \
    segment.on_leave, segment.leave_grace, segment.allow_resegmentation, segment.reassign_on_resegmentation, \
    segment.state, segment.connected_sequence_id, segment.version, segment.create_time, \
    segment.update_time";

const CHOSEN_ID: &str = "segment.segment_id";

/// A segment with the names and counts that an answer needs.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentRow {
    /// The segment.
    pub segment: Segment,
    /// The chosen id of its record type.
    pub record_type_id: String,
    /// The chosen id of the sequence that it is connected to, or `None` without one.
    pub connected_sequence_id: Option<String>,
    /// How many records are in it.
    pub member_count: i64,
}

/// The position of a segment in a list: record type, priority, key.
pub type SortKey = (String, i32, Uuid);

impl SegmentRow {
    /// Returns its position in a list.
    pub fn sort_key(&self) -> SortKey {
        (self.record_type_id.clone(), self.segment.priority, self.segment.id.0)
    }
}

/// Adds a segment. Returns false, and adds nothing, if the id is taken.
pub async fn insert(conn: &mut PgConnection, segment: &Segment) -> Result<bool, Error> {
    let inserted: Option<Uuid> = sqlx::query_scalar(
        "INSERT INTO segment (organization_id, id, segment_id, display_name, description,
           record_type_id, condition, priority, on_leave, allow_resegmentation,
           reassign_on_resegmentation, state, connected_sequence_id, version, create_time,
           update_time, leave_grace)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         ON CONFLICT (organization_id, segment_id) DO NOTHING
         RETURNING id",
    )
    .bind(segment.organization.0)
    .bind(segment.id.0)
    .bind(segment.segment_id.as_str())
    .bind(&segment.profile.display_name)
    .bind(&segment.profile.description)
    .bind(segment.record_type.0)
    .bind(&segment.profile.condition)
    .bind(segment.priority)
    .bind(segment.profile.on_leave.as_str())
    .bind(segment.profile.allow_resegmentation)
    .bind(segment.profile.reassign_on_resegmentation)
    .bind(segment.state.as_str())
    .bind(segment.connected_sequence.map(|sequence| sequence.0))
    .bind(segment.version)
    .bind(segment.create_time)
    .bind(segment.update_time)
    .bind(segment.profile.leave_grace.map(Json))
    .fetch_optional(conn)
    .instrument(statement::span::of("segments.insert"))
    .await?;

    Ok(inserted.is_some())
}

/// Updates a segment, except for its id, record type and priority. Its row must be locked.
pub async fn update(conn: &mut PgConnection, segment: &Segment) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE segment SET display_name = $3, description = $4, condition = $5, on_leave = $6,
           allow_resegmentation = $7, reassign_on_resegmentation = $8, state = $9,
           connected_sequence_id = $10, version = $11, update_time = $12, leave_grace = $13
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(segment.organization.0)
    .bind(segment.id.0)
    .bind(&segment.profile.display_name)
    .bind(&segment.profile.description)
    .bind(&segment.profile.condition)
    .bind(segment.profile.on_leave.as_str())
    .bind(segment.profile.allow_resegmentation)
    .bind(segment.profile.reassign_on_resegmentation)
    .bind(segment.state.as_str())
    .bind(segment.connected_sequence.map(|sequence| sequence.0))
    .bind(segment.version)
    .bind(segment.update_time)
    .bind(segment.profile.leave_grace.map(Json))
    .fetch_optional(conn)
    .instrument(statement::span::of("segments.update"))
    .await?;

    statement::reading::check_written(written, "segment", segment.id.0)
}

/// Deletes a segment with its rules, their turns, and its memberships. The segment's row and the
/// routing row must be locked.
pub async fn delete(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: SegmentId,
) -> Result<(), Error> {
    // Rows that refer to others go first: rules to their segment, turns to their rules.
    for statement in [
        "DELETE FROM assignment_turn WHERE organization_id = $1 AND assignment_rule_id IN (
           SELECT assignment_rule.id FROM assignment_rule
           WHERE assignment_rule.organization_id = $1 AND assignment_rule.segment_id = $2)",
        "DELETE FROM assignment_rule WHERE organization_id = $1 AND segment_id = $2",
        "DELETE FROM membership WHERE organization_id = $1 AND segment_id = $2",
    ] {
        sqlx::query(statement)
            .bind(organization.0)
            .bind(id.0)
            .execute(&mut *conn)
            .instrument(statement::span::of("segments.delete"))
            .await?;
    }

    let deleted: Option<Uuid> =
        sqlx::query_scalar("DELETE FROM segment WHERE organization_id = $1 AND id = $2 RETURNING id")
            .bind(organization.0)
            .bind(id.0)
            .fetch_optional(conn)
            .instrument(statement::span::of("segments.delete"))
            .await?;
    statement::reading::check_written(deleted, "segment", id.0)
}

/// Counts the segments of a record type. This is the number of the last priority, because
/// priorities count from 1 without gaps. The organization's row must be locked.
pub async fn count_of_type(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record_type: RecordTypeId,
) -> Result<i32, Error> {
    Ok(sqlx::query_scalar(
        "SELECT coalesce(max(priority), 0) FROM segment
         WHERE organization_id = $1 AND record_type_id = $2",
    )
    .bind(organization.0)
    .bind(record_type.0)
    .fetch_one(conn)
    .instrument(statement::span::of("segments.count_of_type"))
    .await?)
}

/// Counts the active segments of all record types. The organization's row must be locked.
pub async fn count_active(conn: &mut PgConnection, organization: OrganizationId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar("SELECT count(*) FROM segment WHERE organization_id = $1 AND state = 'ACTIVE'")
        .bind(organization.0)
        .fetch_one(conn)
        .instrument(statement::span::of("segments.count_active"))
        .await?)
}

/// Sets the priority of a segment. Its row and the organization's must be locked.
pub async fn set_priority(conn: &mut PgConnection, segment: &Segment) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE segment SET priority = $3, version = $4, update_time = $5
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(segment.organization.0)
    .bind(segment.id.0)
    .bind(segment.priority)
    .bind(segment.version)
    .bind(segment.update_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("segments.set_priority"))
    .await?;

    statement::reading::check_written(written, "segment", segment.id.0)
}

/// Adds `by` to the priorities of the segments of a record type in this range. The organization's
/// row must be locked.
pub async fn shift_between(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record_type: RecordTypeId,
    between: RangeInclusive<i32>,
    by: i32,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE segment SET priority = priority + $5, version = version + 1
         WHERE organization_id = $1 AND record_type_id = $2 AND priority BETWEEN $3 AND $4",
    )
    .bind(organization.0)
    .bind(record_type.0)
    .bind(between.start())
    .bind(between.end())
    .bind(by)
    .execute(conn)
    .instrument(statement::span::of("segments.shift_between"))
    .await?;

    Ok(())
}

/// Reads a segment by the id that the caller chose.
pub async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<Segment>, Error> {
    statement::reading::find::<Row, _>(conn, select(organization), CHOSEN_ID, id).await
}

/// Reads a segment and locks it until the end of the transaction.
pub async fn lock(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<Segment>, Error> {
    statement::reading::lock::<Row, _>(conn, select(organization), CHOSEN_ID, id, "FOR UPDATE").await
}

/// Returns the active segments in the order in which routing tries them.
pub async fn active(conn: &mut PgConnection, organization: OrganizationId) -> Result<Vec<Segment>, Error> {
    let mut query = select(organization);
    query.push(" AND segment.state = 'ACTIVE' ORDER BY segment.record_type_id, segment.priority, segment.id");
    statement::reading::all::<Row, _>(conn, query).await
}

/// Reads a segment, with names and counts, by the id that the caller chose.
pub async fn find_shown(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<SegmentRow>, Error> {
    statement::reading::find::<NamedRow, _>(conn, select_shown(organization), CHOSEN_ID, id).await
}

/// Reads a segment, with names and counts, by key.
pub async fn get_shown(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: SegmentId,
) -> Result<Option<SegmentRow>, Error> {
    statement::reading::get::<NamedRow, _>(conn, select_shown(organization), "segment.id", id.0).await
}

/// Returns at most `limit` segments that match `filter`, ordered by record type and priority, after
/// `after`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    filter: Option<&Condition>,
    after: Option<&SortKey>,
    limit: i64,
) -> Result<Portion<SegmentRow>, Error> {
    let mut query = select_shown(organization);
    push_matching(&mut query, filter, &Fields);
    if let Some((record_type, priority, id)) = after {
        query.push(" AND (record_type.record_type_id, segment.priority, segment.id) > (");
        query.push_bind(record_type.clone()).push(", ").push_bind(*priority);
        query.push(", ").push_bind(*id).push(")");
    }

    query.push(" ORDER BY record_type.record_type_id, segment.priority, segment.id LIMIT ").push_bind(limit);
    statement::reading::portion::<NamedRow, _>(conn, query).await
}

fn select(organization: OrganizationId) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS).push(" FROM segment WHERE segment.organization_id = ").push_bind(organization.0);
    query
}

fn select_shown(organization: OrganizationId) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");

    query
        .push(COLUMNS)
        .push(
            ", record_type.record_type_id AS chosen_record_type_id,
               sequence.sequence_id AS chosen_sequence_id,
               (SELECT count(*) FROM membership
                WHERE membership.organization_id = $1
                  AND membership.segment_id = segment.id) AS member_count
             FROM segment
             JOIN record_type
               ON record_type.organization_id = segment.organization_id
               AND record_type.id = segment.record_type_id
             LEFT JOIN sequence
               ON sequence.organization_id = segment.organization_id
               AND sequence.id = segment.connected_sequence_id
             WHERE segment.organization_id = ",
        )
        .push_bind(organization.0);
    query
}

/// Maps the fields of a list filter to columns.
struct Fields;

impl FieldSource for Fields {
    fn place(&self, name: &str) -> Place {
        match name {
            "id" => Place::Column("segment.segment_id"),
            "display_name" => Place::Column("segment.display_name"),
            "record_type" => Place::Column("record_type.record_type_id"),
            "state" => Place::Column("segment.state"),
            "priority" => Place::Column("segment.priority"),
            "connected_sequence" => Place::Column("sequence.sequence_id"),
            "create_time" => Place::Column("segment.create_time"),
            "update_time" => Place::Column("segment.update_time"),
            _ => Place::Nowhere,
        }
    }

    fn full_name(&self, name: &str) -> Option<&'static str> {
        match name {
            "record_type" => Some("('recordTypes/' || record_type.record_type_id)"),
            "connected_sequence" => Some("('sequences/' || sequence.sequence_id)"),
            _ => None,
        }
    }
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    segment_id: String,
    display_name: String,
    description: String,
    record_type_id: Uuid,
    condition: String,
    priority: i32,
    on_leave: String,
    leave_grace: Option<Json<Delay>>,
    allow_resegmentation: bool,
    reassign_on_resegmentation: bool,
    state: String,
    connected_sequence_id: Option<Uuid>,
    version: i64,
    create_time: DateTime<Utc>,
    update_time: DateTime<Utc>,
}

#[derive(FromRow)]
struct NamedRow {
    #[sqlx(flatten)]
    row: Row,
    chosen_record_type_id: String,
    chosen_sequence_id: Option<String>,
    member_count: i64,
}

impl TryFrom<Row> for Segment {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let inconsistent = |column| Error::Inconsistent { table: "segment", column, id: row.id };
        let on_leave = OnLeave::ALL.into_iter().find(|choice| choice.as_str() == row.on_leave);
        let state = SegmentState::ALL.into_iter().find(|state| state.as_str() == row.state);

        Ok(Self {
            organization: OrganizationId(row.organization_id),
            id: SegmentId(row.id),
            segment_id: ChosenId::known(row.segment_id),
            profile: Profile {
                display_name: row.display_name,
                description: row.description,
                condition: row.condition,
                on_leave: on_leave.ok_or_else(|| inconsistent("on_leave"))?,
                leave_grace: row.leave_grace.map(|grace| grace.0),
                allow_resegmentation: row.allow_resegmentation,
                reassign_on_resegmentation: row.reassign_on_resegmentation,
            },
            record_type: RecordTypeId(row.record_type_id),
            priority: row.priority,
            state: state.ok_or_else(|| inconsistent("state"))?,
            connected_sequence: row.connected_sequence_id.map(SequenceId),
            version: row.version,
            create_time: row.create_time,
            update_time: row.update_time,
        })
    }
}

impl TryFrom<NamedRow> for SegmentRow {
    type Error = Error;

    fn try_from(row: NamedRow) -> Result<Self, Error> {
        Ok(Self {
            segment: row.row.try_into()?,
            record_type_id: row.chosen_record_type_id,
            connected_sequence_id: row.chosen_sequence_id,
            member_count: row.member_count,
        })
    }
}
