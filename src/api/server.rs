//! The server: every service behind identity, with reflection, health and gRPC-Web on one port.

use std::future::Future;
use std::time::Duration;

use tokio::net::TcpListener;
use tonic::service::Routes;
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Server, ServerTlsConfig};
use tonic_health::server::HealthReporter;
use tonic_web::GrpcWebLayer;
use tower_http::cors::{AllowHeaders, Any, CorsLayer};

use super::call::Api;
use super::envelope::EnvelopeLayer;
use super::identity::IdentityLayer;
use super::measured::MeasuredLayer;
use super::pb::api_key_service_server::ApiKeyServiceServer;
use super::pb::enrollment_service_server::EnrollmentServiceServer;
use super::pb::longrunning::operations_server::OperationsServer;
use super::pb::organization_service_server::OrganizationServiceServer;
use super::pb::record_service_server::RecordServiceServer;
use super::pb::segment_service_server::SegmentServiceServer;
use super::pb::seller_service_server::SellerServiceServer;
use super::pb::sequence_service_server::SequenceServiceServer;
use super::pb::template_service_server::TemplateServiceServer;
use super::pb::work_queue_service_server::WorkQueueServiceServer;
use super::rate_limit::RateLimits;
use super::request_id::RequestIdLayer;
use super::{pb, status};
use crate::config::Rate;

/// How the server listens.
#[derive(Clone, Debug)]
pub struct Listening {
    /// The largest message that is taken, in bytes.
    pub max_message_bytes: usize,
    /// The server's certificate, and whose client certificates it asks for.
    pub tls: Option<ServerTlsConfig>,
    /// How many calls an organization may make; none: as many as it likes.
    pub rate: Option<Rate>,
}

/// Streams that one connection may have open: a proxy multiplexes many clients.
const STREAMS_PER_CONNECTION: u32 = 10_000;
/// How often a silent connection is asked whether it lives.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// Serves every RPC on `listener` until `shutdown` is done, then answers what has begun. The
/// reporter says how health is.
///
/// # Errors
/// The certificate can't be used, or the listener failed.
pub async fn serve(
    api: Api,
    listener: TcpListener,
    listening: Listening,
    health: HealthService,
    shutdown: impl Future<Output = ()>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let mut server = Server::builder()
        .accept_http1(true)
        .max_concurrent_streams(STREAMS_PER_CONNECTION)
        .http2_keepalive_interval(Some(KEEP_ALIVE));
    if let Some(tls) = listening.tls.clone() {
        server = server.tls_config(tls)?;
    }
    // Said of the connections, as the builder's own setting is only for listeners that it opens
    // itself. Without it the parts of an answer wait for each other's acknowledgement, 40 ms.
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    let rates = RateLimits::new(listening.rate, api.engine.clock().clone());
    server
        .layer(cors())
        .layer(GrpcWebLayer::new())
        .layer(MeasuredLayer)
        .layer(RequestIdLayer::new(api.engine.clock().clone()))
        .layer(EnvelopeLayer { max_message_bytes: listening.max_message_bytes })
        .layer(IdentityLayer::new(api.identity.clone(), rates))
        .add_routes(routes(&api, health, listening.max_message_bytes)?)
        .serve_with_incoming_shutdown(incoming, shutdown)
        .await?;
    Ok(())
}

/// The full names of the services that health is told of, one by one.
pub fn service_names() -> Vec<String> {
    let ours = |name: &str| name.starts_with("upnext.v1.") || name.starts_with("google.longrunning.");
    let all = pb::DESCRIPTORS.services().map(|service| service.full_name().to_owned());
    all.filter(|name| ours(name)).collect()
}

/// What answers health checks; its reporter is told by whoever knows.
pub type HealthService = tonic_health::pb::health_server::HealthServer<tonic_health::server::HealthService>;

/// Makes the health service, and who is to tell it.
pub fn health() -> (HealthReporter, HealthService) {
    let (reporter, _) = tonic_health::server::health_reporter();
    let service = tonic_health::server::HealthService::from_health_reporter(reporter.clone());
    (reporter, tonic_health::pb::health_server::HealthServer::new(service))
}

/// Browsers may call from anywhere: what a call may do is decided by its key alone, never by a
/// cookie. How long a browser may rely on what it was told about calls; browsers cut it to two
/// hours or less.
const PREFLIGHT_AGE: Duration = Duration::from_secs(7_200);

fn cors() -> CorsLayer {
    let exposed = status::EXPOSED_HEADERS.map(http::HeaderName::from_static);
    CorsLayer::new()
        .allow_origin(Any)
        // By name, since a browser's * doesn't cover `authorization`.
        .allow_headers(AllowHeaders::mirror_request())
        .max_age(PREFLIGHT_AGE)
        .allow_methods([http::Method::POST])
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
                .add_service(reflection().build_v1()?)
                .add_service(reflection().build_v1alpha()?)
                $(.add_service($server::new(api.clone()).max_decoding_message_size(max_message_bytes)))*
        };
    }
    Ok(services! {
        ApiKeyServiceServer,
        EnrollmentServiceServer,
        OperationsServer,
        OrganizationServiceServer,
        SegmentServiceServer,
        RecordServiceServer,
        SellerServiceServer,
        WorkQueueServiceServer,
        SequenceServiceServer,
        TemplateServiceServer,
    })
}
