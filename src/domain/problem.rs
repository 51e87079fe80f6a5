//! Problems: items that upnext couldn't process, and when it tries them again.

use chrono::{DateTime, TimeDelta, Utc};
use strum::VariantArray;
use uuid::Uuid;

use super::id::{OperationId, OrganizationId, ProblemId, RecordId};
use super::timer::TimerKind;

/// After so many failures an item is set aside, if others succeeded meanwhile.
const ATTEMPTS: i32 = 8;
/// The pause after the first failure. It doubles with each further one.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(1);
/// The longest pause of an item that isn't set aside.
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(5);
/// The pause of an item that is set aside. What stood in its way may be gone by then, for example
/// because upnext was updated.
const ASIDE_PAUSE: TimeDelta = TimeDelta::days(1);

/// An item that couldn't be processed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The key.
    pub id: ProblemId,
    /// What couldn't be processed.
    pub item: Item,
    /// Why its latest attempt failed. Contains no values of records.
    pub reason: String,
    /// How many times it has failed.
    pub attempts: i32,
    /// True while attempts follow each other quickly, false once it is set aside.
    pub retrying: bool,
    /// When it failed first.
    pub create_time: DateTime<Utc>,
    /// When it is tried next.
    pub retry_time: DateTime<Utc>,
}

/// What couldn't be processed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A timer. Its enrollment waits, or its activity stays snoozed.
    Timer {
        /// The key of the enrollment or activity.
        subject: Uuid,
        /// When it was due, and what it ends. `None` in what earlier releases set aside.
        key: Option<(DateTime<Utc>, TimerKind)>,
    },
    /// A changed record that wasn't routed.
    RecordChange {
        /// The record.
        record: RecordId,
    },
    /// A record that an operation passed over.
    OfOperation {
        /// The record.
        record: RecordId,
        /// The operation. `None` in what earlier releases set aside.
        operation: Option<OperationId>,
    },
}

/// The kinds of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum ItemKind {
    /// A timer.
    Timer,
    /// A changed record.
    RecordChange,
    /// A record of an operation.
    Operation,
}

impl ItemKind {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            ItemKind::Timer => "timer",
            ItemKind::RecordChange => "record_change",
            ItemKind::Operation => "operation",
        }
    }

    /// True if such an item is a record.
    pub const fn is_record(self) -> bool {
        match self {
            ItemKind::Timer => false,
            ItemKind::RecordChange | ItemKind::Operation => true,
        }
    }
}

impl Item {
    /// Returns its kind.
    pub const fn kind(&self) -> ItemKind {
        match self {
            Item::Timer { .. } => ItemKind::Timer,
            Item::RecordChange { .. } => ItemKind::RecordChange,
            Item::OfOperation { .. } => ItemKind::Operation,
        }
    }

    /// Returns the key of the enrollment, activity or record that it is about.
    pub const fn subject(&self) -> Uuid {
        match self {
            Item::Timer { subject, .. } => *subject,
            Item::RecordChange { record } | Item::OfOperation { record, .. } => record.0,
        }
    }
}

impl Problem {
    /// The first failure of an item.
    pub fn first(
        organization: OrganizationId,
        id: ProblemId,
        item: Item,
        reason: String,
        now: DateTime<Utc>,
    ) -> Self {
        let retry_time = now + FIRST_PAUSE;
        Self { organization, id, item, reason, attempts: 1, retrying: true, create_time: now, retry_time }
    }

    /// Another failure. `succeeded` is when another item of its kind was last processed, as far as
    /// this server knows. While nothing succeeds, the item isn't to blame.
    #[must_use]
    pub fn again(&self, reason: String, succeeded: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        let attempts = self.attempts.saturating_add(1);
        let others_succeed = succeeded.is_some_and(|succeeded| succeeded >= self.create_time);
        let retrying = self.retrying && !(attempts >= ATTEMPTS && others_succeed);

        let pause = match retrying {
            true => pause_after(attempts),
            false => ASIDE_PAUSE,
        };
        Self { reason, attempts, retrying, retry_time: now + pause, ..self.clone() }
    }

    /// Somebody removed the cause: it is tried at once, and as often as a new one.
    #[must_use]
    pub fn retried(&self, now: DateTime<Utc>) -> Self {
        Self { attempts: 0, retrying: true, create_time: self.create_time, retry_time: now, ..self.clone() }
    }
}

fn pause_after(attempts: i32) -> TimeDelta {
    let doublings = attempts.saturating_sub(1).clamp(0, 16);
    (FIRST_PAUSE * (1 << doublings)).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("in range")
    }

    fn first() -> Problem {
        let item = Item::RecordChange { record: RecordId(Uuid::nil()) };
        Problem::first(OrganizationId(Uuid::nil()), ProblemId(Uuid::nil()), item, "why".to_owned(), at(0))
    }

    fn failed(times: i32, succeeded: Option<DateTime<Utc>>) -> Problem {
        (1..times).fold(first(), |problem, _| problem.again("why".to_owned(), succeeded, at(0)))
    }

    #[test]
    fn pauses_double_up_to_five_minutes() {
        assert_eq!(first().retry_time, at(1));
        let pauses: Vec<i64> =
            (2..12).map(|times| (failed(times, None).retry_time - at(0)).num_seconds()).collect();
        assert_eq!(pauses, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    }

    #[test]
    fn only_what_fails_again_and_again_while_others_succeed_is_set_aside() {
        assert!(failed(7, Some(at(9))).retrying, "not often enough");
        assert!(failed(100, None).retrying, "nothing succeeds");
        assert!(failed(100, Some(at(-1))).retrying, "nothing has succeeded since");
        let aside = failed(8, Some(at(9)));
        assert!(!aside.retrying);
        assert_eq!(aside.retry_time, at(0) + TimeDelta::days(1));
        assert!(!aside.again("why".to_owned(), None, at(5)).retrying, "it stays so");

        let retried = aside.retried(at(7));
        assert_eq!((retried.attempts, retried.retrying, retried.retry_time), (0, true, at(7)));
    }
}
