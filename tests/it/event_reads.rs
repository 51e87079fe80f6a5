//! Reads of published events by what they are about cost what they find, in an organization with
//! many of them beside a small one.

use sqlx::PgConnection;
use upnext::domain::event_filter::{Doer, EventFilter, Focus};
use upnext::domain::history::HistoryKind;
use upnext::domain::id::{KeyId, OrganizationId, RecordId, SellerId, SequenceId};
use upnext::store::PoolSettings;
use upnext::store::publication::{self, Stretch};
use uuid::Uuid;

use super::feed_reads::blocks_read;
use super::support::world::World;

/// Events of the large organization.
const EVENTS: i64 = 40_000;
/// Every so many-th event is one of few: there are four, 13,000 apart.
const APART: i64 = 13_000;
/// Blocks that an event may cost: its place, its history, and the ways to both.
const BLOCKS: i64 = 16;

const LARGE: Uuid = Uuid::from_u128(42);
const SMALL: Uuid = Uuid::from_u128(7);

/// What the few events are about. The record has two, and each of those merged into it one.
const RECORD: Uuid = Uuid::from_u128(0x100);
const MERGED: [Uuid; 2] = [Uuid::from_u128(0x101), Uuid::from_u128(0x102)];
const SEQUENCE: Uuid = Uuid::from_u128(0x200);
const SELLER: Uuid = Uuid::from_u128(0x300);
const KEYS: [Uuid; 2] = [Uuid::from_u128(0x400), Uuid::from_u128(0x401)];
/// What all others are about.
const BUSY_SEQUENCE: Uuid = Uuid::from_u128(0x210);
const BUSY_SELLER: Uuid = Uuid::from_u128(0x310);

/// Events of an organization, of which every so many-th is one of few.
const PUBLISH: &str = "WITH event AS (
    SELECT n, n % $3 = 7 AS few, n / $3 AS turn, at,
      ('0190c0de-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid AS id,
      ('0190c0de-0000-7000-8002-' || lpad(to_hex(n / 10), 12, '0'))::uuid AS subject_id
    FROM (SELECT number AS n, timestamptz '2026-03-01' + make_interval(secs => number) AS at
      FROM generate_series(1, $2) AS number) AS numbered
  ), told AS (
    INSERT INTO history (organization_id, subject_id, id, at, kind, detail)
    SELECT $1, subject_id, id, at, $4, '{}' FROM event
  )
  INSERT INTO published_event (organization_id, position, id, subject_id, at, kind, record_id, sequence_id, actor_seller_id, actor_key_id)
  SELECT $1, n, id, subject_id, at, $4,
    CASE WHEN few THEN (ARRAY[$5, $6, $7, $5])[turn + 1] ELSE subject_id END,
    CASE WHEN few THEN $8 ELSE $9 END,
    CASE WHEN few THEN $10 WHEN n % 2 = 0 THEN $11 END,
    CASE WHEN few THEN (ARRAY[$12, $13])[turn % 2 + 1] ELSE $11 END
  FROM event";

const MERGE: &str = "INSERT INTO tombstone (organization_id, fingerprint, source_version, erased, create_time, merged_key, merged_id, survivor_id)
  SELECT $1, uuid_send(merged), 0, false, timestamptz '2026-03-01', merged, merged::text, $3 FROM unnest($2) AS merged";

async fn run(conn: &mut PgConnection, statement: &'static str) {
    sqlx::query(statement).execute(conn).await.expect("runs");
}

async fn publish(conn: &mut PgConnection, organization: Uuid, count: i64) {
    let publish = sqlx::query(PUBLISH).bind(organization).bind(count).bind(APART);
    let publish = publish.bind(HistoryKind::ActivityCompleted as i16);
    let publish = publish.bind(RECORD).bind(MERGED[0]).bind(MERGED[1]);
    let publish = publish.bind(SEQUENCE).bind(BUSY_SEQUENCE).bind(SELLER).bind(BUSY_SELLER);
    publish.bind(KEYS[0]).bind(KEYS[1]).execute(&mut *conn).await.expect("can be inserted");
    let merge = sqlx::query(MERGE).bind(organization).bind(MERGED.to_vec()).bind(RECORD);
    merge.execute(conn).await.expect("can be inserted");
}

