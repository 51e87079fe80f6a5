//! A revision compiled to nodes with explicit successors: what the engine walks.

use super::definition::{Definition, Step, StepKind, Wait};

/// A revision, flat. Compiled when it is loaded; never kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    nodes: Vec<Node>,
}

/// One step with where the flow goes on after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The step.
    pub step: Step,
    /// The node after it; none: the end.
    pub successor: Option<usize>,
}

/// What is to be done at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work<'a> {
    /// A seller acts.
    Act(ActivityKind),
    /// Time passes.
    Wait(&'a Wait),
}

/// What a seller is to do. The numbers are kept, as in the proto: never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum ActivityKind {
    /// Send an email.
    Email = 1,
    /// Make a call; completing it needs an outcome.
    PhoneCall = 2,
    /// Anything else.
    Task = 3,
}

impl ActivityKind {
    /// Every kind.
    pub const ALL: [ActivityKind; 3] = [ActivityKind::Email, ActivityKind::PhoneCall, ActivityKind::Task];
}

impl Program {
    /// Compiles a definition.
    pub fn compile(definition: &Definition) -> Self {
        let count = definition.steps.len();
        let node = |(index, step): (usize, &Step)| Node {
            step: step.clone(),
            successor: (index + 1 < count).then_some(index + 1),
        };
        Self { nodes: definition.steps.iter().enumerate().map(node).collect() }
    }

    /// Where the flow begins; none in an empty program.
    pub fn first(&self) -> Option<usize> {
        (!self.nodes.is_empty()).then_some(0)
    }

    /// The node at `index`; none once past the end.
    pub fn node(&self, index: usize) -> Option<&Node> {
        self.nodes.get(index)
    }

    /// All nodes, in the definition's order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// How many steps there are, waits included.
    pub fn step_count(&self) -> usize {
        self.nodes.len()
    }
}

impl Node {
    /// What is to be done here.
    pub fn work(&self) -> Work<'_> {
        match &self.step.kind {
            StepKind::Email { .. } => Work::Act(ActivityKind::Email),
            StepKind::PhoneCall { .. } => Work::Act(ActivityKind::PhoneCall),
            StepKind::Task => Work::Act(ActivityKind::Task),
            StepKind::Wait(wait) => Work::Wait(wait),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::definition::Delay;

    #[test]
    fn each_node_leads_to_the_next_and_the_last_to_the_end() {
        let step = |step_id: &str, kind| Step {
            step_id: step_id.to_owned(),
            display_name: String::new(),
            description: String::new(),
            kind,
        };
        let definition = Definition {
            steps: vec![step("a", StepKind::Task), step("b", StepKind::Wait(Wait::Delay(Delay::default())))],
        };
        let program = Program::compile(&definition);
        let successors: Vec<_> = program.nodes().iter().map(|node| node.successor).collect();
        assert_eq!(successors, [Some(1), None]);
        assert_eq!(program.first(), Some(0));
        assert_eq!(Program::compile(&Definition::default()).first(), None);
    }
}
