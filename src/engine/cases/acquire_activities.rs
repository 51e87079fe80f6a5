//! Leases activities from the head of a queue. Calls that come together share a transaction: it
//! claims as many activities as all of them want, and hands them out in the order of the calls.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::case::Case;
use crate::domain::flow::Flow;
use crate::domain::id::{ActivityId, LeaseId, QueueId};
use crate::domain::lease::Lease;
use crate::engine::frame::batch::Outcome;
use crate::engine::frame::core::Core;
use crate::engine::frame::verb::{Item, Verb};
use crate::engine::{Engine, Error, Request};
use crate::store::enrollments::{EnrollmentKey, Locking};
use crate::store::queues::offers::{self, Wanted};

/// Takes due activities from the head of a queue, each under a lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcquireActivities {
    /// The queue.
    pub queue: QueueId,
    /// The kinds of activities to take, as bits, each shifted by its number. -1: all.
    pub kinds: i64,
    /// The most activities to take.
    pub most: usize,
    /// How long the leases last.
    pub length: TimeDelta,
}

/// An activity that was leased, as it is kept for repetitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acquired {
    /// The activity.
    pub activity: ActivityId,
    /// The lease.
    pub lease: LeaseId,
    /// Its epoch.
    pub epoch: i64,
    /// The first instant at which it no longer holds.
    pub until: DateTime<Utc>,
}

impl Acquired {
    /// Returns a lease of an activity.
    pub fn of(activity: ActivityId, lease: Lease) -> Self {
        Self { activity, lease: lease.id, epoch: lease.epoch, until: lease.until }
    }
}

impl Engine {
    /// Leases the first due activities of a queue that nobody has leased, in queue order.
    /// Activities whose enrollment another transaction holds are passed over.
    ///
    /// # Errors
    /// Only those of any call: an empty queue gives an empty answer.
    pub async fn acquire_activities(
        &self,
        request: Request,
        command: AcquireActivities,
    ) -> Result<Vec<Acquired>, Error> {
        let call = Acquiring { call: self.clock().new_id(), command };
        self.batches().acquire.submit(Item::new(self.core(), request, call)).await
    }
}

/// A call that acquires. Any number of them may be in one batch, so each is its own subject.
pub(in crate::engine) struct Acquiring {
    call: Uuid,
    command: AcquireActivities,
}

/// The activities that a batch can hand out, as the cases of their enrollments.
pub(in crate::engine) struct Offers {
    /// By queue, in queue order.
    of_queue: BTreeMap<Wanted, Vec<EnrollmentKey>>,
    cases: BTreeMap<EnrollmentKey, Case>,
}

impl Verb for Acquiring {
    type Subject = Uuid;
    type Facts = Offers;
    type Answer = Vec<Acquired>;
    type Kept = Vec<Acquired>;

    // The head of a queue isn't found by key.
    const KEYED: bool = false;

    fn subject(&self) -> Uuid {
        self.call
    }

    async fn load(
        core: &Core,
        conn: &mut PgConnection,
        items: &[&Item<Self>],
        (_, now): (Locking, DateTime<Utc>),
    ) -> Result<Offers, Error> {
        let mut wanted: BTreeMap<Wanted, usize> = BTreeMap::new();
        for item in items {
            let AcquireActivities { queue, kinds, most, .. } = item.command.command;
            *wanted.entry(((item.organization(), queue), kinds)).or_default() += most;
        }

        let mut of_queue: BTreeMap<Wanted, Vec<EnrollmentKey>> = BTreeMap::new();
        for (wanted, enrollment) in offers::claim(conn, &Vec::from_iter(wanted)).await? {
            let ((organization, _), _) = wanted;
            of_queue.entry(wanted).or_default().push((organization, enrollment));
        }

        let mut keys: Vec<EnrollmentKey> = of_queue.values().flatten().copied().collect();
        keys.sort_unstable();
        // Calls that want different kinds may be offered the same.
        keys.dedup();
        let cases = core.load_cases(conn, &keys, now).await?;
        Ok(Offers { of_queue, cases: cases.into_iter().map(|case| (case.key(), case)).collect() })
    }

    fn decide(item: &Item<Self>, offers: &Offers, flow: &mut Flow<'_>) -> Outcome<Vec<Acquired>> {
        let AcquireActivities { queue, kinds, most, length } = item.command.command;
        let offered = offers.of_queue.get(&((item.organization(), queue), kinds)).into_iter().flatten();
        let cases = offered.filter_map(|enrollment| offers.cases.get(enrollment));

        let holder = item.request.caller.key;
        let mut leased = Vec::new();
        for case in cases {
            if leased.len() == most {
                break;
            }
            if let Err(broken) = case.settle_head(flow) {
                return Outcome::Done(Err(broken.into()));
            }
            let lease = case.lease(queue, holder, length, flow);
            let open = case.open.as_ref().map(|open| open.id);
            leased.extend(open.zip(lease).map(|(id, lease)| Acquired::of(id, lease)));
        }
        Outcome::Done(Ok(leased))
    }

    fn kept(answer: &Vec<Acquired>) -> Option<&Vec<Acquired>> {
        // An answer without activities wrote nothing: the same call may find some later.
        (!answer.is_empty()).then_some(answer)
    }

    fn repeated(kept: Vec<Acquired>) -> Vec<Acquired> {
        kept
    }
}
