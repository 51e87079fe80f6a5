//! Opening a closed activity again, because it was completed or skipped by mistake: when that is
//! allowed.

use chrono::{DateTime, TimeDelta, Utc};

use super::activity::{Activity, ActivityState, ClosedActivity, ClosedState};
use super::caller::Actor;
use super::case::{Broken, Case};
use super::consent::ConsentPolicy;
use super::enrollment::{Enrollment, EnrollmentState, Interrupted, Position};
use super::flow::{Flow, Target};
use super::history::{HistoryDetail, HistoryKind};
use super::id::{ActivityId, EnrollmentId, QueueId, SegmentId};
use super::refusal::Refusal;
use super::settings::Settings;
use super::timer::WaitReason;

/// The outcome of an activity that was canceled because an earlier one was reopened.
pub const CANCELED_FOR: &str = "REOPENED";

/// A closed activity, with everything that decides whether it can be open again.
#[derive(Clone, Debug, PartialEq)]
pub struct Reopening {
    /// The activity, and how it was closed.
    pub closed: ClosedActivity,
    /// The time of the call that closed it. The work can have been done earlier.
    pub call_time: DateTime<Utc>,
    /// The planned end of its last snooze, or the due time that somebody gave it after that. `None`
    /// if there was neither.
    pub snooze_until: Option<DateTime<Utc>>,
    /// What somebody did at a later step. `None` if nobody did anything.
    pub later: Option<LaterAction>,
    /// True if its enrollment has moved to another revision or step since it was closed.
    pub moved: bool,
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
    /// Its enrollment has moved to another revision or step since.
    Migrated,
    /// Its enrollment is completed, and its record is deleted.
    RecordDeleted,
    /// Its enrollment is completed, and its record is no longer in the segment that enrolled it.
    LeftSegment,
    /// Its enrollment is completed, and its sequence was deactivated with `PAUSE` or `EXIT` and not
    /// activated since.
    SequenceHalted,
    /// It has warnings now, and the organization wants such activities to be skipped.
    Warnings,
}

impl ReopenObstacle {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            ReopenObstacle::Canceled => "CANCELED",
            ReopenObstacle::SkippedByUpnext => "SKIPPED_BY_UPNEXT",
            ReopenObstacle::Migrated => "MIGRATED",
            ReopenObstacle::RecordDeleted => "RECORD_DELETED",
            ReopenObstacle::LeftSegment => "LEFT_SEGMENT",
            ReopenObstacle::SequenceHalted => "SEQUENCE_HALTED",
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
        if self.moved {
            return Err(self.obstacle(ReopenObstacle::Migrated));
        }
        self.check_later(case.open.as_ref())?;
        self.check_grace(settings.reopen_grace(), now)?;
        self.check_completed(case)?;
        self.check_warnings(case.facts.target.as_ref(), settings)
    }

    /// Returns the version of the closed activity.
    pub fn version(&self) -> i64 {
        self.activity().version
    }

    /// Returns the activity as it is when it is open again, in the queue `home` if nobody put it
    /// into another one.
    pub fn reopened(&self, home: QueueId, target: &Target, now: DateTime<Utc>) -> Activity {
        let before = self.activity();
        // A snooze that would still last goes on: it ends by itself, not by a mistaken click. And
        // what was done before its time is still for later.
        let until = self.snooze_until.max(Some(before.due_time));
        let state = ActivityState::snoozed(until, now);

        Activity {
            // Like every open activity, it follows the record as it is now.
            record_display_name: target.display_name.clone(),
            warnings: target.reach.warnings(before.kind.channel()),
            state,
            auto_skip_time: None,
            version: before.version + 1,
            ..before.clone()
        }
        .at_home(home)
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
            EnrollmentState::Pending | EnrollmentState::Active | EnrollmentState::Completed => Ok(()),
            EnrollmentState::Paused | EnrollmentState::Failed | EnrollmentState::Exited => {
                enrollment.check_running()
            }
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
    fn check_completed(&self, case: &Case) -> Result<(), Refusal> {
        let enrollment = &case.enrollment;
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
        if case.facts.halt.is_some_and(|halt| halt.lasts()) {
            return Err(self.obstacle(ReopenObstacle::SequenceHalted));
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

impl Case {
    /// Opens a closed activity again. Check first that it can be. The enrollment returns to its
    /// step, and what followed is taken back. `why` can be empty.
    pub fn reopen(
        &self,
        reopening: &Reopening,
        why: &str,
        by: Actor,
        flow: &mut Flow<'_>,
    ) -> Result<Activity, Broken> {
        let target = self.target()?;
        let home = self.home_of(reopening.activity(), target);
        let mut activity = reopening.reopened(home.queue, target, flow.now);
        // Somebody had put it into the queue of a seller or a team that was deleted since.
        if self.facts.closed_queues.contains(&activity.queue) {
            activity = Activity { queue: home.queue, reassigned_from: None, ..activity };
        }
        let mut enrollment = self.enrollment.clone();

        // The activity loses its note. Only history keeps it.
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (outcome, note) = (text(why), text(&reopening.closed.closing.note));
        let detail = HistoryDetail { outcome, note, ..HistoryDetail::of(&activity) };
        flow.note(&enrollment, HistoryKind::ActivityReopened, by, detail);
        self.take_back(by, flow);

        // Only now, because what was open in its place had to go first.
        flow.changes.reopen_activity(activity.clone());
        enrollment.node = activity.node;
        if enrollment.end_time().is_some() && enrollment.place.is_some() {
            // Somebody else may have its place by now.
            enrollment.place = None;
            flow.changes.in_full.insert(enrollment.id);
        }
        // What halted the sequence after the enrollment had ended is over.
        enrollment.halts = self.halts();
        // An activity is created when its step is reached.
        enrollment.step_reach_time = activity.create_time;
        enrollment.position = Position::Acting { activity: activity.id };
        flow.moved(enrollment, None);
        Ok(activity)
    }

    /// Takes back what followed an activity: the next one, the wait, or the end.
    fn take_back(&self, by: Actor, flow: &mut Flow<'_>) {
        if self.enrollment.end_time().is_some() {
            let detail = HistoryDetail::default();
            flow.note(&self.enrollment, HistoryKind::EnrollmentReopened, by, detail);
        }
        self.leave_step(CANCELED_FOR, by, flow);
    }

    /// Cancels the open activity, with this outcome, or the wait.
    pub(super) fn leave_step(&self, outcome: &str, by: Actor, flow: &mut Flow<'_>) {
        match self.enrollment.position.at_step() {
            Some(Interrupted::Activity(_)) => self.cancel_activity(outcome, by, flow),
            // Nobody knows of it: it would have been carried out at any moment.
            Some(Interrupted::Wait { reason: WaitReason::Command, .. }) => {}
            Some(Interrupted::Wait { until, .. }) => {
                let detail = self.enrollment.wait_detail(until);
                flow.note(&self.enrollment, HistoryKind::WaitCanceled, by, detail);
            }
            None => return,
        }
        // Even an activity has one while the enrollment is held.
        self.enrollment.timer().into_iter().for_each(|timer| flow.changes.clear_timer(timer));
    }
}
