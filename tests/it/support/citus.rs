//! Databases on a Citus. `UPNEXT_TEST_CITUS_URL` names a database of its coordinator, which has the
//! extension and knows the workers: `postgres://upnext@127.0.0.1:5600/upnext?host=/run/citus`. One
//! test run at a time can have it.

use std::{env, iter};

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use upnext::store::MIGRATOR;
use upnext::store::database::distribution;

use super::database::{TEMPLATE, TestDatabase, execute};
use super::proxy::Proxy;

const URL: &str = "UPNEXT_TEST_CITUS_URL";

/// True if the tests' databases are distributed.
pub fn is_named() -> bool {
    env::var_os(URL).is_some()
}

/// The nodes, the coordinator first.
pub struct Citus(Vec<PgConnectOptions>);

impl Citus {
    /// The one that the environment names.
    pub async fn named() -> Option<Self> {
        let url = env::var(URL).ok()?;
        let coordinator: PgConnectOptions = url.parse().unwrap_or_else(|error| panic!("{URL}: {error}"));
        let mut conn = PgConnection::connect_with(&coordinator).await.expect("the coordinator answers");
        let workers: Vec<(String, i32)> = sqlx::query_as(
            "SELECT nodename, nodeport FROM pg_dist_node WHERE groupid > 0 AND noderole = 'primary' ORDER BY nodeid",
        )
        .fetch_all(&mut conn)
        .await
        .expect("the coordinator knows its workers");

        let mut nodes = vec![coordinator.clone()];
        let worker = |(host, port): (String, i32)| {
            coordinator.clone().host(&host).port(u16::try_from(port).expect("a port"))
        };
        nodes.extend(workers.into_iter().map(worker));
        Some(Self(nodes))
    }

    /// How to connect to a database of the coordinator.
    pub fn connect_options(&self) -> PgConnectOptions {
        self.0[0].clone()
    }

    /// Runs a statement on each node.
    async fn everywhere(&self, database: Option<&str>, statement: &str) {
        for node in &self.0 {
            let node = match database {
                Some(database) => node.clone().database(database),
                None => node.clone(),
            };
            let mut conn = PgConnection::connect_with(&node).await.expect("the node answers");
            execute(&mut conn, statement.to_owned()).await;
            conn.close().await.expect("can be left");
        }
    }

    /// Makes an empty database on each node. Returns how to connect to that of the coordinator.
    pub async fn make(&self, database: &str) -> PgConnectOptions {
        self.drop(database).await;
        self.everywhere(None, &format!("CREATE DATABASE {database}")).await;
        self.everywhere(Some(database), "CREATE EXTENSION citus").await;

        let made = self.connect_options().database(database);
        let mut conn = PgConnection::connect_with(&made).await.expect("connects");
        let add = ["citus_set_coordinator_host"].into_iter().chain(iter::repeat("citus_add_node"));
        for (node, add) in self.0.iter().zip(add) {
            let (host, port) = (node.get_host(), node.get_port());
            execute(&mut conn, format!("SELECT {add}('{host}', {port})")).await;
        }
        conn.close().await.expect("can be left");
        made
    }

    /// Makes the database that others are cloned from.
    pub async fn make_template(&self) {
        let made = self.make(TEMPLATE).await;
        let mut conn = PgConnection::connect_with(&made).await.expect("connects");
        MIGRATOR.run(&mut conn).await.expect("the migrations run on an empty database");
        distribution::distribute(&mut conn).await.expect("the tables can be distributed");
        conn.close().await.expect("can be left");

        // The daemon that Citus runs in each database would come back, and nothing can be cloned
        // while it is there.
        self.everywhere(None, &format!("ALTER DATABASE {TEMPLATE} ALLOW_CONNECTIONS false")).await;
        let leave = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname";
        self.everywhere(None, &format!("{leave} = '{TEMPLATE}'")).await;
    }

    /// Puts a proxy between the coordinator and each worker of a database.
    pub async fn intercept(&self, database: &TestDatabase) -> Vec<Proxy> {
        let mut conn = PgConnection::connect_with(&database.connect_options()).await.expect("connects");
        let mut proxies = Vec::new();
        for worker in &self.0[1..] {
            let proxy = Proxy::new(worker).await;
            let node = "SELECT citus_update_node(nodeid, '127.0.0.1'";
            let (own, known) = (proxy.port(), worker.get_port());
            execute(&mut conn, format!("{node}, {own}) FROM pg_dist_node WHERE nodeport = {known}")).await;
            proxies.push(proxy);
        }
        proxies
    }

    /// Clones the template.
    pub async fn create(&self, database: &str) {
        self.drop(database).await;
        self.everywhere(None, &format!("CREATE DATABASE {database} TEMPLATE {TEMPLATE}")).await;
    }

    /// Drops a database, if it is there.
    pub async fn drop(&self, database: &str) {
        self.everywhere(None, &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)")).await;
    }
}
