//! The end of a sequence's intake: it takes no more records, those that run go on.

use crate::domain::id::SequenceId;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Opened, Request};
use crate::store::sequences;

/// Which sequence is to be deactivated.
#[derive(Clone, Debug)]
pub struct DeactivateSequence {
    /// The chosen id.
    pub sequence_id: String,
    /// The version that the caller saw.
    pub expected_version: Option<Version>,
}

impl Engine {
    /// Lets a sequence take no more records; its enrollments go on.
    ///
    /// # Errors
    /// Missing; Stale; ResourceDeleted; SequenceNotActive.
    pub async fn deactivate_sequence(
        &self,
        request: &Request,
        command: DeactivateSequence,
    ) -> Result<SequenceId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
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
