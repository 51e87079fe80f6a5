//! The definition of a sequence: its steps as people design, edit and save them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::assignee::Assignee;
use super::id::TemplateId;
use super::step::{AssignOwner, AssignTo, Delay, Split, StepKind};

/// The steps of a sequence, in order. Branches and splits contain paths, which are lists of steps
/// again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Definition {
    /// The steps, in the order in which records go through them.
    pub steps: Vec<Step>,
}

/// One step of a definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its id: unique in the definition, and the same in all revisions.
    pub step_id: String,
    /// The name that sellers see. Empty: the default name of its kind.
    #[serde(default)]
    pub display_name: String,
    /// The description that sellers see. Can be empty.
    #[serde(default)]
    pub description: String,
    /// How long its activity waits for somebody to touch it, before upnext skips it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_skip_after: Option<Delay>,
    /// Who does its activities. `None`: whoever does those of the sequence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assign_to: Option<Assignee>,
    /// The kind of the step, with the kind's own fields.
    pub kind: StepKind,
    /// Its paths, in the order of the kind's path fields. Empty if the kind has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<Vec<Step>>,
}

/// A step, and where it stands in its definition.
#[derive(Clone, Debug)]
pub struct Placed<'a> {
    /// The step.
    pub step: &'a Step,
    /// Its path from the definition, like `steps[1].branch.yes_steps[0]`.
    pub field: String,
    /// The number of branches and splits around it.
    pub nesting: usize,
}

impl Definition {
    /// Returns all its steps, each before the steps inside it. The nodes of a revision are numbered
    /// in this order.
    pub fn all(&self) -> Vec<Placed<'_>> {
        let mut all = Vec::new();
        place(&self.steps, "steps", 0, &mut all);
        all
    }

    /// Returns the ids of all its steps, in the order of [`Definition::all`].
    pub fn step_ids(&self) -> Vec<&str> {
        self.all().into_iter().map(|placed| placed.step.step_id.as_str()).collect()
    }

    /// Returns the split with this step id. `None` if there is none.
    pub fn split(&self, step_id: &str) -> Option<Split> {
        self.all().into_iter().find_map(|placed| match &placed.step.kind {
            StepKind::Split(split) if placed.step.step_id == step_id => Some(split.clone()),
            _ => None,
        })
    }

    /// Returns its splits that have a goal, each with the id of its step.
    pub fn measured_splits(&self) -> Vec<(&str, &Split)> {
        let all = self.all().into_iter().map(|placed| placed.step);
        let splits = all.filter_map(|step| match &step.kind {
            StepKind::Split(split) if split.goal.is_some() => Some((step.step_id.as_str(), split)),
            _ => None,
        });
        splits.collect()
    }

    /// Returns when upnext decides its splits, each with the id of its step.
    pub fn split_decisions(&self) -> BTreeSet<(DateTime<Utc>, &str)> {
        let splits = self.measured_splits().into_iter();
        splits.filter_map(|(step_id, split)| Some((split.decision()?.0, step_id))).collect()
    }

    /// Returns the texts of all conditions over the record. A step that writes or reads an
    /// attribute in another way counts as the condition that the record has it.
    pub fn conditions(&self) -> Vec<String> {
        let assigned = |placed: &Placed<'_>| match &placed.step.assign_to {
            Some(Assignee::Attribute(name)) => Some(having(name)),
            _ => None,
        };
        let of = |placed: &Placed<'_>| match &placed.step.kind {
            StepKind::Branch(branch) => branch.condition.text(),
            StepKind::Wait(wait) => wait.attribute().map(having),
            StepKind::UpdateAttribute(update) => Some(having(&update.attribute)),
            StepKind::AssignOwner(AssignOwner { to: AssignTo::Attribute(name) }) => Some(having(name)),
            _ => None,
        };
        self.all().iter().flat_map(|placed| of(placed).into_iter().chain(assigned(placed))).collect()
    }

    /// Returns the chosen ids of the teams whose members its steps give records to in turn.
    pub fn rounds(&self) -> impl Iterator<Item = &str> {
        self.all().into_iter().filter_map(|placed| match &placed.step.kind {
            StepKind::AssignOwner(AssignOwner { to: AssignTo::Team(team) }) => Some(team.as_str()),
            _ => None,
        })
    }

    /// Returns the keys of all templates that its steps use.
    pub fn templates(&self) -> BTreeSet<TemplateId> {
        self.all().into_iter().filter_map(|placed| placed.step.kind.template()).copied().collect()
    }
}

fn having(attribute: &str) -> String {
    format!("has(record.{attribute})")
}

fn place<'a>(steps: &'a [Step], field: &str, nesting: usize, all: &mut Vec<Placed<'a>>) {
    for (index, step) in steps.iter().enumerate() {
        let field = format!("{field}[{index}]");
        // Before the steps inside it: nodes are numbered in this order.
        all.push(Placed { step, field: field.clone(), nesting });
        for (path, inside) in step.kind.path_fields().into_iter().zip(&step.paths) {
            place(inside, &format!("{field}.{path}"), nesting + 1, all);
        }
    }
}

impl Step {
    /// Returns the name that sellers see.
    pub fn shown_name(&self) -> &str {
        if self.display_name.is_empty() { self.kind.shown_name() } else { &self.display_name }
    }

    /// Returns a step without names, of a kind without paths.
    #[cfg(test)]
    pub fn of(step_id: &str, kind: StepKind) -> Self {
        let (display_name, description) = (String::new(), String::new());
        let (assign_to, paths) = (None, Vec::new());
        let step_id = step_id.to_owned();
        Self { step_id, display_name, description, auto_skip_after: None, assign_to, kind, paths }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::step::{Branch, Task};

    #[test]
    fn a_kept_definition_reads_back_as_it_was() {
        let kinds = StepKind::each().into_iter();
        let mut definition = Definition { steps: kinds.map(|kind| Step::of(kind.field(), kind)).collect() };
        let inside = Step::of("inside", StepKind::Task(Task {}));
        let branch = StepKind::Branch(Branch::default());
        definition.steps.push(Step { paths: vec![vec![inside], vec![]], ..Step::of("fork", branch) });

        let kept = serde_json::to_string(&definition).expect("serializes");
        assert_eq!(serde_json::from_str::<Definition>(&kept).expect("reads back"), definition);
    }

    #[test]
    fn a_step_comes_before_the_steps_inside_it() {
        let task = |id| Step::of(id, StepKind::Task(Task {}));
        let branch = Step::of("b", StepKind::Branch(Branch::default()));
        let inner = Step { paths: vec![vec![task("d")], vec![]], step_id: "c".to_owned(), ..branch.clone() };
        let outer = Step { paths: vec![vec![inner], vec![task("e")]], ..branch };
        let definition = Definition { steps: vec![task("a"), outer, task("f")] };

        let all = definition.all();
        let told: Vec<_> = all.iter().map(|one| (one.step.step_id.as_str(), one.field.as_str())).collect();
        let expected = [
            ("a", "steps[0]"),
            ("b", "steps[1]"),
            ("c", "steps[1].branch.yes_steps[0]"),
            ("d", "steps[1].branch.yes_steps[0].branch.yes_steps[0]"),
            ("e", "steps[1].branch.no_steps[0]"),
            ("f", "steps[2]"),
        ];
        assert_eq!(told, expected);
        assert_eq!(all.iter().map(|one| one.nesting).collect::<Vec<_>>(), [0, 0, 1, 2, 1, 0]);
    }
}
