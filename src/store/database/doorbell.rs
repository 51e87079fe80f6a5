//! The doorbell between servers, which uses LISTEN and NOTIFY. Only this file knows the channel and
//! the format of its payload.
//!
//! A ring only hints that something was committed: a server that hears it reads the rows. Rings are
//! sent after the commit, on a connection of their own, because commits that contain a NOTIFY wait
//! for each other. A lost ring costs a delay until the next poll, never correctness.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{ConnectOptions as _, PgConnection, PgPool};
use tokio::sync::Mutex;
use tokio::time::timeout;
use uuid::Uuid;

use crate::domain::id::{OrganizationId, QueueId};
use crate::measures;
use crate::store::Error;

const CHANNEL: &str = "upnext";

/// The most bytes of a payload. Postgres allows fewer than 8,000.
const PAYLOAD_LIMIT: usize = 7_900;

/// The most payloads of a ring. A ring that needs more is sent as "everything", because reading all
/// watched queues is then cheaper.
const PAYLOADS_LIMIT: usize = 16;

/// How long a ring or the answer to a probe may take. A connection that takes longer is dead.
const LIMIT: Duration = Duration::from_secs(3);

/// How long a listener hears nothing before it probes its connection.
const QUIET: Duration = Duration::from_secs(3);

/// An organization and one of its queues.
pub type QueueKey = (OrganizationId, QueueId);

/// Tells other servers what kind of changes were committed since the last ring.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ring {
    /// Queues with a new revision.
    pub queues: BTreeSet<QueueKey>,
    /// The earliest instant at which a new timer is due, or `None` without new timers.
    pub timers_due: Option<DateTime<Utc>>,
    /// True if records changed and await routing.
    pub record_changes: bool,
    /// True if an operation was queued or made progress.
    pub operations: bool,
    /// True if API keys were revoked or given another end.
    pub keys: bool,
}

impl Ring {
    /// True if there is nothing to ring for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds another ring to this one.
    pub fn merge(&mut self, other: Self) {
        self.queues.extend(other.queues);
        self.timers_due = self.timers_due.into_iter().chain(other.timers_due).min();
        self.record_changes |= other.record_changes;
        self.operations |= other.operations;
        self.keys |= other.keys;
    }
}

/// A message that a listener hears.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// Another server rang.
    Ring(Ring),
    /// Anything may have changed: rings may have been missed, or there were too many queues to
    /// name.
    Everything,
}

/// Rings for the other servers, on one connection.
#[derive(Clone, Debug)]
pub struct Doorbell {
    options: PgConnectOptions,
    connection: Arc<Mutex<Option<PgConnection>>>,
    server: Uuid,
}

impl Doorbell {
    /// Returns the doorbell of the server with this id. It makes a connection of its own, with the
    /// options of `pool`.
    pub fn new(pool: PgPool, server: Uuid) -> Self {
        let options = pool.connect_options().as_ref().clone();
        Self { options, connection: Arc::default(), server }
    }

    /// Rings for every other listening server. Does nothing if the ring is empty.
    ///
    /// # Errors
    /// The others may not have heard it. A connection that doesn't answer is replaced at the next
    /// ring.
    pub async fn ring(&self, ring: &Ring) -> Result<(), Error> {
        for payload in payloads(self.server, ring) {
            timeout(LIMIT, self.notify(&payload)).await.unwrap_or_else(|_| Err(Error::unavailable()))?;
            metrics::counter!(measures::DOORBELL_RINGS).increment(1);
        }
        Ok(())
    }

    async fn notify(&self, payload: &str) -> Result<(), Error> {
        let mut kept = self.connection.lock().await;
        // Taken out, so that a connection that fails or doesn't answer is not used again.
        let used = kept.take();
        let is_used = used.is_some();
        let mut connection = match used {
            Some(connection) => connection,
            None => self.options.connect().await?,
        };

        let mut notified = notify(&mut connection, payload).await;
        if notified.is_err() && is_used {
            // It may have died since the last ring.
            connection = self.options.connect().await?;
            notified = notify(&mut connection, payload).await;
        }

        notified?;
        *kept = Some(connection);
        Ok(())
    }
}

async fn notify(connection: &mut PgConnection, payload: &str) -> Result<(), sqlx::Error> {
    let notify = sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(payload);
    notify.execute(connection).await?;
    Ok(())
}

/// Hears the other servers on one connection, which it replaces when it is lost. A connection that
/// is quiet is probed: one that died silently hears nothing either.
pub struct Listener {
    options: PgConnectOptions,
    server: Uuid,
    listening: Option<PgListener>,
    failures: u32,
}

