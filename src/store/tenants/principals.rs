//! Principals: the subjects of tokens who have called, and what the database knows of a token.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{ChosenId, KeyId, OrganizationId, SellerId};
use crate::domain::principal::Principal;
use crate::store::Error;
use crate::store::statement;
use crate::store::statement::columns::column;

/// What a token claims: a principal of an organization, who may be one of its sellers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Claimed {
    /// The organization.
    pub organization: OrganizationId,
    /// The principal.
    pub principal: KeyId,
    /// The seller.
    pub seller: Option<ChosenId>,
}

/// What the database knows of a claim. The organization exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether the organization is suspended.
    pub suspended: bool,
    /// Whether the principal has called before.
    pub known: bool,
    /// The seller; `None` if the organization has no such seller, or none was claimed.
    pub seller: Option<SellerId>,
}

/// Adds a principal, unless it was added before.
pub async fn insert(conn: &mut PgConnection, principal: &Principal, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO principal (organization_id, id, issuer, subject, create_time)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organization_id, id) DO NOTHING",
    )
    .bind(principal.organization.0)
    .bind(principal.id.0)
    .bind(&principal.issuer)
    .bind(&principal.subject)
    .bind(now)
    .execute(conn)
    .instrument(statement::span::of("principals.insert"))
    .await?;
    Ok(())
}

/// Returns what is known of claims. Those of unknown organizations are absent.
pub async fn standings(
    conn: &mut PgConnection,
    claims: &[Claimed],
) -> Result<HashMap<Claimed, Standing>, Error> {
    let seller = |claimed: &Claimed| claimed.seller.as_ref().map(|id| id.as_str().to_owned());
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT item.organization_id, item.id, item.seller_id, principal.id IS NOT NULL AS known,
           organization.suspend_time IS NOT NULL AS suspended, seller.id AS seller
         FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS item (organization_id, id, seller_id)
         JOIN organization ON organization.organization_id = item.organization_id
         LEFT JOIN principal ON principal.organization_id = item.organization_id
           AND principal.id = item.id
         LEFT JOIN seller ON seller.organization_id = item.organization_id
           AND seller.seller_id = item.seller_id AND seller.delete_time IS NULL
         WHERE one_shard(item.organization_id, $1[1])
         ORDER BY item.organization_id, item.id",
    )
    .bind(column(claims, |claimed| claimed.organization.0))
    .bind(column(claims, |claimed| claimed.principal.0))
    .bind(column(claims, seller))
    .fetch_all(conn)
    .instrument(statement::span::of("principals.standings"))
    .await?;

    Ok(rows.into_iter().map(Row::keyed).collect())
}

/// Returns the subjects of principals, by key. Keys of API keys are absent.
pub async fn subjects(
    conn: &mut PgConnection,
    organization: OrganizationId,
    keys: &[Uuid],
) -> Result<HashMap<KeyId, String>, Error> {
    // Usually all callers have API keys.
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String)> = sqlx::query_as(
        "SELECT id, subject FROM principal WHERE organization_id = $1 AND id = ANY ($2) ORDER BY id",
    )
    .bind(organization.0)
    .bind(keys)
    .fetch_all(conn)
    .instrument(statement::span::of("principals.subjects"))
    .await?;

    Ok(rows.into_iter().map(|(key, subject)| (KeyId(key), subject)).collect())
}

/// Returns the keys of the principals with this subject, whoever issued their tokens.
pub async fn of_subject(
    conn: &mut PgConnection,
    organization: OrganizationId,
    subject: &str,
) -> Result<Vec<KeyId>, Error> {
    let keys: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM principal WHERE organization_id = $1 AND subject = $2 ORDER BY id",
    )
    .bind(organization.0)
    .bind(subject)
    .fetch_all(conn)
    .instrument(statement::span::of("principals.of_subject"))
    .await?;
    Ok(keys.into_iter().map(KeyId).collect())
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    seller_id: Option<String>,
    known: bool,
    suspended: bool,
    seller: Option<Uuid>,
}

impl Row {
    fn keyed(self) -> (Claimed, Standing) {
        let claimed = Claimed {
            organization: OrganizationId(self.organization_id),
            principal: KeyId(self.id),
            seller: self.seller_id.map(ChosenId::known),
        };
        (
            claimed,
            Standing { suspended: self.suspended, known: self.known, seller: self.seller.map(SellerId) },
        )
    }
}
