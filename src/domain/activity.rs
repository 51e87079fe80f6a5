//! An activity: one thing that a seller must do, and how it can end.

use chrono::{DateTime, TimeDelta, Utc};
use strum::{FromRepr, IntoStaticStr, VariantArray};
use uuid::Uuid;

use super::caller::Actor;
use super::consent::Warnings;
use super::enrollment::Enrollment;
use super::flow::Target;
use super::history::HistoryKind;
use super::id::{ActivityId, EnrollmentId, OrganizationId, QueueId, RecordId, SequenceId};
use super::lease::Lease;
use super::priority::Priority;
use super::program::NodeId;
use super::reason::Reason;
use super::sending::Manual;
use super::settings::{LONGEST_OUTCOME, Settings, check_length};
use super::step::ActivityKind;
use super::timer::{Timer, TimerKind};
use super::violation::Violations;

/// An open activity: due, snoozed until later, or paused with its enrollment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// Its key.
    pub id: ActivityId,
    /// The enrollment that continues when the activity is closed.
    pub enrollment: EnrollmentId,
    /// The record that it is about.
    pub record: RecordId,
    /// The sequence.
    pub sequence: SequenceId,
    /// The revision whose text it shows.
    pub revision: i32,
    /// The node of the program that it carries out.
    pub node: NodeId,
    /// The kind of work to do.
    pub kind: ActivityKind,
    /// The queue that shows it.
    pub queue: QueueId,
    /// The display name of the record.
    pub record_display_name: String,
    /// The reasons not to do it. They follow the record.
    pub warnings: Warnings,
    /// The time since which it is due, or when it will be for the first time.
    pub due_time: DateTime<Utc>,
    /// How urgent it is. Fixed when the activity is created, until the formula of its record's type
    /// changes.
    pub priority: Priority,
    /// Its place in the queue, by its due time and its priority: lower comes first, ties are
    /// ordered by id.
    pub rank: DateTime<Utc>,
    /// Its state.
    pub state: ActivityState,
    /// Who has it alone at the moment, if it is due. `None` if nobody has.
    pub lease: Option<Lease>,
    /// If somebody put it into another queue: the one in which it belonged at that time. It stays
    /// where it was put until it belongs in another one.
    pub reassigned_from: Option<QueueId>,
    /// What the seller marked it with.
    pub marks: Marks,
    /// The note that sellers left on it so far. Closing it without a note keeps this one.
    pub note: String,
    /// Why it is an email for the record's owner, if a worker was to send it.
    pub manual: Option<Manual>,
    /// When upnext skips it. `None`: never, or somebody has touched it.
    pub auto_skip_time: Option<DateTime<Utc>>,
    /// The number of times it was snoozed.
    pub snooze_count: i32,
    /// Goes up by one with every change.
    pub version: i64,
    /// The time when it was created.
    pub create_time: DateTime<Utc>,
}

/// What a seller marked an open activity with. The marks go when it moves to another queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// It was read.
    pub read: bool,
    /// The seller wants to keep an eye on it.
    pub followed: bool,
}

/// The state of an open activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityState {
    /// The seller can act on it now.
    Due,
    /// The seller postponed it. A timer makes it due again.
    Snoozed {
        /// The time when it is due again.
        until: DateTime<Utc>,
    },
    /// Its enrollment is paused. It is in no queue, and returns to its place when the enrollment is
    /// resumed.
    Paused {
        /// The end of the snooze that the pause interrupted. `None` if it was due.
        snooze_until: Option<DateTime<Utc>>,
    },
}

