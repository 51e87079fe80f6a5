//! The places that sellers have in sequences with a throttle, and the lines of those who wait.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{EnrollmentId, OrganizationId, QueueId, SequenceId};
use crate::domain::throttle::{LineKey, Place, Throttle};
use crate::domain::timer::{Timer, TimerKind, WaitReason};
use crate::store::enrollments::Locking;
use crate::store::statement::chain::Values;
use crate::store::statement::columns::column;
use crate::store::statement::table::{Column, Role, Table, table};
use crate::store::{Error, statement};

/// A new place, and the key of any.
pub(in crate::store) const PLACE: Table<Place> = table!("sequence_place", Place {
    Key organization_id: uuid => |row| row.line.0.0,
    Key sequence_id: uuid => |row| row.line.1.0,
    Key queue_id: uuid => |row| row.line.2.0,
    Key enrollment_id: uuid => |row| row.enrollment.0,
    Fixed begin_time: timestamptz => |row| row.begin_time,
    Fixed end_time: timestamptz => |row| row.end_time,
});

/// A place that was waited for and is now taken.
pub(in crate::store) const BEGUN: Table<Place> = table!("sequence_place", Place {
    Key organization_id: uuid => |row| row.line.0.0,
    Key sequence_id: uuid => |row| row.line.1.0,
    Key queue_id: uuid => |row| row.line.2.0,
    Key enrollment_id: uuid => |row| row.enrollment.0,
    Changing begin_time: timestamptz => |row| row.begin_time,
    Changing end_time: timestamptz => |row| row.end_time,
});

/// A place that was taken earlier and is now free.
pub(in crate::store) const ENDED: Table<Place> = table!("sequence_place", Place {
    Key organization_id: uuid => |row| row.line.0.0,
    Key sequence_id: uuid => |row| row.line.1.0,
    Key queue_id: uuid => |row| row.line.2.0,
    Key enrollment_id: uuid => |row| row.enrollment.0,
    Changing end_time: timestamptz => |row| row.end_time,
});

/// How full a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many began since the day turned.
    pub begun_today: i64,
    /// How many have begun and not ended.
    pub active: i64,
    /// How many wait and aren't paused or held, at most [`MOST_COUNTED`].
    pub waiting: i64,
}

/// How many of a line are counted. Whoever takes places counts while others wait for it, and the
/// number only says when somebody's turn probably comes.
const MOST_COUNTED: i64 = 10_000;

/// The SQL that is true for an enrollment in line whose timer isn't held. A subquery that is no
/// join, because nobody may read all timers for it. The kind is that of [`TimerKind::Throttle`].
/// `$also` is a further condition.
macro_rules! not_held {
    ($also:literal) => {
        concat!(
            "NOT coalesce((
               SELECT timer.held FROM timer
               WHERE timer.organization_id = enrollment.organization_id AND timer.due_at = enrollment.waiting_until
                 AND timer.kind = 120 AND timer.subject_id = enrollment.id",
            $also,
            "), false)"
        )
    };
}
pub(in crate::store) use not_held;

const _: () = assert!(TimerKind::Throttle as i16 == 120, "the statement says it");

/// Returns what the sequences of organizations allow, of those with a throttle.
pub async fn throttles(
    conn: &mut PgConnection,
    organizations: &[OrganizationId],
) -> Result<HashMap<OrganizationId, HashMap<SequenceId, Throttle>>, Error> {
    let rows: Vec<(Uuid, Uuid, Json<Throttle>)> = sqlx::query_as(
        "SELECT organization_id, id, throttle FROM sequence
         WHERE organization_id = ANY ($1) AND throttle <> '{}'
         ORDER BY organization_id, id",
    )
    .bind(column(organizations, |id| id.0))
    .fetch_all(conn)
    .instrument(statement::span::of("places.throttles"))
    .await?;

    let mut throttles: HashMap<_, HashMap<_, _>> = HashMap::new();
    for (organization, sequence, throttle) in rows {
        let of = throttles.entry(OrganizationId(organization)).or_default();
        of.insert(SequenceId(sequence), throttle.0);
    }
    Ok(throttles)
}

