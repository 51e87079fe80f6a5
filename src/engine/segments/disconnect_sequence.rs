//! Disconnects a segment from its sequence.

use crate::domain::id::SegmentId;
use crate::engine::{Engine, Error, Opened, Request, SegmentTarget};
use crate::store::segments;

impl Engine {
    /// Disconnects a segment. Open enrollments continue.
    ///
    /// # Errors
    /// Missing; Stale; Refused if the segment isn't connected.
    pub async fn disconnect_sequence(
        &self,
        request: &Request,
        target: SegmentTarget,
    ) -> Result<SegmentId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // `definitions_changed` writes the organization's row, which is first in the lock order.
        write.lock_organization().await?;
        let segment = write.lock_segment(&target).await?;
        let disconnected = segment.disconnect(request.now)?;

        segments::update(write.conn(), &disconnected).await?;
        write.definitions_changed().await?;
        write.commit(segment.id.0, &segment.id).await?;
        Ok(segment.id)
    }
}
