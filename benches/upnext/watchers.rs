//! Many subscribers: each a stream of its own seller's queue, with the seller's own key.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tonic::transport::Channel;
use upnext::api::pb;
use upnext::clock::Clock;
use upnext::domain::id::OrganizationId;
use upnext::engine::Secret;
use uuid::Uuid;

use crate::client::{Client, connect};
use crate::columns::insert;
use crate::seed::Family;
use crate::world::World;

/// Streams that share one connection.
const STREAMS_PER_CONNECTION: usize = 100;

/// How many streams are opened at once.
const OPENING: usize = 200;

/// A head that a stream showed.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The activity; none: the queue is empty.
    pub activity: Option<pb::Activity>,
    /// When it came.
    pub at: DateTime<Utc>,
}

/// Open streams of the queues of sellers `s0`, `s1`, …; closed with this value.
pub struct Watchers {
    shown: mpsc::UnboundedReceiver<Shown>,
    _tasks: JoinSet<()>,
}

/// Gives each of the first `count` sellers a key; answers the secrets.
pub async fn keys(world: &World<'_>, sellers: Family, count: usize) -> anyhow::Result<Vec<String>> {
    let organization = OrganizationId(world.organization);
    let secrets: Vec<Secret> = (0..count).map(|_| Secret::mint(organization)).collect();
    let ids: Vec<Uuid> = (0..count).map(|_| world.clock.new_id()).collect();
    let owners: Vec<Uuid> = (0..count).map(|n| sellers.id(n)).collect();
    let hashes: Vec<Vec<u8>> = secrets.iter().map(|secret| secret.hash().to_vec()).collect();
    let key = [
        ("organization_id", "$1"),
        ("id", "key.id"),
        ("secret_hash", "key.hash"),
        ("roles", "$2"),
        ("seller_id", "key.seller_id"),
        ("create_time", "$3"),
    ];

    let each = "FROM unnest($4::uuid[], $5::bytea[], $6::uuid[]) AS key (id, hash, seller_id)";
    sqlx::query(AssertSqlSafe(insert("api_key", &key, each)))
        .bind(world.organization)
        .bind(vec!["salesperson"])
        .bind(world.now())
        .bind(ids)
        .bind(hashes)
        .bind(owners)
        .execute(&world.pool)
        .await?;
    Ok(secrets.iter().map(|secret| secret.expose().to_owned()).collect())
}

impl Watchers {
    /// Opens a stream for each secret, and waits until each has shown its queue's head.
    pub async fn open(world: &World<'_>, address: &str, secrets: &[String]) -> anyhow::Result<Self> {
        let channels = connect(address, secrets.len().div_ceil(STREAMS_PER_CONNECTION)).await?;
        let (sender, shown) = mpsc::unbounded_channel();
        let mut watchers = Self { shown, _tasks: JoinSet::new() };
        for (chunk, some) in secrets.chunks(OPENING).enumerate() {
            for (index, secret) in some.iter().enumerate() {
                let number = chunk * OPENING + index;
                let channel = channels[number / STREAMS_PER_CONNECTION].clone();
                let stream = Stream { number, clock: world.clock.clone(), sender: sender.clone() };
                watchers._tasks.spawn(stream.watch(channel, Arc::from(secret.as_str())));
            }
            watchers.take(some.len()).await?;
        }
        Ok(watchers)
    }

    /// The next `count` heads shown, of whatever stream.
    pub async fn take(&mut self, count: usize) -> anyhow::Result<Vec<Shown>> {
        let mut all = Vec::with_capacity(count);
        let limit = std::time::Duration::from_secs(60);
        while all.len() < count {
            let next = tokio::time::timeout(limit, self.shown.recv()).await;
            let Ok(Some(shown)) = next else {
                anyhow::bail!("after {} of {count} heads no more came", all.len());
            };
            all.push(shown);
        }
        Ok(all)
    }
}

struct Stream {
    number: usize,
    clock: Clock,
    sender: mpsc::UnboundedSender<Shown>,
}

impl Stream {
    /// Tells what is shown until the stream or the listener ends.
    async fn watch(self, channel: Channel, secret: Arc<str>) {
        if let Err(error) = self.follow(channel, &secret).await {
            eprintln!("  stream {} ended: {error:#}", self.number);
        }
    }

    async fn follow(&self, channel: Channel, secret: &str) -> anyhow::Result<()> {
        let mut client = Client::over(vec![channel], secret)?.work_queue(0);
        let request = pb::WatchNextActivityRequest { queue: format!("sellers/s{}", self.number) };
        let mut stream = client.watch_next_activity(request).await?.into_inner();
        while let Some(message) = stream.message().await? {
            let shown = Shown { activity: message.activity, at: self.clock.now() };
            if self.sender.send(shown).is_err() {
                break;
            }
        }
        Ok(())
    }
}
