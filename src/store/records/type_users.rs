//! The users of a record type: while they exist, it or one of its attributes can't be deleted.

use sqlx::PgConnection;
use sqlx::types::Json;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::definition::Definition;
use crate::domain::id::{OrganizationId, RecordTypeId};
use crate::domain::record_type::Reader;
use crate::store::{Error, statement};

/// Returns the conditions over records of a type: of its segments and their rules, of its
/// sequences, of running operations, and the goals of its sequences and of revisions that are the
/// newest or have open enrollments.
pub async fn readers(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record_type: RecordTypeId,
) -> Result<Vec<Reader>, Error> {
    let rows: Vec<(String, String, bool)> = sqlx::query_as(
        "SELECT 'segments/' || segment_id AS name, condition, false AS over_sellers FROM segment
         WHERE organization_id = $1 AND record_type_id = $2
         UNION ALL
         SELECT 'segments/' || segment.segment_id || '/rules/' || rule.assignment_rule_id,
           asked.condition, asked.over_sellers
         FROM segment
         JOIN assignment_rule AS rule ON rule.organization_id = segment.organization_id AND rule.segment_id = segment.id
         CROSS JOIN LATERAL (
           VALUES (rule.condition, false), (rule.seller_condition, true)
         ) AS asked (condition, over_sellers)
         WHERE segment.organization_id = $1 AND segment.record_type_id = $2 AND asked.condition IS NOT NULL
         UNION ALL
         SELECT 'sequences/' || sequence_id, exit_criteria ->> 'goal_condition', false FROM sequence
         WHERE organization_id = $1 AND record_type_id = $2 AND exit_criteria ? 'goal_condition'
         UNION ALL
         SELECT 'sequences/' || sequence_id, 'has(record.' || (assign_to ->> 'attribute') || ')', false
         FROM sequence
         WHERE organization_id = $1 AND record_type_id = $2 AND assign_to ->> 'attribute' IS NOT NULL
         UNION ALL
         SELECT 'sequences/' || sequence.sequence_id || '/revisions/' || revised.revision,
           revised.exit_criteria ->> 'goal_condition', false
         FROM sequence
         JOIN sequence_revision AS revised ON revised.organization_id = sequence.organization_id
           AND revised.sequence_id = sequence.id
         WHERE sequence.organization_id = $1 AND sequence.record_type_id = $2
           AND revised.exit_criteria ? 'goal_condition'
           AND (revised.revision = sequence.revision OR EXISTS (
             SELECT FROM enrollment
             WHERE enrollment.organization_id = $1 AND enrollment.sequence_id = sequence.id
               AND enrollment.revision = revised.revision AND enrollment.end_time IS NULL))
         UNION ALL
         SELECT 'sequences/' || sequence.sequence_id || '/revisions/' || revised.revision,
           'has(record.' || (revised.assign_to ->> 'attribute') || ')', false
         FROM sequence
         JOIN sequence_revision AS revised ON revised.organization_id = sequence.organization_id
           AND revised.sequence_id = sequence.id
         WHERE sequence.organization_id = $1 AND sequence.record_type_id = $2
           AND revised.assign_to ->> 'attribute' IS NOT NULL
           AND (revised.revision = sequence.revision OR EXISTS (
             SELECT FROM enrollment
             WHERE enrollment.organization_id = $1 AND enrollment.sequence_id = sequence.id
               AND enrollment.revision = revised.revision AND enrollment.end_time IS NULL))
         UNION ALL
         SELECT 'operations/' || id, bulk ->> 'condition', false FROM operation
         WHERE organization_id = $1 AND record_type_id = $2 AND state = 'RUNNING'
           AND kind IN ('ENROLL_RECORDS', 'REASSIGN_RECORDS') AND bulk ->> 'condition' <> ''
         ORDER BY name",
    )
    .bind(organization.0)
    .bind(record_type.0)
    .fetch_all(&mut *conn)
    .instrument(statement::span::of("type_users.readers"))
    .await?;

    let readers =
        rows.into_iter().map(|(name, condition, over_sellers)| Reader { name, condition, over_sellers });
    let mut readers: Vec<Reader> = readers.collect();
    for (name, definition) in definitions(conn, organization, record_type).await? {
        let conditions = definition.conditions().into_iter();
        readers.extend(conditions.map(|condition| Reader {
            name: name.clone(),
            condition,
            over_sellers: false,
        }));
    }
    Ok(readers)
}

