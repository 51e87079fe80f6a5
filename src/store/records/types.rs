//! Record types and their attributes.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::attribute::{AttributeName, AttributeType};
use crate::domain::attribute_index::AttributeIndex;
use crate::domain::id::{ChosenId, OperationId, OrganizationId, RecordId, RecordTypeId};
use crate::domain::record_type::{RecordType, RelatedType, Roles};
use crate::store::{Error, Portion, statement};

const COLUMNS: &str = "\
    organization_id, id, record_type_id, display_name, built_in, attributes, attribute_descriptions, \
    display_name_attribute, email_attribute, phone_attributes, do_not_email_attribute, \
    do_not_phone_attribute, priority_expression, version, create_time, update_time, attribute_indexes, \
    ARRAY(SELECT operation.id FROM jsonb_each_text(record_type.attribute_indexes) AS marked \
      JOIN operation ON operation.organization_id = record_type.organization_id \
        AND one_shard(operation.organization_id, $1) AND operation.id = marked.value::uuid \
      WHERE operation.state = 'RUNNING' OR EXISTS ( \
        SELECT FROM set_aside \
        WHERE set_aside.organization_id = operation.organization_id \
          AND one_shard(set_aside.organization_id, $1) AND set_aside.operation_id = operation.id)) AS indexing, \
    (SELECT jsonb_object_agg(other.record_type_id, \
       jsonb_build_object('id', other.id, 'attributes', other.attributes)) \
     FROM record_type AS other \
     WHERE other.organization_id = $1 AND other.record_type_id IN ( \
       SELECT attribute.value ->> 'record_type' \
       FROM jsonb_each(record_type.attributes) AS attribute)) AS related, \
    EXISTS ( \
      SELECT FROM record_type AS other CROSS JOIN LATERAL jsonb_each(other.attributes) AS attribute \
      WHERE other.organization_id = $1 \
        AND attribute.value ->> 'record_type' = record_type.record_type_id) AS referred";

const CHOSEN_ID: &str = "record_type_id";

/// Adds a record type. Returns false, and adds nothing, if the id is taken.
pub async fn insert(conn: &mut PgConnection, record_type: &RecordType) -> Result<bool, Error> {
    let inserted: Option<Uuid> = sqlx::query_scalar(
        "INSERT INTO record_type (organization_id, id, record_type_id, display_name, built_in,
           attributes, display_name_attribute, email_attribute, phone_attributes,
           do_not_email_attribute, do_not_phone_attribute, version, create_time, update_time,
           attribute_descriptions, priority_expression, attribute_indexes)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         ON CONFLICT (organization_id, record_type_id) DO NOTHING
         RETURNING id",
    )
    .bind(record_type.organization.0)
    .bind(record_type.id.0)
    .bind(record_type.record_type_id.as_str())
    .bind(&record_type.display_name)
    .bind(record_type.built_in)
    .bind(attributes_value(&record_type.attributes))
    .bind(&record_type.roles.display_name)
    .bind(&record_type.roles.email)
    .bind(&record_type.roles.phones)
    .bind(&record_type.roles.do_not_email)
    .bind(&record_type.roles.do_not_phone)
    .bind(record_type.version)
    .bind(record_type.create_time)
    .bind(record_type.update_time)
    .bind(Json(&record_type.descriptions))
    .bind(&record_type.priority)
    .bind(indexes_value(record_type))
    .fetch_optional(conn)
    .instrument(statement::span::of("types.insert"))
    .await?;

    Ok(inserted.is_some())
}

