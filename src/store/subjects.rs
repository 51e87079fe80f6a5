//! The names of what events are about: records, and whatever administrators write.

use std::collections::HashMap;

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::OrganizationId;
use crate::domain::names;
use crate::store::{Error, statement};

/// Returns the full names of records by their keys. Deleted ones are absent.
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
         WHERE record.organization_id = $1 AND record.id = ANY ($2)",
    )
    .bind(organization.0)
    .bind(keys)
    .fetch_all(conn)
    .instrument(statement::span::of("subjects.records"))
    .await?;

    Ok(rows.into_iter().map(|(key, kind, id)| (key, names::RECORD.name([kind, id]))).collect())
}

/// Returns the full names of what administrators write, by key, except segments, rules and
/// sequences. Deleted ones are absent.
pub async fn written(
    conn: &mut PgConnection,
    organization: OrganizationId,
    keys: &[Uuid],
) -> Result<HashMap<Uuid, String>, Error> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    // Keys are unique across tables, so at most one part finds each.
    let rows: Vec<(Uuid, String, String)> = sqlx::query_as(
        "SELECT id, 'sellers', seller_id FROM seller WHERE organization_id = $1 AND id = ANY ($2)
         UNION ALL
         SELECT id, 'teams', team_id FROM team WHERE organization_id = $1 AND id = ANY ($2)
         UNION ALL
         SELECT id, 'calendars', calendar_id FROM calendar WHERE organization_id = $1 AND id = ANY ($2)
         UNION ALL
         SELECT id, 'templates', template_id FROM template WHERE organization_id = $1 AND id = ANY ($2)
         UNION ALL
         SELECT id, 'recordTypes', record_type_id FROM record_type
         WHERE organization_id = $1 AND id = ANY ($2)
         UNION ALL
         SELECT id, 'views', view_id FROM saved_view WHERE organization_id = $1 AND id = ANY ($2)
         UNION ALL
         SELECT id, 'webhooks', webhook_id FROM webhook WHERE organization_id = $1 AND id = ANY ($2)
         UNION ALL
         SELECT id, 'apiKeys', id::text FROM api_key WHERE organization_id = $1 AND id = ANY ($2)
         UNION ALL
         SELECT id, 'operations', id::text FROM operation WHERE organization_id = $1 AND id = ANY ($2)
         UNION ALL
         SELECT organization_id, 'organizations', organization_id::text FROM organization
         WHERE organization_id = $1 AND organization_id = ANY ($2)",
    )
    .bind(organization.0)
    .bind(keys)
    .fetch_all(conn)
    .instrument(statement::span::of("subjects.written"))
    .await?;

    Ok(rows.into_iter().map(|(key, collection, id)| (key, format!("{collection}/{id}"))).collect())
}
