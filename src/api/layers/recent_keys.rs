//! Keys that callers have just shown: each is remembered for a second, and when it was used last.

use std::collections::HashMap;
use std::mem::take;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::api_key::ApiKey;
use crate::domain::id::{KeyId, OrganizationId};
use crate::store::tenants::api_keys::{KeyUse, KnownKey, SecretKey};

/// How long a key is remembered. A revocation that this server doesn't hear of holds after so long.
const REMEMBERED: TimeDelta = TimeDelta::seconds(1);

/// The most keys that are remembered, so that a storm of callers can't take all memory.
const MOST: usize = 100_000;

/// The keys that this server has just seen. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct RecentKeys(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    keys: HashMap<SecretKey, Remembered>,
    uses: HashMap<(OrganizationId, KeyId), KeyUse>,
}

#[derive(Debug)]
struct Remembered {
    key: Arc<KnownKey>,
    read_at: DateTime<Utc>,
    /// How often keys had changed when it was read.
    epoch: u64,
}

impl RecentKeys {
    /// The key with this secret, if it was read within a second and no key has changed since.
    pub(super) fn find(&self, secret: &SecretKey, now: DateTime<Utc>, epoch: u64) -> Option<Arc<KnownKey>> {
        let seen = self.seen();
        let found = seen.keys.get(secret)?;
        let fresh = found.epoch == epoch && now - found.read_at < REMEMBERED;
        fresh.then(|| found.key.clone())
    }

    /// Remembers a key. Call [`crate::wake::Wake::keys_epoch`] and the clock before reading it.
    pub(super) fn keep(
        &self,
        secret: SecretKey,
        key: KnownKey,
        read_at: DateTime<Utc>,
        epoch: u64,
    ) -> Arc<KnownKey> {
        let key = Arc::new(key);
        let mut seen = self.seen();
        // So rare that reading them all again is cheaper than knowing which are old.
        if seen.keys.len() >= MOST {
            seen.keys.clear();
        }
        seen.keys.insert(secret, Remembered { key: key.clone(), read_at, epoch });
        key
    }

    /// Notes that a key was used.
    pub(super) fn note_use(&self, key: &ApiKey, now: DateTime<Utc>) {
        let used = KeyUse { organization: key.organization, key: key.id, at: now };
        self.seen().uses.insert((key.organization, key.id), used);
    }

    /// The last use of each key since the last call.
    pub(super) fn take_uses(&self) -> Vec<KeyUse> {
        let mut seen = self.seen();
        // What was remembered for a minute is of no more use.
        seen.keys.clear();
        take(&mut seen.uses).into_values().collect()
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
