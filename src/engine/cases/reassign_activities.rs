//! Puts activities into other queues, where they stay until their records have other owners.

use serde::{Deserialize, Serialize};

use crate::domain::case::Case;
use crate::domain::flow::Flow;
use crate::domain::id::{ActivityId, QueueId};
use crate::domain::refusal::Refusal;
use crate::domain::version::Version;
use crate::engine::cases::verbs::{Asked, CaseVerb, Subject};
use crate::engine::frame::verb::Item;
use crate::engine::{Engine, Error, Request};

/// Puts an activity into another queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReassignActivity {
    /// The activity.
    pub activity: ActivityId,
    /// The version that the caller saw. `None`: any.
    pub expected_version: Option<Version>,
    /// Where it goes. The queue exists.
    pub to: QueueId,
}

/// The answer to reassigning an activity. It is kept for repetitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityReassigned {
    /// The activity.
    pub activity: ActivityId,
    /// Its version after this.
    pub version: i64,
}

impl Engine {
    /// Puts one activity into another queue.
    ///
    /// # Errors
    /// - [`Error::Missing`], even if the activity exists but is not the caller's.
    /// - [`Error::Stale`].
    /// - [`Error::Refused`] with `ActivityClosed` or `ActivityAutomated`.
    pub async fn reassign_activity(
        &self,
        request: Request,
        command: ReassignActivity,
    ) -> Result<ActivityReassigned, Error> {
        self.batches().reassign.submit(Item::new(self.core(), request, command)).await
    }

    /// Like [`Self::reassign_activity`], but for many activities, each with its own request id. The
    /// answers are in the order of the commands.
    pub async fn reassign_activities(
        &self,
        commands: Vec<(Request, ReassignActivity)>,
    ) -> Vec<Result<ActivityReassigned, Error>> {
        let items = commands.into_iter().map(|(request, command)| Item::new(self.core(), request, command));
        self.batches().reassign.submit_all(items.collect()).await
    }
}

impl CaseVerb for ReassignActivity {
    type Answer = ActivityReassigned;

    fn subject(&self) -> Subject {
        Subject::Activity(self.activity)
    }

    fn queue(&self) -> Option<QueueId> {
        Some(self.to)
    }

    fn decide(
        &self,
        case: &Case,
        asked: Asked<'_>,
        flow: &mut Flow<'_>,
    ) -> Result<ActivityReassigned, Error> {
        // First, so that a caller with an old version learns of the pause.
        case.enrollment.check_running()?;
        let before = case.activity()?;
        self.subject().check_version(self.expected_version, before.version)?;
        if before.kind.is_automated() {
            return Err(Error::Refused(Refusal::ActivityAutomated { activity: self.activity }));
        }

        let after = case.reassign(self.to, asked.by, flow)?;
        Ok(ActivityReassigned { activity: after.id, version: after.version })
    }
}
