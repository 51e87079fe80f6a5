//! Locked rows: which calls wait for them, for how long, and which don't.

use std::time::Duration;

use serde_json::json;
use tokio::time::timeout;
use upnext::domain::sequence::DeactivateMode;
use upnext::engine::{DeactivateSequence, Error};
use upnext::store::{Error as StoreError, PoolSettings, Store};

use crate::support::app::{TestApp, within_deadline};
use crate::support::crm;
use crate::support::dynamic::call;
use crate::support::world::{World, email, wait};

/// Much less than what a statement may take, and more than anybody waits for a lock.
const SOON: Duration = Duration::from_secs(15);

#[tokio::test]
async fn an_administrative_write_gives_up_on_a_row_that_stays_locked_and_leaves_nothing_open() {
    let world = World::new().await;
    world.sequence("paid", vec![email()]).await;
    // Idle for longer than the write waits.
    let patient =
        PoolSettings { idle_in_transaction_timeout: Duration::from_secs(60), ..PoolSettings::default() };
    let holder = Store::new(world.connect_options(), &patient);
    let mut holder = holder.begin().await.expect("begins");
    sqlx::query("SELECT FROM sequence FOR UPDATE").execute(&mut *holder).await.expect("locks");
    let request = world.request();
    let command = DeactivateSequence {
        sequence_id: "paid".to_owned(),
        mode: DeactivateMode::Drain,
        expected_version: None,
    };
    let refused = timeout(SOON, world.engine.deactivate_sequence(&request, command)).await.expect("in time");
    assert!(matches!(refused, Err(Error::Store(StoreError::Conflict(_)))), "{refused:?}");
    holder.rollback().await.expect("rolls back");
    world.engine.rest().await;
    let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    assert_eq!(world.count(open).await, 0);
}

#[tokio::test]
async fn timers_that_meet_a_locked_queue_do_not_delay_another_organizations() {
    let world = World::new().await;
    let other = world.neighbour().await;
    for one in [&world, &other] {
        let sequence = one.sequence("paid", vec![wait(5), email()]).await;
        let record = one.record("l1", None).await;
        one.start(sequence, record).await;
        one.advance(1);
    }

    world.advance(5);
    let mut holder = world.store.begin().await.expect("begins");
    sqlx::query("SELECT FROM queue WHERE organization_id = $1 FOR UPDATE")
        .bind(world.organization.0)
        .execute(&mut *holder)
        .await
        .expect("locks");

    let failed = timeout(SOON, world.engine.fire_timers(world.now())).await.expect("in time");
    assert!(matches!(failed, Err(Error::Store(StoreError::Conflict(_)))), "{failed:?}");
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 1, "the other's wait is over");

    holder.rollback().await.expect("rolls back");
    assert_eq!(world.engine.fire_timers(world.now()).await.expect("fires").timers, 1);
}

#[tokio::test]
async fn an_operation_that_waits_for_its_turn_to_route_can_be_canceled() {
    let app = TestApp::new().await;
    let done = async |name: &str, request| {
        call(&app.admin, name, request).await.unwrap_or_else(|status| panic!("{name}: {status:?}"))
    };
    let lead = crm::upsert("l1", &json!({}));
    crm::records(&app.admin).batch_upsert_records(crm::leads(vec![lead])).await.expect("can be imported");
    app.run_until_idle().await;

    let segment = json!({"segment_id": "all", "segment": {"display_name": "All", "condition": "true"}});
    done("upnext.v1.SegmentService/CreateSegment", segment).await;
    let activate = json!({"name": "all", "backfill": true});
    let activated = done("upnext.v1.SegmentService/ActivateSegment", activate).await;
    let mut holder = app.app.engine.store().begin().await.expect("begins");
    sqlx::query("SELECT FROM routing FOR UPDATE").execute(&mut *holder).await.expect("locks");

    let (engine, now) = (app.app.engine.clone(), app.now());
    let running = tokio::spawn(async move { engine.run_operations(now).await });
    app.database.until_waiting(1).await;
    let operation = json!({"name": activated["backfillOperation"]});
    let cancel = call(&app.admin, "google.longrunning.Operations/CancelOperation", operation.clone());
    within_deadline("it is canceled", cancel).await.expect("can be canceled");
    assert!(!running.is_finished(), "its runner is still waiting");

    holder.rollback().await.expect("rolls back");
    let ran = within_deadline("the tick ends", running).await.expect("no panic").expect("looks");
    assert!(!ran.worked, "nothing is left to do");
}
