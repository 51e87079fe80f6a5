//! The open streams of each subscriber, and which one makes room for one too many.

use std::collections::HashMap;
use std::sync::Arc;

use super::Subscriber;
use crate::wake::Latest;

/// A stream's place among those of its subscriber: whether a newer stream took it.
pub(super) type Place = Arc<Latest<bool>>;

/// All places that are held on this server.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The oldest stream first.
    held: HashMap<Subscriber, Vec<Held>>,
}

#[derive(Debug)]
struct Held {
    client: u64,
    place: Place,
}

impl Places {
    /// Takes a place for a stream of `client`. If `most` are held already, an earlier stream loses
    /// its own.
    ///
    /// A client that opens a stream again has lost its last one, although the server may take a
    /// minute to notice. So it takes its own place before that of anybody else.
    pub(super) fn take(&mut self, subscriber: Subscriber, client: u64, most: usize) -> Place {
        let held = self.held.entry(subscriber).or_default();
        if held.len() >= most {
            let own = held.iter().position(|held| held.client == client);
            let lost = held.remove(own.unwrap_or_default());
            lost.place.change(|taken| !std::mem::replace(taken, true));
        }

        let place = Place::default();
        // Most subscribers have a single stream.
        held.reserve_exact(1);
        held.push(Held { client, place: place.clone() });
        place
    }

    /// Gives a place back, unless a newer stream took it.
    pub(super) fn give_back(&mut self, subscriber: Subscriber, place: &Place) {
        let Some(held) = self.held.get_mut(&subscriber) else { return };
        held.retain(|held| !Arc::ptr_eq(&held.place, place));
        if held.is_empty() {
            self.held.remove(&subscriber);
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::id::{OrganizationId, SellerId};

    fn seller(number: u128) -> Subscriber {
        Subscriber::Seller(OrganizationId(Uuid::from_u128(1)), SellerId(Uuid::from_u128(number)))
    }

    fn taken(places: &[Place]) -> Vec<bool> {
        places.iter().map(|place| place.get().1).collect()
    }

    #[test]
    fn one_stream_too_many_takes_the_place_of_the_oldest() {
        let mut places = Places::default();
        let mut take = |client| places.take(seller(1), client, 2);
        let open = [take(1), take(2), take(3), take(4)];
        assert_eq!(taken(&open), [true, true, false, false]);
    }

    #[test]
    fn a_client_that_comes_again_takes_its_own_place_and_nobody_elses() {
        let mut places = Places::default();
        let mut take = |client| places.take(seller(1), client, 3);
        let open = [take(1), take(2), take(2), take(2), take(2)];
        assert_eq!(taken(&open), [false, true, true, false, false]);
    }

    #[test]
    fn a_place_given_back_is_free_and_one_that_was_lost_stays_with_the_newer_stream() {
        let mut places = Places::default();
        let first = places.take(seller(1), 1, 1);
        let second = places.take(seller(1), 2, 1);
        let other = places.take(seller(2), 3, 1);
        places.give_back(seller(1), &first);
        let third = places.take(seller(1), 4, 1);
        assert_eq!(taken(&[second, third.clone(), other]), [true, false, false]);

        places.give_back(seller(1), &third);
        let fourth = places.take(seller(1), 5, 1);
        assert_eq!(taken(&[third, fourth]), [false, false]);
    }
}
