//! Publishes events: gives those that are committed their positions, in the order in which other
//! systems read them.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use tracing::Instrument as _;

use crate::domain::id::OrganizationId;
use crate::engine::frame::core::transaction;
use crate::engine::frame::one_by_one::one_by_one;
use crate::engine::{Engine, Error, Ticked};
use crate::store::{self, publication};

/// The most events that one transaction publishes.
const BATCH: i64 = 1_000;

/// When to try again if another server is publishing the same organization's events. It may not
/// have seen the last of them.
const HELD_PAUSE: TimeDelta = TimeDelta::milliseconds(10);

impl Engine {
    /// Returns the organizations with events to publish, and notes which ones publish at all.
    ///
    /// # Errors
    /// The database failed.
    pub async fn organizations_to_publish(&self) -> Result<Vec<OrganizationId>, Error> {
        let publishers = publication::publishers(&mut *self.store().connection().await?).await?;
        let active = publishers.iter().filter(|one| one.active).map(|one| one.organization);
        self.wake().note_publishers(active.collect::<HashSet<_>>());
        Ok(publishers.into_iter().filter(|one| one.waits).map(|one| one.organization).collect())
    }

    /// Publishes one batch of each organization with events to publish.
    ///
    /// # Errors
    /// Returns the error of the first organization that failed. The others were served.
    pub async fn publish_events(&self, now: DateTime<Utc>) -> Result<Ticked, Error> {
        let waiting = self.organizations_to_publish().await?;
        one_by_one(waiting, |organization| self.publish_events_of(organization, now)).await
    }

    /// Publishes one batch of an organization's events.
    ///
    /// # Errors
    /// The database failed.
    pub async fn publish_events_of(
        &self,
        organization: OrganizationId,
        now: DateTime<Utc>,
    ) -> Result<Ticked, Error> {
        let published = async {
            let mut tx = self.store().begin().await?;
            let Some(head) = publication::lock(&mut tx, organization).await? else { return Ok(None) };
            // A second statement: it sees what the one who held the lock before has published.
            let published = publication::publish(&mut tx, organization, head, BATCH).await?;
            // Without an answer nobody knows, and the next tick goes on from what is there.
            tx.commit().await.map_err(store::Error::from)?;
            Ok::<_, store::Error>(Some(published))
        };

        match published.instrument(transaction("publication")).await? {
            None => Ok(Ticked { worked: false, again_at: Some(now + HELD_PAUSE) }),
            Some(published) => {
                if published > 0 {
                    self.wake().events_published(organization);
                }
                Ok(Ticked { worked: published > 0, again_at: None })
            }
        }
    }
}
