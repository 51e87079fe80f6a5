//! A case: an enrollment with everything that decisions about it need. Each verb decides from the
//! loaded case alone, and adds the rows to write to the flow's changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::activity::{Activity, ActivityState, ClosedState, Closing};
use super::caller::Actor;
use super::changes::Changes;
use super::consent::Reaction;
use super::enrollment::{Enrollment, ExitReason, Position};
use super::exit_criteria::ExitCriteria;
use super::flow::{Advance, Basis, Flow, Target};
use super::history::{HistoryDetail, HistoryKind};
use super::id::{EnrollmentId, OrganizationId, QueueId, SellerId};
use super::past::Past;
use super::program::{Next, NodeId, Program};
use super::reopening::{self, Reopening};
use super::settings::Settings;
use super::timer::{Timer, TimerKind, WaitReason};
use super::walk::Why;

/// An enrollment in its present state, with everything that decisions about it need.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The enrollment.
    pub enrollment: Enrollment,
    /// Its open activity. `None` if it waits or has ended.
    pub open: Option<Activity>,
    /// The other facts that decisions need.
    pub facts: Facts,
}

/// The facts for decisions about a record in a revision, whether its enrollment is new or not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The record's owner. `None` if it has none.
    pub owner: Option<SellerId>,
    /// What the record's next activity gets from it. `None` if the record is deleted.
    pub target: Option<Target>,
    /// The organization's epoch. Cached definitions and settings of another epoch are reloaded.
    pub definition_epoch: i64,
    /// The program of the revision. `None` if the revision is missing.
    pub program: Option<Arc<Program>>,
    /// What ends enrollments in the revision. The default if the revision is missing.
    pub exit_criteria: Arc<ExitCriteria>,
    /// The organization's settings. `None` if the organization is missing.
    pub settings: Option<Arc<Settings>>,
    /// Whether the record matches the conditions of the branches ahead, by node. `None`: unknown,
    /// because an attribute is missing.
    pub answers: BTreeMap<NodeId, Option<bool>>,
    /// How earlier steps ended, if the program asks.
    pub past: Past,
    /// The variants that were chosen as winners, by the ids of the splits' steps.
    pub winners: BTreeMap<String, String>,
    /// The queue of the activities that workers carry out, if the program has some.
    pub automation: Option<QueueId>,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// The answer that a branch waited for is loaded.
    Answered,
    /// An attribute was set. `why` says why nothing changed, if nothing did.
    AttributeUpdated {
        /// Why not.
        why: Option<String>,
    },
    /// The record has this owner now.
    OwnerAssigned {
        /// The owner.
        seller: Option<SellerId>,
        /// Why the owner stayed, if it did.
        why: Option<String>,
    },
    /// The record starts in another sequence.
    Advanced {
        /// The new enrollment.
        enrollment: Option<EnrollmentId>,
        /// Why nothing started, if nothing did.
        why: Option<String>,
    },
}

impl Facts {
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

