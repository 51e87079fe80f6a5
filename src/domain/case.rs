//! A case: an enrollment with all that decisions about it need. Each verb decides from what was
//! loaded, and leaves the rows to write in the flow.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::activity::{Activity, ActivityState, ClosedState, Closing};
use super::caller::Actor;
use super::enrollment::{Enrollment, ExitReason, Position};
use super::flow::{Advance, Basis, Flow, Target};
use super::history::{HistoryDetail, HistoryKind};
use super::id::{EnrollmentId, OrganizationId, SellerId};
use super::program::Program;
use super::settings::Settings;
use super::timer::{Timer, TimerKind};

/// An enrollment as it stands, with what decisions about it need.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The enrollment.
    pub enrollment: Enrollment,
    /// Its open activity.
    pub open: Option<Activity>,
    /// What is known beside them.
    pub facts: Facts,
}

/// What decisions about a record's way through a revision need, whether it starts or is under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// The record's owner.
    pub owner: Option<SellerId>,
    /// Where the record's next activity goes; none once the record is deleted.
    pub target: Option<Target>,
    /// Of the organization: what is cached of its settings is checked against it.
    pub definition_epoch: i64,
    /// What the revision says; none if that is missing.
    pub program: Option<Arc<Program>>,
    /// The organization's settings; none if that is missing.
    pub settings: Option<Arc<Settings>>,
}

impl Facts {
    /// What steps are decided by, or the column that leads nowhere.
    pub fn basis(&self) -> Result<Basis<'_>, &'static str> {
        self.basis_of(self.target.as_ref().ok_or("record_id")?)
    }

    /// The same for activities that go elsewhere from now on.
    pub fn basis_of<'a>(&'a self, target: &'a Target) -> Result<Basis<'a>, &'static str> {
        Ok(Basis { program: self.program.as_deref().ok_or("revision")?, target })
    }
}

/// A case that lacks what it must have: rows contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// Its column that leads nowhere.
    pub column: &'static str,
}

impl Case {
    /// Its key.
    pub fn key(&self) -> (OrganizationId, EnrollmentId) {
        (self.enrollment.organization, self.enrollment.id)
    }

    /// The open activity, for a verb that names it.
    pub fn activity(&self) -> Result<&Activity, Broken> {
        self.open.as_ref().ok_or(self.broken("activity_id"))
    }

    /// Where the record's next activity goes, for an enrollment that is open.
    pub fn target(&self) -> Result<&Target, Broken> {
        self.facts.target.as_ref().ok_or(self.broken("record_id"))
    }

    /// The organization's settings.
    pub fn settings(&self) -> Result<&Settings, Broken> {
        self.facts.settings.as_deref().ok_or(self.broken("organization_id"))
    }

