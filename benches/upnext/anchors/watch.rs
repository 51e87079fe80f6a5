//! A8: streams of a tonic server that keeps a latest-value slot for each, health's: memory, and a
//! change told to all.

use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

use crate::client::connect;
use crate::machine::resident_kib;
use crate::server::ServerProcess;

/// As many streams on one connection as the product's watchers have.
const STREAMS_PER_CONNECTION: usize = 100;

/// Open streams of a bare server.
pub struct Slots {
    server: ServerProcess,
    heard: mpsc::UnboundedReceiver<()>,
    count: usize,
    _tasks: JoinSet<()>,
    /// What the server grew by, for each.
    pub kib_per_stream: f64,
}

impl Slots {
    /// Starts a server and opens so many.
    pub async fn open(count: usize) -> anyhow::Result<Self> {
        let server = ServerProcess::bare()?;
        let before = resident_kib(server.process_id());
        let channels = connect(server.address(), count.div_ceil(STREAMS_PER_CONNECTION)).await?;
        let (sender, heard) = mpsc::unbounded_channel();
        let mut slots = Self { server, heard, count, _tasks: JoinSet::new(), kib_per_stream: 0.0 };

        for number in 0..count {
            let mut client = HealthClient::new(channels[number / STREAMS_PER_CONNECTION].clone());
            let sender = sender.clone();
            slots._tasks.spawn(async move {
                let request = HealthCheckRequest { service: "bare".to_owned() };
                let Ok(stream) = client.watch(request).await else { return };
                let mut stream = stream.into_inner();
                while let Ok(Some(_)) = stream.message().await {
                    if sender.send(()).is_err() {
                        return;
                    }
                }
            });
        }

        slots.all_heard().await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let grown = resident_kib(slots.server.process_id()) - before;
        slots.kib_per_stream = grown as f64 / count as f64;
        Ok(slots)
    }

    /// Milliseconds from a change to the last stream's hearing of it.
    pub async fn burst(mut self) -> anyhow::Result<f64> {
        let start = Instant::now();
        self.server.say("change")?;
        self.all_heard().await?;
        Ok(start.elapsed().as_secs_f64() * 1_000.0)
    }

    async fn all_heard(&mut self) -> anyhow::Result<()> {
        for done in 0..self.count {
            let next = tokio::time::timeout(Duration::from_secs(30), self.heard.recv()).await;
            anyhow::ensure!(matches!(next, Ok(Some(()))), "only {done} of {} streams heard", self.count);
        }
        Ok(())
    }
}
