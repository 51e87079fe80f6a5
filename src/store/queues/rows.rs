//! Open activities with the names that they are shown with. Lists and streams use the same form, so
//! a row looks the same in both.
//!
//! Everything in a row comes from the activity, from its revision, which is frozen, and from chosen
//! ids, which never change. So a row changes exactly when the revision of its queue does.

use std::sync::LazyLock;

use sqlx::FromRow;

use crate::domain::activity::Activity;
use crate::domain::id::ChosenId;
use crate::store::Error;
use crate::store::activities::table::ACTIVITY;
use crate::store::statement::table::Found;

/// An open activity and the names of what it refers to. The text of its step is in its revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRow {
    /// The activity.
    pub activity: Activity,
    /// The type and chosen id of its record, or `None` if the record is deleted.
    pub record: Option<RecordName>,
    /// The chosen id of its sequence.
    pub sequence: ChosenId,
    /// The owner of the queue that it is in.
    pub queue: QueueOwner,
    /// The subject of the token with which it was leased, if it was.
    pub holder: Option<String>,
}

/// The name of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordName {
    /// The chosen id of its type.
    pub record_type: ChosenId,
    /// Its own chosen id.
    pub id: ChosenId,
}

/// The owner of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueOwner {
    /// A seller, by chosen id.
    Seller(ChosenId),
    /// A team, by chosen id.
    Team(ChosenId),
}

/// The columns to select for [`Row`].
pub static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{}, record.record_id AS record_chosen_id, record_type.record_type_id AS record_type_chosen_id, \
         sequence.sequence_id AS sequence_chosen_id, seller.seller_id AS seller_chosen_id, \
         team.team_id AS team_chosen_id, holder.subject AS holder_subject",
        ACTIVITY.select()
    )
});

/// The joins to put after `FROM activity` for [`COLUMNS`].
pub const JOINS: &str = " LEFT JOIN record ON record.organization_id = activity.organization_id AND record.id = activity.record_id \
     LEFT JOIN record_type ON record_type.organization_id = record.organization_id AND record_type.id = record.record_type_id \
     JOIN sequence ON sequence.organization_id = activity.organization_id AND sequence.id = activity.sequence_id \
     LEFT JOIN seller ON seller.organization_id = activity.organization_id AND seller.id = activity.queue_id \
     LEFT JOIN team ON team.organization_id = activity.organization_id AND team.id = activity.queue_id \
     LEFT JOIN principal AS holder ON holder.organization_id = activity.organization_id AND holder.id = activity.lease_key_id ";

/// A row with [`COLUMNS`].
#[derive(FromRow)]
pub struct Row {
    #[sqlx(flatten)]
    activity: Found<Activity>,
    record_chosen_id: Option<String>,
    record_type_chosen_id: Option<String>,
    sequence_chosen_id: String,
    seller_chosen_id: Option<String>,
    team_chosen_id: Option<String>,
    holder_subject: Option<String>,
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

        // A queue has the key of its seller or team, so exactly one of the two joins finds a row.
        let queue = match (row.seller_chosen_id, row.team_chosen_id) {
            (Some(seller), _) => QueueOwner::Seller(ChosenId::known(seller)),
            (None, Some(team)) => QueueOwner::Team(ChosenId::known(team)),
            (None, None) => {
                return Err(Error::Inconsistent { table: "activity", column: "queue_id", id: activity.id.0 });
            }
        };

        let (sequence, holder) = (ChosenId::known(row.sequence_chosen_id), row.holder_subject);
        Ok(Self { activity, record, sequence, queue, holder })
    }
}
