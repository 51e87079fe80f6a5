//! A watcher that always reconnects, with its token, to any server that is up.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use tonic::Status;
use upnext::api::pb;
use upnext::api::pb::watch_work_queue_response::Event;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;

use super::app::Client;
use super::fleet::Servers;

/// The pause before it reconnects.
const PAUSE: Duration = Duration::from_millis(20);

/// What it sees.
#[derive(Debug, Default)]
pub struct Watched {
    list: Vec<pb::Activity>,
    token: String,
    revision: i64,
    /// Whether a revision was lower than an earlier one.
    pub went_back: bool,
}

impl Watched {
    /// The names of what it sees, in order.
    pub fn names(&self) -> Vec<String> {
        self.list.iter().map(|activity| activity.name.clone()).collect()
    }

    fn apply(&mut self, response: pb::WatchWorkQueueResponse) {
        self.went_back |= response.queue_revision < self.revision;
        self.revision = response.queue_revision;
        self.token = response.resume_token;

        match response.event {
            Some(Event::Snapshot(snapshot)) => self.list = snapshot.activities,
            Some(Event::Update(update)) => {
                let gone = |name: &str| {
                    update.removals.iter().any(|removal| removal.activity == name)
                        || update.upserts.iter().any(|upsert| upsert.name == name)
                };
                self.list.retain(|activity| !gone(&activity.name));
                self.list.extend(update.upserts.iter().cloned());
                self.list.sort_by(|one, other| one.order_key.as_bytes().cmp(other.order_key.as_bytes()));
            }
            Some(Event::Heartbeat(_) | Event::Draining(_)) | None => {}
        }
    }
}

/// Watches a queue until the test ends.
pub fn watch(servers: Servers, secret: String, queue: &'static str, seed: u64) -> Arc<Mutex<Watched>> {
    let watched = Arc::new(Mutex::new(Watched::default()));
    let seen = watched.clone();
    tokio::spawn(async move {
        let mut rng = StdRng::seed_from_u64(seed);
        // It ends with the runtime of its test.
        loop {
            let client = servers.any(&secret, &mut rng);
            let _ = follow(&client, queue, &seen).await;
            tokio::time::sleep(PAUSE).await;
        }
    });
    watched
}

async fn follow(client: &Client, queue: &str, seen: &Mutex<Watched>) -> Result<(), Status> {
    let resume_token = seen.lock().expect("no lock holder panics").token.clone();
    let request = pb::WatchWorkQueueRequest {
        queue: queue.to_owned(),
        window_size: 500,
        resume_token,
        ..Default::default()
    };
    let mut stream =
        WorkQueueServiceClient::new(client.calls()).watch_work_queue(request).await?.into_inner();
    while let Some(response) = stream.message().await? {
        seen.lock().expect("no lock holder panics").apply(response);
    }
    Ok(())
}
