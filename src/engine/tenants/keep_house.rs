//! Regular maintenance of the tables: forgets what was kept long enough, and creates partitions
//! ahead of time.

use chrono::{DateTime, TimeDelta, Utc};

use crate::engine::{Engine, Error};
use crate::store::{self, emails, history, records, requests, tenants, webhook_deliveries, witnesses};

/// How long a request id is recognized.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);

/// How long late upserts of deleted records are recognized.
const DELETED_FOR: TimeDelta = TimeDelta::days(30);

/// How long an event stays that a webhook gave up.
const GIVEN_UP_FOR: TimeDelta = TimeDelta::days(30);

/// How long the count of a day's emails stays. Days have ended everywhere a day later, and whoever
/// takes an email back does so within hours.
const COUNTED_FOR: TimeDelta = TimeDelta::days(7);

/// How long a witness stays.
const WITNESSED_FOR: TimeDelta = TimeDelta::minutes(10);

/// The maximum number of requests of one organization that one tick forgets.
const LIMIT: i64 = 1000;

impl Engine {
    /// Forgets requests older than 24 hours, records deleted and deliveries given up 30 days ago,
    /// counts of emails, witnesses, and history that its organization doesn't keep, and creates the
    /// next partitions of history. Returns true if there is more to forget.
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
        webhook_deliveries::purge(&mut conn, now - GIVEN_UP_FOR).await?;
        emails::purge_counts(&mut conn, (now - COUNTED_FOR).date_naive()).await?;
        witnesses::purge(&mut conn, now - WITNESSED_FOR).await?;

        let mut more = false;
        for organization in tenants::organizations::with_requests_before(&mut conn, now - KEPT_FOR).await? {
            let purged = requests::purge(&mut conn, organization, now - KEPT_FOR, LIMIT).await?;
            // A full batch means that there may be more.
            more |= i64::try_from(purged).is_ok_and(|purged| purged >= LIMIT);
        }
        // It needs connections of its own.
        drop(conn);
        Ok(self.forget_history(now).await? || more)
    }
}
