//! The picture of a sequence: its steps, the edges between them, and how many enrollments are and
//! went there. Also as a Mermaid flowchart.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::program::{Next, Node, NodeId, Program};
use super::step::{AssignTo, BranchCondition, StepKind, Work};

/// The steps of a program and the edges between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The steps, in the order of the definition.
    pub steps: Vec<DrawnStep>,
    /// The edges, from the start to the end.
    pub edges: Vec<Edge>,
}

/// A step of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnStep {
    /// Its id.
    pub step_id: String,
    /// The name that sellers see.
    pub display_name: String,
    /// Its kind and the kind's most telling field.
    pub caption: String,
    /// True if upnext passes it by itself.
    pub passes: bool,
    /// The number of branches and splits around it.
    pub nesting: i32,
    /// The enrollments that stay there.
    pub stays: Stays,
}

/// An edge of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Where it begins.
    pub from: Point,
    /// Where it leads to.
    pub to: Point,
    /// What decides that it is taken: YES, NO or the id of a variant. Empty if nothing does.
    pub label: String,
    /// The number of enrollments that went along it.
    pub passed: i64,
}

/// An end of an edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Point {
    /// Where enrollments begin.
    Start,
    /// The step with this id.
    Step(String),
    /// Where enrollments are completed.
    End,
}

/// The enrollments that reached a node and no later one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stays {
    /// Those that are there now.
    pub current: i64,
    /// Those that exited there.
    pub exited: i64,
    /// Those that were completed there.
    pub completed: i64,
}

/// How many enrollments took a path, by the node and the label of the path.
pub type Choices = BTreeMap<(i32, String), i64>;

/// Returns the labels of a node's paths, and where they begin. Empty if it has none.
fn ways(node: &Node) -> Vec<(String, Next)> {
    let labels: Vec<String> = match node.step.kind.work() {
        Work::Branch(_) => vec!["YES".to_owned(), "NO".to_owned()],
        Work::Split(split) => split.variants.iter().map(|variant| variant.variant_id.clone()).collect(),
        _ => Vec::new(),
    };
    labels.into_iter().zip(node.paths.iter().copied()).collect()
}

fn add(arrived: &mut BTreeMap<NodeId, i64>, next: Next, passed: i64) {
    if let Next::To(id) = next {
        *arrived.entry(id).or_default() += passed;
    }
}

impl Picture {
    /// Draws a program without counts.
    pub fn of(program: &Program) -> Self {
        Self::counted(program, &BTreeMap::new(), &Choices::new())
    }

    /// Draws a program with the enrollments that follow it. `stays` are by node.
    pub fn counted(program: &Program, stays: &BTreeMap<i32, Stays>, choices: &Choices) -> Self {
        let stays_at = |NodeId(id)| stays.get(&id).copied().unwrap_or_default();
        let steps = (0..).zip(program.nodes());
        let steps: Vec<DrawnStep> =
            steps.map(|(id, node)| DrawnStep::of(node, stays_at(NodeId(id)))).collect();
        let all = |stays: &Stays| stays.current + stays.exited + stays.completed;
        let started = steps.iter().map(|step| all(&step.stays)).sum();

        let point = |next| match next {
            Next::To(id) => {
                program.node(id).map_or(Point::End, |node| Point::Step(node.step.step_id.clone()))
            }
            Next::End => Point::End,
        };
        // Everyone who ever started went along the first edge.
        let to = point(program.first());
        let mut edges = vec![Edge { from: Point::Start, to, label: String::new(), passed: started }];
        let mut arrived = BTreeMap::new();
        add(&mut arrived, program.first(), started);

        // Every edge leads to a later node, so all that arrive at a node are known before it.
        for (id, node) in (0..).zip(program.nodes()).map(|(id, node)| (NodeId(id), node)) {
            let stays = stays_at(id);
            let left = arrived.get(&id).copied().unwrap_or(0) - stays.current - stays.exited;
            let ways = match ways(node) {
                ways if ways.is_empty() => vec![(String::new(), node.next, left)],
                ways => {
                    let taken = |label: &String| choices.get(&(id.0, label.clone())).copied().unwrap_or(0);
                    ways.into_iter().map(|(label, next)| (label.clone(), next, taken(&label))).collect()
                }
            };

            for (label, next, passed) in ways {
                let from = Point::Step(node.step.step_id.clone());
                edges.push(Edge { from, to: point(next), label, passed });
                add(&mut arrived, next, passed);
            }
        }

        Self { steps, edges }
    }

