//! An activity: one thing that a seller must do, and how it may end.

use chrono::{DateTime, TimeDelta, Utc};
use strum::{FromRepr, IntoStaticStr, VariantArray};
use uuid::Uuid;

use super::caller::Actor;
use super::enrollment::Enrollment;
use super::history::HistoryKind;
use super::id::{ActivityId, EnrollmentId, OrganizationId, QueueId, RecordId, SequenceId};
use super::program::NodeId;
use super::reason::Reason;
use super::settings::{LONGEST_OUTCOME, Settings, check_length};
use super::step::ActivityKind;
use super::timer::{Timer, TimerKind};
use super::violation::Violations;

/// An open activity: due, or snoozed until later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// The tenant.
    pub organization: OrganizationId,
    /// Its key.
    pub id: ActivityId,
    /// The enrollment that it moves on.
    pub enrollment: EnrollmentId,
    /// The record that it is about.
    pub record: RecordId,
    /// The sequence.
    pub sequence: SequenceId,
    /// The revision whose text it shows.
    pub revision: i32,
    /// The program's node that it carries out.
    pub node: NodeId,
    /// What is to be done.
    pub kind: ActivityKind,
    /// Where it waits.
    pub queue: QueueId,
    /// What people call the record.
    pub record_display_name: String,
    /// Since when it is due.
    pub due_time: DateTime<Utc>,
    /// Its place in the queue, then by id. Fixed when the activity is made.
    pub rank: DateTime<Utc>,
    /// What it is doing.
    pub state: ActivityState,
    /// How often it was put off.
    pub snooze_count: i32,
    /// Goes up with every change.
    pub version: i64,
    /// When it was made.
    pub create_time: DateTime<Utc>,
}

/// What an open activity is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityState {
    /// It can be acted on.
    Due,
    /// It is put off; a timer of that instant brings it back.
    Snoozed {
        /// Until when.
        until: DateTime<Utc>,
    },
}

impl ActivityState {
    /// The number that is kept of one that is due, as in the proto: never renumber.
    pub const DUE: i16 = 1;
    /// The number that is kept of one that is snoozed.
    pub const SNOOZED: i16 = 2;

    /// The number that is kept.
    pub const fn number(self) -> i16 {
        match self {
            ActivityState::Due => Self::DUE,
            ActivityState::Snoozed { .. } => Self::SNOOZED,
        }
    }

    /// The state whose number and columns these are.
    pub fn of(number: i16, snooze_until: Option<DateTime<Utc>>) -> Option<Self> {
        match (number, snooze_until) {
            (Self::DUE, None) => Some(ActivityState::Due),
            (Self::SNOOZED, Some(until)) => Some(ActivityState::Snoozed { until }),
            _ => None,
        }
    }

    /// Until when it is put off, if it is.
    pub fn snooze_until(self) -> Option<DateTime<Utc>> {
        match self {
            ActivityState::Due => None,
            ActivityState::Snoozed { until } => Some(until),
        }
    }
}

/// An activity as it was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedActivity {
    /// As it stood. Closing counts as a change of its version.
    pub activity: Activity,
    /// How it ended.
    pub closing: Closing,
}

/// How an activity ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// In which state.
    pub state: ClosedState,
    /// Completed: how, say `made`. Skipped: why.
    pub outcome: String,
    /// The seller's own words.
    pub note: String,
    /// Who did it.
    pub by: Actor,
    /// When it was really done: the next wait counts from it.
    pub at: DateTime<Utc>,
    /// The item that closed it: by it, a batch that runs again recognises its own success.
    pub item: Option<Uuid>,
}

/// The states in which an activity ends. The numbers are kept, as in the proto: never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i16)]
pub enum ClosedState {
    /// Done.
    Completed = 3,
    /// Passed over.
    Skipped = 4,
    /// Its enrollment ended first.
    Canceled = 5,
}

impl ClosedState {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }

    /// As what the timeline tells of it.
    pub const fn told_as(self) -> HistoryKind {
        match self {
            ClosedState::Completed => HistoryKind::ActivityCompleted,
            ClosedState::Skipped => HistoryKind::ActivitySkipped,
            ClosedState::Canceled => HistoryKind::ActivityCanceled,
        }
    }
}

/// The furthest that an activity may be put off.
const LONGEST_SNOOZE: TimeDelta = TimeDelta::days(365);

impl Activity {
    /// What brings it back, if it is put off.
    pub fn timer(&self) -> Option<Timer> {
        self.state.snooze_until().map(|due_at| Timer {
            organization: self.organization,
            due_at,
            kind: TimerKind::Snooze,
            subject: self.id.0,
            enrollment: self.enrollment,
        })
    }

    /// A new activity for the step where an enrollment is. It has been due since `due_time`.
    pub fn due(
        id: ActivityId,
        kind: ActivityKind,
        enrollment: &Enrollment,
        queue: QueueId,
        record_display_name: String,
        due_time: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            organization: enrollment.organization,
            id,
            enrollment: enrollment.id,
            record: enrollment.record,
            sequence: enrollment.sequence,
            revision: enrollment.revision,
            node: enrollment.node,
            kind,
            queue,
            record_display_name,
            due_time,
            rank: due_time,
            state: ActivityState::Due,
            snooze_count: 0,
            version: 1,
            create_time: now,
        }
    }

    /// The activity, closed.
    pub fn closed(&self, closing: Closing) -> ClosedActivity {
        ClosedActivity { activity: Activity { version: self.version + 1, ..self.clone() }, closing }
    }

    /// Checks what a seller says on completing it. `complete_time` is when it was really done.
    pub fn check_completion(
        &self,
        outcome: &str,
        note: &str,
        complete_time: Option<DateTime<Utc>>,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Violations {
        let mut found = settings.limits.check_description("note", note);
        found.extend(self.kind.check_outcome(outcome, settings));
        if complete_time.is_some_and(|at| at > now || at < self.create_time) {
            let description = format!(
                "must not be in the future nor before the activity was created at {}",
                self.create_time.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
            );
            found.push("complete_time", Reason::FieldInvalid, description);
        }
        found
    }

    /// Checks why an activity is passed over.
    pub fn check_skip(reason: &str, note: &str, settings: &Settings) -> Violations {
        let mut found = settings.limits.check_description("note", note);
        found.extend(check_length("reason", reason, LONGEST_OUTCOME));
        found
    }

    /// Checks until when it is to be put off.
    pub fn check_snooze(until: DateTime<Utc>, now: DateTime<Utc>) -> Violations {
        if until > now && until - now <= LONGEST_SNOOZE {
            return Violations::new();
        }
        let days = LONGEST_SNOOZE.num_days();
        let description = format!("must be in the future and at most {days} days ahead");
        Violations::one("until", Reason::FieldInvalid, description)
    }
}
