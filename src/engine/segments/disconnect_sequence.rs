//! A segment no longer feeds a sequence.

use crate::domain::id::SegmentId;
use crate::engine::{Engine, Error, Opened, Request, SegmentTarget};
use crate::store::segments;

impl Engine {
    /// Takes a segment's connection away; running enrollments go on.
    ///
    /// # Errors
    /// Missing; Stale; Refused if it isn't connected.
    pub async fn disconnect_sequence(
        &self,
        request: &Request,
        target: SegmentTarget,
    ) -> Result<SegmentId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
        // The epoch is on the organization's row, which comes first in the order of locks.
        write.lock_organization().await?;
        let segment = write.lock_segment(&target).await?;
        let disconnected = segment.disconnect(request.now)?;
        segments::update(write.conn(), &disconnected).await?;
        write.definitions_changed().await?;
        write.commit(segment.id.0, &segment.id).await?;
        Ok(segment.id)
    }
}
