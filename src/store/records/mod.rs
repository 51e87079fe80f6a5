//! Records: writes, and reads with the names that answers need.

pub mod changes;
pub mod flips;
pub mod handovers;
pub mod instants;
pub mod merges;
pub mod references;
pub mod related_changes;
mod shortlist;
pub mod tombstones;
pub mod type_users;
pub mod types;
pub mod values;
pub use shortlist::Shortlist;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::caller::Scope;
use crate::domain::condition::Condition;
use crate::domain::id::{ChosenId, OrganizationId, RecordId, RecordTypeId, SellerId};
use crate::domain::record::{Attributes, CloseOutcome, Record, RecordState};
use crate::domain::record_type::RecordType;
use crate::store::condition_sql::{FieldSource, Place, RELATED, Related};
use crate::store::enrollments::Locking;
use crate::store::statement::columns::column;
use crate::store::statement::reading::push_matching;
use crate::store::{Error, Portion, statement};

macro_rules! condition_joins {
    () => {
        " LEFT JOIN seller AS owner \
         ON owner.organization_id = record.organization_id AND owner.id = record.owner_id"
    };
}

/// The tables that [`Fields`] refers to, for a `FROM` clause.
pub const CONDITION_TABLES: &str = concat!("record", condition_joins!());

/// The joins of [`CONDITION_TABLES`], for a statement that has something else called `record`.
pub(in crate::store) const CONDITION_JOINS: &str = condition_joins!();

const COLUMNS: &str = "\
    record.organization_id, record.id, record.record_type_id, record.record_id, \
    record.attributes, record.owner_id, record.close_outcome, record.source_version, \
    record.version, record.create_time, record.update_time, record.close_time, \
    record.unsubscribe_time";

/// Maps the fields of a condition over records to columns. The statement must read from
/// [`CONDITION_TABLES`].
pub struct Fields<'a> {
    /// The record type that declares the attributes.
    pub record_type: &'a RecordType,
    /// The instant that `now` stands for.
    pub now: DateTime<Utc>,
}

impl FieldSource for Fields<'_> {
    fn place(&self, name: &str) -> Place {
        match name {
            "id" => Place::Column("record.record_id"),
            "owner" => Place::Column("owner.seller_id"),
            "create_time" => Place::Column("record.create_time"),
            "update_time" => Place::Column("record.update_time"),
            // Before "state": a type may declare an attribute of that name, which hides ours.
            name if self.record_type.attribute(name).is_some() => Place::Attributes("record.attributes"),
            "state" => Place::Column("(CASE WHEN record.closed THEN 'CLOSED' ELSE 'ACTIVE' END)"),
            name if self.related(name).is_some() => RELATED,
            _ => Place::Nowhere,
        }
    }

    fn related(&self, name: &str) -> Option<Related> {
        let (reference, attribute) = name.split_once('.')?;
        let related = self.record_type.related_by(reference)?;
        let organization = self.record_type.organization;
        let found = Related { organization, attributes: "record.attributes", record_type: related.id };
        related.attributes.contains_key(attribute).then_some(found)
    }

    fn now(&self) -> Option<DateTime<Utc>> {
        Some(self.now)
    }

    fn full_name(&self, name: &str) -> Option<&'static str> {
        (name == "owner").then_some("('sellers/' || owner.seller_id)")
    }
}

/// A record with the names that an answer needs.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordRow {
    /// The record.
    pub record: Record,
    /// The chosen id of its owner, or `None` without one.
    pub owner: Option<ChosenId>,
    /// The chosen id of the segment that it is in, or `None` if it is in none.
    pub segment: Option<ChosenId>,
}

