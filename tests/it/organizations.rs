//! Organizations as their operator sees them: suspended, exported, deleted.

use std::collections::BTreeSet;
use std::fs;

use chrono::TimeDelta;
use serde_json::{Value, json};
use sqlx::ConnectOptions as _;
use tempfile::TempDir;
use tonic::Code;
use upnext::domain::id::OrganizationId;
use upnext::store::tenants::everything;
use uuid::Uuid;

use super::check::everything::Everything;
use super::support::app::TestApp;
use super::support::invariants::hold_in;
use super::support::process::{run, upnext};
use super::support::refused::refused;
use super::support::setup::organization_of;
use super::support::stream::{end, head, open_heads};

/// What `upnext organizations` says, with these arguments.
async fn command(app: &TestApp, arguments: &[&str]) -> (bool, String) {
    let mut command = upnext(&[&"organizations"]);
    command.args(arguments);
    command.env("UPNEXT_DATABASE_URL", app.database.connect_options().to_url_lossy().as_str());
    let output = tokio::task::spawn_blocking(move || run(&mut command)).await.expect("no panic");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// The tables with rows of an organization.
async fn owned(app: &TestApp, organization: OrganizationId) -> BTreeSet<String> {
    let mut conn = app.database.pool().acquire().await.expect("connects");
    let mut owned = BTreeSet::new();
    for table in everything::tables(&mut conn).await.expect("are listed") {
        if everything::has_rows(&mut conn, &table, organization).await.expect("is read") {
            owned.insert(table.name);
        }
    }
    owned
}

#[tokio::test]
async fn a_suspended_organization_stands_still_until_it_is_resumed() {
    let app = TestApp::new().await;
    let other = app.other_organization().await;
    for admin in [&app.admin, &other] {
        admin.seller("ana").await;
        let steps = json!([{"step_id": "pause", "wait": {"delay": {"seconds": 10}}}, {"step_id": "call", "phone_call": {}}]);
        admin.sequence("calls", steps).await;
        admin.leads(json!([{"id": "l1", "owner": "ana"}])).await;
        admin.enroll("l1", "calls").await;
    }
    let mut stream = open_heads(&app.admin, "sellers/ana").await;
    head(&mut stream).await;

    let name = organization_of(&app.admin).await;
    assert_eq!(command(&app, &["suspend", &name]).await, (true, String::new()));
    let (_, listed) = command(&app, &["list"]).await;
    assert_eq!(listed.lines().filter(|line| line.ends_with("suspended")).count(), 1, "{listed}");
    app.clock.advance(TimeDelta::seconds(10));
    let denied = refused(app.admin.call("SellerService/ListSellers", json!({})).await);
    assert_eq!((denied.code, denied.reason.as_str()), (Code::PermissionDenied, "ORGANIZATION_SUSPENDED"));
    let ended = end(&mut stream).await;
    assert_eq!(ended.reason, "ORGANIZATION_SUSPENDED");

    // Its timer is due, like the other organization's, and waits.
    app.run_until_idle().await;
    let open = async || {
        sqlx::query_scalar::<_, i64>("SELECT count(*) FROM activity")
            .fetch_one(&app.database.pool())
            .await
            .expect("counts")
    };
    assert_eq!(open().await, 1);
    let queue = json!({"queue": "sellers/ana"});
    let listed = other.done("WorkQueueService/ListActivities", queue.clone()).await;
    assert_eq!(listed["activities"].as_array().map(Vec::len), Some(1));

    assert!(command(&app, &["resume", &name]).await.0);
    app.advance(TimeDelta::seconds(1)).await;
    assert_eq!(open().await, 2);
    let listed = app.admin.done("WorkQueueService/ListActivities", queue).await;
    assert_eq!(listed["activities"].as_array().map(Vec::len), Some(1));
    hold_in(app.app.engine.store(), app.now()).await;
}

#[tokio::test]
async fn an_export_has_every_row_and_no_secret() {
    let Everything(app) = Everything::new().await;
    let name = organization_of(&app.admin).await;
    let folder = TempDir::new().expect("can be made");
    let path = folder.path().join("acme");
    let path = path.to_str().expect("text");
    let (done, said) = command(&app, &["export", &name, path]).await;
    assert!(done, "{said}");

    let id = OrganizationId(name.rsplit('/').next().expect("has an id").parse().expect("is a uuid"));
    let mut files = BTreeSet::new();
    for file in fs::read_dir(path).expect("is there") {
        let file = file.expect("can be listed");
        let text = fs::read_to_string(file.path()).expect("is text");
        for line in text.lines() {
            let row: Value = serde_json::from_str(line).expect("each line is JSON");
            assert_eq!(row["organization_id"], id.to_string());
            let secrets = ["secret_hash", "key", "secret", "old_secret"];
            assert!(secrets.iter().all(|secret| row.get(secret).is_none()), "{row}");
        }
        files.insert(file.path().file_stem().expect("a name").to_string_lossy().into_owned());
    }
    assert_eq!(files, owned(&app, id).await);
    assert!(files.len() > 20, "{files:?}");
    let (done, said) = command(&app, &["export", &name, path]).await;
    assert!(!done && said.contains("isn't empty"), "{said}");
    let nobody = Uuid::from_u128(7).to_string();
    let (done, said) = command(&app, &["export", &nobody, &format!("{path}2")]).await;
    assert!(!done && said.contains("there is no such organization"), "{said}");
}

#[tokio::test]
async fn a_deleted_organization_leaves_nothing_and_takes_nothing_of_others() {
    let Everything(app) = Everything::new().await;
    let other = app.other_organization().await;
    other.seller("ana").await;
    let (name, others) = (organization_of(&app.admin).await, organization_of(&other).await);
    let id = |name: &str| OrganizationId(name.rsplit('/').next().expect("an id").parse().expect("a uuid"));
    let kept = owned(&app, id(&others)).await;

    let (done, said) = command(&app, &["delete", &name, "--confirm", "Other"]).await;
    assert!(!done && said.contains("its display name is \"Test\""), "{said}");
    app.admin.done("SellerService/ListSellers", json!({})).await;
    let (done, said) = command(&app, &["delete", &name, "--confirm", "Test"]).await;
    assert!(done && said.contains("none is left"), "{said}");
    app.clock.advance(TimeDelta::seconds(1));
    let gone = refused(app.admin.call("SellerService/ListSellers", json!({})).await);
    assert_eq!(gone.reason, "CREDENTIALS_INVALID");

    assert_eq!(owned(&app, id(&name)).await, BTreeSet::new());
    assert_eq!(owned(&app, id(&others)).await, kept);
    other.done("SellerService/GetSeller", json!({"name": "sellers/ana"})).await;
    hold_in(app.app.engine.store(), app.now()).await;
}
