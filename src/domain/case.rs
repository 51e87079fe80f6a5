//! A case: an enrollment with everything that decisions about it need. Each verb decides from the
//! loaded case alone, and adds the rows to write to the flow's changes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::activity::{Activity, ClosedState, Closing};
use super::assignee::{Assignee, Unassigned};
use super::caller::Actor;
use super::changes::Changes;
use super::consent::Reaction;
use super::enrollment::{Enrollment, ExitReason, Position};
use super::exit_criteria::ExitCriteria;
use super::flow::{Advance, Basis, Flow, Target};
use super::halt::Halt;
use super::history::{HistoryDetail, HistoryKind};
use super::id::{EnrollmentId, OrganizationId, QueueId, SellerId};
use super::past::Past;
use super::priority::Priority;
use super::program::{Next, NodeId, Program};
use super::record::RecordName;
use super::settings::Settings;
use super::throttle::Line;
use super::timer::{Timer, TimerKind, WaitReason};
use super::timing::Timing;
use super::walk::Why;

/// An enrollment in its present state, with everything that decisions about it need.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The enrollment.
    pub enrollment: Enrollment,
    /// Its open activity, even if it is paused. `None` if it waits or has ended.
    pub open: Option<Activity>,
    /// The other facts that decisions need.
    pub facts: Facts,
}

/// The facts for decisions about a record in a revision, whether its enrollment is new or not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The record's owner. `None` if it has none.
    pub owner: Option<SellerId>,
    /// The ids that callers chose for the record. `None` if nobody asks, or it is deleted.
    pub record_name: Option<RecordName>,
    /// What the record's next activity gets from it. `None` if the record is deleted.
    pub target: Option<Target>,
    /// The last halt of the sequence. `None` if there was none.
    pub halt: Option<Halt>,
    /// The organization's epoch. Cached definitions and settings of another epoch are reloaded.
    pub definition_epoch: i64,
    /// The program of the revision. `None` if the revision is missing.
    pub program: Option<Arc<Program>>,
    /// What ends enrollments in the revision. The default if the revision is missing.
    pub exit_criteria: Arc<ExitCriteria>,
    /// The organization's settings. `None` if the organization is missing.
    pub settings: Option<Arc<Settings>>,
    /// What the times of steps depend on, if the program asks.
    pub timing: Timing,
    /// Whether the record matches the conditions of the branches ahead, by node. `None`: unknown,
    /// because an attribute is missing.
    pub answers: BTreeMap<NodeId, Option<bool>>,
    /// How earlier steps ended, if the program asks.
    pub past: Past,
    /// The variants that were chosen as winners, by the ids of the splits' steps.
    pub winners: BTreeMap<String, String>,
    /// The queue of the activities that workers carry out, if the program has some.
    pub automation: Option<QueueId>,
    /// The priority of activities: the record's, else the sequence's.
    pub priority: Priority,
    /// The queues of the organization's deleted sellers and teams, who do nothing any more.
    pub closed_queues: Arc<BTreeSet<QueueId>>,
    /// The line of the record's owner, if it is about to start a sequence with a throttle.
    pub line: Option<Line>,
    /// The queues of the assignees that the program names, or why they have none.
    pub assignees: BTreeMap<Assignee, Result<QueueId, Unassigned>>,
}

impl Facts {
    /// Returns the number of the sequence's last halt. 0 if there was none.
    pub fn halts(&self) -> i32 {
        self.halt.map_or(0, |halt| halt.number)
    }

    /// Returns the basis for decisions about steps.
    ///
    /// # Errors
    /// The name of the column that refers to a missing row.
    pub fn basis(&self) -> Result<Basis<'_>, &'static str> {
        self.basis_of(self.target.as_ref().ok_or("record_id")?)
    }

    /// Like [`Facts::basis`], but with another target for the activities.
    pub fn basis_of<'a>(&'a self, target: &'a Target) -> Result<Basis<'a>, &'static str> {
        let program = self.program.as_deref().ok_or("revision")?;
        let consent_policy = self.settings.as_deref().ok_or("organization_id")?.consent_policy;
        Ok(Basis { program, target, consent_policy, facts: self })
    }
}

/// A case that lacks something it must have: its rows contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The name of its column that refers to a missing row.
    pub column: &'static str,
}

