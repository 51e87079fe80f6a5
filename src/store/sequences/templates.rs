//! Email templates.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::id::{ChosenId, OrganizationId, RecordTypeId, TemplateId};
use crate::domain::template::{Content, Template};
use crate::store::condition_sql::{FieldSource, Place};
use crate::store::statement::reading::push_matching;
use crate::store::{Error, Portion, statement};

const COLUMNS: &str = "\
    template.organization_id, template.id, template.template_id, \
    template.record_type_id, template.display_name, template.subject, template.body, \
    template.version, template.create_time, template.update_time, \
    record_type.record_type_id AS record_type";

const CHOSEN_ID: &str = "template.template_id";

/// A template with the id of its record type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateRow {
    /// The template.
    pub template: Template,
    /// The chosen id of its record type.
    pub record_type: ChosenId,
}

/// Adds a template. Returns false, and adds nothing, if the id is taken.
pub async fn insert(conn: &mut PgConnection, template: &Template) -> Result<bool, Error> {
    let inserted: Option<Uuid> = sqlx::query_scalar(
        "INSERT INTO template (organization_id, id, template_id, record_type_id, display_name,
           subject, body, version, create_time, update_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (organization_id, template_id) DO NOTHING
         RETURNING id",
    )
    .bind(template.organization.0)
    .bind(template.id.0)
    .bind(template.template_id.as_str())
    .bind(template.record_type.0)
    .bind(&template.content.display_name)
    .bind(&template.content.subject)
    .bind(&template.content.body)
    .bind(template.version)
    .bind(template.create_time)
    .bind(template.update_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("templates.insert"))
    .await?;

    Ok(inserted.is_some())
}

/// Updates a template. Its row must be locked.
pub async fn update(conn: &mut PgConnection, template: &Template) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE template
         SET display_name = $3, subject = $4, body = $5, version = $6, update_time = $7
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(template.organization.0)
    .bind(template.id.0)
    .bind(&template.content.display_name)
    .bind(&template.content.subject)
    .bind(&template.content.body)
    .bind(template.version)
    .bind(template.update_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("templates.update"))
    .await?;

    statement::reading::check_written(written, "template", template.id.0)
}

/// Deletes a template. Its row must be locked.
pub async fn delete(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: TemplateId,
) -> Result<(), Error> {
    let deleted: Option<Uuid> =
        sqlx::query_scalar("DELETE FROM template WHERE organization_id = $1 AND id = $2 RETURNING id")
            .bind(organization.0)
            .bind(id.0)
            .fetch_optional(conn)
            .instrument(statement::span::of("templates.delete"))
            .await?;
    statement::reading::check_written(deleted, "template", id.0)
}

/// Reads a template by key.
pub async fn get(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: TemplateId,
) -> Result<Option<TemplateRow>, Error> {
    statement::reading::get::<Row, _>(conn, select(organization), "template.id", id.0).await
}

/// Reads a template by the id that the caller chose.
pub async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<TemplateRow>, Error> {
    statement::reading::find::<Row, _>(conn, select(organization), CHOSEN_ID, id).await
}

/// Reads a template and locks it until the end of the transaction.
pub async fn lock(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<TemplateRow>, Error> {
    statement::reading::lock::<Row, _>(conn, select(organization), CHOSEN_ID, id, "FOR UPDATE OF template")
        .await
}

/// Returns the keys of those templates of a record type that have these chosen ids. Unknown ids are
/// absent.
pub async fn keys(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record_type: RecordTypeId,
    ids: &BTreeSet<String>,
) -> Result<BTreeMap<String, TemplateId>, Error> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }

    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let rows: Vec<(String, Uuid)> = sqlx::query_as(
        "SELECT template_id, id FROM template
         WHERE organization_id = $1 AND record_type_id = $2 AND template_id = ANY ($3) ORDER BY id",
    )
    .bind(organization.0)
    .bind(record_type.0)
    .bind(ids)
    .fetch_all(conn)
    .instrument(statement::span::of("templates.keys"))
    .await?;

    Ok(rows.into_iter().map(|(chosen, key)| (chosen, TemplateId(key))).collect())
}

