//! Tokens (JWT) of an identity provider, which identify callers beside API keys.

mod claims;
mod fetching;
mod key_set;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jsonwebtoken::{DecodingKey, Validation, decode, decode_header};
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config::Jwt;
use claims::Object;
use fetching::Keys;
use key_set::KeySet;

pub use claims::{Claims, Refused};

/// How many verified tokens are remembered. Verifying one takes longer than the rest of a read.
const REMEMBERED: usize = 10_000;

/// Verifies tokens. Cheap to clone; one per server.
#[derive(Clone, Debug)]
pub struct Tokens {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    settings: Jwt,
    clock: Clock,
    keys: Keys,
    verified: Mutex<Verified>,
}

/// Tokens that one key set has verified, by their hashes.
#[derive(Debug, Default)]
struct Verified {
    by: Option<Arc<KeySet>>,
    claims: HashMap<[u8; 32], Arc<Claims>>,
}

impl Tokens {
    /// Accepts tokens by these settings. [`Tokens::run`] reads the provider's keys.
    pub fn new(settings: Jwt, clock: Clock) -> Self {
        let keys = Keys::new(settings.keys.clone(), settings.algorithms.clone(), clock.clone());
        Self { inner: Arc::new(Inner { settings, clock, keys, verified: Mutex::default() }) }
    }

    /// Reads the provider's keys now and whenever they are old, until `stop`.
    pub async fn run(&self, stop: CancellationToken) {
        self.inner.keys.keep_fresh(stop).await;
    }

    /// What a token says, if it is the provider's and works now.
    ///
    /// # Errors
    /// Why it doesn't.
    pub async fn claims(&self, token: &str) -> Result<Arc<Claims>, Refused> {
        let Inner { clock, .. } = &*self.inner;
        let hash = Sha256::digest(token).into();
        if let Some(claims) = self.remembered(&hash) {
            return if clock.now() < claims.expire_time { Ok(claims) } else { Err(Refused::Expired) };
        }

        let (set, object) = self.verify(token).await?;
        let claims = Arc::new(Claims::read(&object, &self.inner.settings, clock.now())?);
        self.remember(&set, hash, &claims);
        Ok(claims)
    }

    /// The claims of a token whose signature is right, and the key set that says so.
    async fn verify(&self, token: &str) -> Result<(Arc<KeySet>, Object), Refused> {
        let header = decode_header(token).map_err(|_| Refused::Unknown)?;
        // The token names its algorithm, but doesn't choose it.
        if !self.inner.settings.algorithms.contains(&header.alg) {
            return Err(Refused::Unknown);
        }
        let set = self.key_set(&header).await?;
        let key = set.find(header.kid.as_deref(), header.alg).ok_or(Refused::Unknown)?;
        let object = read(token, key, header.alg).ok_or(Refused::Unknown)?;
        Ok((set, object))
    }

    /// The key set, read again if it lacks the key.
    async fn key_set(&self, header: &jsonwebtoken::Header) -> Result<Arc<KeySet>, Refused> {
        let keys = &self.inner.keys;
        let fitting = |set: &Arc<KeySet>| set.find(header.kid.as_deref(), header.alg).is_some();
        if let Some(set) = keys.latest().filter(fitting) {
            return Ok(set);
        }
        keys.refresh().await;
        keys.latest().ok_or(Refused::NoKeys)
    }

    fn remembered(&self, hash: &[u8; 32]) -> Option<Arc<Claims>> {
        let latest = self.inner.keys.latest();
        let verified = self.verified();
        // What another key set has verified, the present one may not.
        let same = latest.zip(verified.by.as_ref()).is_some_and(|(set, by)| Arc::ptr_eq(&set, by));
        verified.claims.get(hash).filter(|_| same).cloned()
    }

    fn remember(&self, set: &Arc<KeySet>, hash: [u8; 32], claims: &Arc<Claims>) {
        let mut verified = self.verified();
        let other = verified.by.as_ref().is_none_or(|by| !Arc::ptr_eq(set, by));
        // Nothing better than all: which tokens are shown again nobody knows.
        if other || verified.claims.len() >= REMEMBERED {
            verified.claims.clear();
            verified.by = Some(set.clone());
        }
        verified.claims.insert(hash, claims.clone());
    }

    fn verified(&self) -> MutexGuard<'_, Verified> {
        self.inner.verified.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The claims of a token, if this key has signed it.
fn read(token: &str, key: &DecodingKey, algorithm: jsonwebtoken::Algorithm) -> Option<Object> {
    let mut validation = Validation::new(algorithm);
    // What the claims must be is checked by our own clock, and told apart for the caller.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    decode::<Object>(token, key, &validation).ok().map(|token| token.claims)
}
