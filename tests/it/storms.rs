//! Load while things go wrong again and again: servers are killed, connections cut, Postgres
//! stopped, notifications lost. Every answer was true, watchers see what is listed, and all
//! invariants hold.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use upnext::clock::Clock;
use upnext::store::{PoolSettings, Store};

use crate::support::app::{organization, store, within_deadline};
use crate::support::chance::{is_long, number, seed};
use crate::support::database::{TestDatabase, durable_postgres, migrate, power_cut};
use crate::support::fleet::{Fleet, Servers};
use crate::support::invariants;
use crate::support::load::{Load, furnish};
use crate::support::process::folder;
use crate::support::proxy::{Fault, Proxy, Trap};
use crate::support::victim::Victim;

/// Callers at once.
const CALLERS: u64 = 8;

/// What callers do at least before a storm is over.
const DEEDS: u64 = 100;
/// The longest that this is waited for.
const DEADLINE: Duration = Duration::from_secs(60);

/// Kills that one database sees at most.
const KILLS_OF_A_DATABASE: u64 = 100;

/// How long a storm takes at least.
fn duration() -> Duration {
    Duration::from_secs(if is_long() { number("UPNEXT_SECONDS").unwrap_or(60) } else { 1 })
}

/// Whether a storm is over that began then: it took its time, and callers got something done.
fn is_over(load: &Load, since: Instant) -> bool {
    since.elapsed() > duration() && (load.done() >= DEEDS || since.elapsed() > DEADLINE)
}

/// Ends a load; nothing may be wrong.
async fn end(load: Load, pool: &PgPool, store: &Store, seed: u64) {
    let (answers, wrong) = load.end(pool).await;
    println!("{answers} answers");
    assert!(wrong.is_empty(), "UPNEXT_SEED={seed}\n{}", wrong.join("\n"));
    invariants::hold_in(store, Clock::system().now()).await;
}

/// The long run: 1,000 kills, or as many as `UPNEXT_KILLS` says.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_at_random_under_load_loses_and_doubles_nothing() {
    let seed = seed();
    let kills = number("UPNEXT_KILLS").unwrap_or(if is_long() { 1000 } else { 4 });
    println!("UPNEXT_SEED={seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let mut left = kills;
    while left > 0 {
        // On a database of their own: all of it is looked through after each kill, which takes the
        // longer the more there is.
        let some = left.min(KILLS_OF_A_DATABASE);
        kill_at_random(some, &mut rng, seed + left).await;
        left -= some;
        println!("{} kills", kills - left);
    }
}

async fn kill_at_random(kills: u64, rng: &mut StdRng, seed: u64) {
    let database = TestDatabase::new().await;
    let (store, pool) = (store(&database), database.pool());
    let mut victim = Victim::start(&database).await;
    let servers = Servers::default();
    servers.set(0, victim.channel());
    let secret = organization(&store).await;
    furnish(&servers, &secret).await;
    let load = Load::start(&servers, &secret, CALLERS, seed);

    for _ in 0..kills {
        let (application, longest) =
            if rng.random_bool(0.3) { ("upnext worker", 60) } else { ("upnext api", 300) };
        let fault =
            if rng.random_bool(0.5) { Fault::KillBefore(victim.id()) } else { Fault::KillAfter(victim.id()) };
        victim.proxy.arm(Trap {
            application,
            from: None,
            passing: 0,
            point: rng.random_range(1..longest),
            fault: Some(fault),
        });
        within_deadline("the point is reached", victim.proxy.sprung()).await;
        victim.proxy.disarm();
        victim.restart().await;
        servers.set(0, victim.channel());
        invariants::hold_in(&store, Clock::system().now()).await;
    }

    end(load, &pool, &store, seed).await;
    victim.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_cut_at_random_under_load_lose_and_double_nothing() {
    let seed = seed();
    let mut rng = StdRng::seed_from_u64(seed);
    let database = TestDatabase::new().await;
    let (store, pool, options) = (store(&database), database.pool(), database.connect_options());
    let proxy = Proxy::new(&options).await;
    let fleet = Fleet::start(1, &proxy.options(&options)).await;
    let secret = organization(&store).await;
    furnish(&fleet.servers, &secret).await;

    let load = Load::start(&fleet.servers, &secret, CALLERS, seed);
    let since = Instant::now();
    while !is_over(&load, since) {
        tokio::time::sleep(Duration::from_millis(rng.random_range(5..50))).await;
        if rng.random_bool(0.05) { proxy.cut_all() } else { proxy.cut(rng.random_range(0..16)) }
    }
    end(load, &pool, &store, seed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_and_four_servers_on_one_database_lose_and_double_nothing_under_load() {
    for count in [2, 4] {
        let seed = seed();
        let database = TestDatabase::new().await;
        let (store, pool) = (store(&database), database.pool());
        let fleet = Fleet::start(count, &database.connect_options()).await;
        let secret = organization(&store).await;
        furnish(&fleet.servers, &secret).await;
        let load = Load::start(&fleet.servers, &secret, CALLERS, seed);
        tokio::time::sleep(duration()).await;
        load.go_on(DEEDS).await;
        end(load, &pool, &store, seed).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_any_notification_everything_still_arrives() {
    let seed = seed();
    let database = TestDatabase::new().await;
    let (store, pool, options) = (store(&database), database.pool(), database.connect_options());
    let proxy = Proxy::new(&options).await;
    proxy.swallow_notify();
    let fleet = Fleet::start(2, &proxy.options(&options)).await;
    let secret = organization(&store).await;
    furnish(&fleet.servers, &secret).await;
    let load = Load::start(&fleet.servers, &secret, CALLERS, seed);
    tokio::time::sleep(duration()).await;
    load.go_on(DEEDS).await;
    end(load, &pool, &store, seed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_stopped_and_started_under_load_loses_and_doubles_nothing() {
    let seed = seed();
    let folder = folder();
    let mut server = durable_postgres(folder.path()).await;
    let options = server.connect_options("postgres");
    migrate(&options).await;

    let store = Arc::new(Store::new(
        options.clone(),
        &PoolSettings { max_connections: 2, ..PoolSettings::default() },
    ));
    let pool = PgPoolOptions::new().max_connections(2).connect_lazy_with(options.clone());
    let fleet = Fleet::start(2, &options).await;
    let secret = organization(&store).await;
    furnish(&fleet.servers, &secret).await;
    let load = Load::start(&fleet.servers, &secret, CALLERS, seed);

    for _ in 0..if is_long() { 20 } else { 1 } {
        load.go_on(DEEDS / 2).await;
        server = power_cut(server, folder.path()).await;
    }

    load.go_on(DEEDS / 2).await;
    end(load, &pool, &store, seed).await;
    drop(fleet);
    server.stop().await.expect("stops");
}
