//! What enrollments show: as they stand, with the names of what they are about.

use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

use super::condition_sql::{FieldSource, Place, push_filter};
use super::enrollments::Row;
use super::queue_rows::RecordName;
use super::{Error, reading};
use crate::domain::caller::Scope;
use crate::domain::condition::Condition;
use crate::domain::enrollment::Enrollment;
use crate::domain::id::{ChosenId, EnrollmentId, OrganizationId, RecordId, SellerId};

const COLUMNS: &str = "enrollment.organization_id, enrollment.id, enrollment.sequence_id, enrollment.revision, \
    enrollment.record_id, enrollment.pass, enrollment.state, enrollment.reason, enrollment.source, \
    enrollment.segment_id, enrollment.node, enrollment.step_reach_time, enrollment.waiting_until, \
    enrollment.activity_id, enrollment.version, enrollment.create_time, enrollment.end_time, \
    sequence.sequence_id AS sequence, record.record_id AS record, record_type.record_type_id AS record_type, \
    record.owner_id, segment.segment_id AS segment";

const TABLES: &str = "enrollment \
    JOIN sequence ON sequence.organization_id = enrollment.organization_id AND sequence.id = enrollment.sequence_id \
    LEFT JOIN record ON record.organization_id = enrollment.organization_id AND record.id = enrollment.record_id \
    LEFT JOIN record_type ON record_type.organization_id = record.organization_id \
      AND record_type.id = record.record_type_id \
    LEFT JOIN segment ON segment.organization_id = enrollment.organization_id AND segment.id = enrollment.segment_id";

/// An enrollment with the names that an answer needs. The texts are its revision's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrollmentRow {
    /// As it stands.
    pub enrollment: Enrollment,
    /// The sequence's chosen id.
    pub sequence: ChosenId,
    /// Type and chosen id of its record; none once that is deleted.
    pub record: Option<RecordName>,
    /// The record's owner.
    pub owner: Option<SellerId>,
    /// The chosen id of the segment that started it.
    pub segment: Option<ChosenId>,
}

/// Which enrollments a list shows.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// What the caller may see.
    pub scope: Scope,
    /// Those that match.
    pub filter: Option<&'a Condition>,
    /// Those behind this one.
    pub after: Option<EnrollmentId>,
    /// At most so many.
    pub limit: i64,
}

/// Enrollments by key, in the order of their keys; those that don't exist are absent.
pub async fn get(
    conn: &mut PgConnection,
    organization: OrganizationId,
    ids: &[EnrollmentId],
) -> Result<Vec<EnrollmentRow>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut query = select(organization);
    query.push(" AND enrollment.id = ANY (").push_bind(ids).push(") ORDER BY enrollment.id");
    reading::all::<NamedRow, _>(conn, query).await
}

/// Enrollments, the newest first: keys are minted in the order in which they start.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    listed: &Listed<'_>,
) -> Result<Vec<EnrollmentRow>, Error> {
    let mut query = select(organization);
    match listed.scope {
        Scope::All => {}
        Scope::Own(seller) => _ = query.push(" AND record.owner_id = ").push_bind(seller.0),
        Scope::Nothing => _ = query.push(" AND false"),
    }
    if let Some(filter) = listed.filter {
        query.push(" AND ");
        push_filter(&mut query, filter, &Fields);
    }
    if let Some(after) = listed.after {
        query.push(" AND enrollment.id < ").push_bind(after.0);
    }
    query.push(" ORDER BY enrollment.id DESC LIMIT ").push_bind(listed.limit);
    reading::all::<NamedRow, _>(conn, query).await
}

/// The open enrollments of a record, in the order in which they started.
pub async fn open_of_record(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<Vec<EnrollmentRow>, Error> {
    let mut query = select(organization);
    query.push(" AND enrollment.record_id = ").push_bind(record.0);
    query.push(" AND enrollment.end_time IS NULL ORDER BY enrollment.id");
    reading::all::<NamedRow, _>(conn, query).await
}

fn select(organization: OrganizationId) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS).push(" FROM ").push(TABLES);
    query.push(" WHERE enrollment.organization_id = ").push_bind(organization.0);
    query
}

/// Where a list filter's fields are.
struct Fields;

impl FieldSource for Fields {
    fn place(&self, name: &str) -> Place {
        match name {
            "sequence" => Place::Column("sequence.sequence_id"),
            "record" => Place::Column("record.record_id"),
            "record_type" => Place::Column("record_type.record_type_id"),
            "revision" => Place::Column("enrollment.revision"),
            "pass" => Place::Column("enrollment.pass"),
            // The numbers are the published enums'.
            "state" => Place::Column(
                "(CASE enrollment.state WHEN 1 THEN 'PENDING' WHEN 2 THEN 'ACTIVE' WHEN 3 THEN 'PAUSED' \
                  WHEN 4 THEN 'COMPLETED' WHEN 5 THEN 'EXITED' WHEN 6 THEN 'FAILED' END)",
            ),
            "reason" => Place::Column(
                "(CASE enrollment.reason WHEN 1 THEN 'MANUAL' WHEN 2 THEN 'RECORD_CLOSED' \
                  WHEN 3 THEN 'RECORD_DELETED' WHEN 4 THEN 'LEFT_SEGMENT' WHEN 5 THEN 'SUPERSEDED' \
                  WHEN 6 THEN 'SEQUENCE_DELETED' END)",
            ),
            "source" => {
                Place::Column("(CASE enrollment.source WHEN 1 THEN 'BY_HAND' WHEN 2 THEN 'SEGMENT' END)")
            }
            "open" => Place::Column("(enrollment.end_time IS NULL)"),
            "create_time" => Place::Column("enrollment.create_time"),
            "end_time" => Place::Column("enrollment.end_time"),
            _ => Place::Nowhere,
        }
    }

    fn full_name(&self, name: &str) -> Option<&'static str> {
        match name {
            "record" => {
                Some("('recordTypes/' || record_type.record_type_id || '/records/' || record.record_id)")
            }
            "sequence" => Some("('sequences/' || sequence.sequence_id)"),
            "record_type" => Some("('recordTypes/' || record_type.record_type_id)"),
            _ => None,
        }
    }
}

#[derive(FromRow)]
struct NamedRow {
    #[sqlx(flatten)]
    row: Row,
    sequence: String,
    record: Option<String>,
    record_type: Option<String>,
    owner_id: Option<Uuid>,
    segment: Option<String>,
}

impl TryFrom<NamedRow> for EnrollmentRow {
    type Error = Error;

    fn try_from(named: NamedRow) -> Result<Self, Error> {
        let ids = |(record_type, record): (String, String)| RecordName {
            record_type: ChosenId::known(record_type),
            id: ChosenId::known(record),
        };
        Ok(Self {
            enrollment: (&named.row).try_into()?,
            sequence: ChosenId::known(named.sequence),
            record: named.record_type.zip(named.record).map(ids),
            owner: named.owner_id.map(SellerId),
            segment: named.segment.map(ChosenId::known),
        })
    }
}
