//! Enrollments: locking them, and loading them with everything that decisions about them need.

pub mod bulk;
pub mod commands;
pub mod entrants;
pub(in crate::store) mod facts;
pub mod past;
pub mod places;
pub mod rows;
pub mod stays;
pub(in crate::store) mod table;
pub mod timers;

use std::sync::LazyLock;

use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::activity::Activity;
use crate::domain::case::{Case, Facts};
use crate::domain::enrollment::Enrollment;
use crate::domain::id::{ChosenId, EnrollmentId, OrganizationId, RecordId, SequenceId};
use crate::domain::record::RecordName;
use crate::store::Error;
use crate::store::activities::table::ACTIVITY;
use crate::store::enrollments::facts::{FactsRow, with_facts};
use crate::store::enrollments::table::ENROLLMENT;
use crate::store::sequences::revisions::RevisionKey;
use crate::store::statement;
use crate::store::statement::columns::column;
use crate::store::statement::table::Found;

/// Identifies an enrollment.
pub type EnrollmentKey = (OrganizationId, EnrollmentId);

/// How to treat rows that other transactions have locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locking {
    /// Leave them out.
    Skip,
    /// Wait for them.
    Wait,
}

/// Locks enrollments in the order of their keys, and returns the keys of those that it locked. The
/// lock covers the open activity, which has no lock of its own.
pub async fn lock(
    conn: &mut PgConnection,
    keys: &[EnrollmentKey],
    locking: Locking,
) -> Result<Vec<EnrollmentKey>, Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }

    let statement = match locking {
        Locking::Wait => include_str!("../sql/enrollments_lock.sql"),
        Locking::Skip => concat!(include_str!("../sql/enrollments_lock.sql"), "SKIP LOCKED"),
    };

    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(statement)
        .bind(column(keys, |key| key.0.0))
        .bind(column(keys, |key| key.1.0))
        .fetch_all(conn)
        .instrument(statement::span::of("enrollments.lock"))
        .await?;
    Ok(rows.into_iter().map(enrollment_key).collect())
}

/// Finds the open enrollments of records, in the order of their keys.
///
/// The order is one of texts, which no index has: for an index in the right order, Postgres would
/// read all enrollments of the organization. And it would read all open ones if it looked for the
/// open ones of the records: that index begins with the sequence.
macro_rules! open_of_records {
    ($locking:literal) => {
        concat!(
            "WITH own AS MATERIALIZED (
               SELECT enrollment.organization_id, enrollment.id
               FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, record_id)
               JOIN enrollment ON enrollment.organization_id = item.organization_id
                 AND enrollment.record_id = item.record_id
               WHERE one_shard(item.organization_id, $1[1])
             )
             SELECT enrollment.organization_id, enrollment.id
             FROM own
             JOIN enrollment ON enrollment.organization_id = own.organization_id AND enrollment.id = own.id
             WHERE enrollment.end_time IS NULL AND one_shard(own.organization_id, $1[1])
             ORDER BY enrollment.organization_id::text COLLATE \"C\", enrollment.id::text COLLATE \"C\" ",
            $locking
        )
    };
}

/// Locks the open enrollments of records in the order of their keys, and waits for those that other
/// transactions hold. The records must be locked, so that no enrollment is added meanwhile.
pub async fn lock_open_of_records(
    conn: &mut PgConnection,
    records: &[(OrganizationId, RecordId)],
) -> Result<Vec<EnrollmentKey>, Error> {
    let statement = open_of_records!("FOR NO KEY UPDATE OF enrollment");
    open_keys(conn, records, statement, "enrollments.lock_open_of_records").await
}

/// Like [`lock_open_of_records`], but without a lock.
pub async fn open_of_records(
    conn: &mut PgConnection,
    records: &[(OrganizationId, RecordId)],
) -> Result<Vec<EnrollmentKey>, Error> {
    open_keys(conn, records, open_of_records!(""), "enrollments.open_of_records").await
}

