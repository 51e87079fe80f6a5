//! Sends the events of webhooks: each webhook's in order, all webhooks side by side, so that one
//! that fails or hangs delays only its own events.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::reading;
use super::sending::Sender;
use crate::api::pb;
use crate::domain::webhook::{After, Delivery, Failure, Progress};
use crate::engine::{Engine, Error};
use crate::measures;
use crate::store::webhooks::{Claimed, Lease, WebhookKey};
use crate::wake::Topic;

/// The most webhooks of a server that send at the same time.
const AT_ONCE: usize = 64;
/// The most events that are sent before the progress is saved: so many come twice after a crash.
const STRETCH: usize = 20;
/// How long a webhook sends before others have their turn.
const TURN: Duration = Duration::from_secs(30);
/// How old the saved progress may be before an attempt. With the attempt it is younger than the
/// lease.
const UNSAVED: Duration = Duration::from_secs(5);

/// Sends the events of webhooks. Cheap to clone; one per server.
#[derive(Clone, Debug)]
pub struct Deliverer {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    engine: Engine,
    sender: Sender,
    /// The webhooks that this server is sending for.
    sending: Mutex<HashSet<WebhookKey>>,
    places: Arc<Semaphore>,
}

/// What one look found.
#[derive(Clone, Copy, Debug)]
pub struct Looked {
    /// Webhooks began to send.
    pub worked: bool,
    /// When a webhook tries again.
    pub next: Option<DateTime<Utc>>,
}

impl Deliverer {
    /// Sends with this sender. Nothing is sent before [`Self::look`].
    pub fn new(engine: Engine, sender: Sender) -> Self {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        Self { inner: Arc::new(Inner { engine, sender, sending: Mutex::default(), places }) }
    }

    /// Lets each webhook that has something to send begin, on a task of its own. The end of a task
    /// wakes [`Topic::Webhooks`].
    ///
    /// # Errors
    /// The database failed.
    pub async fn look(
        &self,
        now: DateTime<Utc>,
        tracker: &TaskTracker,
        stop: &CancellationToken,
    ) -> Result<Looked, Error> {
        let engine = &self.inner.engine;
        let due = engine.while_answered(engine.due_webhooks(now, limit())).await??;

        let mut worked = false;
        for key in due {
            let Some(turn) = self.begin(key) else { continue };
            worked = true;
            let (deliverer, stop) = (self.clone(), stop.clone());
            tracker.spawn(async move {
                deliverer.take_turn(key, &stop).await;
                drop(turn);
                deliverer.inner.engine.wake().again(Topic::Webhooks);
            });
        }
        let next = engine.while_answered(engine.next_webhook()).await??;
        Ok(Looked { worked, next: next.filter(|next| *next > now) })
    }

    /// Sends what is due now, and waits for the end. True if something was due.
    ///
    /// # Errors
    /// The database failed.
    pub async fn send_all(&self, now: DateTime<Utc>) -> Result<bool, Error> {
        // Whoever is sending already has the lease, so no webhook sends twice.
        let due = self.inner.engine.due_webhooks(now, limit()).await?;
        let worked = !due.is_empty();
        let mut turns = JoinSet::new();
        for key in due {
            let deliverer = self.clone();
            turns.spawn(async move { deliverer.take_turn(key, &CancellationToken::new()).await });
        }
        turns.join_all().await;
        Ok(worked)
    }

    /// The right to send for a webhook on this server. `None` if it is sending, or too many are.
    fn begin(&self, key: WebhookKey) -> Option<Turn> {
        // The end of another turn wakes the loop again.
        let place = self.inner.places.clone().try_acquire_owned().ok()?;
        let is_new = self.inner.sending().insert(key);
        is_new.then(|| Turn { inner: self.inner.clone(), key, _place: place })
    }

    /// Sends for one webhook until nothing is left, an attempt fails, or its time is over.
    async fn take_turn(&self, key: WebhookKey, stop: &CancellationToken) {
        let engine = &self.inner.engine;
        // The lease begins after this.
        let claimed_at = Instant::now();
        let claimed = match answered(engine, engine.claim_webhook(key, engine.clock().now())).await {
            Ok(Some(claimed)) => claimed,
            // Another server was faster.
            Ok(None) => return,
            Err(error) => return log(key, &error),
        };

        let (claimed, lease) = claimed;
        let run = Run { inner: &self.inner, key, claimed, claimed_at, lease };
        // A stopping server gives up the attempt in progress. The next one repeats it.
        let lease = run.lease.clone();
        if let Some(Err(error)) = stop.run_until_cancelled(Box::pin(run.send())).await {
            // The lease stays until it ends: who took it at once would fail again.
            return log(key, &error);
        }
        if let Err(error) = answered(engine, engine.release_webhook(key, &lease)).await {
            log(key, &error);
        }
    }
}

impl Inner {
    fn sending(&self) -> MutexGuard<'_, HashSet<WebhookKey>> {
        self.sending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to send for a webhook, until it is dropped.
struct Turn {
    inner: Arc<Inner>,
    key: WebhookKey,
    _place: OwnedSemaphorePermit,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.inner.sending().remove(&self.key);
    }
}

/// One turn of a webhook, under its lease.
struct Run<'a> {
    inner: &'a Inner,
    key: WebhookKey,
    claimed: Claimed,
    claimed_at: Instant,
    lease: Lease,
}

/// Whether a turn goes on.
#[derive(PartialEq, Eq)]
enum Step {
    More,
    Done,
}

