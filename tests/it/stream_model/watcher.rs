//! A client of `WatchWorkQueue`: its connection, which comes and goes, and its list.

use rand::Rng;
use tonic::{Code, Status, Streaming};
use upnext::api::pb;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;
use upnext::store::database::doorbell::QueueKey;

use super::journal::Journal;
use super::mirror::{Fault, Kept, Mirror};
use super::pair::Server;
use crate::support::app::{Client, within_deadline};
use crate::support::refused::Refused;

/// One client.
pub struct Watcher {
    pub queue: &'static str,
    pub key: QueueKey,
    window: i32,
    /// The view that it shows. Empty: all of the queue.
    pub saved_view: &'static str,
    /// How many bytes the connection takes before they are read: with few, the server finds no
    /// room, and a slow reader misses states.
    bytes: u32,
    connection: Option<((usize, u32), Client)>,
    stream: Option<Streaming<pb::WatchWorkQueueResponse>>,
    pub mirror: Mirror,
    /// Others, who read the same and get one thing wrong, until it is seen.
    faulty: Vec<(Fault, Mirror)>,
}

impl Watcher {
    pub fn new(queue: &'static str, key: QueueKey, random: &mut impl Rng) -> Self {
        Self {
            queue,
            key,
            window: [1, 2, 3, 50][random.random_range(0..4)],
            saved_view: ["", "views/some"][random.random_range(0..2)],
            bytes: [64, 700, 65_535][random.random_range(0..3)],
            connection: None,
            stream: None,
            mirror: Mirror::new(key, None),
            faulty: Fault::ALL.map(|fault| (fault, Mirror::new(key, Some(fault)))).into(),
        }
    }

    pub fn is_open(&self) -> bool {
        self.stream.is_some()
    }

    /// Hangs up.
    pub fn close(&mut self) {
        self.stream = None;
    }

    /// Forgets all that it has.
    pub fn forget(&mut self) {
        self.close();
        self.all().for_each(|mirror| mirror.state = Kept::default());
    }

    /// Goes back to what it had some time ago.
    pub fn go_back(&mut self, random: &mut impl Rng) {
        self.close();
        if !self.mirror.earlier.is_empty() {
            let index = random.random_range(0..self.mirror.earlier.len());
            self.all().for_each(|mirror| mirror.state = mirror.earlier[index].clone());
        }
    }

    /// Takes another window from now on.
    pub fn resize(&mut self, window: i32) {
        self.close();
        self.window = window;
    }

    /// Opens the stream with what it has.
    pub async fn open(&mut self, place: usize, server: &Server) -> Result<(), String> {
        loop {
            match self.try_open(place, server, &self.mirror.state.token.clone()).await {
                Ok(stream) => {
                    self.stream = Some(stream);
                    // What it has is yet to be confirmed, perhaps for another window.
                    self.mirror.heartbeat = false;
                    return Ok(());
                }
                // That a stream is gone reaches its server by itself; so does that a server is.
                Err(status) if matches!(status.code(), Code::ResourceExhausted | Code::Unavailable) => {
                    tokio::task::yield_now().await;
                }
                Err(status) => return Err(format!("{} doesn't open: {status:?}", self.queue)),
            }
        }
    }

    async fn try_open(
        &mut self,
        place: usize,
        server: &Server,
        token: &str,
    ) -> Result<Streaming<pb::WatchWorkQueueResponse>, Status> {
        let at = (place, server.generation);
        let connection = self.connection.take().filter(|(to, _)| *to == at);
        let (_, client) =
            self.connection.insert(connection.unwrap_or_else(|| (at, server.connect(self.bytes))));

        let request = pb::WatchWorkQueueRequest {
            queue: self.queue.to_owned(),
            window_size: self.window,
            resume_token: token.to_owned(),
            saved_view: self.saved_view.to_owned(),
            ..Default::default()
        };
        let mut service = WorkQueueServiceClient::new(client.calls());
        let opened = within_deadline("the stream opens", service.watch_work_queue(request)).await;
        Ok(opened?.into_inner())
    }

    /// Tries a token that was altered: it must be refused.
    pub async fn open_garbled(
        &mut self,
        place: usize,
        server: &Server,
        random: &mut impl Rng,
    ) -> Result<(), String> {
        self.close();
        let mut token = self.mirror.state.token.clone().into_bytes();
        if token.is_empty() {
            return Ok(());
        }
        let at = random.random_range(0..token.len());
        token[at] = if token[at] == b'x' { b'y' } else { b'x' };

        let token = String::from_utf8(token).expect("ASCII");
        match self.try_open(place, server, &token).await {
            Err(status) if status.code() == Code::InvalidArgument => {
                match Refused::of(&status).fields()[..] {
                    [("resume_token", "RESUME_TOKEN_INVALID")] => Ok(()),
                    _ => Err(format!("a garbled token is refused as {status:?}")),
                }
            }
            other => Err(format!("a garbled token gets {:?}", other.map(drop))),
        }
    }

    /// Takes the next message, if one comes while `patience` lasts; says whether one did. The end
    /// of the stream is no message.
    pub async fn read(&mut self, patience: std::time::Duration) -> Result<bool, String> {
        let Some(stream) = &mut self.stream else { return Ok(false) };

        match tokio::time::timeout(patience, stream.message()).await {
            Err(_) => Ok(false),
            Ok(Ok(Some(response))) => {
                for (_, faulty) in &mut self.faulty {
                    // What it shows is looked at later; a right message is no error for it either.
                    let _ = faulty.apply(response.clone());
                }
                self.mirror.apply(response).map(|()| true)
            }
            Ok(Ok(None)) => Err("a stream ended without a status".to_owned()),
            Ok(Err(status)) => {
                self.stream = None;
                self.connection = None;
                let ends = [Code::Unavailable, Code::Unknown, Code::Cancelled, Code::Internal];
                match ends.contains(&status.code()) {
                    true => Ok(false),
                    false => Err(format!("a stream ended with {status:?}")),
                }
            }
        }
    }

    /// Holds every state that it showed since the last time against the journal; which wrong ones
    /// are found out.
    pub fn check(&mut self, journal: &Journal) -> Result<Vec<Fault>, String> {
        self.mirror.check(journal)?;
        let found_out = |(_, mirror): &mut (Fault, Mirror)| mirror.check(journal).is_err();
        Ok(self.faulty.extract_if(.., found_out).map(|(fault, _)| fault).collect())
    }

    /// From now on another history may have begun.
    pub fn note_restored(&mut self) {
        self.all().for_each(|mirror| mirror.restored = true);
    }

    fn all(&mut self) -> impl Iterator<Item = &mut Mirror> {
        std::iter::once(&mut self.mirror).chain(self.faulty.iter_mut().map(|(_, mirror)| mirror))
    }

    /// The window in use.
    pub fn window(&self) -> i32 {
        self.window
    }
}
