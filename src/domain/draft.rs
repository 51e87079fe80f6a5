//! A definition as a caller sends it: steps may have no id yet, and templates go by the ids that
//! callers chose.

use std::collections::{BTreeMap, BTreeSet};

use super::definition::{Definition, Step};
use super::id::{ChosenId, TemplateId};
use super::names;
use super::reason::Reason;
use super::sequence::Plan;
use super::settings::Limits;
use super::step::StepKind;
use super::validation;
use super::violation::Violations;

/// What is to be set of a sequence's plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanPatch {
    /// What people call it.
    pub display_name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Its steps, all of them.
    pub draft: Option<Draft>,
}

/// What the steps of a draft are held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The organization's limits as they stand.
    pub limits: Limits,
    /// The templates that the sequence may use, by their chosen ids.
    pub templates: BTreeMap<String, TemplateId>,
    /// The ids that other steps of the sequence have or had: no new step gets one of them.
    pub used_step_ids: BTreeSet<String>,
}

/// The steps of a sequence as they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// In the order in which records are to go through them.
    pub steps: Vec<DraftStep>,
}

/// One step as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftStep {
    /// None: the step is new and gets an id.
    pub step_id: Option<ChosenId>,
    /// Shown to the seller; empty: the kind's own name.
    pub display_name: String,
    /// Shown to the seller.
    pub description: String,
    /// What the step is.
    pub kind: StepKind<ChosenId>,
}

impl PlanPatch {
    /// The chosen ids of all templates that it names.
    pub fn template_ids(&self) -> BTreeSet<String> {
        self.draft.as_ref().map(Draft::template_ids).unwrap_or_default()
    }

    /// Sets what is to be set, and finds the values that none of it may have. Paths begin at the
    /// sequence: `steps[1].wait.delay`.
    ///
    /// What stays is not checked: a limit that was lowered since keeps nobody from changing
    /// something else.
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

        if let Some(draft) = &self.draft {
            let (definition, unknown) = draft.define(&around.templates, &around.used_step_ids);
            found.extend(validation::check_values(&definition, &around.limits));
            found.extend(unknown);
            plan.definition = definition;
        }
        (plan, found)
    }
}

impl Draft {
    /// The chosen ids of all templates that the draft names.
    pub fn template_ids(&self) -> BTreeSet<String> {
        let named = self.steps.iter().filter_map(|step| step.kind.template());
        named.map(|id| id.as_str().to_owned()).collect()
    }

    /// Makes it a definition: `templates` are those that the sequence may use, `used` the step ids
    /// that new steps can't have because other steps of the sequence have or had them.
    ///
    /// An unknown template is found wrong (paths begin at the definition:
    /// `steps[0].email.template`) and left out, so that the other values can still be checked.
    pub fn define(
        &self,
        templates: &BTreeMap<String, TemplateId>,
        used: &BTreeSet<String>,
    ) -> (Definition, Violations) {
        let mut found = Violations::new();
        let mut new_ids = self.new_step_ids(used).into_iter();
        let mut steps = Vec::with_capacity(self.steps.len());

        for (index, step) in self.steps.iter().enumerate() {
            let step_id = match &step.step_id {
                Some(given) => given.as_str().to_owned(),
                None => new_ids.next().expect("there is one for each step without"),
            };
            let kind = step.kind.clone().refer(|id| {
                let template = templates.get(id.as_str()).copied();
                if template.is_none() {
                    let field = format!("steps[{index}].{}.template", step.kind.field());
                    found.push(field, Reason::TemplateUnknown, unknown_template(id.as_str()));
                }
                template
            });

            let (display_name, description) = (step.display_name.clone(), step.description.clone());
            steps.push(Step { step_id, display_name, description, kind });
        }
        (Definition { steps }, found)
    }

    /// An id for each step without one: `step-1` and on, without those that are taken.
    fn new_step_ids(&self, used: &BTreeSet<String>) -> Vec<String> {
        let given: BTreeSet<&str> =
            self.steps.iter().filter_map(|step| step.step_id.as_ref()).map(ChosenId::as_str).collect();
        let missing = self.steps.iter().filter(|step| step.step_id.is_none()).count();
        let free = (1_u32..).map(|number| format!("step-{number}"));
        free.filter(|id| !used.contains(id) && !given.contains(id.as_str())).take(missing).collect()
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
    use crate::domain::step::{Delay, Email, Task, Wait};

    fn step(step_id: Option<&str>, kind: StepKind<ChosenId>) -> DraftStep {
        let (display_name, description) = (String::new(), String::new());
        DraftStep { step_id: step_id.map(ChosenId::known), display_name, description, kind }
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
