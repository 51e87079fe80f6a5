//! Two servers on one database, their queues' journal, and backups of it all.

use std::net::SocketAddr;
use std::time::Duration;

use chrono::DateTime;
use rand::Rng;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use tokio::net::TcpListener;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};
use upnext::app::App;
use upnext::clock::ManualClock;
use upnext::domain::attribute::AttributeType;
use upnext::domain::condition::{Condition, Subject};
use upnext::domain::id::{OrganizationId, QueueId};
use upnext::domain::step::ActivityKind;
use upnext::feed::narrowing::Narrowing;
use upnext::lifecycle::Lifecycle;
use upnext::store::database::doorbell::QueueKey;
use uuid::Uuid;

use super::journal;
use crate::support::app::{Client, listening, settings, stores, within_deadline};
use crate::support::database::TestDatabase;
use crate::support::dynamic::call;

/// The queues that are watched.
pub const QUEUES: [&str; 3] = ["sellers/ana", "sellers/ben", "teams/unassigned"];

/// The leads, by their ids.
pub const LEADS: [&str; 8] = ["l0", "l1", "l2", "l3", "l4", "l5", "l6", "l7"];

/// What the view says by turns, each with the number of its kind in the database.
pub const FILTERS: [(&str, i64); 2] = [
    ("activity.kind == \"TASK\"", ActivityKind::Task as i64),
    ("activity.kind == \"PHONE_CALL\"", ActivityKind::PhoneCall as i64),
];

/// The number by which a token tells a filter.
pub fn fingerprint(filter: &str) -> u64 {
    let subject = Subject::new("activity", [("kind", AttributeType::String)]);
    let filter = Some(Condition::parse(filter, &subject).expect("a condition"));
    Narrowing { record_type: None, filter }.fingerprint()
}

/// The kind of activity that a token's filter lets through. `None`: any.
pub fn kind_of(filter: u64) -> Result<Option<i64>, String> {
    let found = FILTERS.iter().find(|(text, _)| fingerprint(text) == filter);
    match found {
        _ if filter == 0 => Ok(None),
        Some((_, kind)) => Ok(Some(*kind)),
        None => Err(format!("nothing has the fingerprint {filter}")),
    }
}

/// The sequences.
pub const SEQUENCES: [&str; 4] = ["tasks", "mixed", "waits", "short"];

/// One server.
pub struct Server {
    pub app: App,
    address: SocketAddr,
    lifecycle: Lifecycle,
    /// Calls as the administrator.
    pub admin: Client,
    /// Counts the servers that were in this place.
    pub generation: u32,
}

/// Everything that a story happens on.
pub struct Pair {
    pub database: TestDatabase,
    pub clock: ManualClock,
    pub servers: [Server; 2],
    pub organization: OrganizationId,
    secret: String,
    has_backup: bool,
}

impl Pair {
    /// Two servers, each with or without a doorbell, and a small sales floor.
    pub async fn new(random: &mut impl Rng) -> Self {
        let database = TestDatabase::new().await;
        journal::begin(&database.pool()).await;
        let clock = ManualClock::new(DateTime::from_timestamp(1_790_000_000, 0).expect("a valid instant"));
        let here = Server::start(&database, &clock, random.random(), "", 0).await;
        let created = here.app.engine.create_organization("Test", clock.now()).await.expect("is created");
        let secret = created.secret.expose().to_owned();
        let there = Server::start(&database, &clock, random.random(), &secret, 0).await;
        let mut servers = [here, there];
        servers[0].admin.secret.clone_from(&secret);
        let pair =
            Self { database, clock, servers, organization: created.organization, secret, has_backup: false };
        pair.settle().await;
        pair
    }

    async fn settle(&self) {
        let admin = &self.servers[0].admin;
        admin.seller("ana").await;
        admin.seller("ben").await;
        admin.declare(json!({"score": {"type": "INT"}, "name": {"type": "STRING"}})).await;
        let owners = ["ana", "ben", ""].into_iter().cycle();
        let leads = LEADS.iter().zip(owners).map(|(id, owner)| json!({"id": id, "owner": owner}));
        admin.leads(leads.collect()).await;

        let (task, call) = (json!({"task": {}}), json!({"phone_call": {"script": "Hi"}}));
        let wait = |seconds| json!({"wait": {"delay": {"seconds": seconds}}});
        admin.sequence("tasks", json!([task, task, task])).await;
        admin.sequence("mixed", json!([{"email": {}}, wait(10), call, task])).await;
        admin.sequence("waits", json!([wait(5), task, wait(30), task])).await;
        admin.sequence("short", json!([task])).await;
        self.segment().await;
        let view = json!({"display_name": "Some", "filter": FILTERS[0].0});
        admin.done("WorkQueueService/CreateView", json!({"view_id": "some", "view": view})).await;
    }

    /// Leads with a high score get an owner in turn and go through a sequence until the score is
    /// low again.
    async fn segment(&self) {
        let admin = &self.servers[0].admin;
        let segment = json!({"display_name": "Hot", "condition": "record.score > 5",
            "on_leave": "EXIT_ENROLLMENT"});
        let segment = json!({"segment_id": "hot", "segment": segment});
        admin.done("SegmentService/CreateSegment", segment).await;
        admin.rule("hot", "in-turn", &["ana", "ben"]).await;
        admin.connect("hot", "tasks").await;
        admin.activate_segment("hot").await;
    }

