//! Organizations are held apart: whatever one does to the database, the others hardly notice.

use std::time::Duration;

use futures::future::select_all;
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::task::JoinHandle;
use tonic::Code;
use upnext::domain::id::OrganizationId;
use upnext::lifecycle::Lifecycle;
use upnext::store::{Error, PoolSettings, Store};
use uuid::Uuid;

use super::support::app::{Client, TestApp, within_deadline};
use super::support::refused::refused;

/// True for a record only after some 250 million comparisons of characters.
const SLOW: &str = "record.a.contains(record.b)";

/// Leads `l0` and on, and the attributes of [`SLOW`].
async fn leads(app: &TestApp, client: &Client, count: usize) {
    let text = json!({"type": "STRING"});
    client.declare(json!({"a": text, "b": text, "note": text})).await;
    let leads: Vec<Value> = (0..count).map(|number| json!({"id": format!("l{number}")})).collect();
    client.leads(json!(leads)).await;
    app.run_until_idle().await;
}

/// Makes [`SLOW`] slow for all records that there are.
async fn slow_down(app: &TestApp) {
    sqlx::query(
        "UPDATE record SET attributes = jsonb_build_object('a', repeat('a', 32000), 'b', 'b' || repeat('a', 16000))",
    )
    .execute(&app.database.pool())
    .await
    .expect("are slow now");
}

/// Previews that go on in the background until they are answered or dropped.
fn previews(client: &Client, count: usize) -> Vec<JoinHandle<Result<Value, tonic::Status>>> {
    let preview = |_| {
        let client = client.clone();
        tokio::spawn(
            async move { client.call("SegmentService/PreviewSegment", json!({"condition": SLOW})).await },
        )
    };
    (0..count).map(preview).collect()
}

/// Waits until this many statements run, apart from the one that asks.
async fn until_running(pool: &PgPool, count: i64) {
    let running = "SELECT count(*) FROM pg_stat_activity
         WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()";
    let look = async {
        while sqlx::query_scalar::<_, i64>(running).fetch_one(pool).await.expect("counts") != count {
            tokio::task::yield_now().await;
        }
    };
    within_deadline("as many statements run", look).await;
}

#[tokio::test]
async fn slow_reads_of_one_organization_leave_time_to_the_others_and_end_with_their_callers() {
    let app = TestApp::new().await;
    let greedy = app.other_organization().await;
    leads(&app, &greedy, 1_000).await;
    slow_down(&app).await;

    // The server has five connections for calls, and makes two surveys at once. Each organization
    // makes one.
    let previews = previews(&greedy, 12);
    until_running(&app.database.pool(), 1).await;

    for client in [&app.admin, &greedy] {
        let get = client.done("OrganizationService/GetOrganization", json!({}));
        within_deadline("a read beside them", get).await;
        within_deadline("a write beside them", client.seller("ana")).await;
    }
    let filtered = json!({"recordType": "recordTypes/lead", "filter": "record.state == \"ACTIVE\""});
    within_deadline("another survey", app.admin.done("RecordService/ListRecords", filtered)).await;

    let (first, _, others) = within_deadline("one is refused", select_all(previews)).await;
    let refused = refused(first.expect("no panic"));
    assert_eq!((refused.code, refused.reason.as_str()), (Code::ResourceExhausted, "TOO_MANY_CALLS"));
    others.iter().for_each(JoinHandle::abort);
    until_running(&app.database.pool(), 0).await;
}

#[tokio::test]
async fn a_call_beyond_its_organizations_share_waits_and_is_told_why_in_the_end() {
    let app = TestApp::new().await;
    let settings = PoolSettings {
        max_connections: 2,
        acquire_timeout: Duration::from_millis(50),
        ..PoolSettings::default()
    };
    let store = Store::new(app.database.connect_options(), &settings);
    let [one, other] = [1, 2].map(|number| OrganizationId(Uuid::from_u128(number)));

    let held = store.read(one).await.expect("the first one");
    assert!(matches!(store.read(one).await, Err(Error::Crowded)));
    store.read(other).await.expect("is another's");

    drop(held);
    store.read(one).await.expect("it is free again");
}

#[tokio::test]
async fn a_slow_segment_of_one_organization_does_not_delay_the_routing_of_another() {
    let app = TestApp::new().await;
    let slow = app.other_organization().await;
    leads(&app, &slow, 400).await;
    slow.seller("ben").await;
    slow.segment("slow", SLOW).await;
    slow.rule("slow", "all", &["ben"]).await;
    slow_down(&app).await;
    let activated = slow.done("SegmentService/ActivateSegment", json!({"name": "segments/slow"})).await;
    assert_eq!(activated["matchesPartial"], json!(true), "counting ends: {activated}");
    app.admin.declare(json!({"origin": {"type": "STRING"}})).await;
    app.admin.seller("ana").await;
    app.admin.segment("quick", "record.origin == \"web\"").await;
    app.admin.rule("quick", "all", &["ana"]).await;
    app.admin.activate_segment("quick").await;

    let lifecycle = Lifecycle::new();
    app.app.start_loops(&lifecycle);
    let changed = |number| json!({"id": format!("l{number}"), "attributes": {"note": "changed"}});
    slow.leads((0..400).map(changed).collect()).await;
    until_running(&app.database.pool(), 1).await;

    for number in 0..2 {
        let id = format!("q{number}");
        app.admin.leads(json!([{"id": id, "attributes": {"origin": "web"}}])).await;
        let owned = async {
            let name = json!({"name": format!("recordTypes/lead/records/{id}")});
            while app.admin.done("RecordService/GetRecord", name.clone()).await["record"]["owner"].is_null() {
                tokio::task::yield_now().await;
            }
        };
        within_deadline("it gets its owner", owned).await;
    }

    let left = "SELECT count(*) FROM record_change";
    let left: i64 = sqlx::query_scalar(left).fetch_one(&app.database.pool()).await.expect("counts");
    assert!(left > 0, "the slow ones are still being routed");
    lifecycle.begin_to_drain();
    lifecycle.hard().cancel();
}
