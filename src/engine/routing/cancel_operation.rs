//! Cancels a running operation.

use crate::domain::id::OperationId;
use crate::domain::names;
use crate::domain::operation::OperationKind;
use crate::domain::reason::Reason;
use crate::domain::violation::Violations;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::routing;

impl Engine {
    /// Stops an operation after its current chunk. Everything that it has done stays.
    ///
    /// # Errors
    /// Missing; Refused if the operation has ended; Invalid if it can't be canceled.
    pub async fn cancel_operation(&self, request: &Request, id: OperationId) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(()) => return Ok(()),
            Opened::Fresh(write) => write,
        };

        // A chunk holds the operation's row until it commits, so this waits for the current one.
        let organization = write.organization();
        let found = routing::operations::lock(write.conn(), organization, id).await?;
        let missing = || Error::Missing { kind: Kind::Operation, name: names::OPERATION.uuid_name(id.0) };
        let found = found.ok_or_else(missing)?;
        write.sees(id.0).await?;

        if let Some(work) = finishes(found.kind) {
            let rule = format!("must not be an operation that {work}: it can't be canceled");
            return Err(Error::Invalid(Violations::one("name", Reason::NotSupportedYet, rule)));
        }
        let canceled = found.cancel(request.now)?;

        routing::operations::update(write.conn(), &canceled).await?;
        write.commit(id.0, &()).await?;

        self.wake().operation_changed(id);
        Ok(())
    }
}

/// Returns the work of an operation that can't be canceled. `None` if it can be.
fn finishes(kind: OperationKind) -> Option<&'static str> {
    match kind {
        // Values that aren't erased would come back with a new attribute of the same name.
        OperationKind::EraseAttribute => Some("erases a deleted attribute's values"),
        // Activities that aren't refreshed would go on without their warnings.
        OperationKind::RefreshActivities => Some("refreshes open activities"),
        // Enrollments of an earlier pause couldn't be told from those of the next one.
        OperationKind::SettleEnrollments => Some("pauses, resumes or exits a sequence's enrollments"),
        // Waits that aren't refreshed would end at the wrong time.
        OperationKind::RefreshWaits => Some("refreshes running waits"),
        // Records that aren't planned would miss the instant at which they match.
        OperationKind::PlanFlips => Some("plans when records match because time passes"),
        // Whose reference isn't known wouldn't be evaluated when the related record changes.
        OperationKind::IndexReferences => Some("saves what records refer to"),
        // The index would never be complete, or never be gone.
        OperationKind::IndexAttributes => Some("indexes attributes"),
        // Some activities would have places by a formula that nobody sees any more.
        OperationKind::RankActivities => Some("ranks open activities"),
        OperationKind::BackfillSegment
        | OperationKind::FeedSequence
        | OperationKind::ExitEnrollments
        | OperationKind::AssignMembers
        | OperationKind::ActOnEnrollments
        | OperationKind::EnrollRecords
        | OperationKind::ReassignRecords => None,
    }
}
