//! Leads with all attributes of the generator, and what finds them.

use std::collections::BTreeMap;

use serde_json::Value;
use sqlx::PgConnection;
use upnext::domain::attribute::AttributeName;
use upnext::domain::attribute_index::AttributeIndex;
use upnext::domain::caller::Scope;
use upnext::domain::condition::Condition;
use upnext::domain::id::{OperationId, RecordId};
use upnext::domain::record_type::RecordType;
use upnext::store::check::{Extent, rules};
use upnext::store::records::{self, Fields, values};
use upnext::store::segments::matches;
use uuid::Uuid;

use super::super::{generate, naive};
use crate::support::world::World;

/// A type with all attributes of the generator, of which all single values are indexed, and the
/// same without indexes.
pub async fn types(world: &World, conn: &mut PgConnection) -> (RecordType, RecordType) {
    let mut lead = read_type(world, conn).await;
    let fields = generate::subject().fields.into_iter();
    let own = fields.filter(|(name, _)| !name.starts_with("c_") && name != "nowhere");
    lead.attributes =
        own.map(|(name, declared)| (AttributeName::new(name).expect("a name"), declared)).collect();
    let index = AttributeIndex { operation: OperationId(Uuid::from_u128(7)), ready: false };
    let single = lead.attributes.iter().filter(|(_, declared)| declared.is_indexable());
    lead.indexes = single.map(|(name, _)| (name.to_string(), index)).collect();
    records::types::update(conn, &lead).await.expect("is saved");

    let indexed = read_type(world, conn).await;
    assert!(indexed.indexes.len() > 12 && indexed.indexes.values().all(|index| index.ready));
    let plain = RecordType { indexes: BTreeMap::new(), ..indexed.clone() };
    (indexed, plain)
}

async fn read_type(world: &World, conn: &mut PgConnection) -> RecordType {
    records::types::find(conn, world.organization, "lead").await.expect("reads").expect("is there")
}

/// Replaces all records, and indexes them.
pub async fn fill(conn: &mut PgConnection, of: &RecordType, attributes: &[Value]) {
    sqlx::raw_sql("DELETE FROM record; DELETE FROM record_value").execute(&mut *conn).await.expect("deletes");
    let ids: Vec<Uuid> = (1..=attributes.len() as u128).map(Uuid::from_u128).collect();
    sqlx::query(
        "INSERT INTO record (organization_id, id, record_type_id, record_id, attributes, closed, source_version,
           version, create_time, update_time)
         SELECT $1, item.id, $2, 'r' || item.number, item.attributes, false, 0, 1, now(), now()
         FROM unnest($3::uuid[], $4::jsonb[]) WITH ORDINALITY AS item (id, attributes, number)",
    )
    .bind(of.organization.0)
    .bind(of.id.0)
    .bind(&ids)
    .bind(attributes)
    .execute(&mut *conn)
    .await
    .expect("are inserted");

    let ids: Vec<RecordId> = ids.into_iter().map(RecordId).collect();
    let names: Vec<&String> = of.indexes.keys().collect();
    let held = values::held(conn, of, &ids, &names).await.expect("reads");
    values::save(conn, of.organization, &held).await.expect("saves");
}

/// What every statement over the records of a type finds: the places of the records, ascending.
pub async fn find(world: &World, conn: &mut PgConnection, of: &RecordType, asked: &Condition) -> Vec<usize> {
    let now = naive::NOW.parse().expect("an instant");
    let source = Fields { record_type: of, now };
    let place = |id: Uuid| usize::try_from(id.as_u128() - 1).expect("a small number");
    let keys = matches::keys(conn, &source, asked, Uuid::nil(), 1_000).await.expect("never raises");
    let found: Vec<usize> = keys.into_iter().map(place).collect();

    let count = matches::count(conn, &source, asked).await.expect("never raises");
    assert_eq!(count as usize, found.len(), "{} of {}", asked.text(), world.organization);
    let ids = matches::sample(conn, &source, asked, 1_000).await.expect("never raises");
    assert_eq!(ids, found.iter().map(|place| format!("r{}", place + 1)).collect::<Vec<_>>());
    let mut paged = Vec::new();
    loop {
        let after = paged.last().copied();
        let page = records::page(conn, &source, Scope::All, Some(asked), after, 17).await;
        let page = page.expect("never raises");
        paged.extend(page.iter().map(|row| row.record.id));
        if page.len() < 17 {
            break;
        }
    }
    assert_eq!(paged.into_iter().map(|id| place(id.0)).collect::<Vec<_>>(), found, "{}", asked.text());
    found
}

/// How many entries of indexes aren't what the records hold.
pub async fn broken(world: &World, conn: &mut PgConnection) -> i64 {
    let rule = rules().find(|rule| rule.name == "record_value_held").expect("is a rule");
    let extent = Extent { organization: Some(world.organization), now: world.now(), limit: 3 };
    rule.broken(conn, &extent).await.expect("is checked").count
}
