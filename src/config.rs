//! Every setting with its default and its validation. The only place that reads the environment.
//!
//! Precedence: defaults (`config/defaults.toml`, which also documents them) < file < environment
//! (`UPNEXT_…`) < flags. All problems are reported at once, each with the setting and the source of
//! its value.

mod certificates;
mod database;
mod edge;
mod environment;
mod jwt;
mod layers;
mod log;
mod otlp;
mod problem;

use std::fmt;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;
use sqlx::postgres::PgConnectOptions;

pub use edge::Edge;
pub use jwt::{Jwt, KeySource};
pub use log::{Log, LogFormat};
pub use otlp::Otlp;
pub use problem::{Problem, Problems};

use layers::Layers;

/// Every setting with its default and its meaning, as a configuration file.
pub const DEFAULTS: &str = include_str!("config/defaults.toml");

/// The settings of a server, validated. `config/defaults.toml` documents each.
#[derive(Clone, Debug)]
pub struct Config {
    /// The database.
    pub database_url: Secret,
    /// The same database without a pooler, for LISTEN.
    pub listen_url: Secret,
    /// A replica of the database, for reads that look through much; `None`: there is none.
    pub replica_url: Option<Secret>,
    /// Where the server listens.
    pub address: SocketAddr,
    /// Where people reach the server, for links in emails; `None`: nowhere.
    pub public_url: Option<String>,
    /// Whether webhooks may reach private addresses, and http.
    pub webhook_private_addresses: bool,
    /// `None`: no TLS. Whether that is allowed for `address` was checked.
    pub tls: Option<Tls>,
    /// Whose tokens are accepted; `None`: nobody's, only API keys.
    pub jwt: Option<Jwt>,
    /// Where metrics are served; `None`: nowhere.
    pub metrics_address: Option<SocketAddr>,
    /// Where metrics are sent; `None`: nowhere.
    pub otlp: Option<Otlp>,
    /// Whether to accept a database that can lose committed data in a crash.
    pub allow_unsafe_database: bool,
    /// Connections for calls.
    pub api_connections: u32,
    /// Connections for loops.
    pub worker_connections: u32,
    /// How long a call waits for a connection.
    pub acquire_timeout: Duration,
    /// How long a statement that writes may take.
    pub statement_timeout: Duration,
    /// How long a statement of a call that only reads may take.
    pub read_timeout: Duration,
    /// Whether servers notify each other of commits.
    pub doorbell: bool,
    /// The longest time that a loop waits before it looks for work it wasn't notified of; ten times
    /// as long with a doorbell.
    pub poll_interval: Duration,
    /// The most calls of one kind in one transaction.
    pub batch_size: usize,
    /// The largest request, in bytes.
    pub max_message_bytes: usize,
    /// How many calls an organization may make; `None`: any number.
    pub rate: Option<Rate>,
    /// Limits of connections, and of what is on its way through them.
    pub edge: Edge,
    /// Limits and intervals of the streams.
    pub streams: Streams,
    /// How long a stopping server waits for calls and streams to end.
    pub drain_timeout: Duration,
    /// What is logged, and how.
    pub log: Log,
}

/// PEM files with the server's identity.
#[derive(Clone, Debug, PartialEq)]
pub struct Tls {
    /// The server's certificate chain.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
    /// The authority that signs client certificates; `None`: clients need none.
    pub client_authority: Option<PathBuf>,
}

/// How many calls one server accepts from an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// On average, over time.
    pub calls_per_second: u32,
    /// At once, after a pause.
    pub burst: u32,
}

/// Limits and intervals of the streams.
#[derive(Clone, Debug, PartialEq)]
pub struct Streams {
    /// How many streams a seller may have open.
    pub per_seller: usize,
    /// The shortest age at which a stream ends.
    pub min_age: Duration,
    /// The longest age at which a stream ends.
    pub max_age: Duration,
    /// How often a quiet stream sends a heartbeat.
    pub heartbeat_interval: Duration,
    /// How often a stream's rights are checked again.
    pub rights_interval: Duration,
}

/// A text that must not be logged, like a URL with a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for its one use.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("(secret)")
    }
}

impl Config {
    /// Reads the settings from the file (by default the one that `UPNEXT_CONFIG` names), the
    /// environment and the flags: a struct with an optional field per setting.
    pub fn load(file: Option<&Path>, flags: &impl Serialize) -> Result<Self, Problems> {
        let environment: Vec<(String, String)> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self::from_sources(file, &environment, flags)
    }

    fn from_sources(
        file: Option<&Path>,
        environment: &[(String, String)],
        flags: &impl Serialize,
    ) -> Result<Self, Problems> {
        let mut layers = Layers::read(file, environment, flags)?;
        let config = layers.config();
        let problems = layers.into_problems();
        match config {
            Some(config) if problems.is_empty() => Ok(config),
            _ => Err(problems),
        }
    }
}

const MINUTE: Duration = Duration::from_secs(60);

