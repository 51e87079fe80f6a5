//! A new segment, as a draft.

use crate::domain::id::{ChosenId, SegmentId};
use crate::domain::refusal::Reason;
use crate::domain::segment::{Profile, Segment, SegmentState};
use crate::domain::violation::Violations;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::{record_types, segments};

/// The segment to be made.
#[derive(Clone, Debug)]
pub struct CreateSegment {
    /// The caller's own id.
    pub segment_id: ChosenId,
    /// The chosen id of its record type.
    pub record_type: String,
    /// What people say and set.
    pub profile: Profile,
    /// Its place; none: the last.
    pub priority: Option<i32>,
}

impl Engine {
    /// Makes a segment; those of its type from its place on move down by one.
    ///
    /// # Errors
    /// Invalid with paths that begin at the segment; Exists.
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
        let record_type = record_types::find(write.conn(), organization, &command.record_type).await?;
        let subject = record_type.as_ref().map(|record_type| record_type.subject());
        let mut found = command.profile.check(&limits, subject.as_ref());
        let Some(record_type) = record_type else {
            found.extend(unknown_record_type(&command.record_type));
            return Err(found.into());
        };
        found.into_result(())?;
        let last = segments::count_of_type(write.conn(), organization, record_type.id).await? + 1;
        let priority = command.priority.map_or(last, |wanted| wanted.clamp(1, last));
        segments::shift_priorities(write.conn(), organization, record_type.id, priority, 1).await?;
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
        if !segments::insert(write.conn(), &segment).await? {
            return Err(Error::Exists { kind: Kind::Segment, name: segment.name() });
        }
        write.definitions_changed().await?;
        write.commit(segment.id.0, &segment.id).await?;
        Ok(segment.id)
    }
}

/// Says that there is no such record type.
pub(crate) fn unknown_record_type(id: &str) -> Violations {
    let description = format!("there is no record type {id:?}");
    Violations::one("record_type", Reason::ReferenceNotFound, description)
}
