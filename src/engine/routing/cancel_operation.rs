//! Cancels a running operation.

use crate::domain::id::OperationId;
use crate::domain::names;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::routing;

impl Engine {
    /// Stops an operation after its current chunk. Everything that it has done stays.
    ///
    /// # Errors
    /// Missing; Refused if the operation has ended, or can't be canceled.
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

        let canceled = found.cancel(request.now)?;

        routing::operations::update(write.conn(), &canceled).await?;
        write.commit(id.0, &()).await?;

        self.wake().operation_changed(id);
        Ok(())
    }
}
