//! The default message limit of clients, 4 MiB, is enough for all legal data: the largest texts
//! that an organization's limits allow, in every list, batch and stream.

use futures::future::join_all;
use serde_json::{Value, json};

use super::support::app::{TestApp, within_deadline};
use super::support::dynamic::call;
use upnext::api::pb;
use upnext::api::pb::watch_work_queue_response::Event;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;

/// Three bytes in UTF-8, one character.
const WIDE: &str = "漢";

fn wide(characters: usize) -> String {
    WIDE.repeat(characters)
}

/// An organization whose limits are as wide as they go, with one seller.
async fn widest() -> TestApp {
    let app = TestApp::new().await;
    let limits = json!({"steps_per_definition": 1000, "display_name_characters": 500,
        "description_characters": 10_000, "active_sequences": 10_000});
    let update = json!({"organization": {"settings": {"limits": limits}}});
    app.admin.done("OrganizationService/UpdateOrganization", update).await;
    let seller = json!({"seller_id": "ana", "seller": {"display_name": "Ana"}});
    app.admin.done("SellerService/CreateSeller", seller).await;
    app
}

/// A sequence of one call with the longest texts, and `count` of Ana's records in it.
async fn calls_for_ana(app: &TestApp, count: usize) {
    let call = json!({"display_name": wide(500), "description": wide(10_000),
        "phone_call": {"script": wide(10_000)}});
    let sequence = json!({"display_name": wide(500), "description": wide(10_000), "steps": [call]});
    app.admin.done("SequenceService/CreateSequence", json!({"sequence_id": "s", "sequence": sequence})).await;
    app.admin.done("SequenceService/ActivateSequence", json!({"name": "s"})).await;
    let records: Vec<_> = (0..count).map(|n| json!({"id": format!("r{n:03}"), "owner": "ana"})).collect();
    app.admin
        .done("RecordService/BatchUpsertRecords", json!({"record_type": "lead", "records": records}))
        .await;
    let enroll = |n| json!({"record": format!("recordTypes/lead/records/r{n:03}"), "sequence": "s"});
    let requests: Vec<_> = (0..count).map(enroll).collect();
    app.admin.done("EnrollmentService/BatchEnrollRecords", json!({"requests": requests})).await;
}

/// Reads a list to its end; answers the names on each page.
async fn pages(app: &TestApp, name: &str, list: &str, mut request: Value) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    loop {
        let answer = app.admin.done(name, request.clone()).await;
        let items = answer[list].as_array().cloned().unwrap_or_default();
        let name = |item: &Value| item["name"].as_str().unwrap_or_default().to_owned();
        pages.push(items.iter().map(name).collect());
        match answer["nextPageToken"].as_str() {
            Some(token) => request["page_token"] = json!(token),
            None => return pages,
        }
    }
}

fn all_once(pages: &[Vec<String>], count: usize) {
    let mut names: Vec<&String> = pages.iter().flatten().collect();
    assert_eq!(names.len(), count, "everything is listed");
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "nothing is done twice");
    assert!(pages.len() > 1, "it takes several messages");
}

