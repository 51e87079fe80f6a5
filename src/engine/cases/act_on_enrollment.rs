//! Pauses, resumes, retries, ends or migrates enrollments by hand, one by one or in batches.

use serde::{Deserialize, Serialize};

use crate::domain::action::Action;
use crate::domain::case::Case;
use crate::domain::flow::Flow;
use crate::domain::id::EnrollmentId;
use crate::domain::reason::Reason;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::cases::verbs::{Asked, CaseVerb, Subject};
use crate::engine::frame::verb::Item;
use crate::engine::{Engine, Error, Request};

/// Does something with an enrollment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActOnEnrollment {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The version that the caller saw. `None`: any.
    pub expected_version: Option<Version>,
    /// What to do.
    pub action: Action,
}

/// The answer to acting on an enrollment, or to changing it. It is kept for repetitions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrollmentChanged {
    /// The enrollment.
    pub enrollment: EnrollmentId,
}

impl Engine {
    /// Acts on one enrollment. Pauses and exits have the reason `MANUAL`.
    ///
    /// # Errors
    /// - [`Error::Missing`], even if the enrollment exists but is not the caller's.
    /// - [`Error::Stale`].
    /// - [`Error::Invalid`] if the sequence doesn't have the revision, and for `resume_time`.
    /// - [`Error::Refused`] with `EnrollmentEnded`, and with `EnrollmentPaused` to pause it,
    ///   `EnrollmentNotPaused` or `SequencePaused` to resume it, `EnrollmentNotFailed` to retry it,
    ///   `EnrollmentFailed` if only a retry lets it go on, or `StepGone` to migrate it.
    pub async fn act_on_enrollment(
        &self,
        request: Request,
        command: ActOnEnrollment,
    ) -> Result<EnrollmentChanged, Error> {
        self.batches().act.submit(Item::new(self.core(), request, command)).await
    }

    /// Like [`Self::act_on_enrollment`], but for many, each with its own request id. The answers
    /// are in the order of the commands.
    pub async fn act_on_enrollments(
        &self,
        commands: Vec<(Request, ActOnEnrollment)>,
    ) -> Vec<Result<EnrollmentChanged, Error>> {
        let items = commands.into_iter().map(|(request, command)| Item::new(self.core(), request, command));
        self.batches().act.submit_all(items.collect()).await
    }
}

impl CaseVerb for ActOnEnrollment {
    type Answer = EnrollmentChanged;

    fn subject(&self) -> Subject {
        Subject::Enrollment(self.enrollment)
    }

    fn destination(&self) -> Option<i32> {
        self.action.destination()
    }

    fn decide(&self, case: &Case, asked: Asked<'_>, flow: &mut Flow<'_>) -> Result<EnrollmentChanged, Error> {
        if let (Some(revision), None) = (self.action.destination(), asked.destination) {
            let description = format!("the enrollment's sequence has no revision {revision}");
            return Err(Violations::one("revision", Reason::ReferenceNotFound, description).into());
        }

        // First, so that a caller with an old version learns that it is done already.
        case.check(&self.action)?;
        self.subject().check_version(self.expected_version, case.enrollment.version)?;
        self.action.check_times(flow.now).into_result(())?;
        let after = case.act(&self.action, asked.destination, asked.by, flow)??;
        Ok(EnrollmentChanged { enrollment: after.enrollment.id })
    }
}
