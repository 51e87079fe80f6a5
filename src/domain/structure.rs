//! The structure that a definition must have to be activated: where its steps may stand, and which
//! earlier steps its conditions may look at.

use std::collections::BTreeMap;

use super::definition::{Definition, Placed, Step};
use super::reason::Reason;
use super::step::{ActivityKind, BranchCondition, StepKind, Work};
use super::violation::Violations;

/// Checks that a draft, whose values are already checked, has the right structure. Paths begin at
/// the definition, like `steps[1]`.
pub fn check(definition: &Definition) -> Violations {
    if definition.steps.is_empty() {
        return Violations::one("steps", Reason::SequenceHasNoSteps, "must have at least one step");
    }

    let mut checking = Checking { before: BTreeMap::new(), found: Violations::new() };
    checking.list(&definition.steps, "steps", true);
    for placed in definition.all() {
        checking.template(&placed);
    }
    if definition.steps[0].kind.is_advance() {
        let rule = "can't be the first step: enroll records in the other sequence";
        checking.found.push("steps[0]", Reason::AdvanceMisplaced, rule);
    }
    checking.found
}

struct Checking<'a> {
    /// The steps that come before the present one on every path to it.
    before: BTreeMap<&'a str, &'a Step>,
    found: Violations,
}

impl<'a> Checking<'a> {
    /// Checks a list of steps. `last` is true if an enrollment ends after it.
    fn list(&mut self, steps: &'a [Step], field: &str, last: bool) {
        for (index, step) in steps.iter().enumerate() {
            let field = format!("{field}[{index}]");
            // It can end here if nothing is left to do, even if empty paths follow.
            let can_end = last && steps[index + 1..].iter().all(can_be_empty);
            self.place(step, &field, can_end, last && index + 1 == steps.len());
            if let StepKind::Branch(branch) = &step.kind {
                self.looks_back(&branch.condition, &format!("{field}.branch.condition"));
            }

            let outside = self.before.clone();
            for (path, inside) in step.kind.path_fields().into_iter().zip(&step.paths) {
                self.list(inside, &format!("{field}.{path}"), can_end);
                // What stands on one path doesn't come before the others, nor before what follows.
                self.before.clone_from(&outside);
            }
            self.before.insert(&step.step_id, step);
        }
    }

    /// Checks the place of a step. `can_end` is true if an enrollment could end after it without
    /// doing anything, `is_last` if nothing stands after it at all.
    fn place(&mut self, step: &Step, field: &str, can_end: bool, is_last: bool) {
        match &step.kind {
            StepKind::Wait(_) if can_end => {
                let rule =
                    format!("the sequence can't end with a wait: delete {field}, then save and activate");
                self.found.push(field, Reason::SequenceEndsWithWait, rule);
            }
            StepKind::AdvanceToSequence(_) if !is_last => {
                let rule = "must be the last step of its path, with nothing after the path";
                self.found.push(field, Reason::AdvanceMisplaced, rule);
            }
            _ => {}
        }
    }

    /// Checks the earlier step that a condition looks at.
    fn looks_back(&mut self, condition: &BranchCondition, field: &str) {
        let Some(step_id) = condition.step_id() else { return };
        let field = format!("{field}.{}.step_id", condition.field());
        let wanted = match condition {
            BranchCondition::CallOutcome { .. } => "a phone call",
            _ => "an activity",
        };

        let rule = match self.before.get(step_id).map(|step| step.kind.work()) {
            None => format!(
                "must be the id of {wanted} that comes before the branch on every path, {step_id:?} isn't"
            ),
            Some(Work::Act(ActivityKind::PhoneCall)) => return,
            Some(Work::Act(_)) if !matches!(condition, BranchCondition::CallOutcome { .. }) => return,
            Some(_) => format!("must be the id of {wanted}, {step_id:?} isn't one"),
        };
        self.found.push(field, Reason::StepReferenceInvalid, rule);
    }

    fn template(&mut self, placed: &Placed<'_>) {
        if placed.step.kind.lacks_template() {
            let field = format!("{}.{}.template", placed.field, placed.step.kind.field());
            let rule = "must be given: a worker sends it without a seller";
            self.found.push(field, Reason::TemplateRequired, rule);
        }
    }
}

