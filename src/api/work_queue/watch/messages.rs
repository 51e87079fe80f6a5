//! What all streams have in common: messages as long as they are open, and a status at the end.

use futures::stream::{self, BoxStream, StreamExt};
use tonic::Status;

use crate::api::status;
use crate::measures;

/// The messages of a server stream.
pub type Messages<M> = BoxStream<'static, Result<M, Status>>;

/// How far a stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::api) enum Phase {
    Open,
    /// The last message was sent.
    Draining,
    Ended,
}

/// A stream that is asked for its messages one by one.
pub(in crate::api) trait Watching: Send + Sized + 'static {
    type Message: Send + 'static;

    fn phase(&mut self) -> &mut Phase;

    /// Waits for the next message of an open stream.
    ///
    /// # Errors
    /// The stream ends with this status.
    fn next_while_open(&mut self) -> impl Future<Output = Result<Self::Message, Status>> + Send;

    fn messages(self) -> Messages<Self::Message> {
        stream::unfold(self, |mut watch| async move {
            let next = match watch.phase() {
                Phase::Open => watch.next_while_open().await,
                Phase::Draining => Err(status::drained()),
                Phase::Ended => return None,
            };
            match next {
                Ok(_) => metrics::counter!(measures::STREAM_MESSAGES).increment(1),
                // An error is the last item of a stream.
                Err(_) => *watch.phase() = Phase::Ended,
            }
            Some((next, watch))
        })
        .boxed()
    }
}
