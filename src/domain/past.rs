//! What happened at earlier steps of an enrollment, as far as later decisions look at it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::activity::{ClosedState, Closing};
use super::engagement::EngagementKind;
use super::program::NodeId;

/// How the earlier steps of an enrollment ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    steps: BTreeMap<NodeId, Ended>,
    /// When the person first did something with the email of a step.
    engagement: BTreeMap<NodeId, Vec<(EngagementKind, DateTime<Utc>)>>,
    /// The steps that ended in earlier revisions, with the nodes that they have in the present one.
    moved: BTreeMap<(i32, NodeId), NodeId>,
}

/// How the activities of a step ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The state in which the last one ended: completed or skipped.
    pub state: ClosedState,
    /// The outcome of the last one, or why it was skipped.
    pub outcome: String,
    /// How many were completed. More than one only if the step calls again, or began again in
    /// another revision.
    pub completed: i32,
}

impl Past {
    /// Adds how a step ended. Add what ended first, first.
    pub fn end(&mut self, node: NodeId, ended: Ended) {
        let before = self.steps.get(&node).map_or(0, |before| before.completed);
        self.steps.insert(node, Ended { completed: before + ended.completed, ..ended });
    }

    /// Adds that a step of an earlier revision has this node in the present one.
    pub fn follow(&mut self, revision: i32, from: NodeId, to: NodeId) {
        self.moved.insert((revision, from), to);
    }

    /// Returns the node that a step of an earlier revision has in the present one. `None` if it is
    /// gone there, or nothing ended at it.
    pub fn moved(&self, revision: i32, from: NodeId) -> Option<NodeId> {
        self.moved.get(&(revision, from)).copied()
    }

    /// Returns how a step ended. `None` if nothing was completed or skipped there.
    pub fn step(&self, node: NodeId) -> Option<&Ended> {
        self.steps.get(&node)
    }

    /// Adds what the person did with the email of a step.
    pub fn hear(&mut self, node: NodeId, kind: EngagementKind, at: DateTime<Utc>) {
        let heard = self.engagement.entry(node).or_default();
        match heard.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, first)) => *first = at.min(*first),
            None => heard.push((kind, at)),
        }
    }

    /// Returns when the person had done any of these with the email of a step, or all of them.
    /// `None`: not yet.
    pub fn engaged(&self, node: NodeId, actions: &[EngagementKind], all: bool) -> Option<DateTime<Utc>> {
        let heard = self.engagement.get(&node)?;
        let first = |kind: &EngagementKind| heard.iter().find(|(known, _)| known == kind).map(|(_, at)| *at);
        match all {
            true => actions.iter().map(first).collect::<Option<Vec<_>>>()?.into_iter().max(),
            false => actions.iter().filter_map(first).min(),
        }
    }

    /// Adds that an activity of a step ended.
    pub fn note(&mut self, node: NodeId, closing: &Closing) {
        // What was canceled was taken back, or its enrollment has ended.
        if closing.state == ClosedState::Canceled {
            return;
        }
        let completed = i32::from(closing.state == ClosedState::Completed);
        self.end(node, Ended { state: closing.state, outcome: closing.outcome.clone(), completed });
    }
}
