//! Copies the rules of a segment.

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::AssignmentRuleId;
use crate::domain::segment::Segment;
use crate::store::{Error, statement};

/// Copies rules to a new segment, each with its new key. Their turns are not copied.
pub async fn copy(
    conn: &mut PgConnection,
    segment: &Segment,
    rules: &[(AssignmentRuleId, Uuid)],
) -> Result<(), Error> {
    if rules.is_empty() {
        return Ok(());
    }

    let (originals, keys): (Vec<Uuid>, Vec<Uuid>) = rules.iter().map(|(rule, key)| (rule.0, *key)).unzip();
    sqlx::query(
        "INSERT INTO assignment_rule (organization_id, id, segment_id, assignment_rule_id, display_name,
           condition, candidates, listed_seller_ids, team_id, seller_condition, distribution,
           respect_capacity, available_within_hours, priority, disabled, version, create_time, update_time)
         SELECT rule.organization_id, copy.id, $2, rule.assignment_rule_id, rule.display_name,
           rule.condition, rule.candidates, rule.listed_seller_ids, rule.team_id, rule.seller_condition,
           rule.distribution, rule.respect_capacity, rule.available_within_hours, rule.priority,
           rule.disabled, 1, $5, $5
         FROM unnest($3::uuid[], $4::uuid[]) AS copy (original_id, id)
         JOIN assignment_rule AS rule ON rule.organization_id = $1 AND rule.id = copy.original_id",
    )
    .bind(segment.organization.0)
    .bind(segment.id.0)
    .bind(originals)
    .bind(keys)
    .bind(segment.create_time)
    .execute(conn)
    .instrument(statement::span::of("rule_copies.copy"))
    .await?;
    Ok(())
}
