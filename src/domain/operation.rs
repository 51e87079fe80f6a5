//! Long-running operations: their target, their progress and their result.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::bulk::Bulk;
use super::id::{OperationId, OrganizationId, RecordId, RecordTypeId};
use super::refusal::Refusal;

/// Work on many records, done in chunks. It can be interrupted after each chunk and resumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The key.
    pub id: OperationId,
    /// The kind of work.
    pub kind: OperationKind,
    /// The key of the segment, sequence, record type, calendar, seller or organization that it
    /// works for.
    pub target: Uuid,
    /// The name of the target, like `segments/{segment}` or
    /// `recordTypes/{record_type}/attributes/{attribute}`.
    pub target_name: String,
    /// The type of the records that it processes. The nil UUID: records of all types.
    pub record_type: RecordTypeId,
    /// The work on enrollments or records that match a condition. `None` for other kinds.
    pub bulk: Option<Bulk>,
    /// The last record processed, in key order.
    pub cursor: Option<RecordId>,
    /// The highest key to process. Anything with a higher key was created after the operation: such
    /// a record is routed by its own changes, and such an enrollment began after the sequence was
    /// undeleted.
    pub upto: RecordId,
    /// The number of records to process, counted when the operation was created.
    pub total: i64,
    /// The number of records processed.
    pub done: i64,
    /// The number of records that failed, apart from those that succeeded afterwards.
    pub failed: i64,
    /// The number of enrollments started.
    pub enrolled: i64,
    /// The state.
    pub state: OperationState,
    /// When the operation was created.
    pub create_time: DateTime<Utc>,
    /// When the operation ended, or `None` while it runs.
    pub end_time: Option<DateTime<Utc>>,
    /// When the operation may begin. `None`: at once.
    pub start_time: Option<DateTime<Utc>>,
}

/// The kind of work that an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationKind {
    /// Routes all active records of a segment's type.
    BackfillSegment,
    /// Routes the members of the segments connected to a sequence.
    FeedSequence,
    /// Exits the enrollments that were open in a sequence when it was deleted.
    ExitEnrollments,
    /// Erases what records have of an attribute that was deleted.
    EraseAttribute,
    /// Gives open activities what a record type's new roles say about their records.
    RefreshActivities,
    /// Runs the rules of a segment for its members without an owner.
    AssignMembers,
    /// Writes the last halt of a sequence, or its end, to the enrollments.
    SettleEnrollments,
    /// Acts on the open enrollments of a sequence that match a condition.
    ActOnEnrollments,
    /// Enrolls the records that match a condition.
    EnrollRecords,
    /// Computes the ends of running waits anew, because the working time of sellers changed.
    RefreshWaits,
    /// Plans when records are routed again, because a condition compares them with `now`.
    PlanFlips,
    /// Saves what records refer to, so that they are found when the related record changes.
    IndexReferences,
    /// Makes the indexes of a record type have what its marked attributes hold, and nothing else.
    IndexAttributes,
    /// Ranks open activities anew, because the formula for their priority changed.
    RankActivities,
    /// Gives the records of a seller to others, or back.
    ReassignRecords,
}

impl OperationKind {
    /// Every kind.
    pub const ALL: [OperationKind; 15] = [
        OperationKind::BackfillSegment,
        OperationKind::FeedSequence,
        OperationKind::ExitEnrollments,
        OperationKind::EraseAttribute,
        OperationKind::RefreshActivities,
        OperationKind::AssignMembers,
        OperationKind::SettleEnrollments,
        OperationKind::ActOnEnrollments,
        OperationKind::EnrollRecords,
        OperationKind::RefreshWaits,
        OperationKind::PlanFlips,
        OperationKind::IndexReferences,
        OperationKind::IndexAttributes,
        OperationKind::RankActivities,
        OperationKind::ReassignRecords,
    ];

    /// The word on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            OperationKind::BackfillSegment => "BACKFILL_SEGMENT",
            OperationKind::FeedSequence => "FEED_SEQUENCE",
            OperationKind::ExitEnrollments => "EXIT_ENROLLMENTS",
            OperationKind::EraseAttribute => "ERASE_ATTRIBUTE",
            OperationKind::RefreshActivities => "REFRESH_ACTIVITIES",
            OperationKind::AssignMembers => "ASSIGN_MEMBERS",
            OperationKind::SettleEnrollments => "SETTLE_ENROLLMENTS",
            OperationKind::ActOnEnrollments => "ACT_ON_ENROLLMENTS",
            OperationKind::EnrollRecords => "ENROLL_RECORDS",
            OperationKind::RefreshWaits => "REFRESH_WAITS",
            OperationKind::PlanFlips => "PLAN_FLIPS",
            OperationKind::IndexReferences => "INDEX_REFERENCES",
            OperationKind::IndexAttributes => "INDEX_ATTRIBUTES",
            OperationKind::RankActivities => "RANK_ACTIVITIES",
            OperationKind::ReassignRecords => "REASSIGN_RECORDS",
        }
    }

    /// True if it processes closed records, too. Only for those over the records of a type.
    pub const fn includes_closed(self) -> bool {
        matches!(
            self,
            OperationKind::EraseAttribute | OperationKind::IndexReferences | OperationKind::IndexAttributes
        )
    }

    /// Returns the work of an operation that can't be canceled. `None` if it can be.
    pub const fn finishes(self) -> Option<&'static str> {
        match self {
            // Values that aren't erased would come back with a new attribute of the same name.
            OperationKind::EraseAttribute => Some("erases a deleted attribute's values"),
            // Activities that aren't refreshed would go on without their warnings.
            OperationKind::RefreshActivities => Some("refreshes open activities"),
            // Enrollments of an earlier pause couldn't be told from those of the next one.
            OperationKind::SettleEnrollments => Some("pauses, resumes or exits a sequence's enrollments"),
            // Waits that aren't refreshed would end at the wrong time.
            OperationKind::RefreshWaits => Some("refreshes running waits"),
            // Records that aren't planned would miss the instant at which they match.
            OperationKind::PlanFlips => Some("plans when records match because time passes"),
            // A record whose reference isn't saved wouldn't be evaluated when the other changes.
            OperationKind::IndexReferences => Some("saves what records refer to"),
            // The index would never be complete, or never be gone.
            OperationKind::IndexAttributes => Some("indexes attributes"),
            // Some activities would have places by a formula that nobody sees any more.
            OperationKind::RankActivities => Some("ranks open activities"),
            OperationKind::BackfillSegment
            | OperationKind::FeedSequence
            | OperationKind::ExitEnrollments
            | OperationKind::AssignMembers
            | OperationKind::ActOnEnrollments
            | OperationKind::EnrollRecords
            | OperationKind::ReassignRecords => None,
        }
    }
}

