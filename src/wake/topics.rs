//! One change counter per topic.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::watch;

use super::Topic;
use crate::domain::id::{OperationId, OrganizationId};

/// Completes at the first change of its topic after arming.
pub struct Armed {
    changed: BoxFuture<'static, ()>,
}

impl Armed {
    fn new(counter: &watch::Sender<()>) -> Self {
        // Subscribe here, not at the first poll.
        let mut subscription = counter.subscribe();
        let changed = async move {
            if subscription.changed().await.is_err() {
                // The server is gone, so there is nothing left to wait for.
                std::future::pending().await
            }
        };
        Self { changed: changed.boxed() }
    }
}

impl Future for Armed {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.changed.poll_unpin(context)
    }
}

#[derive(Default)]
pub(super) struct Topics {
    timers: watch::Sender<()>,
    record_changes: watch::Sender<()>,
    operations: watch::Sender<()>,
    problems: watch::Sender<()>,
    tallies: watch::Sender<()>,
    unpublished: watch::Sender<()>,
    webhooks: watch::Sender<()>,
    /// Organizations whose events someone follows, or did until a moment ago.
    each_publication: Mutex<HashMap<OrganizationId, watch::Sender<()>>>,
    /// Only topics that someone waits for, or did until a moment ago.
    each_operation: Mutex<HashMap<OperationId, watch::Sender<()>>>,
}

impl Topics {
    pub(super) fn arm(&self, topic: Topic) -> Armed {
        match topic {
            Topic::Timers => Armed::new(&self.timers),
            Topic::RecordChanges => Armed::new(&self.record_changes),
            Topic::Operations => Armed::new(&self.operations),
            Topic::Problems => Armed::new(&self.problems),
            Topic::Tallies => Armed::new(&self.tallies),
            Topic::Unpublished => Armed::new(&self.unpublished),
            Topic::Webhooks => Armed::new(&self.webhooks),

            Topic::Published(organization) => {
                // Clean up here, as below.
                let mut followed = self.each_publication();
                followed.retain(|_, counter| counter.receiver_count() > 0);
                Armed::new(followed.entry(organization).or_default())
            }
            Topic::Operation(id) => {
                let mut waited_for = self.each_operation();
                // Clean up here, so that finished waits do not pile up.
                waited_for.retain(|_, counter| counter.receiver_count() > 0);
                Armed::new(waited_for.entry(id).or_default())
            }
        }
    }

    pub(super) fn wake(&self, topic: Topic) {
        match topic {
            Topic::Timers => self.timers.send_replace(()),
            Topic::RecordChanges => self.record_changes.send_replace(()),
            Topic::Operations => self.operations.send_replace(()),
            Topic::Problems => self.problems.send_replace(()),
            Topic::Tallies => self.tallies.send_replace(()),
            Topic::Unpublished => self.unpublished.send_replace(()),
            Topic::Webhooks => self.webhooks.send_replace(()),

            // Nobody waits for most of these.
            Topic::Published(organization) => {
                if let Some(counter) = self.each_publication().get(&organization) {
                    counter.send_replace(());
                }
            }
            Topic::Operation(id) => {
                if let Some(counter) = self.each_operation().get(&id) {
                    counter.send_replace(());
                }
            }
        }
    }

    pub(super) fn wake_every_operation(&self) {
        for counter in self.each_operation().values() {
            counter.send_replace(());
        }
    }

    pub(super) fn wake_every_publication(&self) {
        for counter in self.each_publication().values() {
            counter.send_replace(());
        }
    }

    fn each_publication(&self) -> MutexGuard<'_, HashMap<OrganizationId, watch::Sender<()>>> {
        self.each_publication.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn each_operation(&self) -> MutexGuard<'_, HashMap<OperationId, watch::Sender<()>>> {
        self.each_operation.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