fn about(focus: Focus, kinds: &[HistoryKind]) -> EventFilter {
    let mut filter = EventFilter::of(kinds.to_vec());
    filter.focus = focus;
    filter
}

/// Each filter, with how many events it finds.
fn filters() -> Vec<(EventFilter, i64)> {
    let nothing = Focus::default();
    let record = |id: Uuid| Focus { record: Some(RecordId(id)), ..nothing.clone() };
    let sequence = |id: Uuid| Focus { sequence: Some(SequenceId(id)), ..nothing.clone() };
    let seller = |id: Uuid| Focus { actor: Some(Doer::Seller(SellerId(id))), ..nothing.clone() };
    let keys = |keys: &[Uuid]| {
        let keys = keys.iter().map(|key| KeyId(*key)).collect();
        Focus { actor: Some(Doer::Keys(keys)), ..nothing.clone() }
    };
    let both = |one: &[Uuid]| Focus { actor: keys(one).actor, ..record(MERGED[0]) };
    let rare_key = Focus { actor: keys(&KEYS[..1]).actor, ..sequence(BUSY_SEQUENCE) };
    let unknown = Uuid::from_u128(0x999);

    vec![
        (about(record(RECORD), &[]), 4),
        (about(record(MERGED[1]), &[HistoryKind::ActivityCompleted]), 4),
        (about(record(RECORD), &[HistoryKind::ActivitySkipped]), 0),
        (about(record(unknown), &[]), 0),
        (about(sequence(SEQUENCE), &[]), 4),
        (about(sequence(unknown), &[]), 0),
        (about(sequence(BUSY_SEQUENCE), &[]), LIMIT),
        (about(seller(SELLER), &[]), 4),
        (about(seller(BUSY_SELLER), &[]), LIMIT),
        (about(keys(&KEYS[..1]), &[]), 2),
        (about(keys(&[KEYS[0], KEYS[1], unknown]), &[]), 4),
        (about(keys(&[BUSY_SELLER, KEYS[1]]), &[]), LIMIT),
        (about(both(&KEYS), &[]), 4),
        (about(both(&[BUSY_SELLER]), &[]), 0),
        (about(rare_key, &[]), 0),
    ]
}

/// The events of a page.
const LIMIT: i64 = 50;

#[tokio::test]
async fn reading_the_events_of_one_record_sequence_or_actor_costs_what_is_found() {
    let world = World::new().await;
    let organization = OrganizationId(LARGE);
    let store = world.counted_store(&PoolSettings::default());
    let mut connection = store.connection().await.expect("connects");
    publish(&mut connection, SMALL, 2).await;
    publish(&mut connection, LARGE, EVENTS).await;
    // ANALYZE looks at all rows, so that chance doesn't decide which rare keys it knows.
    run(&mut connection, "SET default_statistics_target = 200").await;
    // Before Postgres has looked at the tables, and afterwards.
    for statement in ["SELECT 1", "ANALYZE published_event, history, tombstone"] {
        run(&mut connection, statement).await;

        for (filter, found) in filters() {
            let before = blocks_read(&mut connection).await;
            let stretch = Stretch { filter: &filter, after: 0, upto: EVENTS, limit: LIMIT };
            let events = publication::read(&mut connection, organization, stretch).await.expect("reads");
            let read = blocks_read(&mut connection).await - before;

            let positions: Vec<i64> = events.iter().map(|(position, _)| *position).collect();
            assert!(positions.is_sorted() && positions.len() as i64 == found, "{filter:?}: {positions:?}");
            let enough = (found + 4) * BLOCKS;
            assert!(
                (1..=enough).contains(&read),
                "after {statement}: {read} blocks for {found} of {filter:?}"
            );
        }
    }
}
