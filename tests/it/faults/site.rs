//! What faults befall: two servers, one of them a process of its own, each behind a proxy, on one
//! Postgres with a small disk.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, PgConnection, PgPool};
use tempfile::TempDir;
use tokio::time::sleep;
use upnext::clock::Clock;
use upnext::private_postgres::PrivatePostgres;
use upnext::store::{PoolSettings, Store};

use super::{Kind, length};
use crate::support::app::organization;
use crate::support::database::{durable_postgres, migrate, power_cut};
use crate::support::fleet::{Fleet, Servers};
use crate::support::invariants;
use crate::support::process::folder;
use crate::support::proxy::{Hole, Proxy};
use crate::support::small_disk::SmallDisk;
use crate::support::victim::Victim;

/// The size of the disk. A site's data takes some 20 of them.
const MEGABYTES: u32 = 256;
/// Longer than anything here takes, even on a busy machine.
const DEADLINE: Duration = Duration::from_secs(60);
/// The place of the process among the servers.
const PROCESS: usize = 1;

/// Two servers and their Postgres.
pub struct Site {
    fleet: Fleet,
    proxy: Proxy,
    victim: Victim,
    /// For looking, not through a proxy.
    pub pool: PgPool,
    store: Store,
    /// A system administrator's key.
    pub secret: String,
    administrator: PgConnection,
    options: PgConnectOptions,
    /// `None` only while it is restarted.
    postgres: Option<PrivatePostgres>,
    /// `None` where nobody may mount one.
    disk: Option<SmallDisk>,
    folder: TempDir,
}

impl Site {
    /// Starts everything.
    pub async fn new() -> Self {
        let folder = folder();
        let disk = SmallDisk::mount(folder.path().join("small"), MEGABYTES);
        let postgres = durable_postgres(folder.path()).await;
        let options = match &disk {
            Some(disk) => disk.create_database(&postgres, &folder.path().join("data")).await,
            None => postgres.connect_options("postgres"),
        };
        if disk.is_none() {
            eprintln!("SKIPPED faults of a full disk: mounting a small file system isn't allowed");
            migrate(&options).await;
        }

        let proxy = Proxy::new(&options).await;
        let fleet = Fleet::start(PROCESS, &proxy.options(&options)).await;
        let victim = Victim::start_on(&options).await;
        fleet.servers.set(PROCESS, victim.channel());
        let settings = PoolSettings { max_connections: 2, ..PoolSettings::default() };
        let store = Store::new(options.clone(), &settings);
        let secret = organization(&store).await;
        let administrator = administrator(&options).await;
        let pool = PgPoolOptions::new().max_connections(2).connect_lazy_with(options.clone());
        let postgres = Some(postgres);
        Self { fleet, proxy, victim, pool, store, secret, administrator, options, postgres, disk, folder }
    }

    /// Where the servers are.
    pub fn servers(&self) -> Servers {
        self.fleet.servers.clone()
    }

    /// Lets a fault happen and pass. Returns false if it can't happen here.
    pub async fn strike(&mut self, kind: Kind, rng: &mut StdRng) -> bool {
        match kind {
            Kind::KillServer => self.kill_server().await,
            Kind::FreezeServer => self.freeze_server(length(rng)).await,
            Kind::ResetConnections => self.reset_connections(rng),
            Kind::SwallowBytes => return self.black_hole(Hole::Swallows, rng).await,
            Kind::StandStill => return self.black_hole(Hole::StandsStill, rng).await,
            Kind::LoseConnections => return self.black_hole(Hole::Loses, rng).await,
            Kind::LosePackets => return self.lose_packets(rng).await,
            Kind::CancelStatements => self.cancel_statements().await,
            Kind::EndBackends => self.end_backends(rng).await,
            Kind::FreezeBackends => self.freeze_backends(rng).await,
            Kind::FillDisk => return self.fill_disk(length(rng)).await,
            Kind::ForbidWrites => self.forbid_writes(length(rng)).await,
            Kind::TakeConnections => self.take_connections(length(rng)).await,
            Kind::MoveClock => self.move_clock(rng),
            Kind::RestartPostgres => self.restart_postgres(rng.random_bool(0.5)).await,
        }
        true
    }

    async fn kill_server(&mut self) {
        self.victim.signal(Signal::SIGKILL);
        self.victim.restart().await;
        self.fleet.servers.set(PROCESS, self.victim.channel());
    }

    async fn freeze_server(&self, length: Duration) {
        self.victim.signal(Signal::SIGSTOP);
        sleep(length).await;
        self.victim.signal(Signal::SIGCONT);
    }

    /// The proxy of one server.
    fn a_proxy(&self, rng: &mut StdRng) -> &Proxy {
        if rng.random_bool(0.5) { &self.proxy } else { &self.victim.proxy }
    }

    fn reset_connections(&self, rng: &mut StdRng) {
        let proxy = self.a_proxy(rng);
        match rng.random_bool(0.3) {
            true => proxy.cut_all(),
            false => (0..4).for_each(|_| proxy.cut(rng.random_range(0..16))),
        }
    }

    async fn black_hole(&self, hole: Hole, rng: &mut StdRng) -> bool {
        let proxy = self.a_proxy(rng);
        let dead = proxy.black_hole(hole);
        sleep(length(rng)).await;
        proxy.bury();
        dead > 0
    }

    async fn lose_packets(&self, rng: &mut StdRng) -> bool {
        let Some(_lost) = self.a_proxy(rng).lose(rng.random_range(5..60)) else { return false };
        sleep(length(rng)).await;
        true
    }

