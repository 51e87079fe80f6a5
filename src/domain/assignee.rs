//! Who does an activity: decided when it falls due, and again when the record changes.

use serde::{Deserialize, Serialize};

use super::activity::Activity;
use super::case::{Broken, Case, Facts};
use super::flow::Target;
use super::history::HistoryDetail;
use super::id::{QueueId, SellerId};
use super::program::NodeId;
use super::step::ActivityKind;

/// Who does the activities of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assignee {
    /// The owner of the record.
    #[default]
    RecordOwner,
    /// The seller whose id this attribute of the record holds.
    Attribute(String),
    /// The team with this chosen id: whoever takes it from its queue.
    Team(String),
    /// The seller who enrolled the record.
    Enroller,
}

/// Why the record's owner does an activity that is another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unassigned {
    /// The record lacks the attribute.
    AttributeMissing,
    /// The attribute names nobody.
    SellerUnknown,
    /// The team was deleted.
    TeamUnknown,
    /// No seller enrolled the record, or one who was deleted.
    NoEnroller,
}

/// The queue of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    /// Its key.
    pub queue: QueueId,
    /// Why it is that of the record's owner, if it should be another's.
    pub why: Option<Unassigned>,
}

impl Unassigned {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Unassigned::AttributeMissing => "ATTRIBUTE_MISSING",
            Unassigned::SellerUnknown => "SELLER_UNKNOWN",
            Unassigned::TeamUnknown => "TEAM_UNKNOWN",
            Unassigned::NoEnroller => "NO_ENROLLER",
        }
    }
}

impl Assignee {
    /// True if it takes a look at the record or the teams to find the queue.
    pub const fn is_looked_up(&self) -> bool {
        matches!(self, Assignee::Attribute(_) | Assignee::Team(_))
    }

    /// Returns the number of bytes of its text.
    pub fn text_bytes(&self) -> usize {
        match self {
            Assignee::Attribute(text) | Assignee::Team(text) => text.len(),
            Assignee::RecordOwner | Assignee::Enroller => 0,
        }
    }

    /// Says who it is, for pictures.
    pub fn words(&self) -> &str {
        match self {
            Assignee::RecordOwner => "the owner",
            Assignee::Enroller => "whoever enrolled",
            Assignee::Attribute(name) | Assignee::Team(name) => name,
        }
    }

    /// Returns the chosen id of the team. `None` if it is no team.
    pub fn team(&self) -> Option<&str> {
        match self {
            Assignee::Team(team) => Some(team),
            _ => None,
        }
    }
}

impl Facts {
    /// Returns the queue in which an activity of a node belongs. `enroller` is the seller who
    /// enrolled the record, and `target` the record as it is then.
    pub fn home(
        &self,
        (node, kind): (NodeId, ActivityKind),
        enroller: Option<SellerId>,
        target: &Target,
    ) -> Home {
        if let Some(queue) = self.automation.filter(|_| kind.is_automated()) {
            return Home { queue, why: None };
        }

        let assignee = self.program.as_deref().map(|program| program.assignee(node));
        let found = match assignee.unwrap_or(&Assignee::RecordOwner) {
            Assignee::RecordOwner => Ok(target.queue),
            Assignee::Enroller => {
                let queue = enroller.map(QueueId::from);
                queue.filter(|queue| !self.closed_queues.contains(queue)).ok_or(Unassigned::NoEnroller)
            }
            looked_up => match self.assignees.get(looked_up) {
                Some(found) => *found,
                None if matches!(looked_up, Assignee::Team(_)) => Err(Unassigned::TeamUnknown),
                None => Err(Unassigned::AttributeMissing),
            },
        };
        Home { queue: found.unwrap_or(target.queue), why: found.err() }
    }
}

impl Case {
    /// Returns the queue in which an activity of this enrollment belongs, while its record has this
    /// target.
    pub(super) fn home_of(&self, activity: &Activity, target: &Target) -> Home {
        self.facts.home((activity.node, activity.kind), self.enrollment.enroller, target)
    }

    /// Returns who does the open activity, and why that is the record's owner if it should be
    /// another's. `None` if no activity is open.
    ///
    /// # Errors
    /// The case is broken.
    pub fn explain_assignment(&self) -> Result<Option<(Assignee, Option<Unassigned>)>, Broken> {
        let Some(open) = &self.open else { return Ok(None) };
        let home = self.home_of(open, self.target()?);
        Ok(Some((self.basis()?.program.assignee(open.node).clone(), home.why)))
    }
}

