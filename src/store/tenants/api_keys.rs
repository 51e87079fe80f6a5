//! API keys, which identify callers and their roles. Only hashes of secrets are stored.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::api_key::ApiKey;
use crate::domain::caller::Role;
use crate::domain::id::{KeyId, OrganizationId, SellerId};
use crate::store::Error;
use crate::store::statement;
use crate::store::statement::columns::column;

/// Adds a key.
pub async fn insert(conn: &mut PgConnection, key: &ApiKey, secret_hash: &[u8]) -> Result<(), Error> {
    let roles: Vec<&str> = key.roles.iter().map(|role| role.as_str()).collect();
    sqlx::query(
        "INSERT INTO api_key (organization_id, id, secret_hash, display_name, roles, seller_id,
           create_time, expire_time, revoke_time, last_use_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
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
    .bind(key.last_use_time)
    .execute(conn)
    .instrument(statement::span::of("api_keys.insert"))
    .await?;

    Ok(())
}

/// An organization and the hash of a secret. A caller claims that one of the organization's keys
/// has this secret.
pub type SecretKey = (OrganizationId, [u8; 32]);

/// A key, and whether its organization is suspended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownKey {
    /// The key.
    pub key: ApiKey,
    /// True if no call is accepted now.
    pub suspended: bool,
}

/// Finds the keys whose secrets have these hashes. Unknown hashes are absent.
pub async fn find_by_secrets(
    conn: &mut PgConnection,
    secrets: &[SecretKey],
) -> Result<HashMap<SecretKey, KnownKey>, Error> {
    // Only these shards are asked: while another one is away, its keys aren't missed.
    let organizations: BTreeSet<Uuid> = secrets.iter().map(|(organization, _)| organization.0).collect();
    let rows: Vec<SecretRow> = sqlx::query_as(
        "SELECT api_key.organization_id, api_key.id, api_key.display_name, api_key.roles,
           api_key.seller_id, api_key.create_time, api_key.expire_time, api_key.revoke_time,
           api_key.last_use_time, api_key.secret_hash, organization.suspend_time IS NOT NULL AS suspended
         FROM unnest($1::uuid[], $2::bytea[]) AS item (organization_id, secret_hash)
         JOIN api_key ON api_key.organization_id = item.organization_id
           AND api_key.secret_hash = item.secret_hash
         JOIN organization ON organization.organization_id = item.organization_id
         WHERE api_key.organization_id = ANY ($3) AND organization.organization_id = ANY ($3)
         ORDER BY api_key.organization_id, api_key.id",
    )
    .bind(column(secrets, |(organization, _)| organization.0))
    .bind(column(secrets, |(_, hash)| hash.as_slice()))
    .bind(Vec::from_iter(organizations))
    .fetch_all(conn)
    .instrument(statement::span::of("api_keys.find_by_secrets"))
    .await?;

    rows.into_iter().map(SecretRow::keyed).collect()
}

/// Reads a key.
pub async fn get(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: KeyId,
) -> Result<Option<ApiKey>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT organization_id, id, display_name, roles, seller_id, create_time, expire_time,
           revoke_time, last_use_time
         FROM api_key WHERE organization_id = $1 AND id = $2",
    )
    .bind(organization.0)
    .bind(id.0)
    .fetch_optional(conn)
    .instrument(statement::span::of("api_keys.get"))
    .await?;

    row.map(ApiKey::try_from).transpose()
}

/// Reads keys of any organizations, ordered by organization and key. Unknown keys are absent.
pub async fn of(conn: &mut PgConnection, keys: &[(OrganizationId, KeyId)]) -> Result<Vec<KnownKey>, Error> {
    let rows: Vec<KnownRow> = sqlx::query_as(
        "SELECT api_key.organization_id, api_key.id, api_key.display_name, api_key.roles,
           api_key.seller_id, api_key.create_time, api_key.expire_time, api_key.revoke_time,
           api_key.last_use_time, organization.suspend_time IS NOT NULL AS suspended
         FROM unnest($1::uuid[], $2::uuid[]) AS asked (organization_id, id)
         JOIN api_key ON api_key.organization_id = asked.organization_id AND api_key.id = asked.id
         JOIN organization ON organization.organization_id = asked.organization_id
         ORDER BY api_key.organization_id, api_key.id",
    )
    .bind(column(keys, |(organization, _)| organization.0))
    .bind(column(keys, |(_, id)| id.0))
    .fetch_all(conn)
    .instrument(statement::span::of("api_keys.of"))
    .await?;

    rows.into_iter().map(KnownKey::try_from).collect()
}

