//! Reads of enrollments, with the names that answers need.

use std::sync::LazyLock;

use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use strum::VariantArray;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::caller::Scope;
use crate::domain::condition::Condition;
use crate::domain::enrollment::{Enrollment, EnrollmentSource, EnrollmentState, ExitReason, PauseReason};
use crate::domain::id::{ChosenId, EnrollmentId, OrganizationId, RecordId, SellerId};
use crate::domain::record::RecordName;
use crate::domain::throttle::THROTTLED;
use crate::store::condition_sql::{FieldSource, Place, push_filter};
use crate::store::enrollments::table::ENROLLMENT;
use crate::store::sequences::halts::HaltColumns;
use crate::store::statement::columns::column;
use crate::store::statement::table::Found;
use crate::store::{Error, Portion, statement};

static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{}, sequence.sequence_id AS sequence, record.record_id AS record, \
         record_type.record_type_id AS record_type, record.owner_id, segment.segment_id AS segment, \
         sequence.halt_number, sequence.pause_time, sequence.resume_time, sequence.exit_time",
        ENROLLMENT.select()
    )
});

/// Enrollments in sequences, with what is shown of them. Those that carry manual activities have no
/// sequence, so nobody sees them.
pub(in crate::store) const TABLES: &str = "enrollment \
    JOIN sequence ON sequence.organization_id = enrollment.organization_id \
      AND sequence.id = enrollment.sequence_id \
    LEFT JOIN record ON record.organization_id = enrollment.organization_id \
      AND record.id = enrollment.record_id \
    LEFT JOIN record_type ON record_type.organization_id = record.organization_id \
      AND record_type.id = record.record_type_id \
    LEFT JOIN segment ON segment.organization_id = enrollment.organization_id \
      AND segment.id = enrollment.segment_id";

/// If a seller owns at most this many records, a list of the seller's enrollments starts from these
/// records. This costs about 15 buffers for each record.
///
/// The alternative reads all enrollments in the order of the list, at 4 buffers each: 30,000
/// buffers for one page if the seller owns one record in 600.
const FEW: i64 = 2_000;

/// An enrollment with the names that an answer needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrollmentRow {
    /// The enrollment.
    pub enrollment: Enrollment,
    /// The chosen id of its sequence.
    pub sequence: ChosenId,
    /// The type and chosen id of its record, or `None` if the record is deleted.
    pub record: Option<RecordName>,
    /// The owner of the record, or `None` without one.
    pub owner: Option<SellerId>,
    /// The chosen id of the segment that started it, or `None` if it was started by hand.
    pub segment: Option<ChosenId>,
}

/// Selects the enrollments of a list.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// The records that the caller may see.
    pub scope: Scope,
    /// Only those that match. `None`: all.
    pub filter: Option<&'a Condition>,
    /// Only those after this one in the list. `None`: from the first.
    pub after: Option<EnrollmentId>,
    /// The most enrollments to return.
    pub limit: i64,
}

/// Returns enrollments by key, in the order of their keys. Unknown keys are absent.
pub async fn get(
    conn: &mut PgConnection,
    organization: OrganizationId,
    ids: &[EnrollmentId],
) -> Result<Vec<EnrollmentRow>, Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut query = select(organization);
    query.push(" AND enrollment.id = ANY (").push_bind(ids).push(") ORDER BY enrollment.id");
    statement::reading::all::<NamedRow, _>(conn, query).await
}

/// Returns those of some enrollments that carry manual activities, in no order.
pub async fn of_manual(
    conn: &mut PgConnection,
    organization: OrganizationId,
    ids: &[EnrollmentId],
) -> Result<Vec<Enrollment>, Error> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(ENROLLMENT.select()).push(" FROM enrollment WHERE enrollment.organization_id = ");
    query.push_bind(organization.0).push(" AND enrollment.id = ANY (");
    query.push_bind(ids.iter().map(|id| id.0).collect::<Vec<_>>());
    query.push(") AND enrollment.source = ").push_bind(EnrollmentSource::ManualActivity as i16);
    let rows: Vec<Found<Enrollment>> = query
        .build_query_as()
        .fetch_all(conn)
        .instrument(statement::span::of("enrollments.of_manual"))
        .await?;
    rows.into_iter().map(Found::one).collect()
}

/// Returns enrollments of any organizations by key, in no order. Unknown keys are absent.
pub async fn of_keys(
    conn: &mut PgConnection,
    keys: &[(OrganizationId, EnrollmentId)],
) -> Result<Vec<EnrollmentRow>, Error> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS.as_str()).push(" FROM (SELECT found.* FROM unnest(");
    query.push_bind(column(keys, |(organization, _)| organization.0)).push("::uuid[], ");

    // LATERAL with LIMIT 1 forces a lookup by key for each item, whatever plan was kept.
    query.push_bind(column(keys, |(_, id)| id.0)).push(
        "::uuid[]) AS item (organization_id, id) CROSS JOIN LATERAL ( \
           SELECT * FROM enrollment AS keyed \
           WHERE keyed.organization_id = item.organization_id AND keyed.id = item.id \
             AND one_shard(keyed.organization_id, $1[1]) LIMIT 1 \
         ) AS found) AS ",
    );
    query.push(TABLES).push(" WHERE one_shard(enrollment.organization_id, $1[1])");
    statement::reading::all::<NamedRow, _>(conn, query).await
}

