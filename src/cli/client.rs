//! What every command that calls a server needs: its address, the key, and errors that a person can read.

use anyhow::Context as _;
use clap::Args;
use prost::Message as _;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::{Channel, ClientTlsConfig, Endpoint};
use tonic::{Code, Request, Status};

/// Which server to call, and as whom.
#[derive(Clone, Debug, Args)]
pub struct Server {
    /// Where the server listens: host:port, with TLS unless it is this machine; http:// or https:// decide
    #[arg(long, env = "UPNEXT_ADDRESS", default_value = "127.0.0.1:50051")]
    pub address: String,
    /// The API key
    #[arg(long, env = "UPNEXT_KEY", hide_env_values = true)]
    pub key: String,
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
    /// The address can't be read or nobody listens there; the key has characters that no key has.
    pub async fn connect(&self) -> anyhow::Result<Calls> {
        let address = &self.address;
        let url = url(address);
        let mut endpoint =
            Endpoint::from_shared(url.clone()).with_context(|| format!("{address} is no address"))?;
        if url.starts_with("https://") {
            endpoint = endpoint.tls_config(ClientTlsConfig::new().with_enabled_roots())?;
        }
        let nobody = || format!("no server answers at {address}: start one, or set UPNEXT_ADDRESS");
        let channel = endpoint.connect().await.with_context(nobody)?;
        let bearer = format!("Bearer {}", self.key.trim()).parse().ok().context("UPNEXT_KEY is no key")?;
        Ok(InterceptedService::new(channel, Bearer(bearer)))
    }
}

/// The key goes in plaintext to another machine only if `http://` says so.
fn url(address: &str) -> String {
    if address.contains("://") {
        return address.to_owned();
    }
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    let ip = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    let here = host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback());
    format!("{}://{address}", if here { "http" } else { "https" })
}

/// A refusal as a person reads it: the message, then every field that is wrong.
pub fn readable(status: Status) -> anyhow::Error {
    if status.code() == Code::Unauthenticated {
        return anyhow::anyhow!(
            "the key in UPNEXT_KEY, or after --key, isn't valid: unknown, revoked or expired"
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

#[cfg(test)]
mod tests {
    use super::url;

    #[test]
    fn a_key_goes_in_plaintext_to_this_machine_alone_unless_told() {
        for here in ["127.0.0.1:50051", "localhost:50051", "[::1]:50051", "127.1.2.3:1"] {
            assert_eq!(url(here), format!("http://{here}"));
        }
        for elsewhere in
            ["upnext.example.com:443", "10.0.0.1:50051", "0.0.0.0:50051", "localhost.example.com:1"]
        {
            assert_eq!(url(elsewhere), format!("https://{elsewhere}"));
        }
        assert_eq!(url("http://10.0.0.1:50051"), "http://10.0.0.1:50051");
    }
}
