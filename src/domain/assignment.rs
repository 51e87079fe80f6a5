//! Assignment: which rule decides the owner of a record that entered a segment, and whose turn it
//! is.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::condition::{Condition, Subject};
use super::id::{AssignmentRuleId, ChosenId, OrganizationId, SegmentId, SellerId};
use super::settings::Limits;
use super::violation::Violations;

/// A rule that decides who owns the records it matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentRule {
    /// The tenant.
    pub organization: OrganizationId,
    /// The key.
    pub id: AssignmentRuleId,
    /// The segment that the rule belongs to.
    pub segment: SegmentId,
    /// The id that the caller chose, unique in the segment.
    pub assignment_rule_id: ChosenId,
    /// The part that callers can change.
    pub profile: Profile,
    /// The priority in its segment, without gaps. 1 is tried first.
    pub priority: i32,
    /// Increases with every change.
    pub version: i64,
    /// When the rule was created.
    pub create_time: DateTime<Utc>,
    /// When the rule was last changed.
    pub update_time: DateTime<Utc>,
}

/// The part of a rule that callers can change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The name shown to people.
    pub display_name: String,
    /// The text of the condition. If empty, the rule matches every record.
    pub condition: String,
    /// The candidates, in the order of their first turns. Without duplicates.
    pub listed: Vec<SellerId>,
    /// True if the rule is ignored.
    pub disabled: bool,
}

/// Returns everything wrong with the texts of a rule. Paths are relative to the rule: `condition`.
/// `subject` is the subject of the segment's record type.
pub fn check(display_name: &str, condition: &str, limits: &Limits, subject: &Subject) -> Violations {
    let mut found = limits.check_display_name("display_name", display_name);
    // An empty condition matches every record.
    if !condition.trim().is_empty() {
        found.keep("", Condition::check("condition", condition, subject));
    }
    found
}

/// The turns of a rule: for each seller the number of their last turn. Each turn gets the next
/// number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turns {
    last: BTreeMap<SellerId, i64>,
    /// The sellers whose numbers must be saved.
    taken: BTreeSet<SellerId>,
}

impl Turns {
    /// Creates the turns from the last turn of each seller.
    pub fn new(last: impl IntoIterator<Item = (SellerId, i64)>) -> Self {
        Self { last: last.into_iter().collect(), taken: BTreeSet::new() }
    }

    /// Returns the available candidate who has waited longest. Sellers who never had a turn come
    /// first, in listed order.
    fn longest_waiting(&self, listed: &[SellerId], available: &BTreeSet<SellerId>) -> Option<SellerId> {
        let candidates = listed.iter().copied().filter(|seller| available.contains(seller));
        // Turns are numbered from 1. Of equal candidates, `min_by_key` returns the first.
        candidates.min_by_key(|seller| self.last.get(seller).copied().unwrap_or(0))
    }

    fn take(&mut self, seller: SellerId) {
        // The highest number puts this seller behind all others.
        let next = self.last.values().max().copied().unwrap_or(0) + 1;
        self.last.insert(seller, next);
        self.taken.insert(seller);
    }

    /// Returns the sellers who took a turn since [`Turns::new`], with the number of their last
    /// turn.
    pub fn taken(&self) -> impl Iterator<Item = (SellerId, i64)> {
        self.taken.iter().map(|seller| (*seller, self.last[seller]))
    }
}

/// The outcome of the rules for one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignment {
    /// No rule matches. The owner, if any, stays.
    NoRule,
    /// The rule gives the record to the seller whose turn it is.
    Assigned {
        /// The rule.
        rule: AssignmentRuleId,
        /// The new owner.
        seller: SellerId,
    },
    /// The record has an owner and keeps it.
    AlreadyOwned {
        /// The first rule that matches.
        rule: AssignmentRuleId,
        /// The owner.
        seller: SellerId,
    },
    /// The rule matches, but none of its sellers is available.
    NoCandidate {
        /// The rule.
        rule: AssignmentRuleId,
    },
}

impl Assignment {
    /// The word used in the record's history.
    pub const fn as_str(self) -> &'static str {
        match self {
            Assignment::NoRule => "NO_RULE",
            Assignment::Assigned { .. } => "ROUND_ROBIN",
            Assignment::AlreadyOwned { .. } => "ALREADY_OWNED",
            Assignment::NoCandidate { .. } => "NO_CANDIDATE",
        }
    }

    /// The rule that decided, or `None` if no rule matches.
    pub const fn rule(self) -> Option<AssignmentRuleId> {
        match self {
            Assignment::NoRule => None,
            Assignment::Assigned { rule, .. }
            | Assignment::AlreadyOwned { rule, .. }
            | Assignment::NoCandidate { rule } => Some(rule),
        }
    }
}

