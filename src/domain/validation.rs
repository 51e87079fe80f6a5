//! Checks of the values of a definition, when it is saved. Each check returns all violations at
//! once. [`super::structure`] and [`super::references`] check the rest when it is activated.

use std::collections::BTreeSet;

use super::assignee::Assignee;
use super::attribute::AttributeType;
use super::definition::{Definition, Placed};
use super::reason::Reason;
use super::record_type::RecordType;
use super::settings::Limits;
use super::step::{AssignTo, Delay, StepKind, UpdateAttribute, Wait, Work};
use super::violation::Violations;

/// The maximum number of bytes of all texts of a definition together, because a client reads a
/// whole sequence in one message.
pub const LARGEST_DEFINITION: usize = 2 << 20;

/// The maximum number of branches and splits around a step.
const DEEPEST_NESTING: usize = 16;

/// Checks the values of a draft. Paths begin at the definition, like `steps[1].wait.delay`. Without
/// a record type, nothing that depends on it is checked.
pub fn check_values(
    definition: &Definition,
    limits: &Limits,
    record_type: Option<&RecordType>,
) -> Violations {
    let all = definition.all();
    let mut found = check_size(&all, limits);

    let mut seen = BTreeSet::new();
    for placed in &all {
        let mut part = check_step(placed, limits, record_type);
        if !seen.insert(&placed.step.step_id) {
            let id = &placed.step.step_id;
            let description = format!("must be unique in the definition: an earlier step has the id {id:?}");
            part.push("step_id", Reason::StepIdDuplicate, description);
        }
        found.extend_under(&placed.field, part);
    }

    found
}

