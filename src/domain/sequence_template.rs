//! The sequences that upnext comes with, as examples to copy.

mod built_in;

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, TimeDelta};
use uuid::Uuid;

use super::assignee::Assignee;
use super::case::Facts;
use super::consent::Reach;
use super::definition::Definition;
use super::exit_criteria::ExitCriteria;
use super::flow::Target;
use super::id::{OrganizationId, QueueId, RecordId, SequenceId};
use super::names;
use super::priority::Priority;
use super::program::Program;
use super::sequence::Plan;
use super::settings::Settings;
use super::simulation::{Assumptions, Play, Simulation, Subject};
use super::step::Work;

/// A sequence to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SequenceTemplate {
    /// Its id.
    pub sequence_template_id: &'static str,
    /// Its name.
    pub display_name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// The id of the type of the records that it is made for.
    pub record_type: &'static str,
    /// Its steps.
    pub definition: Definition,
}

/// Returns all of them, in the order of their ids.
pub fn all() -> &'static [SequenceTemplate] {
    static ALL: LazyLock<Vec<SequenceTemplate>> = LazyLock::new(built_in::all);
    &ALL
}

/// Returns the one with this id. `None` if there is none.
pub fn find(id: &str) -> Option<&'static SequenceTemplate> {
    all().iter().find(|template| template.sequence_template_id == id)
}

impl SequenceTemplate {
    /// Returns its name: `sequenceTemplates/{sequence_template}`.
    pub fn name(&self) -> String {
        names::SEQUENCE_TEMPLATE.name([self.sequence_template_id])
    }

    /// Returns the plan of a sequence made from it.
    pub fn plan(&self) -> Plan {
        Plan {
            display_name: self.display_name.to_owned(),
            description: self.description.to_owned(),
            definition: self.definition.clone(),
            exit_criteria: ExitCriteria::default(),
            working_hours_only: false,
            priority: Priority::default(),
            assign_to: Assignee::default(),
        }
    }

    /// Returns the number of steps that a seller or worker acts on.
    pub fn step_count(&self) -> usize {
        let all = self.definition.all().into_iter();
        all.filter(|placed| matches!(placed.step.kind.work(), Work::Act(_))).count()
    }

    /// Returns how long it takes a record whose steps are all done at once, and whose person does
    /// nothing.
    pub fn length(&self) -> TimeDelta {
        let (start, nobody) = (DateTime::UNIX_EPOCH, Uuid::nil());
        let subject = Subject {
            organization: OrganizationId(nobody),
            sequence: SequenceId(nobody),
            revision: 1,
            record: RecordId(nobody),
        };
        let reach = Reach { email: true, phone: true, ..Reach::default() };
        let facts = Facts {
            program: Some(Arc::new(Program::compile(&self.definition))),
            settings: Some(Arc::new(Settings::default())),
            target: Some(Target { queue: QueueId(nobody), display_name: String::new(), reach }),
            ..Facts::default()
        };

        let played = Simulation::start(subject, facts, start).and_then(|simulation| {
            let mut play = Play::new(simulation, Assumptions::default());
            play.go()?;
            Ok(play.into_simulation().now() - start)
        });
        played.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sequence_warnings::{Setting, warnings};
    use crate::domain::settings::Limits;
    use crate::domain::{consent::ConsentPolicy, structure, validation};

    #[test]
    fn each_has_the_steps_and_days_that_it_is_known_for() {
        let told: Vec<_> = all()
            .iter()
            .map(|one| (one.sequence_template_id, one.record_type, one.step_count(), one.length().num_days()))
            .collect();
        let expected = [
            ("account-renewal", "account", 13, 50),
            ("demo-request", "opportunity", 9, 5),
            ("invite-to-event", "contact", 6, 5),
            ("no-show-follow-up", "contact", 7, 5),
            ("outbound-prospecting", "lead", 7, 9),
            ("webinar-follow-up", "lead", 10, 7),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn each_can_be_activated_and_has_no_warnings() {
        for template in all() {
            let definition = &template.definition;
            assert!(validation::check_values(definition, &Limits::default(), None).is_empty());
            assert_eq!(structure::check(definition).to_string(), "", "{}", template.display_name);
            let setting =
                Setting { record_type: None, consent_policy: ConsentPolicy::Warn, now: DateTime::UNIX_EPOCH };
            assert_eq!(warnings(&template.plan(), setting), []);
            assert!(definition.all().iter().all(|placed| !placed.step.kind.shown_name().is_empty()));
        }
    }

    #[test]
    fn one_is_found_by_its_id() {
        assert_eq!(
            find("demo-request").map(SequenceTemplate::name).as_deref(),
            Some("sequenceTemplates/demo-request")
        );
        assert_eq!(find("x"), None);
    }
}