/// Returns the selected enrollments, newest first. Keys are minted in the order in which
/// enrollments start.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    listed: &Listed<'_>,
) -> Result<Portion<EnrollmentRow>, Error> {
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
    statement::reading::portion::<NamedRow, _>(conn, query).await
}

/// True if a seller owns so few records that starting from them is faster than reading in the order
/// of the list.
async fn owns_few(
    conn: &mut PgConnection,
    organization: OrganizationId,
    seller: SellerId,
) -> Result<bool, Error> {
    // The limit keeps the count cheap for a seller with many records.
    let owned: i64 = sqlx::query_scalar(
        "SELECT count(*)
         FROM (SELECT FROM record WHERE organization_id = $1 AND owner_id = $2 LIMIT $3) AS owned",
    )
    .bind(organization.0)
    .bind(seller.0)
    .bind(FEW + 1)
    .fetch_one(conn)
    .instrument(statement::span::of("enrollments.owns_few"))
    .await?;

    Ok(owned <= FEW)
}

/// Appends the condition that an enrollment belongs to a record that meets the condition `which`.
/// The few enrollments of each record are found by index. Without this, Postgres would read the
/// enrollments of all records in the order of the list.
fn push_records(
    query: &mut QueryBuilder<Postgres>,
    organization: OrganizationId,
    which: impl FnOnce(&mut QueryBuilder<Postgres>),
) {
    query.push(
        " AND enrollment.id = ANY (ARRAY(SELECT theirs.id FROM record AS sought \
            JOIN enrollment AS theirs \
              ON theirs.organization_id = sought.organization_id AND theirs.record_id = sought.id \
            WHERE sought.organization_id = ",
    );
    query.push_bind(organization.0).push(" ");
    which(query);
    query.push("))");
}

/// Appends the same condition for a filter that names records.
fn push_asked_records(query: &mut QueryBuilder<Postgres>, organization: OrganizationId, filter: &Condition) {
    let asked = filter.root().asked_texts(&|field, _| field.name == "record");
    let Some((_, names)) = asked else { return };
    // The last part of a name is the id. The filter itself, which is appended too, checks the type.
    let ids: Vec<String> =
        names.iter().map(|name| name.rsplit('/').next().unwrap_or_default().to_owned()).collect();

    push_records(query, organization, |query| {
        // With the types, the condition covers a unique key of records, so an index finds them.
        query.push("AND sought.record_id = ANY (").push_bind(ids);
        query.push(
            ") AND sought.record_type_id = ANY (ARRAY( \
               SELECT id FROM record_type WHERE organization_id = ",
        );
        query.push_bind(organization.0).push("))");
    });
}

/// Returns the open enrollments of a record in the order in which they started.
pub async fn open_of_record(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<Vec<EnrollmentRow>, Error> {
    let mut query = select(organization);
    query.push(" AND enrollment.record_id = ").push_bind(record.0);
    query.push(" AND enrollment.end_time IS NULL ORDER BY enrollment.id");
    statement::reading::all::<NamedRow, _>(conn, query).await
}

fn select(organization: OrganizationId) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS.as_str()).push(" FROM ").push(TABLES);
    query.push(" WHERE enrollment.organization_id = ").push_bind(organization.0);
    query
}

/// The words on the wire for what is kept as numbers.
static STATE: LazyLock<String> =
    LazyLock::new(|| statement::words::shown("enrollment.state", |state: EnrollmentState| state as i16));
static REASON: LazyLock<String> = LazyLock::new(|| {
    let exits = ExitReason::VARIANTS.iter().map(|reason| (*reason as i16, reason.as_str()));
    let pauses = PauseReason::VARIANTS.iter().map(|reason| (*reason as i16, reason.as_str()));
    let arms = exits.chain(pauses).chain([THROTTLED]).map(|(number, word)| (number, format!("'{word}'")));
    statement::words::case("enrollment.reason", arms)
});
static SOURCE: LazyLock<String> =
    LazyLock::new(|| statement::words::shown("enrollment.source", |source: EnrollmentSource| source as i16));

/// Maps the fields of a list filter to columns.
pub(in crate::store) struct Fields;

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
            "disposition" => Place::Column("enrollment.disposition"),
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
    enrollment: Found<Enrollment>,
    sequence: String,
    record: Option<String>,
    record_type: Option<String>,
    owner_id: Option<Uuid>,
    segment: Option<String>,
    #[sqlx(flatten)]
    halt: HaltColumns,
}

impl TryFrom<NamedRow> for EnrollmentRow {
    type Error = Error;

    fn try_from(named: NamedRow) -> Result<Self, Error> {
        let ids = |(record_type, record): (String, String)| RecordName {
            record_type: ChosenId::known(record_type),
            id: ChosenId::known(record),
        };
        Ok(Self {
            enrollment: match named.halt.read() {
                Some(halt) => halt.shown(named.enrollment.one()?),
                None => named.enrollment.one()?,
            },
            sequence: ChosenId::known(named.sequence),
            record: named.record_type.zip(named.record).map(ids),
            owner: named.owner_id.map(SellerId),
            segment: named.segment.map(ChosenId::known),
        })
    }
}
