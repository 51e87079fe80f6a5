//! What a definition names outside itself, like sellers and other sequences, and whether that
//! exists.

use std::collections::{BTreeMap, BTreeSet};

use super::assignee::Assignee;
use super::definition::{Definition, Placed};
use super::id::{RecordTypeId, TemplateId};
use super::names;
use super::reason::Reason;
use super::step::{AssignTo, StepKind};
use super::violation::Violations;

/// What exists of the things that a definition names.
#[derive(Clone, Debug, Default)]
pub struct References {
    /// The templates of the sequence's record type.
    pub templates: BTreeSet<TemplateId>,
    /// The outcomes that the organization allows for calls.
    pub phone_outcomes: Vec<String>,
    /// The chosen ids of sellers.
    pub sellers: BTreeSet<String>,
    /// The chosen ids of teams.
    pub teams: BTreeSet<String>,
    /// Other sequences that aren't deleted, by their chosen ids.
    pub sequences: BTreeMap<String, Target>,
}

/// A sequence that enrollments may advance to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// True if it is active.
    pub active: bool,
    /// The type of its records.
    pub record_type: RecordTypeId,
    /// The chosen ids of the sequences that its newest revision advances to.
    pub advances_to: BTreeSet<String>,
}

impl Definition {
    /// Returns the chosen ids of all sellers that its steps name.
    pub fn sellers(&self) -> BTreeSet<String> {
        let named = self.all().into_iter().filter_map(|placed| match &placed.step.kind {
            StepKind::AssignOwner(assign) => match &assign.to {
                AssignTo::Seller(seller) => Some(seller.clone()),
                AssignTo::Attribute(_) | AssignTo::Team(_) => None,
            },
            _ => None,
        });
        named.collect()
    }

    /// Returns the chosen ids of all sequences that it advances to.
    pub fn advances_to(&self) -> BTreeSet<String> {
        let named = self.all().into_iter().filter_map(|placed| match &placed.step.kind {
            StepKind::AdvanceToSequence(advance) => Some(advance.sequence.clone()),
            _ => None,
        });
        named.collect()
    }
}

impl References {
    /// Checks that everything that the definition of a sequence names exists. `own` is the chosen
    /// id of that sequence, `record_type` the type of its records.
    pub fn check(&self, definition: &Definition, own: &str, record_type: RecordTypeId) -> Violations {
        let mut found = Violations::new();
        for placed in definition.all() {
            let form = format!("{}.{}", placed.field, placed.step.kind.field());
            found.extend_under(&form, self.check_step(&placed, own, record_type));
            let assignee = placed.step.assign_to.as_ref().map(|assignee| self.check_assignee(assignee));
            let field = format!("{}.assign_to", placed.field);
            found.extend_under(&field, assignee.unwrap_or_default());
        }
        found
    }

    /// Checks that the team that is to do activities exists. The path begins at the assignee.
    pub fn check_assignee(&self, assignee: &Assignee) -> Violations {
        match assignee {
            Assignee::Team(team) => self.check_team(team),
            _ => Violations::new(),
        }
    }

    fn check_team(&self, team: &str) -> Violations {
        if self.teams.contains(team) {
            return Violations::new();
        }
        let rule = format!("there is no {}", names::TEAM.name([team]));
        Violations::one("team", Reason::ReferenceNotFound, rule)
    }

    fn check_step(&self, placed: &Placed<'_>, own: &str, record_type: RecordTypeId) -> Violations {
        match &placed.step.kind {
            StepKind::PhoneCall(call) => {
                let outcomes = call.retry.iter().flat_map(|retry| &retry.reached_outcomes);
                self.check_outcomes("retry.reached_outcomes", outcomes)
            }
            StepKind::Branch(branch) => {
                let field = format!("condition.{}.outcomes", branch.condition.field());
                self.check_outcomes(&field, branch.condition.outcomes())
            }
            StepKind::AssignOwner(assign) => match &assign.to {
                AssignTo::Seller(seller) if !self.sellers.contains(seller) => {
                    let rule = format!("there is no {}", names::SELLER.name([seller]));
                    Violations::one("seller", Reason::ReferenceNotFound, rule)
                }
                AssignTo::Team(team) => self.check_team(team),
                AssignTo::Seller(_) | AssignTo::Attribute(_) => Violations::new(),
            },
            StepKind::AdvanceToSequence(advance) => self.check_advance(&advance.sequence, own, record_type),
            kind => self.check_template(kind.template()),
        }
    }