    /// Takes over the counts of another picture, for the steps and edges that both have.
    #[must_use]
    pub fn with_counts_of(mut self, counted: &Picture) -> Self {
        for step in &mut self.steps {
            let same = counted.steps.iter().find(|other| other.step_id == step.step_id);
            step.stays = same.map(|other| other.stays).unwrap_or_default();
        }
        for edge in &mut self.edges {
            let key = |edge: &Edge| (edge.from.clone(), edge.to.clone(), edge.label.clone());
            let same = counted.edges.iter().find(|other| key(other) == key(edge));
            edge.passed = same.map_or(0, |other| other.passed);
        }
        self
    }

    /// Returns the number of enrollments that are at its steps now.
    pub fn current(&self) -> i64 {
        self.steps.iter().map(|step| step.stays.current).sum()
    }

    /// Returns the text of a Mermaid flowchart, with the counts if asked.
    pub fn mermaid(&self, with_counts: bool) -> String {
        let mut text = "flowchart TD\n  start([\"Start\"])\n".to_owned();
        for (place, step) in self.steps.iter().enumerate() {
            let label = step.label(with_counts);
            let (open, close) = if step.passes { ("{{", "}}") } else { ("[", "]") };
            // Writing to a String can't fail.
            let _ = writeln!(text, "  step{place}{open}\"{label}\"{close}");
        }
        text.push_str("  finish([\"End\"])\n");

        for edge in &self.edges {
            let (from, to) = (self.node(&edge.from), self.node(&edge.to));
            let count = if with_counts { edge.passed.to_string() } else { String::new() };
            let label = [escaped(&edge.label), count].join(" ");
            let label = match label.trim() {
                "" => String::new(),
                label => format!("|\"{label}\"|"),
            };
            let _ = writeln!(text, "  {from} -->{label} {to}");
        }
        text
    }

    /// Returns the id of a point in the flowchart. Step ids don't stand there, because Mermaid
    /// would read some of them as its own words.
    fn node(&self, point: &Point) -> String {
        match point {
            Point::Start => "start".to_owned(),
            Point::End => "finish".to_owned(),
            Point::Step(id) => {
                let place = self.steps.iter().position(|step| step.step_id == *id);
                format!("step{}", place.unwrap_or_default())
            }
        }
    }
}

impl DrawnStep {
    fn of(node: &Node, stays: Stays) -> Self {
        let step = &node.step;
        let kind = step.kind.shown_name();
        let passes = !matches!(step.kind.work(), Work::Act(_));
        let caption = match detail(&step.kind) {
            detail if detail.is_empty() => kind.to_owned(),
            detail => format!("{kind} {detail}"),
        };
        let by = step.assign_to.as_ref().map(|assignee| format!(", by {}", assignee.words()));
        let caption = caption + &by.unwrap_or_default();
        let display_name = step.shown_name().to_owned();
        Self { step_id: step.step_id.clone(), display_name, caption, passes, nesting: node.nesting, stays }
    }

    fn label(&self, with_counts: bool) -> String {
        // A step without a name of its own is called like its kind.
        let is_named = !self.caption.starts_with(&self.display_name);
        let mut lines: Vec<String> = is_named.then(|| escaped(&self.display_name)).into_iter().collect();
        lines.push(escaped(&self.caption));

        if with_counts {
            lines.push(format!("{} here", self.stays.current));
        }
        if with_counts && self.stays.exited > 0 {
            lines.push(format!("{} exited", self.stays.exited));
        }
        lines.join("<br/>")
    }
}

