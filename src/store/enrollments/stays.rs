//! Counts of a sequence's enrollments by where they are.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use tracing::Instrument as _;

use crate::domain::enrollment::EnrollmentState;
use crate::domain::id::{OrganizationId, SequenceId};
use crate::domain::picture::Stays;
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
        if matches!(state, Some(EnrollmentState::Active | EnrollmentState::Paused)) {
            found.open += count;
        }
        let Some(stays) = node.map(|node| found.stays.entry(node).or_default()) else { continue };
        match state {
            Some(EnrollmentState::Active | EnrollmentState::Paused) => stays.current += count,
            Some(EnrollmentState::Exited) => stays.exited += count,
            Some(EnrollmentState::Completed) => stays.completed += count,
            None => {}
        }
    }
    Ok(found)
}
