//! Timers. A due timer is claimed together with the enrollment that it moves.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use strum::VariantArray;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::activity::ActivityState;
use crate::domain::id::{EnrollmentId, OrganizationId};
use crate::domain::timer::{Timer, TimerKind, WaitReason};
use crate::store::Error;
use crate::store::statement;
use crate::store::statement::columns::column;

const _: () = assert!(TimerKind::SplitEnd as i16 == 122, "statements say it");

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

/// Keeps a timer from being claimed, because it failed. It is fired when its problem is tried
/// again. Returns false if it doesn't exist or is held already.
pub async fn hold(conn: &mut PgConnection, timer: &Timer) -> Result<bool, Error> {
    let held: Option<Uuid> = sqlx::query_scalar(
        "UPDATE timer SET held = true
         WHERE organization_id = $1 AND due_at = $2 AND kind = $3 AND subject_id = $4 AND NOT held
         RETURNING subject_id",
    )
    .bind(timer.organization.0)
    .bind(timer.due_at)
    .bind(timer.kind as i16)
    .bind(timer.subject)
    .fetch_optional(conn)
    .instrument(statement::span::of("timers.hold"))
    .await?;
    Ok(held.is_some())
}

/// Lets a held timer be claimed again. Does nothing if it doesn't exist.
pub async fn release(conn: &mut PgConnection, timer: &Timer) -> Result<(), Error> {
    sqlx::query(
        "UPDATE timer SET held = false
         WHERE organization_id = $1 AND due_at = $2 AND kind = $3 AND subject_id = $4",
    )
    .bind(timer.organization.0)
    .bind(timer.due_at)
    .bind(timer.kind as i16)
    .bind(timer.subject)
    .execute(conn)
    .instrument(statement::span::of("timers.release"))
    .await?;
    Ok(())
}

/// Returns the timer of a wait, snooze, lease or skip, given by the key of its enrollment or
/// activity. If it is missing, because an earlier release deleted timers that failed, makes it
/// again. Returns `None` if nothing waits.
pub async fn restore(
    conn: &mut PgConnection,
    organization: OrganizationId,
    subject: Uuid,
) -> Result<Option<Timer>, Error> {
    static STATEMENT: LazyLock<String> = LazyLock::new(|| {
        format!(
            "WITH waiting AS (
               SELECT {end_of_wait} AS due_at, {kind_of_wait}::smallint AS kind, enrollment.id AS enrollment_id,
                 CASE WHEN {kind_of_wait} <> {throttle} THEN coalesce(record.owner_id, team.id) END AS queue_id
               FROM enrollment
               JOIN record ON record.organization_id = enrollment.organization_id AND record.id = enrollment.record_id
               JOIN team ON team.organization_id = enrollment.organization_id AND team.team_id = 'unassigned'
               WHERE enrollment.organization_id = $1 AND enrollment.id = $2 AND {end_of_wait} IS NOT NULL
               UNION ALL
               SELECT activity.snooze_until, {snooze}::smallint, activity.enrollment_id, activity.queue_id
               FROM activity
               WHERE activity.organization_id = $1 AND activity.id = $2 AND activity.state = {snoozed}
               UNION ALL
               SELECT activity.lease_until, {lease}::smallint, activity.enrollment_id, NULL
               FROM activity
               WHERE activity.organization_id = $1 AND activity.id = $2 AND activity.lease_until IS NOT NULL
               UNION ALL
               SELECT activity.auto_skip_time, {auto_skip}::smallint, activity.enrollment_id, NULL
               FROM activity
               WHERE activity.organization_id = $1 AND activity.id = $2 AND {skips_itself}
               UNION ALL
               SELECT timer.due_at, timer.kind, timer.enrollment_id, timer.queue_id
               FROM timer
               WHERE timer.organization_id = $1 AND timer.subject_id = $2 AND timer.kind IN ({only_kept_here})
             ), made AS (
               INSERT INTO timer (organization_id, due_at, kind, subject_id, enrollment_id, queue_id, held)
               SELECT $1, due_at, kind, $2, enrollment_id, queue_id, true FROM waiting
               ON CONFLICT DO NOTHING
             )
             SELECT due_at, kind, $2, enrollment_id FROM waiting ORDER BY due_at",
            end_of_wait = END_OF_WAIT,
            kind_of_wait = kind_of_wait(),
            throttle = TimerKind::Throttle as i16,
            only_kept_here = statement::words::numbers(
                TimerKind::VARIANTS.iter().filter(|kind| !kind.can_be_restored()).map(|kind| *kind as i16)
            ),
            snooze = TimerKind::Snooze as i16,
            snoozed = ActivityState::SNOOZED,
            lease = TimerKind::Lease as i16,
            auto_skip = TimerKind::AutoSkip as i16,
            skips_itself = skips_itself(),
        )
    });

    let row: Option<ClaimedRow> = sqlx::query_as(STATEMENT.as_str())
        .bind(organization.0)
        .bind(subject)
        .fetch_optional(conn)
        .instrument(statement::span::of("timers.restore"))
        .await?;
    row.map(|row| claimed(organization, row)).transpose()
}

/// Returns the numbers of the reasons for which an enrollment is seen at no step, for `IN (…)`.
pub(in crate::store) fn elsewhere() -> String {
    let reasons = WaitReason::VARIANTS.iter().filter(|reason| !reason.stands());
    statement::words::numbers(reasons.map(|reason| *reason as i16))
}

/// The SQL for the time when the wait or the pause of an enrollment ends by itself.
pub(in crate::store) const END_OF_WAIT: &str = "(CASE WHEN enrollment.pause_time IS NULL THEN enrollment.waiting_until ELSE enrollment.pause_end_time END)";

/// Returns the SQL that is true for an activity that a timer skips at its `auto_skip_time`.
pub(in crate::store) fn skips_itself() -> String {
    let due = ActivityState::DUE;
    format!(
        "(activity.auto_skip_time IS NOT NULL AND activity.state = {due} AND activity.lease_until IS NULL)"
    )
}

/// Returns the SQL for the kind of timer that ends the wait or the pause of an enrollment.
pub(in crate::store) fn kind_of_wait() -> String {
    let reasons = WaitReason::VARIANTS.iter();
    let waits = statement::words::case(
        "enrollment.waiting_for",
        reasons.map(|reason| (*reason as i16, reason.timer() as i16)),
    );
    format!("(CASE WHEN enrollment.pause_time IS NULL THEN {waits} ELSE {} END)", TimerKind::Hold as i16)
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
