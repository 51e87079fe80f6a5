//! Who owns a record that came into a segment: the rules in order, and whose turn it is.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::condition::{Condition, Subject};
use super::id::{AssignmentRuleId, ChosenId, OrganizationId, SegmentId, SellerId};
use super::settings::Limits;
use super::violation::Violations;

/// Decides who owns the records that it matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentRule {
    /// The tenant.
    pub organization: OrganizationId,
    /// Its key.
    pub id: AssignmentRuleId,
    /// The segment that it belongs to.
    pub segment: SegmentId,
    /// The caller's own id, unique in the segment.
    pub assignment_rule_id: ChosenId,
    /// What can be changed of it.
    pub profile: Profile,
    /// 1 is tried first; without gaps in its segment.
    pub priority: i32,
    /// Goes up with every change.
    pub version: i64,
    /// When it was made.
    pub create_time: DateTime<Utc>,
    /// When it was last changed.
    pub update_time: DateTime<Utc>,
}

/// What can be changed of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What people call it.
    pub display_name: String,
    /// The condition's text; empty: every record.
    pub condition: String,
    /// The candidates, in the order of the first turn. Each stands there once.
    pub listed: Vec<SellerId>,
    /// As good as absent.
    pub disabled: bool,
}

/// Finds what is wrong with the texts of a rule. Paths begin at the rule: `condition`. The subject
/// is that of the segment's record type.
pub fn check(display_name: &str, condition: &str, limits: &Limits, subject: &Subject) -> Violations {
    let mut found = limits.check_display_name("display_name", display_name);
    if !condition.trim().is_empty() {
        found.keep("", Condition::check("condition", condition, subject));
    }
    found
}

/// Who had their turns when: a number per seller that grows with each turn of the rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turns {
    last: BTreeMap<SellerId, i64>,
    taken: BTreeSet<SellerId>,
}

impl Turns {
    /// The turns so far.
    pub fn new(last: impl IntoIterator<Item = (SellerId, i64)>) -> Self {
        Self { last: last.into_iter().collect(), taken: BTreeSet::new() }
    }

    /// The candidate who has waited longest. Those who never had a turn come first, ties go by the
    /// listed order.
    fn longest_waiting(&self, listed: &[SellerId], available: &BTreeSet<SellerId>) -> Option<SellerId> {
        let candidates = listed.iter().copied().filter(|seller| available.contains(seller));
        candidates.min_by_key(|seller| self.last.get(seller).copied().unwrap_or(0))
    }

    fn take(&mut self, seller: SellerId) {
        let next = self.last.values().max().copied().unwrap_or(0) + 1;
        self.last.insert(seller, next);
        self.taken.insert(seller);
    }

    /// The turns that were taken since these were made, each with its number.
    pub fn taken(&self) -> impl Iterator<Item = (SellerId, i64)> {
        self.taken.iter().map(|seller| (*seller, self.last[seller]))
    }
}

/// What the rules said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignment {
    /// No rule matches: the owner, if any, stays.
    NoRule,
    /// This rule gives the record to this seller, whose turn it was.
    Assigned {
        /// The rule.
        rule: AssignmentRuleId,
        /// The new owner.
        seller: SellerId,
    },
    /// The record keeps its owner.
    AlreadyOwned {
        /// The rule that would have decided.
        rule: AssignmentRuleId,
        /// The owner.
        seller: SellerId,
    },
    /// None of the rule's sellers takes records now.
    NoCandidate {
        /// The rule.
        rule: AssignmentRuleId,
    },
}

impl Assignment {
    /// The word that history has for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Assignment::NoRule => "NO_RULE",
            Assignment::Assigned { .. } => "ROUND_ROBIN",
            Assignment::AlreadyOwned { .. } => "ALREADY_OWNED",
            Assignment::NoCandidate { .. } => "NO_CANDIDATE",
        }
    }

    /// The rule that decided.
    pub const fn rule(self) -> Option<AssignmentRuleId> {
        match self {
            Assignment::NoRule => None,
            Assignment::Assigned { rule, .. }
            | Assignment::AlreadyOwned { rule, .. }
            | Assignment::NoCandidate { rule } => Some(rule),
        }
    }
}

