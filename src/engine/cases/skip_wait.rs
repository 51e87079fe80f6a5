//! Skips a running wait, so that the next step is due now.

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
    /// The version that the caller saw. `None`: any.
    pub expected_version: Option<Version>,
}

/// The answer to skipping a wait. It is kept for repetitions. Everything else that callers see is
/// read by these keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitSkipped {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The activity that is due now, or `None` if the next step is another wait.
    pub activity: Option<ActivityId>,
    /// The end of the next wait, or `None` if the next step is not a wait.
    pub waiting_until: Option<DateTime<Utc>>,
    /// The queue of its activities.
    pub queue: QueueId,
}

impl Engine {
    /// Ends the wait of one enrollment.
    ///
    /// # Errors
    /// - [`Error::Missing`], even if the enrollment exists but is not the caller's.
    /// - [`Error::Stale`].
    /// - [`Error::Refused`] with `EnrollmentEnded`, or with `EnrollmentNotWaiting`, which names the
    ///   open activity.
    pub async fn skip_wait(&self, request: Request, command: SkipWait) -> Result<WaitSkipped, Error> {
        self.batches().skip_wait.submit(Item::new(self.core(), request, command)).await
    }
}

impl CaseVerb for SkipWait {
    type Answer = WaitSkipped;

    fn subject(&self) -> Subject {
        Subject::Enrollment(self.enrollment)
    }

    fn decide(&self, case: &Case, asked: Asked<'_>, flow: &mut Flow<'_>) -> Result<WaitSkipped, Error> {
        // First, so that a caller with an old version learns that the wait is over.
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
