//! A queue's stream, opened again after everything that may pass by itself.

use std::io::ErrorKind;
use std::time::Duration;

use anyhow::bail;
use tokio::time::timeout;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::api::pb;
use crate::api::pb::watch_work_queue_response::Event;
use crate::api::pb::work_queue_service_client::WorkQueueServiceClient;
use crate::cli::client::{Calls, readable};

/// How long a server may be silent before it has told its heartbeat's interval.
const SILENCE: Duration = Duration::from_secs(65);
/// A server that says nothing for three of its heartbeats, and this, is gone.
const SLACK: Duration = Duration::from_secs(5);
/// The wait before the second attempt to reach a server; it doubles up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(8);

/// Which queue is followed, and how to go on from what was seen.
pub(super) struct Stream {
    client: WorkQueueServiceClient<Calls>,
    queue: String,
    window: i32,
    token: String,
    silence: Duration,
    failures: u32,
}

/// A message of a stream.
pub(super) struct Message {
    /// What it says.
    pub(super) response: pb::WatchWorkQueueResponse,
    /// Whether the stream begins with it: what an earlier stream left incomplete never comes.
    pub(super) is_first: bool,
}

/// Why a stream ended.
enum End {
    /// The server may be reached again.
    Away(String),
    /// Nobody reads what is shown.
    Unread,
}

impl Stream {
    /// Follows a queue of which nothing was seen yet.
    pub(super) fn new(calls: Calls, queue: &str, window: i32) -> Self {
        let client = WorkQueueServiceClient::new(calls);
        let (queue, token) = (queue.to_owned(), String::new());
        Self { client, queue, window, token, silence: SILENCE, failures: 0 }
    }

    /// Shows each message until nobody reads them. `away` is told why, once the server could not be
    /// reached again at once.
    ///
    /// # Errors
    /// The queue isn't there or isn't the caller's; the key stops working; it can't be shown.
    pub(super) async fn follow(
        mut self,
        mut show: impl FnMut(Message) -> std::io::Result<()>,
        mut away: impl FnMut(&str),
    ) -> anyhow::Result<()> {
        loop {
            match self.follow_one(&mut show).await? {
                End::Unread => return Ok(()),
                End::Away(why) => self.wait(&why, &mut away).await,
            }
        }
    }

    /// Follows one stream to its end.
    async fn follow_one(
        &mut self,
        show: &mut impl FnMut(Message) -> std::io::Result<()>,
    ) -> anyhow::Result<End> {
        let request = pb::WatchWorkQueueRequest {
            queue: self.queue.clone(),
            window_size: self.window,
            resume_token: self.token.clone(),
            ..Default::default()
        };
        let mut stream = match timeout(self.silence, self.client.watch_work_queue(request)).await {
            Ok(Ok(response)) => response.into_inner(),
            Ok(Err(status)) => return end(status),
            Err(_) => return Ok(silent()),
        };

        let mut is_first = true;
        loop {
            let response = match timeout(self.silence, stream.message()).await {
                Ok(Ok(Some(response))) => response,
                Ok(Ok(None)) => return Ok(End::Away("the stream ended".to_owned())),
                Ok(Err(status)) => return end(status),
                Err(_) => return Ok(silent()),
            };

            self.note(&response);
            match show(Message { response, is_first: std::mem::replace(&mut is_first, false) }) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(End::Unread),
                Err(error) => bail!(error),
            }
        }
    }

    fn note(&mut self, response: &pb::WatchWorkQueueResponse) {
        self.failures = 0;
        self.token.clone_from(&response.resume_token);

        let interval = match &response.event {
            Some(Event::Snapshot(snapshot)) => snapshot.heartbeat_interval,
            Some(Event::Heartbeat(heartbeat)) => heartbeat.heartbeat_interval,
            _ => None,
        };
        let interval = interval.and_then(|interval| Duration::try_from(interval).ok());
        self.silence = interval.map_or(self.silence, |interval| 3 * interval + SLACK);
    }

    async fn wait(&mut self, why: &str, away: &mut impl FnMut(&str)) {
        if self.failures == 1 {
            away(why);
        }
        if self.failures > 0 {
            let wait = FIRST_WAIT * 2u32.saturating_pow(self.failures - 1);
            tokio::time::sleep(wait.min(LONGEST_WAIT)).await;
        }
        // The first time at once: a server that drains has others beside it.
        self.failures += 1;
    }
}

fn silent() -> End {
    End::Away("the server went silent".to_owned())
}

/// What may pass by itself is tried again; a refusal is final.
fn end(status: Status) -> anyhow::Result<End> {
    match status.code() {
        // A connection that broke in the middle is UNKNOWN, one that was closed under a new call
        // CANCELLED.
        Code::Unavailable | Code::Unknown | Code::Cancelled => Ok(End::Away(status.message().to_owned())),
        // Too much at once. A stream that a newer one displaced isn't told when to come back.
        Code::ResourceExhausted if status.get_details_retry_info().is_some() => {
            Ok(End::Away(status.message().to_owned()))
        }
        _ => Err(readable(status)),
    }
}
