//! The names of what events are about: records, and whatever administrators write.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::Value;
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::audit::{Audited, AuditedKind};
use crate::domain::id::OrganizationId;
use crate::domain::names;
use crate::store::tenants::everything::SECRET;
use crate::store::{Error, statement};

/// Returns the full names of records by their keys, even of those that were merged into others.
/// Deleted ones are absent.
pub async fn records(
    conn: &mut PgConnection,
    organization: OrganizationId,
    keys: &[Uuid],
) -> Result<HashMap<Uuid, String>, Error> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String, String)> = sqlx::query_as(
        "SELECT record.id, record_type.record_type_id, record.record_id
         FROM record JOIN record_type ON record_type.organization_id = record.organization_id
           AND record_type.id = record.record_type_id
         WHERE record.organization_id = $1 AND record.id = ANY ($2)
         UNION ALL
         SELECT tombstone.merged_key, record_type.record_type_id, tombstone.merged_id
         FROM tombstone
         JOIN record ON record.organization_id = tombstone.organization_id AND record.id = tombstone.survivor_id
         JOIN record_type ON record_type.organization_id = record.organization_id
           AND record_type.id = record.record_type_id
         WHERE tombstone.organization_id = $1 AND tombstone.merged_key = ANY ($2)",
    )
    .bind(organization.0)
    .bind(keys)
    .fetch_all(conn)
    .instrument(statement::span::of("subjects.records"))
    .await?;

    Ok(rows.into_iter().map(|(key, kind, id)| (key, names::RECORD.name([kind, id]))).collect())
}

/// What administrators write: the kind, its table, the column of its key, and its name.
const WRITTEN: [(AuditedKind, &str, &str, &str); 14] = [
    (AuditedKind::Organization, "organization", "organization_id", "'organizations/' || organization_id"),
    (AuditedKind::ApiKey, "api_key", "id", "'apiKeys/' || id"),
    (AuditedKind::Seller, "seller", "id", "'sellers/' || seller_id"),
    (AuditedKind::Team, "team", "id", "'teams/' || team_id"),
    (AuditedKind::Calendar, "calendar", "id", "'calendars/' || calendar_id"),
    (AuditedKind::Template, "template", "id", "'templates/' || template_id"),
    (AuditedKind::RecordType, "record_type", "id", "'recordTypes/' || record_type_id"),
    (AuditedKind::Sequence, "sequence", "id", "'sequences/' || sequence_id"),
    (AuditedKind::Segment, "segment", "id", "'segments/' || segment_id"),
    (
        AuditedKind::AssignmentRule,
        "assignment_rule",
        "id",
        "'segments/' || (SELECT segment.segment_id FROM segment
            WHERE segment.organization_id = $1 AND segment.id = written.segment_id)
           || '/rules/' || assignment_rule_id",
    ),
    (AuditedKind::Webhook, "webhook", "id", "'webhooks/' || webhook_id"),
    (AuditedKind::View, "saved_view", "id", "'views/' || view_id"),
    (AuditedKind::Operation, "operation", "id", "'operations/' || id"),
    (AuditedKind::Problem, "set_aside", "id", "'problems/' || id"),
];

/// Columns that change with every write, or say nothing but where a row is.
const NOISE: [&str; 5] = ["organization_id", "id", "version", "update_time", "definition_epoch"];

/// What routing decides about.
const DECIDED: [AuditedKind; 3] = [AuditedKind::Segment, AuditedKind::AssignmentRule, AuditedKind::Sequence];

static NAMES: LazyLock<String> = LazyLock::new(|| all_written(|_| true, |_| "NULL::jsonb".to_owned()));

static NAMES_OF_DECIDED: LazyLock<String> =
    LazyLock::new(|| all_written(|kind| DECIDED.contains(&kind), |_| "NULL::jsonb".to_owned()));

static ROWS: LazyLock<String> = LazyLock::new(|| {
    let left_out = NOISE.iter().chain(&SECRET).map(|column| format!("'{column}'"));
    let left_out = left_out.collect::<Vec<_>>().join(", ");
    all_written(|_| true, |table| format!("to_jsonb({table}) - ARRAY[{left_out}]"))
});

/// A statement over the tables of what administrators write, those of wanted kinds. Keys are unique
/// across tables, so at most one part finds each.
fn all_written(wanted: impl Fn(AuditedKind) -> bool, fields: impl Fn(&str) -> String) -> String {
    let part = |(kind, table, key, name): (AuditedKind, &str, &str, &str)| {
        let (kind, fields) = (kind.as_str(), fields("written"));
        format!(
            "SELECT {key} AS key, '{kind}' AS kind, {name} AS name, {fields} AS fields
             FROM {table} AS written WHERE organization_id = $1 AND {key} = ANY ($2)"
        )
    };
    let wanted = WRITTEN.into_iter().filter(|(kind, ..)| wanted(*kind));
    wanted.map(part).collect::<Vec<_>>().join(" UNION ALL ")
}

/// Returns the full names of what administrators write, by key. Deleted ones are absent.
pub async fn written(
    conn: &mut PgConnection,
    organization: OrganizationId,
    keys: &[Uuid],
) -> Result<HashMap<Uuid, String>, Error> {
    names_by(conn, organization, keys, &NAMES).await
}

/// Returns the full names of segments, assignment rules and sequences, by key. What was deleted
/// since is absent, except sequences, which are kept.
pub async fn decided(
    conn: &mut PgConnection,
    organization: OrganizationId,
    keys: &[Uuid],
) -> Result<HashMap<Uuid, String>, Error> {
    names_by(conn, organization, keys, &NAMES_OF_DECIDED).await
}

/// Returns what administrators write as it is now, without secrets, by key. Deleted ones are
/// absent.
pub async fn audited(
    conn: &mut PgConnection,
    organization: OrganizationId,
    keys: &[Uuid],
) -> Result<HashMap<Uuid, Audited>, Error> {
    let rows = read(conn, organization, keys, &ROWS).await?;
    rows.into_iter().map(|row| Ok((row.key, row.audited()?))).collect()
}

async fn names_by(
    conn: &mut PgConnection,
    organization: OrganizationId,
    keys: &[Uuid],
    sql: &'static str,
) -> Result<HashMap<Uuid, String>, Error> {
    let rows = read(conn, organization, keys, sql).await?;
    Ok(rows.into_iter().map(|row| (row.key, row.name)).collect())
}

async fn read(
    conn: &mut PgConnection,
    organization: OrganizationId,
    keys: &[Uuid],
    sql: &'static str,
) -> Result<Vec<Row>, Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }

    Ok(sqlx::query_as(sql)
        .bind(organization.0)
        .bind(keys)
        .fetch_all(conn)
        .instrument(statement::span::of("subjects.written"))
        .await?)
}

/// Something that administrators write.
#[derive(FromRow)]
struct Row {
    key: Uuid,
    kind: String,
    name: String,
    fields: Option<Value>,
}

impl Row {
    fn audited(self) -> Result<Audited, Error> {
        let inconsistent = Error::Inconsistent { table: "history", column: "kind", id: self.key };
        let kind = self.kind.parse().map_err(|_| inconsistent)?;
        let fields = self.fields.and_then(|fields| fields.as_object().cloned()).unwrap_or_default();
        Ok(Audited { kind, name: self.name, fields })
    }
}
