//! The walk of an enrollment through its program: from step to step, until it has to stop.

use chrono::{DateTime, Utc};

use super::activity::{Activity, ClosedState, Closing};
use super::caller::Actor;
use super::consent::Reaction;
use super::enrollment::{Enrollment, ExitReason, Position};
use super::flow::{Basis, Flow};
use super::history::{HistoryDetail, HistoryKind};
use super::past::Past;
use super::program::{Next, Node, NodeId};
use super::step::{ActivityKind, BranchCondition, CallRetry, Lot, StepKind, Wait, Work};
use super::timer::WaitReason;

/// An enrollment on its way.
pub(super) struct Walk<'w, 'f> {
    pub flow: &'w mut Flow<'f>,
    pub enrollment: &'w mut Enrollment,
    pub basis: Basis<'w>,
    /// How earlier steps ended.
    pub past: Past,
    /// When the step before ended. A wait counts from it, and is passed at once if it is already
    /// over.
    pub since: DateTime<Utc>,
}

/// What follows a step.
enum Turn {
    /// The walk goes on.
    On(Next),
    /// It stops. This activity is due, if any.
    Stop(Option<Box<Activity>>),
}

/// How a branch stands when an enrollment arrives.
enum Verdict {
    /// It is decided.
    Decided(Why),
    /// It waits until this limit.
    Waits(DateTime<Utc>),
    /// The record is just changing: it is asked in the next transaction.
    Asks,
}

/// Why a branch was decided as it was.
#[derive(Clone, Copy)]
pub(super) enum Why {
    Met,
    NotMet,
    /// An attribute that the condition compares is missing.
    AttributeMissing,
    /// The earlier step was skipped.
    StepSkipped,
}

impl Why {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Why::Met => "MET",
            Why::NotMet => "NOT_MET",
            Why::AttributeMissing => "ATTRIBUTE_MISSING",
            Why::StepSkipped => "STEP_SKIPPED",
        }
    }

    pub(super) fn of(met: bool) -> Self {
        if met { Why::Met } else { Why::NotMet }
    }
}

impl Walk<'_, '_> {
    /// Goes on after the activity of a node was completed or skipped. Returns the activity that is
    /// now due, if any.
    pub fn after(mut self, node: NodeId) -> Option<Activity> {
        match self.next_call(node) {
            Some(due) if due > self.flow.now => {
                self.stop(due, WaitReason::Retry);
                self.wait_noted(HistoryKind::WaitStarted, due);
                None
            }
            Some(due) => {
                // Its time has passed: the last call was reported late.
                self.since = due;
                self.go(Next::To(node))
            }
            None => {
                let next = self.basis.program.after(node);
                self.go(next)
            }
        }
    }

    /// Goes on at `next` until an activity is due, a wait runs or the end is reached. Returns the
    /// activity that is due.
    pub fn go(mut self, mut next: Next) -> Option<Activity> {
        // A node that the program doesn't have counts as the end.
        while let Next::To(node) = next
            && let Some(here) = self.basis.program.node(node)
        {
            self.enrollment.node = node;
            self.enrollment.step_reach_time = self.flow.now;
            match self.pass(here) {
                Turn::On(on) => next = on,
                Turn::Stop(opened) => return opened.map(|opened| *opened),
            }
        }

        self.flow.complete_place(self.enrollment);
        self.enrollment.position = Position::Completed { at: self.flow.now };
        self.note(HistoryKind::EnrollmentCompleted, HistoryDetail::default());
        None
    }

