//! How long enrollments needed, in buckets, so that medians of any days can be told without the
//! single times.

use std::collections::BTreeMap;

use chrono::TimeDelta;

/// The number of buckets for each doubling of the time.
const PER_DOUBLING: u64 = 8;

/// The times of some enrollments, sorted into buckets. A bucket is no wider than an eighth of its
/// times, and knows their sum: a median is off by 13 % at most, usually by much less, and exact if
/// all times are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spent(BTreeMap<i16, Bucket>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bucket {
    number: i64,
    seconds: i64,
}

impl Spent {
    /// Adds a time, in whole seconds. A negative one, by clocks that differ, counts as none.
    pub fn add(&mut self, time: TimeDelta) {
        let seconds = time.num_seconds().max(0);
        self.put(bucket(seconds), 1, seconds);
    }

    /// Adds a number of times that are `seconds` together to a bucket.
    pub fn put(&mut self, bucket: i16, number: i64, seconds: i64) {
        let bucket = self.0.entry(bucket).or_default();
        bucket.number += number;
        bucket.seconds += seconds;
    }

    /// Adds the times of another.
    pub fn merge(&mut self, other: &Spent) {
        for (bucket, number, seconds) in other.buckets() {
            self.put(bucket, number, seconds);
        }
    }

    /// Returns the buckets in order: each with its number of times and their sum in seconds.
    pub fn buckets(&self) -> impl Iterator<Item = (i16, i64, i64)> {
        self.0.iter().map(|(bucket, content)| (*bucket, content.number, content.seconds))
    }

    /// Returns the median. `None` without any times.
    pub fn median(&self) -> Option<TimeDelta> {
        let number: i64 = self.0.values().map(|bucket| bucket.number).sum();
        let mut before = 0;
        let middle = self.0.values().find(|bucket| {
            before += bucket.number;
            // Of an even number, the lower of the two in the middle.
            before > 0 && before >= (number + 1) / 2
        })?;
        Some(TimeDelta::seconds(middle.seconds / middle.number.max(1)))
    }
}

/// Returns the bucket of a time: its doubling, and its part of that.
fn bucket(seconds: i64) -> i16 {
    // Without the 1, no time at all would have no doubling.
    let time = seconds.unsigned_abs().saturating_add(1);
    let doubling = time.ilog2();
    let part = (time.saturating_mul(PER_DOUBLING) >> doubling).saturating_sub(PER_DOUBLING);
    i16::try_from(u64::from(doubling) * PER_DOUBLING + part).unwrap_or(i16::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spent(seconds: &[i64]) -> Spent {
        let mut spent = Spent::default();
        seconds.iter().for_each(|seconds| spent.add(TimeDelta::seconds(*seconds)));
        spent
    }

    #[test]
    fn the_median_of_equal_times_is_exact() {
        assert_eq!(spent(&[86_400; 7]).median(), Some(TimeDelta::days(1)));
        assert_eq!(spent(&[0]).median(), Some(TimeDelta::zero()));
        assert_eq!(spent(&[]).median(), None);
    }

    proptest! {
        #[test]
        fn a_median_is_off_by_a_bucket_at_most(mut seconds in prop::collection::vec(0..100_000_000_i64, 1..60)) {
            let told = spent(&seconds).median().expect("some").num_seconds();
            seconds.sort_unstable();
            let median = seconds[(seconds.len() - 1) / 2];
            prop_assert_eq!(bucket(told), bucket(median), "{} for {}", told, median);
        }
    }
}