/// Reads records and locks them until the end of the transaction, in the order of their keys.
/// Records that don't exist are absent, and with [`Locking::Skip`] so are those that other
/// transactions hold.
pub async fn lock(
    conn: &mut PgConnection,
    organization: OrganizationId,
    names: &[(RecordTypeId, ChosenId)],
    locking: Locking,
) -> Result<Vec<Record>, Error> {
    let statement = match locking {
        Locking::Wait => include_str!("../sql/record_lock.sql"),
        Locking::Skip => concat!(include_str!("../sql/record_lock.sql"), "SKIP LOCKED"),
    };
    let (types, ids): (Vec<Uuid>, Vec<&str>) = names.iter().map(|(of, id)| (of.0, id.as_str())).unzip();
    let query = sqlx::query_as(statement).bind(organization.0).bind(types).bind(ids);
    let rows: Vec<Row> = query.fetch_all(conn).instrument(statement::span::of("records.lock")).await?;
    rows.into_iter().map(Record::try_from).collect()
}

/// Returns those of these records that exist, even if other transactions hold them.
pub async fn existing(
    conn: &mut PgConnection,
    organization: OrganizationId,
    names: &[(RecordTypeId, ChosenId)],
) -> Result<Vec<(RecordTypeId, ChosenId)>, Error> {
    let (types, ids): (Vec<Uuid>, Vec<&str>) = names.iter().map(|(of, id)| (of.0, id.as_str())).unzip();
    let rows: Vec<(Uuid, String)> = sqlx::query_as(
        "SELECT found.record_type_id, found.record_id
         FROM unnest($2::uuid[], $3::text[]) AS item (record_type_id, record_id)
         CROSS JOIN LATERAL (
           SELECT record.id, record.record_type_id, record.record_id
           FROM record
           WHERE record.organization_id = $1
             AND record.record_type_id = item.record_type_id
             AND record.record_id = item.record_id
           LIMIT 1
         ) AS found
         ORDER BY found.id",
    )
    .bind(organization.0)
    .bind(types)
    .bind(ids)
    .fetch_all(conn)
    .instrument(statement::span::of("records.existing"))
    .await?;

    Ok(rows.into_iter().map(|(of, id)| (RecordTypeId(of), ChosenId::known(id))).collect())
}

/// Adds active records of one organization, each with the version of its type by which it was
/// checked, and returns how many. If this is fewer than given, other transactions added the rest
/// first, or changed their type since.
pub async fn insert(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[(&Record, i64)],
) -> Result<usize, Error> {
    if records.is_empty() {
        return Ok(0);
    }

    let inserted: Vec<Uuid> = sqlx::query_scalar(include_str!("../sql/record_insert.sql"))
        .bind(organization.0)
        .bind(column(records, |(record, _)| record.id.0))
        .bind(column(records, |(record, _)| record.record_type.0))
        .bind(column(records, |(record, _)| record.record_id.as_str()))
        .bind(column(records, |(record, _)| Json(&record.attributes)))
        .bind(column(records, |(record, _)| record.owner.map(|owner| owner.0)))
        .bind(column(records, |(record, _)| record.source_version))
        .bind(column(records, |(record, _)| record.version))
        .bind(column(records, |(record, _)| record.create_time))
        .bind(column(records, |(record, _)| record.update_time))
        .bind(column(records, |(_, type_version)| *type_version))
        .fetch_all(conn)
        .instrument(statement::span::of("records.insert"))
        .await?;
    Ok(inserted.len())
}

/// Updates records of one organization, and returns how many. Their rows must be locked.
pub async fn update(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[&Record],
) -> Result<usize, Error> {
    if records.is_empty() {
        return Ok(0);
    }

    let updated: Vec<Uuid> = sqlx::query_scalar(include_str!("../sql/record_update.sql"))
        .bind(organization.0)
        .bind(column(records, |record| record.id.0))
        .bind(column(records, |record| Json(&record.attributes)))
        .bind(column(records, |record| record.owner.map(|owner| owner.0)))
        .bind(column(records, |record| closing(record).map(|(outcome, _)| outcome.as_str())))
        .bind(column(records, |record| closing(record).map(|(_, at)| at)))
        .bind(column(records, |record| record.source_version))
        .bind(column(records, |record| record.version))
        .bind(column(records, |record| record.update_time))
        .fetch_all(conn)
        .instrument(statement::span::of("records.update"))
        .await?;
    Ok(updated.len())
}

