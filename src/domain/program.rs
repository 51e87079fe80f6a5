//! A revision compiled to a program: nodes with explicit successors, through which records go.

use serde::{Deserialize, Serialize};

use super::definition::{Definition, Step};

/// The id of a node in a program. It is stored with what happens there. Don't calculate with it:
/// the node has its own fields for the successor and the progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub i32);

/// A revision as a flat list of nodes. It is compiled on loading, and never stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    nodes: Vec<Node>,
}

/// One step with its successor and its progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The step.
    pub step: Step,
    /// The place where an enrollment goes on after it.
    pub next: Next,
    /// The number of steps on the longest path to it, including waits.
    pub steps_before: i32,
    /// The number of steps on the longest path through it, including itself and waits.
    pub steps_total: i32,
}

/// The place where an enrollment goes on after a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nowhere: the enrollment is completed.
    End,
    /// At this node.
    To(NodeId),
}

impl Program {
    /// Compiles a definition. The nodes have the order of [`Definition::step_ids`].
    pub fn compile(definition: &Definition) -> Self {
        // Never more than `i32::MAX`, because the limit of steps is an `i32`, too.
        let count = i32::try_from(definition.steps.len()).unwrap_or(i32::MAX);
        // A definition is a plain list, so each node leads to the next one.
        let node = |(number, step): (i32, &Step)| Node {
            step: step.clone(),
            next: if number + 1 < count { Next::To(NodeId(number + 1)) } else { Next::End },
            steps_before: number,
            steps_total: count,
        };
        Self { nodes: (0..).zip(&definition.steps).map(node).collect() }
    }

    /// Returns where an enrollment begins. In an empty program, that is the end.
    pub fn first(&self) -> Next {
        if self.nodes.is_empty() { Next::End } else { Next::To(NodeId(0)) }
    }

    /// Returns a node. `None` if the program has no node with this id.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        // A negative id names no node.
        self.nodes.get(usize::try_from(id.0).ok()?)
    }

    /// Returns where an enrollment goes on after a node. After an unknown node, that is the end.
    pub fn after(&self, id: NodeId) -> Next {
        self.node(id).map_or(Next::End, |node| node.next)
    }

    /// Returns all nodes, in the order of the definition.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Returns the nodes that are still ahead of this one, in order.
    pub fn ahead(&self, id: NodeId) -> impl Iterator<Item = &Node> {
        let after = |here: &&Node| match here.next {
            Next::End => None,
            Next::To(id) => self.node(id),
        };
        // The first one is the node itself.
        std::iter::successors(self.node(id), after).skip(1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::step::{StepKind, Task, Wait};

    proptest! {
        /// Statements look up a node's step id in the `step_ids` that are saved with its revision.
        #[test]
        fn the_nodes_of_a_program_stand_in_the_order_of_the_step_ids(
            kinds in prop::collection::vec(prop::sample::select(StepKind::each()), 0..=200),
        ) {
            let steps = kinds.into_iter().enumerate().map(|(index, kind)| step(&format!("step-{index}"), kind));
            let definition = Definition { steps: steps.collect() };
            let program = Program::compile(&definition);
            let of_nodes: Vec<&str> = program.nodes().iter().map(|node| node.step.step_id.as_str()).collect();
            prop_assert_eq!(of_nodes, definition.step_ids());
        }
    }

    fn step(step_id: &str, kind: StepKind) -> Step {
        Step { step_id: step_id.to_owned(), display_name: String::new(), description: String::new(), kind }
    }

    #[test]
    fn each_node_leads_to_the_next_and_the_last_to_the_end() {
        let definition = Definition {
            steps: vec![step("a", StepKind::Task(Task {})), step("b", StepKind::Wait(Wait::default()))],
        };
        let program = Program::compile(&definition);
        let nodes: Vec<_> =
            program.nodes().iter().map(|node| (node.next, node.steps_before, node.steps_total)).collect();
        assert_eq!(nodes, [(Next::To(NodeId(1)), 0, 2), (Next::End, 1, 2)]);
        assert_eq!(program.first(), Next::To(NodeId(0)));
        assert_eq!(Program::compile(&Definition::default()).first(), Next::End);
        let ahead: Vec<&str> = program.ahead(NodeId(0)).map(|node| node.step.step_id.as_str()).collect();
        assert_eq!(ahead, ["b"]);
    }
}
