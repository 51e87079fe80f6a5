//! A definition as a caller sends it. Steps can be without an id, and templates are named by the
//! ids that callers chose.

use std::collections::{BTreeMap, BTreeSet};

use super::assignee::Assignee;
use super::definition::{Definition, Step};
use super::exit_criteria::ExitCriteria;
use super::id::{ChosenId, TemplateId};
use super::names;
use super::priority::Priority;
use super::reason::Reason;
use super::record_type::RecordType;
use super::sequence::Plan;
use super::settings::Limits;
use super::step::{Delay, StepKind};
use super::validation;
use super::violation::Violations;

/// A change of a sequence's plan. Fields that are `None` stay the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanPatch {
    /// The new display name.
    pub display_name: Option<String>,
    /// The new description.
    pub description: Option<String>,
    /// The new steps, which replace all others.
    pub draft: Option<Draft>,
    /// The new exit criteria, which replace all others.
    pub exit_criteria: Option<ExitCriteria>,
    /// True if due times outside the owner's working hours are to move to the next working instant.
    pub working_hours_only: Option<bool>,
    /// The priority of activities whose records say none.
    pub priority: Option<Priority>,
    /// Who does the activities of steps that don't say it.
    pub assign_to: Option<Assignee>,
}

/// The facts that the steps of a draft are checked against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The organization's present limits.
    pub limits: Limits,
    /// The templates that the sequence can use, by their chosen ids.
    pub templates: BTreeMap<String, TemplateId>,
    /// The ids that other steps of the sequence have or had. No new step gets one of them.
    pub used_step_ids: BTreeSet<String>,
    /// The type of the records. `None` if it doesn't exist: then nothing about it is checked.
    pub record_type: Option<RecordType>,
}

/// The steps of a sequence as a caller sent them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The steps, in the order in which records go through them.
    pub steps: Vec<DraftStep>,
}

/// One step as a caller sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftStep {
    /// Its id. `None`: the step is new and gets an id.
    pub step_id: Option<ChosenId>,
    /// The name that sellers see. Empty: the default name of its kind.
    pub display_name: String,
    /// The description that sellers see. Can be empty.
    pub description: String,
    /// How long its activity waits for somebody to touch it, before upnext skips it.
    pub auto_skip_after: Option<Delay>,
    /// Who does its activities. `None`: whoever does those of the sequence.
    pub assign_to: Option<Assignee>,
    /// The kind of the step, with the kind's own fields.
    pub kind: StepKind<ChosenId>,
    /// Its paths, in the order of the kind's path fields. Empty if the kind has none.
    pub paths: Vec<Vec<DraftStep>>,
}

impl PlanPatch {
    /// Returns the chosen ids of all templates that it names.
    pub fn template_ids(&self) -> BTreeSet<String> {
        self.draft.as_ref().map(Draft::template_ids).unwrap_or_default()
    }

    /// Returns the changed plan, and every new value that is not allowed. Paths begin at the
    /// sequence, like `steps[1].wait.delay`.
    ///
    /// Values that stay the same are not checked. Otherwise a limit that was lowered later would
    /// prevent changes of other fields.
    pub fn apply(&self, mut plan: Plan, around: &Surroundings) -> (Plan, Violations) {
        let mut found = Violations::new();
        if let Some(display_name) = &self.display_name {
            found.extend(around.limits.check_display_name("display_name", display_name));
            plan.display_name.clone_from(display_name);
        }
        if let Some(description) = &self.description {
            found.extend(around.limits.check_description("description", description));
            plan.description.clone_from(description);
        }
        plan.working_hours_only = self.working_hours_only.unwrap_or(plan.working_hours_only);
        plan.priority = self.priority.unwrap_or(plan.priority);

        if let Some(draft) = &self.draft {
            let (definition, unknown) = draft.define(&around.templates, &around.used_step_ids);
            found.extend(validation::check_values(&definition, &around.limits, around.record_type.as_ref()));
            found.extend(unknown);
            plan.definition = definition;
        }
        if let Some(exit_criteria) = &self.exit_criteria {
            if let Some(record_type) = &around.record_type {
                found
                    .extend_under("exit_criteria", exit_criteria.check(&record_type.subject().without_now()));
            }
            plan.exit_criteria.clone_from(exit_criteria);
        }
        if let Some(assign_to) = &self.assign_to {
            let wrong = validation::check_assignee(assign_to, around.record_type.as_ref());
            found.extend_under("assign_to", wrong);
            plan.assign_to.clone_from(assign_to);
        }

        (plan, found)
    }
}

