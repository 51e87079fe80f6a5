//! A connection that ends if it brings no request in time, or if its peer is gone.

use std::future::Future;
use std::io::{self, IoSlice};
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::{Sleep, sleep};
use tonic::transport::server::Connected;

use super::places::Place;
use crate::api::layers::in_flight;
use crate::config::Edge;

/// How long a connection may be silent before the system asks whether its peer is there, and how
/// often and how many times it asks.
const SILENCE: Duration = Duration::from_secs(20);
const ASK_EVERY: Duration = Duration::from_secs(10);
const ASK_TIMES: u32 = 3;
/// How long the peer may leave what was sent unacknowledged.
const UNACKNOWLEDGED: Duration = Duration::from_secs(30);

/// What the requests of one connection share. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Connection(Arc<State>);

#[derive(Debug)]
struct State {
    peer: Option<IpAddr>,
    /// Whether it has brought a request.
    used: AtomicBool,
    /// The rooms for the bytes in flight.
    requests: Arc<Semaphore>,
    answers: Arc<Semaphore>,
}

impl Connection {
    fn new(peer: Option<IpAddr>, bytes: usize) -> Self {
        let (requests, answers) = (in_flight::room(bytes), in_flight::room(bytes));
        Self(Arc::new(State { peer, used: AtomicBool::new(false), requests, answers }))
    }

    /// The address of the peer, which may be a proxy's.
    pub fn peer(&self) -> Option<IpAddr> {
        self.0.peer
    }

    /// Notes that a request has arrived.
    pub fn use_now(&self) {
        self.0.used.store(true, Ordering::Relaxed);
    }

    /// The room for the bytes of requests in flight.
    pub fn requests(&self) -> Arc<Semaphore> {
        self.0.requests.clone()
    }

    /// The room for the bytes of answers in flight.
    pub fn answers(&self) -> Arc<Semaphore> {
        self.0.answers.clone()
    }
}

/// An accepted connection, before TLS.
#[derive(Debug)]
pub struct Socket {
    stream: TcpStream,
    connection: Connection,
    /// Until when the first request must have arrived; none once it has.
    deadline: Option<Pin<Box<Sleep>>>,
    _place: Place,
}

impl Socket {
    pub(super) fn new(stream: TcpStream, place: Place, edge: &Edge) -> io::Result<Self> {
        // Without it, delayed ACKs add 40 ms per answer.
        stream.set_nodelay(true)?;
        let socket = SockRef::from(&stream);
        let keepalive =
            TcpKeepalive::new().with_time(SILENCE).with_interval(ASK_EVERY).with_retries(ASK_TIMES);
        socket.set_tcp_keepalive(&keepalive)?;
        #[cfg(target_os = "linux")]
        socket.set_tcp_user_timeout(Some(UNACKNOWLEDGED))?;

        // An IPv4 address stays one where the server listens on IPv6.
        let peer = stream.peer_addr().ok().map(|address| address.ip().to_canonical());
        Ok(Self {
            stream,
            connection: Connection::new(peer, edge.bytes_per_connection),
            deadline: Some(Box::pin(sleep(edge.request_timeout))),
            _place: place,
        })
    }

    /// Fails once the first request is overdue: TLS, the preface or the headers took too long.
    fn poll_deadline(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        let Some(deadline) = &mut self.deadline else { return Ok(()) };
        if self.connection.0.used.load(Ordering::Relaxed) {
            self.deadline = None;
        } else if deadline.as_mut().poll(context).is_ready() {
            return Err(io::Error::new(io::ErrorKind::TimedOut, "no request came in time"));
        }
        Ok(())
    }
}

impl Connected for Socket {
    type ConnectInfo = Connection;

    fn connect_info(&self) -> Connection {
        self.connection.clone()
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.poll_deadline(context)?;
        Pin::new(&mut this.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
