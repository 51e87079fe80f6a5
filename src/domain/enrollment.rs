//! An enrollment: one record going through one revision of a sequence.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{FromRepr, IntoStaticStr, VariantArray};

use super::attribute::AttributeType;
use super::history::HistoryDetail;
use super::id::{
    ActivityId, EnrollmentId, OrganizationId, QueueId, RecordId, SegmentId, SellerId, SequenceId,
};
pub use super::pausing::PauseReason;
use super::program::NodeId;
use super::refusal::Refusal;
use super::step::{Remaining, Wait};
use super::throttle;
use super::timer::{Timer, TimerKind, WaitReason};
use super::timing::Timing;

/// The fields that conditions over enrollments can use.
pub const FIELDS: [(&str, AttributeType); 12] = [
    ("sequence", AttributeType::String),
    ("record", AttributeType::String),
    ("record_type", AttributeType::String),
    ("revision", AttributeType::Int),
    ("pass_number", AttributeType::Int),
    ("state", AttributeType::String),
    ("reason", AttributeType::String),
    ("disposition", AttributeType::String),
    ("source", AttributeType::String),
    ("open", AttributeType::Bool),
    ("create_time", AttributeType::Timestamp),
    ("end_time", AttributeType::Timestamp),
];

/// One record going through one revision. At most one enrollment per record and sequence is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrollment {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// Its key.
    pub id: EnrollmentId,
    /// The sequence.
    pub sequence: SequenceId,
    /// The number of the revision that it follows.
    pub revision: i32,
    /// The record.
    pub record: RecordId,
    /// 1 for the record's first enrollment in this sequence, 2 for the second, and so on.
    pub pass_number: i32,
    /// The cause of its start.
    pub source: EnrollmentSource,
    /// The segment that started it. `None` if something else did.
    pub segment: Option<SegmentId>,
    /// The enrollment that advanced into it. `None` if something else started it.
    pub advanced_from: Option<EnrollmentId>,
    /// The seller who enrolled the record, even in the sequence that it advanced from. `None` if no
    /// seller did.
    pub enroller: Option<SellerId>,
    /// The queue of the seller whose place in the sequence it takes or waits for. `None` if it
    /// needs none.
    pub place: Option<QueueId>,
    /// The node of the program that it is at. If it has ended, the last one.
    pub node: NodeId,
    /// The time when it reached that node.
    pub step_reach_time: DateTime<Utc>,
    /// Its position: it waits there, its activity is open, it is paused there, or it has ended.
    pub position: Position,
    /// What was left of its wait after a pause.
    pub resumed: Option<Resumed>,
    /// How it went, as a person judges it. `None` if nobody has judged.
    pub disposition: Option<String>,
    /// The number of its sequence's last halt that it went through, or that was before its start.
    pub halts: i32,
    /// Goes up by one with every change.
    pub version: i64,
    /// The time when it started.
    pub create_time: DateTime<Utc>,
}

/// A wait that was resumed after a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// The time since which it goes on. It is that of an earlier step if the enrollment reached its
    /// present one at another time.
    pub since: DateTime<Utc>,
    /// What was left of it.
    pub left: Remaining,
}

impl Enrollment {
    /// Returns the end of the wait at its step, before working hours move it. `None` if the record
    /// lacks the attribute that it is for.
    pub fn end_of(&self, wait: &Wait, timing: &Timing) -> Option<DateTime<Utc>> {
        match self.resumed.filter(|resumed| resumed.since == self.step_reach_time) {
            Some(Resumed { since, left }) => wait.resume(left, since, timing),
            None => wait.until(self.step_reach_time, timing),
        }
    }
}

/// The position of an enrollment: it waits, its activity is open, it is paused, or it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// It waits. A timer ends the wait.
    Waiting {
        /// The planned end of the wait.
        until: DateTime<Utc>,
        /// The reason of the wait.
        reason: WaitReason,
    },
    /// Its activity is open.
    Acting {
        /// The activity.
        activity: ActivityId,
    },
    /// It is paused: its wait doesn't run, and its activity is in no queue.
    Paused {
        /// The time since which it is paused.
        at: DateTime<Utc>,
        /// The reason of the pause.
        reason: PauseReason,
        /// The time when it is resumed by itself. `None` if it isn't.
        until: Option<DateTime<Utc>>,
        /// What goes on when it is resumed.
        interrupted: Interrupted,
    },
    /// It passed its last step.
    Completed {
        /// The time when it ended.
        at: DateTime<Utc>,
    },
    /// It ended before its last step.
    Exited {
        /// The time when it ended.
        at: DateTime<Utc>,
        /// The reason of the end.
        reason: ExitReason,
    },
}

/// What a pause interrupts, and what goes on when the enrollment is resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interrupted {
    /// A wait.
    Wait {
        /// The end that was planned. The part of the wait from the pause until then is unspent.
        until: DateTime<Utc>,
        /// The reason of the wait.
        reason: WaitReason,
    },
    /// An open activity, which is paused too.
    Activity(ActivityId),
}

