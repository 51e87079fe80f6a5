//! Bulk data, written with plain SQL where the API would take too long. Keys are computed, so that callers know them without reading.

use chrono::{DateTime, Utc};
use upnext::store::doorbell::{Doorbell, Ring};
use uuid::Uuid;

use crate::world::World;

/// Keys that belong together: the n-th is always the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family(i64);

impl Family {
    /// The next family of this world: younger than those before, older than whatever the server makes from now on.
    pub fn new(world: &World<'_>) -> Self {
        use std::sync::atomic::{AtomicI64, Ordering};
        static LAST: AtomicI64 = AtomicI64::new(0);
        // An hour back: there is room for more families than any run makes.
        Self(world.now().timestamp_millis() - 3_600_000 + LAST.fetch_add(1, Ordering::Relaxed))
    }

    /// The n-th key; the database function `bench.id` computes the same.
    pub fn id(self, n: usize) -> Uuid {
        let family = u128::from(self.0.unsigned_abs());
        Uuid::from_u128(family << 80 | 0x7000_8000 << 48 | n as u128)
    }

    /// As the database function's argument.
    pub fn number(self) -> i64 {
        self.0
    }
}

/// Makes sellers `s0`, `s1`, …, each with an empty queue of the same key.
pub async fn sellers(world: &World<'_>, count: usize) -> anyhow::Result<Family> {
    let family = Family::new(world);
    sqlx::query(
        "WITH made AS (
           INSERT INTO seller (organization_id, id, seller_id, display_name, email, assign_records, version, create_time, update_time)
           SELECT $1, bench.id($2, n), 's' || n, 'Seller ' || n, '', true, 1, $3, $3 FROM generate_series(0, $4 - 1) AS n
         )
         INSERT INTO queue (organization_id, id, revision, stamp, due_count, snoozed_count)
         SELECT $1, bench.id($2, n), 0, bench.id($2, n), 0, 0 FROM generate_series(0, $4 - 1) AS n",
    )
    .bind(world.organization)
    .bind(family.number())
    .bind(world.now())
    .bind(i64::try_from(count)?)
    .execute(&world.pool)
    .await?;
    Ok(family)
}

/// Makes leads, each with attributes `score` (0 to 99) and `origin`, in turn owned by `owners` sellers from the `first` on.
pub async fn leads(
    world: &World<'_>,
    count: usize,
    sellers: Family,
    first: usize,
    owners: usize,
) -> anyhow::Result<Family> {
    let family = Family::new(world);
    sqlx::query(
        "INSERT INTO record (organization_id, id, record_type_id, record_id, attributes, owner_id, closed, close_outcome, source_version,
           version, create_time, update_time, close_time)
         SELECT $1, bench.id($2, n), record_type.id, 'r' || $2 || '-' || n,
           jsonb_build_object('origin', 'paid search', 'score', n % 100), bench.id($3, $4 + n % $5), false, NULL, 0, 1, $6, $6, NULL
         FROM generate_series(0, $7 - 1) AS n, record_type
         WHERE record_type.organization_id = $1 AND record_type.record_type_id = 'lead'
         ORDER BY n",
    )
    .bind(world.organization)
    .bind(family.number())
    .bind(sellers.number())
    .bind(i64::try_from(first)?)
    .bind(i64::try_from(owners)?)
    .bind(world.now())
    .bind(i64::try_from(count)?)
    .execute(&world.pool)
    .await?;
    Ok(family)
}

/// Enrollments of leads in a sequence whose first step is an activity, and those activities.
pub struct Work {
    /// The activities.
    pub activities: Family,
    /// How many.
    pub count: usize,
}

/// Makes leads whose enrollment in a sequence stands at its first step, an activity in its owner's queue.
pub async fn open_activities(
    world: &World<'_>,
    sequence: &str,
    count: usize,
    sellers: Family,
    first: usize,
    owners: usize,
) -> anyhow::Result<Work> {
    let leads = leads(world, count, sellers, first, owners).await?;
    let (enrollments, activities) = (Family::new(world), Family::new(world));
    let count_number = i64::try_from(count)?;
    for statement in OPEN_ACTIVITIES {
        sqlx::query(statement)
            .bind(world.organization)
            .bind(sequence)
            .bind(leads.number())
            .bind(enrollments.number())
            .bind(activities.number())
            .bind(sellers.number())
            .bind(i64::try_from(first)?)
            .bind(i64::try_from(owners)?)
            .bind(count_number)
            .bind(world.now())
            .execute(&world.pool)
            .await?;
    }
    Ok(Work { activities, count })
}