    fn pass(&mut self, here: &Node) -> Turn {
        match here.step.kind.work() {
            Work::Act(kind) => self.act(here, kind),
            Work::Wait(wait) => self.wait(here, wait),
            Work::Branch(branch) => match self.decide(&branch.condition) {
                Verdict::Decided(why) => {
                    self.flow.branch_noted(self.enrollment, why);
                    self.turn(usize::from(!matches!(why, Why::Met)))
                }
                Verdict::Waits(limit) => {
                    self.stop(limit, WaitReason::Branch);
                    self.wait_noted(HistoryKind::WaitStarted, limit);
                    Turn::Stop(None)
                }
                Verdict::Asks => {
                    self.stop(self.since, WaitReason::Command);
                    Turn::Stop(None)
                }
            },
            Work::Split(split) => {
                let step_id = here.step.step_id.as_str();
                let winner = self.basis.facts.winners.get(step_id).map(String::as_str);
                let (place, lot) = split.draw(self.enrollment.id, step_id, winner, self.flow.now);
                let variant = split.variants.get(place).map_or("", |variant| &variant.variant_id);
                let why = lot.as_str();
                self.flow.choice_noted(self.enrollment, HistoryKind::SplitDecided, variant, why);
                // Even without a goal: it may get one later.
                if lot == Lot::Chance {
                    self.flow.changes.splits.enter(self.enrollment, step_id, variant, self.flow.now);
                }
                self.turn(place)
            }
            Work::EmitEvent(_) => {
                self.note(HistoryKind::EventEmitted, HistoryDetail::at(self.enrollment.node));
                Turn::On(here.next)
            }
            // They write rows that come earlier in the lock order, so a timer that is due now
            // carries them out in a transaction of their own.
            Work::UpdateAttribute(_) | Work::AssignOwner(_) | Work::AdvanceToSequence(_) => {
                self.stop(self.since, WaitReason::Command);
                Turn::Stop(None)
            }
        }
    }

    fn act(&mut self, here: &Node, kind: ActivityKind) -> Turn {
        let warnings = self.basis.target.reach.warnings(kind.channel());
        let reaction = self.basis.reaction(kind, warnings);
        if reaction == Reaction::Exit {
            self.exit(ExitReason::NoConsent);
            return Turn::Stop(None);
        }
        self.since = self.basis.facts.timing.moved(self.since);
        if self.since > self.flow.now {
            let due = self.since;
            self.wait_noted(HistoryKind::WaitStarted, due);
            self.stop(due, WaitReason::WorkingHours);
            return Turn::Stop(None);
        }

        let activity = self.flow.open(self.enrollment, kind, self.since, self.basis);
        if reaction == Reaction::Due {
            return Turn::Stop(Some(Box::new(activity)));
        }

        // As if the seller had skipped it immediately: the next step counts from now.
        let closing = Closing::skip_for(activity.warnings, self.flow.now);
        self.past.note(self.enrollment.node, activity.kind, &closing);
        self.flow.close(self.enrollment, &activity, closing);
        self.since = self.flow.now;
        Turn::On(here.next)
    }

    /// Ends the enrollment at its step.
    fn exit(&mut self, reason: ExitReason) {
        let outcome = Some(reason.as_str().to_owned());
        let detail = HistoryDetail { outcome, ..HistoryDetail::at(self.enrollment.node) };
        // First, because the wait before it has its own event.
        self.flow.complete_place(self.enrollment);
        self.enrollment.position = Position::Exited { at: self.flow.now, reason };
        self.note(HistoryKind::EnrollmentExited, detail);
    }

    fn wait(&mut self, here: &Node, wait: &Wait) -> Turn {
        let planned = self.basis.facts.timing.plan(wait, self.since);
        // A wait begins when the step before it ended, which can be earlier than now.
        self.enrollment.step_reach_time = self.since;
        self.wait_noted(HistoryKind::WaitStarted, planned.until);
        if planned.until > self.flow.now {
            self.stop(planned.until, WaitReason::Step);
            return Turn::Stop(None);
        }

        // Already over: the next step counts from its planned end, not from now.
        let detail =
            HistoryDetail { planned: Some(planned.until), ..HistoryDetail::at(self.enrollment.node) };
        self.note(HistoryKind::WaitEnded, planned.ended(detail));
        self.since = planned.until;
        Turn::On(here.next)
    }

