//! Connections to the database die without a word: all of them, as after a failover, or those of
//! the doorbell. It is found within seconds, and nothing is lost or done twice.

use std::time::{Duration, Instant};

use futures::future::join_all;
use serde_json::{Value, json};
use sqlx::PgPool;
use tonic::Status;
use upnext::clock::Clock;
use upnext::store::database::doorbell::{Doorbell, Heard, Listener, Ring};
use upnext::store::{PoolSettings, Store};
use uuid::Uuid;

use crate::support::app::{Client, organization, store};
use crate::support::chance::seed;
use crate::support::database::TestDatabase;
use crate::support::dynamic::call;
use crate::support::fleet::{Fleet, Servers};
use crate::support::invariants;
use crate::support::load::{Load, furnish, passes};
use crate::support::packets;
use crate::support::proxy::{Hole, Proxy};

/// How long a call may take, whatever happens.
const ANSWER: Duration = Duration::from_secs(10);
/// When everything works again.
const WORKS: Duration = Duration::from_secs(15);
/// What callers do before and after.
const DEEDS: u64 = 60;

/// One call of each way to the database: reads that are shared, reads of their own, batches, and
/// writes of their own.
async fn ask_all(client: &Client) -> Vec<(&'static str, Duration, Result<Value, Status>)> {
    let lead = format!("lead-{}", upnext::clock::Clock::system().new_id());
    let asked = [
        ("OrganizationService/GetOrganization", json!({})),
        ("WorkQueueService/ListActivities", json!({"queue": "sellers/ana"})),
        ("SellerService/GetSeller", json!({"name": "sellers/ana"})),
        ("EnrollmentService/ListEnrollments", json!({})),
        ("RecordService/UpsertRecord", json!({"record_type": "lead", "record": {"id": lead}})),
        (
            "SellerService/UpdateSeller",
            json!({"seller": {"name": "sellers/ana", "display_name": "Ana"}, "request_id": upnext::clock::Clock::system().new_id()}),
        ),
    ];

    let answers = asked.into_iter().map(async |(method, request)| {
        let began = Instant::now();
        let name = format!("upnext.v1.{method}");
        let answer = tokio::time::timeout(ANSWER, call(client, &name, request)).await;
        let answer = answer.unwrap_or_else(|_| panic!("{method} has no answer after {ANSWER:?}"));
        (method, began.elapsed(), answer)
    });
    join_all(answers).await
}

