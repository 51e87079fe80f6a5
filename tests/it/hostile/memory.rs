//! A server stays within 512 MiB, whatever its clients send, or don't read, with many streams open.

use std::time::Duration;

use bytes::Bytes;
use futures::future::join_all;
use http::Request;
use http_body_util::{Full, StreamBody};
use prost::Message as _;
use prost_reflect::DynamicMessage;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tonic::body::Body;
use tonic::codec::CompressionEncoding;
use tonic::transport::{Channel, Endpoint};
use tonic::{Status, Streaming};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tower::ServiceExt as _;
use upnext::api::pb;
use upnext::api::pb::record_service_client::RecordServiceClient;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;

use super::is_long;
use super::serving::{Serving, proc};
use super::wire::{frame, framed, headers};
use crate::support::app::{Client, within_deadline};
use crate::support::dynamic::method;

/// The most memory of the server, in KiB.
const MOST: u64 = 512 << 10;
const PATIENCE: Duration = Duration::from_secs(60);

/// A server with many idle streams.
struct Attacked {
    serving: Serving,
    _streams: Vec<Streaming<pb::WatchNextActivityResponse>>,
}

type Sent = Result<http::Response<Body>, tonic::transport::Error>;

impl Attacked {
    async fn new() -> Self {
        let serving = Serving::new().await;
        let sellers: usize = if is_long() { 1_000 } else { 100 };
        let mut streams = Vec::new();
        for number in 0..sellers {
            let id = format!("s{number}");
            let seller = json!({"seller_id": id, "seller": {"display_name": id}});
            serving.admin.done("SellerService/CreateSeller", seller).await;
        }

        let channels = join_all((0..sellers.div_ceil(50)).map(|_| connect(&serving))).await;
        for hundred in (0..sellers).collect::<Vec<_>>().chunks(10) {
            let opened = hundred.iter().flat_map(|number| std::iter::repeat_n(number, 10)).map(|number| {
                let queue = format!("sellers/s{number}");
                let client = Client::new(channels[number / 50].clone(), &serving.admin.secret);
                let mut service = WorkQueueServiceClient::new(client.calls());
                async move {
                    let request = pb::WatchNextActivityRequest { queue };
                    service.watch_next_activity(request).await.expect("opens").into_inner()
                }
            });
            streams.extend(join_all(opened).await);
        }
        assert_eq!(streams.len(), sellers * 10);
        Self { serving, _streams: streams }
    }

    fn request(&self, path: &str, body: Body) -> Request<Body> {
        let mut request = Request::new(body);
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = format!("/upnext.v1.{path}").parse().expect("a path");
        *request.headers_mut() = headers(Some(&self.serving.admin.secret));
        request
    }

    /// Sends a request whose answer nobody reads beyond its head.
    async fn unread(&self, channel: &Channel, path: &str, body: Body) -> Sent {
        let sent = channel.clone().oneshot(self.request(path, body));
        within_deadline("there is an answer or a refusal", sent).await
    }

