//! Pausing and resuming an enrollment. While it is paused, its wait doesn't run and its activity is
//! in no queue. When it is resumed, both go on where they were.

use chrono::{DateTime, Utc};

use super::activity::{Activity, ActivityState, Closing};
use super::caller::Actor;
use super::case::{Broken, Case};
use super::consent::ConsentPolicy;
use super::enrollment::{Enrollment, Interrupted, PauseReason, Position};
use super::flow::Flow;
use super::history::{HistoryDetail, HistoryKind};
use super::step::Work;
use super::timer::WaitReason;

impl Case {
    /// Pauses the enrollment. Its wait stops, and its activity leaves the queue. Check first that it
    /// is running.
    pub fn pause(&self, reason: PauseReason, by: Actor, flow: &mut Flow<'_>) -> Enrollment {
        let mut enrollment = self.enrollment.clone();
        let Some(interrupted) = enrollment.position.at_step() else { return enrollment };
        let planned = enrollment.position.waiting().map(|(until, _)| until);

        let outcome = Some(reason.as_str().to_owned());
        let detail = HistoryDetail { outcome, planned, ..HistoryDetail::at(enrollment.node) };
        flow.note(&enrollment, HistoryKind::EnrollmentPaused, by, detail);

        enrollment.timer().into_iter().for_each(|timer| flow.changes.clear_timer(timer));
        if let Some(before) = &self.open {
            let snooze_until = before.state.snooze_until();
            flow.changes.change_activity(before, before.put(ActivityState::Paused { snooze_until }));
        }
        enrollment.position = Position::Paused { at: flow.now, reason, interrupted };
        flow.moved(enrollment, None).enrollment
    }

    /// Resumes the enrollment. The unspent part of its wait begins now, and its activity returns to
    /// its place in the queue. Check first that it is paused.
    ///
    /// # Errors
    /// Broken if the record, the revision or the activity is missing.
    pub fn resume(&self, by: Actor, flow: &mut Flow<'_>) -> Result<Enrollment, Broken> {
        let mut enrollment = self.enrollment.clone();
        let Position::Paused { at, interrupted, .. } = enrollment.position else { return Ok(enrollment) };

        match interrupted {
            Interrupted::Wait { until, reason } => {
                let until = self.resumed_wait(until, reason, at, flow.now)?;
                let detail = HistoryDetail { planned: Some(until), ..HistoryDetail::at(enrollment.node) };
                flow.note(&enrollment, HistoryKind::EnrollmentResumed, by, detail);

                enrollment.position = Position::Waiting { until, reason };
                let queue = self.target()?.queue;
                enrollment.timer().into_iter().for_each(|timer| flow.changes.set_timer(timer, queue));
                Ok(flow.moved(enrollment, None).enrollment)
            }
            Interrupted::Activity(activity) => {
                let before = self.activity()?;
                let detail = HistoryDetail::at(enrollment.node);
                flow.note(&enrollment, HistoryKind::EnrollmentResumed, by, detail);
                enrollment.position = Position::Acting { activity };
                self.resume_activity(enrollment, before, flow)
            }
        }
    }

    /// Returns the end of a wait that was paused at `at`, before its planned end.
    fn resumed_wait(
        &self,
        until: DateTime<Utc>,
        reason: WaitReason,
        at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, Broken> {
        let node = self.basis()?.program.node(self.enrollment.node);
        Ok(match (reason, node.map(|node| node.step.kind.work())) {
            (WaitReason::Step, Some(Work::Wait(wait))) => wait.resumed(until, at, now),
            // The other reasons to wait are about elapsed time.
            _ => now + (until - at).max(chrono::TimeDelta::zero()),
        })
    }

    fn resume_activity(
        &self,
        enrollment: Enrollment,
        before: &Activity,
        flow: &mut Flow<'_>,
    ) -> Result<Enrollment, Broken> {
        let basis = self.basis()?;
        // A record that got warnings during the pause is treated as if it got them now.
        if !before.warnings.is_empty() && basis.consent_policy == ConsentPolicy::Skip {
            let running = Case { enrollment, ..self.clone() };
            let closing = Closing::skip_for(before.warnings, flow.now);
            return Ok(running.go_on(before, closing, basis, flow).enrollment);
        }

        // A snooze ends at a time that the seller chose, so a pause doesn't make it longer.
        let state = ActivityState::snoozed(before.state.snooze_until(), flow.now);
        flow.changes.change_activity(before, before.put(state));
        Ok(flow.moved(enrollment, None).enrollment)
    }
}
