//! Work from a pool: the seller takes one activity at a time under a lease, so that nobody else
//! does the same.

use chrono::{DateTime, TimeDelta, Utc};

use super::desk::{Desk, Mode};
use crate::api::pb;

/// How long a lease lasts, in seconds.
pub(super) const LEASE: i64 = 300;
/// How long the server waits for work at a time, in seconds.
pub(super) const WAIT: i64 = 20;
/// When a lease is extended: early enough for several attempts.
const RENEWAL: TimeDelta = TimeDelta::seconds(LEASE / 3);
/// The wait after a call that failed.
const PAUSE: TimeDelta = TimeDelta::seconds(5);

/// What the seller has of a pool.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Hand {
    /// Nothing: the next activity is wanted.
    #[default]
    Empty,
    /// Nothing: the next activity was asked for.
    Asked,
    /// Nothing, because a call failed. The next activity is asked for at this time.
    Failed(DateTime<Utc>),
    /// Nothing, because the seller gave it back and wants no other for now.
    Resting,
    /// An activity.
    Full(Box<Taken>),
}

/// An activity under a lease.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Taken {
    /// The activity when it was taken.
    pub(super) activity: pb::Activity,
    pub(super) lease_id: String,
    /// When the lease is to be extended. `None` while the server is asked.
    renew_at: Option<DateTime<Utc>>,
    /// Whether the list has shown it under this lease: from then on it tells when that ends.
    seen: bool,
}

/// What is to be asked of the server.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ask {
    Take { queue: String },
    Extend { activity: String, lease_id: String },
}

impl Desk {
    /// An empty desk that works the queue as a pool.
    pub(super) fn from_pool(queue: &str) -> Self {
        let mut desk = Self::new(queue);
        desk.pool = Some(Hand::Empty);
        desk
    }

    /// What the seller has of the pool. `None` if the queue isn't worked as one, or nothing is
    /// taken.
    pub(super) fn taken(&self) -> Option<&Taken> {
        match &self.pool {
            Some(Hand::Full(taken)) => Some(taken),
            _ => None,
        }
    }

    /// What to ask of the server now. Once for each time that it is wanted.
    pub(super) fn take_ask(&mut self) -> Option<Ask> {
        let now = self.now;
        match self.pool.as_mut()? {
            Hand::Empty => {}
            Hand::Failed(until) if now >= *until => {}
            Hand::Full(taken) => {
                taken.renew_at.take_if(|at| now >= *at)?;
                let (activity, lease_id) = (taken.activity.name.clone(), taken.lease_id.clone());
                return Some(Ask::Extend { activity, lease_id });
            }
            Hand::Asked | Hand::Failed(_) | Hand::Resting => return None,
        }
        self.pool = Some(Hand::Asked);
        Some(Ask::Take { queue: self.board.queue().to_owned() })
    }

    /// The server answered what there is to take.
    pub(super) fn took(&mut self, taken: anyhow::Result<Option<pb::AcquiredActivity>>) {
        let hand = match taken {
            Ok(taken) => {
                let parts = taken.and_then(|taken| Some((taken.activity?, taken.lease?)));
                parts.map_or(Hand::Empty, |(activity, lease)| {
                    let (lease_id, renew_at) = (lease.lease_id, Some(self.now + RENEWAL));
                    Hand::Full(Box::new(Taken { activity, lease_id, renew_at, seen: false }))
                })
            }
            Err(error) => {
                self.say(format!("{error:#}"));
                Hand::Failed(self.now + PAUSE)
            }
        };
        self.pool = Some(hand);
        self.watch_hand();
    }

    /// The server answered whether the lease lasts on.
    pub(super) fn extended(&mut self, activity: &str, extended: anyhow::Result<()>) {
        let now = self.now;
        let Some(Hand::Full(taken)) = &mut self.pool else { return };
        if taken.activity.name != activity {
            return;
        }
        match extended {
            Ok(()) => taken.renew_at = Some(now + RENEWAL),
            Err(error) => {
                // Whether it still holds is told by the list, and by the next attempt.
                taken.renew_at = Some(now + PAUSE);
                self.say(format!("{error:#}"));
            }
        }
    }

    /// Lets go of what was taken if the list says that the lease is over.
    pub(super) fn watch_hand(&mut self) {
        let Some(Hand::Full(taken)) = &mut self.pool else { return };
        let listed = self.board.activities().iter().find(|listed| listed.name == taken.activity.name);
        let leased = listed.is_some_and(|listed| listed.lease.is_some());
        taken.seen |= leased;
        if taken.seen && !leased {
            self.let_go("this activity is no longer yours");
        }
    }

