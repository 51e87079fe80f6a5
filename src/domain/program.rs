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
    use proptest::prelude::*;

    use super::*;
    use crate::domain::definition::Delay;

    fn kind() -> impl Strategy<Value = StepKind> {
        let known = [
            StepKind::Email { template: None },
            StepKind::PhoneCall { script: String::new() },
            StepKind::Task,
            StepKind::Wait(Wait::Delay(Delay::default())),
        ];
        // A new kind belongs above, with steps inside if it has any.
        known.iter().for_each(|kind| match kind {
            StepKind::Email { .. }
            | StepKind::PhoneCall { .. }
            | StepKind::Task
            | StepKind::Wait(Wait::Delay(_)) => {}
        });
        prop::sample::select(known.to_vec())
    }

    proptest! {
        /// What lists filter by `step_id` with takes the step from the kept definition by the number of its node (`store/activity_rows.rs`):
        /// whoever makes programs branch has to give it another way there.
        #[test]
        fn the_number_of_a_node_is_the_index_of_its_step_in_the_kept_definition(
            kinds in prop::collection::vec(kind(), 0..=200),
        ) {
            let steps = kinds.into_iter().enumerate().map(|(index, kind)| step(&format!("step-{index}"), kind));
            let definition = Definition { steps: steps.collect() };
            let kept = serde_json::to_value(&definition).expect("plain data");
            let program = Program::compile(&definition);
            prop_assert_eq!(Some(program.step_count()), kept.as_array().map(Vec::len));
            for (number, node) in program.nodes().iter().enumerate() {
                prop_assert_eq!(kept[number]["step_id"].as_str(), Some(node.step.step_id.as_str()));
            }
        }
    }

    fn step(step_id: &str, kind: StepKind) -> Step {
        Step { step_id: step_id.to_owned(), display_name: String::new(), description: String::new(), kind }
    }

    #[test]
    fn each_node_leads_to_the_next_and_the_last_to_the_end() {
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
