//! Several whole servers on one database, for load and storms: each has its own pools, loops and
//! doorbell.

use std::sync::{Arc, Mutex};

use rand::Rng;
use sqlx::postgres::PgConnectOptions;
use tokio::net::TcpListener;
use tonic::transport::{Channel, Endpoint};
use upnext::app::App;
use upnext::clock::Clock;
use upnext::lifecycle::Lifecycle;

use super::app::{Client, listening, settings, stores_by};
use super::database::pool_settings;

/// Where the servers are right now.
#[derive(Clone, Default)]
pub struct Servers(Arc<Mutex<Vec<Channel>>>);

impl Servers {
    /// The server of this index is at `channel` now.
    pub fn set(&self, index: usize, channel: Channel) {
        let mut channels = self.0.lock().expect("no lock holder panics");
        match channels.get_mut(index) {
            Some(known) => *known = channel,
            None => channels.push(channel),
        }
    }

    /// Any of them, with this key.
    pub fn any(&self, secret: &str, rng: &mut impl Rng) -> Client {
        let channels = self.0.lock().expect("no lock holder panics");
        Client::new(channels[rng.random_range(0..channels.len())].clone(), secret)
    }
}

/// Servers, stopped when the test ends.
pub struct Fleet {
    /// Where they are.
    pub servers: Servers,
    /// The clock of each.
    pub clocks: Vec<Clock>,
    lifecycles: Vec<Lifecycle>,
}

impl Fleet {
    /// Starts this many servers on a database.
    pub async fn start(count: usize, options: &PgConnectOptions) -> Self {
        let mut fleet = Self { servers: Servers::default(), clocks: Vec::new(), lifecycles: Vec::new() };

        for index in 0..count {
            let clock = Clock::system();
            let stores = stores_by(options, &pool_settings(), true);
            let app = App::new(stores, clock.clone(), settings());
            let lifecycle = Lifecycle::new();
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
            let address = listener.local_addr().expect("it is bound");
            let endpoint = Endpoint::from_shared(format!("http://{address}")).expect("an address");
            fleet.servers.set(index, endpoint.connect_lazy());
            let own = lifecycle.clone();
            lifecycle.spawn(async move {
                app.run(listener, listening(), &own).await.expect("the server runs");
            });
            fleet.lifecycles.push(lifecycle);
            fleet.clocks.push(clock);
        }
        fleet
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        for lifecycle in &self.lifecycles {
            lifecycle.begin_to_drain();
            lifecycle.hard().cancel();
        }
    }
}
