//! Checks whether callers may keep their open streams: one query for all streams with API keys of a
//! server, and one for those with tokens of an organization.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;
use tonic::Status;

use super::after;
use crate::api::layers::identity::{self, Method};
use crate::api::status;
use crate::api::tokens::Refused;
use crate::clock::Clock;
use crate::domain::caller::Caller;
use crate::domain::id::{KeyId, OrganizationId, QueueId};
use crate::engine::Kind;
use crate::store::tenants::api_keys::KnownKey;
use crate::store::tenants::principals::Claimed;
use crate::store::{self, Part, Store, tenants};
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

/// A key with open streams.
struct OpenKey {
    streams: usize,
    caller: Arc<Latest<LatestCaller>>,
}

/// The caller that a key belongs to, with all its roles, by the last check; `None` before the
/// first. Or why the stream ends.
type LatestCaller = Result<Option<Arc<Caller>>, Lost>;

/// Why a caller's streams end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lost {
    /// The key no longer works.
    Key,
    /// The organization is suspended.
    Suspended,
}

/// A stream's right to continue. It is checked regularly until it is dropped.
pub(in crate::api) struct Right {
    rights: Rights,
    key: KeyName,
    caller: Arc<Latest<LatestCaller>>,
    /// The version at the last check.
    seen: u64,
    /// The caller that opened the stream. The one of a token says by itself what it may do; that of
    /// a key counts until the first check, and has only the roles for its own stream.
    own: Arc<Caller>,
    /// When the key or token expires.
    pub(in crate::api) expire_time: Option<DateTime<Utc>>,
}

impl OpenKey {
    /// Notes the answer of a check. Only wakes the streams if it is another one: they know already
    /// that they may continue, which is what the first answer usually says.
    fn change(&self, now: LatestCaller) {
        self.caller.change(|known| {
            let news = *known != now && (*known != Ok(None) || now.is_err());
            *known = now;
            news
        });
    }
}

impl Rights {
    /// Checks the database every `interval`, once [`Rights::run`] runs.
    pub fn new(store: Store, clock: Clock, interval: Duration) -> Self {
        Self { inner: Arc::new(Inner { store, clock, interval, held: Mutex::default() }) }
    }

    /// Checks all streams of this server until `stop`. Runs once per server.
    pub async fn run(&self, stop: CancellationToken) {
        stop.run_until_cancelled(self.ask_for_ever()).await;
    }

    async fn ask_for_ever(&self) {
        let Inner { clock, interval, .. } = &*self.inner;
        let mut failed = false;
        loop {
            clock.sleep_until(after(clock.now(), *interval)).await;
            // If a check fails, the next one tries again: an unreachable database ends no streams.
            let asked = self.ask().await;
            if let (Err(error), false) = (&asked, failed) {
                let error = error as &dyn std::error::Error;
                tracing::warn!(error, "checking the rights of open streams failed, retrying");
            }
            failed = asked.is_err();
        }
    }

    async fn ask(&self) -> Result<(), store::Error> {
        let keys: Vec<KeyName> = self.held().keys().copied().collect();
        if keys.is_empty() {
            return Ok(());
        }

        let (tokens, keys): (Vec<KeyName>, Vec<KeyName>) =
            keys.into_iter().partition(|(_, key)| key.is_of_token());
        let callers = self.callers(&keys).await?;
        let lost = self.lost(&tokens).await?;

        // The lock is taken only after the query, so that opening a stream never waits for it.
        let held = self.held();
        for key in keys {
            let now = callers.get(&key).cloned().unwrap_or(Err(Lost::Key));
            if let Some(open) = held.get(&key) {
                open.change(now);
            }
        }
        for (token, why) in lost {
            if let Some(open) = held.get(&token) {
                open.change(Err(why));
            }
        }
        Ok(())
    }

