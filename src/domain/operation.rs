//! A long-running operation: what it works on, how far it is, how it ended.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::id::{OperationId, OrganizationId, RecordId, RecordTypeId};
use super::refusal::Refusal;

/// Work over many records, done in chunks; restartable after each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The tenant.
    pub organization: OrganizationId,
    /// Its key.
    pub id: OperationId,
    /// What it does.
    pub kind: OperationKind,
    /// The segment, sequence or record type that it is about.
    pub target: Uuid,
    /// `segments/{segment}`, `sequences/{sequence}` or
    /// `recordTypes/{record_type}/attributes/{attribute}`.
    pub target_name: String,
    /// The type of the records that it walks.
    pub record_type: RecordTypeId,
    /// The last record looked at.
    pub cursor: Option<RecordId>,
    /// What has a higher key came later and is left alone: records, which have changes of their
    /// own; enrollments in a sequence that was brought back.
    pub upto: RecordId,
    /// Records that it has to look at, counted at its start.
    pub total: i64,
    /// Records that it has looked at.
    pub done: i64,
    /// Records set aside.
    pub failed: i64,
    /// Enrollments that it started.
    pub enrolled: i64,
    /// Whether it goes on.
    pub state: OperationState,
    /// When it was queued.
    pub create_time: DateTime<Utc>,
    /// When it ended.
    pub end_time: Option<DateTime<Utc>>,
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationKind {
    /// Routes all active records of a segment's type.
    BackfillSegment,
    /// Routes the members of the segments that are connected to a sequence.
    FeedSequence,
    /// Ends the enrollments that were open in a sequence when it was deleted.
    ExitEnrollments,
    /// Erases what records have of an attribute that was deleted.
    EraseAttribute,
}

impl OperationKind {
    /// Every kind.
    pub const ALL: [OperationKind; 4] = [
        OperationKind::BackfillSegment,
        OperationKind::FeedSequence,
        OperationKind::ExitEnrollments,
        OperationKind::EraseAttribute,
    ];

    /// The word on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            OperationKind::BackfillSegment => "BACKFILL_SEGMENT",
            OperationKind::FeedSequence => "FEED_SEQUENCE",
            OperationKind::ExitEnrollments => "EXIT_ENROLLMENTS",
            OperationKind::EraseAttribute => "ERASE_ATTRIBUTE",
        }
    }
}

/// How an operation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationState {
    /// It goes on.
    Running,
    /// It went through.
    Succeeded,
    /// Somebody stopped it.
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

/// What one chunk did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chunk {
    /// The last record of it.
    pub last: Option<RecordId>,
    /// Whether there may be more.
    pub more: bool,
    /// Records looked at.
    pub done: i64,
    /// Records set aside.
    pub failed: i64,
    /// Enrollments started.
    pub enrolled: i64,
}

impl Operation {
    /// Goes past a chunk; after the last one it has succeeded.
    pub fn pass(&self, chunk: Chunk, now: DateTime<Utc>) -> Operation {
        let (state, end_time) = match chunk.more {
            true => (self.state, self.end_time),
            false => (OperationState::Succeeded, Some(now)),
        };
        Operation {
            cursor: chunk.last.or(self.cursor),
            done: self.done + chunk.done,
            failed: self.failed + chunk.failed,
            enrolled: self.enrolled + chunk.enrolled,
            state,
            end_time,
            ..self.clone()
        }
    }

    /// Stops it after the chunk that it is in.
    pub fn cancel(&self, now: DateTime<Utc>) -> Result<Operation, Refusal> {
        match self.state {
            OperationState::Running => {
                Ok(Operation { state: OperationState::Canceled, end_time: Some(now), ..self.clone() })
            }
            ended => Err(Refusal::OperationDone { state: ended.as_str() }),
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
            cursor: None,
            upto: RecordId(Uuid::max()),
            total: 2,
            done: 0,
            failed: 0,
            enrolled: 0,
            state: OperationState::Running,
            create_time: now,
            end_time: None,
        };
        let last = Some(RecordId(Uuid::from_u128(5)));
        let passed = operation.pass(Chunk { last, more: true, done: 2, failed: 1, enrolled: 1 }, now);
        assert_eq!((passed.cursor, passed.done, passed.failed, passed.enrolled), (last, 2, 1, 1));
        assert_eq!(passed.state, OperationState::Running);
        let ended = passed.pass(Chunk::default(), now);
        assert_eq!((ended.state, ended.cursor, ended.end_time), (OperationState::Succeeded, last, Some(now)));
        assert!(ended.cancel(now).is_err());
        assert_eq!(passed.cancel(now).expect("running").state, OperationState::Canceled);
    }
}
