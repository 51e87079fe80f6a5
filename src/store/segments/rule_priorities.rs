//! The order in which the rules of a segment are tried.

use std::ops::RangeInclusive;

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::assignment::AssignmentRule;
use crate::domain::id::{OrganizationId, SegmentId};
use crate::store::{Error, statement};

/// Sets the priority of a rule. Its segment must be locked.
pub async fn set(conn: &mut PgConnection, rule: &AssignmentRule) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE assignment_rule SET priority = $3, version = $4, update_time = $5
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(rule.organization.0)
    .bind(rule.id.0)
    .bind(rule.priority)
    .bind(rule.version)
    .bind(rule.update_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("rule_priorities.set"))
    .await?;

    statement::reading::check_written(written, "assignment_rule", rule.id.0)
}

/// Adds `by` to the priorities of the rules of a segment in this range. The segment must be locked.
pub async fn shift_between(
    conn: &mut PgConnection,
    organization: OrganizationId,
    segment: SegmentId,
    between: RangeInclusive<i32>,
    by: i32,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE assignment_rule SET priority = priority + $5, version = version + 1
         WHERE organization_id = $1 AND segment_id = $2 AND priority BETWEEN $3 AND $4",
    )
    .bind(organization.0)
    .bind(segment.0)
    .bind(between.start())
    .bind(between.end())
    .bind(by)
    .execute(conn)
    .instrument(statement::span::of("rule_priorities.shift_between"))
    .await?;

    Ok(())
}
