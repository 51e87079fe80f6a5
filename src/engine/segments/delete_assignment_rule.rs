//! Deletes an assignment rule.

use crate::engine::{Engine, Error, Opened, Request, RuleTarget};
use crate::store::segments;

impl Engine {
    /// Deletes a rule with its rotation. The rules after it move up. Records keep the owners that
    /// it gave them.
    ///
    /// # Errors
    /// Missing; Stale.
    pub async fn delete_assignment_rule(&self, request: &Request, target: RuleTarget) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(()) => return Ok(()),
            Opened::Fresh(write) => write,
        };

        let organization = write.lock_organization().await?.id;
        write.stop_routing().await?;
        let (segment, rule) = write.lock_rule(&target).await?;
        let (segment, priority) = (segment.id, rule.priority);

        segments::rules::delete(write.conn(), organization, rule.id).await?;
        segments::rule_priorities::shift_between(
            write.conn(),
            organization,
            segment,
            priority..=i32::MAX,
            -1,
        )
        .await?;
        write.definitions_changed().await?;
        // Another rule may now be the first that matches.
        write.queue_assignments(&[segment.0]).await?;
        write.commit(rule.id.0, &()).await?;
        Ok(())
    }
}
