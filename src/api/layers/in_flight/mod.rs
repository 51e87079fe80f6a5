//! Bounds the bytes of requests that are being handled and of answers that clients haven't taken:
//! per connection, per organization, and in all. Requests may take half of the room, and answers
//! the other half, so that requests that wait for room leave that of answers alone.
//!
//! A request waits for its room before more than its first bytes are read, and keeps it until it is
//! answered. An answer without room is refused, and one that its client doesn't take in time is
//! dropped. What is small costs less than the call itself, so it isn't counted.

mod arriving;
mod decoded;
mod leaving;
mod room;

use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::future::BoxFuture;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tonic::Status;
use tonic::body::Body;
use tower::{Layer, Service};

use crate::api::connections::Connection;
use crate::api::layers::identity::Method;
use crate::api::status;
use crate::config::Edge;
use crate::domain::caller::Caller;

use arriving::Arriving;
use decoded::RoomOfRequest;
use leaving::Leaving;
use room::Rooms;

pub(in crate::api) use decoded::decoded;
pub(in crate::api) use room::room;

/// The most bytes that aren't counted. No message of a stream of requests may be larger.
pub(in crate::api) const SMALL: usize = 4 * 1024;
/// How many bytes a server makes of each byte of a request, at worst about: a list of short texts
/// takes many times its length.
const MADE_OF_A_BYTE: usize = 8;

/// Limits the bytes in flight, and the streams that need no key.
#[derive(Clone, Debug)]
pub struct InFlightLayer(Arc<Limits>);

#[derive(Debug)]
struct Limits {
    requests: Rooms,
    answers: Rooms,
    /// Places for streams that need no key.
    open_streams: Arc<Semaphore>,
    most_open_streams: usize,
    max_message_bytes: usize,
    request_timeout: Duration,
    answer_timeout: Duration,
}

impl InFlightLayer {
    /// Enforces the limits of `edge` on requests of at most `max_message_bytes`.
    pub fn new(edge: &Edge, max_message_bytes: usize) -> Self {
        Self(Arc::new(Limits {
            requests: Rooms::new(edge, "requests"),
            answers: Rooms::new(edge, "answers"),
            open_streams: Arc::new(Semaphore::new(edge.open_streams)),
            most_open_streams: edge.open_streams,
            max_message_bytes,
            request_timeout: edge.request_timeout,
            answer_timeout: edge.answer_timeout,
        }))
    }
}

impl<S> Layer<S> for InFlightLayer {
    type Service = InFlight<S>;

    fn layer(&self, service: S) -> InFlight<S> {
        InFlight { limits: self.0.clone(), service }
    }
}

/// A service whose bytes in flight are limited.
#[derive(Clone, Debug)]
pub struct InFlight<S> {
    limits: Arc<Limits>,
    service: S,
}

/// What matters of a method here.
#[derive(Clone, Copy, Debug)]
struct Shape {
    /// Whether a client may send further messages while it reads the answers.
    takes_streams: bool,
    gives_streams: bool,
    needs_key: bool,
}

impl Shape {
    fn of(path: &str, method: Option<Method>) -> Self {
        let name = path.rsplit('/').next().unwrap_or_default();
        let reflects = name == "ServerReflectionInfo";
        let is_watch = name.starts_with("Watch");
        Self { takes_streams: reflects, gives_streams: reflects || is_watch, needs_key: method.is_some() }
    }
}

impl Limits {
    /// A place for a stream that needs no key. None for all other calls.
    fn place(&self, shape: Shape) -> Result<Option<OwnedSemaphorePermit>, Status> {
        if shape.needs_key || !shape.gives_streams {
            return Ok(None);
        }
        let place = self.open_streams.clone().try_acquire_owned();
        place.map(Some).map_err(|_| status::too_many_open_streams(self.most_open_streams))
    }
}

impl<S> Service<http::Request<Body>> for InFlight<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = http::Response<Body>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Self::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let limits = self.limits.clone();
        // Only the original was polled for readiness, so it takes the request, and the clone stays.
        let clone = self.service.clone();
        let mut service = std::mem::replace(&mut self.service, clone);

        Box::pin(async move {
            let extensions = request.extensions();
            let organization = extensions.get::<Caller>().map(|caller| caller.organization);
            let connection = extensions.get::<Connection>().cloned();
            let shape = Shape::of(request.uri().path(), extensions.get::<Method>().copied());

            let place = match limits.place(shape) {
                Ok(place) => place,
                Err(refused) => return Ok(refused.into_http()),
            };

            // The request keeps its room until it is answered, though its body is gone before.
            let lease = limits.requests.lease(organization, connection.as_ref().map(Connection::requests));
            let room = Arc::new(RoomOfRequest::new(lease));
            // The messages of a stream come at any time, and are too small to be counted.
            let request = match shape.takes_streams {
                true => request,
                false => Arriving::wrap(request, &limits, room.clone()),
            };
            let response = room.during(service.call(request)).await?;

            let lease = limits.answers.lease(organization, connection.as_ref().map(Connection::answers));
            let answer = Leaving::wrap(response, &limits, shape, lease, place).await;
            Ok(answer.unwrap_or_else(Status::into_http))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{pb, roles};

    #[test]
    fn every_method_that_streams_is_known_to() {
        for service in pb::DESCRIPTORS.services() {
            for method in service.methods() {
                let path = format!("/{}/{}", service.full_name(), method.name());
                let shape = Shape::of(&path, roles::access(&path).map(|(name, _)| Method(name)));
                assert_eq!(shape.gives_streams, method.is_server_streaming(), "{path}");
                assert_eq!(shape.takes_streams, method.is_client_streaming(), "{path}");
            }
        }
    }
}
