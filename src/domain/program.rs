//! A revision compiled to a program: nodes with explicit successors, through which records go.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::assignee::Assignee;
use super::definition::{Definition, Step};
use super::step::{BranchCondition, StepKind, Work};

/// The id of a node in a program. It is stored with what happens there. Don't calculate with it:
/// the node has its own fields for the successor and the progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub i32);

/// A revision as a flat list of nodes. It is compiled on loading, and never stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    nodes: Vec<Node>,
    /// True if a decision looks at how earlier steps ended.
    asks_past: bool,
    /// Who does the activities of steps that don't say it.
    assign_to: Assignee,
}

/// One step with its successors and its progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The step, without the steps inside it.
    pub step: Step,
    /// The place where an enrollment goes on after it, and after its paths.
    pub next: Next,
    /// Where each of its paths begins. An empty path begins at `next`.
    pub paths: Vec<Next>,
    /// The number of branches and splits around it.
    pub nesting: i32,
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
    /// Compiles a definition. The nodes have the order of [`Definition::all`].
    pub fn compile(definition: &Definition) -> Self {
        let mut nodes = Vec::new();
        compile_list(
            &definition.steps,
            Ahead { next: Next::End, nesting: 0, before: 0, after: 0 },
            &mut nodes,
        );
        let asks_past = nodes.iter().any(|node: &Node| node.step.kind.asks_past());
        Self { nodes, asks_past, assign_to: Assignee::default() }
    }

    /// Leaves the activities of steps that don't say who does them to this one.
    #[must_use]
    pub fn assigning(self, assign_to: Assignee) -> Self {
        Self { assign_to, ..self }
    }

    /// Returns who does the activities of a node.
    pub fn assignee(&self, id: NodeId) -> &Assignee {
        let own = self.node(id).and_then(|node| node.step.assign_to.as_ref());
        own.unwrap_or(&self.assign_to)
    }

    /// Returns those who do its activities, and whose queues have to be looked up.
    pub fn looked_up(&self) -> BTreeSet<Assignee> {
        let acts = (0..).map(NodeId).zip(&self.nodes);
        let acts = acts.filter(|(_, node)| matches!(node.step.kind.work(), Work::Act(_)));
        let assignees = acts.map(|(id, _)| self.assignee(id)).filter(|one| one.is_looked_up());
        assignees.cloned().collect()
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

    /// Returns the node of a step. `None` if there is no step with this id.
    pub fn find(&self, step_id: &str) -> Option<NodeId> {
        let mut nodes = (0..).zip(&self.nodes);
        nodes.find(|(_, node)| node.step.step_id == step_id).map(|(id, _)| NodeId(id))
    }

    /// Returns where an enrollment goes on after a node and its paths. After an unknown node, that
    /// is the end.
    pub fn after(&self, id: NodeId) -> Next {
        self.node(id).map_or(Next::End, |node| node.next)
    }

    /// Returns where a path of a node begins. If there is no such path, where it goes on after it.
    pub fn path(&self, id: NodeId, place: usize) -> Next {
        let path = self.node(id).and_then(|node| node.paths.get(place).copied());
        path.unwrap_or_else(|| self.after(id))
    }

    /// Returns all nodes, in the order of the definition.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// True if a decision looks at what persons do with emails.
    pub fn asks_engagement(&self) -> bool {
        let engages = |node: &Node| match &node.step.kind {
            StepKind::Branch(branch) => matches!(branch.condition, BranchCondition::Engagement { .. }),
            _ => false,
        };
        self.nodes.iter().any(engages)
    }

    /// True if a decision looks at how earlier steps ended.
    pub const fn asks_past(&self) -> bool {
        self.asks_past
    }

    /// Returns the nodes that an enrollment at this node will reach whatever is decided, in order.
    /// The steps on paths of branches and splits ahead are not among them.
    pub fn ahead(&self, id: NodeId) -> impl Iterator<Item = &Node> {
        let after = |here: &&Node| match here.next {
            Next::End => None,
            Next::To(id) => self.node(id),
        };
        // The first one is the node itself.
        std::iter::successors(self.node(id), after).skip(1)
    }
}

/// What comes after a list of steps, how deep it is inside, and how long the ways to it and from it
/// are.
#[derive(Clone, Copy)]
struct Ahead {
    next: Next,
    nesting: i32,
    before: i32,
    after: i32,
}

