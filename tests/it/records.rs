//! Records through the whole server: upserts, reads, closing and deleting.

use chrono::TimeDelta;
use serde_json::json;
use tonic::Code;
use upnext::api::pb;
use upnext::api::pb::batch_upsert_records_response::result::Result as Answer;
use upnext::api::pb::record::CloseOutcome;
use upnext::api::pb::upsert_record_response::Effect::{self, Created, Outdated, Unchanged, Updated};

use super::support::app::TestApp;
use super::support::crm::{
    Records, attribute, declare_lead_attributes, leads, records, seller, send, upsert,
};
use super::support::refused::{Refused, refused};

const REQUEST_ID: &str = "0190c0de-0000-7000-8000-000000000001";

async fn app() -> (TestApp, Records) {
    let app = TestApp::new().await;
    let mut crm = records(&app.admin);
    declare_lead_attributes(&mut crm).await;
    (app, crm)
}

async fn send_batch(crm: &mut Records, batch: pb::BatchUpsertRecordsRequest) -> Vec<Answer> {
    let answer = crm.batch_upsert_records(batch).await.expect("the batch is accepted").into_inner();
    answer.results.into_iter().map(|one| one.result.expect("each item has a result")).collect()
}

fn effects(answers: &[Answer]) -> Vec<Result<Effect, String>> {
    let effect = |answer: &Answer| match answer {
        Answer::Upserted(done) => Ok(done.effect()),
        Answer::Error(status) => Err(Refused::of_item(Code::from_i32(status.code), status).reason),
    };
    answers.iter().map(effect).collect()
}

fn owned(id: &str, owner: &str) -> pb::RecordUpsert {
    pb::RecordUpsert { owner: Some(owner.to_owned()), ..upsert(id, &json!({})) }
}

async fn get(crm: &mut Records, id: &str) -> Result<pb::Record, tonic::Status> {
    let request = pb::GetRecordRequest { name: format!("recordTypes/lead/records/{id}") };
    Ok(crm.get_record(request).await?.into_inner().record.expect("the answer has the record"))
}

fn close(id: &str) -> pb::CloseRecordRequest {
    pb::CloseRecordRequest {
        name: format!("recordTypes/lead/records/{id}"),
        close_outcome: CloseOutcome::Won.into(),
        ..pb::CloseRecordRequest::default()
    }
}

async fn awaiting_routing(app: &TestApp) -> i64 {
    let count = sqlx::query_scalar("SELECT count(*) FROM record_change");
    count.fetch_one(&app.database.pool()).await.expect("can be counted")
}

#[tokio::test]
async fn a_batch_accepts_valid_records_and_reports_what_is_wrong_with_the_rest() {
    let (app, mut crm) = app().await;
    seller(&app.admin, "ben").await;
    let wrong = pb::RecordUpsert {
        owner: Some("zoe".to_owned()),
        ..upsert("l4", &json!({"orign": "x", "visits": 1.5}))
    };
    let batch = leads(vec![
        upsert("l1", &json!({"origin": "paid search", "revenue": 12000, "email": "kim@example.com"})),
        upsert("no spaces", &json!({})),
        pb::RecordUpsert { owner: Some("sellers/ben".to_owned()), ..upsert("l3", &json!({})) },
        wrong,
    ]);
    let answers = send_batch(&mut crm, batch).await;
    let invalid = |reason: &str| Err(reason.to_owned());
    let expected = [Ok(Created), invalid("FIELD_INVALID"), Ok(Created), invalid("FIELDS_INVALID")];
    assert_eq!(effects(&answers), expected);

    let Answer::Error(status) = &answers[3] else { panic!("refused") };
    let told = Refused::of_item(Code::from_i32(status.code), status);
    let expected = [
        ("records[3].owner", "REFERENCE_NOT_FOUND"),
        ("records[3].attributes.orign", "ATTRIBUTE_UNKNOWN"),
        ("records[3].attributes.visits", "ATTRIBUTE_VALUE_INVALID"),
    ];
    assert_eq!(told.fields(), expected);
    assert_eq!(get(&mut crm, "l3").await.expect("exists").owner, "sellers/ben");
    assert_eq!(refused(get(&mut crm, "l4").await).code, Code::NotFound);
    assert_eq!(awaiting_routing(&app).await, 2);
}

