//! Enrollments: locked, loaded with what decisions about them need, and as rows.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use super::Error;
use super::columns::column;
use super::span;
use crate::domain::activity::{Activity, ActivityState};
use crate::domain::case::Case;
use crate::domain::enrollment::{Enrollment, EnrollmentSource, ExitReason, Position, WaitReason};
use crate::domain::flow::Target;
use crate::domain::id::{
    ActivityId, EnrollmentId, OrganizationId, QueueId, RecordId, SegmentId, SellerId, SequenceId,
};
use crate::domain::program::{ActivityKind, NodeId};

/// Names an enrollment.
pub type EnrollmentKey = (OrganizationId, EnrollmentId);

/// What becomes of rows that other transactions hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locking {
    /// They are left out.
    Skip,
    /// They are waited for.
    Wait,
}

/// Locks enrollments in their order; answers which. An open activity changes only under its
/// enrollment's lock, and has none of its own.
pub async fn lock(
    conn: &mut PgConnection,
    keys: &[EnrollmentKey],
    locking: Locking,
) -> Result<Vec<EnrollmentKey>, Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let statement = match locking {
        Locking::Wait => include_str!("sql/enrollments_lock.sql"),
        Locking::Skip => concat!(include_str!("sql/enrollments_lock.sql"), "SKIP LOCKED"),
    };
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(statement)
        .bind(column(keys, |key| key.0.0))
        .bind(column(keys, |key| key.1.0))
        .fetch_all(conn)
        .instrument(span::of("enrollments.lock"))
        .await?;
    Ok(rows.into_iter().map(enrollment_key).collect())
}

/// Locks the open enrollments of records in their order, waiting for those that others hold. The
/// records must be locked, so that none is added.
pub async fn lock_open_of_records(
    conn: &mut PgConnection,
    records: &[(OrganizationId, RecordId)],
) -> Result<Vec<EnrollmentKey>, Error> {
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT enrollment.organization_id, enrollment.id
         FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, record_id)
         JOIN enrollment ON enrollment.organization_id = item.organization_id AND enrollment.record_id = item.record_id
           AND enrollment.end_time IS NULL
         ORDER BY enrollment.organization_id, enrollment.id
         FOR NO KEY UPDATE OF enrollment",
    )
    .bind(column(records, |record| record.0.0))
    .bind(column(records, |record| record.1.0))
    .fetch_all(conn)
    .instrument(span::of("enrollments.lock_open_of_records"))
    .await?;
    Ok(rows.into_iter().map(enrollment_key).collect())
}

/// Locks the open enrollments of these records in a sequence in their order, waiting for those that
/// others hold; those with keys above `upto` are left out.
pub async fn lock_open_in_sequence(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequence: SequenceId,
    records: &[RecordId],
    upto: Uuid,
) -> Result<Vec<EnrollmentKey>, Error> {
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT enrollment.organization_id, enrollment.id
         FROM enrollment
         WHERE enrollment.organization_id = $1 AND enrollment.sequence_id = $2 AND enrollment.record_id = ANY ($3)
           AND enrollment.end_time IS NULL AND enrollment.id <= $4
         ORDER BY enrollment.organization_id, enrollment.id
         FOR NO KEY UPDATE",
    )
    .bind(organization.0)
    .bind(sequence.0)
    .bind(column(records, |record| record.0))
    .bind(upto)
    .fetch_all(conn)
    .instrument(span::of("enrollments.lock_open_in_sequence"))
    .await?;
    Ok(rows.into_iter().map(enrollment_key).collect())
}

/// Loads cases in the order of their keys, but for programs and settings. After locking, in a
/// statement of its own: the locking one shows rows from before its waits.
pub async fn load(conn: &mut PgConnection, keys: &[EnrollmentKey]) -> Result<Vec<Case>, Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<CaseRow> = sqlx::query_as(include_str!("sql/enrollments_load.sql"))
        .bind(column(keys, |key| key.0.0))
        .bind(column(keys, |key| key.1.0))
        .fetch_all(conn)
        .instrument(span::of("enrollments.load"))
        .await?;
    rows.into_iter().map(Case::try_from).collect()
}

fn enrollment_key((organization, id): (Uuid, Uuid)) -> EnrollmentKey {
    (OrganizationId(organization), EnrollmentId(id))
}

/// An enrollment's columns, under their own names.
#[derive(FromRow)]
pub(super) struct Row {
    organization_id: Uuid,
    id: Uuid,
    sequence_id: Uuid,
    revision: i32,
    record_id: Uuid,
    pass_number: i32,
    state: i16,
    reason: i16,
    source: i16,
    segment_id: Option<Uuid>,
    node: i32,
    step_reach_time: DateTime<Utc>,
    waiting_until: Option<DateTime<Utc>>,
    waiting_for: Option<i16>,
    activity_id: Option<Uuid>,
    version: i64,
    create_time: DateTime<Utc>,
    end_time: Option<DateTime<Utc>>,
}