impl Listener {
    /// Returns the listener of the server with this id. It connects at the first
    /// [`Listener::hear`].
    ///
    /// It connects with the options of `pool`, which must reach Postgres directly: behind a pooler
    /// that shares connections, LISTEN is lost.
    pub fn new(pool: PgPool, server: Uuid) -> Self {
        let options = pool.connect_options().as_ref().clone();
        Self { options, server, listening: None, failures: 0 }
    }

    /// Waits for the next ring of another server.
    ///
    /// Each new connection, including the first, begins with [`Heard::Everything`], because earlier
    /// rings were missed. While the database is away, this tries again at growing intervals. The
    /// future may be dropped and called again without losing a ring.
    pub async fn hear(&mut self) -> Heard {
        loop {
            let Some(listening) = &mut self.listening else {
                if let Some(heard) = self.connect().await {
                    return heard;
                }
                continue;
            };

            match timeout(QUIET, listening.try_recv()).await {
                Ok(Ok(Some(notification))) => {
                    if let Some(heard) = parse(self.server, notification.payload()) {
                        metrics::counter!(measures::DOORBELL_HEARD).increment(1);
                        return heard;
                    }
                }
                // The connection is gone, and with it the rings of the meantime.
                Ok(Ok(None)) => self.listening = None,
                Ok(Err(error)) => {
                    tracing::debug!(
                        error = &error as &dyn std::error::Error,
                        "lost the doorbell connection, reconnecting"
                    );
                    self.listening = None;
                }
                Err(_quiet) => self.probe().await,
            }
        }
    }

    /// Gives the connection up if it doesn't answer. Rings that come before the answer are kept,
    /// and heard next.
    async fn probe(&mut self) {
        let Some(listening) = &mut self.listening else { return };
        let answer = timeout(LIMIT, sqlx::query("SELECT").execute(&mut *listening)).await;
        if !answer.is_ok_and(|answer| answer.is_ok()) {
            tracing::warn!("the doorbell connection is silent, reconnecting");
            self.listening = None;
        }
    }

    /// Connects and listens, or waits before the next attempt.
    async fn connect(&mut self) -> Option<Heard> {
        match listen(&self.options).await {
            Ok(listening) => {
                if self.failures > 0 {
                    tracing::info!(attempts = self.failures, "listening for other servers again");
                }
                metrics::counter!(measures::DOORBELL_CONNECTIONS).increment(1);
                self.failures = 0;
                self.listening = Some(listening);
                Some(Heard::Everything)
            }
            Err(error) => {
                // Once for each outage, not for each attempt.
                if self.failures == 0 {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "cannot listen for other servers, polling until reconnected"
                    );
                }

                let delay = retry_delay(self.failures);
                self.failures = self.failures.saturating_add(1);
                tokio::time::sleep(delay).await;
                None
            }
        }
    }
}

async fn listen(options: &PgConnectOptions) -> Result<PgListener, sqlx::Error> {
    // A pool for each connection: one that died silently would keep its place forever.
    let pool =
        PgPoolOptions::new().max_connections(1).acquire_timeout(LIMIT).connect_lazy_with(options.clone());
    let mut listening = PgListener::connect_with(&pool).await?;
    // sqlx would reconnect silently. We must report missed rings, and wait longer each time.
    listening.eager_reconnect(false);
    listening.listen(CHANNEL).await?;
    Ok(listening)
}

/// Returns how long to wait after this many failures in a row: 100 ms, doubled each time, at most 5
/// s.
pub fn retry_delay(failures: u32) -> Duration {
    Duration::from_millis(100 << failures.min(6)).min(Duration::from_secs(5))
}

// === the payload ===
//
// A payload is a list of words separated by spaces:
// - `s…`: the id of the sender, always first
// - `t…`: the microseconds since 1970 at which the earliest new timer is due
// - `r`: record changes; `o`: operations; `k`: API keys; `e`: everything
// - `g…`: an organization, followed by its queues `q…`
//
// Ids are 22 characters of base64. An unknown word comes from a newer server and means everything.

fn payloads(server: Uuid, ring: &Ring) -> Vec<String> {
    if ring.is_empty() {
        return Vec::new();
    }

    let sender = word('s', server);
    let mut payloads = Vec::new();
    let mut payload = format!("{sender}{}", flags(ring));
    for (organization, queues) in by_organization(ring) {
        let group = word('g', organization.0);
        payload.push_str(&group);
        for queue in queues {
            // A queue's word is as long as its organization's.
            if payload.len() + group.len() > PAYLOAD_LIMIT {
                payloads.push(std::mem::replace(&mut payload, format!("{sender}{group}")));
            }
            payload.push_str(&word('q', queue.0));
        }
    }

    payloads.push(payload);
    if payloads.len() > PAYLOADS_LIMIT { vec![format!("{sender}e ")] } else { payloads }
}

