//! Creates a segment, as a draft.

use crate::domain::id::{ChosenId, SegmentId};
use crate::domain::reason::Reason;
use crate::domain::segment::{Profile, Segment, SegmentState};
use crate::domain::violation::Violations;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::{records, segments};

/// The segment to create.
#[derive(Clone, Debug)]
pub struct CreateSegment {
    /// The id, chosen by the caller.
    pub segment_id: ChosenId,
    /// The id of its record type.
    pub record_type: String,
    /// The fields that can be updated.
    pub profile: Profile,
    /// Its priority, from 1. `None`: last.
    pub priority: Option<i32>,
}

impl Engine {
    /// Creates a segment. The record type's segments with this priority or a later one move down by
    /// one.
    ///
    /// # Errors
    /// Invalid, with paths relative to the segment; Exists.
    pub async fn create_segment(
        &self,
        request: &Request,
        command: CreateSegment,
    ) -> Result<SegmentId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let limits = write.lock_organization().await?.settings.limits;
        let organization = write.organization();
        let wanted = &command.record_type;
        let record_type = records::types::find(write.conn(), organization, wanted).await?;

        // Without a record type the condition can't be checked, but everything else is.
        let subject = record_type.as_ref().map(|record_type| record_type.subject());
        let mut found = command.profile.check(&limits, subject.as_ref());
        let Some(record_type) = record_type else {
            found.extend(unknown_record_type(wanted));
            return Err(found.into());
        };
        found.into_result(())?;

        let last = segments::count_of_type(write.conn(), organization, record_type.id).await? + 1;
        // Priorities have no gaps: a number beyond the end means last.
        let priority = command.priority.map_or(last, |wanted| wanted.clamp(1, last));
        let segment = Segment {
            organization,
            id: SegmentId(self.clock().new_id()),
            segment_id: command.segment_id,
            profile: command.profile,
            record_type: record_type.id,
            priority,
            state: SegmentState::Draft,
            connected_sequence: None,
            version: 1,
            create_time: request.now,
            update_time: request.now,
        };

        segments::shift_between(write.conn(), organization, record_type.id, priority..=i32::MAX, 1).await?;
        if !segments::insert(write.conn(), &segment).await? {
            return Err(Error::Exists { kind: Kind::Segment, name: segment.name() });
        }
        write.definitions_changed().await?;
        write.commit(segment.id.0, &segment.id).await?;
        Ok(segment.id)
    }
}

/// Returns the violation of a record type that doesn't exist.
pub(crate) fn unknown_record_type(id: &str) -> Violations {
    let description = format!("must name an existing record type: {id:?} doesn't exist");
    Violations::one("record_type", Reason::ReferenceNotFound, description)
}
