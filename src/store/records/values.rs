//! The indexes of attributes: which records hold which values. A record's values are written in the
//! transaction that changes them, while the record is locked.

use serde_json::Value;
use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::attribute_index::key_of;
use crate::domain::id::{OrganizationId, RecordId, RecordTypeId};
use crate::domain::record_type::RecordType;
use crate::store::statement::columns::column;
use crate::store::statement::removal;
use crate::store::{Error, statement};

/// What a record holds in an indexed attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indexed {
    /// The record.
    pub record: RecordId,
    /// Its type.
    pub record_type: RecordTypeId,
    /// The attribute.
    pub attribute: String,
    /// The key of the value.
    pub key: String,
}

/// Saves values. An earlier one of the same attribute is replaced.
pub async fn save(
    conn: &mut PgConnection,
    organization: OrganizationId,
    indexed: &[Indexed],
) -> Result<(), Error> {
    if indexed.is_empty() {
        return Ok(());
    }

    sqlx::query(
        "INSERT INTO record_value (organization_id, record_id, record_type_id, attribute, value)
         SELECT $1, item.record_id, item.record_type_id, item.attribute, item.value
         FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[])
           AS item (record_id, record_type_id, attribute, value)
         ON CONFLICT (organization_id, record_id, attribute) DO UPDATE SET value = EXCLUDED.value",
    )
    .bind(organization.0)
    .bind(column(indexed, |one| one.record.0))
    .bind(column(indexed, |one| one.record_type.0))
    .bind(column(indexed, |one| one.attribute.as_str()))
    .bind(column(indexed, |one| one.key.as_str()))
    .execute(conn)
    .instrument(statement::span::of("record_values.save"))
    .await?;
    Ok(())
}

/// Removes the values of these attributes of records.
pub async fn remove(
    conn: &mut PgConnection,
    organization: OrganizationId,
    cleared: &[(RecordId, String)],
) -> Result<(), Error> {
    let span = statement::span::of("record_values.remove");
    removal::remove(conn, removal::removal!("record_value"), span, organization, cleared).await
}

/// Removes the values of records, but for those of some attributes. The records must be locked.
pub async fn retain(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[RecordId],
    attributes: &[&String],
) -> Result<(), Error> {
    let attributes = column(attributes, |attribute| attribute.as_str());

    sqlx::query(
        "DELETE FROM record_value
         WHERE organization_id = $1 AND record_id = ANY ($2) AND attribute <> ALL ($3::text[])",
    )
    .bind(organization.0)
    .bind(column(records, |record| record.0))
    .bind(attributes)
    .execute(conn)
    .instrument(statement::span::of("record_values.retain"))
    .await?;
    Ok(())
}

/// Returns what records of a type hold in these attributes. The records must be locked.
pub async fn held(
    conn: &mut PgConnection,
    record_type: &RecordType,
    records: &[RecordId],
    attributes: &[&String],
) -> Result<Vec<Indexed>, Error> {
    if attributes.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, String, Value)> = sqlx::query_as(
        "SELECT record.id, marked.attribute, record.attributes -> marked.attribute
         FROM record CROSS JOIN unnest($3::text[]) AS marked (attribute)
         WHERE record.organization_id = $1 AND record.id = ANY ($2) AND record.attributes ? marked.attribute
         ORDER BY record.id, marked.attribute",
    )
    .bind(record_type.organization.0)
    .bind(column(records, |record| record.0))
    .bind(column(attributes, |attribute| attribute.as_str()))
    .fetch_all(conn)
    .instrument(statement::span::of("record_values.held"))
    .await?;

    let indexed = |(record, attribute, value): (Uuid, String, Value)| {
        let key = key_of(record_type.attribute(&attribute)?, &value)?;
        Some(Indexed { record: RecordId(record), record_type: record_type.id, attribute, key })
    };
    Ok(rows.into_iter().filter_map(indexed).collect())
}