impl Layers {
    /// The whole configuration; `None` if a required value is missing or can't be read, which is
    /// then a problem. A readable value that isn't allowed is only a problem, so that the other
    /// settings are checked too.
    fn config(&mut self) -> Option<Config> {
        let database_url = self.url("database_url");
        // Without a pooler both are the same.
        let listen_url = self.url("listen_url").or_else(|| database_url.clone());
        if database_url.is_none() && !self.has("database_url") {
            self.refuse("database_url", "is required, for example postgres://user@host/database");
        }
        let replica_url = self.url("replica_url");
        let urls =
            [("database_url", &database_url), ("listen_url", &listen_url), ("replica_url", &replica_url)];
        self.check_database_is_encrypted(urls);

        let address = self.address("address");
        let public_url = self.public_url();
        let webhook_private_addresses = self.value("webhook_private_addresses");
        let tls = self.tls();
        self.check_plaintext(address, tls.is_some());
        let jwt = self.jwt();
        let metrics_address = self.metrics_address();
        let otlp = self.otlp();
        let allow_unsafe_database = self.value("allow_unsafe_database");

        let api_connections = self.within("api_connections", 1..=1_000);
        let worker_connections = self.within("worker_connections", 1..=1_000);
        let acquire_timeout = self.duration("acquire_timeout", Duration::from_millis(10)..=MINUTE);
        let statement_timeout = self.duration("statement_timeout", Duration::from_millis(100)..=10 * MINUTE);
        let read_timeout = self.duration("read_timeout", Duration::from_millis(100)..=10 * MINUTE);
        let doorbell = self.value("doorbell");
        let poll_interval = self.duration("poll_interval", Duration::from_millis(10)..=MINUTE);
        let batch_size = self.within("batch_size", 1..=256);
        let max_message_bytes = self.within("max_message_bytes", 64 << 10..=64 << 20);

        let rate = self.rate();
        let edge = self.edge();
        self.check_sizes(max_message_bytes, &edge);
        let streams = self.streams();
        let drain_timeout = self.duration("drain_timeout", Duration::ZERO..=10 * MINUTE);
        self.check_waits(acquire_timeout, statement_timeout, drain_timeout);
        self.check_read_timeout(read_timeout, statement_timeout);
        self.check_request_timeout(edge.as_ref(), statement_timeout);

        let log = self.log();
        Some(Config {
            database_url: database_url?,
            listen_url: listen_url?,
            replica_url,
            address: address?,
            public_url,
            webhook_private_addresses: webhook_private_addresses?,
            tls,
            jwt,
            metrics_address,
            otlp,
            allow_unsafe_database: allow_unsafe_database?,
            api_connections: api_connections?,
            worker_connections: worker_connections?,
            acquire_timeout: acquire_timeout?,
            statement_timeout: statement_timeout?,
            read_timeout: read_timeout?,
            doorbell: doorbell?,
            poll_interval: poll_interval?,
            batch_size: batch_size?,
            max_message_bytes: max_message_bytes?,
            rate: rate?,
            edge: edge?,
            streams: streams?,
            drain_timeout: drain_timeout?,
            log: log?,
        })
    }