    /// Has nothing of the pool any more, and wants the next activity.
    pub(super) fn let_go(&mut self, why: &str) {
        let busy = !matches!(self.mode, Mode::List | Mode::Filter | Mode::Page { .. });
        if busy {
            self.mode = Mode::List;
            self.say(why.to_owned());
        }
        self.pool = Some(Hand::Empty);
    }

    /// Gives back what was taken, and takes nothing until it is asked to.
    pub(super) fn give_back(&mut self) -> Option<Taken> {
        if !matches!(self.pool, Some(Hand::Full(_))) {
            return None;
        }
        let Some(Hand::Full(taken)) = self.pool.replace(Hand::Resting) else { return None };
        Some(*taken)
    }
}

#[cfg(test)]
mod tests {
    use super::super::keys::tests::{activity, come, desk, leave, press};
    use super::*;
    use crate::api::pb::activity::Kind;
    use crate::cli::watch::terminal::desk::Act;

    /// A desk that works its queue as a pool, and what it asked for.
    fn pool() -> (Desk, Option<Ask>) {
        let mut desk = desk();
        desk.pool = Some(Hand::Empty);
        let asked = desk.take_ask();
        (desk, asked)
    }

    fn leased(number: i64) -> pb::Activity {
        pb::Activity { lease: Some(pb::Lease::default()), ..activity(number, Kind::Email, "Bo Larsen") }
    }

    fn acquired(number: i64) -> pb::AcquiredActivity {
        let lease = pb::Lease { lease_id: format!("lease-{number}"), ..Default::default() };
        pb::AcquiredActivity { activity: Some(leased(number)), lease: Some(lease) }
    }

    #[test]
    fn one_activity_is_taken_at_a_time_and_the_next_when_that_is_done() {
        let (mut desk, asked) = pool();
        assert_eq!(asked, Some(Ask::Take { queue: "sellers/ana".to_owned() }));
        assert_eq!((desk.take_ask(), desk.current()), (None, None));
        // Nothing was there: it is asked again.
        desk.took(Ok(None));
        assert!(desk.take_ask().is_some());

        desk.took(Ok(Some(acquired(2))));
        assert_eq!(desk.current().map(|activity| activity.name.as_str()), Some("activities/2"));
        assert_eq!(desk.take_ask(), None);
        assert!(press(&mut desk, "j").is_empty());
        assert_eq!(desk.current().map(|activity| activity.name.as_str()), Some("activities/2"));
        let done = press(&mut desk, "s");
        assert!(matches!(&done[..], [Act::Skip { activity }] if activity.name == "activities/2"), "{done:?}");
        assert_eq!((desk.take_ask(), desk.current()), (None, None));

        come(&mut desk, vec![leased(2)]);
        leave(&mut desk, "activities/2");
        assert!(matches!(desk.take_ask(), Some(Ask::Take { .. })));
    }

    #[test]
    fn a_lease_is_extended_long_before_it_ends_and_lost_when_the_list_says_so() {
        let (mut desk, _) = pool();
        desk.took(Ok(Some(acquired(2))));
        desk.now += TimeDelta::seconds(LEASE / 3);
        let extend = Ask::Extend { activity: "activities/2".to_owned(), lease_id: "lease-2".to_owned() };
        assert_eq!((desk.take_ask(), desk.take_ask()), (Some(extend.clone()), None));
        desk.extended("activities/2", Err(anyhow::anyhow!("cut off")));
        desk.now += PAUSE;
        assert_eq!(desk.take_ask(), Some(extend));
        desk.extended("activities/2", Ok(()));
        assert_eq!(desk.take_ask(), None);

        come(&mut desk, vec![leased(2)]);
        press(&mut desk, "z");
        come(&mut desk, vec![activity(2, Kind::Email, "Bo Larsen")]);
        assert_eq!((&desk.mode, desk.said.as_str()), (&Mode::List, "this activity is no longer yours"));
        assert!(matches!(desk.take_ask(), Some(Ask::Take { .. })));
    }

    #[test]
    fn what_is_given_back_is_not_taken_again_before_it_is_wanted() {
        let (mut desk, _) = pool();
        desk.took(Ok(Some(acquired(2))));
        let given = press(&mut desk, "x");
        assert!(matches!(&given[..], [Act::GiveBack(taken)] if taken.lease_id == "lease-2"), "{given:?}");
        assert_eq!((desk.take_ask(), desk.current()), (None, None));
        press(&mut desk, "a");
        assert!(matches!(desk.take_ask(), Some(Ask::Take { .. })));

        desk.took(Err(anyhow::anyhow!("cut off")));
        assert_eq!(desk.take_ask(), None);
        desk.now += PAUSE;
        assert!(desk.take_ask().is_some());
    }
}
