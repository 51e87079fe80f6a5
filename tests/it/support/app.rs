//! A whole server over a real socket, for tests of calls and streams: its own database, and time
//! that the test moves.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::postgres::PgConnectOptions;
use tokio::net::TcpListener;
use tonic::metadata::MetadataValue;
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status};
use upnext::api::events::endpoint::Reach;
use upnext::api::server::Listening;
use upnext::app::{App, DoorbellPools, Settings, Stores};
use upnext::clock::{Clock, ManualClock};
use upnext::config::{Edge, Jwt, Streams};
use upnext::engine::Engine;
use upnext::lifecycle::{Lifecycle, Shutdown};
use upnext::store::{Plans, PoolSettings, Store};
use upnext::wake::Wake;

use super::database::{TestDatabase, pool_settings};

/// Longer than anything here takes, even on a busy machine.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// A server, its database and its time. Loops don't run by themselves: [`TestApp::run_until_idle`]
/// runs them.
pub struct TestApp {
    /// The parts.
    pub app: App,
    /// The time of the server.
    pub clock: ManualClock,
    /// The database.
    pub database: TestDatabase,
    /// A system administrator of an empty organization.
    pub admin: Client,
    /// Where it listens.
    pub address: SocketAddr,
    channel: Channel,
    lifecycle: Lifecycle,
}

/// A caller, by its key.
#[derive(Clone)]
pub struct Client {
    channel: Channel,
    /// The bearer token.
    pub secret: String,
}

/// A channel that sends a key along.
pub type Calls = InterceptedService<Channel, Bearer>;

/// Sends a key along.
#[derive(Clone)]
pub struct Bearer(String);

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        let value = MetadataValue::try_from(format!("Bearer {}", self.0)).expect("keys are ASCII");
        request.metadata_mut().insert("authorization", value);
        Ok(request)
    }
}

impl Client {
    /// Calls over this channel with this key.
    pub fn new(channel: Channel, secret: &str) -> Self {
        Self { channel, secret: secret.to_owned() }
    }

    /// The same server, with another key.
    pub fn with(&self, secret: &str) -> Self {
        Self::new(self.channel.clone(), secret)
    }

    /// What a generated client is made of: `SellerServiceClient::new(client.calls())`.
    pub fn calls(&self) -> Calls {
        InterceptedService::new(self.channel.clone(), Bearer(self.secret.clone()))
    }
}

impl TestApp {
    /// Starts a server with one organization.
    pub async fn new() -> Self {
        Self::start(false, listening(), settings()).await
    }

    /// Starts a server whose statements are noted by its database.
    pub async fn recorded() -> Self {
        Self::start_on(TestDatabase::recorded().await, false, listening(), settings()).await
    }

    /// Starts a server that listens like this.
    pub async fn listening(listening: Listening) -> Self {
        Self::start(false, listening, settings()).await
    }

    /// Starts a server that accepts these tokens.
    pub async fn trusting(jwt: Jwt) -> Self {
        Self::start(false, listening(), Settings { jwt: Some(jwt), ..settings() }).await
    }

    /// Starts a server that rings for others and hears them.
    pub async fn with_doorbell() -> Self {
        Self::start(true, listening(), settings()).await
    }

    async fn start(doorbell: bool, listening: Listening, settings: Settings) -> Self {
        Self::start_on(TestDatabase::new().await, doorbell, listening, settings).await
    }

    async fn start_on(
        database: TestDatabase,
        doorbell: bool,
        listening: Listening,
        settings: Settings,
    ) -> Self {
        let clock = ManualClock::new(DateTime::from_timestamp(1_790_000_000, 0).expect("a valid instant"));
        let app = App::new(stores(&database, doorbell), clock.clock(), settings);
        let lifecycle = Lifecycle::new();
        let (channel, address) = serve_on(&app, &lifecycle, listening).await;
        let created = app.engine.create_organization("Test", clock.now()).await.expect("is created");
        let admin = Client { channel: channel.clone(), secret: created.secret.expose().to_owned() };
        Self { app, clock, database, admin, address, channel, lifecycle }
    }

    /// Another server on the same database and clock; it serves no calls.
    pub fn another_server(&self) -> App {
        App::new(stores(&self.database, false), self.clock.clock(), settings())
    }

    /// Another server on the same database and with the same time, and the administrator there.
    pub async fn beside(&self, doorbell: bool) -> (Client, Lifecycle) {
        let app = App::new(stores(&self.database, doorbell), self.clock.clock(), settings());
        let lifecycle = Lifecycle::new();
        let channel = serve(&app, &lifecycle).await;
        (Client { channel, secret: self.admin.secret.clone() }, lifecycle)
    }