fn check_size(all: &[Placed<'_>], limits: &Limits) -> Violations {
    let mut found = Violations::new();
    let count = all.len();
    // A count beyond `i32` is above every limit.
    if i32::try_from(count).map_or(true, |count| count > limits.steps_per_definition) {
        let limit = limits.steps_per_definition;
        found.push("steps", Reason::FieldTooLong, format!("must have at most {limit} steps, has {count}"));
    }

    // All texts together can be too long, even if none of them is.
    let bytes: usize = all.iter().map(text_bytes).sum();
    if bytes > LARGEST_DEFINITION {
        let rule = format!("must have at most {LARGEST_DEFINITION} bytes of text together, has {bytes}");
        found.push("steps", Reason::FieldTooLong, rule);
    }

    // The first one is enough: everything inside it is too deep as well.
    if let Some(deep) = all.iter().find(|placed| placed.nesting > DEEPEST_NESTING) {
        let rule = format!("must be inside at most {DEEPEST_NESTING} branches and splits");
        found.push(&deep.field, Reason::NestingTooDeep, rule);
    }
    found
}

fn text_bytes(placed: &Placed<'_>) -> usize {
    let step = placed.step;
    let assignee = step.assign_to.as_ref().map_or(0, Assignee::text_bytes);
    let names = step.step_id.len() + step.display_name.len() + step.description.len();
    names + assignee + step.kind.text_bytes()
}

fn check_step(placed: &Placed<'_>, limits: &Limits, record_type: Option<&RecordType>) -> Violations {
    let step = placed.step;
    let mut found = limits.check_optional_display_name("display_name", &step.display_name);
    found.extend(limits.check_description("description", &step.description));
    found.extend(step.kind.check(limits));
    if let Some(after) = step.auto_skip_after {
        found.extend_under("auto_skip_after", check_auto_skip(after, &step.kind, limits));
    }
    if let Some(record_type) = record_type {
        found.extend_under(step.kind.field(), check_attributes(&step.kind, record_type));
    }

    if let Some(assign_to) = &step.assign_to {
        let rule = "must not be set: only steps with an activity have an assignee";
        let wrong = match step.kind.work() {
            Work::Act(_) => check_assignee(assign_to, record_type),
            _ => Violations::one("", Reason::FieldInvalid, rule),
        };
        found.extend_under("assign_to", wrong);
    }
    found
}

/// Checks how long the activity of a step waits to be skipped by itself.
fn check_auto_skip(after: Delay, kind: &StepKind, limits: &Limits) -> Violations {
    let rule = "must not be set: only an activity for a seller can be skipped automatically";
    match kind.work() {
        // Zero says never, whatever the organization's default is.
        Work::Act(kind) if !kind.is_automated() && after == Delay::default() => Violations::new(),
        Work::Act(kind) if !kind.is_automated() => after.check(limits),
        _ => Violations::one("", Reason::FieldInvalid, rule),
    }
}

/// Checks that an assignee's attribute can name sellers. Without a record type, that isn't checked.
pub fn check_assignee(assignee: &Assignee, record_type: Option<&RecordType>) -> Violations {
    match (assignee, record_type) {
        (Assignee::Attribute(name), Some(record_type)) => names_sellers(name, record_type),
        _ => Violations::new(),
    }
}

/// Checks that an attribute can hold the ids of sellers.
fn names_sellers(name: &str, record_type: &RecordType) -> Violations {
    match declared(name, record_type) {
        Ok(AttributeType::String) => Violations::new(),
        Ok(other) => {
            let rule = format!("must name a string attribute, {name} is {other}");
            Violations::one("attribute", Reason::AttributeTypeInvalid, rule)
        }
        Err(found) => found,
    }
}

/// Checks what a step says about the record's attributes. Paths begin at the form.
fn check_attributes(kind: &StepKind, record_type: &RecordType) -> Violations {
    match kind {
        StepKind::Branch(branch) => match branch.condition.over_record(record_type) {
            Ok(_) => Violations::new(),
            Err(found) => found.under("condition"),
        },
        StepKind::Wait(wait) => check_wait(wait, record_type),
        StepKind::UpdateAttribute(update) => check_update(update, record_type),
        StepKind::AssignOwner(assign) => match &assign.to {
            AssignTo::Seller(_) | AssignTo::Team(_) => Violations::new(),
            AssignTo::Attribute(name) => names_sellers(name, record_type),
        },
        _ => Violations::new(),
    }
}

/// Checks that the attribute that a wait needs holds timestamps.
fn check_wait(wait: &Wait, record_type: &RecordType) -> Violations {
    // An empty name is reported with the other values.
    let Some(name) = wait.attribute().filter(|name| !name.is_empty()) else { return Violations::new() };
    let found = match declared(name, record_type) {
        Ok(AttributeType::Timestamp) => Violations::new(),
        Ok(other) => {
            let rule = format!("must name an attribute of type TIMESTAMP, {name} is {other}");
            Violations::one("attribute", Reason::AttributeTypeInvalid, rule)
        }
        Err(found) => found,
    };
    found.under(wait.field())
}

fn check_update(update: &UpdateAttribute, record_type: &RecordType) -> Violations {
    match declared(&update.attribute, record_type) {
        Err(found) => found,
        // Null clears an attribute of any type.
        Ok(_) if update.value.is_null() => Violations::new(),
        Ok(declared) => match declared.coerce(&update.value) {
            Ok(_) => Violations::new(),
            Err(rule) => Violations::one("value", Reason::AttributeValueInvalid, rule),
        },
    }
}

fn declared<'a>(name: &str, record_type: &'a RecordType) -> Result<&'a AttributeType, Violations> {
    record_type.attribute(name).ok_or_else(|| {
        let rule = format!("must be a declared attribute of {}, {name:?} isn't one", record_type.name());
        Violations::one("attribute", Reason::AttributeUnknown, rule)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::definition::Step;
    use crate::domain::step::{Branch, Delay, Task, Wait};

    fn step(step_id: &str, kind: StepKind) -> Step {
        Step::of(step_id, kind)
    }

    fn wait(days: i32, hours: i32) -> StepKind {
        StepKind::Wait(Wait::Delay(Delay { days, hours, ..Delay::default() }))
    }

    fn reasons(found: &Violations) -> Vec<(String, Reason)> {
        found.iter().map(|violation| (violation.field.clone(), violation.reason)).collect()
    }

    #[test]
    fn a_wait_of_exactly_the_limit_is_fine_and_an_hour_more_is_not() {
        let limits = Limits::default();
        let definition = Definition { steps: vec![step("a", wait(30, 0)), step("b", wait(30, 1))] };
        let found = check_values(&definition, &limits, None);
        assert_eq!(reasons(&found), [("steps[1].wait.delay".to_owned(), Reason::WaitTooLong)]);
        assert!(found.to_string().contains("30 days"));
    }

    #[test]
    fn every_problem_of_every_step_is_reported_at_once() {
        let mut long = step("a", StepKind::Task(Task {}));
        long.display_name = "x".repeat(161);
        let definition = Definition { steps: vec![long, step("a", wait(0, 0))] };
        let found = check_values(&definition, &Limits::default(), None);
        let expected = [
            ("steps[0].display_name".to_owned(), Reason::FieldTooLong),
            ("steps[1].wait.delay".to_owned(), Reason::WaitEmpty),
            ("steps[1].step_id".to_owned(), Reason::StepIdDuplicate),
        ];
        assert_eq!(reasons(&found), expected);
    }

    #[test]
    fn the_201st_step_is_refused() {
        let steps = (0..201).map(|n| step(&n.to_string(), StepKind::Task(Task {}))).collect();
        let found = check_values(&Definition { steps }, &Limits::default(), None);
        assert_eq!(reasons(&found), [("steps".to_owned(), Reason::FieldTooLong)]);
    }

    #[test]
    fn steps_inside_paths_count_and_nest_at_most_16_deep() {
        let nested = |depth: usize| {
            let innermost = vec![step("innermost", StepKind::Task(Task {}))];
            let steps = (0..depth).fold(innermost, |inside, level| {
                let branch = step(&format!("b{level}"), StepKind::Branch(Branch::default()));
                vec![Step { paths: vec![inside, vec![]], ..branch }]
            });
            check_values(&Definition { steps }, &Limits::default(), None)
        };
        assert!(nested(16).is_empty());
        let field = format!("steps[0]{}", ".branch.yes_steps[0]".repeat(17));
        assert_eq!(reasons(&nested(17)), [(field, Reason::NestingTooDeep)]);
        assert!(reasons(&nested(200)).contains(&("steps".to_owned(), Reason::FieldTooLong)));
    }
}