/// Locks sequences with a throttle, so that nobody else takes places there until the end of the
/// transaction. Returns what each allows. Those that others hold are absent if it skips them.
pub async fn lock(
    conn: &mut PgConnection,
    sequences: &[(OrganizationId, SequenceId)],
    locking: Locking,
) -> Result<HashMap<SequenceId, Throttle>, Error> {
    if sequences.is_empty() {
        return Ok(HashMap::new());
    }

    macro_rules! statement {
        ($skip:literal) => {
            concat!(
                "SELECT sequence.id, sequence.throttle
                 FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
                 JOIN sequence ON sequence.organization_id = item.organization_id AND sequence.id = item.id
                 WHERE one_shard(item.organization_id, $1[1])
                 ORDER BY sequence.organization_id, sequence.id
                 FOR NO KEY UPDATE OF sequence",
                $skip
            )
        };
    }
    let statement = match locking {
        Locking::Wait => statement!(""),
        Locking::Skip => statement!(" SKIP LOCKED"),
    };

    let rows: Vec<(Uuid, Json<Throttle>)> = sqlx::query_as(statement)
        .bind(column(sequences, |key| key.0.0))
        .bind(column(sequences, |key| key.1.0))
        .fetch_all(conn)
        .instrument(statement::span::of("places.lock"))
        .await?;
    Ok(rows.into_iter().map(|(id, throttle)| (SequenceId(id), throttle.0)).collect())
}

/// Counts the places of lines, each with the time when its day began. To take places by it, lock
/// the sequences before.
pub async fn count(
    conn: &mut PgConnection,
    lines: &[(LineKey, DateTime<Utc>)],
) -> Result<HashMap<LineKey, Counts>, Error> {
    let rows: Vec<(i64, i64, i64)> = sqlx::query_as(concat!(
        "SELECT begun.today, begun.active, line.waiting
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[])
           WITH ORDINALITY AS item (organization_id, sequence_id, queue_id, day_start, place)
         CROSS JOIN LATERAL (
           SELECT count(*) FILTER (WHERE begin_time >= item.day_start) AS today,
             count(*) FILTER (WHERE end_time IS NULL) AS active
           FROM sequence_place
           WHERE sequence_place.organization_id = item.organization_id
             AND sequence_place.sequence_id = item.sequence_id AND sequence_place.queue_id = item.queue_id
             AND begin_time IS NOT NULL AND one_shard(sequence_place.organization_id, $1[1])
         ) AS begun
         CROSS JOIN LATERAL (
           SELECT count(*) AS waiting FROM (
             SELECT FROM sequence_place
             JOIN enrollment ON enrollment.organization_id = sequence_place.organization_id
               AND enrollment.id = sequence_place.enrollment_id
             WHERE sequence_place.organization_id = item.organization_id
               AND sequence_place.sequence_id = item.sequence_id AND sequence_place.queue_id = item.queue_id
               AND one_shard(sequence_place.organization_id, $1[1])
               -- Whoever is paused or held is in nobody's way.
               AND sequence_place.begin_time IS NULL AND enrollment.pause_time IS NULL AND ",
        not_held!(" AND one_shard(timer.organization_id, $1[1])"),
        "
             LIMIT $5
           ) AS one
         ) AS line
         ORDER BY item.place"
    ))
    .bind(column(lines, |line| line.0.0.0))
    .bind(column(lines, |line| line.0.1.0))
    .bind(column(lines, |line| line.0.2.0))
    .bind(column(lines, |line| line.1))
    .bind(MOST_COUNTED)
    .fetch_all(conn)
    .instrument(statement::span::of("places.count"))
    .await?;

    let counted =
        rows.into_iter().map(|(begun_today, active, waiting)| Counts { begun_today, active, waiting });
    Ok(lines.iter().map(|line| line.0).zip(counted).collect())
}

