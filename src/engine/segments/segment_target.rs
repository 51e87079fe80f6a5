//! What every verb of a segment begins with: the segment locked, and its version the one that the
//! caller saw.

use crate::domain::condition::Condition;
use crate::domain::id::{OperationId, OrganizationId, RecordId, RecordTypeId};
use crate::domain::operation::{Operation, OperationKind, OperationState};
use crate::domain::record_type::RecordType;
use crate::domain::segment::Segment;
use crate::domain::version::Version;
use crate::engine::{Error, Kind, Write};
use crate::store::{self, operations, record_types, segment_matches, segments};

/// A segment as a request names it.
#[derive(Clone, Debug)]
pub struct SegmentTarget {
    /// The chosen id.
    pub segment_id: String,
    /// The version that the caller saw.
    pub expected_version: Option<Version>,
}

impl SegmentTarget {
    fn missing(&self) -> Error {
        Error::Missing { kind: Kind::Segment, name: format!("segments/{}", self.segment_id) }
    }
}

/// How many records match a segment, counted before anything is locked: over millions that takes a
/// while.
pub(in crate::engine) struct Counted {
    condition: String,
    matches: i64,
}

impl Write {
    /// Locks the segment, which must be as the caller saw it.
    pub(in crate::engine) async fn lock_segment(&mut self, target: &SegmentTarget) -> Result<Segment, Error> {
        let organization = self.organization();
        let found = segments::lock(self.conn(), organization, &target.segment_id).await?;
        let segment = found.ok_or_else(|| target.missing())?;
        match target.expected_version {
            Some(expected) if expected != Version::of(segment.id.0, segment.version) => {
                Err(Error::Stale { name: segment.name() })
            }
            _ => Ok(segment),
        }
    }

    /// Reads the record type of something that exists.
    pub(in crate::engine) async fn record_type(&mut self, id: RecordTypeId) -> Result<RecordType, Error> {
        let organization = self.organization();
        let found = record_types::by_keys(self.conn(), organization, &[id.0]).await?;
        let missing = store::Error::Inconsistent { table: "record_type", column: "id", id: id.0 };
        Ok(found.into_iter().next().ok_or(missing)?)
    }

    /// Counts the active records that match a segment.
    pub(in crate::engine) async fn count_matches(
        &mut self,
        target: &SegmentTarget,
    ) -> Result<Counted, Error> {
        let organization = self.organization();
        let found = segments::find(self.conn(), organization, &target.segment_id).await?;
        self.count_matches_of(&found.ok_or_else(|| target.missing())?).await
    }

    async fn count_matches_of(&mut self, segment: &Segment) -> Result<Counted, Error> {
        let record_type = self.record_type(segment.record_type).await?;
        let condition = kept_condition(segment, &record_type)?;
        let matches = segment_matches::count(self.conn(), &record_type, &condition).await?;
        Ok(Counted { condition: segment.profile.condition.clone(), matches })
    }

    /// What was counted, or, if the segment has got another condition meanwhile, what is counted
    /// now.
    pub(in crate::engine) async fn matches(
        &mut self,
        segment: &Segment,
        counted: Counted,
    ) -> Result<i64, Error> {
        if counted.condition == segment.profile.condition {
            return Ok(counted.matches);
        }
        Ok(self.count_matches_of(segment).await?.matches)
    }

    /// Queues a backfill of a segment's records; `wake` is to be told after the commit.
    pub(in crate::engine) async fn queue_backfill(
        &mut self,
        segment: &Segment,
    ) -> Result<OperationId, Error> {
        let organization = self.organization();
        let mut operation = self.new_operation(organization, segment.record_type);
        operation.target = segment.id.0;
        operation.target_name = segment.name();
        operation.total =
            operations::count_records(self.conn(), organization, segment.record_type, operation.upto).await?;
        operations::insert(self.conn(), &operation).await?;
        Ok(operation.id)
    }

    fn new_operation(&self, organization: OrganizationId, record_type: RecordTypeId) -> Operation {
        let (id, upto) = (OperationId(self.new_id()), RecordId(self.new_id()));
        Operation {
            organization,
            id,
            kind: OperationKind::BackfillSegment,
            target: id.0,
            target_name: String::new(),
            record_type,
            cursor: None,
            upto,
            total: 0,
            done: 0,
            failed: 0,
            enrolled: 0,
            state: OperationState::Running,
            create_time: self.now(),
            end_time: None,
        }
    }
}

/// The condition of a segment: it was checked when it was saved, and attribute types never change.
pub(in crate::engine) fn kept_condition(
    segment: &Segment,
    record_type: &RecordType,
) -> Result<Condition, store::Error> {
    let inconsistent =
        |_| store::Error::Inconsistent { table: "segment", column: "condition", id: segment.id.0 };
    Condition::parse(&segment.profile.condition, &record_type.subject().as_saved()).map_err(inconsistent)
}
