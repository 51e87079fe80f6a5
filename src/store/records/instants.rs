//! The timestamps of records, for waits that last until then.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{OrganizationId, RecordId};
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// The attribute of a record.
pub type AttributeKey = (OrganizationId, RecordId, String);

/// The timestamps of a record by attribute.
pub type Instants = BTreeMap<String, DateTime<Utc>>;

/// Returns what attributes of records hold, if these are timestamps. What is missing is absent.
pub async fn of(
    conn: &mut PgConnection,
    keys: &[AttributeKey],
) -> Result<HashMap<(OrganizationId, RecordId), Instants>, Error> {
    let rows: Vec<(Uuid, Uuid, String, String)> = sqlx::query_as(
        "SELECT item.organization_id, item.record_id, item.attribute, record.attributes ->> item.attribute
         FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS item (organization_id, record_id, attribute)
         JOIN record ON record.organization_id = item.organization_id AND record.id = item.record_id
         WHERE jsonb_typeof(record.attributes -> item.attribute) = 'string'
           AND one_shard(item.organization_id, $1[1])",
    )
    .bind(column(keys, |key| key.0.0))
    .bind(column(keys, |key| key.1.0))
    .bind(column(keys, |key| key.2.clone()))
    .fetch_all(conn)
    .instrument(statement::span::of("records.instants"))
    .await?;

    let mut found: HashMap<_, Instants> = HashMap::new();
    for (organization, record, attribute, text) in rows {
        // Kept in one form. Whatever isn't a timestamp was kept for another type of attribute.
        if let Ok(instant) = text.parse() {
            found
                .entry((OrganizationId(organization), RecordId(record)))
                .or_default()
                .insert(attribute, instant);
        }
    }
    Ok(found)
}