impl ActivityState {
    /// The number of [`ActivityState::Due`] in the database and in the proto. Never change it.
    pub const DUE: i16 = 1;
    /// The number of [`ActivityState::Snoozed`] in the database and in the proto. Never change it.
    pub const SNOOZED: i16 = 2;
    /// The number of [`ActivityState::Paused`] in the database and in the proto. Never change it.
    pub const PAUSED: i16 = 6;

    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            ActivityState::Due => "DUE",
            ActivityState::Snoozed { .. } => "SNOOZED",
            ActivityState::Paused { .. } => "PAUSED",
        }
    }

    /// Returns the number that is stored.
    pub const fn number(self) -> i16 {
        match self {
            ActivityState::Due => Self::DUE,
            ActivityState::Snoozed { .. } => Self::SNOOZED,
            ActivityState::Paused { .. } => Self::PAUSED,
        }
    }

    /// Returns the state that is stored as these two columns. `None` if they contradict each other.
    pub fn of(number: i16, snooze_until: Option<DateTime<Utc>>) -> Option<Self> {
        match (number, snooze_until) {
            (Self::DUE, None) => Some(ActivityState::Due),
            (Self::SNOOZED, Some(until)) => Some(ActivityState::Snoozed { until }),
            (Self::PAUSED, snooze_until) => Some(ActivityState::Paused { snooze_until }),
            // A due activity with a time, a snoozed one without, or an unknown number.
            _ => None,
        }
    }

    /// Returns the end of its snooze, even of one that a pause interrupted. `None` if it isn't
    /// snoozed.
    pub fn snooze_until(self) -> Option<DateTime<Utc>> {
        match self {
            ActivityState::Due => None,
            ActivityState::Snoozed { until } => Some(until),
            ActivityState::Paused { snooze_until } => snooze_until,
        }
    }

    /// Returns the state in which it is open at `now`, if its snooze ends at `until`.
    pub fn snoozed(until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        match until.filter(|until| *until > now) {
            Some(until) => ActivityState::Snoozed { until },
            None => ActivityState::Due,
        }
    }
}

/// A closed activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedActivity {
    /// The activity in its last state. Closing raised its version.
    pub activity: Activity,
    /// The way it ended.
    pub closing: Closing,
}

/// The way an activity ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The state in which it ended.
    pub state: ClosedState,
    /// If completed, the result, like `made`. If skipped or canceled, the reason.
    pub outcome: String,
    /// The seller's note. Can be empty.
    pub note: String,
    /// Who closed it.
    pub by: Actor,
    /// The time when the work was really done. The next wait counts from it.
    pub at: DateTime<Utc>,
    /// The batch item that closed it. A batch that runs again recognizes its own success by it.
    pub item: Option<Uuid>,
}

/// The states in which an activity can end. The numbers are stored, and they are the same in the
/// proto. Never change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i16)]
pub enum ClosedState {
    /// The seller did it.
    Completed = 3,
    /// The seller skipped it.
    Skipped = 4,
    /// Its enrollment ended first, or an earlier activity was reopened.
    Canceled = 5,
}

impl Closing {
    /// The way in which upnext itself skips an activity that has warnings.
    pub fn skip_for(warnings: Warnings, at: DateTime<Utc>) -> Self {
        Self::skip_because(warnings.words(), at)
    }

    /// The way in which upnext itself skips an activity that nobody has touched.
    pub fn skip_untouched(at: DateTime<Utc>) -> Self {
        Self::skip_because("NOT_DONE_IN_TIME".to_owned(), at)
    }

    fn skip_because(reason: String, at: DateTime<Utc>) -> Self {
        Self {
            state: ClosedState::Skipped,
            outcome: reason,
            note: String::new(),
            by: Actor::UPNEXT,
            at,
            item: None,
        }
    }
}

impl ClosedState {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }

    /// Returns the kind of event that the timeline shows for it.
    pub const fn told_as(self) -> HistoryKind {
        match self {
            ClosedState::Completed => HistoryKind::ActivityCompleted,
            ClosedState::Skipped => HistoryKind::ActivitySkipped,
            ClosedState::Canceled => HistoryKind::ActivityCanceled,
        }
    }
}

/// The longest time for which an activity can be snoozed, inclusive.
const LONGEST_SNOOZE: TimeDelta = TimeDelta::days(365);

impl Activity {
    /// Returns the queue in which it is while it belongs in `home`. What somebody reassigned stays
    /// where it was put.
    pub fn queue_at(&self, home: QueueId) -> QueueId {
        if self.reassigned_from == Some(home) { self.queue } else { home }
    }

    /// Returns it in the queue in which it is while it belongs in `home`.
    #[must_use]
    pub fn at_home(self, home: QueueId) -> Self {
        let queue = self.queue_at(home);
        let stays = queue == self.queue;
        Self {
            queue,
            // A lease is for the work of one queue, and marks are one seller's.
            lease: self.lease.filter(|_| stays),
            marks: if stays { self.marks } else { Marks::default() },
            // Who does it now takes it wherever somebody put it.
            reassigned_from: self.reassigned_from.filter(|from| *from == home),
            ..self
        }
    }

    /// True if something differs that rarely changes.
    pub(super) fn has_other_rare_columns_than(&self, other: &Self) -> bool {
        let times = |one: &Self| (one.due_time, one.rank, one.auto_skip_time);
        let rare = |one: &Self| (one.lease, one.reassigned_from, one.marks, times(one));
        rare(self) != rare(other) || (&self.note, &self.manual) != (&other.note, &other.manual)
    }

