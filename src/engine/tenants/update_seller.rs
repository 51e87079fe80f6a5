//! A change of a seller's profile.

use crate::domain::id::SellerId;
use crate::domain::names;
use crate::domain::seller::{Profile, Seller};
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::sellers;

/// What is to change.
#[derive(Clone, Debug)]
pub struct UpdateSeller {
    /// The chosen id.
    pub seller_id: String,
    /// The version that the caller saw.
    pub expected_version: Option<Version>,
    /// The new value of each field that changes.
    pub patch: ProfilePatch,
}

/// The fields that change.
#[derive(Clone, Debug, Default)]
pub struct ProfilePatch {
    /// What people call the seller.
    pub display_name: Option<String>,
    /// The seller's email address.
    pub email: Option<String>,
    /// Whether assignment rules may give records to this seller.
    pub assign_records: Option<bool>,
}

impl Engine {
    /// Changes a seller.
    ///
    /// # Errors
    /// Missing; Stale; Invalid with paths that begin at the seller.
    pub async fn update_seller(&self, request: &Request, command: UpdateSeller) -> Result<SellerId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
        let name = || names::SELLER.name([&command.seller_id]);
        let organization = write.organization();
        let limits = write.lock_organization().await?.settings.limits;
        let before = sellers::lock(write.conn(), organization, &command.seller_id)
            .await?
            .ok_or_else(|| Error::Missing { kind: Kind::Seller, name: name() })?;
        if command
            .expected_version
            .is_some_and(|expected| expected != Version::of(before.id.0, before.version))
        {
            return Err(Error::Stale { name: name() });
        }
        let profile = command.patch.apply(before.profile.clone());
        profile.check(&limits).into_result(())?;
        let id = before.id;
        if profile == before.profile {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }
        let after = Seller { profile, version: before.version + 1, update_time: request.now, ..before };
        sellers::update(write.conn(), &after).await?;
        write.definitions_changed().await?;
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}

impl ProfilePatch {
    fn apply(self, before: Profile) -> Profile {
        Profile {
            display_name: self.display_name.unwrap_or(before.display_name),
            email: self.email.unwrap_or(before.email),
            assign_records: self.assign_records.unwrap_or(before.assign_records),
        }
    }
}
