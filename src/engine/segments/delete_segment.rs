//! The end of a segment.

use crate::engine::{Engine, Error, Opened, Request, SegmentTarget};
use crate::store::{routing, segments};

impl Engine {
    /// Deletes a segment that isn't active, with its rules and memberships; those after it move up,
    /// enrollments go on.
    ///
    /// # Errors
    /// Missing; Stale; Refused while it is active.
    pub async fn delete_segment(&self, request: &Request, target: SegmentTarget) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(()) => return Ok(()),
            Opened::Fresh(write) => write,
        };
        let organization = write.organization();
        write.lock_organization().await?;
        // Nobody routes meanwhile, so that no membership or turn is added to what goes.
        routing::lock(write.conn(), organization).await?;
        let segment = write.lock_segment(&target).await?;
        segment.check_deletable()?;
        segments::delete(write.conn(), organization, segment.id).await?;
        segments::shift_priorities(write.conn(), organization, segment.record_type, segment.priority, -1)
            .await?;
        write.definitions_changed().await?;
        write.commit(segment.id.0, &()).await
    }
}
