//! Ends an enrollment by hand. Its open activity is canceled, and its wait is deleted.

use serde::{Deserialize, Serialize};

use crate::domain::case::Case;
use crate::domain::enrollment::ExitReason;
use crate::domain::flow::Flow;
use crate::domain::id::EnrollmentId;
use crate::domain::version::Version;
use crate::engine::cases::verbs::{Asked, CaseVerb, Subject};
use crate::engine::frame::verb::Item;
use crate::engine::{Engine, Error, Request};

/// Ends an enrollment before its last step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExitEnrollment {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The version that the caller saw. `None`: any.
    pub expected_version: Option<Version>,
}

/// The answer to ending an enrollment. It is kept for repetitions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrollmentExited {
    /// The enrollment.
    pub enrollment: EnrollmentId,
}

impl Engine {
    /// Ends one enrollment with reason `MANUAL`.
    ///
    /// # Errors
    /// - [`Error::Missing`], even if the enrollment exists but is not the caller's.
    /// - [`Error::Stale`].
    /// - [`Error::Refused`] with `EnrollmentEnded`.
    pub async fn exit_enrollment(
        &self,
        request: Request,
        command: ExitEnrollment,
    ) -> Result<EnrollmentExited, Error> {
        self.batches().exit.submit(Item::new(self.core(), request, command)).await
    }
}

impl CaseVerb for ExitEnrollment {
    type Answer = EnrollmentExited;

    fn subject(&self) -> Subject {
        Subject::Enrollment(self.enrollment)
    }

    fn decide(&self, case: &Case, asked: Asked<'_>, flow: &mut Flow<'_>) -> Result<EnrollmentExited, Error> {
        // First, so that a caller with an old version learns that the enrollment has ended.
        case.enrollment.check_open()?;
        self.subject().check_version(self.expected_version, case.enrollment.version)?;
        let ended = case.exit(ExitReason::Manual, asked.by, flow);
        Ok(EnrollmentExited { enrollment: ended.id })
    }
}
