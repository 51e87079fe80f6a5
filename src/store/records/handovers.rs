//! What operations take from sellers, so that it can be handed back: records, and activities in the
//! sellers' queues.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::bulk::{Bulk, BulkWork, Reassignment};
use crate::domain::condition::Condition;
use crate::domain::id::{
    ActivityId, ChosenId, OperationId, OrganizationId, RecordId, RecordTypeId, SellerId,
};
use crate::domain::operation::Operation;
use crate::domain::record_type::RecordType;
use crate::store::condition_sql::push_filter;
use crate::store::enrollments::bulk::asked;
use crate::store::records::{CONDITION_TABLES, Fields};
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// Something that was taken from a seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handover {
    /// The record.
    pub record: RecordId,
    /// The activity, if it isn't the record itself.
    pub activity: Option<ActivityId>,
    /// Who owns the record since, or in whose queue the activity is since. `None`: nobody owns it.
    pub holder: Option<Uuid>,
}

impl Handover {
    /// A record, with its owner since.
    pub fn of(record: RecordId, owner: Option<SellerId>) -> Self {
        Self { record, activity: None, holder: owner.map(|seller| seller.0) }
    }

    /// Which part of the record it is. The nil UUID: the record itself.
    fn part(&self) -> Uuid {
        self.activity.map_or(Uuid::nil(), |activity| activity.0)
    }
}

/// How much leaves a seller, or comes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Leaving {
    /// The number of records that the seller owns, or gets back.
    pub owned: i64,
    /// The number of records on which something changes.
    pub records: i64,
    /// The number of open activities.
    pub activities: i64,
}

/// A record that an operation looks at, with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The record.
    pub id: RecordId,
    /// Its type.
    pub record_type: RecordTypeId,
    /// The chosen id of its type.
    pub record_type_id: ChosenId,
    /// Its own chosen id.
    pub record_id: ChosenId,
}

impl Named {
    /// Its type and its chosen id.
    pub fn name(&self) -> (RecordTypeId, ChosenId) {
        (self.record_type, self.record_id.clone())
    }
}

/// The records that leave a seller.
struct Source<'a> {
    organization: OrganizationId,
    seller: SellerId,
    reassignment: &'a Reassignment,
    /// Only those of this type, if it is given, and that match this condition, if there is one.
    of: Option<(RecordType, Option<Condition>)>,
    now: DateTime<Utc>,
}

