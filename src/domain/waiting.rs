//! When waits end: as planned when they are reached, and as planned anew when their owner, its
//! calendar or the attribute changes that they are for.

use chrono::{DateTime, Utc};

use super::caller::Actor;
use super::case::Case;
use super::enrollment::{Enrollment, Position};
use super::flow::{Basis, Flow, Target};
use super::history::{HistoryDetail, HistoryKind};
use super::step::{Wait, Work};
use super::timer::WaitReason;
use super::timing::Timing;

/// Why a wait ended at once: the record doesn't have the attribute that it is for.
pub const ATTRIBUTE_MISSING: &str = "ATTRIBUTE_MISSING";

/// The planned end of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Planned {
    /// When it ends.
    pub until: DateTime<Utc>,
    /// Why it ends at once. `None` if it doesn't, or just needn't last longer.
    pub why: Option<&'static str>,
}

impl Timing {
    /// Plans the end of a wait that begins at `since`.
    pub(super) fn plan(&self, wait: &Wait, since: DateTime<Utc>) -> Planned {
        match wait.until(since, self) {
            Some(until) => Planned { until: self.moved(until), why: None },
            None => Planned { until: since, why: Some(ATTRIBUTE_MISSING) },
        }
    }
}

impl Planned {
    /// Returns the detail of the event that the wait ended.
    pub(super) fn ended(&self, detail: HistoryDetail) -> HistoryDetail {
        HistoryDetail { outcome: self.why.map(str::to_owned), ..detail }
    }
}

impl Case {
    /// Plans the end of the running wait anew, because what it depends on may have changed. If the
    /// new end has passed, the wait ends now. Returns true if it has another end.
    pub(super) fn replan(&self, target: &Target, basis: Basis<'_>, flow: &mut Flow<'_>) -> bool {
        let Some((planned, reason)) = self.enrollment.position.waiting() else { return false };
        let anew = self.planned_anew(reason, basis).map(|until| until.max(flow.now));
        // One that should have ended by now is about to.
        let Some(until) = anew.filter(|until| *until != planned && planned > flow.now) else { return false };

        let mut enrollment = self.enrollment.clone();
        enrollment.timer().into_iter().for_each(|timer| flow.changes.clear_timer(timer));
        enrollment.position = Position::Waiting { until, reason };
        enrollment.timer().into_iter().for_each(|timer| flow.changes.set_timer(timer, target.queue));

        let detail = HistoryDetail { planned: Some(until), ..HistoryDetail::at(enrollment.node) };
        flow.note(&enrollment, HistoryKind::WaitRescheduled, Actor::UPNEXT, detail);
        flow.moved(enrollment, None);
        true
    }

    /// Returns the new end of the running wait. `None` if it depends on nothing that changes.
    fn planned_anew(&self, reason: WaitReason, basis: Basis<'_>) -> Option<DateTime<Utc>> {
        let Enrollment { node, step_reach_time: since, .. } = self.enrollment;
        let (here, timing) = (basis.program.node(node)?, &basis.facts.timing);
        match (reason, here.step.kind.work()) {
            (WaitReason::WorkingHours, _) => Some(timing.moved(since)),
            // The limit of a branch and the time before the next call are elapsed time, a start is
            // at the time that the caller chose, and a line is served.
            (
                WaitReason::Branch
                | WaitReason::Retry
                | WaitReason::Command
                | WaitReason::Start
                | WaitReason::Throttle,
                _,
            ) => None,
            (WaitReason::Step, Work::Wait(Wait::Delay(_))) if !timing.working_hours_only => None,
            // Without its attribute, it stays as it was planned: nobody said another time.
            (WaitReason::Step, Work::Wait(wait)) => Some(timing.moved(self.enrollment.end_of(wait, timing)?)),
            (WaitReason::Step, _) => None,
        }
    }
}
