//! The one reader of a server: reads all changed queues of an organization in one statement, those
//! of several organizations side by side, and publishes their states. An organization that is slow,
//! or whose reads fail, keeps none of the others waiting.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use futures::StreamExt as _;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use uuid::Uuid;

use super::Inner;
use crate::clock::jittered;
use crate::domain::id::{OrganizationId, QueueId};
use crate::measures;
use crate::store::database::doorbell::{QueueKey, retry_delay};
use crate::store::{self, Part, queues};

/// The most queues in one statement: with more, the first would wait for the last.
const QUEUES_PER_READ: usize = 2_000;
/// How many statements run at once, each of another organization.
const READS_AT_ONCE: usize = 4;

pub(super) struct Reader {
    inner: Arc<Inner>,
    /// The queues still to be read.
    pending: BTreeMap<OrganizationId, BTreeSet<QueueId>>,
    /// The organizations whose queues are being read, and what runs: their reads and the poll.
    reading: BTreeSet<OrganizationId>,
    running: FuturesUnordered<BoxFuture<'static, Ended>>,
    /// The organization whose read began last. The next one in turn comes after it.
    last: OrganizationId,
    resting: BTreeMap<OrganizationId, Rest>,
    polling: bool,
    poll_at: DateTime<Utc>,
    failed_polls: u32,
    /// True if the database was away since the last poll. What is there now may be a restored
    /// backup that lacks queues. The poll only finds queues that changed, so all are read again.
    was_away: bool,
}

/// The pause of an organization whose reads failed.
struct Rest {
    failures: u32,
    until: DateTime<Utc>,
}

/// What has ended.
enum Ended {
    /// The read of these queues of an organization.
    Read(OrganizationId, Vec<QueueKey>, Result<(), store::Error>),
    /// The poll for changed queues, and the look at the views.
    Poll(Result<Vec<QueueKey>, store::Error>, Result<(), store::Error>),
}

impl Reader {
    pub(super) fn new(inner: Arc<Inner>) -> Self {
        let poll_at = inner.clock.now() + jittered(inner.settings.poll);
        Self {
            inner,
            pending: BTreeMap::new(),
            reading: BTreeSet::new(),
            running: FuturesUnordered::new(),
            last: OrganizationId(Uuid::nil()),
            resting: BTreeMap::new(),
            polling: false,
            poll_at,
            failed_polls: 0,
            was_away: false,
        }
    }

    pub(super) async fn run(mut self) {
        let inner = self.inner.clone();
        let Inner { wake, clock, .. } = &*inner;
        loop {
            self.begin();
            let next = self.next_instant();
            // Queues are taken before they are read. One that changes during its read comes again.
            tokio::select! {
                dirty = wake.take_dirty_queues() => self.add(wake.windows().watched_of(dirty)),
                requested = wake.windows().take_requested() => self.add(requested),
                Some(ended) = self.running.next() => self.end(ended),
                () = clock.sleep_until(next) => {}
            }
        }
    }

    fn add(&mut self, queues: impl IntoIterator<Item = QueueKey>) {
        for (organization, queue) in queues {
            self.pending.entry(organization).or_default().insert(queue);
        }
    }

    /// Begins the poll if it is due, and as many reads as have a place.
    fn begin(&mut self) {
        let now = self.inner.clock.now();
        if !self.polling && now >= self.poll_at {
            self.polling = true;
            self.running.push(Box::pin(poll(self.inner.clone())));
        }

        while self.has_place()
            && let Some(organization) = self.in_turn(now)
        {
            let keys = self.take(organization);
            self.reading.insert(organization);
            self.last = organization;
            self.running.push(Box::pin(read(self.inner.clone(), organization, keys)));
        }
    }

    fn has_place(&self) -> bool {
        self.reading.len() < READS_AT_ONCE
    }

    /// The next organization in turn that isn't being read and doesn't rest.
    fn in_turn(&self, now: DateTime<Utc>) -> Option<OrganizationId> {
        let later = self.pending.range((Bound::Excluded(self.last), Bound::Unbounded));
        let mut turn = later.chain(self.pending.range(..=self.last)).map(|(organization, _)| *organization);
        turn.find(|organization| {
            let rests = self.resting.get(organization).is_some_and(|rest| rest.until > now);
            !rests && !self.reading.contains(organization)
        })
    }

    /// Takes the queues for the next read of an organization.
    fn take(&mut self, organization: OrganizationId) -> Vec<QueueKey> {
        let mut queues = self.pending.remove(&organization).unwrap_or_default();
        if let Some(first) = queues.iter().nth(QUEUES_PER_READ).copied() {
            self.pending.insert(organization, queues.split_off(&first));
        }
        queues.into_iter().map(|queue| (organization, queue)).collect()
    }

