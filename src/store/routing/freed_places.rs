//! Places that sellers have for more records since they lost one. The transaction in which a seller
//! loses a record appends the place, and routing serves those who wait for it.

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{OrganizationId, SellerId};
use crate::store::{Error, statement};

/// Appends a place for each of these sellers, given with its key. Those without a maximum always
/// have one. Returns true if any place was appended.
pub async fn append(
    conn: &mut PgConnection,
    organization: OrganizationId,
    freed: &[(Uuid, SellerId)],
) -> Result<bool, Error> {
    if freed.is_empty() {
        return Ok(false);
    }

    let (ids, sellers): (Vec<Uuid>, Vec<Uuid>) = freed.iter().map(|(id, seller)| (*id, seller.0)).unzip();
    let appended = sqlx::query(
        "INSERT INTO freed_place (organization_id, id, seller_id)
         SELECT seller.organization_id, freed.id, freed.seller_id
         FROM unnest($2::uuid[], $3::uuid[]) AS freed (id, seller_id)
         JOIN seller ON seller.organization_id = $1 AND seller.id = freed.seller_id
         WHERE seller.max_capacity IS NOT NULL",
    )
    .bind(organization.0)
    .bind(ids)
    .bind(sellers)
    .execute(conn)
    .instrument(statement::span::of("freed_places.append"))
    .await?;
    Ok(appended.rows_affected() > 0)
}

/// Takes all places of an organization. Returns their sellers, each once. The routing row must be
/// locked.
pub async fn claim(conn: &mut PgConnection, organization: OrganizationId) -> Result<Vec<Uuid>, Error> {
    let mut sellers: Vec<Uuid> =
        sqlx::query_scalar("DELETE FROM freed_place WHERE organization_id = $1 RETURNING seller_id")
            .bind(organization.0)
            .fetch_all(conn)
            .instrument(statement::span::of("freed_places.claim"))
            .await?;
    sellers.sort_unstable();
    sellers.dedup();
    Ok(sellers)
}