/// Updates a record type. The organization's row must be locked.
pub async fn update(conn: &mut PgConnection, record_type: &RecordType) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE record_type SET attributes = $3, version = $4, update_time = $5, display_name = $6,
           display_name_attribute = $7, email_attribute = $8, phone_attributes = $9,
           do_not_email_attribute = $10, do_not_phone_attribute = $11, attribute_descriptions = $12,
           priority_expression = $13, attribute_indexes = $14
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(record_type.organization.0)
    .bind(record_type.id.0)
    .bind(attributes_value(&record_type.attributes))
    .bind(record_type.version)
    .bind(record_type.update_time)
    .bind(&record_type.display_name)
    .bind(&record_type.roles.display_name)
    .bind(&record_type.roles.email)
    .bind(&record_type.roles.phones)
    .bind(&record_type.roles.do_not_email)
    .bind(&record_type.roles.do_not_phone)
    .bind(Json(&record_type.descriptions))
    .bind(&record_type.priority)
    .bind(indexes_value(record_type))
    .fetch_optional(conn)
    .instrument(statement::span::of("types.update"))
    .await?;
    statement::reading::check_written(written, "record_type", record_type.id.0)
}

/// Locks a record type against those who add records of it. Waits for those who are adding some;
/// whoever comes later compares the version.
pub async fn lock(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: RecordTypeId,
) -> Result<(), Error> {
    sqlx::query("SELECT FROM record_type WHERE organization_id = $1 AND id = $2 FOR UPDATE")
        .bind(organization.0)
        .bind(id.0)
        .execute(conn)
        .instrument(statement::span::of("types.lock"))
        .await?;
    Ok(())
}

/// Deletes a record type that nobody uses. It must be locked.
pub async fn delete(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: RecordTypeId,
) -> Result<(), Error> {
    let deleted: Option<Uuid> =
        sqlx::query_scalar("DELETE FROM record_type WHERE organization_id = $1 AND id = $2 RETURNING id")
            .bind(organization.0)
            .bind(id.0)
            .fetch_optional(conn)
            .instrument(statement::span::of("types.delete"))
            .await?;
    statement::reading::check_written(deleted, "record_type", id.0)
}

/// Reads a record type by the id that the caller chose.
pub async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<RecordType>, Error> {
    statement::reading::find::<Row, _>(conn, select(organization), CHOSEN_ID, id).await
}

/// Reads record types by key. Unknown keys are absent.
pub async fn by_keys(
    conn: &mut PgConnection,
    organization: OrganizationId,
    keys: &[Uuid],
) -> Result<Vec<RecordType>, Error> {
    let mut query = select(organization);
    query.push(" AND id = ANY (").push_bind(keys.to_vec()).push(") ORDER BY id");
    statement::reading::all::<Row, _>(conn, query).await
}

/// Returns the types of an organization that have a formula for priorities.
pub async fn with_priorities(
    conn: &mut PgConnection,
    organization: OrganizationId,
) -> Result<Vec<RecordType>, Error> {
    let mut query = select(organization);
    query.push(" AND priority_expression <> '' ORDER BY id");
    statement::reading::all::<Row, _>(conn, query).await
}

/// Returns the types of records, each with its records among these. Records that don't exist are
/// absent.
pub async fn of_records(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[RecordId],
) -> Result<Vec<(RecordType, HashSet<RecordId>)>, Error> {
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<Uuid> = records.iter().map(|record| record.0).collect();
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT id, record_type_id FROM record WHERE organization_id = $1 AND id = ANY ($2) ORDER BY id",
    )
    .bind(organization.0)
    .bind(keys)
    .fetch_all(&mut *conn)
    .instrument(statement::span::of("types.of_records"))
    .await?;

    let mut of: HashMap<Uuid, HashSet<RecordId>> = HashMap::new();
    for (record, record_type) in rows {
        of.entry(record_type).or_default().insert(RecordId(record));
    }
    let types = by_keys(conn, organization, &Vec::from_iter(of.keys().copied())).await?;
    let with_records = |one: RecordType| Some((of.remove(&one.id.0)?, one));
    Ok(types.into_iter().filter_map(with_records).map(|(records, one)| (one, records)).collect())
}

