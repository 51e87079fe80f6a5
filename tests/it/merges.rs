//! MergeRecords: everything of several records goes on for one.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tonic::Code;
use uuid::Uuid;

use super::support::app::within_deadline;
use super::support::invariants::hold_in;
use super::support::refused::{Refused, refused};
use super::support::stage::{Stage, each, event, list, text};

const L1: &str = "recordTypes/lead/records/l1";
const L3: &str = "recordTypes/lead/records/l3";
const L4: &str = "recordTypes/lead/records/l4";

async fn merge(stage: &Stage, survivor: &str, merged: &[&str]) -> Value {
    let request = json!({"name": survivor, "merged_records": merged});
    stage.done("RecordService/MergeRecords", request).await
}

async fn cannot(stage: &Stage, request: Value) -> Refused {
    refused(stage.call("RecordService/MergeRecords", request).await)
}

async fn record(stage: &Stage, name: &str) -> Value {
    stage.done("RecordService/GetRecord", json!({"name": name})).await["record"].clone()
}

/// The enrollments of a record: sequence, pass, state and reason.
async fn enrollments(stage: &Stage, record: &str) -> Vec<String> {
    let filter = json!({"filter": format!("enrollment.record == {record:?}")});
    let listed = stage.done("EnrollmentService/ListEnrollments", filter).await;
    let told = |one: &Value| {
        let field = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
        format!("{} {} {} {}", field("sequence"), one["passNumber"], field("state"), field("reason"))
    };
    let mut told: Vec<String> = list(&listed, "/enrollments").iter().map(told).collect();
    told.sort();
    told
}

async fn history(stage: &Stage, record: &str) -> Vec<Value> {
    let request = json!({"parent": record, "order_by": "event_time"});
    list(&stage.done("RecordService/ListRecordHistory", request).await, "/events")
}

