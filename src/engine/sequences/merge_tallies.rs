//! Merges the tallies of sequences, so that their statistics read one row for each day and
//! revision.

use std::collections::BTreeMap;

use tracing::Instrument as _;

use crate::domain::id::OrganizationId;
use crate::domain::tally::{Tally, TallyKey};
use crate::engine::frame::core::transaction;
use crate::engine::frame::one_by_one::one_by_one;
use crate::engine::{Engine, Error, Ticked};
use crate::store;
use crate::store::sequences::tallies::{self, TallyRow};

/// The most new rows that one transaction merges.
const BATCH: i64 = 1_000;

impl Engine {
    /// Returns the organizations that have tallies to merge.
    ///
    /// # Errors
    /// The database failed.
    pub async fn organizations_with_tallies(&self) -> Result<Vec<OrganizationId>, Error> {
        Ok(tallies::organizations_waiting(&mut *self.store().connection().await?).await?)
    }

    /// Merges one batch of each organization that has tallies to merge.
    ///
    /// # Errors
    /// Returns the error of the first organization that failed. The others were served.
    pub async fn merge_tallies(&self) -> Result<Ticked, Error> {
        let waiting = self.organizations_with_tallies().await?;
        one_by_one(waiting, |organization| self.merge_tallies_of(organization)).await
    }

    /// Merges one batch of an organization's tallies.
    ///
    /// # Errors
    /// The database failed.
    pub async fn merge_tallies_of(&self, organization: OrganizationId) -> Result<Ticked, Error> {
        let merged = async {
            let mut tx = self.store().begin().await?;
            // What another server merges is left out, so two of them never wait for each other.
            let rows = tallies::lock_to_merge(&mut tx, organization, BATCH).await?;
            let fresh = rows.iter().filter(|row| !row.merged).count();

            let mut sums: BTreeMap<TallyKey, Tally> = BTreeMap::new();
            rows.iter().for_each(|row| sums.entry(row.key).or_default().merge(&row.tally));
            let sums = sums.into_iter().filter(|(_, tally)| !tally.is_empty());
            let sum = |(key, tally)| TallyRow { key, id: self.clock().new_id(), merged: true, tally };
            // One statement: no reader sees the rows without their sum, or both.
            tallies::replace(&mut tx, &rows, &sums.map(sum).collect::<Vec<_>>()).await?;

            tx.commit().await.map_err(store::Error::from)?;
            Ok::<_, store::Error>(fresh > 0)
        };
        let worked = merged.instrument(transaction("tallies")).await?;
        Ok(Ticked { worked, again_at: None })
    }
}
