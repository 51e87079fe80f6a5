//! Connects to a server, with TLS or without, and explains why that failed.

use std::error::Error;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail};
use rustls::{AlertDescription, CertificateError};
use tokio::time::timeout;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tonic::{Code, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

use super::{Server, url};

/// How long a server may take to accept the connection, and then to give its first answer.
const PATIENCE: Duration = Duration::from_secs(10);

impl Server {
    /// Connects, and makes a first call: only its answer shows that both speak the same protocol.
    pub(super) async fn channel(&self) -> anyhow::Result<Channel> {
        let address = &self.address;
        let url = url(address);
        let tls = url.starts_with("https://");
        let mut endpoint =
            Endpoint::from_shared(url).with_context(|| format!("{address} is not a valid address"))?;
        if tls {
            endpoint = endpoint.tls_config(self.tls()?).context("TLS can't be used")?;
        } else if self.ca.is_some() || self.cert.is_some() || self.key.is_some() {
            bail!("--ca, --cert and --key are for TLS: begin the address with https://");
        }

        let connected = endpoint.connect_timeout(PATIENCE).connect().await;
        let channel = connected.map_err(|error| self.failure(&error, tls))?;
        let mut health = HealthClient::new(channel.clone());
        match timeout(PATIENCE, health.check(HealthCheckRequest::default())).await {
            Err(_) => bail!("{address} takes connections, but gave no answer for {} s", PATIENCE.as_secs()),
            Ok(Err(status)) if is_broken(&status) => Err(self.failure(&status, tls)),
            // Whatever it says, it speaks gRPC.
            Ok(_) => Ok(channel),
        }
    }

    fn tls(&self) -> anyhow::Result<ClientTlsConfig> {
        let mut tls = match &self.ca {
            Some(ca) => ClientTlsConfig::new().ca_certificate(Certificate::from_pem(pem(ca)?)),
            None => ClientTlsConfig::new().with_enabled_roots(),
        };
        match (&self.cert, &self.key) {
            (Some(cert), Some(key)) => tls = tls.identity(Identity::from_pem(pem(cert)?, pem(key)?)),
            (None, None) => {}
            _ => bail!("--cert and --key go together: a certificate and its private key"),
        }
        Ok(tls)
    }

    /// Explains why there is no answer, as exactly as the causes allow.
    fn failure(&self, error: &(dyn Error + 'static), tls: bool) -> anyhow::Error {
        let address = &self.address;
        let said = causes(error).iter().find_map(|cause| cause.downcast_ref().and_then(tls_words));
        if let Some(said) = said {
            return anyhow::anyhow!("the server at {address} {said}");
        }

        let nobody =
            causes(error).iter().find_map(|cause| cause.downcast_ref::<std::io::Error>()).map(|io| io.kind());
        let last = causes(error).last().map(ToString::to_string).unwrap_or_default();
        match nobody {
            Some(
                ErrorKind::ConnectionRefused
                | ErrorKind::TimedOut
                | ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable,
            ) => {
                anyhow::anyhow!("no server answers at {address}: start one, or set UPNEXT_ADDRESS: {last}")
            }
            // HTTP/2 may pass the alert on as a text.
            _ if tls && self.cert.is_none() && last.contains("CertificateRequired") => anyhow::anyhow!(
                "the server at {address} asks for a client certificate that it trusts: give --cert FILE \
                 and --key FILE"
            ),
            // Closed, or closed before a request could be sent.
            _ if tls && self.cert.is_none() && (last.contains("closed") || last.contains("not ready")) => {
                anyhow::anyhow!(
                    "the server at {address} closes the connection before it answers, like one that \
                 asks for a client certificate that it trusts: give --cert FILE and --key FILE"
                )
            }
            _ if tls => anyhow::anyhow!("no server with TLS answers at {address}: {last}"),
            _ if is_connect(error) => {
                anyhow::anyhow!("no server answers at {address}: start one, or set UPNEXT_ADDRESS: {last}")
            }
            _ => anyhow::anyhow!(
                "something listens at {address} that doesn't speak gRPC without TLS: if it serves with TLS, write https://{address}"
            ),
        }
    }
}

/// Returns true if a call failed because of the connection, instead of by the server's answer.
fn is_broken(status: &Status) -> bool {
    let code = matches!(status.code(), Code::Unknown | Code::Unavailable | Code::Internal | Code::Cancelled);
    code && status.details().is_empty() && status.source().is_some()
}

/// Returns true if it failed before anything was sent.
fn is_connect(error: &(dyn Error + 'static)) -> bool {
    causes(error).iter().any(|cause| {
        cause.to_string().contains("tcp connect error") || cause.to_string().contains("dns error")
    })
}

/// Returns the error and its causes, including those that I/O errors hold but don't return as
/// their source.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> Vec<&'a (dyn Error + 'static)> {
    let (mut causes, mut next): (Vec<&'a (dyn Error + 'static)>, _) = (Vec::new(), Some(error));
    while let Some(cause) = next {
        causes.push(cause);
        let held = cause.downcast_ref::<std::io::Error>().and_then(|io| io.get_ref());
        next = held.map(|held| held as &(dyn Error + 'static)).or_else(|| cause.source());
    }
    causes
}

/// Returns why TLS failed, worded to follow "the server at …"; `None` if a person couldn't use it.
fn tls_words(error: &rustls::Error) -> Option<String> {
    Some(match error {
        rustls::Error::InvalidMessage(_) => {
            "doesn't speak TLS: begin the address with http://".to_owned()
        }
        rustls::Error::InvalidCertificate(wrong) => match wrong {
            CertificateError::UnknownIssuer => {
                "shows a certificate that isn't trusted: no authority that this machine trusts signed it; name its authority with --ca FILE"
                    .to_owned()
            }
            other => format!("shows a certificate that isn't trusted: {other}"),
        },
        rustls::Error::AlertReceived(
            AlertDescription::CertificateRequired
            | AlertDescription::HandshakeFailure
            | AlertDescription::UnknownCA
            | AlertDescription::BadCertificate
            | AlertDescription::CertificateUnknown
            | AlertDescription::DecryptError,
        ) => "asks for a client certificate that it trusts: give --cert FILE and --key FILE".to_owned(),
        rustls::Error::AlertReceived(alert) => format!("refused TLS: {alert:?}"),
        _ => return None,
    })
}

fn pem(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("{} can't be read", path.display()))
}
