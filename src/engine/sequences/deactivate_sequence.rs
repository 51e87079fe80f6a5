//! Deactivates a sequence: it takes no more records, and its open enrollments continue, are paused
//! or end.

use serde::{Deserialize, Serialize};

use crate::domain::changes::Changes;
use crate::domain::id::{OperationId, SequenceId};
use crate::domain::refusal::Refusal;
use crate::domain::sequence::{DeactivateMode, Sequence};
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Opened, Request, Write};
use crate::store::{routing, sequences};

/// The sequence to deactivate.
#[derive(Clone, Debug)]
pub struct DeactivateSequence {
    /// Its id.
    pub sequence_id: String,
    /// What happens to open enrollments.
    pub mode: DeactivateMode,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
}

/// The result of a deactivation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeactivatedSequence {
    /// The sequence.
    pub sequence: SequenceId,
    /// The operation that writes the pause, resumption or exit to its enrollments. `None` if all
    /// are written.
    pub settle_operation: Option<OperationId>,
}

impl Engine {
    /// Deactivates a sequence.
    ///
    /// # Errors
    /// Missing; Stale; Refused (ResourceDeleted, SequenceNotActive, SequenceSettling).
    pub async fn deactivate_sequence(
        &self,
        request: &Request,
        command: DeactivateSequence,
    ) -> Result<DeactivatedSequence, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // `definitions_changed` writes the organization's row, which is first in the lock order.
        write.lock_organization().await?;
        let before = write.lock_sequence(&command.sequence_id, command.expected_version).await?;
        let after = before.clone().deactivate(command.mode, request.now)?;
        let mut answer = DeactivatedSequence { sequence: after.id, settle_operation: None };
        if after == before {
            write.commit_unnoted(&answer).await?;
            return Ok(answer);
        }
        write.check_settled(&before, &after).await?;

        sequences::update(write.conn(), &after).await?;
        let mut touched = Changes::new();
        if after.halt != before.halt {
            (answer.settle_operation, touched) = self.settle(&mut write, &after).await?;
        }
        write.definitions_changed().await?;
        write.note(after.id.0).await?;
        write.commit_with_queues(&answer, touched).await?;
        Ok(answer)
    }
}

impl Write {
    /// Checks that no earlier halt must still be written before a new pause. Only then are the
    /// enrollments of both told apart.
    ///
    /// # Errors
    /// Refused (SequenceSettling).
    async fn check_settled(&mut self, before: &Sequence, after: &Sequence) -> Result<(), Error> {
        let pauses = after.halt.is_some_and(|halt| halt.pause_time().is_some());
        if !pauses || after.halt == before.halt {
            return Ok(());
        }
        self.check_no_settling(after).await
    }

    /// Checks that all enrollments that a deactivation ended are written as ended, so that nobody
    /// is kept from being enrolled again by one that isn't yet.
    ///
    /// # Errors
    /// Refused (SequenceSettling).
    pub(in crate::engine) async fn check_ended(&mut self, sequence: &Sequence) -> Result<(), Error> {
        match sequence.halt.is_some_and(|halt| halt.ends()) {
            true => self.check_no_settling(sequence).await,
            false => Ok(()),
        }
    }

    async fn check_no_settling(&mut self, sequence: &Sequence) -> Result<(), Error> {
        let organization = self.organization();
        match routing::operations::settling(self.conn(), organization, sequence.id).await? {
            None => Ok(()),
            Some(operation) => Err(Refusal::SequenceSettling { sequence: sequence.name(), operation }.into()),
        }
    }
}
