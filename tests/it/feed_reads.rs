//! Reads by key touch rows in proportion to what they show, with plans that each connection makes
//! once.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use uuid::Uuid;

use upnext::domain::id::{ActivityId, EnrollmentId, QueueId};
use upnext::engine::Engine;
use upnext::store::activities::ActivityKey;
use upnext::store::database::doorbell::QueueKey;
use upnext::store::{Plans, PoolSettings, activities, queues};
use upnext::wake::Wake;

use crate::flow::complete;
use crate::support::columns::insert;
use crate::support::ground::copy;
use crate::support::world::{World, email, wait};

/// Three hundred sellers with a hundred due activities each, of as many records, and a hundred
/// timers each, but for the first, who has none.
pub fn crowd() -> String {
    let seller = [
        ("organization_id", "organization_id"),
        ("id", "('0190c0de-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid"),
        ("seller_id", "'s' || n"),
        ("create_time", "create_time"),
    ];
    let sellers = "FROM seller, generate_series(1, 300) AS n RETURNING organization_id, id, create_time";

    let queue =
        [("organization_id", "organization_id"), ("id", "id"), ("revision", "1"), ("due_count", "100")];

    let record = [
        ("organization_id", "organization_id"),
        ("id", "('0190c0de-0000-7000-8002-' || lpad(to_hex(n), 12, '0'))::uuid"),
        ("record_type_id", "record_type_id"),
        ("record_id", "'m' || n"),
        ("owner_id", "('0190c0de-0000-7000-8001-' || lpad(to_hex(n % 300 + 1), 12, '0'))::uuid"),
        ("create_time", "create_time"),
    ];
    let records = "FROM sequence, generate_series(1, 30000) AS n
      RETURNING organization_id, id, owner_id, create_time";

    let timer = [
        ("organization_id", "organization_id"),
        ("due_at", "create_time + interval '1 day'"),
        ("enrollment_id", "id"),
        ("queue_id", "owner_id"),
    ];
    let timers = "FROM lead WHERE owner_id <> '0190c0de-0000-7000-8001-000000000001'";

    let activity = [
        ("organization_id", "lead.organization_id"),
        ("id", "lead.id"),
        ("enrollment_id", "lead.id"),
        ("record_id", "lead.id"),
        ("sequence_id", "sequence.id"),
        ("queue_id", "lead.owner_id"),
        ("create_time", "lead.create_time"),
    ];
    let activities = "FROM lead JOIN sequence USING (organization_id)";

    format!(
        "WITH crowd AS ({}), queues AS ({}), lead AS ({}), timers AS ({}) {}",
        insert("seller", &seller, sellers),
        insert("queue", &queue, "FROM crowd"),
        insert("record", &record, records),
        insert("timer", &timer, timers),
        insert("activity", &activity, activities),
    )
}

fn queue(world: &World, number: u128) -> QueueKey {
    (world.organization, QueueId(Uuid::from_u128(0x0190_c0de_0000_7000_8001_0000_0000_0000 + number)))
}

/// Every third is closed.
fn activity(world: &World, number: u128) -> ActivityKey {
    (world.organization, ActivityId(Uuid::from_u128(0x0190_c0de_0000_7000_8002_0000_0000_0000 + number)))
}

/// Closed activities, of which there were none, either.
fn closed() -> String {
    let same =
        ["organization_id", "id", "enrollment_id", "record_id", "sequence_id", "queue_id", "create_time"];
    let columns = same.map(|column| (column, column));
    insert("closed_activity", &columns, "FROM activity WHERE get_byte(uuid_send(id), 15) % 3 = 0")
}

/// Each lead of the crowd, enrolled as the first one is.
pub fn enrolled() -> String {
    let changed = [("id", "record.id"), ("record_id", "record.id"), ("activity_id", "record.id")];
    let crowd =
        "enrollment.id = (SELECT id FROM enrollment ORDER BY id LIMIT 1) AND record.record_id LIKE 'm%'";
    copy("enrollment", &changed, "enrollment JOIN record USING (organization_id)", crowd)
}

/// Blocks of tables and their indexes that this connection has read, wherever they were. Scans
/// inside an index show here, too, as rows read don't.
pub async fn blocks_read(conn: &mut PgConnection) -> i64 {
    sqlx::query("SELECT pg_stat_force_next_flush()").execute(&mut *conn).await.expect("reports");
    let read = "SELECT sum(heap_blks_read + heap_blks_hit + coalesce(idx_blks_read + idx_blks_hit, 0))::bigint FROM pg_statio_user_tables";
    sqlx::query_scalar(read).fetch_one(conn).await.expect("counts")
}

/// The same, by table.
pub async fn blocks_by_table(conn: &mut PgConnection) -> BTreeMap<String, i64> {
    sqlx::query("SELECT pg_stat_force_next_flush()").execute(&mut *conn).await.expect("reports");
    let read = "SELECT relname::text, heap_blks_read + heap_blks_hit + coalesce(idx_blks_read + idx_blks_hit, 0) FROM pg_statio_user_tables";
    let rows: Vec<(String, i64)> = sqlx::query_as(read).fetch_all(conn).await.expect("counts");
    rows.into_iter().collect()
}

