//! The statistics of a sequence: sums of its tallies over a window of days, and over as many days
//! before it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, TimeDelta};

use super::history::HistoryKind;
use super::spent::Spent;
use super::step::VariantResult;
use super::tally::{Counted, STAYS, Tally, WHOLE};

/// A window of days, and the equally long one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day, inclusive.
    pub last: NaiveDate,
    /// The first day of the window before it.
    pub previous_first: NaiveDate,
}

/// A value in a window and in the one before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared<T> {
    /// In the window.
    pub current: T,
    /// In the window before it.
    pub previous: T,
}

/// The statistics of a sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SequenceStats {
    /// All of it.
    pub whole: Part,
    /// Each step: those that are shown in their order, then those that only other revisions have.
    pub steps: Vec<(String, Step)>,
    /// Each revision with numbers, the oldest first.
    pub revisions: BTreeMap<i32, Part>,
}

/// The statistics of a sequence or of one of its revisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The enrollments that are open now.
    pub open: i64,
    /// What happened in the windows.
    pub totals: Compared<Totals>,
}

/// What happened to enrollments as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Those that started.
    pub started: i64,
    /// Those that were completed, without those that go on because that was taken back.
    pub completed: i64,
    /// Those that exited.
    pub exited: i64,
    /// The exits by reason.
    pub exits: BTreeMap<String, i64>,
    /// The records that were closed, by outcome, without those that were reopened.
    pub closings: BTreeMap<String, i64>,
    /// The times from start to completion.
    pub spent: Spent,
}

/// The statistics of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// The enrollments that are there now.
    pub open: i64,
    /// What happened in the windows.
    pub totals: Compared<StepTotals>,
    /// How the variants of a split with a goal do, whatever the windows.
    pub variants: Vec<VariantResult>,
}

/// What happened at a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepTotals {
    /// How often it was reached.
    pub entered: i64,
    /// How often it was completed, or its wait ended.
    pub completed: i64,
    /// The completions by outcome, as far as they have one.
    pub outcomes: BTreeMap<String, i64>,
    /// How often it was skipped.
    pub skipped: i64,
    /// The skips by reason. Without a reason it is empty.
    pub skips: BTreeMap<String, i64>,
    /// How often an enrollment exited there.
    pub exited: i64,
    /// The exits by reason.
    pub exits: BTreeMap<String, i64>,
    /// How often its activity was reopened.
    pub reopened: i64,
    /// The times from reaching it to completing or skipping it.
    pub spent: Spent,
}

impl Window {
    /// Returns the window of this many days that ends with `last`.
    pub fn ending(last: NaiveDate, days: u32) -> Self {
        let before = |day: NaiveDate, days: u32| day.checked_sub_days(Days::new(days.into())).unwrap_or(day);
        let first = before(last, days.saturating_sub(1));
        Self { first, last, previous_first: before(first, days) }
    }
}

impl<T> Compared<T> {
    /// Returns the value of the window that a day is in. `None` for other days.
    fn of(&mut self, day: NaiveDate, window: &Window) -> Option<&mut T> {
        if day >= window.first && day <= window.last {
            Some(&mut self.current)
        } else if day >= window.previous_first && day < window.first {
            Some(&mut self.previous)
        } else {
            None
        }
    }
}

impl SequenceStats {
    /// Returns the statistics without any numbers. `shown` are the ids of the steps to show, in
    /// order.
    pub fn new(shown: impl IntoIterator<Item = String>) -> Self {
        let steps = shown.into_iter().map(|step_id| (step_id, Step::default())).collect();
        Self { steps, ..Self::default() }
    }

