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
            let mut attempts = 1;
            loop {
                match self.recount(organization.id).await {
                    // A server merged rows that this would have deleted.
                    Err(store::Error::Conflict(_)) if attempts < ATTEMPTS => attempts += 1,
                    // A server may have told something of entries that weren't there yet.
                    Ok(changed) if changed > 0 && attempts < ATTEMPTS => attempts += 1,
                    done => {
                        done?;
                        break;
                    }
                }
            }
        }
        Ok(organizations.len())
    }

    /// Returns how many entries of splits were wrong.
    async fn recount(&self, organization: OrganizationId) -> Result<i64, store::Error> {
        let mut tx = self.store().begin_repeatable().await?;
        tallies::recount(&mut tx, organization, self.clock().new_id()).await?;
        let changed = split_entries::recount(&mut tx, organization).await?;
        tx.commit().await?;
        Ok(changed)
    }
}
