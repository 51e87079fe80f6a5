//! Live queues like clients follow them: a window and the list that is kept by its stream, and the
//! head alone.

use tonic::{Status, Streaming};
use upnext::api::pb;
use upnext::api::pb::queue_snapshot;
use upnext::api::pb::watch_work_queue_response::Event;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;

use super::app::{Client, within_deadline};
use super::refused::Refused;

/// A stream of the head of a queue.
pub type Heads = Streaming<pb::WatchNextActivityResponse>;

/// Opens a stream of the head of a queue.
pub async fn open_heads(client: &Client, queue: &str) -> Heads {
    let mut service = WorkQueueServiceClient::new(client.calls());
    let request = pb::WatchNextActivityRequest { queue: queue.to_owned() };
    service.watch_next_activity(request).await.expect("opens").into_inner()
}

/// The next message about the head.
pub async fn head(heads: &mut Heads) -> pb::WatchNextActivityResponse {
    let next = within_deadline("the head", heads.message()).await;
    next.expect("the stream continues").expect("the stream continues")
}

/// Reads until a stream ends. What is repeated on the way there is a sign of life.
pub async fn end<M>(stream: &mut Streaming<M>) -> Refused {
    loop {
        match within_deadline("the end", stream.message()).await {
            Ok(told) => assert!(told.is_some(), "the stream ends with a reason"),
            Err(status) => return Refused::of(&status),
        }
    }
}

/// A stream, and the list that its client keeps by it.
pub struct Watcher {
    stream: Streaming<pb::WatchWorkQueueResponse>,
    /// What the client has.
    pub list: Vec<pb::Activity>,
    /// The due and the snoozed activities of the queue.
    pub counts: (i64, i64),
    revision: i64,
    /// Where a later stream goes on.
    pub token: String,
}

/// Opens a stream.
pub async fn watch(client: &Client, request: pb::WatchWorkQueueRequest) -> Result<Watcher, Status> {
    let mut service = WorkQueueServiceClient::new(client.calls());
    let stream = within_deadline("the stream opens", service.watch_work_queue(request)).await?.into_inner();
    Ok(Watcher { stream, list: Vec::new(), counts: (0, 0), revision: 0, token: String::new() })
}

impl Watcher {
    /// The next message, applied.
    pub async fn next(&mut self) -> Event {
        let next = within_deadline("a message", self.stream.message()).await;
        let response = next.expect("the stream continues").expect("the stream continues");
        assert!(response.queue_revision >= self.revision, "revisions never go back");
        self.revision = response.queue_revision;
        self.token = response.resume_token;
        let message = response.event.expect("every message says something");
        self.apply(&message);
        message
    }

    fn apply(&mut self, message: &Event) {
        match message {
            Event::Snapshot(snapshot) => self.list.clone_from(&snapshot.activities),
            Event::Update(update) => {
                for removal in &update.removals {
                    self.list.retain(|activity| activity.name != removal.activity);
                }
                for upsert in &update.upserts {
                    self.list.retain(|activity| activity.name != upsert.name);
                    self.list.push(upsert.clone());
                }
                self.list.sort_by(|one, other| one.order_key.as_bytes().cmp(other.order_key.as_bytes()));
            }
            Event::Heartbeat(_) | Event::Draining(_) => {}
        }

        let counts = match message {
            Event::Snapshot(snapshot) => snapshot.counts,
            Event::Update(update) => update.counts,
            Event::Heartbeat(heartbeat) => heartbeat.counts,
            Event::Draining(_) => None,
        };
        self.counts = counts.map_or(self.counts, |counts| (counts.due.into(), counts.snoozed.into()));
    }

    /// The next message, which must be an update.
    pub async fn update(&mut self) -> pb::QueueUpdate {
        match self.next().await {
            Event::Update(update) => update,
            other => panic!("an update was expected, not {other:?}"),
        }
    }

    /// The cause of the next message, which must be a snapshot.
    pub async fn snapshot(&mut self) -> queue_snapshot::Cause {
        match self.next().await {
            Event::Snapshot(snapshot) => snapshot.cause(),
            other => panic!("a snapshot was expected, not {other:?}"),
        }
    }

    /// Reads until the stream ends.
    pub async fn end(&mut self) -> Refused {
        end(&mut self.stream).await
    }

    /// The kinds of what the client has.
    pub fn kinds(&self) -> Vec<&str> {
        self.list.iter().map(|one| one.kind().as_str_name()).collect()
    }

    /// The names of the records of what the client has.
    pub fn shown(&self) -> Vec<&str> {
        self.list.iter().map(|activity| activity.record_display_name.as_str()).collect()
    }
}
