//! Moves a segment to another priority.

use std::ops::RangeInclusive;

use crate::domain::id::SegmentId;
use crate::domain::segment::Segment;
use crate::engine::{Engine, Error, Opened, Request, SegmentTarget};
use crate::store::segments;

impl Engine {
    /// Moves a segment to a priority, from 1. A number beyond the end means last. The segments
    /// between its old and its new place move by one.
    ///
    /// # Errors
    /// Missing; Stale.
    pub async fn move_segment(
        &self,
        request: &Request,
        target: SegmentTarget,
        priority: i32,
    ) -> Result<SegmentId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let organization = write.lock_organization().await?.id;
        let segment = write.lock_segment(&target).await?;
        let (record_type, before) = (segment.record_type, segment.priority);
        let last = segments::count_of_type(write.conn(), organization, record_type).await?;
        let after = priority.clamp(1, last.max(1));
        if after == before {
            write.commit_unnoted(&segment.id).await?;
            return Ok(segment.id);
        }

        let (between, by) = between(before, after);
        segments::shift_between(write.conn(), organization, record_type, between, by).await?;
        let moved = Segment {
            priority: after,
            version: segment.version + 1,
            update_time: request.now,
            ..segment.clone()
        };
        segments::set_priority(write.conn(), &moved).await?;
        write.definitions_changed().await?;
        write.commit(segment.id.0, &segment.id).await?;
        Ok(segment.id)
    }
}

/// The priorities between an old and a new one, and by how much what has them moves. The etags of
/// all others stay.
pub(in crate::engine) fn between(before: i32, after: i32) -> (RangeInclusive<i32>, i32) {
    match before < after {
        true => (before + 1..=after, -1),
        false => (after..=before - 1, 1),
    }
}