/// Returns the kind's most telling field. Empty if it has none.
fn detail(kind: &StepKind) -> String {
    match kind {
        StepKind::Wait(wait) => wait.to_string(),
        StepKind::Appointment(appointment) => appointment.location.clone(),
        StepKind::LinkedIn(linked_in) => linked_in.action.as_str().to_lowercase().replace('_', " "),
        StepKind::PhoneCall(call) => {
            call.retry.as_ref().map(|retry| format!("up to {} times", retry.max_calls)).unwrap_or_default()
        }
        StepKind::Branch(branch) => asked(&branch.condition),
        StepKind::Split(split) => {
            let shares = split.variants.iter().map(|one| format!("{} {} %", one.variant_id, one.weight));
            let shares = shares.collect::<Vec<_>>().join(", ");
            match &split.goal {
                Some(goal) => {
                    format!("{shares}, by {}", goal.metric.as_str().to_lowercase().replace('_', " "))
                }
                None => shares,
            }
        }
        StepKind::UpdateAttribute(update) => format!("{} to {}", update.attribute, update.value),
        StepKind::AssignOwner(assign) => match &assign.to {
            AssignTo::Seller(seller) => seller.clone(),
            AssignTo::Attribute(attribute) => format!("by {attribute}"),
            AssignTo::Team(team) => format!("in turn: {team}"),
        },
        StepKind::AdvanceToSequence(advance) => advance.sequence.clone(),
        StepKind::EmitEvent(emit) => emit.event_name.clone(),
        StepKind::Email(_)
        | StepKind::Task(_)
        | StepKind::AutomatedEmail(_)
        | StepKind::TextMessage(_)
        | StepKind::AutomatedTextMessage(_) => String::new(),
    }
}

/// Returns what a branch asks.
fn asked(condition: &BranchCondition) -> String {
    match condition {
        BranchCondition::Engagement { step_id, actions, all, .. } => {
            let words = actions.iter().map(|action| action.as_str().to_lowercase().replace('_', " "));
            let words = words.collect::<Vec<_>>().join(if *all { " and " } else { " or " });
            format!("{step_id}: {words}?")
        }
        BranchCondition::CallOutcome { step_id, outcomes } => {
            format!("{step_id}: {}?", outcomes.join(" or "))
        }
        BranchCondition::Record { condition } => format!("{condition}?"),
        BranchCondition::Stage { stages } => format!("stage {}?", stages.join(" or ")),
        BranchCondition::Step { step_id, ending } => {
            format!("{step_id}: {}?", ending.as_str().to_lowercase())
        }
    }
}

/// Returns a text that Mermaid shows as it is. Everything but letters, digits and spaces becomes
/// one of Mermaid's entities, so that nothing in the text can end the label, or begin Markdown,
/// HTML or a comment.
///
/// After it has read the entities, Mermaid still looks for formulas, line breaks and icons
/// (`$$x$$`, `\n`, `fa:fa-car`). So something unseen follows what they begin with.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            ' ' => escaped.push(' '),
            _ if character.is_alphanumeric() => escaped.push(character),
            // Line breaks, tabs, and characters that turn the direction of the rest.
            _ if is_unseen(character) => escaped.push(' '),
            '$' | '\\' | ':' => _ = write!(escaped, "#{};#8203;", u32::from(character)),
            _ => _ = write!(escaped, "#{};", u32::from(character)),
        }
    }
    escaped
}

