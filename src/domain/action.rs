//! What can be done with enrollments: one by one, in batches, and with all that match a condition.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::caller::Actor;
use super::case::{Broken, Case};
use super::enrollment::{EnrollmentState, ExitReason, PauseReason};
use super::flow::Flow;
use super::migration::{Destination, Route, StepPolicy};
use super::program::{NodeId, Program};
use super::reason::Reason;
use super::refusal::Refusal;
use super::violation::Violations;

/// The longest pause that ends by itself, inclusive.
const LONGEST_PAUSE: TimeDelta = TimeDelta::days(365);

/// What to do with an enrollment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Action {
    /// Pause it, until somebody resumes it.
    Pause,
    /// Pause it until a time, at which it is resumed by itself.
    PauseUntil(DateTime<Utc>),
    /// Resume it.
    Resume,
    /// Let it try its step again, which failed.
    Retry,
    /// End it.
    Exit,
    /// Move it to another revision or step.
    Migrate {
        /// The number of the revision. 0 stands for the newest.
        revision: i32,
        /// What becomes of its step.
        policy: StepPolicy,
        /// The id of the step that it begins instead. `None`: the policy decides.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step_id: Option<String>,
    },
}

/// Enrollments of one sequence that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The state.
    pub state: EnrollmentState,
    /// True if they are paused with their sequence.
    pub with_sequence: bool,
    /// The revision.
    pub revision: i32,
    /// The node in that revision.
    pub node: NodeId,
}

/// What an action would do with an enrollment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// It changes.
    Changed,
    /// It changes, and begins a step.
    Restarted,
    /// It is already as wanted.
    Unchanged,
    /// It is refused.
    Refused,
}

impl Action {
    /// Returns the same action with the number of the newest revision in place of 0.
    #[must_use]
    pub fn on_newest(self, newest: i32) -> Self {
        match self {
            Action::Migrate { revision: 0, policy, step_id } => {
                Action::Migrate { revision: newest, policy, step_id }
            }
            other => other,
        }
    }

    /// Returns the revision to which it moves enrollments: 0 for the newest. `None` if it moves
    /// none.
    pub const fn destination(&self) -> Option<i32> {
        match self {
            Action::Migrate { revision, .. } => Some(*revision),
            Action::Pause | Action::PauseUntil(_) | Action::Resume | Action::Retry | Action::Exit => None,
        }
    }

    /// Checks the time at which a pause ends by itself: in the future, at most 365 days ahead.
    pub fn check_times(&self, now: DateTime<Utc>) -> Violations {
        match self {
            Action::PauseUntil(time) if *time <= now || *time - now > LONGEST_PAUSE => {
                let days = LONGEST_PAUSE.num_days();
                let rule = format!("must be in the future and at most {days} days ahead");
                Violations::one("resume_time", Reason::FieldInvalid, rule)
            }
            _ => Violations::new(),
        }
    }

    /// Returns what it would do with enrollments that are alike. `from` is the program of their
    /// revision.
    pub fn forecast(&self, alike: Alike, from: Option<&Program>, to: Option<&Destination>) -> Expected {
        let paused = alike.state == EnrollmentState::Paused;
        let failed = alike.state == EnrollmentState::Failed;

        match self {
            Action::Exit => Expected::Changed,
            Action::Retry if failed => Expected::Changed,
            Action::Retry => Expected::Unchanged,
            Action::Pause | Action::PauseUntil(_) | Action::Resume if failed => Expected::Refused,
            Action::Pause | Action::PauseUntil(_) if paused => Expected::Unchanged,
            Action::Pause | Action::PauseUntil(_) => Expected::Changed,
            Action::Resume if alike.with_sequence => Expected::Refused,
            Action::Resume if paused => Expected::Changed,
            Action::Resume => Expected::Unchanged,
            Action::Migrate { policy, step_id, .. } => {
                let (Some(from), Some(to)) = (from, to) else { return Expected::Refused };
                match to.route((alike.revision, alike.node), from, (*policy, step_id.as_deref())) {
                    Ok(Route::There) => Expected::Unchanged,
                    Ok(Route::Keep(_)) => Expected::Changed,
                    Ok(Route::Reach(_) | Route::Restart) => Expected::Restarted,
                    Err(_) => Expected::Refused,
                }
            }
        }
    }
}

impl Refusal {
    /// True if it says that an enrollment is already as an action would leave it.
    pub fn is_done_already(&self, action: &Action) -> bool {
        matches!(
            (self, action),
            (Refusal::EnrollmentPaused { .. }, Action::Pause | Action::PauseUntil(_))
                | (Refusal::EnrollmentNotPaused { .. }, Action::Resume)
                | (Refusal::EnrollmentNotFailed { .. }, Action::Retry)
                | (Refusal::EnrollmentEnded { .. }, Action::Exit)
        )
    }
}

impl Case {
    /// Checks that the state of the enrollment allows it.
    ///
    /// # Errors
    /// A refusal.
    pub fn check(&self, action: &Action) -> Result<(), Refusal> {
        match action {
            Action::Pause | Action::PauseUntil(_) => self.enrollment.check_running(),
            Action::Resume | Action::Retry => {
                match action {
                    Action::Retry => self.enrollment.check_failed()?,
                    _ => self.enrollment.check_resumable()?,
                }
                match self.facts.halt.and_then(|halt| halt.pause_time()) {
                    Some(_) => Err(Refusal::SequencePaused { enrollment: self.enrollment.id }),
                    None => Ok(()),
                }
            }
            Action::Exit | Action::Migrate { .. } => self.enrollment.check_open(),
        }
    }

    /// Does it. A refusal leaves `flow` as it was. `to` is the destination, if the action has one.
    /// Returns the case afterwards.
    ///
    /// # Errors
    /// Broken if something is missing that an open enrollment must have.
    pub fn act(
        &self,
        action: &Action,
        to: Option<&Destination>,
        by: Actor,
        flow: &mut Flow<'_>,
    ) -> Result<Result<Case, Refusal>, Broken> {
        if let Err(refusal) = self.check(action) {
            return Ok(Err(refusal));
        }

        Ok(Ok(match action {
            Action::Pause => self.pause(PauseReason::Manual, flow.now, by, flow),
            Action::PauseUntil(time) => {
                self.pause_until(Some(*time), (PauseReason::Manual, flow.now), by, flow)
            }
            Action::Resume | Action::Retry => self.resume(flow.now, by, flow)?,
            Action::Exit => {
                let enrollment = self.exit(ExitReason::Manual, by, flow);
                Case { enrollment, open: None, ..self.clone() }
            }
            Action::Migrate { policy, step_id, .. } => {
                let to = to.ok_or(self.broken("revision"))?;
                match self.route(to, (*policy, step_id.as_deref()))? {
                    Ok(route) => self.migrate(to, route, by, flow)?,
                    Err(refusal) => return Ok(Err(refusal)),
                }
            }
        }))
    }
}
