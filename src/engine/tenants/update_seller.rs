//! Changes a seller's profile.

use crate::domain::caller::Scope;
use crate::domain::id::{ChosenId, SellerId};
use crate::domain::names;
use crate::domain::record::Attributes;
use crate::domain::refusal::Refusal;
use crate::domain::seller::{AfterCompletion, Profile, Seller};
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::segments::rules::Asking;
use crate::store::tenants;

/// The change to make.
#[derive(Clone, Debug)]
pub struct UpdateSeller {
    /// Its id.
    pub seller_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
    /// The new value of each field that changes.
    pub patch: ProfilePatch,
}

/// The fields that change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProfilePatch {
    /// The seller's display name.
    pub display_name: Option<String>,
    /// The seller's email address.
    pub email: Option<String>,
    /// True if assignment rules may give records to this seller.
    pub assign_records: Option<bool>,
    /// The calendar that says when the seller works. `Some(None)`: the organization's.
    pub calendar: Option<Option<ChosenId>>,
    /// The most active records that rules let the seller own. `Some(None)`: no maximum.
    pub max_capacity: Option<Option<i32>>,
    /// The values to set. Those that are omitted stay, and null clears one.
    pub attributes: Option<Attributes>,
    /// Where the seller's client goes after an activity is done.
    pub after_completion: Option<AfterCompletion>,
}

impl Engine {
    /// Changes a seller. Who takes records again gets those that found nobody meanwhile. With
    /// another calendar, operations compute the running waits of the seller's records anew.
    ///
    /// # Errors
    /// Missing; Stale; Invalid, with paths relative to the seller; Refused with `SellerNotKept`.
    pub async fn update_seller(&self, request: &Request, command: UpdateSeller) -> Result<SellerId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let name = || names::SELLER.name([&command.seller_id]);
        // `definitions_changed` writes the organization's row, which is first in the lock order.
        let locked = write.lock_organization().await?;
        let (organization, limits) = (locked.id, locked.settings.limits);
        if command.patch.can_end_shortages() {
            write.stop_routing().await?;
        }
        let before = tenants::sellers::lock(write.conn(), organization, &command.seller_id).await?;
        let before = before.ok_or_else(|| Error::Missing { kind: Kind::Seller, name: name() })?;
        if !command.patch.is_allowed(request.caller.scope(), before.id) {
            return Err(Error::Refused(Refusal::SellerNotKept));
        }
        let current = Version::of(before.id.0, before.version);
        Error::if_stale(command.expected_version, current, name)?;
        write.sees(before.id.0).await?;

        let given = command.patch.calendar.clone().flatten();
        let set = command.patch.attributes.clone().unwrap_or_default();
        let merged = locked.seller_attributes.merge(&before.profile.attributes, &set);
        let mut profile = command.patch.apply(before.profile.clone());
        let mut found = profile.check(&limits);
        profile.attributes = found.keep("attributes", merged).unwrap_or_default();
        found.extend(write.hold_calendar("calendar", given.as_ref()).await?);
        found.into_result(())?;
        let id = before.id;
        if profile == before.profile {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }

        let other_calendar = profile.calendar != before.profile.calendar;
        let ended = shortages_ended(&before.profile, &profile);
        let version = before.version + 1;
        let after = Seller { profile, version, update_time: request.now, ..before };
        tenants::sellers::update(write.conn(), &after).await?;
        write.definitions_changed().await?;
        if let Some(asking) = ended {
            write.queue_assignments_to(id, asking).await?;
        }
        if other_calendar {
            write.queue_wait_refresh((id.0, name())).await?;
        }
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}

/// Returns which rules may choose a seller now who couldn't before. `None`: no rules.
fn shortages_ended(before: &Profile, after: &Profile) -> Option<Asking> {
    let more = match (before.max_capacity, after.max_capacity) {
        (Some(before), Some(after)) => after > before,
        (before, after) => before.is_some() && after.is_none(),
    };
    let asked = |one: &Profile| (one.display_name.clone(), one.email.clone(), one.attributes.clone());
    let changed = [
        (more, Asking::Capacity),
        (before.calendar != after.calendar, Asking::Availability),
        (asked(before) != asked(after), Asking::Condition),
    ];
    let mut changed = changed.into_iter().filter(|(changed, _)| *changed).map(|(_, asking)| asking);
    match (changed.next(), changed.next()) {
        _ if !after.assign_records => None,
        _ if !before.assign_records => Some(Asking::Any),
        (first, None) => first,
        (_, Some(_)) => Some(Asking::Any),
    }
}

impl ProfilePatch {
    /// True if a caller with this scope may make the change. Salespeople may only say where their
    /// own client goes.
    fn is_allowed(&self, scope: Scope, seller: SellerId) -> bool {
        let only_theirs = Self { after_completion: self.after_completion, ..Self::default() };
        match scope {
            Scope::All => true,
            Scope::Own(own) => own == seller && *self == only_theirs,
            Scope::Nothing => false,
        }
    }

    /// True if rules may choose the seller afterwards who couldn't before.
    fn can_end_shortages(&self) -> bool {
        let asked = self.display_name.is_some() || self.email.is_some() || self.attributes.is_some();
        self.assign_records == Some(true) || self.max_capacity.is_some() || self.calendar.is_some() || asked
    }

    fn apply(self, before: Profile) -> Profile {
        Profile {
            display_name: self.display_name.unwrap_or(before.display_name),
            email: self.email.unwrap_or(before.email),
            assign_records: self.assign_records.unwrap_or(before.assign_records),
            calendar: self.calendar.unwrap_or(before.calendar),
            max_capacity: self.max_capacity.unwrap_or(before.max_capacity),
            attributes: before.attributes,
            after_completion: self.after_completion.unwrap_or(before.after_completion),
        }
    }
}
