//! What the tables need from time to time: old answers forgotten, partitions made ahead.

use chrono::{DateTime, TimeDelta, Utc};

use crate::engine::{Engine, Error};
use crate::store::{self, history, organizations, requests};

/// How long a request id is recognised.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);

/// The most requests of one organization that one tick forgets.
const LIMIT: i64 = 1000;

impl Engine {
    /// Forgets requests older than 24 hours, and makes the partitions of history that will be
    /// needed; says whether there is more to forget.
    ///
    /// # Errors
    /// The database was not to be had.
    pub async fn keep_house(&self, now: DateTime<Utc>) -> Result<bool, Error> {
        match history::make_partitions(self.store(), now).await {
            // There is a month's time.
            Err(store::Error::Conflict(_)) => {
                tracing::info!("history is being read, a partition of it is made later");
            }
            made => made?,
        }
        let mut conn = self.store().connection().await?;
        let mut more = false;
        for organization in organizations::with_requests_before(&mut conn, now - KEPT_FOR).await? {
            let purged = requests::purge(&mut conn, organization, now - KEPT_FOR, LIMIT).await?;
            more |= i64::try_from(purged).is_ok_and(|purged| purged >= LIMIT);
        }
        Ok(more)
    }
}
