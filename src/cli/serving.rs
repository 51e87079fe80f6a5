//! What `serve` and `dev` share: the port, and a server that runs until it is told to stop.

use std::io::{self, ErrorKind, Write as _};
use std::net::SocketAddr;

use anyhow::{Context as _, anyhow};
use tokio::net::TcpListener;

use crate::api::server::Listening;
use crate::app::{self, App};
use crate::config::Config;
use crate::lifecycle::{self, Lifecycle};
use crate::telemetry::Exporter;

/// What is measured, and where it is to be shown.
pub struct Measures {
    exporter: Exporter,
    listener: TcpListener,
    address: SocketAddr,
}

impl Measures {
    /// Where to look.
    pub fn page(&self) -> String {
        format!("http://{}/metrics", self.address)
    }
}

/// Begins to measure, if it is configured where to show it. Before the parts are made.
///
/// # Errors
/// As [`bind`].
pub async fn measures(config: &Config) -> anyhow::Result<Option<Measures>> {
    let Some(address) = config.metrics_address else { return Ok(None) };
    let listener = bind(address, "metrics_address").await?;
    let address = listener.local_addr()?;
    let exporter = Exporter::install().context("can't measure")?;
    Ok(Some(Measures { exporter, listener, address }))
}

/// Takes the port, before anything else is started. `choice` is where another one is chosen.
///
/// # Errors
/// Names the address, and what to do if somebody has it already.
pub async fn bind(address: SocketAddr, choice: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            anyhow!("{address} is in use: stop what listens there, or choose another with {choice}")
        }
        ErrorKind::PermissionDenied => {
            anyhow!("this user may not listen on {address}: choose a port above 1023")
        }
        _ => anyhow!(error).context(format!("can't listen on {address}")),
    })
}

/// Reads the certificates, before anything else is started.
///
/// # Errors
/// A file can't be read.
pub fn listening(config: &Config) -> anyhow::Result<Listening> {
    app::listening(config).context("the certificate can't be read")
}

/// Serves until a signal, then drains; a second signal cuts it short. `ready` runs once calls are answered, and gives what to say.
///
/// # Errors
/// The certificate can't be used, the listener failed, or `ready` did.
pub async fn serve_until_signalled(
    app: &App,
    listener: TcpListener,
    listening: Listening,
    config: &Config,
    measures: Option<Measures>,
    ready: impl AsyncFnOnce(&Lifecycle) -> anyhow::Result<String>,
) -> anyhow::Result<()> {
    // Before anything is said: whoever reads it may stop us right away.
    let signals = lifecycle::signals().context("signals can't be handled")?;
    let lifecycle = Lifecycle::new();
    if let Some(Measures { exporter, listener, .. }) = measures {
        app.show_measures(exporter, listener, &lifecycle);
    }
    let (app, own) = (app.clone(), lifecycle.clone());
    let server = lifecycle.spawn(async move { app.run(listener, listening, &own).await });
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
        Ok(_) => said,
        Err(error) => Err(anyhow!(error).context("the server failed")),
    }
}

/// Prints it at once, also into a pipe.
fn announce(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}