/// Returns at most `limit` keys, newest first, after `after`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    after: Option<KeyId>,
    limit: i64,
) -> Result<Vec<ApiKey>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT organization_id, id, display_name, roles, seller_id, create_time, expire_time,
           revoke_time, last_use_time
         FROM api_key WHERE organization_id = $1 AND ($2::uuid IS NULL OR id < $2)
         ORDER BY id DESC LIMIT $3",
    )
    .bind(organization.0)
    .bind(after.map(|key| key.0))
    .bind(limit)
    .fetch_all(conn)
    .instrument(statement::span::of("api_keys.page"))
    .await?;

    rows.into_iter().map(ApiKey::try_from).collect()
}

/// Whether this key is the only one of an administrator that works and never expires. Lock the
/// organization first.
pub async fn is_last_for_good(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: KeyId,
) -> Result<bool, Error> {
    let last: Option<bool> = sqlx::query_scalar(
        "SELECT count(*) = 1 AND bool_and(id = $2) FROM api_key
         WHERE organization_id = $1 AND roles @> ARRAY[$3]
           AND expire_time IS NULL AND revoke_time IS NULL",
    )
    .bind(organization.0)
    .bind(id.0)
    .bind(Role::SystemAdministrator.as_str())
    .fetch_one(conn)
    .instrument(statement::span::of("api_keys.is_last_for_good"))
    .await?;

    Ok(last.unwrap_or(false))
}

/// Revokes a key. A key that is already revoked keeps its time. Returns false if there is no such
/// key.
pub async fn revoke(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: KeyId,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let revoked: Option<Uuid> = sqlx::query_scalar(
        "UPDATE api_key SET revoke_time = coalesce(revoke_time, $3)
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(organization.0)
    .bind(id.0)
    .bind(now)
    .fetch_optional(conn)
    .instrument(statement::span::of("api_keys.revoke"))
    .await?;

    Ok(revoked.is_some())
}

/// Lets a key expire. Returns false if there is no such key.
pub async fn end(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: KeyId,
    expire_time: DateTime<Utc>,
) -> Result<bool, Error> {
    let ended: Option<Uuid> = sqlx::query_scalar(
        "UPDATE api_key SET expire_time = $3
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(organization.0)
    .bind(id.0)
    .bind(expire_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("api_keys.end"))
    .await?;

    Ok(ended.is_some())
}

/// A use of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUse {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The key.
    pub key: KeyId,
    /// When it was used.
    pub at: DateTime<Utc>,
}

/// Notes the last uses of keys of one organization, one of each. Passes over keys that another
/// server is writing now: it writes nearly the same time.
pub async fn note_uses(conn: &mut PgConnection, uses: &[KeyUse]) -> Result<(), Error> {
    sqlx::query(
        "UPDATE api_key SET last_use_time = used.at
         FROM (
           SELECT api_key.organization_id, api_key.id, item.at
           FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS item (organization_id, id, at)
           JOIN api_key ON api_key.organization_id = item.organization_id AND api_key.id = item.id
           WHERE (api_key.last_use_time IS NULL OR api_key.last_use_time < item.at)
             AND one_shard(item.organization_id, $1[1])
           ORDER BY api_key.organization_id, api_key.id
           FOR NO KEY UPDATE OF api_key SKIP LOCKED
         ) AS used
         WHERE api_key.organization_id = used.organization_id AND api_key.id = used.id
           AND one_shard(api_key.organization_id, $1[1])",
    )
    .bind(column(uses, |one| one.organization.0))
    .bind(column(uses, |one| one.key.0))
    .bind(column(uses, |one| one.at))
    .execute(conn)
    .instrument(statement::span::of("api_keys.note_uses"))
    .await?;

    Ok(())
}

#[derive(FromRow)]
struct SecretRow {
    #[sqlx(flatten)]
    known: KnownRow,
    secret_hash: Vec<u8>,
}

#[derive(FromRow)]
struct KnownRow {
    #[sqlx(flatten)]
    key: Row,
    suspended: bool,
}

impl SecretRow {
    fn keyed(self) -> Result<(SecretKey, KnownKey), Error> {
        let id = self.known.key.id;
        let inconsistent = Error::Inconsistent { table: "api_key", column: "secret_hash", id };
        let hash = self.secret_hash.try_into().map_err(|_| inconsistent)?;
        let known = KnownKey::try_from(self.known)?;
        Ok(((known.key.organization, hash), known))
    }
}

impl TryFrom<KnownRow> for KnownKey {
    type Error = Error;

    fn try_from(row: KnownRow) -> Result<Self, Error> {
        Ok(Self { key: row.key.try_into()?, suspended: row.suspended })
    }
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
    last_use_time: Option<DateTime<Utc>>,
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
            last_use_time: row.last_use_time,
        })
    }
}
