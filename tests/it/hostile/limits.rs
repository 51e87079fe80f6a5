//! Limits hold: rates, deadlines, headers, streams per connection, and silent connections.

use std::time::Duration;

use chrono::TimeDelta;
use http::HeaderValue;
use prost::Message;
use prost_reflect::DynamicMessage;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tonic::{Code, Status};
use tonic_types::StatusExt;
use upnext::api::server::Listening;
use upnext::config::Rate;

use super::super::support::app::{Client, TestApp, listening, within_deadline};
use super::super::support::dynamic::{call, method};
use super::super::support::refused::{Refused, refused};
use super::super::support::stage::{Stage, text};
use super::wire::{exchange, framed, headers, plainly};

const ORGANIZATION: &str = "upnext.v1.OrganizationService/GetOrganization";
const PATIENCE: Duration = Duration::from_secs(20);

/// What the server says to a call with one more header.
async fn with_header(
    app: &TestApp,
    name: &str,
    request: Value,
    header: (&'static str, String),
) -> Result<Option<Status>, String> {
    let message =
        DynamicMessage::deserialize(method(name).input(), request).expect("the request fits its type");
    let mut headers = headers(Some(&app.admin.secret));
    headers.insert(header.0, HeaderValue::from_str(&header.1).expect("a header"));
    let sent =
        exchange(&app.channel(), &format!("/{name}"), headers, framed(&message.encode_to_vec()), PATIENCE)
            .await;
    sent.map(|answer| answer.status)
}

async fn organization(client: &Client) -> Result<Value, Status> {
    call(client, ORGANIZATION, json!({})).await
}

#[tokio::test]
async fn an_organization_over_its_rate_is_told_when_to_retry_and_others_are_not_affected() {
    let rate = Some(Rate { calls_per_second: 2, burst: 3 });
    let app = TestApp::listening(Listening { rate, ..listening() }).await;
    let other = app.other_organization().await;
    for _ in 0..3 {
        organization(&app.admin).await.expect("within the burst");
    }
    let status = organization(&app.admin).await.expect_err("one too many");
    let after = status.get_details_retry_info().and_then(|info| info.retry_delay);
    assert_eq!(after, Some(Duration::from_millis(500)));

    let said = Refused::of(&status);
    assert_eq!((said.code, said.reason.as_str()), (Code::ResourceExhausted, "RATE_LIMITED"));
    assert_eq!((said.metadata["limit"].as_str(), said.metadata["value"].as_str()), ("calls_per_second", "2"));
    assert!(status.get_details_quota_failure().is_some());

    organization(&other).await.expect("another organization's calls are its own");
    app.advance(TimeDelta::milliseconds(500)).await;
    organization(&app.admin).await.expect("it is allowed again");
    assert_eq!(refused(organization(&app.admin).await).reason, "RATE_LIMITED");
}

#[tokio::test]
async fn a_call_past_its_deadline_is_refused_and_starts_nothing() {
    let app = TestApp::new().await;
    let create = json!({"seller_id": "late", "seller": {"display_name": "Late"}});
    let name = "upnext.v1.SellerService/CreateSeller";
    let said = hasty(&app, name, create, "0n").await;
    assert_eq!((said.code, said.reason.as_str()), (Code::DeadlineExceeded, "DEADLINE_PASSED"));
    let get = call(&app.admin, "upnext.v1.SellerService/GetSeller", json!({"name": "late"})).await;
    assert_eq!(refused(get).reason, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn a_call_that_waited_past_its_deadline_never_starts() {
    let stage = Stage::new().await;
    let enrolled = [stage.enroll("l1", "tasks").await, stage.enroll("l2", "tasks").await];
    let activity = |index: usize| text(&enrolled[index], "/openActivity").to_owned();

    // Somebody holds both enrollments: the first call waits for them inside its transaction, the
    // second behind the first.
    let mut held = stage.app.database.pool().begin().await.expect("begins");
    sqlx::query("SELECT id FROM enrollment FOR UPDATE").execute(&mut *held).await.expect("are held");
    let complete = "upnext.v1.WorkQueueService/CompleteActivity";
    let (admin, first) = (stage.admin.clone(), json!({"name": activity(0)}));
    let first = tokio::spawn(async move { call(&admin, complete, first).await });
    waits_for_a_lock(&stage).await;
    let late = json!({"name": activity(1), "note": "late"});
    let said = hasty(&stage.app, complete, late, "60m").await;
    assert_eq!(said.reason, "DEADLINE_PASSED");

    held.rollback().await.expect("releases its locks");
    within_deadline("the first is done", first).await.expect("no panic").expect("is completed");
    let second = stage.done("WorkQueueService/CompleteActivity", json!({"name": activity(1)})).await;
    assert_eq!(second["activity"]["note"], Value::Null, "a late call did nothing: {second}");
}

/// Returns once a statement of the server waits for a lock.
async fn waits_for_a_lock(stage: &Stage) {
    let pool = stage.app.database.pool();
    let query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let waiting = async {
        while sqlx::query_scalar::<_, i64>(query).fetch_one(&pool).await.expect("counts") == 0 {
            tokio::task::yield_now().await;
        }
    };
    within_deadline("a statement waits", waiting).await;
}

#[tokio::test]
async fn oversized_headers_are_refused_and_other_calls_are_served() {
    let app = TestApp::new().await;
    let outcome = with_header(&app, ORGANIZATION, json!({}), ("x-much", "x".repeat(200_000))).await;
    assert!(!matches!(&outcome, Ok(Some(status)) if status.code() == Code::Ok), "{outcome:?}");
    organization(&app.admin).await.expect("is served");
    let odd = with_header(&app, ORGANIZATION, json!({}), ("authorization", "Bearer \u{e4}".to_owned())).await;
    let odd = odd.expect("is answered").expect("a status");
    assert_eq!(odd.code(), Code::Unauthenticated);
}

#[tokio::test]
async fn a_connection_may_open_a_thousand_streams_and_is_told_so() {
    let app = TestApp::new().await;
    let mut connection = TcpStream::connect(app.address).await.expect("connects");
    let preface = [&b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"[..], &[0, 0, 0, 4, 0, 0, 0, 0, 0]].concat();
    connection.write_all(&preface).await.expect("is sent");
    let mut head = [0; 9];
    within_deadline("settings come", connection.read_exact(&mut head)).await.expect("a frame");
    assert_eq!(head[3], 4, "the first frame is SETTINGS");
    let mut settings = vec![0; usize::from(head[1]) << 8 | usize::from(head[2])];
    connection.read_exact(&mut settings).await.expect("the frame is whole");
    let streams = settings.chunks(6).find(|setting| setting[..2] == [0, 3]).expect("says how many streams");
    assert_eq!(u32::from_be_bytes(streams[2..].try_into().expect("four bytes")), 1_000);
}

#[tokio::test]
async fn silent_or_nonsense_connections_delay_nobody() {
    let app = TestApp::new().await;
    let mut connections = Vec::new();
    for index in 0..200 {
        let mut connection = TcpStream::connect(app.address).await.expect("connects");
        let words: &[u8] = match index % 5 {
            0 => b"",
            1 => b"PRI * HTTP/2.0\r\n",
            2 => b"POST /upnext.v1.SellerService/GetSeller HTTP/1.1\r\nHost: x\r\nX-A: ",
            3 => b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            _ => b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
        };
        connection.write_all(words).await.expect("is sent");
        connections.push(connection);
    }

    within_deadline("others are served", organization(&app.admin)).await.expect("is served");
    drop(connections);
    within_deadline("others are served", organization(&app.admin)).await.expect("is served");
}

#[tokio::test]
async fn a_request_whose_body_never_arrives_ends_at_its_deadline() {
    let app = TestApp::new().await;
    let headers = patient(&app, "50m");
    let status =
        plainly(app.address, &format!("/{ORGANIZATION}"), headers, 100, b"").await.expect("a status");
    assert_eq!(Refused::of(&status).reason, "DEADLINE_PASSED");
}

/// The headers of an administrator who waits so long.
fn patient(app: &TestApp, patience: &'static str) -> http::HeaderMap {
    let mut headers = headers(Some(&app.admin.secret));
    headers.insert("grpc-timeout", HeaderValue::from_static(patience));
    headers
}

/// What is said to an administrator who waits so long.
async fn hasty(app: &TestApp, name: &str, request: Value, patience: &'static str) -> Refused {
    let message =
        DynamicMessage::deserialize(method(name).input(), request).expect("the request fits its type");
    let body = framed(&message.encode_to_vec());
    let answer = plainly(app.address, &format!("/{name}"), patient(app, patience), body.len(), &body).await;
    Refused::of(&answer.expect("a status"))
}