#[tokio::test]
async fn an_upsert_merges_and_equal_content_writes_nothing() {
    let (app, mut crm) = app().await;
    let first =
        send(&mut crm, upsert("l1", &json!({"origin": "social", "visits": "9007199254740993"}))).await;
    assert_eq!(first.effect(), Created);

    app.clock.advance(TimeDelta::seconds(1));
    let same = send(&mut crm, upsert("l1", &json!({"origin": "social"}))).await;
    assert_eq!((same.effect(), &same.record), (Unchanged, &first.record));

    let changed = send(&mut crm, upsert("l1", &json!({"origin": null, "revenue": 1e16}))).await;
    let record = changed.record.clone().expect("the answer has the record");
    assert_eq!(changed.effect(), Updated);
    assert_eq!(attribute(&record, "origin"), json!(null));
    assert_eq!(attribute(&record, "visits"), json!("9007199254740993"));
    assert_eq!(get(&mut crm, "l1").await.expect("exists"), record);

    let again = send(&mut crm, upsert("l1", &json!({"revenue": 1e16}))).await;
    assert_eq!(again.effect(), Unchanged);
    assert_eq!(awaiting_routing(&app).await, 2);
}

#[tokio::test]
async fn a_repeated_id_is_applied_in_order_and_an_older_version_is_ignored() {
    let (_app, mut crm) = app().await;
    let versioned = |version, origin: &str| pb::RecordUpsert {
        source_version: version,
        ..upsert("l1", &json!({"origin": origin}))
    };
    let batch = leads(vec![versioned(3, "a"), versioned(2, "b"), versioned(4, "c"), versioned(4, "c")]);
    let answers = send_batch(&mut crm, batch).await;
    assert_eq!(effects(&answers), [Ok(Created), Ok(Outdated), Ok(Updated), Ok(Unchanged)]);
    let record = get(&mut crm, "l1").await.expect("exists");
    assert_eq!((attribute(&record, "origin"), record.source_version), (json!("c"), 4));
}

#[tokio::test]
async fn an_initial_load_leaves_segments_alone() {
    let (app, mut crm) = app().await;
    let quiet = pb::BatchUpsertRecordsRequest {
        suppress_segmentation: true,
        ..leads(vec![upsert("l1", &json!({}))])
    };
    send_batch(&mut crm, quiet).await;
    assert_eq!(awaiting_routing(&app).await, 0);
}

#[tokio::test]
async fn concurrent_batches_that_create_the_same_records_all_succeed() {
    let (app, _) = app().await;
    let batch = |from: usize| {
        let ids = (0..200).map(move |index| format!("l{}", (from * 50 + index * 7) % 300));
        leads(ids.map(|id| upsert(&id, &json!({"visits": from}))).collect())
    };

    let calls = (0..8).map(|from| {
        let mut crm = records(&app.admin);
        tokio::spawn(async move { effects(&send_batch(&mut crm, batch(from)).await) })
    });
    let mut created = 0;
    for call in calls.collect::<Vec<_>>() {
        let effects = call.await.expect("the call ends");
        assert!(effects.iter().all(Result::is_ok));
        created += effects.iter().filter(|effect| **effect == Ok(Created)).count();
    }

    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM record")
        .fetch_one(&app.database.pool())
        .await
        .expect("can be counted");
    assert_eq!(i64::try_from(created), Ok(count));
}