    /// Which of these principals may call no more: a token works until it expires, unless its
    /// organization is suspended or gone.
    async fn lost(&self, tokens: &[KeyName]) -> Result<Vec<(KeyName, Lost)>, store::Error> {
        if tokens.is_empty() {
            return Ok(Vec::new());
        }
        let claims = claims_by_organization(tokens);
        let store = &self.inner.store;
        let read = async {
            let mut conn = store.connection().await?;
            let mut found = HashMap::new();
            for claims in claims.values() {
                found.extend(tenants::principals::standings(&mut conn, claims).await?);
            }
            Ok::<_, store::Error>(found)
        };
        let found = store.while_answered(Part::Transaction, read).await??;

        let lost = claims.values().flatten().filter_map(|claimed| {
            let why = match found.get(claimed) {
                None => Lost::Key,
                Some(standing) if standing.suspended => Lost::Suspended,
                Some(_) => return None,
            };
            Some(((claimed.organization, claimed.principal), why))
        });
        Ok(lost.collect())
    }

    /// Whose keys these are; keys that no longer work may be absent.
    async fn callers(&self, keys: &[KeyName]) -> Result<HashMap<KeyName, LatestCaller>, store::Error> {
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let store = &self.inner.store;
        let read = async { tenants::api_keys::of(&mut *store.connection().await?, keys).await };
        let found = store.while_answered(Part::Transaction, read).await??;

        let now = self.inner.clock.now();
        let caller = |known: KnownKey| {
            let caller = match known.suspended {
                true => Err(Lost::Suspended),
                false => known.key.caller(now).map(|caller| Some(Arc::new(caller))).ok_or(Lost::Key),
            };
            ((known.key.organization, known.key.id), caller)
        };
        Ok(found.into_iter().map(caller).collect())
    }

    /// The right of a stream that this caller opens.
    pub(in crate::api) fn of(&self, caller: &Caller) -> Right {
        let key = (caller.organization, caller.key);
        let mut all = self.held();
        let unknown = || OpenKey { streams: 0, caller: Arc::new(Latest::new(Ok(None))) };
        let held = all.entry(key).or_insert_with(unknown);
        held.streams += 1;
        let (known, expire_time) = (held.caller.clone(), caller.expire_time);
        let own = Arc::new(caller.clone());
        Right { rights: self.clone(), key, seen: known.get().0, caller: known, own, expire_time }
    }

    fn held(&self) -> MutexGuard<'_, HashMap<KeyName, OpenKey>> {
        self.inner.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What these principals claim. In a distributed database a statement finds only the rows of one
/// organization, so each has a list of its own.
fn claims_by_organization(tokens: &[KeyName]) -> BTreeMap<OrganizationId, Vec<Claimed>> {
    let mut own = BTreeMap::<OrganizationId, Vec<Claimed>>::new();
    for (organization, principal) in tokens {
        let claimed = Claimed { organization: *organization, principal: *principal, seller: None };
        own.entry(*organization).or_default().push(claimed);
    }
    own
}

impl Right {
    /// Waits until a check changes the answer.
    pub(in crate::api) async fn changed(&self) {
        self.caller.other_than(self.seen).await;
    }

    /// Whether a stream of `method` on `queue` may continue.
    ///
    /// # Errors
    /// The reason why it may not.
    pub(super) fn check(&mut self, method: Method, queue: QueueId, now: DateTime<Utc>) -> Result<(), Status> {
        match self.admitted(method, now)?.scope().has_queue(queue) {
            true => Ok(()),
            false => Err(status::missing(Kind::Queue, "the queue").into_status()),
        }
    }

    /// The caller as it is now, if `method` still admits it.
    ///
    /// # Errors
    /// The reason why not.
    pub(in crate::api) fn admitted(&mut self, method: Method, now: DateTime<Utc>) -> Result<Caller, Status> {
        if self.expire_time.is_some_and(|end| now >= end) {
            return Err(match self.own.key.is_of_token() {
                true => status::token_refused(Refused::Expired),
                false => status::unauthenticated(),
            });
        }
        let (version, known) = self.caller.get();
        self.seen = version;
        let latest = known.map_err(|lost| match lost {
            Lost::Key => status::unauthenticated(),
            Lost::Suspended => status::organization_suspended(),
        })?;
        // Two tokens of one subject may differ, so no check tells of them.
        identity::admitted(method, Caller::clone(latest.as_ref().unwrap_or(&self.own)))
    }
}

impl Drop for Right {
    fn drop(&mut self) {
        let mut all = self.rights.held();
        if let Some(held) = all.get_mut(&self.key) {
            held.streams -= 1;
            // Forget keys without streams: the next check must not ask for them.
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
