//! A tonic server that does nothing: what the product's calls and streams are held against. It is
//! this program, started again.

use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic_health::ServingStatus;
use tonic_health::server::HealthReporter;

/// Serves health of a service called `bare` until it is killed, and changes it at each line of its
/// input.
pub async fn serve() -> anyhow::Result<()> {
    let (reporter, health) = tonic_health::server::health_reporter();
    reporter.set_service_status("bare", ServingStatus::Serving).await;
    tokio::task::spawn_blocking(move || change_at_each_line(&reporter));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("serving on {}", listener.local_addr()?);
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    let mut server = Server::builder().http2_keepalive_interval(Some(Duration::from_secs(30)));
    Ok(server.add_service(health).serve_with_incoming(incoming).await?)
}

/// On a thread of its own, as reading a line waits.
fn change_at_each_line(reporter: &HealthReporter) {
    let statuses = [ServingStatus::NotServing, ServingStatus::Serving].into_iter().cycle();
    for (status, _) in statuses.zip(std::io::stdin().lines()) {
        Handle::current().block_on(reporter.set_service_status("bare", status));
    }
}