impl Run<'_> {
    async fn send(self) -> Result<(), Error> {
        let (mut progress, mut saved_at) = (self.claimed.webhook.progress.clone(), self.claimed_at);
        // An attempt may have taken half of the lease: saving renews it.
        if Box::pin(self.retry()).await? && !self.renew(&progress, &mut saved_at).await? {
            return Ok(());
        }

        let began = Instant::now();
        let now = self.inner.engine.clock().now();
        // Only what somebody asked for may have been due.
        if progress.next_attempt.is_some_and(|next| next > now) {
            return Ok(());
        }
        while began.elapsed() < TURN {
            if Box::pin(self.send_stretch(&mut progress, &mut saved_at)).await? == Step::Done {
                break;
            }
        }
        Ok(())
    }

    /// Sends what was given up once and is to be sent again, whatever its order. True if there was
    /// something.
    async fn retry(&self) -> Result<bool, Error> {
        let engine = &self.inner.engine;
        let now = engine.clock().now();
        let to_retry = answered(engine, engine.deliveries_to_retry(self.key, now, 1)).await?;
        let retries = !to_retry.is_empty();
        for delivery in to_retry {
            let failed = match self.event_at(delivery.position).await? {
                Some(event) => self.attempt(&event).await.err(),
                // History no longer has it.
                None => None,
            };
            let error = failed.as_ref().map(|failure| failure.error.as_str());
            answered(engine, engine.retried_delivery(self.key, delivery.id, error)).await?;
        }
        Ok(retries)
    }

    async fn event_at(&self, position: i64) -> Result<Option<pb::Event>, Error> {
        let (engine, organization) = (&self.inner.engine, self.key.0);
        let mut conn = engine.store().read(organization).await?;
        let wanted = [position];
        let read = reading::at(engine, organization, &mut conn, &wanted);
        Ok(engine.while_answered(Box::pin(read)).await??.remove(&position))
    }

    /// Sends the next events, and saves how far that went. The lease is as old as `saved_at`, so
    /// the time of reading counts, too.
    async fn send_stretch(&self, progress: &mut Progress, saved_at: &mut Instant) -> Result<Step, Error> {
        let Self { inner, key, claimed, .. } = self;
        let filter = &claimed.webhook.target.filter;
        let read = reading::after(&inner.engine, key.0, filter, progress.position, STRETCH);
        let Some(slice) = inner.engine.while_answered(Box::pin(read)).await?? else { return Ok(Step::Done) };

        if slice.check_follows(Some(progress.position)).is_err() {
            let (organization, missed) = (&key.0, slice.forgotten - progress.position);
            tracing::warn!(organization.id = %organization, webhook.id = %claimed.webhook.webhook_id, missed, "events were forgotten before a webhook sent them");
        }

        for (position, event) in &slice.events {
            // A slow receiver or database must not cost the lease.
            if saved_at.elapsed() > UNSAVED && !self.renew(progress, saved_at).await? {
                return Ok(Step::Done);
            }
            match self.attempt(event).await {
                Ok(()) => *progress = Progress::at(*position),
                Err(failure) => return self.failed(progress, *position, &failure).await,
            }
        }

        // What isn't wanted is passed over.
        *progress = Progress::at(slice.upto);
        let saved = self.renew(progress, saved_at).await?;
        Ok(if saved && slice.is_followed() { Step::More } else { Step::Done })
    }

    async fn failed(&self, progress: &mut Progress, position: i64, failure: &Failure) -> Result<Step, Error> {
        let engine = &self.inner.engine;
        let now = engine.clock().now();
        let attempts = progress.attempts + 1;

        match progress.after(position, failure, now, rand::random()) {
            After::Again(next) => {
                // What arrived before it in this stretch is saved with it.
                self.save(&next, None, false).await?;
                Ok(Step::Done)
            }
            After::GivenUp(next) => {
                let delivery = engine.given_up(position, attempts, &failure.error, now);
                // In one transaction: an event is never passed over without being kept.
                let saved = self.save(&next, Some(&delivery), false).await?;
                *progress = next;
                Ok(if saved { Step::More } else { Step::Done })
            }
            After::Disabled(next) => {
                self.save(&next, None, true).await?;
                Ok(Step::Done)
            }
        }
    }

    async fn attempt(&self, event: &pb::Event) -> Result<(), Failure> {
        let (inner, webhook) = (self.inner, &self.claimed.webhook);
        let now = inner.engine.clock().now();
        let sent = Box::pin(inner.sender.send(&webhook.target.url, event, &self.claimed.secrets, now)).await;
        let outcome = if sent.is_ok() { "arrived" } else { "failed" };
        metrics::counter!(measures::WEBHOOK_ATTEMPTS, "outcome" => outcome).increment(1);
        sent.map(|_| ())
    }

    /// Saves how far the sending went, which renews the lease.
    async fn renew(&self, progress: &Progress, saved_at: &mut Instant) -> Result<bool, Error> {
        let began = Instant::now();
        let saved = self.save(progress, None, false).await?;
        *saved_at = began;
        Ok(saved)
    }

    async fn save(
        &self,
        progress: &Progress,
        given_up: Option<&Delivery>,
        disables: bool,
    ) -> Result<bool, Error> {
        let engine = &self.inner.engine;
        let saving = engine.save_webhook_progress(self.key, &self.lease, progress, given_up, disables);
        answered(engine, saving).await
    }
}

/// Does work on the database, and gives up when it stops answering.
async fn answered<T>(engine: &Engine, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    engine.while_answered(work).await?
}

fn limit() -> i64 {
    i64::try_from(AT_ONCE).unwrap_or(i64::MAX)
}

/// The loop tries again, so a failure is only told.
fn log((organization, webhook): WebhookKey, error: &Error) {
    let error = error as &dyn std::error::Error;
    tracing::warn!(organization.id = %organization, webhook.id = %webhook.0, error, "sending the events of a webhook failed");
}