impl<'a> Source<'a> {
    async fn of(
        conn: &mut PgConnection,
        operation: &Operation,
        (condition, reassignment): (&str, &'a Reassignment),
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let Operation { organization, target, record_type, .. } = *operation;
        // Records of all types have no attributes in common that a condition could ask for.
        let of = match record_type.0.is_nil() {
            true => None,
            false => Some(
                asked(conn, organization, record_type, condition).await?.ok_or_else(|| broken(operation))?,
            ),
        };
        Ok(Self { organization, seller: SellerId(target), reassignment, of, now })
    }

    fn push(&self, query: &mut QueryBuilder<Postgres>) {
        query.push(CONDITION_TABLES).push(" WHERE record.organization_id = ").push_bind(self.organization.0);
        query.push(" AND (record.owner_id = ").push_bind(self.seller.0);
        if self.reassignment.with_activities {
            query.push(" OR EXISTS (SELECT FROM activity WHERE activity.organization_id = ");
            query.push_bind(self.organization.0);
            query.push(" AND activity.record_id = record.id AND activity.queue_id = ");
            query.push_bind(self.seller.0).push(")");
        }
        query.push(")");

        // Without closed ones, the index of what sellers own finds them.
        if !self.reassignment.with_closed {
            query.push(" AND NOT record.closed");
        }
        let Some((record_type, condition)) = &self.of else { return };
        query.push(" AND record.record_type_id = ").push_bind(record_type.id.0);
        if let Some(condition) = condition {
            query.push(" AND ");
            push_filter(query, condition, &Fields { record_type, now: self.now });
        }
    }
}

fn broken(operation: &Operation) -> Error {
    Error::Inconsistent { table: "operation", column: "bulk", id: operation.id.0 }
}

/// Counts what an operation would take from its seller.
pub async fn count_leaving(
    conn: &mut PgConnection,
    operation: &Operation,
    (condition, reassignment): (&str, &Reassignment),
    now: DateTime<Utc>,
) -> Result<Leaving, Error> {
    let source = Source::of(&mut *conn, operation, (condition, reassignment), now).await?;

    let mut query = QueryBuilder::new("SELECT count(*) FILTER (WHERE found.owner_id = ");
    query.push_bind(source.seller.0).push(") AS owned, count(*) AS records, ");
    query.push("coalesce(sum(found.activities), 0)::bigint AS activities FROM (SELECT record.owner_id, ");
    query.push("(SELECT count(*) FROM activity WHERE activity.organization_id = ");
    query.push_bind(source.organization.0);
    query.push(" AND activity.record_id = record.id AND activity.queue_id = ").push_bind(source.seller.0);
    query.push(") AS activities FROM ");
    source.push(&mut query);
    query.push(") AS found");
    Ok(query
        .build_query_as()
        .fetch_one(conn)
        .instrument(statement::span::of("handovers.count_leaving"))
        .await?)
}

/// Counts what of an operation's handovers its seller would get back.
pub async fn count_returning(
    conn: &mut PgConnection,
    organization: OrganizationId,
    operation: OperationId,
) -> Result<Leaving, Error> {
    Ok(sqlx::query_as(
        "SELECT count(*) FILTER (WHERE handover.activity_id = $3) AS owned,
           count(DISTINCT handover.record_id) AS records,
           count(*) FILTER (WHERE handover.activity_id <> $3) AS activities
         FROM handover
         JOIN record ON record.organization_id = handover.organization_id AND record.id = handover.record_id
         LEFT JOIN activity ON activity.organization_id = handover.organization_id
           AND activity.id = handover.activity_id
         WHERE handover.organization_id = $1 AND handover.operation_id = $2
           AND CASE handover.activity_id WHEN $3 THEN record.owner_id IS NOT DISTINCT FROM handover.holder_id
             ELSE activity.queue_id = handover.holder_id END",
    )
    .bind(organization.0)
    .bind(operation.0)
    .bind(Uuid::nil())
    .fetch_one(conn)
    .instrument(statement::span::of("handovers.count_returning"))
    .await?)
}

/// Returns the next records on which an operation works, at most `limit`.
pub async fn next(
    conn: &mut PgConnection,
    operation: &Operation,
    bulk: &Bulk,
    limit: i64,
    now: DateTime<Utc>,
) -> Result<Vec<RecordId>, Error> {
    let after = operation.cursor.map_or(Uuid::nil(), |record| record.0);
    let mut query = match &bulk.work {
        BulkWork::Reassign(reassignment) => {
            let asked = (bulk.condition.as_str(), reassignment);
            let source = Source::of(&mut *conn, operation, asked, now).await?;
            let mut query = QueryBuilder::new("SELECT record.id FROM ");
            source.push(&mut query);
            query.push(" AND record.id <= ").push_bind(operation.upto.0);
            query.push(" AND record.id > ").push_bind(after).push(" ORDER BY record.id LIMIT ");
            query
        }
        BulkWork::HandBack(taken_by) => {
            let mut query =
                QueryBuilder::new("SELECT DISTINCT record_id FROM handover WHERE organization_id = ");
            query.push_bind(operation.organization.0).push(" AND operation_id = ").push_bind(taken_by.0);
            query.push(" AND record_id > ").push_bind(after).push(" ORDER BY record_id LIMIT ");
            query
        }
        BulkWork::Enroll | BulkWork::Act(_) => return Err(broken(operation)),
    };

    query.push_bind(limit);
    let span = statement::span::of("handovers.next");
    let keys: Vec<Uuid> = query.build_query_scalar().fetch_all(conn).instrument(span).await?;
    Ok(column(&keys, |key| RecordId(*key)))
}

/// Returns those of some records, which must be locked, that still leave the seller.
pub async fn still_leaving(
    conn: &mut PgConnection,
    operation: &Operation,
    (condition, reassignment): (&str, &Reassignment),
    records: &[RecordId],
    now: DateTime<Utc>,
) -> Result<Vec<RecordId>, Error> {
    let source = Source::of(&mut *conn, operation, (condition, reassignment), now).await?;
    let mut query = QueryBuilder::new("SELECT record.id FROM ");
    source.push(&mut query);
    query.push(" AND record.id = ANY (").push_bind(column(records, |record| record.0));
    query.push(") ORDER BY record.id");

    let span = statement::span::of("handovers.still_leaving");
    let keys: Vec<Uuid> = query.build_query_scalar().fetch_all(conn).instrument(span).await?;
    Ok(column(&keys, |key| RecordId(*key)))
}

/// Returns the names of records, in the order of their keys.
pub async fn names(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[RecordId],
) -> Result<Vec<Named>, Error> {
    let rows: Vec<(Uuid, Uuid, String, String)> = sqlx::query_as(
        "SELECT record.id, record.record_type_id, record_type.record_type_id, record.record_id
         FROM record
         JOIN record_type ON record_type.organization_id = record.organization_id
           AND record_type.id = record.record_type_id
         WHERE record.organization_id = $1 AND record.id = ANY ($2)
         ORDER BY record.id",
    )
    .bind(organization.0)
    .bind(column(records, |record| record.0))
    .fetch_all(conn)
    .instrument(statement::span::of("handovers.names"))
    .await?;

    let read = |(id, of, of_id, chosen): (Uuid, Uuid, String, String)| Named {
        id: RecordId(id),
        record_type: RecordTypeId(of),
        record_type_id: ChosenId::known(of_id),
        record_id: ChosenId::known(chosen),
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Returns what an operation took from a seller of these records.
pub async fn of_records(
    conn: &mut PgConnection,
    organization: OrganizationId,
    operation: OperationId,
    records: &[RecordId],
) -> Result<Vec<Handover>, Error> {
    let rows: Vec<(Uuid, Uuid, Option<Uuid>)> = sqlx::query_as(
        "SELECT record_id, activity_id, holder_id FROM handover
         WHERE organization_id = $1 AND operation_id = $2 AND record_id = ANY ($3)
         ORDER BY record_id, activity_id",
    )
    .bind(organization.0)
    .bind(operation.0)
    .bind(column(records, |record| record.0))
    .fetch_all(conn)
    .instrument(statement::span::of("handovers.of_records"))
    .await?;

    let read = |(record, activity, holder): (Uuid, Uuid, Option<Uuid>)| Handover {
        record: RecordId(record),
        activity: (!activity.is_nil()).then_some(ActivityId(activity)),
        holder,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Keeps what an operation took from a seller.
pub async fn insert(
    conn: &mut PgConnection,
    organization: OrganizationId,
    operation: OperationId,
    handovers: &[Handover],
) -> Result<(), Error> {
    if handovers.is_empty() {
        return Ok(());
    }

    // A record that failed and is tried again may have been taken before.
    sqlx::query(
        "INSERT INTO handover (organization_id, operation_id, record_id, activity_id, holder_id)
         SELECT $1, $2, taken.record_id, taken.activity_id, taken.holder_id
         FROM unnest($3::uuid[], $4::uuid[], $5::uuid[]) AS taken (record_id, activity_id, holder_id)
         ON CONFLICT (organization_id, operation_id, record_id, activity_id)
           DO UPDATE SET holder_id = excluded.holder_id",
    )
    .bind(organization.0)
    .bind(operation.0)
    .bind(column(handovers, |one| one.record.0))
    .bind(column(handovers, Handover::part))
    .bind(column(handovers, |one| one.holder))
    .execute(conn)
    .instrument(statement::span::of("handovers.insert"))
    .await?;
    Ok(())
}

/// Forgets what was handed back.
pub async fn delete(
    conn: &mut PgConnection,
    organization: OrganizationId,
    operation: OperationId,
    returned: &[Handover],
) -> Result<(), Error> {
    if returned.is_empty() {
        return Ok(());
    }

    sqlx::query(
        "DELETE FROM handover
         USING unnest($3::uuid[], $4::uuid[]) AS returned (record_id, activity_id)
         WHERE handover.organization_id = $1 AND handover.operation_id = $2
           AND handover.record_id = returned.record_id AND handover.activity_id = returned.activity_id",
    )
    .bind(organization.0)
    .bind(operation.0)
    .bind(column(returned, |one| one.record.0))
    .bind(column(returned, Handover::part))
    .execute(conn)
    .instrument(statement::span::of("handovers.delete"))
    .await?;
    Ok(())
}

/// Forgets all handovers of a record, which is being deleted.
pub async fn erase(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM handover WHERE organization_id = $1 AND record_id = $2")
        .bind(organization.0)
        .bind(record.0)
        .execute(conn)
        .instrument(statement::span::of("handovers.erase"))
        .await?;
    Ok(())
}