/// Asks again and again. Every call is answered in time, and all work again in time.
async fn works_again(servers: &Servers, secret: &str, since: Instant) -> Duration {
    let mut slowest = Duration::ZERO;
    loop {
        let client = servers.any(secret, &mut rand::rng());
        let answers = ask_all(&client).await;
        slowest = answers.iter().map(|(_, took, _)| *took).max().unwrap_or_default().max(slowest);
        let failed: Vec<_> =
            answers.iter().filter_map(|(method, _, answer)| Some((method, answer.as_ref().err()?))).collect();
        for (method, status) in &failed {
            assert!(passes(status), "{method}: {status:?}");
        }
        if failed.is_empty() {
            println!("works again after {:?}; the slowest call took {slowest:?}", since.elapsed());
            return since.elapsed();
        }
        assert!(since.elapsed() < WORKS, "not within {WORKS:?}: {failed:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Two servers under load, all of whose connections die twice.
async fn die(hole: Hole) {
    let (database, seed) = (TestDatabase::new().await, seed());
    let (store, pool, options) = (store(&database), database.pool(), database.connect_options());
    let proxy = Proxy::new(&options).await;
    let fleet = Fleet::start(2, &proxy.options(&options)).await;
    let secret = organization(&store).await;
    furnish(&fleet.servers, &secret).await;
    // Few callers: the limits are those of a machine that isn't overloaded.
    let load = Load::start(&fleet.servers, &secret, 4, seed);

    for _ in 0..2 {
        load.go_on(DEEDS).await;
        let since = Instant::now();
        assert!(proxy.black_hole(hole) > 10, "connections were there");
        let took = works_again(&fleet.servers, &secret, since).await;
        assert!(took < WORKS, "works again after {took:?}");
    }

    load.go_on(DEEDS).await;
    let (_, wrong) = load.end(&pool).await;
    assert!(wrong.is_empty(), "UPNEXT_SEED={seed}\n{}", wrong.join("\n"));
    invariants::hold_in(&store, Clock::system().now()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_swallow_everything_are_found_within_seconds_and_nothing_is_lost() {
    die(Hole::Swallows).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_whose_packets_are_all_lost_are_found_within_seconds_and_nothing_is_lost() {
    if packets::may_be_lost() {
        die(Hole::Loses).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_stand_still_are_found_within_seconds_and_nothing_is_lost() {
    die(Hole::StandsStill).await;
}

fn one(proxy: &Proxy, database: &TestDatabase) -> PgPool {
    let settings = PoolSettings { max_connections: 1, ..PoolSettings::default() };
    Store::new(proxy.options(&database.connect_options()), &settings).pool()
}

async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(ANSWER, future).await.unwrap_or_else(|_| panic!("not within {ANSWER:?}: {what}"))
}

#[tokio::test]
async fn a_half_open_connection_for_hearing_is_replaced_and_everything_may_have_changed() {
    let database = TestDatabase::new().await;
    let proxy = Proxy::new(&database.connect_options()).await;
    let mut listener = Listener::new(one(&proxy, &database), Uuid::from_u128(1));
    let doorbell = Doorbell::new(one(&proxy, &database), Uuid::from_u128(2));
    assert_eq!(soon("it connects", listener.hear()).await, Heard::Everything);

    for hole in [Hole::Swallows, Hole::StandsStill, Hole::Loses] {
        if hole == Hole::Loses && !packets::may_be_lost() {
            continue;
        }
        assert!(proxy.black_hole(hole) > 0);
        assert_eq!(soon("the loss is found", listener.hear()).await, Heard::Everything);
        let ring = Ring { operations: true, ..Ring::default() };
        // Its own connection died as well.
        while soon("a ring has an end", doorbell.ring(&ring)).await.is_err() {}
        assert_eq!(soon("the ring is heard", listener.hear()).await, Heard::Ring(ring));
    }
}

#[tokio::test]
async fn a_quiet_connection_for_hearing_is_kept_while_it_answers() {
    let database = TestDatabase::new().await;
    let proxy = Proxy::new(&database.connect_options()).await;
    let mut listener = Listener::new(one(&proxy, &database), Uuid::from_u128(1));
    let doorbell = Doorbell::new(one(&proxy, &database), Uuid::from_u128(2));
    assert_eq!(soon("it connects", listener.hear()).await, Heard::Everything);
    // Longer than it is quiet before a probe.
    let quiet = tokio::time::timeout(Duration::from_secs(7), listener.hear()).await;
    assert!(quiet.is_err(), "{quiet:?}");
    let ring = Ring { record_changes: true, ..Ring::default() };
    soon("it rings", doorbell.ring(&ring)).await.expect("is rung");
    assert_eq!(soon("the ring is heard", listener.hear()).await, Heard::Ring(ring));
}

#[tokio::test]
async fn a_statement_without_an_answer_is_given_up_after_its_time_and_its_connection_closed() {
    let database = TestDatabase::new().await;
    let proxy = Proxy::new(&database.connect_options()).await;
    let settings = PoolSettings {
        max_connections: 1,
        statement_timeout: Duration::from_secs(1),
        ..PoolSettings::default()
    };
    let store = Store::new(proxy.options(&database.connect_options()), &settings);
    let mut connection = store.connection().await.expect("connects");
    proxy.black_hole(Hole::Swallows);
    let read = async {
        sqlx::query("SELECT pg_sleep(0.01)").execute(&mut *connection).await?;
        Ok::<_, upnext::store::Error>(())
    };
    let bound = store.while_answered(upnext::store::Part::Commit, read);
    let lost = soon("it is given up", bound).await.and_then(|read| read);
    assert!(lost.is_err_and(|error| error.retryable()));
    drop(connection);

    soon("there is another one", store.connection()).await.expect("connects");
}
