//! Skipping a running wait: the next step is due now.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::case::Case;
use crate::domain::flow::Flow;
use crate::domain::id::{ActivityId, EnrollmentId, QueueId};
use crate::domain::version::Version;
use crate::engine::cases::verbs::{Asked, CaseVerb, Subject};
use crate::engine::frame::verb::Item;
use crate::engine::{Engine, Error, Request};

/// Ends the wait that an enrollment is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkipWait {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The version that the caller saw; none: any.
    pub expected_version: Option<Version>,
}

/// What came after the wait. Kept for repetitions; what callers see is read by these keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitSkipped {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The activity that is due now; none when the next step is a wait, too.
    pub activity: Option<ActivityId>,
    /// Until when the enrollment waits, if its next step is a wait, too.
    pub waiting_until: Option<DateTime<Utc>>,
    /// The queue in which its activities wait.
    pub queue: QueueId,
}

impl Engine {
    /// Ends the wait of one enrollment.
    ///
    /// # Errors [`Error::Missing`] (also for what is not the caller's), [`Error::Stale`], and
    /// [`Error::Refused`] with `EnrollmentEnded` or `EnrollmentNotWaiting`, which names the open
    /// activity.
    pub async fn skip_wait(&self, request: Request, command: SkipWait) -> Result<WaitSkipped, Error> {
        self.batches().skip_wait.submit(Item::new(self.core(), request, command)).await
    }
}

impl CaseVerb for SkipWait {
    type Answer = WaitSkipped;

    fn subject(&self) -> Subject {
        Subject::Enrollment(self.enrollment)
    }

    fn decide(&self, case: &Case, asked: Asked, flow: &mut Flow<'_>) -> Result<WaitSkipped, Error> {
        let until = case.enrollment.waiting_until()?;
        self.subject().check_version(self.expected_version, case.enrollment.version)?;
        let advance = case.end_wait(until, Some(asked.by), flow)?;
        Ok(WaitSkipped {
            enrollment: advance.enrollment.id,
            activity: advance.opened.map(|opened| opened.id),
            waiting_until: advance.enrollment.waiting_until().ok(),
            queue: case.target()?.queue,
        })
    }
}
