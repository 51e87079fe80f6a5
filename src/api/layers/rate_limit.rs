//! Limits how many calls per second one server accepts from each organization, so that none can use
//! all of it.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::clock::Clock as Timepiece;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use tonic::Status;

use crate::api::status;
use crate::clock::Clock;
use crate::config::Rate;
use crate::domain::id::OrganizationId;

/// Above this many organizations, idle ones are forgotten. That doesn't change their limits.
const REMEMBERED: usize = 10_000;

/// Counts the calls of each organization. Cheap to clone; clones share their counts.
#[derive(Clone, Debug, Default)]
pub struct RateLimits(Option<Arc<Limits>>);

#[derive(Debug)]
struct Limits {
    rate: Rate,
    /// One map behind a lock that is held for one update. A sharded map would be another
    /// dependency, and every call would have to count it shard by shard.
    calls: RateLimiter<
        OrganizationId,
        HashMapStateStore<OrganizationId>,
        LimiterClock,
        NoOpMiddleware<Duration>,
    >,
}

/// The server's clock for the limiter, so that tests control its time and a stepped wall clock
/// doesn't affect it.
#[derive(Debug)]
struct LimiterClock(Clock);

impl Timepiece for LimiterClock {
    type Instant = Duration;

    /// Time since 1970; an instant before that counts as zero.
    fn now(&self) -> Duration {
        Duration::from_micros(self.0.now().timestamp_micros().try_into().unwrap_or(0))
    }
}

impl RateLimits {
    /// Limits every organization to `rate`, by the time of `clock`. Without a rate, nothing is
    /// counted.
    pub fn new(rate: Option<Rate>, clock: Clock) -> Self {
        Self(rate.map(|rate| {
            let (each, burst) = (at_least_one(rate.calls_per_second), at_least_one(rate.burst));
            let quota = Quota::per_second(each).allow_burst(burst);
            let calls = RateLimiter::hashmap_with_clock(quota, LimiterClock(clock));
            Arc::new(Limits { rate, calls })
        }))
    }

    /// Counts one call of `organization` now.
    ///
    /// # Errors
    /// The rate is exceeded; the status says when the next call will be accepted.
    pub fn take(&self, organization: OrganizationId) -> Result<(), Status> {
        let Some(limits) = &self.0 else { return Ok(()) };
        // The map has no limit of its own.
        if limits.calls.len() >= REMEMBERED {
            limits.calls.retain_recent();
        }
        limits.calls.check_key(&organization).map_err(|refused| {
            let wait = refused.wait_time_from(limits.calls.clock().now());
            status::rate_limited(limits.rate.calls_per_second, wait)
        })
    }
}

/// A rate of zero would refuse everything, so it counts as one.
fn at_least_one(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::clock::ManualClock;

    fn at(millis: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_790_000_000_000 + millis).expect("in range")
    }

    /// A limiter with `rate`, and its clock.
    fn limits(rate: Option<Rate>) -> (RateLimits, ManualClock) {
        let clock = ManualClock::new(at(0));
        (RateLimits::new(rate, clock.clock()), clock)
    }

    fn organization(number: u128) -> OrganizationId {
        OrganizationId(uuid::Uuid::from_u128(number))
    }

    fn taken(limits: &(RateLimits, ManualClock), number: u128, calls: usize, millis: i64) -> usize {
        limits.1.set(at(millis));
        (0..calls).filter(|_| limits.0.take(organization(number)).is_ok()).count()
    }

    #[test]
    fn a_burst_is_taken_at_once_and_then_an_even_rate_and_each_organization_has_its_own() {
        let limits = limits(Some(Rate { calls_per_second: 100, burst: 5 }));
        assert_eq!(taken(&limits, 1, 20, 0), 5);
        assert_eq!(taken(&limits, 2, 20, 0), 5);
        assert_eq!(taken(&limits, 1, 20, 9), 0);
        assert_eq!(taken(&limits, 1, 20, 30), 3);
        assert_eq!(taken(&limits, 1, 20, 10_000), 5);
    }

    #[test]
    fn without_a_rate_nothing_is_counted() {
        assert_eq!(taken(&limits(None), 1, 100_000, 0), 100_000);
    }

    #[test]
    fn a_clock_that_goes_back_takes_no_more_than_it_would_have() {
        let limits = limits(Some(Rate { calls_per_second: 100, burst: 5 }));
        assert_eq!(taken(&limits, 1, 20, 1000), 5);
        assert_eq!(taken(&limits, 1, 20, 0), 0);
    }

    #[test]
    fn organizations_that_are_silent_are_forgotten() {
        let limits = limits(Some(Rate { calls_per_second: 100, burst: 1 }));
        for number in 0..REMEMBERED as u128 {
            assert_eq!(taken(&limits, number, 1, 0), 1);
        }
        assert_eq!(taken(&limits, u128::MAX, 1, 1000), 1);
        assert_eq!(limits.0.0.as_ref().map(|limits| limits.calls.len()), Some(1));
    }

    #[test]
    fn a_refusal_says_when_the_next_call_is_taken() {
        let limits = limits(Some(Rate { calls_per_second: 100, burst: 2 }));
        assert_eq!(taken(&limits, 1, 2, 0), 2);
        limits.1.set(at(4));
        let refused = limits.0.take(organization(1)).unwrap_err();
        let told = tonic_types::StatusExt::get_details_retry_info(&refused).expect("told");
        assert_eq!(told.retry_delay, Some(Duration::from_millis(6)));
        assert_eq!(taken(&limits, 1, 1, 10), 1);
    }
}
