//! Whether those who have streams open may still have them: one question for all streams of a server, however many they are.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;
use tonic::Status;

use super::after;
use crate::api::layers::identity::{self, Method};
use crate::api::status;
use crate::clock::Clock;
use crate::domain::caller::Caller;
use crate::domain::id::{KeyId, OrganizationId, QueueId};
use crate::engine::Kind;
use crate::store::{self, Store, api_keys};
use crate::wake::Latest;

/// The callers of all open streams. Cheap to clone; one per server.
#[derive(Clone)]
pub struct Rights {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: Clock,
    interval: Duration,
    held: Mutex<HashMap<KeyName, OpenKey>>,
}

type KeyName = (OrganizationId, KeyId);

/// A key whose caller has streams open.
struct OpenKey {
    streams: usize,
    caller: Arc<Latest<LatestCaller>>,
}

/// The caller who comes with a key, as last asked; none if it works no more.
type LatestCaller = Option<Arc<Caller>>;

/// A stream's right to go on. It is asked about until it is dropped.
pub(super) struct Right {
    rights: Rights,
    key: KeyName,
    caller: Arc<Latest<LatestCaller>>,
    /// The version of what was last checked.
    seen: u64,
    /// When the key ends by itself.
    pub(super) expire_time: Option<DateTime<Utc>>,
}

impl Rights {
    /// Asks the database every `interval`; nothing is asked before [`Rights::run`].
    pub fn new(store: Store, clock: Clock, interval: Duration) -> Self {
        Self { inner: Arc::new(Inner { store, clock, interval, held: Mutex::default() }) }
    }

    /// Asks for all streams of this server, until `stop`. Runs once per server.
    pub async fn run(&self, stop: CancellationToken) {
        stop.run_until_cancelled(self.ask_for_ever()).await;
    }

    async fn ask_for_ever(&self) {
        let Inner { clock, interval, .. } = &*self.inner;
        let mut failed = false;
        loop {
            clock.sleep_until(after(clock.now(), *interval)).await;
            // What can't be found out now is asked again the next time: a database that is away ends no stream.
            let asked = self.ask().await;
            if let (Err(error), false) = (&asked, failed) {
                let error = error as &dyn std::error::Error;
                tracing::warn!(error, "can't check the rights of open streams, trying again");
            }
            failed = asked.is_err();
        }
    }

    async fn ask(&self) -> Result<(), store::Error> {
        let keys: Vec<KeyName> = self.held().keys().copied().collect();
        if keys.is_empty() {
            return Ok(());
        }
        let found = api_keys::of(&mut *self.inner.store.connection().await?, &keys).await?;
        let now = self.inner.clock.now();
        let caller = |key: crate::domain::api_key::ApiKey| {
            Some(((key.organization, key.id), Arc::new(key.caller(now)?)))
        };
        let callers: HashMap<KeyName, Arc<Caller>> = found.into_iter().filter_map(caller).collect();
        let held = self.held();
        for key in keys {
            let now = callers.get(&key);
            // Nobody is woken for what is as it was.
            let change = |known: &mut LatestCaller| {
                let changed = known.as_ref() != now;
                *known = now.cloned();
                changed
            };
            if let Some(held) = held.get(&key) {
                held.caller.change(change);
            }
        }
        Ok(())
    }

    /// The right of a stream that this caller opens.
    pub(super) fn of(&self, caller: &Caller) -> Right {
        let key = (caller.organization, caller.key);
        let mut all = self.held();
        let unknown =
            || OpenKey { streams: 0, caller: Arc::new(Latest::new(Some(Arc::new(caller.clone())))) };
        let held = all.entry(key).or_insert_with(unknown);
        held.streams += 1;
        let (known, expire_time) = (held.caller.clone(), caller.expire_time);
        Right { rights: self.clone(), key, seen: known.get().0, caller: known, expire_time }
    }

    fn held(&self) -> MutexGuard<'_, HashMap<KeyName, OpenKey>> {
        self.inner.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Right {
    /// Waits until there is another answer than the last.
    pub(super) async fn changed(&self) {
        self.caller.other_than(self.seen).await;
    }

    /// Whether a stream of `method` on `queue` may go on.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn check(&mut self, method: Method, queue: QueueId, now: DateTime<Utc>) -> Result<(), Status> {
        if self.expire_time.is_some_and(|end| now >= end) {
            return Err(status::unauthenticated());
        }
        let (version, known) = self.caller.get();
        self.seen = version;
        let caller = known.ok_or_else(status::unauthenticated)?;
        identity::check_role(method, &caller)?;
        match caller.scope().has_queue(queue) {
            true => Ok(()),
            false => Err(status::missing(Kind::Queue, "the queue").into_status()),
        }
    }
}

impl Drop for Right {
    fn drop(&mut self) {
        let mut all = self.rights.held();
        if let Some(held) = all.get_mut(&self.key) {
            held.streams -= 1;
            if held.streams == 0 {
                all.remove(&self.key);
            }
        }
    }
}

impl fmt::Debug for Rights {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Rights").field("keys", &self.held().len()).finish_non_exhaustive()
    }
}
