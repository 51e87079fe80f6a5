//! Organizations: their settings, and the epoch that invalidates caches of definitions.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::OrganizationId;
use crate::domain::seller_attributes::SellerAttributes;
use crate::domain::settings::Settings;
use crate::store::{Error, statement};

/// A tenant.
#[derive(Clone, Debug, PartialEq)]
pub struct Organization {
    /// Its key.
    pub id: OrganizationId,
    /// Its name for people.
    pub display_name: String,
    /// Its limits and phone outcomes.
    pub settings: Settings,
    /// The attributes that its sellers can have.
    pub seller_attributes: SellerAttributes,
    /// Increases with each change of definitions.
    pub definition_epoch: i64,
    /// Increases with each change of this row.
    pub version: i64,
    /// When it was created.
    pub create_time: DateTime<Utc>,
    /// When it was last changed.
    pub update_time: DateTime<Utc>,
    /// Since when it is suspended, if it is.
    pub suspend_time: Option<DateTime<Utc>>,
}

/// Reads an organization.
pub async fn get(conn: &mut PgConnection, id: OrganizationId) -> Result<Option<Organization>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT organization_id, display_name, settings, definition_epoch, version, create_time,
           update_time, seller_attributes, suspend_time
         FROM organization WHERE organization_id = $1",
    )
    .bind(id.0)
    .fetch_optional(conn)
    .instrument(statement::span::of("organizations.get"))
    .await?;
    row.map(Organization::try_from).transpose()
}

/// Returns all organizations of all tenants, the oldest first. For operators only.
pub async fn all(conn: &mut PgConnection) -> Result<Vec<Organization>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT organization_id, display_name, settings, definition_epoch, version, create_time,
           update_time, seller_attributes, suspend_time
         FROM organization ORDER BY create_time, organization_id",
    )
    .fetch_all(conn)
    .instrument(statement::span::of("organizations.all"))
    .await?;
    rows.into_iter().map(Organization::try_from).collect()
}

/// Returns the settings of organizations, each with its current epoch. Unknown ids are absent.
pub async fn settings(
    conn: &mut PgConnection,
    ids: &[OrganizationId],
) -> Result<Vec<(OrganizationId, i64, Settings)>, Error> {
    let rows: Vec<(Uuid, i64, Value)> = sqlx::query_as(
        "SELECT organization_id, definition_epoch, settings FROM organization
         WHERE organization_id = ANY ($1) ORDER BY organization_id",
    )
    .bind(ids.iter().map(|id| id.0).collect::<Vec<_>>())
    .fetch_all(conn)
    .instrument(statement::span::of("organizations.settings"))
    .await?;

    let read = |(id, epoch, settings): (Uuid, i64, Value)| {
        let inconsistent = |_| Error::Inconsistent { table: "organization", column: "settings", id };
        Ok((OrganizationId(id), epoch, serde_json::from_value(settings).map_err(inconsistent)?))
    };

    rows.into_iter().map(read).collect()
}

/// Returns the organizations that have requests older than `before`.
pub async fn with_requests_before(
    conn: &mut PgConnection,
    before: DateTime<Utc>,
) -> Result<Vec<OrganizationId>, Error> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "SELECT organization_id FROM organization
         WHERE EXISTS (
           SELECT FROM request
           WHERE request.organization_id = organization.organization_id
             AND request.create_time < $1)
         ORDER BY organization_id",
    )
    .bind(before)
    .fetch_all(conn)
    .instrument(statement::span::of("organizations.with_requests_before"))
    .await?;

    Ok(ids.into_iter().map(OrganizationId).collect())
}

/// Reads an organization and locks it until the end of the transaction.
pub async fn lock(conn: &mut PgConnection, id: OrganizationId) -> Result<Organization, Error> {
    let row: Row = sqlx::query_as(
        "SELECT organization_id, display_name, settings, definition_epoch, version, create_time,
           update_time, seller_attributes, suspend_time
         FROM organization WHERE organization_id = $1 FOR NO KEY UPDATE",
    )
    .bind(id.0)
    .fetch_one(conn)
    .instrument(statement::span::of("organizations.lock"))
    .await?;
    row.try_into()
}

/// True if there is any organization. Only for local installations, because it looks at all
/// tenants.
pub async fn exist(conn: &mut PgConnection) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT FROM organization)")
        .fetch_one(conn)
        .instrument(statement::span::of("organizations.exist"))
        .await?)
}