impl Draft {
    /// Returns the chosen ids of all templates that the draft names.
    pub fn template_ids(&self) -> BTreeSet<String> {
        let named = self.all().into_iter().filter_map(|step| step.kind.template());
        named.map(|id| id.as_str().to_owned()).collect()
    }

    /// Returns the definition. `templates` are those that the sequence can use. `used` are the step
    /// ids that other steps of the sequence have or had, so that new steps can't have them.
    ///
    /// Unknown templates are returned as violations, with paths that begin at the definition, like
    /// `steps[0].email.template`. The definition leaves them out, so that its other values can
    /// still be checked.
    pub fn define(
        &self,
        templates: &BTreeMap<String, TemplateId>,
        used: &BTreeSet<String>,
    ) -> (Definition, Violations) {
        let new_ids = self.new_step_ids(used).into_iter();
        let mut defining = Defining { templates, new_ids, found: Violations::new() };
        let steps = defining.list(&self.steps, "steps");
        (Definition { steps }, defining.found)
    }

    /// Returns an id for each step that has none: `step-1`, `step-2` and so on, except ids that are
    /// taken.
    fn new_step_ids(&self, used: &BTreeSet<String>) -> Vec<String> {
        // From the whole draft: a later step can have the id that a new one would get.
        let all = self.all();
        let given: BTreeSet<&str> =
            all.iter().filter_map(|step| step.step_id.as_ref()).map(ChosenId::as_str).collect();
        let missing = all.iter().filter(|step| step.step_id.is_none()).count();

        // Counted, not random, so that the same draft always gets the same ids.
        let free = (1_u32..).map(|number| format!("step-{number}"));
        free.filter(|id| !used.contains(id) && !given.contains(id.as_str())).take(missing).collect()
    }

    /// Returns all its steps, each before the steps inside it.
    fn all(&self) -> Vec<&DraftStep> {
        fn add<'a>(steps: &'a [DraftStep], all: &mut Vec<&'a DraftStep>) {
            for step in steps {
                all.push(step);
                step.paths.iter().for_each(|path| add(path, all));
            }
        }
        let mut all = Vec::new();
        add(&self.steps, &mut all);
        all
    }
}

/// What the steps of a draft are turned into steps of a definition with.
struct Defining<'a> {
    templates: &'a BTreeMap<String, TemplateId>,
    /// The ids of the steps without one, in the order of [`Draft::all`].
    new_ids: std::vec::IntoIter<String>,
    found: Violations,
}

impl Defining<'_> {
    fn list(&mut self, steps: &[DraftStep], field: &str) -> Vec<Step> {
        let steps = steps.iter().enumerate();
        steps.map(|(index, step)| self.step(step, &format!("{field}[{index}]"))).collect()
    }

    fn step(&mut self, step: &DraftStep, field: &str) -> Step {
        let step_id = match &step.step_id {
            Some(given) => given.as_str().to_owned(),
            None => self.new_ids.next().expect("one for each step without an id"),
        };
        let kind = step.kind.clone().refer(|id| {
            let template = self.templates.get(id.as_str()).copied();
            if template.is_none() {
                let field = format!("{field}.{}.template", step.kind.field());
                self.found.push(field, Reason::TemplateUnknown, unknown_template(id.as_str()));
            }
            template
        });

        let fields = step.kind.path_fields().into_iter().zip(&step.paths);
        let paths = fields.map(|(path, steps)| self.list(steps, &format!("{field}.{path}"))).collect();
        let (display_name, description) = (step.display_name.clone(), step.description.clone());
        let (auto_skip_after, assign_to) = (step.auto_skip_after, step.assign_to.clone());
        Step { step_id, display_name, description, auto_skip_after, assign_to, kind, paths }
    }
}

