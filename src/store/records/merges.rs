//! Gives the rows of records that are merged to the record that survives.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::activity::ActivityState;
use crate::domain::enrollment::EnrollmentSource;
use crate::domain::id::{EnrollmentId, OrganizationId, QueueId, RecordId, SequenceId};
use crate::domain::merging::Pass;
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// Locks all enrollments of records, even ended ones, in the order of their keys. The records must
/// be locked, so that no enrollment is added meanwhile.
pub async fn lock_passes(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[RecordId],
) -> Result<Vec<Pass>, Error> {
    type Row = (Uuid, Uuid, Uuid, i32, Option<DateTime<Utc>>, i16);
    let rows: Vec<Row> = sqlx::query_as(
        // The order is one of texts, which no index has: see `enrollments::lock_open_of_records`.
        "SELECT id, record_id, sequence_id, pass_number, end_time, source FROM enrollment
         WHERE organization_id = $1 AND record_id = ANY ($2)
         ORDER BY id::text COLLATE \"C\"
         FOR NO KEY UPDATE",
    )
    .bind(organization.0)
    .bind(column(records, |record| record.0))
    .fetch_all(conn)
    .instrument(statement::span::of("merges.lock_passes"))
    .await?;

    let pass = |(id, record, sequence, number, end_time, source): Row| Pass {
        enrollment: EnrollmentId(id),
        record: RecordId(record),
        sequence: SequenceId(sequence),
        number,
        end_time,
        is_manual: source == EnrollmentSource::ManualActivity as i16,
    };
    Ok(rows.into_iter().map(pass).collect())
}

/// Returns the sequences of enrollments that are deleted.
pub async fn deleted_sequences(
    conn: &mut PgConnection,
    organization: OrganizationId,
    passes: &[Pass],
) -> Result<BTreeSet<SequenceId>, Error> {
    let rows: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM sequence
         WHERE organization_id = $1 AND id = ANY ($2) AND delete_time IS NOT NULL",
    )
    .bind(organization.0)
    .bind(column(passes, |pass| pass.sequence.0))
    .fetch_all(conn)
    .instrument(statement::span::of("merges.deleted_sequences"))
    .await?;
    Ok(rows.into_iter().map(SequenceId).collect())
}

/// Makes these enrollments passes of the survivor, with these numbers. They must be locked, and of
/// each sequence at most one can be open.
pub async fn move_passes(
    conn: &mut PgConnection,
    organization: OrganizationId,
    survivor: RecordId,
    passes: &[(EnrollmentId, i32)],
) -> Result<(), Error> {
    if passes.is_empty() {
        return Ok(());
    }

    // Two steps, because a number is free only once another pass has left it.
    sqlx::query(
        "UPDATE enrollment
         SET record_id = $4, pass_number = -item.pass_number, version = enrollment.version + 1
         FROM unnest(array_fill($1::uuid, ARRAY[cardinality($2::uuid[])]), $2::uuid[], $3::integer[])
           AS item (organization_id, id, pass_number)
         WHERE enrollment.organization_id = item.organization_id AND enrollment.id = item.id
           AND one_shard(item.organization_id, $1)",
    )
    .bind(organization.0)
    .bind(column(passes, |(enrollment, _)| enrollment.0))
    .bind(column(passes, |(_, number)| *number))
    .bind(survivor.0)
    .execute(&mut *conn)
    .instrument(statement::span::of("merges.move_passes"))
    .await?;

    sqlx::query(
        "UPDATE enrollment SET pass_number = -pass_number
         WHERE organization_id = $1 AND record_id = $2 AND pass_number < 0",
    )
    .bind(organization.0)
    .bind(survivor.0)
    .execute(conn)
    .instrument(statement::span::of("merges.move_passes"))
    .await?;
    Ok(())
}

/// Gives the activities of merged records to the survivor. Returns the queues in which some are
/// shown. Their enrollments must be locked.
pub async fn move_activities(
    conn: &mut PgConnection,
    organization: OrganizationId,
    survivor: RecordId,
    merged: &[RecordId],
) -> Result<Vec<QueueId>, Error> {
    let open: Vec<(Uuid, i16)> = sqlx::query_as(
        "UPDATE activity SET record_id = $3, version = version + 1
         WHERE organization_id = $1 AND record_id = ANY ($2)
         RETURNING queue_id, state",
    )
    .bind(organization.0)
    .bind(column(merged, |record| record.0))
    .bind(survivor.0)
    .fetch_all(conn)
    .instrument(statement::span::of("merges.move_activities"))
    .await?;

    let shown = open.into_iter().filter(|(_, state)| *state != ActivityState::PAUSED);
    Ok(shown.map(|(queue, _)| QueueId(queue)).collect())
}

/// Gives what happened to merged records to the survivor: closed activities, texts of manual ones
/// and engagement events. What was taken from a seller can be handed back of activities only:
/// the survivor has its own owner.
pub async fn move_past(
    conn: &mut PgConnection,
    organization: OrganizationId,
    survivor: RecordId,
    merged: &[RecordId],
) -> Result<(), Error> {
    const PAST: [&str; 5] = [
        "UPDATE closed_activity SET record_id = $3 WHERE organization_id = $1 AND record_id = ANY ($2)",
        "UPDATE manual_activity SET record_id = $3 WHERE organization_id = $1 AND record_id = ANY ($2)",
        "UPDATE engagement_event SET record_id = $3 WHERE organization_id = $1 AND record_id = ANY ($2)",
        "DELETE FROM handover WHERE organization_id = $1 AND record_id = ANY ($2) AND record_id <> $3
           AND activity_id = '00000000-0000-0000-0000-000000000000'",
        "UPDATE handover SET record_id = $3 WHERE organization_id = $1 AND record_id = ANY ($2)",
    ];
    for statement in PAST {
        sqlx::query(statement)
            .bind(organization.0)
            .bind(column(merged, |record| record.0))
            .bind(survivor.0)
            .execute(&mut *conn)
            .instrument(statement::span::of("merges.move_past"))
            .await?;
    }
    Ok(())
}

/// Deletes the rows of merged records, which must be locked.
pub async fn delete(
    conn: &mut PgConnection,
    organization: OrganizationId,
    merged: &[RecordId],
) -> Result<(), Error> {
    sqlx::query("DELETE FROM record WHERE organization_id = $1 AND id = ANY ($2)")
        .bind(organization.0)
        .bind(column(merged, |record| record.0))
        .execute(conn)
        .instrument(statement::span::of("merges.delete"))
        .await?;
    Ok(())
}