/// Returns the revisions in which these records have open enrollments, with each record.
pub async fn open_revisions(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[RecordId],
) -> Result<Vec<(RecordId, RevisionKey)>, Error> {
    if records.is_empty() {
        return Ok(Vec::new());
    }

    let found: Vec<(Uuid, Uuid, i32)> = sqlx::query_as(
        // MATERIALIZED finds the enrollments of the records by the index that begins with them.
        // Each item has the organization: sql/record_update.sql says why.
        "WITH own AS MATERIALIZED (
           SELECT enrollment.record_id, enrollment.sequence_id, enrollment.revision, enrollment.end_time
           FROM unnest(array_fill($1::uuid, ARRAY[cardinality($2::uuid[])]), $2::uuid[])
             AS item (organization_id, record_id)
           JOIN enrollment ON enrollment.organization_id = item.organization_id
             AND enrollment.record_id = item.record_id
           WHERE one_shard(item.organization_id, $1)
         )
         SELECT record_id, sequence_id, revision FROM own WHERE end_time IS NULL
         ORDER BY record_id, sequence_id, revision",
    )
    .bind(organization.0)
    .bind(column(records, |record| record.0))
    .fetch_all(conn)
    .instrument(statement::span::of("enrollments.open_revisions"))
    .await?;
    let key =
        |(record, sequence, revision)| (RecordId(record), (organization, SequenceId(sequence), revision));
    Ok(found.into_iter().map(key).collect())
}

async fn open_keys(
    conn: &mut PgConnection,
    records: &[(OrganizationId, RecordId)],
    statement: &'static str,
    name: &'static str,
) -> Result<Vec<EnrollmentKey>, Error> {
    if records.is_empty() {
        return Ok(Vec::new());
    }

    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(statement)
        .bind(column(records, |record| record.0.0))
        .bind(column(records, |record| record.1.0))
        .fetch_all(conn)
        .instrument(statement::span::of(name))
        .await?;

    Ok(rows.into_iter().map(enrollment_key).collect())
}

/// Locks the open enrollments of these records in a sequence in the order of their keys, and waits
/// for those that other transactions hold. Leaves out enrollments with keys above `upto`. The order
/// is one of texts, as above.
pub async fn lock_open_in_sequence(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequence: SequenceId,
    records: &[RecordId],
    upto: Uuid,
) -> Result<Vec<EnrollmentKey>, Error> {
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT enrollment.organization_id, enrollment.id
         FROM enrollment
         WHERE enrollment.organization_id = $1 AND enrollment.sequence_id = $2
           AND enrollment.record_id = ANY ($3)
           AND enrollment.end_time IS NULL AND enrollment.id <= $4
         ORDER BY enrollment.id::text COLLATE \"C\"
         FOR NO KEY UPDATE",
    )
    .bind(organization.0)
    .bind(sequence.0)
    .bind(column(records, |record| record.0))
    .bind(upto)
    .fetch_all(conn)
    .instrument(statement::span::of("enrollments.lock_open_in_sequence"))
    .await?;

    Ok(rows.into_iter().map(enrollment_key).collect())
}

static LOAD: LazyLock<String> = LazyLock::new(|| {
    let columns = format!("{}, {}", ENROLLMENT.select(), ACTIVITY.select());
    with_facts(include_str!("../sql/enrollments_load.sql")).replace("{columns}", &columns)
});

/// Loads cases, without programs and settings, in the order of their keys. Call this after locking:
/// the locking statement may return rows from before its waits.
pub async fn load(conn: &mut PgConnection, keys: &[EnrollmentKey]) -> Result<Vec<Case>, Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<CaseRow> = sqlx::query_as(LOAD.as_str())
        .bind(column(keys, |key| key.0.0))
        .bind(column(keys, |key| key.1.0))
        .fetch_all(conn)
        .instrument(statement::span::of("enrollments.load"))
        .await?;
    rows.into_iter().map(Case::try_from).collect()
}

fn enrollment_key((organization, id): (Uuid, Uuid)) -> EnrollmentKey {
    (OrganizationId(organization), EnrollmentId(id))
}

#[derive(FromRow)]
struct CaseRow {
    #[sqlx(flatten)]
    enrollment: Found<Enrollment>,
    #[sqlx(flatten)]
    open: Found<Activity>,
    record_chosen_id: Option<String>,
    record_type_chosen_id: Option<String>,
    #[sqlx(flatten)]
    facts: FactsRow,
}

impl TryFrom<CaseRow> for Case {
    type Error = Error;

    fn try_from(row: CaseRow) -> Result<Self, Error> {
        let enrollment = row.enrollment.one()?;
        let open = row.open.option()?;
        if enrollment.position.activity().is_some() && open.is_none() {
            return Err(Error::Inconsistent {
                table: "enrollment",
                column: "activity_id",
                id: enrollment.id.0,
            });
        }

        let chosen = row.record_type_chosen_id.zip(row.record_chosen_id);
        let name = |(record_type, id)| RecordName {
            record_type: ChosenId::known(record_type),
            id: ChosenId::known(id),
        };
        let facts = Facts { record_name: chosen.map(name), ..row.facts.into() };
        Ok(Self { enrollment, open, facts })
    }
}