    fn basis(&self) -> Result<Basis<'_>, Broken> {
        self.facts.basis().map_err(|column| self.broken(column))
    }

    fn broken(&self, column: &'static str) -> Broken {
        Broken { enrollment: self.enrollment.id, column }
    }

    /// Completes or skips the open activity; the enrollment goes on from it.
    pub fn close(&self, closing: Closing, flow: &mut Flow<'_>) -> Result<Advance, Broken> {
        let (activity, basis) = (self.activity()?, self.basis()?);
        let mut enrollment = self.enrollment.clone();

        let outcome = (!closing.outcome.is_empty()).then(|| closing.outcome.clone());
        let detail = HistoryDetail { outcome, ..HistoryDetail::of(activity) };
        flow.note(&enrollment, closing.state.told_as(), closing.by, detail);

        let since = closing.at;
        flow.changes.close_activity(activity.closed(closing));
        let opened = flow.walk(&mut enrollment, basis.program.after(activity.node), since, basis);
        Ok(flow.moved(enrollment, opened))
    }

    /// Ends the running wait: it expired, or somebody skips it. `until` is when it was to end.
    pub fn end_wait(
        &self,
        until: DateTime<Utc>,
        skipped_by: Option<Actor>,
        flow: &mut Flow<'_>,
    ) -> Result<Advance, Broken> {
        let basis = self.basis()?;
        let mut enrollment = self.enrollment.clone();

        let (kind, by, since) = match skipped_by {
            None => (HistoryKind::WaitEnded, Actor::UPNEXT, until.min(flow.now)),
            Some(by) => (HistoryKind::WaitSkipped, by, flow.now),
        };
        let detail = HistoryDetail { planned: Some(until), ..HistoryDetail::at(enrollment.node) };
        flow.note(&enrollment, kind, by, detail);

        if let Some(timer) = enrollment.timer() {
            flow.changes.clear_timer(timer);
        }
        let next = basis.program.after(enrollment.node);
        let opened = flow.walk(&mut enrollment, next, since, basis);
        Ok(flow.moved(enrollment, opened))
    }

    /// Ends the enrollment before its last step; its open activity, if any, is canceled.
    pub fn exit(&self, reason: ExitReason, by: Actor, flow: &mut Flow<'_>) -> Enrollment {
        let mut enrollment = self.enrollment.clone();
        if let Some(timer) = enrollment.timer() {
            flow.changes.clear_timer(timer);
        }

        if let Some(activity) = self.open.clone() {
            flow.note(&enrollment, HistoryKind::ActivityCanceled, by, HistoryDetail::of(&activity));
            let closing = Closing {
                state: ClosedState::Canceled,
                outcome: reason.as_str().to_owned(),
                note: String::new(),
                by,
                at: flow.now,
                item: None,
            };
            flow.changes.close_activity(activity.closed(closing));
        }

        let outcome = Some(reason.as_str().to_owned());
        let detail = HistoryDetail { outcome, ..HistoryDetail::at(enrollment.node) };
        flow.note(&enrollment, HistoryKind::EnrollmentExited, by, detail);
        enrollment.position = Position::Exited { at: flow.now, reason };
        flow.moved(enrollment, None).enrollment
    }

    /// Puts the open activity off.
    pub fn snooze(&self, until: DateTime<Utc>, by: Actor, flow: &mut Flow<'_>) -> Result<Activity, Broken> {
        let before = self.activity()?;
        let detail = HistoryDetail { planned: Some(until), ..HistoryDetail::of(before) };
        flow.note(&self.enrollment, HistoryKind::ActivitySnoozed, by, detail);

        let after = Activity {
            state: ActivityState::Snoozed { until },
            snooze_count: before.snooze_count + 1,
            version: before.version + 1,
            ..before.clone()
        };
        flow.changes.change_activity(before, after.clone());
        Ok(after)
    }

    /// Does what a timer is for. An enrollment that has moved on has no use for its timer, which is
    /// just deleted.
    pub fn fire(&self, timer: Timer, flow: &mut Flow<'_>) -> Result<(), Broken> {
        let snoozed = self.open.as_ref().filter(|open| open.timer() == Some(timer));
        match (timer.kind, snoozed) {
            (TimerKind::Wait, _) if self.enrollment.timer() == Some(timer) => {
                self.end_wait(timer.due_at, None, flow)?;
            }
            (TimerKind::Snooze, Some(activity)) => self.wake(activity, timer.due_at, flow),
            _ => flow.changes.clear_timer(timer),
        }
        Ok(())
    }

    /// Brings a snoozed activity back to its place: its snooze, until `until`, expired.
    fn wake(&self, before: &Activity, until: DateTime<Utc>, flow: &mut Flow<'_>) {
        let detail = HistoryDetail { planned: Some(until), ..HistoryDetail::of(before) };
        flow.note(&self.enrollment, HistoryKind::ActivityWoken, Actor::UPNEXT, detail);

        let after = Activity { state: ActivityState::Due, version: before.version + 1, ..before.clone() };
        flow.changes.change_activity(before, after);
    }

    /// Follows a change of the record: its open activity goes to the queue of the new owner, under
    /// the new name, and so will a running wait's.
    pub fn follow(&self, target: &Target, by: Actor, flow: &mut Flow<'_>) {
        if let Some(timer) = self.enrollment.timer() {
            flow.changes.move_timer(timer, target.queue);
        }

        let Some(before) = &self.open else { return };
        let moves = before.queue != target.queue;
        if !moves && before.record_display_name == target.display_name {
            return;
        }
        if moves {
            flow.note(&self.enrollment, HistoryKind::ActivityMoved, by, HistoryDetail::of(before));
        }
        let after = Activity {
            queue: target.queue,
            record_display_name: target.display_name.clone(),
            version: before.version + 1,
            ..before.clone()
        };
        flow.changes.change_activity(before, after);
    }
}