#[tokio::test]
async fn an_owner_who_is_no_seller_is_refused_or_left_out_as_the_caller_says() {
    let (app, mut crm) = app().await;
    seller(&app.admin, "ben").await;
    let names = ["sellers/ben", "zoe", "sellers/zoe", "Inbound queue", ""];
    let records = names.iter().enumerate().map(|(index, name)| owned(&format!("l{index}"), name));
    let batch = pb::BatchUpsertRecordsRequest { allow_unknown_owner: true, ..leads(records.collect()) };

    let answers = send_batch(&mut crm, batch).await;

    let unknown = answers.iter().map(|answer| match answer {
        Answer::Upserted(done) => done.owner_unknown,
        Answer::Error(status) => panic!("is stored: {}", status.message),
    });
    assert_eq!(unknown.collect::<Vec<_>>(), [false, true, true, true, false]);
    assert_eq!(get(&mut crm, "l0").await.expect("exists").owner, "sellers/ben");
    assert_eq!(get(&mut crm, "l3").await.expect("exists").owner, "");

    let to_a_queue = pb::UpsertRecordRequest {
        record_type: "lead".to_owned(),
        record: Some(owned("l0", "queues/7")),
        ..pb::UpsertRecordRequest::default()
    };
    assert_eq!(refused(crm.upsert_record(to_a_queue.clone()).await).code, Code::InvalidArgument);
    let allowed = pb::UpsertRecordRequest { allow_unknown_owner: true, ..to_a_queue };
    let done = crm.upsert_record(allowed.clone()).await.expect("is stored").into_inner();
    let owner = done.record.expect("the answer has the record").owner;
    assert_eq!((owner.as_str(), done.owner_unknown), ("sellers/ben", true), "the owner stays");
    let again = crm.upsert_record(allowed).await.expect("is stored").into_inner();
    assert_eq!((again.effect, again.owner_unknown), (Effect::Unchanged.into(), true));
}

#[tokio::test]
async fn problems_of_a_single_upsert_are_reported_at_its_record() {
    let (_app, mut crm) = app().await;
    let request = pb::UpsertRecordRequest {
        record_type: "lead".to_owned(),
        record: Some(owned("l1", "zoe")),
        ..pb::UpsertRecordRequest::default()
    };
    let told = refused(crm.upsert_record(request.clone()).await);
    assert_eq!(told.fields(), [("record.owner", "REFERENCE_NOT_FOUND")]);

    // A preview says what an upsert would do, and writes nothing.
    let preview =
        pb::UpsertRecordRequest { record: Some(owned("l1", "")), validate_only: true, ..request.clone() };
    for _ in 0..2 {
        let told = crm.upsert_record(preview.clone()).await.expect("is told").into_inner();
        let record = told.record.expect("the record as it would be");
        assert_eq!(
            (told.effect, record.name.as_str()),
            (Effect::Created.into(), "recordTypes/lead/records/l1")
        );
        assert_eq!(record.etag, "");
    }

    let unknown = pb::UpsertRecordRequest { record_type: "leed".to_owned(), ..request };
    let told = refused(crm.upsert_record(unknown).await);
    assert_eq!((told.code, told.reason.as_str()), (Code::NotFound, "RESOURCE_NOT_FOUND"));

    let many = leads((0..1001).map(|index| upsert(&format!("l{index}"), &json!({}))).collect());
    let told = refused(crm.batch_upsert_records(many).await);
    assert_eq!(told.fields(), [("records", "FIELD_TOO_LONG")]);
}

#[tokio::test]
async fn lists_are_in_creation_order_and_hold_only_matches() {
    let (_app, mut crm) = app().await;
    let all = ["c", "a", "d", "b", "e"].map(|id| upsert(id, &json!({"visits": id.len(), "origin": id})));
    send_batch(&mut crm, leads(all.to_vec())).await;
    crm.close_record(close("d")).await.expect("is open");
    let filter = "record.origin != \"c\" && record.state == \"ACTIVE\" && record.visits == 1".to_owned();
    let mut request = pb::ListRecordsRequest {
        record_type: "lead".to_owned(),
        page_size: 2,
        filter,
        ..pb::ListRecordsRequest::default()
    };

    let page = crm.list_records(request.clone()).await.expect("lists").into_inner();
    let ids = |page: &pb::ListRecordsResponse| -> Vec<String> {
        page.records.iter().map(|record| record.id.clone()).collect()
    };
    assert_eq!(ids(&page), ["a", "b"]);

    request.page_token = page.next_page_token;
    let last = crm.list_records(request.clone()).await.expect("lists").into_inner();
    assert_eq!((ids(&last), last.next_page_token.as_str()), (vec!["e".to_owned()], ""));

    request.filter = "record.orign == \"c\"".to_owned();
    request.page_token.clear();
    assert_eq!(refused(crm.list_records(request).await).reason, "CONDITION_INVALID");
}