    /// Adds the tally of a day. `step_ids` are the ids of the revision's steps, by node.
    pub fn add(
        &mut self,
        (revision, day): (i32, NaiveDate),
        tally: &Tally,
        step_ids: &[String],
        window: &Window,
    ) {
        // A negative node is the enrollment as a whole.
        let step_id = |node: i32| step_ids.get(usize::try_from(node).ok()?);

        for (counted, number) in tally.counts() {
            let of_revision = self.revisions.entry(revision).or_default();
            for part in [&mut self.whole, of_revision] {
                part.add(day, counted, number, window);
            }
            if let Some(step_id) = step_id(counted.node) {
                self.step(step_id).add(day, counted, number, window);
            }
        }

        for (node, spent) in tally.spent() {
            match step_id(node) {
                Some(step_id) => {
                    let totals = self.step(step_id).totals.of(day, window);
                    totals.into_iter().for_each(|totals| totals.spent.merge(spent));
                }
                None if node == WHOLE => {
                    let of_revision = self.revisions.entry(revision).or_default();
                    let totals = [&mut self.whole, of_revision].map(|part| part.totals.of(day, window));
                    totals.into_iter().flatten().for_each(|totals| totals.spent.merge(spent));
                }
                None => {}
            }
        }
    }

    /// Sets how the variants of a split do.
    pub fn compare(&mut self, step_id: &str, variants: Vec<VariantResult>) {
        self.step(step_id).variants = variants;
    }

    /// Removes the revisions without numbers.
    #[must_use]
    pub fn finished(mut self) -> Self {
        self.revisions.retain(|_, part| *part != Part::default());
        self
    }

    fn step(&mut self, step_id: &str) -> &mut Step {
        let place = self.steps.iter().position(|(known, _)| known == step_id);
        // A step that is not shown, because only other revisions have it, comes last.
        let place = place.unwrap_or_else(|| {
            self.steps.push((step_id.to_owned(), Step::default()));
            self.steps.len() - 1
        });
        &mut self.steps[place].1
    }
}

impl Part {
    fn add(&mut self, day: NaiveDate, counted: &Counted, number: i64, window: &Window) {
        // Who is open now may have come long before the window.
        if counted.kind == STAYS {
            self.open += number;
        }
        let (Some(kind), Some(totals)) = (HistoryKind::from_repr(counted.kind), self.totals.of(day, window))
        else {
            return;
        };

        match kind {
            HistoryKind::EnrollmentStarted => totals.started += number,
            HistoryKind::EnrollmentCompleted => totals.completed += number,
            HistoryKind::EnrollmentReopened => totals.completed -= number,
            HistoryKind::EnrollmentExited => {
                totals.exited += number;
                *totals.exits.entry(counted.word.clone()).or_default() += number;
            }
            HistoryKind::RecordClosed => *totals.closings.entry(counted.word.clone()).or_default() += number,
            HistoryKind::RecordReopened => {
                *totals.closings.entry(counted.word.clone()).or_default() -= number
            }
            _ => {}
        }
    }
}

impl Step {
    fn add(&mut self, day: NaiveDate, counted: &Counted, number: i64, window: &Window) {
        if counted.kind == STAYS {
            self.open += number;
        }
        let (Some(kind), Some(totals)) = (HistoryKind::from_repr(counted.kind), self.totals.of(day, window))
        else {
            return;
        };

        let by_word =
            |words: &mut BTreeMap<String, i64>| *words.entry(counted.word.clone()).or_default() += number;
        match kind {
            HistoryKind::WaitStarted | HistoryKind::ActivityDue => totals.entered += number,
            HistoryKind::WaitEnded => totals.completed += number,
            HistoryKind::ActivityCompleted => {
                totals.completed += number;
                by_word(&mut totals.outcomes);
            }
            HistoryKind::WaitSkipped => totals.skipped += number,
            HistoryKind::ActivitySkipped => {
                totals.skipped += number;
                by_word(&mut totals.skips);
            }
            HistoryKind::EnrollmentExited => {
                totals.exited += number;
                by_word(&mut totals.exits);
            }
            HistoryKind::ActivityReopened => totals.reopened += number,
            HistoryKind::BranchDecided | HistoryKind::SplitDecided => {
                totals.entered += number;
                totals.completed += number;
                by_word(&mut totals.outcomes);
            }
            HistoryKind::AttributeUpdated | HistoryKind::OwnerAssigned | HistoryKind::EventEmitted => {
                totals.entered += number;
                totals.completed += number;
            }
            _ => {}
        }
    }
}