/// True if an enrollment can pass a step without anything being done there: a branch or split with
/// an empty path.
fn can_be_empty(step: &Step) -> bool {
    step.paths.iter().any(|path| path.iter().all(can_be_empty))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::step::{
        AdvanceToSequence, AutomatedEmail, Branch, Delay, Ending, PhoneCall, Task, Wait,
    };

    fn task(id: &str) -> Step {
        Step::of(id, StepKind::Task(Task {}))
    }

    fn call(id: &str) -> Step {
        Step::of(id, StepKind::PhoneCall(PhoneCall::default()))
    }

    fn wait(id: &str) -> Step {
        Step::of(id, StepKind::Wait(Wait::Delay(Delay { days: 1, ..Delay::default() })))
    }

    fn advance(id: &str) -> Step {
        Step::of(id, StepKind::AdvanceToSequence(AdvanceToSequence { sequence: "other".to_owned() }))
    }

    fn branch(condition: BranchCondition, yes: Vec<Step>, no: Vec<Step>) -> Step {
        Step { paths: vec![yes, no], ..Step::of("branch", StepKind::Branch(Branch { condition })) }
    }

    fn fork(yes: Vec<Step>, no: Vec<Step>) -> Step {
        branch(BranchCondition::default(), yes, no)
    }

    fn found(steps: Vec<Step>) -> Vec<(String, Reason)> {
        let found = check(&Definition { steps });
        found.iter().map(|violation| (violation.field.clone(), violation.reason)).collect()
    }

    #[test]
    fn a_sequence_must_have_steps() {
        assert_eq!(found(vec![]), [("steps".to_owned(), Reason::SequenceHasNoSteps)]);
    }

    #[test]
    fn no_way_may_end_with_a_wait() {
        let ends = |field: &str| vec![(field.to_owned(), Reason::SequenceEndsWithWait)];
        assert_eq!(found(vec![task("a"), wait("b")]), ends("steps[1]"));
        assert_eq!(found(vec![wait("a"), task("b")]), []);
        // An empty path leads from the wait to the end.
        assert_eq!(found(vec![wait("a"), fork(vec![], vec![task("b")])]), ends("steps[0]"));
        assert_eq!(found(vec![wait("a"), fork(vec![task("c")], vec![task("b")])]), []);
        // At the end of a path that nothing follows.
        let path = "steps[0].branch.yes_steps[1]";
        assert_eq!(found(vec![fork(vec![task("a"), wait("b")], vec![])]), ends(path));
        assert_eq!(found(vec![fork(vec![task("a"), wait("b")], vec![]), task("c")]), []);
        let said = check(&Definition { steps: vec![task("a"), wait("b")] }).to_string();
        let rule = "the sequence can't end with a wait: delete steps[1], then save and activate";
        assert!(said.contains(rule), "{said}");
    }

    #[test]
    fn an_advance_is_last_on_its_path_and_not_first() {
        let misplaced = |field: &str| vec![(field.to_owned(), Reason::AdvanceMisplaced)];
        assert_eq!(found(vec![advance("a")]), misplaced("steps[0]"));
        assert_eq!(found(vec![task("a"), advance("b")]), []);
        assert_eq!(found(vec![task("a"), advance("b"), task("c")]), misplaced("steps[1]"));
        assert_eq!(found(vec![task("a"), fork(vec![advance("b")], vec![])]), []);
        let path = "steps[1].branch.yes_steps[0]";
        assert_eq!(found(vec![task("a"), fork(vec![advance("b")], vec![]), task("c")]), misplaced(path));
    }

    #[test]
    fn a_condition_looks_at_a_step_that_comes_before_it_on_every_path() {
        let outcome = |step_id: &str| BranchCondition::CallOutcome {
            step_id: step_id.to_owned(),
            outcomes: vec!["made".to_owned()],
        };
        let ended =
            |step_id: &str| BranchCondition::Step { step_id: step_id.to_owned(), ending: Ending::Completed };
        let on = |condition, before: Vec<Step>| {
            found([before, vec![branch(condition, vec![task("x")], vec![task("y")])]].concat())
        };
        let wrong = |place: usize, kind: &str| {
            let field = format!("steps[{place}].branch.condition.{kind}.step_id");
            vec![(field, Reason::StepReferenceInvalid)]
        };

        assert_eq!(on(outcome("c"), vec![call("c")]), []);
        assert_eq!(on(ended("a"), vec![task("a")]), []);
        assert_eq!(on(outcome("a"), vec![task("a")]), wrong(1, "call_outcome"));
        assert_eq!(on(ended("w"), vec![wait("w")]), wrong(1, "step"));
        assert_eq!(on(ended("x"), vec![]), wrong(0, "step"));
        assert_eq!(on(ended("a"), vec![fork(vec![task("a")], vec![])]), wrong(1, "step"));
        // Inside the same path it does come before.
        let inside = branch(ended("a"), vec![task("x")], vec![]);
        assert_eq!(found(vec![fork(vec![task("a"), inside], vec![]), task("z")]), []);
    }

    #[test]
    fn an_automated_step_needs_a_template() {
        let automated = Step::of("a", StepKind::AutomatedEmail(AutomatedEmail::default()));
        let field = "steps[0].automated_email.template".to_owned();
        assert_eq!(found(vec![automated]), [(field, Reason::TemplateRequired)]);
    }
}