#[tokio::test]
async fn reads_by_key_cost_what_they_show_even_with_plans_made_on_empty_tables() {
    let world = World::new().await;
    world.seller("ana").await;
    world.sequence("calls", vec![email()]).await;
    let settings = PoolSettings { plans: Plans::Kept, ..PoolSettings::default() };
    let store = world.counted_store(&settings);
    let mut pooled = store.connection().await.expect("connects");
    let conn: &mut PgConnection = &mut pooled;
    // As on a new installation, or where all is done and Postgres has looked, so that nothing costs
    // the same by any index. Then there is much, while the plans are kept.
    world.run("VACUUM ANALYZE timer, activity").await;
    let few = [(queue(&world, 1), 5)];
    assert!(queues::states::read(conn, &few).await.expect("reads").is_empty());
    let activities: Vec<_> = (1..=100).map(|number| activity(&world, number)).collect();
    assert!(activities::rows::get(conn, &activities[..1]).await.expect("reads").is_empty());
    assert!(activities::rows::heads(conn, &[queue(&world, 1)]).await.expect("reads").is_empty());
    world.run(crowd()).await;
    world.run(closed()).await;
    world.run("DELETE FROM activity WHERE get_byte(uuid_send(id), 15) % 3 = 0").await;

    let many: Vec<_> = (1..=100).map(|number| (queue(&world, number), 5)).collect();
    // A queue costs itself, its next timer, and its activities with what they are called by.
    for watched in [&few[..], &many] {
        let before = blocks_read(conn).await;
        let states = queues::states::read(conn, watched).await.expect("reads");
        assert!(states.len() == watched.len() && states.values().all(|state| state.rows.len() == 5));
        let read = blocks_read(conn).await - before;
        assert!(
            (1..=120 * watched.len() as i64).contains(&read),
            "{read} blocks for {} queues",
            watched.len()
        );

        let known: Vec<_> = states.iter().map(|(key, state)| (*key, state.mark())).collect();
        let before = blocks_read(conn).await;
        assert!(queues::states::changed(conn, &known).await.expect("reads").is_empty());
        let read = blocks_read(conn).await - before;
        assert!(read <= 8 * watched.len() as i64, "{read} blocks to look at {} queues", watched.len());
    }
    for named in [&activities[..1], &activities] {
        let before = blocks_read(conn).await;
        let found = activities::rows::get(conn, named).await.expect("reads");
        assert_eq!(found.len(), named.len());
        let queues: Vec<_> = many.iter().take(named.len()).map(|(queue, _)| *queue).collect();
        assert_eq!(activities::rows::heads(conn, &queues).await.expect("reads").len(), queues.len());
        let read = blocks_read(conn).await - before;
        assert!(read <= 45 * named.len() as i64, "{read} blocks for {} activities and heads", named.len());
    }
    let planned = "SELECT coalesce(sum(custom_plans), 0)::bigint FROM pg_prepared_statements";
    let planned: i64 = sqlx::query_scalar(planned).fetch_one(&mut *conn).await.expect("counts");
    assert_eq!(planned, 0, "a statement was planned for its keys");
}

/// Completes an enrollment's open activity, and fires the wait after it.
async fn go_on(world: &World, engine: &Engine, enrollment: EnrollmentId) {
    let open = world.standing(enrollment).await.open.expect("an activity is open");
    engine.close_activity(world.request(), complete(open.id)).await.expect("done");
    world.advance(10);
    assert_eq!(engine.fire_timers(world.now()).await.expect("fires").timers, 1);
}

#[tokio::test]
async fn a_completion_and_a_sweep_cost_what_they_touch_even_with_plans_made_on_empty_tables() {
    let world = World::new().await;
    let ana = world.seller("ana").await;
    let sequence = world.sequence("calls", vec![email(), wait(10), email(), wait(10), email()]).await;
    let record = world.record("l1", Some(ana)).await;
    let settings = PoolSettings { max_connections: 1, ..PoolSettings::default() };
    let store = world.counted_store(&settings);
    let engine = Engine::new(store.clone(), world.clock(), Wake::new());
    world.run("VACUUM ANALYZE timer, activity").await;
    let enrollment = world.start(sequence, record).await.enrollment.id;
    go_on(&world, &engine, enrollment).await;
    world.run(crowd()).await;
    world.run(enrolled()).await;

    let before = blocks_read(&mut store.connection().await.expect("connects")).await;
    go_on(&world, &engine, enrollment).await;
    let read = blocks_read(&mut store.connection().await.expect("connects")).await - before;
    // By index each row costs four or so. Half a read of an index alone would be a hundred.
    assert!((1..=280).contains(&read), "{read} blocks");
}
