//! The definition of a sequence: its steps as people design, edit and save them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::id::TemplateId;
use super::step::StepKind;

/// The steps of a sequence, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Definition {
    /// The steps, in the order in which records go through them.
    pub steps: Vec<Step>,
}

impl Definition {
    /// Returns the ids of its steps, each before the steps inside it. The nodes of a revision are
    /// numbered in this order.
    pub fn step_ids(&self) -> Vec<&str> {
        self.steps.iter().map(|step| step.step_id.as_str()).collect()
    }

    /// Returns the texts of all conditions over the record. A step that reads an attribute in
    /// another way counts as the condition that the record has it.
    pub fn conditions(&self) -> Vec<String> {
        let of = |step: &Step| match &step.kind {
            StepKind::Wait(wait) => wait.attribute().map(having),
            _ => None,
        };
        self.steps.iter().filter_map(of).collect()
    }

    /// Returns the keys of all templates that its steps use.
    pub fn templates(&self) -> BTreeSet<TemplateId> {
        self.steps.iter().filter_map(|step| step.kind.template()).copied().collect()
    }
}

fn having(attribute: &str) -> String {
    format!("has(record.{attribute})")
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
    /// The kind of the step, with the kind's own fields.
    pub kind: StepKind,
}

impl Step {
    /// Returns the name that sellers see.
    pub fn shown_name(&self) -> &str {
        if self.display_name.is_empty() { self.kind.shown_name() } else { &self.display_name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_definition_reads_back_as_it_was() {
        let step = |step_id: &str, kind| Step {
            step_id: step_id.to_owned(),
            display_name: String::new(),
            description: String::new(),
            kind,
        };
        let kinds = StepKind::each().into_iter();
        let definition = Definition { steps: kinds.map(|kind| step(kind.field(), kind)).collect() };
        let kept = serde_json::to_string(&definition).expect("serializes");
        assert_eq!(serde_json::from_str::<Definition>(&kept).expect("reads back"), definition);
    }
}
