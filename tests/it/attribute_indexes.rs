//! Indexed attributes: an operation fills an index, every write keeps it, and who asks by it reads
//! what it finds.

mod cost;

use serde_json::{Value, json};

use super::support::app::TestApp;
use super::support::dynamic::call;
use super::support::invariants;
use super::support::refused::refused;
use super::support::stage::{each, list, text};

/// A server with these leads, whose `origin` is declared, and nothing left to do.
async fn floor(leads: impl IntoIterator<Item = Value>) -> TestApp {
    let app = TestApp::new().await;
    let tags = json!({"type": "STRING_LIST"});
    app.admin.declare(json!({"origin": {"type": "STRING"}, "score": {"type": "INT"}, "tags": tags})).await;
    let leads: Vec<Value> = leads.into_iter().collect();
    for leads in leads.chunks(1_000) {
        app.admin.leads(json!(leads)).await;
    }
    app.run_until_idle().await;
    app
}

fn lead(id: &str, origin: &str) -> Value {
    json!({"id": id, "attributes": {"origin": origin, "score": 7}})
}

async fn mark(app: &TestApp, attribute: &str, indexed: bool) -> Value {
    let update = json!({"record_type": "lead", "attribute": attribute, "indexed": indexed});
    let updated = app.admin.done("RecordService/UpdateAttribute", update).await;
    updated["recordType"]["attributes"][attribute].clone()
}

async fn shown(app: &TestApp, attribute: &str) -> Value {
    let lead = app.admin.done("RecordService/GetRecordType", json!({"name": "lead"})).await;
    lead["recordType"]["attributes"][attribute].clone()
}

/// The ids of the leads that a filter finds.
async fn found(app: &TestApp, filter: &str) -> Vec<String> {
    let asked = json!({"record_type": "lead", "filter": filter});
    let listed = app.admin.done("RecordService/ListRecords", asked).await;
    each(&list(&listed, "/records"), "id").into_iter().map(str::to_owned).collect()
}

/// What indexes have, by attribute, value and number of records, once the loops rest and all rules
/// hold.
async fn entries(app: &TestApp) -> Vec<(String, String, i64)> {
    app.run_until_idle().await;
    invariants::hold_in(app.app.engine.store(), app.now()).await;
    let query = "SELECT attribute, value, count(*) FROM record_value GROUP BY attribute, value ORDER BY 1, 2";
    sqlx::query_as(query).fetch_all(&app.database.pool()).await.expect("counts")
}

fn entry(attribute: &str, value: &str, count: i64) -> (String, String, i64) {
    (attribute.to_owned(), value.to_owned(), count)
}

const NONE: [(String, String, i64); 0] = [];

#[tokio::test]
async fn an_operation_fills_the_index_of_what_is_marked_and_empties_it_again() {
    let leads = (0..1_500).map(|number| lead(&format!("l{number}"), ["web", "fair"][number % 2]));
    let app = floor(leads.chain([json!({"id": "bare"})])).await;
    let close = json!({"name": "recordTypes/lead/records/l3", "close_outcome": "WON"});
    app.admin.done("RecordService/CloseRecord", close).await;

    let marked = mark(&app, "origin", true).await;
    assert_eq!((&marked["indexed"], &marked["indexState"]), (&json!(true), &json!("BUILDING")));
    let operation = text(&marked, "/indexOperation").to_owned();
    assert_eq!(mark(&app, "origin", true).await, marked, "the same again changes nothing");
    // Whoever comes meanwhile is found by the index, too.
    app.admin.leads(json!([lead("new", "web"), lead("l0", "fair")])).await;
    assert_eq!(
        found(&app, "record.origin == \"web\" && record.id in [\"new\", \"l2\"]").await,
        ["l2", "new"]
    );
    let cancel = json!({"name": operation});
    let cancel = call(&app.admin, "google.longrunning.Operations/CancelOperation", cancel).await;
    assert_eq!(refused(cancel).reason, "OPERATION_NOT_CANCELABLE");

    assert_eq!(entries(&app).await, [entry("origin", "fair", 751), entry("origin", "web", 750)]);
    let ready = shown(&app, "origin").await;
    assert_eq!((&ready["indexState"], ready.get("indexOperation")), (&json!("READY"), None));
    assert_eq!(
        found(&app, "record.origin == \"web\" && record.id in [\"new\", \"l2\"]").await,
        ["l2", "new"]
    );
    assert_eq!(found(&app, "record.origin == \"fair\" && record.state == \"CLOSED\"").await, ["l3"]);

    let unmarked = mark(&app, "origin", false).await;
    assert_eq!(unmarked, json!({"type": "STRING"}));
    // Marked again before the rest of the first index is gone.
    mark(&app, "origin", true).await;
    app.admin.leads(json!([{"id": "l1", "attributes": {"origin": null}}])).await;
    assert_eq!(entries(&app).await, [entry("origin", "fair", 750), entry("origin", "web", 750)]);
    mark(&app, "origin", false).await;
    assert_eq!(entries(&app).await, NONE);
}