#[tokio::test]
async fn a_salesperson_sees_and_closes_only_their_own_records() {
    let (app, mut crm) = app().await;
    seller(&app.admin, "ana").await;
    send_batch(&mut crm, leads(vec![owned("hers", "ana"), upsert("nobodys", &json!({}))])).await;
    let mut ana = records(&app.admin.salesperson("ana").await);
    assert_eq!(get(&mut ana, "hers").await.expect("is hers").owner, "sellers/ana");
    assert_eq!(refused(get(&mut ana, "nobodys").await).reason, "RESOURCE_NOT_FOUND");
    let request = pb::ListRecordsRequest { record_type: "lead".to_owned(), ..Default::default() };
    assert_eq!(ana.list_records(request).await.expect("lists").into_inner().records.len(), 1);
    assert_eq!(refused(ana.close_record(close("nobodys")).await).reason, "RESOURCE_NOT_FOUND");
    ana.close_record(close("hers")).await.expect("is hers");
    let other = refused(get(&mut records(&app.other_organization().await), "hers").await);
    assert_eq!((other.code, other.reason.as_str()), (Code::NotFound, "RESOURCE_NOT_FOUND"));
}

#[tokio::test]
async fn a_record_is_closed_once_and_its_attributes_still_change() {
    let (_app, mut crm) = app().await;
    let first = send(&mut crm, upsert("l1", &json!({}))).await.record.expect("the answer has the record");
    let request = pb::CloseRecordRequest { request_id: REQUEST_ID.to_owned(), ..close("l1") };
    let closed = crm.close_record(request.clone()).await.expect("is open").into_inner();
    assert_eq!(crm.close_record(request).await.expect("is repeated").into_inner(), closed);

    let record = closed.record.expect("the answer has the record");
    assert_eq!((record.state(), record.close_outcome()), (pb::record::State::Closed, CloseOutcome::Won));
    let again = refused(crm.close_record(close("l1")).await);
    assert_eq!((again.code, again.reason.as_str()), (Code::FailedPrecondition, "RECORD_CLOSED"));

    let stale = pb::CloseRecordRequest { etag: first.etag, ..close("l1") };
    assert_eq!(refused(crm.close_record(stale).await).reason, "ETAG_MISMATCH");
    let changed = send(&mut crm, upsert("l1", &json!({"origin": "x"}))).await;
    assert_eq!(changed.effect(), Updated);
    assert_eq!(changed.record.expect("the answer has the record").state(), pb::record::State::Closed);
}

#[tokio::test]
async fn a_deleted_record_is_gone_and_its_id_is_free_for_another() {
    let (app, mut crm) = app().await;
    let first = send(&mut crm, upsert("l1", &json!({"origin": "x"}))).await.record;
    let request = pb::DeleteRecordRequest {
        name: "recordTypes/lead/records/l1".to_owned(),
        request_id: REQUEST_ID.to_owned(),
        ..pb::DeleteRecordRequest::default()
    };
    crm.delete_record(request.clone()).await.expect("exists");
    crm.delete_record(request.clone()).await.expect("is repeated");
    let again = pb::DeleteRecordRequest { request_id: String::new(), ..request };
    assert_eq!(refused(crm.delete_record(again).await).reason, "RESOURCE_NOT_FOUND");

    app.clock.advance(TimeDelta::seconds(1));
    let second = send(&mut crm, upsert("l1", &json!({}))).await;
    assert_eq!(second.effect(), Created);

    let second = second.record.expect("the answer has the record");
    assert_eq!(attribute(&second, "origin"), json!(null));
    assert_ne!(first.expect("the answer has the record").create_time, second.create_time);
}
