//! Unsubscribes the person of a record, who followed the link of an email.

use chrono::SecondsFormat;

use crate::domain::caller::Actor;
use crate::domain::changes::Changes;
use crate::domain::engagement::{Engagement, EngagementKind};
use crate::domain::id::{ActivityId, OrganizationId};
use crate::engine::records::ingest_events::ToldEvent;
use crate::engine::{Engine, Error};
use crate::store::emails;

/// The number of bytes of an organization's key for links.
const KEY: usize = 32;

impl Engine {
    /// Unsubscribes the person of the record of an activity, by an engagement event. Does nothing
    /// if the person is unsubscribed, or the record is deleted.
    ///
    /// # Errors
    /// Store.
    pub async fn unsubscribe(&self, organization: OrganizationId, activity: ActivityId) -> Result<(), Error> {
        let mut conn = self.store().read(organization).await?;
        let subscribed = emails::subscriber(&mut conn, organization, activity).await?;
        drop(conn);
        let Some(record) = subscribed else { return Ok(()) };

        // The time makes another event of it if the person subscribes again in between.
        let at = self.clock().now().to_rfc3339_opts(SecondsFormat::Micros, true);
        let event = ToldEvent {
            event_id: format!("unsubscribe-{}-{at}", activity.0),
            record,
            activity: Some(activity),
            engagement: Engagement::of(EngagementKind::Unsubscribed),
            at: None,
        };
        let told = self.ingest_events_by(organization, Actor::UPNEXT, &[event]).await?;
        told.into_iter().try_for_each(|one| one.map(|_| ()))
    }

    /// Returns the key with which an organization signs its links, which is made when it is first
    /// needed.
    ///
    /// # Errors
    /// Store.
    pub async fn email_key(&self, organization: OrganizationId) -> Result<Vec<u8>, Error> {
        let made: [u8; KEY] = rand::random();
        let mut tx = self.core().begin_write().await?;
        emails::add_key(&mut tx, organization, &made).await?;
        let key = emails::key(&mut tx, organization).await?;
        self.core().commit(tx, &Changes { call_of: Some(organization), ..Changes::new() }).await?;
        key.ok_or(Error::Fault("a key that was added is missing"))
    }
}
