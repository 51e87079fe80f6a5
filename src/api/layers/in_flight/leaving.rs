//! The body of an answer: large messages have room or are refused, leave in pieces, and are dropped
//! if the client doesn't take them.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Waker, ready};
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

/// The transport takes a piece before the client has room for it, and keeps it however long that
/// lasts. So a piece is small, and a copy: it doesn't keep the rest of the message.
const PIECE: usize = SMALL;
/// How many pieces the transport has at most while a client takes nothing: one that it has begun to
/// send, and the next.
const STUCK: usize = 2;

/// An answer's body.
pub(super) struct Leaving {
    lease: Lease,
    timeout: Duration,
    sending: Arc<Mutex<Sending>>,
    /// Gives the answer up if its last large message isn't taken.
    alarm: Option<AbortOnDropHandle<()>>,
    /// A frame that was read ahead.
    ahead: Option<Frame<Bytes>>,
    /// Whether the stream was ended before its time.
    is_over: bool,
    _place: Option<OwnedSemaphorePermit>,
}

/// What is still to be sent.
struct Sending {
    /// What makes the messages.
    body: Body,
    /// Of a large message, what the transport hasn't got yet.
    rest: Bytes,
    /// The large message's room, while there is a rest.
    held: Option<RoomOfMessage>,
    /// The same room, which each piece keeps until it is sent.
    unsent: Weak<Mutex<Held>>,
    /// Whether the client took too long.
    is_dropped: bool,
    /// The transport's, while it waits for the body.
    waker: Option<Waker>,
}

type RoomOfMessage = Arc<Mutex<Held>>;

/// A piece of a message, which frees the message's room once the last one is sent.
struct Piece {
    bytes: Box<[u8]>,
    _held: Option<RoomOfMessage>,
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
            lease,
            timeout: limits.answer_timeout,
            sending: Arc::new(Mutex::new(Sending::of(body))),
            alarm: None,
            ahead: None,
            is_over: false,
            _place: place,
        };
        // The one message of a unary call is there already. Encoding it now shows its size while
        // the call can still be refused, and what it was made of is gone.
        if !shape.gives_streams {
            let next = poll_fn(|context| lock(&leaving.sending).poll_body(context)).await;
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

        let held = Arc::new(Mutex::new(self.lease.try_take(bytes.len())?));
        let mut sending = lock(&self.sending);
        (sending.rest, sending.unsent, sending.held) = (bytes, Arc::downgrade(&held), Some(held));
        drop(sending);

        let (sending, timeout) = (self.sending.clone(), self.timeout);
        self.alarm = Some(AbortOnDropHandle::new(tokio::spawn(async move {
            tokio::time::sleep(timeout).await;
            lock(&sending).give_up_if_unsent();
        })));
        Ok(None)
    }

    /// Ends a stream in place of a message that has no room.
    fn end(&mut self, refused: &Status) -> Option<Frame<Bytes>> {
        self.is_over = true;
        let mut trailers = HeaderMap::new();
        refused.add_header(&mut trailers).is_ok().then(|| Frame::trailers(trailers))
    }
}

impl Sending {
    fn of(body: Body) -> Self {
        let (rest, unsent) = (Bytes::new(), Weak::new());
        Self { body, rest, held: None, unsent, is_dropped: false, waker: None }
    }

    fn poll_body(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let next = Pin::new(&mut self.body).poll_frame(context);
        self.waker = next.is_pending().then(|| context.waker().clone());
        next
    }

    /// The next piece of the message; none if there is no message.
    fn piece(&mut self) -> Option<Result<Frame<Bytes>, Status>> {
        if self.is_dropped {
            return Some(Err(status::deadline_passed()));
        }
        if self.rest.is_empty() {
            return None;
        }

        let bytes = self.rest.split_to(self.rest.len().min(PIECE));
        let piece = Piece { bytes: bytes[..].into(), _held: self.held.clone() };
        if self.rest.is_empty() {
            // Only the pieces hold the room now.
            (self.rest, self.held) = (Bytes::new(), None);
        }
        Some(Ok(Frame::data(Bytes::from_owner(piece))))
    }