/// Runs the rules, given in priority order without the disabled ones; `matches` says which of them
/// match the record. An owner that stays counts as that seller's turn. `owner` is none for a record
/// whose owner is to be decided anew.
pub fn assign(
    rules: &[AssignmentRule],
    matches: &[bool],
    owner: Option<SellerId>,
    available: &BTreeSet<SellerId>,
    turns: &mut BTreeMap<AssignmentRuleId, Turns>,
) -> Assignment {
    let Some((rule, _)) = rules.iter().zip(matches).find(|(_, matches)| **matches) else {
        return Assignment::NoRule;
    };
    let turns = turns.entry(rule.id).or_default();
    if let Some(seller) = owner {
        if rule.profile.listed.contains(&seller) {
            turns.take(seller);
        }
        return Assignment::AlreadyOwned { rule: rule.id, seller };
    }
    match turns.longest_waiting(&rule.profile.listed, available) {
        None => Assignment::NoCandidate { rule: rule.id },
        Some(seller) => {
            turns.take(seller);
            Assignment::Assigned { rule: rule.id, seller }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn seller(id: u128) -> SellerId {
        SellerId(Uuid::from_u128(id))
    }

    fn rule(id: u128, listed: &[u128]) -> AssignmentRule {
        AssignmentRule {
            organization: OrganizationId(Uuid::nil()),
            id: AssignmentRuleId(Uuid::from_u128(id)),
            segment: SegmentId(Uuid::nil()),
            assignment_rule_id: ChosenId::known("in-turn"),
            profile: Profile {
                display_name: "In turn".to_owned(),
                condition: String::new(),
                listed: listed.iter().copied().map(seller).collect(),
                disabled: false,
            },
            priority: 1,
            version: 1,
            create_time: DateTime::UNIX_EPOCH,
            update_time: DateTime::UNIX_EPOCH,
        }
    }

    /// Assigns that many unowned records, one after the other, and names who got them.
    fn in_turn(
        rule: &AssignmentRule,
        count: usize,
        available: &[u128],
        turns: &mut BTreeMap<AssignmentRuleId, Turns>,
    ) -> Vec<u128> {
        let available = available.iter().copied().map(seller).collect();
        let one = |_| match assign(std::slice::from_ref(rule), &[true], None, &available, turns) {
            Assignment::Assigned { seller, .. } => seller.0.as_u128(),
            other => panic!("{other:?}"),
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn sellers_get_records_in_the_listed_order_again_and_again() {
        let rule = rule(1, &[3, 1, 2]);
        let mut turns = BTreeMap::new();
        assert_eq!(in_turn(&rule, 7, &[1, 2, 3], &mut turns), [3, 1, 2, 3, 1, 2, 3]);
        let taken: BTreeMap<_, _> = turns[&rule.id].taken().collect();
        assert_eq!(taken, BTreeMap::from([(seller(3), 7), (seller(1), 5), (seller(2), 6)]));
    }

    #[test]
    fn turns_go_on_where_the_last_batch_stopped() {
        let rule = rule(1, &[1, 2, 3]);
        let mut turns = BTreeMap::from([(rule.id, Turns::new([(seller(1), 9), (seller(2), 7)]))]);
        assert_eq!(in_turn(&rule, 4, &[1, 2, 3], &mut turns), [3, 2, 1, 3]);
    }

    #[test]
    fn who_takes_no_records_is_passed_over_and_has_waited_longest_afterwards() {
        let rule = rule(1, &[1, 2, 3]);
        let mut turns = BTreeMap::new();
        assert_eq!(in_turn(&rule, 4, &[2, 3], &mut turns), [2, 3, 2, 3]);
        assert_eq!(in_turn(&rule, 2, &[1, 2, 3], &mut turns), [1, 2]);
    }

    #[test]
    fn an_owner_stays_and_had_a_turn_if_listed() {
        let rule = rule(1, &[1, 2]);
        let available = BTreeSet::from([seller(1), seller(2)]);
        let mut turns = BTreeMap::new();
        let owned = |turns: &mut _, owner| {
            assign(std::slice::from_ref(&rule), &[true], Some(seller(owner)), &available, turns)
        };
        let expected = Assignment::AlreadyOwned { rule: rule.id, seller: seller(1) };
        assert_eq!(owned(&mut turns, 1), expected);
        assert_eq!(in_turn(&rule, 1, &[1, 2], &mut turns), [2]);
        assert!(matches!(owned(&mut turns, 9), Assignment::AlreadyOwned { .. }));
        assert_eq!(in_turn(&rule, 1, &[1, 2], &mut turns), [1]);
    }

    #[test]
    fn the_first_rule_that_matches_decides_also_when_it_has_nobody() {
        let rules = [rule(1, &[1]), rule(2, &[2]), rule(3, &[3])];
        let available = BTreeSet::from([seller(1), seller(3)]);
        let mut turns = BTreeMap::new();
        let mut run = |matches: [bool; 3]| assign(&rules, &matches, None, &available, &mut turns);
        assert_eq!(run([false, true, true]), Assignment::NoCandidate { rule: rules[1].id });
        assert_eq!(run([false, false, true]), Assignment::Assigned { rule: rules[2].id, seller: seller(3) });
        assert_eq!(run([false, false, false]), Assignment::NoRule);
    }
}
