//! How far the history of organizations is forgotten, and the forgetting.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::history::HistoryKind;
use crate::domain::horizon::Horizon;
use crate::domain::id::OrganizationId;
use crate::store::{Error, statement};

/// What is kept for ever, because it proves what is no longer there, or who did it: that a record
/// was deleted, and what administrators wrote.
const KEPT: [HistoryKind; 2] = [HistoryKind::RecordDeleted, HistoryKind::AdministrativeWrite];

/// An organization that doesn't keep its history for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forgetful {
    /// The organization.
    pub organization: OrganizationId,
    /// How many days it keeps it.
    pub days: i32,
    /// How far it is forgotten.
    pub horizon: Horizon,
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    days: i32,
    create_time: DateTime<Utc>,
    at: Option<DateTime<Utc>>,
    done: Option<DateTime<Utc>>,
}

impl From<Row> for Forgetful {
    fn from(row: Row) -> Self {
        let horizon = row.at.zip(row.done).map(|(at, done)| Horizon { at, done });
        let horizon = horizon.unwrap_or_else(|| Horizon::begin(row.create_time));
        Self { organization: OrganizationId(row.organization_id), days: row.days, horizon }
    }
}

/// Returns the organizations that don't keep their history for ever.
pub async fn forgetful(conn: &mut PgConnection) -> Result<Vec<Forgetful>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT organization.organization_id, (settings ->> 'history_retention_days')::integer AS days, create_time,
           horizon.at, horizon.done
         FROM organization
         LEFT JOIN history_horizon AS horizon ON horizon.organization_id = organization.organization_id
         WHERE suspend_time IS NULL AND (settings ->> 'history_retention_days')::integer > 0
         ORDER BY organization.organization_id",
    )
    .fetch_all(conn)
    .instrument(statement::span::of("horizons.forgetful"))
    .await?;

    Ok(rows.into_iter().map(Forgetful::from).collect())
}

/// Locks an organization's horizon, which is `begin` if it has none yet. `None` if another server
/// holds it.
pub async fn lock(
    conn: &mut PgConnection,
    organization: OrganizationId,
    begin: Horizon,
) -> Result<Option<Horizon>, Error> {
    sqlx::query(
        "INSERT INTO history_horizon (organization_id, at, done) VALUES ($1, $2, $3)
         ON CONFLICT (organization_id) DO NOTHING",
    )
    .bind(organization.0)
    .bind(begin.at)
    .bind(begin.done)
    .execute(&mut *conn)
    .instrument(statement::span::of("horizons.lock"))
    .await?;

    let row: Option<(DateTime<Utc>, DateTime<Utc>)> = sqlx::query_as(
        "SELECT at, done FROM history_horizon WHERE organization_id = $1 FOR NO KEY UPDATE SKIP LOCKED",
    )
    .bind(organization.0)
    .fetch_optional(conn)
    .instrument(statement::span::of("horizons.lock"))
    .await?;
    Ok(row.map(|(at, done)| Horizon { at, done }))
}

/// Saves a horizon, which must be locked.
pub async fn save(
    conn: &mut PgConnection,
    organization: OrganizationId,
    horizon: Horizon,
) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE history_horizon SET at = $2, done = $3 WHERE organization_id = $1 RETURNING organization_id",
    )
    .bind(organization.0)
    .bind(horizon.at)
    .bind(horizon.done)
    .fetch_optional(conn)
    .instrument(statement::span::of("horizons.save"))
    .await?;

    statement::reading::check_written(written, "history_horizon", organization.0)
}

/// Returns the horizon of an organization. `None` if it has forgotten nothing.
pub async fn of(
    conn: &mut PgConnection,
    organization: OrganizationId,
) -> Result<Option<DateTime<Utc>>, Error> {
    Ok(sqlx::query_scalar("SELECT at FROM history_horizon WHERE organization_id = $1")
        .bind(organization.0)
        .fetch_optional(conn)
        .instrument(statement::span::of("horizons.of"))
        .await?)
}

/// Returns the time before which no organization has history, apart from what outlives it. `None`
/// without organizations.
pub async fn earliest(conn: &mut PgConnection) -> Result<Option<DateTime<Utc>>, Error> {
    // One that has forgotten nothing has no history from before it was created.
    Ok(sqlx::query_scalar(
        "SELECT min(coalesce(horizon.done, organization.create_time))
         FROM organization
         LEFT JOIN history_horizon AS horizon ON horizon.organization_id = organization.organization_id",
    )
    .fetch_one(conn)
    .instrument(statement::span::of("horizons.earliest"))
    .await?)
}

/// Deletes the timelines of enrollments that have events since `done` and ended before `at`, and
/// what happened to records: of at most `limit` of both. Returns of how many.
pub async fn forget(
    conn: &mut PgConnection,
    organization: OrganizationId,
    horizon: Horizon,
    limit: i64,
) -> Result<i64, Error> {
    let kept = KEPT.map(|kind| kind as i16);
    let subjects: Vec<Uuid> = sqlx::query_scalar(
        "SELECT DISTINCT history.subject_id
         FROM history
         WHERE history.organization_id = $1 AND history.at >= $2 AND history.at < $3
           AND history.kind <> ALL ($4)
           -- A timeline goes whole, once its enrollment is long over.
           AND NOT EXISTS (
             SELECT FROM enrollment
             WHERE enrollment.organization_id = $1
               AND enrollment.id = history.subject_id
               AND (enrollment.end_time IS NULL OR enrollment.end_time >= $3))
         LIMIT $5",
    )
    .bind(organization.0)
    .bind(horizon.done)
    .bind(horizon.at)
    .bind(kept)
    .bind(limit)
    .fetch_all(&mut *conn)
    .instrument(statement::span::of("horizons.old"))
    .await?;

    sqlx::query(
        "DELETE FROM history
         WHERE organization_id = $1 AND subject_id = ANY ($2) AND at < $3 AND kind <> ALL ($4)",
    )
    .bind(organization.0)
    .bind(&subjects)
    .bind(horizon.at)
    .bind(kept)
    .execute(conn)
    .instrument(statement::span::of("horizons.forget"))
    .await?;
    Ok(i64::try_from(subjects.len()).unwrap_or(limit))
}

/// Returns SQL that is true unless this time of an organization is before its horizon. Both are
/// columns, or NULL.
pub(in crate::store) fn kept(organization: &str, time: &str) -> String {
    format!(
        "NOT EXISTS (SELECT FROM history_horizon AS horizon
           WHERE horizon.organization_id = {organization} AND {time} < horizon.at)"
    )
}

/// Returns SQL that joins, as `forgotten`, the enrollment with this key if it ended before the
/// horizon. A join, because Citus takes no correlated subquery beside derived tables.
pub(in crate::store) fn forgotten(organization: &str, enrollment: &str) -> String {
    format!(
        "LEFT JOIN (
           SELECT ended.organization_id AS in_organization, ended.id
           FROM enrollment AS ended
           JOIN history_horizon AS horizon ON horizon.organization_id = ended.organization_id
           WHERE ended.end_time < horizon.at
         ) AS forgotten ON forgotten.in_organization = {organization} AND forgotten.id = {enrollment}"
    )
}
