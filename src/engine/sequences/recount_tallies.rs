//! Counts history anew into the tallies of sequences and the entries of splits: after an upgrade
//! from a release that didn't count, or to repair them.

use crate::domain::id::OrganizationId;
use crate::engine::{Engine, Error};
use crate::store::sequences::{split_entries, tallies};
use crate::store::{self, tenants};

/// How often to try again if servers write meanwhile what this counts.
const ATTEMPTS: u32 = 20;

impl Engine {
    /// Counts the history of all organizations anew, one after the other. Returns their number.
    /// Servers may run meanwhile: what they count later is added.
    ///
    /// # Errors
    /// The database failed.
    pub async fn recount_tallies(&self) -> Result<usize, Error> {
        let organizations = {
            let mut conn = self.store().connection().await?;
            tenants::organizations::all(&mut conn).await?
        };

        for organization in &organizations {
            Self::until_right(async || self.recount(organization.id).await).await?;
            Self::until_right(async || self.recount_splits(organization.id).await).await?;
        }
        Ok(organizations.len())
    }

    /// Counts again until a count says that all is right. Servers may write meanwhile what it would
    /// have changed.
    async fn until_right(count: impl AsyncFn() -> Result<bool, store::Error>) -> Result<(), Error> {
        let mut attempts = 1;
        loop {
            match count().await {
                Ok(false) | Err(store::Error::Conflict(_)) if attempts < ATTEMPTS => attempts += 1,
                done => return Ok(done.map(|_| ())?),
            }
        }
    }

    async fn recount(&self, organization: OrganizationId) -> Result<bool, store::Error> {
        let mut tx = self.store().begin_repeatable().await?;
        tallies::recount(&mut tx, organization, self.clock().new_id()).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Returns whether all entries were right. A server may have told something of those that
    /// weren't there yet.
    async fn recount_splits(&self, organization: OrganizationId) -> Result<bool, store::Error> {
        let mut tx = self.store().begin_repeatable().await?;
        let changed = split_entries::recount(&mut tx, organization).await?;
        tx.commit().await?;
        Ok(changed == 0)
    }
}