impl Case {
    /// Returns its key.
    pub fn key(&self) -> (OrganizationId, EnrollmentId) {
        (self.enrollment.organization, self.enrollment.id)
    }

    /// Fails if something is missing that decisions about steps need.
    pub fn check_whole(&self) -> Result<(), Broken> {
        self.basis().map(|_| ())
    }

    /// Returns the open activity.
    ///
    /// # Errors
    /// Broken if no activity is open. Only verbs that were called with an activity ask for it.
    pub fn activity(&self) -> Result<&Activity, Broken> {
        self.open.as_ref().ok_or(self.broken("activity_id"))
    }

    /// Returns what the record's next activity gets from it.
    ///
    /// # Errors
    /// Broken if the record is deleted, because that ends all its open enrollments.
    pub fn target(&self) -> Result<&Target, Broken> {
        self.facts.target.as_ref().ok_or(self.broken("record_id"))
    }

    /// Returns the organization's settings.
    ///
    /// # Errors
    /// Broken if the organization is missing.
    pub fn settings(&self) -> Result<&Settings, Broken> {
        self.facts.settings.as_deref().ok_or(self.broken("organization_id"))
    }

    /// Takes over what a batch has decided about it so far.
    pub fn catch_up(&mut self, decided: &Changes) {
        if let Some(moved) = decided.moved.get(&self.enrollment.id) {
            self.enrollment = moved.clone();
        }
        let open = self.enrollment.position.activity();
        let changed = open.and_then(|open| decided.still_open(open)).cloned();
        self.open = changed.or_else(|| self.open.take().filter(|one| Some(one.id) == open));
    }

    /// Returns it as the decisions so far leave it.
    pub(super) fn caught_up(mut self, flow: &Flow<'_>) -> Self {
        self.catch_up(flow.changes);
        self
    }

    /// Returns the number of the sequence's last halt.
    pub(super) fn halts(&self) -> i32 {
        self.facts.halts().max(self.enrollment.halts)
    }

