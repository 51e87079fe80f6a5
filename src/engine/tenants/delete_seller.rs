//! Deletes a seller to whom nothing is left.

use crate::domain::id::SequenceId;
use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::domain::seller::Seller;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::sequences::Reassigned;
use crate::store::{queues, sequences, tenants};

/// The seller to delete.
#[derive(Clone, Debug)]
pub struct DeleteSeller {
    /// Its id.
    pub seller_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
    /// True: the seller leaves teams, rules and sequences, and its keys are revoked.
    pub force: bool,
}

impl Engine {
    /// Deletes a seller. Its closed activities still name its queue.
    ///
    /// # Errors
    /// Missing; Stale; Refused (`SellerInUse`).
    pub async fn delete_seller(&self, request: &Request, command: DeleteSeller) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // Whoever lets a rule or a team name a seller holds the organization's row, and whoever
        // gives records by rules the one of routing. Everybody else holds the seller's.
        let organization = write.lock_organization().await?.id;
        write.stop_routing().await?;
        let name = names::SELLER.name([&command.seller_id]);
        let missing = || Error::Missing { kind: Kind::Seller, name: name.clone() };
        if command.force {
            write.disown_sequences(&command.seller_id).await?;
        }
        let seller = tenants::sellers::lock_to_delete(write.conn(), organization, &command.seller_id).await?;
        let seller = seller.ok_or_else(missing)?;
        let current = Version::of(seller.id.0, seller.version);
        Error::if_stale(command.expected_version, current, || name.clone())?;
        write.sees(seller.id.0).await?;
        if command.force {
            write.release(&seller).await?;
        }

        // Who has put work into the queue has committed once it is closed, and nobody can any more.
        // Who follows it is told that it is gone.
        let stamp = self.clock().new_stamp();
        queues::close(write.conn(), organization, seller.id.into(), stamp).await?;
        write.changes_queue(seller.id.into());
        let users = tenants::former_sellers::users(write.conn(), &seller, command.force).await?;
        if !users.is_empty() {
            return Err(Refusal::SellerInUse { seller: name, users }.into());
        }

        tenants::former_sellers::delete(write.conn(), &seller, request.now).await?;
        write.erases(seller.id.0, &tenants::former_sellers::ERASED);
        write.definitions_changed().await?;
        write.commit(seller.id.0, &()).await
    }
}

impl Write {
    /// Takes the sequences of a seller away. Sequences come before sellers in the lock order.
    async fn disown_sequences(&mut self, seller_id: &str) -> Result<(), Error> {
        let (organization, now) = (self.organization(), self.now());
        let owned = self.lock_sequences_of(seller_id).await?;
        let keys: Vec<_> = owned.iter().map(|sequence| sequence.0).collect();
        self.sees_all(&keys).await?;
        sequences::reassign(self.conn(), organization, &owned, None, now).await?;
        self.note_all(&keys).await
    }

    async fn lock_sequences_of(&mut self, seller_id: &str) -> Result<Vec<SequenceId>, Error> {
        let organization = self.organization();
        let Some(seller) = tenants::sellers::find(self.conn(), organization, seller_id).await? else {
            return Ok(Vec::new());
        };
        let owned = sequences::lock_drafts(self.conn(), organization, Reassigned::OwnedBy(seller.id)).await?;
        Ok(owned.iter().map(|sequence| sequence.id).collect())
    }

    /// Lets a seller, who is locked, leave teams and rules, and revokes its keys.
    async fn release(&mut self, seller: &Seller) -> Result<(), Error> {
        let now = self.now();
        let held = tenants::former_sellers::holders(self.conn(), seller).await?;
        self.sees_all(&held).await?;
        let changed = tenants::former_sellers::release(self.conn(), seller, now).await?;
        self.changes_keys();
        self.note_all(&changed).await
    }
}