fn flags(ring: &Ring) -> String {
    let mut flags = String::new();

    if let Some(due) = ring.timers_due {
        flags.push_str(&format!("t{} ", due.timestamp_micros()));
    }
    if ring.record_changes {
        flags.push_str("r ");
    }
    if ring.operations {
        flags.push_str("o ");
    }
    if ring.keys {
        flags.push_str("k ");
    }
    flags
}

fn by_organization(ring: &Ring) -> BTreeMap<OrganizationId, Vec<QueueId>> {
    let mut groups: BTreeMap<OrganizationId, Vec<QueueId>> = BTreeMap::new();
    for (organization, queue) in &ring.queues {
        groups.entry(*organization).or_default().push(*queue);
    }
    groups
}

fn word(kind: char, id: Uuid) -> String {
    format!("{kind}{} ", URL_SAFE_NO_PAD.encode(id))
}

/// Parses a payload. Returns `None` for this server's own rings.
fn parse(server: Uuid, payload: &str) -> Option<Heard> {
    match read(payload) {
        Some((sender, _)) if sender == server => None,
        Some((_, heard)) => Some(heard),
        None => Some(Heard::Everything),
    }
}

fn read(payload: &str) -> Option<(Uuid, Heard)> {
    let mut words = payload.split_ascii_whitespace();
    let sender = id(words.next()?.strip_prefix('s')?)?;
    let ring = read_ring(words);
    Some((sender, ring.map_or(Heard::Everything, Heard::Ring)))
}

fn read_ring<'a>(words: impl Iterator<Item = &'a str>) -> Option<Ring> {
    let mut ring = Ring::default();
    let mut organization = None;
    for word in words {
        match word.split_at_checked(1)? {
            ("t", micros) => ring.timers_due = Some(DateTime::from_timestamp_micros(micros.parse().ok()?)?),
            ("r", "") => ring.record_changes = true,
            ("o", "") => ring.operations = true,
            ("k", "") => ring.keys = true,
            ("g", text) => organization = Some(OrganizationId(id(text)?)),
            ("q", text) => {
                ring.queues.insert((organization?, QueueId(id(text)?)));
            }
            _ => return None,
        }
    }

    Some(ring)
}

fn id(text: &str) -> Option<Uuid> {
    Uuid::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    fn ring(organizations: u128, queues: u128) -> Ring {
        let keys = (0..organizations).flat_map(|organization| {
            (0..queues).map(move |queue| {
                (OrganizationId(Uuid::from_u128(organization << 64)), QueueId(Uuid::from_u128(queue << 90)))
            })
        });
        Ring {
            queues: keys.collect(),
            timers_due: DateTime::from_timestamp_micros(1_800_000_000_000_001),
            record_changes: true,
            operations: true,
            keys: true,
        }
    }

    fn heard(ring: &Ring) -> Ring {
        let mut all = Ring::default();
        for payload in payloads(OTHER, ring) {
            assert!(payload.len() < 8_000);
            match parse(ME, &payload) {
                Some(Heard::Ring(part)) => all.merge(part),
                other => panic!("heard {other:?}"),
            }
        }
        all
    }

    #[test]
    fn a_ring_is_heard_as_it_was_sent_even_in_several_payloads() {
        for (organizations, queues) in [(0, 0), (1, 1), (3, 400), (900, 1), (1, 2_000)] {
            let ring = ring(organizations, queues);
            assert_eq!(heard(&ring), ring, "{organizations} × {queues}");
        }
        assert_eq!(payloads(OTHER, &ring(1, 300)).len(), 1);
    }

    #[test]
    fn an_empty_ring_has_no_payload() {
        assert!(payloads(OTHER, &Ring::default()).is_empty());
    }

    #[test]
    fn a_ring_with_too_many_queues_means_everything() {
        let payloads = payloads(OTHER, &ring(2, 50_000));
        assert_eq!(payloads.len(), 1);
        assert_eq!(parse(ME, &payloads[0]), Some(Heard::Everything));
    }

    #[test]
    fn a_server_does_not_hear_itself() {
        assert_eq!(parse(ME, &payloads(ME, &ring(1, 1))[0]), None);
        assert_eq!(parse(ME, &payloads(ME, &ring(9, 50_000))[0]), None);
    }

    #[test]
    fn a_payload_that_is_not_understood_means_everything() {
        let sender = word('s', OTHER);
        for payload in ["", "hello", &format!("{sender}x"), &format!("{sender}q!"), &format!("{sender}é")] {
            assert_eq!(parse(ME, payload), Some(Heard::Everything), "{payload}");
        }
    }

    #[test]
    fn the_wait_between_attempts_grows_to_five_seconds() {
        let delays: Vec<u128> = (0..8).map(|failures| retry_delay(failures).as_millis()).collect();
        assert_eq!(delays, [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
        assert_eq!(retry_delay(u32::MAX), Duration::from_secs(5));
    }
}