    /// The server is there, answers, and its memory never exceeded the limit.
    async fn holds(&self, what: &str) {
        let status = proc(self.serving.victim.id(), "status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("is told");
        let kib: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
        println!("after {what}: {} MiB at most", kib >> 10);
        assert!(kib < MOST, "{what}: {} MiB", kib >> 10);
        let served = self.serving.admin.call("OrganizationService/GetOrganization", json!({}));
        tokio::time::timeout(PATIENCE, served).await.expect("in time").expect("is served");
    }
}

async fn connect(serving: &Serving) -> Channel {
    narrow(serving, 1 << 20).await
}

/// A connection with windows of this size.
async fn narrow(serving: &Serving, window: u32) -> Channel {
    let endpoint = Endpoint::from_shared(format!("http://{}", serving.victim.address)).expect("an address");
    let endpoint = endpoint.initial_stream_window_size(window).initial_connection_window_size(window);
    endpoint.connect().await.expect("connects")
}

fn full(name: &str, request: Value) -> Body {
    let message = DynamicMessage::deserialize(method(&format!("upnext.v1.{name}")).input(), request);
    Body::new(Full::new(framed(&message.expect("fits its type").encode_to_vec())))
}

/// A body that never ends.
fn unfinished(first: Bytes) -> Body {
    let first = Ok::<_, Status>(http_body::Frame::data(first));
    let stream = futures::StreamExt::chain(futures::stream::iter([first]), futures::stream::pending());
    Body::new(StreamBody::new(stream))
}

/// A thousand records of 229 KB: a page of all would be 218 MB.
async fn large_records(attacked: &Attacked) {
    let names: Vec<String> = (0..7).map(|number| format!("a{number}")).collect();
    let declared: serde_json::Map<_, _> =
        names.iter().map(|name| (name.clone(), json!({"type": "STRING"}))).collect();
    attacked.serving.admin.declare(Value::Object(declared)).await;
    attacked.serving.admin.leads(json!([{"id": "first"}])).await;
    let pairs: Vec<_> = names.iter().map(|name| format!("'{name}', repeat('x', 32768)")).collect();

    let insert = "INSERT INTO record (organization_id, id, record_type_id, record_id, attributes, \
           closed, source_version, version, create_time, update_time) \
         SELECT organization_id, gen_random_uuid(), record_type_id, 'r' || number, attributes, \
           false, source_version, version, create_time, update_time \
         FROM record, generate_series(1, 1000) AS number";
    let pool = attacked.serving.database.pool();
    let widen = format!("UPDATE record SET attributes = jsonb_build_object({})", pairs.join(", "));
    sqlx::query(sqlx::AssertSqlSafe(widen)).execute(&pool).await.expect("is wide");
    sqlx::query(insert).execute(&pool).await.expect("are many");
}

#[tokio::test]
async fn a_server_stays_within_512_mib_whatever_its_clients_do() {
    let attacked = Attacked::new().await;
    attacked.holds("opening streams").await;
    large_records(&attacked).await;

    let list = || full("RecordService/ListRecords", json!({"record_type": "lead", "page_size": 1000}));
    let channel = connect(&attacked.serving).await;
    let at_once = (0..12).map(|_| attacked.unread(&channel, "RecordService/ListRecords", list()));
    join_all(at_once).await;
    attacked.holds("twelve lists at once").await;

    // One after the other on connections that read nothing. Kept until the end.
    let mut unread = Vec::new();
    for _ in 0..13 {
        let channel = narrow(&attacked.serving, 1 << 16).await;
        for _ in 0..4 {
            unread.push(attacked.unread(&channel, "RecordService/ListRecords", list()).await);
        }
    }
    attacked.holds("52 lists that nobody reads").await;
    drop(unread);

    let channels = join_all((0..5).map(|_| connect(&attacked.serving))).await;
    let bodies = channels.iter().flat_map(|channel| (0..400).map(move |number| (channel, number)));
    let never = bodies.map(|(channel, number)| {
        let first = if number % 2 == 0 { Bytes::new() } else { framed(b"")[..2].to_vec().into() };
        attacked.unread(channel, "OrganizationService/GetOrganization", unfinished(first))
    });
    join_all(never).await;
    attacked.holds("2,000 requests that never arrive").await;

    let most = (4 << 20) - 64;
    let almost = channels.iter().flat_map(|channel| (0..20).map(move |_| channel)).map(|channel| {
        let first = frame(0, most, &vec![b'x'; most as usize - 1]);
        attacked.unread(channel, "RecordService/BatchUpsertRecords", unfinished(first))
    });
    join_all(almost).await;
    attacked.holds("100 requests of 4 MiB of which a byte is missing").await;

    let sellers = vec!["x"; 400_000];
    let rule = json!({"parent": "segments/x", "assignment_rule_id": "x",
        "assignment_rule": {"display_name": "x", "listed": {"sellers": sellers}}});
    let name = "SegmentService/CreateAssignmentRule";
    let message = DynamicMessage::deserialize(method(&format!("upnext.v1.{name}")).input(), rule);
    let bytes = framed(&message.expect("fits its type").encode_to_vec());
    let short = channels
        .iter()
        .flat_map(|channel| (0..4).map(move |_| channel))
        .map(|channel| attacked.unread(channel, name, Body::new(Full::new(bytes.clone()))));
    join_all(short).await;
    attacked.holds("20 requests of 400,000 texts").await;

    let watches = channels.iter().flat_map(|channel| (0..600).map(move |_| channel)).map(|channel| async {
        HealthClient::new(channel.clone()).watch(HealthCheckRequest::default()).await
    });
    let watches = join_all(watches).await;
    let open = watches.iter().filter(|opened| opened.is_ok()).count();
    assert_eq!(open, 1_000, "of 3,000 streams of health");
    attacked.holds("3,000 streams of health").await;

    let undeclared = undeclared();
    let undeclared = channels.iter().flat_map(|channel| (0..4).map(move |_| channel)).map(|channel| {
        let body = Body::new(Full::new(undeclared.clone()));
        attacked.unread(channel, "RecordService/BatchUpsertRecords", body)
    });
    join_all(undeclared).await;
    attacked.holds("20 requests of 50,000 undeclared attributes").await;

    let bombs = channels.iter().flat_map(|channel| (0..4).map(move |_| channel));
    join_all(bombs.map(|channel| bomb(&attacked, channel))).await;
    attacked.holds("20 compressed requests of 4 MiB").await;

    let mut silent = Vec::new();
    for _ in 0..if is_long() { 3_500 } else { 1_000 } {
        silent.push(TcpStream::connect(&attacked.serving.victim.address).await.expect("connects"));
    }
    attacked.holds("thousands of connections that say nothing").await;
}

/// A batch of records with attributes that nobody declared.
fn undeclared() -> Bytes {
    let attributes: serde_json::Map<_, _> =
        (0..50).map(|number| (format!("an_attribute_that_nobody_declared_{number}"), json!("x"))).collect();
    let lead = |number: usize| json!({"id": format!("u{number}"), "attributes": attributes});
    let batch = json!({"record_type": "lead", "records": (0..1_000).map(lead).collect::<Vec<_>>()});
    let batch =
        DynamicMessage::deserialize(method("upnext.v1.RecordService/BatchUpsertRecords").input(), batch);
    framed(&batch.expect("fits its type").encode_to_vec())
}

/// A few kilobytes that become four megabytes.
async fn bomb(attacked: &Attacked, channel: &Channel) {
    let client = Client::new(channel.clone(), &attacked.serving.admin.secret);
    let mut client = RecordServiceClient::new(client.calls()).send_compressed(CompressionEncoding::Gzip);
    let id = "x".repeat(4 << 20).split_off(4_096);
    let request = pb::UpsertRecordRequest {
        record_type: "lead".to_owned(),
        record: Some(pb::RecordUpsert { id, ..Default::default() }),
        ..Default::default()
    };
    let refused = tokio::time::timeout(PATIENCE, client.upsert_record(request)).await;
    refused.expect("in time").expect_err("it is far too long");
}
