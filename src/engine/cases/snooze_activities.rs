//! Snoozes activities. They leave the list of due activities, and a timer brings them back to their
//! old place.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::activity::Activity;
use crate::domain::case::Case;
use crate::domain::flow::Flow;
use crate::domain::id::{ActivityId, LeaseId, QueueId};
use crate::domain::version::Version;
use crate::engine::cases::verbs::{Asked, CaseVerb, LeaseUse, Subject};
use crate::engine::frame::verb::Item;
use crate::engine::{Engine, Error, Request};

/// Snoozes an activity, even one that is already snoozed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnoozeActivity {
    /// The activity.
    pub activity: ActivityId,
    /// The version that the caller saw. `None`: any.
    pub expected_version: Option<Version>,
    /// The end of the snooze: in the future, at most 365 days ahead.
    pub until: DateTime<Utc>,
    /// The lease that the caller has. `None` if it showed none.
    pub lease: Option<LeaseId>,
}

/// The answer to snoozing an activity, to ending its snooze, or to canceling it. It is kept for
/// repetitions. Everything else that callers see is read by these keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityChanged {
    /// The activity.
    pub activity: ActivityId,
    /// Its queue.
    pub queue: QueueId,
}

impl Engine {
    /// Snoozes one activity.
    ///
    /// # Errors
    /// - [`Error::Missing`], even if the activity exists but is not the caller's.
    /// - [`Error::Stale`].
    /// - [`Error::Invalid`] for the time.
    /// - [`Error::Refused`] with `ActivityClosed`, `ActivityLeased` or `LeaseLost`.
    pub async fn snooze_activity(
        &self,
        request: Request,
        command: SnoozeActivity,
    ) -> Result<ActivityChanged, Error> {
        self.batches().snooze.submit(Item::new(self.core(), request, command)).await
    }

    /// Like [`Self::snooze_activity`], but for many activities, each with its own request id. The
    /// answers are in the order of the commands.
    pub async fn snooze_activities(
        &self,
        commands: Vec<(Request, SnoozeActivity)>,
    ) -> Vec<Result<ActivityChanged, Error>> {
        let items = commands.into_iter().map(|(request, command)| Item::new(self.core(), request, command));
        self.batches().snooze.submit_all(items.collect()).await
    }
}

impl CaseVerb for SnoozeActivity {
    type Answer = ActivityChanged;

    fn subject(&self) -> Subject {
        Subject::Activity(self.activity)
    }

    fn lease(&self) -> LeaseUse {
        LeaseUse::Shown(self.lease)
    }

    fn decide(&self, case: &Case, asked: Asked<'_>, flow: &mut Flow<'_>) -> Result<ActivityChanged, Error> {
        // First, so that a caller with an old version learns of the pause.
        case.enrollment.check_running()?;
        let before = case.activity()?;
        self.subject().check_version(self.expected_version, before.version)?;

        // Servers whose clocks differ may snooze an activity of a sequence until its due time.
        let is_scheduled = case.enrollment.is_manual_activity() && before.is_scheduled();
        let scheduled = is_scheduled.then_some(before.due_time);
        let found = Activity::check_snooze(self.until, scheduled, flow.now);
        if !found.is_empty() {
            return Err(found.into());
        }

        let after = case.snooze(self.until, asked.by, flow)?;
        Ok(ActivityChanged { activity: after.id, queue: after.queue })
    }
}
