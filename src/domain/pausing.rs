//! Pausing and resuming an enrollment. While it is paused, its wait doesn't run and its activity is
//! in no queue. When it is resumed, both go on where they were.

use chrono::{DateTime, TimeDelta, Utc};
use strum::{FromRepr, IntoStaticStr, VariantArray};

use super::activity::{Activity, ActivityState, Closing};
use super::caller::Actor;
use super::case::{Broken, Case};
use super::consent::Reaction;
use super::enrollment::{Enrollment, ExitReason, Interrupted, Position, Resumed};
use super::flow::Flow;
use super::history::{HistoryDetail, HistoryKind};
use super::step::{Wait, Work};
use super::throttle;
use super::timer::WaitReason;

/// The reason why an enrollment is paused, or has failed, which is a pause that only a retry ends.
/// The numbers are stored, and they are the same in the proto. Never change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i16)]
pub enum PauseReason {
    /// Somebody paused it by a call.
    Manual = 1,
    /// Its sequence was deactivated with mode `PAUSE`.
    SequencePaused = 8,
    /// The person is away.
    OutOfOffice = 9,
    /// It failed: the record can't have the attribute that its step sets.
    AttributeRefused = 96,
    /// It failed: the sequence to which its step advances takes no records, or is gone.
    SequenceUnavailable = 97,
}

impl PauseReason {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }

    /// True if the enrollment has failed.
    pub const fn is_failure(self) -> bool {
        matches!(self, PauseReason::AttributeRefused | PauseReason::SequenceUnavailable)
    }
}

impl Case {
    /// Pauses the enrollment, as of `at`. Its wait stops, and its activity leaves the queue. Check
    /// first that it is running. Returns the paused case.
    pub fn pause(&self, reason: PauseReason, at: DateTime<Utc>, by: Actor, flow: &mut Flow<'_>) -> Case {
        self.pause_until(None, (reason, at), by, flow)
    }

    /// Pauses the enrollment until the person is back. A pause for that reason becomes longer, and
    /// any other stays as it is. Does nothing if the revision doesn't want it, or the person is
    /// back already. Returns the case afterwards.
    pub fn hold(&self, back: DateTime<Utc>, by: Actor, flow: &mut Flow<'_>) -> Case {
        let wanted = self.facts.exit_criteria.out_of_office_hold && back > flow.now;

        match self.enrollment.position {
            Position::Waiting { .. } | Position::Acting { .. } if wanted => {
                self.pause_until(Some(back), (PauseReason::OutOfOffice, flow.now), by, flow)
            }
            Position::Paused { at, reason: PauseReason::OutOfOffice, until, interrupted } if wanted => {
                // A shorter absence that is told later changes nothing.
                let until = until.max(Some(back));
                self.repause(
                    Position::Paused { at, reason: PauseReason::OutOfOffice, until, interrupted },
                    flow,
                )
            }
            _ => self.clone(),
        }
    }

    /// Ends a pause whose time has come, like that of a person who was away. If the sequence is
    /// paused meanwhile, the enrollment stays paused with it.
    pub(super) fn end_hold(&self, flow: &mut Flow<'_>) -> Result<(), Broken> {
        let halted = self.facts.halt.and_then(|halt| halt.pause_time());
        match (self.enrollment.position, halted) {
            (Position::Paused { at, interrupted, .. }, Some(_)) => {
                let reason = PauseReason::SequencePaused;
                self.repause(Position::Paused { at, reason, until: None, interrupted }, flow);
            }
            _ => {
                self.resume(flow.now, Actor::UPNEXT, flow)?;
            }
        }
        Ok(())
    }

    /// Stays paused, but for another reason or until another time.
    fn repause(&self, position: Position, flow: &mut Flow<'_>) -> Case {
        let mut enrollment = self.enrollment.clone();
        enrollment.timer().into_iter().for_each(|timer| flow.changes.clear_timer(timer));
        enrollment.position = position;
        self.set_timer(&enrollment, flow);
        Case { enrollment: flow.moved(enrollment, None).enrollment, ..self.clone() }
    }

