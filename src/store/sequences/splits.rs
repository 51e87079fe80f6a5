//! The ends of splits that decide then, and how their variants did.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{EnrollmentId, OrganizationId, SequenceId};
use crate::domain::split_end::Measured;
use crate::domain::step::VariantNumbers;
use crate::domain::timer::{Timer, TimerKind};
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// Returns the timer of a time at which splits of a sequence end.
pub fn timer(organization: OrganizationId, sequence: SequenceId, due_at: DateTime<Utc>) -> Timer {
    // There is no enrollment to lock.
    let enrollment = EnrollmentId(sequence.0);
    Timer { organization, due_at, kind: TimerKind::SplitEnd, subject: sequence.0, enrollment }
}

/// Sets timers of ends of splits. Those that are set already stay.
pub async fn set_timers(conn: &mut PgConnection, timers: &[Timer]) -> Result<(), Error> {
    if timers.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO timer (organization_id, due_at, kind, subject_id, enrollment_id)
         SELECT item.* FROM unnest($1::uuid[], $2::timestamptz[], $3::smallint[], $4::uuid[], $5::uuid[])
           AS item (organization_id, due_at, kind, subject_id, enrollment_id)
         ON CONFLICT DO NOTHING",
    )
    .bind(column(timers, |timer| timer.organization.0))
    .bind(column(timers, |timer| timer.due_at))
    .bind(column(timers, |timer| timer.kind as i16))
    .bind(column(timers, |timer| timer.subject))
    .bind(column(timers, |timer| timer.enrollment.0))
    .execute(conn)
    .instrument(statement::span::of("splits.set_timers"))
    .await?;

    Ok(())
}

/// Deletes timers and returns those that were there.
pub async fn take_timers(conn: &mut PgConnection, timers: &[Timer]) -> Result<Vec<Timer>, Error> {
    if timers.is_empty() {
        return Ok(Vec::new());
    }
    let taken: Vec<(DateTime<Utc>, Uuid)> = sqlx::query_as(
        "DELETE FROM timer
         USING unnest($1::uuid[], $2::timestamptz[], $3::smallint[], $4::uuid[])
           AS item (organization_id, due_at, kind, subject_id)
         WHERE timer.organization_id = item.organization_id AND timer.due_at = item.due_at
           AND timer.kind = item.kind AND timer.subject_id = item.subject_id
           AND one_shard(item.organization_id, $1[1])
         RETURNING timer.due_at, timer.subject_id",
    )
    .bind(column(timers, |timer| timer.organization.0))
    .bind(column(timers, |timer| timer.due_at))
    .bind(column(timers, |timer| timer.kind as i16))
    .bind(column(timers, |timer| timer.subject))
    .fetch_all(conn)
    .instrument(statement::span::of("splits.take_timers"))
    .await?;

    let was_there = |timer: &&Timer| taken.contains(&(timer.due_at, timer.subject));
    Ok(timers.iter().filter(was_there).copied().collect())
}

/// Lets the held timers of a sequence's splits be claimed again. `timer` is one of them.
pub async fn release(conn: &mut PgConnection, timer: &Timer) -> Result<(), Error> {
    sqlx::query(
        "UPDATE timer SET held = false WHERE organization_id = $1 AND kind = $2 AND subject_id = $3 AND held",
    )
    .bind(timer.organization.0)
    .bind(timer.kind as i16)
    .bind(timer.subject)
    .execute(conn)
    .instrument(statement::span::of("splits.release"))
    .await?;
    Ok(())
}

/// The numbers of variants, by sequence and step.
pub type Counted = BTreeMap<(SequenceId, String), VariantNumbers>;

/// Counts the entries of splits by variant. Variants that nobody took are absent.
pub async fn count(
    conn: &mut PgConnection,
    organization: OrganizationId,
    asked: &[Measured],
) -> Result<Counted, Error> {
    if asked.is_empty() {
        return Ok(Counted::new());
    }
    // Reads an index alone, and in its order, so that even millions take less than a second.
    let rows: Vec<(Uuid, String, String, i64, i64)> = sqlx::query_as(
        "SELECT item.sequence_id, item.step_id, variant.variant_id, variant.entered, variant.reached
         FROM unnest($2::uuid[], $3::text[], $4::smallint[]) AS item (sequence_id, step_id, metric)
         CROSS JOIN LATERAL (
           SELECT entry.variant_id, count(*) AS entered,
             count(*) FILTER (WHERE entry.reached & item.metric <> 0) AS reached
           FROM split_entry AS entry
           WHERE entry.organization_id = $1 AND entry.sequence_id = item.sequence_id AND entry.step_id = item.step_id
           GROUP BY entry.variant_id
         ) AS variant",
    )
    .bind(organization.0)
    .bind(column(asked, |one| one.sequence.0))
    .bind(column(asked, |one| one.step_id.as_str()))
    .bind(column(asked, |one| one.metric.bit()))
    .fetch_all(conn)
    .instrument(statement::span::of("splits.count"))
    .await?;

    let mut counted = Counted::new();
    for (sequence, step_id, variant_id, entered, reached) in rows {
        let variants = counted.entry((SequenceId(sequence), step_id)).or_default();
        variants.insert(variant_id, (entered, reached));
    }
    Ok(counted)
}
