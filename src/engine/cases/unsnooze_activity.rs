//! Ends snoozes before their time: the activities are due at once, in their old place.

use crate::domain::case::Case;
use crate::domain::flow::Flow;
use crate::domain::id::ActivityId;
use crate::domain::refusal::Refusal;
use crate::domain::version::Version;
use crate::engine::cases::snooze_activities::ActivityChanged;
use crate::engine::cases::verbs::{Asked, CaseVerb, Subject};
use crate::engine::frame::verb::Item;
use crate::engine::{Engine, Error, Request};

/// Makes a snoozed activity due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnsnoozeActivity {
    /// The activity.
    pub activity: ActivityId,
    /// The version that the caller saw. `None`: any.
    pub expected_version: Option<Version>,
}

impl Engine {
    /// Makes one snoozed activity due.
    ///
    /// # Errors
    /// - [`Error::Missing`], even if the activity exists but is not the caller's.
    /// - [`Error::Stale`].
    /// - [`Error::Refused`] with `ActivityClosed` or `ActivityNotSnoozed`.
    pub async fn unsnooze_activity(
        &self,
        request: Request,
        command: UnsnoozeActivity,
    ) -> Result<ActivityChanged, Error> {
        self.batches().unsnooze.submit(Item::new(self.core(), request, command)).await
    }
}

impl CaseVerb for UnsnoozeActivity {
    type Answer = ActivityChanged;

    fn subject(&self) -> Subject {
        Subject::Activity(self.activity)
    }

    fn decide(&self, case: &Case, asked: Asked<'_>, flow: &mut Flow<'_>) -> Result<ActivityChanged, Error> {
        // First, so that a caller with an old version learns of the pause.
        case.enrollment.check_running()?;
        self.subject().check_version(self.expected_version, case.activity()?.version)?;

        let refused = Refusal::ActivityNotSnoozed { activity: self.activity };
        let after = case.unsnooze(asked.by, flow)?.ok_or(Error::Refused(refused))?;
        Ok(ActivityChanged { activity: after.id, queue: after.queue })
    }
}