    /// What Postgres answers the administrator.
    async fn count(&mut self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&mut self.administrator).await.expect("an administrator may")
    }

    async fn cancel_statements(&mut self) {
        let since = Instant::now();
        let cancel = "SELECT count(*) FILTER (WHERE pg_cancel_backend(pid)) FROM pg_stat_activity
             WHERE application_name LIKE 'upnext%' AND state = 'active'";
        while self.count(cancel).await == 0 {
            assert!(since.elapsed() < DEADLINE, "no statement was active when looked for");
        }
    }

    async fn end_backends(&mut self, rng: &mut StdRng) {
        let one = "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM
             (SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'upnext%'
              ORDER BY state = 'active' DESC, random() LIMIT 3) AS picked";
        let all = "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity
             WHERE application_name LIKE 'upnext%'";
        self.count(if rng.random_bool(0.3) { all } else { one }).await;
    }

    async fn freeze_backends(&mut self, rng: &mut StdRng) {
        let some: Vec<i32> = sqlx::query_scalar(
            "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'upnext%'
             ORDER BY state = 'active' DESC, random() LIMIT $1",
        )
        .bind(rng.random_range(1..5))
        .fetch_all(&mut self.administrator)
        .await
        .expect("an administrator may");
        let signal = |signal| {
            // One may end by itself in the meantime.
            some.iter().for_each(|pid| _ = kill(Pid::from_raw(*pid), signal));
        };

        signal(Signal::SIGSTOP);
        sleep(length(rng)).await;
        signal(Signal::SIGCONT);
    }

    async fn fill_disk(&self, length: Duration) -> bool {
        let Some(disk) = &self.disk else { return false };
        disk.fill();
        sleep(length).await;
        disk.free();
        true
    }

    /// What the sessions of Postgres do, and whom they wait for.
    pub async fn activity(&mut self) -> String {
        let sessions: Vec<String> = sqlx::query_scalar(
            "SELECT concat_ws(' ', pid, application_name, state, wait_event, now() - state_change,
               'waits for', pg_blocking_pids(pid)::text, left(query, 200))
             FROM pg_stat_activity WHERE backend_type = 'client backend' ORDER BY state_change",
        )
        .fetch_all(&mut self.administrator)
        .await
        .unwrap_or_else(|error| vec![error.to_string()]);
        sessions.join("\n")
    }

    async fn run(&mut self, statement: &'static str) {
        sqlx::raw_sql(statement).execute(&mut self.administrator).await.expect("an administrator may");
    }

    async fn forbid_writes(&mut self, length: Duration) {
        self.run("ALTER SYSTEM SET default_transaction_read_only = on").await;
        self.run("SELECT pg_reload_conf()").await;
        sleep(length).await;
        self.run("ALTER SYSTEM RESET default_transaction_read_only").await;
        self.run("SELECT pg_reload_conf()").await;
    }

    /// Takes the connections of both servers and all others.
    async fn take_connections(&self, length: Duration) {
        let (mut taken, mut refused) = (Vec::new(), 0);
        self.proxy.cut_all();
        self.victim.proxy.cut_all();
        // Connections that have just ended become free one by one.
        while refused < 5 {
            match PgConnection::connect_with(&self.options).await {
                Ok(connection) => taken.push(connection),
                Err(_) => refused += 1,
            }
        }
        sleep(length).await;
    }

    /// Moves the time of a server, until it reads the database's again: it stood still for an hour,
    /// or it is half a second ahead.
    fn move_clock(&self, rng: &mut StdRng) {
        let moved = [TimeDelta::hours(-1), TimeDelta::milliseconds(-500), TimeDelta::milliseconds(500)];
        let moved = *moved.choose(rng).expect("there are three");
        let Clock::System(clock) = &self.fleet.clocks[0] else { panic!("a fleet has the system's time") };
        clock.set_database_offset(clock.database_offset() + moved);
    }

    async fn restart_postgres(&mut self, cut: bool) {
        let postgres = self.postgres.take().expect("it runs");
        self.postgres = Some(match cut {
            true => power_cut(postgres, self.folder.path()).await,
            false => {
                postgres.stop().await.expect("stops");
                durable_postgres(self.folder.path()).await
            }
        });
        self.administrator = administrator(&self.options).await;
    }

    /// Stops everything. Nothing may be wrong, and no problem left.
    pub async fn end(mut self) {
        solved(&self.pool).await;
        invariants::hold_in(&self.store, Clock::system().now()).await;
        self.victim.end();
        drop(self.fleet);
        self.proxy.cut_all();
        self.postgres.take().expect("it runs").stop().await.expect("stops");
    }
}

/// A connection that may always write.
async fn administrator(options: &PgConnectOptions) -> PgConnection {
    let options = options.clone().options([("default_transaction_read_only", "off")]);
    PgConnection::connect_with(&options).await.expect("connects")
}

/// Waits until every problem is solved, each in its own time.
async fn solved(pool: &PgPool) {
    let since = Instant::now();
    loop {
        let left: Vec<(String, String, i32, bool)> =
            sqlx::query_as("SELECT kind, reason, attempts, retrying FROM set_aside")
                .fetch_all(pool)
                .await
                .expect("is read");
        if left.is_empty() {
            return;
        }
        assert!(since.elapsed() < DEADLINE, "problems stay: {left:?}");
        // Loops tell nobody of another process when they have done something.
        sleep(Duration::from_millis(50)).await;
    }
}
