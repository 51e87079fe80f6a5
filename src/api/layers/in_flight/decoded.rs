//! The room of a request, which grows if decoding shows that the message is larger than it seemed.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use tonic::Status;

use super::room::{Held, Lease};
use super::{MADE_OF_A_BYTE, SMALL};

tokio::task_local! {
    static CURRENT: Arc<RoomOfRequest>;
}

/// The room of a request, none at first.
pub(super) struct RoomOfRequest {
    pub(super) lease: Lease,
    held: Mutex<Held>,
}

impl RoomOfRequest {
    pub(super) fn new(lease: Lease) -> Self {
        Self { lease, held: Mutex::default() }
    }

    pub(super) fn keep(&self, taken: Held) {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = taken;
    }

    /// Decodes the request within this room.
    pub(super) async fn during<T>(self: Arc<Self>, work: impl Future<Output = T>) -> T {
        CURRENT.scope(self, work).await
    }

    fn grow(&self, message: usize) -> Result<(), Status> {
        if message <= SMALL {
            return Ok(());
        }
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        self.lease.try_grow(&mut held, message.saturating_mul(MADE_OF_A_BYTE))
    }
}

/// Takes the room that a message of this many bytes lacks. Only one that was compressed lacks some.
///
/// # Errors
/// There is no room for it now.
pub(in crate::api) fn decoded(bytes: usize) -> Result<(), Status> {
    CURRENT.try_with(|room| room.grow(bytes)).unwrap_or(Ok(()))
}