/// Returns the conditions over sellers of all rules, each with the key of the type of the records
/// that it may refer to.
pub async fn readers_of_sellers(
    conn: &mut PgConnection,
    organization: OrganizationId,
) -> Result<Vec<(Reader, RecordTypeId)>, Error> {
    let rows: Vec<(String, String, Uuid)> = sqlx::query_as(
        "SELECT 'segments/' || segment.segment_id || '/rules/' || rule.assignment_rule_id AS name,
           rule.seller_condition, segment.record_type_id
         FROM assignment_rule AS rule
         JOIN segment ON segment.organization_id = rule.organization_id AND segment.id = rule.segment_id
         WHERE rule.organization_id = $1 AND rule.seller_condition IS NOT NULL
         ORDER BY name",
    )
    .bind(organization.0)
    .fetch_all(conn)
    .instrument(statement::span::of("type_users.readers_of_sellers"))
    .await?;

    let reader = |(name, condition, record_type)| {
        (Reader { name, condition, over_sellers: true }, RecordTypeId(record_type))
    };
    Ok(rows.into_iter().map(reader).collect())
}

/// Returns the definitions of sequences over records of a type, with the names of the sequences:
/// drafts, newest revisions, and those that open enrollments follow. A sequence comes several
/// times.
async fn definitions(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record_type: RecordTypeId,
) -> Result<Vec<(String, Definition)>, Error> {
    let rows: Vec<(String, Json<Definition>)> = sqlx::query_as(
        "SELECT 'sequences/' || sequence.sequence_id AS name, sequence.definition FROM sequence
         WHERE sequence.organization_id = $1 AND sequence.record_type_id = $2 AND sequence.delete_time IS NULL
         UNION ALL
         SELECT 'sequences/' || sequence.sequence_id, revision.definition
         FROM sequence
         JOIN sequence_revision AS revision ON revision.organization_id = sequence.organization_id
           AND revision.sequence_id = sequence.id
         WHERE sequence.organization_id = $1 AND sequence.record_type_id = $2
           AND (revision.revision = sequence.revision AND sequence.delete_time IS NULL OR EXISTS (
             SELECT FROM enrollment
             WHERE enrollment.organization_id = $1
               AND enrollment.sequence_id = sequence.id AND enrollment.revision = revision.revision
               AND enrollment.end_time IS NULL))
         ORDER BY name",
    )
    .bind(organization.0)
    .bind(record_type.0)
    .fetch_all(conn)
    .instrument(statement::span::of("type_users.definitions"))
    .await?;

    Ok(rows.into_iter().map(|(name, definition)| (name, definition.0)).collect())
}

/// Returns the names of resources of a type, and of attributes that refer to it: up to ten of each
/// kind.
pub async fn users(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record_type: RecordTypeId,
    chosen_id: &str,
) -> Result<Vec<String>, Error> {
    let names = sqlx::query_scalar(
        "(SELECT 'recordTypes/' || $3 || '/records/' || record_id FROM record
          WHERE organization_id = $1 AND record_type_id = $2 ORDER BY id LIMIT 10)
         UNION ALL
         (SELECT 'segments/' || segment_id FROM segment
          WHERE organization_id = $1 AND record_type_id = $2 ORDER BY segment_id LIMIT 10)
         UNION ALL
         (SELECT 'sequences/' || sequence_id FROM sequence
          WHERE organization_id = $1 AND record_type_id = $2 ORDER BY sequence_id LIMIT 10)
         UNION ALL
         (SELECT 'templates/' || template_id FROM template
          WHERE organization_id = $1 AND record_type_id = $2 ORDER BY template_id LIMIT 10)
         UNION ALL
         (SELECT 'operations/' || id FROM operation
          WHERE organization_id = $1 AND record_type_id = $2 AND state = 'RUNNING' ORDER BY id LIMIT 10)
         UNION ALL
         (SELECT 'the attribute ' || attribute.key || ' of recordTypes/' || record_type.record_type_id
          FROM record_type CROSS JOIN LATERAL jsonb_each(record_type.attributes) AS attribute
          WHERE record_type.organization_id = $1 AND record_type.id <> $2 AND attribute.value ->> 'record_type' = $3
          ORDER BY record_type.record_type_id, attribute.key LIMIT 10)",
    );
    Ok(names
        .bind(organization.0)
        .bind(record_type.0)
        .bind(chosen_id)
        .fetch_all(conn)
        .instrument(statement::span::of("type_users.users"))
        .await?)
}