/// The state of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationState {
    /// The operation is queued or in progress.
    Running,
    /// The operation has processed all records.
    Succeeded,
    /// A caller canceled the operation.
    Canceled,
}

impl OperationState {
    /// Every state.
    pub const ALL: [OperationState; 3] =
        [OperationState::Running, OperationState::Succeeded, OperationState::Canceled];

    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            OperationState::Running => "RUNNING",
            OperationState::Succeeded => "SUCCEEDED",
            OperationState::Canceled => "CANCELED",
        }
    }
}

/// The result of one chunk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chunk {
    /// The last record of the chunk, or `None` if the chunk is empty.
    pub last: Option<RecordId>,
    /// True if there may be more records after this chunk.
    pub more: bool,
    /// The number of records processed.
    pub done: i64,
    /// The number of records that failed, apart from those that succeeded afterwards.
    pub failed: i64,
    /// The number of enrollments started.
    pub enrolled: i64,
}

impl Operation {
    /// Adds the result of a chunk. After the last chunk, a running operation has succeeded.
    pub fn pass(&self, chunk: Chunk, now: DateTime<Utc>) -> Operation {
        let (state, end_time) = match (self.state, chunk.more) {
            (OperationState::Running, false) => (OperationState::Succeeded, Some(now)),
            (state, _) => (state, self.end_time),
        };

        Operation {
            // An empty last chunk doesn't move the cursor back to the start.
            cursor: chunk.last.or(self.cursor),
            done: self.done + chunk.done,
            failed: self.failed + chunk.failed,
            enrolled: self.enrolled + chunk.enrolled,
            state,
            end_time,
            ..self.clone()
        }
    }

    /// Adds a record that had failed and was processed afterwards, which started so many
    /// enrollments. It counts even after the operation has ended.
    pub fn mended(&self, enrolled: i64) -> Operation {
        Operation { failed: (self.failed - 1).max(0), enrolled: self.enrolled + enrolled, ..self.clone() }
    }

    /// Cancels the operation. A chunk in progress is finished first.
    ///
    /// # Errors
    /// The operation has already ended, or has to go on to its end.
    pub fn cancel(&self, now: DateTime<Utc>) -> Result<Operation, Refusal> {
        match (self.state, self.kind.finishes()) {
            (OperationState::Running, Some(work)) => Err(Refusal::OperationNotCancelable { work }),
            (OperationState::Running, None) => {
                Ok(Operation { state: OperationState::Canceled, end_time: Some(now), ..self.clone() })
            }
            (ended, _) => Err(Refusal::OperationDone { state: ended.as_str() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_counts_its_chunks_and_ends_with_the_last_one() {
        let now = DateTime::UNIX_EPOCH;
        let operation = Operation {
            organization: OrganizationId(Uuid::nil()),
            id: OperationId(Uuid::nil()),
            kind: OperationKind::BackfillSegment,
            target: Uuid::nil(),
            target_name: "segments/a".to_owned(),
            record_type: RecordTypeId(Uuid::nil()),
            bulk: None,
            cursor: None,
            upto: RecordId(Uuid::max()),
            total: 2,
            done: 0,
            failed: 0,
            enrolled: 0,
            state: OperationState::Running,
            create_time: now,
            end_time: None,
            start_time: None,
        };

        let last = Some(RecordId(Uuid::from_u128(5)));
        let passed = operation.pass(Chunk { last, more: true, done: 2, failed: 1, enrolled: 1 }, now);
        assert_eq!((passed.cursor, passed.done, passed.failed, passed.enrolled), (last, 2, 1, 1));
        assert_eq!(passed.state, OperationState::Running);

        let ended = passed.pass(Chunk::default(), now);
        assert_eq!((ended.state, ended.cursor, ended.end_time), (OperationState::Succeeded, last, Some(now)));

        assert!(ended.cancel(now).is_err());
        let canceled = passed.cancel(now).expect("running");
        assert_eq!((canceled.state, canceled.end_time), (OperationState::Canceled, Some(now)));

        let later = now + chrono::TimeDelta::seconds(1);
        let counted = canceled.pass(Chunk { done: 1, ..Chunk::default() }, later);
        assert_eq!((counted.state, counted.end_time), (OperationState::Canceled, Some(now)));
        assert_eq!(counted.done, canceled.done + 1);
    }
}
