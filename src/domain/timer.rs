//! What is to happen by itself: timers, what they end, and why an enrollment waits for one.

use chrono::{DateTime, Utc};
use strum::{FromRepr, VariantArray};
use uuid::Uuid;

use super::id::{EnrollmentId, OrganizationId};

/// When something is to happen by itself. The key of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timer {
    /// The tenant.
    pub organization: OrganizationId,
    /// When.
    pub due_at: DateTime<Utc>,
    /// What.
    pub kind: TimerKind,
    /// The enrollment or activity that it wakes.
    pub subject: Uuid,
    /// The enrollment that it moves; not a part of the key.
    pub enrollment: EnrollmentId,
}

/// What a timer wakes. The numbers are kept: never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, FromRepr, VariantArray)]
#[repr(i16)]
pub enum TimerKind {
    /// An enrollment whose wait expires.
    Wait = 1,
    /// An activity whose snooze expires.
    Snooze = 2,
}

/// Whose timer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerSubject {
    /// An enrollment that waits until then.
    Enrollment,
    /// An open activity that is put off until then.
    Activity,
}

impl TimerKind {
    /// Whose timers of this kind are.
    pub const fn subject(self) -> TimerSubject {
        match self {
            TimerKind::Wait => TimerSubject::Enrollment,
            TimerKind::Snooze => TimerSubject::Activity,
        }
    }
}

/// Why an enrollment waits. The numbers are kept: never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, VariantArray)]
#[repr(i16)]
pub enum WaitReason {
    /// It is at a wait.
    Step = 1,
}

impl WaitReason {
    /// The kind of the timer that ends it.
    pub const fn timer(self) -> TimerKind {
        match self {
            WaitReason::Step => TimerKind::Wait,
        }
    }
}
