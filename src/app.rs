//! The composition root: creates the parts, connects them, and runs them until the end.

mod database_clock;
mod health;
mod measuring;

use std::time::Duration;

use nix::sys::resource::{Resource, getrlimit};
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::api::Api;
use crate::api::connections::Certificates;
use crate::api::events::deliver::Deliverer;
use crate::api::events::endpoint::Reach;
use crate::api::events::sending::Sender;
use crate::api::events::testing::Tester;
use crate::api::layers::identity::Identity;
use crate::api::server::{self, Listening};
use crate::api::tokens::Tokens;
use crate::api::work_queue::kept_texts::KeptTexts;
use crate::api::work_queue::reads::ActivityReads;
use crate::api::work_queue::watch::{self as watch_api, Live, Rights};
use crate::clock::Clock;
use crate::config::{Config, Jwt, Streams};
use crate::engine::Engine;
use crate::feed::{self, Feed};
use crate::lifecycle::Lifecycle;
use crate::store::database::doorbell::{Doorbell, Listener};
use crate::store::{Plans, PoolSettings, Probe, Store};
use crate::telemetry::{Exporter, Outlets};
use crate::wake::{self, Topic, Wake};
use crate::worker::{Driver, Loop, LoopStatus, Progress, TickError, roster};

use health::Health;

/// Connections for reads by key: each kind of read runs one statement at a time.
const READING_CONNECTIONS: u32 = 4;

/// Connections in addition to the configured ones: for reads by key, to send and receive doorbell
/// rings, and to probe the database.
pub const OTHER_CONNECTIONS: u32 = READING_CONNECTIONS + 3;

/// Files of a server that are neither connections to the database nor from clients: its listeners,
/// its log, and the doorbell's and the probe's connections.
const OTHER_FILES: u64 = 32;

/// Pools for one database, separate for users that must not starve each other.
#[derive(Clone, Debug)]
pub struct Stores {
    /// For calls.
    pub api: Store,
    /// For the loops.
    pub worker: Store,
    /// For streams, authentication and single activities. They read by key, and concurrent reads
    /// share one statement. They never wait for calls or loops, and each connection plans a
    /// statement once.
    pub reads: Store,
    /// For LISTEN and NOTIFY, without a pooler in between; none: servers rely on polling.
    pub doorbell: Option<DoorbellPools>,
}

/// One connection each.
#[derive(Clone, Debug)]
pub struct DoorbellPools {
    /// Sends rings.
    pub ring: PgPool,
    /// Receives rings.
    pub hear: PgPool,
}

/// How to reach the database.
#[derive(Clone, Debug)]
pub struct Databases {
    /// Perhaps through a pooler.
    pub pooled: PgConnectOptions,
    /// Without a pooler, for LISTEN.
    pub direct: PgConnectOptions,
    /// A replica of it; none: there is none.
    pub replica: Option<PgConnectOptions>,
    /// True if a Citus distributes its tables.
    pub distributed: bool,
}

impl Stores {
    /// Creates pools of the configured sizes for these connection options. Nothing connects yet.
    pub fn new(databases: Databases, config: &Config) -> Self {
        let Databases { pooled, direct, replica, distributed } = databases;
        let settings = |name: &str, max_connections, plans, limit| PoolSettings {
            application_name: format!("upnext {name}"),
            max_connections,
            plans,
            acquire_timeout: config.acquire_timeout,
            statement_timeout: config.statement_timeout,
            read_timeout: limit,
            distributed,
            ..PoolSettings::default()
        };

        // The loops have no readers who wait; some of their reads are long.
        let pool = |name: &str, options: &PgConnectOptions, max_connections, plans| {
            Store::new(options.clone(), &settings(name, max_connections, plans, config.statement_timeout))
        };

        // One connection suffices: the doorbell sends or listens, never both.
        let doorbell = |name| pool(name, &direct, 1, Plans::Fresh).pool();
        let calls = settings("api", config.api_connections, Plans::Fresh, config.read_timeout);
        let api = Store::new(pooled.clone(), &calls);
        Self {
            api: match replica {
                Some(replica) => api.with_replica(replica, &calls),
                None => api,
            },
            worker: pool("worker", &pooled, config.worker_connections, Plans::Fresh),
            reads: pool("reads", &pooled, READING_CONNECTIONS, Plans::Kept),
            doorbell: config
                .doorbell
                .then(|| DoorbellPools { ring: doorbell("ring"), hear: doorbell("hear") }),
        }
    }

