//! Webhooks, their cursors and leases, and the events that they gave up.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::event_filter::EventFilter;
use crate::domain::history::HistoryKind;
use crate::domain::id::{ChosenId, OrganizationId, WebhookId};
use crate::domain::webhook::{Progress, Target, Webhook};
use crate::store::statement::reading::check_written;
use crate::store::{Error, Portion, statement};

/// A webhook of an organization.
pub type WebhookKey = (OrganizationId, WebhookId);

/// The columns of a webhook.
macro_rules! columns {
    () => {
        "organization_id, id, webhook_id, url, kinds, disabled, position, attempts, last_error,
         next_attempt_time, version, create_time, update_time"
    };
}

const CHOSEN_ID: &str = "webhook_id";

/// Adds a webhook with its secret. False, and nothing is added, if its id is taken.
pub async fn insert(conn: &mut PgConnection, webhook: &Webhook, secret: &str) -> Result<bool, Error> {
    let inserted: Option<Uuid> = sqlx::query_scalar(
        "INSERT INTO webhook (organization_id, id, webhook_id, url, kinds, disabled, secret, position,
           attempts, last_error, version, create_time, update_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '', $9, $10, $10)
         ON CONFLICT (organization_id, webhook_id) DO NOTHING RETURNING id",
    )
    .bind(webhook.organization.0)
    .bind(webhook.id.0)
    .bind(webhook.webhook_id.as_str())
    .bind(&webhook.target.url)
    .bind(kinds(&webhook.target.filter))
    .bind(webhook.target.disabled)
    .bind(secret)
    .bind(webhook.progress.position)
    .bind(webhook.version)
    .bind(webhook.create_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("webhooks.insert"))
    .await?;

    Ok(inserted.is_some())
}

/// Counts the webhooks of an organization.
pub async fn count(conn: &mut PgConnection, organization: OrganizationId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar("SELECT count(*) FROM webhook WHERE organization_id = $1")
        .bind(organization.0)
        .fetch_one(conn)
        .instrument(statement::span::of("webhooks.count"))
        .await?)
}

/// Returns a webhook by its chosen id.
pub async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    webhook_id: &str,
) -> Result<Option<Webhook>, Error> {
    statement::reading::find::<Row, _>(conn, select(organization), CHOSEN_ID, webhook_id).await
}

/// Returns webhooks in the order of their chosen ids, those after `after`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    after: Option<&str>,
    limit: i64,
) -> Result<Portion<Webhook>, Error> {
    statement::reading::page::<Row, _>(conn, select(organization), CHOSEN_ID, after, limit).await
}

/// Locks a webhook.
pub async fn lock(
    conn: &mut PgConnection,
    organization: OrganizationId,
    webhook_id: &str,
) -> Result<Option<Webhook>, Error> {
    let strength = "FOR NO KEY UPDATE";
    statement::reading::lock::<Row, _>(conn, select(organization), CHOSEN_ID, webhook_id, strength).await
}

fn select(organization: OrganizationId) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(columns!()).push(" FROM webhook WHERE organization_id = ").push_bind(organization.0);
    query
}

/// Saves what a caller changed. The failures of before are forgotten, and whoever is sending stops.
/// The webhook must be locked.
pub async fn update(conn: &mut PgConnection, webhook: &Webhook) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE webhook SET url = $3, kinds = $4, disabled = $5, version = $6, update_time = $7,
           attempts = 0, last_error = '', next_attempt_time = NULL, lease_id = NULL,
           lease_expire_time = NULL
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(webhook.organization.0)
    .bind(webhook.id.0)
    .bind(&webhook.target.url)
    .bind(kinds(&webhook.target.filter))
    .bind(webhook.target.disabled)
    .bind(webhook.version)
    .bind(webhook.update_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("webhooks.update"))
    .await?;

    check_written(written, "webhook", webhook.id.0)
}

/// Gives a webhook another secret. The one before signs, too, until then. Whoever is sending loses
/// the lease, because it signs with the secrets of before. The webhook must be locked.
pub async fn rotate_secret(
    conn: &mut PgConnection,
    webhook: &Webhook,
    secret: &str,
    until: DateTime<Utc>,
) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE webhook SET old_secret = secret, old_secret_expire_time = $4, secret = $3,
           lease_id = NULL, lease_expire_time = NULL, version = $5, update_time = $6
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(webhook.organization.0)
    .bind(webhook.id.0)
    .bind(secret)
    .bind(until)
    .bind(webhook.version)
    .bind(webhook.update_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("webhooks.rotate_secret"))
    .await?;

    check_written(written, "webhook", webhook.id.0)
}

