//! The end of an operation by hand.

use crate::domain::id::OperationId;
use crate::domain::operation::OperationKind;
use crate::domain::refusal::Reason;
use crate::domain::violation::Violations;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::operations;

impl Engine {
    /// Stops an operation after the chunk that it is in; what it did stays.
    ///
    /// # Errors
    /// Missing; Refused if it has ended; Invalid if it can't be stopped.
    pub async fn cancel_operation(&self, request: &Request, id: OperationId) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(()) => return Ok(()),
            Opened::Fresh(write) => write,
        };
        let organization = write.organization();
        let found = operations::lock(write.conn(), organization, id).await?;
        let missing = || Error::Missing { kind: Kind::Operation, name: format!("operations/{id}") };
        let found = found.ok_or_else(missing)?;
        if found.kind == OperationKind::EraseAttribute {
            // Half of the values would come back with a new attribute of the same name.
            let rule = "must not be an operation that erases a deleted attribute's values: it goes through";
            return Err(Error::Invalid(Violations::one("name", Reason::NotSupportedYet, rule)));
        }
        let canceled = found.cancel(request.now)?;
        operations::update(write.conn(), &canceled).await?;
        write.commit(id.0, &()).await?;
        self.wake().operation_changed(id);
        Ok(())
    }
}
