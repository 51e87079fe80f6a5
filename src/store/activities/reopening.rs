//! What decides whether a closed activity can be open again.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::activity::{Activity, ClosedActivity, ClosedState, Closing};
use crate::domain::caller::Actor;
use crate::domain::history::HistoryKind;
use crate::domain::id::{
    ActivityId, EnrollmentId, KeyId, OrganizationId, RecordId, SegmentId, SellerId, SequenceId,
};
use crate::domain::names;
use crate::domain::reopening::{LaterAction, ReopenedRecord, Reopening};
use crate::store::activities::table::closed_select;
use crate::store::statement::table::Found;
use crate::store::{Error, statement};

/// What an activity belongs to. This never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Belongings {
    /// Its enrollment.
    pub enrollment: EnrollmentId,
    /// Its record.
    pub record: RecordId,
    /// Its sequence.
    pub sequence: SequenceId,
}

/// Returns what an activity belongs to, open or closed. `None` if it doesn't exist.
pub async fn belongings(
    conn: &mut PgConnection,
    organization: OrganizationId,
    activity: ActivityId,
) -> Result<Option<Belongings>, Error> {
    let row: Option<(Uuid, Uuid, Uuid)> = sqlx::query_as(
        "SELECT enrollment_id, record_id, sequence_id FROM activity WHERE organization_id = $1 AND id = $2
         UNION ALL
         SELECT enrollment_id, record_id, sequence_id FROM closed_activity WHERE organization_id = $1 AND id = $2",
    )
    .bind(organization.0)
    .bind(activity.0)
    .fetch_optional(conn)
    .instrument(statement::span::of("reopening.belongings"))
    .await?;

    Ok(row.map(|(enrollment, record, sequence)| Belongings {
        enrollment: EnrollmentId(enrollment),
        record: RecordId(record),
        sequence: SequenceId(sequence),
    }))
}

static LOAD: LazyLock<String> =
    LazyLock::new(|| include_str!("../sql/activities_reopening.sql").replace("{activity}", &closed_select()));

/// Loads a closed activity with what decides about it. `None` if it isn't closed. Call this after
/// locking its sequence, record and enrollment.
pub async fn load(
    conn: &mut PgConnection,
    organization: OrganizationId,
    activity: ActivityId,
) -> Result<Option<Reopening>, Error> {
    let by_hand = [ClosedState::Completed, ClosedState::Skipped];
    // What tells until when it was put off, or for when it was made.
    let put_off = [HistoryKind::ActivitySnoozed, HistoryKind::ActivityCreated, HistoryKind::ActivityEdited];

    let row: Option<Row> = sqlx::query_as(LOAD.as_str())
        .bind(organization.0)
        .bind(activity.0)
        .bind(by_hand.map(|state| state.told_as() as i16).to_vec())
        .bind(put_off.map(|kind| kind as i16).to_vec())
        .bind(HistoryKind::WaitSkipped as i16)
        .bind(by_hand.map(|state| state as i16).to_vec())
        .bind(HistoryKind::EnrollmentMigrated as i16)
        .fetch_optional(conn)
        .instrument(statement::span::of("reopening.load"))
        .await?;
    row.map(Reopening::try_from).transpose()
}

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    activity: Found<Activity>,
    #[sqlx(flatten)]
    closing: ClosingColumns,
    call_time: DateTime<Utc>,
    snooze_until: Option<DateTime<Utc>>,
    wait_skipped: bool,
    moved: bool,
    later_id: Option<Uuid>,
    #[sqlx(flatten)]
    record: RecordColumns,
    deleted_sequence_id: Option<String>,
    next_pass_id: Option<Uuid>,
}

#[derive(FromRow)]
struct ClosingColumns {
    closed_state: i16,
    outcome: String,
    note: String,
    closed_by_seller_id: Option<Uuid>,
    closed_by_key_id: Option<Uuid>,
    close_time: DateTime<Utc>,
    item_id: Option<Uuid>,
}

#[derive(FromRow)]
struct RecordColumns {
    record_type_id: Option<String>,
    record_id: Option<String>,
    record_closed: Option<bool>,
    segment_id: Option<Uuid>,
}

impl TryFrom<Row> for Reopening {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let activity = row.activity.one()?;
        let closing = row.closing.closing(activity.id)?;

        let later = row.later_id.map(|id| LaterAction::Closed(ActivityId(id)));
        let skipped = row.wait_skipped.then_some(LaterAction::WaitSkipped);
        Ok(Self {
            closed: ClosedActivity { activity, closing },
            call_time: row.call_time,
            snooze_until: row.snooze_until,
            later: later.or(skipped),
            moved: row.moved,
            record: row.record.record(),
            deleted_sequence: row.deleted_sequence_id.map(|id| names::SEQUENCE.name([id])),
            next_pass: row.next_pass_id.map(EnrollmentId),
        })
    }
}

impl ClosingColumns {
    fn closing(self, id: ActivityId) -> Result<Closing, Error> {
        let inconsistent = Error::Inconsistent { table: "closed_activity", column: "state", id: id.0 };
        Ok(Closing {
            state: ClosedState::from_repr(self.closed_state).ok_or(inconsistent)?,
            outcome: self.outcome,
            note: self.note,
            by: Actor {
                seller: self.closed_by_seller_id.map(SellerId),
                key: self.closed_by_key_id.map(KeyId),
                request_id: None,
            },
            at: self.close_time,
            item: self.item_id,
        })
    }
}

impl RecordColumns {
    /// Returns the record. `None` if it is deleted.
    fn record(self) -> Option<ReopenedRecord> {
        Some(ReopenedRecord {
            name: names::RECORD.name([self.record_type_id?, self.record_id?]),
            closed: self.record_closed?,
            segment: self.segment_id.map(SegmentId),
        })
    }
}
