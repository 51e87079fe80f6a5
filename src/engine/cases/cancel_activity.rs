//! Cancels manual activities: nobody has to do them any more.

use crate::domain::activity::Activity;
use crate::domain::case::Case;
use crate::domain::flow::Flow;
use crate::domain::id::ActivityId;
use crate::domain::refusal::Refusal;
use crate::domain::version::Version;
use crate::engine::cases::snooze_activities::ActivityChanged;
use crate::engine::cases::verbs::{Asked, CaseVerb, Subject};
use crate::engine::frame::verb::Item;
use crate::engine::{Engine, Error, Request};

/// Cancels a manual activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelActivity {
    /// The activity.
    pub activity: ActivityId,
    /// The version that the caller saw. `None`: any.
    pub expected_version: Option<Version>,
    /// Why. Can be empty.
    pub reason: String,
}

impl Engine {
    /// Cancels one manual activity.
    ///
    /// # Errors
    /// - [`Error::Missing`], even if the activity exists but is not the caller's.
    /// - [`Error::Stale`].
    /// - [`Error::Invalid`] for the reason.
    /// - [`Error::Refused`] with `ActivityClosed` or `ActivityNotManual`.
    pub async fn cancel_activity(
        &self,
        request: Request,
        command: CancelActivity,
    ) -> Result<ActivityChanged, Error> {
        self.batches().cancel.submit(Item::new(self.core(), request, command)).await
    }
}

impl CaseVerb for CancelActivity {
    type Answer = ActivityChanged;

    fn subject(&self) -> Subject {
        Subject::Activity(self.activity)
    }

    fn decide(&self, case: &Case, asked: Asked<'_>, flow: &mut Flow<'_>) -> Result<ActivityChanged, Error> {
        self.subject().check_version(self.expected_version, case.activity()?.version)?;
        self.check_manual(case)?;
        Activity::check_reason(&self.reason).into_result(())?;

        let closed = case.cancel(&self.reason, (asked.by, asked.item), flow)?;
        Ok(ActivityChanged { activity: closed.id, queue: closed.queue })
    }
}

impl CancelActivity {
    fn check_manual(&self, case: &Case) -> Result<(), Refusal> {
        let refusal = Refusal::ActivityNotManual { activity: self.activity };
        if case.enrollment.is_manual_activity() { Ok(()) } else { Err(refusal) }
    }
}
