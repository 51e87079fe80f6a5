//! Accepts connections, within limits, and closes those that bring no request in time.

mod certificates;
mod places;
mod socket;
mod warning;

use std::future::Future;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures::Stream;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Sleep, sleep};
use tokio_util::sync::CancellationToken;

use crate::config::Edge;
use places::Places;

pub use certificates::Certificates;
pub use socket::{Connection, Socket};
pub(in crate::api) use warning::Warning;

/// How long to wait before accepting again after the system refused to, for example because too
/// many files are open.
const PAUSE: Duration = Duration::from_millis(100);

/// The connections of a listener, as they arrive. Never ends; a connection over a limit is closed
/// at once, with a warning.
#[derive(Debug)]
pub struct Connections {
    listener: TcpListener,
    places: Places,
    edge: Edge,
    pause: Option<Pin<Box<Sleep>>>,
    refused: Warning,
}

impl Connections {
    /// Accepts what arrives at `listener`, within the limits of `edge`.
    pub fn new(listener: TcpListener, edge: &Edge) -> Self {
        let places = Places::new(edge.connections, edge.connections_per_address);
        Self { listener, places, edge: edge.clone(), pause: None, refused: Warning::default() }
    }

    /// The connection, if it has a place.
    fn admit(&self, stream: TcpStream, from: SocketAddr) -> Option<Socket> {
        let place = self.places.take(from.ip())?;
        // A connection that can't be set up is gone already.
        Socket::new(stream, place, &self.edge).ok()
    }

    /// Notes that the system couldn't accept a connection, and pauses. It is normal that a peer has
    /// gone again; that needs neither.
    fn note(&mut self, error: &io::Error) {
        let gone = [ErrorKind::ConnectionAborted, ErrorKind::ConnectionReset, ErrorKind::Interrupted];
        if gone.contains(&error.kind()) {
            return;
        }

        self.pause = Some(Box::pin(sleep(PAUSE)));
        if self.refused.is_due() {
            tracing::warn!(
                error = error as &dyn std::error::Error,
                "connections can't be accepted, retrying"
            );
        }
    }
}

/// The connections of a listener that several servers share, one after the other: each has other
/// certificates.
#[derive(Clone, Debug)]
pub struct SharedConnections {
    connections: Arc<Mutex<Connections>>,
    /// Once this server takes no more.
    retired: CancellationToken,
}

impl SharedConnections {
    /// Shares connections, for the first server.
    pub fn new(connections: Connections) -> Self {
        Self { connections: Arc::new(Mutex::new(connections)), retired: CancellationToken::new() }
    }

    /// Takes the connections over from this server, for the next one.
    #[must_use]
    pub fn take_over(&self) -> Self {
        // First: the listener only wakes who has asked it last.
        self.retired.cancel();
        Self { connections: self.connections.clone(), retired: CancellationToken::new() }
    }

    /// Completes once another server has taken over.
    pub async fn retired(&self) {
        self.retired.cancelled().await;
    }
}

impl Stream for SharedConnections {
    type Item = io::Result<Socket>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        // Under the lock: otherwise the next server's waker could be replaced by one of this.
        if self.retired.is_cancelled() {
            return Poll::Ready(None);
        }
        Pin::new(&mut *connections).poll_next(context)
    }
}

impl Stream for Connections {
    type Item = io::Result<Socket>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(pause) = &mut this.pause {
                ready!(pause.as_mut().poll(context));
                this.pause = None;
            }
            match ready!(this.listener.poll_accept(context)) {
                Ok((stream, from)) => match this.admit(stream, from) {
                    Some(socket) => return Poll::Ready(Some(Ok(socket))),
                    None => continue,
                },
                Err(error) => this.note(&error),
            }
        }
    }
}
