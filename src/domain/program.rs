//! A revision compiled to nodes with explicit successors: what the engine walks.

use serde::{Deserialize, Serialize};

use super::definition::{Definition, Step};

/// Names a node of a program. It is kept with what happens there, and nobody counts with it: a node
/// says itself where the flow goes on, and how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub i32);

/// A revision, flat. Compiled when it is loaded; never kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    nodes: Vec<Node>,
}

/// One step with where the flow goes on after it, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The step.
    pub step: Step,
    /// Where the flow goes on.
    pub next: Next,
    /// Steps on the longest path to it, waits included.
    pub steps_before: i32,
    /// Steps on the longest path through it, itself and waits included.
    pub steps_total: i32,
}

/// Where the flow goes on after a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nowhere: the enrollment went through.
    End,
    /// At this node.
    To(NodeId),
}

impl Program {
    /// Compiles a definition. The nodes stand in the order of [`Definition::step_ids`].
    pub fn compile(definition: &Definition) -> Self {
        let count = i32::try_from(definition.steps.len()).unwrap_or(i32::MAX);
        let node = |(number, step): (i32, &Step)| Node {
            step: step.clone(),
            next: if number + 1 < count { Next::To(NodeId(number + 1)) } else { Next::End },
            steps_before: number,
            steps_total: count,
        };
        Self { nodes: (0..).zip(&definition.steps).map(node).collect() }
    }

    /// Where the flow begins: at once at the end in an empty program.
    pub fn first(&self) -> Next {
        if self.nodes.is_empty() { Next::End } else { Next::To(NodeId(0)) }
    }

    /// A node; none if the program has no such one.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(usize::try_from(id.0).ok()?)
    }

    /// Where the flow goes on after a node.
    pub fn after(&self, id: NodeId) -> Next {
        self.node(id).map_or(Next::End, |node| node.next)
    }

    /// All nodes, in the definition's order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The nodes that the flow has yet to reach from this one, in order.
    pub fn ahead(&self, id: NodeId) -> impl Iterator<Item = &Node> {
        let after = |here: &&Node| match here.next {
            Next::End => None,
            Next::To(id) => self.node(id),
        };
        std::iter::successors(self.node(id), after).skip(1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::step::{StepKind, Task, Wait};

    proptest! {
        /// A node is looked up among the ids that are frozen with its revision.
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
