//! Room for bytes: that of the connection, of the organization, and of the server.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tonic::Status;

use crate::api::connections::Warning;
use crate::api::status;
use crate::config::Edge;
use crate::domain::id::OrganizationId;

/// What one permit stands for: semaphores count in 32 bits.
const UNIT: usize = 1024;
/// Above this many organizations, those without bytes in flight are forgotten.
const REMEMBERED: usize = 1_000;

/// Room for requests, or for answers: half of what both may take.
pub(in crate::api) fn room(both: usize) -> Arc<Semaphore> {
    Arc::new(Semaphore::new(units(both / 2)))
}

fn units(bytes: usize) -> usize {
    bytes.div_ceil(UNIT)
}

/// The rooms of a server, for requests or for answers.
#[derive(Debug)]
pub(super) struct Rooms {
    /// What takes them.
    what: &'static str,
    edge: Edge,
    all: Arc<Semaphore>,
    /// The room of each organization with calls, and one for calls without a key.
    organizations: Mutex<HashMap<Option<OrganizationId>, Weak<Semaphore>>>,
    full: Arc<Warning>,
}

/// The rooms that a call uses.
#[derive(Clone, Debug)]
pub(super) struct Lease {
    what: &'static str,
    /// From the narrowest to the widest. Everybody takes them in this order.
    rooms: Vec<Room>,
    full: Arc<Warning>,
}

#[derive(Clone, Debug)]
struct Room {
    whose: &'static str,
    /// The setting that limits it.
    limit: &'static str,
    /// What requests and answers may take together.
    most: usize,
    semaphore: Arc<Semaphore>,
}

/// Room that is taken until this is dropped.
#[derive(Debug, Default)]
pub(super) struct Held {
    permits: Vec<OwnedSemaphorePermit>,
    bytes: usize,
}

impl Rooms {
    pub(super) fn new(edge: &Edge, what: &'static str) -> Self {
        let (all, full) = (room(edge.bytes_in_flight), Arc::default());
        Self { what, edge: edge.clone(), all, organizations: Mutex::default(), full }
    }

    /// The rooms of a call by this organization over the connection with this room.
    pub(super) fn lease(
        &self,
        organization: Option<OrganizationId>,
        connection: Option<Arc<Semaphore>>,
    ) -> Lease {
        let edge = &self.edge;
        let own = connection.map(|semaphore| Room {
            whose: "connection",
            limit: "bytes_per_connection",
            most: edge.bytes_per_connection,
            semaphore,
        });
        let shared = [
            Room {
                whose: "organization",
                limit: "bytes_per_organization",
                most: edge.bytes_per_organization,
                semaphore: self.of_organization(organization),
            },
            Room {
                whose: "server",
                limit: "bytes_in_flight",
                most: edge.bytes_in_flight,
                semaphore: self.all.clone(),
            },
        ];
        let rooms = own.into_iter().chain(shared).collect();
        Lease { what: self.what, rooms, full: self.full.clone() }
    }

    fn of_organization(&self, organization: Option<OrganizationId>) -> Arc<Semaphore> {
        let mut known = self.organizations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(&organization).and_then(Weak::upgrade) {
            return found;
        }
        if known.len() >= REMEMBERED {
            known.retain(|_, room| room.strong_count() > 0);
        }
        let room = room(self.edge.bytes_per_organization);
        known.insert(organization, Arc::downgrade(&room));
        room
    }
}

impl Room {
    /// How many permits so many bytes take. What is larger than the room takes all of it.
    fn permits(&self, bytes: usize) -> u32 {
        u32::try_from(units(bytes.min(self.most / 2))).unwrap_or(u32::MAX)
    }
}

impl Lease {
    /// Waits until there is room for this many bytes. Who came first is served first.
    pub(super) async fn take(self, bytes: usize) -> Held {
        let mut permits = Vec::with_capacity(self.rooms.len());
        for room in self.rooms {
            let taken = room.semaphore.clone().acquire_many_owned(room.permits(bytes)).await;
            permits.push(taken.expect("nobody closes a room"));
        }
        Held { permits, bytes }
    }

