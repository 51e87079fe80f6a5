//! Backfills through the whole server: operations that any server can continue, and the counts that
//! they report.

use serde_json::{Value, json};
use tonic::Code;

use super::support::app::{Client, TestApp, within_deadline};
use super::support::crm;
use super::support::dynamic;
use super::support::refused::refused;

async fn u(client: &Client, name: &str, request: Value) -> Value {
    let name = if name.starts_with("google") { name.to_owned() } else { format!("upnext.v1.{name}") };
    dynamic::call(client, &name, request).await.unwrap_or_else(|status| panic!("{name}: {status:?}"))
}

/// Three sellers in turn, and the tour's sequence connected to a segment that isn't active yet.
async fn app() -> TestApp {
    let app = TestApp::new().await;
    crm::declare_lead_attributes(&mut crm::records(&app.admin)).await;
    for id in ["ana", "ben", "cleo"] {
        app.admin.seller(id).await;
    }
    let steps = json!([{"step_id": "hello", "email": {}}, {"step_id": "pause", "wait": {"delay": {"seconds": 10}}},
        {"step_id": "call", "phone_call": {}}]);
    app.admin.sequence("paid", steps).await;
    app.admin.segment("paid", "record.origin == \"paid search\"").await;
    app.admin.rule("paid", "in-turn", &["ana", "ben", "cleo"]).await;
    app.admin.connect("paid", "paid").await;
    app
}

/// So many leads, of which those that `paid` says came by paid search.
async fn import(app: &TestApp, count: usize, paid: impl Fn(usize) -> bool) {
    let mut records = crm::records(&app.admin);
    let lead = |n: usize| {
        let origin = if paid(n) { "paid search" } else { "organic search" };
        crm::upsert(&format!("l{n}"), &json!({"origin": origin}))
    };
    let all: Vec<usize> = (0..count).collect();
    for batch in all.chunks(1_000) {
        let batch = crm::leads(batch.iter().map(|n| lead(*n)).collect());
        records.batch_upsert_records(batch).await.expect("can be imported");
    }
}

async fn per_seller(app: &TestApp) -> Vec<(String, i64)> {
    sqlx::query_as(
        "SELECT seller.seller_id, count(*) FROM record JOIN seller ON seller.id = record.owner_id GROUP BY seller.seller_id ORDER BY 1",
    )
    .fetch_all(&app.database.pool())
    .await
    .expect("can be read")
}

async fn activate(app: &TestApp) -> String {
    let answer =
        u(&app.admin, "SegmentService/ActivateSegment", json!({"name": "paid", "backfill": true})).await;
    answer["backfillOperation"].as_str().expect("is named").to_owned()
}

#[tokio::test]
async fn a_backfill_enrolls_each_matching_record_once_and_shares_them_evenly() {
    let app = app().await;
    // 1,586 of 8,000, spread evenly.
    let paid = |n: usize| (n + 1) * 1_586 / 8_000 > n * 1_586 / 8_000;
    import(&app, 8_000, paid).await;

    // What changed before the segment was active is no longer anybody's business.
    app.run_until_idle().await;
    assert_eq!(per_seller(&app).await, []);

    let answer =
        u(&app.admin, "SegmentService/ActivateSegment", json!({"name": "paid", "backfill": true})).await;
    assert_eq!(answer["existingMatches"], json!("1586"));

    let operation = answer["backfillOperation"].as_str().expect("is named");
    let waiting = {
        let (client, request) = (app.admin.clone(), json!({"name": operation}));
        tokio::spawn(async move { u(&client, "google.longrunning.Operations/WaitOperation", request).await })
    };
    app.run_until_idle().await;

    let ended = within_deadline("the wait ends", waiting).await.expect("no panic");
    assert_eq!(ended["done"], json!(true));
    assert_eq!(
        (&ended["response"]["doneCount"], &ended["response"]["enrolledCount"]),
        (&json!("8000"), &json!("1586"))
    );
    assert_eq!(
        (&ended["metadata"]["totalCount"], &ended["metadata"]["target"]),
        (&json!("8000"), &json!("segments/paid"))
    );

    let shares = per_seller(&app).await;
    assert_eq!(shares, [("ana", 529), ("ben", 529), ("cleo", 528)].map(|(id, count)| (id.to_owned(), count)));
    let segment = u(&app.admin, "SegmentService/GetSegment", json!({"name": "paid"})).await;
    assert_eq!(segment["segment"]["memberCount"], json!("1586"));

    let members = json!({"parent": "paid", "page_size": 2});
    let members = u(&app.admin, "SegmentService/ListSegmentMembers", members).await;
    let named: Vec<_> =
        members["segmentMembers"].as_array().into_iter().flatten().map(|one| &one["record"]).collect();
    assert_eq!(named, ["recordTypes/lead/records/l5", "recordTypes/lead/records/l10"]);

    // Again does no harm.
    activate(&app).await;
    app.run_until_idle().await;
    assert_eq!(per_seller(&app).await, shares);
}

