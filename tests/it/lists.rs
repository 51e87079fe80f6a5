//! Lists read rows in proportion to what the caller sees, however large and lopsided the
//! organization is.

use sqlx::PgConnection;

use upnext::domain::attribute::AttributeType;
use upnext::domain::caller::Scope;
use upnext::domain::condition::{Condition, Subject};
use upnext::store::PoolSettings;
use upnext::store::enrollments;
use upnext::store::enrollments::rows::Listed;

use crate::support::columns::insert;
use crate::support::world::{World, email};

/// Sixty sellers own 500 records each. Ana's were the first, so that the newest enrollments, which
/// a list shows first, are all of others.
fn crowd() -> String {
    let id = "('0190c0de-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
    let owner = "CASE WHEN n <= 500 THEN seller.id
      ELSE ('0190c0de-0000-7000-8001-' || lpad(to_hex(n / 500), 12, '0'))::uuid END";
    let record = [
        ("organization_id", "seller.organization_id"),
        ("id", id),
        ("record_type_id", "sequence.record_type_id"),
        ("record_id", "'m' || n"),
        ("owner_id", owner),
        ("create_time", "seller.create_time"),
    ];
    let records = "FROM seller JOIN sequence USING (organization_id), generate_series(1, 30000) AS n
      RETURNING organization_id, id, create_time";

    // Each has gone through the sequence.
    let enrollment = [
        ("organization_id", "lead.organization_id"),
        ("id", "lead.id"),
        ("sequence_id", "sequence.id"),
        ("record_id", "lead.id"),
        ("state", "4"),
        ("create_time", "lead.create_time"),
        ("end_time", "lead.create_time"),
    ];
    let enrollments = "FROM lead JOIN sequence USING (organization_id)";

    let lead = insert("record", &record, records);
    format!("WITH lead AS ({lead}) {}", insert("enrollment", &enrollment, enrollments))
}

fn condition(text: &str) -> Condition {
    let fields = [("record", AttributeType::String), ("open", AttributeType::Bool)];
    let subject = Subject::new("enrollment", fields);
    Condition::parse(text, &subject).expect("is a condition")
}

#[tokio::test]
async fn listing_the_enrollments_of_one_seller_or_record_reads_only_those() {
    let world = World::new().await;
    let ana = world.seller("ana").await;
    world.sequence("paid", vec![email()]).await;
    world.run(crowd()).await;
    world.run("ANALYZE record, enrollment, sequence, seller, record_type, segment").await;

    let ended = condition("!enrollment.open");
    let named = condition("enrollment.record == \"recordTypes/lead/records/m2\" && !enrollment.open");
    let bare = condition("enrollment.record in [\"m2\", \"m3\"]");
    let of_others = condition("enrollment.record == \"m501\"");
    let other = condition("enrollment.record == \"recordTypes/account/records/m2\"");

    // What is found, and how many records may be read for it: at most four for each of Ana's, or
    // some for each that is named.
    let cases = [
        (Scope::Own(ana), None, 50, 2_000),
        (Scope::Own(ana), Some(&ended), 50, 2_000),
        (Scope::Own(ana), Some(&bare), 2, 2_000),
        (Scope::Own(ana), Some(&of_others), 0, 2_000),
        (Scope::All, Some(&named), 1, 10),
        (Scope::All, Some(&bare), 2, 10),
        (Scope::All, Some(&other), 0, 10),
    ];
    for (scope, filter, expected, most) in cases {
        let (found, read) = page(&world, scope, filter).await;
        assert_eq!(found, expected, "{scope:?} {filter:?}");
        assert!(read <= most && (read > 0 || found == 0), "{read} records for {scope:?} {filter:?}");
    }
}

/// How many enrollments a page has, and how many rows of records were read for it.
async fn page(world: &World, scope: Scope, filter: Option<&Condition>) -> (usize, i64) {
    let store = world.counted_store(&PoolSettings::default());
    let mut tx = store.begin().await.expect("begins");
    // What other processes read for a statement isn't counted here.
    sqlx::query("SET LOCAL max_parallel_workers_per_gather = 0").execute(&mut *tx).await.expect("sets");
    let before = records_read(&mut tx).await;
    let listed = Listed { scope, filter, after: None, limit: 50 };
    let rows = enrollments::rows::page(&mut tx, world.organization, &listed).await.expect("lists");
    (rows.len(), records_read(&mut tx).await - before)
}

/// Since this connection last reported what it did, which may be some transactions ago.
async fn records_read(conn: &mut PgConnection) -> i64 {
    let read = "SELECT (seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint FROM pg_stat_xact_user_tables WHERE relname = 'record'";
    sqlx::query_scalar(read).fetch_one(conn).await.expect("counts")
}