/// Returns those of these keys that belong to templates of a record type.
pub async fn existing(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record_type: RecordTypeId,
    keys: &BTreeSet<TemplateId>,
) -> Result<BTreeSet<TemplateId>, Error> {
    if keys.is_empty() {
        return Ok(BTreeSet::new());
    }

    let keys: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
    let rows: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM template
         WHERE organization_id = $1 AND record_type_id = $2 AND id = ANY ($3) ORDER BY id",
    )
    .bind(organization.0)
    .bind(record_type.0)
    .bind(keys)
    .fetch_all(conn)
    .instrument(statement::span::of("templates.existing"))
    .await?;

    Ok(rows.into_iter().map(TemplateId).collect())
}

/// Returns the chosen ids of these templates. Unknown keys are absent.
pub async fn chosen_ids(
    conn: &mut PgConnection,
    keys: &BTreeSet<(OrganizationId, TemplateId)>,
) -> Result<HashMap<TemplateId, ChosenId>, Error> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }

    let (organizations, keys): (Vec<Uuid>, Vec<Uuid>) = keys.iter().map(|(of, key)| (of.0, key.0)).unzip();
    let rows: Vec<(Uuid, String)> = sqlx::query_as(
        "SELECT template.id, template.template_id
         FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
         JOIN template ON template.organization_id = item.organization_id AND template.id = item.id
         WHERE one_shard(item.organization_id, $1[1])
         ORDER BY template.id",
    )
    .bind(organizations)
    .bind(keys)
    .fetch_all(conn)
    .instrument(statement::span::of("templates.chosen_ids"))
    .await?;

    Ok(rows.into_iter().map(|(key, chosen)| (TemplateId(key), ChosenId::known(chosen))).collect())
}

/// Returns the chosen ids of the sequences whose draft or newest revision uses a template. Deleted
/// sequences don't count.
pub async fn sequences_with(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: TemplateId,
) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar(include_str!("../sql/template_sequences.sql"))
        .bind(organization.0)
        .bind(json!({ "id": id }))
        .fetch_all(conn)
        .instrument(statement::span::of("templates.sequences_with"))
        .await?)
}

/// Returns at most `limit` templates that match `filter`, ordered by chosen id, after `after`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    filter: Option<&Condition>,
    after: Option<&str>,
    limit: i64,
) -> Result<Portion<TemplateRow>, Error> {
    let mut query = select(organization);
    push_matching(&mut query, filter, &Fields);
    statement::reading::page::<Row, _>(conn, query, CHOSEN_ID, after, limit).await
}

fn select(organization: OrganizationId) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");
    query
        .push(COLUMNS)
        .push(
            " FROM template JOIN record_type ON record_type.organization_id = template.organization_id \
             AND record_type.id = template.record_type_id WHERE template.organization_id = ",
        )
        .push_bind(organization.0);
    query
}

/// Maps the fields of a list filter to columns.
struct Fields;

impl FieldSource for Fields {
    fn place(&self, name: &str) -> Place {
        match name {
            "id" => Place::Column("template.template_id"),
            "display_name" => Place::Column("template.display_name"),
            "record_type" => Place::Column("record_type.record_type_id"),
            "create_time" => Place::Column("template.create_time"),
            "update_time" => Place::Column("template.update_time"),
            _ => Place::Nowhere,
        }
    }

    fn full_name(&self, name: &str) -> Option<&'static str> {
        (name == "record_type").then_some("('recordTypes/' || record_type.record_type_id)")
    }
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    template_id: String,
    record_type_id: Uuid,
    display_name: String,
    subject: String,
    body: String,
    version: i64,
    create_time: DateTime<Utc>,
    update_time: DateTime<Utc>,
    record_type: String,
}

impl From<Row> for TemplateRow {
    fn from(row: Row) -> Self {
        let content = Content { display_name: row.display_name, subject: row.subject, body: row.body };
        let template = Template {
            organization: OrganizationId(row.organization_id),
            id: TemplateId(row.id),
            template_id: ChosenId::known(row.template_id),
            record_type: RecordTypeId(row.record_type_id),
            content,
            version: row.version,
            create_time: row.create_time,
            update_time: row.update_time,
        };
        Self { template, record_type: ChosenId::known(row.record_type) }
    }
}
