//! A proxy between a server and its Postgres. It understands enough of the protocol to tell
//! statements apart, and does harm at a chosen one.
//!
//! Faults of the network and of the process come from here, so that nothing for tests is in the
//! binary that is shipped.

use std::collections::BTreeSet;
use std::future::pending;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use socket2::SockRef;
use sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::packets::Loss;
use super::wire::{self, Frames, Statements};

/// What happens at a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The server's process is killed before the statement reaches Postgres.
    KillBefore(i32),
    /// It is killed after Postgres has executed the statement but before it hears so: a COMMIT is
    /// done, and its answer lost.
    KillAfter(i32),
    /// Only the connection ends, before the statement reaches Postgres.
    CutBefore,
    /// Only the connection ends, after Postgres has executed the statement.
    CutAfter,
}

/// How connections die without anybody being told: a failover, or a firewall that lost its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hole {
    /// Whatever comes is acknowledged and goes nowhere.
    Swallows,
    /// Nothing is read any more, so that senders' buffers fill up.
    StandsStill,
    /// All packets are lost, even those that acknowledge.
    Loses,
}

/// Where a fault waits.
#[derive(Clone, Debug)]
pub struct Trap {
    /// The kind of connection, as its `application_name` says.
    pub application: &'static str,
    /// Counting begins with the statement that contains this text, on its connection; without a
    /// text, at once on all connections of the kind. Line breaks count as spaces.
    pub from: Option<&'static str>,
    /// How many such statements pass first.
    pub passing: usize,
    /// Which statement it is, counted from 1.
    pub point: usize,
    /// What happens there; with none, statements are only recorded.
    pub fault: Option<Fault>,
}

/// A proxy in front of one database.
pub struct Proxy {
    port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    socket: PathBuf,
    armed: Mutex<Option<Armed>>,
    sprung: Notify,
    swallows_notify: AtomicBool,
    recorded: Mutex<BTreeSet<String>>,
    connections: Mutex<Vec<Connection>>,
    losses: Mutex<Vec<Loss>>,
    last: AtomicU64,
}

#[derive(Clone)]
struct Connection {
    id: u64,
    /// The client's port.
    client: u16,
    cut: CancellationToken,
    hole: Arc<OnceLock<Hole>>,
    /// Postgres hears of the end of a connection that died without a word; the client doesn't.
    buried: CancellationToken,
}

struct Armed {
    trap: Trap,
    /// The connection on which counting began.
    connection: Option<u64>,
    seen: Vec<String>,
    sprung: bool,
}

impl Proxy {
    /// Listens for connections to the Postgres that is reached with these options.
    pub async fn new(options: &PgConnectOptions) -> Self {
        let folder = options.get_socket().expect("the tests' Postgres listens on a socket");
        let socket = folder.join(format!(".s.PGSQL.{}", options.get_port()));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let shared = Arc::new(Shared {
            socket,
            armed: Mutex::new(None),
            sprung: Notify::new(),
            swallows_notify: AtomicBool::new(false),
            recorded: Mutex::default(),
            connections: Mutex::default(),
            losses: Mutex::default(),
            last: AtomicU64::new(0),
        });

        let accepting = shared.clone();
        tokio::spawn(async move {
            while let Ok((client, address)) = listener.accept().await {
                tokio::spawn(accepting.clone().connection(client, address.port()));
            }
        });
        Self { port, shared }
    }

    /// Where it listens, on this machine.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The URL of a database behind the proxy.
    pub fn url(&self, options: &PgConnectOptions) -> String {
        let database = options.get_database().expect("a test's own");
        format!("postgres://{}@127.0.0.1:{}/{database}?sslmode=disable", options.get_username(), self.port)
    }

    /// How to make a pool for a database behind the proxy.
    pub fn options(&self, options: &PgConnectOptions) -> PgConnectOptions {
        self.url(options).parse().expect("a URL of ours")
    }

    /// Sets a trap, in place of the one before.
    pub fn arm(&self, trap: Trap) {
        *self.shared.armed() = Some(Armed { trap, connection: None, seen: Vec::new(), sprung: false });
    }

    /// Waits until the trap has sprung.
    pub async fn sprung(&self) {
        loop {
            let sprung = self.shared.sprung.notified();
            if self.shared.armed().as_ref().is_some_and(|armed| armed.sprung) {
                return;
            }
            sprung.await;
        }
    }

