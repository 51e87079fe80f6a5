//! What enrollments show: as they stand, with the names of what they are about.

use std::sync::LazyLock;

use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

use super::columns::column;
use super::condition_sql::{FieldSource, Place, push_filter};
use super::enrollments::Row;
use super::queue_rows::RecordName;
use super::{Error, reading, words};
use crate::domain::caller::Scope;
use crate::domain::condition::Condition;
use crate::domain::enrollment::{Enrollment, EnrollmentSource, EnrollmentState, ExitReason};
use crate::domain::id::{ChosenId, EnrollmentId, OrganizationId, RecordId, SellerId};

const COLUMNS: &str = "enrollment.organization_id, enrollment.id, enrollment.sequence_id, enrollment.revision, \
    enrollment.record_id, enrollment.pass_number, enrollment.state, enrollment.reason, enrollment.source, \
    enrollment.segment_id, enrollment.node, enrollment.step_reach_time, enrollment.waiting_until, \
    enrollment.waiting_for, enrollment.activity_id, enrollment.version, enrollment.create_time, enrollment.end_time, \
    sequence.sequence_id AS sequence, record.record_id AS record, record_type.record_type_id AS record_type, \
    record.owner_id, segment.segment_id AS segment";

const TABLES: &str = "enrollment \
    JOIN sequence ON sequence.organization_id = enrollment.organization_id AND sequence.id = enrollment.sequence_id \
    LEFT JOIN record ON record.organization_id = enrollment.organization_id AND record.id = enrollment.record_id \
    LEFT JOIN record_type ON record_type.organization_id = record.organization_id \
      AND record_type.id = record.record_type_id \
    LEFT JOIN segment ON segment.organization_id = enrollment.organization_id AND segment.id = enrollment.segment_id";

/// How many records a seller may own for the list to be found by them. A page of it costs some 15
/// buffers for each; the order of the list costs 4 for each enrollment of everybody that it leads
/// through, 30,000 of them for a page of a seller with one record in 600.
const FEW: i64 = 2_000;

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

/// Enrollments of any organizations by key; those that don't exist are absent.
pub async fn of_keys(
    conn: &mut PgConnection,
    keys: &[(OrganizationId, EnrollmentId)],
) -> Result<Vec<EnrollmentRow>, Error> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS).push(" FROM (SELECT found.* FROM unnest(");
    query.push_bind(column(keys, |(organization, _)| organization.0)).push("::uuid[], ");
    query.push_bind(column(keys, |(_, id)| id.0)).push(
        "::uuid[]) AS item (organization_id, id) CROSS JOIN LATERAL (SELECT * FROM enrollment AS keyed \
          WHERE keyed.organization_id = item.organization_id AND keyed.id = item.id LIMIT 1) AS found) AS ",
    );
    query.push(TABLES);
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
        Scope::Own(seller) => {
            query.push(" AND record.owner_id = ").push_bind(seller.0);
            if owns_few(conn, organization, seller).await? {
                push_records(&mut query, organization, |query| {
                    query.push("AND sought.owner_id = ").push_bind(seller.0);
                });
            }
        }
        Scope::Nothing => _ = query.push(" AND false"),
    }
    if let Some(filter) = listed.filter {
        push_asked_records(&mut query, organization, filter);
        query.push(" AND ");
        push_filter(&mut query, filter, &Fields);
    }
    if let Some(after) = listed.after {
        query.push(" AND enrollment.id < ").push_bind(after.0);
    }
    query.push(" ORDER BY enrollment.id DESC LIMIT ").push_bind(listed.limit);
    reading::all::<NamedRow, _>(conn, query).await
}

/// Whether the enrollments of a seller's records are found sooner by these than in the order of the
/// list.
async fn owns_few(
    conn: &mut PgConnection,
    organization: OrganizationId,
    seller: SellerId,
) -> Result<bool, Error> {
    let owned: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM (SELECT FROM record WHERE organization_id = $1 AND owner_id = $2 LIMIT $3) AS owned",
    )
    .bind(organization.0)
    .bind(seller.0)
    .bind(FEW + 1)
    .fetch_one(conn)
    .await?;
    Ok(owned <= FEW)
}

/// Appends that an enrollment is of one of the records that `which` says: the few enrollments of
/// each are found by its key, where the order of the list alone would lead through those of
/// everybody.
fn push_records(
    query: &mut QueryBuilder<Postgres>,
    organization: OrganizationId,
    which: impl FnOnce(&mut QueryBuilder<Postgres>),
) {
    query.push(
        " AND enrollment.id = ANY (ARRAY(SELECT theirs.id FROM record AS sought \
            JOIN enrollment AS theirs ON theirs.organization_id = sought.organization_id AND theirs.record_id = sought.id \
            WHERE sought.organization_id = ",
    );
    query.push_bind(organization.0).push(" ");
    which(query);
    query.push("))");
}

/// The same for a filter that names records.
fn push_asked_records(query: &mut QueryBuilder<Postgres>, organization: OrganizationId, filter: &Condition) {
    let asked = filter.root().asked_texts(&|field, _| field.name == "record");
    let Some((_, names)) = asked else { return };
    // Of a name, the last part is the id; that its type is the one named is for the filter itself
    // to say.
    let ids: Vec<String> =
        names.iter().map(|name| name.rsplit('/').next().unwrap_or_default().to_owned()).collect();
    push_records(query, organization, |query| {
        query.push("AND sought.record_id = ANY (").push_bind(ids);
        query.push(
            ") AND sought.record_type_id = ANY (ARRAY(SELECT id FROM record_type WHERE organization_id = ",
        );
        query.push_bind(organization.0).push("))");
    });
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

/// The words on the wire for what is kept as numbers.
static STATE: LazyLock<String> =
    LazyLock::new(|| words::shown("enrollment.state", |state: EnrollmentState| state as i16));
static REASON: LazyLock<String> =
    LazyLock::new(|| words::shown("enrollment.reason", |reason: ExitReason| reason as i16));
static SOURCE: LazyLock<String> =
    LazyLock::new(|| words::shown("enrollment.source", |source: EnrollmentSource| source as i16));

/// Where a list filter's fields are.
struct Fields;

impl FieldSource for Fields {
    fn place(&self, name: &str) -> Place {
        match name {
            "sequence" => Place::Column("sequence.sequence_id"),
            "record" => Place::Column("record.record_id"),
            "record_type" => Place::Column("record_type.record_type_id"),
            "revision" => Place::Column("enrollment.revision"),
            "pass_number" => Place::Column("enrollment.pass_number"),
            "state" => Place::Column(&STATE),
            "reason" => Place::Column(&REASON),
            "source" => Place::Column(&SOURCE),
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
