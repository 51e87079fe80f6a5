//! Moves an assignment rule to another priority.

use crate::domain::assignment::AssignmentRule;
use crate::domain::id::AssignmentRuleId;
use crate::engine::segments::move_segment::between;
use crate::engine::{Engine, Error, Opened, Request, RuleTarget};
use crate::store::segments::{rule_priorities, rules};

impl Engine {
    /// Moves a rule to a priority, from 1. A number beyond the end means last. The rules between
    /// its old and its new place move by one.
    ///
    /// # Errors
    /// Missing; Stale.
    pub async fn move_assignment_rule(
        &self,
        request: &Request,
        target: RuleTarget,
        priority: i32,
    ) -> Result<AssignmentRuleId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let organization = write.lock_organization().await?.id;
        write.stop_routing().await?;
        let (segment, rule) = write.lock_rule(&target).await?;
        let id = rule.id;
        let (last, _) = rules::count(write.conn(), organization, segment.id).await?;
        let after = priority.clamp(1, last.max(1));
        if after == rule.priority {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }

        let (between, by) = between(rule.priority, after);
        rule_priorities::shift_between(write.conn(), organization, segment.id, between, by).await?;
        let version = rule.version + 1;
        let moved = AssignmentRule { priority: after, version, update_time: request.now, ..rule };
        rule_priorities::set(write.conn(), &moved).await?;
        write.definitions_changed().await?;
        // Another rule may now be the first that matches.
        write.queue_assignments(&[segment.id.0]).await?;
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}