    /// Ends the answer if the client didn't take its last large message. Only the pieces that the
    /// transport has stay, and keep their room if they aren't few.
    fn give_up_if_unsent(&mut self) {
        self.held = None;
        let pieces = self.unsent.strong_count();
        if pieces == 0 && self.rest.is_empty() {
            return;
        }

        if let Some(held) = self.unsent.upgrade() {
            lock(&held).shrink(pieces.saturating_sub(STUCK) * PIECE);
        }
        (self.rest, self.body, self.is_dropped) = (Bytes::new(), Body::empty(), true);
        // The body, which would have woken the transport, is gone.
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
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
            let mut sending = lock(&this.sending);
            if let Some(piece) = sending.piece() {
                return Poll::Ready(Some(piece));
            }
            if this.is_over {
                return Poll::Ready(None);
            }
            let next = sending.poll_body(context);
            drop(sending);
            match ready!(next).transpose()? {
                Some(frame) => this.ahead = this.accept(frame).unwrap_or_else(|refused| this.end(&refused)),
                None => return Poll::Ready(None),
            }
        }
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use http_body_util::{BodyExt as _, StreamBody};

    use super::super::InFlightLayer;
    use super::*;
    use crate::config::Edge;

    const WATCHES: Shape = Shape { takes_streams: false, gives_streams: true, needs_key: true };

    /// Bytes of which the second one tells whether they are still there.
    fn message(length: usize) -> (Bytes, Weak<Vec<u8>>) {
        struct Shared(Arc<Vec<u8>>);
        impl AsRef<[u8]> for Shared {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }
        let bytes = Arc::new(vec![1; length]);
        let weak = Arc::downgrade(&bytes);
        (Bytes::from_owner(Shared(bytes)), weak)
    }

    /// A stream with one message, after which it says nothing more, and its room.
    async fn stream(message: Bytes, answer_timeout: Duration) -> (Body, Lease) {
        let layer = InFlightLayer::new(&Edge { answer_timeout, ..Edge::default() }, 1 << 20);
        let frames = futures::stream::iter([Ok::<_, Status>(Frame::data(message))]);
        let frames = futures::StreamExt::chain(frames, futures::stream::pending());
        let response = http::Response::new(Body::new(StreamBody::new(frames)));
        let lease = layer.0.answers.lease(None, None);
        let wrapped = Leaving::wrap(response, &layer.0, WATCHES, lease.clone(), None).await;
        (wrapped.expect("there is room").into_body(), lease)
    }

    /// Whether nothing takes room.
    fn is_empty(lease: &Lease) -> bool {
        lease.try_take(Edge::default().bytes_per_organization / 2).is_ok()
    }

    async fn within_deadline<T>(future: impl Future<Output = T>) -> T {
        tokio::time::timeout(Duration::from_secs(20), future).await.expect("in time")
    }

    #[tokio::test]
    async fn a_message_that_is_not_taken_goes_with_its_room_though_a_piece_is_stuck() {
        for length in [SMALL + 1, 1 << 20] {
            let (bytes, alive) = message(length);
            let (mut body, lease) = stream(bytes, Duration::from_millis(20)).await;
            let stuck = body.frame().await.expect("a frame").expect("a piece").into_data().expect("data");
            assert_eq!(stuck.len(), SMALL);
            assert!(!is_empty(&lease), "it is counted");

            let given_up = async {
                while alive.strong_count() > 0 || !is_empty(&lease) {
                    tokio::task::yield_now().await;
                }
            };
            within_deadline(given_up).await;
            assert!(body.frame().await.expect("an end").is_err());
            drop(stuck);
        }
    }

    #[tokio::test]
    async fn many_unsent_pieces_stay_counted_and_a_stream_that_waits_ends() {
        let (bytes, alive) = message(10 * PIECE);
        let (mut body, lease) = stream(bytes, Duration::from_millis(20)).await;
        let mut unsent = Vec::new();
        for _ in 0..10 {
            unsent.push(body.frame().await.expect("a frame").expect("a piece"));
        }
        assert_eq!(alive.strong_count(), 0, "the pieces are copies");

        assert!(within_deadline(body.frame()).await.expect("an end").is_err(), "nobody took them in time");
        assert!(!is_empty(&lease), "they are still there");
        drop(unsent);
        assert!(is_empty(&lease));
    }

    #[tokio::test]
    async fn a_stream_whose_message_was_taken_goes_on() {
        let timeout = Duration::from_millis(20);
        let (bytes, _) = message(10 * PIECE);
        let (mut body, lease) = stream(bytes, timeout).await;
        for _ in 0..10 {
            drop(body.frame().await);
        }
        assert!(is_empty(&lease));
        let next = tokio::time::timeout(10 * timeout, body.frame()).await;
        assert!(next.is_err(), "it still waits for its next message");
    }
}
