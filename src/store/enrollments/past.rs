//! How the earlier steps of enrollments ended, for decisions that look at them.

use std::collections::{BTreeMap, HashMap};

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::activity::ClosedState;
use crate::domain::id::{EnrollmentId, OrganizationId, RecordId};
use crate::domain::past::{Ended, Past};
use crate::domain::program::NodeId;
use crate::store::enrollments::EnrollmentKey;
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// Returns how the steps of enrollments ended, given with their records. Those without a closed
/// activity are absent.
pub async fn of(
    conn: &mut PgConnection,
    enrollments: &[(EnrollmentKey, RecordId)],
) -> Result<HashMap<EnrollmentKey, Past>, Error> {
    // The record finds the few rows of an enrollment: no index has the enrollment.
    let rows: Vec<(Uuid, Uuid, i32, i16, String, i64)> = sqlx::query_as(
        "SELECT item.organization_id, item.id, step.node, step.state, step.outcome, step.completed
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS item (organization_id, id, record_id)
         CROSS JOIN LATERAL (
           SELECT DISTINCT ON (closed.node) closed.node, closed.state, closed.outcome,
             count(*) FILTER (WHERE closed.state = $4) OVER (PARTITION BY closed.node) AS completed
           FROM closed_activity AS closed
           WHERE closed.organization_id = item.organization_id AND closed.record_id = item.record_id
             AND closed.enrollment_id = item.id AND closed.state IN ($4, $5)
           ORDER BY closed.node, closed.id DESC
         ) AS step
         ORDER BY item.organization_id, item.id",
    )
    .bind(column(enrollments, |((organization, _), _)| organization.0))
    .bind(column(enrollments, |((_, enrollment), _)| enrollment.0))
    .bind(column(enrollments, |(_, record)| record.0))
    .bind(ClosedState::Completed as i16)
    .bind(ClosedState::Skipped as i16)
    .fetch_all(conn)
    .instrument(statement::span::of("past.of"))
    .await?;

    let mut steps: HashMap<EnrollmentKey, BTreeMap<NodeId, Ended>> = HashMap::new();
    for (organization, id, node, state, outcome, completed) in rows {
        let inconsistent = Error::Inconsistent { table: "closed_activity", column: "state", id };
        let state = ClosedState::from_repr(state).ok_or(inconsistent)?;
        let completed = i32::try_from(completed).unwrap_or(i32::MAX);
        let of = steps.entry((OrganizationId(organization), EnrollmentId(id))).or_default();
        of.insert(NodeId(node), Ended { state, outcome, completed });
    }
    Ok(steps.into_iter().map(|(key, steps)| (key, Past::of(steps))).collect())
}
