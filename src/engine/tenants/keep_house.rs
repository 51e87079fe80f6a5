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

/// About how many requests of one organization one tick forgets.
const REQUESTS: i64 = 1_000;

/// About how many rows of other kinds, of all organizations.
const ROWS: i64 = 10_000;

/// What the parts of housekeeping have come to.
#[derive(Default)]
struct Tidied {
    /// True if there is more to forget.
    more: bool,
    /// Why the first part failed that did.
    failed: Option<Error>,
}

impl Tidied {
    fn add(&mut self, part: Result<bool, Error>) {
        match part {
            Ok(more) => self.more |= more,
            Err(error) => _ = self.failed.get_or_insert(error),
        }
    }
}

impl Engine {
    /// Forgets requests older than 24 hours, records deleted and deliveries given up 30 days ago,
    /// counts of emails, witnesses, and history that its organization doesn't keep, and creates the
    /// next partitions of history. Returns true if there is more to forget. A part that fails keeps
    /// none of the others from being done.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep_house(&self, now: DateTime<Utc>) -> Result<bool, Error> {
        let mut tidied = Tidied::default();
        tidied.add(self.make_partitions(now).await);
        tidied.add(self.forget_deleted(now).await);
        tidied.add(self.forget_given_up(now).await);
        tidied.add(self.forget_counts(now).await);
        tidied.add(self.forget_witnesses(now).await);
        tidied.add(self.forget_requests(now).await);
        tidied.add(self.forget_history(now).await);
        tidied.failed.map_or(Ok(tidied.more), Err)
    }

    async fn make_partitions(&self, now: DateTime<Utc>) -> Result<bool, Error> {
        match history::make_partitions(self.store(), now).await {
            // No hurry: partitions are created a month before they are needed.
            Err(store::Error::Conflict(_)) => {
                tracing::info!("history is being read: its next partition is created later");
            }
            made => made?,
        }
        Ok(false)
    }

    async fn forget_deleted(&self, now: DateTime<Utc>) -> Result<bool, Error> {
        let mut conn = self.store().connection().await?;
        Ok(is_full(records::tombstones::purge(&mut conn, now - DELETED_FOR, ROWS).await?, ROWS))
    }

    async fn forget_given_up(&self, now: DateTime<Utc>) -> Result<bool, Error> {
        let mut conn = self.store().connection().await?;
        Ok(is_full(webhook_deliveries::purge(&mut conn, now - GIVEN_UP_FOR, ROWS).await?, ROWS))
    }

    async fn forget_counts(&self, now: DateTime<Utc>) -> Result<bool, Error> {
        let mut conn = self.store().connection().await?;
        emails::purge_counts(&mut conn, (now - COUNTED_FOR).date_naive()).await?;
        Ok(false)
    }

    async fn forget_witnesses(&self, now: DateTime<Utc>) -> Result<bool, Error> {
        let mut conn = self.store().connection().await?;
        Ok(is_full(witnesses::purge(&mut conn, now - WITNESSED_FOR, ROWS).await?, ROWS))
    }

    async fn forget_requests(&self, now: DateTime<Utc>) -> Result<bool, Error> {
        let mut conn = self.store().connection().await?;
        let mut more = false;
        for organization in tenants::organizations::with_requests_before(&mut conn, now - KEPT_FOR).await? {
            let purged = requests::purge(&mut conn, organization, now - KEPT_FOR, REQUESTS).await?;
            more |= is_full(purged, REQUESTS);
        }
        Ok(more)
    }
}

/// True if so many were forgotten that there may be more.
fn is_full(purged: u64, limit: i64) -> bool {
    i64::try_from(purged).is_ok_and(|purged| purged >= limit)
}
