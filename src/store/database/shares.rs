//! Shares one pool's connections fairly between organizations.
//!
//! An organization may hold as many connections as are free. Alone it gets half of them, the next
//! one half of the rest, and so on, so a newcomer finds a connection however much the others ask
//! for. These are the dynamic thresholds of Choudhury and Hahne ("Dynamic queue length thresholds
//! for shared-memory packet switches", 1998).

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::domain::id::OrganizationId;

/// The connections of one pool, and who holds them. Cheap to clone.
#[derive(Clone)]
pub(in crate::store) struct Shares {
    inner: Arc<Mutex<Holdings>>,
}

struct Holdings {
    free: usize,
    organizations: BTreeMap<OrganizationId, Holding>,
    /// How many callers have asked so far.
    asked: u64,
}

#[derive(Default)]
struct Holding {
    held: usize,
    /// Callers that wait, in the order of their coming, each with its number among all.
    waiting: VecDeque<(u64, oneshot::Sender<Share>)>,
}

/// An organization's right to one connection. Dropping it passes it on.
pub struct Share {
    shares: Shares,
    organization: OrganizationId,
}

impl Shares {
    /// Shares this many connections.
    pub(in crate::store) fn of(connections: usize) -> Self {
        Self {
            inner: Arc::new(Mutex::new(Holdings {
                free: connections,
                organizations: BTreeMap::new(),
                asked: 0,
            })),
        }
    }

    /// Waits until the organization may have another connection.
    pub(in crate::store) async fn take(&self, organization: OrganizationId) -> Share {
        let (caller, granted) = oneshot::channel();
        self.holdings().ask(organization, caller);
        self.grant();
        granted.await.expect("only callers that gave up are forgotten")
    }

    /// Gives free connections to callers that wait.
    fn grant(&self) {
        loop {
            let next = self.holdings().next();
            let Some((organization, caller)) = next else { return };

            // If the caller has just given up, the share is dropped, which takes the lock.
            drop(caller.send(Share { shares: self.clone(), organization }));
        }
    }

    fn holdings(&self) -> MutexGuard<'_, Holdings> {
        // No code that holds the lock can panic halfway.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Holdings {
    fn ask(&mut self, organization: OrganizationId, caller: oneshot::Sender<Share>) {
        self.asked += 1;
        self.organizations.entry(organization).or_default().waiting.push_back((self.asked, caller));
    }

    /// Takes a connection for the next caller: one of the organization that holds the fewest, and
    /// of several of them the one that waits longest. `None` if nobody may have one.
    fn next(&mut self) -> Option<(OrganizationId, oneshot::Sender<Share>)> {
        let free = self.free;
        self.organizations.retain(|_, holding| {
            while holding.waiting.front().is_some_and(|(_, caller)| caller.is_closed()) {
                holding.waiting.pop_front();
            }
            holding.held > 0 || !holding.waiting.is_empty()
        });

        let waiting = self.organizations.iter_mut().filter(|(_, holding)| !holding.waiting.is_empty());
        let first = |holding: &Holding| holding.waiting.front().map(|(number, _)| *number);
        let (organization, holding) = waiting.min_by_key(|(_, holding)| (holding.held, first(holding)))?;
        if holding.held >= free {
            return None;
        }

        let (_, caller) = holding.waiting.pop_front()?;
        holding.held += 1;
        self.free -= 1;
        Some((*organization, caller))
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        {
            let mut holdings = self.shares.holdings();
            holdings.free += 1;
            if let Some(holding) = holdings.organizations.get_mut(&self.organization) {
                holding.held -= 1;
            }
        }
        self.shares.grant();
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Share").field("organization", &self.organization).finish_non_exhaustive()
    }
}

impl fmt::Debug for Shares {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Shares").field("free", &self.holdings().free).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use uuid::Uuid;

    use super::*;

    fn organization(number: u128) -> OrganizationId {
        OrganizationId(Uuid::from_u128(number))
    }

    fn all_that_it_may(shares: &Shares, number: u128) -> Vec<Share> {
        std::iter::from_fn(|| shares.take(organization(number)).now_or_never()).collect()
    }

    #[test]
    fn each_further_organization_gets_half_of_what_is_free() {
        let shares = Shares::of(16);
        let held: Vec<_> = (1..=5).map(|number| all_that_it_may(&shares, number)).collect();
        assert_eq!(held.iter().map(Vec::len).collect::<Vec<_>>(), [8, 4, 2, 1, 1]);
    }

    #[test]
    fn a_single_connection_goes_to_whoever_asks() {
        let shares = Shares::of(1);
        let first = all_that_it_may(&shares, 1);
        assert_eq!(first.len(), 1);
        assert!(shares.take(organization(2)).now_or_never().is_none());
        drop(first);
        assert!(shares.take(organization(2)).now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_freed_connection_goes_to_the_organization_that_holds_the_fewest() {
        let shares = Shares::of(4);
        let mut greedy = all_that_it_may(&shares, 1);
        let modest = all_that_it_may(&shares, 2);
        assert_eq!((greedy.len(), modest.len()), (2, 1));

        let one = shares.clone();
        let mut more = tokio::spawn(async move { one.take(organization(1)).await });
        tokio::task::yield_now().await;
        let third = shares.take(organization(3)).await;
        assert!((&mut more).now_or_never().is_none());

        // Two are held by three others now, so the greedy one has to wait.
        drop(greedy.pop());
        let newcomer = shares.take(organization(4)).await;
        assert!((&mut more).now_or_never().is_none());

        drop((greedy, modest, third, newcomer));
        more.await.expect("runs").shares.take(organization(1)).await;
    }

    #[tokio::test]
    async fn of_organizations_that_hold_as_many_the_one_that_waits_longest_is_next() {
        let shares = Shares::of(1);
        let held = shares.take(organization(1)).await;
        let mut later = Box::pin(shares.take(organization(9)));
        assert!((&mut later).now_or_never().is_none());
        let mut last = Box::pin(shares.take(organization(2)));
        assert!((&mut last).now_or_never().is_none());

        drop(held);
        assert!((&mut last).now_or_never().is_none());
        drop((&mut later).now_or_never().expect("it came first"));
        assert!((&mut last).now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_caller_that_gave_up_takes_nothing() {
        let shares = Shares::of(1);
        let held = shares.take(organization(1)).await;
        let mut gives_up = Box::pin(shares.take(organization(2)));
        assert!((&mut gives_up).now_or_never().is_none());
        drop(gives_up);
        drop(held);
        assert_eq!(all_that_it_may(&shares, 3).len(), 1);
    }
}
