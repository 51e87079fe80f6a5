//! Completing and skipping: the activity is closed, and its enrollment goes on to the next step or
//! wait.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::activity::{Activity, ClosedState, Closing};
use crate::domain::case::Case;
use crate::domain::flow::Flow;
use crate::domain::id::{ActivityId, EnrollmentId, QueueId};
use crate::domain::version::Version;
use crate::engine::cases::verbs::{Asked, CaseVerb, Subject};
use crate::engine::frame::verb::Item;
use crate::engine::{Engine, Error, Request};

/// Says how an activity ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseActivity {
    /// The activity.
    pub activity: ActivityId,
    /// The version that the caller saw; none: any.
    pub expected_version: Option<Version>,
    /// Done, or passed over.
    pub how: CloseHow,
    /// Completed: how it ended, say `made`. Skipped: why.
    pub outcome: String,
    /// The seller's own words.
    pub note: String,
}

/// The ways in which callers close activities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseHow {
    /// It was done.
    Complete {
        /// When it was really done: the next wait counts from it. None: now.
        at: Option<DateTime<Utc>>,
    },
    /// It was passed over.
    Skip,
}

/// What closing an activity led to. Kept for repetitions; what callers see is read by these keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityClosed {
    /// The activity.
    pub activity: ActivityId,
    /// The queue that it left: its head is what comes next.
    pub queue: QueueId,
    /// Its enrollment.
    pub enrollment: EnrollmentId,
    /// The record's next activity, if it is due at once.
    pub next_activity: Option<ActivityId>,
    /// Until when the enrollment waits, if its next step is a wait.
    pub waiting_until: Option<DateTime<Utc>>,
}

impl Engine {
    /// Completes or skips one activity.
    ///
    /// # Errors
    /// [`Error::Missing`] (also for what is not the caller's), [`Error::Stale`], [`Error::Invalid`] for outcome, note and time, and
    /// [`Error::Refused`] with `ActivityClosed`, which says who closed it.
    pub async fn close_activity(
        &self,
        request: Request,
        command: CloseActivity,
    ) -> Result<ActivityClosed, Error> {
        self.batches().close.submit(Item::new(self.core(), request, command)).await
    }

    /// As [`Self::close_activity`], for many, each with its own request id; answers in their order.
    pub async fn close_activities(
        &self,
        commands: Vec<(Request, CloseActivity)>,
    ) -> Vec<Result<ActivityClosed, Error>> {
        let items = commands.into_iter().map(|(request, command)| Item::new(self.core(), request, command));
        self.batches().close.submit_all(items.collect()).await
    }
}

impl CaseVerb for CloseActivity {
    type Answer = ActivityClosed;

    fn subject(&self) -> Subject {
        Subject::Activity(self.activity)
    }

    fn decide(&self, case: &Case, asked: Asked, flow: &mut Flow<'_>) -> Result<ActivityClosed, Error> {
        let activity = case.activity()?;
        self.subject().check_version(self.expected_version, activity.version)?;
        let (state, at, found) = match self.how {
            CloseHow::Complete { at } => {
                let settings = case.settings()?;
                let found = activity.check_completion(&self.outcome, &self.note, at, settings, flow.now);
                (ClosedState::Completed, at, found)
            }
            CloseHow::Skip => {
                let found = Activity::check_skip(&self.outcome, &self.note, case.settings()?);
                (ClosedState::Skipped, None, found)
            }
        };
        if !found.is_empty() {
            return Err(found.into());
        }

        let closing = Closing {
            state,
            outcome: self.outcome.clone(),
            note: self.note.clone(),
            by: asked.by,
            at: at.unwrap_or(flow.now),
            item: Some(asked.item),
        };
        let advance = case.close(closing, flow)?;
        Ok(ActivityClosed {
            activity: activity.id,
            queue: activity.queue,
            enrollment: advance.enrollment.id,
            next_activity: advance.opened.map(|opened| opened.id),
            waiting_until: advance.enrollment.waiting_until().ok(),
        })
    }
}
