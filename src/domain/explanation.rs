//! Says in words why routing decides as it does about one record. It decides nothing itself: it is
//! told the decision.

use serde_json::Value;

use super::assignment::Ownership;
use super::condition::Join;
use super::enrollment::ExitReason;
use super::id::{AssignmentRuleId, ChosenId, EnrollmentId, ProblemId};
use super::record::RecordState;
use super::routing::Feeding;
use super::segment::{Claim, Placement};

/// What routing would do with a record, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The type and id of the record, as callers chose them.
    pub record: (ChosenId, ChosenId),
    /// The state of the record.
    pub state: RecordState,
    /// True if a change of the record waits for routing.
    pub change_pending: bool,
    /// The problem that keeps the record from being routed, or `None` without one.
    pub problem: Option<ProblemId>,
    /// The segment that it is in now, or `None` if it is in none.
    pub current_segment: Option<ChosenId>,
    /// What would become of its membership.
    pub placement: Placement,
    /// Why it would be in no segment. `None` if it would be in one.
    pub absence: Option<Absence>,
    /// The active segments of its type, in the order in which they are tried.
    pub segments: Vec<ExplainedSegment>,
    /// The enabled rules of the segment that it would be in, in the order in which they are tried.
    pub rules: Vec<ExplainedRule>,
    /// Who would own it.
    pub owner: ExplainedOwner,
    /// Whether it would be enrolled.
    pub sequence: ExplainedSequence,
    /// The open enrollments that would exit, with the reasons.
    pub exits: Vec<(EnrollmentId, ExitReason)>,
}

/// What a condition says about a record. `None` is unknown: an attribute is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedCondition {
    /// Whether it is true.
    pub truth: Option<bool>,
    /// How the parts make up the condition.
    pub join: Join,
    /// Its parts.
    pub parts: Vec<ExplainedPart>,
}

/// What a part of a condition says about a record.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedPart {
    /// Its text.
    pub text: String,
    /// Whether it is true.
    pub truth: Option<bool>,
    /// If it is unknown: the attributes that the record lacks.
    pub missing: Vec<String>,
    /// What it reads of related records.
    pub related: Vec<RelatedValue>,
}

/// A value of a record to which the explained one refers.
#[derive(Clone, Debug, PartialEq)]
pub struct RelatedValue {
    /// How conditions name it, after the variable: `account.industry`.
    pub field: String,
    /// The name of the related record, which needn't exist.
    pub record: String,
    /// The value. `None` if it is missing, or if there is no such record.
    pub value: Option<Value>,
}

/// An active segment, and whether it gets the record.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedSegment {
    /// The id that the caller chose.
    pub segment_id: ChosenId,
    /// Its name for people.
    pub display_name: String,
    /// Its priority.
    pub priority: i32,
    /// What its condition says.
    pub condition: ExplainedCondition,
    /// Whether it gets the record.
    pub verdict: Verdict,
}

/// A rule, and whether it decides who owns the record.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedRule {
    /// The rule.
    pub id: AssignmentRuleId,
    /// The id that the caller chose.
    pub assignment_rule_id: ChosenId,
    /// Its name for people.
    pub display_name: String,
    /// What its condition says. `None` without a condition: it matches every record.
    pub condition: Option<ExplainedCondition>,
    /// Whether it decides.
    pub verdict: RuleVerdict,
    /// If it has a condition over sellers and may decide: the first of those who match it.
    pub matching: Vec<ChosenId>,
    /// How many match it.
    pub matching_count: usize,
}

/// Who owns a record, who would own it, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedOwner {
    /// The owner now.
    pub current: Option<ChosenId>,
    /// The owner afterwards.
    pub owner: Option<ChosenId>,
    /// Why.
    pub ownership: Ownership,
}

/// Whether a record would be enrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedSequence {
    /// The name of the sequence connected to the segment that the record would be in.
    pub name: Option<String>,
    /// What the sequence would do. `None` without one.
    pub feeding: Option<Feeding>,
    /// The record's latest enrollment in the sequence.
    pub enrollment: Option<EnrollmentId>,
}

/// Whether a segment gets a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The record would be in it.
    Wins,
    /// It doesn't match.
    NoMatch,
    /// A segment with higher priority has or takes the record.
    HigherPriority,
    /// The record stays in a segment with lower priority, because this one may not take it.
    Kept,
    /// The record is closed.
    RecordClosed,
    /// Records enter no segment, because nothing is connected.
    NothingConnected,
}

/// Why a record would be in no segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// It is closed.
    RecordClosed,
    /// No segment is active.
    NoActiveSegment,
    /// Records enter no segment, because nothing is connected.
    NothingConnected,
    /// No active segment matches.
    NoMatch,
}

/// Whether a rule decides who owns a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleVerdict {
    /// It decides.
    Decides,
    /// It doesn't match.
    NoMatch,
    /// A rule with higher priority decides.
    HigherPriority,
    /// No rule is run.
    NotRun,
}

/// Returns for each claim whether it gets the record. `claims`, `qualifies` and `switched_on` are
/// those of [`super::segment::choose`], and `winner` is the claim that it chose.
pub fn verdicts(claims: &[Claim], winner: Option<usize>, qualifies: bool, switched_on: bool) -> Vec<Verdict> {
    let verdict = |(place, claim): (usize, &Claim)| match winner {
        Some(winner) if winner == place => Verdict::Wins,
        _ if !claim.matches => Verdict::NoMatch,
        _ if !qualifies => Verdict::RecordClosed,
        Some(winner) if winner < place => Verdict::HigherPriority,
        // Members stay in their segment, but nobody enters one.
        _ if !switched_on => Verdict::NothingConnected,
        // It comes before the winner, so it could only have lost by leaving the record there.
        _ => Verdict::Kept,
    };
    claims.iter().enumerate().map(verdict).collect()
}

