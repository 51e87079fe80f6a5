//! Pauses and resumes an enrollment by hand.

use serde::{Deserialize, Serialize};

use crate::domain::case::Case;
use crate::domain::enrollment::PauseReason;
use crate::domain::flow::Flow;
use crate::domain::id::EnrollmentId;
use crate::domain::version::Version;
use crate::engine::cases::verbs::{Asked, CaseVerb, Subject};
use crate::engine::frame::verb::Item;
use crate::engine::{Engine, Error, Request};

/// Pauses a running enrollment, or resumes a paused one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PauseEnrollment {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The version that the caller saw. `None`: any.
    pub expected_version: Option<Version>,
    /// Pause or resume it.
    pub how: PauseHow,
}

/// What to do with the enrollment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PauseHow {
    /// Pause it.
    Pause,
    /// Resume it.
    Resume,
}

/// The answer to pausing or resuming an enrollment. It is kept for repetitions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrollmentPaused {
    /// The enrollment.
    pub enrollment: EnrollmentId,
}

impl Engine {
    /// Pauses one enrollment with reason `MANUAL`, or resumes it.
    ///
    /// # Errors
    /// - [`Error::Missing`], even if the enrollment exists but is not the caller's.
    /// - [`Error::Stale`].
    /// - [`Error::Refused`] with `EnrollmentEnded`, and with `EnrollmentPaused` to pause it, or
    ///   `EnrollmentNotPaused` or `SequencePaused` to resume it.
    pub async fn pause_enrollment(
        &self,
        request: Request,
        command: PauseEnrollment,
    ) -> Result<EnrollmentPaused, Error> {
        self.batches().pause.submit(Item::new(self.core(), request, command)).await
    }
}

impl CaseVerb for PauseEnrollment {
    type Answer = EnrollmentPaused;

    fn subject(&self) -> Subject {
        Subject::Enrollment(self.enrollment)
    }

    fn decide(&self, case: &Case, asked: Asked, flow: &mut Flow<'_>) -> Result<EnrollmentPaused, Error> {
        // First, so that a caller with an old version learns that it is done already.
        match self.how {
            PauseHow::Pause => case.enrollment.check_running()?,
            PauseHow::Resume => case.enrollment.check_resumable()?,
        }
        self.subject().check_version(self.expected_version, case.enrollment.version)?;

        let after = match self.how {
            PauseHow::Pause => case.pause(PauseReason::Manual, flow.now, asked.by, flow),
            PauseHow::Resume => case.resume(flow.now, asked.by, flow)?,
        };
        Ok(EnrollmentPaused { enrollment: after.enrollment.id })
    }
}
