//! What takes a batch of a long table costs what it takes, whatever Postgres believes of the table.

use sqlx::PgConnection;
use upnext::domain::id::OrganizationId;
use upnext::store::{PoolSettings, records, requests};
use uuid::Uuid;

use super::feed_reads::blocks_read;
use super::support::world::World;

/// Rows that wait; a batch is far fewer.
const WAITING: i64 = 17_000;
const BATCH: i64 = 1_000;
/// Blocks that a batch may read: a few for each of its rows.
const BLOCKS: i64 = 12 * BATCH;

const CHANGES: &str = "INSERT INTO record_change (organization_id, id, record_id)
    SELECT $1, gen_random_uuid(), gen_random_uuid() FROM generate_series(1, $2)";
const REQUESTS: &str = "INSERT INTO request (organization_id, principal_id, method, request_id, fingerprint, decided, create_time)
    SELECT $1, gen_random_uuid(), 'M', gen_random_uuid(), '', '{}', timestamptz '2020-01-01' + make_interval(secs => number)
    FROM generate_series(1, $2) AS number";

async fn run(conn: &mut PgConnection, statement: &'static str) {
    sqlx::query(statement).execute(conn).await.expect("runs");
}

async fn insert(conn: &mut PgConnection, statement: &'static str, organization: Uuid, count: i64) {
    sqlx::query(statement).bind(organization).bind(count).execute(conn).await.expect("can be inserted");
}

/// What Postgres may have seen of a table when it looked at it last.
#[derive(Clone, Copy, Debug)]
enum Seen {
    Nothing,
    AnotherOrganization,
    /// What is gone by now.
    Before,
}

/// Fills both tables behind Postgres' back.
async fn mislead(conn: &mut PgConnection, seen: Seen, organization: Uuid) {
    run(conn, "TRUNCATE record_change, request").await;
    let (other, few) = (Uuid::from_u128(7), 2);
    match seen {
        Seen::Nothing => {}
        Seen::AnotherOrganization => {
            insert(conn, CHANGES, other, few).await;
            insert(conn, REQUESTS, other, few).await;
        }
        Seen::Before => {
            insert(conn, CHANGES, organization, few).await;
            insert(conn, REQUESTS, organization, few).await;
        }
    }
    run(conn, "ANALYZE record_change, request").await;
    insert(conn, CHANGES, organization, WAITING).await;
    insert(conn, REQUESTS, organization, WAITING).await;
}

#[tokio::test]
async fn a_batch_costs_what_it_takes_whatever_the_statistics_say() {
    let world = World::new().await;
    let organization = OrganizationId(Uuid::from_u128(42));
    let store = world.counted_store(&PoolSettings::default());
    let mut connection = store.connection().await.expect("connects");
    for seen in [Seen::Nothing, Seen::AnotherOrganization, Seen::Before] {
        mislead(&mut connection, seen, organization.0).await;

        let before = blocks_read(&mut connection).await;
        let claimed = records::changes::claim(&mut connection, organization, BATCH).await.expect("claims");
        let read = blocks_read(&mut connection).await - before;
        assert!(
            claimed.len() as i64 == BATCH && (1..BLOCKS).contains(&read),
            "{seen:?}: {read} blocks to claim {BATCH}"
        );

        let before = blocks_read(&mut connection).await;
        let now = world.clock().now();
        let purged = requests::purge(&mut connection, organization, now, BATCH).await.expect("purges");
        let read = blocks_read(&mut connection).await - before;
        assert!(
            purged as i64 == BATCH && (1..BLOCKS).contains(&read),
            "{seen:?}: {read} blocks to purge {BATCH}"
        );
    }
}
