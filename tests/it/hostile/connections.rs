//! Connections that say nothing, or too much, or whose clients are gone, take nothing from others.

use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use http::Request;
use http_body_util::{BodyExt as _, StreamBody};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tonic::codec::CompressionEncoding;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tower::ServiceExt as _;
use upnext::api::pb::seller_service_client::SellerServiceClient;
use upnext::api::pb::{CreateSellerRequest, Seller};
use upnext::api::server::Listening;
use upnext::config::Edge;

use super::super::support::app::{TestApp, listening, within_deadline};
use super::super::support::dynamic::call;
use super::super::support::refused::Refused;
use super::super::support::stage::Stage;
use super::wire::{frame, framed, headers};

const ORGANIZATION: &str = "upnext.v1.OrganizationService/GetOrganization";
const SOON: Duration = Duration::from_millis(300);

async fn limited(edge: Edge) -> TestApp {
    TestApp::listening(Listening { edge, ..listening() }).await
}

async fn is_served(app: &TestApp) {
    within_deadline("others are served", call(&app.admin, ORGANIZATION, json!({}))).await.expect("is served");
}

/// Another connection to the server.
async fn connect(app: &TestApp) -> Channel {
    let endpoint = Endpoint::from_shared(format!("http://{}", app.address)).expect("an address");
    endpoint.connect().await.expect("connects")
}

/// Reads until the server ends the connection, which must be soon.
async fn is_closed(mut connection: TcpStream) {
    let mut rest = Vec::new();
    let read = within_deadline("the connection is closed", connection.read_to_end(&mut rest)).await;
    // Closed or reset: both are an end.
    drop(read);
}

#[tokio::test]
async fn connections_without_a_request_are_closed_whatever_they_began_to_say() {
    let app = limited(Edge { request_timeout: SOON, ..Edge::default() }).await;
    let begun: [&[u8]; 6] = [
        b"",
        b"PRI * HTTP/2.0\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
        b"POST /upnext.v1.SellerService/GetSeller HTTP/1.1\r\nHost: x\r\nX-A: ",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ];

    let mut connections = Vec::new();
    for words in begun {
        let mut connection = TcpStream::connect(app.address).await.expect("connects");
        connection.write_all(words).await.expect("is sent");
        connections.push(connection);
    }

    futures::future::join_all(connections.into_iter().map(is_closed)).await;
    is_served(&app).await;
}

#[tokio::test]
async fn a_connection_that_brought_a_request_stays_open() {
    let app = limited(Edge { request_timeout: SOON, ..Edge::default() }).await;
    let mut connection = TcpStream::connect(app.address).await.expect("connects");
    let request =
        b"OPTIONS / HTTP/1.1\r\nhost: x\r\norigin: y\r\naccess-control-request-method: POST\r\n\r\n";
    for _ in 0..2 {
        connection.write_all(request).await.expect("is sent");
        let mut answer = vec![0; 4096];
        let read =
            within_deadline("it is answered", connection.read(&mut answer)).await.expect("is answered");
        assert!(answer[..read].starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer[..read]));
        // Another connection, opened now, is closed later than this one would be.
        is_closed(TcpStream::connect(app.address).await.expect("connects")).await;
    }
}

#[tokio::test]
async fn connections_over_the_limit_are_closed_and_others_are_served() {
    let edge = Edge { connections: 20, connections_per_address: 5, ..Edge::default() };
    let app = limited(edge).await;
    is_served(&app).await;
    // The administrator's own connection is the fifth.
    let mut silent = Vec::new();
    for _ in 0..4 {
        silent.push(TcpStream::connect(app.address).await.expect("connects"));
    }
    for _ in 0..10 {
        is_closed(TcpStream::connect(app.address).await.expect("connects")).await;
    }
    is_served(&app).await;

    drop(silent);
    let again = async {
        // That the others are gone reaches the server by itself.
        while HealthClient::new(connect(&app).await).check(HealthCheckRequest::default()).await.is_err() {}
    };
    within_deadline("there is room again", again).await;
}

/// A request whose body is `first`, and never more.
fn unfinished(app: &TestApp, first: Bytes) -> Request<tonic::body::Body> {
    unfinished_to(app, ORGANIZATION, first)
}

fn unfinished_to(app: &TestApp, path: &str, first: Bytes) -> Request<tonic::body::Body> {
    let first = Ok::<_, Status>(http_body::Frame::data(first));
    let stream = futures::StreamExt::chain(futures::stream::iter([first]), futures::stream::pending());
    let mut request = Request::new(tonic::body::Body::new(StreamBody::new(stream)));
    *request.method_mut() = http::Method::POST;
    *request.uri_mut() = format!("/{path}").parse().expect("a path");
    *request.headers_mut() = headers(Some(&app.admin.secret));
    request
}