/// Adds the nodes of a list of steps. Returns where it begins.
fn compile_list(steps: &[Step], ahead: Ahead, nodes: &mut Vec<Node>) -> Next {
    // Numbers are never more than `i32::MAX`, because the limit of steps is an `i32`, too.
    let id = |place: usize| Next::To(NodeId(i32::try_from(place).unwrap_or(i32::MAX)));
    let begin = nodes.len();
    let (mut before, mut after) = (ahead.before, ahead.after + steps.iter().map(longest).sum::<i32>());

    for (index, step) in steps.iter().enumerate() {
        let (here, length) = (nodes.len(), longest(step));
        after -= length;
        // The next step of the list stands behind everything inside this one.
        let next = match index + 1 < steps.len() {
            true => id(here + size(step)),
            false => ahead.next,
        };

        nodes.push(Node {
            step: Step { paths: Vec::new(), ..step.clone() },
            next,
            paths: Vec::new(),
            nesting: ahead.nesting,
            steps_before: before,
            steps_total: before + length + after,
        });
        // The paths of a step all lead to what follows the step.
        let inside = Ahead { next, nesting: ahead.nesting + 1, before: before + 1, after };
        let paths = step.paths.iter().map(|path| compile_list(path, inside, nodes)).collect();
        nodes[here].paths = paths;
        before += length;
    }

    if steps.is_empty() { ahead.next } else { id(begin) }
}

/// Returns the number of nodes of a step: itself and the steps inside it.
fn size(step: &Step) -> usize {
    1 + step.paths.iter().flatten().map(size).sum::<usize>()
}

/// Returns the number of steps on the longest path through a step, including itself.
fn longest(step: &Step) -> i32 {
    let path = |path: &Vec<Step>| path.iter().map(longest).sum::<i32>();
    1 + step.paths.iter().map(path).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::step::{Branch, StepKind, Task, Wait};

    proptest! {
        /// Statements look up a node's step id in the `step_ids` that are saved with its revision.
        #[test]
        fn the_nodes_of_a_program_stand_in_the_order_of_the_step_ids(steps in lists()) {
            let definition = numbered(steps);
            let program = Program::compile(&definition);
            let of_nodes: Vec<&str> = program.nodes().iter().map(|node| node.step.step_id.as_str()).collect();
            prop_assert_eq!(of_nodes, definition.step_ids());
        }

        /// Wherever an enrollment goes, its progress grows by one with each step, skips ahead only
        /// where another path is longer, and never passes the total.
        #[test]
        fn every_way_through_a_program_ends_and_counts_forward(steps in lists(), turns: u64) {
            let program = Program::compile(&numbered(steps));

            let (mut next, mut turn, mut done) = (program.first(), turns, -1);
            while let Next::To(id) = next {
                let node = program.node(id).expect("a node of the program");
                prop_assert!(node.steps_before > done && node.steps_before < node.steps_total);
                done = node.steps_before;
                next = match node.paths.len() as u64 {
                    0 => node.next,
                    paths => {
                        let path = node.paths[(turn % paths) as usize];
                        turn /= paths;
                        path
                    }
                };
            }
        }
    }

    /// Lists of tasks and branches, in which branches nest.
    fn lists() -> impl Strategy<Value = Vec<Step>> {
        let task = Just(Step::of("", StepKind::Task(Task {}))).boxed();
        let step = task.prop_recursive(4, 40, 4, |inner| {
            let path = prop::collection::vec(inner, 0..4);
            let branch = Step::of("", StepKind::Branch(Branch::default()));
            (path.clone(), path).prop_map(move |(yes, no)| Step { paths: vec![yes, no], ..branch.clone() })
        });
        prop::collection::vec(step, 0..6)
    }

    /// Gives each step an id of its own.
    fn numbered(steps: Vec<Step>) -> Definition {
        fn name(steps: &mut [Step], count: &mut usize) {
            for step in steps {
                *count += 1;
                step.step_id = format!("step-{count}");
                step.paths.iter_mut().for_each(|path| name(path, count));
            }
        }
        let mut definition = Definition { steps };
        name(&mut definition.steps, &mut 0);
        definition
    }

    fn step(step_id: &str, kind: StepKind) -> Step {
        Step::of(step_id, kind)
    }

    #[test]
    fn a_path_leads_to_what_follows_its_branch() {
        let task = |id| step(id, StepKind::Task(Task {}));
        let branch = step("b", StepKind::Branch(Branch::default()));
        let branch = Step { paths: vec![vec![task("c"), task("d")], vec![]], ..branch };
        let program = Program::compile(&Definition { steps: vec![task("a"), branch, task("e")] });

        let [a, b, c, d, e] = program.nodes() else { panic!("five nodes") };
        let to = |id| Next::To(NodeId(id));
        assert_eq!((a.next, b.next, c.next, d.next, e.next), (to(1), to(4), to(3), to(4), Next::End));
        assert_eq!(b.paths, [to(2), to(4)]);
        let progress: Vec<_> =
            program.nodes().iter().map(|node| (node.steps_before, node.steps_total)).collect();
        assert_eq!(progress, [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5)]);
        let ahead: Vec<&str> = program.ahead(NodeId(0)).map(|node| node.step.step_id.as_str()).collect();
        assert_eq!(ahead, ["b", "e"]);
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