fn unknown_template(id: &str) -> String {
    let template = names::TEMPLATE.name([id]);
    format!("must be a template for the sequence's record type, {template} isn't one")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::step::{Email, Task, Wait};

    fn step(step_id: Option<&str>, kind: StepKind<ChosenId>) -> DraftStep {
        let (display_name, description) = (String::new(), String::new());
        let (step_id, paths) = (step_id.map(ChosenId::known), Vec::new());
        let (auto_skip_after, assign_to) = (None, None);
        DraftStep { step_id, display_name, description, auto_skip_after, assign_to, kind, paths }
    }

    fn email(template: &str) -> StepKind<ChosenId> {
        StepKind::Email(Email { template: Some(ChosenId::known(template)) })
    }

    #[test]
    fn a_step_without_an_id_gets_one_that_no_other_step_has_or_had() {
        let task = |id| step(id, StepKind::Task(Task {}));
        let draft = Draft { steps: vec![task(None), task(Some("step-2")), task(None), task(Some("call"))] };
        let used = BTreeSet::from(["step-1".to_owned(), "step-4".to_owned()]);
        let (definition, found) = draft.define(&BTreeMap::new(), &used);
        let ids: Vec<_> = definition.steps.iter().map(|step| step.step_id.as_str()).collect();
        assert_eq!(ids, ["step-3", "step-2", "step-5", "call"]);
        assert!(found.is_empty());
        assert_eq!(draft.define(&BTreeMap::new(), &used).0, definition);
    }

    #[test]
    fn what_a_patch_sets_is_checked_and_what_stays_is_not() {
        let long = Plan { description: "x".repeat(3_000), ..Plan::default() };
        let rename = PlanPatch { display_name: Some("New".to_owned()), ..PlanPatch::default() };
        let (plan, found) = rename.apply(long.clone(), &Surroundings::default());
        assert!(found.is_empty());
        assert_eq!(plan, Plan { display_name: "New".to_owned(), ..long });

        let wait = StepKind::Wait(Wait::Delay(Delay { days: 31, ..Delay::default() }));
        let wrong = PlanPatch {
            display_name: Some(String::new()),
            description: Some("x".repeat(2_001)),
            draft: Some(Draft { steps: vec![step(None, wait), step(None, email("gone"))] }),
            exit_criteria: None,
            working_hours_only: None,
            priority: None,
            assign_to: None,
        };

        let (_, found) = wrong.apply(plan, &Surroundings::default());
        let reasons: Vec<_> = found.iter().map(|found| found.reason).collect();
        assert_eq!(
            reasons,
            [Reason::FieldRequired, Reason::FieldTooLong, Reason::WaitTooLong, Reason::TemplateUnknown]
        );
    }

    #[test]
    fn every_unknown_template_is_found_at_its_step() {
        let known = TemplateId(Uuid::from_u128(1));
        let draft =
            Draft { steps: vec![step(None, email("a")), step(None, email("b")), step(None, email("c"))] };
        assert_eq!(draft.template_ids().len(), 3);
        let (definition, found) = draft.define(&BTreeMap::from([("a".to_owned(), known)]), &BTreeSet::new());
        assert_eq!(definition.steps[0].kind, StepKind::Email(Email { template: Some(known) }));
        let fields: Vec<_> = found.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["steps[1].email.template", "steps[2].email.template"]);
        assert_eq!(found.shared_reason(), Some(Reason::TemplateUnknown));
    }
}
