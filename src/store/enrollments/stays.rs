//! Counts of a sequence's enrollments by where they are.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use tracing::Instrument as _;

use crate::domain::enrollment::EnrollmentState;
use crate::domain::history::HistoryKind;
use crate::domain::id::{OrganizationId, SequenceId};
use crate::domain::picture::{Choices, Stays};
use crate::store::{Error, statement};

/// Where the enrollments of a sequence are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// Those of one revision, by node.
    pub stays: BTreeMap<i32, Stays>,
    /// The open ones of all revisions.
    pub open: i64,
}

/// Counts the enrollments of a sequence, those of one revision by node. One statement, so all
/// counts are of one instant. It reads all enrollments of the organization, because no index has
/// the ended ones of a sequence.
pub async fn of_revision(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequence: SequenceId,
    revision: i32,
) -> Result<Whereabouts, Error> {
    let rows: Vec<(Option<i32>, i16, i64)> = sqlx::query_as(
        "SELECT CASE WHEN revision = $3 THEN node END AS node, state, count(*)
         FROM enrollment
         WHERE organization_id = $1 AND sequence_id = $2 AND (revision = $3 OR end_time IS NULL)
         GROUP BY 1, 2 ORDER BY 1, 2",
    )
    .bind(organization.0)
    .bind(sequence.0)
    .bind(revision)
    .fetch_all(conn)
    .instrument(statement::span::of("stays.of_revision"))
    .await?;

    let mut found = Whereabouts::default();
    for (node, state, count) in rows {
        let state = EnrollmentState::from_repr(state);
        if !matches!(state, Some(EnrollmentState::Completed | EnrollmentState::Exited)) {
            found.open += count;
        }
        let Some(stays) = node.map(|node| found.stays.entry(node).or_default()) else { continue };
        match state {
            Some(EnrollmentState::Active | EnrollmentState::Paused | EnrollmentState::Failed) => {
                stays.current += count;
            }
            Some(EnrollmentState::Exited) => stays.exited += count,
            Some(EnrollmentState::Completed) => stays.completed += count,
            // It is at no step yet.
            Some(EnrollmentState::Pending) | None => {}
        }
    }
    Ok(found)
}

/// Counts the enrollments of a revision by the paths of branches and splits that they took last. Of
/// forgotten timelines only the tallies know, and count each path that was taken.
pub async fn choices(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequence: SequenceId,
    revision: i32,
) -> Result<Choices, Error> {
    let rows: Vec<(i32, String, i64)> = sqlx::query_as(
        "WITH told AS (
           SELECT history.subject_id, history.id, history.at, (history.detail ->> 'node')::integer AS node,
             history.detail ->> 'outcome' AS outcome
           FROM enrollment
           JOIN history ON history.organization_id = enrollment.organization_id
             AND history.subject_id = enrollment.id
           WHERE enrollment.organization_id = $1 AND enrollment.sequence_id = $2
             AND enrollment.revision = $3 AND history.kind IN ($4, $5)
         ), counted AS (
           SELECT node, outcome, 1 AS number
           FROM (
             SELECT DISTINCT ON (subject_id, node) node, outcome FROM told
             ORDER BY subject_id, node, id DESC
           ) AS latest
           UNION ALL
           SELECT (part.item ->> 0)::integer, part.item ->> 2, (part.item ->> 3)::bigint
           FROM sequence_tally
           JOIN history_horizon AS horizon ON horizon.organization_id = sequence_tally.organization_id
             AND sequence_tally.day < (horizon.at AT TIME ZONE 'UTC')::date
           CROSS JOIN LATERAL jsonb_array_elements(tally -> 'counts') AS part (item)
           WHERE sequence_tally.organization_id = $1 AND sequence_id = $2 AND revision = $3
             AND (part.item ->> 1)::smallint IN ($4, $5)
           UNION ALL
           -- What is tallied from before the horizon, but not forgotten.
           SELECT told.node, told.outcome, -1
           FROM told
           JOIN history_horizon AS horizon ON horizon.organization_id = $1 AND told.at < horizon.at
         )
         SELECT node, outcome, greatest(sum(number), 0)::bigint
         FROM counted GROUP BY node, outcome ORDER BY node, outcome",
    )
    .bind(organization.0)
    .bind(sequence.0)
    .bind(revision)
    .bind(HistoryKind::BranchDecided as i16)
    .bind(HistoryKind::SplitDecided as i16)
    .fetch_all(conn)
    .instrument(statement::span::of("stays.choices"))
    .await?;

    Ok(rows.into_iter().map(|(node, outcome, count)| ((node, outcome), count)).collect())
}
