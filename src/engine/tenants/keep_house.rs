//! Regular maintenance of the tables: forgets old requests and deleted records, creates partitions
//! ahead of time.

use chrono::{DateTime, TimeDelta, Utc};

use crate::engine::{Engine, Error};
use crate::store::{self, history, records, requests, tenants};

/// How long a request id is recognised.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);

/// How long late upserts of deleted records are recognised.
const DELETED_FOR: TimeDelta = TimeDelta::days(30);

/// The maximum number of requests of one organization that one tick forgets.
const LIMIT: i64 = 1000;

impl Engine {
    /// Forgets requests older than 24 hours and records deleted 30 days ago, and creates the next
    /// partitions of history. Returns true if there are more requests to forget.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep_house(&self, now: DateTime<Utc>) -> Result<bool, Error> {
        match history::make_partitions(self.store(), now).await {
            // No hurry: partitions are created a month before they are needed.
            Err(store::Error::Conflict(_)) => {
                tracing::info!("history is being read: its next partition is created later");
            }
            made => made?,
        }

        let mut conn = self.store().connection().await?;
        records::tombstones::purge(&mut conn, now - DELETED_FOR).await?;
        let mut more = false;
        for organization in tenants::organizations::with_requests_before(&mut conn, now - KEPT_FOR).await? {
            let purged = requests::purge(&mut conn, organization, now - KEPT_FOR, LIMIT).await?;
            // A full batch means that there may be more.
            more |= i64::try_from(purged).is_ok_and(|purged| purged >= LIMIT);
        }
        Ok(more)
    }
}
