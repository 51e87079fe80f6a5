//! The part that `serve` and `dev` share: take the port, and run the server until it is stopped.

use std::io::{self, ErrorKind, Write as _};
use std::net::SocketAddr;

use anyhow::{Context as _, anyhow};
use tokio::net::TcpListener;

use crate::api::server::Listening;
use crate::app::{self, App};
use crate::config::Config;
use crate::lifecycle::{self, Lifecycle};
use crate::telemetry::{self, Collector, Exporter, Outlets, Traces};

/// The metrics exporter, and where the metrics go.
pub struct Measures {
    exporter: Exporter,
    outlets: Outlets,
}

impl Measures {
    /// The URL of the metrics page, if there is one.
    pub fn page(&self) -> Option<String> {
        let address = self.outlets.page.as_ref()?.local_addr().ok()?;
        Some(format!("http://{address}/metrics"))
    }
}

/// Starts to log, and to send traces if there is a collector for them.
pub fn telemetry(config: &Config) -> Traces {
    let traced = config.otlp.as_ref().filter(|otlp| otlp.trace_share > 0.0);
    telemetry::start(&config.log, traced)
}

/// Starts the metrics exporter. Returns `None` if metrics are neither shown nor sent. Call this
/// before any part of the server is created, or the part's metrics are lost.
///
/// # Errors
/// Like [`bind`]; the certificates for the collector can't be read; another exporter is already
/// installed.
pub async fn measures(config: &Config) -> anyhow::Result<Option<Measures>> {
    if config.metrics_address.is_none() && config.otlp.is_none() {
        return Ok(None);
    }
    let page = match config.metrics_address {
        Some(address) => Some(bind(address, "metrics_address").await?),
        None => None,
    };
    let collector = config.otlp.clone().map(Collector::new).transpose();
    let collector = collector.context("otlp_endpoint: the system's certificates can't be read")?;

    let exporter = Exporter::install().context("can't start the metrics exporter")?;
    Ok(Some(Measures { exporter, outlets: Outlets { page, collector } }))
}

/// Listens on the address. Call this before anything else is started. `choice` is the flag or
/// setting that chooses another address.
///
/// # Errors
/// The address is in use, forbidden or unavailable. The message says what to do.
pub async fn bind(address: SocketAddr, choice: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            anyhow!(
                "{address} is in use: stop the process that listens there, \
                 or choose another address with {choice}"
            )
        }
        ErrorKind::PermissionDenied => {
            anyhow!("this user may not listen on {address}: choose a port above 1023")
        }
        _ => anyhow!(error).context(format!("can't listen on {address}")),
    })
}

/// Reads the certificates. Call this before anything else is started.
///
/// # Errors
/// A file can't be read.
pub fn listening(config: &Config) -> anyhow::Result<Listening> {
    app::listening(config).context("the certificate can't be read")
}

/// Serves until a signal, then drains. A second signal ends the draining. `ready` runs while the
/// server already answers calls; its text is printed.
///
/// # Errors
/// The certificate can't be used, the listener failed, or `ready` failed.
pub async fn serve_until_signalled(
    app: &App,
    listener: TcpListener,
    listening: Listening,
    config: &Config,
    measures: Option<Measures>,
    ready: impl AsyncFnOnce(&Lifecycle) -> anyhow::Result<String>,
) -> anyhow::Result<()> {
    // First of all: whoever reads the text of `ready` may send a signal right away.
    let signals = lifecycle::signals().context("signals can't be handled")?;

    let lifecycle = Lifecycle::new();
    if let Some(Measures { exporter, outlets }) = measures {
        app.show_measures(exporter, outlets, &lifecycle);
    }

    let (app, own) = (app.clone(), lifecycle.clone());
    let server = lifecycle.spawn(async move { app.run(listener, listening, &own).await });

    // `ready` may call the server, so it runs beside it. If it fails, the server stops.
    let greeting = async {
        let said = async { Ok(announce(&ready(&lifecycle).await?)?) }.await;
        if said.is_err() {
            lifecycle.begin_to_drain();
        }
        said
    };
    let (ending, said) = tokio::join!(lifecycle.run_to_the_end(signals, config.drain_timeout), greeting);
    tracing::info!(?ending, "stopped");

    match server.await {
        Ok(Some(Err(error))) => Err(anyhow!(error).context("the server failed")),
        // Either the server ended, or it was cut off after the drain timeout.
        Ok(_) => said,
        Err(error) => Err(anyhow!(error).context("the server failed")),
    }
}

/// Prints the text and flushes it, so that it appears at once even in a pipe.
fn announce(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}
