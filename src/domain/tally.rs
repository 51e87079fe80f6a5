//! Tallies: what happened in a sequence, counted by day. The transaction that writes an event of an
//! enrollment counts it here, too. So sums of tallies are exact, and no reader counts history.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::enrollment::Enrollment;
use super::history::{HistoryDetail, HistoryEvent, HistoryKind};
use super::id::{OrganizationId, SequenceId};
use super::spent::Spent;
use super::timer::WaitReason;

/// The node of events that happen at no step.
pub const WHOLE: i32 = -1;

/// The kind under which the enrollments are counted that are at a node. It is the kind of no event.
pub const STAYS: i16 = 0;

/// The revision and day that a tally is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TallyKey {
    /// The organization.
    pub organization: OrganizationId,
    /// The sequence.
    pub sequence: SequenceId,
    /// The number of its revision.
    pub revision: i32,
    /// The day in UTC.
    pub day: NaiveDate,
}

/// What happened on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub struct Tally {
    counts: BTreeMap<Counted, i64>,
    spent: BTreeMap<i32, Spent>,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    /// The node where it happened, or [`WHOLE`].
    pub node: i32,
    /// The number of a [`HistoryKind`], or [`STAYS`].
    pub kind: i16,
    /// The outcome or reason, for kinds that have one. Otherwise empty.
    pub word: String,
}

/// A tally as it is stored. `upnext check` reads it, too.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Node, kind, word and number.
    counts: Vec<(i32, i16, String, i64)>,
    /// Node, bucket, number and seconds.
    spent: Vec<(i32, i16, i64, i64)>,
}

/// The tallies of a batch, each with a key for its row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tallies(BTreeMap<TallyKey, (Uuid, Tally)>);

impl HistoryKind {
    /// True if tallies count events of this kind: all that move an enrollment, or might.
    pub const fn is_tallied(self) -> bool {
        let of_manual = matches!(self, Self::ActivityCreated | Self::ActivityEdited);
        let moves_nothing = matches!(self, Self::EngagementRecorded | Self::EnrollmentMoved);
        self.of_enrollment() && !of_manual && !moves_nothing
    }

    /// True if events of this kind are counted by their outcome or reason.
    pub const fn has_word(self) -> bool {
        matches!(
            self,
            Self::ActivityCompleted
                | Self::ActivitySkipped
                | Self::EnrollmentExited
                | Self::BranchDecided
                | Self::SplitDecided
        )
    }

    /// True if an enrollment went on from a step by it.
    pub const fn passes_step(self) -> bool {
        matches!(self, Self::ActivityCompleted | Self::ActivitySkipped | Self::WaitEnded | Self::WaitSkipped)
    }
}

impl Tallies {
    /// Counts an event of an enrollment, which is in its state from before the event.
    pub fn count(&mut self, enrollment: &Enrollment, event: &HistoryEvent) {
        let (_, tally) = self.0.entry(TallyKey::of(enrollment, event.at)).or_insert_with(|| {
            // An event belongs to one tally, so its key can serve as that of the row.
            (event.id, Tally::default())
        });
        tally.count(enrollment, event.kind, &event.detail, event.at);
    }

    /// Counts that an enrollment leaves the step where it stands, without an event of that
    /// revision.
    pub fn leave(&mut self, enrollment: &Enrollment, day: NaiveDate, mint: &mut dyn FnMut() -> Uuid) {
        let key = TallyKey { day, ..TallyKey::of(enrollment, DateTime::UNIX_EPOCH) };
        let counted = Counted { node: enrollment.node.0, kind: STAYS, word: String::new() };
        self.add(key, mint(), counted, -1);
    }

    /// Adds `number` to a count. `row` is the key of its row, if it needs a new one.
    pub fn add(&mut self, key: TallyKey, row: Uuid, counted: Counted, number: i64) {
        let (_, tally) = self.0.entry(key).or_insert_with(|| (row, Tally::default()));
        tally.add_count(counted, number);
    }

    /// Returns the tallies with their keys and the keys of their rows.
    pub fn iter(&self) -> impl Iterator<Item = (&TallyKey, Uuid, &Tally)> {
        self.0.iter().map(|(key, (row, tally))| (key, *row, tally))
    }
}

impl TallyKey {
    fn of(enrollment: &Enrollment, at: DateTime<Utc>) -> Self {
        Self {
            organization: enrollment.organization,
            sequence: enrollment.sequence,
            revision: enrollment.revision,
            day: at.date_naive(),
        }
    }
}

