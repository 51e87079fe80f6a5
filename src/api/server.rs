//! The server: all services behind authentication, with reflection, health and gRPC-Web on one
//! port.

use std::future::Future;
use std::time::Duration;

use futures::FutureExt as _;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tonic::codec::CompressionEncoding;
use tonic::service::Routes;
use tonic::transport::{Server, ServerTlsConfig};
use tonic_health::server::HealthReporter;
use tonic_web::GrpcWebLayer;
use tower_http::cors::{AllowHeaders, Any, CorsLayer};

use crate::api::connections::{Certificates, Connections, SharedConnections};
use crate::api::console::ConsoleLayer;
use crate::api::emails::unsubscribe::UnsubscribeLayer;
use crate::api::layers::ArrivalLayer;
use crate::api::layers::EnvelopeLayer;
use crate::api::layers::InFlightLayer;
use crate::api::layers::MeasuredLayer;
use crate::api::layers::RateLimits;
use crate::api::layers::identity::IdentityLayer;
use crate::api::layers::in_flight;
use crate::api::layers::request_id::RequestIdLayer;
use crate::api::pb::api_key_service_server::ApiKeyServiceServer;
use crate::api::pb::calendar_service_server::CalendarServiceServer;
use crate::api::pb::email_service_server::EmailServiceServer;
use crate::api::pb::enrollment_service_server::EnrollmentServiceServer;
use crate::api::pb::event_service_server::EventServiceServer;
use crate::api::pb::longrunning::operations_server::OperationsServer;
use crate::api::pb::organization_service_server::OrganizationServiceServer;
use crate::api::pb::record_service_server::RecordServiceServer;
use crate::api::pb::segment_service_server::SegmentServiceServer;
use crate::api::pb::seller_service_server::SellerServiceServer;
use crate::api::pb::sequence_service_server::SequenceServiceServer;
use crate::api::pb::team_service_server::TeamServiceServer;
use crate::api::pb::template_service_server::TemplateServiceServer;
use crate::api::pb::work_queue_service_server::WorkQueueServiceServer;
use crate::api::{Api, pb, status};
use crate::config::{Edge, Rate};

/// How the server listens.
#[derive(Clone, Debug)]
pub struct Listening {
    /// The largest accepted message, in bytes.
    pub max_message_bytes: usize,
    /// The server's certificate, and the authority for client certificates if it requires them.
    pub tls: Option<Certificates>,
    /// How many calls an organization may make; none: any number.
    pub rate: Option<Rate>,
    /// Whether the page in the browser is served at `/`.
    pub console: bool,
    /// Limits of connections, and of what is on its way through them.
    pub edge: Edge,
}

/// How often an idle connection is pinged.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// How much of a request may arrive before it is read. A large one isn't read while it waits for
/// its room, and what has arrived of it fills the window of the connection, which all requests
/// share: the smaller this part is, the more may wait while others still arrive.
const UNREAD_REQUEST: u32 = 32 * 1024;
/// The same of all requests of a connection.
const UNREAD_REQUESTS: u32 = 1024 * 1024;
/// How long a browser remembers that it may call; the most that any takes.
const PREFLIGHT: Duration = Duration::from_secs(7_200);

