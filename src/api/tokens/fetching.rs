//! Reads a key set from its file or URL, and keeps it fresh.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::Algorithm;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use super::key_set::KeySet;
use crate::clock::Clock;
use crate::config::KeySource;

/// How often the set is read again. A key that the provider withdraws works for so long.
const REFRESHED: TimeDelta = TimeDelta::minutes(10);
/// The shortest time between two attempts, so that tokens with made-up keys cause no storm.
const PAUSE: TimeDelta = TimeDelta::seconds(10);
/// How long known keys work while the set can't be read.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// How long the provider has to answer.
const TIMEOUT: Duration = Duration::from_secs(5);
/// The largest key set, in bytes. The largest real ones have some twenty kilobytes.
const LARGEST: usize = 1 << 20;

/// The latest key set of a provider.
#[derive(Debug)]
pub(super) struct Keys {
    source: KeySource,
    pinned: Vec<Algorithm>,
    clock: Clock,
    latest: RwLock<Option<Latest>>,
    /// Locked while the set is read: callers that need a newer one wait for the same answer.
    attempts: Mutex<Attempts>,
}

/// A key set, and when it was read.
#[derive(Clone, Debug)]
struct Latest {
    set: Arc<KeySet>,
    read_at: DateTime<Utc>,
}

#[derive(Debug, Default)]
struct Attempts {
    last: Option<DateTime<Utc>>,
    failing: bool,
}

impl Keys {
    pub(super) fn new(source: KeySource, pinned: Vec<Algorithm>, clock: Clock) -> Self {
        Self { source, pinned, clock, latest: RwLock::default(), attempts: Mutex::default() }
    }

    /// The key set, if it was read and isn't too old to be trusted.
    pub(super) fn latest(&self) -> Option<Arc<KeySet>> {
        let latest = self.latest.read().unwrap_or_else(PoisonError::into_inner).clone()?;
        (self.clock.now() - latest.read_at < KEPT).then_some(latest.set)
    }

    /// Reads the set until `stop`: now, and whenever it is old.
    pub(super) async fn keep_fresh(&self, stop: CancellationToken) {
        let refresh = async {
            loop {
                self.refresh().await;
                let wait = if self.attempts.lock().await.failing { PAUSE } else { REFRESHED };
                self.clock.sleep_until(self.clock.now() + wait).await;
            }
        };
        stop.run_until_cancelled(refresh).await;
    }

    /// Reads the set again, unless that was tried just now.
    pub(super) async fn refresh(&self) {
        let mut attempts = self.attempts.lock().await;
        let now = self.clock.now();
        if attempts.last.is_some_and(|last| now - last < PAUSE) {
            return;
        }
        attempts.last = Some(now);

        match self.read().await {
            Ok(set) => {
                let latest = Latest { set: Arc::new(set), read_at: now };
                *self.latest.write().unwrap_or_else(PoisonError::into_inner) = Some(latest);
                if std::mem::take(&mut attempts.failing) {
                    tracing::info!(source = ?self.source, "the keys of tokens can be read again");
                }
            }
            Err(error) => {
                // Once, not at each attempt.
                if !std::mem::replace(&mut attempts.failing, true) {
                    self.warn(&error);
                }
            }
        }
    }

    fn warn(&self, error: &str) {
        let source = &self.source;
        match self.latest().is_some() {
            true => {
                tracing::error!(?source, error, "the keys of tokens can't be read; known keys still work")
            }
            false => {
                tracing::error!(?source, error, "the keys of tokens can't be read: no token is accepted")
            }
        }
    }

    async fn read(&self) -> Result<KeySet, String> {
        // A file has no limits: whoever writes it could do worse.
        let text = match &self.source {
            KeySource::File(path) => tokio::fs::read(path).await.map_err(|error| error.to_string()),
            KeySource::Url(url) => fetch(url).await,
        };
        KeySet::parse(&text?, &self.pinned)
    }
}

/// What the URL answers, within limits.
async fn fetch(url: &str) -> Result<Vec<u8>, String> {
    let client = client().map_err(|error| causes(&error))?;
    let mut answer = client
        .get(url)
        .header("accept", "application/json")
        .send()
        .await
        .and_then(reqwest::Response::error_for_status)
        .map_err(|error| causes(&error))?;
    // A redirect isn't followed, and is no error by itself.
    if !answer.status().is_success() {
        return Err(format!("the answer is {}", answer.status()));
    }

    let mut text = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|error| causes(&error))? {
        text.extend_from_slice(&part);
        if text.len() > LARGEST {
            return Err(format!("the answer has more than {LARGEST} bytes"));
        }
    }
    Ok(text)
}

/// A client for one question: connections aren't kept for ten minutes.
fn client() -> Result<reqwest::Client, reqwest::Error> {
    // Whoever comes second finds the same one installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none());
    client.build()
}

/// An error with what caused it.
fn causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
