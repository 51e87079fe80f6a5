//! Opening a closed activity again, because it was completed or skipped by mistake: when that is
//! allowed.

use chrono::{DateTime, TimeDelta, Utc};

use super::activity::{Activity, ActivityState, ClosedActivity, ClosedState};
use super::case::Case;
use super::consent::ConsentPolicy;
use super::enrollment::{Enrollment, EnrollmentState};
use super::flow::Target;
use super::id::{ActivityId, EnrollmentId, SegmentId};
use super::refusal::Refusal;
use super::settings::Settings;

/// The outcome of an activity that was canceled because an earlier one was reopened.
pub const CANCELED_FOR: &str = "REOPENED";

/// A closed activity, with everything that decides whether it can be open again.
#[derive(Clone, Debug, PartialEq)]
pub struct Reopening {
    /// The activity, and how it was closed.
    pub closed: ClosedActivity,
    /// The time of the call that closed it. The work can have been done earlier.
    pub call_time: DateTime<Utc>,
    /// The planned end of its last snooze. `None` if it was never snoozed.
    pub snooze_until: Option<DateTime<Utc>>,
    /// What somebody did at a later step. `None` if nobody did anything.
    pub later: Option<LaterAction>,
    /// The record. `None` if it is deleted.
    pub record: Option<ReopenedRecord>,
    /// `sequences/{sequence}`, if the sequence is deleted.
    pub deleted_sequence: Option<String>,
    /// The first enrollment of the record in the sequence after this one.
    pub next_pass: Option<EnrollmentId>,
}

/// What somebody did at a step after the activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaterAction {
    /// Completed or skipped this activity.
    Closed(ActivityId),
    /// Snoozed this activity.
    Snoozed(ActivityId),
    /// Skipped a wait.
    WaitSkipped,
}

/// The record of a closed activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReopenedRecord {
    /// `recordTypes/{record_type}/records/{record}`.
    pub name: String,
    /// True if it is closed.
    pub closed: bool,
    /// The segment that it is in.
    pub segment: Option<SegmentId>,
}

/// Why an activity can't be reopened, whenever that is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReopenObstacle {
    /// Nobody closed it: it was canceled.
    Canceled,
    /// upnext skipped it.
    SkippedByUpnext,
    /// Its enrollment is completed, and its record is deleted.
    RecordDeleted,
    /// Its enrollment is completed, and its record is no longer in the segment that enrolled it.
    LeftSegment,
    /// It has warnings now, and the organization wants such activities to be skipped.
    Warnings,
}

impl ReopenObstacle {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            ReopenObstacle::Canceled => "CANCELED",
            ReopenObstacle::SkippedByUpnext => "SKIPPED_BY_UPNEXT",
            ReopenObstacle::RecordDeleted => "RECORD_DELETED",
            ReopenObstacle::LeftSegment => "LEFT_SEGMENT",
            ReopenObstacle::Warnings => "WARNINGS",
        }
    }
}

impl Reopening {
    /// Checks that the activity can be open again.
    ///
    /// # Errors
    /// A refusal.
    pub fn check(&self, case: &Case, settings: &Settings, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.check_end(&case.enrollment)?;
        self.check_closing()?;
        self.check_later(case.open.as_ref())?;
        self.check_grace(settings.reopen_grace(), now)?;
        self.check_completed(&case.enrollment)?;
        self.check_warnings(case.facts.target.as_ref(), settings)
    }

    /// Returns the version of the closed activity.
    pub fn version(&self) -> i64 {
        self.activity().version
    }

    /// Returns the activity as it is when it is open again.
    pub fn reopened(&self, target: &Target, now: DateTime<Utc>) -> Activity {
        let before = self.activity();
        // A snooze that would still last goes on: it ends by itself, not by a mistaken click.
        let state = match self.snooze_until.filter(|until| *until > now) {
            Some(until) => ActivityState::Snoozed { until },
            None => ActivityState::Due,
        };

        Activity {
            // Like every open activity, it follows the record as it is now.
            queue: if before.kind.is_automated() { before.queue } else { target.queue },
            record_display_name: target.display_name.clone(),
            warnings: target.reach.warnings(before.kind.channel()),
            state,
            version: before.version + 1,
            ..before.clone()
        }
    }

    fn activity(&self) -> &Activity {
        &self.closed.activity
    }

    fn obstacle(&self, obstacle: ReopenObstacle) -> Refusal {
        Refusal::ActivityNotReopenable { activity: self.activity().id, obstacle }
    }

    fn check_end(&self, enrollment: &Enrollment) -> Result<(), Refusal> {
        match enrollment.position.state() {
            // An enrollment that ended because of this activity goes on with it.
            EnrollmentState::Active | EnrollmentState::Completed => Ok(()),
            EnrollmentState::Exited => enrollment.check_open(),
        }
    }

    fn check_closing(&self) -> Result<(), Refusal> {
        let closing = &self.closed.closing;
        let by_upnext = closing.by.seller.is_none() && closing.by.key.is_none();
        match closing.state {
            ClosedState::Canceled => Err(self.obstacle(ReopenObstacle::Canceled)),
            ClosedState::Completed | ClosedState::Skipped if by_upnext => {
                Err(self.obstacle(ReopenObstacle::SkippedByUpnext))
            }
            ClosedState::Completed | ClosedState::Skipped => Ok(()),
        }
    }

    fn check_later(&self, open: Option<&Activity>) -> Result<(), Refusal> {
        let snoozed = open.filter(|open| open.snooze_count > 0);
        let later = self.later.or(snoozed.map(|open| LaterAction::Snoozed(open.id)));
        let refusal = |later| Refusal::LaterStepActedOn { activity: self.activity().id, later };
        later.map_or(Ok(()), |later| Err(refusal(later)))
    }

    fn check_grace(&self, grace: TimeDelta, now: DateTime<Utc>) -> Result<(), Refusal> {
        // Without a grace period nothing is reopened, even at the same instant.
        if now - self.call_time <= grace && !grace.is_zero() {
            return Ok(());
        }
        Err(Refusal::ReopenGraceOver { activity: self.activity().id, call_time: self.call_time, grace })
    }

    /// Checks what could have happened since a completed enrollment ended, because it no longer
    /// followed its record and its sequence.
    fn check_completed(&self, enrollment: &Enrollment) -> Result<(), Refusal> {
        if enrollment.end_time().is_none() {
            return Ok(());
        }

        let Some(record) = &self.record else { return Err(self.obstacle(ReopenObstacle::RecordDeleted)) };
        if record.closed {
            return Err(Refusal::RecordClosed { record: record.name.clone() });
        }
        if let Some(name) = &self.deleted_sequence {
            return Err(Refusal::ResourceDeleted { name: name.clone() });
        }
        if let Some(enrollment) = self.next_pass {
            return Err(Refusal::EnrolledAgain { enrollment });
        }
        // Leaving the segment could have ended it.
        if enrollment.segment.is_some() && record.segment != enrollment.segment {
            return Err(self.obstacle(ReopenObstacle::LeftSegment));
        }
        Ok(())
    }

    fn check_warnings(&self, target: Option<&Target>, settings: &Settings) -> Result<(), Refusal> {
        let warnings = target.map(|target| target.reach.warnings(self.activity().kind.channel()));
        let warned = warnings.is_some_and(|warnings| !warnings.is_empty());
        match settings.consent_policy {
            ConsentPolicy::Skip if warned => Err(self.obstacle(ReopenObstacle::Warnings)),
            ConsentPolicy::Skip | ConsentPolicy::Warn => Ok(()),
        }
    }
}
