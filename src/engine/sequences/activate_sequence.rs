//! The activation of a sequence: the draft becomes a revision, and the sequence takes records.

use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::domain::id::{OperationId, RecordId, SequenceId};
use crate::domain::operation::{Operation, OperationKind, OperationState};
use crate::domain::sequence::{ActivationFacts, Denied, Sequence};
use crate::domain::settings::Limits;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::sequences::sequence_verb;
use crate::engine::{Engine, Error, Opened, Request, Write};
use crate::store::{self, operations, sequence_revisions, sequences, templates};

/// Which sequence is to be activated.
#[derive(Clone, Debug)]
pub struct ActivateSequence {
    /// The chosen id.
    pub sequence_id: String,
    /// What is new, for the list of revisions.
    pub revision_description: String,
    /// The version that the caller saw.
    pub expected_version: Option<Version>,
    /// Only tell whether it would work.
    pub validate_only: bool,
}

/// What an activation came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivatedSequence {
    /// The sequence.
    pub sequence: SequenceId,
    /// What enrolls the members of connected segments; none if there is nothing to feed.
    pub feed_operation: Option<OperationId>,
}

impl Engine {
    /// Freezes the draft as the next revision, if it has changed, and lets the sequence take
    /// records.
    ///
    /// # Errors
    /// Missing; Stale; ResourceDeleted; Invalid with paths that begin at the sequence; LimitExceeded.
    pub async fn activate_sequence(
        &self,
        request: &Request,
        command: ActivateSequence,
    ) -> Result<ActivatedSequence, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
        let limits = write.lock_organization().await?.settings.limits;
        let before = write.lock_sequence(&command.sequence_id, command.expected_version).await?;
        let description = &command.revision_description;
        limits.check_description("revision_description", description).into_result(())?;
        let facts = facts(write.conn(), &before, limits).await?;
        let done = before.clone().activate(&facts, description, request.now)?;
        let mut answer = ActivatedSequence { sequence: before.id, feed_operation: None };
        if command.validate_only {
            // Dropped, and with it rolled back: also its request id is free again.
            return Ok(answer);
        }
        if done.sequence == before {
            write.commit_unnoted(&answer).await?;
            return Ok(answer);
        }
        sequences::update(write.conn(), &done.sequence).await?;
        if let Some(revision) = &done.revision {
            sequence_revisions::insert(write.conn(), revision).await?;
        }
        if done.feeds {
            answer.feed_operation = self.feed(&mut write, &done.sequence, request).await?;
        }
        write.definitions_changed().await?;
        write.commit(before.id.0, &answer).await?;
        if answer.feed_operation.is_some() {
            self.wake().operation_queued();
        }
        Ok(answer)
    }

    /// Tells what stands between a sequence's draft and its activation, without changing anything.
    /// Paths begin at the sequence.
    ///
    /// # Errors
    /// Missing.
    pub async fn validate_sequence(&self, request: &Request, sequence_id: &str) -> Result<Violations, Error> {
        let organization = request.caller.organization;
        let mut conn = self.store().connection().await?;
        let shown = sequences::find(&mut conn, organization, sequence_id).await?;
        let sequence = sequence_verb::present(shown, sequence_id)?.sequence;
        let found = store::organizations::get(&mut conn, organization).await?;
        let limits = found.map(|organization| organization.settings.limits).unwrap_or_default();
        Ok(sequence.problems(&facts(&mut conn, &sequence, limits).await?))
    }

    /// Queues what enrolls the members of connected segments, if there are such segments.
    async fn feed(
        &self,
        write: &mut Write,
        sequence: &Sequence,
        request: &Request,
    ) -> Result<Option<OperationId>, Error> {
        let uses = sequences::uses(write.conn(), sequence.organization, sequence.id).await?;
        if uses.connected_segments.is_empty() {
            return Ok(None);
        }
        let id = OperationId(self.clock().new_id());
        // Keys are minted in the order of time: records with higher ones are made later.
        let upto = RecordId(id.0);
        let total =
            operations::count_members(write.conn(), sequence.organization, sequence.id.0, upto).await?;
        let operation = Operation {
            organization: sequence.organization,
            id,
            kind: OperationKind::FeedSequence,
            target: sequence.id.0,
            target_name: sequence.name(),
            record_type: sequence.record_type,
            cursor: None,
            upto,
            total,
            done: 0,
            failed: 0,
            enrolled: 0,
            state: OperationState::Running,
            create_time: request.now,
            end_time: None,
        };
        operations::insert(write.conn(), &operation).await?;
        Ok(Some(id))
    }
}

/// What the activation of a sequence depends on. Exact while the organization's row is locked.
async fn facts(
    conn: &mut PgConnection,
    sequence: &Sequence,
    limits: Limits,
) -> Result<ActivationFacts, store::Error> {
    let organization = sequence.organization;
    let number = sequence.state.revision();
    let newest = sequence_revisions::get(conn, organization, sequence.id, number).await?;
    let named = sequence.plan.definition.templates();
    let templates = templates::existing(conn, organization, sequence.record_type, &named).await?;
    let active_sequences = sequences::count_active(conn, organization).await?;
    Ok(ActivationFacts { limits, newest, active_sequences, templates })
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Invalid(found) => Self::Invalid(found),
            Denied::Refused(refusal) => Self::Refused(refusal),
        }
    }
}
