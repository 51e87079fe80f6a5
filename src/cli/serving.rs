//! What `serve` and `dev` share: the port, and a server that runs until it is told to stop.

use std::io::{self, ErrorKind, Write as _};
use std::net::SocketAddr;

use anyhow::{Context as _, anyhow};
use tokio::net::TcpListener;

use crate::api::server::Listening;
use crate::app::{self, App};
use crate::config::Config;
use crate::lifecycle::{self, Lifecycle};

/// Takes the port, before anything else is started.
///
/// # Errors
/// Names the address, and what to do if somebody has it already.
pub async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            anyhow!("{address} is in use: stop what listens there, or choose another with --address")
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

/// Says what is ready, and serves until a signal, then drains; a second signal cuts it short.
///
/// # Errors
/// The certificate can't be used, or the listener failed.
pub async fn serve_until_signalled(
    app: &App,
    listener: TcpListener,
    listening: Listening,
    config: &Config,
    ready: &str,
) -> anyhow::Result<()> {
    let signals = lifecycle::signals().context("signals can't be handled")?;
    // Only now: whoever reads this may stop us right away.
    announce(ready)?;
    let lifecycle = Lifecycle::new();
    let (app, own, poll) = (app.clone(), lifecycle.clone(), config.poll_interval);
    let server = lifecycle.spawn(async move { app.run(listener, listening, poll, &own).await });
    let ending = lifecycle.run_to_the_end(signals, config.drain_timeout).await;
    tracing::info!(?ending, "stopped");
    match server.await {
        Ok(Some(Err(error))) => Err(anyhow!(error).context("the server failed")),
        Ok(_) => Ok(()),
        Err(error) => Err(anyhow!(error).context("the server failed")),
    }
}

/// Prints it at once, also into a pipe.
fn announce(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}