    /// Stops the server, unless it is stopping already; returns how it ended.
    pub async fn stop(&self) -> Shutdown {
        self.begin_to_drain();
        let signals = futures::stream::pending();
        within_deadline("the server stops", self.lifecycle.run_to_the_end(signals, DEADLINE / 2)).await
    }

    /// Begins to stop, without waiting for the end.
    pub fn begin_to_drain(&self) {
        self.lifecycle.begin_to_drain();
    }

    /// Another organization's system administrator.
    pub async fn other_organization(&self) -> Client {
        let created =
            self.app.engine.create_organization("Other", self.clock.now()).await.expect("is created");
        self.client(created.secret.expose())
    }

    /// A caller with this key.
    pub fn client(&self, secret: &str) -> Client {
        Client { channel: self.channel.clone(), secret: secret.to_owned() }
    }

    /// A channel without a key.
    pub fn channel(&self) -> Channel {
        self.channel.clone()
    }

    /// The server's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Lets time pass and does all that is due by then.
    pub async fn advance(&self, duration: TimeDelta) {
        self.clock.advance(duration);
        self.run_until_idle().await;
    }

    /// Runs every loop's tick until there is nothing left to do now.
    pub async fn run_until_idle(&self) {
        within_deadline("the loops come to rest", self.app.run_until_idle())
            .await
            .expect("every tick succeeds");
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.lifecycle.begin_to_drain();
        self.lifecycle.hard().cancel();
    }
}

/// Serves `app` on a free port of this machine, and connects to it.
pub async fn serve(app: &App, lifecycle: &Lifecycle) -> Channel {
    serve_on(app, lifecycle, listening()).await.0
}

/// How a server listens by default.
pub fn listening() -> Listening {
    Listening { max_message_bytes: 4 << 20, tls: None, rate: None, console: false, edge: Edge::default() }
}

async fn serve_on(app: &App, lifecycle: &Lifecycle, listening: Listening) -> (Channel, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let (app, own) = (app.clone(), lifecycle.clone());
    lifecycle.spawn(async move { app.serve(listener, listening, &own).await.expect("the server runs") });
    let endpoint = Endpoint::from_shared(format!("http://{address}")).expect("an address");
    (endpoint.connect_lazy(), address)
}

/// How a server works by default.
pub fn settings() -> Settings {
    let streams = Streams {
        per_seller: 10,
        min_age: Duration::from_secs(30 * 60),
        max_age: Duration::from_secs(60 * 60),
        heartbeat_interval: Duration::from_secs(20),
        rights_interval: Duration::from_secs(10),
    };
    Settings {
        batch_size: 256,
        streams,
        poll: Duration::from_secs(1),
        public_url: Some("https://crm.example.com".to_owned()),
        webhooks: Reach::All,
        jwt: None,
    }
}

/// A server's pools for a test's database.
pub fn stores(database: &TestDatabase, doorbell: bool) -> Stores {
    stores_by(&database.connect_options(), &pool_settings(), doorbell)
}

/// Like [`stores`], but for any database and with these settings.
pub fn stores_by(options: &PgConnectOptions, settings: &PoolSettings, doorbell: bool) -> Stores {
    let pool = |max_connections, plans| {
        Store::new(options.clone(), &PoolSettings { max_connections, plans, ..settings.clone() })
    };
    let one = || pool(1, Plans::Fresh).pool();
    let doorbell = doorbell.then(|| DoorbellPools { ring: one(), hear: one() });
    Stores {
        api: pool(5, Plans::Fresh),
        worker: pool(14, Plans::Fresh),
        reads: pool(4, Plans::Kept),
        doorbell,
    }
}

/// A store on a test's database.
pub fn store(database: &TestDatabase) -> Store {
    Store::new(database.connect_options(), &PoolSettings { max_connections: 5, ..pool_settings() })
}

/// Creates an organization; returns the key of its system administrator.
pub async fn organization(store: &Store) -> String {
    let clock = Clock::system();
    let engine = Engine::new(store.clone(), clock.clone(), Wake::new());
    let made = engine.create_organization("Test", clock.now()).await.expect("is created");
    made.secret.expose().to_owned()
}

/// Waits for something that must happen.
pub async fn within_deadline<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, future).await.unwrap_or_else(|_| panic!("not within {DEADLINE:?}: {what}"))
}
