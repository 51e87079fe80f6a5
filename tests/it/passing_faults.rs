//! Faults of the database that pass: its disk is full, statements are canceled, it takes no writes.
//! Callers are told to try again, and afterwards nothing is lost, set aside or without a timer.

use std::time::{Duration, Instant};

use serde_json::json;
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, PgPool};
use tonic::{Code, Status};
use upnext::clock::Clock;
use upnext::store::{PoolSettings, Store};

use crate::support::app::{organization, store};
use crate::support::chance::seed;
use crate::support::database::{TestDatabase, durable_postgres};
use crate::support::dynamic::call;
use crate::support::fleet::{Fleet, Servers};
use crate::support::invariants;
use crate::support::load::{Load, furnish};
use crate::support::process::folder;
use crate::support::refused::Refused;
use crate::support::small_disk::SmallDisk;

/// Longer than anything here takes, even on a busy machine.
const DEADLINE: Duration = Duration::from_secs(60);
/// How long a fault lasts.
const FAULT: Duration = Duration::from_secs(5);
/// What callers do before and after.
const DEEDS: u64 = 60;

/// Ends a load. Nothing may be lost, and nothing may have been set aside.
async fn end(load: Load, pool: &PgPool, store: &Store, seed: u64) {
    load.go_on(DEEDS).await;
    let (_, wrong) = load.end(pool).await;
    assert!(wrong.is_empty(), "UPNEXT_SEED={seed}\n{}", wrong.join("\n"));
    let aside: Vec<(String, String, i32)> = sqlx::query_as("SELECT kind, reason, attempts FROM set_aside")
        .fetch_all(pool)
        .await
        .expect("is read");
    assert_eq!(aside, [], "what failed in passing is tried again");
    invariants::hold_in(store, Clock::system().now()).await;
}

/// Upserts a new lead.
async fn upsert(servers: &Servers, secret: &str) -> Result<(), Status> {
    let client = servers.any(secret, &mut rand::rng());
    let request = json!({"record_type": "lead", "record": {"id": format!("p-{}", upnext::clock::Clock::system().new_id())}});
    call(&client, "upnext.v1.RecordService/UpsertRecord", request).await.map(drop)
}

