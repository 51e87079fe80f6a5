//! Creates a seller with an empty queue.

use crate::domain::id::{ChosenId, SellerId};
use crate::domain::names;
use crate::domain::record::Attributes;
use crate::domain::seller::{Profile, Seller};
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::segments::rules::Asking;
use crate::store::{queues, tenants};

/// The seller to create.
#[derive(Clone, Debug)]
pub struct CreateSeller {
    /// The id, chosen by the caller.
    pub seller_id: ChosenId,
    /// The fields that can be updated.
    pub profile: Profile,
}

impl Engine {
    /// Creates a seller and the seller's empty queue. A deleted one with this id comes back. The
    /// attributes of the profile are as given.
    ///
    /// # Errors
    /// Invalid, with paths relative to the seller; Exists.
    pub async fn create_seller(&self, request: &Request, command: CreateSeller) -> Result<SellerId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // Rules whose candidates are all sellers may choose this one.
        let organization = write.lock_organization().await?;
        write.stop_routing().await?;
        let mut found = command.profile.check(&organization.settings.limits);
        found.extend(write.hold_calendar("calendar", command.profile.calendar.as_ref()).await?);
        let merged = organization.seller_attributes.merge(&Attributes::new(), &command.profile.attributes);
        let attributes = found.keep("attributes", merged).unwrap_or_default();
        let profile = found.into_result(Profile { attributes, ..command.profile })?;

        let seller = Seller {
            organization: write.organization(),
            id: SellerId(self.clock().new_id()),
            seller_id: command.seller_id,
            profile,
            version: 1,
            create_time: request.now,
            update_time: request.now,
        };

        let Some((id, is_new)) = tenants::sellers::insert(write.conn(), &seller).await? else {
            return Err(Error::Exists { kind: Kind::Seller, name: names::SELLER.name([&seller.seller_id]) });
        };
        // Who comes back has the queue of before, and all that history knows.
        let stamp = self.clock().new_stamp();
        if is_new {
            queues::insert(write.conn(), seller.organization, id.into(), stamp).await?;
        } else {
            queues::reopen(write.conn(), seller.organization, id.into(), stamp).await?;
            write.definitions_changed().await?;
        }
        write.queue_assignments_to(id, Asking::Any).await?;
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}
