//! Moving an enrollment to another revision of its sequence, or to another step.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::activity::Activity;
use super::caller::Actor;
use super::case::{Broken, Case, Facts};
use super::enrollment::{Enrollment, EnrollmentState, Interrupted, Position};
use super::flow::Flow;
use super::history::{HistoryDetail, HistoryKind};
use super::id::EnrollmentId;
use super::pausing::PauseReason;
use super::program::{Next, NodeId, Program};
use super::refusal::Refusal;
use super::step::{Wait, Work};
use super::throttle;
use super::timer::WaitReason;

/// The outcome of an activity that was canceled because its enrollment moved to a revision where
/// its step is gone or of another kind.
pub const CANCELED_FOR: &str = "MIGRATED";

/// What becomes of the step where an enrollment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StepPolicy {
    /// It stays at the step with the same id. Without such a step, it isn't moved.
    Same,
    /// It stays at the step with the same id. Without such a step, it begins at the first one.
    SameOrRestart,
    /// It begins at the first step.
    Restart,
}

/// The revision to which enrollments move.
#[derive(Clone, Debug, PartialEq)]
pub struct Destination {
    /// Its number.
    pub revision: i32,
    /// Its program.
    pub program: Arc<Program>,
    /// The facts of the enrollments that move there, as decisions in that revision need them.
    pub facts: HashMap<EnrollmentId, Facts>,
}

/// How an enrollment gets to another revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// It is on that revision.
    There,
    /// What it does goes on at this node: its activity stays open, or its wait runs.
    Keep(NodeId),
    /// It begins this node, which has the same id, but another kind, or was asked for.
    Reach(NodeId),
    /// It begins at the first step.
    Restart,
}

impl Destination {
    /// Returns how an enrollment gets here from a node of a revision. If the id of a step is given,
    /// it begins that step. Otherwise the policy decides.
    ///
    /// # Errors
    /// A refusal if the step that is needed is gone.
    pub fn route(
        &self,
        (revision, node): (i32, NodeId),
        from: &Program,
        (policy, to_step): (StepPolicy, Option<&str>),
    ) -> Result<Route, Refusal> {
        let gone = |step_id: &str| Refusal::StepGone { step_id: step_id.to_owned(), revision: self.revision };
        if let Some(step_id) = to_step {
            return self.program.find(step_id).map(Route::Reach).ok_or_else(|| gone(step_id));
        }
        if revision == self.revision {
            return Ok(Route::There);
        }
        if policy == StepPolicy::Restart {
            return Ok(Route::Restart);
        }

        let here = from.node(node);
        let step_id = here.map_or("", |here| here.step.step_id.as_str());
        let same = (0..).zip(self.program.nodes()).find(|(_, node)| node.step.step_id == step_id);
        match (here, same, policy) {
            (Some(here), Some((number, there)), _) => {
                let node = NodeId(number);
                Ok(match (here.step.kind.work(), there.step.kind.work()) {
                    (Work::Act(here), Work::Act(there)) if here == there => Route::Keep(node),
                    (Work::Wait(_), Work::Wait(_)) => Route::Keep(node),
                    (Work::Branch(here), Work::Branch(there))
                        if here.condition.limit().and(there.condition.limit()).is_some() =>
                    {
                        Route::Keep(node)
                    }
                    _ => Route::Reach(node),
                })
            }
            (_, _, StepPolicy::SameOrRestart) => Ok(Route::Restart),
            _ => Err(gone(step_id)),
        }
    }
}

impl Case {
    /// Returns how the enrollment gets to another revision, or to the step with this id. Checks
    /// that it is open.
    ///
    /// # Errors
    /// A refusal if it has ended, or the step is gone.
    pub fn route(
        &self,
        to: &Destination,
        wanted: (StepPolicy, Option<&str>),
    ) -> Result<Result<Route, Refusal>, Broken> {
        if let Err(ended) = self.enrollment.check_open() {
            return Ok(Err(ended));
        }
        let at = (self.enrollment.revision, self.enrollment.node);
        Ok(to.route(at, self.basis()?.program, wanted))
    }