    fn all(&self) -> Vec<Store> {
        vec![self.api.clone(), self.worker.clone(), self.reads.clone()]
    }

    /// How often a server polls for missed changes; `configured` is the interval without a
    /// doorbell.
    fn poll_interval(&self, configured: Duration) -> Duration {
        if self.doorbell.is_some() { configured * POLL_WITH_DOORBELL } else { configured }
    }
}

/// How a server works.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The most calls of one kind in one transaction.
    pub batch_size: usize,
    /// Limits, ages and intervals of the streams.
    pub streams: Streams,
    /// The longest time that a change can go unnoticed without a doorbell.
    pub poll: Duration,
    /// Where people reach the server, for links in emails; none: nowhere.
    pub public_url: Option<String>,
    /// Which addresses webhooks may reach.
    pub webhooks: Reach,
    /// Whose tokens are accepted; none: nobody's.
    pub jwt: Option<Jwt>,
}

impl Settings {
    /// The configured settings.
    pub fn of(config: &Config) -> Self {
        Self {
            batch_size: config.batch_size,
            streams: config.streams.clone(),
            poll: config.poll_interval,
            public_url: config.public_url.clone(),
            webhooks: if config.webhook_private_addresses { Reach::All } else { Reach::Public },
            jwt: config.jwt.clone(),
        }
    }
}

/// With a doorbell, polls only find changes of servers that died between commit and ring, or
/// everything while the doorbell is broken. At this rate an idle server makes less than one query
/// per second.
const POLL_WITH_DOORBELL: u32 = 10;

/// One server. Any number may run on one database.
#[derive(Clone, Debug)]
pub struct App {
    /// Handles calls.
    pub engine: Engine,
    /// Handles what becomes due.
    pub worker: Engine,
    stores: Stores,
    wake: Wake,
    clock: Clock,
    health: Health,
    feed: Feed,
    streams: Streams,
    poll: Duration,
    public_url: Option<String>,
    deliverer: Deliverer,
    tester: Tester,
    tokens: Option<Tokens>,
}

impl App {
    /// Creates the parts. Nothing runs yet.
    pub fn new(stores: Stores, clock: Clock, settings: Settings) -> Self {
        let wake = if stores.doorbell.is_some() { Wake::forwarding() } else { Wake::new() };
        let Settings { batch_size, streams, poll, public_url, webhooks, jwt } = settings;
        let tokens = jwt.map(|jwt| Tokens::new(jwt, clock.clone()));
        let engine =
            |store: &Store| Engine::with_batches_of(batch_size, store.clone(), clock.clone(), wake.clone());
        let (engine, worker) = (engine(&stores.api), engine(&stores.worker));
        let poll = stores.poll_interval(poll);
        let settings = feed::FeedSettings { streams_per_seller: streams.per_seller, poll };
        let feed = Feed::new(stores.reads.clone(), clock.clone(), wake.clone(), settings);
        let health = Health::default();
        // Webhooks wait for receivers on tasks of their own, and take the loops' connections.
        let sender = Sender::new(webhooks);
        let deliverer = Deliverer::new(worker.clone(), sender.clone());
        let tester = Tester::new(sender);
        Self {
            engine,
            worker,
            stores,
            wake,
            clock,
            health,
            feed,
            streams,
            poll,
            public_url,
            deliverer,
            tester,
            tokens,
        }
    }

