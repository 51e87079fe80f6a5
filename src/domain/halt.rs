//! Halts: a deactivation that pauses or exits all enrollments of a sequence. It takes effect at
//! once, because every decision looks at the halt first. An operation writes it to the enrollments.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::caller::Actor;
use super::case::{Broken, Case};
use super::enrollment::{Enrollment, ExitReason, Interrupted, PauseReason, Position};
use super::flow::Flow;

/// The latest halt of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halt {
    /// Counts the halts of the sequence, from 1. An enrollment keeps the number of the last one
    /// that it went through, or that was before its start.
    pub number: i32,
    /// The effect on the enrollments.
    pub effect: HaltEffect,
}

/// The effect of a halt on the enrollments that were open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HaltEffect {
    /// Those that were running are paused.
    Pause {
        /// The time since which they are paused.
        at: DateTime<Utc>,
        /// The time when they were resumed. `None` if they are still paused.
        resumed_at: Option<DateTime<Utc>>,
    },
    /// They ended.
    Exit {
        /// The time when they ended.
        at: DateTime<Utc>,
    },
}

impl Halt {
    /// True if enrollments are still halted.
    pub fn lasts(&self) -> bool {
        !matches!(self.effect, HaltEffect::Pause { resumed_at: Some(_), .. })
    }

    /// Returns the same pause, resumed. `None` if it isn't a pause that lasts.
    pub fn resumed(self, now: DateTime<Utc>) -> Option<Self> {
        match self.effect {
            HaltEffect::Pause { at, resumed_at: None } => {
                Some(Self { effect: HaltEffect::Pause { at, resumed_at: Some(now) }, ..self })
            }
            HaltEffect::Pause { .. } | HaltEffect::Exit { .. } => None,
        }
    }

    /// True if it ends enrollments.
    pub const fn ends(&self) -> bool {
        matches!(self.effect, HaltEffect::Exit { .. })
    }

    /// Returns the time since which the enrollments are paused. `None` if they aren't.
    pub fn pause_time(&self) -> Option<DateTime<Utc>> {
        match self.effect {
            HaltEffect::Pause { at, resumed_at: None } => Some(at),
            HaltEffect::Pause { .. } | HaltEffect::Exit { .. } => None,
        }
    }

    /// True if an enrollment isn't yet as the halt left it.
    fn concerns(&self, enrollment: &Enrollment) -> bool {
        let paused = enrollment.position.paused();
        let resumes =
            !self.lasts() && paused.is_some_and(|(_, reason)| reason == PauseReason::SequencePaused);
        enrollment.end_time().is_none() && (enrollment.halts < self.number || resumes)
    }

    /// Returns an enrollment as the halt left it, to show it before that is written. The time until
    /// which it waits after a pause is told once that is written.
    pub fn shown(&self, enrollment: Enrollment) -> Enrollment {
        if !self.concerns(&enrollment) {
            return enrollment;
        }

        let position = match (self.effect, enrollment.position.at_step()) {
            (HaltEffect::Exit { at }, _) => Position::Exited { at, reason: ExitReason::SequenceDeactivated },
            (HaltEffect::Pause { at, resumed_at: None }, Some(interrupted))
                if enrollment.position.paused().is_none() =>
            {
                Position::Paused { at, reason: PauseReason::SequencePaused, until: None, interrupted }
            }
            (HaltEffect::Pause { resumed_at: Some(_), .. }, Some(interrupted)) => {
                running(&enrollment, interrupted)
            }
            _ => enrollment.position,
        };

        Enrollment { position, ..enrollment }
    }
}

/// Returns the position of an enrollment that its sequence no longer pauses.
fn running(enrollment: &Enrollment, interrupted: Interrupted) -> Position {
    match (enrollment.position, interrupted) {
        (Position::Paused { reason: PauseReason::SequencePaused, .. }, Interrupted::Activity(activity)) => {
            Position::Acting { activity }
        }
        (
            Position::Paused { reason: PauseReason::SequencePaused, .. },
            Interrupted::Wait { until, reason },
        ) => Position::Waiting { until, reason },
        (position, _) => position,
    }
}

impl Case {
    /// Returns the case as its sequence's last halt left it, and adds what that changes. Call it
    /// before any other decision.
    ///
    /// # Errors
    /// Broken if something is missing that an enrollment must have to be resumed.
    pub fn settled(&self, flow: &mut Flow<'_>) -> Result<Cow<'_, Case>, Broken> {
        match self.facts.halt.filter(|halt| halt.concerns(&self.enrollment)) {
            Some(halt) => Ok(Cow::Owned(self.settle(halt, flow)?)),
            None => Ok(Cow::Borrowed(self)),
        }
    }

    fn settle(&self, halt: Halt, flow: &mut Flow<'_>) -> Result<Case, Broken> {
        let (at, resumed_at) = match halt.effect {
            HaltEffect::Pause { at, resumed_at } => (at, resumed_at),
            HaltEffect::Exit { at } => {
                let enrollment = self.exit_at(ExitReason::SequenceDeactivated, at, Actor::UPNEXT, flow);
                return Ok(Case { enrollment, open: None, ..self.clone() });
            }
        };

        let met = Enrollment { halts: halt.number, ..self.enrollment.clone() };
        let unmet = self.enrollment.halts < halt.number;
        let mut case = Case { enrollment: met, ..self.clone() };
        if unmet && case.enrollment.position.paused().is_none() {
            case = case.pause(PauseReason::SequencePaused, at, Actor::UPNEXT, flow);
        } else if unmet {
            // Somebody has paused it by hand, and it stays so.
            case.enrollment = flow.moved(case.enrollment, None).enrollment;
        }

        let paused = case.enrollment.position.paused();
        match (resumed_at, paused) {
            (Some(at), Some((_, PauseReason::SequencePaused))) => case.resume(at, Actor::UPNEXT, flow),
            _ => Ok(case),
        }
    }

    /// True if the last halt of its sequence isn't written to the enrollment yet.
    pub fn is_unsettled(&self) -> bool {
        self.facts.halt.is_some_and(|halt| halt.concerns(&self.enrollment))
    }

    /// Returns the time and reason of the exit by a halt that isn't written yet, if there is one.
    pub(super) fn halted_exit(&self) -> Option<(ExitReason, DateTime<Utc>)> {
        let halt = self.facts.halt.filter(|halt| halt.concerns(&self.enrollment))?;
        match halt.effect {
            HaltEffect::Exit { at } => Some((ExitReason::SequenceDeactivated, at)),
            HaltEffect::Pause { .. } => None,
        }
    }
}
