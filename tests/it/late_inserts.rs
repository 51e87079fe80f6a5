//! New records whose upserts read the record type before one of its attributes is deleted, and
//! commit afterwards: they keep no value of it.

use serde_json::{Value, json};
use tonic::Status;

use super::support::app::{Client, TestApp, within_deadline};
use super::support::dynamic::call;
use super::support::refused::refused;

async fn app() -> TestApp {
    let app = TestApp::new().await;
    let declare = json!({"record_type": "lead", "attributes": {"spare": {"type": "STRING"}}});
    call(&app.admin, "upnext.v1.RecordService/DeclareAttributes", declare).await.expect("is declared");
    app
}

async fn upsert(admin: Client) -> Result<Value, Status> {
    let lead = json!({"record_type": "lead", "record": {"id": "l1", "attributes": {"spare": "kept?"}}});
    call(&admin, "upnext.v1.RecordService/UpsertRecord", lead).await
}

async fn delete(admin: Client) -> Result<Value, Status> {
    let spare = json!({"record_type": "lead", "attribute": "spare"});
    call(&admin, "upnext.v1.RecordService/DeleteAttribute", spare).await
}

async fn kept(app: &TestApp) -> i64 {
    app.run_until_idle().await;
    let kept = "SELECT count(*) FROM record WHERE attributes ? 'spare'";
    sqlx::query_scalar(kept).fetch_one(&app.database.pool()).await.expect("counts")
}

#[tokio::test]
async fn a_record_inserted_after_the_deletion_of_its_attribute_is_checked_again() {
    let app = app().await;
    let mut holder = app.app.engine.store().begin().await.expect("begins");
    // An upsert may lock rows and read the type, but not insert.
    sqlx::query("LOCK TABLE record IN SHARE MODE").execute(&mut *holder).await.expect("is free");
    let upserted = tokio::spawn(upsert(app.admin.clone()));
    app.database.until_waiting(1).await;
    within_deadline("the attribute is deleted", delete(app.admin.clone())).await.expect("is unused");
    holder.rollback().await.expect("releases its lock");

    let upserted = within_deadline("the upsert ends", upserted).await.expect("no panic");
    assert_eq!(refused(upserted).fields(), [("record.attributes.spare", "ATTRIBUTE_UNKNOWN")]);
    assert_eq!(kept(&app).await, 0);
}

#[tokio::test]
async fn the_deletion_of_an_attribute_waits_for_records_that_are_being_inserted() {
    let app = app().await;
    let mut holder = app.app.engine.store().begin().await.expect("begins");
    // The upsert has begun to insert, and waits to see whether this record of its name stays.
    let twin = "INSERT INTO record (organization_id, id, record_type_id, record_id, attributes, closed,
                  source_version, version, create_time, update_time)
                SELECT organization_id, id, id, 'l1', '{}', false, 0, 1, create_time, create_time
                FROM record_type WHERE record_type_id = 'lead'";
    sqlx::query(twin).execute(&mut *holder).await.expect("is inserted");
    let upserted = tokio::spawn(upsert(app.admin.clone()));
    app.database.until_waiting(1).await;

    let deleted = tokio::spawn(delete(app.admin.clone()));
    let both_wait = app.database.until_waiting(2);
    tokio::select! {
        () = both_wait => {}
        () = async { while !deleted.is_finished() { tokio::task::yield_now().await } } => {}
    }
    holder.rollback().await.expect("takes its record back");

    within_deadline("the upsert ends", upserted).await.expect("no panic").expect("was first");
    within_deadline("the attribute is deleted", deleted).await.expect("no panic").expect("is unused");
    assert_eq!(kept(&app).await, 0);
}