    /// Moves the enrollment to another revision. Returns the case there.
    ///
    /// # Errors
    /// Broken if something is missing that an open enrollment must have.
    pub fn migrate(
        &self,
        to: &Destination,
        route: Route,
        by: Actor,
        flow: &mut Flow<'_>,
    ) -> Result<Case, Broken> {
        if let Some((_, WaitReason::Start | WaitReason::Throttle)) = self.enrollment.position.planned_wait() {
            return self.start_elsewhere(to, route, by, flow);
        }

        match route {
            Route::There => Ok(self.clone()),
            Route::Keep(node) => {
                let kept = self.keep_step(to, node, by, flow)?;
                // What the person did may be enough for the branch as it is there.
                kept.settle_branch(flow)?;
                Ok(kept.caught_up(flow))
            }
            Route::Reach(node) => self.begin(to, Next::To(node), by, flow),
            Route::Restart => self.begin(to, to.program.first(), by, flow),
        }
    }

    /// Lets an enrollment that hasn't started begin in the other revision, at the same time.
    fn start_elsewhere(
        &self,
        to: &Destination,
        route: Route,
        by: Actor,
        flow: &mut Flow<'_>,
    ) -> Result<Case, Broken> {
        let node = match (route, to.program.first()) {
            (Route::There, _) => return Ok(self.clone()),
            (Route::Keep(node) | Route::Reach(node), _) => node,
            (Route::Restart, Next::To(first)) => first,
            (Route::Restart, Next::End) => NodeId(0),
        };

        // Its timer stays: it begins at the same time.
        let enrollment = Enrollment { revision: to.revision, node, ..self.enrollment.clone() };
        let planned = enrollment.position.planned_wait().and_then(|(until, _)| throttle::known(until));
        let revision = Some(self.enrollment.revision);
        let detail = HistoryDetail { planned, revision, ..HistoryDetail::default() };
        flow.note(&enrollment, HistoryKind::EnrollmentMigrated, by, detail);
        let enrollment = flow.moved(enrollment, None).enrollment;
        Ok(Case { enrollment, open: None, facts: self.facts_of(to)? })
    }

    /// Goes on with the open activity or the wait, at its node in the other revision.
    fn keep_step(
        &self,
        to: &Destination,
        node: NodeId,
        by: Actor,
        flow: &mut Flow<'_>,
    ) -> Result<Case, Broken> {
        flow.changes.tallies.leave(&self.enrollment, flow.now.date_naive(), flow.mint);
        let mut enrollment = Enrollment { revision: to.revision, node, ..self.enrollment.clone() };
        if let Some((until, reason)) = self.enrollment.position.planned_wait() {
            let until = self.kept_wait(to, node, until);
            self.enrollment.timer().into_iter().for_each(|timer| flow.changes.clear_timer(timer));
            enrollment.position = match enrollment.position {
                Position::Paused { at, reason: why, until: end, .. } => {
                    let interrupted = Interrupted::Wait { until, reason };
                    Position::Paused { at, reason: why, until: end, interrupted }
                }
                _ => Position::Waiting { until, reason },
            };
            let queue = self.target()?.queue;
            enrollment.timer().into_iter().for_each(|timer| flow.changes.set_timer(timer, queue));
        }

        // The event belongs to the new revision, and tells the one that was left.
        let planned = enrollment.position.planned_wait().map(|(until, _)| until);
        let revision = Some(self.enrollment.revision);
        let detail = HistoryDetail { planned, revision, ..HistoryDetail::at(node) };
        flow.note(&enrollment, HistoryKind::EnrollmentMigrated, by, detail);

        let (facts, target) = (self.facts_of(to)?, self.target()?);
        let open = self.open.as_ref().map(|before| {
            // The step may be another's there.
            let home = facts.home((node, before.kind), enrollment.enroller, target);
            let mut after = before.at(to.revision, node).at_home(home.queue);
            after.auto_skip_time = self.kept_auto_skip(before, to, node);
            if after.queue != before.queue {
                let detail = home.told(HistoryDetail::of(&after));
                flow.note(&enrollment, HistoryKind::ActivityMoved, by, detail);
            }
            flow.changes.change_activity(before, after.clone());
            after
        });
        let enrollment = flow.moved(enrollment, None).enrollment;
        Ok(Case { enrollment, open, facts })
    }