/// Upserts until it is refused with this sentence, which tells when to try again.
async fn until_refused(servers: &Servers, secret: &str, sentence: &str) {
    let since = Instant::now();
    loop {
        if let Err(status) = upsert(servers, secret).await
            && status.message().contains(sentence)
        {
            assert_eq!(status.code(), Code::Unavailable);
            let refused = Refused::of(&status);
            assert_eq!(refused.reason, "SERVICE_UNAVAILABLE");
            return;
        }
        assert!(since.elapsed() < DEADLINE, "never refused with {sentence:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn canceled_statements_under_load_lose_nothing() {
    let (database, seed) = (TestDatabase::new().await, seed());
    let (store, pool, options) = (store(&database), database.pool(), database.connect_options());
    let fleet = Fleet::start(2, &options.clone().application_name("upnext")).await;
    let secret = organization(&store).await;
    furnish(&fleet.servers, &secret).await;
    let load = Load::start(&fleet.servers, &secret, 8, seed);
    load.go_on(DEEDS).await;

    let (since, mut canceled) = (Instant::now(), 0);
    while canceled < 20 {
        assert!(since.elapsed() < DEADLINE, "only {canceled} statements were active when looked for");
        let some: i64 = sqlx::query_scalar(
            "SELECT count(*) FILTER (WHERE pg_cancel_backend(pid)) FROM pg_stat_activity
             WHERE datname = current_database() AND application_name = 'upnext' AND state = 'active'",
        )
        .fetch_one(&pool)
        .await
        .expect("an administrator may");
        canceled += some;
    }
    println!("{canceled} statements canceled in {:?}", since.elapsed());
    end(load, &pool, &store, seed).await;
}

#[tokio::test]
async fn a_timer_canceled_while_it_waits_for_its_row_fires_afterwards() {
    use crate::support::world::{World, email, wait};

    let world = World::new().await;
    let sequence = world.sequence("paid", vec![wait(5), email()]).await;
    let record = world.record("l1", None).await;
    world.start(sequence, record).await;
    world.advance(5);

    // The queue is bumped last, and can't be skipped.
    let pool = world.store.pool();
    let mut blocker = pool.begin().await.expect("begins");
    sqlx::query("SELECT FROM queue FOR UPDATE").execute(&mut *blocker).await.expect("locks");
    let firing = world.engine.fire_timers(world.now());
    let canceling = async {
        let waiting = "SELECT count(*) FILTER (WHERE pg_cancel_backend(pid)) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&pool).await.expect("cancels") == 0 {
            tokio::task::yield_now().await;
        }
    };
    let (fired, ()) = tokio::join!(firing, canceling);
    fired.expect_err("it was canceled");
    blocker.rollback().await.expect("lets go");

    assert_eq!(world.count("SELECT count(*) FROM set_aside").await, 0);
    assert_eq!(world.engine.fire_timers(world.now()).await.expect("fires").timers, 1);
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 1);
    invariants::hold(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failover_to_a_standby_and_back_under_load_loses_nothing() {
    let (database, seed) = (TestDatabase::new().await, seed());
    let (store, pool, options) = (store(&database), database.pool(), database.connect_options());
    let name = options.get_database().expect("a test's own").to_owned();
    let fleet = Fleet::start(2, &options.clone().application_name("upnext")).await;
    let secret = organization(&store).await;
    furnish(&fleet.servers, &secret).await;
    let load = Load::start(&fleet.servers, &secret, 8, seed);
    load.go_on(DEEDS).await;

    // Connections break, and new ones reach a database that takes no writes. Ours stays as it is.
    let mut administrator = PgConnection::connect_with(&options).await.expect("connects");
    let mut run = async |statement: String| {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut administrator).await.expect("runs");
    };
    run(format!("ALTER DATABASE {name} SET default_transaction_read_only = on")).await;
    run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name LIKE 'upnext%'"
        .to_owned())
    .await;
    until_refused(&fleet.servers, &secret, "can't be reached").await;
    tokio::time::sleep(FAULT).await;

    // New connections reach a database that takes writes, and the old ones don't notice.
    run(format!("ALTER DATABASE {name} RESET default_transaction_read_only")).await;
    let since = Instant::now();
    while upsert(&fleet.servers, &secret).await.is_err() {
        assert!(since.elapsed() < Duration::from_secs(15), "works again within 15 s");
    }
    println!("works again after {:?}", since.elapsed());
    end(load, &pool, &store, seed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_under_load_loses_nothing() {
    let (folder, seed) = (folder(), seed());
    let Some(disk) = SmallDisk::mount(folder.path().join("small"), 64) else {
        eprintln!("SKIPPED a_full_disk_under_load_loses_nothing: mounting a small file system isn't allowed");
        return;
    };
    let server = durable_postgres(folder.path()).await;
    let options = disk.create_database(&server, &folder.path().join("data")).await;

    let settings = PoolSettings { max_connections: 2, ..PoolSettings::default() };
    let store = Store::new(options.clone(), &settings);
    let pool = PgPoolOptions::new().max_connections(2).connect_lazy_with(options.clone());
    let fleet = Fleet::start(2, &options).await;
    let secret = organization(&store).await;
    furnish(&fleet.servers, &secret).await;
    let load = Load::start(&fleet.servers, &secret, 8, seed);
    load.go_on(DEEDS).await;

    disk.fill();
    until_refused(&fleet.servers, &secret, "no disk space").await;
    tokio::time::sleep(FAULT).await;
    disk.free();
    end(load, &pool, &store, seed).await;

    drop(fleet);
    server.stop().await.expect("stops");
}