    pub(super) fn basis(&self) -> Result<Basis<'_>, Broken> {
        self.facts.basis().map_err(|column| self.broken(column))
    }

    pub(super) fn broken(&self, column: &'static str) -> Broken {
        Broken { enrollment: self.enrollment.id, column }
    }

    /// Completes or skips the open activity. The enrollment goes on to the next step.
    pub fn close(&self, closing: Closing, flow: &mut Flow<'_>) -> Result<Advance, Broken> {
        let activity = self.activity()?;
        Ok(self.go_on(activity, closing, self.basis()?, flow))
    }

    pub(super) fn go_on(
        &self,
        open: &Activity,
        closing: Closing,
        basis: Basis<'_>,
        flow: &mut Flow<'_>,
    ) -> Advance {
        let mut enrollment = self.enrollment.clone();

        // The next wait counts from when the work was done, which can be earlier than now.
        let since = closing.at;
        let mut past = basis.facts.past.clone();
        past.note(open.node, open.kind, &closing);
        flow.close(&enrollment, open, closing);

        let opened = flow.walk_after(&mut enrollment, open.node, since, basis, past);
        flow.moved(enrollment, opened)
    }

    /// Ends the running wait, because it expired or somebody skips it. `until` is its planned end.
    pub fn end_wait(
        &self,
        until: DateTime<Utc>,
        skipped_by: Option<Actor>,
        flow: &mut Flow<'_>,
    ) -> Result<Advance, Broken> {
        let starts = matches!(self.enrollment.position.waiting(), Some((_, WaitReason::Start)));
        match skipped_by {
            // Its time has come, and now its turn has to.
            None if starts && self.enrollment.place.is_some() => self.join_line(flow),
            // The planned end counts, so that a timer that fires late delays no later step.
            None => {
                self.leave_wait(until, (HistoryKind::WaitEnded, Actor::UPNEXT), until.min(flow.now), flow)
            }
            Some(by) => self.leave_wait(until, (HistoryKind::WaitSkipped, by), flow.now, flow),
        }
    }

    /// Ends the running wait, which was planned to end at `until`. The next step counts from
    /// `since`.
    pub(super) fn leave_wait(
        &self,
        until: DateTime<Utc>,
        (kind, by): (HistoryKind, Actor),
        since: DateTime<Utc>,
        flow: &mut Flow<'_>,
    ) -> Result<Advance, Broken> {
        let mut basis = self.basis()?;
        let mut enrollment = self.enrollment.clone();
        flow.note(&enrollment, kind, by, enrollment.wait_detail(until));

        if let Some(timer) = enrollment.timer() {
            flow.changes.clear_timer(timer);
        }
        let next = match enrollment.position.waiting() {
            // The call is made again, or it waited for its own step to fall due.
            Some((_, WaitReason::Retry | WaitReason::WorkingHours)) => Next::To(enrollment.node),
            Some((_, reason @ (WaitReason::Start | WaitReason::Throttle))) => {
                // Before its start it is in no line yet, and its record may have another owner.
                if reason == WaitReason::Start && enrollment.place.is_some() {
                    enrollment.place = Some(self.target()?.queue);
                    flow.changes.in_full.insert(enrollment.id);
                }
                flow.begin_place(&enrollment);
                Next::To(enrollment.node)
            }
            Some((limit, WaitReason::Branch)) => {
                let met = self.branch_met(limit, basis).is_some();
                flow.branch_noted(&enrollment, Why::of(met));
                basis.program.path(enrollment.node, usize::from(!met))
            }
            _ => basis.program.after(enrollment.node),
        };
        let at_once;
        if kind == HistoryKind::WaitSkipped {
            // Whoever skips the wait wants to act now, whatever the hours are.
            let timing = Timing { working_hours_only: false, ..basis.facts.timing.clone() };
            at_once = Facts { timing, ..basis.facts.clone() };
            basis.facts = &at_once;
        }
        let opened = flow.walk(&mut enrollment, next, since, basis);
        Ok(flow.moved(enrollment, opened))
    }

    /// Ends the enrollment before its last step. If an activity is open, it is canceled.
    pub fn exit(&self, reason: ExitReason, by: Actor, flow: &mut Flow<'_>) -> Enrollment {
        let detail = HistoryDetail::at(self.enrollment.node);
        match self.halted_exit() {
            // It has ended before, and that is only written now.
            Some((reason, at)) => self.exit_with((reason, at), Actor::UPNEXT, detail, flow),
            None => self.exit_with((reason, flow.now), by, detail, flow),
        }
    }

    /// Ends the enrollment, as of a time.
    pub(super) fn exit_at(
        &self,
        reason: ExitReason,
        at: DateTime<Utc>,
        by: Actor,
        flow: &mut Flow<'_>,
    ) -> Enrollment {
        self.exit_with((reason, at), by, HistoryDetail::at(self.enrollment.node), flow)
    }

    pub(super) fn exit_with(
        &self,
        (reason, at): (ExitReason, DateTime<Utc>),
        by: Actor,
        detail: HistoryDetail,
        flow: &mut Flow<'_>,
    ) -> Enrollment {
        let mut enrollment = self.enrollment.clone();
        enrollment.halts = self.halts();
        // The timer of a running wait. That of a snooze is cleared with its activity.
        if let Some(timer) = enrollment.timer() {
            flow.changes.clear_timer(timer);
        }

        flow.free_place(&enrollment);
        // It ended for the same reason as its enrollment.
        self.cancel_activity(reason.as_str(), by, flow);
        let outcome = Some(reason.as_str().to_owned());
        let detail = HistoryDetail { outcome, ..detail };
        flow.note(&enrollment, HistoryKind::EnrollmentExited, by, detail);
        enrollment.position = Position::Exited { at, reason };
        flow.moved(enrollment, None).enrollment
    }

    /// Closes the open activity, if there is one, because it is no longer to be done.
    pub(super) fn cancel_activity(&self, outcome: &str, by: Actor, flow: &mut Flow<'_>) {
        let Some(activity) = &self.open else { return };
        flow.note(&self.enrollment, HistoryKind::ActivityCanceled, by, HistoryDetail::of(activity));
        let closing = Closing {
            state: ClosedState::Canceled,
            outcome: outcome.to_owned(),
            note: String::new(),
            by,
            at: flow.now,
            item: None,
        };
        flow.changes.close_activity(activity.closed(closing));
    }

    /// Does what a timer is for. If the enrollment has moved on since, only deletes the timer.
    pub fn fire(&self, timer: Timer, flow: &mut Flow<'_>) -> Result<(), Broken> {
        // A timer equals the present one only if its time is still the planned one.
        let open = self.open.as_ref().filter(|open| open.timer() == Some(timer));
        let waiting = self.enrollment.timer() == Some(timer);
        // A halt that isn't written yet clears the timer, or sets a later one.
        if (waiting || open.is_some()) && matches!(self.settled(flow)?, Cow::Owned(_)) {
            return Ok(());
        }

        match (timer.kind, open) {
            (TimerKind::Wait | TimerKind::BranchLimit, _) if waiting => {
                self.end_wait(timer.due_at, None, flow)?;
            }
            (TimerKind::Hold, _) if waiting => self.end_hold(flow)?,
            (TimerKind::Snooze, Some(activity)) => {
                self.wake(activity, timer.due_at, Actor::UPNEXT, flow);
            }
            (TimerKind::Lease, Some(activity)) => self.expire(activity, timer.due_at, flow),
            (TimerKind::AutoSkip, Some(_)) => _ = self.close(Closing::skip_untouched(flow.now), flow)?,
            // Commands, lines and splits have transactions of their own.
            (TimerKind::Command, _) if waiting => {}
            (TimerKind::Throttle | TimerKind::Line | TimerKind::SplitEnd, _) => {}
            // What it was set for is over.
            (TimerKind::Wait | TimerKind::BranchLimit | TimerKind::Hold | TimerKind::Command, _)
            | (TimerKind::Snooze | TimerKind::Lease | TimerKind::AutoSkip, None) => {
                flow.changes.clear_timer(timer);
            }
        }
        Ok(())
    }

    /// Follows a change of the record: moves its open activity to the new owner's queue, and gives
    /// it the record's new name and warnings. A running wait moves to that queue, too. If the
    /// organization wants activities with warnings to be skipped, this one is.
    pub fn follow(&self, target: &Target, by: Actor, flow: &mut Flow<'_>) -> Result<(), Broken> {
        self.settled(flow)?.follow_now(target, by, flow)
    }

    fn follow_now(&self, target: &Target, by: Actor, flow: &mut Flow<'_>) -> Result<(), Broken> {
        let basis = self.facts.basis_of(target).map_err(|column| self.broken(column))?;
        // A queue reads its next due time from the timers that it shows.
        if !self.change_line(target, flow)
            && !self.replan(target, basis, flow)
            && let Some(timer) = self.enrollment.timer()
        {
            flow.changes.move_timer(timer, target.queue);
        }

        let Some(before) = &self.open else { return Ok(()) };
        let warnings = target.reach.warnings(before.kind.channel());
        // What a pause keeps from happening happens when the enrollment is resumed.
        let running = self.enrollment.position.paused().is_none();
        match basis.reaction(before.kind, warnings) {
            Reaction::Skip if running => {
                self.go_on(before, Closing::skip_for(warnings, flow.now), basis, flow);
                return Ok(());
            }
            Reaction::Exit if running => {
                self.exit(ExitReason::NoConsent, by, flow);
                return Ok(());
            }
            Reaction::Due | Reaction::Skip | Reaction::Exit => {}
        }

        let record_display_name = target.display_name.clone();
        let after = Activity { record_display_name, warnings, ..before.clone() };
        self.bring_home(before, after, (target, by), flow);
        Ok(())
    }

    /// Follows a change of the record's other attributes: plans the running wait anew, and moves
    /// the open activity to whoever does it now.
    ///
    /// # Errors
    /// The case is broken.
    pub fn follow_attributes(&self, by: Actor, flow: &mut Flow<'_>) -> Result<(), Broken> {
        let case = self.settled(flow)?;
        let target = case.target()?;
        case.replan(target, case.basis()?, flow);
        if let Some(open) = &case.open {
            case.bring_home(open, open.clone(), (target, by), flow);
        }
        Ok(())
    }

    /// Replaces the open activity, in the queue in which it belongs now.
    fn bring_home(
        &self,
        before: &Activity,
        after: Activity,
        (target, by): (&Target, Actor),
        flow: &mut Flow<'_>,
    ) {
        let home = self.home_of(before, target);
        let after = after.at_home(home.queue);
        // Nothing that it shows changes, so it needs no new version.
        if after == *before {
            return;
        }

        // What else changes is not an event: history keeps no values of records.
        if after.queue != before.queue {
            let detail = home.told(HistoryDetail::of(before));
            flow.note(&self.enrollment, HistoryKind::ActivityMoved, by, detail);
        }
        flow.changes.change_activity(before, Activity { version: before.version + 1, ..after });
    }
}
