//! Timers: when upnext acts by itself, what a timer ends, and why an enrollment waits for one.

use chrono::{DateTime, Utc};
use strum::{FromRepr, VariantArray};
use uuid::Uuid;

use super::id::{EnrollmentId, OrganizationId};

/// A time at which upnext acts by itself: it ends a wait, a snooze, a lease or a split, carries out
/// a command, skips an activity or serves a line. The fields except `enrollment` are its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timer {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The time when it fires.
    pub due_at: DateTime<Utc>,
    /// Its kind: what it does.
    pub kind: TimerKind,
    /// The key of what it is for, of the kind that [`TimerKind::subject`] says.
    pub subject: Uuid,
    /// The enrollment to load when it fires. That of a sequence has none, and names the sequence.
    pub enrollment: EnrollmentId,
}

/// The kind of a timer. The numbers are stored. Never change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, FromRepr, VariantArray)]
#[repr(i16)]
pub enum TimerKind {
    /// It ends the wait of an enrollment.
    Wait = 1,
    /// It ends the snooze of an activity.
    Snooze = 2,
    /// It decides the branch at which an enrollment waits for engagement.
    BranchLimit = 3,
    /// It carries out the command at which an enrollment stands.
    Command = 4,
    /// It resumes an enrollment whose person was away.
    Hold = 5,
    /// It serves the line in which an enrollment waits.
    Throttle = 120,
    /// It serves the line of its queue, because a place was freed there. Its key is of its own.
    Line = 121,
    /// It ends the splits of a sequence that decide then.
    SplitEnd = 122,
    /// It ends the lease of an activity.
    Lease = 110,
    /// It skips an activity that nobody has touched.
    AutoSkip = 111,
}

/// The kind of subject that a timer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerSubject {
    /// An enrollment, which waits until then.
    Enrollment,
    /// An open activity, which is snoozed, leased or left alone until then.
    Activity,
    /// A line of those who wait for a place in a sequence.
    Line,
    /// A sequence, which comes to the end of a split.
    Sequence,
}

impl TimerKind {
    /// Returns the kind of subject that these timers have.
    pub const fn subject(self) -> TimerSubject {
        match self {
            TimerKind::Wait
            | TimerKind::BranchLimit
            | TimerKind::Command
            | TimerKind::Hold
            | TimerKind::Throttle => TimerSubject::Enrollment,
            TimerKind::Snooze | TimerKind::Lease | TimerKind::AutoSkip => TimerSubject::Activity,
            TimerKind::Line => TimerSubject::Line,
            TimerKind::SplitEnd => TimerSubject::Sequence,
        }
    }

    /// True if it serves a line of those who wait for a place in a sequence.
    pub const fn serves_line(self) -> bool {
        matches!(self, TimerKind::Throttle | TimerKind::Line)
    }

    /// True if its enrollment or activity says when it fires, so that it can be made again.
    pub const fn can_be_restored(self) -> bool {
        match self.subject() {
            TimerSubject::Enrollment | TimerSubject::Activity => true,
            TimerSubject::Line | TimerSubject::Sequence => false,
        }
    }

    /// True if something may fall due by it. Then it counts for the next due time of its queue. An
    /// activity whose lease ends, or that is skipped, has been due all the time, and nobody can
    /// say for sure when somebody's turn comes.
    pub const fn counts_as_due(self) -> bool {
        !matches!(self, TimerKind::Lease | TimerKind::AutoSkip | TimerKind::Throttle | TimerKind::SplitEnd)
    }
}

/// The reason of an enrollment's wait. The numbers are stored. Never change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, VariantArray)]
#[repr(i16)]
pub enum WaitReason {
    /// Its step is a wait.
    Step = 1,
    /// Its step is a branch, which waits for engagement until its limit.
    Branch = 2,
    /// It hasn't started yet.
    Start = 10,
    /// Its step calls again.
    Retry = 7,
    /// Its step is a command, which is carried out as soon as possible.
    Command = 8,
    /// Its step falls due when the owner works again.
    WorkingHours = 9,
    /// It hasn't started yet, because its seller has no place in the sequence.
    Throttle = 160,
}

impl WaitReason {
    /// True if it is seen as standing at its step: events told that it came there, and tallies
    /// count it there.
    pub const fn stands(self) -> bool {
        match self {
            WaitReason::Step | WaitReason::Branch | WaitReason::Retry | WaitReason::WorkingHours => true,
            // A command is told once it is carried out.
            WaitReason::Start | WaitReason::Command | WaitReason::Throttle => false,
        }
    }

    /// Returns the kind of timer that ends the wait.
    pub const fn timer(self) -> TimerKind {
        match self {
            WaitReason::Step | WaitReason::Retry | WaitReason::Start | WaitReason::WorkingHours => {
                TimerKind::Wait
            }
            WaitReason::Branch => TimerKind::BranchLimit,
            WaitReason::Command => TimerKind::Command,
            WaitReason::Throttle => TimerKind::Throttle,
        }
    }
}