    /// Decides a branch, if that is possible now.
    fn decide(&mut self, condition: &BranchCondition) -> Verdict {
        match condition {
            BranchCondition::Engagement { limit, wait_for_limit, .. } => {
                let limit = limit.after(self.since);
                self.decide_engagement(condition, limit, *wait_for_limit)
            }
            _ => self.answer(condition).map_or(Verdict::Asks, Verdict::Decided),
        }
    }

    fn decide_engagement(
        &mut self,
        condition: &BranchCondition,
        limit: DateTime<Utc>,
        wait_for_limit: bool,
    ) -> Verdict {
        let email = condition.step_id().and_then(|step_id| self.basis.program.find(step_id));
        let ended = email.and_then(|node| self.past.step(node));
        if ended.is_none_or(|ended| ended.state != ClosedState::Completed) {
            return Verdict::Decided(Why::StepSkipped);
        }

        let met = condition.met(self.basis, &self.past).filter(|at| *at < limit);
        match met {
            Some(at) if !wait_for_limit => {
                self.since = self.since.max(at);
                Verdict::Decided(Why::Met)
            }
            _ if limit > self.flow.now => Verdict::Waits(limit),
            _ => {
                self.since = limit;
                Verdict::Decided(Why::of(met.is_some()))
            }
        }
    }

    /// Answers a condition that needs no waiting. `None` if the answer isn't known yet.
    fn answer(&self, condition: &BranchCondition) -> Option<Why> {
        let ended = condition.step_id().and_then(|step_id| self.basis.program.find(step_id));
        let ended = ended.and_then(|node| self.past.step(node));

        Some(match (condition, ended) {
            (BranchCondition::Record { .. } | BranchCondition::Stage { .. }, _) => {
                let answer = self.basis.facts.answers.get(&self.enrollment.node)?;
                answer.map_or(Why::AttributeMissing, Why::of)
            }
            (BranchCondition::CallOutcome { outcomes, .. }, Some(ended)) => match ended.state {
                ClosedState::Completed => Why::of(outcomes.contains(&ended.outcome)),
                ClosedState::Skipped | ClosedState::Canceled => Why::StepSkipped,
            },
            (BranchCondition::Step { ending, .. }, Some(ended)) => match ending.is(ended.state) {
                false if ended.state == ClosedState::Skipped => Why::StepSkipped,
                met => Why::of(met),
            },
            (
                BranchCondition::Engagement { .. }
                | BranchCondition::CallOutcome { .. }
                | BranchCondition::Step { .. },
                _,
            ) => Why::NotMet,
        })
    }

    /// Takes the path with this place.
    fn turn(&self, place: usize) -> Turn {
        Turn::On(self.basis.program.path(self.enrollment.node, place))
    }

    /// Returns when the next call of a step falls due, if it has to be made.
    fn next_call(&self, node: NodeId) -> Option<DateTime<Utc>> {
        let retry = self.retry(node)?;
        let ended = self.past.step(node).filter(|ended| ended.state == ClosedState::Completed)?;
        let again = retry.calls_again(ended.completed, &ended.outcome);
        again.then(|| retry.delay.after(self.since))
    }

    fn retry(&self, node: NodeId) -> Option<&CallRetry> {
        match &self.basis.program.node(node)?.step.kind {
            StepKind::PhoneCall(call) => call.retry.as_ref(),
            _ => None,
        }
    }

    /// Stops until a timer fires.
    fn stop(&mut self, until: DateTime<Utc>, reason: WaitReason) {
        self.enrollment.position = Position::Waiting { until, reason };
        if let Some(timer) = self.enrollment.timer() {
            self.flow.changes.set_timer(timer, self.basis.target.queue);
        }
    }

    fn wait_noted(&mut self, kind: HistoryKind, until: DateTime<Utc>) {
        self.note(kind, HistoryDetail { planned: Some(until), ..HistoryDetail::at(self.enrollment.node) });
    }

    fn note(&mut self, kind: HistoryKind, detail: HistoryDetail) {
        self.flow.note(self.enrollment, kind, Actor::UPNEXT, detail);
    }
}
