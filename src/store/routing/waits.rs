//! The records whose running waits depend on the working time of certain sellers.

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{OrganizationId, RecordId, RecordTypeId};
use crate::domain::operation::Operation;
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// Whose records depend on a calendar, a seller, a team or an organization's settings.
struct Dependent {
    sellers: Vec<Uuid>,
    /// True if those without an owner do, too.
    unowned: bool,
}

impl Dependent {
    /// Sellers without a calendar follow that of a team, else the organization's, like records
    /// without an owner. A team may have lost members who followed it.
    async fn of(conn: &mut PgConnection, organization: OrganizationId, target: Uuid) -> Result<Self, Error> {
        let unowned: bool = sqlx::query_scalar(
            "SELECT $2 = $1 OR EXISTS (
               SELECT FROM organization
               JOIN calendar ON calendar.organization_id = organization.organization_id
                 AND calendar.calendar_id = organization.settings ->> 'calendar'
               WHERE organization.organization_id = $1 AND calendar.id = $2)",
        )
        .bind(organization.0)
        .bind(target)
        .fetch_one(&mut *conn)
        .instrument(statement::span::of("waits.unowned"))
        .await?;

        let sellers = sqlx::query_scalar(
            "SELECT id FROM seller
             WHERE organization_id = $1
               AND (id = $2 OR calendar_id = $2 OR calendar_id IS NULL AND ($3 OR EXISTS (
                 SELECT FROM team
                 WHERE team.organization_id = $1
                   AND (team.id = $2 OR team.calendar_id = $2 AND seller.id = ANY (team.member_ids)))))
             ORDER BY id",
        )
        .bind(organization.0)
        .bind(target)
        .bind(unowned)
        .fetch_all(conn)
        .instrument(statement::span::of("waits.sellers"))
        .await?;
        Ok(Self { sellers, unowned })
    }
}

macro_rules! records {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM record
             WHERE organization_id = $1 AND record_type_id = $2 AND NOT closed AND id <= $3
               AND (owner_id = ANY ($4) OR $5 AND owner_id IS NULL) ",
            $rest
        )
    };
}

/// Counts the records of an operation that refreshes waits.
pub async fn count(conn: &mut PgConnection, operation: &Operation) -> Result<i64, Error> {
    let dependent = Dependent::of(conn, operation.organization, operation.target).await?;
    Ok(sqlx::query_scalar(records!("count(*)", ""))
        .bind(operation.organization.0)
        .bind(operation.record_type.0)
        .bind(operation.upto.0)
        .bind(dependent.sellers)
        .bind(dependent.unowned)
        .fetch_one(conn)
        .instrument(statement::span::of("waits.count"))
        .await?)
}

/// Returns the next records of an operation that refreshes waits, at most `limit`.
pub async fn next(
    conn: &mut PgConnection,
    operation: &Operation,
    limit: i64,
) -> Result<Vec<RecordId>, Error> {
    let dependent = Dependent::of(conn, operation.organization, operation.target).await?;
    let keys: Vec<Uuid> = sqlx::query_scalar(records!("id", "AND id > $6 ORDER BY id LIMIT $7"))
        .bind(operation.organization.0)
        .bind(operation.record_type.0)
        .bind(operation.upto.0)
        .bind(dependent.sellers)
        .bind(dependent.unowned)
        .bind(operation.cursor.map_or(Uuid::nil(), |record| record.0))
        .bind(limit)
        .fetch_all(conn)
        .instrument(statement::span::of("waits.next"))
        .await?;
    Ok(column(&keys, |key| RecordId(*key)))
}

/// Returns the types of the records of sequences that were ever active: only they can wait.
pub async fn record_types(
    conn: &mut PgConnection,
    organization: OrganizationId,
) -> Result<Vec<RecordTypeId>, Error> {
    let keys: Vec<Uuid> = sqlx::query_scalar(
        "SELECT DISTINCT record_type_id FROM sequence WHERE organization_id = $1 AND revision > 0
         ORDER BY record_type_id",
    )
    .bind(organization.0)
    .fetch_all(conn)
    .instrument(statement::span::of("waits.record_types"))
    .await?;
    Ok(column(&keys, |key| RecordTypeId(*key)))
}