/// True for characters that show nothing, and only change how others are shown.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::definition::{Definition, Step};
    use crate::domain::step::{Delay, Email, Task, Wait};

    fn step(step_id: &str, display_name: &str, kind: StepKind) -> Step {
        Step { display_name: display_name.to_owned(), ..Step::of(step_id, kind) }
    }

    fn program(steps: Vec<Step>) -> Program {
        Program::compile(&Definition { steps })
    }

    fn follow_up() -> Program {
        let wait = StepKind::Wait(Wait::Delay(Delay { days: 1, hours: 12, ..Delay::default() }));
        program(vec![
            step("hello", "Say \"hello\"", StepKind::Email(Email { template: None })),
            step("pause", "", wait),
            step("end", "Ask", StepKind::Task(Task {})),
        ])
    }

    fn stays(current: i64, exited: i64, completed: i64) -> Stays {
        Stays { current, exited, completed }
    }

    #[test]
    fn a_program_is_drawn_from_start_to_end() {
        let expected = "flowchart TD\n  start([\"Start\"])\n  step0[\"Say #34;hello#34;<br/>Email\"]\n  \
                        step1{{\"Wait 1 d 12 h\"}}\n  step2[\"Ask<br/>Task\"]\n  finish([\"End\"])\n  \
                        start --> step0\n  step0 --> step1\n  step1 --> step2\n  step2 --> finish\n";
        assert_eq!(Picture::of(&follow_up()).mermaid(false), expected);
        assert_eq!(escaped("$\\n:"), "#36;#8203;#92;#8203;n#58;#8203;");
        let empty = "flowchart TD\n  start([\"Start\"])\n  finish([\"End\"])\n  start --> finish\n";
        assert_eq!(Picture::of(&program(Vec::new())).mermaid(false), empty);
    }

    #[test]
    fn whoever_is_at_a_step_went_along_all_edges_before_it() {
        let at = BTreeMap::from([(0, stays(2, 1, 0)), (1, stays(3, 0, 0)), (2, stays(0, 1, 4))]);
        let picture = Picture::counted(&follow_up(), &at, &Choices::new());
        let passed: Vec<i64> = picture.edges.iter().map(|edge| edge.passed).collect();
        assert_eq!((passed, picture.current()), (vec![11, 8, 5, 4], 5));

        let text = picture.mermaid(true);
        assert!(text.contains("<br/>Email<br/>2 here<br/>1 exited\"]"), "{text}");
        assert!(text.contains("step2 -->|\"4\"| finish"), "{text}");
    }

    #[test]
    fn a_draft_shows_the_counts_of_what_it_shares_with_its_revision() {
        let at = BTreeMap::from([(0, stays(2, 0, 0)), (1, stays(3, 0, 0)), (2, stays(1, 0, 0))]);
        let counted = Picture::counted(&follow_up(), &at, &Choices::new());
        let steps = vec![
            step("hello", "New name", StepKind::Email(Email { template: None })),
            step("end", "Ask", StepKind::Task(Task {})),
            step("more", "More", StepKind::Task(Task {})),
        ];
        let draft = Picture::of(&program(steps)).with_counts_of(&counted);
        let current: Vec<i64> = draft.steps.iter().map(|step| step.stays.current).collect();
        let passed: Vec<i64> = draft.edges.iter().map(|edge| edge.passed).collect();
        assert_eq!((current, passed), (vec![2, 1, 0], vec![6, 0, 0, 0]));
    }

    proptest! {
        /// What goes into a step comes out of it, stays there or exited there.
        #[test]
        fn no_enrollment_gets_lost_between_two_edges(
            counts in prop::collection::vec((0..9_i64, 0..9_i64), 1..20), completed in 0..9_i64,
        ) {
            let steps = (0..counts.len()).map(|n| step(&n.to_string(), "", StepKind::Task(Task {}))).collect();
            let last = i32::try_from(counts.len()).unwrap() - 1;
            let at = (0..).zip(&counts).map(|(node, (current, exited))| {
                (node, stays(*current, *exited, if node == last { completed } else { 0 }))
            });
            let picture = Picture::counted(&program(steps), &at.collect(), &Choices::new());
            for (edges, step) in picture.edges.windows(2).zip(&picture.steps) {
                prop_assert_eq!(edges[0].passed, step.stays.current + step.stays.exited + edges[1].passed);
            }
            prop_assert_eq!(picture.edges.last().map(|edge| edge.passed), Some(completed));
        }

        /// Whatever steps are called, each line has the form of a node or of an edge.
        #[test]
        fn no_name_breaks_the_flowchart(names in prop::collection::vec("\\PC{0,20}|[\"`<>#;:%&\\\\\\]\\)\\n\\r|{}$~=-]{0,20}", 1..6)) {
            let steps: Vec<Step> = names.iter().enumerate()
                .map(|(n, name)| step(&format!("end{n}"), name, StepKind::Task(Task {}))).collect();
            let count = steps.len();
            let text = Picture::of(&program(steps)).mermaid(true);
            let lines: Vec<&str> = text.lines().collect();
            prop_assert_eq!(lines.len(), 1 + (count + 2) + (count + 1));

            for line in &lines[2..2 + count] {
                let (id, label) = line.trim_start().split_once("[\"").expect("opens a label");
                let label = label.strip_suffix("\"]").expect("ends the label");
                prop_assert!(id.strip_prefix("step").is_some_and(|place| place.parse::<usize>().is_ok()));
                for part in label.split("<br/>") {
                    let is_plain = |c: char| c == ' ' || c == '#' || c == ';' || c.is_alphanumeric();
                    prop_assert!(part.chars().all(is_plain), "{}", part);
                }
            }
        }
    }
}
