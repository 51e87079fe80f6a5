//! Concurrent calls on several servers: each thing happens once.

use std::time::Duration;

use futures::future::{FutureExt as _, join_all};
use serde_json::Map;
use sqlx::Connection as _;
use tokio::time::timeout;
use upnext::domain::caller::Actor;
use upnext::domain::id::ChosenId;
use upnext::domain::record::{OwnerChange, Upsert};
use upnext::domain::refusal::Refusal;
use upnext::engine::{Engine, Error, ExitEnrollment, UpsertItem};
use upnext::lifecycle::Shutdown;
use upnext::store::records;
use upnext::wake::{Topic, Wake};

use crate::flow::complete;
use crate::support::app::{TestApp, within_deadline};
use crate::support::invariants;
use crate::support::world::{World, email, wait};

async fn in_time<T>(future: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(60), future).await.expect("in time")
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_completions_of_one_activity_on_two_servers_exactly_one_wins() {
    let world = World::new().await;
    let record = world.record("l1", None).await;
    let sequence = world.sequence("paid", vec![email(), wait(10), email()]).await;
    let activity = world.start(sequence, record).await.opened.expect("due").id;
    let servers = [world.engine.clone(), world.server()];
    let completions = (0..64).map(|caller| {
        let (engine, request) = (servers[caller % 2].clone(), world.request());
        tokio::spawn(async move { engine.close_activity(request, complete(activity)).await })
    });
    let answers = in_time(join_all(completions)).await;
    let (mut won, mut closed) = (0, 0);

    for answer in answers {
        match answer.expect("no panic") {
            Ok(_) => won += 1,
            Err(Error::Refused(Refusal::ActivityClosed { .. })) => closed += 1,
            Err(other) => panic!("{other}"),
        }
    }

    assert_eq!((won, closed), (1, 63));
    invariants::hold(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_concurrent_completion_and_exit_leave_one_end() {
    let world = World::new().await;
    let sequence = world.sequence("paid", vec![email(), wait(10), email()]).await;
    let other = world.server();
    let mut calls = Vec::new();

    for number in 0..40 {
        let record = world.record(&format!("l{number}"), None).await;
        let started = world.start(sequence, record).await;
        let activity = started.opened.expect("due").id;
        let exit = ExitEnrollment { enrollment: started.enrollment.id, expected_version: None };
        let (first, second, request) = (world.engine.clone(), other.clone(), world.request());
        calls.push(tokio::spawn(async move {
            let closing = first.close_activity(request.clone(), complete(activity));
            let (closed, exited) = tokio::join!(closing, second.exit_enrollment(request, exit));
            exited.expect("an open enrollment can be ended, whatever else happens");
            match closed {
                Ok(_) => {}
                Err(Error::Refused(Refusal::ActivityClosed { state, .. })) => assert_eq!(state, "CANCELED"),
                Err(other) => panic!("{other}"),
            }
        }));
    }

    for call in in_time(join_all(calls)).await {
        call.expect("no panic");
    }
    assert_eq!(world.count("SELECT count(*) FROM enrollment WHERE state = 5").await, 40);
    invariants::hold(&world).await;
}

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
