//! The place of a stream that follows no queue.

use std::sync::Arc;

use super::places::Place;
use super::{Feed, Inner, Subscriber};

/// A stream's place among those of its subscriber, until it is dropped.
pub struct HeldPlace {
    inner: Arc<Inner>,
    subscriber: Subscriber,
    place: Place,
}

impl Feed {
    /// Takes a place. If the subscriber has too many, its oldest stream loses its own.
    pub fn take_place(&self, subscriber: Subscriber) -> HeldPlace {
        // Clients of a log have no memory here: a random one is nobody's.
        let place = self.inner.take_place(subscriber, rand::random(), self.most_streams());
        HeldPlace { inner: self.inner.clone(), subscriber, place }
    }
}

impl HeldPlace {
    /// True if a newer stream took the place.
    pub fn is_lost(&self) -> bool {
        self.place.get().1
    }

    /// Waits until a newer stream takes the place.
    pub async fn lost(&self) {
        self.place.other_than(0).await;
    }
}

impl Drop for HeldPlace {
    fn drop(&mut self) {
        self.inner.give_place_back(self.subscriber, &self.place);
    }
}