/// Returns the types with attributes that refer to records of a type, even itself.
pub async fn referring(
    conn: &mut PgConnection,
    organization: OrganizationId,
    to: &ChosenId,
) -> Result<Vec<RecordType>, Error> {
    let mut query = select(organization);
    query.push(
        " AND EXISTS (SELECT FROM jsonb_each(record_type.attributes) AS attribute \
           WHERE attribute.value ->> 'record_type' = ",
    );
    query.push_bind(to.as_str().to_owned()).push(") ORDER BY id");
    statement::reading::all::<Row, _>(conn, query).await
}

/// Returns those of these chosen ids that belong to record types.
pub async fn known(
    conn: &mut PgConnection,
    organization: OrganizationId,
    ids: &[String],
) -> Result<Vec<String>, Error> {
    let known = sqlx::query_scalar(
        "SELECT record_type_id FROM record_type
         WHERE organization_id = $1 AND record_type_id = ANY ($2) ORDER BY record_type_id",
    );
    Ok(known
        .bind(organization.0)
        .bind(ids)
        .fetch_all(conn)
        .instrument(statement::span::of("types.known"))
        .await?)
}

/// Returns at most `limit` record types, ordered by chosen id, after `after`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    after: Option<&str>,
    limit: i64,
) -> Result<Portion<RecordType>, Error> {
    statement::reading::page::<Row, _>(conn, select(organization), CHOSEN_ID, after, limit).await
}

fn select(organization: OrganizationId) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS).push(" FROM record_type WHERE organization_id = ").push_bind(organization.0);
    query
}

fn attributes_value(attributes: &BTreeMap<AttributeName, AttributeType>) -> Value {
    serde_json::to_value(attributes).expect("attribute types are plain data")
}

fn indexes_value(record_type: &RecordType) -> Json<BTreeMap<&String, Uuid>> {
    let indexes = record_type.indexes.iter();
    Json(indexes.map(|(attribute, index)| (attribute, index.operation.0)).collect())
}

/// The indexes of attributes. Those that these operations still fill aren't ready.
fn indexes(marked: BTreeMap<String, Uuid>, indexing: &[Uuid]) -> BTreeMap<String, AttributeIndex> {
    let index = |operation| {
        let ready = !indexing.contains(&operation);
        AttributeIndex { operation: OperationId(operation), ready }
    };
    marked.into_iter().map(|(attribute, operation)| (attribute, index(operation))).collect()
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    record_type_id: String,
    display_name: String,
    built_in: bool,
    attributes: Value,
    attribute_descriptions: Json<BTreeMap<String, String>>,
    display_name_attribute: String,
    email_attribute: String,
    phone_attributes: Vec<String>,
    do_not_email_attribute: String,
    do_not_phone_attribute: String,
    priority_expression: String,
    version: i64,
    create_time: DateTime<Utc>,
    update_time: DateTime<Utc>,
    attribute_indexes: Json<BTreeMap<String, Uuid>>,
    /// The operations that still fill indexes.
    indexing: Vec<Uuid>,
    related: Option<Json<BTreeMap<String, RelatedType>>>,
    referred: bool,
}

impl TryFrom<Row> for RecordType {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let attributes = serde_json::from_value(row.attributes).map_err(|_| Error::Inconsistent {
            table: "record_type",
            column: "attributes",
            id: row.id,
        })?;

        Ok(Self {
            organization: OrganizationId(row.organization_id),
            id: RecordTypeId(row.id),
            record_type_id: ChosenId::known(row.record_type_id),
            display_name: row.display_name,
            built_in: row.built_in,
            attributes,
            related: row.related.map(|related| related.0).unwrap_or_default(),
            referred: row.referred,
            descriptions: row.attribute_descriptions.0,
            indexes: indexes(row.attribute_indexes.0, &row.indexing),
            roles: Roles {
                display_name: row.display_name_attribute,
                email: row.email_attribute,
                phones: row.phone_attributes,
                do_not_email: row.do_not_email_attribute,
                do_not_phone: row.do_not_phone_attribute,
            },
            priority: row.priority_expression,
            version: row.version,
            create_time: row.create_time,
            update_time: row.update_time,
        })
    }
}