    /// Removes the trap; returns the statements that were counted, and whether it has sprung.
    pub fn disarm(&self) -> (Vec<String>, bool) {
        self.shared.armed().take().map(|armed| (armed.seen, armed.sprung)).unwrap_or_default()
    }

    /// Drops every notification from now on.
    pub fn swallow_notify(&self) {
        self.shared.swallows_notify.store(true, Ordering::Relaxed);
    }

    /// Every statement that has passed, whatever its connection.
    pub fn recorded(&self) -> BTreeSet<String> {
        self.shared.recorded.lock().expect("no lock holder panics").clone()
    }

    /// Resets the connection of this index, if there is any connection.
    pub fn cut(&self, index: usize) {
        let connections = self.shared.connections();
        if let Some(connection) = connections.get(index % connections.len().max(1)) {
            connection.cut.cancel();
        }
    }

    /// Resets all connections.
    pub fn cut_all(&self) {
        self.shared.connections().iter().for_each(|connection| connection.cut.cancel());
    }

    /// Lets all connections that exist now die without a word. New ones work. Neither side learns
    /// of the end of the other. Returns how many they were; none where packets can't be lost.
    pub fn black_hole(&self, hole: Hole) -> usize {
        let connections = self.shared.connections();
        if hole == Hole::Loses {
            let clients: Vec<_> = connections.iter().map(|connection| connection.client).collect();
            let Some(loss) = Loss::of_connections(self.port, &clients) else { return 0 };
            self.shared.losses.lock().expect("no lock holder panics").push(loss);
        }
        connections.iter().filter(|connection| connection.hole.set(hole).is_ok()).count()
    }

    /// Loses so many percent of all packets, until the answer is dropped. `None` where that isn't
    /// allowed.
    pub fn lose(&self, percent: u8) -> Option<Loss> {
        Loss::of_some(self.port, percent)
    }

    /// Lets Postgres find out that connections have died, like its keepalive does after a while.
    /// Until then it keeps their locks.
    pub fn bury(&self) {
        let connections = self.shared.connections();
        let dead = connections.iter().filter(|connection| connection.hole.get().is_some());
        dead.for_each(|connection| connection.buried.cancel());
    }
}

impl Shared {
    fn armed(&self) -> MutexGuard<'_, Option<Armed>> {
        self.armed.lock().expect("no lock holder panics")
    }

    fn connections(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.connections.lock().expect("no lock holder panics")
    }

    /// Serves one connection until either side ends it, or it is cut.
    async fn connection(self: Arc<Self>, mut client: TcpStream, port: u16) {
        let id = self.last.fetch_add(1, Ordering::Relaxed);
        let connection = Connection {
            id,
            client: port,
            cut: CancellationToken::new(),
            hole: Arc::default(),
            buried: CancellationToken::new(),
        };
        self.connections().push(connection.clone());

        let relayed = self.clone().relay(&mut client, &connection);
        if connection.cut.run_until_cancelled(relayed).await.is_none() {
            // Closed with a reset. Otherwise, the side that is left sees the other one's end.
            SockRef::from(&client).set_linger(Some(Duration::ZERO)).expect("a socket of ours");
        }
        self.connections().retain(|connection| connection.id != id);
    }

    async fn relay(self: Arc<Self>, client: &mut TcpStream, connection: &Connection) -> io::Result<()> {
        client.set_nodelay(true)?;
        let startup = wire::startup(client).await?;
        let mut server = UnixStream::connect(&self.socket).await?;
        server.write_all(&startup.bytes).await?;
        let (client_read, client_write) = client.split();
        let (server_read, server_write) = server.into_split();
        let (held, connection) = (Arc::default(), connection.clone());
        let link = Link { shared: self, application: startup.application, held, connection };
        tokio::select! {
            ended = link.forward(client_read, server_write) => ended,
            ended = link.back(server_read, client_write) => ended,
        }
    }

    /// Counts a statement; returns what is to happen at it.
    fn count(&self, id: u64, application: &str, statement: &str) -> Option<Fault> {
        self.record(statement);
        let mut armed = self.armed();
        let armed = armed.as_mut().filter(|armed| !armed.sprung && armed.trap.application == application)?;
        match (armed.trap.from, armed.connection) {
            (None, _) => {}
            (Some(_), Some(connection)) if connection == id => {}
            (Some(_), Some(_)) => return None,
            (Some(from), None) if !on_one_line(statement).contains(from) => return None,
            (Some(_), None) if armed.trap.passing > 0 => {
                armed.trap.passing -= 1;
                return None;
            }
            (Some(_), None) => armed.connection = Some(id),
        }

        // A write that was counted to its end has no more statements.
        if armed.trap.from.is_some() && armed.seen.last().is_some_and(|last| last == "COMMIT") {
            return None;
        }

        armed.seen.push(statement.to_owned());
        if armed.seen.len() != armed.trap.point {
            return None;
        }
        armed.trap.fault.inspect(|_| armed.sprung = true)
    }

    fn record(&self, statement: &str) {
        let mut recorded = self.recorded.lock().expect("no lock holder panics");
        if !recorded.contains(statement) {
            recorded.insert(statement.to_owned());
        }
    }

    /// Does the harm; the connection ends with it.
    fn strike(&self, fault: Fault) -> io::Error {
        if let Fault::KillBefore(pid) | Fault::KillAfter(pid) = fault {
            kill(Pid::from_raw(pid), Signal::SIGKILL).expect("it runs");
        }
        self.sprung.notify_waiters();
        io::ErrorKind::ConnectionAborted.into()
    }
}

