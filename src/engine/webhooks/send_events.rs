//! What sending the events of webhooks writes: leases, how far it went, and what was given up.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::id::WebhookDeliveryId;
use crate::domain::webhook::{Delivery, Progress};
use crate::engine::{Engine, Error};
use crate::store::webhooks::{Claimed, Lease, WebhookKey};
use crate::store::{self, webhook_deliveries, webhooks};

/// How long a lease lasts since progress was saved last. Longer than that takes, with an attempt.
const LEASE: TimeDelta = TimeDelta::seconds(30);

impl Engine {
    /// Returns at most `limit` webhooks that have something to send.
    ///
    /// # Errors
    /// The database failed.
    pub async fn due_webhooks(&self, now: DateTime<Utc>, limit: i64) -> Result<Vec<WebhookKey>, Error> {
        Ok(webhooks::due(&mut *self.store().connection().await?, now, limit).await?)
    }

    /// Returns the earliest instant at which a webhook tries again.
    ///
    /// # Errors
    /// The database failed.
    pub async fn next_webhook(&self) -> Result<Option<DateTime<Utc>>, Error> {
        Ok(webhooks::next_due(&mut *self.store().connection().await?).await?)
    }

    /// Takes the lease of a webhook. `None` if another server has it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn claim_webhook(
        &self,
        key: WebhookKey,
        now: DateTime<Utc>,
    ) -> Result<Option<(Claimed, Lease)>, Error> {
        let lease = Lease { id: self.clock().new_stamp(), expire_time: now + LEASE };
        let claimed = webhooks::claim(&mut *self.store().connection().await?, key, &lease, now).await?;
        Ok(claimed.map(|claimed| (claimed, lease)))
    }

    /// Saves how far the sending went, with an event that was given up, and renews the lease. False
    /// if it was lost: then nothing is saved, and somebody else sends the same events again.
    ///
    /// # Errors
    /// The database failed.
    pub async fn save_webhook_progress(
        &self,
        key: WebhookKey,
        lease: &Lease,
        progress: &Progress,
        given_up: Option<&Delivery>,
        disables: bool,
    ) -> Result<bool, Error> {
        let mut tx = self.store().begin().await?;
        let lease = Lease { expire_time: self.clock().now() + LEASE, ..lease.clone() };
        // Locks the webhook before what belongs to it.
        let saved = webhooks::save_progress(&mut tx, key, &lease, progress, disables).await?;
        if let (true, Some(delivery)) = (saved, given_up) {
            webhook_deliveries::insert(&mut tx, key, delivery).await?;
        }

        tx.commit().await.map_err(store::Error::from)?;
        Ok(saved)
    }

    /// Returns an event as one that was given up, to be saved with the progress.
    pub fn given_up(&self, position: i64, attempts: i32, error: &str, now: DateTime<Utc>) -> Delivery {
        Delivery {
            id: WebhookDeliveryId(self.clock().new_id()),
            position,
            attempts,
            last_error: error.to_owned(),
            create_time: now,
            retry_time: None,
        }
    }

    /// Returns events that a webhook gave up and that are to be sent again.
    ///
    /// # Errors
    /// The database failed.
    pub async fn deliveries_to_retry(
        &self,
        key: WebhookKey,
        now: DateTime<Utc>,
        limit: i64,
    ) -> Result<Vec<Delivery>, Error> {
        let mut conn = self.store().connection().await?;
        Ok(webhook_deliveries::to_retry(&mut conn, key, now, limit).await?)
    }

    /// Notes how another attempt for an event that was given up went: `error` if it failed.
    ///
    /// # Errors
    /// The database failed.
    pub async fn retried_delivery(
        &self,
        key: WebhookKey,
        id: WebhookDeliveryId,
        error: Option<&str>,
    ) -> Result<(), Error> {
        let mut conn = self.store().connection().await?;
        match error {
            Some(error) => webhook_deliveries::note_failure(&mut conn, key.0, id, error).await?,
            None => webhook_deliveries::delete(&mut conn, key.0, id).await?,
        }
        Ok(())
    }

    /// Gives a lease back.
    ///
    /// # Errors
    /// The database failed. The lease then expires.
    pub async fn release_webhook(&self, key: WebhookKey, lease: &Lease) -> Result<(), Error> {
        Ok(webhooks::release(&mut *self.store().connection().await?, key, lease).await?)
    }
}