/// Erases an attribute of records. They must be locked by an earlier statement: an upsert that
/// holds one may be about to write the attribute, which this statement would not see.
pub async fn erase_attribute(
    conn: &mut PgConnection,
    organization: OrganizationId,
    ids: &[RecordId],
    attribute: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE record SET attributes = attributes - $3, version = version + 1, update_time = $4
         WHERE organization_id = $1 AND id = ANY ($2) AND attributes ? $3",
    )
    .bind(organization.0)
    .bind(column(ids, |id| id.0))
    .bind(attribute)
    .bind(now)
    .execute(conn)
    .instrument(statement::span::of("records.erase_attribute"))
    .await?;
    Ok(())
}

/// Returns the record of a type that was created last, or `None` without records.
pub async fn last(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record_type: RecordTypeId,
) -> Result<Option<RecordId>, Error> {
    let key: Option<Uuid> = sqlx::query_scalar(
        "SELECT id FROM record WHERE organization_id = $1 AND record_type_id = $2
         ORDER BY id DESC LIMIT 1",
    )
    .bind(organization.0)
    .bind(record_type.0)
    .fetch_optional(conn)
    .instrument(statement::span::of("records.last"))
    .await?;
    Ok(key.map(RecordId))
}

/// Deletes a record. Its row must be locked.
pub async fn delete(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: RecordId,
) -> Result<(), Error> {
    let deleted: Option<Uuid> =
        sqlx::query_scalar("DELETE FROM record WHERE organization_id = $1 AND id = $2 RETURNING id")
            .bind(organization.0)
            .bind(id.0)
            .fetch_optional(conn)
            .instrument(statement::span::of("records.delete"))
            .await?;
    statement::reading::check_written(deleted, "record", id.0)
}

/// Reads a record of a type by the id that the caller chose. A merged record's id leads to the one
/// that survived. Returns `None` if there is none in `scope`.
pub async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record_type: RecordTypeId,
    id: &str,
    scope: Scope,
) -> Result<Option<RecordRow>, Error> {
    let mut query = select_named(organization, record_type, |_| {});
    query.push(" AND record.record_id = ").push_bind(id.to_owned());
    push_scope(&mut query, scope);
    if let Some(found) = statement::reading::one::<NamedRow, _>(conn, query).await? {
        return Ok(Some(found));
    }

    let left = tombstones::fingerprint(&(record_type, ChosenId::known(id)));
    let left = tombstones::find(conn, organization, &[left]).await?.into_values().next();
    let Some(survivor) = left.and_then(|left| left.survivor) else { return Ok(None) };
    let mut query = select_named(organization, record_type, |_| {});
    query.push(" AND record.record_id = ").push_bind(survivor.as_str().to_owned());
    push_scope(&mut query, scope);
    statement::reading::one::<NamedRow, _>(conn, query).await
}

/// Returns at most `limit` records of a type that are in `scope` and match `filter`, in the order
/// in which they were created, after `after`.
pub async fn page(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    scope: Scope,
    filter: Option<&Condition>,
    after: Option<RecordId>,
    limit: i64,
) -> Result<Portion<RecordRow>, Error> {
    let mut shortlist = Shortlist::of(source, filter);
    loop {
        let of = source.record_type;
        let mut query = select_named(of.organization, of.id, |query| shortlist.push_join(query, source));
        push_scope(&mut query, scope);
        push_matching(&mut query, filter, source);
        if let Some(after) = after {
            query.push(" AND ").push(shortlist.key()).push(" > ").push_bind(after.0);
        }
        query.push(" ORDER BY ").push(shortlist.key()).push(" LIMIT ").push_bind(limit);
        let found = statement::reading::portion::<NamedRow, _>(conn, query).await?;
        if shortlist.was_complete(conn, source).await? {
            return Ok(found);
        }
    }
}