/// The state of an enrollment. The numbers are stored, and they are the same in the proto. Never
/// change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i16)]
pub enum EnrollmentState {
    /// It hasn't started yet.
    Pending = 1,
    /// It waits, or its activity is open.
    Active = 2,
    /// It is paused.
    Paused = 3,
    /// It passed its last step.
    Completed = 4,
    /// It ended before its last step.
    Exited = 5,
    /// Its step couldn't be carried out. It stands there until somebody lets it try again.
    Failed = 6,
}

impl EnrollmentState {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }
}

/// The reason why an enrollment ended before its last step. The numbers are stored, and they are
/// the same in the proto. Never change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i16)]
pub enum ExitReason {
    /// Somebody ended it by a call.
    Manual = 1,
    /// The record was closed.
    RecordClosed = 2,
    /// The record was deleted.
    RecordDeleted = 3,
    /// The record left the segment, which is set to end enrollments then.
    LeftSegment = 4,
    /// Another segment took over the record.
    Superseded = 5,
    /// The sequence was deleted with force.
    SequenceDeleted = 6,
    /// The sequence was deactivated with mode `EXIT`.
    SequenceDeactivated = 7,
    /// The person replied.
    Replied = 11,
    /// An email to the person bounced.
    Bounced = 12,
    /// The person unsubscribed.
    Unsubscribed = 13,
    /// The person of another record of the same account replied.
    AccountReplied = 14,
    /// The person booked a meeting.
    MeetingBooked = 15,
    /// The record reached the sequence's goal.
    GoalMet = 16,
    /// An automated step must not reach the person.
    NoConsent = 17,
    /// It came to a step that advances to another sequence.
    Advanced = 10,
    /// The record was merged into one that is in the same sequence.
    RecordMerged = 66,
}

impl ExitReason {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }
}

/// The cause that started an enrollment. The numbers are stored, and they are the same in the
/// proto. Never change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i16)]
pub enum EnrollmentSource {
    /// A call.
    Manual = 1,
    /// A segment.
    Segment = 2,
    /// Another enrollment, which advanced into it.
    Advance = 3,
    /// An activity that somebody made by hand. Callers never see this enrollment, so the proto
    /// doesn't have the word.
    ManualActivity = 6,
}

impl Position {
    /// Returns the state of an enrollment in this position.
    pub const fn state(self) -> EnrollmentState {
        match self {
            Position::Waiting { reason: WaitReason::Start | WaitReason::Throttle, .. } => {
                EnrollmentState::Pending
            }
            Position::Waiting { .. } | Position::Acting { .. } => EnrollmentState::Active,
            Position::Paused { reason, .. } if reason.is_failure() => EnrollmentState::Failed,
            Position::Paused { .. } => EnrollmentState::Paused,
            Position::Completed { .. } => EnrollmentState::Completed,
            Position::Exited { .. } => EnrollmentState::Exited,
        }
    }

    /// Returns the planned end of its wait, and why it waits. `None` if it doesn't wait.
    pub const fn waiting(self) -> Option<(DateTime<Utc>, WaitReason)> {
        match self {
            Position::Waiting { until, reason } => Some((until, reason)),
            Position::Acting { .. }
            | Position::Paused { .. }
            | Position::Completed { .. }
            | Position::Exited { .. } => None,
        }
    }

    /// Returns what a pause interrupts, or has interrupted. `None` if it has ended.
    pub const fn at_step(self) -> Option<Interrupted> {
        match self {
            Position::Waiting { until, reason } => Some(Interrupted::Wait { until, reason }),
            Position::Acting { activity } => Some(Interrupted::Activity(activity)),
            Position::Paused { interrupted, .. } => Some(interrupted),
            Position::Completed { .. } | Position::Exited { .. } => None,
        }
    }

    /// Returns the planned end of its wait, and why it waits, even if it is paused there.
    pub const fn planned_wait(self) -> Option<(DateTime<Utc>, WaitReason)> {
        match self.at_step() {
            Some(Interrupted::Wait { until, reason }) => Some((until, reason)),
            Some(Interrupted::Activity(_)) | None => None,
        }
    }

    /// Returns the open activity, even if it is paused. `None` if there is none.
    pub const fn activity(self) -> Option<ActivityId> {
        match self.at_step() {
            Some(Interrupted::Activity(activity)) => Some(activity),
            Some(Interrupted::Wait { .. }) | None => None,
        }
    }

    /// Returns the time since which it is paused, and why. `None` if it isn't.
    pub const fn paused(self) -> Option<(DateTime<Utc>, PauseReason)> {
        match self {
            Position::Paused { at, reason, .. } => Some((at, reason)),
            Position::Waiting { .. }
            | Position::Acting { .. }
            | Position::Completed { .. }
            | Position::Exited { .. } => None,
        }
    }

    /// Returns the time when its pause ends by itself. `None` if it isn't paused, or nothing ends
    /// the pause.
    pub const fn pause_end(self) -> Option<DateTime<Utc>> {
        match self {
            Position::Paused { until, .. } => until,
            Position::Waiting { .. }
            | Position::Acting { .. }
            | Position::Completed { .. }
            | Position::Exited { .. } => None,
        }
    }

