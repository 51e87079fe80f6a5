//! Assumptions as a caller states them, step by step, and whether they fit a program.

use chrono::TimeDelta;

use super::assumptions::{Assumed, AssumedEnding, AssumedEngagement, Assumptions};
use crate::domain::consent::Channel;
use crate::domain::program::{Node, Program};
use crate::domain::reason::Reason;
use crate::domain::settings::{LONGEST_OUTCOME, Settings, check_length};
use crate::domain::step::{BranchCondition, Delay, Work};
use crate::domain::violation::Violations;

/// Everything that a caller states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// What happens at steps, with their ids.
    pub steps: Vec<(String, StatedStep)>,
    /// What the person does.
    pub engagements: Vec<AssumedEngagement>,
}

/// What happens at a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatedStep {
    /// Its activity ends.
    Ends(Assumed),
    /// It takes the first path if true, the second one if false.
    Path(bool),
    /// It takes the variant with this id.
    Variant(String),
}

/// The longest delay that can be assumed.
const LONGEST_DELAY: TimeDelta = TimeDelta::days(365);

impl Stated {
    /// Returns what is assumed in a program.
    ///
    /// # Errors
    /// Everything that doesn't fit the program. Paths begin at the request, like
    /// `steps[0].step_id`.
    pub fn fit(&self, program: &Program, settings: &Settings) -> Result<Assumptions, Violations> {
        let mut found = Violations::new();
        let mut assumptions = Assumptions {
            call_outcome: settings.phone_outcomes.first().cloned().unwrap_or_default(),
            engagements: self.engagements.clone(),
            ..Assumptions::default()
        };

        for (index, (step_id, stated)) in self.steps.iter().enumerate() {
            let wrong = stated.check(step_id, program, settings);
            found.extend_under(&format!("steps[{index}]"), wrong);
            let step_id = step_id.clone();
            match stated.clone() {
                StatedStep::Ends(assumed) => assumptions.steps.entry(step_id).or_default().push(assumed),
                StatedStep::Path(met) => _ = assumptions.paths.insert(step_id, met),
                StatedStep::Variant(variant) => _ = assumptions.variants.insert(step_id, variant),
            }
        }
        for (index, engagement) in self.engagements.iter().enumerate() {
            found.extend_under(&format!("engagements[{index}]"), check_engagement(engagement, program));
        }
        found.into_result(assumptions)
    }

    /// Returns the ids of all steps that are named, each once, in order.
    pub fn step_ids(&self) -> Vec<&str> {
        let steps = self.steps.iter().map(|(step_id, _)| step_id.as_str());
        let engagements = self.engagements.iter().filter_map(|one| one.step_id.as_deref());
        let mut ids: Vec<&str> = Vec::new();
        for id in steps.chain(engagements) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }
}

impl StatedStep {
    /// Checks it against the step. Paths begin at the assumption.
    fn check(&self, step_id: &str, program: &Program, settings: &Settings) -> Violations {
        let Some(node) = node(program, step_id) else { return unknown(step_id) };

        match (self, node.step.kind.work()) {
            (StatedStep::Ends(assumed), Work::Act(kind)) => match &assumed.ending {
                AssumedEnding::Completed(outcome) => {
                    let mut found = check_delay(assumed.delay);
                    found.extend(kind.check_outcome(outcome, settings));
                    found.under("completed")
                }
                AssumedEnding::Skipped(reason) => {
                    let mut found = check_delay(assumed.delay);
                    found.extend(check_length("reason", reason, LONGEST_OUTCOME));
                    found.under("skipped")
                }
                AssumedEnding::Open => Violations::new(),
            },
            (StatedStep::Path(_), Work::Branch(branch)) => match &branch.condition {
                BranchCondition::Record { .. } | BranchCondition::Stage { .. } => Violations::new(),
                _ => unfit("must be a branch with a record or stage condition"),
            },
            (StatedStep::Variant(id), Work::Split(split)) => match split.place(id) {
                Some(_) => Violations::new(),
                None => {
                    let rule = format!("must be a variant of the split, {id:?} isn't one");
                    Violations::one("variant_id", Reason::StepReferenceInvalid, rule)
                }
            },
            (StatedStep::Ends(_), _) => unfit("must be the id of a step that a seller or worker acts on"),
            (StatedStep::Path(_), _) => unfit("must be the id of a branch"),
            (StatedStep::Variant(_), _) => unfit("must be the id of a split"),
        }
    }
}

fn check_engagement(engagement: &AssumedEngagement, program: &Program) -> Violations {
    let mut found = check_delay(engagement.delay);
    let Some(step_id) = &engagement.step_id else { return found };
    match node(program, step_id).map(|node| node.step.kind.work()) {
        None => found.extend(unknown(step_id)),
        Some(Work::Act(kind)) if kind.channel() == Some(Channel::Email) => {}
        Some(_) => found.extend(unfit("must be the id of an email step")),
    }
    found
}

fn check_delay(delay: Delay) -> Violations {
    match delay.total() <= LONGEST_DELAY {
        true => Violations::new(),
        false => {
            let rule = format!("must be at most {} days", LONGEST_DELAY.num_days());
            Violations::one("delay", Reason::FieldInvalid, rule)
        }
    }
}

fn node<'a>(program: &'a Program, step_id: &str) -> Option<&'a Node> {
    program.node(program.find(step_id)?)
}

fn unknown(step_id: &str) -> Violations {
    unfit(&format!("must be the id of a step of the sequence, {step_id:?} isn't"))
}

fn unfit(rule: &str) -> Violations {
    Violations::one("step_id", Reason::StepReferenceInvalid, rule)
}
