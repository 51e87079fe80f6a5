//! How many calls a second one server takes of each organization, so that none of them takes it all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tonic::Status;

use super::status;
use crate::config::Rate;
use crate::domain::id::OrganizationId;

/// From so many organizations on, those that have been silent are forgotten, which changes nothing for them.
const REMEMBERED: usize = 10_000;

/// Counts the calls of each organization. Cheap to clone; the clones count together.
#[derive(Clone, Debug, Default)]
pub struct RateLimits {
    rate: Option<Rate>,
    /// For each organization, the instant until which its calls are paid: one call pays for the time between two at the
    /// even rate, and may be ahead of the clock by what a burst allows.
    paid_until: Arc<Mutex<HashMap<OrganizationId, DateTime<Utc>>>>,
}

impl RateLimits {
    /// Limits every organization to `rate`; none: nothing is counted.
    pub fn new(rate: Option<Rate>) -> Self {
        Self { rate, ..Self::default() }
    }

    /// Takes one call of `organization` at `now`.
    ///
    /// # Errors
    /// It makes too many; the status says when the next is taken.
    pub fn take(&self, organization: OrganizationId, now: DateTime<Utc>) -> Result<(), Status> {
        let Some(rate) = self.rate else { return Ok(()) };
        let each = TimeDelta::nanoseconds(1_000_000_000 / i64::from(rate.calls_per_second.max(1)));
        let ahead = each * i32::try_from(rate.burst.max(1) - 1).unwrap_or(i32::MAX);
        let mut paid_until = self.paid_until.lock().unwrap_or_else(PoisonError::into_inner);
        if paid_until.len() >= REMEMBERED {
            paid_until.retain(|_, until| *until > now);
        }
        let until = paid_until.entry(organization).or_insert(now);
        let from = (*until).max(now);
        if from - now > ahead {
            let wait = (from - now - ahead).to_std().unwrap_or(Duration::ZERO);
            return Err(status::rate_limited(rate.calls_per_second, wait));
        }
        *until = from + each;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_790_000_000_000 + millis).expect("in range")
    }

    fn organization(number: u128) -> OrganizationId {
        OrganizationId(uuid::Uuid::from_u128(number))
    }

    fn taken(limits: &RateLimits, number: u128, calls: usize, millis: i64) -> usize {
        (0..calls).filter(|_| limits.take(organization(number), at(millis)).is_ok()).count()
    }

    #[test]
    fn a_burst_is_taken_at_once_and_then_an_even_rate_and_each_organization_has_its_own() {
        let limits = RateLimits::new(Some(Rate { calls_per_second: 100, burst: 5 }));
        assert_eq!(taken(&limits, 1, 20, 0), 5);
        assert_eq!(taken(&limits, 2, 20, 0), 5);
        assert_eq!(taken(&limits, 1, 20, 9), 0);
        assert_eq!(taken(&limits, 1, 20, 30), 3);
        assert_eq!(taken(&limits, 1, 20, 10_000), 5);
    }

    #[test]
    fn without_a_rate_nothing_is_counted() {
        assert_eq!(taken(&RateLimits::new(None), 1, 100_000, 0), 100_000);
    }

    #[test]
    fn a_clock_that_goes_back_takes_no_more_than_it_would_have() {
        let limits = RateLimits::new(Some(Rate { calls_per_second: 100, burst: 5 }));
        assert_eq!(taken(&limits, 1, 20, 1000), 5);
        assert_eq!(taken(&limits, 1, 20, 0), 0);
    }

    #[test]
    fn organizations_that_are_silent_are_forgotten() {
        let limits = RateLimits::new(Some(Rate { calls_per_second: 100, burst: 1 }));
        for number in 0..REMEMBERED as u128 {
            assert_eq!(taken(&limits, number, 1, 0), 1);
        }
        assert_eq!(taken(&limits, u128::MAX, 1, 1000), 1);
        assert_eq!(limits.paid_until.lock().expect("free").len(), 1);
    }
}
