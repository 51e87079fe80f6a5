//! How many items of an organization one batch takes, so that it ends in about a second whatever
//! its conditions cost. The organization's later changes and all other organizations wait no longer
//! than that.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::domain::id::OrganizationId;

/// A batch that takes longer is too large.
const LONG: Duration = Duration::from_secs(1);

/// A full batch that takes less may be followed by one of twice its size.
const SHORT: Duration = Duration::from_millis(250);

/// The size of the next batch of each organization.
#[derive(Debug)]
pub(in crate::engine) struct Pace {
    most: i64,
    /// Only of organizations whose batches are smaller than `most`.
    smaller: Mutex<HashMap<OrganizationId, i64>>,
}

impl Pace {
    /// Begins with batches of `most` items.
    pub fn of(most: i64) -> Self {
        Self { most, smaller: Mutex::default() }
    }

    /// Returns the size of the organization's next batch.
    pub fn next(&self, organization: OrganizationId) -> i64 {
        self.smaller().get(&organization).copied().unwrap_or(self.most)
    }

    /// Notes how long a batch of up to `size` items took, of which there were `items`.
    pub fn took(&self, organization: OrganizationId, size: i64, items: i64, time: Duration) {
        if time > LONG {
            self.set(organization, items.min(size) / 2);
        } else if time < SHORT && items >= size {
            self.set(organization, size.max(self.next(organization)).saturating_mul(2));
        }
    }

    /// Notes that a batch of up to `size` items failed.
    pub fn failed(&self, organization: OrganizationId, size: i64) {
        self.set(organization, size / 2);
    }

    fn set(&self, organization: OrganizationId, size: i64) {
        match size >= self.most {
            true => _ = self.smaller().remove(&organization),
            false => _ = self.smaller().insert(organization, size.max(1)),
        }
    }

    fn smaller(&self) -> MutexGuard<'_, HashMap<OrganizationId, i64>> {
        // No code that holds the lock can panic halfway.
        self.smaller.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn batches_shrink_until_they_are_quick_and_grow_again_when_they_are() {
        let (pace, slow) = (Pace::of(1_000), OrganizationId(Uuid::from_u128(1)));
        let other = OrganizationId(Uuid::from_u128(2));
        let second = Duration::from_secs(1);

        pace.took(slow, 1_000, 1_000, 3 * second);
        assert_eq!((pace.next(slow), pace.next(other)), (500, 1_000));
        pace.failed(slow, 3);
        assert_eq!(pace.next(slow), 1);
        pace.failed(slow, 1);
        assert_eq!(pace.next(slow), 1, "one item is the least");

        pace.took(slow, 1, 1, second / 2);
        assert_eq!(pace.next(slow), 1, "neither long nor short");
        pace.took(slow, 1, 0, second / 10);
        assert_eq!(pace.next(slow), 1, "not full: it says nothing of larger ones");
        for _ in 0..10 {
            pace.took(slow, pace.next(slow), pace.next(slow), second / 10);
        }
        assert_eq!(pace.next(slow), 1_000);
        pace.took(slow, 1_000, 1_000, second / 10);
        assert_eq!(pace.next(slow), 1_000);
    }
}
