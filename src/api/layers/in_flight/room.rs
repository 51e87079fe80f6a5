//! Room for bytes: that of the connection, of the organization, and of the server.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tonic::Status;

use crate::api::connections::{Connection, Warning};
use crate::api::status;
use crate::config::Edge;
use crate::domain::id::OrganizationId;

/// What one permit stands for: semaphores count in 32 bits.
const UNIT: usize = 1024;
/// Above this many organizations, those without bytes in flight are forgotten.
const REMEMBERED: usize = 1_000;

/// Room for this many bytes.
pub(in crate::api) fn room(bytes: usize) -> Arc<Semaphore> {
    Arc::new(Semaphore::new(units(bytes)))
}

fn units(bytes: usize) -> usize {
    bytes.div_ceil(UNIT)
}

/// The rooms of a server.
#[derive(Debug)]
pub(super) struct Rooms {
    edge: Edge,
    all: Arc<Semaphore>,
    /// The room of each organization with calls, and one for calls without a key.
    organizations: Mutex<HashMap<Option<OrganizationId>, Weak<Semaphore>>>,
    full: Arc<Warning>,
}

/// The rooms that a call uses.
#[derive(Clone, Debug)]
pub(super) struct Lease {
    /// From the narrowest to the widest. Everybody takes them in this order.
    rooms: Vec<Room>,
    full: Arc<Warning>,
}

#[derive(Clone, Debug)]
struct Room {
    whose: &'static str,
    /// The setting that limits it.
    limit: &'static str,
    most: usize,
    semaphore: Arc<Semaphore>,
}

/// Room that is taken until this is dropped.
#[derive(Debug)]
pub(super) struct Held {
    _permits: Vec<OwnedSemaphorePermit>,
}

impl Rooms {
    pub(super) fn new(edge: &Edge) -> Self {
        let (all, full) = (room(edge.bytes_in_flight), Arc::default());
        Self { edge: edge.clone(), all, organizations: Mutex::default(), full }
    }

    /// The rooms of a call by this organization over this connection.
    pub(super) fn lease(
        &self,
        organization: Option<OrganizationId>,
        connection: Option<&Connection>,
    ) -> Lease {
        let edge = &self.edge;
        let own = connection.map(|connection| Room {
            whose: "connection",
            limit: "bytes_per_connection",
            most: edge.bytes_per_connection,
            semaphore: connection.room(),
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
        Lease { rooms: own.into_iter().chain(shared).collect(), full: self.full.clone() }
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
        u32::try_from(units(bytes.min(self.most))).unwrap_or(u32::MAX)
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
        Held { _permits: permits }
    }

    /// Takes room for this many bytes now.
    ///
    /// # Errors
    /// A refusal that names the limit.
    pub(super) fn try_take(&self, bytes: usize) -> Result<Held, Status> {
        let take = |room: &Room| {
            let taken = room.semaphore.clone().try_acquire_many_owned(room.permits(bytes));
            taken.map_err(|_| self.refused_by(room))
        };
        Ok(Held { _permits: self.rooms.iter().map(take).collect::<Result<_, _>>()? })
    }

    /// The refusal of a call that waited too long, by the room that is fullest.
    pub(super) fn refusal(&self) -> Status {
        let free = |room: &&Room| room.semaphore.available_permits();
        self.rooms.iter().min_by_key(free).map_or_else(status::deadline_passed, |room| self.refused_by(room))
    }

    fn refused_by(&self, room: &Room) -> Status {
        if self.full.is_due() {
            let Room { whose, limit, most, .. } = room;
            tracing::warn!(whose, most, "calls are refused: the limit {limit} is reached");
        }
        status::too_much_in_flight(room.whose, room.limit, i64::try_from(room.most).unwrap_or(i64::MAX))
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
        let edge = Edge { bytes_per_organization: 10 * UNIT, bytes_in_flight: 15 * UNIT, ..Edge::default() };
        let rooms = Rooms::new(&edge);
        let (one, other) = (rooms.lease(organization(1), None), rooms.lease(organization(2), None));
        let held = one.try_take(10 * UNIT).expect("there is room");
        assert!(one.try_take(1).is_err());
        let also = other.try_take(4 * UNIT).expect("there is room");
        let refused = other.try_take(5 * UNIT).expect_err("the server is full");
        assert!(refused.message().starts_with("server has more than 15360 bytes"), "{}", refused.message());

        drop((held, also));
        // What is larger than the room takes all of it.
        assert!(one.clone().take(1 << 30).now_or_never().is_some());
        assert!(rooms.lease(organization(1), None).try_take(10 * UNIT).is_ok());
    }
}
