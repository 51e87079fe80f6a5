//! The real binary behind a proxy, killed again and again, and started again each time.

use std::sync::Arc;

use nix::sys::signal::Signal;
use sqlx::postgres::PgConnectOptions;
use tonic::transport::{Channel, Endpoint};

use super::app::Client;
use super::database::TestDatabase;
use super::process::{Process, upnext};
use super::proxy::Proxy;

/// A server as a process of its own.
pub struct Victim {
    /// The proxy between it and its database.
    pub proxy: Arc<Proxy>,
    url: String,
    process: Process,
    channel: Channel,
    /// Where it listens, each time.
    pub address: String,
    /// How often it was started.
    pub starts: usize,
}

impl Victim {
    /// Starts one on a database.
    pub async fn start(database: &TestDatabase) -> Self {
        Self::start_on(&database.connect_options()).await
    }

    /// Starts one on the database that is reached with these options.
    pub async fn start_on(options: &PgConnectOptions) -> Self {
        let proxy = Arc::new(Proxy::new(options).await);
        let url = proxy.url(options);
        let (process, address) = serve(url.clone(), "127.0.0.1:0".to_owned()).await;
        Self { proxy, url, process, channel: connect(&address), address, starts: 1 }
    }

    /// The number of its process.
    pub fn id(&self) -> i32 {
        self.process.id()
    }

    /// A caller, by its key.
    pub fn client(&self, secret: &str) -> Client {
        Client::new(self.channel.clone(), secret)
    }

    /// Where it is now.
    pub fn channel(&self) -> Channel {
        self.channel.clone()
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) {
        self.process.signal(signal);
    }

    /// Restarts it after it was killed.
    pub async fn restart(&mut self) {
        self.refuse_panics();
        (self.process, _) = serve(self.url.clone(), self.address.clone()).await;
        self.channel = connect(&self.address);
        self.starts += 1;
    }

    /// Ends it; its output must not mention a panic.
    pub fn end(mut self) {
        self.signal(Signal::SIGKILL);
        self.refuse_panics();
    }

    fn refuse_panics(&mut self) {
        let (_, errors) = self.process.end();
        assert!(!errors.contains("panicked"), "{errors}");
    }
}

fn connect(address: &str) -> Channel {
    Endpoint::from_shared(format!("http://{address}")).expect("an address").connect_lazy()
}

async fn serve(url: String, address: String) -> (Process, String) {
    let start = move || {
        let mut command = upnext(&[&"serve", &"--address", &address, &"--log-filter", &"error"]);
        // A test's receiver of webhooks is on this machine.
        command.env("UPNEXT_WEBHOOK_PRIVATE_ADDRESSES", "true");
        let mut process = Process::start(command.env("UPNEXT_DATABASE_URL", url));
        let address = process.address();
        (process, address)
    };
    tokio::task::spawn_blocking(start).await.expect("it starts")
}
