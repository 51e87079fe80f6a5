//! Deletes a segment.

use crate::engine::{Engine, Error, Opened, Request, SegmentTarget};
use crate::store::segments;

impl Engine {
    /// Deletes a segment that isn't active, with its rules and memberships. The segments after it
    /// move up. Open enrollments continue.
    ///
    /// # Errors
    /// Missing; Stale; Refused while it is active.
    pub async fn delete_segment(&self, request: &Request, target: SegmentTarget) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(()) => return Ok(()),
            Opened::Fresh(write) => write,
        };

        let organization = write.lock_organization().await?.id;
        write.stop_routing().await?;
        let segment = write.lock_segment(&target).await?;
        segment.check_deletable()?;

        segments::delete(write.conn(), organization, segment.id).await?;
        let (record_type, priority) = (segment.record_type, segment.priority);
        segments::shift_between(write.conn(), organization, record_type, priority..=i32::MAX, -1).await?;
        write.definitions_changed().await?;
        write.commit(segment.id.0, &()).await
    }
}