/// Returns the chosen ids of the segments that these records are in. Records in no segment are
/// absent.
pub async fn segments(
    conn: &mut PgConnection,
    organization: OrganizationId,
    ids: &[Uuid],
) -> Result<HashMap<RecordId, ChosenId>, Error> {
    let rows: Vec<(Uuid, String)> = sqlx::query_as(
        "SELECT membership.record_id, segment.segment_id
         FROM membership JOIN segment
           ON segment.organization_id = membership.organization_id
           AND segment.id = membership.segment_id
         WHERE membership.organization_id = $1 AND membership.record_id = ANY ($2)
         ORDER BY membership.record_id",
    )
    .bind(organization.0)
    .bind(ids)
    .fetch_all(conn)
    .instrument(statement::span::of("records.segments"))
    .await?;

    Ok(rows.into_iter().map(|(record, segment)| (RecordId(record), ChosenId::known(segment))).collect())
}

fn select_named(
    organization: OrganizationId,
    record_type: RecordTypeId,
    join: impl FnOnce(&mut QueryBuilder<Postgres>),
) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS).push(", owner.seller_id AS owner, segment.segment_id AS segment FROM ");
    query.push(CONDITION_TABLES).push(
        " LEFT JOIN membership \
            ON membership.organization_id = record.organization_id \
            AND membership.record_id = record.id \
          LEFT JOIN segment \
            ON segment.organization_id = membership.organization_id \
            AND segment.id = membership.segment_id",
    );
    join(&mut query);
    query.push(" WHERE record.organization_id = ").push_bind(organization.0);
    query.push(" AND record.record_type_id = ").push_bind(record_type.0);
    query
}

fn push_scope(query: &mut QueryBuilder<Postgres>, scope: Scope) {
    match scope {
        Scope::All => {}
        Scope::Own(seller) => _ = query.push(" AND record.owner_id = ").push_bind(seller.0),
        Scope::Nothing => _ = query.push(" AND false"),
    }
}

fn closing(record: &Record) -> Option<(CloseOutcome, DateTime<Utc>)> {
    match record.state {
        RecordState::Active => None,
        RecordState::Closed { outcome, at } => Some((outcome, at)),
    }
}

/// The columns of a record under their own names.
#[derive(FromRow)]
pub(in crate::store) struct Row {
    organization_id: Uuid,
    id: Uuid,
    record_type_id: Uuid,
    record_id: String,
    attributes: Value,
    owner_id: Option<Uuid>,
    close_outcome: Option<String>,
    source_version: i64,
    version: i64,
    create_time: DateTime<Utc>,
    update_time: DateTime<Utc>,
    close_time: Option<DateTime<Utc>>,
    unsubscribe_time: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct NamedRow {
    #[sqlx(flatten)]
    row: Row,
    owner: Option<String>,
    segment: Option<String>,
}

impl TryFrom<NamedRow> for RecordRow {
    type Error = Error;

    fn try_from(found: NamedRow) -> Result<Self, Error> {
        let record = found.row.try_into()?;
        let known = |id: Option<String>| id.map(ChosenId::known);
        Ok(Self { record, owner: known(found.owner), segment: known(found.segment) })
    }
}

impl TryFrom<Row> for Record {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let inconsistent = |column| Error::Inconsistent { table: "record", column, id: row.id };
        let Value::Object(attributes) = row.attributes else { return Err(inconsistent("attributes")) };
        let attributes: Attributes = attributes;

        let state = match (row.close_outcome, row.close_time) {
            (Some(word), Some(at)) => {
                let outcome = CloseOutcome::ALL.into_iter().find(|outcome| outcome.as_str() == word);
                let outcome = outcome.ok_or_else(|| inconsistent("close_outcome"))?;
                RecordState::Closed { outcome, at }
            }
            _ => RecordState::Active,
        };

        Ok(Self {
            organization: OrganizationId(row.organization_id),
            id: RecordId(row.id),
            record_type: RecordTypeId(row.record_type_id),
            record_id: ChosenId::known(row.record_id),
            attributes,
            owner: row.owner_id.map(SellerId),
            state,
            source_version: row.source_version,
            unsubscribe_time: row.unsubscribe_time,
            version: row.version,
            create_time: row.create_time,
            update_time: row.update_time,
        })
    }
}
