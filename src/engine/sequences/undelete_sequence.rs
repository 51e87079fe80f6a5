//! Undeletes a sequence.

use crate::domain::id::SequenceId;
use crate::engine::sequences::sequence_verb;
use crate::engine::{Engine, Error, Opened, Request};
use crate::store::sequences;

impl Engine {
    /// Undeletes a sequence, which is not active then. One that isn't deleted stays as it is.
    ///
    /// # Errors
    /// Missing.
    pub async fn undelete_sequence(&self, request: &Request, sequence_id: &str) -> Result<SequenceId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // Without `lock_sequence`, which refuses a deleted sequence.
        let organization = write.organization();
        let before = sequences::lock(write.conn(), organization, sequence_id).await?;
        let before = sequence_verb::present(before, sequence_id)?;
        write.check_author(&before).await?;
        write.sees(before.id.0).await?;
        let after = before.clone().undelete(request.now);
        // It isn't active, so nothing changes in the definitions that servers cache.
        write.save_uncached(&before, &after).await
    }
}