    /// Serves calls on `listener` until the lifecycle ends.
    ///
    /// # Errors
    /// The certificate can't be used, or the listener failed.
    pub async fn serve(
        &self,
        listener: TcpListener,
        listening: Listening,
        lifecycle: &Lifecycle,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let rings = CancellationToken::new();
        self.start_doorbell(rings.clone(), lifecycle);
        // Dropped when this function returns, after the last call: every commit is announced.
        let _until_all_is_told = rings.drop_guard();

        let (soft, reads) = (lifecycle.soft(), self.stores.reads.clone());
        let identity =
            Identity::new(reads.clone(), self.engine.clone(), self.wake.clone(), self.tokens.clone());
        let (feed, settings, stop) = (self.feed.clone(), stream_settings(&self.streams), soft.clone());
        let rights = Rights::new(self.stores.reads.clone(), self.clock.clone(), self.streams.rights_interval);
        let live = Live { feed, rights: rights.clone(), settings, stop, texts: KeptTexts::new(reads) };
        let reads = ActivityReads::new(&self.stores.reads);
        let public_url = self.public_url.clone();
        let (engine, webhooks) = (self.engine.clone(), self.tester.clone());
        let api = Api { engine, identity: identity.clone(), live, reads, public_url, webhooks };

        // Readers for streams run beside the server and end with it.
        let (feed, stop) = (self.feed.clone(), soft.clone());
        lifecycle.spawn(async move { feed.run(stop).await });
        let stop = soft.clone();
        lifecycle.spawn(async move { rights.run(stop).await });
        let stop = soft.clone();
        lifecycle.spawn(async move { identity.run(stop).await });
        if let Some(tokens) = self.tokens.clone() {
            let stop = soft.clone();
            lifecycle.spawn(async move { tokens.run(stop).await });
        }

        let listening = self.fitting(listening);
        let served =
            server::serve(api, listener, listening, self.health.service(), soft.cancelled_owned()).await;

        // Calls run to completion even if their callers disconnect, so the process must not end
        // while one is in progress.
        self.engine.rest().await;
        served
    }

    /// Leaves files for the database and for all else: a server without any can't do anything.
    fn fitting(&self, mut listening: Listening) -> Listening {
        let connections: u32 =
            self.stores.all().iter().map(|store| store.pool().options().get_max_connections()).sum();
        let others = u64::from(connections) + OTHER_FILES;
        let Ok((files, _)) = getrlimit(Resource::RLIMIT_NOFILE) else { return listening };

        let left = usize::try_from(files.saturating_sub(others)).unwrap_or(usize::MAX);
        if left < listening.edge.connections {
            tracing::warn!(files, connections = left, "the limit of open files allows fewer connections");
            listening.edge.connections = left;
        }
        listening
    }

    /// Runs the whole server on `listener` until the lifecycle ends: calls, loops, clock
    /// synchronization and health.
    ///
    /// # Errors
    /// The certificate can't be used, or the listener failed. In both cases the lifecycle starts to
    /// end.
    pub async fn run(
        &self,
        listener: TcpListener,
        listening: Listening,
        lifecycle: &Lifecycle,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let mut beat = health::Beat {
            probe: Probe::new(self.stores.worker.connect_options()),
            stores: self.stores.all(),
            clock: self.clock.clone(),
            wake: self.wake.clone(),
            health: self.health.clone(),
            loops: Vec::new(),
        };

        let seen = beat.begin().await;
        // Read the database's clock first: a machine whose clock is ahead would do things too
        // early.
        beat.loops = self.start_loops(lifecycle);

        lifecycle.spawn(beat.repeat(seen, lifecycle.soft()));
        let served = self.serve(listener, listening, lifecycle).await;
        // If serving failed, the loops must end too.
        lifecycle.begin_to_drain();
        served
    }

    /// Serves and sends the metrics until the lifecycle ends.
    pub fn show_measures(&self, exporter: Exporter, outlets: Outlets, lifecycle: &Lifecycle) {
        let (stores, soft, clock) = (self.stores.clone(), lifecycle.soft(), self.clock.clone());
        lifecycle.spawn(measuring::count(stores.worker.clone(), clock.clone(), soft.clone()));
        let refresh = move || {
            measuring::refresh(&stores.all());
            clock.now()
        };
        lifecycle.spawn(async move {
            if let Err(error) = exporter.run(outlets, refresh, soft).await {
                tracing::error!(error = &error as &dyn std::error::Error, "metrics endpoint failed");
            }
        });
    }