    fn url(&mut self, key: &'static str) -> Option<Secret> {
        let url = self.optional::<String>(key)?;
        if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
            self.refuse(key, "must begin with postgres:// or postgresql://");
        } else if url.parse::<PgConnectOptions>().is_err() {
            // Don't say why: the reason could repeat the password.
            self.refuse(key, "must have the form postgres://user:password@host:port/database?sslmode=…");
        }
        Some(Secret(url))
    }

    /// Anyone who can read the traffic to the database can read everything.
    fn check_database_is_encrypted(&mut self, urls: [(&'static str, &Option<Secret>); 3]) {
        // An unreadable setting is a problem already and needs no second one.
        if self.value("allow_plaintext_database").unwrap_or(true) {
            return;
        }

        let mut seen = Vec::new();
        for (key, url) in urls {
            let Some(url) = url.as_ref().filter(|url| self.has(key) && !seen.contains(*url)) else {
                continue;
            };
            // Both settings may hold the same URL: report it once.
            seen.push(url.clone());
            if let Ok(options) = url.expose().parse::<PgConnectOptions>()
                && let Some(host) = database::open_host(&options)
            {
                self.refuse(
                    key,
                    format!("{host} is not this machine: set sslmode=verify-full (or require) in it, or allow_plaintext_database"),
                );
            }
        }
    }

    /// A host and a port. Host names are resolved now.
    fn address(&mut self, key: &'static str) -> Option<SocketAddr> {
        let text: String = self.value(key)?;
        let found = match text.parse() {
            Ok(address) => return Some(address),
            // Not an IP address, so resolve the host name.
            Err(_) => text.to_socket_addrs(),
        };
        // Localhost means the usual loopback address.
        let found = found.map(|all| all.min_by_key(SocketAddr::is_ipv6));
        if let Ok(Some(address)) = found {
            return Some(address);
        }
        self.refuse(key, format!("{text:?} is not a host and port like 127.0.0.1:50051 or localhost:50051"));
        None
    }

    /// A mail program unsubscribes its person only through HTTPS.
    fn public_url(&mut self) -> Option<String> {
        let url = self.optional::<String>("public_url")?;
        let host = url.strip_prefix("https://").filter(|host| !host.is_empty());
        if host.is_none_or(|host| host.contains(|c: char| c.is_whitespace() || "<>?#\"".contains(c))) {
            self.refuse("public_url", "must have the form https://host or https://host/path");
        }
        Some(url)
    }

    fn metrics_address(&mut self) -> Option<SocketAddr> {
        let address = if self.has("metrics_address") { self.address("metrics_address") } else { None };
        let open = self.value("allow_open_metrics").unwrap_or(true);
        if let Some(address) = address.filter(|address| !(open || address.ip().is_loopback())) {
            let message = format!(
                "{address} is not a loopback address, so anyone could read the metrics: set allow_open_metrics to allow that"
            );
            self.refuse("metrics_address", message);
        }
        address
    }

    /// Waits that contradict each other.
    fn check_waits(
        &mut self,
        acquire: Option<Duration>,
        statement: Option<Duration>,
        drain: Option<Duration>,
    ) {
        if let (Some(acquire), Some(statement)) = (acquire, statement)
            && acquire > statement
        {
            let message = format!(
                "{acquire:?} is longer than statement_timeout, {statement:?}: a call must not wait for a connection longer than it may use it"
            );
            self.refuse("acquire_timeout", message);
        }

        if let (Some(acquire), Some(drain)) = (acquire, drain)
            && !drain.is_zero()
            && drain < acquire
        {
            let message = format!(
                "{drain:?} is shorter than acquire_timeout, {acquire:?}: calls that wait for a connection would be cut off; 0s cuts them off at once"
            );
            self.refuse("drain_timeout", message);
        }
    }

    fn check_read_timeout(&mut self, read: Option<Duration>, statement: Option<Duration>) {
        if let (Some(read), Some(statement)) = (read, statement)
            && read > statement
        {
            self.refuse("read_timeout", format!("{read:?} is longer than statement_timeout, {statement:?}"));
        }
    }

    /// A request that is waited for longer than for any statement would look like a database that
    /// doesn't answer.
    fn check_request_timeout(&mut self, edge: Option<&Edge>, statement: Option<Duration>) {
        if let (Some(edge), Some(statement)) = (edge, statement)
            && edge.request_timeout > statement
        {
            let message =
                format!("{:?} is longer than statement_timeout, {statement:?}", edge.request_timeout);
            self.refuse("request_timeout", message);
        }
    }

    fn file(&mut self, key: &'static str) -> Option<PathBuf> {
        let path = self.optional::<PathBuf>(key)?;
        if let Err(error) = std::fs::File::open(&path) {
            self.refuse(key, format!("can't open {}: {error}", path.display()));
        }
        Some(path)
    }

    fn check_plaintext(&mut self, address: Option<SocketAddr>, encrypted: bool) {
        // An unreadable setting is a problem already and needs no second one.
        let allowed = self.value("allow_plaintext").unwrap_or(true);
        if let Some(address) = address
            && !(encrypted || allowed || address.ip().is_loopback())
        {
            self.refuse(
                "address",
                format!(
                    "{address} is not a loopback address: set tls_certificate and tls_key, or allow_plaintext"
                ),
            );
        }
    }

    fn rate(&mut self) -> Option<Option<Rate>> {
        let calls_per_second = self.within("calls_per_second", 0..=1_000_000);
        let burst = self.within("calls_burst", 1..=1_000_000);
        let rate = Rate { calls_per_second: calls_per_second?, burst: burst? };
        // Zero calls per second means no limit.
        Some(Some(rate).filter(|rate| rate.calls_per_second > 0))
    }

    fn streams(&mut self) -> Option<Streams> {
        let per_seller = self.within("streams_per_seller", 1..=1_000);
        let age = MINUTE..=24 * 60 * MINUTE;
        let min_age = self.duration("stream_min_age", age.clone());
        let max_age = self.duration("stream_max_age", age);

        let interval = Duration::from_secs(1)..=5 * MINUTE;
        let heartbeat_interval = self.duration("heartbeat_interval", interval.clone());
        let rights_interval = self.duration("rights_interval", interval);

        if min_age > max_age && max_age.is_some() {
            self.refuse("stream_max_age", "must be at least stream_min_age");
        }

        Some(Streams {
            per_seller: per_seller?,
            min_age: min_age?,
            max_age: max_age?,
            heartbeat_interval: heartbeat_interval?,
            rights_interval: rights_interval?,
        })
    }

    fn log(&mut self) -> Option<Log> {
        let format = self.value("log_format");
        let filter = self.value::<String>("log_filter");
        if let Some(Err(error)) = filter.as_deref().map(log::check_filter) {
            self.refuse("log_filter", error);
        }
        Some(Log { format: format?, filter: filter? })
    }
}

#[cfg(test)]
mod tests;
