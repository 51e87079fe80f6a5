//! Opens an activity again that was completed or skipped by mistake. Its enrollment returns to that
//! step, and what followed is taken back.
//!
//! Not batched like the other verbs of activities: it is rare, and it locks the sequence and the
//! record of an enrollment that may have ended.

use serde::{Deserialize, Serialize};

use crate::domain::activity::Activity;
use crate::domain::case::Case;
use crate::domain::flow::Flow;
use crate::domain::id::{ActivityId, EnrollmentId, QueueId};
use crate::domain::refusal::Refusal;
use crate::domain::reopening::Reopening;
use crate::domain::version::Version;
use crate::engine::cases::load::check_record;
use crate::engine::cases::verbs::{Subject, is_in};
use crate::engine::{Engine, Error, Opened, Request, Write};
use crate::store::activities::reopening::{self, Belongings};
use crate::store::enrollments::Locking;
use crate::store::{changes, enrollments, routing};

/// Opens a closed activity again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReopenActivity {
    /// The activity.
    pub activity: ActivityId,
    /// The version that the caller saw. `None`: any.
    pub expected_version: Option<Version>,
    /// Why. Can be empty.
    pub reason: String,
}

/// The answer to reopening an activity. It is kept for repetitions. Everything else that callers
/// see is read by these keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityReopened {
    /// The activity.
    pub activity: ActivityId,
    /// Its queue.
    pub queue: QueueId,
    /// Its enrollment.
    pub enrollment: EnrollmentId,
}

impl Engine {
    /// Reopens one activity.
    ///
    /// # Errors
    /// - [`Error::Missing`], even if the activity exists but is not the caller's.
    /// - [`Error::Stale`].
    /// - [`Error::Invalid`] for the reason.
    /// - [`Error::Refused`] with `ActivityOpen`, or with what [`Reopening::check`] refuses.
    pub async fn reopen_activity(
        &self,
        request: &Request,
        command: ReopenActivity,
    ) -> Result<ActivityReopened, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let (case, reopening) = self.lock_closed(&mut write, command.activity).await?;

        let (decided, answer) =
            self.core().decide(write.now(), |flow| command.decide(&case, reopening.as_ref(), request, flow));
        let answer = answer?;

        changes::save_rows(write.conn(), &decided).await?;
        write.commit_with_queues(&answer, decided).await?;
        Ok(answer)
    }

    /// Locks and loads the case of an activity, with what decides whether the activity can be open
    /// again. `None` if it is open.
    async fn lock_closed(
        &self,
        write: &mut Write,
        activity: ActivityId,
    ) -> Result<(Case, Option<Reopening>), Error> {
        let (organization, now) = (write.organization(), write.now());
        let missing = || Subject::Activity(activity).missing();
        let found = reopening::belongings(write.conn(), organization, activity).await?;
        let Belongings { enrollment, record, sequence } = found.ok_or_else(missing)?;

        // An enrollment that has ended follows neither its sequence nor its record. They must not
        // change while it begins to follow them again.
        routing::lock_sequences(write.conn(), organization, &[sequence.0]).await?;
        routing::lock_records(write.conn(), organization, &[record]).await?;
        let key = (organization, enrollment);
        enrollments::lock(write.conn(), &[key], Locking::Wait).await?;

        let case = self.core().load_cases(write.conn(), &[key], now).await?.pop();
        let reopening = reopening::load(write.conn(), organization, activity).await?;
        let case = case.ok_or_else(missing)?;
        check_record(&case, record)?;
        Ok((case, reopening))
    }
}

impl ReopenActivity {
    fn decide(
        &self,
        case: &Case,
        closed: Option<&Reopening>,
        request: &Request,
        flow: &mut Flow<'_>,
    ) -> Result<ActivityReopened, Error> {
        let subject = Subject::Activity(self.activity);
        if !is_in(request.caller.scope(), case) {
            return Err(subject.missing());
        }
        let case = &*case.settled(flow)?;
        let closed = closed.ok_or_else(|| self.not_closed(case))?;
        subject.check_version(self.expected_version, closed.version())?;

        Activity::check_reason(&self.reason).into_result(())?;
        closed.check(case, case.settings()?, flow.now)?;
        let after = case.reopen(closed, &self.reason, request.actor(), flow)?;
        Ok(ActivityReopened { activity: after.id, queue: after.queue, enrollment: after.enrollment })
    }

    fn not_closed(&self, case: &Case) -> Error {
        match case.open.as_ref().filter(|open| open.id == self.activity) {
            Some(open) => {
                Error::Refused(Refusal::ActivityOpen { activity: open.id, state: open.state_name() })
            }
            None => Error::Fault("an activity is neither open nor closed"),
        }
    }
}
