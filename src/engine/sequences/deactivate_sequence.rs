//! Deactivates a sequence: it takes no more records, and its open enrollments continue.

use crate::domain::id::SequenceId;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Opened, Request};
use crate::store::sequences;

/// The sequence to deactivate.
#[derive(Clone, Debug)]
pub struct DeactivateSequence {
    /// Its id.
    pub sequence_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
}

impl Engine {
    /// Deactivates a sequence. Its open enrollments continue.
    ///
    /// # Errors
    /// Missing; Stale; Refused (ResourceDeleted, SequenceNotActive).
    pub async fn deactivate_sequence(
        &self,
        request: &Request,
        command: DeactivateSequence,
    ) -> Result<SequenceId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // `definitions_changed` writes the organization's row, which is first in the lock order.
        write.lock_organization().await?;
        let before = write.lock_sequence(&command.sequence_id, command.expected_version).await?;
        let id = before.id;
        let after = before.clone().deactivate(request.now)?;
        if after == before {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }

        sequences::update(write.conn(), &after).await?;
        write.definitions_changed().await?;
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}
