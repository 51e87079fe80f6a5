//! Checks of a definition: its values when it is saved, and its structure when it is activated.
//! Each check returns all violations at once.

use std::collections::BTreeSet;

use super::attribute::AttributeType;
use super::definition::{Definition, Step};
use super::id::TemplateId;
use super::reason::Reason;
use super::record_type::RecordType;
use super::settings::Limits;
use super::step::{StepKind, Wait};
use super::violation::Violations;

/// Checks the values of a draft. Paths begin at the definition, like `steps[1].wait.delay`. Without
/// a record type, nothing that depends on it is checked.
pub fn check_values(
    definition: &Definition,
    limits: &Limits,
    record_type: Option<&RecordType>,
) -> Violations {
    let mut found = Violations::new();

    let count = definition.steps.len();
    // A count beyond `i32` is above every limit.
    if i32::try_from(count).map_or(true, |count| count > limits.steps_per_definition) {
        let limit = limits.steps_per_definition;
        found.push("steps", Reason::FieldTooLong, format!("must be at most {limit} steps, has {count}"));
    }
    // All texts together can be too long, even if none of them is.
    let bytes = text_bytes(definition);
    if bytes > LARGEST_DEFINITION {
        let rule = format!("must have at most {LARGEST_DEFINITION} bytes of text together, has {bytes}");
        found.push("steps", Reason::FieldTooLong, rule);
    }

    let mut seen = BTreeSet::new();
    for (index, step) in definition.steps.iter().enumerate() {
        let mut part = check_step(step, limits, record_type);
        if !seen.insert(&step.step_id) {
            let id = &step.step_id;
            let description = format!("must be unique in the definition: an earlier step has the id {id:?}");
            part.push("step_id", Reason::StepIdDuplicate, description);
        }
        found.extend_under(&format!("steps[{index}]"), part);
    }

    found
}

/// The maximum number of bytes of all texts of a definition together, because a client reads a
/// whole sequence in one message.
pub const LARGEST_DEFINITION: usize = 2 << 20;

fn text_bytes(definition: &Definition) -> usize {
    let texts = |step: &Step| {
        step.step_id.len() + step.display_name.len() + step.description.len() + step.kind.text_bytes()
    };
    definition.steps.iter().map(texts).sum()
}

fn check_step(step: &Step, limits: &Limits, record_type: Option<&RecordType>) -> Violations {
    let mut found = limits.check_optional_display_name("display_name", &step.display_name);
    found.extend(limits.check_description("description", &step.description));
    found.extend(step.kind.check(limits));
    if let Some(record_type) = record_type {
        found.extend_under(step.kind.field(), check_attributes(&step.kind, record_type));
    }
    found
}

/// Checks what a step says about the record's attributes. Paths begin at the form.
fn check_attributes(kind: &StepKind, record_type: &RecordType) -> Violations {
    match kind {
        StepKind::Wait(wait) => check_wait(wait, record_type),
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
            let rule = format!("must name an attribute of type TIMESTAMP, {name} is {}", other.word());
            Violations::one("attribute", Reason::AttributeTypeConflict, rule)
        }
        Err(found) => found,
    };
    found.under(wait.field())
}

fn declared<'a>(name: &str, record_type: &'a RecordType) -> Result<&'a AttributeType, Violations> {
    record_type.attribute(name).ok_or_else(|| {
        let rule = format!("must be a declared attribute of {}, {name:?} isn't one", record_type.name());
        Violations::one("attribute", Reason::AttributeUnknown, rule)
    })
}

/// Checks that a draft, whose values are already checked, has the right structure to be activated.
pub fn check_structure(definition: &Definition) -> Violations {
    // Only the last step has rules about its place.
    match definition.steps.iter().enumerate().next_back() {
        None => Violations::one("steps", Reason::SequenceHasNoSteps, "must have at least one step"),
        Some((index, last)) => last.kind.check_last(&format!("steps[{index}]")),
    }
}

/// Checks that the template of each step is in `templates`: those that exist for the sequence's
/// record type.
pub fn check_templates(definition: &Definition, templates: &BTreeSet<TemplateId>) -> Violations {
    let mut found = Violations::new();
    for (index, step) in definition.steps.iter().enumerate() {
        // A deleted sequence doesn't protect its templates, and can be undeleted later.
        if step.kind.template().is_some_and(|template| !templates.contains(template)) {
            let description = "must be a template for the sequence's record type; this one no longer exists";
            let field = format!("steps[{index}].{}.template", step.kind.field());
            found.push(field, Reason::TemplateUnknown, description);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::step::{Delay, Task};

    fn step(step_id: &str, kind: StepKind) -> Step {
        Step { step_id: step_id.to_owned(), display_name: String::new(), description: String::new(), kind }
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
    fn a_sequence_must_have_steps_and_not_end_with_a_wait() {
        let empty = check_structure(&Definition::default());
        assert_eq!(empty.shared_reason(), Some(Reason::SequenceHasNoSteps));
        let waits_last =
            Definition { steps: vec![step("a", StepKind::Task(Task {})), step("b", wait(1, 0))] };
        let found = check_structure(&waits_last);
        assert_eq!(reasons(&found), [("steps[1]".to_owned(), Reason::SequenceEndsWithWait)]);
        let said = "the sequence can't end with a wait: delete steps[1], then save and activate";
        assert!(found.to_string().contains(said));
        let fine = Definition { steps: vec![step("b", wait(1, 0)), step("a", StepKind::Task(Task {}))] };
        assert!(check_structure(&fine).is_empty());
    }
}
