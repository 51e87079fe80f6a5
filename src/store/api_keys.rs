//! API keys: who may call, and as whom. Only hashes of secrets are kept.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use super::Error;
use crate::domain::caller::{Caller, Role};
use crate::domain::id::{KeyId, OrganizationId, SellerId};

/// A key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// The tenant.
    pub organization: OrganizationId,
    /// Its key.
    pub id: KeyId,
    /// What it is for.
    pub display_name: String,
    /// What it allows.
    pub roles: Vec<Role>,
    /// The seller who acts with it.
    pub seller: Option<SellerId>,
    /// When it was made.
    pub create_time: DateTime<Utc>,
    /// When it stops working.
    pub expire_time: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoke_time: Option<DateTime<Utc>>,
}

impl ApiKey {
    /// The caller who comes with it, unless it has expired or was revoked.
    pub fn caller(&self, now: DateTime<Utc>) -> Option<Caller> {
        let works = self.revoke_time.is_none() && self.expire_time.is_none_or(|end| now < end);
        works.then(|| Caller {
            organization: self.organization,
            key: self.id,
            roles: self.roles.clone(),
            seller: self.seller,
        })
    }
}

/// Adds a key.
pub async fn insert(conn: &mut PgConnection, key: &ApiKey, secret_hash: &[u8]) -> Result<(), Error> {
    let roles: Vec<&str> = key.roles.iter().map(|role| role.as_str()).collect();
    sqlx::query(
        "INSERT INTO api_key (organization_id, id, secret_hash, display_name, roles, seller_id, create_time, expire_time, revoke_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(key.organization.0)
    .bind(key.id.0)
    .bind(secret_hash)
    .bind(&key.display_name)
    .bind(roles)
    .bind(key.seller.map(|seller| seller.0))
    .bind(key.create_time)
    .bind(key.expire_time)
    .bind(key.revoke_time)
    .execute(conn)
    .await?;
    Ok(())
}

/// Finds the key whose secret has this hash.
pub async fn find_by_secret(
    conn: &mut PgConnection,
    organization: OrganizationId,
    secret_hash: &[u8],
) -> Result<Option<ApiKey>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT organization_id, id, display_name, roles, seller_id, create_time, expire_time, revoke_time
         FROM api_key WHERE organization_id = $1 AND secret_hash = $2",
    )
    .bind(organization.0)
    .bind(secret_hash)
    .fetch_optional(conn)
    .await?;
    row.map(ApiKey::try_from).transpose()
}

/// Reads a key.
pub async fn get(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: KeyId,
) -> Result<Option<ApiKey>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT organization_id, id, display_name, roles, seller_id, create_time, expire_time, revoke_time
         FROM api_key WHERE organization_id = $1 AND id = $2",
    )
    .bind(organization.0)
    .bind(id.0)
    .fetch_optional(conn)
    .await?;
    row.map(ApiKey::try_from).transpose()
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    display_name: String,
    roles: Vec<String>,
    seller_id: Option<Uuid>,
    create_time: DateTime<Utc>,
    expire_time: Option<DateTime<Utc>>,
    revoke_time: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for ApiKey {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let inconsistent = |_| Error::Inconsistent { table: "api_key", column: "roles", id: row.id };
        let roles = row.roles.iter().map(|role| role.parse()).collect::<Result<_, String>>();
        Ok(Self {
            organization: OrganizationId(row.organization_id),
            id: KeyId(row.id),
            display_name: row.display_name,
            roles: roles.map_err(inconsistent)?,
            seller: row.seller_id.map(SellerId),
            create_time: row.create_time,
            expire_time: row.expire_time,
            revoke_time: row.revoke_time,
        })
    }
}
