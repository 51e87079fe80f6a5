//! The body of an answer: large messages have room or are refused, leave in pieces, and are dropped
//! if the client doesn't take them.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body as HttpBody, Frame};
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::task::AbortOnDropHandle;
use tonic::Status;
use tonic::body::Body;

use super::room::{Held, Lease};
use super::{Limits, SMALL, Shape};
use crate::api::status;

/// The transport asks for the next piece only when the client has room for it, so that at most one
/// piece more than the client wants is out of our hands.
const PIECE: usize = 16 * 1024;

/// An answer's body.
pub(super) struct Leaving {
    body: Body,
    lease: Lease,
    timeout: Duration,
    message: Arc<Mutex<Message>>,
    /// Drops the message if it isn't taken.
    alarm: Option<AbortOnDropHandle<()>>,
    /// A frame that was read ahead.
    ahead: Option<Frame<Bytes>>,
    /// Whether the stream was ended before its time.
    is_over: bool,
    _place: Option<OwnedSemaphorePermit>,
}

/// A large message on its way.
#[derive(Default)]
struct Message {
    /// What is still to be sent.
    rest: Bytes,
    /// Its room; each piece keeps it until it is sent.
    held: RoomOfMessage,
    /// Whether the client took too long.
    is_dropped: bool,
}

type RoomOfMessage = Arc<Mutex<Option<Held>>>;

/// A piece of a message, which frees the message's room once the last one is sent.
struct Piece {
    bytes: Bytes,
    _held: RoomOfMessage,
}

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Leaving {
    /// The response with its body watched.
    ///
    /// # Errors
    /// There is no room for the answer.
    pub(super) async fn wrap(
        response: http::Response<Body>,
        limits: &Limits,
        shape: Shape,
        lease: Lease,
        place: Option<OwnedSemaphorePermit>,
    ) -> Result<http::Response<Body>, Status> {
        let (head, body) = response.into_parts();
        if body.is_end_stream() {
            return Ok(http::Response::from_parts(head, body));
        }

        let mut leaving = Self {
            body,
            lease,
            timeout: limits.answer_timeout,
            message: Arc::default(),
            alarm: None,
            ahead: None,
            is_over: false,
            _place: place,
        };
        // The one message of a unary call is there already. Encoding it now shows its size while
        // the call can still be refused, and what it was made of is gone.
        if !shape.gives_streams {
            let next = poll_fn(|context| Pin::new(&mut leaving.body).poll_frame(context)).await;
            match next.transpose()? {
                Some(frame) => leaving.ahead = leaving.accept(frame)?,
                None => return Ok(http::Response::from_parts(head, Body::empty())),
            }
        }
        Ok(http::Response::from_parts(head, Body::new(leaving)))
    }

    /// Takes room for a large message, which then leaves in pieces. Returns a small frame.
    fn accept(&mut self, frame: Frame<Bytes>) -> Result<Option<Frame<Bytes>>, Status> {
        let bytes = match frame.into_data() {
            Ok(bytes) if bytes.len() > SMALL => bytes,
            Ok(small) => return Ok(Some(Frame::data(small))),
            Err(trailers) => return Ok(Some(trailers)),
        };

        let held = self.lease.try_take(bytes.len())?;
        let mut message = lock(&self.message);
        *message = Message { rest: bytes, held: Arc::new(Mutex::new(Some(held))), is_dropped: false };
        drop(message);

        let (message, timeout) = (self.message.clone(), self.timeout);
        self.alarm = Some(AbortOnDropHandle::new(tokio::spawn(async move {
            tokio::time::sleep(timeout).await;
            lock(&message).give_up();
        })));
        Ok(None)
    }

    /// Ends a stream in place of a message that has no room.
    fn end(&mut self, refused: &Status) -> Option<Frame<Bytes>> {
        self.is_over = true;
        let mut trailers = HeaderMap::new();
        refused.add_header(&mut trailers).is_ok().then(|| Frame::trailers(trailers))
    }

    /// The next piece of the message; none if there is no message.
    fn piece(&mut self) -> Option<Result<Frame<Bytes>, Status>> {
        let mut message = lock(&self.message);
        if message.is_dropped {
            return Some(Err(status::deadline_passed()));
        }
        if message.rest.is_empty() {
            return None;
        }

        let length = message.rest.len().min(PIECE);
        let piece = Piece { bytes: message.rest.split_to(length), _held: message.held.clone() };
        if message.rest.is_empty() {
            // Only the pieces hold the room now.
            message.held = RoomOfMessage::default();
            self.alarm = None;
        }
        Some(Ok(Frame::data(Bytes::from_owner(piece))))
    }
}

impl Message {
    /// Drops what the client didn't take, with its room.
    fn give_up(&mut self) {
        self.rest = Bytes::new();
        self.is_dropped = true;
        self.held.lock().unwrap_or_else(PoisonError::into_inner).take();
        tracing::debug!("an answer is dropped: its client doesn't take it");
    }
}

impl HttpBody for Leaving {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let this = self.get_mut();
        loop {
            if let Some(frame) = this.ahead.take() {
                return Poll::Ready(Some(Ok(frame)));
            }
            if let Some(piece) = this.piece() {
                return Poll::Ready(Some(piece));
            }
            if this.is_over {
                return Poll::Ready(None);
            }
            match ready!(Pin::new(&mut this.body).poll_frame(context)).transpose()? {
                Some(frame) => this.ahead = this.accept(frame).unwrap_or_else(|refused| this.end(&refused)),
                None => return Poll::Ready(None),
            }
        }
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
