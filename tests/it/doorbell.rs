//! Servers hear about each other's commits, and callers never notice a connection that died.

use std::collections::BTreeSet;
use std::time::Duration;

use sqlx::PgPool;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use upnext::domain::id::{OrganizationId, QueueId};
use upnext::store::database::doorbell::{Doorbell, Heard, Listener, QueueKey, Ring};
use upnext::store::{Error, PoolSettings, Store, tenants};
use upnext::wake::{DirtyQueues, Topic, Wake, forward, hear};
use uuid::Uuid;

use crate::support::database::TestDatabase;

const HERE: Uuid = Uuid::from_u128(1);
const THERE: Uuid = Uuid::from_u128(2);

fn pool(database: &TestDatabase, name: &str) -> PgPool {
    store(database, name, 1).pool()
}

fn store(database: &TestDatabase, name: &str, max_connections: u32) -> Store {
    let settings =
        PoolSettings { application_name: name.to_owned(), max_connections, ..PoolSettings::default() };
    Store::new(database.connect_options(), &settings)
}

fn queue(number: u128) -> QueueKey {
    (OrganizationId(Uuid::from_u128(7)), QueueId(Uuid::from_u128(number)))
}

async fn within_deadline<T>(waited_for: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), waited_for).await.expect("within the deadline")
}

/// Ends the connections of this name, as an administrator or a restart does, and waits until they
/// are gone.
async fn terminate(database: &TestDatabase, name: &str) -> usize {
    let ended: Vec<bool> = sqlx::query_scalar(
        // All tests share one server.
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity \
         WHERE datname = current_database() AND application_name = $1",
    )
    .bind(name)
    .fetch_all(&database.pool())
    .await
    .unwrap();
    assert!(ended.iter().all(|ended| *ended));
    ended.len()
}

#[tokio::test]
async fn a_ring_is_heard_by_the_other_servers_and_not_by_its_own() {
    let database = TestDatabase::new().await;
    let mut here = Listener::new(pool(&database, "here"), HERE);
    let mut there = Listener::new(pool(&database, "there"), THERE);
    assert_eq!(within_deadline(here.hear()).await, Heard::Everything);
    assert_eq!(within_deadline(there.hear()).await, Heard::Everything);
    let rings = pool(&database, "rings");
    let queues: BTreeSet<QueueKey> = (0..300).map(queue).collect();
    let ring = Ring { queues, record_changes: true, ..Ring::default() };
    let answer = Ring { operations: true, ..Ring::default() };
    Doorbell::new(rings.clone(), HERE).ring(&ring).await.unwrap();
    Doorbell::new(rings, THERE).ring(&answer).await.unwrap();
    assert_eq!(within_deadline(there.hear()).await, Heard::Ring(ring));
    assert_eq!(within_deadline(here.hear()).await, Heard::Ring(answer));
}

#[tokio::test]
async fn everything_committed_is_rung_before_a_server_exits() {
    let database = TestDatabase::new().await;
    let mut there = Listener::new(pool(&database, "there"), THERE);
    within_deadline(there.hear()).await;
    let (wake, stop) = (Wake::forwarding(), CancellationToken::new());
    wake.records_changed();
    stop.cancel();
    within_deadline(forward(wake, Doorbell::new(pool(&database, "rings"), HERE), stop)).await;
    let ring = Ring { record_changes: true, ..Ring::default() };
    assert_eq!(within_deadline(there.hear()).await, Heard::Ring(ring));
}

#[tokio::test]
async fn a_reconnected_listener_misses_nothing_and_rings_again() {
    let database = TestDatabase::new().await;
    let mut there = Listener::new(pool(&database, "there"), THERE);
    within_deadline(there.hear()).await;
    assert_eq!(terminate(&database, "there").await, 1);
    assert_eq!(within_deadline(there.hear()).await, Heard::Everything);
    let ring = Ring { operations: true, ..Ring::default() };
    Doorbell::new(pool(&database, "rings"), HERE).ring(&ring).await.unwrap();
    assert_eq!(within_deadline(there.hear()).await, Heard::Ring(ring));
}

#[tokio::test]
async fn a_commit_on_one_server_wakes_waiters_on_another() {
    let database = TestDatabase::new().await;
    let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
    let (here, there) = (Wake::forwarding(), Wake::forwarding());
    let rings = pool(&database, "rings");
    tracker.spawn(forward(here.clone(), Doorbell::new(rings.clone(), HERE), stop.clone()));
    let listener = Listener::new(pool(&database, "there"), THERE);
    tracker.spawn(hear(there.clone(), listener, Vec::new(), stop.clone()));
    assert_eq!(within_deadline(there.take_dirty_queues()).await, DirtyQueues::Everything);

    let armed = there.arm(Topic::RecordChanges);
    here.queues_changed([queue(1)]);
    here.records_changed();
    assert_eq!(within_deadline(there.take_dirty_queues()).await, DirtyQueues::Named([queue(1)].into()));

    within_deadline(armed).await;
    stop.cancel();
    tracker.close();
    within_deadline(tracker.wait()).await;
}

#[tokio::test]
async fn a_caller_does_not_notice_that_all_pooled_connections_died() {
    let database = TestDatabase::new().await;
    let store = store(&database, "product", 4);

    for _ in 0..3 {
        let mut open = Vec::new();
        for _ in 0..4 {
            open.push(store.begin().await.unwrap());
        }
        for transaction in open {
            transaction.commit().await.unwrap();
        }
        assert_eq!(terminate(&database, "product").await, 4);
        store.begin().await.unwrap().commit().await.unwrap();
        for _ in 0..8 {
            read(&store).await;
        }
    }
}

async fn read(store: &Store) {
    tenants::organizations::exist(&mut store.connection().await.unwrap()).await.unwrap();
}

#[tokio::test]
async fn reads_avoid_dead_connections_once_the_database_was_seen_to_stop() {
    let database = TestDatabase::new().await;
    let store = store(&database, "product", 2);
    let both = (store.begin().await.unwrap(), store.begin().await.unwrap());
    drop(both);
    assert_eq!(terminate(&database, "product").await, 2);
    store.suspect_connections();
    for _ in 0..4 {
        read(&store).await;
    }
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_a_timeout_and_a_taken_lock_a_conflict() {
    let database = TestDatabase::new().await;
    let settings = PoolSettings { statement_timeout: Duration::from_millis(50), ..PoolSettings::default() };
    let store = Store::new(database.connect_options(), &settings);
    let mut slow = store.begin().await.unwrap();
    let error = sqlx::query("SELECT pg_sleep(60)").execute(&mut *slow).await.unwrap_err();
    assert!(matches!(Error::from(error), Error::Timeout(_)));
    let (mut first, mut second) = (store.begin().await.unwrap(), store.begin().await.unwrap());
    sqlx::query("SELECT pg_advisory_xact_lock(1)").execute(&mut *first).await.unwrap();
    sqlx::query("SET LOCAL lock_timeout = 1").execute(&mut *second).await.unwrap();
    let error = sqlx::query("SELECT pg_advisory_xact_lock(1)").execute(&mut *second).await.unwrap_err();
    let error = Error::from(error);
    assert!(matches!(error, Error::Conflict(_)) && error.retryable());
}
