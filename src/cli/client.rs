//! The part shared by all commands that call a server: the address, the key, readable errors,
//! and answers as JSON.

mod reach;

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use prost::Message as _;
use prost_reflect::ReflectMessage;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::Channel;
use tonic::{Code, Request, Status};

use crate::api::convert::json::line;

/// The server to call, and the key to call it with.
#[derive(Clone, Debug, Args)]
pub struct Server {
    /// The address of the server: host:port. Uses TLS unless that is this machine; http:// or
    /// https:// decide
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

/// A channel that sends the key with every call. The generated clients are created from it.
pub type Calls = InterceptedService<Channel, Bearer>;

/// Adds the key to every call.
#[derive(Clone)]
pub struct Bearer(MetadataValue<Ascii>);

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        request.metadata_mut().insert("authorization", self.0.clone());
        Ok(request)
    }
}

impl Server {
    /// Connects to the server now, so that a wrong address is reported before the first call.
    ///
    /// # Errors
    /// The address is malformed, no server answers there or not as expected; the key is missing, or
    /// contains characters that aren't allowed in a header.
    pub async fn connect(&self) -> anyhow::Result<Calls> {
        let key = self.api_key.as_deref().context(
            "there is no API key: set UPNEXT_KEY to one that `upnext dev`, `upnext organizations create` or \
             `upnext keys create` printed",
        )?;
        anyhow::ensure!(!key.trim().is_empty(), "UPNEXT_KEY is empty");

        let bearer = format!("Bearer {}", key.trim()).parse();
        let bearer = bearer.ok().context("UPNEXT_KEY is not a valid key")?;
        Ok(InterceptedService::new(self.channel().await?, Bearer(bearer)))
    }
}

/// Shows an answer: as one line of JSON, or like `write` does for people.
///
/// # Errors
/// It can't be written.
pub fn show<A: ReflectMessage>(
    answer: &A,
    as_json: bool,
    write: impl FnOnce(&A, &mut dyn Write) -> std::io::Result<()>,
) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match as_json {
        true => writeln!(out, "{}", line(answer))?,
        false => write(answer, &mut out)?,
    }
    Ok(())
}

/// Completes an address. The key goes in plaintext to another machine only if `http://` says so.
fn url(address: &str) -> String {
    if address.contains("://") {
        return address.to_owned();
    }
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    let ip = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    let here = host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback());
    format!("{}://{address}", if here { "http" } else { "https" })
}

/// Converts a refusal into a readable error: every field that is wrong, else the message.
pub fn readable(status: Status) -> anyhow::Error {
    if status.code() == Code::Unauthenticated {
        return anyhow::anyhow!(
            "the key in UPNEXT_KEY, or after --api-key, isn't valid: unknown, revoked or expired"
        );
    }

    // google.rpc.Status, with the details of the refusal.
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
