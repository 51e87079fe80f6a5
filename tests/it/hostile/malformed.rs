//! Malformed bytes: each kind gets its reason, over gRPC and gRPC-Web, and the connection stays
//! open.

use std::time::Duration;

use base64::Engine as _;
use bytes::Bytes;
use http::HeaderValue;
use serde_json::json;
use tonic::{Code, Status};

use super::super::support::app::{TestApp, listening};
use super::super::support::dynamic::call;
use super::super::support::refused::{Refused, refused};
use super::wire::{Answer, exchange, frame, framed, headers};
use upnext::api::server::Listening;

const GET: &str = "/upnext.v1.SellerService/GetSeller";
const WATCH: &str = "/upnext.v1.WorkQueueService/WatchWorkQueue";
const PATIENCE: Duration = Duration::from_secs(20);

/// What the server says to these bytes.
async fn told(app: &TestApp, path: &str, changes: &[(&'static str, &str)], body: Bytes) -> Refused {
    let answer = sent(app, path, changes, body).await;
    Refused::of(&answer.status.expect("a status"))
}

async fn sent(app: &TestApp, path: &str, changes: &[(&'static str, &str)], body: Bytes) -> Answer {
    let mut headers = headers(Some(&app.admin.secret));
    for (name, value) in changes {
        headers.insert(*name, HeaderValue::from_str(value).expect("a header"));
    }
    exchange(&app.channel(), path, headers, body, PATIENCE).await.expect("is answered")
}

async fn still_serves(app: &TestApp) {
    call(&app.admin, "upnext.v1.OrganizationService/GetOrganization", json!({})).await.expect("is served");
}

/// Bodies that are no `GetSellerRequest`, each with what is wrong.
fn bodies() -> Vec<(&'static str, Bytes)> {
    let named = |text: &[u8]| framed(&[&[0x0a, u8::try_from(text.len()).expect("short")][..], text].concat());
    let deep = (0..200).fold(Vec::new(), |inner: Vec<u8>, _| [&[0x0b][..], &inner, &[0x0c]].concat());
    vec![
        ("text that isn't UTF-8", named(&[0xff, 0xfe, 0xc0, 0x80])),
        ("a surrogate", named(&[0xed, 0xa0, 0x80])),
        ("a field cut short", framed(&[0x0a, 10, b'a'])),
        ("a wrong wire type", framed(&[0x09, 1, 2, 3, 4, 5, 6, 7, 8])),
        ("a varint without an end", framed(&[0xff; 11])),
        ("groups in groups", framed(&deep)),
        ("a flag for compression that was not agreed", frame(1, 3, &[0x0a, 1, b'a'])),
        ("a flag that doesn't exist", frame(7, 3, &[0x0a, 1, b'a'])),
        ("a frame cut short", frame(0, 1000, &[0x0a, 1, b'a'])),
        ("half a frame's head", Bytes::from_static(&[0, 0])),
        ("nothing", Bytes::new()),
    ]
}

#[tokio::test]
async fn malformed_bytes_are_refused_and_the_connection_stays_open() {
    let app = TestApp::new().await;
    for (kind, body) in bodies() {
        let web = base64::engine::general_purpose::STANDARD.encode(&body);
        for (form, sent) in [
            ("application/grpc", body.clone()),
            ("application/grpc-web+proto", body.clone()),
            ("application/grpc-web-text", web.into()),
        ] {
            for path in [GET, WATCH] {
                let refused = told(&app, path, &[("content-type", form)], sent.clone()).await;
                let found = (refused.code, refused.reason.as_str());
                assert_eq!(
                    found,
                    (Code::InvalidArgument, "MALFORMED_REQUEST"),
                    "{kind} as {form}: {refused:?}"
                );
                assert!(refused.message.starts_with("the request can't be read: "), "{}", refused.message);
            }
        }
        still_serves(&app).await;
    }

    let garbage = Bytes::from_static(b"!!!! this is not base64 !!!!");
    let refused = told(&app, GET, &[("content-type", "application/grpc-web-text")], garbage).await;
    assert_eq!(refused.reason, "MALFORMED_REQUEST");
    still_serves(&app).await;
}

#[tokio::test]
async fn a_message_over_the_limit_is_refused_with_the_limit_and_one_at_the_limit_is_read() {
    let limits = Listening { max_message_bytes: 64 << 10, ..listening() };
    let app = TestApp::listening(limits).await;
    let sized = |total: usize| {
        let text = vec![b'x'; total - 4];
        let head = [
            0x0a,
            0x80 | (text.len() & 0x7f) as u8,
            0x80 | ((text.len() >> 7) & 0x7f) as u8,
            (text.len() >> 14) as u8,
        ];
        framed(&[&head[..], &text].concat())
    };

    for form in ["application/grpc", "application/grpc-web+proto"] {
        let refused = told(&app, GET, &[("content-type", form)], sized((64 << 10) + 1)).await;
        let found = (refused.code, refused.reason.as_str(), refused.metadata["value"].as_str());
        assert_eq!(found, (Code::ResourceExhausted, "MESSAGE_TOO_LARGE", "65536"), "{form}");
        let refused = told(&app, GET, &[("content-type", form)], sized(64 << 10)).await;
        assert_eq!(refused.reason, "RESOURCE_NAME_INVALID", "{form}");
        // A frame that only says that it is large is refused before its bytes come.
        let refused = told(&app, GET, &[("content-type", form)], frame(0, u32::MAX, b"x")).await;
        assert_eq!(refused.reason, "MESSAGE_TOO_LARGE", "{form}");
    }
    still_serves(&app).await;
}

#[tokio::test]
async fn unknown_methods_are_refused_with_a_reason() {
    let app = TestApp::new().await;
    for path in [
        "/upnext.v1.SellerService/Nothing",
        "/upnext.v9.Nothing/Get",
        "/",
        "/x",
        "/upnext.v1.SellerService/GetSeller/x",
    ] {
        let refused = told(&app, path, &[], framed(&[])).await;
        assert_eq!((refused.code, refused.reason.as_str()), (Code::Unimplemented, "NOT_SERVED"), "{path}");
    }
    let refused = told(&app, GET, &[("grpc-encoding", "br")], framed(&[])).await;
    assert_eq!((refused.code, refused.reason.as_str()), (Code::Unimplemented, "NOT_SERVED"));

    // Another author's services answer as their contracts say.
    let answer = sent(&app, "/grpc.health.v1.Health/Check", &[], framed(&[0x0a, 1, b'x'])).await;
    assert_eq!(answer.status.as_ref().map(Status::code), Some(Code::NotFound));
    still_serves(&app).await;
}

#[tokio::test]
async fn a_bad_request_id_is_reported_once_by_every_call() {
    let app = TestApp::new().await;

    let requests = [
        ("WorkQueueService/CompleteActivity", json!({"name": "x", "request_id": "x"})),
        ("WorkQueueService/SkipActivity", json!({"name": "x", "request_id": "x"})),
        ("EnrollmentService/SkipWait", json!({"name": "x", "request_id": "x"})),
        ("EnrollmentService/EnrollRecord", json!({"record": "x", "sequence": "x", "request_id": "x"})),
        ("SellerService/UpdateSeller", json!({"seller": {"name": "x"}, "request_id": "x"})),
        ("OrganizationService/UpdateOrganization", json!({"organization": {}, "request_id": "x"})),
        ("ApiKeyService/RevokeApiKey", json!({"name": "x", "request_id": "x"})),
        ("RecordService/CloseRecord", json!({"name": "x", "close_outcome": "WON", "request_id": "x"})),
    ];
    for (method, request) in requests {
        let refused = refused(call(&app.admin, &format!("upnext.v1.{method}"), request).await);
        let said = refused.fields().into_iter().filter(|(field, _)| *field == "request_id").count();
        assert_eq!(said, 1, "{method}: {refused:?}");
    }
}