    fn go_on(&self, open: &Activity, closing: Closing, basis: Basis<'_>, flow: &mut Flow<'_>) -> Advance {
        let mut enrollment = self.enrollment.clone();
        // The next wait counts from when the work was done, which can be earlier than now.
        let since = closing.at;
        let mut past = basis.facts.past.clone();
        past.note(open.node, &closing);
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
        match skipped_by {
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
        let basis = self.basis()?;
        let mut enrollment = self.enrollment.clone();
        let detail = HistoryDetail { planned: Some(until), ..HistoryDetail::at(enrollment.node) };
        flow.note(&enrollment, kind, by, detail);

        if let Some(timer) = enrollment.timer() {
            flow.changes.clear_timer(timer);
        }
        let next = match enrollment.position.waiting() {
            // The call is made again.
            Some((_, WaitReason::Retry)) => Next::To(enrollment.node),
            Some((limit, WaitReason::Branch)) => {
                let met = self.branch_met(limit, basis).is_some();
                flow.branch_noted(&enrollment, Why::of(met));
                basis.program.path(enrollment.node, usize::from(!met))
            }
            _ => basis.program.after(enrollment.node),
        };
        let opened = flow.walk(&mut enrollment, next, since, basis);
        Ok(flow.moved(enrollment, opened))
    }

    /// Goes on after the command that a timer is for was carried out. If the enrollment has moved
    /// on since, only deletes the timer.
    pub fn carry_out(&self, timer: Timer, done: &Done, flow: &mut Flow<'_>) -> Result<(), Broken> {
        if self.enrollment.timer() != Some(timer) {
            flow.changes.clear_timer(timer);
            return Ok(());
        }

        let detail = HistoryDetail::at(self.enrollment.node);
        let (kind, detail) = match done.clone() {
            // It comes to the branch again.
            Done::Answered => return self.go_on_at(Next::To(self.enrollment.node), timer, flow),
            Done::AttributeUpdated { why } => {
                (HistoryKind::AttributeUpdated, HistoryDetail { why, ..detail })
            }
            Done::OwnerAssigned { seller, why } => {
                let seller = seller.map(|seller| seller.0);
                (HistoryKind::OwnerAssigned, HistoryDetail { seller, why, ..detail })
            }
            Done::Advanced { enrollment, why } => {
                let enrollment = enrollment.map(|enrollment| enrollment.0);
                let detail = HistoryDetail { enrollment, why, ..detail };
                self.exit_with(ExitReason::Advanced, Actor::UPNEXT, detail, flow);
                return Ok(());
            }
        };
        flow.note(&self.enrollment, kind, Actor::UPNEXT, detail);
        let next = self.basis()?.program.after(self.enrollment.node);
        self.go_on_at(next, timer, flow)
    }

    /// Goes on in place of a timer. The next step counts from its time.
    fn go_on_at(&self, next: Next, timer: Timer, flow: &mut Flow<'_>) -> Result<(), Broken> {
        let (mut enrollment, basis) = (self.enrollment.clone(), self.basis()?);
        flow.changes.clear_timer(timer);
        let opened = flow.walk(&mut enrollment, next, timer.due_at, basis);
        flow.moved(enrollment, opened);
        Ok(())
    }

    /// Ends the enrollment before its last step. If an activity is open, it is canceled.
    pub fn exit(&self, reason: ExitReason, by: Actor, flow: &mut Flow<'_>) -> Enrollment {
        self.exit_with(reason, by, HistoryDetail::at(self.enrollment.node), flow)
    }

    fn exit_with(
        &self,
        reason: ExitReason,
        by: Actor,
        detail: HistoryDetail,
        flow: &mut Flow<'_>,
    ) -> Enrollment {
        let mut enrollment = self.enrollment.clone();
        // The timer of a wait. That of a snooze is cleared with its activity.
        if let Some(timer) = enrollment.timer() {
            flow.changes.clear_timer(timer);
        }

        // It ended for the same reason as its enrollment.
        self.cancel_activity(reason.as_str(), by, flow);
        let outcome = Some(reason.as_str().to_owned());
        let detail = HistoryDetail { outcome, ..detail };
        flow.note(&enrollment, HistoryKind::EnrollmentExited, by, detail);
        enrollment.position = Position::Exited { at: flow.now, reason };
        flow.moved(enrollment, None).enrollment
    }

    /// Closes the open activity, if there is one, because it is no longer to be done.
    fn cancel_activity(&self, outcome: &str, by: Actor, flow: &mut Flow<'_>) {
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

    /// Opens a closed activity again. Check first that it can be. The enrollment returns to its
    /// step, and what followed is taken back. `why` can be empty.
    pub fn reopen(
        &self,
        reopening: &Reopening,
        why: &str,
        by: Actor,
        flow: &mut Flow<'_>,
    ) -> Result<Activity, Broken> {
        let activity = reopening.reopened(self.target()?, flow.now);
        let mut enrollment = self.enrollment.clone();

        // The activity loses its note. Only history keeps it.
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (outcome, note) = (text(why), text(&reopening.closed.closing.note));
        let detail = HistoryDetail { outcome, note, ..HistoryDetail::of(&activity) };
        flow.note(&enrollment, HistoryKind::ActivityReopened, by, detail);
        self.take_back(by, flow);

        flow.changes.reopen_activity(activity.clone());
        enrollment.node = activity.node;
        // An activity is created when its step is reached.
        enrollment.step_reach_time = activity.create_time;
        enrollment.position = Position::Acting { activity: activity.id };
        flow.moved(enrollment, None);
        Ok(activity)
    }

    /// Takes back what followed an activity: the next one, the wait, or the end.
    fn take_back(&self, by: Actor, flow: &mut Flow<'_>) {
        match self.enrollment.position {
            Position::Acting { .. } => self.cancel_activity(reopening::CANCELED_FOR, by, flow),
            // Nobody knows of it: it would have been carried out at any moment.
            Position::Waiting { reason: WaitReason::Command, .. } => {
                self.enrollment.timer().into_iter().for_each(|timer| flow.changes.clear_timer(timer));
            }
            Position::Waiting { until, .. } => {
                let detail =
                    HistoryDetail { planned: Some(until), ..HistoryDetail::at(self.enrollment.node) };
                flow.note(&self.enrollment, HistoryKind::WaitCanceled, by, detail);
                self.enrollment.timer().into_iter().for_each(|timer| flow.changes.clear_timer(timer));
            }
            Position::Completed { .. } | Position::Exited { .. } => {
                let detail = HistoryDetail::default();
                flow.note(&self.enrollment, HistoryKind::EnrollmentReopened, by, detail);
            }
        }
    }

    /// Snoozes the open activity until a time.
    ///
    /// # Errors
    /// Broken if no activity is open.
    pub fn snooze(&self, until: DateTime<Utc>, by: Actor, flow: &mut Flow<'_>) -> Result<Activity, Broken> {
        let before = self.activity()?;
        let detail = HistoryDetail { planned: Some(until), ..HistoryDetail::of(before) };
        flow.note(&self.enrollment, HistoryKind::ActivitySnoozed, by, detail);

        let after = Activity {
            state: ActivityState::Snoozed { until },
            // Nobody works on what is put off.
            lease: None,
            snooze_count: before.snooze_count + 1,
            version: before.version + 1,
            ..before.clone()
        };
        flow.changes.change_activity(before, after.clone());
        Ok(after)
    }

    /// Ends the wait or the snooze that a timer is for. If the enrollment has moved on since, only
    /// deletes the timer.
    pub fn fire(&self, timer: Timer, flow: &mut Flow<'_>) -> Result<(), Broken> {
        // A timer equals the present one only if its time is still the planned one.
        let open = self.open.as_ref().filter(|open| open.timer() == Some(timer));
        match (timer.kind, open) {
            (TimerKind::Wait | TimerKind::BranchLimit, _) if self.enrollment.timer() == Some(timer) => {
                self.end_wait(timer.due_at, None, flow)?;
            }
            (TimerKind::Snooze, Some(activity)) => self.wake(activity, timer.due_at, flow),
            (TimerKind::Lease, Some(activity)) => self.expire(activity, timer.due_at, flow),
            // Commands have transactions of their own.
            (TimerKind::Command, _) if self.enrollment.timer() == Some(timer) => {}
            // What it was set for is over.
            (TimerKind::Wait | TimerKind::BranchLimit | TimerKind::Command, _)
            | (TimerKind::Snooze | TimerKind::Lease, None) => flow.changes.clear_timer(timer),
        }
        Ok(())
    }

    /// Makes a snoozed activity due again. Its snooze, which expired, was until `until`.
    fn wake(&self, before: &Activity, until: DateTime<Utc>, flow: &mut Flow<'_>) {
        let detail = HistoryDetail { planned: Some(until), ..HistoryDetail::of(before) };
        flow.note(&self.enrollment, HistoryKind::ActivityWoken, Actor::UPNEXT, detail);

        // The rank stays, so the activity returns to its old place in the queue.
        let after = Activity { state: ActivityState::Due, version: before.version + 1, ..before.clone() };
        flow.changes.change_activity(before, after);
    }

    /// Follows a change of the record: moves its open activity to the new owner's queue, and gives
    /// it the record's new name and warnings. A running wait moves to that queue, too. If the
    /// organization wants activities with warnings to be skipped, this one is.
    pub fn follow(&self, target: &Target, by: Actor, flow: &mut Flow<'_>) -> Result<(), Broken> {
        // A queue reads its next due time from the timers that it shows.
        if let Some(timer) = self.enrollment.timer() {
            flow.changes.move_timer(timer, target.queue);
        }

        let Some(before) = &self.open else { return Ok(()) };
        let warnings = target.reach.warnings(before.kind.channel());
        let basis = self.facts.basis_of(target).map_err(|column| self.broken(column))?;
        match basis.reaction(before.kind, warnings) {
            Reaction::Due => {}
            Reaction::Skip => {
                self.go_on(before, Closing::skip_for(warnings, flow.now), basis, flow);
                return Ok(());
            }
            Reaction::Exit => {
                self.exit(ExitReason::NoConsent, by, flow);
                return Ok(());
            }
        }

        let queue = before.queue_at(target);
        let record_display_name = target.display_name.clone();
        // A lease is for the work of one queue.
        let lease = before.lease.filter(|_| queue == before.queue);
        let after = Activity { queue, record_display_name, warnings, lease, ..before.clone() };
        // Nothing that it shows changes, so it needs no new version.
        if after == *before {
            return Ok(());
        }
        // What else changes is not an event: history keeps no values of records.
        if after.queue != before.queue {
            flow.note(&self.enrollment, HistoryKind::ActivityMoved, by, HistoryDetail::of(before));
        }
        flow.changes.change_activity(before, Activity { version: before.version + 1, ..after });
        Ok(())
    }
}
