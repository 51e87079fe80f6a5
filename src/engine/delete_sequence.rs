//! The soft deletion of a sequence, with force also of all that hangs on it.

use super::{Engine, Error, Opened, Request, Write, sequence_verb};
use crate::domain::changes::Changes;
use crate::domain::enrollment::ExitReason;
use crate::domain::flow::Flow;
use crate::domain::id::SequenceId;
use crate::store::enrollments::{self, Standing};
use crate::store::{changes, sequences};

/// Enrollments that one statement ends.
const CHUNK: i64 = 1_000;

/// Which sequence is to be deleted.
#[derive(Clone, Debug)]
pub struct DeleteSequence {
    /// The chosen id.
    pub sequence_id: String,
    /// The version that the caller saw.
    pub expected_version: Option<i64>,
    /// Disconnect its segments and end its enrollments.
    pub force: bool,
}

impl Engine {
    /// Deletes a sequence; its id stays taken.
    ///
    /// # Errors
    /// Missing; Stale; ResourceDeleted; SequenceInUse without force.
    pub async fn delete_sequence(
        &self,
        request: &Request,
        command: DeleteSequence,
    ) -> Result<SequenceId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
        let organization = write.organization();
        write.lock_organization().await?;
        let before = sequences::lock(write.conn(), organization, &command.sequence_id).await?;
        let before = sequence_verb::present(before, &command.sequence_id)?;
        before.check_not_deleted()?;
        sequence_verb::check_version(&before, command.expected_version)?;
        let uses = sequences::uses(write.conn(), organization, before.id).await?;
        let after = before.delete(&uses, command.force, request.now)?;
        sequences::update(write.conn(), &after).await?;
        sequences::disconnect_segments(write.conn(), organization, after.id, request.now).await?;
        write.definitions_changed().await?;
        let touched = self.exit_all(&mut write, after.id, request).await?;
        write.note(after.id.0).await?;
        write.commit_with_queues(&after.id, &touched).await?;
        Ok(after.id)
    }

    /// Ends the open enrollments of a locked sequence, chunk by chunk. What is left to write are their queues: at the end of the transaction, so
    /// that each is locked once and in order.
    async fn exit_all(
        &self,
        write: &mut Write,
        sequence: SequenceId,
        request: &Request,
    ) -> Result<Changes, Error> {
        let organization = write.organization();
        let mut touched = Changes::new();
        loop {
            let keys =
                enrollments::lock_open_of_sequence(write.conn(), organization, sequence, CHUNK).await?;
            if keys.is_empty() {
                return Ok(touched);
            }
            let standing = enrollments::load(write.conn(), &keys).await?;
            let exited = self.exits(standing, request);
            changes::save_rows(write.conn(), &exited).await?;
            for (queue, delta) in exited.queues {
                let sum = touched.queues.entry(queue).or_default();
                sum.due += delta.due;
                sum.snoozed += delta.snoozed;
            }
        }
    }

    fn exits(&self, standing: Vec<Standing>, request: &Request) -> Changes {
        let mut exited = Changes::new();
        let mut mint = || self.clock().new_id();
        let mut flow = Flow { now: request.now, mint: &mut mint, changes: &mut exited };
        for Standing { enrollment, open, .. } in standing {
            flow.exit(enrollment, open, ExitReason::SequenceDeleted, request.caller.actor());
        }
        exited
    }
}
