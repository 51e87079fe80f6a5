//! Real clients over sockets.

use tonic::metadata::{Ascii, MetadataValue};
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status};
use upnext::api::pb;

/// A channel that sends a key along.
pub type Calls = InterceptedService<Channel, Bearer>;

/// A client of the work queue.
pub type WorkQueue = pb::work_queue_service_client::WorkQueueServiceClient<Calls>;

/// Sends a key along.
#[derive(Clone)]
pub struct Bearer(MetadataValue<Ascii>);

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        request.metadata_mut().insert("authorization", self.0.clone());
        Ok(request)
    }
}

/// Connections to one server with one key.
#[derive(Clone)]
pub struct Client {
    channels: Vec<Channel>,
    bearer: Bearer,
}

impl Client {
    /// Opens `connections` to a server.
    pub async fn connect(address: &str, secret: &str, connections: usize) -> anyhow::Result<Self> {
        Self::over(connect(address, connections).await?, secret)
    }

    /// Calls over these connections.
    pub fn over(channels: Vec<Channel>, secret: &str) -> anyhow::Result<Self> {
        Ok(Self { channels, bearer: Bearer(format!("Bearer {secret}").parse()?) })
    }

    /// What a generated client is made of; callers with different numbers share connections evenly.
    pub fn calls(&self, caller: usize) -> Calls {
        let channel = self.channels[caller % self.channels.len()].clone();
        InterceptedService::new(channel, self.bearer.clone())
    }

    /// The work queue, for the caller of this number.
    pub fn work_queue(&self, caller: usize) -> WorkQueue {
        WorkQueue::new(self.calls(caller))
    }
}

/// Opens connections to a server.
pub async fn connect(address: &str, connections: usize) -> anyhow::Result<Vec<Channel>> {
    let mut channels = Vec::with_capacity(connections);
    for _ in 0..connections {
        let endpoint = Endpoint::from_shared(format!("http://{address}"))?.tcp_nodelay(true);
        channels.push(endpoint.connect().await?);
    }
    Ok(channels)
}
