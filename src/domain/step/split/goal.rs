//! What the variants of a split are measured by, and which of them leads.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use strum::{FromRepr, IntoStaticStr, VariantArray};

use crate::domain::engagement::EngagementKind;
use crate::domain::enrollment::ExitReason;

/// How many enrollments each variant must have got, unless the split says it.
const ENOUGH: i32 = 100;

/// What the variants of a split are measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitGoal {
    /// What an enrollment reaches.
    pub metric: Metric,
    /// True if upnext chooses the winner at the end of the split.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decide_at_end: bool,
    /// How many enrollments each variant must have got by chance before that. `None`: the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_enrollments: Option<i32>,
}

/// What an enrollment reaches. The words are stored, and the numbers are the same in the proto.
/// Never change them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray, Serialize, Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i32)]
pub enum Metric {
    /// The person opened an email.
    EmailOpened = 1,
    /// The person followed a link in an email.
    LinkClicked = 2,
    /// The person replied.
    Replied = 3,
    /// The person booked a meeting.
    MeetingBooked = 4,
    /// The goal of the sequence was met.
    GoalMet = 5,
    /// The record was won or qualified.
    Won = 6,
}

/// How a variant does. History keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantResult {
    /// The id of the variant.
    pub variant_id: String,
    /// The enrollments that took it by chance.
    pub entered: i64,
    /// Those of them that reached the goal.
    pub reached: i64,
}

/// How many enrollments took a variant by chance, and how many of them reached the goal, by the ids
/// of the variants.
pub type VariantNumbers = BTreeMap<String, (i64, i64)>;

/// Which variant leads at the end of a split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// The one at this place.
    Of(usize),
    /// Several have the largest share.
    Tied,
    /// A variant has too few enrollments.
    TooFew,
}

impl Metric {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }

    /// Returns its bit in what an enrollment reached. Bits are stored.
    pub const fn bit(self) -> i16 {
        1 << self as i16
    }

    /// Returns the event by which it is reached. `None` if it is reached in another way.
    pub const fn engagement(self) -> Option<EngagementKind> {
        match self {
            Self::EmailOpened => Some(EngagementKind::EmailOpened),
            Self::LinkClicked => Some(EngagementKind::LinkClicked),
            Self::Replied => Some(EngagementKind::Replied),
            Self::MeetingBooked => Some(EngagementKind::MeetingBooked),
            Self::GoalMet | Self::Won => None,
        }
    }

    /// Returns the reason of the exits by which it is reached.
    pub const fn exit(self) -> Option<ExitReason> {
        match self {
            Self::GoalMet => Some(ExitReason::GoalMet),
            _ => None,
        }
    }
}

impl SplitGoal {
    /// Returns which variant is the winner by these results, if any is.
    pub fn lead(&self, results: &[VariantResult]) -> Lead {
        let enough = i64::from(self.min_enrollments.unwrap_or(ENOUGH));
        if results.iter().any(|one| one.entered < enough) {
            return Lead::TooFew;
        }
        leader(results).map_or(Lead::Tied, Lead::Of)
    }
}

/// Returns the place of the variant whose share is larger than that of every other one. `None` if
/// several have the largest share.
pub fn leader(results: &[VariantResult]) -> Option<usize> {
    let leads = |place: &usize| {
        let others = results.iter().enumerate().filter(|(other, _)| other != place);
        others.map(|(_, other)| results[*place].compare(other)).all(Ordering::is_gt)
    };
    (0..results.len()).find(leads)
}

impl VariantResult {
    /// Compares the shares that reached the goal. The share of a variant that nobody took is 0.
    fn compare(&self, other: &Self) -> Ordering {
        // Whole numbers, so that equal shares are equal.
        let share = |one: &Self, of: &Self| i128::from(one.reached) * i128::from(of.entered.max(1));
        share(self, other).cmp(&share(other, self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(numbers: &[(i64, i64)]) -> Vec<VariantResult> {
        let result = |(entered, reached): &(i64, i64)| VariantResult {
            variant_id: String::new(),
            entered: *entered,
            reached: *reached,
        };
        numbers.iter().map(result).collect()
    }

    #[test]
    fn the_largest_share_leads_and_equal_ones_are_tied() {
        for (numbers, place) in [
            (&[(10, 3), (20, 7)][..], Some(1)),
            (&[(10, 3), (20, 6)], None),
            (&[(3, 1), (9, 3), (100, 34)], Some(2)),
            (&[(10, 0), (20, 0)], None),
            (&[(0, 0), (20, 0)], None),
            (&[(0, 0), (20, 1)], Some(1)),
        ] {
            assert_eq!(leader(&results(numbers)), place, "{numbers:?}");
        }
    }

    #[test]
    fn nobody_wins_before_each_variant_has_enough_enrollments() {
        let goal =
            |min_enrollments| SplitGoal { metric: Metric::Replied, decide_at_end: true, min_enrollments };
        let lead = |min, numbers: &[(i64, i64)]| goal(min).lead(&results(numbers));
        assert_eq!(lead(None, &[(100, 5), (99, 1)]), Lead::TooFew);
        assert_eq!(lead(None, &[(100, 5), (100, 6)]), Lead::Of(1));
        assert_eq!(lead(Some(2), &[(2, 1), (2, 1)]), Lead::Tied);
        assert_eq!(lead(Some(3), &[(2, 1), (3, 1)]), Lead::TooFew);
    }
}
