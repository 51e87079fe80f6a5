//! A COMMIT is done and its answer lost, while the database goes on: the server finds out by itself
//! that it was done.

use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use serde_json::Map;
use upnext::clock::Clock;
use upnext::domain::caller::Actor;
use upnext::domain::id::{ChosenId, OrganizationId};
use upnext::domain::record::{OwnerChange, Upsert};
use upnext::engine::{Engine, UpsertItem};
use upnext::private_postgres::{Options, PrivatePostgres, Profile};
use upnext::store::{PoolSettings, Store, records};
use upnext::wake::Wake;

use super::Crash;
use super::shop::changes;
use super::writes::{Place, WRITES, Write};
use crate::support::app::{store, within_deadline};
use crate::support::citus::Citus;
use crate::support::database::{TestDatabase, binaries, durable_postgres, migrate, pool_settings};
use crate::support::process::folder;
use crate::support::proxy::{Fault, Proxy, Trap};

/// A trap at the first COMMIT.
fn at_commit(application: &'static str, fault: Fault) -> Trap {
    Trap { application, from: Some("COMMIT"), passing: 0, point: 1, fault: Some(fault) }
}

impl Crash {
    /// Does a write whose COMMIT gets no answer, and repeats it; what is wrong with that.
    async fn unacknowledged(&mut self, write: &Write) -> Vec<String> {
        let shop = self.mall.shop(&self.victim).await;
        let before = self.mall.ledger(shop.organization).await;
        let request = write.asked(&shop.names);

        self.victim.proxy.arm(at_commit("upnext api", Fault::CutAfter));
        let answer = self.ask(write, &shop, &request).await;
        let (_, sprung) = self.victim.proxy.disarm();
        let mut wrong = Vec::new();
        if !sprung {
            wrong.push("there was no COMMIT".to_owned());
        }
        if let Err(status) = answer {
            wrong.push(format!("it was done, and is answered with {status:?}"));
        }

        self.mall.rest(shop.organization).await;
        let once = self.mall.ledger(shop.organization).await;
        if changes(&before, &once).is_empty() {
            wrong.push("it did nothing".to_owned());
        }
        self.repeat(write, &shop, &request, true, &mut wrong).await;
        let doubled = changes(&once, &self.mall.ledger(shop.organization).await);
        if !doubled.is_empty() {
            wrong.push(format!("its repetition did {doubled:?} more"));
        }
        wrong.into_iter().map(|wrong| format!("{}: {wrong}", write.name)).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_whose_commit_is_not_acknowledged_is_found_and_answered() {
    let mut crash = Crash::new().await;
    let mut wrong = Vec::new();

    for write in WRITES.iter().filter(|write| write.place == Place::Call) {
        wrong.extend(crash.unacknowledged(write).await);
    }

    crash.victim.end();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn an_organization_whose_commit_is_not_acknowledged_is_created_once() {
    let database = TestDatabase::new().await;
    let proxy = Proxy::new(&database.connect_options()).await;
    let store = Store::new(proxy.options(&database.connect_options()), &pool_settings());
    let engine = Engine::new(store, Clock::system(), Wake::new());
    let now = Clock::system().now();

    proxy.arm(at_commit("upnext", Fault::CutBefore));
    engine.create_organization("Lost", now).await.expect_err("its COMMIT never came");
    proxy.arm(at_commit("upnext", Fault::CutAfter));
    let created = engine.create_organization("Found", now).await.expect("its COMMIT was done");

    let (_, sprung) = proxy.disarm();
    assert!(sprung);
    let names: Vec<(uuid::Uuid, String)> =
        sqlx::query_as("SELECT organization_id, display_name FROM organization")
            .fetch_all(&database.pool())
            .await
            .expect("is read");
    assert_eq!(names, [(created.organization.0, "Found".to_owned())]);
}

/// A lead that doesn't exist yet.
async fn new_lead(store: &Store, organization: OrganizationId) -> UpsertItem {
    let mut conn = store.pool().acquire().await.expect("connects");
    let lead = records::types::find(&mut conn, organization, "lead").await.expect("is read");
    let lead = lead.expect("is built in");

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
        suppress_segmentation: true,
        by: Actor::UPNEXT,
    }
}

/// The coordinator answers a COMMIT with an error then, whether the worker has committed or not.
#[tokio::test]
async fn a_write_whose_worker_is_cut_off_at_its_commit_is_found_if_it_was_done() {
    let Some(citus) = Citus::named().await else {
        eprintln!("SKIPPED a Citus whose worker is cut off: name its coordinator in UPNEXT_TEST_CITUS_URL");
        return;
    };
    let database = TestDatabase::new().await;
    let workers = citus.intercept(&database).await;
    let arm = |point, fault| {
        let application = "citus_internal";
        let trap = Trap { application, from: Some("INSERT INTO"), passing: 0, point, fault };
        workers.iter().for_each(|worker| worker.arm(trap.clone()));
    };
    let (store, pool) = (store(&database), database.pool());
    let engine = Engine::new(store.clone(), Clock::system(), Wake::new());

    let mut commit = usize::MAX;
    for fault in [None, Some(Fault::CutAfter), Some(Fault::CutBefore)] {
        let made = engine.create_organization("Cut off", Clock::system().now()).await.expect("is created");
        let item = new_lead(&store, made.organization).await;
        arm(commit, fault);
        let answer = within_deadline("the call is answered", engine.upsert_record(item)).await;

        let seen: Vec<_> = workers.iter().map(Proxy::disarm).collect();
        assert_eq!(seen.iter().any(|(_, sprung)| *sprung), fault.is_some(), "{seen:?}");
        let found: i64 = sqlx::query_scalar("SELECT count(*) FROM record WHERE organization_id = $1")
            .bind(made.organization.0)
            .fetch_one(&pool)
            .await
            .expect("counts");
        let is_done = fault != Some(Fault::CutBefore);
        assert_eq!((answer.is_ok(), found == 1), (is_done, is_done), "{fault:?}: {answer:?}");

        if fault.is_none() {
            let place =
                |(statements, _): &(Vec<String>, bool)| statements.iter().position(|it| it == "COMMIT");
            commit = seen.iter().find_map(place).expect("one worker commits alone") + 1;
        }
    }
}

/// Starts a Postgres again whose last process may just be ending.
async fn start_again(options: &Options) -> PrivatePostgres {
    let since = Instant::now();
    loop {
        match PrivatePostgres::start(options.clone(), &ProgressBar::hidden()).await {
            Ok(started) => return started,
            Err(error) => assert!(since.elapsed() < Duration::from_secs(20), "{error}"),
        }
    }
}

/// After a crash, Postgres gives the numbers of the transactions that it lost to others. A number
/// proves nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_a_crash_of_the_database_loses_is_never_taken_for_done() {
    let folder = folder();
    let postgres = durable_postgres(folder.path()).await;
    let options = postgres.connect_options("postgres");
    migrate(&options).await;
    let direct = Store::new(options.clone(), &PoolSettings::default());
    // Only commits write the log, so the crash loses all of the transaction that it interrupts.
    for statement in ["ALTER SYSTEM SET wal_writer_delay = '10s'", "SELECT pg_reload_conf()"] {
        sqlx::raw_sql(statement).execute(&direct.pool()).await.expect("an administrator may");
    }

    let proxy = Proxy::new(&options).await;
    let store = Store::new(proxy.options(&options), &PoolSettings::default());
    let engine = Engine::new(store, Clock::system(), Wake::new());
    let organization = engine.create_organization("Lost", Clock::system().now()).await.expect("is created");
    let organization = organization.organization;
    let item = new_lead(&direct, organization).await;

    let [process, _] = postgres.process_ids();
    proxy.arm(at_commit("upnext", Fault::KillBefore(process.cast_signed())));
    let call = tokio::spawn(async move { engine.upsert_record(item).await });
    within_deadline("the database crashes", proxy.sprung()).await;
    drop(postgres);
    let again = Options {
        data_dir: folder.path().join("data"),
        binaries: binaries().await,
        profile: Profile::Durable,
    };
    let postgres = start_again(&again).await;
    let pool = Store::new(postgres.connect_options("postgres"), &PoolSettings::default()).pool();
    for _other in 0..200 {
        sqlx::query("SELECT pg_current_xact_id()").execute(&pool).await.expect("takes a number");
    }

    let answer = within_deadline("the call is answered", call).await.expect("doesn't panic");
    let found: i64 =
        sqlx::query_scalar("SELECT count(*) FROM record").fetch_one(&pool).await.expect("counts");
    assert_eq!(found, 0, "the crash came before the commit");
    assert!(answer.is_err(), "the lead is lost, and was told to be there");
    postgres.stop().await.expect("stops");
}