impl Home {
    /// Adds to an event why the record's owner does the activity, if it should be another's.
    pub(super) fn told(self, detail: HistoryDetail) -> HistoryDetail {
        HistoryDetail { why: self.why.map(|why| why.as_str().to_owned()), ..detail }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use uuid::Uuid;

    use super::*;
    use crate::domain::consent::Reach;
    use crate::domain::definition::{Definition, Step};
    use crate::domain::program::Program;
    use crate::domain::step::{StepKind, Task};

    const OWNER: QueueId = QueueId(Uuid::from_u128(1));
    const OTHER: QueueId = QueueId(Uuid::from_u128(2));
    const AUTOMATION: QueueId = QueueId(Uuid::from_u128(3));

    /// Returns the home of a task, and what is told about it.
    fn home(
        of_step: Option<Assignee>,
        default: Assignee,
        found: Option<Result<QueueId, Unassigned>>,
    ) -> (QueueId, Option<&'static str>) {
        let assignee = of_step.clone().unwrap_or(default.clone());
        let step = Step { assign_to: of_step, ..Step::of("a", StepKind::Task(Task {})) };
        let program = Program::compile(&Definition { steps: vec![step] }).assigning(default);
        let facts = Facts {
            program: Some(Arc::new(program)),
            assignees: found.map(|found| (assignee, found)).into_iter().collect(),
            automation: Some(AUTOMATION),
            ..Facts::default()
        };

        let target = Target { queue: OWNER, display_name: String::new(), reach: Reach::default() };
        let home = facts.home((NodeId(0), ActivityKind::Task), None, &target);
        (home.queue, home.why.map(Unassigned::as_str))
    }

    #[test]
    fn a_step_overrides_the_sequence_and_nobody_means_the_owner() {
        let team = || Assignee::Team("closers".to_owned());
        let attribute = || Assignee::Attribute("closer".to_owned());
        assert_eq!(home(None, Assignee::RecordOwner, None), (OWNER, None));
        assert_eq!(home(None, team(), Some(Ok(OTHER))), (OTHER, None));
        assert_eq!(home(Some(Assignee::RecordOwner), team(), None), (OWNER, None));
        assert_eq!(home(Some(attribute()), team(), Some(Ok(OTHER))), (OTHER, None));

        assert_eq!(home(Some(team()), attribute(), None), (OWNER, Some("TEAM_UNKNOWN")));
        assert_eq!(home(Some(attribute()), team(), None), (OWNER, Some("ATTRIBUTE_MISSING")));
        let unknown = Some(Err(Unassigned::SellerUnknown));
        assert_eq!(home(Some(attribute()), team(), unknown), (OWNER, Some("SELLER_UNKNOWN")));
        assert_eq!(home(Some(Assignee::Enroller), team(), None), (OWNER, Some("NO_ENROLLER")));
    }

    #[test]
    fn a_deleted_seller_does_nothing_that_was_enrolled() {
        let step = Step { assign_to: Some(Assignee::Enroller), ..Step::of("a", StepKind::Task(Task {})) };
        let program = Program::compile(&Definition { steps: vec![step] });
        let (ana, ben) = (SellerId(OTHER.0), SellerId(Uuid::from_u128(4)));
        let facts = Facts {
            program: Some(Arc::new(program)),
            closed_queues: Arc::new([ana.into()].into()),
            ..Facts::default()
        };

        let target = Target { queue: OWNER, display_name: String::new(), reach: Reach::default() };
        let home = |enroller| facts.home((NodeId(0), ActivityKind::Task), Some(enroller), &target);
        assert_eq!(home(ana), Home { queue: OWNER, why: Some(Unassigned::NoEnroller) });
        assert_eq!(home(ben), Home { queue: ben.into(), why: None });
    }

    #[test]
    fn what_a_worker_does_is_in_the_automation_queue_whoever_is_assigned() {
        let facts = Facts { automation: Some(AUTOMATION), ..Facts::default() };
        let target = Target { queue: OWNER, display_name: String::new(), reach: Reach::default() };
        let enroller = Some(SellerId(OTHER.0));
        let home = facts.home((NodeId(0), ActivityKind::AutomatedEmail), enroller, &target);
        assert_eq!(home, Home { queue: AUTOMATION, why: None });
    }
}