async fn hold(stage: &Stage) {
    stage.app.run_until_idle().await;
    hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn what_a_deleted_sequence_left_to_an_operation_ends_with_the_merge() {
    let stage = Stage::new().await;
    stage.enroll("l3", "tasks").await;
    // As if the operation were past l1, and not yet at l3.
    let delete =
        "UPDATE sequence SET delete_time = update_time, state = 'INACTIVE' WHERE sequence_id = 'tasks'";
    sqlx::raw_sql(delete).execute(&stage.app.database.pool()).await.expect("is deleted");

    let merged = merge(&stage, L1, &[L3]).await;
    assert_eq!((merged.get("continuedCount"), &merged["exitedCount"]), (None, &json!(1)));
    assert_eq!(enrollments(&stage, L1).await, ["sequences/tasks 1 EXITED SEQUENCE_DELETED"]);
    hold(&stage).await;
}

/// The state of the last operation, how many records failed, and whether one is tried again.
async fn last_operation(stage: &Stage) -> (String, i64, i64) {
    let last =
        "SELECT state, failed, (SELECT count(*) FROM set_aside) FROM operation ORDER BY id DESC LIMIT 1";
    sqlx::query_as(last).fetch_one(&stage.app.database.pool()).await.expect("there is one")
}

/// Makes all operations be past a lead, as if their first chunk ended there.
async fn pass_by(stage: &Stage, lead: &str) {
    let pass =
        "UPDATE operation SET cursor_record_id = (SELECT id FROM record WHERE record_id = $1), done = 1";
    sqlx::query(pass).bind(lead).execute(&stage.app.database.pool()).await.expect("is past it");
}

#[tokio::test]
async fn an_operation_that_is_past_the_survivor_acts_on_the_enrollments_that_come_to_it() {
    let stage = Stage::new().await;
    stage.enroll("l3", "tasks").await;
    let pause = json!({"sequence": "tasks", "action": {"pause": {}}});
    stage.done("EnrollmentService/ActOnEnrollments", pause).await;
    pass_by(&stage, "l2").await;

    merge(&stage, L1, &[L3]).await;
    stage.app.run_until_idle().await;
    assert_eq!(last_operation(&stage).await, ("SUCCEEDED".to_owned(), 1, 1));
    stage.app.advance(TimeDelta::seconds(1)).await;
    assert_eq!(last_operation(&stage).await, ("SUCCEEDED".to_owned(), 0, 0));
    let found = enrollments(&stage, L1).await;
    assert!(found.len() == 1 && found[0].starts_with("sequences/tasks 1 PAUSED"), "{found:?}");
    hold(&stage).await;
}

#[tokio::test]
async fn an_operation_that_is_past_the_survivor_takes_it_from_the_seller_who_gets_it() {
    let stage = Stage::new().await;
    stage.admin.leads(json!([{"id": "l5", "owner": "ana"}])).await;
    stage.done("SellerService/ReassignRecords", json!({"current_owner": "ana", "new_owner": "ben"})).await;
    pass_by(&stage, "l4").await;

    merge(&stage, L4, &["recordTypes/lead/records/l5"]).await;
    assert_eq!(record(&stage, L4).await["owner"], "sellers/ana");
    stage.app.run_until_idle().await;
    stage.app.advance(TimeDelta::seconds(1)).await;
    assert_eq!(record(&stage, L4).await["owner"], "sellers/ben");
    assert_eq!(last_operation(&stage).await, ("SUCCEEDED".to_owned(), 0, 0));
    hold(&stage).await;
}

#[tokio::test]
async fn what_failed_for_a_merged_record_is_tried_again_for_the_survivor() {
    let stage = Stage::new().await;
    stage.enroll("l3", "tasks").await;
    let pause = json!({"sequence": "tasks", "action": {"pause": {}}});
    stage.done("EnrollmentService/ActOnEnrollments", pause).await;
    // As if it had failed for both.
    pass_by(&stage, "l3").await;
    let failed = "INSERT INTO set_aside (organization_id, id, kind, subject_id, reason, create_time, retry_time, retrying, operation_id)
        SELECT organization_id, record.id, 'operation', record.id, 'x', record.create_time, record.create_time, true, operation.id
        FROM record JOIN operation USING (organization_id) WHERE record.record_id IN ('l3', 'l4')";
    let pool = stage.app.database.pool();
    sqlx::raw_sql(failed).execute(&pool).await.expect("failed");
    sqlx::raw_sql("UPDATE operation SET failed = 2").execute(&pool).await.expect("failed");

    merge(&stage, L1, &[L3, L4]).await;
    assert_eq!(last_operation(&stage).await, ("RUNNING".to_owned(), 1, 1));
    stage.app.run_until_idle().await;
    assert_eq!(last_operation(&stage).await, ("SUCCEEDED".to_owned(), 0, 0));
    let found = enrollments(&stage, L1).await;
    assert!(found.iter().any(|one| one.starts_with("sequences/tasks 1 PAUSED")), "{found:?}");
    hold(&stage).await;
}

#[tokio::test]
async fn enrollments_go_on_for_the_survivor_and_end_where_it_is_enrolled_itself() {
    let stage = Stage::new().await;
    let own = stage.enroll("l1", "tasks").await;
    let doubled = stage.enroll("l3", "tasks").await;
    let waits = stage.enroll("l3", "short").await;
    let hello = json!({"name": waits["openActivity"]});
    let waiting = stage.done("WorkQueueService/CompleteActivity", hello).await;
    stage.app.advance(TimeDelta::seconds(3)).await;
    stage
        .sequence("calls", json!([{"step_id": "call", "display_name": "Call them", "phone_call": {}}]))
        .await;
    let acts = stage.enroll("l3", "calls").await;
    let lunch = json!({"activity": {"record": L3, "display_name": "Lunch", "task": {}}});
    stage.done("WorkQueueService/CreateActivity", lunch).await;
    let before = history(&stage, L3).await.len();

    let merged = merge(&stage, L1, &[L3]).await;
    assert_eq!((&merged["continuedCount"], &merged["exitedCount"]), (&json!(3), &json!(1)));
    assert_eq!((text(&merged, "/record/name"), text(&merged, "/record/owner")), (L1, "sellers/ana"));
    let expected = [
        "sequences/calls 1 ACTIVE ",
        "sequences/short 1 ACTIVE ",
        "sequences/tasks 1 EXITED RECORD_MERGED",
        "sequences/tasks 2 ACTIVE ",
    ];
    assert_eq!(enrollments(&stage, L1).await, expected);
    let get = |one: &Value| json!({"name": one["name"]});
    let doubled = stage.done("EnrollmentService/GetEnrollment", get(&doubled)).await;
    assert_eq!(text(&doubled, "/enrollment/record"), L1);
    let own = stage.done("EnrollmentService/GetEnrollment", get(&own)).await;
    assert_eq!((text(&own, "/enrollment/state"), &own["enrollment"]["passNumber"]), ("ACTIVE", &json!(2)));

    // The same activities, in the queue of the survivor's owner.
    let queue = stage.queue("sellers/ana").await;
    let names = each(&queue, "name");
    assert!(names.contains(&text(&acts, "/openActivity")), "{names:?}");
    assert_eq!(queue.len(), 3);
    assert!(queue.iter().all(|one| one["record"] == L1 && one["recordDisplayName"] == "l1"), "{queue:?}");
    assert!(stage.queue("sellers/ben").await.is_empty());
    // The same wait.
    let wait = stage.done("EnrollmentService/GetEnrollment", get(&waits)).await;
    assert_eq!(wait["enrollment"]["waitingUntil"], waiting["waitingUntil"]);
    stage.app.advance(TimeDelta::seconds(7)).await;
    assert_eq!(stage.queue("sellers/ana").await.len(), 4, "the wait ended when it would have");

    let told = history(&stage, L1).await;
    assert!(told.len() > before, "the history of both");
    let told: Vec<_> = told.iter().map(event).filter(|(kind, _)| *kind == "recordMerged").collect();
    assert_eq!(told, [("recordMerged", &json!({"record": L3, "survivor": L1}))]);
    let request = json!({"parent": waits["name"]});
    let timeline = stage.done("EnrollmentService/ListEnrollmentEvents", request).await;
    assert!(list(&timeline, "/events").iter().any(|one| event(one).0 == "enrollmentMoved"), "{timeline}");
    hold(&stage).await;
}

#[tokio::test]
async fn the_name_of_a_merged_record_leads_to_the_survivor() {
    let stage = Stage::new().await;
    let enrolled = stage.enroll("l1", "tasks").await;
    merge(&stage, L3, &[L4]).await;
    merge(&stage, L1, &[L3]).await;

    for name in [L3, L4] {
        assert_eq!(text(&record(&stage, name).await, "/name"), L1);
    }
    let history = history(&stage, L4).await;
    let told: Vec<_> = history.iter().map(event).filter(|(kind, _)| *kind == "recordMerged").collect();
    assert_eq!(told[0].1, &json!({"record": L4, "survivor": L3}), "as it was then");
    let both = json!([{"id": "l4", "attributes": {"name": "Kim"}}, {"id": "l1", "owner": "ben"}]);
    let results = stage.admin.leads(both).await;
    let results: Vec<Value> = list(&results, "").iter().map(|one| one["upserted"].clone()).collect();
    assert_eq!(each(&results, "name"), [L1, L1], "{results:?}");
    let survivor = record(&stage, L1).await;
    assert_eq!((&survivor["attributes"]["name"], text(&survivor, "/owner")), (&json!("Kim"), "sellers/ben"));
    let preview = json!({"record_type": "lead", "records": [{"id": "l3", "attributes": {"name": "Kim"}}],
        "validate_only": true});
    let preview = stage.done("RecordService/BatchUpsertRecords", preview).await;
    assert_eq!(text(&preview, "/results/0/upserted/effect"), "UNCHANGED");

    let reply = json!({"events": [{"event_id": "1", "record": L4, "replied": {}}]});
    let told = stage.done("RecordService/IngestEngagementEvents", reply).await;
    assert_eq!(told["results"][0]["ingested"]["exitedCount"], 1);
    let get = json!({"name": enrolled["name"]});
    let ended = stage.done("EnrollmentService/GetEnrollment", get).await;
    assert_eq!(text(&ended, "/enrollment/reason"), "REPLIED");

    // What would end the survivor needs its own name.
    for method in ["DeleteRecord", "EraseRecord", "ReopenRecord"] {
        let called = stage.call(&format!("RecordService/{method}"), json!({"name": L4})).await;
        let error = refused(called);
        assert_eq!((error.code, error.reason.as_str()), (Code::FailedPrecondition, "RECORD_MERGED"));
        assert_eq!(error.metadata["survivor"], L1);
    }
    stage.done("RecordService/DeleteRecord", json!({"name": L1})).await;
    let gone = refused(stage.call("RecordService/GetRecord", json!({"name": L4})).await);
    assert_eq!(gone.reason, "RESOURCE_NOT_FOUND");
    let again = stage.admin.leads(json!([{"id": "l4"}])).await;
    assert_eq!(text(&again, "/0/upserted/effect"), "CREATED");
    hold(&stage).await;
}

#[tokio::test]
async fn the_survivor_takes_what_it_lacks_and_what_protects_the_person() {
    let stage = Stage::new().await;
    let types = json!({"score": {"type": "INT"}, "note": {"type": "STRING"}});
    stage.admin.declare(types).await;
    let leads = json!([
        {"id": "a", "attributes": {"score": 1, "do_not_phone": false}},
        {"id": "b", "owner": "ben", "attributes": {"score": 2, "note": "B", "do_not_phone": true}},
        {"id": "c", "owner": "ana", "attributes": {"score": 3, "note": "C", "name": "Cem"}, "source_version": 7}]);
    stage.admin.leads(leads).await;
    let name = |id: &str| format!("recordTypes/lead/records/{id}");
    let events = json!({"events": [{"event_id": "1", "record": name("c"), "unsubscribed": {}}]});
    stage.done("RecordService/IngestEngagementEvents", events).await;

    let survivor = merge(&stage, &name("a"), &[&name("b"), &name("c")]).await["record"].clone();
    let expected = json!({"score": 1.0, "note": "B", "name": "Cem", "do_not_phone": true});
    assert_eq!((&survivor["attributes"], text(&survivor, "/owner")), (&expected, "sellers/ben"));
    assert!(survivor.get("unsubscribeTime").is_some(), "{survivor}");
    let late = json!([{"id": "b", "attributes": {"score": 9}, "source_version": 6}]);
    assert_eq!(text(&stage.admin.leads(late).await, "/0/upserted/effect"), "OUTDATED");
    hold(&stage).await;
}

#[tokio::test]
async fn passes_and_statistics_are_those_of_one_record() {
    let stage = Stage::new().await;
    let exit = async |lead: &str| {
        let enrolled = stage.enroll(lead, "tasks").await;
        stage.done("EnrollmentService/ExitEnrollment", json!({"name": enrolled["name"]})).await;
        stage.app.advance(TimeDelta::seconds(1)).await;
    };
    exit("l3").await;
    exit("l1").await;
    exit("l3").await;
    for (method, more) in [("CloseRecord", json!({"close_outcome": "WON"})), ("ReopenRecord", json!({}))] {
        for name in [L1, L3] {
            let mut request = more.clone();
            request["name"] = json!(name);
            stage.done(&format!("RecordService/{method}"), request).await;
        }
    }
    stage.enroll("l3", "tasks").await;
    stage.enroll("l3", "short").await;
    merge(&stage, L1, &[L3]).await;
    let expected = [
        "sequences/short 1 ACTIVE ",
        "sequences/tasks 1 EXITED MANUAL",
        "sequences/tasks 2 EXITED MANUAL",
        "sequences/tasks 3 EXITED MANUAL",
        "sequences/tasks 4 ACTIVE ",
    ];
    assert_eq!(enrollments(&stage, L1).await, expected);

    // A closing counts for the sequences of all.
    let close = json!({"name": L1, "close_outcome": "LOST"});
    stage.done("RecordService/CloseRecord", close).await;
    let stats = async || {
        let stats = ["tasks", "short"].map(|name| json!({"name": name}));
        let [tasks, short] = stats.map(|request| stage.done("SequenceService/GetSequenceStats", request));
        [tasks.await, short.await]
    };
    let before = stats().await;
    stage.app.app.engine.recount_tallies().await.expect("counts");
    assert_eq!(stats().await, before);
    hold(&stage).await;
}

#[tokio::test]
async fn a_merged_record_leaves_its_segment_and_the_survivor_is_evaluated_once() {
    let stage = Stage::new().await;
    stage.admin.declare(json!({"score": {"type": "INT"}})).await;
    stage.admin.segment("high", "record.score > 5").await;
    stage.admin.connect("high", "tasks").await;
    stage.admin.activate_segment("high").await;
    stage.admin.leads(json!([{"id": "l3", "attributes": {"score": 9}}])).await;
    stage.app.run_until_idle().await;
    assert_eq!(text(&record(&stage, L3).await, "/segment"), "segments/high");

    merge(&stage, L1, &[L3]).await;
    stage.app.run_until_idle().await;
    assert_eq!(text(&record(&stage, L1).await, "/segment"), "segments/high", "it has the score now");
    assert_eq!(enrollments(&stage, L1).await, ["sequences/tasks 1 ACTIVE "]);
    let told = history(&stage, L1).await;
    let runs: Vec<_> = told.iter().map(event).filter(|(kind, _)| *kind == "recordRouted").collect();
    let reasons: Vec<&str> = runs.iter().map(|(_, run)| text(run, "/sequenceReason")).collect();
    assert_eq!(reasons, ["ENROLLED", "SEQUENCE_UNCHANGED"], "one of each");
    hold(&stage).await;
}

#[tokio::test]
async fn an_upsert_that_waits_for_a_merge_reaches_the_survivor() {
    let stage = Stage::new().await;
    let pool = stage.app.database.pool();
    let mut other = pool.begin().await.expect("begins");
    let hold_it = "SELECT FROM record WHERE record_id = 'l3' FOR UPDATE";
    sqlx::query(hold_it).execute(&mut *other).await.expect("is locked");

    let (first, second) = (stage.admin.clone(), stage.admin.clone());
    let request = json!({"name": L1, "merged_records": [L3]});
    let merging = tokio::spawn(async move { first.done("RecordService/MergeRecords", request).await });
    stage.app.database.until_waiting(1).await;
    let lead = json!([{"id": "l3", "attributes": {"name": "Kim"}}]);
    let late = tokio::spawn(async move { second.leads(lead).await });
    stage.app.database.until_waiting(2).await;
    other.rollback().await.expect("lets them go on");

    within_deadline("the merge", merging).await.expect("no panic");
    let results = within_deadline("the upsert", late).await.expect("no panic");
    assert_eq!(text(&results, "/0/upserted/name"), L1);
    assert_eq!(record(&stage, L1).await["attributes"]["name"], "Kim");
    hold(&stage).await;
}

#[tokio::test]
async fn an_erased_survivor_takes_the_merged_records_with_it() {
    let stage = Stage::new().await;
    stage.admin.leads(json!([{"id": "Zebulon", "attributes": {"name": "Zebulon"}}])).await;
    merge(&stage, L1, &["recordTypes/lead/records/Zebulon"]).await;
    let kept = "SELECT count(*) FROM tombstone WHERE merged_id = 'Zebulon'";
    let pool = stage.app.database.pool();
    let count: i64 = sqlx::query_scalar(kept).fetch_one(&pool).await.expect("reads");
    assert_eq!(count, 1);

    stage.done("RecordService/EraseRecord", json!({"name": L1})).await;
    let count: i64 = sqlx::query_scalar(kept).fetch_one(&pool).await.expect("reads");
    assert_eq!(count, 0, "its name may say who the person is");
    let again = stage.admin.leads(json!([{"id": "Zebulon"}])).await;
    assert_eq!(again[0]["error"]["details"][0]["reason"], "RECORD_ERASED", "{again}");
    stage.app.clock.advance(TimeDelta::days(31));
    hold(&stage).await;
}

#[tokio::test]
async fn a_repeated_merge_gets_its_answer_and_others_are_refused() {
    let stage = Stage::new().await;
    stage.enroll("l3", "tasks").await;
    let etag = record(&stage, L1).await["etag"].clone();
    let request = json!({"name": L1, "merged_records": [L3], "request_id": Uuid::from_u128(1 << 64 | 7),
        "etag": etag});
    let first = stage.done("RecordService/MergeRecords", request.clone()).await;
    assert_eq!(stage.done("RecordService/MergeRecords", request.clone()).await, first);

    let reason = async |request: Value| cannot(&stage, request).await.reason;
    assert_eq!(reason(json!({"name": L1, "merged_records": [L3]})).await, "RECORD_MERGED");
    assert_eq!(reason(json!({"name": L1, "merged_records": [L4], "etag": etag})).await, "ETAG_MISMATCH");
    let nobody = "recordTypes/lead/records/nobody";
    assert_eq!(reason(json!({"name": L1, "merged_records": [L4, nobody]})).await, "RESOURCE_NOT_FOUND");
    let contact = "recordTypes/contact/records/c";
    assert_eq!(reason(json!({"name": L1, "merged_records": [contact]})).await, "RECORD_TYPE_MISMATCH");
    let twice = cannot(&stage, json!({"name": L1, "merged_records": [L4, L4, L1]})).await;
    let fields: Vec<&str> = twice.violations.iter().map(|(field, ..)| field.as_str()).collect();
    assert_eq!(fields, ["merged_records[1]", "merged_records[2]"]);

    let close = json!({"name": L1, "close_outcome": "WON"});
    stage.done("RecordService/CloseRecord", close).await;
    assert_eq!(reason(json!({"name": L1, "merged_records": [L4]})).await, "RECORD_CLOSED");
    // A closed one can be merged: it has its history.
    merge(&stage, L4, &[L1]).await;
    hold(&stage).await;
}