    fn check_outcomes<'a>(&self, field: &str, outcomes: impl IntoIterator<Item = &'a String>) -> Violations {
        let mut found = Violations::new();
        for (index, outcome) in outcomes.into_iter().enumerate() {
            if !self.phone_outcomes.contains(outcome) {
                let known = self.phone_outcomes.join(", ");
                let rule = format!("must be one of the organization's: {known}; {outcome:?} isn't");
                found.push(format!("{field}[{index}]"), Reason::OutcomeUnknown, rule);
            }
        }
        found
    }

    fn check_template(&self, template: Option<&TemplateId>) -> Violations {
        // A deleted sequence doesn't protect its templates, and can be undeleted later.
        match template {
            Some(template) if !self.templates.contains(template) => {
                let rule = "must be a template for the sequence's record type; this one no longer exists";
                Violations::one("template", Reason::TemplateUnknown, rule)
            }
            _ => Violations::new(),
        }
    }

    fn check_advance(&self, to: &str, own: &str, record_type: RecordTypeId) -> Violations {
        let name = names::SEQUENCE.name([to]);
        let rule = match self.sequences.get(to) {
            _ if to == own => "must be another sequence".to_owned(),
            None => format!("must be an active sequence, there is no {name}"),
            Some(target) if target.record_type != record_type => {
                format!("must be a sequence of the same record type, {name} isn't one")
            }
            Some(target) if !target.active => format!("must be an active sequence, {name} isn't active"),
            Some(_) => match self.way_back(to, own) {
                None => return Violations::new(),
                Some(way) => format!("must not lead back here: {}", way.join(", then ")),
            },
        };

        Violations::one("sequence", Reason::AdvanceTargetInvalid, rule)
    }

    /// Returns the names of the sequences through which enrollments come back to `own` from another
    /// sequence. `None` if they don't.
    fn way_back(&self, from: &str, own: &str) -> Option<Vec<String>> {
        let mut ways = vec![vec![from]];
        let mut seen = BTreeSet::from([from]);

        while let Some(way) = ways.pop() {
            let last = way.last().copied().unwrap_or(from);
            // At most some hundreds of sequences, each visited once.
            for next in self.sequences.get(last).into_iter().flat_map(|target| &target.advances_to) {
                let way = [way.as_slice(), &[next.as_str()]].concat();
                if next == own {
                    return Some(way.into_iter().map(|id| names::SEQUENCE.name([id])).collect());
                }
                if seen.insert(next.as_str()) {
                    ways.push(way);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::definition::Step;
    use crate::domain::step::{AdvanceToSequence, AssignOwner, Branch, BranchCondition};

    const LEADS: RecordTypeId = RecordTypeId(Uuid::from_u128(1));
    const ACCOUNTS: RecordTypeId = RecordTypeId(Uuid::from_u128(2));

    fn target(active: bool, record_type: RecordTypeId, advances_to: &[&str]) -> Target {
        let advances_to = advances_to.iter().map(|id| (*id).to_owned()).collect();
        Target { active, record_type, advances_to }
    }

    fn check(kind: StepKind) -> Vec<String> {
        let sequences = [
            ("fine", target(true, LEADS, &["deeper"])),
            ("deeper", target(true, LEADS, &[])),
            ("back", target(true, LEADS, &["deeper", "further"])),
            ("further", target(true, LEADS, &["own"])),
            ("inactive", target(false, LEADS, &[])),
            ("other", target(true, ACCOUNTS, &[])),
        ];
        let references = References {
            phone_outcomes: vec!["made".to_owned()],
            sellers: BTreeSet::from(["ana".to_owned()]),
            sequences: sequences.map(|(id, target)| (id.to_owned(), target)).into(),
            ..References::default()
        };

        let definition = Definition { steps: vec![Step::of("a", kind)] };
        let found = references.check(&definition, "own", LEADS);
        found
            .iter()
            .map(|one| format!("{} {}: {}", one.field, one.reason.as_str(), one.description))
            .collect()
    }

    fn advance(to: &str) -> Vec<String> {
        check(StepKind::AdvanceToSequence(AdvanceToSequence { sequence: to.to_owned() }))
    }

    #[test]
    fn an_advance_leads_to_an_active_sequence_of_the_same_type_and_never_back() {
        let wrong = "steps[0].advance_to_sequence.sequence ADVANCE_TARGET_INVALID: must";
        assert_eq!(advance("fine"), [""; 0]);
        assert_eq!(advance("own"), [format!("{wrong} be another sequence")]);
        let said = "be an active sequence, there is no sequences/gone";
        assert_eq!(advance("gone"), [format!("{wrong} {said}")]);
        let said = "be an active sequence, sequences/inactive isn't active";
        assert_eq!(advance("inactive"), [format!("{wrong} {said}")]);
        let said = "be a sequence of the same record type, sequences/other isn't one";
        assert_eq!(advance("other"), [format!("{wrong} {said}")]);
        let said = "not lead back here: sequences/back, then sequences/further, then sequences/own";
        assert_eq!(advance("back"), [format!("{wrong} {said}")]);
    }

    #[test]
    fn sellers_and_outcomes_must_exist() {
        let assign = |to: &str| StepKind::AssignOwner(AssignOwner { to: AssignTo::Seller(to.to_owned()) });
        assert_eq!(check(assign("ana")), [""; 0]);
        let said = "steps[0].assign_owner.seller REFERENCE_NOT_FOUND: there is no sellers/bob";
        assert_eq!(check(assign("bob")), [said]);

        let outcomes = vec!["made".to_owned(), "sung".to_owned()];
        let condition = BranchCondition::CallOutcome { step_id: "c".to_owned(), outcomes };
        let said = "steps[0].branch.condition.call_outcome.outcomes[1] OUTCOME_UNKNOWN: must be one of \
                    the organization's: made; \"sung\" isn't";
        assert_eq!(check(StepKind::Branch(Branch { condition })), [said]);
    }
}
