//! Explains why a wait ends when it does.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::case::{Broken, Case};
use super::flow::Basis;
use super::step::{BranchCondition, Delay, StepKind, Wait, Work};
use super::timer::WaitReason;

/// What the end of a running wait depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedWait {
    /// What it waits for.
    pub kind: ExplainedKind,
    /// Its length or end in words, like `4 h of working time`. Empty if it waits for its owner to
    /// work.
    pub length: String,
    /// When it began.
    pub begin_time: DateTime<Utc>,
    /// True if it depends on when the owner works.
    pub follows_calendar: bool,
    /// The zone whose clocks count. `None` if none do.
    pub zone: Option<Tz>,
    /// The attribute that it is for. `None` if it is for none.
    pub attribute: Option<String>,
    /// What the record holds in that attribute. `None` if it holds nothing.
    pub attribute_time: Option<DateTime<Utc>>,
    /// When it would end if it didn't have to end in working hours. `None` if that changes nothing.
    pub unmoved_time: Option<DateTime<Utc>>,
}

/// What a wait waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExplainedKind {
    /// For an amount of elapsed time.
    ElapsedTime,
    /// For an amount of working time or a number of working days.
    WorkingTime,
    /// For clocks to show a time.
    LocalTime,
    /// For an instant that the record holds.
    Attribute,
    /// For what the person does, until the limit of a branch.
    BranchLimit,
    /// For the next call.
    NextCall,
    /// For its owner to work.
    WorkingHours,
}

impl Case {
    /// Explains the running wait. `None` if it doesn't wait, or stands at a command.
    ///
    /// # Errors
    /// The case is broken.
    pub fn explain_wait(&self) -> Result<Option<ExplainedWait>, Broken> {
        let Some((until, reason)) = self.enrollment.position.waiting() else { return Ok(None) };
        let basis = self.basis()?;
        let Some(here) = basis.program.node(self.enrollment.node) else { return Ok(None) };

        Ok(match (reason, here.step.kind.work()) {
            (WaitReason::Step, Work::Wait(wait)) => Some(self.explain_step(wait, basis)),
            (WaitReason::WorkingHours, _) => Some(ExplainedWait {
                follows_calendar: true,
                zone: Some(basis.facts.timing.working().zone()),
                ..ExplainedWait::of(
                    ExplainedKind::WorkingHours,
                    String::new(),
                    self.enrollment.step_reach_time,
                )
            }),
            (WaitReason::Branch | WaitReason::Retry, _) => elapsed(&here.step.kind)
                .map(|(kind, delay)| ExplainedWait::of(kind, delay.to_string(), until - delay.total())),
            (WaitReason::Step | WaitReason::Start | WaitReason::Throttle | WaitReason::Command, _) => None,
        })
    }

    fn explain_step(&self, wait: &Wait, basis: Basis<'_>) -> ExplainedWait {
        let (since, timing) = (self.enrollment.step_reach_time, &basis.facts.timing);
        let working = timing.working();
        let kind = match wait {
            Wait::Delay(_) => ExplainedKind::ElapsedTime,
            Wait::BusinessHours(_) | Wait::BusinessDays(_) => ExplainedKind::WorkingTime,
            Wait::UntilLocalTime(_) => ExplainedKind::LocalTime,
            Wait::UntilAttribute(_) => ExplainedKind::Attribute,
        };
        let own_zone = match wait {
            Wait::UntilLocalTime(until) => until.time_zone,
            _ => None,
        };
        let follows_calendar = wait.follows_calendar() || timing.working_hours_only;
        let planned = self.enrollment.end_of(wait, timing);

        ExplainedWait {
            follows_calendar,
            zone: own_zone.or(follows_calendar.then(|| working.zone())),
            attribute: wait.attribute().map(str::to_owned),
            attribute_time: wait.attribute().and_then(|attribute| timing.instant(attribute)),
            unmoved_time: planned.filter(|planned| timing.moved(*planned) != *planned),
            ..ExplainedWait::of(kind, wait.to_string(), since)
        }
    }
}

impl ExplainedWait {
    fn of(kind: ExplainedKind, length: String, begin_time: DateTime<Utc>) -> Self {
        Self {
            kind,
            length,
            begin_time,
            follows_calendar: false,
            zone: None,
            attribute: None,
            attribute_time: None,
            unmoved_time: None,
        }
    }
}

/// Returns the elapsed time that a branch gives a person, or that lies before the next call.
fn elapsed(step: &StepKind) -> Option<(ExplainedKind, Delay)> {
    match step {
        StepKind::Branch(branch) => match &branch.condition {
            BranchCondition::Engagement { limit, .. } => Some((ExplainedKind::BranchLimit, *limit)),
            _ => None,
        },
        StepKind::PhoneCall(call) => Some((ExplainedKind::NextCall, call.retry.as_ref()?.delay)),
        _ => None,
    }
}
