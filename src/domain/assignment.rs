//! Assignment: which rule decides the owner of a record that entered a segment, and whose turn it
//! is.

mod team_round;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::condition::{Condition, Subject};
use super::id::{AssignmentRuleId, ChosenId, OrganizationId, SegmentId, SellerId};
use super::settings::Limits;
use super::violation::Violations;

mod shortage;
#[cfg(test)]
mod tests;

pub use shortage::{NoCandidateReason, Shortage};
pub use team_round::TeamRound;

/// A rule that decides who owns the records it matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentRule {
    /// The organization that it belongs to.
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
    /// Who may get the record.
    pub candidates: Candidates,
    /// Which of them gets it.
    pub distribution: Distribution,
    /// True if sellers who own their maximum are passed over.
    pub respect_capacity: bool,
    /// Sellers who don't work within so many hours are passed over. `None`: nobody is.
    pub available_within_hours: Option<i32>,
    /// True if the rule is ignored.
    pub disabled: bool,
}

/// Who may get the records of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Candidates {
    /// Every seller of the organization.
    AnySeller,
    /// These, in the order of their first turns. Without duplicates.
    Listed(Vec<SellerId>),
    /// The members of the team with this chosen id.
    Team(ChosenId),
    /// The sellers who match this condition over sellers, which may refer to the record.
    Matching(String),
}

impl Candidates {
    /// Why a rule with these candidates finds nobody if there are none.
    const fn nobody(&self) -> NoCandidateReason {
        match self {
            Candidates::Matching(_) => NoCandidateReason::NobodyMatches,
            Candidates::AnySeller | Candidates::Listed(_) | Candidates::Team(_) => {
                NoCandidateReason::NobodyListed
            }
        }
    }
}

/// Which of the candidates gets a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distribution {
    /// The one who has waited longest for a record from the rule.
    RoundRobin,
    /// The one with the most free capacity, in turn if several have as much.
    LoadBalancing,
}

impl Distribution {
    /// The word in the database, and in the record's history.
    pub const fn as_str(self) -> &'static str {
        match self {
            Distribution::RoundRobin => "ROUND_ROBIN",
            Distribution::LoadBalancing => "LOAD_BALANCING",
        }
    }
}

impl Profile {
    /// True if it matters how many records the candidates own.
    pub fn weighs(&self) -> bool {
        self.respect_capacity || self.distribution == Distribution::LoadBalancing
    }
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

/// The sellers whom a rule may choose, in the order of their first turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lineup {
    /// All of them, in the order in which they were created.
    Everybody,
    /// These.
    Sellers(Vec<SellerId>),
    /// Those who match the rule's condition over sellers for the record: [`Ruling::matching`].
    Matching,
}

/// What a decision needs to know of a seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// True if rules can give the seller records.
    pub takes_records: bool,
    /// The most active records that the seller may own. `None`: no maximum.
    pub maximum: Option<i32>,
    /// The active records that the seller owns. 0 if no rule asks.
    pub owned: i64,
    /// The next instant at which the seller works. Now, if no rule asks.
    pub works_at: DateTime<Utc>,
}

impl Capacity {
    /// How many more records fit. Negative if the seller owns too many.
    fn free(&self) -> i64 {
        self.maximum.map_or(i64::MAX, |most| i64::from(most) - self.owned)
    }
}

/// The sellers whom rules may choose. Grows heavier as records are given out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff(BTreeMap<SellerId, Capacity>);

impl Staff {
    /// Creates the staff.
    pub fn new(sellers: impl IntoIterator<Item = (SellerId, Capacity)>) -> Self {
        Self(sellers.into_iter().collect())
    }

    /// Counts a record that a seller gets, or loses.
    pub fn weigh(&mut self, seller: SellerId, records: i64) {
        if let Some(capacity) = self.0.get_mut(&seller) {
            capacity.owned += records;
        }
    }

    /// Returns the sellers of a lineup whom the rule doesn't pass over, in order.
    ///
    /// # Errors
    /// Nobody is left.
    pub fn candidates(
        &self,
        profile: &Profile,
        lineup: &Lineup,
        now: DateTime<Utc>,
    ) -> Result<Vec<(SellerId, Capacity)>, Shortage> {
        let known = |seller: &SellerId| Some((*seller, *self.0.get(seller)?));
        let mut left: Vec<_> = match lineup {
            // Without a record, anybody may match.
            Lineup::Everybody | Lineup::Matching => {
                self.0.iter().map(|(seller, capacity)| (*seller, *capacity)).collect()
            }
            Lineup::Sellers(sellers) => sellers.iter().filter_map(known).collect(),
        };
        if left.is_empty() {
            return Err(Shortage::of(profile.candidates.nobody()));
        }
        left.retain(|(_, capacity)| capacity.takes_records);
        if left.is_empty() {
            return Err(Shortage::of(NoCandidateReason::NobodyTakesRecords));
        }

        let fits = |capacity: &Capacity| !profile.respect_capacity || capacity.free() > 0;
        if let Some(hours) = profile.available_within_hours {
            let ahead = TimeDelta::hours(i64::from(hours));
            let next = left.iter().filter(|(_, one)| fits(one)).map(|(_, one)| one.works_at - ahead).min();
            left.retain(|(_, capacity)| capacity.works_at - ahead <= now);
            // Whoever comes first of those with room ends the shortage.
            let retry_time = next.filter(|next| *next > now);
            if left.is_empty() {
                return Err(Shortage { reason: NoCandidateReason::AllUnavailable, retry_time });
            }
            left.retain(|(_, capacity)| fits(capacity));
            return match left.is_empty() {
                true => Err(Shortage { reason: NoCandidateReason::AllAtCapacity, retry_time }),
                false => Ok(left),
            };
        }
        left.retain(|(_, capacity)| fits(capacity));
        if left.is_empty() { Err(Shortage::of(NoCandidateReason::AllAtCapacity)) } else { Ok(left) }
    }

