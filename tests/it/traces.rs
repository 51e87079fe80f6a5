//! Traces for a collector: of a share of all calls, and of those that their callers trace.

use std::collections::BTreeMap;

use nix::sys::signal::Signal;
use serde_json::Value;
use sqlx::ConnectOptions as _;
use tonic::Request;
use tonic::transport::Endpoint;
use upnext::api::pb;
use upnext::api::pb::sequence_service_client::SequenceServiceClient;

use crate::support::app::{Client, organization, store, within_deadline};
use crate::support::database::TestDatabase;
use crate::support::process::{Process, upnext};
use crate::support::receiver::{Received, Receiver};
use crate::support::stage::{list, text};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

/// Spans by their ids.
fn spans(received: &[Received]) -> BTreeMap<String, Value> {
    let all = received.iter().flat_map(|one| list(&one.body, "/resourceSpans/0/scopeSpans/0/spans"));
    all.map(|span| (text(&span, "/spanId").to_owned(), span)).collect()
}

/// An attribute of a span, or nothing.
fn attribute(span: &Value, key: &str) -> String {
    let all = list(span, "/attributes");
    let found = all.iter().find(|attribute| attribute["key"] == key);
    found.map_or("", |found| text(found, "/value/stringValue")).to_owned()
}

/// Lists sequences as a part of the caller's trace, if it has one.
async fn call(client: &Client, filter: &str, traceparent: Option<&str>) -> Result<(), tonic::Status> {
    let mut request =
        Request::new(pb::ListSequencesRequest { filter: filter.to_owned(), ..Default::default() });
    if let Some(traceparent) = traceparent {
        request.metadata_mut().insert("traceparent", traceparent.parse().expect("is ASCII"));
    }
    SequenceServiceClient::new(client.calls()).list_sequences(request).await.map(|_| ())
}

/// A server that sends traces to a collector, and a caller.
async fn start(database: &TestDatabase, collector: &Receiver, share: &str) -> (Process, Client) {
    let secret = organization(&store(database)).await;
    let mut serve = upnext(&[&"serve", &"--address", &"127.0.0.1:0"]);
    serve
        .env("UPNEXT_DATABASE_URL", database.connect_options().to_url_lossy().as_str())
        .env("UPNEXT_OTLP_ENDPOINT", collector.url(""))
        .env("UPNEXT_OTLP_INTERVAL", "1h")
        .env("UPNEXT_OTLP_TRACE_SHARE", share);
    let mut server = Process::start(&mut serve);
    let address = server.address();
    let channel = Endpoint::from_shared(format!("http://{address}")).expect("an address").connect_lazy();
    (server, Client::new(channel, &secret))
}

/// Ends a server, which sends what is left; answers the spans.
async fn end(mut server: Process, collector: &Receiver) -> BTreeMap<String, Value> {
    assert!(server.end_by(Signal::SIGTERM).success());
    let traces = |all: &[Received]| all.iter().any(|one| one.body.get("resourceSpans").is_some());
    within_deadline("traces arrive", collector.until(traces)).await;
    let received = collector.received();
    let sent: Vec<Received> =
        received.into_iter().filter(|one| one.body.get("resourceSpans").is_some()).collect();
    spans(&sent)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trace_that_a_caller_has_begun_goes_on_down_to_the_statements() {
    let (database, collector) = (TestDatabase::new().await, Receiver::new().await);
    let (server, client) = start(&database, &collector, "0.000000001").await;

    call(&client, "", None).await.expect("a list");
    call(&client, "", Some(&format!("00-{TRACE}-{CALLER}-01"))).await.expect("a list");
    // Its caller looked at the draw, and lost.
    call(&client, "", Some(&format!("00-{TRACE}-{CALLER}-00"))).await.expect("a list");

    let spans = end(server, &collector).await;
    assert!(spans.values().all(|span| span["traceId"] == TRACE), "{spans:#?}");
    let calls: Vec<&Value> = spans.values().filter(|span| span["parentSpanId"] == CALLER).collect();
    let [call] = calls.as_slice() else { panic!("one call is traced: {spans:#?}") };
    assert_eq!(call["name"], "upnext.v1.SequenceService/ListSequences");
    assert_eq!(attribute(call, "code"), "OK");

    let statement = spans.values().find(|span| attribute(span, "db.system.name") == "postgresql");
    let statement = statement.expect("the list is read by a statement");
    let around = |span: &&Value| spans.get(text(span, "/parentSpanId"));
    let path = std::iter::successors(Some(statement), around).last().expect("at least itself");
    assert_eq!(path["spanId"], call["spanId"], "{spans:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_calls_are_traced_with_their_codes_and_without_what_was_sent() {
    let (database, collector) = (TestDatabase::new().await, Receiver::new().await);
    let (server, client) = start(&database, &collector, "1").await;

    let refused = call(&client, "Zyxgeheim &&", None).await.expect_err("a filter that can't be read");
    assert_eq!(refused.code(), tonic::Code::InvalidArgument);
    let stranger = client.with("upnext_nobody");
    call(&stranger, "", None).await.expect_err("nobody's key");

    let spans = end(server, &collector).await;
    let calls = spans.values().filter(|span| span["name"] == "upnext.v1.SequenceService/ListSequences");
    let codes: Vec<String> = calls.map(|call| attribute(call, "code")).collect();
    assert!(codes.contains(&"INVALID_ARGUMENT".to_owned()), "{codes:?}");
    assert!(codes.contains(&"UNAUTHENTICATED".to_owned()), "{codes:?}");
    assert!(!format!("{spans:?}").contains("Zyxgeheim"), "{spans:#?}");
}