/// Raises the epoch, which tells every cache that definitions have changed.
pub async fn raise_epoch(conn: &mut PgConnection, id: OrganizationId) -> Result<(), Error> {
    let raised: Option<Uuid> = sqlx::query_scalar(
        "UPDATE organization SET definition_epoch = definition_epoch + 1
         WHERE organization_id = $1 RETURNING organization_id",
    )
    .bind(id.0)
    .fetch_optional(conn)
    .instrument(statement::span::of("organizations.raise_epoch"))
    .await?;
    statement::reading::check_written(raised, "organization", id.0)
}

/// Adds an organization and its routing row.
pub async fn insert(conn: &mut PgConnection, organization: &Organization) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO organization (organization_id, display_name, settings, definition_epoch,
           version, create_time, update_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(organization.id.0)
    .bind(&organization.display_name)
    .bind(settings_value(&organization.settings))
    .bind(organization.definition_epoch)
    .bind(organization.version)
    .bind(organization.create_time)
    .bind(organization.update_time)
    .execute(&mut *conn)
    .instrument(statement::span::of("organizations.insert"))
    .await?;

    sqlx::query("INSERT INTO routing (organization_id) VALUES ($1)")
        .bind(organization.id.0)
        .execute(conn)
        .instrument(statement::span::of("organizations.insert"))
        .await?;
    Ok(())
}

/// Updates an organization. Its row must be locked.
pub async fn update(conn: &mut PgConnection, organization: &Organization) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE organization
         SET display_name = $2, settings = $3, definition_epoch = $4, version = $5, update_time = $6
         WHERE organization_id = $1 RETURNING organization_id",
    )
    .bind(organization.id.0)
    .bind(&organization.display_name)
    .bind(settings_value(&organization.settings))
    .bind(organization.definition_epoch)
    .bind(organization.version)
    .bind(organization.update_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("organizations.update"))
    .await?;

    statement::reading::check_written(written, "organization", organization.id.0)
}

/// Suspends an organization, unless it is suspended already, or ends its suspension (`None`).
/// Returns false if there is no such organization.
pub async fn set_suspended(
    conn: &mut PgConnection,
    id: OrganizationId,
    since: Option<DateTime<Utc>>,
) -> Result<bool, Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE organization
         SET suspend_time = CASE WHEN $2::timestamptz IS NULL THEN NULL ELSE coalesce(suspend_time, $2) END
         WHERE organization_id = $1 RETURNING organization_id",
    )
    .bind(id.0)
    .bind(since)
    .fetch_optional(conn)
    .instrument(statement::span::of("organizations.set_suspended"))
    .await?;

    Ok(written.is_some())
}

/// Saves the attributes that sellers can have. The organization's row must be locked.
pub async fn save_seller_attributes(
    conn: &mut PgConnection,
    organization: &Organization,
) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE organization SET seller_attributes = $2, version = $3, update_time = $4
         WHERE organization_id = $1 RETURNING organization_id",
    )
    .bind(organization.id.0)
    .bind(Json(&organization.seller_attributes))
    .bind(organization.version)
    .bind(organization.update_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("organizations.save_seller_attributes"))
    .await?;

    statement::reading::check_written(written, "organization", organization.id.0)
}

fn settings_value(settings: &Settings) -> Value {
    serde_json::to_value(settings).expect("settings are plain data")
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    display_name: String,
    settings: Value,
    seller_attributes: Value,
    definition_epoch: i64,
    version: i64,
    create_time: DateTime<Utc>,
    update_time: DateTime<Utc>,
    suspend_time: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Organization {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let id = row.organization_id;
        let inconsistent = |column| Error::Inconsistent { table: "organization", column, id };
        let settings = serde_json::from_value(row.settings).map_err(|_| inconsistent("settings"))?;
        let attributes = serde_json::from_value(row.seller_attributes);
        let seller_attributes = attributes.map_err(|_| inconsistent("seller_attributes"))?;

        Ok(Self {
            id: OrganizationId(id),
            display_name: row.display_name,
            settings,
            seller_attributes,
            definition_epoch: row.definition_epoch,
            version: row.version,
            create_time: row.create_time,
            update_time: row.update_time,
            suspend_time: row.suspend_time,
        })
    }
}