    fn contains(&self, lineup: &Lineup, seller: SellerId) -> bool {
        match lineup {
            Lineup::Everybody | Lineup::Matching => self.0.contains_key(&seller),
            Lineup::Sellers(sellers) => sellers.contains(&seller),
        }
    }
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

    /// Returns the candidate who gets the next record. Of equal ones, it is the one who has waited
    /// longest: first those who never had a turn, in the order of the lineup.
    fn next(&self, candidates: &[(SellerId, Capacity)], distribution: Distribution) -> Option<SellerId> {
        let load = |capacity: &Capacity| match distribution {
            Distribution::RoundRobin => Reverse(0),
            Distribution::LoadBalancing => Reverse(capacity.free()),
        };
        // Turns are numbered from 1. Of equal candidates, `min_by_key` returns the first.
        let place = |(seller, capacity): &&(SellerId, Capacity)| {
            (load(capacity), self.last.get(seller).copied().unwrap_or(0))
        };
        candidates.iter().min_by_key(place).map(|(seller, _)| *seller)
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
    /// The rule gives the record to the seller whom its distribution chose.
    Assigned {
        /// The rule.
        rule: AssignmentRuleId,
        /// The new owner.
        seller: SellerId,
        /// How the owner was chosen.
        by: Distribution,
    },
    /// The record has an owner and keeps it.
    AlreadyOwned {
        /// The first rule that matches.
        rule: AssignmentRuleId,
        /// The owner.
        seller: SellerId,
    },
    /// The rule matches, but finds nobody.
    NoCandidate {
        /// The rule.
        rule: AssignmentRuleId,
        /// Why.
        shortage: Shortage,
    },
}

impl Assignment {
    /// The word used in the record's history.
    pub const fn as_str(self) -> &'static str {
        match self {
            Assignment::NoRule => "NO_RULE",
            Assignment::Assigned { by, .. } => by.as_str(),
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
            | Assignment::NoCandidate { rule, .. } => Some(rule),
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

    /// Returns why a rule that matches finds nobody. `None` if it finds somebody, or none matches.
    pub fn shortage(self) -> Option<Shortage> {
        match self {
            Ownership::Decided(Assignment::NoCandidate { shortage, .. }) => Some(shortage),
            _ => None,
        }
    }
}

/// The enabled rules of a segment in priority order, for one record.
#[derive(Clone, Copy, Debug)]
pub struct Ruling<'a> {
    /// The rules.
    pub rules: &'a [AssignmentRule],
    /// The lineup of each.
    pub lineups: &'a [Lineup],
    /// For each, true if it matches the record.
    pub matches: &'a [bool],
    /// The lineup of the first rule that matches, if that one is [`Lineup::Matching`].
    pub matching: Option<&'a Lineup>,
    /// What the turns of all rules are kept under. `None`: each rule has its own.
    pub shared_turns: Option<AssignmentRuleId>,
    /// True if members who have waited longer come first.
    pub older_first: bool,
    /// The present.
    pub now: DateTime<Utc>,
}

/// Runs the rules for one record. `owner` is the owner to keep, or `None` if the rules should
/// choose one. Keeping an owner whom the rule may choose counts as that seller's turn.
pub fn assign(
    ruling: Ruling<'_>,
    owner: Option<SellerId>,
    staff: &mut Staff,
    turns: &mut BTreeMap<AssignmentRuleId, Turns>,
) -> Assignment {
    let pooled = ruling.rules.iter().zip(ruling.lineups).zip(ruling.matches);
    let Some(((rule, lineup), _)) = pooled.into_iter().find(|(_, matches)| **matches) else {
        return Assignment::NoRule;
    };
    let lineup = match lineup {
        Lineup::Matching => ruling.matching.unwrap_or(lineup),
        Lineup::Everybody | Lineup::Sellers(_) => lineup,
    };

    let turns = turns.entry(ruling.shared_turns.unwrap_or(rule.id)).or_default();
    if let Some(seller) = owner {
        // Other owners have no place in the rule's order.
        if staff.contains(lineup, seller) {
            turns.take(seller);
        }
        return Assignment::AlreadyOwned { rule: rule.id, seller };
    }

    let by = rule.profile.distribution;
    let shortage = match staff.candidates(&rule.profile, lineup, ruling.now) {
        _ if ruling.older_first => Shortage::of(NoCandidateReason::OlderFirst),
        Err(shortage) => shortage,
        Ok(candidates) => match turns.next(&candidates, by) {
            None => Shortage::of(NoCandidateReason::NobodyListed),
            Some(seller) => {
                turns.take(seller);
                staff.weigh(seller, 1);
                return Assignment::Assigned { rule: rule.id, seller, by };
            }
        },
    };
    Assignment::NoCandidate { rule: rule.id, shortage }
}
