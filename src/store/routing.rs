//! The lock under which an organization's records are routed.

use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;
use crate::domain::id::OrganizationId;

/// Waits for an organization's routing row and locks it until the end of the transaction.
pub async fn lock(conn: &mut PgConnection, organization: OrganizationId) -> Result<(), Error> {
    sqlx::query("SELECT organization_id FROM routing WHERE organization_id = $1 FOR UPDATE")
        .bind(organization.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Locks an organization's routing row, unless somebody routes there: then says false.
pub async fn try_lock(conn: &mut PgConnection, organization: OrganizationId) -> Result<bool, Error> {
    let locked: Option<Uuid> = sqlx::query_scalar(
        "SELECT organization_id FROM routing WHERE organization_id = $1 FOR UPDATE SKIP LOCKED",
    )
    .bind(organization.0)
    .fetch_optional(conn)
    .await?;
    Ok(locked.is_some())
}
