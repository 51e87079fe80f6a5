//! Creates an assignment rule of a segment.

use crate::domain::assignment::{self, AssignmentRule, Candidates, Distribution, Profile};
use crate::domain::id::{AssignmentRuleId, ChosenId};
use crate::domain::names;
use crate::engine::{CandidateNames, Engine, Error, Kind, Opened, Request, SegmentTarget};
use crate::store::segments;

/// The rule to create.
#[derive(Clone, Debug)]
pub struct CreateAssignmentRule {
    /// The id of its segment.
    pub segment_id: String,
    /// The id, chosen by the caller.
    pub assignment_rule_id: ChosenId,
    /// Its display name.
    pub display_name: String,
    /// The text of the condition. Empty: the rule applies to every record.
    pub condition: String,
    /// Who may get the record.
    pub candidates: CandidateNames,
    /// Which of them gets it.
    pub distribution: Distribution,
    /// True if sellers who own their maximum are passed over.
    pub respect_capacity: bool,
    /// Sellers who don't work within so many hours are passed over. `None`: nobody is.
    pub available_within_hours: Option<i32>,
    /// Its priority, from 1. `None`: last.
    pub priority: Option<i32>,
    /// True if the rule is ignored.
    pub disabled: bool,
}

impl Engine {
    /// Creates a rule. The segment's rules with this priority or a later one move down by one. The
    /// rule applies to records that enter the segment from now on, and to members without an owner.
    ///
    /// # Errors
    /// Missing (the segment); Exists; Invalid, with paths relative to the rule; Refused if the
    /// segment has its maximum of enabled rules.
    pub async fn create_assignment_rule(
        &self,
        request: &Request,
        command: CreateAssignmentRule,
    ) -> Result<AssignmentRuleId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let before = write.lock_organization().await?;
        let (limits, attributes) = (before.settings.limits, before.seller_attributes);
        write.stop_routing().await?;
        let target = SegmentTarget { segment_id: command.segment_id, expected_version: None };
        let segment = write.lock_segment(&target).await?;
        let record_type = write.record_type(segment.record_type).await?;
        let (subject, over_sellers) = (record_type.subject(), attributes.subject_beside(&record_type));

        let (display_name, condition) = (command.display_name, command.condition);
        let mut found = assignment::check(&display_name, &condition, &limits, &subject);
        let candidates = found.keep("", write.candidates(command.candidates, &over_sellers).await?);
        let candidates = found.into_result(candidates.unwrap_or(Candidates::AnySeller))?;

        let organization = write.organization();
        let (count, _) = segments::rules::count(write.conn(), organization, segment.id).await?;
        // Priorities have no gaps: a number beyond the end means last.
        let priority = command.priority.map_or(count + 1, |wanted| wanted.clamp(1, count + 1));
        let rule = AssignmentRule {
            organization,
            id: AssignmentRuleId(self.clock().new_id()),
            segment: segment.id,
            assignment_rule_id: command.assignment_rule_id,
            profile: Profile {
                display_name,
                condition,
                candidates,
                distribution: command.distribution,
                respect_capacity: command.respect_capacity,
                available_within_hours: command.available_within_hours,
                disabled: command.disabled,
            },
            priority,
            version: 1,
            create_time: request.now,
            update_time: request.now,
        };
        if !rule.profile.disabled {
            write.check_rule_limit(&segment, &limits).await?;
        }

        let segment_id = segment.id;
        segments::rule_priorities::shift_between(
            write.conn(),
            organization,
            segment_id,
            priority..=i32::MAX,
            1,
        )
        .await?;
        if !segments::rules::insert(write.conn(), &rule).await? {
            let name = names::RULE.name([&segment.segment_id, &rule.assignment_rule_id]);
            return Err(Error::Exists { kind: Kind::AssignmentRule, name });
        }
        write.definitions_changed().await?;
        let retried = if rule.profile.disabled { Vec::new() } else { vec![segment_id.0] };
        write.queue_assignments(&retried).await?;
        write.queue_references_of(&segment, &rule.profile, (&subject, &over_sellers)).await?;
        write.commit(rule.id.0, &rule.id).await?;
        Ok(rule.id)
    }
}