const OPEN_ACTIVITIES: [&str; 3] = [
    "INSERT INTO enrollment (organization_id, id, sequence_id, revision, record_id, pass_number, state, reason, source, segment_id, node,
       step_reach_time, waiting_until, activity_id, version, create_time, end_time)
     SELECT $1, bench.id($4, n), sequence.id, 1, bench.id($3, n), 1, 2, 0, 1, NULL, 0, $10, NULL, bench.id($5, n), 1, $10, NULL
     FROM generate_series(0, $9::bigint - 1) AS n, sequence
     WHERE sequence.organization_id = $1 AND sequence.sequence_id = $2 AND $6::bigint + $7::bigint + $8::bigint IS NOT NULL
     ORDER BY n",
    "INSERT INTO activity (organization_id, id, enrollment_id, record_id, sequence_id, revision, node, kind, queue_id, record_display_name,
       due_time, rank, state, snooze_until, snooze_count, version, create_time)
     SELECT $1, bench.id($5, n), bench.id($4, n), bench.id($3, n), sequence.id, 1, 0, 3, bench.id($6, $7 + n % $8), 'r' || n,
       $10, $10, 1, NULL, 0, 1, $10
     FROM generate_series(0, $9::bigint - 1) AS n, sequence
     WHERE sequence.organization_id = $1 AND sequence.sequence_id = $2
     ORDER BY n",
    "UPDATE queue SET revision = queue.revision + 1, due_count = queue.due_count + added.count
     FROM (SELECT bench.id($6, $7 + n % $8) AS id, count(*) AS count FROM generate_series(0, $9::bigint - 1) AS n GROUP BY 1) AS added
     WHERE queue.organization_id = $1 AND queue.id = added.id
       AND ($2::text, $3::bigint, $4::bigint, $5::bigint, $10::timestamptz) IS NOT NULL",
];

/// Enrollments that wait at the first step of a sequence.
pub struct Waiting<'a> {
    /// The sequence.
    pub sequence: &'a str,
    /// Whose enrollments they are.
    pub leads: Family,
    /// How many.
    pub count: usize,
    /// The owners' family.
    pub sellers: Family,
    /// How many of them own the leads in turn.
    pub owners: usize,
    /// When the first is due.
    pub due_at: DateTime<Utc>,
    /// How much later each is due than the one before.
    pub apart_micros: i64,
}

/// Makes the enrollments and their timers.
pub async fn timers(world: &World<'_>, waiting: &Waiting<'_>) -> anyhow::Result<Family> {
    let enrollments = Family::new(world);
    for statement in TIMERS {
        sqlx::query(statement)
            .bind(world.organization)
            .bind(waiting.sequence)
            .bind(waiting.leads.number())
            .bind(enrollments.number())
            .bind(waiting.sellers.number())
            .bind(i64::try_from(waiting.owners)?)
            .bind(i64::try_from(waiting.count)?)
            .bind(world.now())
            .bind(waiting.due_at)
            .bind(waiting.apart_micros)
            .execute(&world.pool)
            .await?;
    }
    // As another server would that committed them.
    let ring = Ring { timers_due: Some(waiting.due_at), ..Ring::default() };
    Doorbell::new(world.pool.clone(), Uuid::nil()).ring(&ring).await?;
    Ok(enrollments)
}

const TIMERS: [&str; 2] = [
    "INSERT INTO enrollment (organization_id, id, sequence_id, revision, record_id, pass_number, state, reason, source, segment_id, node,
       step_reach_time, waiting_until, waiting_for, activity_id, version, create_time, end_time)
     SELECT $1, bench.id($4, n), sequence.id, 1, bench.id($3, n), 1, 2, 0, 1, NULL, 0, $8,
       $9 + n * $10 * interval '1 microsecond', 1, NULL, 1, $8, NULL
     FROM generate_series(0, $7::bigint - 1) AS n, sequence
     WHERE sequence.organization_id = $1 AND sequence.sequence_id = $2 AND $5::bigint + $6::bigint IS NOT NULL
     ORDER BY n",
    "INSERT INTO timer (organization_id, due_at, kind, subject_id, enrollment_id, queue_id)
     SELECT $1, $9 + n * $10 * interval '1 microsecond', 1, bench.id($4, n), bench.id($4, n), bench.id($5, n % $6)
     FROM generate_series(0, $7::bigint - 1) AS n
     WHERE ($2::text, $3::bigint, $8::timestamptz) IS NOT NULL
     ORDER BY n",
];
