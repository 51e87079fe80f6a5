//! Rights are the method's: roles don't add up to what none of them may do, and no organization
//! loses its last administrator.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tonic::Code;

use super::events::{Stream, publishing};
use super::support::app::{Client, TestApp};
use super::support::dynamic::call;
use super::support::refused::refused;
use super::support::stage::{Stage, each, list, text};
use super::support::stream::{head, open_heads};

/// A key with these roles, bound to a seller.
async fn key(stage: &Stage, roles: &[&str], seller: &str) -> Client {
    let key = json!({"display_name": "x", "roles": roles, "seller": seller});
    let created = stage.done("ApiKeyService/CreateApiKey", json!({"api_key": key})).await;
    stage.app.client(text(&created, "/secret"))
}

#[tokio::test]
async fn roles_do_not_add_up_to_what_none_of_them_may_do() {
    let stage = Stage::new().await;
    let own = stage.enroll("l1", "tasks").await;
    let others = stage.enroll("l3", "tasks").await;
    let activity = |enrollment: &Value| enrollment["openActivity"].as_str().expect("is open").to_owned();
    let (own, others) = (activity(&own), activity(&others));

    for role in ["WORKER", "INTEGRATION", "SEQUENCE_MANAGER"] {
        let both = key(&stage, &["SALESPERSON", role], "ana").await;
        let listed = both.done("WorkQueueService/ListActivities", json!({})).await;
        assert_eq!(each(&list(&listed, "/activities"), "name"), [own.as_str()], "{role}");
        for (method, request) in [
            ("GetActivity", json!({"name": others})),
            ("CompleteActivity", json!({"name": others})),
            ("SnoozeActivity", json!({"name": others, "until": "2027-01-01T00:00:00Z"})),
            ("ReopenActivity", json!({"name": others})),
            ("UpdateActivity", json!({"activity": {"name": others, "read": true}})),
            ("UnsnoozeActivity", json!({"name": others})),
            ("ReassignActivity", json!({"name": others, "queue": "sellers/me"})),
            ("GetUpNext", json!({"record": "recordTypes/lead/records/l3"})),
            ("ListActivities", json!({"queue": "sellers/ben"})),
            ("WatchNextActivity", json!({"queue": "sellers/ben"})),
            ("WatchWorkQueue", json!({"queue": "sellers/ben"})),
        ] {
            let name = format!("WorkQueueService/{method}");
            assert_eq!(
                refused(both.call(&name, request).await).reason,
                "RESOURCE_NOT_FOUND",
                "{role} {name}"
            );
        }
        both.done("WorkQueueService/GetActivity", json!({"name": own})).await;
    }

    // A role widens the calls that it allows by itself.
    let both = key(&stage, &["SALESPERSON", "INTEGRATION"], "ana").await;
    let close = json!({"name": "recordTypes/lead/records/l3", "close_outcome": "OTHER"});
    both.done("RecordService/CloseRecord", close).await;
    let ana = stage.salesperson("ana").await;
    let close = json!({"name": "recordTypes/lead/records/l3", "close_outcome": "OTHER"});
    assert_eq!(refused(ana.call("RecordService/CloseRecord", close).await).reason, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn the_streams_of_one_key_may_need_different_roles() {
    let stage = publishing().await;
    let both = key(&stage, &["SALESPERSON", "INTEGRATION"], "ana").await;
    let mut heads = open_heads(&both, "sellers/me").await;
    head(&mut heads).await;
    let mut events = Stream::of(&both, "", "").await;
    events.next().await;

    // Both are checked, and give a sign of life.
    stage.app.clock.advance(TimeDelta::seconds(20));
    head(&mut heads).await;
    events.next().await;
}

#[tokio::test]
async fn a_worker_alone_sees_no_records_enrollments_or_activities() {
    let stage = Stage::new().await;
    let enrollment = stage.enroll("l1", "tasks").await;
    let worker = key(&stage, &["WORKER"], "").await;
    for (method, request, found) in [
        ("RecordService/ListRecords", json!({"record_type": "lead"}), "/records"),
        ("EnrollmentService/ListEnrollments", json!({}), "/enrollments"),
    ] {
        let listed = worker.done(method, request).await;
        assert_eq!(list(&listed, found), Vec::<Value>::new(), "{method}");
    }
    let name = text(&enrollment, "/name");
    for (method, request) in [
        ("RecordService/GetRecord", json!({"name": "recordTypes/lead/records/l1"})),
        ("EnrollmentService/GetEnrollment", json!({"name": name})),
        ("EnrollmentService/ListEnrollmentEvents", json!({"parent": name})),
    ] {
        assert_eq!(refused(worker.call(method, request).await).reason, "RESOURCE_NOT_FOUND", "{method}");
    }
    worker.done("SequenceService/GetSequence", json!({"name": "tasks"})).await;
}

#[tokio::test]
async fn the_last_administrators_key_that_never_expires_cannot_be_revoked() {
    let app = TestApp::new().await;
    let listed = app.admin.done("ApiKeyService/ListApiKeys", json!({})).await;
    let own = text(&listed, "/apiKeys/0/name").to_owned();
    let create = async |more: Value| {
        let mut key = json!({"display_name": "x", "roles": ["SYSTEM_ADMINISTRATOR"]});
        key.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let created = app.admin.done("ApiKeyService/CreateApiKey", json!({"api_key": key})).await;
        text(&created, "/apiKey/name").to_owned()
    };
    let revoke = async |name: &str| app.admin.call("ApiKeyService/RevokeApiKey", json!({"name": name})).await;

    // Neither a key that expires nor one of another role is one for good.
    let expiring = create(json!({"expire_time": (app.now() + TimeDelta::days(9)).to_rfc3339()})).await;
    create(json!({"roles": ["SALES_MANAGER"]})).await;
    let denied = refused(revoke(&own).await);
    assert_eq!((denied.code, denied.reason.as_str()), (Code::FailedPrecondition, "LAST_ADMINISTRATOR_KEY"));
    revoke(&expiring).await.expect("is not the last");

    let second = create(json!({})).await;
    revoke(&second).await.expect("is not the last");
    revoke(&second).await.expect("is revoked already");
    assert_eq!(refused(revoke(&own).await).reason, "LAST_ADMINISTRATOR_KEY");
    create(json!({})).await;
    revoke(&own).await.expect("another one is left");
}

#[tokio::test]
async fn whoever_starts_long_work_can_follow_it() {
    let stage = Stage::new().await;
    stage.enroll("l1", "tasks").await;
    let integration = key(&stage, &["INTEGRATION"], "").await;
    let ana = stage.salesperson("ana").await;
    let get = "google.longrunning.Operations/GetOperation";
    let erase = json!({"record_type": "lead", "attribute": "unused"});
    let declare = json!({"record_type": "lead", "attributes": {"unused": {"type": "STRING"}}});
    integration.done("RecordService/DeclareAttributes", declare).await;
    let erased = integration.done("RecordService/DeleteAttribute", erase).await;
    let erased = json!({"name": text(&erased, "/eraseOperation")});
    call(&integration, get, erased.clone()).await.expect("is followed");
    call(&integration, "google.longrunning.Operations/ListOperations", json!({})).await.expect("are listed");
    assert_eq!(refused(call(&ana, get, erased).await).reason, "RESOURCE_NOT_FOUND");

    // A salesperson follows what becomes of own sequences, and of no others.
    let act = json!({"sequence": "tasks", "action": {"exit": {}}});
    let exits = stage.done("EnrollmentService/ActOnEnrollments", act).await;
    let exits = json!({"name": text(&exits, "/operation")});
    assert_eq!(refused(call(&ana, get, exits.clone()).await).reason, "RESOURCE_NOT_FOUND");
    let own = json!({"sequence": {"name": "sequences/tasks", "owner": "ana"}});
    stage.done("SequenceService/UpdateSequence", own).await;
    call(&ana, get, exits.clone()).await.expect("is followed");
    let canceled = call(&ana, "google.longrunning.Operations/CancelOperation", exits).await;
    assert_eq!(refused(canceled).reason, "ROLE_REQUIRED");
}

/// A token like a server's, but with a key and an instant of the caller's.
fn forged(token: &str, micros: i64, key: &[u8]) -> String {
    let honest = URL_SAFE_NO_PAD.decode(token).expect("base64");
    let mut bytes = honest[..17].to_vec();
    bytes.extend(micros.to_be_bytes());
    bytes.extend(key);
    let sum = Sha256::new().chain_update(b"upnext page token").chain_update(&bytes).finalize();
    bytes.extend(&sum[..8]);
    URL_SAFE_NO_PAD.encode(bytes)
}

#[tokio::test]
async fn a_forged_page_token_is_refused_and_no_fault() {
    let stage = Stage::new().await;
    for lead in ["l1", "l2", "l3", "l4"] {
        stage.enroll(lead, "tasks").await;
    }
    let now = stage.app.now().timestamp_micros();
    for (method, request) in [
        ("SellerService/ListSellers", json!({})),
        ("SequenceService/ListSequences", json!({})),
        ("RecordService/ListRecordTypes", json!({})),
        ("RecordService/ListRecords", json!({"record_type": "lead"})),
        ("EnrollmentService/ListEnrollments", json!({})),
        ("WorkQueueService/ListActivities", json!({})),
    ] {
        let page = |more: Value| {
            let mut request = request.clone();
            request.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            stage.call(method, request)
        };
        let first = page(json!({"page_size": 1})).await.expect("lists");
        let honest = text(&first, "/nextPageToken");
        page(json!({"page_token": honest})).await.expect("goes on");

        let id = "00000000-0000-0000-0000-000000000000";
        let late = format!("[\"+262142-12-31T23:59:59Z\",\"{id}\"]");
        for (micros, key) in [
            (now, "\"a\\u0000b\""),
            (now, late.as_str()),
            (now, "\"\""),
            (i64::MAX, &format!("\"{id}\"")),
            (i64::MIN, &format!("[\"2026-01-01T00:00:00Z\",\"{id}\"]")),
        ] {
            let token = forged(honest, micros, key.as_bytes());
            let denied = refused(page(json!({"page_token": token})).await);
            assert_eq!(denied.reason, "PAGE_TOKEN_INVALID", "{method} {key} {micros}");
        }
    }
}

#[tokio::test]
async fn a_repeated_request_gets_its_first_answer_whatever_time_and_limits_say_now() {
    let app = TestApp::new().await;
    let repeat = "0190c0de-0000-7000-8000-00000000000";
    let end = (app.now() + TimeDelta::seconds(5)).to_rfc3339();
    let requests = [
        (
            "ApiKeyService/CreateApiKey",
            "/apiKey",
            json!({"request_id": format!("{repeat}1"),
            "api_key": {"display_name": "CRM", "roles": ["INTEGRATION"], "expire_time": end}}),
        ),
        (
            "TemplateService/CreateTemplate",
            "/template",
            json!({"request_id": format!("{repeat}2"), "template_id": "t",
            "template": {"display_name": "x".repeat(50), "record_type": "lead", "email": {"subject": "s", "body": "b"}}}),
        ),
        (
            "SellerService/CreateSeller",
            "/seller",
            json!({"request_id": format!("{repeat}3"), "seller_id": "ana",
            "seller": {"display_name": "x".repeat(50)}}),
        ),
        (
            "RecordService/CreateRecordType",
            "/recordType",
            json!({"request_id": format!("{repeat}4"), "record_type_id": "deal",
            "record_type": {"display_name": "x".repeat(50)}}),
        ),
    ];
    let mut firsts = Vec::new();
    for (method, resource, request) in &requests {
        let first = app.admin.done(method, request.clone()).await;
        firsts.push(first.pointer(resource).expect("is there").clone());
    }

    app.advance(TimeDelta::seconds(10)).await;
    let limits = json!({"organization": {"settings": {"limits": {"display_name_characters": 10}}}});
    app.admin.done("OrganizationService/UpdateOrganization", limits).await;
    for ((method, resource, request), first) in requests.into_iter().zip(firsts) {
        let again = app.admin.done(method, request.clone()).await;
        assert_eq!(again.pointer(resource), Some(&first), "{method}");
        // A new request is judged by what holds now.
        let mut other = request;
        other.as_object_mut().expect("an object").remove("request_id");
        let denied = refused(call(&app.admin, &format!("upnext.v1.{method}"), other).await);
        assert_eq!(denied.code, Code::InvalidArgument, "{method}");
    }
}
