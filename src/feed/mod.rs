//! Live queues: one reader for all of them, and a session for each subscriber.
//!
//! The reader publishes the latest state of each queue into the queue's slot. A session compares it
//! with what it last sent to its client. So a slow client costs one slot, never a queue of
//! messages, and nobody waits for it.

pub mod diff;
mod followed_views;
mod held_place;
mod narrowed_reads;
pub mod narrowing;
mod places;
mod reader;
pub mod resume_token;
mod session;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::domain::id::{KeyId, OrganizationId, QueueId, SellerId};
use crate::measures;
use crate::store::activities;
use crate::store::activities::ActivityKey;
use crate::store::activities::departures::Departed;
use crate::store::together::{Source, Together};
use crate::store::{self, Part, Store};
use crate::wake::Wake;

use followed_views::FollowedViews;
pub use followed_views::{FollowedView, ViewKey};
pub use held_place::HeldPlace;
use narrowed_reads::NarrowedReads;
use places::{Place, Places};
pub use session::{Event, Session};

/// The live queues of this server. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Feed {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Store,
    clock: Clock,
    wake: Wake,
    settings: FeedSettings,
    places: Mutex<Places>,
    departed: Together<Departures>,
    views: FollowedViews,
    narrowed: NarrowedReads,
}

/// Where activities went that left a window. Shared, because hundreds of sessions may watch the
/// same queue.
struct Departures {
    store: Store,
    clock: Clock,
}

/// What took an activity out of a queue longer ago is no longer told. No stream lives that long.
const TOLD_FOR: TimeDelta = TimeDelta::days(1);

impl Source for Departures {
    type Key = ActivityKey;
    type Found = Departed;

    fn organization(key: &ActivityKey) -> OrganizationId {
        key.0
    }

    async fn read(&self, keys: &[ActivityKey]) -> Result<HashMap<ActivityKey, Departed>, store::Error> {
        let since = self.clock.now() - TOLD_FOR;
        let read =
            async { activities::departures::find(&mut *self.store.connection().await?, keys, since).await };
        self.store.while_answered(Part::Transaction, read).await?
    }
}

/// Limits and intervals.
#[derive(Clone, Debug)]
pub struct FeedSettings {
    /// How many streams a subscriber may have open. One more ends an earlier one.
    pub streams_per_seller: usize,
    /// How often the revisions of all watched queues are polled, in case a wake-up was lost.
    pub poll: Duration,
}

/// Streams are counted per subscriber.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subscriber {
    /// A seller, with any key.
    Seller(OrganizationId, SellerId),
    /// A key that isn't bound to a seller, for example a dialer's, separately for each queue: it
    /// may watch any number of queues.
    Key(OrganizationId, KeyId, QueueId),
    /// A key that follows the organization's events.
    Events(OrganizationId, KeyId),
    /// A call that waits for work in a queue. Any number of them may.
    Waiting(OrganizationId, QueueId),
}

impl Inner {
    /// Takes a place for a stream of `client`. If the subscriber has `most` already, an earlier
    /// stream loses its own.
    fn take_place(&self, subscriber: Subscriber, client: u64, most: usize) -> Place {
        metrics::gauge!(measures::STREAMS).increment(1);
        self.places().take(subscriber, client, most)
    }

    fn give_place_back(&self, subscriber: Subscriber, place: &Place) {
        metrics::gauge!(measures::STREAMS).decrement(1);
        self.places().give_back(subscriber, place);
    }

    fn places(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Feed {
    /// Live queues of this database. Nothing is read before [`Feed::run`].
    pub fn new(store: Store, clock: Clock, wake: Wake, settings: FeedSettings) -> Self {
        let departed = Together::new(Departures { store: store.clone(), clock: clock.clone() });
        let (places, views, narrowed) =
            (Mutex::default(), FollowedViews::default(), NarrowedReads::default());
        Self { inner: Arc::new(Inner { store, clock, wake, settings, places, departed, views, narrowed }) }
    }

    /// How many streams a subscriber may have open.
    pub fn most_streams(&self) -> usize {
        self.inner.settings.streams_per_seller
    }

    /// How often to look again, in case a wake-up was lost.
    pub fn poll(&self) -> Duration {
        self.inner.settings.poll
    }

    /// Reads for all sessions of this server until `stop`. Runs once per server.
    pub async fn run(&self, stop: CancellationToken) {
        stop.run_until_cancelled(reader::Reader::new(self.inner.clone()).run()).await;
    }
}
