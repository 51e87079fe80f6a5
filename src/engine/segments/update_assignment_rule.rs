//! Changes an assignment rule.

use crate::domain::assignment::{self, AssignmentRule, Distribution, Profile};
use crate::domain::condition::Subject;
use crate::domain::id::AssignmentRuleId;
use crate::domain::reason::Reason;
use crate::domain::settings::Limits;
use crate::engine::{CandidateNames, Engine, Error, Opened, Request, RuleTarget, Write};
use crate::store::segments;

/// The change to make.
#[derive(Clone, Debug)]
pub struct UpdateAssignmentRule {
    /// The rule.
    pub target: RuleTarget,
    /// The new value of each field that changes.
    pub patch: RulePatch,
    /// The priority, if given. It must be the rule's current one.
    pub priority: Option<i32>,
}

/// The fields that change.
#[derive(Clone, Debug, Default)]
pub struct RulePatch {
    /// Its display name.
    pub display_name: Option<String>,
    /// The text of the condition. Empty: the rule applies to every record.
    pub condition: Option<String>,
    /// Who may get the record.
    pub candidates: Option<CandidateNames>,
    /// Which of them gets it.
    pub distribution: Option<Distribution>,
    /// True if sellers who own their maximum are passed over.
    pub respect_capacity: Option<bool>,
    /// Within how many hours sellers must work. `Some(None)`: nobody is passed over for it.
    pub available_within_hours: Option<Option<i32>>,
    /// True if the rule is ignored.
    pub disabled: Option<bool>,
}

impl Engine {
    /// Changes a rule. The change applies to records that enter the segment from now on, and to
    /// members without an owner.
    ///
    /// # Errors
    /// Missing; Stale; Invalid, with paths relative to the rule; Refused if enabling it would
    /// exceed the maximum of enabled rules.
    pub async fn update_assignment_rule(
        &self,
        request: &Request,
        command: UpdateAssignmentRule,
    ) -> Result<AssignmentRuleId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let organization = write.lock_organization().await?;
        let (limits, attributes) = (organization.settings.limits, organization.seller_attributes);
        write.stop_routing().await?;
        let (segment, before) = write.lock_rule(&command.target).await?;
        let record_type = write.record_type(segment.record_type).await?;
        let subjects = (record_type.subject(), attributes.subject_beside(&record_type));

        let profile = write.patched(command, &before, &limits, &subjects).await?;
        let id = before.id;
        if profile == before.profile {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }
        // The limit counts enabled rules.
        if before.profile.disabled && !profile.disabled {
            write.check_rule_limit(&segment, &limits).await?;
        }

        let version = before.version + 1;
        let after = AssignmentRule { profile, version, update_time: request.now, ..before };
        segments::rules::update(write.conn(), &after).await?;
        write.definitions_changed().await?;
        write.queue_assignments(&[segment.id.0]).await?;
        write.queue_references_of(&segment, &after.profile, (&subjects.0, &subjects.1)).await?;
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}

impl Write {
    /// Returns the rule's profile with the new values. The subjects are those of its condition and
    /// of one over sellers.
    ///
    /// # Errors
    /// Invalid, with every wrong field.
    async fn patched(
        &mut self,
        command: UpdateAssignmentRule,
        before: &AssignmentRule,
        limits: &Limits,
        (subject, over_sellers): &(Subject, Subject),
    ) -> Result<Profile, Error> {
        let (patch, given) = (command.patch, before.profile.clone());
        let mut profile = Profile {
            display_name: patch.display_name.unwrap_or(given.display_name),
            condition: patch.condition.unwrap_or(given.condition),
            candidates: given.candidates,
            distribution: patch.distribution.unwrap_or(given.distribution),
            respect_capacity: patch.respect_capacity.unwrap_or(given.respect_capacity),
            available_within_hours: patch.available_within_hours.unwrap_or(given.available_within_hours),
            disabled: patch.disabled.unwrap_or(given.disabled),
        };

        let mut found = assignment::check(&profile.display_name, &profile.condition, limits, subject);
        if let Some(names) = patch.candidates {
            let candidates = found.keep("", self.candidates(names, over_sellers).await?);
            profile.candidates = candidates.unwrap_or(profile.candidates);
        }
        if command.priority.is_some_and(|given| given != before.priority) {
            let description = format!("is immutable here (current value {})", before.priority);
            found.push("priority", Reason::FieldImmutable, description);
        }
        Ok(found.into_result(profile)?)
    }
}