/// Deletes a webhook with the events that it gave up.
pub async fn delete(conn: &mut PgConnection, (organization, id): WebhookKey) -> Result<(), Error> {
    // The deliveries first: without their webhook nobody could find them.
    for statement in [
        "DELETE FROM webhook_delivery WHERE organization_id = $1 AND webhook_id = $2",
        "DELETE FROM webhook WHERE organization_id = $1 AND id = $2",
    ] {
        sqlx::query(statement)
            .bind(organization.0)
            .bind(id.0)
            .execute(&mut *conn)
            .instrument(statement::span::of("webhooks.delete"))
            .await?;
    }
    Ok(())
}

/// Returns the webhooks that have something to send by `now`, those that wait longest first.
pub async fn due(conn: &mut PgConnection, now: DateTime<Utc>, limit: i64) -> Result<Vec<WebhookKey>, Error> {
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT webhook.organization_id, webhook.id
         FROM webhook JOIN publication ON publication.organization_id = webhook.organization_id
         JOIN organization ON organization.organization_id = webhook.organization_id
         WHERE NOT webhook.disabled AND publication.active AND organization.suspend_time IS NULL
           AND (webhook.lease_expire_time IS NULL OR webhook.lease_expire_time <= $1)
           AND (webhook.position < publication.head
               AND (webhook.next_attempt_time IS NULL OR webhook.next_attempt_time <= $1)
             OR EXISTS (SELECT FROM webhook_delivery
               WHERE webhook_delivery.organization_id = webhook.organization_id
                 AND webhook_delivery.webhook_id = webhook.id
                 AND webhook_delivery.retry_time <= $1))
         ORDER BY webhook.turn_time NULLS FIRST, webhook.organization_id, webhook.id LIMIT $2",
    )
    .bind(now)
    .bind(limit)
    .fetch_all(conn)
    .instrument(statement::span::of("webhooks.due"))
    .await?;

    Ok(rows.into_iter().map(|(organization, id)| (OrganizationId(organization), WebhookId(id))).collect())
}

/// Returns the earliest instant at which a webhook tries again, or its lease is lost.
pub async fn next_due(conn: &mut PgConnection) -> Result<Option<DateTime<Utc>>, Error> {
    Ok(sqlx::query_scalar(
        "SELECT min(GREATEST(webhook.next_attempt_time, webhook.lease_expire_time))
         FROM webhook JOIN publication ON publication.organization_id = webhook.organization_id
         JOIN organization ON organization.organization_id = webhook.organization_id
         WHERE NOT webhook.disabled AND publication.active
           AND organization.suspend_time IS NULL AND webhook.position < publication.head",
    )
    .fetch_one(conn)
    .instrument(statement::span::of("webhooks.next_due"))
    .await?)
}

/// The right of one server to send the events of a webhook.
#[derive(Clone)]
pub struct Lease {
    /// Its id.
    pub id: Uuid,
    /// When others may take it.
    pub expire_time: DateTime<Utc>,
}

/// A webhook with the secrets that sign.
pub struct Claimed {
    /// The webhook.
    pub webhook: Webhook,
    /// The secrets that are valid. They must not get into a log.
    pub secrets: Vec<String>,
}

/// Returns a webhook by its chosen id, with the secrets that sign, without its lease.
pub async fn signing(
    conn: &mut PgConnection,
    organization: OrganizationId,
    webhook_id: &str,
    now: DateTime<Utc>,
) -> Result<Option<Claimed>, Error> {
    let statement = concat!(
        "SELECT secret, old_secret, old_secret_expire_time, ",
        columns!(),
        " FROM webhook WHERE organization_id = $1 AND webhook_id = $2"
    );
    let row: Option<ClaimedRow> = sqlx::query_as(statement)
        .bind(organization.0)
        .bind(webhook_id)
        .fetch_optional(conn)
        .instrument(statement::span::of("webhooks.signing"))
        .await?;
    row.map(|row| row.claimed(now)).transpose()
}

