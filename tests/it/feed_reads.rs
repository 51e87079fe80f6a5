//! What reads by key read: rows in proportion to what they show, by plans that are made once for
//! each connection.

use sqlx::PgConnection;
use uuid::Uuid;

use upnext::domain::id::{ActivityId, EnrollmentId, QueueId};
use upnext::engine::Engine;
use upnext::store::activities::ActivityKey;
use upnext::store::doorbell::QueueKey;
use upnext::store::{Plans, PoolSettings, Store, activity_rows, queue_states};
use upnext::wake::Wake;

use crate::flow::complete;
use crate::support::world::{World, email, wait};

/// Three hundred sellers with a hundred due activities each, of as many records, and a hundred
/// timers each, but for the first, who has none.
const CROWD: &str = "
    WITH crowd AS (
      INSERT INTO seller (organization_id, id, seller_id, display_name, email, assign_records, version, create_time, update_time)
      SELECT organization_id, ('0190c0de-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid, 's' || n, 'A seller', '', true, 1, create_time,
        create_time
      FROM seller, generate_series(1, 300) AS n
      RETURNING organization_id, id, create_time
    ), queues AS (
      INSERT INTO queue (organization_id, id, revision, stamp, due_count, snoozed_count)
      SELECT organization_id, id, 1, id, 100, 0 FROM crowd
    ), lead AS (
      INSERT INTO record (organization_id, id, record_type_id, record_id, attributes, owner_id, closed, source_version, version, create_time,
        update_time)
      SELECT crowd.organization_id, ('0190c0de-0000-7000-8002-' || lpad(to_hex(n), 12, '0'))::uuid, sequence.record_type_id, 'm' || n, '{}',
        crowd.id, false, 0, 1, crowd.create_time, crowd.create_time
      FROM generate_series(1, 30000) AS n
      JOIN crowd ON crowd.id = ('0190c0de-0000-7000-8001-' || lpad(to_hex(n % 300 + 1), 12, '0'))::uuid
      JOIN sequence USING (organization_id)
      RETURNING organization_id, id, owner_id, create_time
    ), timers AS (
      INSERT INTO timer (organization_id, due_at, kind, subject_id, enrollment_id, queue_id)
      SELECT organization_id, create_time + interval '1 day', 1, id, id, owner_id FROM lead
      WHERE owner_id <> '0190c0de-0000-7000-8001-000000000001'
    )
    INSERT INTO activity (organization_id, id, enrollment_id, record_id, sequence_id, revision, node, kind, queue_id, record_display_name,
      due_time, rank, state, snooze_until, snooze_count, version, create_time)
    SELECT lead.organization_id, lead.id, lead.id, lead.id, sequence.id, 1, 0, 1, lead.owner_id, 'A lead', lead.create_time, lead.create_time,
      1, NULL, 0, 1, lead.create_time
    FROM lead JOIN sequence USING (organization_id)";

fn queue(world: &World, number: u128) -> QueueKey {
    (world.organization, QueueId(Uuid::from_u128(0x0190_c0de_0000_7000_8001_0000_0000_0000 + number)))
}

/// Every third is closed.
fn activity(world: &World, number: u128) -> ActivityKey {
    (world.organization, ActivityId(Uuid::from_u128(0x0190_c0de_0000_7000_8002_0000_0000_0000 + number)))
}

/// Closed activities, of which there were none, either.
const CLOSED: &str = "
    INSERT INTO closed_activity (organization_id, id, enrollment_id, record_id, sequence_id, revision, node, kind, queue_id, due_time, rank,
      snooze_count, version, create_time, state, outcome, note, close_time)
    SELECT organization_id, id, enrollment_id, record_id, sequence_id, revision, node, kind, queue_id, due_time, rank, 0, 2, create_time, 3, '', '',
      create_time
    FROM activity WHERE get_byte(uuid_send(id), 15) % 3 = 0";

/// Each lead of the crowd enrolled as the first one is.
const ENROLLED: &str = "
    INSERT INTO enrollment (organization_id, id, sequence_id, revision, record_id, pass_number, state, reason, source, segment_id, node, step_reach_time,
      waiting_until, activity_id, version, create_time, end_time)
    SELECT organization_id, record.id, sequence_id, revision, record.id, pass_number, state, reason, source, segment_id, node, step_reach_time, NULL,
      record.id, enrollment.version, enrollment.create_time, NULL
    FROM enrollment JOIN record USING (organization_id) WHERE record.id <> enrollment.record_id";

/// Blocks of tables and their indexes that this connection has read, wherever they were. Scans
/// inside an index show here, too, as rows read don't.
pub async fn blocks_read(conn: &mut PgConnection) -> i64 {
    sqlx::query("SELECT pg_stat_force_next_flush()").execute(&mut *conn).await.expect("reports");
    let read = "SELECT sum(heap_blks_read + heap_blks_hit + coalesce(idx_blks_read + idx_blks_hit, 0))::bigint FROM pg_statio_user_tables";
    sqlx::query_scalar(read).fetch_one(conn).await.expect("counts")
}

#[tokio::test]
async fn what_is_read_by_key_costs_what_it_shows_by_plans_made_once_and_before_there_was_much() {
    let world = World::new().await;
    world.seller("ana").await;
    world.sequence("calls", vec![email()]).await;
    let settings = PoolSettings { plans: Plans::Kept, ..PoolSettings::default() };
    let store = Store::new(world.connect_options(), &settings);
    let mut pooled = store.connection().await.expect("connects");
    let conn: &mut PgConnection = &mut pooled;
    // As on a new installation, or where all is done and Postgres has looked, so that nothing costs
    // the same by any index. Then there is much, while the plans are kept.
    world.run("VACUUM ANALYZE timer, activity").await;
    let few = [(queue(&world, 1), 5)];
    assert!(queue_states::read(conn, &few).await.expect("reads").is_empty());
    let activities: Vec<_> = (1..=100).map(|number| activity(&world, number)).collect();
    assert!(activity_rows::get(conn, &activities[..1]).await.expect("reads").is_empty());
    assert!(activity_rows::heads(conn, &[queue(&world, 1)]).await.expect("reads").is_empty());
    world.run(CROWD).await;
    world.run(CLOSED).await;
    world.run("DELETE FROM activity WHERE id IN (SELECT id FROM closed_activity)").await;

    let many: Vec<_> = (1..=100).map(|number| (queue(&world, number), 5)).collect();
    // A queue costs itself, its next timer, and its activities with what they are called by.
    for watched in [&few[..], &many] {
        let before = blocks_read(conn).await;
        let states = queue_states::read(conn, watched).await.expect("reads");
        assert!(states.len() == watched.len() && states.values().all(|state| state.rows.len() == 5));
        let read = blocks_read(conn).await - before;
        assert!(read <= 120 * watched.len() as i64, "{read} blocks for {} queues", watched.len());

        let known: Vec<_> = states.iter().map(|(key, state)| (*key, state.mark())).collect();
        let before = blocks_read(conn).await;
        assert!(queue_states::changed(conn, &known).await.expect("reads").is_empty());
        let read = blocks_read(conn).await - before;
        assert!(read <= 8 * watched.len() as i64, "{read} blocks to look at {} queues", watched.len());
    }
    for named in [&activities[..1], &activities] {
        let before = blocks_read(conn).await;
        let found = activity_rows::get(conn, named).await.expect("reads");
        assert_eq!(found.len(), named.len());
        let queues: Vec<_> = many.iter().take(named.len()).map(|(queue, _)| *queue).collect();
        assert_eq!(activity_rows::heads(conn, &queues).await.expect("reads").len(), queues.len());
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
async fn a_completion_and_a_sweep_cost_what_they_touch_by_plans_made_before_there_was_much() {
    let world = World::new().await;
    let ana = world.seller("ana").await;
    let sequence = world.sequence("calls", vec![email(), wait(10), email(), wait(10), email()]).await;
    let record = world.record("l1", Some(ana)).await;
    let settings = PoolSettings { max_connections: 1, ..PoolSettings::default() };
    let store = Store::new(world.connect_options(), &settings);
    let engine = Engine::new(store.clone(), world.clock(), Wake::new());
    world.run("VACUUM ANALYZE timer, activity").await;
    let enrollment = world.start(sequence, record).await.enrollment.id;
    go_on(&world, &engine, enrollment).await;
    world.run(CROWD).await;
    world.run(ENROLLED).await;

    let before = blocks_read(&mut store.connection().await.expect("connects")).await;
    go_on(&world, &engine, enrollment).await;
    let read = blocks_read(&mut store.connection().await.expect("connects")).await - before;
    // By index each row costs four or so. Half a read of an index alone would be a hundred.
    assert!(read <= 280, "{read} blocks");
}
