//! Whether a record that has been through a sequence may begin it again. It is no part of a plan:
//! a change takes effect at once.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::reason::Reason;
use super::violation::Violations;

/// When a record may begin a sequence again. Values that are the default are not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reenrollment {
    /// For segments: each time the record enters one.
    #[serde(skip_serializing_if = "Again::is_never")]
    pub by_segment: Again,
    /// For callers, and for steps that advance to the sequence.
    #[serde(skip_serializing_if = "Again::is_always")]
    pub by_hand: Again,
    /// How long after the end of its last enrollment, in seconds. 0 unless it counts.
    #[serde(skip_serializing_if = "is_zero")]
    pub gap_seconds: i64,
}

/// Whether a record may begin again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Again {
    /// Never.
    Never,
    /// Once the gap has passed.
    AfterGap,
    /// At once.
    Always,
}

/// The shortest gap, inclusive.
const SHORTEST_GAP: TimeDelta = TimeDelta::minutes(1);

/// The longest gap, inclusive.
const LONGEST_GAP: TimeDelta = TimeDelta::days(3_650);

impl Default for Reenrollment {
    fn default() -> Self {
        Self { by_segment: Again::Never, by_hand: Again::Always, gap_seconds: 0 }
    }
}

/// When a record may begin again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// Never.
    Never,
    /// At this time.
    At(DateTime<Utc>),
}

impl Opens {
    /// True if the record may begin again now.
    pub fn is_open(self, now: DateTime<Utc>) -> bool {
        matches!(self, Opens::At(at) if at <= now)
    }
}

impl Reenrollment {
    /// Returns when a segment may enroll a record again whose last enrollment has ended.
    pub fn by_segment_from(&self, ended_at: DateTime<Utc>) -> Opens {
        self.from(self.by_segment, ended_at)
    }

    /// Returns when a caller may enroll a record again whose last enrollment has ended.
    pub fn by_hand_from(&self, ended_at: DateTime<Utc>) -> Opens {
        self.from(self.by_hand, ended_at)
    }

    fn from(&self, again: Again, ended_at: DateTime<Utc>) -> Opens {
        match again {
            Again::Never => Opens::Never,
            Again::AfterGap => Opens::At(ended_at + TimeDelta::seconds(self.gap_seconds)),
            Again::Always => Opens::At(ended_at),
        }
    }

    /// Returns everything that is wrong. Paths are relative to the value: `gap`.
    pub fn check(&self) -> Violations {
        let mut found = Violations::new();
        let counts = [self.by_segment, self.by_hand].contains(&Again::AfterGap);
        let range = SHORTEST_GAP.num_seconds()..=LONGEST_GAP.num_seconds();
        match (counts, self.gap_seconds) {
            (true, 0) => found.push("gap", Reason::FieldRequired, "is required with AFTER_GAP"),
            (true, gap) if !range.contains(&gap) => {
                let description = format!("must be from 1 minute to 3,650 days, is {gap} seconds");
                found.push("gap", Reason::FieldInvalid, description);
            }
            (false, gap) if gap != 0 => {
                found.push("gap", Reason::FieldInvalid, "is only allowed with AFTER_GAP");
            }
            _ => {}
        }

        found
    }
}

impl Again {
    fn is_never(&self) -> bool {
        *self == Again::Never
    }

    fn is_always(&self) -> bool {
        *self == Again::Always
    }
}

// Serde asks with a reference.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
fn is_zero(value: &i64) -> bool {
    *value == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons(by_segment: Again, by_hand: Again, gap_seconds: i64) -> Vec<Reason> {
        let found = Reenrollment { by_segment, by_hand, gap_seconds }.check();
        found.into_iter().map(|one| one.reason).collect()
    }

    #[test]
    fn a_gap_is_given_exactly_when_it_counts() {
        let year = 3_650 * 86_400;
        for fine in [60, year] {
            assert_eq!(reasons(Again::AfterGap, Again::Always, fine), []);
            assert_eq!(reasons(Again::Never, Again::AfterGap, fine), []);
        }
        assert_eq!(reasons(Again::AfterGap, Again::Always, 0), [Reason::FieldRequired]);
        for wrong in [-60, 59, year + 1] {
            assert_eq!(reasons(Again::AfterGap, Again::AfterGap, wrong), [Reason::FieldInvalid]);
        }
        assert_eq!(reasons(Again::Always, Again::Never, 60), [Reason::FieldInvalid]);
    }

    #[test]
    fn a_record_begins_again_never_at_once_or_when_the_gap_has_passed_to_the_second() {
        let ended = DateTime::UNIX_EPOCH;
        let by = |by_segment| Reenrollment { by_segment, by_hand: Again::Never, gap_seconds: 60 };
        let open =
            |again, seconds| by(again).by_segment_from(ended).is_open(ended + TimeDelta::seconds(seconds));
        assert!(!open(Again::Never, 1_000_000));
        assert!(open(Again::Always, 0));
        assert!(!open(Again::AfterGap, 59));
        assert!(open(Again::AfterGap, 60));
        assert_eq!(by(Again::Always).by_hand_from(ended), Opens::Never);
    }

    #[test]
    fn the_default_is_stored_as_nothing() {
        let default = serde_json::to_value(Reenrollment::default()).expect("plain data");
        assert_eq!(default, serde_json::json!({}));
        let kept = Reenrollment { by_segment: Again::AfterGap, by_hand: Again::Never, gap_seconds: 60 };
        let stored = serde_json::to_value(kept).expect("plain data");
        let wanted = serde_json::json!({"by_segment": "AFTER_GAP", "by_hand": "NEVER", "gap_seconds": 60});
        assert_eq!(stored, wanted);
        assert_eq!(serde_json::from_value::<Reenrollment>(stored).ok(), Some(kept));
    }
}
