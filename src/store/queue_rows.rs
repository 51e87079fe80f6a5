//! Open activities with the names that they are shown with: one form for lists and streams, so that
//! a row is the same in both.
//!
//! What a row says stands on the activity, in its revision's frozen text, and in chosen ids, which
//! never change: so it changes exactly when its queue's revision does.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::Error;
use crate::domain::activity::{Activity, ActivityState};
use crate::domain::id::{ActivityId, ChosenId, EnrollmentId, OrganizationId, QueueId, RecordId, SequenceId};
use crate::domain::program::NodeId;
use crate::domain::step::ActivityKind;

/// An open activity and what its keys are called. The step's text is in its revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRow {
    /// The activity.
    pub activity: Activity,
    /// Type and id of its record; none once that is deleted.
    pub record: Option<RecordName>,
    /// What its sequence is called.
    pub sequence: ChosenId,
    /// Whose queue it is in.
    pub queue: QueueOwner,
}

/// What a record is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordName {
    /// Its type's chosen id.
    pub record_type: ChosenId,
    /// Its own.
    pub id: ChosenId,
}

/// Whose queue it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueOwner {
    /// A seller's, by chosen id.
    Seller(ChosenId),
    /// A team's, by chosen id.
    Team(ChosenId),
}

/// An open activity's own columns.
macro_rules! activity_columns {
    () => {
        "activity.organization_id, activity.id, activity.enrollment_id, activity.record_id, activity.sequence_id, \
         activity.revision, activity.node, activity.kind, activity.queue_id, activity.record_display_name, \
         activity.due_time, activity.rank, activity.state, activity.snooze_until, activity.snooze_count, \
         activity.version, activity.create_time"
    };
}

pub(super) use activity_columns;

/// What a statement selects to be read as [`Row`].
pub const COLUMNS: &str = concat!(
    activity_columns!(),
    ", record.record_id AS record_chosen_id, record_type.record_type_id AS record_type_chosen_id, \
     sequence.sequence_id AS sequence_chosen_id, seller.seller_id AS seller_chosen_id, \
     team.team_id AS team_chosen_id"
);

/// What follows `FROM activity` for [`COLUMNS`].
pub const JOINS: &str = " LEFT JOIN record ON record.organization_id = activity.organization_id AND record.id = activity.record_id \
     LEFT JOIN record_type ON record_type.organization_id = record.organization_id AND record_type.id = record.record_type_id \
     JOIN sequence ON sequence.organization_id = activity.organization_id AND sequence.id = activity.sequence_id \
     LEFT JOIN seller ON seller.organization_id = activity.organization_id AND seller.id = activity.queue_id \
     LEFT JOIN team ON team.organization_id = activity.organization_id AND team.id = activity.queue_id ";

/// [`COLUMNS`] as they come.
#[derive(FromRow)]
pub struct Row {
    organization_id: Uuid,
    id: Uuid,
    enrollment_id: Uuid,
    record_id: Uuid,
    sequence_id: Uuid,
    revision: i32,
    node: i32,
    kind: i16,
    queue_id: Uuid,
    record_display_name: String,
    due_time: DateTime<Utc>,
    rank: DateTime<Utc>,
    state: i16,
    snooze_until: Option<DateTime<Utc>>,
    snooze_count: i32,
    version: i64,
    create_time: DateTime<Utc>,
    record_chosen_id: Option<String>,
    record_type_chosen_id: Option<String>,
    sequence_chosen_id: String,
    seller_chosen_id: Option<String>,
    team_chosen_id: Option<String>,
}

impl TryFrom<Row> for QueueRow {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let inconsistent = |column| Error::Inconsistent { table: "activity", column, id: row.id };
        let kind = ActivityKind::from_repr(row.kind);
        let state = ActivityState::of(row.state, row.snooze_until);
        let activity = Activity {
            organization: OrganizationId(row.organization_id),
            id: ActivityId(row.id),
            enrollment: EnrollmentId(row.enrollment_id),
            record: RecordId(row.record_id),
            sequence: SequenceId(row.sequence_id),
            revision: row.revision,
            node: NodeId(row.node),
            kind: kind.ok_or_else(|| inconsistent("kind"))?,
            queue: QueueId(row.queue_id),
            record_display_name: row.record_display_name,
            due_time: row.due_time,
            rank: row.rank,
            state: state.ok_or_else(|| inconsistent("state"))?,
            snooze_count: row.snooze_count,
            version: row.version,
            create_time: row.create_time,
        };
        let record = row.record_type_chosen_id.zip(row.record_chosen_id);
        let record = record.map(|(record_type, id)| RecordName {
            record_type: ChosenId::known(record_type),
            id: ChosenId::known(id),
        });
        let queue = match (row.seller_chosen_id, row.team_chosen_id) {
            (Some(seller), _) => QueueOwner::Seller(ChosenId::known(seller)),
            (None, Some(team)) => QueueOwner::Team(ChosenId::known(team)),
            (None, None) => {
                return Err(Error::Inconsistent { table: "activity", column: "queue_id", id: row.id });
            }
        };
        Ok(Self { activity, record, sequence: ChosenId::known(row.sequence_chosen_id), queue })
    }
}
