//! What happened at earlier steps of an enrollment, as far as later decisions look at it.

use std::collections::BTreeMap;

use super::activity::{ClosedState, Closing};
use super::program::NodeId;

/// How the earlier steps of an enrollment ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past(BTreeMap<NodeId, Ended>);

/// How the activities of a step ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The state in which the last one ended: completed or skipped.
    pub state: ClosedState,
    /// The outcome of the last one, or why it was skipped.
    pub outcome: String,
    /// How many were completed. More than one only if the step calls again.
    pub completed: i32,
}

impl Past {
    /// Returns the past that is stored, by node.
    pub fn of(steps: BTreeMap<NodeId, Ended>) -> Self {
        Self(steps)
    }

    /// Returns how a step ended. `None` if nothing was completed or skipped there.
    pub fn step(&self, node: NodeId) -> Option<&Ended> {
        self.0.get(&node)
    }

    /// Adds that an activity of a step ended.
    pub fn note(&mut self, node: NodeId, closing: &Closing) {
        // What was canceled was taken back, or its enrollment has ended.
        if closing.state == ClosedState::Canceled {
            return;
        }
        let before = self.0.get(&node).map_or(0, |ended| ended.completed);
        let completed = before + i32::from(closing.state == ClosedState::Completed);
        self.0.insert(node, Ended { state: closing.state, outcome: closing.outcome.clone(), completed });
    }
}
