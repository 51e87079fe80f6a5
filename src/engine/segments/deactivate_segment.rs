//! Deactivates a segment: it takes no more records.

use crate::domain::id::SegmentId;
use crate::engine::{Engine, Error, Opened, Request, SegmentTarget};
use crate::store::segments;

impl Engine {
    /// Deactivates a segment. Its members leave at their next evaluation.
    ///
    /// # Errors
    /// Missing; Stale.
    pub async fn deactivate_segment(
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

        match segment.deactivate(request.now) {
            None => write.commit_unnoted(&segment.id).await?,
            Some(inactive) => {
                segments::update(write.conn(), &inactive).await?;
                write.definitions_changed().await?;
                write.commit(segment.id.0, &segment.id).await?;
            }
        }
        Ok(segment.id)
    }
}
