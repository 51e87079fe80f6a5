//! Chooses the winner of a split.

use crate::domain::id::SequenceId;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Opened, Request};
use crate::store::sequences;

/// The split, and the winner.
#[derive(Clone, Debug)]
pub struct DecideSplit {
    /// The id of the sequence.
    pub sequence_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
    /// The id of the split's step.
    pub step_id: String,
    /// The id of the variant. Empty: no winner.
    pub variant_id: String,
}

impl Engine {
    /// Chooses the winner of a split. Enrollments that arrive there from then on take it.
    ///
    /// # Errors
    /// Missing; Stale; Refused (ResourceDeleted); Invalid, with paths relative to the request.
    pub async fn decide_split(&self, request: &Request, command: DecideSplit) -> Result<SequenceId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let before = write.lock_draft(&command.sequence_id, command.expected_version).await?;
        let (organization, id, number) = (before.organization, before.id, before.state.revision());
        let newest = sequences::revisions::get(write.conn(), organization, id, number).await?;

        let DecideSplit { step_id, variant_id, .. } = &command;
        let after = before.clone().decide_split(newest.as_ref(), step_id, variant_id, request.now)?;
        if after == before {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }

        sequences::update(write.conn(), &after).await?;
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}
