//! The events that webhooks gave up.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{OrganizationId, WebhookDeliveryId};
use crate::domain::webhook::Delivery;
use crate::store::webhooks::WebhookKey;
use crate::store::{Error, statement};

/// Keeps an event that was given up.
pub async fn insert(
    conn: &mut PgConnection,
    (organization, webhook): WebhookKey,
    delivery: &Delivery,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO webhook_delivery (organization_id, id, webhook_id, position, attempts, last_error,
           create_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(organization.0)
    .bind(delivery.id.0)
    .bind(webhook.0)
    .bind(delivery.position)
    .bind(delivery.attempts)
    .bind(&delivery.last_error)
    .bind(delivery.create_time)
    .execute(conn)
    .instrument(statement::span::of("webhook_deliveries.insert"))
    .await?;

    Ok(())
}

/// Returns the events that a webhook gave up, the oldest first, those after `after`.
pub async fn page(
    conn: &mut PgConnection,
    (organization, webhook): WebhookKey,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Delivery>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, position, attempts, last_error, create_time, retry_time FROM webhook_delivery
         WHERE organization_id = $1 AND webhook_id = $2 AND ($3::uuid IS NULL OR id > $3)
         ORDER BY id LIMIT $4",
    )
    .bind(organization.0)
    .bind(webhook.0)
    .bind(after)
    .bind(limit)
    .fetch_all(conn)
    .instrument(statement::span::of("webhook_deliveries.page"))
    .await?;

    Ok(rows.into_iter().map(Delivery::from).collect())
}

/// Returns those that are to be sent again by `now`, the oldest first.
pub async fn to_retry(
    conn: &mut PgConnection,
    (organization, webhook): WebhookKey,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Delivery>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, position, attempts, last_error, create_time, retry_time FROM webhook_delivery
         WHERE organization_id = $1 AND webhook_id = $2 AND retry_time <= $3 ORDER BY id LIMIT $4",
    )
    .bind(organization.0)
    .bind(webhook.0)
    .bind(now)
    .bind(limit)
    .fetch_all(conn)
    .instrument(statement::span::of("webhook_deliveries.to_retry"))
    .await?;

    Ok(rows.into_iter().map(Delivery::from).collect())
}

/// Asks for another attempt. False if there is no such delivery.
pub async fn retry(
    conn: &mut PgConnection,
    (organization, webhook): WebhookKey,
    id: WebhookDeliveryId,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let found: Option<Uuid> = sqlx::query_scalar(
        "UPDATE webhook_delivery SET retry_time = $4
         WHERE organization_id = $1 AND webhook_id = $2 AND id = $3 RETURNING id",
    )
    .bind(organization.0)
    .bind(webhook.0)
    .bind(id.0)
    .bind(now)
    .fetch_optional(conn)
    .instrument(statement::span::of("webhook_deliveries.retry"))
    .await?;

    Ok(found.is_some())
}

/// Notes that another attempt failed.
pub async fn note_failure(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: WebhookDeliveryId,
    error: &str,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE webhook_delivery SET attempts = attempts + 1, last_error = $3, retry_time = NULL
         WHERE organization_id = $1 AND id = $2",
    )
    .bind(organization.0)
    .bind(id.0)
    .bind(error)
    .execute(conn)
    .instrument(statement::span::of("webhook_deliveries.note_failure"))
    .await?;

    Ok(())
}

/// Forgets one that has arrived.
pub async fn delete(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: WebhookDeliveryId,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM webhook_delivery WHERE organization_id = $1 AND id = $2")
        .bind(organization.0)
        .bind(id.0)
        .execute(conn)
        .instrument(statement::span::of("webhook_deliveries.delete"))
        .await?;
    Ok(())
}

/// Forgets what was given up before a time, and isn't to be sent again, of organizations that
/// aren't suspended: some `limit` of them, the oldest first. Returns how many.
pub async fn purge(conn: &mut PgConnection, before: DateTime<Utc>, limit: i64) -> Result<u64, Error> {
    // See sql/request_purge.sql.
    let purged = sqlx::query(
        "DELETE FROM webhook_delivery WHERE create_time < $1 AND retry_time IS NULL
           AND EXISTS (
             SELECT FROM organization
             WHERE organization.organization_id = webhook_delivery.organization_id AND suspend_time IS NULL)
           AND create_time <= (
             SELECT max(old.create_time) FROM (
               SELECT delivery.create_time FROM webhook_delivery AS delivery
               JOIN organization ON organization.organization_id = delivery.organization_id
               WHERE delivery.create_time < $1 AND delivery.retry_time IS NULL
                 AND organization.suspend_time IS NULL
               ORDER BY delivery.create_time LIMIT $2) AS old)",
    )
    .bind(before)
    .bind(limit)
    .execute(conn)
    .instrument(statement::span::of("webhook_deliveries.purge"))
    .await?;

    Ok(purged.rows_affected())
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    position: i64,
    attempts: i32,
    last_error: String,
    create_time: DateTime<Utc>,
    retry_time: Option<DateTime<Utc>>,
}

impl From<Row> for Delivery {
    fn from(row: Row) -> Self {
        let Row { id, position, attempts, last_error, create_time, retry_time } = row;
        Self { id: WebhookDeliveryId(id), position, attempts, last_error, create_time, retry_time }
    }
}