/// One connection.
struct Link {
    shared: Arc<Shared>,
    connection: Connection,
    application: String,
    /// What happens once Postgres has executed the statement; the server doesn't hear of it.
    held: Arc<Mutex<Option<Fault>>>,
}

impl Link {
    /// Reads on. From a connection that died without a word, what comes goes nowhere.
    async fn read(&self, frames: &mut Frames, from: &mut (impl AsyncRead + Unpin)) -> io::Result<()> {
        loop {
            let read = frames.read_from(from).await;
            match (self.connection.hole.get(), read) {
                (None | Some(Hole::Loses), read) => return read,
                (Some(Hole::Swallows), Ok(())) => *frames = Frames::default(),
                (Some(Hole::StandsStill), _) | (Some(Hole::Swallows), Err(_)) => pending().await,
            }
        }
    }

    /// Forwards until either side ends. Of a buried connection, only Postgres sees the end.
    async fn forward(
        &self,
        mut from: impl AsyncRead + Unpin,
        mut to: impl AsyncWrite + Unpin,
    ) -> io::Result<()> {
        let forwarded = self.forward_all(&mut from, &mut to);
        match self.connection.buried.run_until_cancelled(forwarded).await {
            Some(ended) => ended,
            None => {
                drop(to);
                pending().await
            }
        }
    }

    async fn forward_all(
        &self,
        from: &mut (impl AsyncRead + Unpin),
        to: &mut (impl AsyncWrite + Unpin),
    ) -> io::Result<()> {
        let (mut frames, mut statements) = (Frames::default(), Statements::default());

        loop {
            let mut batch = Vec::new();
            while let Some(frame) = frames.next() {
                let statement = statements.read(&frame);
                batch.extend_from_slice(&frame);
                let fault =
                    statement.and_then(|it| self.shared.count(self.connection.id, &self.application, &it));
                match fault {
                    Some(fault @ (Fault::KillBefore(_) | Fault::CutBefore)) => {
                        return Err(self.shared.strike(fault));
                    }
                    Some(fault) => *self.held.lock().expect("no lock holder panics") = Some(fault),
                    None => {}
                }
            }
            to.write_all(&batch).await?;
            self.read(&mut frames, from).await?;
        }
    }

    async fn back(
        &self,
        mut from: impl AsyncRead + Unpin,
        mut to: impl AsyncWrite + Unpin,
    ) -> io::Result<()> {
        let mut frames = Frames::default();

        loop {
            let mut batch = Vec::new();
            while let Some(frame) = frames.next() {
                let held = *self.held.lock().expect("no lock holder panics");
                match (held, frame[0]) {
                    (Some(fault), wire::READY_FOR_QUERY) => return Err(self.shared.strike(fault)),
                    (Some(_), _) => {}
                    (None, wire::NOTIFICATION) if self.shared.swallows_notify.load(Ordering::Relaxed) => {}
                    (None, _) => batch.extend_from_slice(&frame),
                }
            }
            to.write_all(&batch).await?;
            self.read(&mut frames, &mut from).await?;
        }
    }
}

/// A statement may be broken into lines anywhere.
fn on_one_line(statement: &str) -> String {
    statement.split_whitespace().collect::<Vec<_>>().join(" ")
}