    /// Returns the timer that ends its snooze or its lease, or skips it. It has one of them at
    /// most, and none while it is paused.
    pub fn timer(&self) -> Option<Timer> {
        let (kind, due_at) = match (self.state, self.lease) {
            (ActivityState::Snoozed { until }, _) => (TimerKind::Snooze, until),
            (ActivityState::Due, Some(lease)) => (TimerKind::Lease, lease.until),
            // Whoever has a lease is working on it.
            (ActivityState::Due, None) => (TimerKind::AutoSkip, self.auto_skip_time?),
            (ActivityState::Paused { .. }, _) => return None,
        };
        Some(Timer {
            organization: self.organization,
            due_at,
            kind,
            subject: self.id.0,
            enrollment: self.enrollment,
        })
    }

    /// Returns a new activity for the current step of an enrollment, due since `due_time`.
    pub fn due(
        id: ActivityId,
        kind: ActivityKind,
        enrollment: &Enrollment,
        (queue, target): (QueueId, &Target),
        priority: Priority,
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
            record_display_name: target.display_name.clone(),
            warnings: target.reach.warnings(kind.channel()),
            due_time,
            priority,
            rank: priority.rank(due_time),
            state: ActivityState::Due,
            lease: None,
            reassigned_from: None,
            marks: Marks::default(),
            note: String::new(),
            manual: None,
            auto_skip_time: None,
            snooze_count: 0,
            version: 1,
            create_time: now,
        }
    }

    /// True if it is for later, and nobody has snoozed it: it falls due at its due time. Only a
    /// manual activity can be.
    pub fn is_scheduled(&self) -> bool {
        self.state == ActivityState::Snoozed { until: self.due_time }
    }

    /// Returns the name of its state in the API.
    pub fn state_name(&self) -> &'static str {
        if self.is_scheduled() { "SCHEDULED" } else { self.state.as_str() }
    }

    /// Returns it in another state, with a new version.
    pub fn put(&self, state: ActivityState) -> Self {
        // A lease is for what can be done now.
        let lease = self.lease.filter(|_| state == ActivityState::Due);
        Self { state, lease, version: self.version + 1, ..self.clone() }
    }

    /// Returns it at a node of another revision, with a new version.
    pub fn at(&self, revision: i32, node: NodeId) -> Self {
        Self { revision, node, version: self.version + 1, ..self.clone() }
    }

    /// Returns the closed activity. The note that it has stays, unless there is another.
    pub fn closed(&self, mut closing: Closing) -> ClosedActivity {
        if closing.note.is_empty() {
            closing.note.clone_from(&self.note);
        }
        ClosedActivity { activity: Activity { version: self.version + 1, ..self.clone() }, closing }
    }

    /// Checks what a seller reports on completing it. `complete_time` is when it was really done:
    /// not before the activity was created, and not in the future.
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

        // Sellers can report work later than they did it.
        if complete_time.is_some_and(|at| at > now || at < self.create_time) {
            let description = format!(
                "must not be in the future nor before the activity was created at {}",
                self.create_time.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
            );
            found.push("complete_time", Reason::FieldInvalid, description);
        }

        found
    }

    /// Checks the reason and the note of a skip.
    pub fn check_skip(reason: &str, note: &str, settings: &Settings) -> Violations {
        let mut found = settings.limits.check_description("note", note);
        found.extend(Self::check_reason(reason));
        found
    }

    /// Checks the reason of a skip, or why an activity is reopened.
    pub fn check_reason(reason: &str) -> Violations {
        check_length("reason", reason, LONGEST_OUTCOME)
    }

    /// Checks the time until which an activity is snoozed: in the future, at most 365 days ahead.
    /// One that is `scheduled` for a later time can only be put off.
    pub fn check_snooze(
        until: DateTime<Utc>,
        scheduled: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Violations {
        if scheduled.is_some_and(|due_time| until <= due_time) {
            let rule = "must be after the activity's due_time; to do it earlier, change due_time with UpdateActivity";
            return Violations::one("until", Reason::FieldInvalid, rule);
        }
        if until > now && until - now <= LONGEST_SNOOZE {
            return Violations::new();
        }
        let days = LONGEST_SNOOZE.num_days();
        let description = format!("must be in the future and at most {days} days ahead");
        Violations::one("until", Reason::FieldInvalid, description)
    }
}

#[cfg(test)]
mod sample;