    /// Starts the loops. The receivers report the status of each.
    pub fn start_loops(&self, lifecycle: &Lifecycle) -> Vec<watch::Receiver<LoopStatus>> {
        let driver = Driver {
            clock: self.clock.clone(),
            wake: self.wake.clone(),
            poll: self.poll,
            tracker: lifecycle.tracker(),
            stop: lifecycle.soft(),
        };
        let connections = self.stores.worker.pool().options().get_max_connections() as usize;
        let mut loops = roster::loops(&self.worker, lanes(connections), &driver.tracker, &driver.stop);
        loops.push(webhooks(&self.deliverer, &driver));
        loops.into_iter().map(|looped| driver.spawn(looped)).collect()
    }

    /// Runs all loops until none has anything to do now. Tests pass time with it.
    pub async fn run_until_idle(&self) -> Result<(), TickError> {
        let mut busy = true;
        // One loop can give another something to do, so go on until a whole round is idle.
        while busy {
            busy = Box::pin(self.worker.fire_timers(self.clock.now())).await?.timers > 0;
            busy |= Box::pin(self.worker.route_changes(self.clock.now())).await?.worked;
            busy |= Box::pin(self.worker.run_operations(self.clock.now())).await?.worked;
            busy |= Box::pin(self.worker.retry_problems(self.clock.now())).await?.worked;
            busy |= Box::pin(self.worker.merge_tallies()).await?.worked;
            busy |= Box::pin(self.worker.publish_events(self.clock.now())).await?.worked;
            busy |= Box::pin(self.deliverer.send_all(self.clock.now())).await?;
            busy |= Box::pin(self.worker.keep_house(self.clock.now())).await?;
        }
        Ok(())
    }

    /// Listens to other servers until the lifecycle ends, and notifies them until `stop`, which is
    /// later, because calls in progress still commit.
    fn start_doorbell(&self, stop: CancellationToken, lifecycle: &Lifecycle) {
        let Some(pools) = &self.stores.doorbell else { return };
        let server = self.clock.new_stamp();
        let doorbell = Doorbell::new(pools.ring.clone(), server);
        lifecycle.spawn(wake::forward(self.wake.clone(), doorbell, stop));
        let listener = Listener::new(pools.hear.clone(), server);
        lifecycle.spawn(wake::hear(self.wake.clone(), listener, self.stores.all(), lifecycle.soft()));
    }
}

/// The loop that sends the events of webhooks. It isn't the worker's, because it writes them as the
/// API does.
fn webhooks(deliverer: &Deliverer, driver: &Driver) -> Loop {
    let (deliverer, tracker, stop) = (deliverer.clone(), driver.tracker.clone(), driver.stop.clone());
    let tick = move |now| {
        let (deliverer, tracker, stop) = (deliverer.clone(), tracker.clone(), stop.clone());
        async move {
            let looked = deliverer.look(now, &tracker, &stop).await?;
            Ok(Progress { worked: looked.worked, next: looked.next, ..Progress::default() })
        }
    };
    Loop::new("webhooks", tick).woken_by(Topic::Webhooks)
}

/// How many organizations each loop serves at once. Four loops share the connections; timers take
/// two for an organization, and each loop needs one to look for work. The loop of tallies serves
/// one at a time and can wait, so it isn't counted.
fn lanes(connections: usize) -> usize {
    (connections.saturating_sub(4) / 5).max(1)
}

fn stream_settings(streams: &Streams) -> watch_api::StreamSettings {
    watch_api::StreamSettings {
        min_age: streams.min_age,
        max_age: streams.max_age,
        heartbeat_interval: streams.heartbeat_interval,
    }
}

/// Reads how to listen, including certificates.
///
/// # Errors
/// A file can't be read.
pub fn listening(config: &Config) -> std::io::Result<Listening> {
    let tls = config.tls.clone().map(Certificates::read).transpose()?;
    Ok(Listening {
        max_message_bytes: config.max_message_bytes,
        tls,
        rate: config.rate,
        console: false,
        edge: config.edge.clone(),
    })
}
