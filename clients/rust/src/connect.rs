//! Where the server is, and as whom we call it.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use tonic::transport::Endpoint;

/// Why a client can't be made.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The address has another form.
    #[error("address {0:?}: it must be host:port, http://host:port or https://host:port")]
    Address(String),
    /// The key has characters that a header can't carry.
    #[error("the key has characters that no key has, a line break or a space for instance")]
    Key,
    /// The certificates don't do.
    #[error("TLS: {0}")]
    Tls(#[from] tonic::transport::Error),
    /// TLS is asked for, but the crate's feature `tls` is off.
    #[error("address {0:?} needs TLS: turn the feature `tls` on, or write http://")]
    NoTls(String),
}

type Asked = Pin<Box<dyn Future<Output = Result<String, Box<dyn std::error::Error + Send + Sync>>> + Send>>;

/// The API key, or a function that is asked for it (or a JWT) before each call.
#[derive(Clone)]
pub enum Key {
    /// One for all calls.
    Fixed(String),
    /// Asked before each call.
    Asked(Arc<dyn Fn() -> Asked + Send + Sync>),
}

/// Where the server is, and as whom to call it. The default reads the environment.
#[derive(Clone, Default)]
pub struct Options {
    /// `host:port`, `http://host:port` or `https://host:port`; default `UPNEXT_ADDRESS`, then
    /// 127.0.0.1:50051. Without a scheme, TLS is spoken except with this machine.
    pub address: Option<String>,
    /// Default `UPNEXT_KEY`.
    pub key: Option<Key>,
    /// Root certificates and the client's certificate; default the system's roots.
    #[cfg(feature = "tls")]
    pub tls: Option<tonic::transport::ClientTlsConfig>,
}

impl Options {
    pub(crate) fn key(&self) -> Result<Key, ConnectError> {
        let from_environment = || Key::Fixed(std::env::var("UPNEXT_KEY").unwrap_or_default());
        match self.key.clone().unwrap_or_else(from_environment) {
            Key::Fixed(key) => checked(&key).map(|key| Key::Fixed(key.to_owned())).ok_or(ConnectError::Key),
            asked => Ok(asked),
        }
    }

    pub(crate) fn endpoint(&self) -> Result<Endpoint, ConnectError> {
        let named = |name| std::env::var(name).ok().filter(|text: &String| !text.is_empty());
        let address = self.address.clone().or_else(|| named("UPNEXT_ADDRESS"));
        let address = address.unwrap_or_else(|| "127.0.0.1:50051".to_owned());
        let (uri, tls) = parse(address.trim()).ok_or_else(|| ConnectError::Address(address.clone()))?;
        let endpoint = Endpoint::from_shared(uri)?
            .http2_keep_alive_interval(Duration::from_secs(20))
            .keep_alive_timeout(Duration::from_secs(10))
            .keep_alive_while_idle(true)
            .connect_timeout(Duration::from_secs(20));
        if tls { self.with_tls(endpoint, &address) } else { Ok(endpoint) }
    }

    #[cfg(feature = "tls")]
    fn with_tls(&self, endpoint: Endpoint, _address: &str) -> Result<Endpoint, ConnectError> {
        let system = || tonic::transport::ClientTlsConfig::new().with_native_roots();
        Ok(endpoint.tls_config(self.tls.clone().unwrap_or_else(system))?)
    }

    #[cfg(not(feature = "tls"))]
    fn with_tls(&self, _endpoint: Endpoint, address: &str) -> Result<Endpoint, ConnectError> {
        Err(ConnectError::NoTls(address.to_owned()))
    }
}

/// The URI of an address, and whether TLS is spoken.
fn parse(address: &str) -> Option<(String, bool)> {
    let bare = !address.contains("://");
    let uri: http::Uri = if bare { format!("http://{address}") } else { address.to_owned() }.parse().ok()?;
    let (host, scheme) = (uri.host()?, uri.scheme_str()?);
    let authority = uri.authority()?.as_str();
    if !matches!(scheme, "http" | "https") || !matches!(uri.path(), "" | "/") || authority.contains('@') {
        return None;
    }

    let tls = scheme == "https" || bare && !is_loopback(host);
    let port = uri.port_u16().or(bare.then_some(50051)).unwrap_or(if tls { 443 } else { 80 });
    Some((format!("{}://{host}:{port}", if tls { "https" } else { "http" }), tls))
}

fn is_loopback(host: &str) -> bool {
    let ip = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

/// A key without the white space around it; none if a header can't carry it.
fn checked(key: &str) -> Option<&str> {
    let key = key.trim();
    key.bytes().all(|byte| byte.is_ascii_graphic()).then_some(key)
}

impl Key {
    /// The header of a call; none without a key.
    pub(crate) async fn header(&self) -> Result<Option<HeaderValue>, tonic::Status> {
        let key = match self {
            Self::Fixed(key) => key.clone(),
            Self::Asked(ask) => {
                ask().await.map_err(|error| tonic::Status::unknown(format!("no key: {error}")))?
            }
        };
        let key =
            checked(&key).ok_or_else(|| tonic::Status::invalid_argument(ConnectError::Key.to_string()))?;
        let mut header = HeaderValue::try_from(format!("Bearer {key}"))
            .map_err(|e| tonic::Status::unknown(e.to_string()))?;
        header.set_sensitive(true);
        Ok((!key.is_empty()).then_some(header))
    }
}