    /// Returns when the activity is skipped by itself in the other revision, where that may be
    /// earlier, later or never. One that somebody touched stays.
    fn kept_auto_skip(&self, open: &Activity, to: &Destination, node: NodeId) -> Option<DateTime<Utc>> {
        let settings = self.facts.settings.as_deref()?;
        let of = |program: &Program, node| settings.auto_skip_after(&program.node(node)?.step);
        let before = self.facts.program.as_deref().and_then(|program| of(program, open.node))?;
        let after = of(&to.program, node)?;
        Some(after.instead_of(before, open.auto_skip_time?))
    }

    /// Returns the end of the wait in the other revision, where it may be longer or shorter. It
    /// began when it began.
    fn kept_wait(&self, to: &Destination, node: NodeId, until: DateTime<Utc>) -> DateTime<Utc> {
        let before = self.facts.program.as_deref().and_then(|program| program.node(self.enrollment.node));
        let after = to.program.node(node);
        let timing = to.facts.get(&self.enrollment.id).map(|facts| &facts.timing);
        let (Some(before), Some(after), Some(timing)) = (before, after, timing) else { return until };

        match (before.step.kind.work(), after.step.kind.work()) {
            (Work::Wait(Wait::Delay(before)), Work::Wait(Wait::Delay(after))) => {
                timing.moved(after.instead_of(*before, until))
            }
            (Work::Wait(before), Work::Wait(after)) if before != after => {
                timing.plan(after, self.enrollment.step_reach_time).until
            }
            (Work::Branch(before), Work::Branch(after)) => {
                match (before.condition.limit(), after.condition.limit()) {
                    (Some(before), Some(after)) => after.instead_of(before, until),
                    _ => until,
                }
            }
            _ => until,
        }
    }

    /// Leaves the present step, and begins at `next` in the other revision. A paused enrollment
    /// stays paused there, and a failed one goes on.
    fn begin(&self, to: &Destination, next: Next, by: Actor, flow: &mut Flow<'_>) -> Result<Case, Broken> {
        self.leave_step(CANCELED_FOR, by, flow);
        let failed = self.enrollment.position.state() == EnrollmentState::Failed;
        if failed {
            let detail = HistoryDetail::at(self.enrollment.node);
            flow.note(&self.enrollment, HistoryKind::EnrollmentRetried, by, detail);
        }
        let mut enrollment = Enrollment { revision: to.revision, ..self.enrollment.clone() };
        let detail = HistoryDetail { revision: Some(self.enrollment.revision), ..HistoryDetail::default() };
        flow.note(&enrollment, HistoryKind::EnrollmentMigrated, by, detail);

        // The walk asks the conditions of the other revision.
        let facts = self.facts_of(to)?;
        let basis = facts.basis().map_err(|column| self.broken(column))?;
        let opened = flow.walk(&mut enrollment, next, flow.now, basis);
        let advance = flow.moved(enrollment, opened);
        let begun = Case { enrollment: advance.enrollment, open: advance.opened, facts };
        match self.enrollment.position.paused() {
            Some((_, reason)) if !failed && begun.enrollment.end_time().is_none() => {
                // The pause that history has goes on.
                Ok(begun.stop((reason, self.enrollment.position.pause_end()), flow.now, flow))
            }
            // A failed one didn't hear of the pause of its sequence.
            _ if failed && self.facts.halt.is_some_and(|halt| halt.pause_time().is_some()) => {
                Ok(begun.pause(PauseReason::SequencePaused, flow.now, by, flow))
            }
            _ => Ok(begun),
        }
    }

    fn facts_of(&self, to: &Destination) -> Result<Facts, Broken> {
        to.facts.get(&self.enrollment.id).cloned().ok_or(self.broken("revision"))
    }
}