/// Returns why a record would be in no segment.
pub fn absence(claims: &[Claim], qualifies: bool, switched_on: bool) -> Absence {
    match () {
        () if !qualifies => Absence::RecordClosed,
        () if claims.is_empty() => Absence::NoActiveSegment,
        () if !switched_on => Absence::NothingConnected,
        () => Absence::NoMatch,
    }
}

/// Returns for each rule whether it decides. `rules` are those of [`super::assignment::assign`],
/// each with whether it matches.
pub fn rule_verdicts(rules: &[(AssignmentRuleId, bool)], ownership: Ownership) -> Vec<RuleVerdict> {
    let Ownership::Decided(decided) = ownership else { return vec![RuleVerdict::NotRun; rules.len()] };

    let verdict = |(rule, matches): &(AssignmentRuleId, bool)| match decided.rule() {
        Some(deciding) if deciding == *rule => RuleVerdict::Decides,
        Some(_) if *matches => RuleVerdict::HigherPriority,
        _ => RuleVerdict::NoMatch,
    };
    rules.iter().map(verdict).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::assignment::{Assignment, NoCandidateReason, Shortage};
    use crate::domain::id::{SegmentId, SellerId};
    use crate::domain::segment::choose;

    fn segment(place: usize) -> SegmentId {
        SegmentId(Uuid::from_u128(place as u128))
    }

    fn winner(placement: Placement) -> Option<usize> {
        match placement {
            Placement::Outside | Placement::Leaves(_) => None,
            Placement::Stays(place) | Placement::Enters(place) => Some(place),
            Placement::Moves { to, .. } | Placement::Taken { to, .. } => Some(to),
        }
    }

    proptest! {
        /// Each verdict names what has to change for the segment to get the record.
        #[test]
        fn a_verdict_names_what_keeps_the_segment_from_winning(
            claims in prop::collection::vec(any::<(bool, bool)>(), 0..6),
            current in prop::option::of(0..7_usize),
            qualifies: bool,
            switched_on: bool,
        ) {
            let claims: Vec<Claim> = claims.into_iter().enumerate().map(|(place, (matches, takes))| Claim {
                segment: segment(place),
                matches,
                allow_resegmentation: takes,
            }).collect();
            let current = current.map(segment);
            let chosen = winner(choose(&claims, current, qualifies, switched_on));
            let told = verdicts(&claims, chosen, qualifies, switched_on);

            for (place, verdict) in told.iter().enumerate() {
                let mut cured = claims.clone();
                // Segments before it may win as well once the cause is gone.
                cured[..place].iter_mut().for_each(|claim| claim.matches = false);
                let again = |claims: &[Claim], qualifies, switched_on| {
                    winner(choose(claims, current, qualifies, switched_on))
                };
                match verdict {
                    Verdict::Wins => prop_assert_eq!(chosen, Some(place)),
                    Verdict::NoMatch => prop_assert!(!claims[place].matches),
                    Verdict::HigherPriority => {
                        prop_assert!(chosen < Some(place) && claims[place].matches);
                        // Without those before it, it wins, or the record stays in its own segment.
                        let stays = cured[place + 1..].iter().any(|c| Some(c.segment) == current && c.matches);
                        let kept = stays && !claims[place].allow_resegmentation;
                        prop_assert!(kept || again(&cured, true, true) == Some(place));
                    }
                    Verdict::Kept => {
                        cured[place].allow_resegmentation = true;
                        prop_assert_eq!(again(&cured, qualifies, switched_on), Some(place));
                    }
                    Verdict::RecordClosed => prop_assert!(again(&claims, true, true).is_some()),
                    Verdict::NothingConnected => {
                        cured[place].allow_resegmentation = true;
                        prop_assert_eq!(again(&cured, qualifies, true), Some(place));
                    }
                }
            }

            if chosen.is_none() {
                let cured: Vec<Claim> = claims.iter().map(|claim| Claim { matches: true, ..*claim }).collect();
                let again = |claims: &[Claim], qualifies, switched_on| {
                    winner(choose(claims, current, qualifies, switched_on)).is_some()
                };
                match absence(&claims, qualifies, switched_on) {
                    Absence::RecordClosed => prop_assert!(!qualifies),
                    Absence::NoActiveSegment => prop_assert!(claims.is_empty()),
                    Absence::NothingConnected => prop_assert!(again(&cured, qualifies, true)),
                    Absence::NoMatch => prop_assert!(again(&cured, qualifies, switched_on)),
                }
            }
        }
    }

    #[test]
    fn the_rule_that_decides_comes_before_all_others_that_match() {
        let rule = |key: u128| AssignmentRuleId(Uuid::from_u128(key));
        let rules = [(rule(1), false), (rule(2), true), (rule(3), true), (rule(4), false)];
        let shortage = Shortage::of(NoCandidateReason::NobodyListed);
        let nobody = Ownership::Decided(Assignment::NoCandidate { rule: rule(2), shortage });
        use RuleVerdict::{Decides, HigherPriority, NoMatch, NotRun};
        assert_eq!(rule_verdicts(&rules, nobody), [NoMatch, Decides, HigherPriority, NoMatch]);

        let owned = Assignment::AlreadyOwned { rule: rule(2), seller: SellerId(Uuid::nil()) };
        assert_eq!(rule_verdicts(&rules, Ownership::Decided(owned))[1], Decides);
        assert_eq!(rule_verdicts(&rules[..1], Ownership::Decided(Assignment::NoRule)), [NoMatch]);
        assert_eq!(rule_verdicts(&rules, Ownership::NotAsked), [NotRun; 4]);
    }
}
