//! An enrollment: one record going through one revision of a sequence.

use chrono::{DateTime, Utc};
use strum::{FromRepr, IntoStaticStr, VariantArray};

use super::id::{ActivityId, EnrollmentId, OrganizationId, RecordId, SegmentId, SequenceId};
use super::program::NodeId;
use super::refusal::Refusal;
use super::timer::{Timer, WaitReason};

/// One record going through one revision. At most one per record and sequence is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrollment {
    /// The tenant.
    pub organization: OrganizationId,
    /// Its key.
    pub id: EnrollmentId,
    /// The sequence.
    pub sequence: SequenceId,
    /// The revision that it runs on.
    pub revision: i32,
    /// The record.
    pub record: RecordId,
    /// 1 for the record's first time in this sequence.
    pub pass_number: i32,
    /// What started it.
    pub source: EnrollmentSource,
    /// The segment that started it.
    pub segment: Option<SegmentId>,
    /// The program's node that it is at; where it was last, once ended.
    pub node: NodeId,
    /// Since when it is at that node.
    pub step_reach_time: DateTime<Utc>,
    /// What it does there.
    pub position: Position,
    /// Goes up with every change.
    pub version: i64,
    /// When it started.
    pub create_time: DateTime<Utc>,
}

/// What an enrollment is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// It waits; a timer of that instant wakes it.
    Waiting {
        /// Until when.
        until: DateTime<Utc>,
        /// Why.
        reason: WaitReason,
    },
    /// Its activity is open.
    Acting {
        /// The activity.
        activity: ActivityId,
    },
    /// It went through.
    Completed {
        /// When.
        at: DateTime<Utc>,
    },
    /// It ended before its last step.
    Exited {
        /// When.
        at: DateTime<Utc>,
        /// Why.
        reason: ExitReason,
    },
}

/// Where an enrollment is in its life. The numbers are kept, as in the proto: never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i16)]
pub enum EnrollmentState {
    /// It waits or acts.
    Active = 2,
    /// It went through.
    Completed = 4,
    /// It ended before its last step.
    Exited = 5,
}

impl EnrollmentState {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }
}

/// Why an enrollment ended before its last step. The numbers are kept, as in the proto: never
/// renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i16)]
pub enum ExitReason {
    /// By hand.
    Manual = 1,
    /// The record was closed.
    RecordClosed = 2,
    /// The record was deleted.
    RecordDeleted = 3,
    /// The record left the segment, which says so.
    LeftSegment = 4,
    /// Another segment took the record.
    Superseded = 5,
    /// The sequence was deleted with force.
    SequenceDeleted = 6,
}

impl ExitReason {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }
}

/// What started an enrollment. The numbers are kept, as in the proto: never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i16)]
pub enum EnrollmentSource {
    /// A call.
    Manual = 1,
    /// A segment.
    Segment = 2,
}

impl Position {
    /// Where that is in an enrollment's life.
    pub const fn state(self) -> EnrollmentState {
        match self {
            Position::Waiting { .. } | Position::Acting { .. } => EnrollmentState::Active,
            Position::Completed { .. } => EnrollmentState::Completed,
            Position::Exited { .. } => EnrollmentState::Exited,
        }
    }

    /// Until when it waits, and why, if it waits.
    pub const fn waiting(self) -> Option<(DateTime<Utc>, WaitReason)> {
        match self {
            Position::Waiting { until, reason } => Some((until, reason)),
            Position::Acting { .. } | Position::Completed { .. } | Position::Exited { .. } => None,
        }
    }

    /// The open activity, if there is one.
    pub const fn activity(self) -> Option<ActivityId> {
        match self {
            Position::Acting { activity } => Some(activity),
            Position::Waiting { .. } | Position::Completed { .. } | Position::Exited { .. } => None,
        }
    }

    /// When it ended; none while it is open.
    pub const fn end_time(self) -> Option<DateTime<Utc>> {
        match self {
            Position::Waiting { .. } | Position::Acting { .. } => None,
            Position::Completed { at } | Position::Exited { at, .. } => Some(at),
        }
    }

    /// Why it ended before its last step, if it did.
    pub const fn exit_reason(self) -> Option<ExitReason> {
        match self {
            Position::Exited { reason, .. } => Some(reason),
            Position::Waiting { .. } | Position::Acting { .. } | Position::Completed { .. } => None,
        }
    }
}

impl Enrollment {
    /// When it ended; none while it is open.
    pub fn end_time(&self) -> Option<DateTime<Utc>> {
        self.position.end_time()
    }

    /// What ends its wait, if it waits.
    pub fn timer(&self) -> Option<Timer> {
        let (due_at, reason) = self.position.waiting()?;
        let (organization, kind) = (self.organization, reason.timer());
        Some(Timer { organization, due_at, kind, subject: self.id.0, enrollment: self.id })
    }

    /// Until when it waits, or why there is no wait to skip.
    pub fn waiting_until(&self) -> Result<DateTime<Utc>, Refusal> {
        match self.position {
            Position::Waiting { until, .. } => Ok(until),
            Position::Acting { activity } => Err(Refusal::EnrollmentNotWaiting { activity }),
            Position::Completed { .. } | Position::Exited { .. } => Err(self.ended()),
        }
    }

    /// Nothing if it is open, or why it can't go on.
    pub fn check_open(&self) -> Result<(), Refusal> {
        if self.end_time().is_some() { Err(self.ended()) } else { Ok(()) }
    }

    fn ended(&self) -> Refusal {
        let reason = self.position.exit_reason().map_or("", ExitReason::as_str);
        Refusal::EnrollmentEnded { state: self.position.state().as_str(), reason }
    }
}
