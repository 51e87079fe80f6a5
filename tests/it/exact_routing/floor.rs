//! Servers, each a process of its own, and the sellers and leads of one organization.

use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use serde_json::json;
use sqlx::{AssertSqlSafe, PgPool};
use tonic::Code;
use upnext::clock::Clock;
use upnext::engine::Engine;
use upnext::wake::Wake;
use uuid::Uuid;

use crate::support::app::{Client, store};
use crate::support::columns::insert;
use crate::support::database::TestDatabase;
use crate::support::victim::Victim;

/// Who takes turns without an end, and who has room for few.
pub const IN_TURN: [&str; 7] = ["a0", "a1", "a2", "a3", "a4", "a5", "a6"];
pub const LIMITED: [&str; 5] = ["b0", "b1", "b2", "b3", "b4"];

/// How much is routed, by how many servers.
pub struct Size {
    pub servers: usize,
    pub records: usize,
    /// The most records of each seller with little room.
    pub capacity: usize,
}

pub const SHORT: Size = Size { servers: 2, records: 2_400, capacity: 60 };
pub const LONG: Size = Size { servers: 4, records: 20_000, capacity: 500 };

/// Longer than anything here takes, even on a busy machine.
const DEADLINE: Duration = Duration::from_secs(300);

/// Notes who has more than their capacity, whenever a statement gives records to somebody.
const WATCH: &str = "
  CREATE TABLE over_capacity (seller_id text, held bigint);
  CREATE FUNCTION note_over_capacity() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO over_capacity SELECT seller.seller_id, count(*) FROM record
      JOIN seller ON seller.organization_id = record.organization_id AND seller.id = record.owner_id
      WHERE NOT record.closed AND seller.max_capacity IS NOT NULL
      GROUP BY seller.seller_id, seller.max_capacity HAVING count(*) > seller.max_capacity;
    RETURN NULL;
  END $$;
  CREATE TRIGGER watch AFTER UPDATE OF owner_id ON record FOR EACH STATEMENT EXECUTE FUNCTION note_over_capacity()";

/// What the loops still have to do.
pub const BUSY: &str = "SELECT (SELECT count(*) FROM record_change) + (SELECT count(*) FROM freed_place)
  + (SELECT count(*) FROM operation WHERE state = 'RUNNING') + (SELECT count(*) FROM set_aside)";

/// The servers, and an organization whose leads of two origins go to the two kinds of sellers.
pub struct Floor {
    pub database: TestDatabase,
    pub victims: Vec<Victim>,
    pub size: Size,
    pool: PgPool,
    secret: String,
    organization: Uuid,
}

impl Floor {
    pub async fn new(size: Size) -> Self {
        let database = TestDatabase::new().await;
        let engine = Engine::new(store(&database), Clock::system(), Wake::new());
        let made = engine.create_organization("Shop", Clock::system().now()).await.expect("is created");
        let mut victims = Vec::new();
        for _ in 0..size.servers {
            victims.push(Victim::start(&database).await);
        }
        let (organization, secret) = (made.organization.0, made.secret.expose().to_owned());
        let pool = database.pool();
        sqlx::raw_sql(WATCH).execute(&pool).await.expect("is made");
        let floor = Self { database, pool, victims, secret, organization, size };
        floor.furnish().await;
        floor
    }

    pub fn client(&self, server: usize) -> Client {
        self.victims[server].client(&self.secret)
    }

    async fn furnish(&self) {
        let client = self.client(0);
        client.declare(json!({"origin": {"type": "STRING"}})).await;
        for id in IN_TURN {
            client.seller(id).await;
        }
        for id in LIMITED {
            let seller = json!({"display_name": id, "max_capacity": self.size.capacity});
            client.done("SellerService/CreateSeller", json!({"seller_id": id, "seller": seller})).await;
        }

        for (segment, sellers, respects) in [("fair", &IN_TURN[..], false), ("tight", &LIMITED[..], true)] {
            client.segment(segment, &format!("record.origin == \"{segment}\"")).await;
            let rule = json!({"display_name": segment, "listed": {"sellers": sellers}, "respect_capacity": respects});
            let parent = format!("segments/{segment}");
            let rule = json!({"parent": parent, "assignment_rule_id": "all", "assignment_rule": rule});
            client.done("SegmentService/CreateAssignmentRule", rule).await;
            client.activate_segment(segment).await;
        }
    }

    /// Adds leads past the servers, all in one commit, each with a change that awaits routing. Two
    /// of three are of the sellers in turn.
    pub async fn leads(&self, numbers: std::ops::Range<usize>) {
        let lead = [
            ("organization_id", "$1"),
            ("id", "('01900000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid"),
            ("record_type_id", "id"),
            ("record_id", "'l' || number"),
            (
                "attributes",
                "jsonb_build_object('origin', CASE number % 3 WHEN 0 THEN 'tight' ELSE 'fair' END)",
            ),
            ("create_time", "create_time"),
        ];
        let leads = "FROM record_type, generate_series($2::integer, $3::integer) AS number
          WHERE organization_id = $1 AND record_type_id = 'lead' RETURNING organization_id, id";
        let statement = format!(
            "WITH lead AS ({}) INSERT INTO record_change (organization_id, id, record_id)
             SELECT organization_id, id, id FROM lead",
            insert("record", &lead, leads)
        );

        let number = |number: usize| i32::try_from(number).expect("a small number");
        let run = sqlx::query(AssertSqlSafe(statement)).bind(self.organization);
        let run = run.bind(number(numbers.start)).bind(number(numbers.end - 1));
        run.execute(&self.pool).await.expect("the leads are new");
    }

    pub async fn count(&self, query: &'static str) -> usize {
        let count: i64 = sqlx::query_scalar(query).fetch_one(&self.pool).await.expect("counts");
        usize::try_from(count).expect("no count is negative")
    }

    /// Waits until a number is at most this.
    pub async fn until(&self, query: &'static str, most: usize) {
        let since = Instant::now();
        while self.count(query).await > most {
            assert!(since.elapsed() < DEADLINE, "it doesn't come to {most}: {query}");
            // Loops of other processes tell nobody what they have done.
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Kills a server without a warning, and starts it again.
    pub async fn kill(&mut self, server: usize) {
        self.victims[server].signal(Signal::SIGKILL);
        self.victims[server].restart().await;
    }

    /// Closes a lead by a call to a server, again if something is in its way for a moment.
    pub async fn close(&self, server: usize, number: usize) {
        let name = format!("recordTypes/lead/records/l{number}");
        let request = json!({"name": name, "close_outcome": "WON", "request_id": Clock::system().new_id()});
        let since = Instant::now();
        loop {
            match self.client(server).call("RecordService/CloseRecord", request.clone()).await {
                Ok(_) => return,
                Err(status) => {
                    let passes = matches!(status.code(), Code::Unavailable | Code::Aborted);
                    assert!(passes && since.elapsed() < DEADLINE, "{request}: {status:?}");
                }
            }
        }
    }

    /// The owners of the leads of an origin, in the order of their creation; `-` without one.
    pub async fn owners(&self, origin: &str) -> Vec<String> {
        sqlx::query_scalar(
            "SELECT coalesce(seller.seller_id, '-') FROM record
             LEFT JOIN seller ON seller.organization_id = record.organization_id AND seller.id = record.owner_id
             WHERE record.attributes ->> 'origin' = $1 AND NOT record.closed ORDER BY record.id",
        )
        .bind(origin)
        .fetch_all(&self.pool)
        .await
        .expect("reads")
    }
}
