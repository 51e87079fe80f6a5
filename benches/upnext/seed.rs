//! Bulk data, written with plain SQL where the API would take too long. Keys are computed, so that
//! callers know them without reading.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;
use upnext::store::database::doorbell::{Doorbell, Ring};
use uuid::Uuid;

use crate::columns::insert;
use crate::world::World;

/// Keys that belong together: the n-th is always the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family(i64);

impl Family {
    /// The next family of this world: younger than those before, older than whatever the server
    /// makes from now on.
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
    let (organization, id) = (("organization_id", "$1"), ("id", "bench.id($2, n)"));
    let seller = [
        organization,
        id,
        ("seller_id", "'s' || n"),
        ("display_name", "'Seller ' || n"),
        ("create_time", "$3"),
    ];

    let each = "FROM generate_series(0, $4 - 1) AS n WHERE $3::timestamptz IS NOT NULL";
    for statement in [insert("seller", &seller, each), insert("queue", &[organization, id], each)] {
        sqlx::query(AssertSqlSafe(statement))
            .bind(world.organization)
            .bind(family.number())
            .bind(world.now())
            .bind(i64::try_from(count)?)
            .execute(&world.pool)
            .await?;
    }
    Ok(family)
}

/// Makes leads, each with attributes `score` (0 to 99) and `origin`, in turn owned by `owners`
/// sellers from the `first` on.
pub async fn leads(
    world: &World<'_>,
    count: usize,
    sellers: Family,
    first: usize,
    owners: usize,
) -> anyhow::Result<Family> {
    let family = Family::new(world);
    let record = [
        ("organization_id", "$1"),
        ("id", "bench.id($2, n)"),
        ("record_type_id", "record_type.id"),
        ("record_id", "'r' || $2 || '-' || n"),
        ("attributes", "jsonb_build_object('origin', 'paid search', 'score', n % 100)"),
        ("owner_id", "bench.id($3, $4 + n % $5)"),
        ("create_time", "$6"),
    ];

    let each = "FROM generate_series(0, $7 - 1) AS n, record_type
       WHERE record_type.organization_id = $1 AND record_type.record_type_id = 'lead' ORDER BY n";
    sqlx::query(AssertSqlSafe(insert("record", &record, each)))
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

/// Makes leads whose enrollment in a sequence stands at its first step, an activity in its owner's
/// queue.
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

    for statement in opening() {
        sqlx::query(AssertSqlSafe(statement))
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

/// The statements that put enrollments at their first step, with the activity and its queue's
/// count.
fn opening() -> [String; 3] {
    let organization = ("organization_id", "$1");
    let enrollment = [
        organization,
        ("id", "bench.id($4, n)"),
        ("sequence_id", "sequence.id"),
        ("record_id", "bench.id($3, n)"),
        ("activity_id", "bench.id($5, n)"),
        ("create_time", "$10"),
    ];
    let acting = "FROM generate_series(0, $9::bigint - 1) AS n, sequence
       WHERE sequence.organization_id = $1 AND sequence.sequence_id = $2
         AND $6::bigint + $7::bigint + $8::bigint IS NOT NULL ORDER BY n";

    let activity = [
        organization,
        ("id", "bench.id($5, n)"),
        ("enrollment_id", "bench.id($4, n)"),
        ("record_id", "bench.id($3, n)"),
        ("sequence_id", "sequence.id"),
        ("kind", "3"),
        ("queue_id", "bench.id($6, $7 + n % $8)"),
        ("record_display_name", "'r' || n"),
        ("create_time", "$10"),
    ];
    let open = "FROM generate_series(0, $9::bigint - 1) AS n, sequence
       WHERE sequence.organization_id = $1 AND sequence.sequence_id = $2 ORDER BY n";

    // Every statement gets all ten parameters, and names them all, so that each has a type.
    let counts = "UPDATE queue SET revision = queue.revision + 1, due_count = queue.due_count + added.count
     FROM (SELECT bench.id($6, $7 + n % $8) AS id, count(*) AS count
       FROM generate_series(0, $9::bigint - 1) AS n GROUP BY 1) AS added
     WHERE queue.organization_id = $1 AND queue.id = added.id
       AND ($2::text, $3::bigint, $4::bigint, $5::bigint, $10::timestamptz) IS NOT NULL";
    [insert("enrollment", &enrollment, acting), insert("activity", &activity, open), counts.to_owned()]
}

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
    for statement in waits() {
        sqlx::query(AssertSqlSafe(statement))
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

/// The statements that put enrollments into a wait, and set its timer.
fn waits() -> [String; 2] {
    let (organization, due) = (("organization_id", "$1"), "$9 + n * $10 * interval '1 microsecond'");
    let enrollment = [
        organization,
        ("id", "bench.id($4, n)"),
        ("sequence_id", "sequence.id"),
        ("record_id", "bench.id($3, n)"),
        ("waiting_until", due),
        ("waiting_for", "1"),
        ("create_time", "$8"),
    ];
    let waiting = "FROM generate_series(0, $7::bigint - 1) AS n, sequence
       WHERE sequence.organization_id = $1 AND sequence.sequence_id = $2
         AND $5::bigint + $6::bigint IS NOT NULL ORDER BY n";

    let timer = [
        organization,
        ("due_at", due),
        ("enrollment_id", "bench.id($4, n)"),
        ("queue_id", "bench.id($5, n % $6)"),
    ];
    let set = "FROM generate_series(0, $7::bigint - 1) AS n
       WHERE ($2::text, $3::bigint, $8::timestamptz) IS NOT NULL ORDER BY n";
    [insert("enrollment", &enrollment, waiting), insert("timer", &timer, set)]
}