/// Returns the lines that timers serve, each with true if it is a seller's. Timers that are gone
/// serve none.
pub async fn served(
    conn: &mut PgConnection,
    organization: OrganizationId,
    timers: &[Timer],
) -> Result<BTreeMap<LineKey, bool>, Error> {
    // A line that somebody left is that of the timer, because the enrollment may be in another now.
    let rows: Vec<(Uuid, Uuid, bool)> = sqlx::query_as(
        "SELECT enrollment.sequence_id, line.queue_id, seller.id IS NOT NULL
         FROM unnest(array_fill($1::uuid, ARRAY[cardinality($2::uuid[])]), $2::uuid[],
           $3::timestamptz[], $4::smallint[]) AS item (organization_id, subject_id, due_at, kind)
         JOIN timer ON timer.organization_id = item.organization_id AND timer.due_at = item.due_at
           AND timer.kind = item.kind AND timer.subject_id = item.subject_id
         JOIN enrollment ON enrollment.organization_id = timer.organization_id
           AND enrollment.id = timer.enrollment_id
         CROSS JOIN LATERAL (SELECT coalesce(timer.queue_id, enrollment.place_queue_id) AS queue_id) AS line
         LEFT JOIN seller ON seller.organization_id = enrollment.organization_id
           AND seller.id = line.queue_id
         WHERE line.queue_id IS NOT NULL AND one_shard(item.organization_id, $1)",
    )
    .bind(organization.0)
    .bind(column(timers, |timer| timer.subject))
    .bind(column(timers, |timer| timer.due_at))
    .bind(column(timers, |timer| timer.kind as i16))
    .fetch_all(conn)
    .instrument(statement::span::of("places.served"))
    .await?;

    let line = |(sequence, queue, is_sellers): (Uuid, Uuid, bool)| {
        ((organization, SequenceId(sequence), QueueId(queue)), is_sellers)
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Returns those who wait in lines, the oldest first, at most so many of each. Those who are paused
/// or held are left out.
pub async fn heads(
    conn: &mut PgConnection,
    lines: &[(LineKey, i64)],
) -> Result<Vec<(LineKey, EnrollmentId)>, Error> {
    let rows: Vec<(Uuid, Uuid, Uuid, Uuid)> = sqlx::query_as(concat!(
        "SELECT item.organization_id, item.sequence_id, item.queue_id, head.enrollment_id
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[])
           AS item (organization_id, sequence_id, queue_id, number)
         CROSS JOIN LATERAL (
           SELECT sequence_place.enrollment_id
           FROM sequence_place
           JOIN enrollment ON enrollment.organization_id = sequence_place.organization_id
             AND enrollment.id = sequence_place.enrollment_id
           WHERE sequence_place.organization_id = item.organization_id
             AND sequence_place.sequence_id = item.sequence_id AND sequence_place.queue_id = item.queue_id
             AND sequence_place.begin_time IS NULL AND one_shard(sequence_place.organization_id, $1[1])
             AND enrollment.waiting_for = $5 AND enrollment.pause_time IS NULL AND ",
        not_held!(" AND one_shard(timer.organization_id, $1[1])"),
        "
           ORDER BY sequence_place.enrollment_id
           LIMIT item.number
         ) AS head
         ORDER BY item.sequence_id, item.queue_id, head.enrollment_id"
    ))
    .bind(column(lines, |line| line.0.0.0))
    .bind(column(lines, |line| line.0.1.0))
    .bind(column(lines, |line| line.0.2.0))
    .bind(column(lines, |line| line.1))
    .bind(WaitReason::Throttle as i16)
    .fetch_all(conn)
    .instrument(statement::span::of("places.heads"))
    .await?;

    let head = |(organization, sequence, queue, enrollment)| {
        ((OrganizationId(organization), SequenceId(sequence), QueueId(queue)), EnrollmentId(enrollment))
    };
    Ok(rows.into_iter().map(head).collect())
}

/// Returns the oldest of each line of a sequence in which somebody waits.
pub async fn first_of_each(
    conn: &mut PgConnection,
    (organization, sequence): (OrganizationId, SequenceId),
) -> Result<Vec<(QueueId, EnrollmentId)>, Error> {
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT DISTINCT ON (queue_id) queue_id, enrollment_id
         FROM sequence_place
         WHERE organization_id = $1 AND sequence_id = $2 AND begin_time IS NULL
         ORDER BY queue_id, enrollment_id",
    )
    .bind(organization.0)
    .bind(sequence.0)
    .fetch_all(conn)
    .instrument(statement::span::of("places.first_of_each"))
    .await?;
    Ok(rows.into_iter().map(|(queue, enrollment)| (QueueId(queue), EnrollmentId(enrollment))).collect())
}

/// Deletes the places of lines that were freed and were taken before the day began: they count for
/// nothing any more.
pub async fn forget(conn: &mut PgConnection, lines: &[(LineKey, DateTime<Utc>)]) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM sequence_place
         USING unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[])
           AS item (organization_id, sequence_id, queue_id, day_start)
         WHERE sequence_place.organization_id = item.organization_id
           AND sequence_place.sequence_id = item.sequence_id AND sequence_place.queue_id = item.queue_id
           AND sequence_place.end_time IS NOT NULL AND sequence_place.begin_time < item.day_start
           AND one_shard(item.organization_id, $1[1])",
    )
    .bind(column(lines, |line| line.0.0.0))
    .bind(column(lines, |line| line.0.1.0))
    .bind(column(lines, |line| line.0.2.0))
    .bind(column(lines, |line| line.1))
    .execute(conn)
    .instrument(statement::span::of("places.forget"))
    .await?;
    Ok(())
}
