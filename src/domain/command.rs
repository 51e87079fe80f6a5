//! Steps that write the record or start another sequence: what became of them, and how the
//! enrollment goes on.

use super::caller::Actor;
use super::case::{Broken, Case};
use super::enrollment::{ExitReason, PauseReason};
use super::flow::Flow;
use super::history::{HistoryDetail, HistoryKind};
use super::id::{EnrollmentId, SellerId};
use super::program::Next;
use super::reason::Reason;
use super::timer::Timer;

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
    /// It can't be carried out as things stand.
    Failed {
        /// The reason, as the enrollment shows it.
        reason: PauseReason,
        /// What was refused, by the name of its reason.
        why: String,
    },
}

impl Done {
    /// Returns what becomes of a command that starts the record in another sequence, if that takes
    /// it not. A sequence may take records again, but a record stays as it is.
    pub fn not_started(reason: Reason) -> Self {
        let why = reason.as_str().to_owned();
        let gone = matches!(reason, Reason::ReferenceNotFound | Reason::SequenceNotActive);
        match gone {
            true => Done::Failed { reason: PauseReason::SequenceUnavailable, why },
            false => Done::Advanced { enrollment: None, why: Some(why) },
        }
    }
}

impl Case {
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
                self.exit_with((ExitReason::Advanced, flow.now), Actor::UPNEXT, detail, flow);
                return Ok(());
            }
            Done::Failed { reason, why } => {
                self.fail(reason, why, flow);
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
}
