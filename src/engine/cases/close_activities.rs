//! Completes and skips activities. The activity is closed, and its enrollment moves on to the next
//! step or wait.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::activity::{Activity, ClosedActivity, ClosedState, Closing};
use crate::domain::case::Case;
use crate::domain::enrollment::Enrollment;
use crate::domain::flow::{Advance, Flow};
use crate::domain::id::{ActivityId, EnrollmentId, LeaseId, QueueId, SellerId};
use crate::domain::reason::Reason;
use crate::domain::record::RecordName;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::cases::verbs::{Asked, CaseVerb, LeaseUse, Subject};
use crate::engine::frame::verb::Item;
use crate::engine::{Engine, Error, Request};

/// Says how an activity ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseActivity {
    /// The activity.
    pub activity: ActivityId,
    /// The version that the caller saw. `None`: any.
    pub expected_version: Option<Version>,
    /// Completed or skipped.
    pub how: CloseHow,
    /// The outcome if it is completed, like `made`. The reason if it is skipped.
    pub outcome: String,
    /// The seller's note.
    pub note: String,
    /// How the enrollment went, as the seller judges it. Empty: that stays.
    pub disposition: String,
    /// The lease that the caller has. `None` if it showed none.
    pub lease: Option<LeaseId>,
}

/// The ways in which callers close activities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseHow {
    /// The seller did it.
    Complete {
        /// The time when it was done. The next wait counts from this time. `None`: now.
        at: Option<DateTime<Utc>>,
    },
    /// The seller did not do it.
    Skip,
}

/// The answer to closing an activity. It is kept for repetitions. Everything else that callers see
/// is read by these keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityClosed {
    /// The activity.
    pub activity: ActivityId,
    /// The queue that it left. The head of this queue is what the seller does next.
    pub queue: QueueId,
    /// Its enrollment.
    pub enrollment: EnrollmentId,
    /// The record's next activity, or `None` if none is due immediately.
    pub next_activity: Option<ActivityId>,
    /// The end of the wait, or `None` if the next step is not a wait.
    pub waiting_until: Option<DateTime<Utc>>,
    /// The rows behind these keys, as they were written. `None` in a repetition, which reads them
    /// as they now stand.
    #[serde(skip)]
    pub decided: Option<Arc<Decided>>,
}

/// What closing an activity wrote, and what else a call shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The activity, and how it ended.
    pub closed: ClosedActivity,
    /// Its enrollment, which went on.
    pub enrollment: Enrollment,
    /// The record's next activity, or `None` if none is due immediately.
    pub next_activity: Option<Activity>,
    /// The ids that callers chose for the record.
    pub record: RecordName,
    /// The display name of the record.
    pub record_display_name: String,
    /// The record's owner.
    pub owner: Option<SellerId>,
}

impl Engine {
    /// Completes or skips one activity.
    ///
    /// # Errors
    /// - [`Error::Missing`], even if the activity exists but is not the caller's.
    /// - [`Error::Stale`].
    /// - [`Error::Invalid`] for the outcome, the note, the disposition and the time.
    /// - [`Error::Refused`] with `ActivityClosed`, which says who closed it, `ActivityLeased` or
    ///   `LeaseLost`.
    pub async fn close_activity(
        &self,
        request: Request,
        command: CloseActivity,
    ) -> Result<ActivityClosed, Error> {
        self.batches().close.submit(Item::new(self.core(), request, command)).await
    }

    /// Like [`Self::close_activity`], but for many activities, each with its own request id. The
    /// answers are in the order of the commands.
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

    fn lease(&self) -> LeaseUse {
        LeaseUse::Shown(self.lease)
    }

    fn decide(&self, case: &Case, asked: Asked<'_>, flow: &mut Flow<'_>) -> Result<ActivityClosed, Error> {
        // First, so that a caller with an old version learns of the pause.
        case.enrollment.check_running()?;
        let activity = case.activity()?;
        self.subject().check_version(self.expected_version, activity.version)?;

        let (state, at, mut found) = match self.how {
            CloseHow::Complete { at } => {
                let settings = case.settings()?;
                let found = activity.check_completion(&self.outcome, &self.note, at, settings, flow.now);
                (ClosedState::Completed, at, found)
            }
            CloseHow::Skip => {
                // A skip has no time of its own: the next wait counts from now.
                let found = Activity::check_skip(&self.outcome, &self.note, case.settings()?);
                (ClosedState::Skipped, None, found)
            }
        };

        // Check everything before `close` changes the flow: a refusal must leave no trace.
        found.extend(self.check_disposition(case)?);
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

        let judged = case.disposed(&self.disposition, asked.by, flow);
        let advance = judged.as_ref().unwrap_or(case).close(closing, flow)?;
        Ok(ActivityClosed {
            activity: activity.id,
            queue: activity.queue,
            enrollment: advance.enrollment.id,
            next_activity: advance.opened.as_ref().map(|opened| opened.id),
            waiting_until: advance.enrollment.waiting_until().ok(),
            decided: Decided::of(case, activity.id, advance, flow).map(Arc::new),
        })
    }
}

impl CloseActivity {
    /// Checks how the enrollment went, if the seller says so.
    fn check_disposition(&self, case: &Case) -> Result<Violations, Error> {
        if !self.disposition.is_empty() && case.enrollment.is_manual_activity() {
            let rule = "must not be set: a manual activity has no enrollment to judge";
            return Ok(Violations::one("disposition", Reason::FieldInvalid, rule));
        }
        Ok(case.settings()?.check_disposition(&self.disposition))
    }
}

impl Decided {
    /// `None` if the record is deleted, or if it is a manual activity, whose content is read.
    fn of(case: &Case, activity: ActivityId, advance: Advance, flow: &Flow<'_>) -> Option<Self> {
        if case.enrollment.is_manual_activity() {
            return None;
        }
        let closed = flow.changes.closed.iter().rfind(|closed| closed.activity.id == activity)?;
        let (record, target) = case.facts.record_name.as_ref().zip(case.facts.target.as_ref())?;

        Some(Self {
            closed: closed.clone(),
            enrollment: advance.enrollment,
            next_activity: advance.opened,
            record: record.clone(),
            record_display_name: target.display_name.clone(),
            owner: case.facts.owner,
        })
    }
}
