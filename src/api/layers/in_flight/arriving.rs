//! The body of a request: it must arrive in time, and a large one waits for its room.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures::FutureExt;
use futures::future::BoxFuture;
use http_body::{Body as HttpBody, Frame};
use tokio::time::{Instant, Sleep, sleep_until};
use tonic::Status;
use tonic::body::Body;

use super::decoded::RoomOfRequest;
use super::room::Held;
use super::{Limits, MADE_OF_A_BYTE, SMALL};
use crate::api::status;

/// The bytes in front of a message: a flag, and its length.
const HEAD: usize = 5;
/// How much larger a compressed message usually is than its bytes. One that is larger takes the
/// rest of its room once it is decoded.
const COMPRESSED: usize = 4;

/// A request's body.
pub(super) struct Arriving {
    body: Body,
    room: Arc<RoomOfRequest>,
    /// Whether the size of the message is still to be read.
    is_new: bool,
    /// The first bytes of a message that waits for its room.
    waiting: Option<(BoxFuture<'static, Held>, Bytes)>,
    max_message_bytes: usize,
    timeout: Duration,
    /// When the body must have arrived.
    due: Instant,
    /// Made only for a body that isn't there yet.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Arriving {
    /// The request with its body watched, which takes its room from `room`.
    pub(super) fn wrap(
        request: http::Request<Body>,
        limits: &Limits,
        room: Arc<RoomOfRequest>,
    ) -> http::Request<Body> {
        request.map(|body| {
            Body::new(Self {
                body,
                room,
                is_new: true,
                waiting: None,
                max_message_bytes: limits.max_message_bytes,
                timeout: limits.request_timeout,
                due: Instant::now() + limits.request_timeout,
                alarm: None,
            })
        })
    }

    /// The bytes that the message will take, by its first ones.
    fn size(&self, first: &[u8]) -> usize {
        let head: Option<[u8; HEAD]> = first.get(..HEAD).and_then(|head| head.try_into().ok());
        // A client that sends less at first is one that hides the size.
        let Some([compressed, length @ ..]) = head else { return self.max_message_bytes };
        let length = u32::from_be_bytes(length) as usize;
        let size = if compressed == 0 { length } else { length.saturating_mul(COMPRESSED) };
        size.min(self.max_message_bytes)
    }

    /// Nothing has come. Fails once that has lasted too long.
    fn poll_due(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(self.due)));
        if alarm.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        let refused = match self.waiting {
            Some(_) => self.room.lease.refusal(),
            None => status::request_incomplete(self.timeout),
        };
        Poll::Ready(Some(Err(refused)))
    }
}

impl HttpBody for Arriving {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let this = self.get_mut();
        loop {
            if let Some((room, _)) = &mut this.waiting {
                let Poll::Ready(taken) = room.as_mut().poll(context) else { return this.poll_due(context) };
                this.room.keep(taken);
                let first = this.waiting.take().map(|(_, first)| first).unwrap_or_default();
                return Poll::Ready(Some(Ok(Frame::data(first))));
            }

            let Poll::Ready(next) = Pin::new(&mut this.body).poll_frame(context) else {
                return this.poll_due(context);
            };
            let first = match next {
                Some(Ok(frame)) if this.is_new && frame.is_data() => frame.into_data().unwrap_or_default(),
                other => return Poll::Ready(other),
            };

            this.is_new = false;
            let size = this.size(&first);
            if size <= SMALL {
                return Poll::Ready(Some(Ok(Frame::data(first))));
            }
            let room = this.room.lease.clone().take(size.saturating_mul(MADE_OF_A_BYTE));
            this.waiting = Some((room.boxed(), first));
        }
    }

    fn is_end_stream(&self) -> bool {
        self.waiting.is_none() && self.body.is_end_stream()
    }
}