/// What becomes of the owner of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// The rules did not apply.
    NotAsked,
    /// Another segment took the record, and its rules are not set to run again.
    RulesNotRun,
    /// The rules ran.
    Decided(Assignment),
}

impl Ownership {
    /// Returns the seller who gets the record now, or `None` if the owner stays the same.
    pub fn new_owner(self) -> Option<SellerId> {
        match self {
            Ownership::Decided(Assignment::Assigned { seller, .. }) => Some(seller),
            _ => None,
        }
    }
}

/// Runs the rules for one record. `rules` are the enabled rules in priority order; `matches` says
/// for each whether it matches the record. `owner` is the owner to keep, or `None` if the rules
/// should choose one. Keeping an owner whom the rule lists counts as that seller's turn.
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
        // Other owners have no place in the rule's order.
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
        let profile = Profile {
            display_name: "In turn".to_owned(),
            condition: String::new(),
            listed: listed.iter().copied().map(seller).collect(),
            disabled: false,
        };

        AssignmentRule {
            organization: OrganizationId(Uuid::nil()),
            id: AssignmentRuleId(Uuid::from_u128(id)),
            segment: SegmentId(Uuid::nil()),
            assignment_rule_id: ChosenId::known("in-turn"),
            profile,
            priority: 1,
            version: 1,
            create_time: DateTime::UNIX_EPOCH,
            update_time: DateTime::UNIX_EPOCH,
        }
    }

    /// Assigns this many unowned records one by one, and returns who got them.
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
    fn sellers_take_turns_in_the_listed_order() {
        let rule = rule(1, &[3, 1, 2]);
        let mut turns = BTreeMap::new();
        assert_eq!(in_turn(&rule, 7, &[1, 2, 3], &mut turns), [3, 1, 2, 3, 1, 2, 3]);
        let taken: BTreeMap<_, _> = turns[&rule.id].taken().collect();
        assert_eq!(taken, BTreeMap::from([(seller(3), 7), (seller(1), 5), (seller(2), 6)]));
    }

    #[test]
    fn turns_continue_where_the_last_batch_stopped() {
        let rule = rule(1, &[1, 2, 3]);
        let mut turns = BTreeMap::from([(rule.id, Turns::new([(seller(1), 9), (seller(2), 7)]))]);
        assert_eq!(in_turn(&rule, 4, &[1, 2, 3], &mut turns), [3, 2, 1, 3]);
    }

    #[test]
    fn an_unavailable_seller_is_passed_over_and_comes_first_afterwards() {
        let rule = rule(1, &[1, 2, 3]);
        let mut turns = BTreeMap::new();
        assert_eq!(in_turn(&rule, 4, &[2, 3], &mut turns), [2, 3, 2, 3]);
        assert_eq!(in_turn(&rule, 2, &[1, 2, 3], &mut turns), [1, 2]);
    }

    #[test]
    fn keeping_a_listed_owner_counts_as_a_turn() {
        let rule = rule(1, &[1, 2]);
        let available = BTreeSet::from([seller(1), seller(2)]);
        let mut turns = BTreeMap::new();
        let owned = |turns: &mut _, owner| {
            assign(std::slice::from_ref(&rule), &[true], Some(seller(owner)), &available, turns)
        };
        let expected = Assignment::AlreadyOwned { rule: rule.id, seller: seller(1) };
        assert_eq!(owned(&mut turns, 1), expected);
        assert_eq!(in_turn(&rule, 1, &[1, 2], &mut turns), [2]);
        // Seller 9 isn't listed, so nobody's turn is used up.
        assert!(matches!(owned(&mut turns, 9), Assignment::AlreadyOwned { .. }));
        assert_eq!(in_turn(&rule, 1, &[1, 2], &mut turns), [1]);
    }

    #[test]
    fn the_first_rule_that_matches_decides_even_if_nobody_is_available() {
        let rules = [rule(1, &[1]), rule(2, &[2]), rule(3, &[3])];
        let available = BTreeSet::from([seller(1), seller(3)]);
        let mut turns = BTreeMap::new();
        let mut run = |matches: [bool; 3]| assign(&rules, &matches, None, &available, &mut turns);
        assert_eq!(run([false, true, true]), Assignment::NoCandidate { rule: rules[1].id });
        assert_eq!(run([false, false, true]), Assignment::Assigned { rule: rules[2].id, seller: seller(3) });
        assert_eq!(run([false, false, false]), Assignment::NoRule);
    }
}