/// Takes the lease of a webhook. `None` if another server has it, or nothing is to be sent.
pub async fn claim(
    conn: &mut PgConnection,
    (organization, id): WebhookKey,
    lease: &Lease,
    now: DateTime<Utc>,
) -> Result<Option<Claimed>, Error> {
    let statement = concat!(
        "UPDATE webhook SET lease_id = $3, lease_expire_time = $4, turn_time = $5
         WHERE organization_id = $1 AND id = $2 AND NOT disabled
           AND (lease_expire_time IS NULL OR lease_expire_time <= $5)
         RETURNING secret, old_secret, old_secret_expire_time, ",
        columns!()
    );
    let row: Option<ClaimedRow> = sqlx::query_as(statement)
        .bind(organization.0)
        .bind(id.0)
        .bind(lease.id)
        .bind(lease.expire_time)
        .bind(now)
        .fetch_optional(conn)
        .instrument(statement::span::of("webhooks.claim"))
        .await?;

    row.map(|row| row.claimed(now)).transpose()
}

/// Saves how the sending went, and renews the lease. False, and nothing is saved, if it was lost.
pub async fn save_progress(
    conn: &mut PgConnection,
    (organization, id): WebhookKey,
    lease: &Lease,
    progress: &Progress,
    disables: bool,
) -> Result<bool, Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE webhook SET position = $4, attempts = $5, last_error = $6, next_attempt_time = $7,
           disabled = disabled OR $8, lease_expire_time = $9
         WHERE organization_id = $1 AND id = $2 AND lease_id = $3 RETURNING id",
    )
    .bind(organization.0)
    .bind(id.0)
    .bind(lease.id)
    .bind(progress.position)
    .bind(progress.attempts)
    .bind(&progress.last_error)
    .bind(progress.next_attempt)
    .bind(disables)
    .bind(lease.expire_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("webhooks.save_progress"))
    .await?;

    Ok(written.is_some())
}

/// Gives a lease back.
pub async fn release(
    conn: &mut PgConnection,
    (organization, id): WebhookKey,
    lease: &Lease,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE webhook SET lease_id = NULL, lease_expire_time = NULL
         WHERE organization_id = $1 AND id = $2 AND lease_id = $3",
    )
    .bind(organization.0)
    .bind(id.0)
    .bind(lease.id)
    .execute(conn)
    .instrument(statement::span::of("webhooks.release"))
    .await?;

    Ok(())
}

fn kinds(filter: &EventFilter) -> Vec<i16> {
    filter.kinds().unwrap_or_default().iter().map(|kind| *kind as i16).collect()
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    webhook_id: String,
    url: String,
    kinds: Vec<i16>,
    disabled: bool,
    position: i64,
    attempts: i32,
    last_error: String,
    next_attempt_time: Option<DateTime<Utc>>,
    version: i64,
    create_time: DateTime<Utc>,
    update_time: DateTime<Utc>,
}

#[derive(FromRow)]
struct ClaimedRow {
    secret: String,
    old_secret: Option<String>,
    old_secret_expire_time: Option<DateTime<Utc>>,
    #[sqlx(flatten)]
    webhook: Row,
}

impl ClaimedRow {
    fn claimed(self, now: DateTime<Utc>) -> Result<Claimed, Error> {
        // A secret whose overlap is over signs nothing more.
        let old = self.old_secret.filter(|_| self.old_secret_expire_time.is_some_and(|end| now < end));
        let secrets = [Some(self.secret), old].into_iter().flatten().collect();
        Ok(Claimed { webhook: self.webhook.try_into()?, secrets })
    }
}

impl TryFrom<Row> for Webhook {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let inconsistent = |column| Error::Inconsistent { table: "webhook", column, id: row.id };
        let kinds: Option<Vec<HistoryKind>> =
            row.kinds.iter().map(|kind| HistoryKind::from_repr(*kind)).collect();
        let filter = EventFilter::of(kinds.ok_or_else(|| inconsistent("kinds"))?);

        Ok(Self {
            organization: OrganizationId(row.organization_id),
            id: WebhookId(row.id),
            webhook_id: ChosenId::new(&row.webhook_id).map_err(|_| inconsistent("webhook_id"))?,
            target: Target { url: row.url, filter, disabled: row.disabled },
            progress: Progress {
                position: row.position,
                attempts: row.attempts,
                last_error: row.last_error,
                next_attempt: row.next_attempt_time,
            },
            version: row.version,
            create_time: row.create_time,
            update_time: row.update_time,
        })
    }
}