#[tokio::test]
async fn a_request_whose_body_never_arrives_is_refused_and_its_connection_stays() {
    let app = limited(Edge { request_timeout: SOON, ..Edge::default() }).await;
    for first in [Bytes::new(), framed(b"")[..3].to_vec().into(), frame(0, 1 << 20, b"x")] {
        let sent = app.channel().oneshot(unfinished(&app, first));
        let response = within_deadline("it is refused", sent).await.expect("is answered");
        let refused = Refused::of(&Status::from_header_map(response.headers()).expect("a status"));
        let found = (refused.code, refused.reason.as_str());
        assert_eq!(found, (Code::DeadlineExceeded, "REQUEST_INCOMPLETE"), "{refused:?}");
    }
    is_served(&app).await;
}

#[tokio::test]
async fn streams_that_need_no_key_are_limited_in_total() {
    let app = limited(Edge { open_streams: 3, ..Edge::default() }).await;
    let mut open = Vec::new();
    for _ in 0..3 {
        let mut health = HealthClient::new(connect(&app).await);
        open.push(health.watch(HealthCheckRequest::default()).await.expect("opens").into_inner());
    }
    let mut health = HealthClient::new(connect(&app).await);
    let refused = health.watch(HealthCheckRequest::default()).await.expect_err("one too many");
    assert_eq!(refused.code(), Code::ResourceExhausted);
    assert!(refused.message().starts_with("3 streams are already open"), "{}", refused.message());
    health.check(HealthCheckRequest::default()).await.expect("single checks are no streams");

    drop(open.pop());
    let again = async { while health.watch(HealthCheckRequest::default()).await.is_err() {} };
    within_deadline("there is room again", again).await;
}

/// A stream over HTTP/1.1 whose client never reads: nothing shows whether it is there.
async fn dead_stream(app: &TestApp) -> TcpStream {
    let mut connection = TcpStream::connect(app.address).await.expect("connects");
    let path = "/upnext.v1.WorkQueueService/WatchNextActivity";
    let body = framed(b"\x0a\x0bsellers/ana");
    let (length, secret) = (body.len(), &app.admin.secret);
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\
         content-type: application/grpc-web+proto\r\nauthorization: Bearer {secret}\r\n\r\n"
    );
    connection.write_all(&[head.as_bytes(), &body].concat()).await.expect("is sent");
    connection
}

#[tokio::test]
async fn dead_streams_over_http1_free_their_places_within_a_minute() {
    let stage = Stage::new().await;
    let mut dead = Vec::new();
    for _ in 0..10 {
        let connection = dead_stream(&stage.app).await;
        // It is open once something has come. Then its client stops reading.
        within_deadline("it opens", connection.readable()).await.expect("is open");
        dead.push(connection);
    }

    stage.app.clock.advance(TimeDelta::seconds(61));
    for connection in dead {
        within_deadline("the server ends it", until_the_last_chunk(connection)).await;
    }
}

/// Reads an answer over HTTP/1.1 to its end.
async fn until_the_last_chunk(mut connection: TcpStream) {
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n0\r\n\r\n") {
        assert!(connection.read_buf(&mut answer).await.expect("can be read") > 0, "it ends with a chunk");
    }
}

fn list_of_leads(app: &TestApp) -> Request<tonic::body::Body> {
    // record_type: "lead", page_size: 1000
    let body = http_body_util::Full::new(framed(b"\x0a\x04lead\x10\xe8\x07"));
    let mut request = Request::new(tonic::body::Body::new(body));
    *request.method_mut() = http::Method::POST;
    *request.uri_mut() = "/upnext.v1.RecordService/ListRecords".parse().expect("a path");
    *request.headers_mut() = headers(Some(&app.admin.secret));
    request
}

/// Why a request of 512 KiB is refused that is so small on its way that it is not counted there.
async fn refused_when_decoded(app: &TestApp) -> Refused {
    let mut sellers = SellerServiceClient::new(app.admin.calls()).send_compressed(CompressionEncoding::Gzip);
    let seller = Seller { display_name: "b".repeat(512 << 10), ..Seller::default() };
    let request =
        CreateSellerRequest { seller_id: "ben".to_owned(), seller: Some(seller), ..Default::default() };
    Refused::of(&sellers.create_seller(request).await.expect_err("the name is too long"))
}