    /// When to begin the next poll or read, if nothing happens before.
    fn next_instant(&self) -> DateTime<Utc> {
        // Without a place, the end of a read comes first.
        let rested = self.resting.iter().filter(|(organization, _)| {
            self.has_place()
                && self.pending.contains_key(organization)
                && !self.reading.contains(organization)
        });
        let poll = (!self.polling).then_some(self.poll_at);
        let next = rested.map(|(_, rest)| rest.until).chain(poll).min();
        next.unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    fn end(&mut self, ended: Ended) {
        match ended {
            Ended::Read(organization, keys, read) => {
                self.reading.remove(&organization);
                match read {
                    Ok(()) => self.succeeded(organization),
                    Err(error) => self.rest(organization, keys, &error),
                }
            }
            Ended::Poll(changed, looked) => self.polled(changed, looked),
        }
    }

    fn succeeded(&mut self, organization: OrganizationId) {
        let Some(Rest { failures, .. }) = self.resting.remove(&organization) else { return };
        tracing::info!(organization.id = %organization, failures, "live queue reads recovered");
    }

    /// Lets an organization rest whose read failed, and logs the first failure in a row. Its
    /// streams stay open and silent meanwhile.
    fn rest(&mut self, organization: OrganizationId, keys: Vec<QueueKey>, error: &store::Error) {
        self.was_away |= error.is_of_the_database();
        let failures = self.resting.get(&organization).map_or(0, |rest| rest.failures);
        if failures == 0 {
            let error = error as &dyn std::error::Error;
            tracing::error!(organization.id = %organization, error, "live queue reads failed, retrying");
        }
        let until = self.inner.clock.now() + jittered(retry_delay(failures));
        self.resting.insert(organization, Rest { failures: failures.saturating_add(1), until });
        self.add(keys);
    }

    fn polled(&mut self, changed: Result<Vec<QueueKey>, store::Error>, looked: Result<(), store::Error>) {
        self.polling = false;
        let pause = match changed.as_ref().err().or(looked.as_ref().err()) {
            Some(error) => self.pause_after(error),
            None => {
                self.failed_polls = 0;
                if std::mem::take(&mut self.was_away) {
                    self.add(self.inner.wake.windows().watched());
                }
                self.inner.settings.poll
            }
        };

        self.add(changed.unwrap_or_default());
        self.poll_at = self.inner.clock.now() + jittered(pause);
    }

    /// How long to wait after a poll that failed. Logs the first failure in a row.
    fn pause_after(&mut self, error: &store::Error) -> Duration {
        if self.failed_polls == 0 {
            let error = error as &dyn std::error::Error;
            tracing::error!(error, "looking for changed live queues failed, retrying");
        }
        let pause = retry_delay(self.failed_polls);
        self.was_away = true;
        self.failed_polls = self.failed_polls.saturating_add(1);
        pause
    }
}

/// Finds watched queues that changed without a wake-up, because there is no doorbell or it lost a
/// ring, and looks at the views.
async fn poll(inner: Arc<Inner>) -> Ended {
    let store = &inner.store;
    let changed = async {
        let known = inner.wake.windows().known();
        if known.is_empty() {
            return Ok(Vec::new());
        }
        queues::states::changed(&mut *store.connection().await?, &known).await
    };
    let changed = store.while_answered(Part::Transaction, changed).await;
    let looked = store.while_answered(Part::Transaction, inner.look_at_views()).await;
    Ended::Poll(changed.and_then(|changed| changed), looked.and_then(|looked| looked))
}

/// Reads queues of one organization, and publishes their states.
async fn read(inner: Arc<Inner>, organization: OrganizationId, keys: Vec<QueueKey>) -> Ended {
    let work = async {
        let mut conn = inner.store.connection().await?;
        let windows = inner.wake.windows();

        // Sessions that join after this are served by the next read.
        let read = windows.begin_read(&keys);
        if !read.watched.is_empty() {
            let began = Instant::now();
            let states = queues::states::read(&mut conn, &read.watched).await?;
            metrics::histogram!(measures::FEED_READ_DURATION).record(began.elapsed());
            metrics::histogram!(measures::FEED_READ_QUEUES).record(read.watched.len() as f64);
            windows.publish(&read, states);
        }
        Ok::<_, store::Error>(())
    };
    let read = inner.store.while_answered(Part::Transaction, work).await.and_then(|read| read);
    Ended::Read(organization, keys, read)
}
