//! Lets an item that couldn't be processed be tried again now.

use crate::domain::id::ProblemId;
use crate::domain::names;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::routing::set_aside;

impl Engine {
    /// Lets an item be tried again within seconds, and as often as one that fails for the first
    /// time.
    ///
    /// # Errors
    /// Missing, including one that was solved meanwhile.
    pub async fn retry_problem(&self, request: &Request, id: ProblemId) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(()) => return Ok(()),
            Opened::Fresh(write) => write,
        };

        let organization = write.organization();
        let found = set_aside::lock(write.conn(), organization, id).await?;
        let missing = || Error::Missing { kind: Kind::Problem, name: names::PROBLEM.uuid_name(id.0) };
        write.sees(id.0).await?;
        let retried = found.ok_or_else(missing)?.retried(request.now);

        set_aside::save(write.conn(), &retried).await?;
        write.commit(id.0, &()).await?;

        self.wake().problem_due();
        Ok(())
    }
}