    /// Takes room for this many bytes now.
    ///
    /// # Errors
    /// A refusal that names the limit.
    pub(super) fn try_take(&self, bytes: usize) -> Result<Held, Status> {
        let mut held = Held::default();
        self.try_grow(&mut held, bytes)?;
        Ok(held)
    }

    /// Takes what `held` lacks of room for this many bytes now.
    ///
    /// # Errors
    /// A refusal that names the limit. Then `held` is as it was.
    pub(super) fn try_grow(&self, held: &mut Held, bytes: usize) -> Result<(), Status> {
        let take = |room: &Room| {
            let lacking = room.permits(bytes).saturating_sub(room.permits(held.bytes));
            let taken = room.semaphore.clone().try_acquire_many_owned(lacking);
            taken.map_err(|_| self.refused_by(room))
        };
        let taken: Vec<_> = self.rooms.iter().map(take).collect::<Result<_, _>>()?;

        match held.permits.is_empty() {
            true => held.permits = taken,
            false => held.permits.iter_mut().zip(taken).for_each(|(permit, more)| permit.merge(more)),
        }
        held.bytes = held.bytes.max(bytes);
        Ok(())
    }

    /// The refusal of a call that waited too long, by the room that is fullest.
    pub(super) fn refusal(&self) -> Status {
        let free = |room: &&Room| room.semaphore.available_permits();
        self.rooms.iter().min_by_key(free).map_or_else(status::deadline_passed, |room| self.refused_by(room))
    }

    fn refused_by(&self, room: &Room) -> Status {
        if self.full.is_due() {
            let Room { whose, limit, most, .. } = room;
            let what = self.what;
            tracing::warn!(whose, most, "calls are refused: {what} take half of the limit {limit}");
        }
        status::too_much_in_flight(self.what, room.whose, room.limit, room.most)
    }
}

impl Held {
    /// Frees all but the room for this many bytes.
    pub(super) fn shrink(&mut self, bytes: usize) {
        for permit in &mut self.permits {
            let freed = permit.num_permits().saturating_sub(units(bytes));
            drop(permit.split(freed));
        }
        self.bytes = self.bytes.min(bytes);
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    fn organization(number: u128) -> Option<OrganizationId> {
        Some(OrganizationId(uuid::Uuid::from_u128(number)))
    }

    #[test]
    fn an_organization_fills_its_own_room_and_no_other() {
        let edge = Edge { bytes_per_organization: 20 * UNIT, bytes_in_flight: 30 * UNIT, ..Edge::default() };
        let rooms = Rooms::new(&edge, "answers");
        let (one, other) = (rooms.lease(organization(1), None), rooms.lease(organization(2), None));
        let held = one.try_take(10 * UNIT).expect("there is room");
        assert!(one.try_take(1).is_err());
        let also = other.try_take(4 * UNIT).expect("there is room");
        let refused = other.try_take(5 * UNIT).expect_err("the server is full");
        let why = "answers of the server take more than 15360 bytes, half of bytes_in_flight";
        assert!(refused.message().starts_with(why), "{}", refused.message());

        drop((held, also));
        // What is larger than the room takes all of it.
        assert!(one.clone().take(1 << 30).now_or_never().is_some());
        assert!(rooms.lease(organization(1), None).try_take(10 * UNIT).is_ok());
    }
    #[test]
    fn what_is_held_grows_within_its_own_room_and_shrinks() {
        let edge = Edge { bytes_per_organization: 20 * UNIT, ..Edge::default() };
        let rooms = Rooms::new(&edge, "requests");
        let lease = rooms.lease(organization(1), None);
        let mut held = lease.try_take(4 * UNIT).expect("there is room");
        lease.try_grow(&mut held, 8 * UNIT).expect("there is room");
        let other = lease.try_take(2 * UNIT).expect("there is room");
        assert!(lease.try_grow(&mut held, 9 * UNIT).is_err());

        drop(other);
        // What is larger than the room takes all of it, with what it had.
        lease.try_grow(&mut held, 1 << 30).expect("there is room");
        assert!(lease.try_take(1).is_err());
        held.shrink(3 * UNIT);
        assert!(lease.try_take(7 * UNIT).is_ok());
    }
}
