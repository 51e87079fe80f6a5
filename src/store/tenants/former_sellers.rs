//! Sellers who leave, and those who have left. Their rows stay, because history and closed
//! activities name them.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::caller::Role;
use crate::domain::history::HistoryKind;
use crate::domain::seller::Seller;
use crate::store::{Error, statement};

/// The fields of a seller that are erased with it.
pub const ERASED: [&str; 2] = ["email", "attributes"];

/// Marks a seller as deleted, and forgets what is known of the person but the name, even the views
/// that the person saved. The row must be locked.
pub async fn delete(conn: &mut PgConnection, seller: &Seller, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("DELETE FROM saved_view WHERE organization_id = $1 AND owner_id = $2")
        .bind(seller.organization.0)
        .bind(seller.id.0)
        .execute(&mut *conn)
        .instrument(statement::span::of("sellers.delete"))
        .await?;

    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE seller SET delete_time = $3, email = '', assign_records = false, calendar_id = NULL,
           max_capacity = NULL, attributes = '{}', version = version + 1
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(seller.organization.0)
    .bind(seller.id.0)
    .bind(now)
    .fetch_optional(&mut *conn)
    .instrument(statement::span::of("sellers.delete"))
    .await?;
    statement::reading::check_written(written, "seller", seller.id.0)?;
    erase_audit(conn, seller).await
}

/// Erases what the audit tells of a person.
async fn erase_audit(conn: &mut PgConnection, seller: &Seller) -> Result<(), Error> {
    sqlx::query(
        "UPDATE history
         SET detail = detail #- '{audit,before,email}' #- '{audit,after,email}'
           #- '{audit,before,attributes}' #- '{audit,after,attributes}'
         WHERE organization_id = $1 AND subject_id = $2 AND kind = $3",
    )
    .bind(seller.organization.0)
    .bind(seller.id.0)
    .bind(HistoryKind::AdministrativeWrite as i16)
    .execute(conn)
    .instrument(statement::span::of("sellers.erase_audit"))
    .await?;
    Ok(())
}

/// Returns the keys of the teams and rules that list a seller, and of the seller's API keys.
pub async fn holders(conn: &mut PgConnection, seller: &Seller) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar(
        "SELECT id FROM team WHERE organization_id = $1 AND $2 = ANY (member_ids)
         UNION ALL
         SELECT id FROM assignment_rule WHERE organization_id = $1 AND $2 = ANY (listed_seller_ids)
         UNION ALL
         SELECT id FROM api_key WHERE organization_id = $1 AND seller_id = $2",
    )
    .bind(seller.organization.0)
    .bind(seller.id.0)
    .fetch_all(conn)
    .instrument(statement::span::of("sellers.holders"))
    .await?)
}

/// Lets a seller leave teams and the lists of rules, and revokes its keys. A rule that lists nobody
/// else and the last key of an administrator that never expires stay as they are. Returns what
/// changed. The organization must be locked.
pub async fn release(
    conn: &mut PgConnection,
    seller: &Seller,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar(include_str!("../sql/seller_release.sql"))
        .bind(seller.organization.0)
        .bind(seller.id.0)
        .bind(now)
        .bind(Role::SystemAdministrator.as_str())
        .fetch_all(conn)
        .instrument(statement::span::of("sellers.release"))
        .await?)
}

/// Returns what keeps a seller from being deleted: resources by name, and counts in words. With
/// `force`, steps that give records to the seller don't.
pub async fn users(conn: &mut PgConnection, seller: &Seller, force: bool) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar(include_str!("../sql/seller_users.sql"))
        .bind(seller.organization.0)
        .bind(seller.id.0)
        .bind(seller.seller_id.as_str())
        .bind(force)
        .fetch_all(conn)
        .instrument(statement::span::of("sellers.users"))
        .await?)
}
