//! Timers. A due timer is claimed together with the enrollment that it moves.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{EnrollmentId, OrganizationId};
use crate::domain::timer::{Timer, TimerKind};
use crate::store::Error;
use crate::store::statement;
use crate::store::statement::columns::column;

/// Returns when the first timer of each organization is due, earliest first, for at most `limit`
/// organizations.
pub async fn heads(
    conn: &mut PgConnection,
    limit: i64,
) -> Result<Vec<(OrganizationId, DateTime<Utc>)>, Error> {
    let rows: Vec<(Uuid, DateTime<Utc>)> = sqlx::query_as(include_str!("../sql/timers_heads.sql"))
        .bind(limit)
        .fetch_all(conn)
        .instrument(statement::span::of("timers.heads"))
        .await?;
    Ok(rows.into_iter().map(|(organization, due_at)| (OrganizationId(organization), due_at)).collect())
}

/// Claims at most `limit` timers that are due by `now`, each with its enrollment. Skips those that
/// other transactions hold.
pub async fn claim(
    conn: &mut PgConnection,
    organization: OrganizationId,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Timer>, Error> {
    let rows: Vec<ClaimedRow> = sqlx::query_as(include_str!("../sql/timers_claim.sql"))
        .bind(organization.0)
        .bind(now)
        .bind(limit)
        .fetch_all(conn)
        .instrument(statement::span::of("timers.claim"))
        .await?;
    rows.into_iter().map(|row| claimed(organization, row)).collect()
}

/// Like [`claim`], but for the given timers of one organization.
pub async fn claim_these(
    conn: &mut PgConnection,
    organization: OrganizationId,
    timers: &[Timer],
) -> Result<Vec<Timer>, Error> {
    let rows: Vec<ClaimedRow> = sqlx::query_as(include_str!("../sql/timers_claim_these.sql"))
        .bind(organization.0)
        .bind(column(timers, |timer| timer.due_at))
        .bind(column(timers, |timer| timer.kind as i16))
        .bind(column(timers, |timer| timer.subject))
        .fetch_all(conn)
        .instrument(statement::span::of("timers.claim_these"))
        .await?;
    rows.into_iter().map(|row| claimed(organization, row)).collect()
}

/// Deletes due timers whose enrollments don't exist, and returns how many.
pub async fn drop_lost(
    conn: &mut PgConnection,
    organization: OrganizationId,
    now: DateTime<Utc>,
) -> Result<usize, Error> {
    let dropped: Vec<Uuid> = sqlx::query_scalar(include_str!("../sql/timers_drop_lost.sql"))
        .bind(organization.0)
        .bind(now)
        .fetch_all(conn)
        .instrument(statement::span::of("timers.drop_lost"))
        .await?;
    Ok(dropped.len())
}

/// Deletes a timer. Returns false if it doesn't exist.
pub async fn delete(conn: &mut PgConnection, timer: &Timer) -> Result<bool, Error> {
    let deleted: Option<Uuid> = sqlx::query_scalar(
        "DELETE FROM timer
         WHERE organization_id = $1 AND due_at = $2 AND kind = $3 AND subject_id = $4
         RETURNING subject_id",
    )
    .bind(timer.organization.0)
    .bind(timer.due_at)
    .bind(timer.kind as i16)
    .bind(timer.subject)
    .fetch_optional(conn)
    .instrument(statement::span::of("timers.delete"))
    .await?;
    Ok(deleted.is_some())
}

type ClaimedRow = (DateTime<Utc>, i16, Uuid, Uuid);

fn claimed(
    organization: OrganizationId,
    (due_at, kind, subject, enrollment): ClaimedRow,
) -> Result<Timer, Error> {
    let inconsistent = Error::Inconsistent { table: "timer", column: "kind", id: subject };
    let kind = TimerKind::from_repr(kind).ok_or(inconsistent)?;
    Ok(Timer { organization, due_at, kind, subject, enrollment: EnrollmentId(enrollment) })
}
