//! The priority of an activity: how far ahead of its due time it stands in its queue.

use chrono::{DateTime, TimeDelta, Utc};

/// How urgent work is, in points from 0 to 1,000. Each point puts an activity ahead of work that
/// fell due up to an hour earlier.
///
/// The place is fixed when the activity is made, so whatever waits rises by itself: nothing that
/// falls due more than 1,000 hours later can stand in front of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Priority(i32);

impl Priority {
    /// The most points.
    pub const HIGHEST: i32 = 1_000;

    /// Returns the priority with so many points, or the nearest one that there is.
    pub fn of(points: i32) -> Self {
        Self(points.clamp(0, Self::HIGHEST))
    }

    /// Returns the points.
    pub const fn points(self) -> i32 {
        self.0
    }

    /// Returns the place in the queue of an activity with this due time.
    pub fn rank(self, due_time: DateTime<Utc>) -> DateTime<Utc> {
        due_time - TimeDelta::hours(i64::from(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hotter_comes_first_until_the_other_has_waited_for_the_difference() {
        let (hot, cold) = (Priority::of(90), Priority::of(10));
        let due = DateTime::UNIX_EPOCH;
        let later = |hours: i64| hot.rank(due + TimeDelta::hours(hours));
        assert!(later(79) < cold.rank(due));
        assert_eq!(later(80), cold.rank(due));
        assert!(later(81) > cold.rank(due));
    }

    #[test]
    fn points_stay_within_their_range() {
        assert_eq!([-5, 0, 7, 1_001].map(|points| Priority::of(points).points()), [0, 0, 7, 1_000]);
    }
}