impl Row {
    fn position(&self) -> Option<Position> {
        let position = match (self.waiting_until, self.activity_id, self.end_time) {
            (Some(until), None, None) => {
                let known = |reason: &WaitReason| Some(*reason as i16) == self.waiting_for;
                Position::Waiting { until, reason: WaitReason::ALL.into_iter().find(known)? }
            }
            (None, Some(activity), None) => Position::Acting { activity: ActivityId(activity) },
            (None, None, Some(at)) if self.reason == 0 => Position::Completed { at },
            (None, None, Some(at)) => {
                let known = |reason: &ExitReason| *reason as i16 == self.reason;
                Position::Exited { at, reason: ExitReason::ALL.into_iter().find(known)? }
            }
            _ => return None,
        };
        (position.state() as i16 == self.state).then_some(position)
    }
}

impl TryFrom<&Row> for Enrollment {
    type Error = Error;

    fn try_from(row: &Row) -> Result<Self, Error> {
        let inconsistent = |column| Error::Inconsistent { table: "enrollment", column, id: row.id };
        let source = EnrollmentSource::ALL.into_iter().find(|source| *source as i16 == row.source);
        Ok(Self {
            organization: OrganizationId(row.organization_id),
            id: EnrollmentId(row.id),
            sequence: SequenceId(row.sequence_id),
            revision: row.revision,
            record: RecordId(row.record_id),
            pass_number: row.pass_number,
            source: source.ok_or_else(|| inconsistent("source"))?,
            segment: row.segment_id.map(SegmentId),
            node: NodeId(row.node),
            step_reach_time: row.step_reach_time,
            position: row.position().ok_or_else(|| inconsistent("state"))?,
            version: row.version,
            create_time: row.create_time,
        })
    }
}

#[derive(FromRow)]
struct CaseRow {
    #[sqlx(flatten)]
    enrollment: Row,
    open_node: Option<i32>,
    open_kind: Option<i16>,
    open_queue_id: Option<Uuid>,
    open_record_display_name: Option<String>,
    open_due_time: Option<DateTime<Utc>>,
    open_rank: Option<DateTime<Utc>>,
    open_state: Option<i16>,
    open_snooze_until: Option<DateTime<Utc>>,
    open_snooze_count: Option<i32>,
    open_version: Option<i64>,
    open_create_time: Option<DateTime<Utc>>,
    owner_id: Option<Uuid>,
    queue_id: Option<Uuid>,
    display_name: Option<String>,
    definition_epoch: i64,
}

impl CaseRow {
    /// The open activity; none if a column is missing, because then all are.
    fn open(&self, enrollment: &Enrollment) -> Option<Activity> {
        let Position::Acting { activity } = enrollment.position else { return None };
        let kind = self.open_kind?;
        Some(Activity {
            organization: enrollment.organization,
            id: activity,
            enrollment: enrollment.id,
            record: enrollment.record,
            sequence: enrollment.sequence,
            revision: enrollment.revision,
            node: NodeId(self.open_node?),
            kind: ActivityKind::ALL.into_iter().find(|known| *known as i16 == kind)?,
            queue: QueueId(self.open_queue_id?),
            record_display_name: self.open_record_display_name.clone()?,
            due_time: self.open_due_time?,
            rank: self.open_rank?,
            state: ActivityState::of(self.open_state?, self.open_snooze_until)?,
            snooze_count: self.open_snooze_count?,
            version: self.open_version?,
            create_time: self.open_create_time?,
        })
    }
}

impl TryFrom<CaseRow> for Case {
    type Error = Error;

    fn try_from(row: CaseRow) -> Result<Self, Error> {
        let enrollment = Enrollment::try_from(&row.enrollment)?;
        let open = row.open(&enrollment);
        if matches!(enrollment.position, Position::Acting { .. }) && open.is_none() {
            return Err(Error::Inconsistent {
                table: "enrollment",
                column: "activity_id",
                id: enrollment.id.0,
            });
        }
        let named = row.queue_id.zip(row.display_name);
        Ok(Self {
            open,
            owner: row.owner_id.map(SellerId),
            target: named.map(|(queue, display_name)| Target { queue: QueueId(queue), display_name }),
            definition_epoch: row.definition_epoch,
            program: None,
            settings: None,
            enrollment,
        })
    }
}
