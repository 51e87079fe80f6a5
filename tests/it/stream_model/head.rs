//! A client of `WatchNextActivity`.

use std::time::Duration;

use tonic::Streaming;
use upnext::api::pb;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;
use upnext::store::database::doorbell::QueueKey;

use super::journal::{Journal, shown};
use super::pair::Server;
use crate::support::app::within_deadline;

/// One client.
pub struct HeadWatcher {
    pub queue: &'static str,
    key: QueueKey,
    stream: Option<Streaming<pb::WatchNextActivityResponse>>,
    told: Vec<pb::WatchNextActivityResponse>,
}

impl HeadWatcher {
    pub fn new(queue: &'static str, key: QueueKey) -> Self {
        Self { queue, key, stream: None, told: Vec::new() }
    }

    pub fn is_open(&self) -> bool {
        self.stream.is_some()
    }

    pub fn close(&mut self) {
        self.stream = None;
    }

    /// Opens the stream, if it is to be had now.
    pub async fn open(&mut self, server: &Server) {
        let mut service = WorkQueueServiceClient::new(server.admin.calls());
        let request = pb::WatchNextActivityRequest { queue: self.queue.to_owned() };
        let opened = within_deadline("the stream opens", service.watch_next_activity(request)).await;
        self.stream = opened.ok().map(tonic::Response::into_inner);
        self.told.clear();
    }

    /// Takes the next message, if one comes; says whether one did.
    pub async fn read(&mut self, patience: Duration) -> bool {
        let Some(stream) = &mut self.stream else { return false };
        match tokio::time::timeout(patience, stream.message()).await {
            Ok(Ok(Some(response))) => {
                self.told.push(response);
                true
            }
            Ok(_) => {
                self.stream = None;
                false
            }
            Err(_) => false,
        }
    }

    /// What it was told last.
    pub fn last(&self) -> Option<&pb::WatchNextActivityResponse> {
        self.told.last()
    }

    /// Holds all but the last message against the journal.
    pub fn check(&mut self, journal: &Journal) -> Result<(), String> {
        for told in &self.told {
            let head = shown(told.activity.as_slice());
            let mut pages = journal.pages(self.key.1, told.queue_revision);
            if !pages.any(|page| page.first(1, None) == head) {
                return Err(format!(
                    "{} never had {head:?} as its head at revision {}",
                    self.queue, told.queue_revision
                ));
            }
        }
        self.told.drain(..self.told.len().saturating_sub(1));
        Ok(())
    }
}