    /// Like [`Self::pause`], but at `until` it is resumed by itself, if that is given.
    pub(super) fn pause_until(
        &self,
        until: Option<DateTime<Utc>>,
        (reason, at): (PauseReason, DateTime<Utc>),
        by: Actor,
        flow: &mut Flow<'_>,
    ) -> Case {
        let planned = self.enrollment.position.waiting().and_then(|(until, _)| throttle::known(until));
        let outcome = Some(reason.as_str().to_owned());
        let detail =
            HistoryDetail { outcome, planned, resume: until, ..HistoryDetail::at(self.enrollment.node) };
        flow.note(&self.enrollment, HistoryKind::EnrollmentPaused, by, detail);
        self.stop((reason, until), at, flow)
    }

    /// Stops at its step, which can't be carried out. It stands there until a retry.
    pub(super) fn fail(&self, reason: PauseReason, why: String, flow: &mut Flow<'_>) {
        let outcome = Some(reason.as_str().to_owned());
        let detail = HistoryDetail { outcome, why: Some(why), ..HistoryDetail::at(self.enrollment.node) };
        flow.note(&self.enrollment, HistoryKind::EnrollmentFailed, Actor::UPNEXT, detail);
        self.stop((reason, None), flow.now, flow);
    }

    fn set_timer(&self, enrollment: &Enrollment, flow: &mut Flow<'_>) {
        let queue = self.facts.target.as_ref().map(|target| target.queue);
        let timer = enrollment.timer().zip(queue);
        timer.into_iter().for_each(|(timer, queue)| flow.changes.set_timer(timer, queue));
    }

    /// Stops the wait, and takes the activity out of the queue, without an event.
    pub(super) fn stop(
        &self,
        (reason, until): (PauseReason, Option<DateTime<Utc>>),
        at: DateTime<Utc>,
        flow: &mut Flow<'_>,
    ) -> Case {
        let mut enrollment = self.enrollment.clone();
        let Some(interrupted) = enrollment.position.at_step() else { return self.clone() };

        // While it is paused, nothing ends by itself.
        enrollment.timer().into_iter().for_each(|timer| flow.changes.clear_timer(timer));
        let open = self.open.as_ref().map(|before| {
            let after = before.put(ActivityState::Paused { snooze_until: before.state.snooze_until() });
            flow.changes.change_activity(before, after.clone());
            after
        });

        flow.pass_turn(&enrollment);
        enrollment.position = Position::Paused { at, reason, until, interrupted };
        self.set_timer(&enrollment, flow);
        Case { enrollment: flow.moved(enrollment, None).enrollment, open, ..self.clone() }
    }

    /// Resumes the enrollment, as of `at`. The unspent part of its wait begins then, and its
    /// activity returns to its place in the queue. One that failed tries its step again. Check
    /// first that it is paused or has failed. Returns the running case.
    ///
    /// # Errors
    /// Broken if the record, the revision or the activity is missing.
    pub fn resume(&self, at: DateTime<Utc>, by: Actor, flow: &mut Flow<'_>) -> Result<Case, Broken> {
        let mut enrollment = self.enrollment.clone();
        let Position::Paused { at: since, reason: why, interrupted, .. } = enrollment.position else {
            return Ok(self.clone());
        };
        let kind = match why.is_failure() {
            true => HistoryKind::EnrollmentRetried,
            false => HistoryKind::EnrollmentResumed,
        };

        enrollment.timer().into_iter().for_each(|timer| flow.changes.clear_timer(timer));
        match interrupted {
            Interrupted::Wait { until, reason } => {
                let left = self.replanned_wait().map(|wait| wait.unspent(since, until, &self.facts.timing));
                let until = self.resumed_wait((until, reason), since, at)?;
                let detail = enrollment.wait_detail(until);
                flow.note(&enrollment, kind, by, detail);

                let queue = self.target()?.queue;
                enrollment.position = Position::Waiting { until, reason };
                // Its record may have another owner by now.
                if reason == WaitReason::Throttle {
                    flow.move_in_line(&mut enrollment, queue);
                }
                if let Some(left) = left {
                    // When what it depends on changes, its end is computed from here.
                    enrollment.step_reach_time = at;
                    enrollment.resumed = Some(Resumed { since: at, left });
                    flow.changes.in_full.insert(enrollment.id);
                }
                enrollment.timer().into_iter().for_each(|timer| flow.changes.set_timer(timer, queue));
                let case = Case { enrollment: flow.moved(enrollment, None).enrollment, ..self.clone() };
                // What the person did during the pause may be enough for a branch.
                case.settle_branch(flow)?;
                Ok(case.caught_up(flow))
            }
            Interrupted::Activity(activity) => {
                let detail = HistoryDetail::at(enrollment.node);
                flow.note(&enrollment, kind, by, detail);
                enrollment.position = Position::Acting { activity };
                let paused_for = (at - since).max(TimeDelta::zero());
                Case { enrollment, ..self.clone() }.resume_activity(self.activity()?, paused_for, flow)
            }
        }
    }