#[tokio::test]
async fn a_lead_that_arrives_later_is_enrolled_by_its_own_change() {
    let app = app().await;
    u(&app.admin, "SegmentService/ActivateSegment", json!({"name": "paid"})).await;
    import(&app, 2, |n| n == 0).await;
    app.run_until_idle().await;
    let queue = u(&app.admin, "WorkQueueService/ListActivities", json!({"queue": "sellers/ana"})).await;
    assert_eq!(queue["activities"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn several_servers_share_one_backfill_and_enroll_each_record_once() {
    let app = app().await;
    import(&app, 3_500, |n| n.is_multiple_of(2)).await;
    app.run_until_idle().await;
    let operation = activate(&app).await;
    let other = app.another_server();
    let (one, two) = tokio::join!(app.app.run_until_idle(), other.run_until_idle());
    one.expect("every tick succeeds");
    two.expect("every tick succeeds");
    app.run_until_idle().await;

    let ended = u(&app.admin, "google.longrunning.Operations/GetOperation", json!({"name": operation})).await;
    assert_eq!(
        ended["response"],
        json!({"@type": "type.googleapis.com/upnext.v1.OperationResult", "doneCount": "3500", "enrolledCount": "1750"})
    );

    let shares: Vec<i64> = per_seller(&app).await.into_iter().map(|(_, count)| count).collect();
    assert_eq!(shares, [584, 583, 583]);
}

/// Leads that all belong to a segment without rules, so that its chunks don't depend on each other.
/// Returns its backfill, which hasn't begun.
async fn without_rules(app: &TestApp, leads: usize) -> String {
    import(app, leads, |_| false).await;
    app.run_until_idle().await;
    app.admin.segment("all", "record.origin != \"paid search\"").await;
    app.admin.connect("all", "paid").await;
    let answer =
        u(&app.admin, "SegmentService/ActivateSegment", json!({"name": "all", "backfill": true})).await;
    answer["backfillOperation"].as_str().expect("is named").to_owned()
}

async fn enrolled(app: &TestApp) -> (i64, i64) {
    sqlx::query_as("SELECT count(*), count(DISTINCT record_id) FROM enrollment")
        .fetch_one(&app.database.pool())
        .await
        .expect("is counted")
}

#[tokio::test]
async fn chunks_that_run_side_by_side_enroll_each_record_once_on_several_servers() {
    let app = app().await;
    let operation = without_rules(&app, 5_500).await;
    let other = app.another_server();
    let (one, two) = tokio::join!(app.app.run_until_idle(), other.run_until_idle());
    one.expect("every tick succeeds");
    two.expect("every tick succeeds");
    app.run_until_idle().await;

    let ended = u(&app.admin, "google.longrunning.Operations/GetOperation", json!({"name": operation})).await;
    assert_eq!(
        ended["response"],
        json!({"@type": "type.googleapis.com/upnext.v1.OperationResult", "doneCount": "5500", "enrolledCount": "5500"})
    );
    assert_eq!(enrolled(&app).await, (5_500, 5_500));
}

#[tokio::test]
async fn a_record_that_fails_in_the_chunk_ahead_keeps_no_other_from_being_enrolled() {
    let app = app().await;
    let operation = without_rules(&app, 2_500).await;
    let bad: uuid::Uuid = sqlx::query_scalar("SELECT id FROM record ORDER BY id OFFSET 1700 LIMIT 1")
        .fetch_one(&app.database.pool())
        .await
        .expect("exists");
    let poison = format!("ALTER TABLE membership ADD CONSTRAINT poison CHECK (record_id <> '{bad}')");
    sqlx::raw_sql(sqlx::AssertSqlSafe(poison)).execute(&app.database.pool()).await.expect("is added");
    app.run_until_idle().await;

    let ended = u(&app.admin, "google.longrunning.Operations/GetOperation", json!({"name": operation})).await;
    let counts = ["doneCount", "failedCount", "enrolledCount"].map(|count| ended["response"][count].clone());
    assert_eq!(counts, ["2500", "1", "2499"].map(|count| json!(count)), "{ended}");
    assert_eq!(enrolled(&app).await, (2_499, 2_499));
}

#[tokio::test]
async fn a_canceled_operation_stops_and_can_be_canceled_once_and_none_can_be_deleted() {
    let app = app().await;
    import(&app, 3, |_| true).await;
    app.run_until_idle().await;
    let operation = activate(&app).await;
    u(&app.admin, "google.longrunning.Operations/CancelOperation", json!({"name": operation})).await;
    app.run_until_idle().await;
    assert_eq!(per_seller(&app).await, []);

    let call = |method: &'static str| dynamic::call(&app.admin, method, json!({"name": operation}));
    let shown = call("google.longrunning.Operations/GetOperation").await.expect("exists");
    assert_eq!((&shown["done"], &shown["error"]["code"]), (&json!(true), &json!(1)));

    let again = refused(call("google.longrunning.Operations/CancelOperation").await);
    assert_eq!(again.reason, "OPERATION_DONE");
    let kept = refused(call("google.longrunning.Operations/DeleteOperation").await);
    assert_eq!(kept.code, Code::Unimplemented);

    let listed = u(&app.admin, "google.longrunning.Operations/ListOperations", json!({})).await;
    assert_eq!(listed["operations"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn operations_are_filtered_by_what_they_do_to_what_and_whether_they_are_done() {
    let app = app().await;
    import(&app, 3, |_| true).await;
    u(&app.admin, "SegmentService/ActivateSegment", json!({"name": "paid", "backfill": true})).await;
    u(&app.admin, "SequenceService/DeactivateSequence", json!({"name": "paid"})).await;
    app.run_until_idle().await;
    u(&app.admin, "SequenceService/ActivateSequence", json!({"name": "paid"})).await;

    let listed = async |filter: &str| -> Vec<String> {
        let method = "google.longrunning.Operations/ListOperations";
        let page = u(&app.admin, method, json!({"filter": filter})).await;
        let listed = page["operations"].as_array().into_iter().flatten();
        listed.map(|operation| operation["metadata"]["kind"].as_str().unwrap_or("").to_owned()).collect()
    };
    assert_eq!(listed("").await, ["FEED_SEQUENCE", "BACKFILL_SEGMENT"]);
    assert_eq!(listed("operation.done").await, ["BACKFILL_SEGMENT"]);
    assert_eq!(listed("!operation.done && !has(operation.end_time)").await, ["FEED_SEQUENCE"]);
    assert_eq!(listed("operation.target == \"segments/paid\"").await, ["BACKFILL_SEGMENT"]);
    assert_eq!(listed("operation.kind == \"EXIT_ENROLLMENTS\"").await, [""; 0]);

    let wrong = json!({"filter": "operation.kind == \"BACKFILL\""});
    let wrong = dynamic::call(&app.admin, "google.longrunning.Operations/ListOperations", wrong).await;
    assert_eq!(refused(wrong).fields(), [("filter", "CONDITION_INVALID")]);
}

#[tokio::test]
async fn activating_a_sequence_again_enrolls_members_that_joined_meanwhile() {
    let app = app().await;
    u(&app.admin, "SegmentService/ActivateSegment", json!({"name": "paid"})).await;
    u(&app.admin, "SequenceService/DeactivateSequence", json!({"name": "paid"})).await;
    import(&app, 3, |_| true).await;
    app.run_until_idle().await;
    let open = json!({"filter": "enrollment.sequence == \"paid\""});
    let none = u(&app.admin, "EnrollmentService/ListEnrollments", open.clone()).await;
    assert_eq!(none["enrollments"], Value::Null);
    let answer = u(&app.admin, "SequenceService/ActivateSequence", json!({"name": "paid"})).await;
    assert!(answer["feedOperation"].is_string(), "{answer}");
    app.run_until_idle().await;
    let fed = u(&app.admin, "EnrollmentService/ListEnrollments", open).await;
    assert_eq!(fed["enrollments"].as_array().map(Vec::len), Some(3));
}
