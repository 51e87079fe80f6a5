//! The end of an assignment rule.

use crate::engine::{Engine, Error, Opened, Request, RuleTarget};
use crate::store::{assignment_rules, routing};

impl Engine {
    /// Deletes a rule with its turns; those after it move up, owners that it gave stay.
    ///
    /// # Errors
    /// Missing; Stale.
    pub async fn delete_assignment_rule(&self, request: &Request, target: RuleTarget) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(()) => return Ok(()),
            Opened::Fresh(write) => write,
        };
        let organization = write.organization();
        write.lock_organization().await?;
        // Nobody routes meanwhile, so that no turn is added to what goes.
        routing::lock(write.conn(), organization).await?;
        let (segment, rule) = write.lock_rule(&target).await?;
        assignment_rules::delete(write.conn(), organization, rule.id).await?;
        assignment_rules::shift_priorities(write.conn(), organization, segment.id, rule.priority, -1).await?;
        write.definitions_changed().await?;
        write.commit(rule.id.0, &()).await
    }
}