    /// Returns the time when it ended. `None` while it is open.
    pub const fn end_time(self) -> Option<DateTime<Utc>> {
        match self {
            Position::Waiting { .. } | Position::Acting { .. } | Position::Paused { .. } => None,
            Position::Completed { at } | Position::Exited { at, .. } => Some(at),
        }
    }

    /// Returns why it ended before its last step. `None` if it is open or completed.
    pub const fn exit_reason(self) -> Option<ExitReason> {
        match self {
            Position::Exited { reason, .. } => Some(reason),
            Position::Waiting { .. }
            | Position::Acting { .. }
            | Position::Paused { .. }
            | Position::Completed { .. } => None,
        }
    }
}

impl Enrollment {
    /// True if it only carries a manual activity. Nobody sees it.
    pub fn is_manual_activity(&self) -> bool {
        self.source == EnrollmentSource::ManualActivity
    }

    /// Returns the time when it ended. `None` while it is open.
    pub fn end_time(&self) -> Option<DateTime<Utc>> {
        self.position.end_time()
    }

    /// Returns the timer that ends its wait, or its pause. `None` if nothing ends by itself.
    pub fn timer(&self) -> Option<Timer> {
        let (due_at, kind) = match self.position {
            Position::Waiting { until, reason } => (until, reason.timer()),
            Position::Paused { until, .. } => (until?, TimerKind::Hold),
            Position::Acting { .. } | Position::Completed { .. } | Position::Exited { .. } => return None,
        };
        let organization = self.organization;
        Some(Timer { organization, due_at, kind, subject: self.id.0, enrollment: self.id })
    }

    /// Returns what history tells of its wait. One that hasn't started is at no step.
    pub fn wait_detail(&self, until: DateTime<Utc>) -> HistoryDetail {
        let reason = self.position.planned_wait().map(|(_, reason)| reason);
        let starts = matches!(reason, Some(WaitReason::Start | WaitReason::Throttle));
        let node = Some(self.node).filter(|_| !starts);
        HistoryDetail { planned: throttle::known(until), node, ..HistoryDetail::default() }
    }

    /// Returns the planned end of its wait.
    ///
    /// # Errors
    /// A refusal if it doesn't wait, because an activity is open, or it is paused or has ended.
    pub fn waiting_until(&self) -> Result<DateTime<Utc>, Refusal> {
        match self.position {
            // A command is carried out at any moment: it can't be skipped.
            Position::Waiting { reason: WaitReason::Command, .. } => {
                Err(Refusal::EnrollmentNotWaiting { activity: None })
            }
            Position::Waiting { until, .. } => Ok(until),
            Position::Acting { activity } => Err(Refusal::EnrollmentNotWaiting { activity: Some(activity) }),
            Position::Paused { at, reason, .. } => Err(self.is_paused(at, reason)),
            Position::Completed { .. } | Position::Exited { .. } => Err(self.ended()),
        }
    }

    /// Checks that it is open.
    ///
    /// # Errors
    /// A refusal if it has ended.
    pub fn check_open(&self) -> Result<(), Refusal> {
        if self.end_time().is_some() { Err(self.ended()) } else { Ok(()) }
    }

    /// Checks that it is open and not paused.
    ///
    /// # Errors
    /// A refusal if it is paused or has ended.
    pub fn check_running(&self) -> Result<(), Refusal> {
        self.check_open()?;
        let refusal = |(at, reason)| Err(self.is_paused(at, reason));
        self.position.paused().map_or(Ok(()), refusal)
    }

    /// Checks that it is paused, and that its sequence isn't.
    ///
    /// # Errors
    /// A refusal if it is running, has ended, or is paused with its sequence.
    pub fn check_resumable(&self) -> Result<(), Refusal> {
        self.check_open()?;
        match self.position.paused() {
            Some((_, PauseReason::Manual | PauseReason::OutOfOffice)) => Ok(()),
            Some((_, PauseReason::SequencePaused)) => Err(Refusal::SequencePaused { enrollment: self.id }),
            Some((at, reason)) => Err(self.is_paused(at, reason)),
            None => Err(Refusal::EnrollmentNotPaused { enrollment: self.id }),
        }
    }

    /// Checks that it has failed.
    ///
    /// # Errors
    /// A refusal if it hasn't, or has ended.
    pub fn check_failed(&self) -> Result<(), Refusal> {
        self.check_open()?;
        match self.position.state() {
            EnrollmentState::Failed => Ok(()),
            _ => Err(Refusal::EnrollmentNotFailed { enrollment: self.id }),
        }
    }

    fn is_paused(&self, at: DateTime<Utc>, reason: PauseReason) -> Refusal {
        if reason.is_failure() {
            let reason = reason.as_str();
            return Refusal::EnrollmentFailed { enrollment: self.id, reason, fail_time: at };
        }
        Refusal::EnrollmentPaused { enrollment: self.id, reason: reason.as_str(), pause_time: at }
    }

    fn ended(&self) -> Refusal {
        // Only an exit has a reason.
        let reason = self.position.exit_reason().map_or("", ExitReason::as_str);
        Refusal::EnrollmentEnded { state: self.position.state().as_str(), reason }
    }
}