    /// A queue's key.
    pub async fn key(&self, queue: &str) -> QueueKey {
        let (_, id) = queue.split_once('/').expect("a name");
        let queue: Uuid = sqlx::query_scalar(
            "SELECT id FROM seller WHERE seller_id = $1 UNION ALL SELECT id FROM team WHERE team_id = $1",
        )
        .bind(id)
        .fetch_one(&self.database.pool())
        .await
        .expect("the queue is there");
        (self.organization, QueueId(queue))
    }

    /// Puts another server in the place of one, which stops at once or takes leave first.
    pub async fn replace(&mut self, place: usize, doorbell: bool, gently: bool) {
        let generation = self.servers[place].generation + 1;
        let server = Server::start(&self.database, &self.clock, doorbell, &self.secret, generation).await;
        let former = std::mem::replace(&mut self.servers[place], server);
        former.lifecycle.begin_to_drain();
        if !gently {
            former.lifecycle.hard().cancel();
        }
    }

    /// Cuts the connections over which servers hear each other.
    pub async fn cut_doorbells(&self) {
        let cut: Vec<bool> = sqlx::query_scalar(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
             WHERE datname = current_database() AND query LIKE 'LISTEN%'",
        )
        .fetch_all(&self.database.pool())
        .await
        .expect("an administrator may");
        assert!(cut.iter().all(|cut| *cut));
    }

    /// Keeps all rows as they are.
    pub async fn back_up(&mut self) {
        let mut statements = "DROP SCHEMA IF EXISTS backup CASCADE; CREATE SCHEMA backup;".to_owned();
        for table in self.tables().await {
            statements += &format!("CREATE TABLE backup.{table} AS SELECT * FROM public.{table};");
        }
        self.execute(statements).await;
        self.has_backup = true;
    }

    /// Puts the rows back that were kept, behind everybody's back; says whether there were any.
    pub async fn restore(&self) -> bool {
        if self.has_backup {
            // No triggers: what was there before is in the journal already.
            let mut statements = "SET LOCAL session_replication_role = replica;".to_owned();
            for table in self.tables().await {
                statements += &format!("DELETE FROM public.{table};");
                statements += &format!("INSERT INTO public.{table} SELECT * FROM backup.{table};");
            }
            self.execute(statements).await;
        }
        self.has_backup
    }

    async fn tables(&self) -> Vec<String> {
        sqlx::query_scalar(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
             AND NOT relispartition AND relname <> '_sqlx_migrations' ORDER BY relname",
        )
        .fetch_all(&self.database.pool())
        .await
        .expect("is listed")
    }

    /// Runs statements in one transaction.
    async fn execute(&self, statements: String) {
        let mut tx = self.database.pool().begin().await.expect("begins");
        sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut *tx).await.expect("runs");
        tx.commit().await.expect("commits");
    }
}

impl Server {
    async fn start(
        database: &TestDatabase,
        clock: &ManualClock,
        doorbell: bool,
        secret: &str,
        generation: u32,
    ) -> Self {
        let app = App::new(stores(database, doorbell), clock.clock(), settings());
        let lifecycle = Lifecycle::new();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let listening = listening();
        let (served, own) = (app.clone(), lifecycle.clone());
        lifecycle
            .spawn(async move { served.serve(listener, listening, &own).await.expect("the server runs") });

        let admin = Client::new(endpoint(address).connect_lazy(), secret);
        Self { app, address, lifecycle, admin, generation }
    }

    /// A connection of its own, whose client takes so many bytes before it has read them.
    pub fn connect(&self, bytes: u32) -> Client {
        let channel: Channel = endpoint(self.address).initial_stream_window_size(bytes).connect_lazy();
        Client::new(channel, &self.admin.secret)
    }

    /// What the administrator's call answers.
    ///
    /// A refusal may be right, after what happened before it; a fault never is.
    pub async fn call(&self, method: &str, request: Value) -> Result<Value, Status> {
        let method = format!("upnext.v1.{method}");
        let answer = within_deadline(&method, call(&self.admin, &method, request.clone())).await;
        if let Err(status) = &answer {
            assert!(!is_fault(status.code()), "{method} {request}: {status:?}");
        }
        answer
    }

    /// Does what is due.
    pub async fn run_until_idle(&self) {
        let run = within_deadline("the loops come to rest", self.app.run_until_idle());
        run.await.expect("every tick succeeds");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.lifecycle.begin_to_drain();
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        self.servers.iter().for_each(|server| server.lifecycle.hard().cancel());
    }
}

fn is_fault(code: Code) -> bool {
    matches!(code, Code::Internal | Code::Unknown | Code::DataLoss | Code::Unimplemented | Code::Cancelled)
}

fn endpoint(address: SocketAddr) -> Endpoint {
    let endpoint = Endpoint::from_shared(format!("http://{address}")).expect("an address");
    endpoint.connect_timeout(Duration::from_secs(10))
}
