//! The audit: who wrote what, when and from where, with each resource before and after.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sqlx::ConnectOptions as _;
use tonic::Code;

use super::support::app::{Client, TestApp};
use super::support::process::{run, upnext};
use super::support::refused::refused;
use super::support::setup::organization_of;
use super::support::stage::{Stage, list, text};

const AUDIT: &str = "EventService/ListAuditEvents";

/// What the audit lists, the newest first.
async fn audited(client: &Client, request: Value) -> Vec<Value> {
    list(&client.done(AUDIT, request).await, "/events")
}

fn write(event: &Value) -> &Value {
    &event["administrativeWrite"]
}

/// The methods of events, without the name of the package.
fn methods(events: &[Value]) -> Vec<&str> {
    let method = |event| text(event, "/administrativeWrite/method");
    events.iter().map(|event| method(event).trim_start_matches("upnext.v1.")).collect()
}

/// What the real binary says that works on the database itself.
async fn as_operator(app: &TestApp, arguments: &[&str]) -> String {
    let url = app.database.connect_options().to_url_lossy().to_string();
    let mut command = upnext(&[]);
    command.args(arguments).args(["--database-url", &url]);
    let output = tokio::task::spawn_blocking(move || run(&mut command)).await.expect("no panic");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[tokio::test]
async fn a_write_tells_who_when_from_where_and_what_it_changed() {
    let stage = Stage::new().await;
    stage.admin.seller("bo").await;
    let update = json!({"seller": {"name": "bo", "display_name": "Bo", "email": "bo@example.com"}});
    stage.done("SellerService/UpdateSeller", update).await;
    let told = audited(&stage.admin, json!({"resource": "sellers/bo"})).await;
    assert_eq!(write(&told[0])["after"], json!({"display_name": "Bo", "email": "bo@example.com"}));
    stage.done("SellerService/DeleteSeller", json!({"name": "sellers/bo"})).await;

    let told = audited(&stage.admin, json!({"resource": "sellers/bo"})).await;
    let calls = ["SellerService/DeleteSeller", "SellerService/UpdateSeller", "SellerService/CreateSeller"];
    assert_eq!(methods(&told), calls);
    for event in &told {
        let key = text(event, "/actor").strip_prefix("apiKeys/").expect("the administrator's key");
        assert_eq!(key.len(), 36);
        let at: DateTime<Utc> = text(event, "/eventTime").parse().expect("a time");
        assert_eq!(at, stage.app.now());
        assert_eq!(write(event)["peerAddress"], "127.0.0.1");
        assert_eq!(
            (&write(event)["resource"], &write(event)["resourceKind"]),
            (&json!("sellers/bo"), &json!("seller"))
        );
    }
    let [deleted, updated, created] = [0, 1, 2].map(|index| write(&told[index]));
    assert_eq!(updated["before"], json!({"display_name": "bo"}));
    assert_eq!(updated["after"], json!({"display_name": "Bo"}));
    assert_eq!((created.get("before"), &created["after"]["seller_id"]), (None, &json!("bo")));
    assert!(deleted["after"]["delete_time"].is_string(), "a former seller is kept: {deleted}");
    assert!(!json!(told).to_string().contains("bo@example.com"), "the address goes with the seller");
}

#[tokio::test]
async fn what_is_deleted_keeps_its_name_and_fields_show_names_in_place_of_keys() {
    let stage = Stage::new().await;
    stage.sequence("calls", json!([{"task": {}}])).await;
    stage.admin.segment("web", "true").await;
    stage.admin.connect("web", "calls").await;
    stage.admin.rule("web", "first", &["ana"]).await;
    stage.done("SegmentService/DeleteAssignmentRule", json!({"name": "segments/web/rules/first"})).await;

    let told = audited(&stage.admin, json!({"resource_kind": "assignment_rule"})).await;
    assert_eq!(
        methods(&told),
        ["SegmentService/DeleteAssignmentRule", "SegmentService/CreateAssignmentRule"]
    );
    let [deleted, created] = [0, 1].map(|index| write(&told[index]));
    assert_eq!(deleted["resource"], "segments/web/rules/first");
    assert_eq!(deleted.get("after"), None);
    assert_eq!(deleted["before"], created["after"]);
    assert_eq!(created["after"]["listed_seller_ids"], json!(["sellers/ana"]));
    let told = audited(&stage.admin, json!({"resource": "segments/web"})).await;
    let connected =
        told.iter().find(|event| text(event, "/administrativeWrite/method").ends_with("ConnectSequence"));
    let connected = write(connected.expect("is there"));
    assert_eq!(connected["after"]["connected_sequence_id"], "sequences/calls", "{connected}");
}

#[tokio::test]
async fn secrets_are_in_no_event() {
    let stage = Stage::new().await;
    super::events::publish(&stage.admin).await;
    let webhook = json!({"webhook_id": "crm", "webhook": {"url": "https://example.com/"}});
    let webhook = stage.done("EventService/CreateWebhook", webhook).await;
    let rotated = stage.done("EventService/RotateWebhookSecret", json!({"name": "webhooks/crm"})).await;
    let key = json!({"api_key": {"display_name": "CRM", "roles": ["INTEGRATION"]}});
    let key = stage.done("ApiKeyService/CreateApiKey", key).await;
    stage.done("EventService/DeleteWebhook", json!({"name": "webhooks/crm"})).await;

    let told = json!(audited(&stage.admin, json!({})).await).to_string();
    for secret in [&webhook, &rotated, &key].map(|answer| text(answer, "/secret")) {
        assert!(!told.contains(secret), "{secret}");
    }
    for column in ["secret_hash", "\"secret\"", "\"old_secret\""] {
        assert!(!told.contains(column), "{column} in {told}");
    }
    // Nor in what other systems read.
    stage.app.run_until_idle().await;
    let published = stage.done("EventService/ListEvents", json!({"kinds": ["administrative_write"]})).await;
    let published = list(&published, "/events");
    assert!(published.len() > 3);
    for event in &published {
        let fields: Vec<_> = write(event).as_object().expect("an object").keys().collect();
        assert_eq!(fields, ["method", "resource"]);
    }
}

#[tokio::test]
async fn the_audit_is_filtered_by_actor_kind_resource_and_time_and_comes_in_pages() {
    let stage = Stage::new().await;
    let began = stage.app.now();
    stage.app.advance(chrono::TimeDelta::seconds(10)).await;
    let key = json!({"api_key": {"display_name": "CRM", "roles": ["INTEGRATION"]}});
    let created = stage.done("ApiKeyService/CreateApiKey", key).await;
    let crm = stage.app.client(text(&created, "/secret"));
    for id in ["s1", "s2", "s3"] {
        crm.seller(id).await;
    }

    let by_crm = json!({"actor": text(&created, "/apiKey/name")});
    let names = |events: &[Value]| -> Vec<String> {
        events.iter().map(|event| text(event, "/administrativeWrite/resource").to_owned()).collect()
    };
    assert_eq!(
        names(&audited(&stage.admin, by_crm.clone()).await),
        ["sellers/s3", "sellers/s2", "sellers/s1"]
    );
    let first = json!({"actor": text(&created, "/apiKey/name"), "page_size": 2});
    let first = stage.done(AUDIT, first).await;
    assert_eq!(names(&list(&first, "/events")), ["sellers/s3", "sellers/s2"]);
    let token = text(&first, "/nextPageToken");
    let next = json!({"actor": text(&created, "/apiKey/name"), "page_size": 2, "page_token": token});
    let next = stage.done(AUDIT, next).await;
    assert_eq!(
        (names(&list(&next, "/events")), next.get("nextPageToken")),
        (vec!["sellers/s1".to_owned()], None)
    );

    let since = json!({"start_time": began + chrono::TimeDelta::seconds(1)});
    assert_eq!(audited(&stage.admin, since).await.len(), 4);
    let until = json!({"resource_kind": "seller", "end_time": began + chrono::TimeDelta::seconds(1)});
    assert_eq!(names(&audited(&stage.admin, until).await), ["sellers/ben", "sellers/ana"]);
    assert_eq!(audited(&stage.admin, json!({"actor": "sellers/ana"})).await, Vec::<Value>::new());

    let (odd, early) = (
        json!({"actor": "teams/x", "resource": "\u{0}", "resource_kind": "lead"}),
        began - chrono::TimeDelta::days(1),
    );
    let wrong = refused(stage.call(AUDIT, odd).await);
    let fields: Vec<_> = wrong.violations.iter().map(|(field, ..)| field.as_str()).collect();
    assert_eq!(fields, ["actor", "resource_kind", "resource"]);
    let between = json!({"start_time": began, "end_time": early});
    assert_eq!(refused(stage.call(AUDIT, between).await).violations[0].0, "end_time");
    let denied = refused(crm.call(AUDIT, json!({})).await);
    assert_eq!((denied.code, denied.reason.as_str()), (Code::PermissionDenied, "ROLE_REQUIRED"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_operator_does_at_the_database_is_told_too() {
    let app = TestApp::new().await;
    let name = organization_of(&app.admin).await;
    as_operator(&app, &["organizations", "suspend", &name]).await;
    // Once more changes nothing.
    as_operator(&app, &["organizations", "suspend", &name]).await;
    as_operator(&app, &["organizations", "resume", &name]).await;
    let secret = as_operator(&app, &["keys", "create", "Found again", "--administrator"]).await;
    let found = app.client(&secret);
    let listed = list(&found.done("ApiKeyService/ListApiKeys", json!({})).await, "/apiKeys");
    let first = listed.iter().find(|key| key["displayName"] != "Found again").expect("the first key");
    as_operator(&app, &["keys", "revoke", text(first, "/name"), "--direct"]).await;

    let told = audited(&found, json!({"actor": "operator"})).await;
    let commands = [
        "upnext keys revoke --direct",
        "upnext keys create --administrator",
        "upnext organizations resume",
        "upnext organizations suspend",
        "upnext organizations create",
    ];
    assert_eq!(methods(&told), commands);
    for event in &told {
        assert_eq!(event["actor"], "operator");
        assert_eq!(write(event).get("peerAddress"), None);
    }
    let revoked = write(&told[0]);
    assert_eq!((&revoked["resource"], &revoked["before"]["revoke_time"]), (&first["name"], &Value::Null));
    assert!(revoked["after"]["revoke_time"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_shows_what_was_written_as_lines_or_as_json() {
    let stage = Stage::new().await;
    let key = json!({"display_name": "CLI", "roles": ["SYSTEM_ADMINISTRATOR"]});
    let key = stage.done("ApiKeyService/CreateApiKey", json!({"api_key": key})).await;
    let address = stage.app.address.to_string();
    let shown = async |arguments: &[&str]| {
        let mut command = upnext(&[&"audit"]);
        command.args(arguments).args(["--address", &address]).env("UPNEXT_KEY", text(&key, "/secret"));
        let output = tokio::task::spawn_blocking(move || run(&mut command)).await.expect("no panic");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };

    let lines = shown(&["--resource", "sellers/ana"]).await;
    assert_eq!(lines.lines().count(), 1, "{lines}");
    assert!(lines.contains("SellerService/CreateSeller of sellers/ana, by apiKeys/"), "{lines}");
    assert!(lines.ends_with("from 127.0.0.1"), "{lines}");
    let json = shown(&["--resource-kind", "seller", "--limit", "1", "--json"]).await;
    let event: Value = serde_json::from_str(&json).expect("a line of JSON");
    assert_eq!(event["administrativeWrite"]["resource"], "sellers/ben");
    assert_eq!(shown(&["--until", "2000-01-01T00:00:00Z"]).await, "");
}
