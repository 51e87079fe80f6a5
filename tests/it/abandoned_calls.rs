//! Callers who go away in the middle of a write.

use futures::FutureExt as _;
use serde_json::Map;
use sqlx::Connection as _;
use upnext::domain::caller::Actor;
use upnext::domain::id::ChosenId;
use upnext::domain::record::{OwnerChange, Upsert};
use upnext::engine::{Engine, UpsertItem};
use upnext::lifecycle::Shutdown;
use upnext::store::records;
use upnext::wake::{Topic, Wake};

use super::support::app::{TestApp, within_deadline};

#[tokio::test]
async fn a_server_stops_only_after_started_writes_are_committed_even_if_their_callers_left() {
    let app = TestApp::new().await;
    let engine = &app.app.engine;
    let mut conn = engine.store().pool().acquire().await.expect("connects");
    let item = new_lead(&app).await;

    // What nobody waits for any more isn't begun: the caller goes when the write is at its row.
    let mut holder = conn.begin().await.expect("begins");
    sqlx::query("LOCK TABLE record IN SHARE MODE").execute(&mut *holder).await.expect("is free");
    let mut caller = Box::pin(engine.upsert_record(item));
    assert!((&mut caller).now_or_never().is_none(), "it waits for its answer");

    app.database.until_waiting(1).await;
    drop(caller);
    holder.rollback().await.expect("releases its locks");
    assert_eq!(app.stop().await, Shutdown::Drained);

    let count = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM record").fetch_one(&mut *conn).await;
    assert_eq!(count.expect("is read"), 1);
}

/// A lead that doesn't exist yet, of an organization of its own.
async fn new_lead(app: &TestApp) -> UpsertItem {
    let engine = &app.app.engine;
    let organization = engine.create_organization("Other", app.now()).await.expect("is created").organization;
    let mut conn = engine.store().pool().acquire().await.expect("connects");
    let lead =
        records::types::find(&mut conn, organization, "lead").await.expect("is read").expect("is built in");
    let upsert = Upsert {
        record_id: ChosenId::known("l1"),
        owner: OwnerChange::Keep,
        attributes: Map::new(),
        source_version: 0,
    };
    UpsertItem {
        organization,
        record_type: lead.id,
        record_type_id: lead.record_type_id,
        upsert,
        suppress_segmentation: false,
        by: Actor::UPNEXT,
    }
}

#[tokio::test]
async fn a_caller_who_leaves_during_the_commit_keeps_nobody_from_hearing_of_it() {
    let app = TestApp::new().await;
    let (item, wake) = (new_lead(&app).await, Wake::new());
    let store = app.app.engine.store();
    let engine = Engine::new(store.clone(), app.app.engine.clock().clone(), wake.clone());
    // The COMMIT waits for a lock, which is held.
    let mut conn = store.pool().acquire().await.expect("connects");
    let waits = "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END';
         CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON record DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION wait();
         SELECT pg_advisory_lock(1)";
    sqlx::raw_sql(waits).execute(&mut *conn).await.expect("is set up");
    let heard = wake.arm(Topic::RecordChanges);

    let items = [item];
    let mut caller = Box::pin(engine.upsert_records(&items, app.now()));
    tokio::select! {
        _ = &mut caller => panic!("it waits for its COMMIT"),
        () = app.database.until_waiting(1) => {}
    }
    drop(caller);
    sqlx::raw_sql("SELECT pg_advisory_unlock(1)").execute(&mut *conn).await.expect("is released");

    within_deadline("the loop that routes records hears of it", heard).await;
}
