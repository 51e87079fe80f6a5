//! What a sequence says: the tree of steps as it is designed, edited and kept.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::id::TemplateId;

/// The steps of a sequence, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Definition {
    /// In the order in which records go through them.
    pub steps: Vec<Step>,
}

impl Definition {
    /// The ids of its steps, each before the steps inside it: a revision's nodes are numbered in
    /// this order.
    pub fn step_ids(&self) -> Vec<&str> {
        self.steps.iter().map(|step| step.step_id.as_str()).collect()
    }

    /// The keys of all templates that its steps name.
    pub fn templates(&self) -> BTreeSet<TemplateId> {
        let named = self.steps.iter().filter_map(|step| match &step.kind {
            StepKind::Email { template } => *template,
            StepKind::PhoneCall { .. } | StepKind::Task | StepKind::Wait(_) => None,
        });
        named.collect()
    }
}

/// One node of a definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Stable across revisions, unique in the definition.
    pub step_id: String,
    /// Shown to the seller; empty: the kind's own name.
    #[serde(default)]
    pub display_name: String,
    /// Shown to the seller.
    #[serde(default)]
    pub description: String,
    /// What the step is.
    pub kind: StepKind,
}

impl Step {
    /// What the seller sees as the step's name.
    pub fn shown_name(&self) -> &str {
        if self.display_name.is_empty() { self.kind.shown_name() } else { &self.display_name }
    }
}

/// What a step is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// An email for the seller to send.
    Email {
        /// What the composer opens with; without one it is empty.
        template: Option<TemplateId>,
    },
    /// A call for the seller to make; completing it needs an outcome.
    PhoneCall {
        /// What to say.
        script: String,
    },
    /// Free work.
    Task,
    /// Time between the step before and the step after.
    Wait(Wait),
}

impl StepKind {
    /// What the kind is called where a step has no name of its own.
    pub const fn shown_name(&self) -> &'static str {
        match self {
            StepKind::Email { .. } => "Email",
            StepKind::PhoneCall { .. } => "Phone call",
            StepKind::Task => "Task",
            StepKind::Wait(_) => "Wait",
        }
    }

    /// The kind's word on the wire.
    pub const fn as_str(&self) -> &'static str {
        match self {
            StepKind::Email { .. } => "EMAIL",
            StepKind::PhoneCall { .. } => "PHONE_CALL",
            StepKind::Task => "TASK",
            StepKind::Wait(_) => "WAIT",
        }
    }
}

/// How long a wait lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wait {
    /// Elapsed time.
    Delay(Delay),
}

/// An amount of elapsed time: the sum of its fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delay {
    /// 24 hours each.
    pub days: i32,
    /// Hours.
    pub hours: i32,
    /// Minutes.
    pub minutes: i32,
    /// Seconds.
    pub seconds: i32,
}

impl Delay {
    /// The sum. Never overflows: four 32-bit amounts are less than six million years.
    pub fn total(&self) -> TimeDelta {
        TimeDelta::days(i64::from(self.days))
            + TimeDelta::hours(i64::from(self.hours))
            + TimeDelta::minutes(i64::from(self.minutes))
            + TimeDelta::seconds(i64::from(self.seconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_is_the_sum_of_its_fields_without_overflow() {
        let delay = Delay { days: 1, hours: 2, minutes: 3, seconds: 4 };
        assert_eq!(delay.total().num_seconds(), 86_400 + 7_200 + 180 + 4);
        let most = Delay { days: i32::MAX, hours: i32::MAX, minutes: i32::MAX, seconds: i32::MAX };
        assert!(most.total() > TimeDelta::days(i64::from(i32::MAX)));
    }

    #[test]
    fn a_kept_definition_reads_back_as_it_was() {
        let step = |step_id: &str, kind| Step {
            step_id: step_id.to_owned(),
            display_name: String::new(),
            description: String::new(),
            kind,
        };
        let definition = Definition {
            steps: vec![
                step("hello", StepKind::Email { template: None }),
                step("pause", StepKind::Wait(Wait::Delay(Delay { days: 2, ..Delay::default() }))),
                step("call", StepKind::PhoneCall { script: "Hi".to_owned() }),
                step("note", StepKind::Task),
            ],
        };
        let kept = serde_json::to_string(&definition).expect("serializes");
        assert_eq!(serde_json::from_str::<Definition>(&kept).expect("reads back"), definition);
    }
}