#[tokio::test]
async fn requests_that_fill_their_room_leave_that_of_answers_and_what_is_compressed_counts_decoded() {
    let edge = Edge {
        request_timeout: Duration::from_secs(120),
        bytes_per_connection: 8 << 20,
        bytes_per_organization: 8 << 20,
        ..Edge::default()
    };
    let app = limited(edge).await;
    app.admin.declare(json!({"text": {"type": "STRING"}})).await;
    let lead =
        |number| json!({"id": format!("r{number}"), "owner": "", "attributes": {"text": "x".repeat(30_000)}});
    app.admin.leads((0..25).map(lead).collect()).await;
    let reason = within_deadline("it is read", refused_when_decoded(&app)).await.reason;
    assert_ne!(reason, "TOO_MUCH_IN_FLIGHT", "there is room for one");

    let filling = |_| tokio::spawn(app.channel().oneshot(unfinished(&app, frame(0, 1 << 20, b"x"))));
    let filling: Vec<_> = (0..3).map(filling).collect();
    let refused = async {
        loop {
            let refused = refused_when_decoded(&app).await;
            if refused.reason == "TOO_MUCH_IN_FLIGHT" {
                return refused;
            }
        }
    };
    let refused = within_deadline("there is no room for another", refused).await;
    assert!(refused.metadata["limit"].starts_with("bytes_per_"), "{refused:?}");

    let list = within_deadline("others are answered", app.channel().oneshot(list_of_leads(&app))).await;
    let body = list.expect("is answered").into_body().collect().await.expect("can be read").to_bytes();
    assert!(body.len() > 25 * 30_000, "it isn't refused");

    filling.iter().for_each(tokio::task::JoinHandle::abort);
    let again = async { while refused_when_decoded(&app).await.reason == "TOO_MUCH_IN_FLIGHT" {} };
    within_deadline("there is room again", again).await;
}

#[tokio::test]
async fn a_large_message_to_reflection_ends_its_stream_at_its_head() {
    let app = TestApp::new().await;
    for version in ["v1", "v1alpha"] {
        let path = format!("grpc.reflection.{version}.ServerReflection/ServerReflectionInfo");
        let sent = app.channel().oneshot(unfinished_to(&app, &path, frame(0, 4097, b"x")));
        let response = within_deadline("it is answered", sent).await.expect("is answered");
        within_deadline("it ends", response.into_body().collect()).await.expect("ends in order");
    }
}

#[tokio::test]
async fn answers_that_a_client_does_not_take_are_limited_and_dropped() {
    let edge = Edge {
        answer_timeout: SOON,
        bytes_per_connection: 4 << 20,
        bytes_per_organization: 8 << 20,
        ..Edge::default()
    };
    let app = limited(edge).await;
    app.admin.declare(json!({"text": {"type": "STRING"}})).await;
    for batch in 0..4 {
        let lead = |number| json!({"id": format!("r{batch}-{number}"), "owner": "", "attributes": {"text": "x".repeat(30_000)}});
        app.admin.leads((0..25).map(lead).collect()).await;
    }

    // Windows that no answer fits into, and nobody reads.
    let endpoint = Endpoint::from_shared(format!("http://{}", app.address)).expect("an address");
    let endpoint = endpoint.initial_stream_window_size(1 << 16).initial_connection_window_size(1 << 16);
    let channel = endpoint.connect().await.expect("connects");
    let list = || channel.clone().oneshot(list_of_leads(&app));
    let unread = within_deadline("the first is answered", list()).await.expect("is answered");
    assert!(Status::from_header_map(unread.headers()).is_none(), "it has messages");
    let second = within_deadline("the second is refused", list()).await.expect("is answered");
    let refused = Refused::of(&Status::from_header_map(second.headers()).expect("a status"));
    let found = (refused.code, refused.reason.as_str(), refused.metadata["limit"].as_str());
    assert_eq!(found, (Code::ResourceExhausted, "TOO_MUCH_IN_FLIGHT", "bytes_per_connection"));
    is_served(&app).await;

    // After a while the first is dropped, and there is room again.
    let room = async {
        loop {
            let answer = list().await.expect("is answered");
            if Status::from_header_map(answer.headers()).is_none() {
                return answer;
            }
        }
    };
    let third = within_deadline("there is room again", room).await;
    let broken = within_deadline("the first ends", unread.into_body().collect()).await;
    assert!(broken.is_err(), "it wasn't sent whole");
    drop(third);
}
