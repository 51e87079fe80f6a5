//! The soft deletion of a sequence, with force also of all that hangs on it.

use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::caller::Actor;
use crate::domain::changes::Changes;
use crate::domain::enrollment::ExitReason;
use crate::domain::id::{OperationId, OrganizationId, RecordId, SequenceId};
use crate::domain::operation::{Operation, OperationKind, OperationState};
use crate::domain::sequence::Sequence;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Opened, Request, Write};
use crate::store::{self, enrollments, operations, sequences};

/// The most enrollments that end with the deletion itself; more are left to an operation.
const AT_ONCE: i64 = 1_000;

/// Which sequence is to be deleted.
#[derive(Clone, Debug)]
pub struct DeleteSequence {
    /// The chosen id.
    pub sequence_id: String,
    /// The version that the caller saw.
    pub expected_version: Option<Version>,
    /// Disconnect its segments and end its enrollments.
    pub force: bool,
}

/// What a deletion came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletedSequence {
    /// The sequence.
    pub sequence: SequenceId,
    /// What ends its open enrollments; none if all have ended.
    pub exit_operation: Option<OperationId>,
}

/// Enrollments of a sequence that are to end because it was deleted: not those with keys above
/// `upto`.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Leftovers {
    pub organization: OrganizationId,
    pub sequence: SequenceId,
    pub upto: Uuid,
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
    ) -> Result<DeletedSequence, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let organization = write.organization();
        write.lock_organization().await?;
        let before = write.lock_sequence(&command.sequence_id, command.expected_version).await?;
        let uses = sequences::uses(write.conn(), organization, before.id).await?;
        let after = before.delete(&uses, command.force, request.now)?;

        sequences::update(write.conn(), &after).await?;
        sequences::disconnect_segments(write.conn(), organization, after.id, request.now).await?;
        write.definitions_changed().await?;

        let exits = self.exits(&after, uses.open_enrollments, request);
        let mut answer = DeletedSequence { sequence: after.id, exit_operation: None };
        let mut touched = Changes::new();
        if uses.open_enrollments > AT_ONCE {
            operations::insert(write.conn(), &exits).await?;
            answer.exit_operation = Some(exits.id);
        } else {
            touched = self.exit_now(&mut write, &exits, request).await?;
        }

        write.note(after.id.0).await?;
        write.commit_with_queues(&answer, touched).await?;
        if answer.exit_operation.is_some() {
            self.wake().operation_queued();
        }
        Ok(answer)
    }

    async fn exit_now(
        &self,
        write: &mut Write,
        exits: &Operation,
        request: &Request,
    ) -> Result<Changes, store::Error> {
        let records = operations::next_records(write.conn(), exits, AT_ONCE).await?;
        let left = Leftovers::of(exits);
        self.exit_leftovers(write.conn(), left, &records, request.actor(), request.now).await
    }

    /// What ends the open enrollments of a sequence.
    fn exits(&self, sequence: &Sequence, total: i64, request: &Request) -> Operation {
        let id = OperationId(self.clock().new_id());
        Operation {
            organization: sequence.organization,
            id,
            kind: OperationKind::ExitEnrollments,
            target: sequence.id.0,
            target_name: sequence.name(),
            record_type: sequence.record_type,
            cursor: None,
            // Keys are minted in the order of time: whoever enrolls once the sequence is brought
            // back gets a higher one.
            upto: RecordId(id.0),
            total,
            done: 0,
            failed: 0,
            enrolled: 0,
            state: OperationState::Running,
            create_time: request.now,
            end_time: None,
        }
    }

    /// Ends the enrollments of these records in a deleted sequence. What is left to write are their
    /// queues.
    pub(in crate::engine) async fn exit_leftovers(
        &self,
        conn: &mut PgConnection,
        left: Leftovers,
        records: &[RecordId],
        by: Actor,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<Changes, store::Error> {
        let Leftovers { organization, sequence, upto } = left;
        let keys = enrollments::lock_open_in_sequence(conn, organization, sequence, records, upto).await?;
        let cases = self.core().load_cases(conn, &keys).await?;
        self.core().exit_cases(conn, &cases, ExitReason::SequenceDeleted, by, now).await
    }
}

impl Leftovers {
    /// Those that an operation ends.
    pub fn of(operation: &Operation) -> Self {
        let Operation { organization, target, upto, .. } = *operation;
        Self { organization, sequence: SequenceId(target), upto: upto.0 }
    }
}
