//! Explanations of routing on the wire.

use super::enrollment::exit_reason;
use super::json;
use super::record::wire_outcome;
use super::segment::no_candidate_reason;
use super::timestamp;
use crate::api::page::{ITEM_BYTES, encoded_item, within};
use crate::api::pb;
use crate::api::pb::explain_record_response::{Membership, NoSegmentReason};
use crate::api::pb::explained_condition::{Join as WireJoin, Part, RelatedValue as WireRelatedValue, Truth};
use crate::api::pb::explained_owner::Reason as OwnerReason;
use crate::api::pb::explained_rule::Verdict as WireRuleVerdict;
use crate::api::pb::explained_segment::Verdict as WireVerdict;
use crate::api::pb::explained_sequence::Reason as SequenceReason;
use crate::domain::assignment::{Assignment, Distribution, Ownership};
use crate::domain::condition::Join;
use crate::domain::enrollment::ExitReason;
use crate::domain::explanation::{
    Absence, ExplainedCondition, ExplainedOwner, ExplainedPart, ExplainedRule, ExplainedSegment,
    ExplainedSequence, Explanation, RelatedValue, RuleVerdict, Verdict,
};
use crate::domain::id::{ChosenId, EnrollmentId};
use crate::domain::names;
use crate::domain::record::RecordState;
use crate::domain::routing::Feeding;
use crate::domain::segment::Placement;

/// Converts an explanation. What would make it too large for a client is left out from the end.
pub fn explanation(explained: &Explanation) -> pb::ExplainRecordResponse {
    let winner = explained.segments.iter().find(|segment| segment.verdict == Verdict::Wins);
    let winner = winner.map(|segment| segment.segment_id.clone());
    let segment_name = |id: &Option<ChosenId>| id.as_ref().map(|id| names::SEGMENT.name([id]));
    let rule = |rule: &ExplainedRule| explained_rule(rule, winner.as_ref());

    // The rules of one segment come first: they are few.
    let assignment_rules = within(ITEM_BYTES / 4, explained.rules.iter().map(rule));
    let used: usize = assignment_rules.iter().map(encoded_item).sum();
    let segments = within(ITEM_BYTES.saturating_sub(used), explained.segments.iter().map(explained_segment));
    let partial = segments.len() < explained.segments.len() || assignment_rules.len() < explained.rules.len();

    let (record_type, record) = &explained.record;
    let exit = |(enrollment, reason): &(EnrollmentId, ExitReason)| pb::ExplainedExit {
        enrollment: names::ENROLLMENT.uuid_name(enrollment.0),
        reason: exit_reason(*reason).into(),
    };
    pb::ExplainRecordResponse {
        record: names::RECORD.name([record_type, record]),
        close_outcome: close_outcome(explained.state).into(),
        change_pending: explained.change_pending,
        problem: explained.problem.map(|id| names::PROBLEM.uuid_name(id.0)).unwrap_or_default(),
        current_segment: segment_name(&explained.current_segment).unwrap_or_default(),
        segment: segment_name(&winner).unwrap_or_default(),
        membership: membership(explained.placement).into(),
        no_segment_reason: no_segment_reason(explained.absence).into(),
        segments,
        assignment_rules,
        partial,
        owner: Some(explained_owner(explained, winner.as_ref())),
        sequence: Some(explained_sequence(&explained.sequence, winner.is_some())),
        exits: explained.exits.iter().map(exit).collect(),
    }
}

fn close_outcome(state: RecordState) -> pb::record::CloseOutcome {
    match state {
        RecordState::Active => pb::record::CloseOutcome::Unspecified,
        RecordState::Closed { outcome, .. } => wire_outcome(outcome),
    }
}

fn membership(placement: Placement) -> Membership {
    match placement {
        Placement::Outside => Membership::Outside,
        Placement::Stays(_) => Membership::Stays,
        Placement::Enters(_) => Membership::Enters,
        Placement::Leaves(_) => Membership::Leaves,
        Placement::Moves { .. } => Membership::Moves,
        Placement::Taken { .. } => Membership::Taken,
    }
}

fn no_segment_reason(absence: Option<Absence>) -> NoSegmentReason {
    match absence {
        None => NoSegmentReason::Unspecified,
        Some(Absence::RecordClosed) => NoSegmentReason::RecordClosed,
        Some(Absence::NoActiveSegment) => NoSegmentReason::NoActiveSegment,
        Some(Absence::NothingConnected) => NoSegmentReason::NothingConnected,
        Some(Absence::NoMatch) => NoSegmentReason::NoMatch,
    }
}

fn explained_segment(explained: &ExplainedSegment) -> pb::ExplainedSegment {
    let verdict = match explained.verdict {
        Verdict::Wins => WireVerdict::Wins,
        Verdict::NoMatch => WireVerdict::NoMatch,
        Verdict::HigherPriority => WireVerdict::HigherPriority,
        Verdict::Kept => WireVerdict::Kept,
        Verdict::RecordClosed => WireVerdict::RecordClosed,
        Verdict::NothingConnected => WireVerdict::NothingConnected,
    };
    pb::ExplainedSegment {
        segment: names::SEGMENT.name([&explained.segment_id]),
        display_name: explained.display_name.clone(),
        priority: explained.priority,
        condition: Some(condition(&explained.condition)),
        verdict: verdict.into(),
    }
}

