//! Branches that wait for what persons do with emails.

use chrono::{DateTime, Utc};

use super::caller::Actor;
use super::case::{Broken, Case};
use super::enrollment::Enrollment;
use super::flow::{Basis, Flow};
use super::history::HistoryKind;
use super::past::Past;
use super::step::{BranchCondition, Delay, StepKind};
use super::timer::WaitReason;
use super::walk::Why;

impl Case {
    /// Decides the branch at which it waits, if what the person did is enough. Returns false if it
    /// still waits, or doesn't wait at a branch.
    ///
    /// # Errors
    /// The case is broken.
    pub fn settle_branch(&self, flow: &mut Flow<'_>) -> Result<bool, Broken> {
        let Some((until, WaitReason::Branch)) = self.enrollment.position.waiting() else { return Ok(false) };
        let basis = self.basis()?;
        let Some(BranchCondition::Engagement { limit, wait_for_limit: false, .. }) = self.condition(basis)
        else {
            return Ok(false);
        };
        let Some(met) = self.branch_met(until, basis) else { return Ok(false) };

        // The next step counts from the event, but not from before the enrollment arrived.
        let since = met.max(until - limit.total());
        self.leave_wait(until, (HistoryKind::WaitEnded, Actor::UPNEXT), since, flow)?;
        Ok(true)
    }

    /// Returns the condition of the branch that it is at.
    fn condition<'a>(&self, basis: Basis<'a>) -> Option<&'a BranchCondition> {
        match &basis.program.node(self.enrollment.node)?.step.kind {
            StepKind::Branch(branch) => Some(&branch.condition),
            _ => None,
        }
    }

    /// Returns when the branch that it is at was met, before its limit.
    pub(super) fn branch_met(&self, limit: DateTime<Utc>, basis: Basis<'_>) -> Option<DateTime<Utc>> {
        self.condition(basis)?.met(basis, &basis.facts.past).filter(|at| *at < limit)
    }
}

impl BranchCondition {
    /// Returns how long it waits for what the person does. `None` if it doesn't wait.
    pub(super) const fn limit(&self) -> Option<Delay> {
        match self {
            BranchCondition::Engagement { limit, .. } => Some(*limit),
            _ => None,
        }
    }

    /// Returns when it was met by what the person did with its email. `None`: not yet.
    pub(super) fn met(&self, basis: Basis<'_>, past: &Past) -> Option<DateTime<Utc>> {
        let BranchCondition::Engagement { step_id, actions, all, .. } = self else { return None };
        past.engaged(basis.program.find(step_id)?, actions, *all)
    }
}

impl Flow<'_> {
    /// Adds to the history which path of a branch an enrollment takes, and why.
    pub(super) fn branch_noted(&mut self, enrollment: &Enrollment, why: Why) {
        let outcome = if matches!(why, Why::Met) { "YES" } else { "NO" };
        self.choice_noted(enrollment, HistoryKind::BranchDecided, outcome, why.as_str());
    }
}