#[tokio::test]
async fn every_change_of_a_record_keeps_the_index() {
    let app = floor([lead("l1", "web"), lead("l2", "web"), lead("l3", "fair"), json!({"id": "l4"})]).await;
    let declared =
        json!({"origin": {"type": "STRING", "indexed": true}, "vip": {"type": "BOOL", "indexed": true}});
    app.admin.declare(declared).await;
    assert_eq!(entries(&app).await, [entry("origin", "fair", 1), entry("origin", "web", 2)]);
    let kept = mark(&app, "origin", true).await;
    let described = json!({"record_type": "lead", "attribute": "origin", "description": "Whence"});
    let described = app.admin.done("RecordService/UpdateAttribute", described).await;
    assert_eq!(described["recordType"]["attributes"]["origin"]["indexState"], kept["indexState"]);

    app.admin.leads(json!([{"id": "l1", "attributes": {"origin": "mail", "vip": true}}])).await;
    app.admin.leads(json!([{"id": "l2", "attributes": {"origin": null}}, lead("l5", "web")])).await;
    let now = [
        entry("origin", "fair", 1),
        entry("origin", "mail", 1),
        entry("origin", "web", 1),
        entry("vip", "true", 1),
    ];
    assert_eq!(entries(&app).await, now);

    // What a merged record held, the survivor has.
    let name = |id: &str| format!("recordTypes/lead/records/{id}");
    let merge = json!({"name": name("l4"), "merged_records": [name("l1")]});
    app.admin.done("RecordService/MergeRecords", merge).await;
    assert_eq!(entries(&app).await, now);
    assert_eq!(found(&app, "record.vip && record.origin == \"mail\"").await, ["l4"]);
    app.admin.done("RecordService/DeleteRecord", json!({"name": name("l3")})).await;
    app.admin.done("RecordService/EraseRecord", json!({"name": name("l5")})).await;
    assert_eq!(entries(&app).await, [entry("origin", "mail", 1), entry("vip", "true", 1)]);
    let delete = json!({"record_type": "lead", "attribute": "origin"});
    app.admin.done("RecordService/DeleteAttribute", delete).await;
    assert_eq!(entries(&app).await, [entry("vip", "true", 1)]);
}

#[tokio::test]
async fn a_step_that_writes_the_record_keeps_the_index() {
    let app = floor([lead("l1", "web")]).await;
    mark(&app, "score", true).await;
    let value = json!({"attribute": "score", "value": 9});
    app.admin
        .sequence(
            "sets",
            json!([{"step_id": "set", "update_attribute": value}, {"step_id": "do", "task": {}}]),
        )
        .await;
    app.admin.enroll("l1", "sets").await;
    let entries = entries(&app).await;
    assert_eq!(entries.len(), 1);
    assert_eq!(found(&app, "record.score >= 8 && record.score < 10").await, ["l1"]);
    assert_eq!(found(&app, "record.score == 7").await, [""; 0]);
}

#[tokio::test]
async fn a_list_and_a_twenty_first_index_are_refused() {
    let app = floor([]).await;
    let list = json!({"record_type": "lead", "attribute": "tags", "indexed": true});
    let list = refused(app.admin.call("RecordService/UpdateAttribute", list).await);
    assert_eq!(list.fields(), [("indexed", "FIELD_INVALID")]);
    let numbers = (0..21).map(|number| (format!("n{number:02}"), json!({"type": "INT", "indexed": true})));
    let numbers: serde_json::Map<String, Value> = numbers.collect();
    let declare = json!({"record_type": "lead", "attributes": numbers});
    let many = refused(app.admin.call("RecordService/DeclareAttributes", declare).await);
    assert_eq!(many.fields(), [("attributes[\"n00\"].indexed", "FIELD_INVALID")]);
    let record_type =
        json!({"display_name": "Partner", "attributes": {"tags": {"type": "STRING_LIST", "indexed": true}}});
    let partner = json!({"record_type_id": "partner", "record_type": record_type});
    let partner = refused(app.admin.call("RecordService/CreateRecordType", partner).await);
    assert_eq!(partner.fields(), [("record_type.attributes[\"tags\"].indexed", "FIELD_INVALID")]);

    // With a new type, an index is complete at once.
    let record_type =
        json!({"display_name": "Partner", "attributes": {"tier": {"type": "STRING", "indexed": true}}});
    let partner = json!({"record_type_id": "partner", "record_type": record_type});
    let partner = app.admin.done("RecordService/CreateRecordType", partner).await;
    assert_eq!(partner["recordType"]["attributes"]["tier"]["indexState"], "READY");
}