    /// Returns its wait, if the end of that depends on more than its length.
    fn replanned_wait(&self) -> Option<&Wait> {
        let node = self.facts.program.as_deref()?.node(self.enrollment.node)?;
        let Work::Wait(wait) = node.step.kind.work() else { return None };
        let depends = !matches!(wait, Wait::Delay(_)) || self.facts.timing.working_hours_only;
        depends.then_some(wait)
    }

    /// Returns the end of a wait that was paused at `since`, before its planned end, and goes on at
    /// `at`.
    fn resumed_wait(
        &self,
        (until, reason): (DateTime<Utc>, WaitReason),
        since: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, Broken> {
        let node = self.basis()?.program.node(self.enrollment.node);
        let timing = &self.facts.timing;

        Ok(match (reason, node.map(|node| node.step.kind.work())) {
            // A start is at a time that the caller chose.
            (WaitReason::Start, _) => until.max(at),
            // Its turn may have come meanwhile.
            (WaitReason::Throttle, _) => at,
            (WaitReason::WorkingHours, _) => timing.moved(at),
            (WaitReason::Step, Some(Work::Wait(wait))) => {
                let left = wait.unspent(since, until, timing);
                // Without its attribute, it is over.
                wait.resume(left, at, timing).map_or(at, |until| timing.moved(until))
            }
            // The other reasons to wait are about elapsed time.
            _ => at + (until - since).max(TimeDelta::zero()),
        })
    }

    fn resume_activity(
        self,
        before: &Activity,
        paused_for: TimeDelta,
        flow: &mut Flow<'_>,
    ) -> Result<Case, Broken> {
        let basis = self.basis()?;
        // A record that got warnings during the pause is treated as if it got them now.
        match basis.reaction(before.kind, before.warnings) {
            Reaction::Due => {}
            Reaction::Skip => {
                let closing = Closing::skip_for(before.warnings, flow.now);
                let advance = self.go_on(before, closing, basis, flow);
                return Ok(Case { enrollment: advance.enrollment, open: advance.opened, ..self.clone() });
            }
            Reaction::Exit => {
                let enrollment = self.exit(ExitReason::NoConsent, Actor::UPNEXT, flow);
                return Ok(Case { enrollment, open: None, ..self });
            }
        }

        // A snooze ends at a time that the seller chose, so a pause doesn't make it longer.
        let mut after = before.put(ActivityState::snoozed(before.state.snooze_until(), flow.now));
        // The time in which nobody could touch it doesn't count.
        after.auto_skip_time = before.auto_skip_time.map(|time| time + paused_for);
        flow.changes.change_activity(before, after.clone());
        let enrollment = flow.moved(self.enrollment.clone(), None).enrollment;
        Ok(Case { enrollment, open: Some(after), ..self })
    }
}
