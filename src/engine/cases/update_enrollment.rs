//! Sets how an enrollment went, as a person judges it, even after its end.

use crate::domain::case::Case;
use crate::domain::flow::Flow;
use crate::domain::id::EnrollmentId;
use crate::domain::version::Version;
use crate::engine::cases::act_on_enrollment::EnrollmentChanged;
use crate::engine::cases::verbs::{Asked, CaseVerb, Subject};
use crate::engine::frame::verb::Item;
use crate::engine::{Engine, Error, Request};

/// Changes what people say about an enrollment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateEnrollment {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The version that the caller saw. `None`: any.
    pub expected_version: Option<Version>,
    /// The new disposition: empty to take it back, `None` to leave it.
    pub disposition: Option<String>,
}

impl Engine {
    /// Changes one enrollment.
    ///
    /// # Errors
    /// - [`Error::Missing`], even if the enrollment exists but is not the caller's.
    /// - [`Error::Stale`].
    /// - [`Error::Invalid`] with `DISPOSITION_UNKNOWN`, with paths relative to the enrollment.
    pub async fn update_enrollment(
        &self,
        request: Request,
        command: UpdateEnrollment,
    ) -> Result<EnrollmentChanged, Error> {
        self.batches().update.submit(Item::new(self.core(), request, command)).await
    }
}

impl CaseVerb for UpdateEnrollment {
    type Answer = EnrollmentChanged;

    fn subject(&self) -> Subject {
        Subject::Enrollment(self.enrollment)
    }

    fn decide(&self, case: &Case, asked: Asked<'_>, flow: &mut Flow<'_>) -> Result<EnrollmentChanged, Error> {
        self.subject().check_version(self.expected_version, case.enrollment.version)?;
        let answer = EnrollmentChanged { enrollment: self.enrollment };
        let Some(disposition) = &self.disposition else { return Ok(answer) };

        let settings =
            case.facts.settings.as_deref().ok_or(Error::Fault("an organization has no settings"))?;
        settings.check_disposition(disposition).into_result(())?;
        case.dispose(disposition, asked.by, flow);
        Ok(answer)
    }
}
