//! Open activities with the names that they are shown with: one form for lists and streams, so that
//! a row is the same in both.
//!
//! What a row says stands on the activity, in its revision's frozen text, and in chosen ids, which
//! never change: so it changes exactly when its queue's revision does.

use std::sync::LazyLock;

use sqlx::FromRow;

use crate::domain::activity::Activity;
use crate::domain::id::ChosenId;
use crate::store::Error;
use crate::store::activities::table::ACTIVITY;
use crate::store::statement::table::Found;

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

/// What a statement selects to be read as [`Row`].
pub static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{}, record.record_id AS record_chosen_id, record_type.record_type_id AS record_type_chosen_id, \
         sequence.sequence_id AS sequence_chosen_id, seller.seller_id AS seller_chosen_id, \
         team.team_id AS team_chosen_id",
        ACTIVITY.select()
    )
});

/// What follows `FROM activity` for [`COLUMNS`].
pub const JOINS: &str = " LEFT JOIN record ON record.organization_id = activity.organization_id AND record.id = activity.record_id \
     LEFT JOIN record_type ON record_type.organization_id = record.organization_id AND record_type.id = record.record_type_id \
     JOIN sequence ON sequence.organization_id = activity.organization_id AND sequence.id = activity.sequence_id \
     LEFT JOIN seller ON seller.organization_id = activity.organization_id AND seller.id = activity.queue_id \
     LEFT JOIN team ON team.organization_id = activity.organization_id AND team.id = activity.queue_id ";

/// [`COLUMNS`] as they come.
#[derive(FromRow)]
pub struct Row {
    #[sqlx(flatten)]
    activity: Found<Activity>,
    record_chosen_id: Option<String>,
    record_type_chosen_id: Option<String>,
    sequence_chosen_id: String,
    seller_chosen_id: Option<String>,
    team_chosen_id: Option<String>,
}

impl TryFrom<Row> for QueueRow {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let activity = row.activity.one()?;
        let record = row.record_type_chosen_id.zip(row.record_chosen_id);
        let record = record.map(|(record_type, id)| RecordName {
            record_type: ChosenId::known(record_type),
            id: ChosenId::known(id),
        });
        let queue = match (row.seller_chosen_id, row.team_chosen_id) {
            (Some(seller), _) => QueueOwner::Seller(ChosenId::known(seller)),
            (None, Some(team)) => QueueOwner::Team(ChosenId::known(team)),
            (None, None) => {
                return Err(Error::Inconsistent { table: "activity", column: "queue_id", id: activity.id.0 });
            }
        };
        Ok(Self { activity, record, sequence: ChosenId::known(row.sequence_chosen_id), queue })
    }
}
