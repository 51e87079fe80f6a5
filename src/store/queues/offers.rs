//! What queues can hand out under leases.

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{EnrollmentId, OrganizationId, QueueId};
use crate::store::database::doorbell::QueueKey;
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// What is wanted: a queue, and the kinds of activities as bits, each shifted by its number.
pub type Wanted = (QueueKey, i64);

/// Locks the first due activities of queues that aren't leased, up to the given number of each,
/// with their enrollments. Returns the enrollments, in queue order. Passes over those that other
/// transactions hold.
pub async fn claim(
    conn: &mut PgConnection,
    wanted: &[(Wanted, usize)],
) -> Result<Vec<(Wanted, EnrollmentId)>, Error> {
    let number = |(_, number): &(Wanted, usize)| i64::try_from(*number).unwrap_or(i64::MAX);
    let rows: Vec<(Uuid, Uuid, i64, Uuid)> = sqlx::query_as(include_str!("../sql/offers_claim.sql"))
        .bind(column(wanted, |(wanted, _)| wanted.0.0.0))
        .bind(column(wanted, |(wanted, _)| wanted.0.1.0))
        .bind(column(wanted, number))
        .bind(column(wanted, |(wanted, _)| wanted.1))
        .fetch_all(conn)
        .instrument(statement::span::of("offers.claim"))
        .await?;

    let found = |(organization, queue, kinds, enrollment)| {
        (((OrganizationId(organization), QueueId(queue)), kinds), EnrollmentId(enrollment))
    };
    Ok(rows.into_iter().map(found).collect())
}
