//! What every command that calls a server needs: its address, the key, and errors that a person can
//! read.

mod reach;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use prost::Message as _;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::Channel;
use tonic::{Code, Request, Status};

/// Which server to call, and as whom.
#[derive(Clone, Debug, Args)]
pub struct Server {
    /// Where the server listens: host:port, or https://host:port for TLS
    #[arg(long, env = "UPNEXT_ADDRESS", default_value = "127.0.0.1:50051", global = true)]
    pub address: String,
    /// The API key
    #[arg(long, env = "UPNEXT_KEY", hide_env_values = true, global = true)]
    pub api_key: Option<String>,
    /// Who signed the server's certificate (PEM), if none of the authorities that this machine
    /// trusts
    #[arg(long, env = "UPNEXT_CA", value_name = "FILE", global = true)]
    pub ca: Option<PathBuf>,
    /// The client's certificate (PEM), if the server asks for one
    #[arg(long, env = "UPNEXT_CERT", value_name = "FILE", global = true)]
    pub cert: Option<PathBuf>,
    /// The private key of the client's certificate (PEM)
    #[arg(long, env = "UPNEXT_CERT_KEY", value_name = "FILE", global = true)]
    pub key: Option<PathBuf>,
}

/// A channel that sends the key along: what generated clients are made of.
pub type Calls = InterceptedService<Channel, Bearer>;

/// Sends the key along.
#[derive(Clone)]
pub struct Bearer(MetadataValue<Ascii>);

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        request.metadata_mut().insert("authorization", self.0.clone());
        Ok(request)
    }
}

impl Server {
    /// Connects now, so that a wrong address is told at once.
    ///
    /// # Errors
    /// The address can't be read, nobody listens there or not as expected; there is no key, or it
    /// has characters that no key has.
    pub async fn connect(&self) -> anyhow::Result<Calls> {
        let key = self.api_key.as_deref().context(
            "there is no API key: set UPNEXT_KEY to one, as `upnext dev` and `upnext keys create` print it",
        )?;
        let bearer = format!("Bearer {}", key.trim()).parse().ok().context("UPNEXT_KEY is no key")?;
        Ok(InterceptedService::new(self.channel().await?, Bearer(bearer)))
    }
}

/// A refusal as a person reads it: the message, then every field that is wrong.
pub fn readable(status: Status) -> anyhow::Error {
    if status.code() == Code::Unauthenticated {
        return anyhow::anyhow!(
            "the key in UPNEXT_KEY, or after --api-key, isn't valid: unknown, revoked or expired"
        );
    }
    let details = tonic_types::pb::Status::decode(status.details()).unwrap_or_default();
    let bad = details.details.iter().find(|any| any.type_url.ends_with("google.rpc.BadRequest"));
    let bad = bad.and_then(|any| tonic_types::pb::BadRequest::decode(any.value.as_slice()).ok());
    let fields: String = bad
        .map(|bad| bad.field_violations)
        .unwrap_or_default()
        .into_iter()
        .map(|violation| format!("\n  {}: {}", violation.field, violation.description))
        .collect();
    if fields.is_empty() && status.message().is_empty() {
        anyhow::anyhow!("{}", status.code())
    } else if fields.is_empty() {
        anyhow::anyhow!("{}", status.message())
    } else {
        anyhow::anyhow!("refused:{fields}")
    }
}