impl Tally {
    fn count(
        &mut self,
        enrollment: &Enrollment,
        kind: HistoryKind,
        detail: &HistoryDetail,
        at: DateTime<Utc>,
    ) {
        let node = detail.node.map_or(WHOLE, |node| node.0);
        let word = detail.outcome.clone().filter(|_| kind.has_word()).unwrap_or_default();
        self.add_count(Counted { node, kind: kind as i16, word }, 1);

        // An exit ends a wait without an event of the wait, even if it is paused.
        let waits = enrollment.position.planned_wait().map(|(_, reason)| reason);
        let ends_wait = kind == HistoryKind::EnrollmentExited && waits.is_some_and(WaitReason::stands);
        // Whoever begins in another revision, or hasn't started yet, reaches a step later.
        let at_step = detail.node.is_some();
        let stays =
            i64::from(kind.reaches_step() && at_step) - i64::from(kind.leaves_step() && at_step || ends_wait);
        self.add_count(Counted { node, kind: STAYS, word: String::new() }, stays);

        if kind.passes_step() && at_step {
            self.spend(node, at - enrollment.step_reach_time);
        }
        if kind == HistoryKind::EnrollmentCompleted {
            self.spend(WHOLE, at - enrollment.create_time);
        }
    }

    fn add_count(&mut self, counted: Counted, number: i64) {
        if number == 0 {
            return;
        }
        let count = self.counts.entry(counted.clone()).or_default();
        *count += number;
        // Numbers that cancel each other out leave nothing to store.
        if *count == 0 {
            self.counts.remove(&counted);
        }
    }

    fn spend(&mut self, node: i32, time: TimeDelta) {
        self.spent.entry(node).or_default().add(time);
    }

    /// Adds another tally.
    pub fn merge(&mut self, other: &Tally) {
        for (counted, number) in &other.counts {
            self.add_count(counted.clone(), *number);
        }
        for (node, spent) in &other.spent {
            self.spent.entry(*node).or_default().merge(spent);
        }
    }

    /// Returns the numbers that aren't zero.
    pub fn counts(&self) -> impl Iterator<Item = (&Counted, i64)> {
        self.counts.iter().map(|(counted, number)| (counted, *number))
    }

    /// Returns the times that enrollments needed: at each node, and at [`WHOLE`] from the start to
    /// the completion.
    pub fn spent(&self) -> impl Iterator<Item = (i32, &Spent)> {
        self.spent.iter().map(|(node, spent)| (*node, spent))
    }

    /// True if it has nothing to say.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty() && self.spent.is_empty()
    }
}

impl From<Kept> for Tally {
    fn from(kept: Kept) -> Self {
        let mut tally = Self::default();
        for (node, kind, word, number) in kept.counts {
            tally.add_count(Counted { node, kind, word }, number);
        }
        // Buckets are stored flat, because JSON has no numbers as keys.
        for (node, bucket, number, seconds) in kept.spent {
            tally.spent.entry(node).or_default().put(bucket, number, seconds);
        }
        tally
    }
}

impl From<Tally> for Kept {
    fn from(tally: Tally) -> Self {
        let counts = tally.counts.into_iter();
        let spent = tally.spent.iter().flat_map(|(node, spent)| {
            spent.buckets().map(move |(bucket, number, seconds)| (*node, bucket, number, seconds))
        });
        Self {
            spent: spent.collect(),
            counts: counts
                .map(|(counted, number)| (counted.node, counted.kind, counted.word, number))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counted(node: i32, kind: i16) -> Counted {
        Counted { node, kind, word: String::new() }
    }

    proptest! {
        /// Tallies can be merged in any order and grouping, and are stored as they are.
        #[test]
        fn merging_tallies_loses_nothing_and_no_order_matters(
            events in prop::collection::vec((-1..4_i32, 0..20_i16, -2..3_i64, 0..1_000_000_i64), 0..40), cut in 0..40_usize,
        ) {
            let tally = |events: &[(i32, i16, i64, i64)]| {
                let mut tally = Tally::default();
                for (node, kind, number, seconds) in events {
                    tally.add_count(counted(*node, *kind), *number);
                    tally.spend(*node, TimeDelta::seconds(*seconds));
                }
                tally
            };
            let whole = tally(&events);
            let (left, right) = events.split_at(cut.min(events.len()));
            let (left, right) = (tally(left), tally(right));
            let (mut forwards, mut backwards) = (left.clone(), right.clone());
            forwards.merge(&right);
            backwards.merge(&left);
            prop_assert_eq!(&forwards, &whole);
            prop_assert_eq!(&backwards, &whole);

            let stored = serde_json::to_value(&whole).expect("can be stored");
            prop_assert_eq!(serde_json::from_value::<Tally>(stored).expect("can be read"), whole);
        }
    }
}
