//! What is found by an index costs about what is found.

use upnext::domain::caller::Scope;
use upnext::domain::condition::Condition;
use upnext::store::PoolSettings;
use upnext::store::records::{self, Fields};
use upnext::store::segments::matches;

use crate::feed_reads::blocks_read;
use crate::support::world::World;

/// Thirty thousand leads, of which every thousandth is from a fair.
const CROWD: &str = "INSERT INTO record (organization_id, id, record_type_id, record_id, attributes, closed,
    source_version, version, create_time, update_time)
  SELECT organization_id, ('0190c0de-0000-7000-8002-' || lpad(to_hex(n), 12, '0'))::uuid, id, 'm' || n,
    jsonb_build_object('name', CASE WHEN n % 1000 = 0 THEN 'fair' ELSE 'web' || n % 10 END), false, 0, 1, create_time, create_time
  FROM record_type, generate_series(1, 30000) AS n WHERE record_type_id = 'lead'";
const INDEX: &str = "INSERT INTO record_value (organization_id, record_id, record_type_id, attribute, value)
  SELECT organization_id, id, record_type_id, 'name', attributes ->> 'name' FROM record";

#[tokio::test]
async fn what_an_index_finds_costs_about_what_it_finds() {
    let world = World::new().await;
    world.run("UPDATE record_type SET attribute_indexes = '{\"name\": \"00000000-0000-0000-0000-000000000007\"}'").await;
    world.run(CROWD).await;
    world.run(INDEX).await;
    world.run("ANALYZE record, record_value, record_type, seller, membership, segment").await;

    let store = world.counted_store(&PoolSettings::default());
    let mut conn = store.connection().await.expect("connects");
    sqlx::raw_sql("SET max_parallel_workers_per_gather = 0").execute(&mut *conn).await.expect("sets");
    let lead = records::types::find(&mut conn, world.organization, "lead").await.expect("reads");
    let lead = lead.expect("is there");
    let source = Fields { record_type: &lead, now: world.now() };
    for filter in [
        "record.name == \"fair\"",
        "record.name == \"fair\" || record.name in [\"mail\", \"fax\"]",
        "record.name >= \"f\" && record.name < \"g\" && record.id != \"x\"",
    ] {
        let condition = Condition::parse(filter, &lead.subject()).expect("is a condition");
        let before = blocks_read(&mut conn).await;
        let page = records::page(&mut conn, &source, Scope::All, Some(&condition), None, 50).await;
        let count = matches::count(&mut conn, &source, &condition).await.expect("counts");
        let sample = matches::sample(&mut conn, &source, &condition, 10).await.expect("finds");
        let read = blocks_read(&mut conn).await - before;
        let found = (page.expect("lists").len(), count, sample.len());
        assert_eq!(found, (30, 30, 10), "{filter}");
        // A few for each record that is found, three times.
        assert!((1..1_500).contains(&read), "{read} blocks for {filter}");
    }
}
