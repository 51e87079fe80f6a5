//! The names of what routing decided about: segments, rules and sequences.

use std::collections::HashMap;

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::OrganizationId;
use crate::domain::names;
use crate::store::{Error, statement};

/// A key, and the chosen ids that belong to it.
type NamedRow = (Uuid, Option<String>, Option<String>, Option<String>);

/// Returns the full names of segments, assignment rules and sequences by their keys. What was
/// deleted since is absent, except sequences, which are kept.
pub async fn of_keys(
    conn: &mut PgConnection,
    organization: OrganizationId,
    keys: &[Uuid],
) -> Result<HashMap<Uuid, String>, Error> {
    let rows: Vec<NamedRow> = sqlx::query_as(
        "SELECT id, segment_id, NULL AS assignment_rule_id, NULL AS sequence_id
         FROM segment WHERE organization_id = $1 AND id = ANY ($2)
         UNION ALL
         SELECT rule.id, segment.segment_id, rule.assignment_rule_id, NULL
         FROM assignment_rule AS rule
         JOIN segment ON segment.organization_id = rule.organization_id AND segment.id = rule.segment_id
         WHERE rule.organization_id = $1 AND rule.id = ANY ($2)
         UNION ALL
         SELECT id, NULL, NULL, sequence_id
         FROM sequence WHERE organization_id = $1 AND id = ANY ($2)
         ORDER BY id",
    )
    .bind(organization.0)
    .bind(keys)
    .fetch_all(conn)
    .instrument(statement::span::of("names.of_keys"))
    .await?;

    let name = |(key, segment, rule, sequence): (Uuid, Option<String>, Option<String>, Option<String>)| {
        let name = match (segment, rule, sequence) {
            (Some(segment), Some(rule), _) => names::RULE.name([segment, rule]),
            (Some(segment), None, _) => names::SEGMENT.name([segment]),
            (None, _, sequence) => names::SEQUENCE.name([sequence?]),
        };
        Some((key, name))
    };
    Ok(rows.into_iter().filter_map(name).collect())
}
