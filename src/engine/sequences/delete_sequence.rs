//! Soft-deletes a sequence. With force, disconnects its segments and ends its enrollments.

use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::caller::Actor;
use crate::domain::changes::Changes;
use crate::domain::enrollment::ExitReason;
use crate::domain::id::{OperationId, OrganizationId, RecordId, SequenceId};
use crate::domain::operation::{Operation, OperationKind};
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Opened, Request, Write};
use crate::store::{self, enrollments, routing, segments, sequences};

/// The maximum number of enrollments that end in the deletion's own transaction. If there are more,
/// an operation ends them.
const AT_ONCE: i64 = 1_000;

/// The sequence to delete.
#[derive(Clone, Debug)]
pub struct DeleteSequence {
    /// Its id.
    pub sequence_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
    /// Disconnect its segments and end its enrollments instead of refusing.
    pub force: bool,
}

/// The result of a deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletedSequence {
    /// The sequence.
    pub sequence: SequenceId,
    /// The operation that ends its open enrollments. `None` if all have ended.
    pub exit_operation: Option<OperationId>,
}

/// The enrollments that end because their sequence was deleted: those with keys up to `upto`. Later
/// ones began after the sequence was brought back.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Leftovers {
    pub organization: OrganizationId,
    pub sequence: SequenceId,
    pub upto: Uuid,
}

impl Engine {
    /// Deletes a sequence. Its id stays taken.
    ///
    /// # Errors
    /// Missing; Stale; Refused (ResourceDeleted; SequenceInUse without force).
    pub async fn delete_sequence(
        &self,
        request: &Request,
        command: DeleteSequence,
    ) -> Result<DeletedSequence, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let organization = write.lock_organization().await?.id;
        // Nor may records be merged: their enrollments become those of other records.
        write.stop_routing().await?;
        let before = write.lock_sequence(&command.sequence_id, command.expected_version).await?;
        let uses = sequences::uses(write.conn(), organization, before.id).await?;
        let after = before.delete(&uses, command.force, request.now)?;

        sequences::update(write.conn(), &after).await?;
        segments::connections::disconnect(write.conn(), organization, after.id, request.now).await?;

        let target = (after.id.0, after.name());
        let mut exits = write.new_operation(OperationKind::ExitEnrollments, target, after.record_type);
        exits.total = uses.open_enrollments;
        let mut answer = DeletedSequence { sequence: after.id, exit_operation: None };
        let mut touched = Changes::new();
        if uses.open_enrollments > AT_ONCE {
            write.queue(&exits).await?;
            answer.exit_operation = Some(exits.id);
        } else {
            touched = self.exit_now(&mut write, &exits, request).await?;
        }

        // Last, so that this server's caches learn nothing that isn't committed.
        write.definitions_changed().await?;
        write.note(after.id.0).await?;
        write.commit_with_queues(&answer, touched).await?;
        Ok(answer)
    }

    /// Ends the enrollments in this transaction, without saving the operation.
    async fn exit_now(
        &self,
        write: &mut Write,
        exits: &Operation,
        request: &Request,
    ) -> Result<Changes, store::Error> {
        let records = routing::operations::next_records(write.conn(), exits, AT_ONCE, request.now).await?;
        let left = Leftovers::of(exits);
        self.exit_leftovers(write.conn(), left, &records, request.actor(), request.now).await
    }

    /// Ends the enrollments of these records in a deleted sequence. Saves everything but the
    /// queues, which the commit bumps.
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
        let cases = self.core().load_cases(conn, &keys, now).await?;
        self.core().exit_cases(conn, &cases, ExitReason::SequenceDeleted, by, now).await
    }
}

impl Leftovers {
    /// Returns the enrollments that an operation ends.
    pub fn of(operation: &Operation) -> Self {
        let Operation { organization, target, upto, .. } = *operation;
        Self { organization, sequence: SequenceId(target), upto: upto.0 }
    }
}