/// An error of a server.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Serves every RPC on `listener` until `shutdown` completes, then finishes the calls in progress.
/// `health` reports the server's health. When the TLS files change, another server with the new
/// ones takes over the listener. The connections of the one before are told to end, and their calls
/// and streams finish.
///
/// # Errors
/// The certificate can't be used, or the listener failed.
pub async fn serve(
    api: Api,
    listener: TcpListener,
    listening: Listening,
    health: HealthService,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Failure> {
    let connections = SharedConnections::new(Connections::new(listener, &listening.edge));
    let rates = RateLimits::new(listening.rate, api.engine.clock().clone());
    let in_flight = InFlightLayer::new(&listening.edge, listening.max_message_bytes);
    let mut certificates = listening.tls.clone();
    let shutdown = shutdown.shared();

    let mut served = Served { api, listening, health, connections, rates, in_flight };
    let mut servers = JoinSet::new();
    loop {
        let tls = certificates.as_ref().map(Certificates::config);
        servers.spawn(served.clone().run(tls, shutdown.clone()));
        loop {
            tokio::select! {
                ended = servers.join_next() => match ended {
                    Some(ended) => ended??,
                    None => return Ok(()),
                },
                () = change(&mut certificates) => break,
            }
        }
        // The server before stays until its last connection has ended.
        served.connections = served.connections.take_over();
    }
}

/// Waits until there are other certificates.
async fn change(certificates: &mut Option<Certificates>) {
    match certificates {
        Some(certificates) => certificates.changed().await,
        None => std::future::pending().await,
    }
}

/// What the servers of a listener share, one after the other.
#[derive(Clone)]
struct Served {
    api: Api,
    listening: Listening,
    health: HealthService,
    connections: SharedConnections,
    rates: RateLimits,
    in_flight: InFlightLayer,
}

impl Served {
    /// Serves until `shutdown` completes, or another server takes over.
    async fn run(
        self,
        tls: Option<ServerTlsConfig>,
        shutdown: impl Future<Output = ()> + Send,
    ) -> Result<(), Failure> {
        let Self { api, listening, health, connections, rates, in_flight } = self;
        let mut server = Server::builder()
            .accept_http1(true)
            .max_concurrent_streams(listening.edge.streams_per_connection)
            .initial_stream_window_size(UNREAD_REQUEST)
            .initial_connection_window_size(UNREAD_REQUESTS)
            .http2_keepalive_interval(Some(KEEP_ALIVE));
        if let Some(tls) = tls {
            server = server.tls_config(tls)?;
        }

        let incoming = connections.clone();
        let until = async move {
            tokio::select! {
                () = shutdown => {}
                () = connections.retired() => {}
            }
        };

        // The first layer is the outermost: metrics see every answer, identity only valid requests.
        server
            .layer(ArrivalLayer)
            .layer(ConsoleLayer { serves: listening.console })
            .layer(UnsubscribeLayer::new(api.engine.clone()))
            .layer(cors())
            .layer(GrpcWebLayer::new())
            .layer(MeasuredLayer)
            .layer(RequestIdLayer::new(api.engine.clock().clone()))
            .layer(EnvelopeLayer { max_message_bytes: listening.max_message_bytes })
            .layer(IdentityLayer::new(api.identity.clone(), rates))
            .layer(in_flight)
            .add_routes(routes(&api, health, listening.max_message_bytes)?)
            .serve_with_incoming_shutdown(incoming, until)
            .await?;
        Ok(())
    }
}

/// The full names of the services whose health is reported separately.
pub fn service_names() -> Vec<String> {
    let ours = |name: &str| name.starts_with("upnext.v1.") || name.starts_with("google.longrunning.");
    let all = pb::DESCRIPTORS.services().map(|service| service.full_name().to_owned());
    all.filter(|name| ours(name)).collect()
}

/// The service that answers health checks.
pub type HealthService = tonic_health::pb::health_server::HealthServer<tonic_health::server::HealthService>;

/// Creates the health service and its reporter.
pub fn health() -> (HealthReporter, HealthService) {
    let (reporter, _) = tonic_health::server::health_reporter();
    let service = tonic_health::server::HealthService::from_health_reporter(reporter.clone());
    (reporter, tonic_health::pb::health_server::HealthServer::new(service))
}

/// Any website may call: a call's permissions depend on its key alone, never on a cookie.
fn cors() -> CorsLayer {
    let exposed = status::EXPOSED_HEADERS.map(http::HeaderName::from_static);
    CorsLayer::new()
        .allow_origin(Any)
        // By name: a wildcard doesn't cover `authorization`.
        .allow_headers(AllowHeaders::mirror_request())
        .allow_methods([http::Method::POST])
        .max_age(PREFLIGHT)
        .expose_headers(exposed)
}

fn routes(
    api: &Api,
    health: HealthService,
    max_message_bytes: usize,
) -> Result<Routes, tonic_reflection::server::Error> {
    let reflection = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(pb::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
    };

    macro_rules! services {
        ($($server:ident,)*) => {
            Routes::new(health)
                .add_service(reflection().build_v1()?.max_decoding_message_size(in_flight::SMALL))
                .add_service(reflection().build_v1alpha()?.max_decoding_message_size(in_flight::SMALL))
                $(.add_service(
                    $server::new(api.clone())
                        .max_decoding_message_size(max_message_bytes)
                        .accept_compressed(CompressionEncoding::Gzip),
                ))*
        };
    }

    Ok(services! {
        ApiKeyServiceServer,
        CalendarServiceServer,
        EmailServiceServer,
        EnrollmentServiceServer,
        EventServiceServer,
        OperationsServer,
        OrganizationServiceServer,
        SegmentServiceServer,
        RecordServiceServer,
        SellerServiceServer,
        WorkQueueServiceServer,
        SequenceServiceServer,
        TeamServiceServer,
        TemplateServiceServer,
    })
}
