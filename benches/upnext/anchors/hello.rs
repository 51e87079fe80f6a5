//! A6: a unary call that tonic answers at once, as many in flight and over as many connections as
//! the product's.

use std::time::Duration;

use tonic::transport::Channel;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

use crate::client::connect;
use crate::load;
use crate::server::ServerProcess;

/// The bare server, and connections to it.
pub struct Hello {
    _server: ServerProcess,
    channels: Vec<Channel>,
}

impl Hello {
    /// Starts the server.
    pub async fn start(connections: usize) -> anyhow::Result<Self> {
        let server = ServerProcess::bare()?;
        Ok(Self { channels: connect(server.address(), connections).await?, _server: server })
    }

    /// Calls per second.
    pub async fn rate(&self, callers: usize, time: Duration) -> anyhow::Result<f64> {
        load::rate(callers, time, usize::MAX, |caller| {
            let client = HealthClient::new(self.channels[caller % self.channels.len()].clone());
            move |_| {
                let mut client = client.clone();
                async move {
                    client.check(HealthCheckRequest { service: "bare".to_owned() }).await?;
                    Ok(())
                }
            }
        })
        .await
    }
}
