//! The one reader of a server: reads all changed queues of an organization in one statement, those
//! of several organizations side by side, and publishes their states.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, Utc};
use futures::{StreamExt as _, stream};

use super::Inner;
use crate::clock::jittered;
use crate::domain::id::OrganizationId;
use crate::measures;
use crate::store::database::doorbell::{QueueKey, retry_delay};
use crate::store::{self, Part, queues};

/// The most queues in one statement: with more, the first would wait for the last.
const QUEUES_PER_READ: usize = 2_000;
/// How many statements run at once, each of another organization.
const READS_AT_ONCE: usize = 4;

pub(super) struct Reader {
    inner: Arc<Inner>,
    /// The queues still to be read. If a read fails, they are all read again.
    pending: BTreeSet<QueueKey>,
    poll_at: DateTime<Utc>,
    failures: u32,
}

impl Reader {
    pub(super) fn new(inner: Arc<Inner>) -> Self {
        let poll_at = inner.clock.now() + jittered(inner.settings.poll);
        Self { inner, pending: BTreeSet::new(), poll_at, failures: 0 }
    }

    pub(super) async fn run(mut self) {
        loop {
            if self.pending.is_empty() {
                self.wait().await;
            }
            let store = self.inner.store.clone();
            match store.while_answered(Part::Transaction, self.work()).await.and_then(|worked| worked) {
                Ok(()) => self.succeeded(),
                Err(error) => self.back_off(&error).await,
            }
        }
    }

    /// Waits until there is something to read or the poll is due.
    async fn wait(&mut self) {
        let Inner { wake, clock, .. } = &*self.inner;
        // Queues are taken before they are read, so a change during the read shows up again.
        tokio::select! {
            dirty = wake.take_dirty_queues() => self.pending.extend(wake.windows().watched_of(dirty)),
            requested = wake.windows().take_requested() => self.pending.extend(requested),
            () = clock.sleep_until(self.poll_at) => {}
        }
    }

    async fn work(&mut self) -> Result<(), store::Error> {
        if self.inner.clock.now() >= self.poll_at {
            let changed = self.poll().await?;
            self.pending.extend(changed);
            self.inner.look_at_views().await?;
            self.poll_at = self.inner.clock.now() + jittered(self.inner.settings.poll);
        }
        while !self.pending.is_empty() {
            self.read_all().await?;
        }
        Ok(())
    }

    /// Reads pending queues of every organization that has some. One whose read fails keeps none
    /// of the others waiting.
    async fn read_all(&mut self) -> Result<(), store::Error> {
        let mut own = BTreeMap::<OrganizationId, Vec<QueueKey>>::new();
        for key in &self.pending {
            let keys = own.entry(key.0).or_default();
            if keys.len() < QUEUES_PER_READ {
                keys.push(*key);
            }
        }

        let reads = own.into_values().map(|keys| self.read(keys));
        let read: Vec<_> = stream::iter(reads).buffer_unordered(READS_AT_ONCE).collect().await;
        let mut failed = Ok(());
        for read in read {
            match read {
                // Removed only now: a failed read leaves them pending.
                Ok(keys) => keys.iter().for_each(|key| _ = self.pending.remove(key)),
                Err(error) => failed = failed.and(Err(error)),
            }
        }
        failed
    }

    /// Finds watched queues that changed without a wake-up, because there is no doorbell or it lost
    /// a ring.
    async fn poll(&self) -> Result<Vec<QueueKey>, store::Error> {
        let known = self.inner.wake.windows().known();
        if known.is_empty() {
            return Ok(Vec::new());
        }
        queues::states::changed(&mut *self.inner.store.connection().await?, &known).await
    }

    /// Reads queues of one organization, and returns them.
    async fn read(&self, keys: Vec<QueueKey>) -> Result<Vec<QueueKey>, store::Error> {
        let mut conn = self.inner.store.connection().await?;

        // Sessions that join after this are served by the next read.
        let read = self.inner.wake.windows().begin_read(&keys);
        if !read.watched.is_empty() {
            let began = Instant::now();
            let states = queues::states::read(&mut conn, &read.watched).await?;
            metrics::histogram!(measures::FEED_READ_DURATION).record(began.elapsed());
            metrics::histogram!(measures::FEED_READ_QUEUES).record(read.watched.len() as f64);
            self.inner.wake.windows().publish(&read, states);
        }
        Ok(keys)
    }

    fn succeeded(&mut self) {
        if self.failures > 0 {
            tracing::info!(failures = self.failures, "live queue reads recovered");
            // A restored backup may lack queues, and the poll only looks for queues that changed.
            self.pending = self.inner.wake.windows().watched().into_iter().collect();
        }
        self.failures = 0;
    }

    /// Logs the first failure in a row. The streams stay open and silent meanwhile.
    async fn back_off(&mut self, error: &store::Error) {
        if self.failures == 0 {
            tracing::error!(error = error as &dyn std::error::Error, "live queue reads failed, retrying");
        }
        let until = self.inner.clock.now() + jittered(retry_delay(self.failures));
        self.failures += 1;
        self.inner.clock.sleep_until(until).await;
    }
}