#[tokio::test]
async fn a_queue_of_the_longest_texts_is_listed_watched_and_completed_by_a_default_client() {
    let app = widest().await;
    calls_for_ana(&app, 300).await;

    let list = json!({"queue": "sellers/ana", "page_size": 500});
    all_once(&pages(&app, "WorkQueueService/ListActivities", "activities", list).await, 300);
    let page = app.admin.done("WorkQueueService/ListActivities", json!({"queue": "sellers/ana"})).await;
    let activity = &page["activities"][0];
    assert_eq!(activity["phoneCall"], json!({}), "a list has no scripts");
    let get = json!({"name": activity["name"], "view": "FULL"});
    let full = app.admin.done("WorkQueueService/GetActivity", get).await;
    assert_eq!(full["activity"]["phoneCall"]["script"], wide(10_000));

    let mut client = WorkQueueServiceClient::new(app.admin.calls());
    let watch =
        pb::WatchWorkQueueRequest { queue: "sellers/ana".to_owned(), window_size: 500, ..Default::default() };
    let mut stream = client.watch_work_queue(watch).await.expect("opens").into_inner();
    let mut window = Vec::new();
    let mut parts = 0;
    loop {
        let message = within_deadline("a part comes", stream.message()).await.expect("is read");
        let message = message.expect("the stream continues");
        let Some(Event::Snapshot(snapshot)) = message.event else { panic!("{message:?}") };
        parts += 1;
        window.extend(snapshot.activities);
        assert_eq!(message.resume_token.is_empty(), snapshot.partial, "a token names a whole state");
        if !snapshot.partial {
            break;
        }
    }
    assert_eq!(window.len(), 300, "the whole window came in {parts} parts");
    assert!(parts > 1);
    assert!(window.is_sorted_by_key(|activity| activity.order_key.clone()));

    let complete = |activity: &pb::Activity| json!({"name": activity.name, "outcome": "made"});
    let requests: Vec<_> = window.iter().map(complete).collect();
    let answer =
        app.admin.done("WorkQueueService/BatchCompleteActivities", json!({"requests": requests})).await;
    let results = answer["results"].as_array().expect("has results");
    assert_eq!(results.len(), 300);
    for (result, activity) in results.iter().zip(&window) {
        let completed = &result["completed"];
        assert_eq!(completed["name"], activity.name);
        assert!(completed["etag"].is_string());
        assert_eq!(completed["progress"]["enrollment"], activity.enrollment);
        assert_eq!(completed["progress"]["state"], "COMPLETED");
    }
    assert_eq!(answer.get("queueHeads"), None, "nothing is due any more");

    let up_next = json!({"record": "recordTypes/lead/records/r000"});
    let up_next = app.admin.done("WorkQueueService/GetUpNext", up_next).await;
    assert_eq!(up_next["completed"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn definitions_of_the_largest_size_are_listed_and_read_by_a_default_client() {
    let app = widest().await;
    let step = json!({"description": wide(1_000), "task": {}});
    let steps: Vec<_> = (0..600).map(|_| step.clone()).collect();
    for number in 0..6 {
        let sequence = json!({"display_name": "S", "description": wide(10_000), "steps": steps});
        let create = json!({"sequence_id": format!("s{number}"), "sequence": sequence});
        app.admin.done("SequenceService/CreateSequence", create).await;
    }
    all_once(&pages(&app, "SequenceService/ListSequences", "sequences", json!({})).await, 6);
    let listed = app.admin.done("SequenceService/ListSequences", json!({})).await;
    assert_eq!(listed["sequences"][0].get("steps"), None, "a list has no steps");
    let got = app.admin.done("SequenceService/GetSequence", json!({"name": "s0"})).await;
    assert_eq!(got["sequence"]["steps"].as_array().map(Vec::len), Some(600));
    let basic = app.admin.done("SequenceService/GetSequence", json!({"name": "s0", "view": "BASIC"})).await;
    assert_eq!(basic["sequence"].get("steps"), None);

    app.admin.done("SequenceService/ActivateSequence", json!({"name": "s0"})).await;
    let revisions = json!({"parent": "s0"});
    let revisions = app.admin.done("SequenceService/ListSequenceRevisions", revisions).await;
    assert_eq!(revisions["sequenceRevisions"][0].get("steps"), None);
    let revision = json!({"name": "sequences/s0/revisions/1"});
    let revision = app.admin.done("SequenceService/GetSequenceRevision", revision).await;
    assert_eq!(revision["sequenceRevision"]["steps"].as_array().map(Vec::len), Some(600));

    let too_large =
        json!({"sequence": {"name": "s0", "steps": (0..800).map(|_| step.clone()).collect::<Vec<_>>()}});
    let refused = call(&app.admin, "upnext.v1.SequenceService/UpdateSequence", too_large).await;
    let refused = super::support::refused::refused(refused);
    assert_eq!(refused.fields(), [("sequence.steps", "FIELD_TOO_LONG")]);
}

#[tokio::test]
async fn templates_with_the_longest_bodies_are_listed_by_a_default_client() {
    let app = widest().await;
    for number in 0..20 {
        let email = json!({"subject": wide(1_000), "body": wide(100_000)});
        let template = json!({"display_name": "T", "email": email});
        let create = json!({"template_id": format!("t{number}"), "template": template});
        app.admin.done("TemplateService/CreateTemplate", create).await;
    }
    let list = json!({"page_size": 1000});
    all_once(&pages(&app, "TemplateService/ListTemplates", "templates", list.clone()).await, 20);
    let listed = app.admin.done("TemplateService/ListTemplates", list).await;
    assert_eq!(listed["templates"][0]["email"], json!({"subject": wide(1_000)}), "a list has no bodies");
    let got = app.admin.done("TemplateService/GetTemplate", json!({"name": "t0"})).await;
    assert_eq!(got["template"]["email"]["body"], wide(100_000));
}

#[tokio::test]
async fn records_of_the_largest_size_are_upserted_and_listed_by_a_default_client() {
    let app = widest().await;
    let names: Vec<String> = (0..40).map(|number| format!("a{number}")).collect();
    let declared: serde_json::Map<_, _> =
        names.iter().map(|name| (name.clone(), json!({"type": "STRING"}))).collect();
    let declare = json!({"record_type": "lead", "attributes": declared});
    app.admin.done("RecordService/DeclareAttributes", declare).await;
    let part = |id: &str, range: std::ops::Range<usize>| {
        let attributes: serde_json::Map<_, _> =
            names[range].iter().map(|name| (name.clone(), json!("x".repeat(32_000)))).collect();
        json!({"record_type": "lead", "records": [{"id": id, "attributes": attributes}]})
    };
    for number in 0..6 {
        let id = format!("r{number}");
        for start in [0, 8, 16, 24] {
            let answer =
                app.admin.done("RecordService/BatchUpsertRecords", part(&id, start..start + 8)).await;
            let upserted = &answer["results"][0]["upserted"];
            assert_eq!(upserted["name"], format!("recordTypes/lead/records/{id}"), "{answer}");
            assert!(upserted["etag"].is_string() && upserted["effect"].is_string());
        }
    }
    let answer = app.admin.done("RecordService/BatchUpsertRecords", part("r0", 32..40)).await;
    let error = answer["results"][0]["error"].to_string();
    assert!(error.contains("at most 1048576 bytes"), "{error}");

    let list = json!({"record_type": "lead", "page_size": 1000});
    all_once(&pages(&app, "RecordService/ListRecords", "records", list).await, 6);
    let got = app.admin.done("RecordService/GetRecord", json!({"name": "recordTypes/lead/records/r0"})).await;
    assert_eq!(got["record"]["attributes"].as_object().map(serde_json::Map::len), Some(32));
}

#[tokio::test]
async fn a_batch_whose_items_are_all_wrong_at_length_is_answered_within_one_message() {
    let app = widest().await;
    let attributes: serde_json::Map<_, _> =
        (0..20).map(|number| (format!("{}{number}", "x".repeat(60)), json!(1))).collect();
    let record = |n| json!({"id": format!("r{n}"), "owner": "nobody", "attributes": attributes});
    let records: Vec<_> = (0..1_000).map(record).collect();
    let batch = json!({"record_type": "lead", "records": records});
    let answer = app.admin.done("RecordService/BatchUpsertRecords", batch).await;
    let results = answer["results"].as_array().expect("has results");
    assert_eq!(results.len(), 1_000);
    assert!(results.iter().all(|result| result.get("error").is_some()));
}

#[tokio::test]
async fn a_thousand_enrollments_with_the_longest_names_are_answered_and_listed_by_a_default_client() {
    let app = widest().await;
    let long = |start: &str| format!("{start}{}", "x".repeat(128 - start.len()));
    let step = json!({"step_id": long("step"), "display_name": wide(500), "task": {}});
    let sequence = json!({"display_name": "S", "steps": [step]});
    let create = json!({"sequence_id": long("s"), "sequence": sequence});
    app.admin.done("SequenceService/CreateSequence", create).await;
    app.admin.done("SequenceService/ActivateSequence", json!({"name": long("s")})).await;
    let id = |number: usize| long(&format!("r{number:03}-"));
    let records: Vec<_> = (0..1_000).map(|number| json!({"id": id(number), "owner": "ana"})).collect();
    app.admin
        .done("RecordService/BatchUpsertRecords", json!({"record_type": "lead", "records": records}))
        .await;

    let enroll =
        |number| json!({"record": format!("recordTypes/lead/records/{}", id(number)), "sequence": long("s")});
    let requests: Vec<_> = (0..1_000).map(enroll).collect();
    let answer = app.admin.done("EnrollmentService/BatchEnrollRecords", json!({"requests": requests})).await;
    let results = answer["results"].as_array().expect("has results");
    assert!(results.iter().all(|result| result["enrolled"]["enrollment"]["name"].is_string()));
    assert_eq!(results.len(), 1_000);

    let pages = pages(&app, "EnrollmentService/ListEnrollments", "enrollments", json!({"page_size": 1000}));
    assert_eq!(pages.await.iter().map(Vec::len).sum::<usize>(), 1_000);
}

#[tokio::test]
async fn large_requests_that_wait_for_room_let_the_others_on_their_connection_arrive() {
    let app = TestApp::new().await;
    app.admin.declare(json!({"note": {"type": "STRING"}})).await;

    // Each is charged as much as one connection may have in flight, so they take turns.
    let batch = |call: usize| {
        let record = |number: usize| json!({"id": format!("l{call}-{number}"), "attributes": {"note": "x".repeat(3_000)}});
        let records: Vec<Value> = (0..1_000).map(record).collect();
        app.admin.call("RecordService/BatchUpsertRecords", json!({"record_type": "lead", "records": records}))
    };
    let answers = within_deadline("all are answered", join_all((0..5).map(batch))).await;

    for answer in answers {
        let answer = answer.expect("is accepted");
        assert_eq!(answer["results"].as_array().map_or(0, Vec::len), 1_000);
    }
}