/// Converts a rule of the segment with this id.
fn explained_rule(explained: &ExplainedRule, segment: Option<&ChosenId>) -> pb::ExplainedRule {
    let verdict = match explained.verdict {
        RuleVerdict::Decides => WireRuleVerdict::Decides,
        RuleVerdict::NoMatch => WireRuleVerdict::NoMatch,
        RuleVerdict::HigherPriority => WireRuleVerdict::HigherPriority,
        RuleVerdict::NotRun => WireRuleVerdict::NotRun,
    };
    pb::ExplainedRule {
        assignment_rule: rule_name(explained, segment),
        display_name: explained.display_name.clone(),
        condition: explained.condition.as_ref().map(condition),
        verdict: verdict.into(),
        matching_sellers: explained.matching.iter().map(|seller| names::SELLER.name([seller])).collect(),
        matching_seller_count: i32::try_from(explained.matching_count).unwrap_or(i32::MAX),
    }
}

fn rule_name(rule: &ExplainedRule, segment: Option<&ChosenId>) -> String {
    let name = |segment: &ChosenId| names::RULE.name([segment, &rule.assignment_rule_id]);
    segment.map(name).unwrap_or_default()
}

fn condition(explained: &ExplainedCondition) -> pb::ExplainedCondition {
    let join = match explained.join {
        Join::All => WireJoin::All,
        Join::Any => WireJoin::Any,
    };
    let part = |part: &ExplainedPart| Part {
        text: part.text.clone(),
        truth: truth(part.truth).into(),
        missing_attributes: part.missing.clone(),
        related_values: part.related.iter().map(related).collect(),
    };
    pb::ExplainedCondition {
        truth: truth(explained.truth).into(),
        join: join.into(),
        parts: explained.parts.iter().map(part).collect(),
    }
}

fn related(related: &RelatedValue) -> WireRelatedValue {
    WireRelatedValue {
        attribute: related.field.clone(),
        record: related.record.clone(),
        value: related.value.as_ref().map(json::value),
    }
}

fn truth(truth: Option<bool>) -> Truth {
    match truth {
        Some(true) => Truth::True,
        Some(false) => Truth::False,
        None => Truth::Unknown,
    }
}

fn explained_owner(explained: &Explanation, segment: Option<&ChosenId>) -> pb::ExplainedOwner {
    let ExplainedOwner { current, owner, ownership } = &explained.owner;
    let (reason, rule) = match ownership {
        Ownership::NotAsked => (OwnerReason::NotAsked, None),
        Ownership::RulesNotRun => (OwnerReason::RulesNotRun, None),
        Ownership::Decided(decided) => {
            let reason = match decided {
                Assignment::NoRule => OwnerReason::NoRule,
                Assignment::Assigned { by: Distribution::RoundRobin, .. } => OwnerReason::RoundRobin,
                Assignment::Assigned { by: Distribution::LoadBalancing, .. } => OwnerReason::LoadBalancing,
                Assignment::AlreadyOwned { .. } => OwnerReason::AlreadyOwned,
                Assignment::NoCandidate { .. } => OwnerReason::NoCandidate,
            };
            (reason, decided.rule())
        }
    };

    let shortage = ownership.shortage();
    let rule = rule.and_then(|id| explained.rules.iter().find(|rule| rule.id == id));
    let seller = |id: &Option<ChosenId>| id.as_ref().map(|id| names::SELLER.name([id])).unwrap_or_default();
    pb::ExplainedOwner {
        current_owner: seller(current),
        owner: seller(owner),
        assignment_rule: rule.map(|rule| rule_name(rule, segment)).unwrap_or_default(),
        reason: reason.into(),
        no_candidate_reason: shortage.map_or(0, |shortage| no_candidate_reason(shortage.reason).into()),
        retry_time: shortage.and_then(|shortage| shortage.retry_time).map(timestamp),
    }
}

fn explained_sequence(explained: &ExplainedSequence, in_segment: bool) -> pb::ExplainedSequence {
    let reason = match explained.feeding {
        Some(Feeding::Enrolled) => SequenceReason::Enrolled,
        Some(Feeding::Unchanged) => SequenceReason::SequenceUnchanged,
        Some(Feeding::EnrolledBefore) => SequenceReason::EnrolledBefore,
        Some(Feeding::Inactive) => SequenceReason::SequenceInactive,
        None if in_segment => SequenceReason::NotConnected,
        None => SequenceReason::NoSegment,
    };
    pb::ExplainedSequence {
        sequence: explained.name.clone().unwrap_or_default(),
        reason: reason.into(),
        enrollment: explained.enrollment.map(|id| names::ENROLLMENT.uuid_name(id.0)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reasons_are_the_words_of_the_history() {
        for feeding in [Feeding::Enrolled, Feeding::Unchanged, Feeding::EnrolledBefore, Feeding::Inactive] {
            let explained = ExplainedSequence { name: None, feeding: Some(feeding), enrollment: None };
            let reason = explained_sequence(&explained, true).reason();
            assert_eq!(reason.as_str_name(), feeding.as_str());
        }
    }
}