impl Totals {
    /// Returns the share of completions among the enrollments that ended. `None` if none ended.
    pub fn success_rate(&self) -> Option<f64> {
        share(self.completed, self.completed + self.exited)
    }

    /// Returns the share of records that were won or qualified among those that were closed. `None`
    /// if none was closed.
    pub fn conversion_rate(&self) -> Option<f64> {
        let number = |word: &str| self.closings.get(word).copied().unwrap_or_default();
        share(number("WON") + number("QUALIFIED"), self.closings.values().sum())
    }

    /// Returns the median time from start to completion. `None` without completions.
    pub fn median(&self) -> Option<TimeDelta> {
        self.spent.median()
    }
}

/// Returns a share between 0 and 1. `None` of nothing.
fn share(part: i64, whole: i64) -> Option<f64> {
    // What is taken back in a later window can leave less than nothing in it.
    let (part, whole) = (u32::try_from(part).ok()?, u32::try_from(whole).ok()?);
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn tally(counts: &[(i32, i16, &str, i64)]) -> Tally {
        let counts: Vec<_> = counts.iter().collect();
        let kept = serde_json::json!({"counts": counts, "spent": [[0, 10, 2, 8], [-1, 20, 1, 30]]});
        serde_json::from_value(kept).expect("a tally")
    }

    #[test]
    fn windows_are_of_equal_length_and_end_with_the_day() {
        let window = Window::ending(day("2026-03-30"), 30);
        assert_eq!((window.first, window.previous_first), (day("2026-03-01"), day("2026-01-30")));
    }

    #[test]
    fn each_number_stands_in_its_window_and_step_and_what_is_open_in_none() {
        let window = Window::ending(day("2026-03-30"), 30);
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        let (first, second) = (ids(&["mail", "gone"]), ids(&["call", "mail"]));
        let mut stats = SequenceStats::new(second.clone());
        let counts = |node| {
            tally(&[
                (WHOLE, 1, "", 5),
                (node, 5, "", 5),
                (node, STAYS, "", 3),
                (node, 6, "made", 2),
                (node, 7, "no time", 1),
                (node, 13, "MANUAL", 1),
                (WHOLE, 12, "", 4),
                (WHOLE, 16, "", 1),
                (WHOLE, 103, "WON", 3),
                (WHOLE, 105, "WON", 1),
                (WHOLE, 103, "LOST", 2),
            ])
        };
        stats.add((2, window.last), &counts(1), &second, &window);
        stats.add((1, day("2026-02-28")), &counts(0), &first, &window);
        stats.add((1, day("2025-01-01")), &counts(1), &first, &window);
        let stats = stats.finished();

        let names: Vec<&str> = stats.steps.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(names, ["call", "mail", "gone"]);
        let (_, mail) = &stats.steps[1];
        assert_eq!(mail.open, 6, "on both revisions, whenever they came");
        for totals in [&mail.totals.current, &mail.totals.previous] {
            assert_eq!((totals.entered, totals.completed, totals.skipped, totals.exited), (5, 2, 1, 1));
            assert_eq!((totals.outcomes["made"], totals.skips["no time"], totals.exits["MANUAL"]), (2, 1, 1));
        }
        assert_eq!((stats.steps[2].1.open, &stats.steps[2].1.totals), (3, &Compared::default()));

        let totals = &stats.whole.totals.current;
        assert_eq!((stats.whole.open, totals.started, totals.completed, totals.exited), (9, 5, 3, 1));
        assert_eq!((totals.success_rate(), totals.conversion_rate()), (Some(0.75), Some(0.5)));
        assert_eq!(totals.median(), Some(TimeDelta::seconds(30)));
        assert_eq!(stats.revisions[&1].totals.current, Totals::default());
        assert_eq!((stats.revisions[&1].open, stats.revisions[&2].totals.current.started), (6, 5));
        assert_eq!((Totals::default().success_rate(), Totals::default().conversion_rate()), (None, None));
    }
}
