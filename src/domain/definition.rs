//! What a sequence says: the tree of steps as it is designed, edited and kept.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::id::TemplateId;
use super::step::StepKind;

/// The steps of a sequence, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Definition {
    /// In the order in which records go through them.
    pub steps: Vec<Step>,
}

impl Definition {
    /// The ids of its steps, each before the steps inside it: a revision's nodes are numbered in
    /// this order.
    pub fn step_ids(&self) -> Vec<&str> {
        self.steps.iter().map(|step| step.step_id.as_str()).collect()
    }

    /// The keys of all templates that its steps name.
    pub fn templates(&self) -> BTreeSet<TemplateId> {
        self.steps.iter().filter_map(|step| step.kind.template()).copied().collect()
    }
}

/// One node of a definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Stable across revisions, unique in the definition.
    pub step_id: String,
    /// Shown to the seller; empty: the kind's own name.
    #[serde(default)]
    pub display_name: String,
    /// Shown to the seller.
    #[serde(default)]
    pub description: String,
    /// What the step is.
    pub kind: StepKind,
}

impl Step {
    /// What the seller sees as the step's name.
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
