//! API keys: what a key allows, and until when.

use chrono::{DateTime, TimeDelta, Utc};

use super::caller::{Caller, Role};
use super::id::{KeyId, OrganizationId, SellerId};
use super::names;
use super::reason::Reason;
use super::refusal::Refusal;
use super::settings::Limits;
use super::violation::Violations;

/// An API key without its secret. Only a hash of the secret is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The key of the row, which also identifies the caller in requests.
    pub id: KeyId,
    /// The purpose of the key.
    pub display_name: String,
    /// The roles that it gives; at least one.
    pub roles: Vec<Role>,
    /// The seller who uses the key, if it is bound to one.
    pub seller: Option<SellerId>,
    /// When the key was created.
    pub create_time: DateTime<Utc>,
    /// When the key expires, if ever.
    pub expire_time: Option<DateTime<Utc>>,
    /// When the key was revoked, if it was.
    pub revoke_time: Option<DateTime<Utc>>,
    /// When the key was last used, to about a minute.
    pub last_use_time: Option<DateTime<Utc>>,
}

impl ApiKey {
    /// Returns the caller that the key identifies, or `None` if the key has expired or was revoked.
    pub fn caller(&self, now: DateTime<Utc>) -> Option<Caller> {
        self.works(now).then(|| Caller {
            organization: self.organization,
            key: self.id,
            subject: None,
            roles: self.roles.clone(),
            seller: self.seller,
            expire_time: self.expire_time,
        })
    }

    /// Returns the key that takes this one's place. Unless told otherwise, it lasts as long after
    /// `now` as this one was to last after its creation.
    ///
    /// # Errors
    /// This key no longer works.
    pub fn successor(
        &self,
        id: KeyId,
        expire_time: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        if !self.works(now) {
            let key = names::API_KEY.uuid_name(self.id.0);
            return Err(Refusal::ApiKeyEnded { key });
        }

        let lifetime = self.expire_time.map(|end| end - self.create_time);
        let expire_time = expire_time.or(lifetime.and_then(|lifetime| now.checked_add_signed(lifetime)));
        Ok(Self { id, create_time: now, expire_time, last_use_time: None, ..self.clone() })
    }

    /// When the key ends if it is replaced: after the overlap, and no later than otherwise.
    pub fn end_after(&self, overlap: TimeDelta, now: DateTime<Utc>) -> DateTime<Utc> {
        let end = now + overlap;
        self.expire_time.map_or(end, |own| own.min(end))
    }

    fn works(&self, now: DateTime<Utc>) -> bool {
        self.revoke_time.is_none() && self.expire_time.is_none_or(|end| now < end)
    }
}

/// Returns what is wrong with the end of a new key.
pub fn check_end(expire_time: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Violations {
    let mut found = Violations::new();
    if expire_time.is_some_and(|end| end <= now) {
        found.push("expire_time", Reason::FieldInvalid, "must be in the future");
    }
    found
}

/// Returns everything that is wrong with a new key. `has_seller` is true if the key is bound to a
/// seller. Paths are relative to the key.
pub fn check(
    display_name: &str,
    roles: &[Role],
    has_seller: bool,
    expire_time: Option<DateTime<Utc>>,
    limits: &Limits,
    now: DateTime<Utc>,
) -> Violations {
    let mut found = limits.check_display_name("display_name", display_name);

    if roles.contains(&Role::Salesperson) && !has_seller {
        found.push("seller", Reason::FieldRequired, "a salesperson's key must be bound to a seller");
    }
    found.extend(check_end(expire_time, now));

    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use uuid::Uuid;

    fn key(expire_time: Option<DateTime<Utc>>, revoke_time: Option<DateTime<Utc>>) -> ApiKey {
        ApiKey {
            organization: OrganizationId(Uuid::nil()),
            id: KeyId(Uuid::nil()),
            display_name: "CRM".to_owned(),
            roles: vec![Role::Integration],
            seller: None,
            create_time: DateTime::UNIX_EPOCH,
            expire_time,
            revoke_time,
            last_use_time: None,
        }
    }

    #[test]
    fn a_key_is_replaced_by_one_that_lasts_as_long_and_ends_no_later_than_it_would() {
        let at = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        let (old, id) = (key(Some(at(100)), None), KeyId(Uuid::from_u128(9)));
        let new = old.successor(id, None, at(90)).expect("still works");
        assert_eq!((new.create_time, new.expire_time, new.roles), (at(90), Some(at(190)), old.roles.clone()));
        assert_eq!(old.end_after(TimeDelta::seconds(5), at(90)), at(95));
        assert_eq!(old.end_after(TimeDelta::seconds(50), at(90)), at(100));
        assert_eq!(key(None, None).successor(id, None, at(90)).expect("works").expire_time, None);
        assert!(old.successor(id, None, at(100)).is_err());
        assert!(!check_end(Some(at(90)), at(90)).is_empty());
    }

    #[test]
    fn a_key_works_until_the_instant_it_expires_and_never_once_revoked() {
        let end = DateTime::UNIX_EPOCH + TimeDelta::seconds(1);
        assert!(key(Some(end), None).caller(end - TimeDelta::microseconds(1)).is_some());
        assert!(key(Some(end), None).caller(end).is_none());
        assert!(key(None, Some(end)).caller(DateTime::UNIX_EPOCH).is_none());
    }

    #[test]
    fn a_salespersons_key_needs_a_seller_and_an_expire_time_in_the_future() {
        let now = DateTime::UNIX_EPOCH;
        let found = check("", &[Role::Salesperson], false, Some(now), &Limits::default(), now);
        let fields: Vec<_> = found.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["display_name", "seller", "expire_time"]);
        assert!(check("Ana", &[Role::Salesperson], true, None, &Limits::default(), now).is_empty());
    }
}
